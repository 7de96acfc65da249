/*
 * doc/layout.h -- characters with their boxes to lines of text: what PDF, OFD and OCR have in
 * common.
 *
 * A page is a heap of pieces of text with places.  Pieces on one height become lines in reading
 * order (two columns one after the other), pieces in aligned columns become rows of a table with
 * tabs between (layout_table.c), so that the reader of plain text does the rest.
 */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "doc/doc.h"

typedef struct xj_piece {
    float left, top, right, bottom; /* points from the page's top left */
    size_t from, to;                /* bytes of the page's own text */
} xj_piece;

/* Where a line of the laid-out text, or a piece of a row, stands. */
typedef struct xj_laid_line {
    size_t from, to; /* bytes of the laid-out text */
    int page;
    float left, top, right, bottom;
} xj_laid_line;

/* A cell that covers several rows: where its words begin in the laid-out text. */
typedef struct xj_laid_span {
    size_t from;
    int rows;
} xj_laid_span;

typedef struct xj_layout {
    xj_buf text;
    XJ_VEC(xj_laid_line) lines;
    XJ_VEC(xj_laid_span) spans;
    int pages;
    xj_pool *pool;
} xj_layout;

void xj_layout__init(xj_layout *layout, xj_pool *pool);
/* Lay out one page: its TEXT and N PIECES of it (they are sorted in place) on a page WIDTH points
 * wide. */
void xj_layout__page(xj_layout *layout, xj_str text, xj_piece *pieces, size_t n, float width);
/* Read the laid-out text as a document whose places are pages and boxes.  Errors: as
 * xj_doc_read_text. */
XJ_MUST_USE xj_error *xj_layout__read(xj_doc **doc, xj_layout *layout, xj_pool *result,
                                      xj_pool *scratch);
