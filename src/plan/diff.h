/*
 * plan/diff.h -- what a new register adds, drops and changes against an old one.
 *
 * Pure: no database, clock or global.  Tasks are paired by how alike their words are, within
 * actions of like names first, so that what was renumbered, reworded or moved is recognised.
 */
#pragma once

#include "plan/register.h"

typedef struct xj_diff_field {
    const char *field; /* "title", "text", "units", "deadline", "strength", "open_ended", "cadence",
                          "action", "no"; of the document: "title", "doc_no", ... */
    xj_str old, now;   /* as people read it; data NULL: none */
} xj_diff_field;

typedef struct xj_diff_row {
    xj_str action, no, title;
} xj_diff_row;

typedef struct xj_diff_change {
    xj_diff_row old, now;
    xj_diff_field *fields;
    size_t nfields;
} xj_diff_change;

typedef struct xj_diff {
    xj_diff_field *document;
    size_t ndocument;
    xj_diff_row *added; /* in the new one's order */
    size_t nadded;
    xj_diff_row *dropped; /* in the old one's order */
    size_t ndropped;
    xj_diff_change *changed; /* in the new one's order */
    size_t nchanged;
    xj_str *targets_added, *targets_dropped; /* "高血压患者规范管理率 >= 60%（2022年）" */
    size_t ntargets_added, ntargets_dropped;
    size_t same; /* tasks that did not change */
} xj_diff;

/* Compare OLD and NOW into *DIFF, allocated in RESULT; it has views of both. */
void xj_plan_diff(xj_diff **diff, const xj_register *old, const xj_register *now, xj_pool *result,
                  xj_pool *scratch);
