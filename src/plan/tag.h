/*
 * plan/tag.h -- words across lines of work: 民生实事, 十四五, 创建.
 *
 * A tag hangs on a line of work, so each version's row of it has it, and so has the duty task that
 * was raised from it (duty/ asks here).  Layer: domain.  Read next: plan/README.md (lines of work).
 */
#pragma once

#include "plan/task.h"

#define XJ_TAG_MAX 50         /* characters */
#define XJ_LINE_TAGS_MAX 20   /* of one line */
#define XJ_TAGS_MAX 200       /* of a jurisdiction */
#define XJ_TAG_TASKS_MAX 500  /* marked at once */
#define XJ_TAG_CHANGES_MAX 20 /* added, or removed, at once */

/* Errors: BAD_INPUT at AT: an empty or long word, one with a control character or a comma (lists of
 * tags are printed with commas). */
XJ_MUST_USE xj_error *xj_tag_check(xj_str tag, const char *at);

/* Every tag of SCOPE's jurisdiction that some line has, in their order. */
XJ_MUST_USE xj_error *xj_tag_list(xj_str **tags, size_t *n, xj_db *db, const xj_scope *scope,
                                  xj_pool *result);

typedef struct xj_tag_change {
    const int64_t *tasks;
    size_t ntasks;
    const xj_str *add, *remove;
    size_t nadd, nremove;
} xj_tag_change;

/* Inside a command: the lines of these tasks get and lose tags; what is so already stays.  *LINES
 * is how many lines they are.
 *
 * Errors: NOT_FOUND where a task lies outside SCOPE or is not there; BAD_INPUT: nothing to change,
 * a bad word, one both added and removed; TOO_LARGE past a limit above. */
XJ_MUST_USE xj_error *xj_tag_set(size_t *lines, xj_tx *tx, const xj_scope *scope,
                                 const xj_tag_change *change);

/* Inside a command: the tags of LINE are these and no others.  Errors: BAD_INPUT, TOO_LARGE. */
XJ_MUST_USE xj_error *xj_tag_put(xj_tx *tx, int64_t line, const xj_str *tags, size_t n);
