/* paper/return_columns.h -- the columns of a return's workbook, for writing and reading it. */
#pragma once

#include "paper/book.h"

typedef enum xj_return_column {
    XJ_RC_NUMBER,
    XJ_RC_TASK,
    XJ_RC_WORDS,
    XJ_RC_LAST,
    XJ_RC_TEXT,
    XJ_RC_PERCENT,
    XJ_RC_TARGET,
    XJ_RC_MEASURE,
    XJ_RC_LAST_VALUE,
    XJ_RC_VALUE,
    XJ_RC_SPAN,
    XJ_RC_DIFFICULTIES,
    XJ_RC_NEXT,
    XJ_RC_MARK,
    XJ_RC_COUNT
} xj_return_column;

extern const xj_book_column xj_paper__return_columns[XJ_RC_COUNT];

/* Words of a cell: period and to date, nothing changed. */
extern const char *const xj_paper__spans[2][3];    /* [chinese]: period, to date, NULL */
extern const char *const xj_paper__span_values[2]; /* "period", "to_date" */
