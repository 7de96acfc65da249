/*
 * summary/summary.h -- summaries and reports in writing: a half year's, an action's, a county's.
 *
 * One is drafted from what is held (what was returned, figures beside their targets, delays,
 * findings), then edited as text and kept in versions, and sent; sending fulfils what is owed.
 * Each sentence of the draft ends with a mark, 〔3〕, and what it rests on stands under that mark;
 * no number gets into it that is not held.  Layer: domain (may use inspect/, duty/, org/, store/;
 * must not know HTTP).  Read next: summary/README.md, summary/sections.def.
 */
#pragma once

#include "duty/obligation.h"

#define XJ_SUMMARY_TITLE_MAX 200   /* characters */
#define XJ_SUMMARY_TEXT_MAX 100000 /* characters */
#define XJ_SUMMARY_VERSIONS_MAX 200
#define XJ_SUMMARY_TASKS_MAX 2000 /* that one draft tells of */
#define XJ_SUMMARY_MARKS_MAX 999

typedef struct xj_summary_row {
    int64_t id, programme, unit;
    xj_str kind, unit_name;
    int64_t action_no;  /* -1: all that the unit has part in */
    int64_t obligation; /* 0: none */
    xj_str from_on, to_on, state;
    xj_str sent_on; /* data NULL: not yet */
    int64_t version;
    xj_str title, person_name; /* of the last text */
    int64_t made_at;
} xj_summary_row;

typedef struct xj_summary_text {
    int64_t no;
    xj_str title, body, person_name; /* body: data NULL in lists */
    int64_t made_at;
} xj_summary_text;

typedef struct xj_summary_basis {
    int64_t mark;
    xj_str kind;         /* duty, return, return_row, figure, finding, move */
    int64_t about, duty; /* duty 0: none */
    xj_str counted;      /* which of the sentence's counts it is one of; empty: it is quoted */
    xj_str words;
} xj_summary_basis;

typedef struct xj_summary {
    xj_summary_row row;
    xj_summary_text text; /* the one asked for */
    xj_summary_text *texts;
    size_t ntexts;
    xj_summary_basis *basis;
    size_t nbasis;
} xj_summary;

/* Those of UNIT (0: any) or of OBLIGATION (0: any) that SCOPE sees, behind id AFTER.  What is not
 * sent is seen by its unit and by who sees drafts of all. */
XJ_MUST_USE xj_error *xj_summary_list(xj_summary_row **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, int64_t unit, int64_t obligation,
                                      int64_t after, int64_t limit, xj_pool *result);
/* Summary ID with its text NO (0: the last).  Errors: NOT_FOUND, also where SCOPE does not see it
 * or there is no such text. */
XJ_MUST_USE xj_error *xj_summary_get(xj_summary **summary, xj_db *db, const xj_scope *scope,
                                     int64_t id, int64_t no, xj_pool *result);

typedef struct xj_summary_new {
    const xj_scope *scope;    /* of who drafts it */
    const xj_scope *findings; /* what of supervision they may know of (inspect/inspect.h) */
    xj_str kind;
    int64_t programme, unit; /* 0 where an obligation is named */
    int64_t obligation;      /* what it is to fulfil; 0: nothing */
    int64_t action_no;       /* -1: as the kind has it */
    xj_str from_on, to_on;
    xj_str actor_name;
} xj_summary_new;

/* Command: draft one; *ID is its key.
 *
 * Errors: NOT_FOUND for the programme, the unit, the obligation; BAD_INPUT for the kind, the days,
 * or where a unit is no action's group and no action is named; CONFLICT where the obligation is not
 * owed any more; TOO_LARGE where there is too much for one text. */
XJ_MUST_USE xj_error *xj_summary_draft(int64_t *id, xj_tx *tx, const xj_summary_new *asked);

/* Command: the text of summary ID as it was at VERSION is TITLE and BODY from now on.
 * Errors: NOT_FOUND; STALE; CONFLICT where it is sent; BAD_INPUT with the member; TOO_LARGE. */
XJ_MUST_USE xj_error *xj_summary_write(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                       int64_t version, xj_str title, xj_str body,
                                       xj_str actor_name);
/* Command: it is finished and sent, which fulfils its obligation.
 * Errors: NOT_FOUND; STALE; CONFLICT where it or its obligation is not open any more. */
XJ_MUST_USE xj_error *xj_summary_send(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                      int64_t version, xj_str actor_name);

/* TEXT without its marks, as it goes out. */
xj_str xj_summary_plain(xj_str text, xj_pool *result);
