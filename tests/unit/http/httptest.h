/*
 * tests/unit/http/httptest.h -- a server with a few paths, and a client of raw sockets.
 *
 * Paths: /hello, /echo (the body), /big (100 KB of text), /tagged (etag "v7"), /html, /refuse,
 * /broken (INTERNAL), /badheader, /hold (until release()), /later (replied from another thread).
 */
#pragma once

#include "http/http.h"
#include "support/xjtest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define BIG ((size_t)100 << 10)
#define BODY_MAX ((size_t)4 << 10)

struct fixture {
    xj_pool *pool;
    xj_http *http;
    xj_http_options options;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool released;
    _Atomic int handled, held;
    pthread_t later[64];
    _Atomic int nlater;
};

static inline void
release(struct fixture *f)
{
    pthread_mutex_lock(&f->lock);
    f->released = true;
    pthread_cond_broadcast(&f->changed);
    pthread_mutex_unlock(&f->lock);
}

static inline void
hold(struct fixture *f)
{
    pthread_mutex_lock(&f->lock);
    atomic_fetch_add(&f->held, 1);
    pthread_cond_broadcast(&f->changed);
    while (!f->released)
        pthread_cond_wait(&f->changed, &f->lock);
    pthread_mutex_unlock(&f->lock);
}

static inline void
wait_held(struct fixture *f, int n)
{
    pthread_mutex_lock(&f->lock);
    while (atomic_load(&f->held) < n)
        pthread_cond_wait(&f->changed, &f->lock);
    pthread_mutex_unlock(&f->lock);
}

static inline void *
reply_later(void *arg)
{
    xj_call *call = arg;

    hold(xj_call_data(call));
    xj_call_reply(call, &(xj_reply){.status = 200,
                                    .content_type = "text/plain; charset=utf-8",
                                    .body = XJ_STR("later")});
    return NULL;
}

static inline void
handle(void *arg, xj_call *call)
{
    struct fixture *f = arg;
    xj_str path = xj_call_path(call);
    xj_reply reply = {.status = 200, .content_type = "text/plain; charset=utf-8"};

    atomic_fetch_add(&f->handled, 1);
    if (xj_str_eq(path, XJ_STR("/echo")) || xj_str_eq(path, XJ_STR("/file"))) {
        reply.content_type = "application/octet-stream";
        reply.body = xj_call_body(call);
    } else if (xj_str_eq(path, XJ_STR("/big"))) {
        char *text = xj_alloc(xj_call_pool(call), BIG);

        for (size_t i = 0; i < BIG; i++)
            text[i] = (char)('a' + (i * i) % 26);
        reply.body = xj_str_of(text, BIG);
    } else if (xj_str_eq(path, XJ_STR("/tagged"))) {
        reply.etag = XJ_STR("v7");
        reply.body = XJ_STR("tagged");
    } else if (xj_str_eq(path, XJ_STR("/html"))) {
        reply.content_type = "text/html; charset=utf-8";
        reply.body = XJ_STR("<p>行健</p>");
    } else if (xj_str_eq(path, XJ_STR("/packed"))) {
        reply.body = XJ_STR("as it is");
        reply.gzipped = XJ_STR("\x1f\x8b packed");
    } else if (xj_str_eq(path, XJ_STR("/cookie"))) {
        reply.headers[0] = (xj_header){XJ_STR("Set-Cookie"), XJ_STR("a=b; HttpOnly")};
        reply.nheaders = 1;
        reply.body = xj_call_cookie(call, "xj_session");
    } else if (xj_str_eq(path, XJ_STR("/query"))) {
        reply.body = xj_call_query(call, "q");
    } else if (xj_str_eq(path, XJ_STR("/peer"))) {
        reply.body = xj_call_peer(call);
    } else if (xj_str_eq(path, XJ_STR("/badheader"))) {
        reply.headers[0] = (xj_header){XJ_STR("X-Bad"), XJ_STR("a\r\nSet-Cookie: b")};
        reply.nheaders = 1;
    } else if (xj_str_eq(path, XJ_STR("/refuse"))) {
        xj_call_fail(call, xj_error_new(XJ_E_CONFLICT, "it conflicts"));
        return;
    } else if (xj_str_eq(path, XJ_STR("/hold"))) {
        hold(f);
        reply.body = XJ_STR("held");
    } else if (xj_str_eq(path, XJ_STR("/later"))) {
        xj_call_set_data(call, f);
        pthread_create(&f->later[atomic_fetch_add(&f->nlater, 1)], NULL, reply_later, call);
        return;
    } else {
        reply.body = XJ_STR("hello");
    }
    xj_call_reply(call, &reply);
}

static inline size_t
body_max(void *arg, xj_method method, xj_str path)
{
    (void)arg;
    if (xj_str_eq(path, XJ_STR("/file")))
        return BIG;
    return method == XJ_GET ? 0 : BODY_MAX;
}

static inline void
refuse_plainly(void *arg, xj_call *call, const xj_error *err, xj_reply *reply)
{
    (void)arg;
    reply->content_type = "application/problem+json";
    reply->body =
        xj_str_printf(xj_call_pool(call), "{\"code\":\"%s\"}", xj_code_wire(xj_error_code(err)));
}

/* OPTIONS' hooks are set here; the rest is the caller's. */
static inline void
serve(struct fixture *f, xj_http_options options)
{
    *f = (struct fixture){.pool = xj_pool_root(), .options = options};
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->changed, NULL);
    f->options.handle = handle;
    f->options.body_max = body_max;
    f->options.refuse = refuse_plainly;
    f->options.arg = f;
    must_ok(xj_http_start(&f->http, &f->options, f->pool));
}

static inline void
finish(struct fixture *f)
{
    release(f);
    if (f->http != NULL)
        xj_http_stop(f->http, 10);
    for (int i = 0; i < atomic_load(&f->nlater); i++)
        pthread_join(f->later[i], NULL);
    pthread_cond_destroy(&f->changed);
    pthread_mutex_destroy(&f->lock);
    xj_pool_destroy(f->pool);
}

/* ---- the client ---- */

static inline int
dial(const struct fixture *f)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)xj_http_port(f->http)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval patience = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* False if the peer is gone. */
static inline bool
say(int fd, xj_str text)
{
    while (text.len > 0) {
        ssize_t n = send(fd, text.data, text.len, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        text = xj_str_skip(text, (size_t)n);
    }
    return true;
}

typedef struct answer {
    int status; /* 0: the connection ended without one */
    xj_str head, body;
    bool ended; /* the connection was closed behind it */
} answer;

/* Read one reply; NO_BODY for HEAD.  Text in POOL. */
static inline answer
hear(int fd, bool no_body, xj_pool *pool)
{
    answer a = {0};
    xj_buf in;
    size_t end, length = 0, at;
    char c;

    xj_buf_init(&in, pool, 4 * BIG);
    /* Byte by byte, so that a pipelined next reply stays in the socket. */
    while (xj_str_find(xj_buf_str(&in), XJ_STR("\r\n\r\n"), in.len < 4 ? 0 : in.len - 4) ==
           XJ_NPOS) {
        if (recv(fd, &c, 1, 0) != 1)
            return a;
        xj_buf_add_char(&in, c);
    }
    end = in.len;
    a.head = xj_str_dup(xj_buf_str(&in), pool);
    assert_true(xj_str_starts(a.head, XJ_STR("HTTP/1.")));
    for (int i = 9; i < 12; i++)
        a.status = a.status * 10 + (a.head.data[i] - '0');
    at = xj_str_find(a.head, XJ_STR("Content-Length: "), 0);
    if (at != XJ_NPOS)
        for (at += 16; a.head.data[at] >= '0' && a.head.data[at] <= '9'; at++)
            length = length * 10 + (size_t)(a.head.data[at] - '0');
    if (no_body || a.status == 304)
        length = 0;
    while (in.len < end + length) {
        char *room = xj_buf_room(&in, end + length - in.len);
        ssize_t n = recv(fd, room, end + length - in.len, 0);

        assert_true(n > 0);
        xj_buf_took(&in, (size_t)n);
    }
    a.body = xj_str_dup(xj_str_skip(xj_buf_str(&in), end), pool);
    return a;
}

/* True if nothing more comes and the peer has closed, in order (no reset). */
static inline bool
closed(int fd)
{
    char c;

    return recv(fd, &c, 1, 0) == 0;
}

/* The value of header NAME, XJ_STR_NONE if absent. */
static inline xj_str
header(const answer *a, const char *name)
{
    xj_str line, rest = a->head, wanted = xj_str_c(name);

    while (xj_str_split(&line, &rest, '\n')) {
        line = xj_str_trim(line);
        if (line.len > wanted.len && line.data[wanted.len] == ':' && xj_str_starts(line, wanted))
            return xj_str_trim(xj_str_skip(line, wanted.len + 1));
    }
    return XJ_STR_NONE;
}

/* One request on a connection of its own. */
static inline answer
ask(const struct fixture *f, xj_str request, xj_pool *pool)
{
    int fd = dial(f);
    answer a;

    (void)say(fd, request);
    a = hear(fd, xj_str_starts(request, XJ_STR("HEAD ")), pool);
    close(fd);
    return a;
}

#define GET(path, more) XJ_STR("GET " path " HTTP/1.1\r\nHost: x\r\n" more "\r\n")
