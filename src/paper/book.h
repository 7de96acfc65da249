/*
 * paper/book.h -- one table as a spreadsheet (XLSX) for Excel and WPS.
 *
 * Written by libxlsxwriter into a temporary file, row by row in constant memory unless cells are to
 * be merged over rows.  The headings are frozen and repeated on every printed page; it prints on A4
 * across, one page wide, its pages numbered.  Text is always text, never a formula.  Knows no
 * database and none of our things.  Read next: paper/task_sheet.h.
 */
#pragma once

#include "base/cal.h"
#include "base/str.h"

#define XJ_BOOK_ROWS_MAX ((size_t)50000)
#define XJ_BOOK_BYTES_MAX ((size_t)256 << 20)
#define XJ_BOOK_HEIGHT_MAX 400.0 /* points; a row cannot be higher than 409 */

typedef struct xj_book_column {
    const char *zh, *en;
    double width; /* characters */
} xj_book_column;

typedef struct xj_book xj_book;

/* Begin a table of N COLUMNS, on a sheet called ZH or EN; it ends with POOL.  COLUMNS live as long.
 * Errors: IO. */
XJ_MUST_USE xj_error *xj_book_new(xj_book **book, const char *zh, const char *en,
                                  const xj_book_column *columns, size_t n, bool chinese,
                                  xj_pool *pool);

/* A table with lines above its headings. */
typedef struct xj_book_layout {
    const char *sheet;      /* its name */
    xj_str title, subtitle; /* over all columns; empty: none */
    const xj_str *heads;
    const double *widths;
    size_t columns;
    int64_t repeat; /* rows on every printed page, from the headings upward */
    bool merged;    /* cells may go over rows, and there is no filter; else each column has one */
    bool form;      /* people fill it in: cells are closed and grey but for fields, no filter */
    size_t frozen;  /* columns that stay in sight on the left */
    bool chinese;
} xj_book_layout;

/* Begin a table as LAYOUT says; nothing of it is kept.  Errors: IO. */
XJ_MUST_USE xj_error *xj_book_open(xj_book **book, const xj_book_layout *layout, xj_pool *pool);

/* End the table and begin another on a sheet of its own, LAYOUT->chinese not read.  Errors: IO. */
XJ_MUST_USE xj_error *xj_book_next(xj_book *book, const xj_book_layout *layout, xj_pool *scratch);

bool xj_book_chinese(const xj_book *book);
size_t xj_book_rows(const xj_book *book); /* begun so far, of this sheet */

/* Begin the next row, of which the cells are then put in any order of columns that ascends.
 * Errors: TOO_LARGE above XJ_BOOK_ROWS_MAX rows. */
XJ_MUST_USE xj_error *xj_book_row(xj_book *book);
/* TEXT in the row's cell COL; what is longer than a cell holds ends in "…".  Errors: IO. */
XJ_MUST_USE xj_error *xj_book_text(xj_book *book, int col, xj_str text, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_book_int(xj_book *book, int col, int64_t n);
XJ_MUST_USE xj_error *xj_book_date(xj_book *book, int col, xj_date date);

/* Of a merged table: TEXT in column COL over rows FROM to TO (the first below the headings is 1,
 * and TO was begun), in the middle where CENTRED.  Each cell is put once.  Errors: IO. */
XJ_MUST_USE xj_error *xj_book_cell(xj_book *book, size_t from, size_t to, int col, xj_str text,
                                   bool centred, xj_pool *scratch);
/* How many points high TEXT stands in a column WIDTH characters wide: programs fit rows to their
 * text differently or, on opening, not at all. */
double xj_book_height_of(xj_str text, double width);
/* ROW is so many points high, at most XJ_BOOK_HEIGHT_MAX; put before its cells. */
XJ_MUST_USE xj_error *xj_book_height(xj_book *book, size_t row, double points);

/* ---- a form ---- */

/* A field of the row, to be written into: with TEXT, or (xj_book_field_real) with VALUE or none. */
XJ_MUST_USE xj_error *xj_book_field(xj_book *book, int col, xj_str text, xj_pool *scratch);
XJ_MUST_USE xj_error *xj_book_field_real(xj_book *book, int col, bool has, double value);
/* A closed cell with VALUE. */
XJ_MUST_USE xj_error *xj_book_real(xj_book *book, int col, double value);
/* Column COL takes numbers from LOW to HIGH (WHOLE ones); SAYS is what a slip is told. */
XJ_MUST_USE xj_error *xj_book_range(xj_book *book, int col, bool whole, double low, double high,
                                    const char *says);
/* Column COL takes one of WORDS (ended by NULL). */
XJ_MUST_USE xj_error *xj_book_pick(xj_book *book, int col, const char *const *words,
                                   const char *says);
/* Column COL is there, and out of sight. */
XJ_MUST_USE xj_error *xj_book_hide(xj_book *book, int col);

/* Close BOOK; *BYTES is the file, allocated in RESULT.  Errors: IO, DISK_FULL, TOO_LARGE. */
XJ_MUST_USE xj_error *xj_book_end(xj_str *bytes, xj_book *book, xj_pool *result);
