/*
 * duty/report.h -- what a return says: a row a task, drafts, feeding, sending, review.
 *
 * A return (obligation.h) is owed by one unit on one day; here are its words and figures.  Units
 * that have part in a task without returning it themselves feed the row of the one that does.  A
 * draft is kept at every change; sending fixes it; the office reviews it row by row.  Layer:
 * domain.  Read next: duty/README.md.
 */
#pragma once

#include "duty/signing.h"

#define XJ_REPORT_TEXT_MAX 5000   /* characters of progress, of difficulties, of the next step */
#define XJ_REPORT_REMARK_MAX 1000 /* characters */
#define XJ_REPORT_QUOTE_MAX 500   /* characters */
#define XJ_REPORT_REMARKS_MAX 50  /* of one row */
#define XJ_REPORT_FIGURES_MAX 50  /* of one row */

typedef struct xj_report_figure {
    xj_str indicator, measure; /* as the plan prints them; measure is empty where it prints none */
    xj_str goals; /* the plan's words of all goals of it: "到2022年不低于22%；…" */
    bool has_value;
    double value;
    xj_str span;    /* period, to_date; of a figure without a value: data NULL */
    bool had_value; /* in the last return */
    double last_value;
    xj_str last_span;
    /* of a row: whether figures of several units make one by adding up (人, not %), and what those
     * handed over come to; fed_units 0: nothing that can be added */
    bool adds;
    int64_t fed_units;
    double fed;
    xj_str fed_span;
} xj_report_figure;

typedef struct xj_report_text {
    xj_str text, difficulties, next_step;
    int64_t percent;           /* -1: nothing said */
    bool same;                 /* nothing changed since the last return */
    xj_report_figure *figures; /* of a draft: indicator, measure, value and span of those given */
    size_t nfigures;
} xj_report_text;

typedef struct xj_report_feed {
    int64_t unit;
    xj_str unit_name, role;
    bool given; /* handed over; else TEXT is empty: drafts are the unit's own */
    xj_report_text text;
    int64_t changed_at;
} xj_report_feed;

/* A county that returns the task itself (by area, 块): nothing of it flows into the lead's return,
 * which reads what was sent and sees who is missing. */
typedef struct xj_report_county {
    int64_t unit, obligation; /* obligation 0: none yet */
    xj_str unit_name;
    xj_str sent_on, text; /* data NULL: not sent; drafts are the county's own */
} xj_report_county;

typedef struct xj_report_remark {
    int64_t id;
    xj_str quote, remark, person_name;
    int64_t made_at;
} xj_report_remark;

typedef struct xj_report_row {
    int64_t duty, version; /* version 0: nothing was said yet */
    int64_t action_no;
    xj_str action, no, title, words; /* words: the plan's own */
    xj_str deadline_kind, due, strength;
    xj_str state, why; /* of obligation_row */
    xj_str judge;      /* who gave the task from above and judges the row; data NULL: the office */
    int64_t plan_task; /* 0: of no plan */
    xj_report_text text;
    bool on_behalf;
    xj_str changed_name;
    int64_t changed_at;
    xj_str last_text, last_difficulties, last_next_step, last_due; /* data NULL: none before */
    int64_t last_percent;
    xj_report_feed *feeds;
    size_t nfeeds;
    xj_report_county *counties;
    size_t ncounties;
    xj_report_remark *remarks;
    size_t nremarks;
} xj_report_row;

typedef struct xj_report {
    xj_obligation obligation;
    xj_report_row *rows; /* in the plan's order, without withdrawn ones */
    size_t nrows;
    xj_signature *signatures; /* with which it left its unit; none while it is owed */
    size_t nsignatures;
} xj_report;

/* The return ID with all that it says.  AS is the unit whose words are the rows' own: the returning
 * unit (0), or one that feeds it, which then sees the rows it has part in.
 *
 * Errors: NOT_FOUND, also where it is no return, or SCOPE sees neither of the two. */
XJ_MUST_USE xj_error *xj_report_get(xj_report **report, xj_db *db, const xj_scope *scope,
                                    int64_t id, int64_t as, xj_pool *result);

/* Errors: CONFLICT where REPORT is not owed any more, saying what it is. */
XJ_MUST_USE xj_error *xj_report_owed(const xj_report *report);

typedef struct xj_report_task {
    int64_t obligation, version;
    int64_t unit; /* the unit that returns */
    xj_str unit_name, due, period, state;
    int64_t rows, given; /* rows that the feeding unit has part in, those handed over */
} xj_report_task;

/* The open returns of others that UNIT feeds, by due day; at most LIMIT. */
XJ_MUST_USE xj_error *xj_report_feeds(xj_report_task **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, int64_t unit, int64_t limit,
                                      xj_pool *result);

typedef struct xj_report_draft {
    const xj_scope *scope; /* of who writes it */
    int64_t obligation, duty;
    int64_t unit;    /* who says it: the returning unit, or one that feeds it */
    int64_t version; /* of the row as seen; 0: nothing was said yet */
    xj_report_text text;
    bool give; /* of a feeding unit: hand it over; false takes it back */
    bool on_behalf;
    xj_str actor_name;
} xj_report_draft;

/* Command: keep DRAFT; *NOW is the row's version.
 *
 * Errors: NOT_FOUND where the return has no such row, UNIT no part in it, or the scope does not
 * see UNIT; STALE; CONFLICT where the return is sent; BAD_INPUT with the member for a text too
 * long, a percent out of range, a figure that the task has no target for or in another measure (人
 * is not 人次), a span that is unknown, or `same` where there is no return before. */
XJ_MUST_USE xj_error *xj_report_keep(int64_t *now, xj_tx *tx, const xj_report_draft *draft);

typedef struct xj_report_send {
    const xj_scope *scope; /* of who sends it */
    int64_t obligation, version;
    bool rest_same;     /* what nothing was said of did not change */
    xj_str happened_on; /* data NULL: today */
    bool on_behalf;
    bool only_to_sign; /* who sends it may not send it out, only to the unit's signatures */
    xj_str actor_name;
} xj_report_send;

/* Command: send the return.  *NOW is its version.  Where its unit asks for signatures
 * (duty/signing.h) it waits for them first, and stays owed.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where it is not due, waits to be signed or nobody could sign;
 * FORBIDDEN where it may only be signed and the unit asks for no signature; BAD_INPUT at /rows/DUTY
 * for a row of which nothing was said (also with rest_same, where there is no return before). */
XJ_MUST_USE xj_error *xj_report_send_all(int64_t *now, xj_tx *tx, const xj_report_send *send);

typedef struct xj_verdict {
    int64_t duty;
    bool accepted;
    xj_str why;   /* of a returned one: asked for */
    xj_str quote; /* the words it is about; may be empty */
} xj_verdict;

/* Command: the office's word on N rows of return ID as it was at VERSION.  Where one is returned
 * the return goes back; where none is left without a word and all are accepted it is accepted; else
 * it stays sent.  Progress of accepted rows becomes that of their tasks.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where it is not sent; BAD_INPUT for a row that is none or
 * named twice, a returned one without a reason, a text too long. */
XJ_MUST_USE xj_error *xj_report_review(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                       const xj_verdict *verdicts, size_t n, xj_str actor_name);
