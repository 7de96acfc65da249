/*
 * plan/edit_priv.h -- a step in work: what it has touched of a draft, as it was and as it will be.
 *
 * Everything of a draft that a person may change is an item: a row of cells.  A step loads the
 * items that it touches, changes their cells in memory, and at the end stores what differs, with
 * both sides, so that any step can be taken back by putting the cells of before in again (undo.c).
 */
#pragma once

#include "plan/edit.h"
#include "plan/plan_priv.h"

#include "base/map.h"

typedef enum xj_item_kind {
    XJ_ITEM_TASK,
    XJ_ITEM_HEAD,
    XJ_ITEM_ACTION,
    XJ_ITEM_OBLIGATION,
    XJ_ITEM_TARGET, /* of a whole action */
    XJ_ITEM_WARNING,
    XJ_ITEM_KINDS
} xj_item_kind;

typedef enum xj_cell_type { XJ_CELL_INT, XJ_CELL_TEXT, XJ_CELL_JSON } xj_cell_type;

/* Cells of a task. */
enum {
    T_ACTION_NO,
    T_ACTION,
    T_NO,
    T_TITLE,
    T_TEXT,
    T_SPECIFIC_TASK,
    T_MEASURE,
    T_WORK_PLAN,
    T_UNITS,
    T_OPEN_ENDED,
    T_LEAD_EXPLICIT,
    T_LEAD_PROPOSED,
    T_DEADLINE_KIND,
    T_DUE,
    T_DEADLINE_DATES,
    T_DEADLINE_RAW,
    T_DEADLINE_INFERRED,
    T_DEADLINE_FROM,
    T_DEADLINE_TO,
    T_STRENGTH,
    T_CADENCE,
    T_RETURNS_DUE,
    T_DELIVERABLES,
    T_SOURCE_FROM,
    T_SOURCE_TO,
    T_TARGETS,
    T_MARKS,
    T_CELLS
};
enum { H_TITLE, H_DOC_NO, H_ISSUER, H_ISSUED_ON, H_JURISDICTION, H_CELLS };
enum { A_NO, A_NAME, A_LEAD_UNITS, A_IMPLEMENTERS, A_FROM, A_TO, A_CELLS };
enum { O_KIND, O_WHO, O_WHAT, O_FREQUENCY, O_DUE, O_REPORT_TO, O_RAW, O_FROM, O_TO, O_CELLS };
enum { G_ACTION_NO, G_TARGET, G_CELLS };
enum { W_TASK, W_STATE, W_WHY, W_PERSON, W_BY, W_AT, W_CELLS };

#define XJ_CELLS_MAX T_CELLS

typedef struct xj_cell {
    int64_t n;
    xj_str s; /* text: data NULL is null; JSON: its text */
} xj_cell;

typedef struct xj_item {
    xj_item_kind kind;
    int64_t id;   /* of a task; else the seq in its version; 0 of the head */
    bool was, is; /* before the step, after it */
    xj_cell old[XJ_CELLS_MAX], now[XJ_CELLS_MAX];
    int64_t version, warnings; /* of a task: its row's, before the step */
    bool live;
    xj_str units;       /* of a task: what its row holds of its units */
    int64_t from;       /* the id that the task had before; 0: this one */
    bool moved;         /* it has another id now */
    xj_str code, words; /* of a warning */
} xj_item;

typedef struct xj_place {
    int64_t id, action_no;
} xj_place;

typedef struct xj_step_work {
    xj_tx *tx;
    xj_version version; /* as the step found it */
    int64_t seen;       /* the version of the plan that the caller saw; 0: that of the task alone */
    int64_t no;         /* of the step: the version of the plan behind it */
    xj_str why;
    int64_t to; /* of a return; else 0 */
    XJ_VEC(xj_item *) items;
    xj_map by_key;
    bool loaded[XJ_ITEM_KINDS]; /* all of the kind */
    XJ_VEC(xj_str) ops;
    XJ_VEC(xj_place) places; /* of all tasks, in order, once asked for */
    bool has_places;
    int64_t last_target; /* seq; -2: not asked for */
    xj_map units;        /* the directory's id of each name asked for */
    XJ_VEC(xj_lesson) lessons;
    xj_map changed; /* keys of items that steps behind SEEN touched, once asked for */
    bool has_changed;
} xj_step_work;

/* ---- cells (cells.c) ---- */

const char *xj_item_kind_word(xj_item_kind kind);
/* -1 where WORD is none. */
int xj_item_kind_find(xj_str word);
bool xj_item_differs(const xj_item *item);
bool xj_cell_differs(const xj_item *item, size_t cell);
/* The cells of one side as an object: those that differ where the item has both sides, else all;
 * data NULL where it has not this side. */
xj_str xj_item_json(const xj_item *item, bool before, xj_pool *result);
/* Put the members of JSON into what ITEM is now.  Errors: CORRUPT. */
XJ_MUST_USE xj_error *xj_item_take(xj_item *item, xj_str json, xj_pool *result);
void xj_item_of_task(xj_item *item, const xj_task *task, xj_pool *result);
/* The list of a JSON cell, parsed. */
XJ_MUST_USE xj_error *xj_cell_list(const xj_jval **list, const xj_cell *cell, xj_pool *result);

/* VALUE as our writer had written it. */
void xj_json_value(xj_json *w, const xj_jval *value);

/* The typed form of T_UNITS. */
XJ_MUST_USE xj_error *xj_cell_units(xj_task_unit_row **units, size_t *n, const xj_cell *cell,
                                    size_t room, xj_pool *result);
xj_cell xj_cell_of_units(const xj_task_unit_row *units, size_t n, xj_pool *result);
/* The typed form of T_TARGETS and G_TARGET (of one). */
XJ_MUST_USE xj_error *xj_cell_targets(xj_task_target **targets, size_t *n, const xj_cell *cell,
                                      size_t room, xj_pool *result);
xj_cell xj_cell_of_targets(const xj_task_target *targets, size_t n, xj_pool *result);
/* That of T_MARKS. */
XJ_MUST_USE xj_error *xj_cell_marks(xj_task_mark **marks, size_t *n, const xj_cell *cell,
                                    size_t room, xj_pool *result);
xj_cell xj_cell_of_marks(const xj_task_mark *marks, size_t n, xj_pool *result);

/* ---- a step (step.c) ---- */

/* Begin a step on draft ID.  Errors: NOT_FOUND; CONFLICT where it is none. */
XJ_MUST_USE xj_error *xj_step_begin(xj_step_work **step, xj_tx *tx, int64_t id, int64_t seen,
                                    xj_str why);
/* The item, where it has been loaded; else NULL. */
xj_item *xj_step_find(const xj_step_work *step, xj_item_kind kind, int64_t id);
/* A new one that is not there yet (is = false). */
xj_item *xj_step_add(xj_step_work *step, xj_item_kind kind, int64_t id);
/* Load tasks IDS of the version.  Errors: NOT_FOUND for one that is not of it, STALE where somebody
 * removed it since SEEN. */
XJ_MUST_USE xj_error *xj_step_tasks(xj_step_work *step, const int64_t *ids, size_t n);
XJ_MUST_USE xj_error *xj_step_task(xj_item **item, xj_step_work *step, int64_t id);
/* The same of those that are there. */
XJ_MUST_USE xj_error *xj_step_tasks_there(xj_step_work *step, const int64_t *ids, size_t n);
/* Load all items of another kind. */
XJ_MUST_USE xj_error *xj_step_load(xj_step_work *step, xj_item_kind kind);
/* The one with SEQ.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_step_part(xj_item **item, xj_step_work *step, xj_item_kind kind,
                                   int64_t seq);
void xj_step_op(xj_step_work *step, const char *word);
/* The first free seq of a target. */
XJ_MUST_USE xj_error *xj_step_target_seq(int64_t *seq, xj_step_work *step);
/* Say that the person of the step confirmed FIELD of a task. */
XJ_MUST_USE xj_error *xj_step_mark(xj_step_work *step, xj_item *task, const char *field);
XJ_MUST_USE xj_error *xj_step_unmark(xj_step_work *step, xj_item *task, const char *field);
bool xj_item_marked(const xj_item *task, const char *field, xj_pool *scratch);
/* Store all that differs as one step.  *DONE says what was done; its task lists are of ids.
 * Errors: STALE where a step behind SEEN touched one of the items. */
XJ_MUST_USE xj_error *xj_step_end(xj_edited *done, xj_step_work *step);

/* Whether another document has the number or title of HEAD (store.c).  Errors: CONFLICT. */
XJ_MUST_USE xj_error *xj_head_check(xj_step_work *step, const xj_item *head);
/* Take away what must be gone before any item is stored; store one. */
XJ_MUST_USE xj_error *xj_item_clear(xj_step_work *step, const xj_item *item);
XJ_MUST_USE xj_error *xj_item_store(xj_step_work *step, const xj_item *item);

/* ---- places (place.c) ---- */

/* All tasks' places.  It is kept true by what is added and removed with the two below. */
XJ_MUST_USE xj_error *xj_step_places(xj_step_work *step);
/* N ids behind the task AFTER (0: before the first) in IDS; tasks behind it may get new ids. */
XJ_MUST_USE xj_error *xj_step_room(int64_t *ids, xj_step_work *step, int64_t after, size_t n);
/* The index of a task among the places, XJ_NPOS where it is none. */
size_t xj_step_place(const xj_step_work *step, int64_t id);
void xj_step_place_add(xj_step_work *step, int64_t id, int64_t action_no);
void xj_step_place_remove(xj_step_work *step, int64_t id);

/* ---- the edits ---- */

/* change.c */
XJ_MUST_USE xj_error *xj_item_change(xj_step_work *step, xj_item *task,
                                     const xj_task_change *change);
XJ_MUST_USE xj_error *xj_item_confirm(xj_step_work *step, xj_item *task, const bool *fields);
void xj_target_put(xj_task_target *target, const xj_target_change *change);
/* The name of action NO of the version.  Errors: BAD_INPUT at "/action_no" where it has none. */
XJ_MUST_USE xj_error *xj_step_action(xj_str *name, xj_step_work *step, int64_t no);
/* rows.c */
XJ_MUST_USE xj_error *xj_step_split(xj_step_work *step, const xj_edit *edit);
XJ_MUST_USE xj_error *xj_step_join(xj_step_work *step, const xj_edit *edit);
XJ_MUST_USE xj_error *xj_step_move(xj_step_work *step, const xj_edit *edit);
XJ_MUST_USE xj_error *xj_step_add_row(xj_step_work *step, const xj_edit *edit);
XJ_MUST_USE xj_error *xj_step_remove_row(xj_step_work *step, xj_item *task);
/* Tell a task's items apart where it gets another id: TO takes all of FROM. */
XJ_MUST_USE xj_error *xj_step_rename(xj_item **to, xj_step_work *step, xj_item *from, int64_t id);
/* parts.c */
XJ_MUST_USE xj_error *xj_step_edit_part(xj_step_work *step, const xj_edit *edit);
/* warn.c: warnings whose cause the step removed end. */
XJ_MUST_USE xj_error *xj_step_settle(xj_step_work *step);
void xj_step_end_warning(xj_step_work *step, xj_item *warning, const char *state, xj_str why);
/* Whether a warning of CODE has no cause any more at TASK, of which the compiler's words were
 * WORDS.
 */
bool xj_item_settles(const xj_item *task, xj_str code, xj_str words, xj_pool *scratch);

/* ---- memory (learn.c) ---- */

/* What the change of a task teaches. */
XJ_MUST_USE xj_error *xj_step_learn(xj_step_work *step, const xj_item *task);
/* What a dismissed warning teaches. */
XJ_MUST_USE xj_error *xj_step_learn_dismissal(xj_step_work *step, const xj_item *warning);
XJ_MUST_USE xj_error *xj_step_keep_lessons(xj_step_work *step);
