#include "base/cal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

bool
xj_year_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
xj_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    XJ_ASSERT(month >= 1 && month <= 12);
    return month == 2 && xj_year_leap(year) ? 29 : days[month - 1];
}

bool
xj_date_valid(xj_date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= xj_month_days(d.year, d.month);
}

/* Both directions after H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
int64_t
xj_date_days(xj_date d)
{
    int64_t y = d.month <= 2 ? d.year - 1 : d.year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (d.month > 2 ? d.month - 3 : d.month + 9) + 2) / 5 + d.day - 1;
    int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

    return era * 146097 + doe - 719468;
}

xj_date
xj_date_from_days(int64_t days)
{
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);

    return (xj_date){.year = (int)(yoe + era * 400 + (month <= 2)),
                     .month = month,
                     .day = (int)(doy - (153 * mp + 2) / 5 + 1)};
}

xj_date
xj_date_add_days(xj_date d, int64_t n)
{
    return xj_date_from_days(xj_date_days(d) + n);
}

xj_date
xj_month_end(int year, int month)
{
    return (xj_date){year, month, xj_month_days(year, month)};
}

int
xj_date_cmp(xj_date a, xj_date b)
{
    int64_t da = xj_date_days(a), db = xj_date_days(b);

    return (da > db) - (da < db);
}

int
xj_date_weekday(xj_date d)
{
    /* 1970-01-01 was a Thursday. */
    int64_t w = (xj_date_days(d) + 3) % 7;

    return (int)(w < 0 ? w + 7 : w) + 1;
}

xj_date
xj_date_monday(xj_date d)
{
    return xj_date_add_days(d, 1 - xj_date_weekday(d));
}

static bool
digits(int *out, xj_str s)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        *out = *out * 10 + (s.data[i] - '0');
    }
    return true;
}

bool
xj_date_parse(xj_date *out, xj_str s)
{
    if (s.len != 10 || s.data[4] != '-' || s.data[7] != '-')
        return false;
    return digits(&out->year, xj_str_sub(s, 0, 4)) && digits(&out->month, xj_str_sub(s, 5, 7)) &&
           digits(&out->day, xj_str_sub(s, 8, 10)) && xj_date_valid(*out);
}

xj_str
xj_date_format(char out[XJ_DATE_LEN], xj_date d)
{
    XJ_ASSERT(xj_date_valid(d));
    return xj_str_of(out,
                     (size_t)snprintf(out, XJ_DATE_LEN, "%04u-%02u-%02u", (unsigned)d.year % 10000,
                                      (unsigned)d.month % 100, (unsigned)d.day % 100));
}

static _Atomic int64_t fixed_now;

int64_t
xj_now(void)
{
    int64_t fixed = atomic_load(&fixed_now);
    struct timespec ts;

    if (fixed != 0)
        return fixed;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

void
xj_now_set(int64_t fixed)
{
    atomic_store(&fixed_now, fixed);
}

#define DAY_US (86400 * (int64_t)1000000)

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

xj_date
xj_instant_date(int64_t t, int offset_minutes)
{
    return xj_date_from_days(floor_div(t + offset_minutes * (int64_t)60000000, DAY_US));
}

xj_str
xj_instant_format(char out[XJ_INSTANT_LEN], int64_t t)
{
    int64_t days = floor_div(t, DAY_US);
    int64_t us = t - days * DAY_US;
    xj_date d = xj_date_from_days(days);

    XJ_ASSERT(xj_date_valid(d));
    return xj_str_of(out,
                     (size_t)snprintf(out, XJ_INSTANT_LEN, "%04u-%02u-%02uT%02u:%02u:%02u.%06uZ",
                                      (unsigned)d.year % 10000, (unsigned)d.month % 100,
                                      (unsigned)d.day % 100, (unsigned)(us / 3600000000 % 24),
                                      (unsigned)(us / 60000000 % 60), (unsigned)(us / 1000000 % 60),
                                      (unsigned)(us % 1000000)));
}
