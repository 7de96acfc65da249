/*
 * duty/watch.h -- for those who watch a programme: what waits and for whom, how lights changed,
 * what was said of a duty task, what units were asked for.
 *
 * All of it is read from what the rest of duty/ keeps.  Layer: domain.  Read next: duty/light.h.
 */
#pragma once

#include "duty/light.h"
#include "duty/report.h"

#define XJ_WATCH_SOON_DAYS 7    /* what comes */
#define XJ_WATCH_DECIDE_DAYS 45 /* before a year-end decision that it is shown as waiting */
#define XJ_WATCH_MONTHS_MAX 36

/* What waits in a jurisdiction on DAY; each is the length of a list. */
typedef struct xj_watch {
    int64_t receipts;  /* units that have not acknowledged */
    int64_t late;      /* obligations behind their day */
    int64_t soon;      /* due within XJ_WATCH_SOON_DAYS, but decisions */
    int64_t sent;      /* returns to review */
    int64_t asked;     /* duty tasks of which the end was asked for */
    int64_t reviewed;  /* reviewed, to be ended */
    int64_t unsettled; /* of which something is open still */
    int64_t suspended;
    int64_t decisions; /* duty tasks to decide on at year end, within XJ_WATCH_DECIDE_DAYS */
    int64_t drafts;    /* orders to sign */
    int64_t orders;    /* signed and not ended */
    int64_t requests;  /* of units, to be answered */
} xj_watch;

/* In the jurisdiction of SCOPE; what few may see counts for the office alone. */
XJ_MUST_USE xj_error *xj_watch_counts(xj_watch *watch, xj_db *db, const xj_scope *scope,
                                      xj_date day);

typedef struct xj_trend_point {
    xj_str day;
    xj_light_count count; /* duty tasks, by the light of their owner's part */
} xj_trend_point;
/* PROGRAMME on DAY and at the ends of the N months before it, earliest first: *POINTS has N + 1. */
XJ_MUST_USE xj_error *xj_light_trend(xj_trend_point **points, xj_db *db, int64_t tenant,
                                     int64_t programme, xj_date day, int n, xj_pool *result);

typedef struct xj_light_turn {
    int64_t duty, action_no, unit;
    xj_str action, no, title, unit_name;
    xj_str on, until, reason; /* until: 9999-12-31 while it lasts */
    xj_str before, now;       /* before: data NULL: it began so; now: data NULL: it ended */
} xj_light_turn;
typedef struct xj_turn_filter {
    int64_t programme, action_no; /* action_no: -1: any */
    xj_str light, from, to;
} xj_turn_filter;
/* Duty tasks that turned, latest first; behind the pair AFTER_ON (data NULL: from the start),
 * AFTER_DUTY. */
XJ_MUST_USE xj_error *xj_light_turns(xj_light_turn **items, size_t *n, xj_db *db, int64_t tenant,
                                     const xj_turn_filter *filter, xj_str after_on,
                                     int64_t after_duty, int64_t limit, xj_pool *result);

typedef struct xj_said_file {
    int64_t id, size;
    xj_str name, kind;
} xj_said_file;
/* What one return says of a duty task; of one that was not sent no words are shown. */
typedef struct xj_said {
    int64_t obligation, unit;
    xj_str unit_name, due, period, state, why, sent_on; /* why, sent_on: data NULL: none */
    xj_report_text text;
    bool on_behalf;
    xj_str changed_name; /* data NULL: nobody */
    xj_report_remark *remarks;
    size_t nremarks;
    xj_said_file *files;
    size_t nfiles;
} xj_said;
/* Of DUTY as SCOPE sees it, latest due day first, behind the pair AFTER_DUE, AFTER_ID. */
XJ_MUST_USE xj_error *xj_said_list(xj_said **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   int64_t duty, xj_str after_due, int64_t after_id, int64_t limit,
                                   xj_pool *result);

/* The last figure of its kind that a unit reported of a duty task. */
typedef struct xj_action_figure {
    int64_t duty, unit;
    xj_str no, title, unit_name, indicator, measure, span, due;
    double value;
} xj_action_figure;
/* Of PROGRAMME's action ACTION_NO, by task and indicator, of units that SCOPE sees. */
XJ_MUST_USE xj_error *xj_action_figures(xj_action_figure **items, size_t *n, xj_db *db,
                                        const xj_scope *scope, int64_t programme, int64_t action_no,
                                        xj_pool *result);

/* What UNIT was asked for in a MONTH ("2026-06"). */
typedef struct xj_asked_month {
    int64_t unit;
    xj_str name, month;
    int64_t returns, reports; /* due in it; reports: what documents ask besides the returns */
    int64_t notices, chases;
} xj_asked_month;
/* Of YEAR, by the units' names, then by month; months in which nothing was asked are not there. */
XJ_MUST_USE xj_error *xj_asked_list(xj_asked_month **items, size_t *n, xj_db *db, int64_t tenant,
                                    int year, xj_pool *result);
