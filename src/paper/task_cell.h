/*
 * paper/task_cell.h -- what stands in a column of a task, as text: the same in every export.
 *
 * Pure.  Read next: paper/README.md, ledger/ledger.h (the columns).
 */
#pragma once

#include "ledger/ledger.h"
#include "plan/task.h"

/* A task on its way to a file; views. */
typedef struct xj_paper_task {
    const xj_task_row *row;
    xj_str text, document; /* whole; the document's title */
    const xj_task_target *targets;
    size_t ntargets;
} xj_paper_task;

/* The part of a task that a row of its own shows: its target, its unit; others have none. */
size_t xj_paper_parts(const xj_paper_task *task, xj_column_level level);

/* The text of COLUMN.  PART is the target or unit of a column that has a row each; XJ_NPOS: all of
 * them, a line each.  NUMBER: of the task in the list.
 *
 * Errors: CORRUPT where a stored list is no JSON. */
XJ_MUST_USE xj_error *xj_paper_cell(xj_str *text, xj_column column, const xj_paper_task *task,
                                    size_t part, size_t number, bool chinese, xj_pool *result);
