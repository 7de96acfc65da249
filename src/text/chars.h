/*
 * text/chars.h -- text as folded characters: what a reader of Chinese compares by.
 *
 * Folding makes one form of what print varies: full-width letters, digits and punctuation become
 * ASCII, dashes and tildes between figures one dash, brackets of every shape one kind; white space
 * and the markup of paragraphs go.  Every character keeps the place of its bytes, so that a range
 * of characters is a range of the text.  Layer: kernel.  Read next: text/README.md.
 */
#pragma once

#include "base/mem.h"
#include "base/str.h"

#include <uchar.h>

typedef uint16_t xj_char; /* a folded character; beyond the basic plane it is XJ_CHAR_OTHER */

#define XJ_CHAR_OTHER ((xj_char)0xFFFD)

typedef struct xj_chars {
    xj_str text; /* what was folded: must outlive this */
    xj_char
        *c; /* N characters; '\n' and '\t' stand for themselves, other white space is left out */
    uint32_t *at; /* byte offset of each; AT[N] is the length of the text */
    size_t n;
} xj_chars;

/* A range of characters [from, to). */
typedef struct xj_span {
    size_t from, to;
} xj_span;

/* The one form of code point CP; compatibility forms are folded by ICU. */
xj_char xj_char_fold(uint32_t cp);

/* Fold TEXT (valid UTF-8 of less than 4 GiB) into *CHARS, allocated in RESULT. */
void xj_chars_fold(xj_chars *chars, xj_str text, xj_pool *result);
/* Fold the beginning of TEXT into OUT, at most MAX characters, and give their number.  LEN, where
 * not NULL, is set to the bytes that were read. */
size_t xj_chars_fold_some(xj_char *out, size_t max, xj_str text, size_t *len);

/* The byte just behind character I. */
size_t xj_chars_end(const xj_chars *chars, size_t i);
/* The bytes of SPAN in the text, white space at its ends left out. */
xj_str xj_chars_bytes(const xj_chars *chars, xj_span span);
/* SPAN as clean text: a view where its bytes are clean, else a copy in RESULT without the white
 * space (one blank stays between words of letters), line breaks and markup. */
xj_str xj_chars_clean(const xj_chars *chars, xj_span span, xj_pool *result);
/* The first character C in SPAN, or SPAN.TO. */
size_t xj_chars_find(const xj_chars *chars, xj_span span, xj_char c);
/* SPAN without line breaks, tabs and the characters of TRIM (a string of them) at its ends. */
xj_span xj_chars_trim(const xj_chars *chars, xj_span span, const char16_t *trim);
/* Whether the characters of the C string W stand at I (before END). */
static inline bool
xj_chars_is(const xj_chars *chars, size_t i, size_t end, const char16_t *w)
{
    for (; *w != 0; w++, i++)
        if (i >= end || chars->c[i] != *w)
            return false;
    return true;
}

static inline bool
xj_char_digit(xj_char c)
{
    return c >= '0' && c <= '9';
}

/* A Chinese character (the unified block and its first extension). */
static inline bool
xj_char_han(xj_char c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007;
}

static inline bool
xj_char_letter(xj_char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
