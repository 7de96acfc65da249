/*
 * duty/calendar.h -- the rules that a jurisdiction sets, recurring dates, working days.
 *
 * Rules are rows of src/duty/rules.tsv with what a jurisdiction set otherwise.  Working days follow
 * the official calendar of holidays and make-up days: src/duty/holidays.tsv and the days that a
 * jurisdiction added; a year that is in neither falls back to Saturdays and Sundays, and says so.
 * Layer: domain.  Read next: duty/obligation.h.
 */
#pragma once

#include "base/cal.h"
#include "duty/tables.h" /* generated: enum xj_rule */
#include "org/org.h"
#include "store/store.h"

#define XJ_DAY_NONE "9999-12-31" /* in columns of days: no end, no date */
#define XJ_ZONE_MINUTES 480      /* of the days of all jurisdictions: Asia/Shanghai */

/* The day of instant T. */
xj_date xj_day_of(int64_t t);
/* "2026-06-15" in POOL; year 0 gives XJ_DAY_NONE. */
xj_str xj_day_str(xj_date day, xj_pool *pool);
/* The day of a column; XJ_DAY_NONE and what is no day give year 0. */
xj_date xj_day_parse(xj_str text);

/* ---- rules ---- */

typedef struct xj_rules {
    xj_str text[XJ_RULE_COUNT];    /* as set, or the default */
    int64_t number[XJ_RULE_COUNT]; /* of those that are numbers */
    int64_t version;               /* for If-Match; 0 before the first change */
    bool relighting;               /* lights by them are being made still */
} xj_rules;

/* The day on which a jurisdiction began to run its programme here; year 0: nobody said. */
static inline xj_date
xj_rules_begun(const xj_rules *rules)
{
    xj_date day = {0};

    return xj_date_parse(&day, rules->text[XJ_RULE_BEGUN_ON]) ? day : (xj_date){0};
}

typedef enum xj_rule_kind {
    XJ_RULE_KIND_INT,
    XJ_RULE_KIND_WORD,
    XJ_RULE_KIND_DATES,
    XJ_RULE_KIND_DAY
} xj_rule_kind;
typedef struct xj_rule_def {
    const char *name;
    xj_rule_kind kind;
    const char *standard; /* the default */
    int least, most;      /* of a number; most is the number of dates */
    const char *words;    /* a,b,c */
} xj_rule_def;
const xj_rule_def *xj_rule_def_of(xj_rule rule);
/* Errors: NOT_FOUND where there is no rule NAME. */
XJ_MUST_USE xj_error *xj_rule_parse(xj_rule *rule, xj_str name);
/* What holds in a jurisdiction; texts live in RESULT. */
XJ_MUST_USE xj_error *xj_rules_get(xj_rules *rules, xj_db *db, int64_t tenant, xj_pool *result);
/* Whether RULE may have VALUE.  Errors: BAD_INPUT, at /NAME. */
XJ_MUST_USE xj_error *xj_rule_check(xj_rule rule, xj_str value);

typedef struct xj_rule_value {
    xj_rule rule;
    xj_str value; /* data NULL: the default again */
} xj_rule_value;

/* *THEN is *NOW with N values of it otherwise; texts are views.
 * Errors: BAD_INPUT as xj_rule_check, and where messages would have no hour to go out. */
XJ_MUST_USE xj_error *xj_rules_with(xj_rules *then, const xj_rules *now,
                                    const xj_rule_value *values, size_t n);

#define XJ_RULE_WHY_MAX 500 /* characters */

/* Command: set N rules as they were at VERSION, because of WHY.  What is raised already stays;
 * dates that come from a rule are renewed when their duty task is settled or changed next.  Lights
 * are made anew where they hang on what was changed: from today on, or from the earlier day of
 * beginning; at once as far as a command may take, the rest by xj_duty_relight.
 * Errors: BAD_INPUT as xj_rules_with, and without WHY; STALE. */
XJ_MUST_USE xj_error *xj_rules_set(xj_tx *tx, int64_t version, const xj_rule_value *values,
                                   size_t n, xj_str why);

typedef struct xj_rule_change {
    int64_t id; /* 0: none */
    xj_rule rule;
    xj_str old_value, new_value;
    bool back; /* to the default */
    xj_str why, actor_name;
    int64_t at;
} xj_rule_change;

/* The last change of each rule, by rule: LAST has XJ_RULE_COUNT. */
XJ_MUST_USE xj_error *xj_rule_changes_last(xj_rule_change *last, xj_db *db, int64_t tenant,
                                           xj_pool *result);
/* Changes, the last first, of rule NAME (data NULL: of all), before change BEFORE (0: from the
 * last). */
XJ_MUST_USE xj_error *xj_rule_change_list(xj_rule_change **items, size_t *n, xj_db *db,
                                          int64_t tenant, xj_str name, int64_t before,
                                          int64_t limit, xj_pool *result);

/* ---- recurring dates ---- */

#define XJ_RECUR_MAX 12 /* days a year */

/* DAYS[0..*N) are the days of the year on which what recurs with CADENCE (monthly, quarterly,
 * half_yearly, termly, school_year, annual, seasonal, campaign) is due by RULES; *N is 0 for
 * another word. */
void xj_recur(xj_date *days, size_t *n, const xj_rules *rules, xj_str cadence);
/* The same from text: "06-15,12-15".  Days are of the leap year 4; 02-29 becomes 02-28. */
void xj_recur_parse(xj_date *days, size_t *n, xj_str text);
/* The first day not before FROM that is MD of some year. */
xj_date xj_recur_next(xj_date from, xj_date md);
/* DHIS2's code of the period that a return of DAY covers: 2026S1 for half-yearly and any other
 * cadence, 2026Q2, 202606, 2026. */
xj_str xj_period(xj_date day, xj_str cadence, xj_pool *result);
/* 2026-W24, of the ISO week of DAY. */
xj_str xj_week(xj_date day, xj_pool *result);

/* ---- working days ---- */

typedef struct xj_day {
    xj_date day;
    bool works;
    xj_str name, source;
} xj_day;

typedef struct xj_calendar {
    xj_day *added; /* a jurisdiction's own days, ascending */
    size_t nadded;
} xj_calendar;

/* The calendar of a jurisdiction. */
XJ_MUST_USE xj_error *xj_calendar_get(xj_calendar *calendar, xj_db *db, int64_t tenant,
                                      xj_pool *result);
/* Whether the holidays of YEAR are known, or weekends stand in for them. */
bool xj_calendar_knows(const xj_calendar *calendar, int year);
/* Whether people work on DAY. */
bool xj_calendar_works(const xj_calendar *calendar, xj_date day);
/* Working days behind FROM, up to and with TO; 0 where TO is not behind it. */
int xj_calendar_count(const xj_calendar *calendar, xj_date from, xj_date to);

#define XJ_CALENDAR_DAYS_MAX 3660 /* of a jurisdiction */

/* Command: add or change N days.
 * Errors: BAD_INPUT for a day that is none or a text too long; TOO_LARGE above the limit. */
XJ_MUST_USE xj_error *xj_calendar_set(xj_tx *tx, const xj_day *days, size_t n);
