/*
 * ledger/ledger.h -- how the register is laid out: columns, saved views, desks, heads.
 *
 * Layer: domain, above org/ and the store; knows no task.  Read next: ledger/README.md.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

/* ---- columns (column.c) ---- */

typedef enum xj_column {
    XJ_COL_NUMBER,
    XJ_COL_DOCUMENT,
    XJ_COL_ACTION,
    XJ_COL_NO,
    XJ_COL_TITLE,
    XJ_COL_TEXT,
    XJ_COL_LEAD,
    XJ_COL_RESPONSIBLE,
    XJ_COL_COOPERATE,
    XJ_COL_UNITS,
    XJ_COL_KIND,
    XJ_COL_DUE,
    XJ_COL_DATES,
    XJ_COL_DEADLINE,
    XJ_COL_RAW,
    XJ_COL_STRENGTH,
    XJ_COL_TAGS,
    XJ_COL_TARGETS,
    XJ_COL_WARNINGS,
    XJ_COL_INDICATOR,
    XJ_COL_TARGET,
    XJ_COL_UNIT,
    XJ_COL_ROLE,
    XJ_COL_BLANK,
    XJ_COL_COUNT
} xj_column;

/* What a 任务分解表 merges a column's cell over. */
typedef enum xj_column_level {
    XJ_LEVEL_ACTION,
    XJ_LEVEL_TASK,
    XJ_LEVEL_TARGET, /* a row each */
    XJ_LEVEL_UNIT    /* a row each */
} xj_column_level;

typedef struct xj_column_kind {
    const char *key, *zh, *en;
    double width; /* characters */
    xj_column_level level;
} xj_column_kind;

extern const xj_column_kind xj_columns[XJ_COL_COUNT];

bool xj_column_parse(xj_column *column, xj_str key);

#define XJ_COLUMNS_MAX 30
/* ["title", ...], checked.  Errors: BAD_INPUT at "/columns" for an unknown column, one that stands
 * twice (a blank one may), too many. */
XJ_MUST_USE xj_error *xj_columns_json(xj_str *json, const xj_str *keys, size_t n, xj_pool *result);

/* ---- views and desks (view.c) ---- */

#define XJ_VIEWS_MAX 100 /* of a person; shared ones of a jurisdiction */
#define XJ_LEDGER_NAME_MAX 60

typedef struct xj_view {
    int64_t id;
    bool shared;
    xj_str name, filter, columns; /* JSON: an object, a list of keys */
    int64_t version;
} xj_view;

/* PERSON's own and the shared ones, by name. */
XJ_MUST_USE xj_error *xj_view_list(xj_view **views, size_t *n, xj_db *db, int64_t tenant,
                                   int64_t person, xj_pool *result);

/* Inside a command: keep VIEW (its id and version are set) for the actor or, shared, for all.
 * Errors: BAD_INPUT for a name; CONFLICT where it is taken; TOO_LARGE past XJ_VIEWS_MAX. */
XJ_MUST_USE xj_error *xj_view_add(xj_view *view, xj_tx *tx);

/* Inside a command: change view ID as it was at VERSION; data NULL in CHANGE leaves a member. *VIEW
 * is what it is now, also with STALE.  MAY_SHARE: the actor may touch shared ones.
 * Errors: NOT_FOUND (another person's too); FORBIDDEN; STALE; BAD_INPUT; CONFLICT. */
XJ_MUST_USE xj_error *xj_view_set(xj_view *view, xj_tx *tx, int64_t id, int64_t version,
                                  const xj_view *change, bool may_share);
/* Errors: NOT_FOUND, FORBIDDEN, STALE. */
XJ_MUST_USE xj_error *xj_view_remove(xj_tx *tx, int64_t id, int64_t version, bool may_share);

typedef struct xj_desk {
    int64_t view; /* 0: none */
    xj_str columns;
} xj_desk;

XJ_MUST_USE xj_error *xj_desk_get(xj_desk *desk, xj_db *db, int64_t tenant, int64_t person,
                                  xj_pool *result);
/* Inside a command: the actor's.  Errors: NOT_FOUND where the view is not seen by the actor. */
XJ_MUST_USE xj_error *xj_desk_set(xj_tx *tx, const xj_desk *desk);

/* ---- heads (head.c) ---- */

#define XJ_HEADS_MAX 50
#define XJ_HEAD_LINE_MAX 100
#define XJ_HEAD_TITLE_MAX 40
#define XJ_HEAD_REPEAT_MAX 3
#define XJ_HEAD_WIDTH_MIN 3
#define XJ_HEAD_WIDTH_MAX 100

typedef struct xj_heading_column {
    xj_column key;
    xj_str title;
    double width; /* 0: the column's usual one */
} xj_heading_column;

typedef struct xj_heading {
    int64_t id, version;
    xj_str name;
    bool sheet; /* 任务分解表: cells merged over what belongs together */
    xj_str title, subtitle;
    int64_t repeat; /* rows on every page, from the heads upward */
    xj_heading_column *columns;
    size_t ncolumns;
} xj_heading;

/* What is used where no head is named: the usual columns of a list, or of a 任务分解表. */
xj_heading xj_heading_usual(bool sheet, bool chinese, xj_pool *result);
/* The columns KEYS ("title,lead") with their usual titles.  Errors: BAD_INPUT at "columns". */
XJ_MUST_USE xj_error *xj_heading_of_keys(xj_heading *head, xj_str keys, bool chinese,
                                         xj_pool *result);

/* By name. */
XJ_MUST_USE xj_error *xj_heading_list(xj_heading **heads, size_t *n, xj_db *db, int64_t tenant,
                                      xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_heading_get(xj_heading *head, xj_db *db, int64_t tenant, int64_t id,
                                     xj_pool *result);
/* Before a command.  Errors: BAD_INPUT. */
XJ_MUST_USE xj_error *xj_heading_check(const xj_heading *head);
/* Inside a command: HEAD's id and version are set.  Errors: CONFLICT, TOO_LARGE past XJ_HEADS_MAX.
 */
XJ_MUST_USE xj_error *xj_heading_add(xj_heading *head, xj_tx *tx);
/* Inside a command: head ID, seen at VERSION, becomes HEAD; *NOW is what it is then, also with
 * STALE. Errors: NOT_FOUND, STALE, CONFLICT. */
XJ_MUST_USE xj_error *xj_heading_set(xj_heading *now, xj_tx *tx, int64_t id, int64_t version,
                                     const xj_heading *head);
XJ_MUST_USE xj_error *xj_heading_remove(xj_tx *tx, int64_t id, int64_t version);
