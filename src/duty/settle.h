/*
 * duty/settle.h -- from a published plan to duty tasks, and settling what its document leaves open.
 *
 * Publishing makes the duty tasks with defaults for what the document does not say (who leads, how
 * often it is returned, by which way county figures come, which counties take part) and marks what
 * nobody settled; settling answers all of it at once, by rule.  Layer: domain.
 */
#pragma once

#include "duty/duty.h"

/* For xj_plan_on_published: make or renew the duty tasks of published VERSION, in pieces.  What is
 * made already stays.  Waits; not from a lane's thread.  Errors: xj_store_do's. */
XJ_MUST_USE xj_error *xj_duty_from_plan(xj_store *store, const xj_command *like, int64_t version,
                                        xj_pool *scratch);
/* Take up publications that an end in the middle left: once, when the program starts, beside what
 * it serves.  STOP (may be NULL) ends it early. */
XJ_MUST_USE xj_error *xj_duty_sweep(xj_store *store, const atomic_bool *stop, xj_pool *scratch);

#define XJ_SETTLE_MAX 200     /* answers at once */
#define XJ_SETTLE_DUTIES 2000 /* duty tasks that one answer names */

/* One answer: for the duty tasks of a document that it means, the given members. */
typedef struct xj_settle {
    /* which: all of these hold */
    const int64_t *duties; /* these; n 0: not by name */
    size_t nduties;
    int64_t like;      /* as this one: same units in the same roles; 0: any */
    int64_t action_no; /* -1: any */
    int64_t owner;     /* those that this unit owns now; 0: any */
    xj_str open;       /* lead, cadence, way, counties: only where that is open; data NULL: any */
    /* what */
    int64_t lead;            /* a unit; 0: as it is */
    bool keep;               /* what is open (or OPEN alone) is right as it was proposed */
    xj_str cadence;          /* data NULL: as it is; empty: no returns */
    xj_str way;              /* area, line; data NULL: as it is */
    const int64_t *counties; /* those that take part; n 0 and !no_counties: as it is */
    size_t ncounties;
    bool no_counties;
} xj_settle;

/* Command: settle duty tasks of DOCUMENT by N answers, the first first; *CHANGED is the number of
 * duty tasks that are other than before.
 *
 * Errors: NOT_FOUND for the document or a unit; BAD_INPUT for a word, an answer without a what, or
 * more than the limits. */
XJ_MUST_USE xj_error *xj_duty_settle(int64_t *changed, xj_tx *tx, int64_t document,
                                     const xj_settle *answers, size_t n, xj_str actor_name);
