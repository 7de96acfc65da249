/*
 * doc/cells.h -- the cells of a spreadsheet that hold text, wherever they stand.
 *
 * For what is filled in by people and known by the heads of its columns: a directory, a ledger.  A
 * workbook is read in the child (doc.h), what is comma separated values here.  Layer: below all
 * domains.  Must not know what a column means.
 */
#pragma once

#include "base/vec.h"
#include "doc/doc.h"

#define XJ_CELLS_SHEETS 64 /* whose names are kept */

typedef struct xj_sheet_cell {
    int sheet, row, col;    /* from 1 */
    int row_span, col_span; /* at least 1 */
    xj_str text;            /* without blanks at its ends, never empty */
} xj_sheet_cell;

typedef XJ_VEC(xj_sheet_cell) xj_sheet_cell_vec;

typedef struct xj_sheet_cells {
    xj_sheet_cell_vec cells;       /* by sheet, row, column */
    xj_str names[XJ_CELLS_SHEETS]; /* of the sheets, from 1; data NULL: none */
} xj_sheet_cells;

/* TEXT without blanks at its ends, those of Chinese text too. */
xj_str xj_sheet_trim(xj_str text);
/* Read BYTES, all in RESULT; LIMITS may be NULL.
 *
 * Errors: those of xj_doc_read_apart; CLASSIFIED; BAD_INPUT for values between quotes of which one
 * does not end. */
XJ_MUST_USE xj_error *xj_sheet_read(xj_sheet_cells *sheets, xj_str bytes,
                                    const xj_doc_limits *limits, xj_pool *result, xj_pool *scratch);
/* The cells of TEXT that are not empty: values between commas, semicolons or tabs, as the first
 * line has them, where they hold such a mark between double quotes.  Errors: BAD_INPUT. */
XJ_MUST_USE xj_error *xj_sheet_csv(xj_sheet_cell_vec *cells, xj_str text, xj_pool *result);
