#include "base/buf.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static char nothing[1];

void
xj_buf_init(xj_buf *buf, xj_pool *pool, size_t limit)
{
    *buf = (xj_buf){.data = nothing, .limit = limit, .pool = pool};
}

char *
xj_buf_room(xj_buf *buf, size_t n)
{
    size_t cap;
    char *data;

    if (buf->full || n > buf->limit - buf->len) {
        buf->full = true;
        return NULL;
    }
    if (buf->len + n < buf->cap)
        return buf->data + buf->len;
    cap = xj_size_add(buf->len, n) + 1;
    if (cap < 2 * buf->cap)
        cap = 2 * buf->cap;
    if (cap < 64)
        cap = 64;
    data = xj_alloc(buf->pool, cap);
    memcpy(data, buf->data, buf->len);
    data[buf->len] = '\0';
    buf->data = data;
    buf->cap = cap;
    return buf->data + buf->len;
}

void
xj_buf_took(xj_buf *buf, size_t n)
{
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void
xj_buf_add(xj_buf *buf, xj_str s)
{
    char *room;

    if (s.len == 0)
        return;
    room = xj_buf_room(buf, s.len);
    if (room == NULL)
        return;
    memcpy(room, s.data, s.len);
    xj_buf_took(buf, s.len);
}

void
xj_buf_add_char(xj_buf *buf, char c)
{
    xj_buf_add(buf, xj_str_of(&c, 1));
}

void
xj_buf_add_cp(xj_buf *buf, uint32_t cp)
{
    char bytes[4];

    xj_buf_add(buf, xj_str_of(bytes, xj_utf8_put(bytes, cp)));
}

void
xj_buf_add_int(xj_buf *buf, int64_t n)
{
    char text[20]; /* of the largest: 19 digits and a sign */
    size_t at = sizeof text;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0)
        text[--at] = '-';
    xj_buf_add(buf, xj_str_of(text + at, sizeof text - at));
}

void
xj_buf_printf(xj_buf *buf, const char *fmt, ...)
{
    va_list args, again;
    char *room;
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    XJ_ASSERT(len >= 0);
    room = xj_buf_room(buf, (size_t)len);
    if (room != NULL && len > 0) {
        vsnprintf(room, (size_t)len + 1, fmt, again);
        xj_buf_took(buf, (size_t)len);
    }
    va_end(again);
}

void
xj_buf_clear(xj_buf *buf)
{
    buf->len = 0;
    buf->full = false;
    if (buf->cap > 0)
        buf->data[0] = '\0';
}

xj_error *
xj_buf_check(const xj_buf *buf)
{
    if (buf->full)
        return xj_error_new(XJ_E_TOO_LARGE, "the text is longer than the limit of %zu bytes",
                            buf->limit);
    return NULL;
}
