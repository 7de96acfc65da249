/*
 * base/str.h -- text as a slice by value: bytes with a length, never owned, not NUL-terminated.
 *
 * Inside the program a slice is valid UTF-8 by contract; xj_utf8_check is the edge's test.  A slice
 * is a view: whoever makes one says who must outlive it.
 */
#pragma once

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct xj_str {
    const char *data; /* NULL only for "no text at all" (SQL NULL, JSON null) */
    size_t len;       /* bytes */
} xj_str;

#define XJ_STR(literal) ((xj_str){"" literal, sizeof(literal) - 1})
#define XJ_STR_NONE ((xj_str){NULL, 0})
/* For printf: "..." XJ_FMT "...", XJ_ARG(slice) */
#define XJ_FMT "%.*s"
#define XJ_ARG(s) (int)(s).len, (s).data == NULL ? "" : (s).data

static inline xj_str
xj_str_of(const char *data, size_t len)
{
    return (xj_str){data, len};
}

/* A view of a C string; NULL gives XJ_STR_NONE. */
static inline xj_str
xj_str_c(const char *c)
{
    return c == NULL ? XJ_STR_NONE : (xj_str){c, strlen(c)};
}

static inline bool
xj_str_eq(xj_str a, xj_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool
xj_str_starts(xj_str s, xj_str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}

static inline bool
xj_str_ends(xj_str s, xj_str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.data + s.len - suffix.len, suffix.data, suffix.len) == 0);
}

/* Bytes FROM up to TO of S; both are clamped to its length. */
static inline xj_str
xj_str_sub(xj_str s, size_t from, size_t to)
{
    to = to > s.len ? s.len : to;
    from = from > to ? to : from;
    return (xj_str){s.data + from, to - from};
}

static inline xj_str
xj_str_skip(xj_str s, size_t n)
{
    return xj_str_sub(s, n, s.len);
}

#define XJ_NPOS SIZE_MAX
/* Byte offset of the first NEEDLE in S at or after FROM, else XJ_NPOS. */
size_t xj_str_find(xj_str s, xj_str needle, size_t from);
/* Byte offset of the last NEEDLE in S, else XJ_NPOS. */
size_t xj_str_rfind(xj_str s, xj_str needle);
bool xj_str_has(xj_str s, xj_str needle);
/* Order of bytes: < 0, 0, > 0. */
int xj_str_cmp(xj_str a, xj_str b);
/* S without ASCII white space at its ends. */
xj_str xj_str_trim(xj_str s);
/* Cut the part of *REST before SEP off into *PART; false at the end.  "a,b," gives a, b, "". */
bool xj_str_split(xj_str *part, xj_str *rest, char sep);

/* A copy in POOL, NUL-terminated behind its length. */
xj_str xj_str_dup(xj_str s, xj_pool *pool);
const char *xj_str_cdup(xj_str s, xj_pool *pool);
xj_str xj_str_printf(xj_pool *pool, const char *fmt, ...) XJ_PRINTF(2, 3);

/* Decimal integer of the whole of S (optional minus).  False if it is none or does not fit. */
bool xj_str_int(int64_t *out, xj_str s);

/* A hash seeded at process start (not stable between runs). */
uint64_t xj_str_hash(xj_str s);

/* The code point at S.data[*POS], moving *POS behind it.  S is valid UTF-8 and *POS < S.len. */
uint32_t xj_utf8_next(xj_str s, size_t *pos);
/* Write CP as UTF-8 into OUT and return its 1 to 4 bytes. */
size_t xj_utf8_put(char out[4], uint32_t cp);
/* Number of code points of valid UTF-8. */
size_t xj_utf8_count(xj_str s);
/* Byte offset of the first byte that is not valid UTF-8 (RFC 3629: no surrogates, no overlong
 * forms), or S.len where all is. */
size_t xj_utf8_check(xj_str s);
