/*
 * duty/figure.h -- the figures of a row's targets, read out of what somebody wrote.
 *
 * "居民健康素养水平达到31.2%" gives 31.2 for the target that is called so.  A figure counts only in
 * the target's own measure (人 is not 人次, % not ‰ nor 百分点), under its name or a short form of
 * it.  Rises, goals, other years', other places' and parts of the whole are not the value.  What is
 * found is a proposal: a person takes it.  Layer: domain; pure.  Read next: duty/intake.h.
 */
#pragma once

#include "duty/report.h"
#include "text/chars.h"

#define XJ_FIGURES_TEXT_MAX                                                                        \
    20000 /* characters of a text that are read; more is left to a person                          \
           */

typedef struct xj_figure {
    const xj_report_figure *target;
    double value;     /* in the target's measure */
    const char *span; /* period, to_date; NULL: the words do not say */
    int score;        /* how much of the name stands there, to 1000 */
    bool shared;      /* it may as well be another target's of the row */
    xj_str sentence;  /* a view of the text */
    size_t from, to;  /* bytes of SENTENCE: the number with its unit */
} xj_figure;

/* The values of the N TARGETS of one row that TEXT states in a return of YEAR, in the order of the
 * text; *ITEMS in RESULT, with views of TEXT.  Of one target several may be found: they compete. */
void xj_figures_find(xj_figure **items, size_t *nitems, xj_str text,
                     const xj_report_figure *targets, size_t n, int year, xj_pool *result);
