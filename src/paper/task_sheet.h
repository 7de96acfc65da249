/*
 * paper/task_sheet.h -- tasks as a spreadsheet (XLSX) for Excel and WPS, or as comma separated
 * values, under the heads that an office chose.
 *
 * A list has a row a task, written in constant memory; a 任务分解表 merges what belongs together,
 * as it is hung on the wall, and is held whole until its end.  Knows no database.  Read next:
 * paper/README.md.
 */
#pragma once

#include "base/buf.h"
#include "paper/book.h"
#include "paper/task_cell.h"

#define XJ_TASK_SHEET_ROWS_MAX XJ_BOOK_ROWS_MAX
#define XJ_TASK_MERGED_MAX ((size_t)10000) /* tasks of a 任务分解表 */

typedef struct xj_task_sheet xj_task_sheet;

/* The most tasks that a file under HEADING holds. */
size_t xj_task_sheet_max(const xj_heading *heading);

/* Begin a file under HEADING, which outlives it, its own words in Chinese or English; it ends with
 * POOL.  Errors: IO. */
XJ_MUST_USE xj_error *xj_task_sheet_new(xj_task_sheet **sheet, const xj_heading *heading,
                                        bool chinese, xj_pool *pool);

/* Add TASK; nothing is kept of it.  Text is a string whatever it begins with, never a formula.
 *
 * Errors: TOO_LARGE above the most tasks; CORRUPT for units that are no JSON; IO. */
XJ_MUST_USE xj_error *xj_task_sheet_add(xj_task_sheet *sheet, const xj_paper_task *task,
                                        xj_pool *scratch);

/* Close SHEET; *BYTES is the file, allocated in RESULT.  Errors: IO, DISK_FULL, TOO_LARGE. */
XJ_MUST_USE xj_error *xj_task_sheet_end(xj_str *bytes, xj_task_sheet *sheet, xj_pool *result);

/* ---- comma separated values (task_csv.c) ---- */

/* The line of titles, behind a mark of byte order. */
void xj_task_csv_begin(xj_buf *out, const xj_heading *heading);
/* A line: what a spreadsheet would take for a formula begins with an apostrophe.
 * Errors: CORRUPT. */
XJ_MUST_USE xj_error *xj_task_csv_add(xj_buf *out, const xj_heading *heading,
                                      const xj_paper_task *task, size_t number, bool chinese,
                                      xj_pool *scratch);
