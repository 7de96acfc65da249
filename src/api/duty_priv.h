/*
 * api/duty_priv.h -- what the handlers of duty tasks and obligations share.
 */
#pragma once

#include "api/api_priv.h"
#include "duty/obligation.h"

/* The day of parameter "day", today where it is absent. */
xj_date xj_api__day(xj_api *api);
/* The step that the body asks for. */
xj_step xj_api__step(xj_api *api);
/* Whether who asks may do MOVE: the office all, a unit those of UNITS (words with blanks between).
 * Errors: FORBIDDEN. */
XJ_MUST_USE xj_error *xj_api__check_move(xj_api *api, xj_str move, const char *units);
/* The ids of a list in the body; none where it is absent. */
const int64_t *xj_api__ids(size_t *n, const xj_jval *list, xj_pool *pool);
/* For xj_api_command.reply: the version is the one seen and one more; of a replay, too. */
void xj_api__reply_next(xj_api *api, const xj_answer *answer, xj_reply *reply);
