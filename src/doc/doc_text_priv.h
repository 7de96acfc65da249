/*
 * doc/doc_text_priv.h -- what the two halves of the reader of plain text share: the lines
 * (doc_text_line.c), and what becomes of them (doc_text.c).  Nobody else's.
 */
#pragma once

#include "doc/doc_priv.h"

#include "text/label.h"

#define PREFIX 24     /* folded characters of a line's beginning that are looked at */
#define WIDTH_MAX 400 /* columns; longer lines count as this long */

enum {
    LINE_BLANK_BEFORE = 1,
    LINE_PAGE_BEFORE = 2, /* a form feed stands before it */
    LINE_ROW = 4,         /* of a table */
    LINE_PAGE_NUMBER = 8,
    LINE_RUNNING_HEAD = 16,
    LINE_KEY = 32,         /* begins with a short key and a colon */
    LINE_DATE = 64,        /* nothing but a date */
    LINE_TERMINAL = 128,   /* ends where a sentence may end */
    LINE_NAVIGATION = 256, /* of the page that the text was saved from */
    LINE_ENTRY = 512,      /* of a list: the key has at least KEY_LONG characters */
    LINE_BARS = 1024       /* a row whose cells are parted by bars: 1 | 甲 | 乙 */
};

typedef struct xj_text_line {
    uint32_t from, to; /* without white space at the ends (a row: without the line break only) */
    uint16_t width, indent, flags;
    uint8_t label; /* an xj_label_kind */
    uint8_t label_only;
    xj_char first, last;
} xj_text_line;

typedef struct xj_text_reader {
    xj_str bytes;
    xj_text_line *lines;
    size_t nlines;
    unsigned wrap; /* columns at which the text is broken, 0 where it is not */
    bool indents;  /* paragraphs begin with an indent */
    xj_buf out;
    XJ_VEC(xj_block) blocks;
    XJ_VEC(xj_furniture) furniture;
    XJ_VEC(xj_spot) spots;
    bool keep_spots;
    xj_pool *result, *scratch;
} xj_text_reader;

/* Cut the bytes of R into lines, each looked at by itself. */
void xj_doc__split_lines(xj_text_reader *r);
/* Lines that bars cut into as many cells as the line before or behind them are the rows of a
 * table. */
void xj_doc__find_bars(xj_text_reader *r);
/* Mark lines that come again and again at page ends, or in the middle of sentences. */
void xj_doc__mark_running_heads(xj_text_reader *r);

/* The bytes of the blank at S[I], or 0 where none stands. */
size_t xj_doc__blank_len(xj_str s, size_t i);
/* S without blanks at its end. */
xj_str xj_doc__trim_right(xj_str s);
/* The bytes of the bar at S[I], or 0 where none stands. */
size_t xj_doc__bar_len(xj_str s, size_t i);
/* The words of the row S: without the bars that frame it. */
xj_str xj_doc__without_frame(xj_str s);
