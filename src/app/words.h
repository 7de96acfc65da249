/*
 * app/words.h -- the sentences of the command line, in Chinese and English.
 *
 * Made from words/cli.tsv (key, Chinese, English) by tools/wordsgen.py.
 */
#pragma once

#include "app/words_gen.h" /* generated: enum xj_word, XJ_W_<key> */

typedef struct xj_words_row {
    const char *key; /* "help.unit.list" */
    const char *zh, *en;
} xj_words_row;

extern const xj_words_row xj_words_rows[XJ_W_COUNT];

/* The entry with KEY, or XJ_W_COUNT. */
xj_word xj_words_find(const char *key);
