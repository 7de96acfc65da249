/*
 * backfill/backfill.h -- a year's ledger, half done, taken over with its true dates.
 *
 * An office that begins here in the course of a year has kept a 台账 in a spreadsheet: its rows are
 * the tasks of the published plan, its columns say how far each had come by which time, whether it
 * was done, when, on what ground.  Columns are known by what their heads mean and by what their
 * cells say.  Each row is laid to a duty task, each column of a time to the return that it answers;
 * what that would record is shown first, then done in one command.  Layer: domain, above duty/.
 * Read next: backfill/README.md, duty/record.h.
 */
#pragma once

#include "blob/blob.h"
#include "doc/cells.h"
#include "duty/evidence.h"
#include "duty/record.h"

#define XJ_BACKFILL_ROWS_MAX 5000    /* of one file */
#define XJ_BACKFILL_COLUMNS_MAX 200  /* of one table */
#define XJ_BACKFILL_CHOICES_MAX 5000 /* made by hand */
#define XJ_BACKFILL_LIKELY_MAX 3     /* tasks that are offered for a row */
#define XJ_BACKFILL_YEARS_BACK 5     /* of which a ledger may tell */

/* ---- the file ---- */

typedef enum xj_backfill_field {
    XJ_BACKFILL_OTHER,    /* nothing that is taken over */
    XJ_BACKFILL_KEY,      /* the number that a template gave */
    XJ_BACKFILL_NO,       /* 序号, 编号 */
    XJ_BACKFILL_ACTION,   /* 专项行动 */
    XJ_BACKFILL_TASK,     /* the task's words */
    XJ_BACKFILL_LEAD,     /* 牵头单位 */
    XJ_BACKFILL_UNIT,     /* 责任单位: the lead's where no column says so */
    XJ_BACKFILL_DEADLINE, /* 时限 */
    XJ_BACKFILL_TEXT,     /* 进展情况 */
    XJ_BACKFILL_PERCENT,  /* 完成比例 */
    XJ_BACKFILL_STATE,    /* 状态 */
    XJ_BACKFILL_DONE_ON,  /* 完成日期 */
    XJ_BACKFILL_SENT_ON,  /* 报送日期 */
    XJ_BACKFILL_DIFFICULTIES,
    XJ_BACKFILL_NEXT,
    XJ_BACKFILL_DOC_NO, /* 佐证文号 */
    XJ_BACKFILL_DOC_ON, /* 印发日期 */
    XJ_BACKFILL_NOTE,   /* 备注 */
    XJ_BACKFILL_COUNTY, /* 县区: whose the row is */
    XJ_BACKFILL_FIGURE, /* 完成值: of the task's target */
    XJ_BACKFILL_GOAL,   /* 目标值: beside the plan's */
    XJ_BACKFILL_FIELDS
} xj_backfill_field;

const char *xj_backfill_field_word(xj_backfill_field field); /* "done_on" */

typedef struct xj_backfill_column {
    int col;     /* from 1 */
    xj_str head; /* of merged heads: all that stand over it */
    xj_backfill_field field;
    xj_date until; /* the last day of the time that it tells of; year 0: no time is said */
    int days;      /* how long that time is; 0: it is a day */
    bool fraction; /* of percents: they are written as shares of one */
    bool counties; /* its words are of several counties, each under its name */
    bool period;   /* of figures: of that time alone (本期), else to date */
} xj_backfill_column;

typedef struct xj_backfill_table {
    int sheet, row; /* of its heads */
    xj_str sheet_name;
    int year; /* that its title names; 0: none */
    xj_backfill_column *columns;
    size_t ncolumns;
} xj_backfill_table;

typedef struct xj_backfill_row {
    const xj_backfill_table *table;
    int row;       /* of the sheet, from 1 */
    xj_str action; /* of the band of rows that it stands in; empty: none */
    xj_str *cells; /* by the table's columns; empty: nothing is said */
} xj_backfill_row;

typedef struct xj_backfill_file {
    xj_backfill_table *tables;
    size_t ntables;
    xj_backfill_row *rows;
    size_t nrows;
    unsigned char hash[32]; /* SHA-256 of the file */
} xj_backfill_file;

/* Read BYTES, all in RESULT; LIMITS may be NULL.  THIS_YEAR is the year of days that name none,
 * where no title of a sheet names one.
 *
 * Errors: those of xj_sheet_read; BAD_INPUT where no table has heads of tasks and of what became of
 * them; TOO_LARGE above XJ_BACKFILL_ROWS_MAX rows or XJ_BACKFILL_COLUMNS_MAX columns, saying where.
 */
XJ_MUST_USE xj_error *xj_backfill_read(xj_backfill_file **file, xj_str bytes, int this_year,
                                       const xj_doc_limits *limits, xj_pool *result,
                                       xj_pool *scratch);

/* ---- what it would record ---- */

/* What a person decided of a row. */
typedef struct xj_backfill_choice {
    int sheet, row;
    int64_t duty;   /* -1: as it is found; 0: it is left out */
    xj_str done_on; /* data NULL: as the ledger says */
    xj_str sent_on; /* of its latest return; data NULL: as the ledger says */
    xj_str doc_no;  /* data NULL: as the ledger says */
    bool not_done;  /* it is in hand, whatever the ledger says */
} xj_backfill_choice;

typedef struct xj_backfill_ask {
    int64_t tenant, document;
    xj_date today;
    int year;         /* 0: that of the file, else today's */
    xj_date begun_on; /* year 0: what is set; else the day on which the tasks were made */
    const xj_backfill_choice *choices;
    size_t nchoices;
} xj_backfill_ask;

typedef enum xj_backfill_act {
    XJ_BACKFILL_RECORD,  /* something is recorded */
    XJ_BACKFILL_SAME,    /* all that it says is held already */
    XJ_BACKFILL_CHOOSE,  /* several tasks are as likely */
    XJ_BACKFILL_UNKNOWN, /* no task is like it */
    XJ_BACKFILL_WRONG,   /* a task is known, and nothing of the row can be recorded */
    XJ_BACKFILL_LEFT,    /* left out by hand */
    XJ_BACKFILL_SILENT,  /* it says nothing of what became of the task */
    XJ_BACKFILL_ACTS
} xj_backfill_act;

const char *xj_backfill_act_word(xj_backfill_act act); /* "record" */

/* What becomes of a part of a row: of a return, of the task's end. */
typedef enum xj_backfill_part {
    XJ_BACKFILL_ADDED,   /* it is recorded */
    XJ_BACKFILL_CHANGED, /* an earlier import said it otherwise, and nobody has touched it since */
    XJ_BACKFILL_KEPT,    /* it is held so already */
    XJ_BACKFILL_HELD,    /* it is held otherwise, by people: that stays */
    XJ_BACKFILL_REFUSED  /* a fault says why */
} xj_backfill_part;

const char *xj_backfill_part_word(xj_backfill_part part); /* "added" */

typedef struct xj_backfill_fault {
    const char *code; /* a word of the documents: "done_undated" */
    int col;          /* of the cell, from 1; 0: the row */
    xj_str about;     /* what stands there, or what it is about; cut short */
    bool stops;       /* what it is about is not recorded */
} xj_backfill_fault;

/* A return that a row answers, or the draft of one that is owed still. */
typedef struct xj_backfill_return {
    int64_t unit;       /* that returns it */
    xj_str county;      /* its name, where it is a county that returns the task itself; data NULL */
    xj_str due, period; /* of the return */
    xj_str heads;       /* of the columns that answer it */
    xj_report_text text;
    xj_str sent_on; /* data NULL: a draft */
    bool assumed;   /* no day was said: it is the day it was due */
    xj_backfill_part part;
    int64_t obligation; /* 0: it is raised */
} xj_backfill_return;

/* What a row says of a time that no return of its task answers: a note in the task's history. */
typedef struct xj_backfill_note {
    xj_str on; /* the last day of that time; else the day it was sent, else today */
    xj_str text;
    xj_backfill_part part; /* added, kept */
} xj_backfill_note;

typedef struct xj_backfill_likely {
    int64_t duty;
    xj_str no, title, owner_name;
    int score; /* 0 to 1000 */
} xj_backfill_likely;

typedef struct xj_backfill_line {
    const xj_backfill_row *row;
    xj_backfill_act act;
    xj_str no, task, unit;      /* as the ledger has them */
    int64_t duty;               /* 0: none is known */
    const char *by;             /* key, title, words, number, hand */
    xj_backfill_likely *likely; /* the first is the one it is laid to */
    size_t nlikely;
    xj_backfill_return *returns;
    size_t nreturns;
    xj_backfill_note *notes;
    size_t nnotes;
    const char *state; /* in_hand, done: what the task becomes; NULL: it stays */
    xj_str state_on, doc_no;
    xj_backfill_part state_part;
    int64_t percent; /* what becomes of the task's; -1: it stays */
    xj_backfill_fault *faults;
    size_t nfaults;
} xj_backfill_line;

typedef struct xj_backfill_plan {
    xj_str title; /* of the document */
    int year;
    xj_date since; /* from this day on its tasks have been somebody's */
    xj_date begun_on;
    xj_backfill_line *lines; /* one a row, in their order */
    size_t nlines;
    size_t count[XJ_BACKFILL_ACTS];
    size_t returns;      /* that are raised */
    size_t rows, drafts; /* of returns, that are recorded or changed */
    size_t done, begun;  /* duty tasks that move */
    char token[65];      /* of the file, what was asked, and all that would change */
    struct xj_backfill__work *work;
} xj_backfill_plan;

/* What FILE would record, in POOL.  Nothing is changed.
 *
 * Errors: NOT_FOUND where there is no such document; CONFLICT where its tasks are not all made yet
 * (it was never published, or just now); BAD_INPUT for a year or a day that lies outside the
 * limits, or a choice of what is no task of it, at its member. */
XJ_MUST_USE xj_error *xj_backfill_compare(xj_backfill_plan **plan, xj_db *db,
                                          const xj_backfill_ask *ask, const xj_backfill_file *file,
                                          xj_pool *pool);

typedef struct xj_backfill_import {
    const xj_backfill_file *file;
    xj_backfill_ask ask;
    xj_str token;
    xj_evidence_file original; /* kept */
    xj_str actor_name;
} xj_backfill_import;

/* Command: record it.  *PLAN is what was done, *ID the import's key; 0 where all was held already,
 * and nothing is changed.
 *
 * Errors: STALE where it would no more record what TOKEN says; as xj_backfill_compare. */
XJ_MUST_USE xj_error *xj_backfill_apply(xj_backfill_plan **plan, int64_t *id, xj_tx *tx,
                                        const xj_backfill_import *import);

/* ---- what was imported ---- */

typedef struct xj_backfill_done {
    int64_t id, document;
    xj_str name, hash;
    int64_t size, year;
    xj_str begun_on;
    int64_t returns, rows, moved, left_out;
    int64_t made_at;
    xj_str made_name;
} xj_backfill_done;

/* The ledgers of DOCUMENT, the newest first, older than BEFORE (0: from the newest). */
XJ_MUST_USE xj_error *xj_backfill_list(xj_backfill_done **items, size_t *n, xj_db *db,
                                       int64_t tenant, int64_t document, int64_t before,
                                       int64_t limit, xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_backfill_get(xj_backfill_done *done, xj_db *db, int64_t tenant, int64_t id,
                                      xj_pool *result);
/* Look for the file of every ledger in BLOBS; *MISSING are not there, each reported through EACH.
 */
XJ_MUST_USE xj_error *xj_backfill_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                                               void (*each)(void *arg, const char *check,
                                                            const char *row),
                                               void *arg, xj_pool *scratch);

/* ---- the template ---- */

/* A workbook with a row for each task of DOCUMENT and columns for the returns of YEAR that fell due
 * by TODAY, and a sheet that says how it is filled in.  Errors: NOT_FOUND; those of a book. */
XJ_MUST_USE xj_error *xj_backfill_template(xj_str *bytes, xj_db *db, const xj_backfill_ask *ask,
                                           bool chinese, xj_pool *result, xj_pool *scratch);
