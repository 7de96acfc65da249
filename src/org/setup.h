/*
 * org/setup.h -- the first start: an empty server gets its jurisdiction, its first account and its
 * first programme from whoever holds the token that this process made.
 *
 * Open while the database has no jurisdiction; one act does all three or nothing.  The token stands
 * in the server's own log alone, so that nobody else on the network takes the server.  Layer:
 * domain.
 */
#pragma once

#include "org/org.h"

typedef struct xj_setup xj_setup; /* one a process, for all threads */

#define XJ_SETUP_TOKEN_LEN 23 /* as xj_password_make writes it */

typedef struct xj_setup_wish {
    xj_str token;
    xj_str tenant, code;
    xj_str person, display, password;
    xj_str programme;
} xj_setup_wish;

/* Make *SETUP, with a token of its own, in POOL.  xj_password_start has run.  Errors: DB ones. */
XJ_MUST_USE xj_error *xj_setup_new(xj_setup **setup, xj_store *store, xj_pool *pool);
/* *OPEN where the database has no jurisdiction. */
XJ_MUST_USE xj_error *xj_setup_is_open(bool *open, xj_setup *setup, xj_pool *scratch);
/* The token, a C string; empty where setup was not open when the process began. */
const char *xj_setup_token(const xj_setup *setup);

/* Do what WISH says and wait for it; one at a time, as it hashes a password.
 *
 * Errors: SETUP_DONE where a jurisdiction exists; SETUP_TOKEN for another token; BAD_INPUT at the
 * field in question, with nothing stored. */
XJ_MUST_USE xj_error *xj_setup_do(xj_setup *setup, const xj_setup_wish *wish, xj_pool *scratch);
