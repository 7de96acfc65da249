/*
 * summary/summary_priv.h -- a draft in the making.
 */
#pragma once

#include "base/vec.h"
#include "summary/summary.h"

typedef struct xj__summary_task {
    int64_t id, action_no, owner, plan_task;
    xj_str action, no, title, state, owner_name;
    xj_str light; /* of the owner's part on the last day; data NULL: none */
    /* what was said of it last in these days; obligation 0: nothing was */
    int64_t obligation, said_by;
    xj_str said_name, period, sent_on, row_state, text, difficulties, next_step;
} xj__summary_task;

typedef struct xj__draft {
    xj_tx *tx;
    xj_pool *pool;
    const xj_summary_new *asked;
    xj_summary_row row; /* what it is about */
    bool whole;         /* of the office: of all units */
    xj_str as_of;       /* the last day, or today where that is to come */
    XJ_VEC(xj__summary_task) tasks;
    xj_buf body;
    XJ_VEC(xj_summary_basis) basis;
    int64_t mark;
} xj__draft;

/* ---- sentence.c ---- */

/* What the sentence that is being written rests on.  WORDS say it in a line. */
void xj_summary__rest(xj__draft *d, const char *kind, int64_t about, int64_t duty,
                      const char *counted, xj_str words);
/* End the sentence: its mark, where it rests on something. */
void xj_summary__end(xj__draft *d);
/* TEXT in one line, cut behind a character where it is longer than MAX characters. */
xj_str xj_summary__line(xj_str text, size_t max, xj_pool *pool);
/* 2026年6月15日 */
xj_str xj_summary__day(xj_str day, xj_pool *pool);

/* ---- draft.c ---- */

/* Write all sections of the kind into D->body and D->basis. */
XJ_MUST_USE xj_error *xj_summary__compose(xj__draft *d);
/* Whether there is such a kind. */
bool xj_summary__is_kind(xj_str kind);
