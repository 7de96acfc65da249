/*
 * api/api_priv.h -- what the files of api/ share: a request in work, and how it is answered.
 *
 * A handler is `xj_error *xj_api_<operation>(xj_api *api)`.  It answers with one of xj_api_reply*,
 * or posts a command and returns at once; an error it returns becomes the problem+json.  When it
 * runs, the session, the CSRF token, the parameters and the body have been checked.
 */
#pragma once

#include "api/api.h"
#include "api/routes.h" /* generated: xj_api_routes, xj_api_handlers, one function an operation */
#include "org/area.h"
#include "json/json.h"

struct xj_api_server {
    xj_api_options options;
};

/* The cookie that carries a session's token. */
#define XJ_API_COOKIE "xj_session"

struct xj_api {
    xj_api_server *server;
    xj_call *call;
    xj_pool *pool; /* the call's: ends with the reply */
    xj_store *store;
    const xj_route *route;
    xj_args args;        /* parameters: xj_args_int(&api->args, "limit") */
    const xj_jval *body; /* checked JSON; NULL where there is none or the body is a file */
    bool signed_in;
    xj_session session; /* where signed_in */
    xj_str token;       /* the cookie's */
    void *reply_arg;    /* what a command's reply function needs beside its answer */
    xj_scope scope;     /* of the session for the route's right: for every list and get */
    xj_str *captured;   /* where set, JSON goes there and not to the client (sheet.c) */
};

/* How people call who asks: the name shown, else that of sign-in. */
xj_str xj_api_who(const xj_api *api);
/* How far a right (org/rights.tsv) of who asks reaches, and the scope that follows: for what a
 * handler does beside its route's own right. */
xj_reach xj_api_reach(const xj_api *api, const char *right);
XJ_MUST_USE xj_error *xj_api_scope(xj_scope *scope, xj_api *api, const char *right);

/* A snapshot for this request; it ends with the call, or with xj_reader_end. */
XJ_MUST_USE xj_error *xj_api_read(xj_reader **reader, xj_api *api);

/* ---- answers ---- */

/* A buffer for the answer and a writer on it.  Members of a class (x-class) that who asks may not
 * see are written as null; where some are sensitive and may be seen, the answer of
 * xj_api_reply_json is sent when the journal has the reading. */
typedef struct xj_api_json {
    xj_buf buf;
    xj_json w;
} xj_api_json;
#define XJ_API_ANSWER_MAX ((size_t)64 << 20)
xj_json *xj_api_json_start(xj_api_json *json, xj_api *api);
/* End the call with STATUS and what was written.  Errors: TOO_LARGE (then nothing was sent). */
XJ_MUST_USE xj_error *xj_api_reply_json(xj_api *api, int status, xj_api_json *json);
/* The same with an ETag of VERSION ("7"). */
XJ_MUST_USE xj_error *xj_api_reply_version(xj_api *api, int status, xj_api_json *json,
                                           int64_t version);
/* Send REPLY when the journal has who read it: it shows what is sensitive, and is no JSON. */
XJ_MUST_USE xj_error *xj_api_reply_sensitive(xj_api *api, const xj_reply *reply);
/* 204. */
void xj_api_reply_none(xj_api *api);

/* "7" for an ETag, in POOL. */
xj_str xj_api_etag(xj_pool *pool, int64_t version);
/* The version in If-Match.  Errors: VERSION_REQUIRED where it is absent. */
XJ_MUST_USE xj_error *xj_api_if_match(int64_t *version, xj_api *api);

/* Add an instant as RFC 3339; the second, null for 0: it has not come. */
void xj_api_key_instant(xj_json *w, const char *key, int64_t t);
void xj_api_key_instant_or_null(xj_json *w, const char *key, int64_t t);
/* Add {"id":ID,"name":NAME}: a unit, a body. */
void xj_api_key_named(xj_json *w, const char *key, int64_t id, xj_str name);

/* The problem+json of ERR in REPLY; MORE is members (JSON) behind ours, or empty. */
void xj_api__problem(xj_reply *reply, xj_call *call, const xj_error *err, xj_str more);

/* ---- lists ---- */

/* Begin an answer that is a list in whole, and its items; end both and the call.  Errors:
 * TOO_LARGE. */
xj_json *xj_api_items_start(xj_api_json *json, xj_api *api);
XJ_MUST_USE xj_error *xj_api_items_reply(xj_api *api, xj_api_json *json);

/* A page of a list.  The handler
 *   - reads what is asked for (xj_api_page_init);
 *   - takes ASK rows behind AFTER from the domain: one more than are shown tells of a further page;
 *   - says how many came (xj_api_page_items), writes the first SHOWN, and leaves in LAST the number
 *     of the row it wrote last;
 *   - ends the call (xj_api_page_reply).
 * A list that does not go by one number begins with xj_api_page_ask, reads its cursor itself, and
 * sets NEXT where there is more.  A page holds its own buffer: it stays where it was made. */
typedef struct xj_api_page {
    xj_api *api;
    const char
        *kind;     /* of the list's cursors: another list's is refused; NULL: they are not ours */
    int64_t after; /* 0: the first page */
    int64_t ask;
    size_t shown;
    bool more;
    int64_t last;
    xj_str next;
    xj_api_json json;
    xj_json *w; /* NULL before the answer begins */
} xj_api_page;

/* Read "limit" of the request. */
void xj_api_page_ask(xj_api_page *page, xj_api *api);
/* Read "after", too.  Errors: BAD_INPUT at "after" for a cursor that is none of KIND. */
XJ_MUST_USE xj_error *xj_api_page_init(xj_api_page *page, xj_api *api, const char *kind);
/* Begin the answer, for a list that writes members before its items. */
xj_json *xj_api_page_start(xj_api_page *page);
/* Begin the items, and the answer where it has not begun; N rows came. */
xj_json *xj_api_page_items(xj_api_page *page, size_t n);
/* End the items and write "next": for a list that writes members behind them and replies itself. */
void xj_api_page_end(xj_api_page *page);
/* The same, and end the answer and the call.  Errors: TOO_LARGE. */
XJ_MUST_USE xj_error *xj_api_page_reply(xj_api_page *page);

/* ---- jobs ---- */

/* End the call with STATUS and job ID of the session's person as it stands now. */
XJ_MUST_USE xj_error *xj_api__reply_job(xj_api *api, int status, int64_t id);

/* ---- commands ---- */

typedef struct xj_api_command {
    xj_command command; /* name, subject, run, args are the handler's; the rest is filled */
    int status;         /* of the answer; 0 is 200 */
    /* JSON members for the problem+json of a failure ("yours":...,"theirs":...), or empty: RUN may
     * write them into a buffer made with xj_api_command (it clears it first, as it may run again).
     */
    xj_buf problem;
    /* Set status, ETag and headers of a success (a replayed one too: only its body is known);
     * NULL: STATUS and no ETag. */
    void (*reply)(xj_api *api, const xj_answer *answer, xj_reply *reply);
    xj_api *api;
} xj_api_command;

/* A command of this request's person and jurisdiction, with its idempotency key and request hash;
 * it lives in the call's pool.  PAYLOAD (JSON, for the journal) may be empty: then it is the
 * request's JSON body. */
xj_api_command *xj_api_command_new(xj_api *api, const char *name, xj_command_fn run, void *args,
                                   xj_str payload);
/* The pattern that the commands of a long change follow: who, where, under which key. */
const xj_command *xj_api_pattern(xj_api *api);
/* Post it; the reply is sent when it is durable.  The handler returns NULL right after and touches
 * the request no more. */
void xj_api_post(xj_api_command *command);

/* A member KEY: what areas or units came from, or became. */
void xj_api_write_successors(xj_json *w, const char *key, const xj_successor *items, size_t n);
