/*
 * api/task_priv.h -- what the routes of tasks and of their correction share: filters, changes read
 * from a body, replies.
 */
#pragma once

#include "api/api_priv.h"
#include "plan/edit.h"

void xj_api__task_filter(xj_task_filter *filter, const xj_args *args);
xj_task_order xj_api__task_order(const xj_args *args);

/* The change that a body's object describes; views of it. */
void xj_api__task_change(xj_task_change *change, const xj_jval *body, xj_pool *pool);
/* The edits of a checked body.  Errors: xj_edit_check's. */
XJ_MUST_USE xj_error *xj_api__edits(xj_edit **edits, size_t *n, const xj_jval *body, xj_pool *pool);
/* A reply whose ETag is the member "version" of the answer's JSON, or of its "summary". */
void xj_api__reply_edited(xj_api *api, const xj_answer *answer, xj_reply *reply);
/* End the call with version ID of a document. */
XJ_MUST_USE xj_error *xj_api__reply_plan_version(xj_api *api, int64_t id);
