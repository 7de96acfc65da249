#include "httptest.h"

static void
test_work__full_queue_gets_503_and_the_connection_lives(void **state)
{
    struct fixture f;
    int fds[6];
    int held = 0, refused = 0;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true, .workers = 1, .queue_max = 2});
    fds[0] = dial(&f);
    say(fds[0], GET("/hold", ""));
    wait_held(&f, 1);
    /* The worker is busy: two wait, the others are refused at once. */
    for (int i = 1; i < 6; i++) {
        fds[i] = dial(&f);
        say(fds[i], GET("/hold", ""));
    }
    for (int waiting = 5; waiting > 2;) {
        for (int i = 1; i < 6; i++) {
            char c;
            answer a;

            if (fds[i] < 0 || recv(fds[i], &c, 1, MSG_PEEK | MSG_DONTWAIT) != 1)
                continue;
            a = hear(fds[i], false, f.pool);
            assert_int_equal(a.status, 503);
            assert_str(header(&a, "Retry-After"), "1");
            assert_str(a.body, "{\"code\":\"unavailable\"}");
            refused++;
            waiting--;
            close(fds[i]);
            fds[i] = -1;
        }
    }
    release(&f);
    for (int i = 0; i < 6; i++) {
        if (fds[i] < 0)
            continue;
        assert_int_equal(hear(fds[i], false, f.pool).status, 200);
        held++;
        close(fds[i]);
    }
    assert_int_equal(held, 3);
    assert_int_equal(refused, 3);
    finish(&f);
}

struct client {
    pthread_t thread;
    struct fixture *f;
    int number;
    int good;
};

#define CLIENTS 100
#define REQUESTS 20

static void *
be_client(void *arg)
{
    struct client *c = arg;
    xj_pool *pool = xj_pool_root();
    int fd = dial(c->f);

    for (int i = 0; i < REQUESTS; i++) {
        xj_str body = xj_str_printf(pool, "client %d request %d", c->number, i);
        answer a;

        say(fd, xj_str_printf(
                    pool, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n" XJ_FMT,
                    body.len, XJ_ARG(body)));
        a = hear(fd, false, pool);
        c->good += a.status == 200 && xj_str_eq(a.body, body);
        xj_pool_clear(pool);
    }
    close(fd);
    xj_pool_destroy(pool);
    return NULL;
}

static void
test_work__hundred_clients_each_get_their_own_answers(void **state)
{
    static struct client clients[CLIENTS];
    struct fixture f;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true});
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.f = &f, .number = i};
        assert_int_equal(pthread_create(&clients[i].thread, NULL, be_client, &clients[i]), 0);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        assert_int_equal(clients[i].good, REQUESTS);
    }
    finish(&f);
}

static void
test_work__reply_may_come_from_another_thread(void **state)
{
    struct fixture f;
    int fds[8];

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true, .workers = 1});
    for (int i = 0; i < 8; i++) {
        fds[i] = dial(&f);
        say(fds[i], GET("/later", ""));
    }
    /* One worker is enough: none of them waits. */
    wait_held(&f, 8);
    release(&f);
    for (int i = 0; i < 8; i++) {
        assert_str(hear(fds[i], false, f.pool).body, "later");
        close(fds[i]);
    }
    finish(&f);
}

static void
test_work__calls_with_a_file_leave_the_workers_of_the_others_free(void **state)
{
    struct fixture f;
    xj_str file;
    char *bytes;
    int fd, held;
    answer a;

    (void)state;
    serve(&f, (xj_http_options){.no_access_log = true, .workers = 1, .file_workers = 1});
    held = dial(&f);
    say(held, GET("/hold", ""));
    wait_held(&f, 1);
    bytes = xj_alloc(f.pool, 70000);
    memset(bytes, 'x', 70000);
    file = xj_str_of(bytes, 70000);
    fd = dial(&f);
    say(fd, XJ_STR("POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n"));
    say(fd, file);
    a = hear(fd, false, f.pool);
    assert_int_equal(a.status, 200);
    assert_true(xj_str_eq(a.body, file));
    release(&f);
    assert_int_equal(hear(held, false, f.pool).status, 200);
    close(fd);
    close(held);
    finish(&f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_work__full_queue_gets_503_and_the_connection_lives),
        cmocka_unit_test(test_work__hundred_clients_each_get_their_own_answers),
        cmocka_unit_test(test_work__reply_may_come_from_another_thread),
        cmocka_unit_test(test_work__calls_with_a_file_leave_the_workers_of_the_others_free),
    };

    return xjtest_main(tests);
}
