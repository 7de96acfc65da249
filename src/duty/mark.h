/*
 * duty/mark.h -- marks by which paper and workbooks are known again: a return's code, a row's mark.
 *
 * Numbers with two check digits (ISO 7064, MOD 97-10, as account numbers have them), so that a
 * digit read wrong or two exchanged are seen.  Pure.  Layer: domain.  Read next: duty/report.h.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

/* The code that return ID bears on paper: "XJ-1764-3456-7890-1234-567-42". */
xj_str xj_mark_return(int64_t id, xj_pool *pool);
/* Whether TEXT holds such a code, also as a camera reads it (spaces, long dashes, O for 0). */
bool xj_mark_return_find(int64_t *id, xj_str text);

/* A row of a return's workbook. */
typedef struct xj_mark {
    int64_t obligation, unit, duty;
    int64_t version; /* of the row when the workbook was made */
    bool words;      /* the row holds the task's words, not only a figure */
    uint32_t figure; /* xj_mark_figure; 0: none */
} xj_mark;

typedef enum xj_mark_state { XJ_MARK_NONE, XJ_MARK_DAMAGED, XJ_MARK_GOOD } xj_mark_state;

xj_str xj_mark_row(const xj_mark *mark, xj_pool *pool);
/* What of a mark TEXT is; *MARK is set where it is good. */
xj_mark_state xj_mark_row_read(xj_mark *mark, xj_str text);
/* What tells a figure of a row from its others; never 0. */
uint32_t xj_mark_figure(xj_str indicator, xj_str measure);
