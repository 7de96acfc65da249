#include "httptest.h"

static int
set_up(void **state)
{
    static struct fixture f;

    serve(&f, (xj_http_options){.no_access_log = true, .idle_seconds = 1});
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    finish(*state);
    return 0;
}

static void
pause_ms(int ms)
{
    usleep((useconds_t)ms * 1000);
}

/* Send TEXT a byte every 100 ms until the server ends the connection; true if it did. */
static bool
drip(int fd, xj_str start, char c)
{
    (void)say(fd, start);
    for (int i = 0; i < 200; i++) {
        char in;

        if (!say(fd, xj_str_of(&c, 1)))
            return true;
        errno = EAGAIN;
        if (recv(fd, &in, 1, MSG_DONTWAIT) == 0 || errno != EAGAIN)
            return true;
        pause_ms(100);
    }
    return false;
}

static void
test_tend__client_that_drips_its_headers_is_cut(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);

    assert_true(drip(fd, XJ_STR("GET /hello HTTP/1.1\r\nHost: x\r\nA: "), 'a'));
    close(fd);
}

static void
test_tend__client_that_drips_its_body_is_cut(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);

    assert_true(
        drip(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4096\r\n\r\n"), 'a'));
    assert_int_equal(atomic_load(&f->handled), 0);
    close(fd);
}

static int64_t
clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Ask N times on a new connection *FD, PAUSE ms before each; false where it ended.  *LATE tells
 * that this machine itself made a pause in which a server that allows a second may have closed it.
 */
static bool
ask_steadily(int *fd, bool *late, struct fixture *f, int n, int pause)
{
    int64_t last = clock_ms();
    bool kept = true;

    *late = false;
    *fd = dial(f);
    for (int i = 0; i < n && kept; i++) {
        const int64_t before = last;

        pause_ms(pause);
        (void)say(*fd, GET("/hello", ""));
        kept = hear(*fd, false, f->pool).status == 200;
        last = clock_ms();
        *late = *late || last - before > 900;
    }
    return kept;
}

static void
test_tend__silent_connection_is_closed(void **state)
{
    struct fixture *f = *state;
    int silent = dial(f), fresh;
    bool late;

    while (!ask_steadily(&fresh, &late, f, 1, 0)) {
        assert_true(late);
        close(fresh);
    }
    assert_true(closed(silent));
    assert_true(closed(fresh));
    close(silent);
    close(fresh);
}

static void
test_tend__long_handler_is_not_cut(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);

    say(fd, GET("/hold", ""));
    wait_held(f, 1);
    pause_ms(3500);
    release(f);
    assert_int_equal(hear(fd, false, f->pool).status, 200);
    close(fd);
}

static void
test_tend__steady_client_is_not_cut(void **state)
{
    struct fixture *f = *state;
    bool late;
    int fd;

    while (!ask_steadily(&fd, &late, f, 12, 250)) {
        assert_true(late);
        close(fd);
    }
    close(fd);
}

static void
test_tend__client_that_left_within_a_request_is_noticed(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);

    /* Both arrive in one piece; without the sweep only the deadline would end it. */
    say(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"));
    shutdown(fd, SHUT_WR);
    assert_true(closed(fd));
    close(fd);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_tend__client_that_drips_its_headers_is_cut),
        T(test_tend__client_that_drips_its_body_is_cut),
        T(test_tend__silent_connection_is_closed),
        T(test_tend__long_handler_is_not_cut),
        T(test_tend__steady_client_is_not_cut),
        T(test_tend__client_that_left_within_a_request_is_noticed),
    };

    return xjtest_main(tests);
}
