/* duty/request_priv.h -- what moves do with what was asked. */
#pragma once

#include "duty/duty_priv.h"
#include "duty/request.h"

/* What was asked about ABOUT ("duty", "obligation") ID, if anything waits, needs no answer any
 * more.
 */
XJ_MUST_USE xj_error *xj_request__lapse(xj_tx *tx, const char *about, int64_t id);
