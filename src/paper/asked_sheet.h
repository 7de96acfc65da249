/*
 * paper/asked_sheet.h -- what units were asked for in a year, as a spreadsheet (减负台账).
 *
 * Knows no database.  Read next: paper/book.h.
 */
#pragma once

#include "paper/book.h"

typedef struct xj_asked_line {
    xj_str unit;
    int64_t returns[12]; /* by month */
    int64_t cap;         /* returns a year that are meant to be the most */
    int64_t reports, notices, chases, visits;
} xj_asked_line;

/* Begin the table with headings in Chinese or English; it ends with POOL, or with xj_book_end.
 * Errors: IO. */
XJ_MUST_USE xj_error *xj_asked_sheet_new(xj_book **book, bool chinese, xj_pool *pool);
/* Errors: those of the book. */
XJ_MUST_USE xj_error *xj_asked_sheet_add(xj_book *book, const xj_asked_line *line,
                                         xj_pool *scratch);
