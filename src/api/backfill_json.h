/* api/backfill_json.h -- what a ledger would record, as the contract has it: for its route and its
 * subcommand. */
#pragma once

#include "api/api_priv.h"
#include "backfill/backfill.h"

/* Members of an open object: all of a BackfillPreview but the file's own. */
void xj_json_backfill(xj_json *w, const xj_backfill_plan *plan, const xj_backfill_file *file,
                      xj_pool *scratch);
/* A BackfillDone; ID 0: all was held already. */
void xj_json_backfill_done(xj_json *w, const xj_backfill_plan *plan, int64_t id);
/* What was asked (year, begun_on, choices), from its JSON; in POOL. */
void xj_backfill_ask_read(xj_backfill_ask *ask, const xj_jval *json, xj_pool *pool);
