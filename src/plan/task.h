/*
 * plan/task.h -- the tasks of plans: lists under filters, one whole, totals, a change.
 *
 * Lists are seen through a scope, page by key and never count.  Layer: domain.  Read next:
 * plan/README.md (which index leads), plan/list.c.
 */
#pragma once

#include "org/org.h"
#include "plan/register.h"
#include "store/store.h"

typedef enum xj_task_order {
    XJ_TASKS_BY_PLAN,
    XJ_TASKS_BY_DUE,
    XJ_TASKS_BY_DUE_DOWN,
    XJ_TASKS_BY_CHANGE,
    XJ_TASKS_BY_CHANGE_DOWN
} xj_task_order;

typedef struct xj_task_filter {
    int64_t programme; /* 0: any, as everywhere here */
    int64_t version;   /* of this version alone, whatever its state */
    xj_str state;      /* "draft", ...; empty: published, or any where VERSION is set */
    xj_str action;     /* its name */
    int64_t unit;
    xj_str role; /* of UNIT */
    xj_str kind;
    xj_str due_from, due_to; /* 2020-12-31; a task without a date is in no range */
    xj_str strength;
    xj_str tag;  /* of the line of work (plan/tag.h) */
    xj_str text; /* in title or text, ASCII letters in any case */
} xj_task_filter;

#define XJ_TASK_TEXT_QUERY_MAX 100 /* characters */
#define XJ_NO_DUE "9999-12-31"     /* in `due`: the deadline has no date */

/* A row of a list. */
typedef struct xj_task_row {
    int64_t id, document, plan; /* plan: the version it stands in */
    xj_str state;
    int64_t action_no;
    xj_str action, no, title;
    xj_str units; /* JSON: [{"id","name","role","inherited"}] */
    bool open_ended;
    xj_str deadline_kind, due, deadline_dates /* JSON */, deadline_raw;
    bool deadline_inferred;
    xj_str strength;
    int64_t warnings, version, changed_at;
    int64_t line;       /* of work */
    const xj_str *tags; /* of the line, in their order */
    size_t ntags;
} xj_task_row;

/* What a page begins behind: the last row seen. */
typedef struct xj_task_key {
    bool set;
    xj_str due;
    int64_t changed_at, id;
} xj_task_key;

/* At most LIMIT rows that FILTER lets through, behind AFTER. */
XJ_MUST_USE xj_error *xj_task_list(xj_task_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   const xj_task_filter *filter, xj_task_order order,
                                   const xj_task_key *after, int64_t limit, xj_pool *result);

/* TEXTS[i] is the whole text of ROWS[i], which a list has shown. */
XJ_MUST_USE xj_error *xj_task_texts(xj_str **texts, xj_db *db, const xj_scope *scope,
                                    const xj_task_row *rows, size_t n, xj_pool *result);

typedef struct xj_task_unit_row {
    int64_t id;
    xj_str name, role;
    bool inherited;
    xj_range source;
} xj_task_unit_row;

typedef struct xj_task_target {
    int64_t task; /* 0: of the action */
    int64_t seq;  /* in the version */
    int64_t action_no;
    xj_str indicator, op;
    bool has_value, has_max;
    double value, max;
    xj_str unit;
    int64_t year; /* 0: none */
    bool year_inferred, advisory;
    xj_str strength, raw;
    xj_range source;
} xj_task_target;

/* The targets of one task. */
typedef struct xj_task_targets {
    xj_task_target *items;
    size_t n;
} xj_task_targets;

/* TARGETS[i] are those of ROWS[i], which a list has shown. */
XJ_MUST_USE xj_error *xj_task_targets_of(xj_task_targets **targets, xj_db *db,
                                         const xj_scope *scope, const xj_task_row *rows, size_t n,
                                         xj_pool *result);

typedef struct xj_task_warning {
    xj_str code, message, words;
    int64_t line;
    int64_t seq;  /* in the version */
    int64_t task; /* 0: it is about none */
    xj_str state; /* "open", "resolved", "dismissed" */
    xj_str why;   /* data NULL: nothing was said */
    xj_str ended_by;
    int64_t ended_at;
    xj_range source;
} xj_task_warning;

/* A field that a person confirmed or a memory filled (plan/edit.h). */
typedef struct xj_task_mark {
    xj_str field, kind;
    int64_t person;
    xj_str by; /* data NULL: a memory */
    int64_t at;
    int64_t memory; /* 0: none */
    xj_str phrase;
} xj_task_mark;

typedef struct xj_task {
    xj_task_row row;
    xj_str text, specific_task, measure, work_plan;
    bool lead_explicit;
    xj_str lead_proposed, cadence, returns_due /* JSON */, deliverables /* JSON */;
    xj_range source, deadline_source;
    bool live;
    xj_task_unit_row *units;
    size_t nunits;
    xj_task_target *targets;
    size_t ntargets;
    xj_task_warning *warnings; /* ended ones too */
    size_t nwarnings;
    xj_task_mark *marks;
    size_t nmarks;
} xj_task;

/* Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_task_get(xj_task **task, xj_db *db, const xj_scope *scope, int64_t id,
                                  xj_pool *result);

/* *TASKS are ROWS whole, in their order, which a list has shown; *N is fewer where some are gone
 * meanwhile. */
XJ_MUST_USE xj_error *xj_task_whole(xj_task **tasks, size_t *n, xj_db *db, const xj_scope *scope,
                                    const xj_task_row *rows, size_t nrows, xj_pool *result);

/* ---- totals ---- */

typedef struct xj_total_action {
    int64_t no;
    xj_str name;
    int64_t tasks;
} xj_total_action;

typedef struct xj_total_unit {
    int64_t id;
    xj_str name;
    int64_t lead, responsible, cooperate;
} xj_total_unit;

typedef struct xj_total_word {
    xj_str word;
    int64_t tasks;
} xj_total_word;

typedef struct xj_task_totals {
    int64_t tasks;
    xj_total_action *actions; /* by number, then name */
    size_t nactions;
    xj_total_unit *units; /* most tasks first */
    size_t nunits;
    xj_total_word *kinds, *strengths;
    size_t nkinds, nstrengths;
} xj_task_totals;

/* Numbers of the tasks that FILTER lets through. */
XJ_MUST_USE xj_error *xj_task_totals_of(xj_task_totals **totals, xj_db *db, const xj_scope *scope,
                                        const xj_task_filter *filter, xj_pool *result,
                                        xj_pool *scratch);
/* The published tasks of SCOPE that name a unit, by its role. */
typedef struct xj_unit_tasks {
    int64_t lead, responsible, cooperate;
} xj_unit_tasks;
/* COUNTS[i] is those of unit IDS[i]. */
XJ_MUST_USE xj_error *xj_task_count_units(xj_unit_tasks *counts, xj_db *db, const xj_scope *scope,
                                          const int64_t *ids, size_t n, xj_pool *scratch);

/* ---- change ---- */

#define XJ_TASK_TITLE_MAX 500
#define XJ_TASK_TEXT_MAX 60000
#define XJ_TASK_NO_MAX 50
#define XJ_TASK_UNITS_MAX 200
#define XJ_TASK_UNIT_CHANGES_MAX 20
#define XJ_TASK_DATES_MAX 24
#define XJ_TASK_TARGETS_MAX 100
#define XJ_TASK_DELIVERABLES_MAX 50

/* A text that may become none. */
typedef struct xj_maybe {
    bool has; /* it is changed */
    xj_str s; /* data NULL: to none */
} xj_maybe;

typedef struct xj_task_unit_change {
    xj_str name, role;
    int64_t id; /* where NAME is empty: of the directory */
    bool inherited;
} xj_task_unit_change;

typedef struct xj_target_change {
    bool has_seq; /* of one that is there: its place and words stay */
    int64_t seq;
    xj_str indicator, op;
    bool has_value, has_max;
    double value, max;
    xj_str unit;  /* data NULL: none */
    int64_t year; /* 0: none */
    bool advisory;
    xj_str strength; /* data NULL: must */
} xj_target_change;

typedef struct xj_deliverable_change {
    xj_str kind, name;
} xj_deliverable_change;

typedef struct xj_task_change {
    xj_str title, text; /* data NULL: as it is */
    bool has_units;
    const xj_task_unit_change *units;
    size_t nunits;
    bool has_open_ended, open_ended;
    xj_str deadline_kind; /* data NULL: the deadline as it is */
    xj_str due;           /* data NULL: none */
    const xj_str *dates;  /* "06-15" */
    size_t ndates;
    xj_str strength; /* data NULL: as it is */
    bool has_cadence;
    xj_str cadence; /* data NULL: none */
    xj_str no;      /* data NULL: as it is */
    bool has_action_no;
    int64_t action_no;
    xj_maybe specific_task, measure, work_plan, lead_proposed;
    const xj_task_unit_change *unit_roles; /* of those it names; role "none" takes one out */
    size_t nunit_roles;
    const xj_task_unit_change *add_units; /* behind those it names */
    size_t nadd_units;
    bool has_lead_explicit, lead_explicit;
    bool has_returns_due;
    const xj_str *returns_due;
    size_t nreturns_due;
    bool has_deliverables;
    const xj_deliverable_change *deliverables;
    size_t ndeliverables;
    bool has_targets;
    const xj_target_change *targets;
    size_t ntargets;
} xj_task_change;

/* Whether CHANGE makes sense by itself, before it goes to a lane.
 *
 * Errors: BAD_INPUT with the member as field: nothing to change, an empty or too long text, a
 * control character, a unit named twice, a deadline whose date does not fit its kind. */
XJ_MUST_USE xj_error *xj_task_change_check(const xj_task_change *change);
/* The same, of a change that stands below AT. */
XJ_MUST_USE xj_error *xj_task_change_check_at(const xj_task_change *change, const char *at);
XJ_MUST_USE xj_error *xj_target_change_check(const xj_target_change *target, const char *at,
                                             const char *member);
/* Days of the year, each "06-15". */
XJ_MUST_USE xj_error *xj_task_dates_check(const xj_str *dates, size_t n, const char *at,
                                          const char *member);
bool xj_task_strength_valid(xj_str word);
bool xj_task_cadence_valid(xj_str word);

/* Inside a command: change task ID of a draft as it was at VERSION, as one step of its version.
 * *TASK is what it is now (also with STALE and CONFLICT), *BEFORE what it was; both live in TX's
 * pool.
 *
 * Errors: NOT_FOUND; CONFLICT where the version is no draft; STALE where the task was changed since
 * VERSION. */
XJ_MUST_USE xj_error *xj_task_set(xj_task **task, xj_task **before, xj_tx *tx, int64_t id,
                                  int64_t version, const xj_task_change *change, xj_str why);
