/* A cursor is "<kind>." and the values in base64url: "i" and eight bytes, or "s", two bytes of
 * length and the text.  It holds nothing secret and opens nothing: its values are only compared
 * with. */
#include "api/api_priv.h"

#include <sodium.h>

#define CURSOR_BYTES_MAX 256
#define B64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

xj_str
xj_cursor_make(xj_pool *result, const char *kind, const char *fmt, ...)
{
    unsigned char bytes[CURSOR_BYTES_MAX];
    char text[CURSOR_BYTES_MAX * 2];
    size_t n = 0;
    va_list ap;

    va_start(ap, fmt);
    for (const char *f = fmt; *f != '\0'; f++) {
        if (*f == 'i') {
            uint64_t value = (uint64_t)va_arg(ap, int64_t);

            XJ_ASSERT(n + 9 <= sizeof bytes);
            bytes[n++] = 'i';
            for (int shift = 56; shift >= 0; shift -= 8)
                bytes[n++] = (unsigned char)(value >> shift);
        } else {
            xj_str value = va_arg(ap, xj_str);

            XJ_ASSERT(*f == 's' && value.len <= 0xFFFF && n + 3 + value.len <= sizeof bytes);
            bytes[n++] = 's';
            bytes[n++] = (unsigned char)(value.len >> 8);
            bytes[n++] = (unsigned char)value.len;
            if (value.len > 0)
                memcpy(bytes + n, value.data, value.len);
            n += value.len;
        }
    }
    va_end(ap);
    sodium_bin2base64(text, sizeof text, bytes, n, B64);
    return xj_str_printf(result, "%s.%s", kind, text);
}

static xj_error *
refuse(void)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the cursor is not one of this list"), "after");
}

/* Read the value for FMT at BYTES[*AT] to OUT; false where another stands there. */
static bool
read_value(void *out, char fmt, const unsigned char *bytes, size_t n, size_t *at, xj_pool *result)
{
    if (*at >= n || bytes[*at] != (unsigned char)fmt)
        return false;
    if (fmt == 'i') {
        uint64_t value = 0;

        if (n - *at < 9)
            return false;
        for (size_t i = 1; i <= 8; i++)
            value = value << 8 | bytes[*at + i];
        *(int64_t *)out = (int64_t)value;
        *at += 9;
    } else {
        xj_str value;

        if (n - *at < 3)
            return false;
        value.len = (size_t)bytes[*at + 1] << 8 | bytes[*at + 2];
        value.data = (const char *)bytes + *at + 3;
        if (n - *at - 3 < value.len || xj_utf8_check(value) != value.len ||
            memchr(value.data, '\0', value.len) != NULL)
            return false;
        *(xj_str *)out = xj_str_dup(value, result);
        *at += 3 + value.len;
    }
    return true;
}

xj_error *
xj_cursor_read(xj_str cursor, xj_pool *result, const char *kind, const char *fmt, ...)
{
    unsigned char bytes[CURSOR_BYTES_MAX];
    size_t n = 0, at = 0, dot = xj_str_find(cursor, XJ_STR("."), 0);
    bool good = dot != XJ_NPOS && xj_str_eq(xj_str_sub(cursor, 0, dot), xj_str_c(kind));
    va_list ap;

    if (!good || sodium_base642bin(bytes, sizeof bytes, cursor.data + dot + 1, cursor.len - dot - 1,
                                   NULL, &n, NULL, B64) != 0)
        return refuse();
    va_start(ap, fmt);
    for (const char *f = fmt; *f != '\0' && good; f++) {
        void *out = va_arg(ap, void *);

        good = read_value(out, *f, bytes, n, &at, result);
    }
    va_end(ap);
    return good && at == n ? NULL : refuse();
}
