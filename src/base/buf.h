/*
 * base/buf.h -- growing text in a pool, born with its limit.
 *
 * Always NUL-terminated for the outside world.  Growing past the limit makes the buffer `full`:
 * what is appended then is dropped whole, and xj_buf_check tells (so that a writer of many small
 * pieces checks once).
 */
#pragma once

#include "base/str.h"

typedef struct xj_buf {
    char *data;
    size_t len, cap, limit; /* bytes */
    xj_pool *pool;
    bool full;
} xj_buf;

/* Set BUF up to grow in POOL up to LIMIT bytes. */
void xj_buf_init(xj_buf *buf, xj_pool *pool, size_t limit);
void xj_buf_add(xj_buf *buf, xj_str s);
void xj_buf_add_char(xj_buf *buf, char c);
void xj_buf_add_cp(xj_buf *buf, uint32_t cp);
void xj_buf_add_int(xj_buf *buf, int64_t n);
void xj_buf_printf(xj_buf *buf, const char *fmt, ...) XJ_PRINTF(2, 3);
/* Room for N more bytes at the end (NULL if over the limit); take them with xj_buf_took. */
char *xj_buf_room(xj_buf *buf, size_t n);
void xj_buf_took(xj_buf *buf, size_t n);
void xj_buf_clear(xj_buf *buf);

static inline xj_str
xj_buf_str(const xj_buf *buf)
{
    return (xj_str){buf->data, buf->len};
}

/* Errors: TOO_LARGE if something did not fit. */
XJ_MUST_USE xj_error *xj_buf_check(const xj_buf *buf);
