/*
 * duty/clock.h -- the clock: raises, moves lights, writes what is to be told; and the ladder
 * beyond.
 *
 * A day is done once for a jurisdiction, in order, and never again, whatever the machine's clock
 * does then.  What people are told stands in notice_outbox, each once; sending is another module's.
 * The clock chases inside a unit's own people and tells the office; an order it only drafts. Layer:
 * domain.  Read next: src/duty/rules.tsv.
 */
#pragma once

#include "duty/calendar.h"
#include "duty/duty.h"

typedef struct xj_clock_ran {
    int64_t days;        /* of all jurisdictions */
    int64_t obligations; /* raised */
} xj_clock_ran;

/* Bring every jurisdiction (TENANT 0) or one up to and with DAY: publications left in the middle,
 * raising a year ahead, and each day's lights and notices.  Waits; not from a lane's thread.
 * Errors: xj_store_do's. */
XJ_MUST_USE xj_error *xj_clock_run(xj_clock_ran *ran, xj_store *store, int64_t tenant, xj_date day,
                                   xj_pool *scratch);

/* Make the lights anew that a changed rule left, of every jurisdiction (TENANT 0) or one, in
 * pieces; STOP (may be NULL) ends it between two.  Waits; not from a lane's thread. Errors:
 * xj_store_do's. */
XJ_MUST_USE xj_error *xj_duty_relight(xj_store *store, int64_t tenant, const atomic_bool *stop,
                                      xj_pool *scratch);

/* ---- what is to be told ---- */

typedef struct xj_notice {
    int64_t id;
    xj_str kind; /* digest, ahead, chase, receipt, order */
    int64_t unit;
    int64_t person;       /* 0: the unit's liaison officers */
    xj_str subject;       /* with unit, kind and person what makes it one of a kind */
    xj_str made_for, due; /* due: data NULL: none */
    xj_str items;         /* JSON: [{"obligation","kind","due","rows","title"}] */
    int64_t created_at;
} xj_notice;

/* What stands in the outbox behind id AFTER, in order. */
XJ_MUST_USE xj_error *xj_outbox_list(xj_notice **items, size_t *n, xj_db *db, int64_t tenant,
                                     int64_t after, int64_t limit, xj_pool *result);

/* ---- the ladder beyond reminders ---- */

typedef struct xj_order {
    int64_t id, unit, obligation;
    xj_str unit_name, obligation_kind, obligation_due, state, state_on, drafted_on;
    xj_str signed_name; /* data NULL: not signed */
    bool open;
    int64_t version;
} xj_order;

/* Orders that SCOPE sees (UNIT 0: all), behind id AFTER; OPEN 1, 0, or -1 for all. */
XJ_MUST_USE xj_error *xj_order_list(xj_order **items, size_t *n, xj_db *db, const xj_scope *scope,
                                    int64_t unit, int open, int64_t after, int64_t limit,
                                    xj_pool *result);
/* Command: a person signs, publishes, talks, or ends it.  Errors: as xj_duty_step. */
XJ_MUST_USE xj_error *xj_order_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                    const xj_step *step);
