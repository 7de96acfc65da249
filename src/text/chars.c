#include "text/chars.h"

#include <unicode/unorm2.h>

/* ICU's way for what the quick table below does not know. */
static xj_char
fold_slow(uint32_t cp)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    UChar in[2], out[8];
    int32_t nin = 0, nout;

    if (U_FAILURE(status))
        return cp <= 0xFFFF ? (xj_char)cp : XJ_CHAR_OTHER;
    if (cp > 0xFFFF) {
        in[nin++] = (UChar)(0xD7C0 + (cp >> 10));
        in[nin++] = (UChar)(0xDC00 | (cp & 0x3FF));
    } else {
        in[nin++] = (UChar)cp;
    }
    nout = unorm2_normalize(nfkc, in, nin, out, 8, &status);
    if (U_FAILURE(status) || nout != 1)
        return cp <= 0xFFFF ? (xj_char)cp : XJ_CHAR_OTHER;
    return out[0];
}

xj_char
xj_char_fold(uint32_t cp)
{
    if (cp < 0x80)
        return cp == '[' || cp == '{'   ? '('
               : cp == ']' || cp == '}' ? ')'
               : cp == '~'              ? '-'
                                        : (xj_char)cp;
    if (cp >= 0x4E00 && cp <= 0x9FFF)
        return (xj_char)cp;
    switch (cp) {
    case 0x30FC: /* ー, which readers of pictures write for 一 */
        return 0x4E00;
    case 0x3014: /* 〔 */
    case 0x3010: /* 【 */
    case 0x3016: /* 〖 */
        return '(';
    case 0x3015:
    case 0x3011:
    case 0x3017:
        return ')';
    case 0x2012:
    case 0x2013:
    case 0x2014: /* — */
    case 0x2015:
    case 0x2212:
    case 0xFF0D:
    case 0x2010:
    case 0x2011:
    case 0x301C: /* 〜 */
    case 0xFF5E: /* ～ */
    case 0x223C:
        return '-';
    case 0x2030: /* ‰ stays: it is a unit of its own */
    case 0x2264: /* ≤ */
    case 0x2265: /* ≥ */
    case 0x3001:
    case 0x3002:
    case 0x300A:
    case 0x300B:
    case 0x201C:
    case 0x201D:
    case 0x00B7:
        return (xj_char)cp;
    case 0x2236: /* ∶ */
        return ':';
    case 0x2266: /* ≦ */
        return 0x2264;
    case 0x2267: /* ≧ */
        return 0x2265;
    case 0xFF61:
        return 0x3002;
    default:
        break;
    }
    if (cp >= 0xFF01 && cp <= 0xFF5D)
        return xj_char_fold(cp - 0xFEE0);
    /* circled figures keep their shape: they are labels */
    if (cp >= 0x2460 && cp <= 0x24FF)
        return (xj_char)cp;
    if (cp >= 0xF900 || (cp >= 0x2E80 && cp <= 0x2FDF) || (cp >= 0x3200 && cp <= 0x33FF))
        return fold_slow(cp);
    return cp <= 0xFFFF ? (xj_char)cp : XJ_CHAR_OTHER;
}

static bool
is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\r' || cp == 0x3000 || cp == 0xA0 || cp == 0x200B || cp == 0xFEFF ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == '\v' || cp == '\f' || cp == 0x202F;
}

/* Length of a tag like <p>, </p> or <br/> at POS, else 0. */
static size_t
tag_at(xj_str text, size_t pos)
{
    size_t i = pos + 1, letters = 0;

    if (i < text.len && text.data[i] == '/')
        i++;
    for (; i < text.len && letters < 8; i++, letters++)
        if (!((text.data[i] | 32) >= 'a' && (text.data[i] | 32) <= 'z'))
            break;
    if (letters == 0)
        return 0;
    if (i < text.len && text.data[i] == '/')
        i++;
    return i < text.len && text.data[i] == '>' ? i + 1 - pos : 0;
}

/* The next character at *POS, moving *POS behind it and *AT to its beginning; false at the end. */
static bool
next_char(xj_str text, size_t *pos, size_t *at, xj_char *c)
{
    while (*pos < text.len) {
        size_t tag;
        uint32_t cp;

        *at = *pos;
        if (text.data[*pos] == '<' && (tag = tag_at(text, *pos)) > 0) {
            *pos += tag;
            continue;
        }
        cp = xj_utf8_next(text, pos);
        if (is_blank(cp))
            continue;
        *c = xj_char_fold(cp);
        return true;
    }
    return false;
}

void
xj_chars_fold(xj_chars *chars, xj_str text, xj_pool *result)
{
    size_t count = 0, pos = 0, at = 0;
    xj_char c;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    XJ_ASSERT(text.len < UINT32_MAX);
    chars->text = text;
    chars->c = xj_alloc(result, xj_size_mul(count + 1, sizeof *chars->c));
    chars->at = xj_alloc(result, xj_size_mul(count + 1, sizeof *chars->at));
    chars->n = 0;
    while (next_char(text, &pos, &at, &c)) {
        /* 1O月: a letter where only a figure can stand */
        if ((c == 'O' || c == 'o') && chars->n > 0 && xj_char_digit(chars->c[chars->n - 1]))
            c = '0';
        chars->c[chars->n] = c;
        chars->at[chars->n++] = (uint32_t)at;
    }
    chars->c[chars->n] = 0;
    chars->at[chars->n] = (uint32_t)text.len;
}

size_t
xj_chars_fold_some(xj_char *out, size_t max, xj_str text, size_t *len)
{
    size_t n = 0, pos = 0, at = 0;

    while (n < max && next_char(text, &pos, &at, &out[n]))
        n++;
    if (len != NULL)
        *len = pos;
    return n;
}

size_t
xj_chars_end(const xj_chars *chars, size_t i)
{
    unsigned char lead;

    if (i >= chars->n)
        return chars->text.len;
    lead = (unsigned char)chars->text.data[chars->at[i]];
    return chars->at[i] + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
}

xj_str
xj_chars_bytes(const xj_chars *chars, xj_span span)
{
    if (span.from >= span.to)
        return xj_str_of(chars->text.data + chars->at[span.from], 0);
    return xj_str_sub(chars->text, chars->at[span.from], xj_chars_end(chars, span.to - 1));
}

xj_str
xj_chars_clean(const xj_chars *chars, xj_span span, xj_pool *result)
{
    xj_str raw;
    char *copy;
    size_t len = 0;
    bool clean = true;

    while (span.from < span.to && (chars->c[span.from] == '\n' || chars->c[span.from] == '\t'))
        span.from++;
    while (span.from < span.to && (chars->c[span.to - 1] == '\n' || chars->c[span.to - 1] == '\t'))
        span.to--;
    raw = xj_chars_bytes(chars, span);
    for (size_t i = span.from; i < span.to && clean; i++)
        clean = chars->c[i] != '\n' && chars->c[i] != '\t' &&
                (i + 1 == span.to || xj_chars_end(chars, i) == chars->at[i + 1]);
    if (clean)
        return raw;

    copy = xj_alloc(result, raw.len + 1);
    for (size_t i = span.from; i < span.to; i++) {
        size_t end = xj_chars_end(chars, i);

        if (chars->c[i] == '\n' || chars->c[i] == '\t')
            continue;
        if (i > span.from && chars->at[i] > xj_chars_end(chars, i - 1) &&
            xj_char_letter(chars->c[i]) && xj_char_letter(chars->c[i - 1]))
            copy[len++] = ' ';
        memcpy(copy + len, chars->text.data + chars->at[i], end - chars->at[i]);
        len += end - chars->at[i];
    }
    copy[len] = '\0';
    return xj_str_of(copy, len);
}

size_t
xj_chars_find(const xj_chars *chars, xj_span span, xj_char c)
{
    for (size_t i = span.from; i < span.to; i++)
        if (chars->c[i] == c)
            return i;
    return span.to;
}

static bool
in_set(xj_char c, const char16_t *set)
{
    if (c == '\n' || c == '\t')
        return true;
    for (; *set != 0; set++)
        if (*set == c)
            return true;
    return false;
}

xj_span
xj_chars_trim(const xj_chars *chars, xj_span span, const char16_t *trim)
{
    while (span.from < span.to && in_set(chars->c[span.from], trim))
        span.from++;
    while (span.from < span.to && in_set(chars->c[span.to - 1], trim))
        span.to--;
    return span;
}
