/*
 * paper/merged_priv.h -- the rows of a 任务分解表: what belongs together is one cell.
 */
#pragma once

#include "paper/book.h"
#include "paper/task_cell.h"

/* Consecutive tasks of one action: its cells wait until its last row is known. */
typedef struct xj_merged {
    xj_book *book;
    const xj_heading *heading;
    xj_pool *pool; /* holds what the open action needs; cleared with it */
    bool open;     /* rows from FIRST wait */
    size_t first;
    int64_t document;
    xj_str action, document_title;
    double height;      /* of all its rows */
    double last_height; /* of the last one */
} xj_merged;

void xj_paper__merged_begin(xj_merged *m, xj_book *book, const xj_heading *heading, xj_pool *pool);
XJ_MUST_USE xj_error *xj_paper__merged_add(xj_merged *m, const xj_paper_task *task, size_t number,
                                           xj_pool *scratch);
/* Write what waits. */
XJ_MUST_USE xj_error *xj_paper__merged_end(xj_merged *m, xj_pool *scratch);

/* How wide a column is: as set, else as usual. */
double xj_paper__width(const xj_heading_column *column);
