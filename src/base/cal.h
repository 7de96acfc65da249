/*
 * base/cal.h -- calendar dates (proleptic Gregorian) and instants.
 *
 * A date is a plain day without time or zone; an instant is microseconds since 1970 UTC.  The clock
 * is injected: only xj_now reads the machine's, and tests may set it.
 */
#pragma once

#include "base/str.h"

typedef struct xj_date {
    int year, month, day; /* year 0 means "no date" */
} xj_date;

bool xj_date_valid(xj_date d);
bool xj_year_leap(int year);
int xj_month_days(int year, int month);
/* Days since 1970-01-01 (negative before). */
int64_t xj_date_days(xj_date d);
xj_date xj_date_from_days(int64_t days);
xj_date xj_date_add_days(xj_date d, int64_t n);
xj_date xj_month_end(int year, int month);
/* < 0, 0, > 0 */
int xj_date_cmp(xj_date a, xj_date b);
/* 1 = Monday … 7 = Sunday */
int xj_date_weekday(xj_date d);
/* The Monday of D's week. */
xj_date xj_date_monday(xj_date d);
/* "2020-12-31" and nothing else; false if it is no valid date. */
bool xj_date_parse(xj_date *out, xj_str s);
/* Writes "2020-12-31" and a NUL. */
#define XJ_DATE_LEN 11
xj_str xj_date_format(char out[XJ_DATE_LEN], xj_date d);

/* Microseconds since 1970-01-01T00:00:00Z. */
int64_t xj_now(void);
/* Set the clock for tests: FIXED microseconds, or 0 for the machine's own. */
void xj_now_set(int64_t fixed);
/* The date of instant T in a zone OFFSET_MINUTES east of UTC (Asia/Shanghai: 480). */
xj_date xj_instant_date(int64_t t, int offset_minutes);
/* "2020-12-31T23:59:59.123456Z" and a NUL. */
#define XJ_INSTANT_LEN 28
xj_str xj_instant_format(char out[XJ_INSTANT_LEN], int64_t t);
