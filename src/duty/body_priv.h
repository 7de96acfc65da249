/* duty/body_priv.h -- handing over, and what an ended body leaves. */
#pragma once

#include "duty/body.h"
#include "duty/duty_priv.h"

/* ---- handing over (hand.c) ---- */

typedef struct xj_duty__hand {
    int64_t from, to; /* units */
    xj_date on;       /* TO's from this day on */
    xj_date raise_on; /* TO owes anew from this day on, where ON lies behind: what was sent since
                       * stays with who sent it; year 0: from ON */
    xj_str why, actor;
    bool whole; /* all of FROM goes to TO: its returns go as they are */
} xj_duty__hand;

typedef struct xj_duty__part {
    xj_str role, side;
    xj_date from; /* year 0: not asked for */
} xj_duty__part;

/* The part that UNIT has in DUTY today. */
XJ_MUST_USE xj_error *xj_duty__part_find(xj_duty__part *part, bool *found, xj_tx *tx, int64_t duty,
                                         int64_t unit);
/* PART of DUTY, with what is open of it; REST is what HAND's unit keeps there, or NULL. */
XJ_MUST_USE xj_error *xj_duty__hand_part(xj_tx *tx, const xj_duty__hand *hand, int64_t duty,
                                         const xj_duty__part *part, const xj_duty__part *rest);
/* Obligation ID with all that is in it; *FOUND is false where it is not owed by HAND's unit. */
XJ_MUST_USE xj_error *xj_duty__hand_owed(bool *found, xj_tx *tx, const xj_duty__hand *hand,
                                         int64_t id);

/* ---- after the last day (body_end.c) ---- */

/* What bodies that ended before day ON have in DUTY is OFFICE's. */
XJ_MUST_USE xj_error *xj_body__stand_in(xj_tx *tx, int64_t duty, xj_date on, int64_t office);
/* Of all duty tasks and of what is owed besides (BODY 0: of all bodies), as of DAY; *DONE is false
 * where END came first. */
XJ_MUST_USE xj_error *xj_body__lapse(bool *done, xj_tx *tx, int64_t body, xj_date day,
                                     const xj_rules *rules, int64_t office, int64_t end);
/* What body HAND's FROM left to the office is TO's; *HANDED counts. */
XJ_MUST_USE xj_error *xj_body__settle_left(int64_t *handed, xj_tx *tx, const xj_duty__hand *hand);
/* *UNIT, or who owes in its stead what is due on DAY where it is a body that has ended by then. */
XJ_MUST_USE xj_error *xj_body__stands(int64_t *unit, xj_tx *tx, xj_date day, int64_t office);
