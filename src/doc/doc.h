/*
 * doc/doc.h -- a document file as blocks of text with their places.
 *
 * Reading gives one clean TEXT (hard-wrapped lines joined, running heads and page numbers left
 * out) and blocks in reading order.  Every block and cell is a contiguous piece of that text, so
 * that a byte range of TEXT is the one form of "the very words" for everything above.  Where a
 * block stands in the original file is its place.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

typedef enum xj_block_kind {
    XJ_BLOCK_HEADING,
    XJ_BLOCK_PARAGRAPH,
    XJ_BLOCK_ITEM, /* a list item or numbered paragraph */
    XJ_BLOCK_TABLE
} xj_block_kind;

/* Where something stands in the original file; what does not apply is 0 (sheet, page and row count
 * from 1). */
typedef struct xj_place {
    size_t from, to;     /* bytes of a text file */
    int page;            /* PDF, picture */
    float box[4];        /* points from the page's top left: left, top, right, bottom */
    int sheet, row, col; /* spreadsheet; row and col of a table's cell elsewhere */
} xj_place;

typedef struct xj_cell {
    int row, col;           /* from 0, in the table's grid */
    int row_span, col_span; /* at least 1; above 1 only where the file itself says so */
    size_t from, to;        /* of the document's text */
    xj_place place;
} xj_cell;

typedef struct xj_block {
    xj_block_kind kind;
    int level;         /* headings: 1 is highest, 0 unknown */
    size_t from, to;   /* of the document's text */
    const char *label; /* an automatic number that is not in the text ("（一）", "3."), or NULL */
    xj_place place;
    /* tables */
    xj_cell *cells; /* by row, then column */
    size_t ncells;
    int nrows, ncols;
} xj_block;

/* What was left out of the text, kept so that nothing is lost. */
typedef enum xj_furniture_kind {
    XJ_FURNITURE_PAGE_NUMBER,
    XJ_FURNITURE_RUNNING_HEAD,
    XJ_FURNITURE_NAVIGATION
} xj_furniture_kind;

typedef struct xj_furniture {
    xj_furniture_kind kind;
    xj_str text;
    size_t at; /* offset of the document's text where it stood */
    xj_place place;
} xj_furniture;

typedef struct xj_doc {
    xj_str text;
    xj_block *blocks;
    size_t nblocks;
    xj_furniture *furniture;
    size_t nfurniture;
} xj_doc;

#define XJ_DOC_BYTES_MAX ((size_t)64 << 20)

/* Read a plain text file (UTF-8, a byte-order mark allowed) into *DOC, allocated in RESULT; BYTES
 * need not outlive it.
 *
 * Errors: BAD_INPUT if BYTES is empty or holds control characters no text has (a binary file);
 * NOT_UTF8, naming the byte; TOO_LARGE above XJ_DOC_BYTES_MAX. */
XJ_MUST_USE xj_error *xj_doc_read_text(xj_doc **doc, xj_str bytes, xj_pool *result,
                                       xj_pool *scratch);
