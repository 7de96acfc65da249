/*
 * org/seat.h -- who sits in the programme's own bodies, as what, from when to when.
 *
 * A seat is a unit's (成员单位), a person's (专家), or a person's for a unit (主任, 市长).  It
 * gives no right: who may do what are posts (org/post.h).  Layer: domain.
 */
#pragma once

#include "org/org.h"

#define XJ_SEATS_MAX 500      /* of one body, past ones too */
#define XJ_SEAT_PERSON_MAX 50 /* characters */
#define XJ_SEAT_JOB_MAX 100   /* characters */

typedef enum xj_seat_role {
    XJ_SEAT_DIRECTOR,
    XJ_SEAT_DEPUTY_DIRECTOR,
    XJ_SEAT_LEAD,
    XJ_SEAT_DEPUTY_LEAD,
    XJ_SEAT_MEMBER,
    XJ_SEAT_EXPERT
} xj_seat_role;
#define XJ_SEAT_ROLES 6
const char *xj_seat_role_word(xj_seat_role role);
bool xj_seat_role_parse(xj_seat_role *role, xj_str word);

typedef struct xj_seat {
    int64_t id, body, unit; /* unit 0: none */
    xj_str role;            /* director deputy_director lead deputy_lead member expert */
    xj_str unit_name;       /* data NULL: none */
    xj_str person, job;     /* empty: none */
    xj_str from, to;        /* to: data NULL: no end */
    int64_t version;
} xj_seat;

/* All of BODY, past ones too, in the order of their roles, then as they were entered.
 * Errors: NOT_FOUND where BODY is none. */
XJ_MUST_USE xj_error *xj_seat_list(xj_seat **items, size_t *n, xj_db *db, int64_t tenant,
                                   int64_t body, xj_pool *result);
/* Command: a seat more (id, names and version are not read; from: data NULL: today).
 * Errors: NOT_FOUND for the body or the unit; BAD_INPUT for a role, a day, a text too long, or a
 * seat of nobody; CONFLICT where the same holds it already; TOO_LARGE above XJ_SEATS_MAX. */
XJ_MUST_USE xj_error *xj_seat_add(int64_t *id, xj_tx *tx, const xj_seat *seat);
/* Command: what a table of seats says of seat ID of BODY as it was at VERSION: JOB is what the
 * person is there, LAST (data NULL: as it is) the last day.  Errors: as xj_seat_end. */
XJ_MUST_USE xj_error *xj_seat_change(xj_tx *tx, int64_t body, int64_t id, int64_t version,
                                     xj_str job, xj_str last);
/* Command: seat ID of BODY as it was at VERSION ends with day LAST.
 * Errors: NOT_FOUND; STALE; CONFLICT where it has an end; BAD_INPUT for a day before its first. */
XJ_MUST_USE xj_error *xj_seat_end(xj_tx *tx, int64_t body, int64_t id, int64_t version,
                                  xj_str last);
