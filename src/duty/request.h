/*
 * duty/request.h -- what a unit asks of the office (申请): another day, a pause, a change.
 *
 * A unit that cannot keep a day asks for another, of a duty task that it owns or of an obligation;
 * of a duty task also for a pause or a change.  Asking changes nothing: no day, no light, no
 * reminder.  The office agrees, and the move is made with the request as its reason, or declines
 * with words.  One request waits at a time.  Layer: domain.  Read next: duty/duty.h (xj_duty_step).
 */
#pragma once

#include "duty/obligation.h"

#define XJ_REQUEST_WHY_MAX 1000   /* characters */
#define XJ_REQUEST_ANSWER_MAX 700 /* characters */

typedef struct xj_request {
    int64_t id, about_id, unit;
    xj_str about; /* duty, obligation */
    xj_str unit_name;
    xj_str ask; /* extend, suspend, amend */
    xj_str due; /* asked for; data NULL: none */
    xj_str why;
    xj_str state; /* of kind request in states.tsv */
    xj_str asked_name, asked_on;
    xj_str answered_name, answered_on, answer; /* data NULL: not yet, none */
    int64_t version;
    /* what it is about: of an obligation its kind and period, of what is of one duty task that */
    xj_str kind, period, title; /* kind, period: data NULL: of a duty task */
    xj_str now_due;             /* 9999-12-31 where there is no date */
    int64_t duty;               /* 0: none */
} xj_request;

typedef struct xj_request_filter {
    int64_t id, unit, about_id; /* 0: any */
    xj_str about, state;        /* data NULL: any */
} xj_request_filter;

/* Those of the units of SCOPE, behind AFTER; of a restricted duty task as in xj_duty_list. */
XJ_MUST_USE xj_error *xj_request_list(xj_request **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, int64_t person,
                                      const xj_request_filter *filter, int64_t after, int64_t limit,
                                      xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_request_get(xj_request *request, xj_db *db, const xj_scope *scope,
                                     int64_t person, int64_t id, xj_pool *result);

typedef struct xj_request_new {
    xj_str about;
    int64_t about_id;
    xj_str ask;
    xj_str due; /* data NULL: none */
    xj_str why;
    xj_str actor_name;
} xj_request_new;
/* Command: ask.
 *
 * Errors: NOT_FOUND where SCOPE does not see the thing, or its unit is not the owner; BAD_INPUT for
 * what cannot be asked of it, without a reason, for a day that is none or not behind the day it is
 * due; CONFLICT where one waits already, or its state does not let that move. */
XJ_MUST_USE xj_error *xj_request_add(int64_t *id, xj_tx *tx, const xj_scope *scope,
                                     const xj_request_new *request);

typedef struct xj_request_answer {
    int64_t id, version;
    xj_str move; /* grant, decline, withdraw */
    xj_str due;  /* of grant: another day than was asked for; data NULL: that one */
    xj_str words;
    xj_str actor_name;
} xj_request_answer;
/* Command: end a request that SCOPE sees.  `grant` makes the move that was asked for.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where it does not wait any more; BAD_INPUT where it is
 * declined without words; those of xj_duty_step and xj_obligation_step. */
XJ_MUST_USE xj_error *xj_request_end(int64_t *now, xj_tx *tx, const xj_scope *scope,
                                     const xj_request_answer *answer);
