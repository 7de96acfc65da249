/*
 * duty/body.h -- the programme's own bodies (committee, office, action groups, a 指挥部 for a time)
 * with what they have open, and handing it over when they end.
 *
 * From the day after its last a body owes nothing: the office has its parts and what it owed
 * (body_left) until it says who goes on with them.  Layer: domain.  Read next: body.sql.
 */
#pragma once

#include "duty/duty.h"

typedef struct xj_body {
    int64_t id;
    xj_str name;
    xj_str starts_on, ends_on; /* data NULL: none */
    int64_t people;            /* with a post there on the day */
    int64_t duties, owed;      /* open ones: tasks that few may see are not counted */
} xj_body;

/* Units of kind committee behind id AFTER, as of DAY. */
XJ_MUST_USE xj_error *xj_body_list(xj_body **items, size_t *n, xj_db *db, int64_t tenant,
                                   xj_date day, int64_t after, int64_t limit, xj_pool *result);

/* ---- before and after the last day: for the office alone ---- */

typedef enum xj_heir { XJ_HEIR_SUCCESSOR, XJ_HEIR_SUPERIOR, XJ_HEIR_OFFICE } xj_heir;

typedef struct xj_body_closing {
    int64_t id, version;
    xj_str name, ends_on;
    int64_t duties, rectifications, owed, findings; /* that it has open */
    int64_t left;                                   /* that the office has in its stead */
    int64_t heir;                                   /* the unit proposed to go on with it */
    xj_str heir_name;                               /* the unit's */
    xj_heir by;                                     /* why that one */
} xj_body_closing;

typedef enum xj_body_about { XJ_BODY_DUTY, XJ_BODY_OWED, XJ_BODY_FINDING } xj_body_about;

typedef struct xj_body_open {
    int64_t id;
    xj_str kind;                   /* of the duty task or obligation; of a finding its grade */
    xj_str no, title, state, role; /* data NULL: it has none */
    xj_str due;                    /* of a finding the day of the visit */
    bool left;                     /* the office has it in the body's stead */
    bool along;                    /* it goes with a duty task */
} xj_body_open;

/* Bodies that end within the days of the rule body_ends_ahead, or have ended, with something open
 * or left, as of DAY, behind id AFTER. */
XJ_MUST_USE xj_error *xj_body_closing_list(xj_body_closing **items, size_t *n, xj_db *db,
                                           int64_t tenant, xj_date day, int64_t after,
                                           int64_t limit, xj_pool *result);
/* Body ID whatever it has.  Errors: NOT_FOUND, also for a body without a last day. */
XJ_MUST_USE xj_error *xj_body_closing_get(xj_body_closing *body, xj_db *db, int64_t tenant,
                                          xj_date day, int64_t id, xj_pool *result);
/* What body ID has open of ABOUT, and left, behind id AFTER. */
XJ_MUST_USE xj_error *xj_body_open_list(xj_body_open **items, size_t *n, xj_db *db, int64_t tenant,
                                        int64_t id, xj_body_about about, int64_t after,
                                        int64_t limit, xj_pool *result);

#define XJ_BODY_HAND_MAX 200 /* items at once */
#define XJ_BODY_WHY_MAX 500  /* characters */

typedef struct xj_body_hand {
    int64_t body, version; /* as the office saw it */
    int64_t to;            /* the unit that goes on */
    xj_str happened_on;    /* the day from which it is TO's; data NULL: today */
    xj_str why, actor_name;
    bool all;
    const int64_t *duties, *owed; /* these, where not ALL */
    size_t nduties, nowed;
} xj_body_hand;

/* Command: what a body has open, or left, is unit TO's from that day on (what came to it later,
 * from then on), and lights are made anew since; where it is ALL, TO is noted as its successor.
 * *HANDED counts the tasks and obligations.
 *
 * Errors: NOT_FOUND for the body, the unit, or an item that it has not open; STALE; BAD_INPUT
 * without a reason, for a group, an alias, an ended unit, or the body itself where it has it; for a
 * day to come, or one on which an ended body had it itself. */
XJ_MUST_USE xj_error *xj_body_hand_over(int64_t *handed, xj_tx *tx, const xj_body_hand *hand);
/* For xj_unit_on_ends: what body UNIT owes follows its last day. */
XJ_MUST_USE xj_error *xj_body_ends(xj_tx *tx, int64_t unit);
