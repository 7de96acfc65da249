/*
 * http/http.h -- the HTTP server: parse, hand to a worker, send.
 *
 * libmicrohttpd's two loops only parse and send.  A complete request is suspended and handed to a
 * worker thread, which calls its handler; the handler ends the call with xj_call_reply, at once or
 * later from another thread (a lane's done function).  This module knows no database and no domain:
 * what is served and the form of an error come from app/ through xj_http_options.  Routes and
 * checked parameters: http/route.h.  Read next: http/README.md.
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"

typedef struct xj_http xj_http;
typedef struct xj_call xj_call; /* one request and its reply */

typedef enum xj_method {
    XJ_GET,
    XJ_HEAD,
    XJ_POST,
    XJ_PUT,
    XJ_PATCH,
    XJ_DELETE,
    XJ_OPTIONS,
    XJ_METHOD_OTHER
} xj_method;

typedef struct xj_header {
    xj_str name, value;
} xj_header;

/* ---- the request; all text is valid UTF-8 and lives as long as the call ---- */
xj_method xj_call_method(const xj_call *call);
xj_str xj_call_path(const xj_call *call); /* decoded, begins with '/', no ".." and no NUL */
xj_str xj_call_header(const xj_call *call, const char *name); /* any case; XJ_STR_NONE if absent */
xj_str xj_call_cookie(const xj_call *call, const char *name);
xj_str xj_call_query(const xj_call *call, const char *name); /* decoded; XJ_STR_NONE if absent */
size_t xj_call_nquery(const xj_call *call);
xj_header xj_call_query_at(const xj_call *call, size_t index);
const xj_header *xj_call_queries(const xj_call *call); /* all, in order */
/* What came; the one text here that is not checked for UTF-8.  A NUL stands behind it. */
xj_str xj_call_body(const xj_call *call);
xj_str xj_call_id(const xj_call *call); /* the request id, in log and reply */
xj_str xj_call_peer(const xj_call *call);
xj_pool *xj_call_pool(xj_call *call); /* a root pool of the call's own */
/* True if the client holds ETAG (without quotes) already, so that the body need not be made: a
 * reply with this etag becomes 304. */
bool xj_call_holds(const xj_call *call, xj_str etag);
/* The router's and the handler's own data. */
void xj_call_set_data(xj_call *call, void *data);
void *xj_call_data(const xj_call *call);

/* ---- the reply ---- */
#define XJ_REPLY_HEADERS_MAX 8

typedef struct xj_reply {
    int status;
    const char *content_type; /* NULL: no body */
    xj_str body;              /* lives in the call's pool, or for ever (embedded files) */
    xj_str etag;              /* without quotes; empty: none.  A matching If-None-Match gives 304 */
    const char *cache_control; /* NULL: "no-store" */
    xj_str gzipped;            /* the body already compressed (embedded files), or empty */
    xj_header headers[XJ_REPLY_HEADERS_MAX];
    size_t nheaders;
} xj_reply;

/* End CALL with REPLY; from any thread, exactly once; CALL is gone afterwards.  Text above 1 KB is
 * gzipped where the client takes it.  A header value with a line break ends the call with 500. */
void xj_call_reply(xj_call *call, const xj_reply *reply);
/* End CALL with ERR (consumed), in the form that the options' `refuse` gives.  The chain is logged
 * here, once, where the fault is ours (status 500 and above). */
void xj_call_fail(xj_call *call, xj_error *err);

/* ---- the server ---- */
#define XJ_METHOD_BIT(method) (1u << (method))

typedef struct xj_http_options {
    const char *address; /* "127.0.0.1" or "::1"; NULL is the former */
    int port;            /* 0: any free one, see xj_http_port */
    int workers;         /* 0 is 4 */
    int file_workers; /* beside them, for calls with a long body, which wait for the disk; 0 is 32
                       */
    int connections_max; /* 0 is 1,024; one more is refused with 503 */
    int queue_max;       /* requests that wait for a worker; 0 is 1,024; one more gets 503 */
    int idle_seconds;    /* keep-alive and slow clients; 0 is 30 */
    size_t header_max;   /* 0 is 16 KB: 431 above */
    size_t url_max;      /* 0 is 8 KB: 414 above */
    size_t queries_max;  /* parameters of the query; 0 is 64: 400 above */
    size_t bodies_max;   /* bytes of all bodies held at a time; 0 is 256 MB: 503 above */
    bool no_access_log;
    const char *html_policy; /* Content-Security-Policy of HTML; NULL: all from the own origin */
    /* The largest body of this request (its route's limit), asked in a loop before the body is
     * read; 413 above.  NULL: 1 MB. */
    size_t (*body_max)(void *arg, xj_method method, xj_str path);
    /* The methods that PATH takes, as XJ_METHOD_BITs, 0 for an unknown path; OPTIONS and 405 are
     * answered from it.  NULL: every method goes to `handle`. */
    unsigned (*allowed)(void *arg, xj_str path);
    /* On a worker thread, for every complete request. */
    void (*handle)(void *arg, xj_call *call);
    /* The body of a refusal (problem+json) for ERR, for http's own refusals too (then in a loop).
     * REPLY comes with the status set.  NULL: the message as plain text. */
    void (*refuse)(void *arg, xj_call *call, const xj_error *err, xj_reply *reply);
    void *arg;
} xj_http_options;

/* Listen and serve until xj_http_stop.  The server lives in POOL.
 *
 * Errors: CONFIG where the address cannot be had. */
XJ_MUST_USE xj_error *xj_http_start(xj_http **http, const xj_http_options *options, xj_pool *pool);
int xj_http_port(const xj_http *http);
/* Stop accepting, finish every request that was accepted (at most SECONDS; what is not answered
 * then gets 503), then close.  Returns when the last handler has returned. */
void xj_http_stop(xj_http *http, int seconds);
