#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

size_t
xj_str_find(xj_str s, xj_str needle, size_t from)
{
    const char *at;

    if (from > s.len || needle.len > s.len - from)
        return XJ_NPOS;
    if (needle.len == 0)
        return from;
    at = memmem(s.data + from, s.len - from, needle.data, needle.len);
    return at == NULL ? XJ_NPOS : (size_t)(at - s.data);
}

size_t
xj_str_rfind(xj_str s, xj_str needle)
{
    if (needle.len > s.len)
        return XJ_NPOS;
    for (size_t at = s.len - needle.len + 1; at-- > 0;) {
        if (needle.len == 0 || memcmp(s.data + at, needle.data, needle.len) == 0)
            return at;
    }
    return XJ_NPOS;
}

bool
xj_str_has(xj_str s, xj_str needle)
{
    return xj_str_find(s, needle, 0) != XJ_NPOS;
}

int
xj_str_cmp(xj_str a, xj_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.data, b.data, n);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

xj_str
xj_str_trim(xj_str s)
{
    while (s.len > 0 && is_space(s.data[0]))
        s = xj_str_skip(s, 1);
    while (s.len > 0 && is_space(s.data[s.len - 1]))
        s.len--;
    return s;
}

bool
xj_str_split(xj_str *part, xj_str *rest, char sep)
{
    const char *at;

    if (rest->data == NULL)
        return false;
    at = rest->len == 0 ? NULL : memchr(rest->data, sep, rest->len);
    if (at == NULL) {
        *part = *rest;
        *rest = XJ_STR_NONE;
        return true;
    }
    *part = xj_str_of(rest->data, (size_t)(at - rest->data));
    *rest = xj_str_skip(*rest, part->len + 1);
    return true;
}

xj_str
xj_str_dup(xj_str s, xj_pool *pool)
{
    char *copy;

    if (s.data == NULL)
        return XJ_STR_NONE;
    copy = xj_alloc(pool, xj_size_add(s.len, 1));
    if (s.len > 0)
        memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return xj_str_of(copy, s.len);
}

const char *
xj_str_cdup(xj_str s, xj_pool *pool)
{
    return xj_str_dup(s, pool).data;
}

xj_str
xj_str_printf(xj_pool *pool, const char *fmt, ...)
{
    va_list args, again;
    char *text;
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    XJ_ASSERT(len >= 0);
    text = xj_alloc(pool, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return xj_str_of(text, (size_t)len);
}

bool
xj_str_int(int64_t *out, xj_str s)
{
    bool minus = s.len > 0 && s.data[0] == '-';
    int64_t value = 0;

    if (s.len == (size_t)minus)
        return false;
    for (size_t i = minus; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        /* Counted downwards, so that INT64_MIN fits. */
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, s.data[i] - '0', &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

static uint64_t seed;
__extension__ typedef unsigned __int128 u128;

__attribute__((constructor)) static void
draw_seed(void)
{
    /* Where there is no entropy the hash is merely predictable. */
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = 0x9e3779b97f4a7c15u;
}

uint64_t
xj_str_hash(xj_str s)
{
    /* Multiply and fold (the mixing step of wyhash), eight bytes at a time, with a random seed. */
    uint64_t h = seed ^ s.len;

    for (size_t i = 0; i < s.len; i += 8) {
        uint64_t word = 0;
        u128 product;

        memcpy(&word, s.data + i, s.len - i < 8 ? s.len - i : 8);
        product = (u128)(h ^ 0xa0761d6478bd642fu) * (word ^ 0xe7037ed1a0b428dbu);
        h = (uint64_t)product ^ (uint64_t)(product >> 64);
    }
    return h ^ (h >> 32);
}

uint32_t
xj_utf8_next(xj_str s, size_t *pos)
{
    const unsigned char *p = (const unsigned char *)s.data + *pos;
    size_t left = s.len - *pos;
    size_t need = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;

    if (need > left)
        need = 1; /* not reached by valid UTF-8; keeps the reading inside the slice */
    *pos += need;
    switch (need) {
    case 2:
        return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    case 3:
        return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
               (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3f);
    default:
        return p[0];
    }
}

size_t
xj_utf8_put(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

size_t
xj_utf8_count(xj_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.data[i] & 0xc0) != 0x80;
    return n;
}

static bool
is_tail(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

size_t
xj_utf8_check(xj_str s)
{
    const unsigned char *p = (const unsigned char *)s.data;
    size_t i = 0;

    while (i < s.len) {
        unsigned char c = p[i];
        size_t left = s.len - i;

        if (c < 0x80) {
            i++;
        } else if (c >= 0xc2 && c <= 0xdf && left >= 2 && is_tail(p[i + 1])) {
            i += 2;
        } else if (c >= 0xe0 && c <= 0xef && left >= 3 && is_tail(p[i + 1]) && is_tail(p[i + 2]) &&
                   !(c == 0xe0 && p[i + 1] < 0xa0) && !(c == 0xed && p[i + 1] > 0x9f)) {
            i += 3;
        } else if (c >= 0xf0 && c <= 0xf4 && left >= 4 && is_tail(p[i + 1]) && is_tail(p[i + 2]) &&
                   is_tail(p[i + 3]) && !(c == 0xf0 && p[i + 1] < 0x90) &&
                   !(c == 0xf4 && p[i + 1] > 0x8f)) {
            i += 4;
        } else {
            return i;
        }
    }
    return s.len;
}
