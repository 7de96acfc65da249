/*
 * plan/import_priv.h -- an import in work: what import.c makes and keep.c stores.
 */
#pragma once

#include "plan/memory.h"
#include "plan/plan_priv.h"

/* A field of a task that a memory filled. */
struct xj_recall {
    const char *field;
    int64_t memory;
    xj_str phrase;
};
struct xj_recalled {
    struct xj_recall *items;
    size_t len, cap;
};

/* A warning that a memory ended. */
struct xj_ended {
    const char *state; /* NULL: it is open */
    xj_str why;
};

/* What became of a row of the version before; indexes of new rows, ids of old ones. */
typedef struct xj_line_pair {
    size_t now;  /* XJ_NPOS: none */
    int64_t old; /* 0: none */
    const char *relation, *decision;
    size_t now_whole;  /* of what was joined, else XJ_NPOS */
    int64_t old_whole; /* of what was split off, else 0 */
    int64_t score;
} xj_line_pair;

typedef struct xj_lines {
    int64_t against; /* 0: there is no version before */
    int64_t *lines;  /* of each new row the line that it goes on with, 0: none; NULL: none at all */
    xj_line_pair *pairs;
    size_t n;
} xj_lines;

struct xj_import {
    int64_t programme;
    xj_str file_name, file_hash, register_hash;
    const xj_register *reg;
    bool no_plan;          /* the file has none: it is set aside */
    size_t *target_task;   /* index of the target's task, or XJ_NPOS */
    size_t *task_targets;  /* targets of each task */
    size_t *first_warning; /* seq of each task's first warning */
    size_t *warning_task;  /* of each warning of the whole: the task in whose words it stands, or
                              XJ_NPOS */
    size_t *task_warnings; /* open ones of each task */
    size_t *action_tasks;  /* tasks of each action */
    size_t nwarnings;      /* those that are open */
    size_t nunits;         /* different names */
    uint32_t *lines;       /* offsets at which lines of the text begin */
    size_t nlines;

    /* What memory made of the register; NULL where nothing is remembered. */
    struct xj_recalled *recalled; /* of each task */
    struct xj_ended *ended;       /* by the warning's seq */
    xj_memory *lessons;           /* with their uses in this import */
    size_t nlessons;

    xj_str actor_name; /* of who imports */
    xj_lines work;     /* against the document's version in force, or its latest */

    /* What the pieces have done so far; a piece that is undone and run again begins from here. */
    int64_t version; /* 0: nothing is stored */
    int64_t *tasks;  /* their ids */
    size_t at;       /* of the items: tasks, targets, general warnings */

    /* What the last command found. */
    xj_imported imported;
};

/* Store the version, what it holds besides tasks, and ids for its tasks: before the rows. */
XJ_MUST_USE xj_error *xj_plan__keep_head(int64_t *version, int64_t *tasks, xj_tx *tx,
                                         const xj_import *import);
/* Set the file aside, with its basis and the parts of its text. */
XJ_MUST_USE xj_error *xj_plan__keep_aside(int64_t *id, xj_tx *tx, const xj_import *import);
/* The title of a file in whose TEXT the compiler found none: a line that ends as titles do, else
 * the first line that may be one, else FILE_NAME without its ending (aside.c). */
xj_str xj_plan__aside_title(xj_str text, xj_str file_name, xj_pool *pool);
/* Store TEXT of VERSION for the search (aside.c). */
XJ_MUST_USE xj_error *xj_plan__keep_parts(xj_tx *tx, int64_t version, xj_str text);
/* Store items behind *AT until the clock says END (0: all of them); *DONE where all are stored. */
XJ_MUST_USE xj_error *xj_plan__keep_rows(size_t *at, bool *done, xj_tx *tx, const xj_import *import,
                                         int64_t version, const int64_t *tasks, int64_t end);
/* Make VERSION a draft of its document; sets *PREVIOUS. */
XJ_MUST_USE xj_error *xj_plan__keep_shown(int64_t *previous, xj_tx *tx, const xj_import *import,
                                          int64_t version);
/* Remove some rows of the unfinished import VERSION; *DONE where none is left. */
XJ_MUST_USE xj_error *xj_plan__forget(bool *done, xj_tx *tx, int64_t version, int64_t end);

/* Apply to IMPORT's register what TENANT remembers (recall.c); not in a lane. */
XJ_MUST_USE xj_error *xj_plan__recall(xj_import *import, xj_store *store, int64_t tenant,
                                      xj_pool *result);
/* Count the uses of what was applied. */
XJ_MUST_USE xj_error *xj_plan__recall_used(xj_tx *tx, const xj_import *import);
/* The first of the very words of a warning; data NULL where it has no place (keep.c). */
xj_str xj_plan__warning_words(const xj_register *reg, const xj_warning *warning);
/* How many names of units the tasks have (import.c). */
size_t xj_plan__count_names(const xj_register *reg, xj_pool *scratch);

/* The document that a file with IMPORT's head is a version of; 0: none. */
XJ_MUST_USE xj_error *xj_plan__find_document(int64_t *id, int64_t *latest, xj_db *db,
                                             int64_t tenant, const xj_import *import);
/* What the rows of IMPORT are paired with (before.c): what its draft would take the place of, else
 * the draft before it; for a new document the plan in force of the same title and issuer of an
 * earlier year, or of an earlier day.  0: none. */
XJ_MUST_USE xj_error *xj_plan__before_import(int64_t *version, xj_db *db, int64_t tenant,
                                             const xj_import *import, xj_pool *scratch);
/* Pair REG's tasks with those of version AGAINST. */
XJ_MUST_USE xj_error *xj_plan__lines(xj_lines *lines, xj_db *db, int64_t tenant, int64_t against,
                                     const xj_register *reg, xj_pool *result, xj_pool *scratch);
/* Before the lane: find IMPORT's lines of work. */
XJ_MUST_USE xj_error *xj_plan__find_lines(xj_import *import, xj_store *store, int64_t tenant,
                                          xj_pool *result);
/* Store pair SEQ of LINES for VERSION, whose rows are TASKS. */
XJ_MUST_USE xj_error *xj_plan__keep_pair(xj_tx *tx, int64_t version, const xj_lines *lines,
                                         size_t seq, const int64_t *tasks);
