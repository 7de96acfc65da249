/*
 * plan/gram.h -- matching the grammar's words, which stand as tables in plan/grammar/.
 *
 * A class is one table: folded phrases, each with a value (1, 2, ...; 0 is no match).  tools/
 * grammargen.py makes the classes and their value names; the tables are for people to read and to
 * extend.  Layer: plan, this folder only.
 */
#pragma once

#include "text/chars.h"

typedef struct xj_word {
    const char16_t *w;
    uint8_t len, value;
} xj_word;

typedef struct xj_class {
    const xj_word *words; /* sorted by code units */
    uint16_t n;
    uint8_t max;        /* longest phrase, in characters */
    uint64_t bloom[16]; /* a bit for the low ten bits of each first character */
} xj_class;

/* The value of the longest phrase of CLASS that begins at I (before END); its length goes to *LEN.
 */
int xj_gram_at(const xj_class *class, const xj_chars *chars, size_t i, size_t end, size_t *len);
/* The value of the longest phrase of CLASS that ends SPAN; its length goes to *LEN. */
int xj_gram_end(const xj_class *class, const xj_chars *chars, xj_span span, size_t *len);
/* The value of the first phrase of CLASS in SPAN; where it stands goes to *AT. */
int xj_gram_find(const xj_class *class, const xj_chars *chars, xj_span span, xj_span *at);
/* Whether SPAN as a whole is a phrase of CLASS: its value, or 0. */
int xj_gram_is(const xj_class *class, const xj_chars *chars, xj_span span);
/* The value of the first pattern of CLASS, in the order of values, that stands in SPAN, where … is
 * any words between. */
int xj_gram_pattern(const xj_class *class, const xj_chars *chars, xj_span span);
