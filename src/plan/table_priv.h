/*
 * plan/table_priv.h -- what the readers of tables share: table.c (rows, actions), table_head.c
 * (what the heads say of the columns), table_row.c (a row as a task), table_quota.c (a unit and its
 * figures).
 */
#pragma once

#include "plan/compile_priv.h"

#define COLS_MAX 64

typedef enum col_kind {
    COL_NONE,
    COL_NO,
    COL_ACTION,
    COL_TASK,
    COL_MEASURE,
    COL_PLAN,
    COL_DEADLINE,
    COL_START, /* when it begins: without a column of deadlines that of a table that STARTS */
    COL_LEAD,
    COL_RESPONSIBLE,
    COL_COOPERATE,
    COL_JOINT, /* leads and others in one list; becomes COL_RESPONSIBLE of a table with leads */
    COL_VALUE,
    COL_UNIT_WORD,
    COL_INDICATOR,
    COL_OTHER,
    COL_MARK, /* headed by a unit; a mark says which part it has */
    COL_WHO,  /* of a table of quotas: whose they are */
    COL_QUOTA /* and what is to be reached, which the head names */
} col_kind;

typedef struct cell {
    xj_span span;
    xj_str text;
    int col, span_cols;
    bool units, schedule;
    bool inherited; /* of a cell that spans rows */
} cell;

/* What the heads of a table say; kept for tables below that print none. */
typedef struct table_head {
    uint8_t kind[COLS_MAX]; /* col_kind */
    int year[COLS_MAX];     /* of a column of values */
    xj_str name[COLS_MAX];
    xj_span name_at[COLS_MAX];
    int ncols;
    bool leads, task_names_action;
    bool bands_name_actions; /* some row of one cell names an action */
    bool starts;             /* its times are beginnings */
    bool unit_rows;          /* each row is a unit with what it has to do */
} table_head;

typedef struct grid {
    comp *c;
    const xj_block *block;
    size_t next; /* cell of the block that is read next */
    size_t at;   /* character where that cell begins, at the least */
    table_head h;
    bool has_head, next_is_head; /* next_is_head: no row of tasks yet */
    int action;                  /* current action, -1 none yet */
    bool base_read;              /* the action's base text has been read */
    int rows;                    /* tasks so far in the action */
    xj_str action_name;
    bool fresh;      /* the columns have just been taken */
    bool began;      /* the last row has begun the action 0 */
    xj_span counted; /* of quotas: the unit of counting that the caption says */
    /* cells that span rows: what the rows below take from them */
    cell carried[COLS_MAX];
    int carry[COLS_MAX];
} grid;

/* table.c */
/* The cells of the next row that hold text; their number, or -1 at the end. */
int table_next_row(grid *g, cell *out, int *total);
/* Whether S is the name of an action. */
bool table_names_action(const comp *c, xj_span s);

/* Whether the row is a sum or a note. */
bool table_sum_row(const grid *g, const cell *cells, int n);

/* table_head.c */
/* What SPAN says as the head of a column. */
uint8_t table_head_kind(const comp *c, xj_span span);
/* The first column of KIND, or -1. */
int table_col(const grid *g, uint8_t kind);
bool table_unit_col(const grid *g, int col);
/* Whether the row is a head: then its columns are taken. */
bool table_take_head(grid *g, const cell *cells, int n);
/* Read what the heads do not tell from the rows below them. */
void table_look_ahead(grid *g);
/* Whether some column is one of tasks, units, times or indicators. */
bool table_about_tasks(const grid *g);
/* Whether the table is a form, each row of it a key and its value (项目名称 | …): then VALUES are
 * its one row. */
bool table_form(grid *g, cell *values, int *n);
/* Keep the head for tables below, and take the one that was kept where it has as many columns. */
void table_keep_head(const grid *g);
bool table_reuse_head(grid *g);

/* table_row.c: the row of CELLS as a task, or as the values of indicators. */
void table_task_row(grid *g, cell *cells, int n);
/* Give TASK the units in cell K, with ROLE where they have none of their own. */
void table_row_units(grid *g, xj_plan_task *task, const cell *k, int role);
/* Give TASK the time that cell K says. */
void table_place_schedule(grid *g, xj_plan_task *task, const cell *k);
/* The part that the units of a column have, or -1. */
int table_role_of_col(const grid *g, int col);

/* table_quota.c */
/* Whether the table at node AT gives each row's unit or place figures to reach (乡镇 | 检查人数):
 * then its columns are taken, and its first row of figures is the next. */
bool table_quota(grid *g, size_t at);
/* The row of such a table as a task. */
void table_quota_row(grid *g, const cell *cells, int n);
