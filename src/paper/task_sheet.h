/*
 * paper/task_sheet.h -- a register of tasks as a spreadsheet.
 *
 * Knows no database.  Read next: paper/book.h.
 */
#pragma once

#include "paper/book.h"
#include "plan/task.h"

#define XJ_TASK_SHEET_ROWS_MAX XJ_BOOK_ROWS_MAX

typedef struct xj_task_sheet xj_task_sheet;

/* Begin a sheet with headings in Chinese or English; it ends with POOL.  Errors: IO. */
XJ_MUST_USE xj_error *xj_task_sheet_new(xj_task_sheet **sheet, bool chinese, xj_pool *pool);

/* Add ROW of the document called DOCUMENT, with its whole TEXT; nothing is kept of them.
 *
 * Errors: TOO_LARGE above XJ_TASK_SHEET_ROWS_MAX rows; CORRUPT for units that are no JSON; IO. */
XJ_MUST_USE xj_error *xj_task_sheet_add(xj_task_sheet *sheet, const xj_task_row *row, xj_str text,
                                        xj_str document, xj_pool *scratch);

/* Close SHEET; *BYTES is the file, allocated in RESULT.  Errors: IO, DISK_FULL, TOO_LARGE. */
XJ_MUST_USE xj_error *xj_task_sheet_end(xj_str *bytes, xj_task_sheet *sheet, xj_pool *result);
