/*
 * duty/states.h -- which states there are and which moves lead from one to another.
 *
 * From src/duty/states.tsv, which the manual's pictures are drawn from too.  Pure.  Layer: domain.
 * Read next: duty/duty.h.
 */
#pragma once

#include "base/str.h"

typedef enum xj_life {
    XJ_LIFE_LIVE, /* something may come due */
    XJ_LIFE_HELD, /* it waits: nothing comes due */
    XJ_LIFE_OVER
} xj_life;

enum { XJ_NEED_WHY = 1, XJ_NEED_DOC = 2, XJ_NEED_OTHER = 4, XJ_NEED_SIGN = 8, XJ_NEED_DAY = 16 };

typedef struct xj_state {
    const char *name, *label;
    xj_life life;
} xj_state;

typedef struct xj_move {
    const char *name, *label;
    unsigned from; /* bit i: the kind's i-th state */
    int to;        /* -1: a fact beside the state, which stays */
    unsigned needs;
} xj_move;

typedef struct xj_state_kind {
    const char *name, *label;
    int states, nstates, moves, nmoves;
} xj_state_kind;

/* Kind NAME (task, return, rectification, step, quota, follow_up, ladder), or NULL. */
const xj_state_kind *xj_state_kind_find(xj_str name);
/* The state in which a thing of KIND begins. */
const xj_state *xj_state_first(const xj_state_kind *kind);
const xj_state *xj_state_find(const xj_state_kind *kind, xj_str name);

/* What is known of a move that somebody asks for. */
typedef struct xj_asked {
    xj_str why;     /* may be empty */
    bool doc;       /* number and date are there, or no document is asked for */
    bool dated;     /* it has a day that can be put off */
    int64_t person; /* who asks; 0: the clock or the operating-system account */
    bool by_clock;
    int64_t last_person; /* of the move before; 0: none */
} xj_asked;

/* MOVE of KIND from STATE: *TO is the state it leads to.
 *
 * Errors: BAD_INPUT where KIND has no such move, or it lacks a reason (at /why) or the document's
 * number and date (at /doc_no); CONFLICT where it is not possible from STATE, or puts off the day
 * of what has none; FORBIDDEN where another person than the last move's must do it, or a person and
 * not the clock. */
XJ_MUST_USE xj_error *xj_state_move(const xj_state **to, const xj_state_kind *kind, xj_str state,
                                    xj_str move, const xj_asked *asked);
/* NAMES[0..*N) are the moves that are possible from STATE (at most 32) of what has a day that can
 * be put off, where DATED. */
void xj_state_moves(const char *names[32], size_t *n, const xj_state_kind *kind, xj_str state,
                    bool dated);
