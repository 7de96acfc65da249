/*
 * duty/obligation.h -- what is due: raised ahead, one return for a unit and date.
 *
 * An obligation of kind `return` is a unit's 报送单 of one day with a row for each of its duty
 * tasks; `start`, `finish` and `decision` are of one duty task; other kinds are the document's own
 * (annual_monitoring_report, ...).  They exist one planning year ahead and never twice: unit, kind,
 * the rule's day and what it is about are unique.  Layer: domain.  Read next: duty/clock.h.
 */
#pragma once

#include "duty/calendar.h"
#include "duty/duty.h"

typedef struct xj_obligation {
    int64_t id, programme, unit;
    xj_str unit_name;
    xj_str kind, raised_for, due, period, title;
    int64_t duty, document; /* 0: of none */
    xj_str state, state_on;
    bool open;                                /* the unit still owes it */
    xj_str sent_on, accepted_on, original_on; /* data NULL: not yet */
    int64_t rows;                             /* of a return: those not withdrawn */
    int64_t chases;
    int64_t version;
} xj_obligation;

/* UNIT is as units were entered, what one owes together; SENT is the day it was sent, what was not
 * first. */
typedef enum xj_obligation_order {
    XJ_OBLIGATIONS_BY_DUE,
    XJ_OBLIGATIONS_BY_UNIT,
    XJ_OBLIGATIONS_BY_SENT
} xj_obligation_order;

typedef struct xj_obligation_filter {
    int64_t programme, unit, person; /* 0: any; person: what they handle */
    xj_str kind, state;              /* data NULL: any */
    int open;                        /* 1: still owed, 0: not, -1: any */
    xj_str due_from, due_to;         /* data NULL: any */
    xj_obligation_order order;
    bool descending;
} xj_obligation_filter;

/* A row's place in a list: what it is ordered by, and its id. */
typedef struct xj_obligation_key {
    xj_str text;
    int64_t number, id;
} xj_obligation_key;

/* At most LIMIT that FILTER lets through, in its order, behind AFTER (NULL: from the start). */
XJ_MUST_USE xj_error *xj_obligation_list(xj_obligation **items, size_t *n, xj_db *db,
                                         const xj_scope *scope, const xj_obligation_filter *filter,
                                         const xj_obligation_key *after, int64_t limit,
                                         xj_pool *result);
/* The place of ROW in a list by ORDER; a view. */
xj_obligation_key xj_obligation_key_of(const xj_obligation *row, xj_obligation_order order);

typedef struct xj_obligation_row {
    int64_t duty;
    xj_str no, action, title, state, why, strength; /* why: data NULL: none */
    int64_t progress;                               /* of the duty task; -1: nothing said */
} xj_obligation_row;

typedef struct xj_obligation_whole {
    xj_obligation obligation;
    xj_obligation_row *rows;
    size_t nrows;
    const char *moves[32];
    size_t nmoves;
} xj_obligation_whole;

/* Errors: NOT_FOUND, also where SCOPE does not see it. */
XJ_MUST_USE xj_error *xj_obligation_get(xj_obligation_whole **obligation, xj_db *db,
                                        const xj_scope *scope, int64_t id, xj_pool *result);
XJ_MUST_USE xj_error *xj_obligation_history(xj_duty_move **items, size_t *n, xj_db *db,
                                            int64_t tenant, int64_t id, xj_pool *result);

/* Command: move obligation ID as it was at VERSION, with all its rows: `send`, `return`, `accept`,
 * `receive_original` of a return or report, `do` of others, `extend` (step.due), `withdraw`.
 * Lateness is judged by step.happened_on.  An original may come before the office has judged what
 * was sent: then the state stays, and acceptance leads to original_received.
 *
 * Errors: as xj_duty_step. */
XJ_MUST_USE xj_error *xj_obligation_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                         const xj_step *step);
/* Inside a command: row DUTY of return ID is accepted or returned (STATE, with WHY), and what an
 * accepted one says of its progress becomes the duty task's; for the review of a return. */
XJ_MUST_USE xj_error *xj_obligation_row_set(xj_tx *tx, int64_t id, int64_t duty, xj_str state,
                                            xj_str why);

/* Inside a command: something that belongs to obligation ID changed, though it did not move; *NOW
 * is its version.  Errors: STALE. */
XJ_MUST_USE xj_error *xj_obligation_touch(int64_t *now, xj_tx *tx, int64_t id, int64_t version);

/* ---- raising ---- */

typedef struct xj_raised {
    int64_t obligations, rows;
} xj_raised;

/* Raise what duty tasks and documents of LIKE's jurisdiction owe from day FROM up to and with TO,
 * in pieces that hold the lane for a short time each; what exists is left as it is.  Waits; not
 * from a lane's thread.
 *
 * Errors: xj_store_do's. */
XJ_MUST_USE xj_error *xj_obligation_raise(xj_raised *raised, xj_store *store,
                                          const xj_command *like, xj_date from, xj_date to,
                                          xj_pool *scratch);
