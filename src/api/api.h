/*
 * api/api.h -- the JSON API: what app/ hands to the HTTP server.
 *
 * One file a resource: request -> one call of a domain -> JSON.  No rule of a domain lives here.
 * Layer: api (may use every domain, http/, json/).  Read next: api/api_priv.h, api/README.md.
 */
#pragma once

#include "blob/blob.h"
#include "http/http.h"
#include "job/job.h"
#include "org/session.h"
#include "org/setup.h"
#include "org/signin.h"
#include "store/store.h"
#include "upload/upload.h"

typedef struct xj_api_server xj_api_server;

typedef struct xj_api_options {
    xj_store *store;
    xj_sessions *sessions;
    xj_signin *signin;
    xj_setup *setup;     /* the first start */
    const char *version; /* of the program */
    bool secure_cookie;  /* the cookie is for https alone */
    const char *proxy;   /* address of a proxy whose X-Forwarded-For is believed; NULL: none */
    xj_blobs *blobs;     /* originals and compiled registers */
    xj_uploads *uploads; /* files that come in pieces */
    xj_jobs *jobs;       /* long work */
    const struct xj_notice_ways *ways; /* by which people can be told */
    /* Wake the clock (NULL: there is none): something was left for it to do. */
    void (*wake_clock)(void *clock);
    void *clock;
    /* What is not of the API: the pages.  Called for paths outside /api/; NULL answers 404. */
    void (*pages)(void *arg, xj_call *call);
    void *pages_arg;
} xj_api_options;

xj_api_server *xj_api_server_new(const xj_api_options *options, xj_pool *pool);

/* What xj_http_options asks for; ARG is the xj_api_server. */
void xj_api_handle(void *arg, xj_call *call);
size_t xj_api_body_max(void *arg, xj_method method, xj_str path);
unsigned xj_api_allowed(void *arg, xj_str path);
void xj_api_refuse(void *arg, xj_call *call, const xj_error *err, xj_reply *reply);

/* ---- cursors: an opaque place in a list ---- */

/* A cursor of list KIND (a word) holding the values of FMT: i int64_t, s xj_str. */
xj_str xj_cursor_make(xj_pool *result, const char *kind, const char *fmt, ...);
/* Read it back: FMT with int64_t * and xj_str * (in RESULT).
 * Errors: BAD_INPUT at "after" for anything that xj_cursor_make did not make for KIND and FMT. */
XJ_MUST_USE xj_error *xj_cursor_read(xj_str cursor, xj_pool *result, const char *kind,
                                     const char *fmt, ...);
