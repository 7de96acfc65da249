/*
 * inspect/inspect_priv.h -- what the files of inspect/ share.
 */
#pragma once

#include "inspect/inspect.h"

#include "base/vec.h"
#include "duty/calendar.h"

/* The day of TX's command, as text. */
xj_str xj_inspect__today(xj_tx *tx);
/* Only what SCOPE may know of, by the filters seen_all and seen_units. */
void xj_inspect__seen(xj_list *list, const xj_scope *scope, xj_pool *scratch);
/* Errors: BAD_INPUT at /MEMBER for a text that is too long, or empty where ASKED. */
XJ_MUST_USE xj_error *xj_inspect__check_text(xj_str text, size_t max, bool asked,
                                             const char *member);
/* Errors: BAD_INPUT at /MEMBER. */
XJ_MUST_USE xj_error *xj_inspect__check_day(xj_str day, const char *member);
/* Errors: STALE. */
XJ_MUST_USE xj_error *xj_inspect__check_version(int64_t now, int64_t seen, const char *what);
/* Errors: FORBIDDEN. */
XJ_MUST_USE xj_error *xj_inspect__check_inside(bool inside);
/* The campaign's own row.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_inspect__row(xj_inspection_row *row, xj_db *db, const xj_scope *scope,
                                      int64_t id, xj_pool *result);
/* Visits of INSPECTION (0: any) or the one ID (0: any), by day. */
XJ_MUST_USE xj_error *xj_inspect__visits(xj_visit_row **items, size_t *n, xj_db *db,
                                         const xj_scope *scope, int64_t inspection, int64_t id,
                                         xj_pool *result);
/* The one.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_inspect__visit(xj_visit_row *row, xj_db *db, const xj_scope *scope,
                                        int64_t id, xj_pool *result);

/* What a finding may be about in PROGRAMME: *ACTION_NO becomes that of duty task ABOUT (not 0).
 * Errors: BAD_INPUT at MEMBER for a task or an action that the programme does not show to all. */
XJ_MUST_USE xj_error *xj_inspect__check_about(int64_t *action_no, xj_tx *tx, int64_t programme,
                                              int64_t about);
