/* duty/request_priv.h -- what moves do with what was asked. */
#pragma once

#include "duty/duty_priv.h"
#include "duty/request.h"

/* ABOUT ("duty", "obligation") ID, whose moves are those of MACHINE, is in STATE now, with a day
 * that can be put off where DATED: what was asked about it, if anything waits, lapses where it
 * cannot be done any more. */
XJ_MUST_USE xj_error *xj_request__follow(xj_tx *tx, const char *about, int64_t id,
                                         const xj_state_kind *machine, xj_str state, bool dated);
