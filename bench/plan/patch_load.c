/*
 * bench/plan/patch_load.c -- clients that change tasks of a draft, one after another.
 *
 *     patch_load PORT SECONDS COOKIE CSRF TASK:VERSION...
 *
 * One thread and connection a task; each sends PATCH with the version it saw, waits for the durable
 * answer and goes on.  Prints the number of changes a second.  A refusal ends it.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int port;
static const char *cookie, *csrf;
static atomic_bool stop;
static atomic_long done;

struct client {
    pthread_t thread;
    long long task, version;
};

static int
dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("patch_load: connect");
        exit(1);
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Read a whole answer; true where its status is 200. */
static bool
answered(int fd, char *buf, size_t size)
{
    size_t len = 0, want = 0;

    for (;;) {
        const ssize_t n = read(fd, buf + len, size - 1 - len);
        char *body, *length;

        if (n <= 0)
            return false;
        len += (size_t)n;
        buf[len] = '\0';
        body = strstr(buf, "\r\n\r\n");
        length = strstr(buf, "Content-Length: ");
        if (body != NULL && length != NULL)
            want = (size_t)(body + 4 - buf) + strtoul(length + 16, NULL, 10);
        if (want > 0 && len >= want)
            return strncmp(buf, "HTTP/1.1 200", 12) == 0;
        if (len == size - 1)
            return false;
    }
}

static void *
work(void *arg)
{
    enum { SIZE = 65536 };
    struct client *c = arg;
    char *buf = malloc(SIZE);
    const int fd = dial();

    while (!atomic_load(&stop)) {
        char body[128];
        const int nbody =
            snprintf(body, sizeof body, "{\"title\":\"开展健康教育讲座第%lld次\"}", c->version);
        const int n = snprintf(buf, SIZE,
                               "PATCH /api/v1/tasks/%lld HTTP/1.1\r\nHost: x\r\nCookie: %s\r\n"
                               "X-CSRF-Token: %s\r\nIf-Match: \"%lld\"\r\n"
                               "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                               c->task, cookie, csrf, c->version, nbody, body);

        if (write(fd, buf, (size_t)n) != n || !answered(fd, buf, SIZE)) {
            fprintf(stderr, "patch_load: task %lld: %.300s\n", c->task, buf);
            exit(1);
        }
        c->version++;
        atomic_fetch_add(&done, 1);
    }
    close(fd);
    free(buf);
    return NULL;
}

int
main(int argc, char **argv)
{
    const int n = argc - 5;
    struct timespec from, to;
    struct client *clients;
    double seconds;

    if (n < 1) {
        fprintf(stderr, "usage: patch_load PORT SECONDS COOKIE CSRF TASK:VERSION...\n");
        return 2;
    }
    port = (int)strtol(argv[1], NULL, 10);
    cookie = argv[3];
    csrf = argv[4];
    clients = calloc((size_t)n, sizeof *clients);
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < n; i++) {
        char *rest;

        clients[i].task = strtoll(argv[5 + i], &rest, 10);
        clients[i].version = strtoll(rest + 1, NULL, 10);
        pthread_create(&clients[i].thread, NULL, work, &clients[i]);
    }
    sleep((unsigned)strtoul(argv[2], NULL, 10));
    atomic_store(&stop, true);
    clock_gettime(CLOCK_MONOTONIC, &to);
    seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    printf("%.0f\n", (double)atomic_load(&done) / seconds);
    for (int i = 0; i < n; i++)
        pthread_join(clients[i].thread, NULL);
    free(clients);
    return 0;
}
