/*
 * tests/unit/net/nettest.h -- the other side: a mail server and a web server of a few lines, each
 * answering as the test says and keeping what came.  One connection, one thread.
 */
#pragma once

#include "net/net.h"
#include "support/xjtest.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

struct peer {
    int listening, port;
    bool web;
    const char *answer;   /* web: the whole answer */
    const char *greeting; /* mail: the first line; NULL is a friendly one */
    const char *refuse;   /* mail: the command that is refused, "RCPT" */
    const char *refusal;  /* mail: with this line */
    char got[1 << 16];    /* all that came, lines as they came */
    size_t ngot;
    pthread_t thread;
};

static inline void
peer_say(int fd, const char *line)
{
    /* A client that hung up is what some tests are about. */
    (void)send(fd, line, strlen(line), MSG_NOSIGNAL);
}

/* The next line into LINE (without its end) and into what came; false at the end. */
static inline bool
peer_line(struct peer *p, int fd, char *line, size_t size)
{
    for (size_t n = 0; n + 1 < size;) {
        char c;

        if (read(fd, &c, 1) != 1)
            return false;
        if (p->ngot + 1 < sizeof p->got)
            p->got[p->ngot++] = c;
        if (c == '\n') {
            line[n] = '\0';
            if (n > 0 && line[n - 1] == '\r')
                line[n - 1] = '\0';
            return true;
        }
        line[n++] = c;
    }
    return false;
}

static inline void
peer_mail(struct peer *p, int fd)
{
    char line[4096];
    bool data = false;

    peer_say(fd, p->greeting == NULL ? "220 peer\r\n" : p->greeting);
    while (peer_line(p, fd, line, sizeof line)) {
        if (data) {
            data = strcmp(line, ".") != 0;
            if (!data)
                peer_say(fd, "250 taken\r\n");
        } else if (p->refuse != NULL && strncmp(line, p->refuse, strlen(p->refuse)) == 0) {
            peer_say(fd, p->refusal);
        } else if (strcmp(line, "DATA") == 0) {
            data = true;
            peer_say(fd, "354 go on\r\n");
        } else if (strncmp(line, "EHLO", 4) == 0) {
            peer_say(fd, "250-peer\r\n250 8BITMIME\r\n");
        } else if (strcmp(line, "QUIT") == 0) {
            peer_say(fd, "221 bye\r\n");
            return;
        } else {
            peer_say(fd, "250 good\r\n");
        }
    }
}

static inline void
peer_web(struct peer *p, int fd)
{
    size_t body = 0;
    char line[4096];

    while (peer_line(p, fd, line, sizeof line) && line[0] != '\0')
        if (strncasecmp(line, "content-length:", 15) == 0)
            body = (size_t)strtoul(line + 15, NULL, 10);
    for (; body > 0 && p->ngot + 1 < sizeof p->got; body--)
        if (read(fd, &p->got[p->ngot++], 1) != 1)
            return;
    peer_say(fd, p->answer);
}

static inline void *
peer_run(void *arg)
{
    struct peer *p = arg;
    int fd = accept(p->listening, NULL, NULL);

    if (fd < 0)
        return NULL;
    if (p->web)
        peer_web(p, fd);
    else
        peer_mail(p, fd);
    close(fd);
    return NULL;
}

static inline void
peer_open(struct peer *p)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t len = sizeof at;

    p->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(p->listening, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(p->listening, 4), 0);
    assert_int_equal(getsockname(p->listening, (struct sockaddr *)&at, &len), 0);
    p->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&p->thread, NULL, peer_run, p), 0);
}

/* Whoever never called is let go, too. */
static inline void
peer_close(struct peer *p)
{
    shutdown(p->listening, SHUT_RDWR);
    pthread_join(p->thread, NULL);
    close(p->listening);
    p->got[p->ngot] = '\0';
}

struct fixture {
    xj_pool *pool;
    struct peer peer;
};

static inline int
set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    xj_net_start();
    f->pool = xj_pool_root();
    *state = f;
    return 0;
}

static inline int
tear_down(void **state)
{
    struct fixture *f = *state;

    xj_pool_destroy(f->pool);
    xj_net_stop();
    free(f);
    return 0;
}
