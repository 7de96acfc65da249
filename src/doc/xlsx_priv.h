/*
 * doc/xlsx_priv.h -- what a number in a spreadsheet shows: dates, shares, plain figures.
 */
#pragma once

#include "doc/doc_priv.h"

typedef enum xj_xlsx_form {
    XJ_XLSX_GENERAL,
    XJ_XLSX_DATE,       /* 2020-12-31 */
    XJ_XLSX_YEAR_MONTH, /* 2020年12月 */
    XJ_XLSX_MONTH_DAY,  /* 12月31日 */
    XJ_XLSX_TIME,       /* 08:30 */
    XJ_XLSX_PERCENT
} xj_xlsx_form;

typedef struct xj_xlsx_format {
    xj_xlsx_form form;
    int decimals;      /* of a share */
    const char *bound; /* ≥, ≤, > or < that stands before the figure; NULL: none */
} xj_xlsx_format;

/* What format ID shows; CODE is the workbook's own text for it, or NULL for a built-in one
 * (ECMA-376 part 1, 18.8.30 and 18.8.31). */
xj_xlsx_format xj_xlsx__format(int id, const char *code);
/* VALUE as it shows; EPOCH_1904 is the workbook's date system. */
xj_str xj_xlsx__show(double value, xj_xlsx_format format, bool epoch_1904, xj_pool *pool);
