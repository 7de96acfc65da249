/*
 * plan/figure.h -- figures as they are printed, for target.c: number, unit, operator.  This folder
 * only.
 */
#pragma once

#include "plan/compile_priv.h"

#define NAME_MAX_LEN ((size_t)300) /* characters of a quoted name or a title */

typedef struct figure {
    double value, max;
    bool has_max, word, han; /* word: a bare 一; han: in Chinese characters */
    bool rate;               /* %, ‰, /10万, 百分点, 成 */
    xj_span at;              /* number and unit */
    xj_span unit;
    const char *unit_word; /* where the unit is not printed so */
    int before, after;     /* XJ_G_BEFORE_..., XJ_G_AFTER_... */
    size_t name_to;        /* the indicator's name ends here: the operator's beginning */
    size_t end;            /* behind the operator that follows */
    int measure;
} figure;

/* Whether the words W stand in S. */
bool figure_words(const comp *c, xj_span s, const char16_t *w);
/* Behind what quotes, titles and brackets hold at I; I where none opens. */
size_t figure_skip_names(const comp *c, size_t i, size_t end);
/* The number at I with its unit; false where it is none, or one of those that never promise. */
bool figure_read(const comp *c, figure *f, size_t from, size_t i, size_t end);
/* The operator in front of I: its value; *START is where it begins. */
int figure_operator_before(const comp *c, size_t from, size_t i, size_t *start);
/* Read the operators around the figure F. */
void figure_operators(const comp *c, figure *f, size_t from, size_t end);
