/*
 * app/table.h -- a table for people: columns as wide as what stands in them, Chinese two wide.
 */
#pragma once

#include "base/str.h"

#include <stdio.h>

#define XJ_TABLE_COLUMNS_MAX 12

typedef struct xj_table xj_table;

/* A table of N columns in POOL. */
xj_table *xj_table_new(size_t n, xj_pool *pool);
/* Add the next cell; rows fill from the left.  TEXT is copied; its control characters become
 * spaces. */
void xj_table_cell(xj_table *table, xj_str text);
void xj_table_int(xj_table *table, int64_t n);
/* Print it, the first row underlined as a heading. */
void xj_table_print(const xj_table *table, FILE *out);
/* Columns that TEXT takes on a terminal. */
size_t xj_text_width(xj_str text);
