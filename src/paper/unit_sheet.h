/*
 * paper/unit_sheet.h -- the directory of units as a spreadsheet.
 *
 * Knows no database.  Read next: paper/book.h.
 */
#pragma once

#include "org/unit.h"
#include "paper/book.h"

/* A row: a unit, what it is a part of (empty: of none), the names that stand for it, and how many
 * tasks name it. */
typedef struct xj_unit_line {
    const xj_unit *unit;
    xj_str parent;
    xj_str aliases;
    int64_t lead, responsible, cooperate;
} xj_unit_line;

/* Begin the table with headings in Chinese or English; it ends with POOL, or with xj_book_end.
 * Errors: IO. */
XJ_MUST_USE xj_error *xj_unit_sheet_new(xj_book **book, bool chinese, xj_pool *pool);
/* Errors: those of the book. */
XJ_MUST_USE xj_error *xj_unit_sheet_add(xj_book *book, const xj_unit_line *line, xj_pool *scratch);
