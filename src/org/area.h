/*
 * org/area.h -- places, apart from the units that work for them, and what became of both.
 *
 * An area lies in the official tree of divisions (GB/T 2260), or beside it (a zone).  One that was
 * renamed or merged keeps its row with a last day, and names its successors; so does a unit.
 * Layer: domain.  Read next: org/README.md.
 */
#pragma once

#include "base/cal.h"
#include "org/unit.h"

#define XJ_AREA_NAME_MAX 60 /* characters */
#define XJ_AREAS_MAX 20000  /* of one jurisdiction, villages among them */
#define XJ_DAY_FIRST "0001-01-01"
#define XJ_DAY_LAST "9999-12-31"

typedef struct xj_area {
    int64_t id;
    xj_str name;
    xj_level level; /* XJ_LEVEL_PROVINCE to XJ_LEVEL_VILLAGE */
    xj_str code;    /* data NULL: none */
    bool official;
    int64_t parent; /* 0: none */
    xj_str valid_from, valid_to;
    int64_t version;
} xj_area;

/* Whether CODE is a code of LEVEL by its form: six digits down to the county, nine for a town,
 * twelve for a village (GB/T 2260-2007; GB/T 10114-2003). */
bool xj_area_code_ok(xj_str code, xj_level level);
/* Whether CODE is a unified social credit code: eighteen characters of GB 32100-2015, the last of
 * which checks the others (weights 3^i modulo 31). */
bool xj_credit_code_ok(xj_str code);

/* Areas behind id AFTER (0: from the start), at most LIMIT, in the order they were added. */
XJ_MUST_USE xj_error *xj_area_list(xj_area **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   int64_t after, int64_t limit, xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_area_get(xj_area *area, xj_db *db, const xj_scope *scope, int64_t id,
                                  xj_pool *result);
/* Command: a new area; AREA's id and version are not read.
 *
 * Errors, with the place in the request: BAD_INPUT for a name that is empty or too long, a code
 * that is none of the level or does not begin as its parent's in the official tree, a parent that
 * is not above it, a last day before the first; NOT_FOUND for the parent; CONFLICT where the name
 * or the code is another's on one of its days; TOO_LARGE above XJ_AREAS_MAX. */
XJ_MUST_USE xj_error *xj_area_add(int64_t *id, xj_tx *tx, const xj_area *area);
/* Command: area AREA->id, as somebody saw it at AREA->version, is this now.  Errors: as above;
 * STALE where it has changed since (NOW is what it is). */
XJ_MUST_USE xj_error *xj_area_change(xj_area *now, xj_tx *tx, const xj_area *area);

/* ---- what became of it ---- */

typedef enum xj_succession { XJ_SUCCESSION_AREA, XJ_SUCCESSION_UNIT } xj_succession;

typedef struct xj_successor {
    int64_t id; /* of the other one */
    xj_str name, from_on, why;
} xj_successor;

/* What ID came from (OLDER), or what became of it, by day. */
XJ_MUST_USE xj_error *xj_successors(xj_successor **items, size_t *n, xj_db *db,
                                    const xj_scope *scope, xj_succession about, int64_t id,
                                    bool older, xj_pool *result);
/* Command: from day FROM_ON on NEXT stands in the place of area ID, which ends the day before.
 * Errors: NOT_FOUND; BAD_INPUT for a day that is none, no reason, or itself; CONFLICT where it is
 * said already, or ID came from NEXT. */
XJ_MUST_USE xj_error *xj_area_succeed(xj_tx *tx, int64_t id, int64_t next, xj_str from_on,
                                      xj_str why);
/* Command: the same for units (扶贫办 → 乡村振兴局).  Where TAKES is set, what ID has open is
 * NEXT's from the command's day on (the hook below); documents name ID as before. Errors: as above;
 * BAD_INPUT for a group, an alias, or a day still to come where TAKES is set. */
XJ_MUST_USE xj_error *xj_unit_succeed(xj_tx *tx, int64_t id, int64_t next, xj_str from_on,
                                      xj_str why, bool takes);
/* Called inside that command: what unit FROM, called NAME, has open is TO's now.  app/ sets it once
 * at the start; NULL is none. */
void xj_unit_on_succeeded(xj_unit_moved_fn fn);
/* Command: it was said by mistake.  What moved stays where it is now.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_succession_remove(xj_tx *tx, xj_succession about, int64_t id,
                                           int64_t next);

/* ---- what else is known of a unit ---- */

typedef struct xj_unit_facts {
    xj_area area;                           /* id 0: none */
    xj_str credit_code, starts_on, ends_on; /* data NULL: none */
} xj_unit_facts;

XJ_MUST_USE xj_error *xj_unit_facts_get(xj_unit_facts *facts, xj_db *db, const xj_scope *scope,
                                        int64_t id, xj_pool *result);
