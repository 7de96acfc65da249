/* duty/report_priv.h -- what the files of returns' words share. */
#pragma once

#include "duty/duty_priv.h"
#include "duty/report.h"

/* Return ID, whoever may see it.  Errors: NOT_FOUND, also where it is no return. */
XJ_MUST_USE xj_error *xj_report__obligation(xj_obligation *o, xj_db *db, int64_t tenant, int64_t id,
                                            xj_pool *result);
/* The rows of *REPORT, whose obligation is set, as unit AS says them; (*LAST)[i] is the return in
 * which row i was said last, 0: none. */
XJ_MUST_USE xj_error *xj_report__read(xj_report *report, int64_t **last, xj_db *db, int64_t tenant,
                                      int64_t as, xj_pool *result);
