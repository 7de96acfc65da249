#include "http/http_priv.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * libmicrohttpd closes a connection on which nothing moves; a client that sends a byte now and then
 * would hold one for ever.  So each phase of a connection has a deadline of its own here (server.c
 * and call.c say how long), and a connection past it is shut down; its loop then closes it.
 */
#define BUSY_MS 250
#define IDLE_MS 1000
#define LEFT_MS 500
#define LINGER_MS 2000
#define LINGER_BYTES ((size_t)64 << 20)

static void
drain_wake(struct tend *tend)
{
    uint64_t n;

    while (read(tend->wake, &n, sizeof n) < 0 && errno == EINTR)
        continue;
}

/*
 * libmicrohttpd (0.9.75, edge-triggered) does not see the end of a client that sent part of a
 * request and left at once: it takes the bytes, and the end makes no new edge.  Such a connection
 * would hold its place until the deadline.
 */
static bool
left(const struct conn *conn, int64_t age)
{
    char c;

    return age >= LEFT_MS && atomic_load(&conn->reading) &&
           recv(conn->fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void
sweep(xj_http *http, int64_t now)
{
    pthread_mutex_lock(&http->conns_lock);
    for (struct conn *conn = http->conns; conn != NULL; conn = conn->next) {
        int64_t allowed = atomic_load(&conn->allowed);
        int64_t age = now - atomic_load(&conn->since);

        if (allowed > 0 && (age > allowed || left(conn, age))) {
            atomic_store(&conn->allowed, 0);
            shutdown(conn->fd, SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&http->conns_lock);
}

/* Read on from the lingering socket I; true when it is done. */
static bool
lingered(struct tend *tend, size_t i, int64_t now)
{
    char scratch[16384];

    for (int turn = 0; turn < 64; turn++) {
        ssize_t n = recv(tend->lingering[i].fd, scratch, sizeof scratch, MSG_DONTWAIT);

        if (n > 0) {
            tend->lingering[i].bytes += (size_t)n;
            continue;
        }
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        return true;
    }
    return now > tend->lingering[i].until || tend->lingering[i].bytes > LINGER_BYTES;
}

static void
linger_on(struct tend *tend, int64_t now)
{
    pthread_mutex_lock(&tend->lock);
    for (size_t i = 0; i < tend->nlingering;) {
        if (!lingered(tend, i, now)) {
            i++;
            continue;
        }
        close(tend->lingering[i].fd);
        tend->lingering[i] = tend->lingering[--tend->nlingering];
    }
    pthread_mutex_unlock(&tend->lock);
}

static void
wait_for_work(struct tend *tend, int period)
{
    struct pollfd fds[LINGER_MAX + 1];
    nfds_t n = 1;

    fds[0] = (struct pollfd){.fd = tend->wake, .events = POLLIN};
    pthread_mutex_lock(&tend->lock);
    for (size_t i = 0; i < tend->nlingering; i++)
        fds[n++] = (struct pollfd){.fd = tend->lingering[i].fd, .events = POLLIN};
    pthread_mutex_unlock(&tend->lock);
    if (poll(fds, n, period) > 0 && fds[0].revents != 0)
        drain_wake(tend);
}

static void *
run(void *arg)
{
    xj_http *http = arg;
    struct tend *tend = &http->tend;

    while (!atomic_load(&tend->stopping)) {
        int64_t now;

        wait_for_work(tend, atomic_load(&http->nconns) > 0 ? BUSY_MS : IDLE_MS);
        now = http_clock_ms();
        sweep(http, now);
        linger_on(tend, now);
        http_access_flush(http);
    }
    return NULL;
}

xj_error *
http_tend_start(xj_http *http)
{
    struct tend *tend = &http->tend;

    pthread_mutex_init(&tend->lock, NULL);
    tend->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (tend->wake < 0)
        return xj_error_new(XJ_E_UNAVAILABLE, "could not make an event descriptor");
    if (pthread_create(&tend->thread, NULL, run, http) != 0) {
        close(tend->wake);
        return xj_error_new(XJ_E_UNAVAILABLE, "could not start a thread");
    }
    return NULL;
}

void
http_tend_wake(xj_http *http)
{
    uint64_t one = 1;

    /* A full counter wakes as well. */
    while (write(http->tend.wake, &one, sizeof one) < 0 && errno == EINTR)
        continue;
}

void
http_tend_stop(xj_http *http)
{
    struct tend *tend = &http->tend;

    atomic_store(&tend->stopping, true);
    http_tend_wake(http);
    pthread_join(tend->thread, NULL);
    for (size_t i = 0; i < tend->nlingering; i++)
        close(tend->lingering[i].fd);
    close(tend->wake);
    pthread_mutex_destroy(&tend->lock);
}

void
http_tend_linger(xj_http *http, int fd)
{
    struct tend *tend = &http->tend;
    int copy;

    pthread_mutex_lock(&tend->lock);
    copy = tend->nlingering < LINGER_MAX ? dup(fd) : -1;
    if (copy >= 0) {
        shutdown(copy, SHUT_WR);
        tend->lingering[tend->nlingering].fd = copy;
        tend->lingering[tend->nlingering].bytes = 0;
        tend->lingering[tend->nlingering++].until = http_clock_ms() + LINGER_MS;
    }
    pthread_mutex_unlock(&tend->lock);
    if (copy >= 0)
        http_tend_wake(http);
}
