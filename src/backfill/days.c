/* Days as people write them into cells: 2026-03-28, 2026/3/28, 2026.3.28, 3.28, 3月28日, 46109. */
#include "backfill/backfill_priv.h"

#include "text/date.h"

#define CELL_MAX 40        /* characters of a cell that may be a day */
#define SERIAL_FIRST 36526 /* 2000-01-01 as spreadsheet programs count days */
#define SERIAL_LAST 73050  /* 2099-12-31 */

/* Up to three figures between one kind of mark. */
typedef struct parts {
    int value[3];
    int digits[3]; /* written */
    size_t n, end;
    xj_char mark;
} parts;

static bool
is_mark(xj_char c)
{
    return c == '-' || c == '/' || c == '.';
}

static parts
parts_of(const xj_char *c, size_t n)
{
    parts p = {0};
    size_t i = 0;

    while (p.n < 3) {
        while (i < n && xj_char_digit(c[i]) && p.digits[p.n] < 8) {
            p.value[p.n] = p.value[p.n] * 10 + (c[i++] - '0');
            p.digits[p.n]++;
        }
        if (p.digits[p.n] == 0)
            break;
        p.end = i;
        p.n++;
        if (i >= n || !is_mark(c[i]) || (p.mark != 0 && c[i] != p.mark))
            break;
        p.mark = c[i++];
    }
    return p;
}

static bool
take(xj_backfill__day *day, int year, int month, int of_month)
{
    if (year < 100)
        year += 2000;
    day->day = (xj_date){year, month, of_month};
    return xj_date_valid(day->day) && year >= 1949 && year <= 2200;
}

/* Three figures: the year leads, or (as some programs show days) stands last. */
static bool
take_three(xj_backfill__day *day, const parts *p)
{
    const int *v = p->value;

    if (p->digits[0] == 4 || (p->digits[0] == 2 && v[0] >= 20 && p->digits[2] <= 2 && v[1] <= 12 &&
                              v[0] > 12 && !(p->digits[2] == 2 && v[2] > 31)))
        return take(day, v[0], v[1], v[2]);
    if (p->digits[2] == 4 || p->digits[2] == 2)
        return v[0] <= 12 ? take(day, v[2], v[0], v[1]) : take(day, v[2], v[1], v[0]);
    return false;
}

static bool
take_serial(xj_backfill__day *day, const parts *p)
{
    if (p->value[0] >= SERIAL_FIRST && p->value[0] <= SERIAL_LAST) {
        day->day = xj_date_add_days((xj_date){1899, 12, 30}, p->value[0]);
        return true;
    }
    return p->digits[0] == 8 && /* 20260328 */
           take(day, p->value[0] / 10000, p->value[0] / 100 % 100, p->value[0] % 100);
}

static bool
take_figures(xj_backfill__day *day, const xj_char *c, size_t n, int year)
{
    const parts p = parts_of(c, n);

    for (size_t i = p.end; i < n; i++) /* 46109.5 is the noon of a day */
        if (!xj_char_digit(c[i]) && c[i] != '.')
            return false;
    if (p.n == 3)
        return take_three(day, &p);
    if (p.end != n && !(p.n == 2 && p.digits[0] == 5))
        return false;
    if (p.n == 2 && p.digits[0] == 4) { /* 2026.3 */
        day->day = xj_month_end(p.value[0], p.value[1]);
        day->whole = true;
        return p.value[1] >= 1 && p.value[1] <= 12;
    }
    if (p.n == 2 && p.digits[0] <= 2) {
        day->unsure = p.mark == '.' && p.digits[1] == 1 && p.value[1] <= 3;
        return take(day, year, p.value[0], p.value[1]);
    }
    return p.n > 0 && p.digits[0] >= 5 && take_serial(day, &p);
}

/* TEXT without a time of the day behind it: "2026-03-28 00:00:00". */
static xj_str
without_time(xj_str text)
{
    const size_t at = xj_str_find(text, XJ_STR(" "), 0);

    return at != XJ_NPOS && xj_str_has(xj_str_skip(text, at), XJ_STR(":")) ? xj_str_sub(text, 0, at)
                                                                           : text;
}

bool
xj_backfill__day_of(xj_backfill__day *day, xj_str text, int year)
{
    const xj_str said = without_time(xj_sheet_trim(text));
    xj_char c[CELL_MAX];
    size_t len, n = xj_chars_fold_some(c, CELL_MAX, said, &len);
    const xj_chars chars = {.c = c, .n = n};
    xj_when when;

    *day = (xj_backfill__day){0};
    if (n == 0 || len < said.len)
        return false;
    if (take_figures(day, c, n, year))
        return true;
    *day = (xj_backfill__day){0};
    if (!xj_when_parse(&when, &chars, 0, n))
        return false;
    for (size_t i = when.len; i < n; i++) /* words may follow (印发), but no other figure */
        if (xj_char_digit(c[i]))
            return false;
    day->day = xj_when_date(&when, year, year);
    day->whole = when.kind != XJ_WHEN_DAY;
    return day->day.year != 0;
}
