/*
 * api/plan_json.h -- documents, versions, tasks and differences as the contract has them.
 *
 * The subcommands answer in the same forms.
 */
#pragma once

#include "plan/document.h"
#include "plan/edit.h"
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

/* KEY with a place, null where it is not printed. */
void xj_json_place(xj_json *w, const char *key, xj_range place);
/* PLACE may be NULL: it is not shown. */
void xj_json_deadline(xj_json *w, const xj_task_row *row, const xj_range *place);
void xj_json_target(xj_json *w, const xj_task_target *target);

/* ---- the check page (check_json.c) ---- */

void xj_json_check(xj_json *w, const xj_check *check);
void xj_json_check_tables(xj_json *w, const xj_check_tables *tables);
void xj_json_step(xj_json *w, const xj_step *step);
void xj_json_step_whole(xj_json *w, const xj_step *step, const xj_step_row *rows, size_t n);
void xj_json_changes(xj_json *w, const xj_changes *changes);
/* TASKS are left out (`more`) where there are too many, or they take more than LIMIT bytes. */
void xj_json_edited(xj_json *w, const xj_edited *done, const xj_version *version,
                    const xj_task *tasks, size_t n, size_t limit, xj_pool *scratch);
void xj_json_memory(xj_json *w, const xj_memory *memory);
