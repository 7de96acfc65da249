#include "duty/mark.h"

#include "base/buf.h"

#include <inttypes.h>

#define ROW "XJ1." /* and the form of what follows */
#define DIGITS_MAX 128

/* ---- check digits ---- */

/* The remainder of the number that the digits of TEXT make, what else stands there left out. */
static unsigned
remainder_97(xj_str text)
{
    unsigned rest = 0;

    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            rest = (rest * 10 + (unsigned)(text.data[i] - '0')) % 97;
    return rest;
}

static unsigned
check_digits(xj_str text)
{
    return 98 - remainder_97(text) * 100 % 97;
}

/* ---- a return's code ---- */

xj_str
xj_mark_return(int64_t id, xj_pool *pool)
{
    const xj_str digits = xj_str_printf(pool, "%" PRId64, id);
    xj_buf out;

    xj_buf_init(&out, pool, 64);
    xj_buf_add(&out, XJ_STR("XJ"));
    for (size_t i = 0; i < digits.len; i++) {
        if (i % 4 == 0)
            xj_buf_add_char(&out, '-');
        xj_buf_add_char(&out, digits.data[i]);
    }
    xj_buf_printf(&out, "-%02u", check_digits(digits));
    return xj_buf_str(&out);
}

/* The digit that CP stands for on a page that was recognised; -1: none, -2: what may stand between
 * digits. */
static int
digit_of(uint32_t cp)
{
    static const uint32_t between[] = {' ',    '-',    '_',    '.',    0x00B7, 0x2010, 0x2011,
                                       0x2012, 0x2013, 0x2014, 0x2212, 0x3000, 0x4E00, 0xFF0D};

    if (cp >= '0' && cp <= '9')
        return (int)(cp - '0');
    if (cp >= 0xFF10 && cp <= 0xFF19)
        return (int)(cp - 0xFF10);
    if (cp == 'O' || cp == 'o' || cp == 'Q' || cp == 'D')
        return 0;
    if (cp == 'l' || cp == 'I' || cp == '|')
        return 1;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++)
        if (cp == between[i])
            return -2;
    return -1;
}

/* The code whose digits begin TEXT. */
static bool
read_code(int64_t *id, xj_str text)
{
    char digits[DIGITS_MAX];
    size_t n = 0, pos = 0;

    while (pos < text.len && n < sizeof digits) {
        const int digit = digit_of(xj_utf8_next(text, &pos));

        if (digit == -1)
            break;
        if (digit >= 0)
            digits[n++] = (char)('0' + digit);
    }
    if (n < 3 || n > 21 || remainder_97(xj_str_of(digits, n)) != 1)
        return false;
    return xj_str_int(id, xj_str_of(digits, n - 2)) && *id > 0;
}

bool
xj_mark_return_find(int64_t *id, xj_str text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        const char second = text.data[i + 1];

        if ((text.data[i] == 'X' || text.data[i] == 'x') &&
            (second == 'J' || second == 'j' || second == ']') &&
            read_code(id, xj_str_skip(text, i + 2)))
            return true;
    }
    return false;
}

/* ---- a row's mark ---- */

xj_str
xj_mark_row(const xj_mark *m, xj_pool *pool)
{
    const xj_str body =
        xj_str_printf(pool, "%" PRId64 ".%" PRId64 ".%" PRId64 ".%" PRId64 ".%d.%" PRIu32,
                      m->obligation, m->unit, m->duty, m->version, (int)m->words, m->figure);

    return xj_str_printf(pool, ROW XJ_FMT ".%02u", XJ_ARG(body), check_digits(body));
}

xj_mark_state
xj_mark_row_read(xj_mark *m, xj_str text)
{
    int64_t numbers[7];
    xj_str rest, part;
    size_t n = 0;

    text = xj_str_trim(text);
    if (!xj_str_starts(text, XJ_STR(ROW)))
        return XJ_MARK_NONE;
    rest = xj_str_skip(text, strlen(ROW));
    while (xj_str_split(&part, &rest, '.')) {
        if (n == 7 || !xj_str_int(&numbers[n], part) || numbers[n] < 0)
            return XJ_MARK_DAMAGED;
        n++;
    }
    if (n != 7 || numbers[5] > UINT32_MAX || remainder_97(xj_str_skip(text, strlen(ROW))) != 1)
        return XJ_MARK_DAMAGED;
    *m = (xj_mark){.obligation = numbers[0],
                   .unit = numbers[1],
                   .duty = numbers[2],
                   .version = numbers[3],
                   .words = numbers[4] != 0,
                   .figure = (uint32_t)numbers[5]};
    return XJ_MARK_GOOD;
}

uint32_t
xj_mark_figure(xj_str indicator, xj_str measure)
{
    uint32_t hash = 2166136261U; /* FNV-1a */

    for (size_t i = 0; i < indicator.len; i++)
        hash = (hash ^ (unsigned char)indicator.data[i]) * 16777619U;
    hash = (hash ^ 0) * 16777619U;
    for (size_t i = 0; i < measure.len; i++)
        hash = (hash ^ (unsigned char)measure.data[i]) * 16777619U;
    return hash == 0 ? 1 : hash;
}
