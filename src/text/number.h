/*
 * text/number.h -- figures in Arabic and Chinese writing.
 */
#pragma once

#include "text/chars.h"

typedef struct xj_number {
    double value;
    size_t len;   /* characters */
    bool integer; /* no fraction was written */
    bool han;     /* written in Chinese characters */
} xj_number;

/* The number at I (before END): 3, 1,200, 43.3, 二十一, 一百零五, 二〇二〇, 两, 半 (0.5).  A scale
 * (千, 万, 亿) behind Arabic figures is a unit, not part of the number.  False where none stands.
 */
bool xj_number_parse(xj_number *number, const xj_chars *chars, size_t i, size_t end);

/* The share at I as it is said of a hundred, in percent, its sign and LEN included: 31.2%,
 * 百分之九十五点六, 九成, 九成五.  False where none stands. */
bool xj_number_parse_percent(xj_number *number, const xj_chars *chars, size_t i, size_t end);
/* The number at I, also with a fraction in Chinese figures: 三十一点二. */
bool xj_number_parse_decimal(xj_number *number, const xj_chars *chars, size_t i, size_t end);

/* The value of one Chinese figure (零 to 九, 两, 〇), or -1. */
int xj_han_digit(xj_char c);
