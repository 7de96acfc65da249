/*
 * duty/duty.h -- duty tasks: what somebody must do, whoever ordered it, and its way to the end.
 *
 * A published plan makes one of each of its tasks (duty/settle.h); an instruction, minutes, an
 * assignment, a proposal or a person make others.  Each has an owner on every day.  What is due of
 * it are obligations (duty/obligation.h).  Layer: domain (may use org/, plan/, store/; must not
 * know HTTP).  Read next: duty/README.md, duty/states.h.
 */
#pragma once

#include "base/cal.h"
#include "org/org.h"
#include "store/store.h"

#define XJ_DUTY_TITLE_MAX 500
#define XJ_DUTY_TEXT_MAX 60000
#define XJ_DUTY_WHY_MAX 2000
#define XJ_DUTY_UNITS_MAX 2000
#define XJ_DUTY_VIEWERS_MAX 50

/* ---- looking ---- */

typedef struct xj_duty_row {
    int64_t id, programme, notice;
    int64_t document, plan_task; /* 0: of no plan */
    xj_str kind, origin;
    int64_t action_no;
    xj_str action, no, title;
    xj_str state, state_on;
    xj_str deadline_kind, due; /* due: 9999-12-31 where there is no date */
    xj_str strength, cadence, way;
    int64_t owner;
    xj_str owner_name;
    xj_str unsettled;           /* "lead cadence way counties": what nobody settled */
    xj_str deliverable;         /* "document", data NULL: none */
    int64_t progress;           /* percent: 100 of what is done, else what the lead's newest
                                 * accepted return says; -1: nothing was said */
    xj_str light, light_reason; /* of the owner's part, today */
    int64_t version, changed_at;
    int64_t state_rank, light_rank; /* where they stand in a list by state, by light */
} xj_duty_row;

/* NO is as they came: a plan's in the plan's order; OWNER as units were entered. */
typedef enum xj_duty_order {
    XJ_DUTIES_BY_NO,
    XJ_DUTIES_BY_DUE,
    XJ_DUTIES_BY_ACTION,
    XJ_DUTIES_BY_OWNER,
    XJ_DUTIES_BY_STATE,
    XJ_DUTIES_BY_LIGHT
} xj_duty_order;

/* A row's place in a list: what it is ordered by, and its id. */
typedef struct xj_duty_key {
    xj_str text;
    int64_t number, id;
} xj_duty_key;

typedef struct xj_duty_filter {
    int64_t programme, document, unit, owner, notice; /* 0: any */
    int64_t action_no;                                /* -1: any */
    xj_str kind, origin, state, tag, light;           /* data NULL: any */
    bool unsettled;                                   /* only what is not settled */
    xj_duty_order order;
    bool descending;
} xj_duty_filter;

/* At most LIMIT that FILTER lets through, in its order, behind AFTER (NULL: from the start).  A
 * restricted one is shown where SCOPE is the office's (restricted) or PERSON is named, by
 * themselves, by their unit or as the leader who gave it, whoever has part in it. */
XJ_MUST_USE xj_error *xj_duty_list(xj_duty_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   int64_t person, const xj_duty_filter *filter,
                                   const xj_duty_key *after, int64_t limit, xj_pool *result);
/* The place of ROW in a list by ORDER; a view. */
xj_duty_key xj_duty_key_of(const xj_duty_row *row, xj_duty_order order);

typedef struct xj_duty_part {
    int64_t unit;
    xj_str name, role, side, from_on, to_on;
    xj_str light; /* today's; data NULL where it has no part today */
} xj_duty_part;

typedef struct xj_duty_handler {
    int64_t id, unit, section, person; /* section, person: 0 where none */
    xj_str section_name, person_name, from_on, to_on;
} xj_duty_handler;

typedef struct xj_duty_move {
    int64_t id;
    xj_str move, from_state, to_state;
    xj_str happened_on;
    int64_t recorded_at, person;
    xj_str person_name, why, before; /* why: data NULL: none; before: JSON or data NULL */
} xj_duty_move;

/* How a duty task that another jurisdiction gave stands there (duty/above.h). */
typedef struct xj_duty_above {
    xj_str from_name;                  /* data NULL: nobody above gave it */
    bool live;                         /* it is given still */
    xj_str kept_on, ended, changed_on; /* of xj_above */
    const char *theirs[32];            /* moves from where it stands that its giver alone makes */
    size_t ntheirs;
} xj_duty_above;

typedef struct xj_duty {
    xj_duty_row row;
    xj_str text;
    xj_str doc_no, doc_on;          /* data NULL: not yet */
    xj_str leader, given_on, words; /* data NULL: none */
    bool restricted;
    int64_t leader_id; /* of an instruction: the leader's account; 0: none */
    xj_str result, laid_on, read_on, read_name; /* of an instruction; data NULL: not yet */
    struct xj_viewer *viewers;                  /* duty/instruction.h */
    size_t nviewers;
    struct xj_scan *scans;
    size_t nscans;
    xj_duty_part *parts;
    size_t nparts;
    xj_duty_handler *handlers;
    size_t nhandlers;
    xj_str *tags;
    size_t ntags;
    xj_str *dates; /* "06-15" of the lead's returns */
    size_t ndates;
    const char *moves[32]; /* that are possible now */
    size_t nmoves;
    xj_duty_above above;
} xj_duty;

/* Errors: NOT_FOUND, also where SCOPE or PERSON may not see it. */
XJ_MUST_USE xj_error *xj_duty_get(xj_duty **duty, xj_db *db, const xj_scope *scope, int64_t person,
                                  int64_t id, xj_pool *result);
/* What happened to it, in the order it was recorded. */
XJ_MUST_USE xj_error *xj_duty_history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant,
                                      int64_t id, xj_pool *result);

/* ---- adding by hand ---- */

typedef struct xj_duty_new {
    int64_t programme;
    xj_str kind;   /* task; data NULL: task */
    xj_str origin; /* instruction, minutes, assignment, proposal, hand */
    xj_str title, text;
    int64_t action_no;
    xj_str action;
    int64_t lead;         /* a unit */
    const int64_t *units; /* the others */
    size_t nunits;
    xj_str deadline_kind, due;      /* due: data NULL: none */
    xj_str strength;                /* data NULL: must */
    xj_str cadence;                 /* data NULL: the default; empty: no returns */
    xj_str deliverable;             /* "document", data NULL: none */
    xj_str leader, given_on, words; /* of an instruction: leader and day are asked for */
    int64_t leader_id;              /* of an instruction: the leader's account; 0: none */
    bool restricted;                /* always so of an instruction */
    const int64_t *viewers;         /* persons */
    size_t nviewers;
    const int64_t *viewer_units; /* whose own people see it */
    size_t nviewer_units;
    const xj_str *tags;
    size_t ntags;
    xj_str starts_on; /* data NULL: the day of the command */
} xj_duty_new;

/* Command: a duty task by hand; it is assigned at once, and its units get a notice to acknowledge.
 *
 * Errors: BAD_INPUT with the member; NOT_FOUND for the programme or a unit. */
XJ_MUST_USE xj_error *xj_duty_add(int64_t *id, xj_tx *tx, const xj_duty_new *duty);

/* ---- moves ---- */

typedef struct xj_step {
    xj_str move;        /* a word of states.tsv */
    xj_str happened_on; /* data NULL: the day of the command */
    xj_str why;
    xj_str actor_name;
    xj_str doc_no, doc_on; /* of a document: data NULL: as it is */
    xj_str result;         /* of an instruction: what came of it; data NULL: as it is */
    xj_str due;      /* of extend: the new day; of amend and carry_over: data NULL: as it is */
    bool rows_apart; /* of a return: its rows were judged one by one, and stay as they are */
    bool above;      /* it is who gave it, or whom it was given to, that says it */
} xj_step;

/* Command: move duty task ID as it was at VERSION.  What is open of it follows: an extension moves
 * it, a suspension and an end withdraw it, with the reason.  *NOW is its version now.
 *
 * Errors: NOT_FOUND; STALE; those of xj_state_move; BAD_INPUT for a day that is none, lies in the
 * future, or (of an extension) is not behind the deadline. */
XJ_MUST_USE xj_error *xj_duty_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                   const xj_step *step);

typedef struct xj_correction {
    xj_str title, text, strength, cadence; /* data NULL: as it is */
    xj_str deadline_kind, due;             /* with deadline_kind: data NULL: none */
    xj_str why;                            /* asked for */
    xj_str actor_name;
} xj_correction;

/* Command: correct a duty task without a new document.
 * Errors: NOT_FOUND; STALE; BAD_INPUT without a reason or for a value. */
XJ_MUST_USE xj_error *xj_duty_correct(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                      const xj_correction *correction);
/* Command: the tags are these; where a plan ordered it they are its line's (plan/tag.h).  Errors:
 * NOT_FOUND; BAD_INPUT. */
XJ_MUST_USE xj_error *xj_duty_set_tags(xj_tx *tx, int64_t id, const xj_str *tags, size_t n);

/* ---- notices, dispatch ---- */

typedef struct xj_duty_receipt {
    int64_t notice, unit;
    xj_str origin, title, issued_on, unit_name;
    xj_str acknowledged_on, person_name; /* data NULL: not yet */
    int64_t duties;                      /* that the notice tells the unit of */
} xj_duty_receipt;

/* Receipts of NOTICE (0: all) and UNIT (0: all) that SCOPE sees, only those that wait where OPEN;
 * behind notice AFTER_NOTICE and its unit AFTER_UNIT. */
XJ_MUST_USE xj_error *xj_receipt_list(xj_duty_receipt **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, int64_t notice, int64_t unit,
                                      bool open, int64_t after_notice, int64_t after_unit,
                                      int64_t limit, xj_pool *result);
/* Command: UNIT acknowledges NOTICE, once: its duty tasks that UNIT owns and that wait for it move
 * to acknowledged.  A second time changes nothing.
 * Errors: NOT_FOUND; BAD_INPUT for the day. */
XJ_MUST_USE xj_error *xj_receipt_acknowledge(xj_tx *tx, int64_t notice, int64_t unit,
                                             xj_str happened_on, xj_str actor_name);

/* Command: inside UNIT, duty tasks DUTIES are handled by SECTION (a unit) and PERSON (0: none) from
 * the command's day on; those before them end.  Both 0 takes it back.
 * Errors: NOT_FOUND for any; BAD_INPUT where UNIT has no part in one. */
XJ_MUST_USE xj_error *xj_duty_dispatch(xj_tx *tx, int64_t unit, const int64_t *duties, size_t n,
                                       int64_t section, int64_t person, xj_str actor_name);
/* Inside a command: what FROM handles in UNIT (0: anywhere) from now on is TO's (0: nobody's); for
 * a hook of org/, when a post changes. */
XJ_MUST_USE xj_error *xj_duty_hand_over(xj_tx *tx, int64_t unit, int64_t from, int64_t to);

/* For xj_unit_on_standing: the lights of UNIT's parts follow from day FROM on. */
XJ_MUST_USE xj_error *xj_duty_unit_standing(xj_tx *tx, int64_t unit, xj_date from);
/* For xj_unit_on_moved, behind xj_plan_unit_moved: where unit FROM is called NAME and stands for TO
 * now, what FROM had part in is TO's from today on. */
XJ_MUST_USE xj_error *xj_duty_unit_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to);
