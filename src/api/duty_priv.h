/*
 * api/duty_priv.h -- what the handlers of duty tasks and obligations share.
 */
#pragma once

#include "api/api_priv.h"
#include "duty/evidence.h"
#include "duty/obligation.h"

/* The day of parameter "day", today where it is absent. */
xj_date xj_api__day(xj_api *api);
/* An order of a list.  A cursor names its order: one of another order is none of the list. */
typedef struct xj_api_order {
    const char *word, *cursor;
    int by; /* the list's own enum */
    bool descending;
} xj_api_order;
/* That of the N ORDERS which parameter "order" names, the first where it names none. */
const xj_api_order *xj_api__order(const xj_api_order *orders, size_t n, const xj_args *args);
/* The step that the body asks for. */
xj_step xj_api__step(xj_api *api);
/* Whether who asks may do MOVE: the office all, a unit those of UNITS (words with blanks between).
 * Errors: FORBIDDEN. */
XJ_MUST_USE xj_error *xj_api__check_move(xj_api *api, xj_str move, const char *units);
/* Write duty task DUTY as this request may see it; *VERSION is its.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_api__write_duty(xj_json *w, int64_t *version, xj_db *db, xj_api *api,
                                         int64_t duty, xj_pool *pool);
/* The duty task as it is now beside what was asked, for a change that came too late. */
void xj_api__duty_conflict(xj_api_command *command, xj_tx *tx, int64_t duty);
/* Look into the uploads that the body names as scans.  Errors: as xj_evidence_prepare, and
 * UNSUPPORTED_KIND. */
XJ_MUST_USE xj_error *xj_api__prepare_scans(const int64_t **uploads, const xj_evidence_file **files,
                                            size_t *n, xj_api *api);
/* In a command: DUTY has them, of PURPOSE (data NULL: order); the uploads are forgotten.  Errors:
 * NOT_FOUND for an upload. */
XJ_MUST_USE xj_error *xj_api__keep_scans(xj_tx *tx, int64_t duty, const int64_t *uploads,
                                         const xj_evidence_file *files, size_t n, xj_str purpose,
                                         xj_str actor);
/* For xj_api_command.reply: what came as uploads is not needed any more. */
void xj_api__drop_uploads(xj_api *api, const xj_answer *answer, xj_reply *reply);
/* The ids of a list in the body; none where it is absent. */
const int64_t *xj_api__ids(size_t *n, const xj_jval *list, xj_pool *pool);
/* For xj_api_command.reply: the version is the one seen and one more; of a replay, too. */
void xj_api__reply_next(xj_api *api, const xj_answer *answer, xj_reply *reply);
/* The lights that another rule left are made now, beside what is served. */
void xj_api__wake_clock(xj_api *api);
