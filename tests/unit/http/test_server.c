#include "httptest.h"

#include "http/http_priv.h"

static void
test_http_start__address_that_is_taken_or_none_is_refused(void **state)
{
    struct fixture f;
    xj_http *second;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true});
    must_fail(xj_http_start(&second,
                            &(xj_http_options){.handle = handle, .port = xj_http_port(f.http)},
                            f.pool),
              XJ_E_CONFIG);
    must_fail(xj_http_start(&second,
                            &(xj_http_options){.handle = handle, .address = "no.such.place"},
                            f.pool),
              XJ_E_CONFIG);
    must_fail(xj_http_start(&second, &(xj_http_options){.handle = handle, .port = 65536}, f.pool),
              XJ_E_CONFIG);
    finish(&f);
}

static void
test_http_start__connections_above_the_limit_get_503(void **state)
{
    struct fixture f;
    int fds[4];
    answer a;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true, .connections_max = 4});
    for (int i = 0; i < 4; i++) {
        fds[i] = dial(&f);
        say(fds[i], GET("/hello", ""));
        assert_int_equal(hear(fds[i], false, f.pool).status, 200);
    }
    a = ask(&f, GET("/hello", ""), f.pool);
    assert_int_equal(a.status, 503);
    assert_str(header(&a, "Connection"), "close");
    assert_str(header(&a, "Retry-After"), "1");
    a = ask(&f, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"), f.pool);
    assert_int_equal(a.status, 503);
    /* Those that are in go on. */
    for (int i = 0; i < 4; i++) {
        say(fds[i], GET("/hello", ""));
        assert_int_equal(hear(fds[i], false, f.pool).status, 200);
        close(fds[i]);
    }
    /* And there is room again as soon as the loops have seen that. */
    do
        a = ask(&f, GET("/hello", ""), f.pool);
    while (a.status == 503);
    assert_int_equal(a.status, 200);
    finish(&f);
}

static void *
stop(void *arg)
{
    struct fixture *f = arg;

    xj_http_stop(f->http, 20);
    return NULL;
}

/* Wait until N requests wait for a worker: a connection that nobody has read from is not accepted.
 */
static void
wait_queued(struct fixture *f, int n)
{
    struct work *work = &f->http->work;
    int waiting;

    do {
        usleep(1000);
        pthread_mutex_lock(&work->lock);
        waiting = work->waiting;
        pthread_mutex_unlock(&work->lock);
    } while (waiting < n);
}

static void
test_http_stop__finishes_what_was_accepted(void **state)
{
    struct fixture f;
    pthread_t stopper;
    int fds[8], fd;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true, .workers = 2});
    address.sin_port = htons((uint16_t)xj_http_port(f.http));
    /* Two are with the workers, the others wait in the queue. */
    for (int i = 0; i < 8; i++) {
        fds[i] = dial(&f);
        say(fds[i], GET("/hold", ""));
    }
    wait_held(&f, 2);
    wait_queued(&f, 6);
    pthread_create(&stopper, NULL, stop, &f);
    /* Once nobody is let in any more, the handlers may go on. */
    for (;;) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
            break;
        close(fd);
    }
    close(fd);
    release(&f);
    for (int i = 0; i < 8; i++) {
        answer a = hear(fds[i], false, f.pool);

        assert_int_equal(a.status, 200);
        assert_str(a.body, "held");
        assert_str(header(&a, "Connection"), "close");
        assert_true(closed(fds[i]));
        close(fds[i]);
    }
    pthread_join(stopper, NULL);
    f.http = NULL;
    finish(&f);
}

static void
test_http_stop__call_whose_handler_is_too_slow_gets_503(void **state)
{
    struct fixture f;
    int fd;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true});
    fd = dial(&f);
    say(fd, GET("/later", ""));
    wait_held(&f, 1);
    xj_http_stop(f.http, 0);
    assert_int_equal(hear(fd, false, f.pool).status, 503);
    close(fd);
    /* The handler's reply comes after the server's end and only frees the call. */
    f.http = NULL;
    finish(&f);
}

static void
test_http_stop__idle_connections_do_not_hold_it(void **state)
{
    struct fixture f;
    int fds[10];

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true});
    for (int i = 0; i < 10; i++) {
        fds[i] = dial(&f);
        say(fds[i], GET("/hello", ""));
        assert_int_equal(hear(fds[i], false, f.pool).status, 200);
    }
    xj_http_stop(f.http, 3600);
    for (int i = 0; i < 10; i++) {
        assert_true(closed(fds[i]));
        close(fds[i]);
    }
    f.http = NULL;
    finish(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_http_start__address_that_is_taken_or_none_is_refused),
        cmocka_unit_test(test_http_start__connections_above_the_limit_get_503),
        cmocka_unit_test(test_http_stop__finishes_what_was_accepted),
        cmocka_unit_test(test_http_stop__call_whose_handler_is_too_slow_gets_503),
        cmocka_unit_test(test_http_stop__idle_connections_do_not_hold_it),
    };

    return xjtest_main(tests);
}
