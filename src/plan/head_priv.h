/*
 * plan/head_priv.h -- what the two readers of a document's head share: head.c (number, title,
 * basis) and head_from.c (who issued it, when, for which place and years).
 */
#pragma once

#include "plan/compile_priv.h"

/* What the covering letter says about the plan. */
typedef struct letter {
    xj_span notice; /* 关于印发…的通知, over all its lines */
    xj_span issuer; /* the words before 关于 */
    xj_span name;   /* the name of what is issued */
    size_t until;   /* the node of the first paragraph or addressee: the head ends before it */
} letter;

/* Whether node N is a line, no text. */
bool head_is_short(const node *n);
bool head_ends_with(const comp *c, xj_span s, xj_char ch);
/* What the sheet beside the document says of WANTED (XJ_G_INFOKEY_…), or an empty span. */
xj_span head_info(const comp *c, int wanted);
/* A whole date that ends SPAN: where it begins, or XJ_NPOS. */
size_t head_date_at_end(const comp *c, xj_span span, xj_when *when);

/* head_from.c */
void head_issuer(comp *c, const letter *l);
void head_dates(comp *c);
void head_place(comp *c, const letter *l);
void head_period(comp *c, const letter *l);
void head_office(comp *c);
