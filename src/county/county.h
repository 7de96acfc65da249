/*
 * county/county.h -- a county that runs a jurisdiction of its own, linked with its city's.
 *
 * The city offers the link with a code, the county's administrator takes it, either ends it.  The
 * city's tasks for the county come down as tasks from above (duty/above.h); what the county sends
 * of them goes up as rows of the county's return there, and the city's word on it comes back.
 * Nothing else crosses: each end writes messages in its own commands, and one worker works them in
 * at the other end, in order, each exactly once.  Layer: domain.  Read next: county/README.md.
 */
#pragma once

#include "duty/above.h"

#define XJ_COUNTY_CODE_DAYS 14  /* a code is taken for so long */
#define XJ_COUNTY_LINKS_MAX 500 /* of one jurisdiction, ended ones too */

/* ---- links ---- */

typedef struct xj_county_link {
    int64_t id;
    xj_str side;      /* city, county: which end this jurisdiction is */
    xj_str peer_name; /* data NULL: nobody took it yet */
    int64_t unit, programme;
    xj_str unit_name, programme_name; /* programme: of the county's end */
    xj_str state;                     /* offered, asked, linked, ended */
    xj_str offered_on, linked_on, ends_on, ended_by, ended_name, end_why; /* data NULL: not */
    int64_t waiting; /* messages that the other end has not worked in */
    int64_t tasks;   /* given over it now */
    int64_t left;    /* open when it ended: of the county, what stayed as its own */
    int64_t version;
} xj_county_link;

/* Newest first, at most XJ_COUNTY_LINKS_MAX. */
XJ_MUST_USE xj_error *xj_county_list(xj_county_link **items, size_t *n, xj_db *db, int64_t tenant,
                                     xj_pool *result);

/* Command: the city offers UNIT, a county, a link; who has CODE takes it.
 * Errors: NOT_FOUND; BAD_INPUT for a group or an alias; CONFLICT where the unit has one; TOO_LARGE.
 */
XJ_MUST_USE xj_error *xj_county_offer(int64_t *id, xj_tx *tx, int64_t unit, xj_str code);
/* Command: the county takes the offer that CODE is of; its tasks come into PROGRAMME.
 * Errors: NOT_FOUND for the code (also one that is used, or too old) or the programme; CONFLICT
 * where the jurisdiction has a link, or offered it itself. */
XJ_MUST_USE xj_error *xj_county_take(int64_t *id, xj_tx *tx, xj_str code, int64_t programme);
/* Command: link ID as it was at VERSION ends on ENDS_ON (today: at once), said by NAME with WHY; an
 * offer is withdrawn at once.
 * Errors: NOT_FOUND; STALE; CONFLICT where it has ended; BAD_INPUT for the day or without a reason.
 */
XJ_MUST_USE xj_error *xj_county_end(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                    xj_str ends_on, xj_str why, xj_str name);

/* ---- what an end leaves ---- */

/* A task of the city that was open when the link ended: its unit returns it in the city. */
typedef struct xj_county_left {
    int64_t duty;
    xj_str title, state, left_on;
    bool live;       /* it is open still */
    xj_str next_due; /* of the unit's next return with it; data NULL: none is owed */
    bool came;       /* what the county sent of it stands in that return */
} xj_county_left;

/* Of link ID, behind duty task AFTER, what SCOPE and PERSON see of it (as xj_duty_list).  Errors:
 * NOT_FOUND. */
XJ_MUST_USE xj_error *xj_county_left_list(xj_county_left **items, size_t *n, xj_db *db,
                                          const xj_scope *scope, int64_t person, int64_t id,
                                          int64_t after, int64_t limit, xj_pool *result);
/* Who returns for the unit of link ID on DAY: their names.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_county_answerers(xj_str **names, size_t *n, xj_db *db, int64_t tenant,
                                          int64_t id, xj_str day, xj_pool *result);

/* For xj_unit_on_moved and xj_unit_on_succeeded: the county is unit TO now. */
XJ_MUST_USE xj_error *xj_county_unit_moved(xj_tx *tx, int64_t from, int64_t to);

/* ---- where tasks went ---- */

typedef struct xj_county_down {
    int64_t unit;
    xj_str peer_name;
    xj_str state; /* given; waiting (it goes down in seconds); hidden (few may see it, and the unit
                     is not named); over */
} xj_county_down;

/* Of duty task ID: the linked counties that have part in it. */
XJ_MUST_USE xj_error *xj_county_down_of(xj_county_down **items, size_t *n, xj_db *db,
                                        int64_t tenant, int64_t id, xj_pool *result);

/* ---- where rows came from ---- */

typedef struct xj_county_row {
    int64_t duty;
    xj_str sent_on, sent_name, peer_name;
    int64_t came_at;
} xj_county_row;

/* Of return ID of the city: the rows that a county's own jurisdiction sent. */
XJ_MUST_USE xj_error *xj_county_rows(xj_county_row **items, size_t *n, xj_db *db, int64_t tenant,
                                     int64_t id, xj_pool *result);

/* ---- working ---- */

/* For xj_above_on_sent: what was sent of tasks from above goes up. */
XJ_MUST_USE xj_error *xj_county_sent(xj_tx *tx, int64_t obligation, xj_str on, xj_str actor_name);

/* For xj_above_on_moved: what was done of DUTY from above, which moves answer, goes up, an answer
 * with the files that show it. */
XJ_MUST_USE xj_error *xj_county_moved(xj_tx *tx, int64_t link, int64_t duty, int64_t peer,
                                      const xj_step *step);

typedef struct xj_county_worker xj_county_worker; /* one thread at a time */

/* In POOL, whose end is its own. */
xj_county_worker *xj_county_worker_new(xj_store *store, xj_pool *pool);
/* One round: what a city has to tell is put into words, what waits is worked in, what ends today
 * ends.  *MOVED is the number of messages worked in.  What cannot be worked in stays and is tried
 * again in the next round, the other links go on.  Waits; not from a lane's thread.
 * Errors: the store's; the first of the links' (after all were done). */
XJ_MUST_USE xj_error *xj_county_work(int64_t *moved, xj_county_worker *worker,
                                     const atomic_bool *stop, xj_pool *scratch);
