/*
 * http/http_priv.h -- what the files of http/ share.
 *
 * Threads: a call belongs to its loop until it is suspended, to a worker (or whoever the handler
 * gave it to) until it is resumed, then to its loop again.  Only `state`, `refs` and the fields of
 * a connection marked so are touched by more than one thread at a time.
 */
#pragma once

#include "http/http.h"
#include "http/url.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#define HEADERS_MAX 100 /* header lines of a request */
#define POOLS_KEPT 64   /* idle pools of calls */

/* A call's way: where its loop stands with it. */
enum stage {
    STAGE_NEW,     /* the request line is there */
    STAGE_BODY,    /* the headers are checked, the body comes in */
    STAGE_REFUSED, /* `response` is ready, to be queued at the request's end */
    STAGE_HANDED,  /* suspended, a worker's */
    STAGE_QUEUED   /* the response is with libmicrohttpd */
};

/* Who may end a suspended call; changed by compare-and-swap. */
enum state {
    STATE_RUNNING,  /* the handler */
    STATE_REPLIED,  /* nobody: it is ended */
    STATE_ABANDONED /* the server stopped first; the handler's reply only frees the call */
};

struct conn {
    xj_http *http;
    int fd;
    _Atomic int64_t since;   /* monotonic ms: begin of the present phase */
    _Atomic int64_t allowed; /* ms for it; 0: no limit (a handler runs) */
    _Atomic bool reading;    /* the phase waits for the client's bytes */
    bool over;               /* above connections_max: its first request gets 503 */
    bool linger;             /* closed with input unread: read on a while, or the reply is lost */
    pthread_mutex_t lock;    /* guards `call` against the stopping thread */
    xj_call *call;
    struct conn *prev, *next; /* guarded by http->conns_lock */
    char peer[INET6_ADDRSTRLEN];
};

struct xj_call {
    xj_http *http;
    struct conn *conn;
    struct MHD_Connection *mhd;
    xj_pool *pool;
    enum stage stage;
    _Atomic int state;
    _Atomic int refs;
    bool handed; /* guarded by conn->lock */
    xj_method method;
    xj_str target; /* as it came */
    xj_str path;
    xj_header *query;
    size_t nquery;
    xj_header *headers;
    size_t nheaders;
    char *body;
    size_t body_len, body_cap, body_max;
    struct MHD_Response *response;
    int status;
    size_t sent;      /* bytes of the reply's body */
    const char *code; /* wire name of the error it ended with */
    int64_t started;  /* monotonic µs */
    char id[XJ_REQUEST_ID_MAX + 1];
    char peer[INET6_ADDRSTRLEN];
    void *data;
    xj_call *next; /* in the workers' queue */
};

/* ---- work.c: the workers and their queues ---- */
#define FILE_BODY ((size_t)64 << 10) /* a body this long is a file's, and its call the files' */

struct work {
    xj_http *http;
    pthread_mutex_t lock;
    pthread_cond_t more;
    xj_call *head, **tail;
    int waiting, idle, max;
    bool waking; /* a worker was woken and has not looked yet */
    bool stopping;
    int nthreads;
    pthread_t *threads;
};

XJ_MUST_USE xj_error *http_work_start(xj_http *http, xj_pool *pool);
/* False if the queue is full. */
bool http_work_push(xj_http *http, xj_call *call);
/* Join all; what is still queued was abandoned before. */
void http_work_stop(xj_http *http);

/* ---- tend.c: deadlines, closed connections that linger, the access log's flushing ---- */
#define LINGER_MAX 64

struct tend {
    pthread_t thread;
    int wake; /* an eventfd */
    _Atomic bool stopping;
    pthread_mutex_t lock;
    struct {
        int fd;
        int64_t until;
        size_t bytes;
    } lingering[LINGER_MAX];
    size_t nlingering;
};

XJ_MUST_USE xj_error *http_tend_start(xj_http *http);
void http_tend_stop(xj_http *http);
void http_tend_wake(xj_http *http);
/* Keep a duplicate of FD open until its peer has closed, or for two seconds. */
void http_tend_linger(xj_http *http, int fd);

/* ---- access.c ---- */
struct access {
    pthread_mutex_t lock;
    char *text, *spare;
    size_t len;
    int64_t dropped;
};

void http_access_start(xj_http *http, xj_pool *pool);
void http_access_add(xj_http *http, const xj_call *call, bool complete);
void http_access_flush(xj_http *http);
void http_access_stop(xj_http *http);

/* ---- server.c ---- */
struct xj_http {
    xj_http_options options; /* with the presets filled in */
    struct MHD_Daemon *daemon;
    int listener, port;
    uint64_t id_seed;
    _Atomic uint64_t id_next;
    _Atomic bool stopping;
    _Atomic int nconns;
    _Atomic int active;    /* calls whose request line came and that are not complete */
    _Atomic int suspended; /* calls whose resume has not returned */
    _Atomic size_t bodies; /* bytes of bodies held */
    pthread_mutex_t conns_lock;
    struct conn *conns;
    struct work work, files;
    struct tend tend;
    struct access access;
    pthread_mutex_t pools_lock;
    xj_pool *pools[POOLS_KEPT]; /* cleared, for the next calls */
    size_t npools;
    bool closed; /* calls that end now are those that a handler kept */
    pthread_mutex_t gzip_lock;
    struct gzip *gzips; /* idle compressors */
};

int64_t http_clock_us(void);
static inline int64_t
http_clock_ms(void)
{
    return http_clock_us() / 1000;
}
/* Begin a phase of CONN that may take MS from now (0: any time); READING as above. */
void http_conn_phase(struct conn *conn, int64_t ms, bool reading);

/* ---- call.c ---- */
void *http_call_uri(void *arg, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result http_call_step(void *arg, struct MHD_Connection *mhd, const char *url,
                               const char *method, const char *version, const char *upload,
                               size_t *upload_size, void **state);
void http_call_completed(void *arg, struct MHD_Connection *mhd, void **state,
                         enum MHD_RequestTerminationCode why);
/* Give back one of the call's references; the last one frees it. */
void http_call_drop(xj_call *call);
/* The loops are gone: keep no pools any more. */
void http_call_stop(xj_http *http);
/* The server stops: end the call of CONN, if it is suspended, with 503. */
void http_call_abandon(struct conn *conn);

/* ---- reply.c ---- */
/* Make the response of CALL from REPLY, or from ERR (consumed). */
void http_reply_make(xj_call *call, const xj_reply *reply);
void http_reply_refuse(xj_call *call, xj_error *err, int retry_after);
/* The reply to ERR (consumed) for CALL in *REPLY. */
void http_reply_problem(xj_call *call, xj_error *err, xj_reply *reply);
void http_gzip_stop(xj_http *http);
