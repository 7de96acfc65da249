/*
 * backfill/backfill_priv.h -- what the files of backfill/ share: heads, days, the plan's tasks as
 * they stand.
 */
#pragma once

#include "backfill/backfill.h"

#include "base/map.h"
#include "base/vec.h"

/* ---- heads (heads.c) ---- */

/* What HEAD means; UNTIL and DAYS where it names a time, in YEAR where it prints none. */
void xj_backfill__head(xj_backfill_column *column, xj_str head, int year);
/* The year that a title names ("2026年…台账"); 0: none. */
int xj_backfill__year(xj_str title);

typedef enum xj_backfill__state {
    XJ_BACKFILL__UNSAID,
    XJ_BACKFILL__NOT_BEGUN,
    XJ_BACKFILL__IN_HAND,
    XJ_BACKFILL__DONE
} xj_backfill__state;

/* How a cell says that a task stands: "已完成", "推进中", "√"; UNSAID for other words. */
xj_backfill__state xj_backfill__state_of(xj_str text);
/* Percent that TEXT says, 0 to 100: "85%", "百分之八十五", "九成", "0.85"
 * (FRACTION: shares of one), "85"; -1: none. */
int xj_backfill__percent_of(xj_str text, bool fraction);

/* ---- days (days.c) ---- */

typedef struct xj_backfill__day {
    xj_date day;
    bool whole;  /* only a month or a longer time was said: it is its last day */
    bool unsure; /* "3.1" in a cell of numbers may have been 3.10 */
} xj_backfill__day;

/* The day that TEXT says as people write it, in YEAR where it prints none; false where it is none.
 */
bool xj_backfill__day_of(xj_backfill__day *day, xj_str text, int year);

/* ---- what is held (load.c) ---- */

typedef struct xj_backfill__duty {
    int64_t id, owner;
    xj_str no, action, title, text, owner_name;
    int64_t action_no;
    xj_str state, state_on, deadline_kind, deliverable, doc_no, doc_on, cadence;
    xj_date due;      /* year 0: none */
    int64_t progress; /* -1: nothing said */
    int64_t created_at;
    xj_str starts_on;
    xj_date dates[2 * XJ_RECUR_MAX]; /* of its returns, in the year, ascending */
    size_t ndates;
    const xj_backfill_row *row;           /* that is laid to it */
    xj_date said_until;                   /* the last return of which people said something here */
    struct xj_backfill__county *counties; /* that return it themselves */
    size_t ncounties;
    xj_date county_dates[2 * XJ_RECUR_MAX]; /* of their returns */
    size_t ncounty_dates;
    xj_report_figure *targets; /* one for an indicator and measure: goals, no value */
    size_t ntargets;
} xj_backfill__duty;

/* A county that returns a duty task itself. */
typedef struct xj_backfill__county {
    int64_t unit;
    xj_str name, stem;          /* 泉岭区政府, 泉岭区 */
    const xj_backfill_row *row; /* that is laid to it */
} xj_backfill__county;

typedef struct xj_backfill__return {
    int64_t id; /* 0: it is raised */
    int64_t unit;
    xj_str raised_for, due, state;
    bool touched; /* by the command */
} xj_backfill__return;

/* A row of a return as it is held. */
typedef struct xj_backfill__held {
    xj_str state, sent_on; /* sent_on data NULL: not sent */
    xj_report_text text;
    int64_t version;  /* 0: nothing was said */
    int64_t imported; /* the version an import wrote; 0: none did */
} xj_backfill__held;

struct xj_backfill__work {
    xj_db *db;
    xj_pool *pool;
    const xj_backfill_ask *ask;
    const xj_backfill_file *file;
    xj_backfill_plan *plan;
    int64_t programme;
    xj_rules rules;
    xj_backfill__duty *duties;
    size_t nduties;
    xj_map by_id;   /* "12" → duty */
    xj_map by_name; /* of a title without blanks → duty; two have one: NULL */
    xj_map returns; /* "unit day" → return */
    xj_map held;    /* "duty unit day" → held */
    xj_map units;   /* name → int64_t of the unit it stands for */
    xj_map choices; /* "sheet row" → choice */
    struct xj_backfill__index *index;
    struct xj_backfill__kept *notes; /* of ledgers, in the histories of the tasks */
    size_t nnotes;
    XJ_VEC(xj_backfill__county) counties; /* of all duty tasks, each once */
};

/* A ledger's note as it is held. */
typedef struct xj_backfill__kept {
    int64_t duty;
    xj_str on, text; /* with the row that it came from behind it */
} xj_backfill__kept;

/* What stands behind a note's text, before the file and the row that it is from. */
#define XJ_BACKFILL__FROM "\n（台账补录："

/* Errors: as xj_backfill_compare. */
XJ_MUST_USE xj_error *xj_backfill__load(struct xj_backfill__work *w);
/* NULL: none. */
xj_backfill__duty *xj_backfill__duty_find(const struct xj_backfill__work *w, int64_t id);
xj_backfill__return *xj_backfill__return_of(struct xj_backfill__work *w, int64_t unit, xj_str day,
                                            bool make);
const xj_backfill__held *xj_backfill__held_of(const struct xj_backfill__work *w, int64_t duty,
                                              int64_t unit, xj_str day);
/* TEXT without any blank: what titles are compared by. */
xj_str xj_backfill__close(xj_str text, xj_pool *pool);

/* ---- which task (likely.c) ---- */

/* The pairs of characters of all tasks. */
void xj_backfill__index_make(struct xj_backfill__work *w);
/* Find the task that LINE is about: its duty, by and likely. */
void xj_backfill__lay(struct xj_backfill__work *w, xj_backfill_line *line);

/* ---- what it says (lines.c) ---- */

/* The first cell of FIELD (without a time) in ROW; empty: none. */
xj_str xj_backfill__cell(const xj_backfill_row *row, xj_backfill_field field, int *col);
const xj_backfill_choice *xj_backfill__choice(const struct xj_backfill__work *w,
                                              const xj_backfill_row *row);
void xj_backfill__fault(struct xj_backfill__work *w, xj_backfill_line *line, const char *code,
                        int col, xj_str about, bool stops);
/* What a line that is laid to a task would record; COUNTY: whose the row is, NULL: the lead's. */
void xj_backfill__say(struct xj_backfill__work *w, xj_backfill_line *line,
                      xj_backfill__county *county);

/* ---- how a line is said (lines.c, stands.c) ---- */

/* A cell and what its column means. */
typedef struct xj_backfill__entry {
    const xj_backfill_column *column;
    xj_str cell;
} xj_backfill__entry;

typedef XJ_VEC(xj_backfill__entry) xj_backfill__entries;

/* What the columns of one return say. */
typedef struct xj_backfill__said {
    bool any;
    xj_buf heads, text;
    size_t texts;
    xj_str first_head;
    int64_t percent;
    xj_str difficulties, next_step;
    xj_date until; /* of its columns the last; year 0: none names a time */
    xj_backfill__day sent;
    bool has_sent;
    int sent_col;
    XJ_VEC(xj_report_figure) figures;
} xj_backfill__said;

/* A row that is being read, of one unit that returns the task. */
typedef struct xj_backfill__saying {
    struct xj_backfill__work *w;
    xj_backfill_line *line;
    xj_backfill__duty *duty;
    int64_t unit;
    xj_str county;        /* its name, of a county; data NULL: the lead */
    bool whole;           /* the row is this unit's: its note and state are too */
    const xj_date *dates; /* of its returns, in the year, ascending */
    size_t ndates;
    xj_backfill__entries entries;
    /* By DATES; one for what has no return because there is none; then, a time each, what is behind
     * the last of them. */
    xj_backfill__said *by_date;
    size_t nafter;
    int latest; /* index of the last in time that something is said of; -1: none */
    xj_backfill__state state;
    int state_col;
    xj_date first_sent; /* year 0: none */
} xj_backfill__saying;

/* The day of a cell, with what is uncertain of it; false with a fault where it is none, or not yet
 * (WHAT). */
bool xj_backfill__said_day(xj_backfill__saying *s, xj_backfill__day *day, xj_str cell, int col,
                           const char *what);
/* The last state that the row says, whether the task is done by it and when, its percent. */
void xj_backfill__read_state(xj_backfill__saying *s);
void xj_backfill__settle_state(xj_backfill__saying *s);
/* The last day that ONE tells of, none after today. */
xj_date xj_backfill__told_until(const xj_backfill__saying *s, const xj_backfill__said *one);

/* ---- whose it is (county.c) ---- */

/* 泉岭区 of 泉岭区政府, 泉岭区人民政府; NAME where it is no such name. */
xj_str xj_backfill__stem(xj_str name);
/* The county of DUTY that TEXT names, alone or among other words; NULL: none, or several. */
xj_backfill__county *xj_backfill__county_in(const xj_backfill__duty *duty, xj_str text);
/* The county of DUTY that ROW is of as a whole; NULL: the lead's. */
xj_backfill__county *xj_backfill__county_of_row(const struct xj_backfill__work *w,
                                                const xj_backfill__duty *duty,
                                                const xj_backfill_row *row);
/* A county that TEXT names and that returns a task of the plan itself; NULL: none. */
const xj_backfill__county *xj_backfill__named(const struct xj_backfill__work *w, xj_str text);
/* The cells of LINE's row that say something: *LEAD's, and for each county of DUTY (by its place)
 * its own, in COUNTIES. */
void xj_backfill__share(xj_backfill__entries *lead, xj_backfill__entries *counties,
                        struct xj_backfill__work *w, xj_backfill_line *line,
                        const xj_backfill__duty *duty);

/* ---- figures (figures.c) ---- */

/* Take the figures of CELL into ONE; false, with a fault, where something of it is no figure of the
 * task's targets. */
bool xj_backfill__take_figure(xj_backfill__saying *s, xj_backfill__said *one,
                              const xj_backfill_column *c, xj_str cell);
/* The figures of ONE in words. */
xj_str xj_backfill__figure_words(const xj_backfill__said *one, xj_pool *pool);
/* The ledger's goal beside the plan's. */
void xj_backfill__compare_goal(xj_backfill__saying *s);
bool xj_backfill__same_figures(const xj_report_text *a, const xj_report_text *b);

/* The ledger's deadline beside the plan's. */
void xj_backfill__compare_deadline(xj_backfill__saying *s);
