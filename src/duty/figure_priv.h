/*
 * duty/figure_priv.h -- what the files of the reader of figures share: the text, its numbers,
 * names.
 */
#pragma once

#include "duty/figure.h"

#define XJ_FIGURE__NAME_MAX 80 /* characters of an indicator that are compared */
#define XJ_FIGURE__UNIT_MAX 12
#define XJ_FIGURE__WORDS(list) (list), sizeof(list) / sizeof *(list)

/* A number of the text with whatever stands behind it. */
typedef struct xj_figure__number {
    double value;
    size_t from, to; /* of the number with its scale (万) */
    double scale;
    bool share; /* of a hundred: VALUE is in percent, and its sign is part of [FROM, TO) */
    bool name;  /* part of a name: 65岁以上, 每千人口 */
    bool range; /* one end of a range */
} xj_figure__number;

typedef struct xj_figure__text {
    xj_chars chars; /* folded, without quotes and brackets that hold no figure */
    xj_figure__number *numbers;
    size_t n;
    int year;
    xj_pool *pool;
} xj_figure__text;

typedef struct xj_figure__target {
    const xj_report_figure *said;
    xj_char name[XJ_FIGURE__NAME_MAX], unit[XJ_FIGURE__UNIT_MAX];
    size_t n, nunit;
    double scale;   /* of the measure: 10000 of 万人 */
    bool rate;      /* a name that stands before the figure, not what was done how often */
    bool flow;      /* what was new, not what there is */
    int difference; /* it is a change: 1 a rise, -1 a fall */
} xj_figure__target;

/* Where a number stands: indexes of characters. */
typedef struct xj_figure__place {
    size_t sentence, clause; /* where they begin */
    size_t before;           /* where what can name it begins: behind the number before */
    size_t after;            /* where what can name it ends */
} xj_figure__place;

/* Whether the characters of W stand at I (before END) of C. */
static inline bool
xj_figure__is(const xj_char *c, size_t i, size_t end, const char16_t *w)
{
    for (; *w != 0; w++, i++)
        if (i >= end || c[i] != *w)
            return false;
    return true;
}

/* Whether one of the N WORDS ends right before I; where it begins. */
bool xj_figure__ends(size_t *begin, const xj_char *c, size_t from, size_t i,
                     const char16_t *const *words, size_t n);
/* The last place in [FROM, TO) where one of the N WORDS stands; XJ_NPOS: none does. */
size_t xj_figure__last(const xj_char *c, size_t from, size_t to, const char16_t *const *words,
                       size_t n);

/* Lay TEXT out with its numbers. */
void xj_figure__read(xj_figure__text *t, xj_str text, int year, xj_pool *pool);
/* Set TARGET up; false where it has no measure to read by. */
bool xj_figure__target_init(xj_figure__target *target, const xj_report_figure *said,
                            xj_pool *scratch);
/* Whether number I is in TARGET's measure: its value there, and where the unit ends. */
bool xj_figure__fits(double *value, size_t *end, const xj_figure__text *t, size_t i,
                     const xj_figure__target *target);

/* How much of TARGET's name stands with number I at PLACE, 0 to 1000; 0: it is not meant
 * (figure_name.c). */
int xj_figure__named(const xj_figure__text *t, size_t i, size_t end, const xj_figure__place *place,
                     const xj_figure__target *target);

/* Whether number I is what was reached, not a goal, another year's, a rise (figure_scope.c). */
bool xj_figure__states(const xj_figure__text *t, size_t i, size_t end,
                       const xj_figure__place *place, const xj_figure__target *target);
/* period, to_date; NULL: the words do not say. */
const char *xj_figure__span(const xj_figure__text *t, size_t i, const xj_figure__place *place,
                            const xj_figure__target *target);
