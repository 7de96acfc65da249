/*
 * duty/tell_try.h -- what coming weeks would remind people of, by these rules or others, without
 * telling anybody.
 *
 * By the code that tells each day (remind.c), from what is owed today: nothing is done meanwhile,
 * nothing new comes, nobody is told of changes.  Layer: domain.  Read next: duty/clock.h.
 */
#pragma once

#include "duty/calendar.h"

#define XJ_TELL_TRY_DAYS 28

/* A message of a day; whom it reaches is notice/'s. */
typedef struct xj_tell_try_row {
    xj_date day;
    const char *kind; /* of xj_notice */
    int64_t unit, person;
} xj_tell_try_row;

typedef struct xj_tell_try {
    xj_date first, last;
    xj_tell_try_row *items; /* in the order of days */
    size_t n;
} xj_tell_try;

/* Whether what people are reminded of, and when, hangs on RULE. */
bool xj_tell_hangs_on(xj_rule rule);

/* The XJ_TELL_TRY_DAYS days behind the last that was told in TENANT, by RULES; items live in
 * RESULT.  Errors: the database's. */
XJ_MUST_USE xj_error *xj_tell_try_rules(xj_tell_try *tried, xj_db *db, int64_t tenant,
                                        const xj_rules *rules, xj_pool *result);
