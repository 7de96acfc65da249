#include "base/log.h"

#include "base/buf.h"
#include "base/cal.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_BYTES ((size_t)64 << 10)

static _Atomic int lowest = XJ_LOG_INFO;

void
xj_log_set_level(xj_log_level level)
{
    atomic_store(&lowest, (int)level);
}

static void
add_quoted(xj_buf *line, xj_str s)
{
    xj_buf_add_char(line, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.data[i];

        if (c == '"' || c == '\\') {
            xj_buf_add_char(line, '\\');
            xj_buf_add_char(line, (char)c);
        } else if (c < 0x20 || c == 0x7f) {
            xj_buf_printf(line, "\\u%04x", c);
        } else {
            xj_buf_add_char(line, (char)c);
        }
    }
    xj_buf_add_char(line, '"');
}

static void
start_line(xj_buf *line, xj_log_level level, const char *event)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    char now[XJ_INSTANT_LEN];

    xj_instant_format(now, xj_now());
    xj_buf_printf(line, "{\"time\":\"%s\",\"level\":\"%s\",\"event\":", now, names[level]);
    add_quoted(line, xj_str_c(event));
}

static void
add_pair(xj_buf *line, const char *key, xj_str value)
{
    xj_buf_printf(line, ",\"%s\":", key);
    add_quoted(line, value);
}

static void
write_all(xj_str text)
{
    while (text.len > 0) {
        ssize_t n = write(STDERR_FILENO, text.data, text.len);

        if (n <= 0)
            return; /* nowhere left to say so */
        text = xj_str_skip(text, (size_t)n);
    }
}

/* One write a line, so that lines of several threads do not mix. */
static void
end_line(xj_buf *line)
{
    xj_buf_add(line, XJ_STR("}\n"));
    write_all(xj_buf_str(line));
}

void
xj_log_lines(xj_log_level level, xj_str lines)
{
    if ((int)level >= atomic_load(&lowest))
        write_all(lines);
}

void
xj_log(xj_log_level level, const char *event, ...)
{
    xj_pool *pool;
    xj_buf line;
    va_list args;
    const char *key;

    if ((int)level < atomic_load(&lowest))
        return;
    pool = xj_pool_root();
    xj_buf_init(&line, pool, LINE_MAX_BYTES);
    start_line(&line, level, event);
    va_start(args, event);
    while ((key = va_arg(args, const char *)) != NULL)
        add_pair(&line, key, va_arg(args, xj_str));
    va_end(args);
    end_line(&line);
    xj_pool_destroy(pool);
}

void
xj_log_error(const char *event, const xj_error *err, xj_str request)
{
    xj_pool *pool = xj_pool_root();
    xj_buf line;

    xj_buf_init(&line, pool, LINE_MAX_BYTES);
    start_line(&line, XJ_LOG_ERROR, event);
    if (request.len > 0)
        add_pair(&line, "request", request);
    xj_buf_add(&line, XJ_STR(",\"chain\":["));
    for (const xj_error *e = err; e != NULL; e = xj_error_cause(e)) {
        xj_buf_printf(&line, "%s{\"code\":\"%s\",\"at\":\"%s:%d\"", e == err ? "" : ",",
                      xj_code_name(xj_error_code(e)), xj_error_file(e), xj_error_line(e));
        add_pair(&line, "message", xj_str_c(xj_error_message(e)));
        if (xj_error_field(e) != NULL)
            add_pair(&line, "field", xj_str_c(xj_error_field(e)));
        if (xj_error_details(e) != NULL)
            add_pair(&line, "detail", xj_str_c(xj_error_details(e)));
        xj_buf_add_char(&line, '}');
    }
    xj_buf_add_char(&line, ']');
    end_line(&line);
    xj_pool_destroy(pool);
}
