/*
 * org/session.h -- sessions: who a request comes from.
 *
 * A session is 32 random bytes in a cookie, of which the database holds only a hash.  Looking one
 * up is one of the two look-ups without a tenant (the other is the name at sign-in).  What was
 * looked up is kept in memory for some seconds, so that a busy client costs no query.  All
 * functions may be called from any thread.  Layer: domain.  Read next: org/signin.h.
 */
#pragma once

#include "org/post.h"

#define XJ_TOKEN_LEN 43        /* base64url of 32 bytes, without padding */
#define XJ_TOKEN_HASH_LEN 32   /* bytes */
#define XJ_CSRF_LEN 43         /* base64url of 32 bytes */
#define XJ_SESSION_CACHED 4096 /* sessions kept in memory */

typedef struct xj_session {
    int64_t id, tenant, person;
    int64_t expires_at;               /* microseconds UTC, absolute */
    int64_t seen_at;                  /* as stored */
    xj_held posts[XJ_POSTS_HELD_MAX]; /* of the day it was looked up */
    size_t nposts;
    char name[XJ_PERSON_NAME_MAX * 4 + 1];
    char display_name[XJ_DISPLAY_NAME_MAX * 4 + 1];
} xj_session;

typedef struct xj_sessions xj_sessions; /* one per process */

typedef struct xj_sessions_options {
    int64_t idle_seconds;   /* ends a session that is not used; 0 is 30 minutes */
    int64_t max_seconds;    /* ends any session; 0 is 12 hours */
    int64_t cached_seconds; /* how long a look-up holds; 0 is 10 */
} xj_sessions_options;

/* Sessions of STORE; they end with POOL. */
xj_sessions *xj_sessions_new(xj_store *store, const xj_sessions_options *options, xj_pool *pool);

/* Fill *SESSION for the cookie's TOKEN.
 *
 * Errors: UNAUTHENTICATED for a text that is no token, one unknown, ended or timed out, or of an
 * account that was disabled; DB_BUSY, DB_LOST. */
XJ_MUST_USE xj_error *xj_session_get(xj_session *session, xj_sessions *sessions, xj_str token,
                                     xj_pool *scratch);

/* The CSRF token that belongs to TOKEN: derived, never stored. */
void xj_session_csrf(char csrf[XJ_CSRF_LEN + 1], xj_str token);
/* Whether GIVEN is the CSRF token of TOKEN; takes the same time for any text of its length. */
bool xj_session_csrf_ok(xj_str token, xj_str given);

#define XJ_DEVICE_MAX 300 /* bytes */

/* Sign PERSON of TENANT in from the address PEER with a browser that calls itself DEVICE (valid
 * UTF-8, at most XJ_DEVICE_MAX; may be empty): a command, waited for.  *TOKEN (in RESULT) goes to
 * the cookie and nowhere else. */
XJ_MUST_USE xj_error *xj_session_start(xj_str *token, xj_sessions *sessions,
                                       const xj_person *person, xj_str peer, xj_str device,
                                       xj_pool *result);

/* The command that ends SESSION: its RUN and ARGS; the caller adds the rest and posts it.  Call
 * xj_session_forget with the token beforehand and after it. */
XJ_MUST_USE xj_error *xj_session_end_run(xj_tx *tx, void *session, xj_buf *answer);
/* Forget what is kept in memory: of one token, or (NONE) of all. */
void xj_session_forget(xj_sessions *sessions, xj_str token);

/* ---- looking at them ---- */

typedef struct xj_session_row {
    int64_t id, person;
    int64_t created_at, seen_at, expires_at;
    xj_str device;
    xj_str address; /* data NULL: not known */
} xj_session_row;

/* The sessions of PERSON that have not ended, last used first. */
XJ_MUST_USE xj_error *xj_session_list(xj_session_row **items, size_t *n, xj_db *db, int64_t tenant,
                                      int64_t person, xj_pool *result);
XJ_MUST_USE xj_error *xj_session_row_get(xj_session_row *row, xj_db *db, int64_t tenant, int64_t id,
                                         xj_pool *result);
/* Inside a command: all sessions of PERSON end, but KEPT (0: all of them). */
XJ_MUST_USE xj_error *xj_session_end_all(xj_tx *tx, int64_t person, int64_t kept);
