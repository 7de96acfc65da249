#include "text/number.h"

int
xj_han_digit(xj_char c)
{
    switch (c) {
    case u'零':
    case u'〇':
        return 0;
    case u'一':
    case u'壹':
        return 1;
    case u'二':
    case u'两':
        return 2;
    case u'三':
        return 3;
    case u'四':
        return 4;
    case u'五':
        return 5;
    case u'六':
        return 6;
    case u'七':
        return 7;
    case u'八':
        return 8;
    case u'九':
        return 9;
    default:
        return -1;
    }
}

static int
han_scale(xj_char c)
{
    return c == u'十' ? 10 : c == u'百' ? 100 : c == u'千' ? 1000 : 0;
}

static bool
parse_arabic(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    size_t from = i;
    double value = 0, part = 0.1;

    number->integer = true;
    number->han = false;
    for (; i < end && i - from < 18; i++) {
        if (xj_char_digit(chars->c[i]))
            value = value * 10 + (chars->c[i] - '0');
        else if (chars->c[i] == ',' && i + 3 < end && xj_char_digit(chars->c[i + 1]) &&
                 xj_char_digit(chars->c[i + 2]) && xj_char_digit(chars->c[i + 3]) &&
                 (i + 4 >= end || !xj_char_digit(chars->c[i + 4])) && i - from <= 3)
            continue;
        else
            break;
    }
    if (i + 1 < end && chars->c[i] == '.' && xj_char_digit(chars->c[i + 1])) {
        /* decimal figures are summed as an integer, so that 43.3 is the nearest double */
        double scale = 1;

        number->integer = false;
        part = value;
        for (i++; i < end && xj_char_digit(chars->c[i]) && scale < 1e9; i++) {
            part = part * 10 + (chars->c[i] - '0');
            scale *= 10;
        }
        value = part / scale;
    }
    number->value = value;
    number->len = i - from;
    return true;
}

static bool
parse_han(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    size_t from = i;
    double total = 0, section = 0, digit = 0;
    bool digits_only = true, any = false;

    number->integer = true;
    number->han = true;
    if (chars->c[i] == u'半') {
        number->value = 0.5;
        number->integer = false;
        number->len = 1;
        return true;
    }
    for (; i < end && i - from < 16; i++) {
        int d = xj_han_digit(chars->c[i]), scale = han_scale(chars->c[i]);

        if (d >= 0) {
            digit = digits_only ? digit * 10 + d : d;
            any = true;
        } else if (scale > 0) {
            section += (digit == 0 && !any ? 1 : digit == 0 ? 1 : digit) * scale;
            digit = 0;
            digits_only = false;
            any = true;
        } else if (chars->c[i] == u'万' && any && !digits_only) {
            total += (section + digit) * 10000;
            section = digit = 0;
        } else {
            break;
        }
    }
    if (!any)
        return false;
    number->value = total + section + digit;
    number->len = i - from;
    return true;
}

bool
xj_number_parse(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    if (i >= end)
        return false;
    if (xj_char_digit(chars->c[i]))
        return parse_arabic(number, chars, i, end);
    if (xj_han_digit(chars->c[i]) < 0 && han_scale(chars->c[i]) == 0 && chars->c[i] != u'半')
        return false;
    return parse_han(number, chars, i, end);
}

bool
xj_number_parse_decimal(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    double part = 0, scale = 1;
    size_t k;

    if (!xj_number_parse(number, chars, i, end))
        return false;
    k = i + number->len;
    if (!number->han || !number->integer || k + 1 >= end || chars->c[k] != u'点' ||
        xj_han_digit(chars->c[k + 1]) < 0)
        return true;
    for (k++; k < end && xj_han_digit(chars->c[k]) >= 0 && scale < 1e9; k++) {
        part = part * 10 + xj_han_digit(chars->c[k]);
        scale *= 10;
    }
    number->value = (number->value * scale + part) / scale;
    number->integer = false;
    number->len = k - i;
    return true;
}

/* 九成, 八成五; not 三成员, 一成立. */
static bool
parse_tenths(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    static const char16_t others[] = u"立员功果本为长效品";
    const int tenths = xj_char_digit(chars->c[i]) ? chars->c[i] - '0' : xj_han_digit(chars->c[i]);
    int half;

    if (tenths < 1 || i + 1 >= end || chars->c[i + 1] != u'成')
        return false;
    for (const char16_t *o = others; *o != 0; o++)
        if (i + 2 < end && chars->c[i + 2] == *o)
            return false;
    half = i + 2 < end ? xj_han_digit(chars->c[i + 2]) : -1;
    if (i + 2 < end && chars->c[i + 2] == u'半')
        half = 5;
    *number = (xj_number){.value = tenths * 10 + (half > 0 ? half : 0),
                          .len = half > 0 ? 3 : 2,
                          .integer = true,
                          .han = true};
    return true;
}

bool
xj_number_parse_percent(xj_number *number, const xj_chars *chars, size_t i, size_t end)
{
    if (i >= end)
        return false;
    if (xj_chars_is(chars, i, end, u"百分之")) {
        if (!xj_number_parse_decimal(number, chars, i + 3, end))
            return false;
        number->len += 3;
        return true;
    }
    if (parse_tenths(number, chars, i, end))
        return true;
    if (!xj_number_parse_decimal(number, chars, i, end) || i + number->len >= end ||
        chars->c[i + number->len] != '%')
        return false;
    number->len++;
    return true;
}
