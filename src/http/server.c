#include "http/http_priv.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOPS 2
/* Connections above connections_max that are taken to be told so, a loop. */
#define OVER 32
#define OVER_MS 5000
#define HTML_POLICY                                                                                \
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "           \
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

int64_t
http_clock_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void
http_conn_phase(struct conn *conn, int64_t ms, bool reading)
{
    /* Without a deadline in between, so that the tending thread never sees the new one with the old
     * begin. */
    atomic_store(&conn->allowed, 0);
    if (ms == 0)
        return;
    atomic_store(&conn->reading, reading);
    atomic_store(&conn->since, http_clock_ms());
    atomic_store(&conn->allowed, ms);
}

/* ---- connections ---- */

static void
name_peer(struct conn *conn, const struct sockaddr *address)
{
    char *out = conn->peer;

    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)address)->sin_addr, out,
                  sizeof conn->peer);
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, out,
                  sizeof conn->peer);
}

static struct conn *
conn_open(xj_http *http, struct MHD_Connection *mhd)
{
    struct conn *conn = calloc(1, sizeof *conn);

    if (conn == NULL)
        abort();
    conn->http = http;
    conn->fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    name_peer(conn, MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    pthread_mutex_init(&conn->lock, NULL);
    conn->over = atomic_fetch_add(&http->nconns, 1) >= http->options.connections_max;
    http_conn_phase(conn, conn->over ? OVER_MS : 2000 * (int64_t)http->options.idle_seconds, true);
    pthread_mutex_lock(&http->conns_lock);
    conn->next = http->conns;
    if (conn->next != NULL)
        conn->next->prev = conn;
    http->conns = conn;
    pthread_mutex_unlock(&http->conns_lock);
    return conn;
}

static void
conn_close(xj_http *http, struct conn *conn)
{
    pthread_mutex_lock(&http->conns_lock);
    if (conn->next != NULL)
        conn->next->prev = conn->prev;
    if (conn->prev != NULL)
        conn->prev->next = conn->next;
    else
        http->conns = conn->next;
    pthread_mutex_unlock(&http->conns_lock);
    atomic_fetch_sub(&http->nconns, 1);
    /* The descriptor is still open here; libmicrohttpd closes it after this call. */
    if (conn->linger)
        http_tend_linger(http, conn->fd);
    pthread_mutex_destroy(&conn->lock);
    free(conn);
}

static void
connection_changed(void *arg, struct MHD_Connection *mhd, void **context,
                   enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = conn_open(arg, mhd);
    } else if (*context != NULL) {
        conn_close(arg, *context);
        *context = NULL;
    }
}

/* ---- start ---- */

static size_t
one_megabyte(void *arg, xj_method method, xj_str path)
{
    (void)arg;
    (void)method;
    (void)path;
    return (size_t)1 << 20;
}

static void
fill_options(xj_http *http, const xj_http_options *options, xj_pool *pool)
{
    xj_http_options *o = &http->options;

    *o = *options;
    XJ_ASSERT(o->handle != NULL);
    o->address = xj_str_cdup(xj_str_c(o->address == NULL ? "127.0.0.1" : o->address), pool);
    o->html_policy =
        xj_str_cdup(xj_str_c(o->html_policy == NULL ? HTML_POLICY : o->html_policy), pool);
    o->workers = o->workers == 0 ? 4 : o->workers;
    o->file_workers = o->file_workers == 0 ? 32 : o->file_workers;
    o->connections_max = o->connections_max == 0 ? 1024 : o->connections_max;
    o->queue_max = o->queue_max == 0 ? 1024 : o->queue_max;
    o->idle_seconds = o->idle_seconds == 0 ? 30 : o->idle_seconds;
    o->header_max = o->header_max == 0 ? (size_t)16 << 10 : o->header_max;
    o->url_max = o->url_max == 0 ? (size_t)8 << 10 : o->url_max;
    o->queries_max = o->queries_max == 0 ? 64 : o->queries_max;
    o->bodies_max = o->bodies_max == 0 ? (size_t)256 << 20 : o->bodies_max;
    if (o->body_max == NULL)
        o->body_max = one_megabyte;
}

/* A socket that listens on the address of OPTIONS. */
static xj_error *
listen_on(int *listener, int *port, const xj_http_options *options)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV};
    struct addrinfo *found;
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    char service[12];
    int on = 1, fd, failed;

    snprintf(service, sizeof service, "%d", options->port);
    if (options->port < 0 || options->port > 65535 ||
        getaddrinfo(options->address, service, &hints, &found) != 0)
        return xj_error_new(XJ_E_CONFIG, "\"%s\" port %d is not a numeric address",
                            options->address, options->port);
    fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    failed = fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
             /* Connections inherit it. */
             setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
             bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, SOMAXCONN) != 0 ||
             getsockname(fd, (struct sockaddr *)&bound, &len) != 0;
    freeaddrinfo(found);
    if (failed) {
        int why = errno;

        if (fd >= 0)
            close(fd);
        return xj_error_detail(xj_error_new(XJ_E_CONFIG, "cannot listen on \"%s\" port %d",
                                            options->address, options->port),
                               "%s", strerror(why));
    }
    *listener = fd;
    *port = bound.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)(void *)&bound)->sin6_port)
                                        : ntohs(((struct sockaddr_in *)(void *)&bound)->sin_port);
    return NULL;
}

/* Each connection is a descriptor; the usual soft limit of 1,024 leaves none for anything else. */
static void
raise_descriptors(rlim_t wanted)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    /* Where this is refused, connections are refused later, with a reason in the log. */
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static struct MHD_Daemon *
start_daemon(xj_http *http)
{
    const xj_http_options *o = &http->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
    /* libmicrohttpd keeps the request's head, our reply's head and its own records of each header
     * and parameter in this; the limits of ours are reached first by any usual request.  It is
     * zeroed after each request, so it is not made larger than that needs. */
    size_t memory = o->header_max + o->url_max + ((size_t)8 << 10);

    return MHD_start_daemon(
        flags, 0, NULL, NULL, http_call_step, http, MHD_OPTION_LISTEN_SOCKET, http->listener,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)LOOPS, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)(LOOPS * (o->connections_max + OVER)), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)o->idle_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)4096, MHD_OPTION_NOTIFY_COMPLETED,
        http_call_completed, http, MHD_OPTION_NOTIFY_CONNECTION, connection_changed, http,
        MHD_OPTION_URI_LOG_CALLBACK, http_call_uri, http, MHD_OPTION_END);
}

static xj_error *
start_threads(xj_http *http, xj_pool *pool)
{
    XJ_TRY(http_tend_start(http));
    XJ_TRY(http_work_start(http, pool));
    http->daemon = start_daemon(http);
    if (http->daemon == NULL)
        return xj_error_new(XJ_E_CONFIG, "could not start the loops of the HTTP server");
    return NULL;
}

static void
stop_threads(xj_http *http)
{
    http_work_stop(http);
    http_gzip_stop(http);
    http_call_stop(http);
    http_tend_stop(http);
    http_access_stop(http);
    pthread_mutex_destroy(&http->conns_lock);
    pthread_mutex_destroy(&http->gzip_lock);
}

xj_error *
xj_http_start(xj_http **out, const xj_http_options *options, xj_pool *pool)
{
    xj_http *http = XJ_NEW(pool, xj_http);
    sigset_t all, before;
    xj_error *err;

    fill_options(http, options, pool);
    XJ_TRY(listen_on(&http->listener, &http->port, &http->options));
    raise_descriptors((rlim_t)http->options.connections_max + 512);
    pthread_mutex_init(&http->conns_lock, NULL);
    pthread_mutex_init(&http->gzip_lock, NULL);
    pthread_mutex_init(&http->pools_lock, NULL);
    if (getrandom(&http->id_seed, sizeof http->id_seed, 0) != sizeof http->id_seed)
        http->id_seed = (uint64_t)http_clock_us();
    http_access_start(http, pool);
    /* Signals are the main thread's. */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    err = start_threads(http, pool);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (err != NULL) {
        close(http->listener);
        if (http->tend.thread != 0)
            stop_threads(http);
        return err;
    }
    *out = http;
    return NULL;
}

int
xj_http_port(const xj_http *http)
{
    return http->port;
}

/* ---- stop ---- */

static void
pause_ms(int ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&t, NULL);
}

/* Wait until no call has been under way for a moment (a request may lie unread in a socket), or
 * until SECONDS have passed. */
static void
wait_idle(xj_http *http, int seconds)
{
    int64_t until = http_clock_ms() + 1000 * (int64_t)seconds;
    int quiet = 0;

    while (quiet < 5 && http_clock_ms() < until) {
        quiet = atomic_load(&http->active) == 0 ? quiet + 1 : 0;
        pause_ms(10);
    }
}

void
xj_http_stop(xj_http *http, int seconds)
{
    atomic_store(&http->stopping, true);
    MHD_quiesce_daemon(http->daemon);
    /* Not closed yet: a loop may still be about to accept from it. */
    shutdown(http->listener, SHUT_RDWR);
    wait_idle(http, seconds);
    pthread_mutex_lock(&http->conns_lock);
    for (struct conn *conn = http->conns; conn != NULL; conn = conn->next)
        http_call_abandon(conn);
    pthread_mutex_unlock(&http->conns_lock);
    /* Calls whose reply is being made right now; no connection may be suspended below. */
    while (atomic_load(&http->suspended) > 0)
        pause_ms(1);
    wait_idle(http, 1);
    MHD_stop_daemon(http->daemon);
    close(http->listener);
    stop_threads(http);
}
