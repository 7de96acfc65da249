/*
 * duty/above.h -- duty tasks that came from above: another jurisdiction gave them.
 *
 * Its words and days always stand beside; here the task is taken as it is (照办) or adapted (参照):
 * with words of one's own and days that are never behind those above.  Returns of it are judged by
 * who gave it.  How tasks come and returns go is county/'s.  Layer: domain.  Read next:
 * county/county.h.
 */
#pragma once

#include "duty/evidence.h"

#define XJ_ABOVE_DAYS_MAX 20 /* days that a return may be due before the day above */
#define XJ_ABOVE_TARGETS_MAX 200

/* A return that has another day than the rule's. */
typedef struct xj_above_day {
    xj_str raised_for, due;
} xj_above_day;

typedef struct xj_above_target {
    xj_str indicator, measure, goal;
} xj_above_target;

/* What the giver of an instruction or a rectification said last of what was answered. */
typedef struct xj_above_word {
    int64_t id;  /* grows; 0: nothing yet */
    xj_str move; /* return, lay_before, read, reopen, check, strike_off */
    xj_str why, name, happened_on;
} xj_above_word;

/* What is given. */
typedef struct xj_above_task {
    xj_str kind;                            /* task, instruction, rectification */
    xj_str leader, given_on, words, result; /* of an instruction */
    xj_above_word word;                     /* of what is answered by moves */
    int64_t link, peer;                     /* over which link, and the duty task there */
    xj_str from_name;
    xj_str title, text, document, doc_no; /* empty: none */
    int64_t action_no;
    xj_str action;
    xj_str deadline_kind, due; /* due: data NULL: none */
    xj_str strength, cadence;
    xj_str deliverable; /* data NULL: none */
    xj_str dates;       /* JSON: ["06-05"] */
    const xj_above_target *targets;
    size_t ntargets;
    const xj_above_day *days; /* of returns there that were given another day */
    size_t ndays;
    const xj_evidence_file *files; /* of what was given: scans, pictures */
    size_t nfiles;
    bool restricted; /* of a task: few may see it, there and here */
} xj_above_task;

struct xj_scans; /* duty/instruction.h */

/* Inside a command: a notice of tasks given, changed or taken back, under TITLE. */
XJ_MUST_USE xj_error *xj_above_notice(int64_t *notice, xj_tx *tx, xj_str title);
/* The same, for UNIT to acknowledge. */
XJ_MUST_USE xj_error *xj_above_notice_to(int64_t *notice, xj_tx *tx, xj_str title, int64_t unit);
/* Inside a command: TASK is given, or is so now.  A new one is the office's, in PROGRAMME; of one
 * that was adapted the own words stay, and the own days where they are not behind.  Its units are
 * told by NOTICE. */
XJ_MUST_USE xj_error *xj_above_put(xj_tx *tx, const xj_above_task *task, int64_t programme,
                                   int64_t notice);
/* Inside a command: what UNIT, which has part in DUTY, given by this jurisdiction and answered by
 * moves (an instruction, a rectification, a task that few may see), did: STEP is a move of its own,
 * FILES, where they are said, what shows it.  Where it owns DUTY that moves so, through what lies
 * between; else it is noted.  Of a DUTY that is not UNIT's, nothing. */
XJ_MUST_USE xj_error *xj_above_answer(xj_tx *tx, int64_t duty, int64_t unit, const xj_step *step,
                                      const struct xj_scans *files);
/* How what was given ended there. */
typedef struct xj_above_ending {
    xj_str how; /* finished, suspended, taken_back */
    xj_str why, actor_name;
} xj_above_ending;

/* Inside a command: task PEER of LINK is not given any more.  What was finished there is done here,
 * else it is suspended, unless it came to its end before; its units are told by NOTICE. */
XJ_MUST_USE xj_error *xj_above_end(xj_tx *tx, int64_t link, int64_t peer, int64_t notice,
                                   const xj_above_ending *ending);
/* Inside a command: LINK is no more.  What came over it and is given still stays as a task of one's
 * own, with its words and where it came from; its units are told by NOTICE. */
XJ_MUST_USE xj_error *xj_above_keep_all(xj_tx *tx, int64_t link, int64_t notice, xj_str why);
/* Inside a command: DUTY, which came over another link with the same giver, is LINK's now. */
XJ_MUST_USE xj_error *xj_above_rejoin(xj_tx *tx, int64_t duty, int64_t link);

/* Inside a command: the word of who gave them on N rows of return ID, as xj_report_review.  Errors:
 * its. */
XJ_MUST_USE xj_error *xj_above_review(xj_tx *tx, int64_t id, const xj_verdict *verdicts, size_t n,
                                      xj_str actor_name);

/* Called inside the command that sends a return with rows of tasks from above; app/ sets it once at
 * the start. */
typedef xj_error *(*xj_above_sent_fn)(xj_tx *tx, int64_t obligation, xj_str on, xj_str actor_name);
void xj_above_on_sent(xj_above_sent_fn fn);

/* Called inside the command that moves DUTY, which came from above and is answered by moves: what
 * is told who gave it; app/ sets it once at the start. */
typedef xj_error *(*xj_above_moved_fn)(xj_tx *tx, int64_t link, int64_t duty, int64_t peer,
                                       const xj_step *step);
void xj_above_on_moved(xj_above_moved_fn fn);

/* Inside a command: the unit that answers for the jurisdiction, its office. */
XJ_MUST_USE xj_error *xj_above_office(int64_t *unit, xj_tx *tx);

/* ---- looking ---- */

typedef struct xj_above {
    int64_t duty, link, peer;
    xj_str from_name, title, text, document, doc_no, deadline_kind, due;
    xj_str dates; /* JSON */
    xj_str taken; /* open, as_is, adapted */
    int64_t days_before;
    xj_str taken_on, taken_name; /* data NULL: not yet */
    bool live;
    xj_str kept_on; /* the link ended while it was given, and it stayed; data NULL: not so */
    xj_str ended;   /* finished, suspended, taken_back; data NULL: it did not, or long ago */
    xj_str changed_on;
    /* as it is here */
    xj_str own_title, own_text, own_deadline_kind, own_due, state, owner_name;
    int64_t version, owner;
    xj_str kind;
} xj_above;

typedef struct xj_above_filter {
    int64_t duty; /* 0: any */
    int live;     /* 1, 0, or -1: any */
    xj_str taken; /* data NULL: any */
} xj_above_filter;

/* Behind duty task AFTER, what SCOPE and PERSON see of it (as xj_duty_list). */
XJ_MUST_USE xj_error *xj_above_list(xj_above **items, size_t *n, xj_db *db, const xj_scope *scope,
                                    int64_t person, const xj_above_filter *filter, int64_t after,
                                    int64_t limit, xj_pool *result);

/* ---- taking ---- */

typedef struct xj_above_take {
    bool adapted;         /* else as it is, and title to days_before are not looked at */
    xj_str title, text;   /* data NULL: as they are here */
    xj_str due;           /* data NULL: as above */
    int64_t days_before;  /* the return, before the day above */
    const int64_t *units; /* own units that have part */
    size_t nunits;
    bool set_units; /* false: as they are */
    xj_str actor_name;
} xj_above_take;

/* Command: duty task ID as it was at VERSION is taken so.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where it is not given any more; BAD_INPUT for a day behind
 * that above, too many days before, a text too long or empty. */
XJ_MUST_USE xj_error *xj_above_take_do(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                       const xj_above_take *take);
