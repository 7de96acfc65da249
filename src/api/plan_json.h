/*
 * api/plan_json.h -- documents, versions, tasks and differences as the contract has them.
 *
 * The subcommands answer in the same forms.
 */
#pragma once

#include "plan/document.h"
#include "plan/task.h"
#include "json/json.h"

void xj_json_version_summary(xj_json *w, const xj_version *version);
/* LATEST may be NULL. */
void xj_json_document_head(xj_json *w, const xj_document *document, const xj_version *latest);
void xj_json_document(xj_json *w, const xj_document_whole *document);
void xj_json_version(xj_json *w, const xj_version_whole *version);
void xj_json_task_row(xj_json *w, const xj_task_row *row);
void xj_json_task(xj_json *w, const xj_task *task);
void xj_json_totals(xj_json *w, const xj_task_totals *totals);
/* OLD and NOW are version ids; 0 where a side is no stored version. */
void xj_json_diff(xj_json *w, const xj_diff *diff, int64_t old, int64_t now);
