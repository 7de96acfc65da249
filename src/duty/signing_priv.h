/* duty/signing_priv.h -- what reports and moves do with a unit's signatures. */
#pragma once

#include "duty/report_priv.h"
#include "duty/signing.h"

/* Begin the signing of REPORT, complete as SEND left it, where its unit asks for any; *WAITS is
 * false where nobody else has to sign.  Errors: CONFLICT where it waits already or too few hold the
 * posts; BAD_INPUT for a day that is not today. */
XJ_MUST_USE xj_error *xj_signing__begin(bool *waits, xj_tx *tx, const xj_report *report,
                                        const xj_report_send *send);
/* What waits of return OBLIGATION, if anything, ends by MOVE. */
XJ_MUST_USE xj_error *xj_signing__end(xj_tx *tx, int64_t obligation, const char *move, xj_str why,
                                      xj_str actor_name);
/* The same for returns with task DUTY that are not owed any more. */
XJ_MUST_USE xj_error *xj_signing__moot(xj_tx *tx, int64_t duty);
/* PEOPLE of UNIT are asked on DAY for the signature that way ID waits for. */
XJ_MUST_USE xj_error *xj_signing__people(int64_t **people, size_t *n, xj_db *db, int64_t tenant,
                                         int64_t id, int64_t unit, xj_date day, xj_pool *result);
