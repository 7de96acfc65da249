/*
 * org/signin.h -- signing in: one door, two at a time, slower for who guesses.
 *
 * Two threads check passwords; the others wait in a bounded queue.  Failures are counted by account
 * name and by address; past a number of them the door stays shut for a time that doubles.  A name
 * that does not exist gets the same answers after the same time.  Each attempt is journalled, those
 * during a lock-out only counted in the log.  Layer: domain.
 */
#pragma once

#include "org/session.h"

#define XJ_SIGNIN_THREADS 2
#define XJ_SIGNIN_QUEUE 32 /* attempts that wait; one more is TOO_MANY */

/* Failures before the door shuts, and for how long: the first time, then doubling up to the most.
 */
#define XJ_GUARD_NAME_FREE 5
#define XJ_GUARD_PEER_FREE 20
#define XJ_GUARD_FIRST_SECONDS 30
#define XJ_GUARD_MOST_SECONDS 1800
#define XJ_GUARD_FORGET_SECONDS 86400

typedef struct xj_signin xj_signin;

/* The door of STORE; its threads end with POOL. */
XJ_MUST_USE xj_error *xj_signin_new(xj_signin **signin, xj_store *store, xj_sessions *sessions,
                                    xj_pool *pool);

typedef struct xj_signin_result {
    xj_error *err; /* NULL: signed in; else to be consumed by DONE */
    xj_str token;  /* for the cookie; empty where a password is to be changed */
    xj_str hash;   /* of NEXT */
    xj_person person;
} xj_signin_result;

typedef struct xj_attempt {
    xj_str name, password, peer;
    xj_str device; /* as xj_session_start has it */
    /* Set: nobody is signed in, but NEXT is hashed, to be the account's password.  NEXT itself is
     * right as PASSWORD too, so that a request that is sent again does what it did. */
    xj_str next_password;
    xj_pool *pool; /* the attempt's own until DONE; the texts live in it */
    void (*done)(struct xj_attempt *attempt, xj_signin_result *result); /* on the door's thread */
    void *arg;
    struct xj_attempt *next; /* the queue's */
} xj_attempt;

/* Queue ATTEMPT; DONE is called once (the passwords' bytes are wiped before).  The results:
 * BAD_CREDENTIALS; LOCKED_OUT (the message says for how long); TOO_MANY; DB errors. */
void xj_signin_try(xj_signin *signin, xj_attempt *attempt);
