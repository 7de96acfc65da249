/*
 * plan/line.h -- lines of work: which row of a new version goes on with which row of the one
 * before.
 *
 * A line is what tags, obligations and returns hang on: its id is that of the first row that
 * ordered the work, and each later row that is the same work has it too.  At import the rows are
 * paired with those of the version in force (or the latest); a person decides row by row until the
 * draft is published.  At most one row of a version has a line.  Layer: domain.  Read next:
 * plan/pair.c.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

#define XJ_PAIR_DECIDE_MAX 500 /* rows of one decision that names them */
#define XJ_CARRY_MAX 1000      /* rows of the version before that may go on in a new one */

typedef struct xj_pair_row {
    int64_t id; /* 0: none */
    int64_t line;
    xj_str action, no, title, text;
} xj_pair_row;

typedef struct xj_pair {
    int64_t seq;
    xj_str relation;      /* "same", "reworded", "moved", "split", "joined", "added", "dropped" */
    int64_t score;        /* thousandths */
    xj_str decision;      /* "same", "new", "beside", "ends", "stays" */
    bool decided;         /* by a person */
    xj_pair_row now, old; /* id 0: none */
    xj_pair_row whole;    /* split: the old row; joined: the new one */
} xj_pair;

/* What VERSION's rows were paired with. */
typedef struct xj_pair_before {
    int64_t version, no, document; /* version 0: nothing */
    xj_str title, doc_no, file_name;
    bool other;     /* a version of another document, which VERSION takes the place of */
    bool overtaken; /* VERSION is a draft, and in force is not what its rows were paired with */
} xj_pair_before;

/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_pair_before_get(xj_pair_before *before, xj_db *db, const xj_scope *scope,
                                         int64_t version, xj_pool *result);
/* At most LIMIT pairs of VERSION behind seq AFTER (-1: from the start), of RELATION where it is not
 * empty.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_pair_list(xj_pair **items, size_t *n, xj_db *db, const xj_scope *scope,
                                   int64_t version, xj_str relation, int64_t after, int64_t limit,
                                   xj_pool *result);

typedef struct xj_pair_count {
    xj_str relation, decision;
    int64_t pairs;
    int64_t undecided; /* of them: nobody decided, the proposal stands */
} xj_pair_count;

/* How many pairs have each relation and decision. */
XJ_MUST_USE xj_error *xj_pair_counts(xj_pair_count **items, size_t *n, xj_db *db,
                                     const xj_scope *scope, int64_t version, xj_pool *result);

typedef struct xj_pair_decision {
    int64_t id, version; /* the draft, as the caller saw it */
    xj_str decision;
    xj_str relation; /* all pairs of it; empty: those of SEQS */
    const int64_t *seqs;
    size_t nseqs;
} xj_pair_decision;

/* Inside a command: decide pairs of a draft, all of them or none.
 *
 * Errors: NOT_FOUND for the draft or a pair; CONFLICT where it is no draft; STALE where it was
 * changed since; BAD_INPUT where the decision does not fit the relation. */
XJ_MUST_USE xj_error *xj_pair_decide(xj_tx *tx, const xj_pair_decision *decision);

typedef struct xj_pair_with {
    int64_t id, version; /* the draft, as the caller saw it */
    bool choose;         /* take the place of DOCUMENT, 0: of nothing; else of what it did before */
    int64_t document;
} xj_pair_with;

/* Pair a draft anew with the version in force that it takes the place of; decisions are dropped.
 * LIKE names who asks.
 *
 * Errors: NOT_FOUND; CONFLICT where it is no draft, nothing is in force to pair it with, or another
 * document is chosen although its own has a version in force; STALE. */
XJ_MUST_USE xj_error *xj_pair_again(xj_store *store, const xj_command *like,
                                    const xj_pair_with *with, xj_pool *scratch);
