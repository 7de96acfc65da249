/*
 * doc/layout_priv.h -- what the parts of the layout share: layout.c (lines, columns of text) and
 * layout_table.c (rows of tables).  This folder only.
 */
#pragma once

#include "doc/layout.h"

/* A line: pieces first .. first + n of the sorted ones. */
struct line {
    size_t first, n;
    float left, top, right, bottom;
    float margin; /* left edge of the column it stands in */
    int table;    /* 0 no row of a table, else the table's number */
};

struct page {
    xj_layout *layout;
    xj_str text;
    xj_piece *pieces;
    size_t n;
    struct line *lines;
    size_t nlines;
    float em, width; /* usual height of a character */
    xj_pool *scratch;
};

/* layout.c */
int xj_layout__by_size(const void *a, const void *b);
/* The words of piece K. */
xj_str xj_layout__words(const struct page *p, const xj_piece *k);
/* What was written from FROM on stands in this box. */
void xj_layout__mark(struct page *p, size_t from, float left, float top, float right, float bottom);
void xj_layout__text_line(struct page *p, const struct line *l);

/* layout_table.c */
/* Mark the runs of lines FROM .. TO that stand in columns. */
void xj_layout__find_tables(struct page *p, size_t from, size_t to);
/* Lines FROM .. TO as rows with tabs between their cells. */
void xj_layout__table(struct page *p, size_t from, size_t to);
