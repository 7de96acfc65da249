/*
 * base/error.h -- errors as values: a code, a message for people, a chain of causes.
 *
 * Every fallible function returns an xj_error *, NULL for success.  An error owns heap memory (it
 * may outlive every pool, and LeakSanitizer sees one that was dropped): it is returned, wrapped or
 * cleared, never forgotten.  Layer: base.  Read next: docs/style.md 3.3.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define XJ_MUST_USE __attribute__((warn_unused_result))
#define XJ_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
/* The makers never give NULL: so the compiler knows that a function which failed did not succeed.
 */
#define XJ_NONNULL __attribute__((returns_nonnull))

typedef enum xj_code {
    XJ_E_NONE = 0,
#define X(name, status, wire, text) XJ_E_##name,
#include "base/errors.def"
#undef X
    XJ_E_COUNT
} xj_code;

typedef struct xj_error xj_error;

/* Make the bottom link of a chain: CODE with a message for people (no path, no SQL, no function
 * name: those go to xj_error_detail). */
#define xj_error_new(code, ...) xj_error_make((code), NULL, __FILE__, __LINE__, __VA_ARGS__)

/* Put a link in front of CAUSE (may be NULL) and take ownership of it. */
#define xj_error_wrap(code, cause, ...)                                                            \
    xj_error_make((code), (cause), __FILE__, __LINE__, __VA_ARGS__)

xj_error *xj_error_make(xj_code code, xj_error *cause, const char *file, int line, const char *fmt,
                        ...) XJ_MUST_USE XJ_NONNULL XJ_PRINTF(5, 6);

/* Add words for the log to ERR and return it. */
xj_error *xj_error_detail(xj_error *err, const char *fmt, ...) XJ_MUST_USE XJ_NONNULL
    XJ_PRINTF(2, 3);

/* Say which FIELD (a JSON pointer, a column, a place in a file) ERR is about, and return ERR. */
xj_error *xj_error_at(xj_error *err, const char *fmt, ...) XJ_MUST_USE XJ_NONNULL XJ_PRINTF(2, 3);

/* True where CODE stands anywhere in ERR's chain; false for NULL. */
bool xj_error_is(const xj_error *err, xj_code code);

/* End ERR and its causes; NULL is allowed. */
void xj_error_clear(xj_error *err);

/* Parts of the first link; the strings live as long as ERR.  detail and field may be NULL. */
xj_code xj_error_code(const xj_error *err);
const char *xj_error_message(const xj_error *err);
const char *xj_error_details(const xj_error *err);
const char *xj_error_field(const xj_error *err);
const xj_error *xj_error_cause(const xj_error *err);
const char *xj_error_file(const xj_error *err);
int xj_error_line(const xj_error *err);

/* The table of codes. */
const char *xj_code_name(xj_code code); /* "NOT_FOUND" */
const char *xj_code_wire(xj_code code); /* "not_found" */
const char *xj_code_text(xj_code code); /* the default text */
int xj_code_status(xj_code code);       /* HTTP status */

#define XJ_TRY(expr)                                                                               \
    do {                                                                                           \
        xj_error *xj_try_err_ = (expr);                                                            \
        if (xj_try_err_ != NULL)                                                                   \
            return xj_try_err_;                                                                    \
    } while (0)

/* A bug of ours, never reachable from input: says where and aborts, in every build. */
#define XJ_ASSERT(cond) ((cond) ? (void)0 : xj_assert_failed(#cond, __FILE__, __LINE__))
_Noreturn void xj_assert_failed(const char *cond, const char *file, int line);
