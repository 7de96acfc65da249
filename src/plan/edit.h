/*
 * plan/edit.h -- correcting a draft: edits, steps, what is to be confirmed, what others changed.
 *
 * A command is one step of a version, whatever it changes: it is done whole or not at all, has the
 * number of the version of the plan that it led to, keeps what stood there before and after, and
 * can be returned to.  Layer: domain.  Read next: plan/README.md (Correcting), plan/memory.h.
 */
#pragma once

#include "plan/document.h"
#include "plan/memory.h"
#include "plan/task.h"

#define XJ_EDITS_MAX 100       /* of one step */
#define XJ_EDIT_TASKS_MAX 2000 /* that one edit names */
#define XJ_SPLIT_PARTS_MAX 50
#define XJ_WHY_MAX 500 /* characters */
#define XJ_CHECK_TASKS_MAX 10000
#define XJ_STEP_ROWS_MAX 2000 /* shown of a step */
#define XJ_CHANGES_MAX 200    /* steps that are told at once */
#define XJ_RESULT_TASKS_MAX 300

/* ---- edits ---- */

typedef enum xj_edit_op {
    XJ_EDIT_SET,
    XJ_EDIT_CONFIRM,
    XJ_EDIT_SPLIT,
    XJ_EDIT_JOIN,
    XJ_EDIT_MOVE,
    XJ_EDIT_ADD,
    XJ_EDIT_REMOVE,
    XJ_EDIT_SET_HEAD,
    XJ_EDIT_ADD_ACTION,
    XJ_EDIT_SET_ACTION,
    XJ_EDIT_REMOVE_ACTION,
    XJ_EDIT_ADD_OBLIGATION,
    XJ_EDIT_SET_OBLIGATION,
    XJ_EDIT_REMOVE_OBLIGATION,
    XJ_EDIT_ADD_TARGET,
    XJ_EDIT_SET_TARGET,
    XJ_EDIT_REMOVE_TARGET,
    XJ_EDIT_SET_WARNINGS,
    XJ_EDIT_OPS
} xj_edit_op;

const char *xj_edit_op_word(xj_edit_op op);

/* What a person may confirm of a task. */
enum { XJ_CONFIRM_LEAD, XJ_CONFIRM_OWNER, XJ_CONFIRM_DEADLINE, XJ_CONFIRM_CADENCE, XJ_CONFIRMS };
extern const char *const xj_confirm_words[XJ_CONFIRMS];

typedef struct xj_part_text {
    xj_str text, title; /* title: data NULL is the text's first sentence */
} xj_part_text;

typedef struct xj_head_change {
    xj_str title; /* data NULL: as it is */
    xj_maybe doc_no, issuer, issued_on, jurisdiction;
} xj_head_change;

typedef struct xj_names {
    bool has;
    const xj_str *items;
    size_t n;
} xj_names;

typedef struct xj_action_change {
    bool has_no;
    int64_t no;
    xj_str name; /* data NULL: as it is */
    xj_names lead_units, implementers;
} xj_action_change;

typedef struct xj_obligation_change {
    xj_str kind, what, frequency; /* data NULL: as it is */
    xj_names who, due;
    xj_maybe report_to;
} xj_obligation_change;

typedef struct xj_edit {
    xj_edit_op op;
    const int64_t *tasks;
    size_t ntasks;
    bool has_filter;
    xj_task_filter filter; /* of the version's tasks */
    xj_task_change change;
    bool fields[XJ_CONFIRMS];
    const int64_t *cuts; /* characters of the text, ascending */
    size_t ncuts;
    const xj_part_text *parts;
    size_t nparts;
    int64_t after, before; /* a task; 0: none */
    bool has_action_no;
    int64_t action_no;
    bool has_seq;
    int64_t seq;
    xj_head_change head;
    xj_action_change action;
    xj_obligation_change obligation;
    bool has_target;
    xj_target_change target;
    const int64_t *warnings; /* seq */
    size_t nwarnings;
    xj_str state, why;
} xj_edit;

typedef struct xj_moved {
    int64_t from, to;
} xj_moved;

typedef struct xj_edited {
    int64_t step; /* the version of the plan now; 0: nothing was to be done */
    int64_t version;
    int64_t *tasks; /* changed or made, in the order of the plan */
    size_t ntasks;
    int64_t *removed;
    size_t nremoved;
    xj_moved *moved;
    size_t nmoved;
    bool others[5]; /* by xj_other_words */
} xj_edited;

#define XJ_OTHERS 5
extern const char *const xj_other_words[XJ_OTHERS]; /* "head", "action", ... */

/* Whether EDIT makes sense by itself, before it goes to a lane.
 * Errors: BAD_INPUT with the member as field, below AT ("/edits/0"). */
XJ_MUST_USE xj_error *xj_edit_check(const xj_edit *edit, const char *at);

/* Inside a command: do EDITS to draft ID as one step.  SEEN is the version of the plan that the
 * caller saw.
 *
 * Errors: NOT_FOUND; CONFLICT where the version is no draft, or an edit does not fit what is there;
 * STALE where a step behind SEEN touched one of the rows; BAD_INPUT at the member of the edit;
 * TOO_LARGE where a filter finds more than XJ_EDIT_TASKS_MAX tasks, or the plan would have more
 * than XJ_CHECK_TASKS_MAX. */
XJ_MUST_USE xj_error *xj_version_edit(xj_edited *done, xj_tx *tx, int64_t id, int64_t seen,
                                      const xj_edit *edits, size_t n, xj_str why);
/* Inside a command: bring draft ID, at SEEN, back to what it was behind step TO (1: as imported).
 * Errors: NOT_FOUND; CONFLICT where it is no draft; STALE where it is not at SEEN; BAD_INPUT where
 * TO is not before SEEN. */
XJ_MUST_USE xj_error *xj_version_return(xj_edited *done, xj_tx *tx, int64_t id, int64_t seen,
                                        int64_t to, xj_str why);

/* ---- steps ---- */

typedef struct xj_step {
    int64_t no;
    xj_str ops; /* JSON array of words */
    xj_str by;
    int64_t at;
    xj_str why; /* data NULL: none */
    int64_t to; /* 0: it is no return */
    int64_t rows;
} xj_step;

typedef struct xj_step_row {
    xj_str kind;
    int64_t id;
    xj_str before, after; /* JSON objects; data NULL: it was not there */
} xj_step_row;

/* Newest first, behind step AFTER (0: from the newest), at most LIMIT.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_step_list(xj_step **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   int64_t id, int64_t after, int64_t limit, xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_step_get(xj_step *step, xj_step_row **rows, size_t *n, xj_db *db,
                                  const xj_scope *scope, int64_t id, int64_t no, xj_pool *result);

typedef struct xj_changes {
    int64_t version; /* of the plan now */
    xj_step *steps;  /* newest first */
    size_t nsteps;
    int64_t **step_tasks; /* of each step: the tasks that it changed */
    size_t *nstep_tasks;
    xj_task *tasks; /* as they are now */
    size_t ntasks;
    int64_t *removed;
    size_t nremoved;
    bool others[XJ_OTHERS];
    bool more; /* there is too much: look at the whole */
} xj_changes;

/* What steps behind SINCE changed.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_version_changes(xj_changes **changes, xj_db *db, const xj_scope *scope,
                                         int64_t id, int64_t since, xj_pool *result);

/* ---- the check page ---- */

typedef struct xj_check {
    xj_version_whole *version;
    xj_range head[5]; /* title, doc_no, issuer, issued_on, jurisdiction */
    xj_task *tasks;
    size_t ntasks;
    xj_task_target *targets; /* of whole actions */
    size_t ntargets;
    int64_t steps;
} xj_check;

/* Errors: NOT_FOUND; TOO_LARGE above XJ_CHECK_TASKS_MAX tasks. */
XJ_MUST_USE xj_error *xj_check_get(xj_check **check, xj_db *db, const xj_scope *scope, int64_t id,
                                   xj_pool *result);

/* Tasks IDS of version ID as they are now (those that are there). */
XJ_MUST_USE xj_error *xj_check_tasks(xj_task **tasks, size_t *n, xj_db *db, const xj_scope *scope,
                                     int64_t id, const int64_t *ids, size_t nids, xj_pool *result);

typedef struct xj_check_group {
    xj_str like;
    int64_t *tasks;
    size_t ntasks;
    const xj_task *first; /* one of them */
    xj_str phrase;        /* data NULL: none */
} xj_check_group;

typedef struct xj_check_list {
    xj_check_group *items;
    size_t n;
} xj_check_list;

typedef struct xj_check_alias {
    xj_str alias, unit;
    int64_t alias_id, unit_id;
    int score;
} xj_check_alias;

typedef struct xj_check_phrase {
    int64_t id;
    xj_str name;
    int64_t tasks;
    xj_str *members;
    size_t nmembers;
} xj_check_phrase;

typedef struct xj_check_tables {
    xj_check_list lists[XJ_CONFIRMS];
    xj_check_alias *aliases;
    size_t naliases;
    xj_check_phrase *groups;
    size_t ngroups;
} xj_check_tables;

/* What is still to be confirmed.  Errors: as xj_check_get's. */
XJ_MUST_USE xj_error *xj_check_tables_get(xj_check_tables **tables, xj_db *db,
                                          const xj_scope *scope, int64_t id, xj_pool *result);
