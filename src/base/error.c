#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct xj_error {
    xj_code code;
    int line;
    const char *file;
    char *message;
    char *detail;
    char *field;
    xj_error *cause;
};

static const struct {
    const char *name, *wire, *text;
    int status;
} codes[XJ_E_COUNT] = {
    [XJ_E_NONE] = {"NONE", "none", "no error", 200},
#define X(name, status, wire, text) [XJ_E_##name] = {#name, wire, text, status},
#include "base/errors.def"
#undef X
};

static XJ_PRINTF(1, 0) char *format(const char *fmt, va_list args)
{
    char *text;

    /* Out of memory ends the process (docs/memory.md 7). */
    if (vasprintf(&text, fmt, args) < 0)
        abort();
    return text;
}

xj_error *
xj_error_make(xj_code code, xj_error *cause, const char *file, int line, const char *fmt, ...)
{
    xj_error *err = calloc(1, sizeof *err);
    va_list args;

    if (err == NULL)
        abort();
    va_start(args, fmt);
    err->message = format(fmt, args);
    va_end(args);
    err->code = code;
    err->file = file;
    err->line = line;
    err->cause = cause;
    return err;
}

xj_error *
xj_error_detail(xj_error *err, const char *fmt, ...)
{
    va_list args;

    free(err->detail);
    va_start(args, fmt);
    err->detail = format(fmt, args);
    va_end(args);
    return err;
}

xj_error *
xj_error_at(xj_error *err, const char *fmt, ...)
{
    char *before = err->field; /* may be one of the arguments */
    va_list args;

    va_start(args, fmt);
    err->field = format(fmt, args);
    va_end(args);
    free(before);
    return err;
}

bool
xj_error_is(const xj_error *err, xj_code code)
{
    for (; err != NULL; err = err->cause) {
        if (err->code == code)
            return true;
    }
    return false;
}

void
xj_error_clear(xj_error *err)
{
    while (err != NULL) {
        xj_error *cause = err->cause;

        free(err->message);
        free(err->detail);
        free(err->field);
        free(err);
        err = cause;
    }
}

xj_code
xj_error_code(const xj_error *err)
{
    return err == NULL ? XJ_E_NONE : err->code;
}

const char *
xj_error_message(const xj_error *err)
{
    return err->message;
}

const char *
xj_error_details(const xj_error *err)
{
    return err->detail;
}

const char *
xj_error_field(const xj_error *err)
{
    return err->field;
}

const xj_error *
xj_error_cause(const xj_error *err)
{
    return err->cause;
}

const char *
xj_error_file(const xj_error *err)
{
    return err->file;
}

int
xj_error_line(const xj_error *err)
{
    return err->line;
}

const char *
xj_code_name(xj_code code)
{
    return codes[code].name;
}

const char *
xj_code_wire(xj_code code)
{
    return codes[code].wire;
}

const char *
xj_code_text(xj_code code)
{
    return codes[code].text;
}

int
xj_code_status(xj_code code)
{
    return codes[code].status;
}

void
xj_assert_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, cond);
    abort();
}
