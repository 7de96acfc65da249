#include "text/date.h"

#include "text/number.h"

/* 2024-09-30, 2024.9.30, 2024/9/30; the length or 0. */
static size_t
parse_iso(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    int part[3] = {0};
    size_t from = i;
    xj_char mark = 0;

    for (int k = 0; k < 3; k++) {
        size_t digits = 0;

        for (; i < end && xj_char_digit(chars->c[i]) && digits < 4; i++, digits++)
            part[k] = part[k] * 10 + (chars->c[i] - '0');
        if (digits == 0 || (k == 0) != (digits == 4) || digits == 3)
            return 0;
        if (k == 2)
            break;
        if (i >= end || (k == 1 && chars->c[i] != mark) ||
            (chars->c[i] != '-' && chars->c[i] != '.' && chars->c[i] != '/'))
            return 0;
        mark = chars->c[i++];
    }
    if (!xj_date_valid((xj_date){part[0], part[1], part[2]}))
        return 0;
    when->kind = XJ_WHEN_DAY;
    when->year_kind = XJ_YEAR_PRINTED;
    when->year = when->year_first = part[0];
    when->month = part[1];
    when->day = part[2];
    return i - from;
}

/* A year of four figures at I: its length (4) or 0. */
static size_t
year_figures(int *year, const xj_chars *chars, size_t i, size_t end)
{
    int value = 0;

    if (i + 4 > end)
        return 0;
    for (size_t k = 0; k < 4; k++) {
        int d =
            xj_char_digit(chars->c[i + k]) ? chars->c[i + k] - '0' : xj_han_digit(chars->c[i + k]);

        if (d < 0)
            return 0;
        value = value * 10 + d;
    }
    if (value < 1949 || value > 2199)
        return 0;
    *year = value;
    return 4;
}

/* 2020年, 2020—2022年, 2022—2023学年, 今年, 明年; the length or 0. */
static size_t
parse_year(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    size_t k = year_figures(&when->year, chars, i, end);

    if (k == 0) {
        if (xj_chars_is(chars, i, end, u"今年") || xj_chars_is(chars, i, end, u"本年") ||
            xj_chars_is(chars, i, end, u"当年"))
            when->year_kind = XJ_YEAR_THIS;
        else if (xj_chars_is(chars, i, end, u"明年") || xj_chars_is(chars, i, end, u"次年"))
            when->year_kind = XJ_YEAR_NEXT;
        else
            return 0;
        return i + 2 < end && chars->c[i + 2] == u'度' ? 3 : 2;
    }
    when->year_first = when->year;
    if (i + k < end && chars->c[i + k] == u'年' && i + k + 5 < end &&
        (chars->c[i + k + 1] == '-' || chars->c[i + k + 1] == u'至') &&
        year_figures(&when->year, chars, i + k + 2, end) > 0)
        k += 6;
    else if (i + k < end && (chars->c[i + k] == '-' || chars->c[i + k] == u'至')) {
        size_t dash = chars->c[i + k + 1] == '-' ? 2 : 1; /* —— is printed too */

        if (year_figures(&when->year, chars, i + k + dash, end) == 0)
            return 0;
        k += dash + 4;
    }
    if (i + k >= end)
        return 0;
    when->year_kind = XJ_YEAR_PRINTED;
    if (xj_chars_is(chars, i + k, end, u"学年"))
        return k; /* 学年 is read by the caller */
    if (chars->c[i + k] != u'年')
        return 0;
    k++;
    return i + k < end && chars->c[i + k] == u'度' ? k + 1 : k;
}

static size_t
set(xj_when *when, xj_when_kind kind, int month, int day, size_t len)
{
    when->kind = kind;
    when->month = month;
    when->day = day;
    return len;
}

/* 6, 06, 六, 十二 followed by MARK; the length with it or 0. */
static size_t
small_number(int *value, const xj_chars *chars, size_t i, size_t end, xj_char mark)
{
    xj_number number;

    if (!xj_number_parse(&number, chars, i, end < i + 4 ? end : i + 4) || !number.integer ||
        number.value < 1 || number.value > 31 || i + number.len >= end ||
        chars->c[i + number.len] != mark)
        return 0;
    *value = (int)number.value;
    return number.len + 1;
}

/* 6月, 6月15日, 6月底, 6月上旬, 6—9月, 3月至6月 */
static size_t
parse_month(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    int month, day, to;
    xj_number number;
    size_t from = i, k = small_number(&month, chars, i, end, u'月'), more;

    if (k == 0 && xj_number_parse(&number, chars, i, end < i + 3 ? end : i + 3) &&
        i + number.len < end &&
        (chars->c[i + number.len] == '-' || chars->c[i + number.len] == u'至')) {
        k = small_number(&month, chars, i + number.len + 1, end, u'月');
        k = k == 0 || number.value < 1 || number.value > 12 ? 0 : k + number.len + 1;
    }
    if (k == 0 || month > 12)
        return 0;
    i += k;
    if (i < end && chars->c[i] == u'份')
        i++;
    if (i < end && (chars->c[i] == u'至' || chars->c[i] == '-' || chars->c[i] == u'到') &&
        (more = small_number(&to, chars, i + 1, end, u'月')) > 0 && to <= 12) {
        month = to;
        i += more + 1;
    }
    if (i < end && (chars->c[i] == u'底' || chars->c[i] == u'末'))
        return set(when, XJ_WHEN_MONTH, month, 0, i + 1 - from);
    if (xj_chars_is(chars, i, end, u"上旬") || (i < end && chars->c[i] == u'初'))
        return set(when, XJ_WHEN_TEN_DAYS, month, 10, i + (chars->c[i] == u'初' ? 1 : 2) - from);
    if (xj_chars_is(chars, i, end, u"中旬"))
        return set(when, XJ_WHEN_TEN_DAYS, month, 20, i + 2 - from);
    if (xj_chars_is(chars, i, end, u"下旬"))
        return set(when, XJ_WHEN_TEN_DAYS, month, 0, i + 2 - from);
    more = small_number(&day, chars, i, end, u'日');
    if (more == 0)
        more = small_number(&day, chars, i, end, u'号');
    if (more > 0)
        return set(when, XJ_WHEN_DAY, month, day, i + more - from);
    when->bare_month = true;
    return set(when, XJ_WHEN_MONTH, month, 0, i - from);
}

static size_t
parse_quarter(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    size_t from = i;
    int quarter;

    if (i < end && chars->c[i] == u'第')
        i++;
    if (i + 2 >= end)
        return 0;
    quarter = xj_char_digit(chars->c[i]) ? chars->c[i] - '0' : xj_han_digit(chars->c[i]);
    if (quarter < 1 || quarter > 4 || !xj_chars_is(chars, i + 1, end, u"季度"))
        return 0;
    i += 3;
    if (i < end && (chars->c[i] == u'末' || chars->c[i] == u'底'))
        i++;
    return set(when, XJ_WHEN_QUARTER, quarter * 3, 0, i - from);
}

/* 学年, 秋季学期 with 开学, 结束, 末; only where one of them follows */
static size_t
parse_school(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    size_t from = i;
    bool autumn = xj_chars_is(chars, i, end, u"秋季"), spring = xj_chars_is(chars, i, end, u"春季");
    bool opens;

    if (autumn || spring)
        i += 2;
    if (xj_chars_is(chars, i, end, u"学期"))
        i += 2;
    else if (!autumn && !spring && xj_chars_is(chars, i, end, u"学年"))
        i += 2;
    else if (!autumn && !spring)
        return 0;
    if (!autumn && !spring && chars->c[i - 1] == u'期')
        return 0;
    if (i < end && chars->c[i] == u'度')
        i++;
    opens = xj_chars_is(chars, i, end, u"开学") || xj_chars_is(chars, i, end, u"开始");
    if (opens || xj_chars_is(chars, i, end, u"结束"))
        i += 2;
    else if (i < end && (chars->c[i] == u'末' || chars->c[i] == u'底'))
        i++;
    else
        return 0;
    if (autumn && !opens) {
        when->year_shift = 1;
        return set(when, XJ_WHEN_SCHOOL, 1, 0, i - from);
    }
    if (spring)
        return set(when, XJ_WHEN_SCHOOL, opens ? 2 : 7, 0, i - from);
    return set(when, XJ_WHEN_SCHOOL, 8, 0, i - from);
}

/* 年底, 年末, 年内, 年终 (I stands on 年, or behind a year on 底) */
static size_t
parse_year_end(xj_when *when, const xj_chars *chars, size_t i, size_t end, bool after_year)
{
    size_t k = i < end && chars->c[i] == u'年' ? 1 : 0;

    if ((k == 0 && !after_year) || i + k >= end)
        return 0;
    switch (chars->c[i + k]) {
    case u'底':
    case u'末':
    case u'终':
    case u'内':
        return set(when, XJ_WHEN_YEAR_END, 12, 0, k + 1);
    default:
        return 0;
    }
}

/* 国庆节前, 五一前: a day that the calendar names, where 前 stands behind it.  The moon moves some:
 * these have no date (month 0). */
static size_t
parse_festival(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    static const struct {
        const char16_t *name;
        int month, day;
    } days[] = {{u"元旦", 1, 1},  {u"五一", 5, 1}, {u"劳动", 5, 1}, {u"六一", 6, 1},
                {u"儿童", 6, 1},  {u"七一", 7, 1}, {u"八一", 8, 1}, {u"教师", 9, 10},
                {u"国庆", 10, 1}, {u"春节", 0, 0}, {u"除夕", 0, 0}, {u"元宵", 0, 0},
                {u"清明", 0, 0},  {u"端午", 0, 0}, {u"中秋", 0, 0}, {u"重阳", 0, 0}};
    size_t k = i + 2;

    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        if (!xj_chars_is(chars, i, end, days[d].name))
            continue;
        k += k < end && chars->c[k] == u'节';
        k += xj_chars_is(chars, k, end, u"假期") ? 2 : 0;
        if (k >= end || (chars->c[k] != u'前' && !xj_chars_is(chars, k, end, u"之前") &&
                         !xj_chars_is(chars, k, end, u"以前")))
            return 0;
        /* the first day of a year that is not named is that of the next */
        when->year_shift = days[d].month == 1 && when->year_kind == XJ_YEAR_NOT_PRINTED;
        return set(when, XJ_WHEN_DAY, days[d].month, days[d].day, k - i);
    }
    return 0;
}

/* Whether a point of time can begin with C: most characters cannot. */
static bool
may_begin(xj_char c)
{
    switch (c) {
    case u'年':
    case u'今':
    case u'本':
    case u'当':
    case u'明':
    case u'次':
    case u'第':
    case u'上':
    case u'下':
    case u'秋':
    case u'春':
    case u'学':
    case u'十':
    case u'元':
    case u'劳':
    case u'儿':
    case u'教':
    case u'国':
    case u'除':
    case u'清':
    case u'端':
    case u'中':
    case u'重':
        return true;
    default:
        return xj_char_digit(c) || xj_han_digit(c) >= 0;
    }
}

bool
xj_when_parse(xj_when *when, const xj_chars *chars, size_t i, size_t end)
{
    size_t from = i, k;

    *when = (xj_when){0};
    if (i >= end || !may_begin(chars->c[i]))
        return false;
    if ((k = parse_iso(when, chars, i, end)) > 0) {
        when->len = k;
        return true;
    }
    k = parse_year(when, chars, i, end);
    i += k;
    if (i < end && ((k = parse_year_end(when, chars, i, end, i > from)) > 0 ||
                    (k = parse_month(when, chars, i, end)) > 0 ||
                    (k = parse_quarter(when, chars, i, end)) > 0 ||
                    (k = parse_school(when, chars, i, end)) > 0 ||
                    (k = parse_festival(when, chars, i, end)) > 0))
        i += k;
    else if (xj_chars_is(chars, i, end, u"上半年"))
        i += set(when, XJ_WHEN_HALF, 6, 0, 3);
    else if (xj_chars_is(chars, i, end, u"下半年"))
        i += set(when, XJ_WHEN_HALF, 12, 0, 3);
    else if (i > from && when->year_kind != XJ_YEAR_NOT_PRINTED &&
             !xj_chars_is(chars, i, end, u"学年"))
        set(when, XJ_WHEN_YEAR, 12, 0, 0);
    else
        return false;
    if (i < end && chars->c[i] == u'前') {
        when->before = true;
        i++;
    } else if (xj_chars_is(chars, i, end, u"以前") || xj_chars_is(chars, i, end, u"之前")) {
        when->before = true;
        i += 2;
    }
    when->len = i - from;
    return true;
}

xj_date
xj_when_date(const xj_when *when, int plan_year, int this_year)
{
    xj_date date = {0};
    int year = when->year_kind == XJ_YEAR_PRINTED ? when->year
               : when->year_kind == XJ_YEAR_THIS  ? this_year
               : when->year_kind == XJ_YEAR_NEXT  ? this_year + 1
                                                  : plan_year;

    if (when->kind == XJ_WHEN_NONE || year == 0)
        return date;
    year += when->year_shift;
    if (when->month == 0)
        return date;
    if (when->day == 0)
        return xj_month_end(year, when->month);
    date = (xj_date){year, when->month, when->day};
    return xj_date_valid(date) ? date : (xj_date){0};
}
