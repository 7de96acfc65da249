/*
 * text/date.h -- points of time as Chinese papers write them, down to the last day meant.
 */
#pragma once

#include "base/cal.h"
#include "text/chars.h"

typedef enum xj_when_kind {
    XJ_WHEN_NONE,
    XJ_WHEN_YEAR,     /* 2020年 */
    XJ_WHEN_YEAR_END, /* 2020年底, 年底, 年内 */
    XJ_WHEN_HALF,     /* 上半年 */
    XJ_WHEN_QUARTER,  /* 第三季度末 */
    XJ_WHEN_MONTH,    /* 10月, 10月底 */
    XJ_WHEN_TEN_DAYS, /* 12月上旬 */
    XJ_WHEN_DAY,      /* 6月15日 */
    XJ_WHEN_SCHOOL    /* 2022—2023学年结束, 秋季学期开学 */
} xj_when_kind;

typedef enum xj_when_year {
    XJ_YEAR_NOT_PRINTED,
    XJ_YEAR_PRINTED, /* in YEAR */
    XJ_YEAR_THIS,    /* 今年 */
    XJ_YEAR_NEXT     /* 明年 */
} xj_when_year;

typedef struct xj_when {
    xj_when_kind kind;
    xj_when_year year_kind;
    int year;        /* printed */
    int year_first;  /* of a printed span (2020—2022年), else YEAR */
    int month, day;  /* the last day meant; day 0 is the month's last */
    int year_shift;  /* 1 where the last day falls in the year after the one named */
    bool bare_month; /* only a month, without 底, 前 or a day */
    bool before;     /* 前, 以前, 之前 stands behind it */
    size_t len;      /* characters, 前 included */
} xj_when;

/* The point of time that begins at I (before END); false where none does. */
bool xj_when_parse(xj_when *when, const xj_chars *chars, size_t i, size_t end);

/* The date of WHEN, where PLAN_YEAR is meant if none is printed and THIS_YEAR by 今年.  {0} if
 * there is no such day. */
xj_date xj_when_date(const xj_when *when, int plan_year, int this_year);
