/*
 * text/label.h -- the numbers that Chinese official papers put in front of headings and items.
 */
#pragma once

#include "text/chars.h"

/* From the highest to the lowest, as GB/T 9704 orders them. */
typedef enum xj_label_kind {
    XJ_LABEL_NONE,
    XJ_LABEL_PART,    /* 第一章, 第一部分 */
    XJ_LABEL_SECTION, /* 第一节 */
    XJ_LABEL_HAN,     /* 一、 */
    XJ_LABEL_HAN_PAR, /* （一） */
    XJ_LABEL_ARTICLE, /* 第一条 */
    XJ_LABEL_NUM,     /* 1. 1、 */
    XJ_LABEL_NUM_2,   /* 1.1 */
    XJ_LABEL_NUM_3,   /* 1.1.1 */
    XJ_LABEL_NUM_PAR, /* （1） 1） */
    XJ_LABEL_CIRCLE,  /* ① */
    XJ_LABEL_ORDINAL, /* 一是 首先 */
} xj_label_kind;

typedef struct xj_label {
    xj_label_kind kind;
    int value;   /* of the last figure */
    size_t len;  /* characters, the marks behind the figure included */
    bool letter; /* A. B. as the figure: of any level, as the document has it */
} xj_label;

/* The label at the beginning of the N characters at C, or one of kind NONE. */
xj_label xj_label_parse(const xj_char *c, size_t n);
