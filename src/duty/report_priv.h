/* duty/report_priv.h -- what the files of returns' words share. */
#pragma once

#include "duty/duty_priv.h"
#include "duty/report.h"

/* Whether figures of INDICATOR in MEASURE add up (adds.def). */
bool xj_report__adds(xj_str indicator, xj_str measure);
/* Set ADDS and what the handed over figures of REPORT's rows come to. */
void xj_report__sum(xj_report *report);
/* Set the counties of REPORT's rows from SQL_REPORT_COUNTIES. */
XJ_MUST_USE xj_error *xj_report__counties(xj_report *report, xj_rows *rows, xj_pool *result);
/* Return ID, whoever may see it.  Errors: NOT_FOUND, also where it is no return. */
XJ_MUST_USE xj_error *xj_report__obligation(xj_obligation *o, xj_db *db, int64_t tenant, int64_t id,
                                            xj_pool *result);
/* The rows of *REPORT, whose obligation is set, as unit AS says them; (*LAST)[i] is the return in
 * which row i was said last, 0: none. */
XJ_MUST_USE xj_error *xj_report__read(xj_report *report, int64_t **last, xj_db *db, int64_t tenant,
                                      int64_t as, xj_pool *result);
/* Row DUTY of O must be there, UNIT be the one that returns it or one that feeds it, and SCOPE see
 * UNIT.  Errors: NOT_FOUND; CONFLICT where the office has accepted the row. */
XJ_MUST_USE xj_error *xj_report__check_part(xj_tx *tx, const xj_obligation *o,
                                            const xj_scope *scope, int64_t unit, int64_t duty);
/* Errors: BAD_INPUT at /rows/DUTY where nothing is said of a row. */
XJ_MUST_USE xj_error *xj_report__check_said(const xj_report *report);
/* The N FIGURES are what UNIT says in its row.  Errors: BAD_INPUT for one that is given twice. */
XJ_MUST_USE xj_error *xj_report__write_figures(xj_tx *tx, int64_t obligation, int64_t duty,
                                               int64_t unit, const xj_report_figure *figures,
                                               size_t n);
/* Errors: CONFLICT where O is not owed any more. */
XJ_MUST_USE xj_error *xj_report__check_owed(const xj_obligation *o);
