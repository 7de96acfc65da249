#include "httptest.h"

static int
set_up(void **state)
{
    static struct fixture f;

    serve(&f, (xj_http_options){.no_access_log = true,
                                .header_max = 2048,
                                .url_max = 1024,
                                .queries_max = 3,
                                .bodies_max = 64 << 10});
    *state = &f;
    return 0;
}

static int
tear_down(void **state)
{
    finish(*state);
    return 0;
}

static xj_str
repeat(char c, size_t n, xj_pool *pool)
{
    char *text = xj_alloc(pool, n + 1);

    memset(text, c, n);
    text[n] = '\0';
    return xj_str_of(text, n);
}

static void
test_call__get_reaches_the_handler(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/hello", ""), f->pool);

    assert_int_equal(a.status, 200);
    assert_str(a.body, "hello");
    assert_int_equal(header(&a, "X-Request-Id").len, 16);
}

static void
test_call__query_cookie_and_peer_are_given(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/query?x=1&q=%E8%A1%8C+%e5%81%a5", ""), f->pool);

    assert_str(a.body, "行 健");
    a = ask(f, GET("/cookie", "Cookie: other=1; xj_session=abc; third=2\r\n"), f->pool);
    assert_str(a.body, "abc");
    a = ask(f, GET("/peer", ""), f->pool);
    assert_str(a.body, "127.0.0.1");
    a = ask(f, XJ_STR("GET http://proxy.example/query?q=far HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);
    assert_str(a.body, "far");
}

static void
test_call__sane_request_id_of_the_client_is_kept(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/hello", "X-Request-Id: trace-0001.b\r\n"), f->pool);

    assert_str(header(&a, "X-Request-Id"), "trace-0001.b");
    a = ask(f, GET("/hello", "X-Request-Id: <script>\r\n"), f->pool);
    assert_int_equal(header(&a, "X-Request-Id").len, 16);
    a = ask(f, GET("/hello", "X-Request-Id: short\r\n"), f->pool);
    assert_int_equal(header(&a, "X-Request-Id").len, 16);
}

static answer
post(const struct fixture *f, size_t n, bool chunked)
{
    xj_str body = repeat('b', n, f->pool);
    xj_str text =
        chunked
            ? xj_str_printf(f->pool,
                            "POST /echo HTTP/1.1\r\nHost: x\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n%zx\r\n" XJ_FMT "\r\n0\r\n\r\n",
                            n, XJ_ARG(body))
            : xj_str_printf(f->pool,
                            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n" XJ_FMT,
                            n, XJ_ARG(body));

    return ask(f, text, f->pool);
}

static void
test_call__body_at_the_limit_is_taken_and_one_above_refused(void **state)
{
    struct fixture *f = *state;

    for (int chunked = 0; chunked < 2; chunked++) {
        answer a = post(f, BODY_MAX, chunked);
        int before;

        assert_int_equal(a.status, 200);
        assert_int_equal(a.body.len, BODY_MAX);
        before = atomic_load(&f->handled);
        a = post(f, BODY_MAX + 1, chunked);
        assert_int_equal(a.status, 413);
        assert_str(a.body, "{\"code\":\"too_large\"}");
        assert_str(header(&a, "Connection"), "close");
        assert_int_equal(atomic_load(&f->handled), before);
    }
}

static void
test_call__body_in_small_pieces_is_put_together(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);
    answer a;

    say(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for (int i = 0; i < 100; i++)
        say(fd, XJ_STR("3\r\nabc\r\n"));
    say(fd, XJ_STR("0\r\n\r\n"));
    a = hear(fd, false, f->pool);
    assert_int_equal(a.status, 200);
    assert_int_equal(a.body.len, 300);
    assert_true(xj_str_ends(a.body, XJ_STR("abcabc")));
    close(fd);
}

static void
test_call__too_large_body_is_refused_before_it_is_sent(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);
    answer a;

    say(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
                   "Expect: 100-continue\r\n\r\n"));
    a = hear(fd, false, f->pool);
    assert_int_equal(a.status, 413);
    assert_true(closed(fd));
    close(fd);
}

static void
test_call__client_that_sends_all_the_same_still_reads_the_refusal(void **state)
{
    struct fixture *f = *state;
    xj_str megabyte = repeat('b', 1 << 20, f->pool);

    for (int turn = 0; turn < 5; turn++) {
        int fd = dial(f);
        answer a;

        say(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n"));
        (void)say(fd, megabyte);
        a = hear(fd, false, f->pool);
        assert_int_equal(a.status, 413);
        assert_true(closed(fd));
        close(fd);
    }
}

static void
test_call__expectation_is_met(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);
    answer a;

    say(fd, XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                   "Expect: 100-continue\r\n\r\n"));
    a = hear(fd, true, f->pool);
    assert_int_equal(a.status, 100);
    say(fd, XJ_STR("hi"));
    a = hear(fd, false, f->pool);
    assert_str(a.body, "hi");
    close(fd);
}

static void
test_call__url_at_the_limit_is_taken_and_one_above_refused(void **state)
{
    struct fixture *f = *state;

    for (size_t above = 0; above < 2; above++) {
        xj_str path = repeat('a', 1023 + above, f->pool);
        xj_str text =
            xj_str_printf(f->pool, "GET /" XJ_FMT " HTTP/1.1\r\nHost: x\r\n\r\n", XJ_ARG(path));
        answer a = ask(f, text, f->pool);

        assert_int_equal(a.status, above == 0 ? 200 : 414);
    }
}

static void
test_call__headers_at_the_limit_are_taken_and_one_above_refused(void **state)
{
    struct fixture *f = *state;

    for (size_t above = 0; above < 2; above++) {
        /* "Host: x" is 9 bytes with its end, "A: " and the end 5 more. */
        xj_str value = repeat('v', 2048 - 9 - 5 + above, f->pool);
        xj_str text = xj_str_printf(
            f->pool, "GET /hello HTTP/1.1\r\nHost: x\r\nA: " XJ_FMT "\r\n\r\n", XJ_ARG(value));
        answer a = ask(f, text, f->pool);

        assert_int_equal(a.status, above == 0 ? 200 : 431);
        /* With a body behind them, too. */
        value = repeat('v', 2048 - 9 - 19 - 5 + above, f->pool);
        text = xj_str_printf(f->pool,
                             "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nA: " XJ_FMT
                             "\r\n\r\nabc",
                             XJ_ARG(value));
        a = ask(f, text, f->pool);
        assert_int_equal(a.status, above == 0 ? 200 : 431);
    }
}

static void
test_call__far_too_long_heads_are_refused_too(void **state)
{
    struct fixture *f = *state;
    xj_str much = repeat('v', 100000, f->pool);
    answer a = ask(f,
                   xj_str_printf(f->pool, "GET /hello HTTP/1.1\r\nHost: x\r\nA: " XJ_FMT "\r\n\r\n",
                                 XJ_ARG(much)),
                   f->pool);

    assert_true(a.status == 431 || a.status == 0); /* or cut while it still sends */
    a = ask(f, xj_str_printf(f->pool, "GET /" XJ_FMT " HTTP/1.1\r\nHost: x\r\n\r\n", XJ_ARG(much)),
            f->pool);
    assert_true(a.status == 414 || a.status == 0);
    a = ask(f, GET("/hello", ""), f->pool);
    assert_int_equal(a.status, 200);
}

static void
test_call__queries_at_the_limit_are_taken_and_one_more_refused(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(ask(f, GET("/query?a=1&b=2&q=3", ""), f->pool).status, 200);
    assert_int_equal(ask(f, GET("/query?a=1&b=2&q=3&d", ""), f->pool).status, 400);
}

static void
test_call__all_bodies_together_are_limited(void **state)
{
    struct fixture *f = *state;
    xj_str most = repeat('b', BODY_MAX - 1, f->pool);
    int fds[20];
    int taken = 0, refused = 0;

    for (int i = 0; i < 20; i++) {
        fds[i] = dial(f);
        say(fds[i],
            xj_str_printf(f->pool,
                          "POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n" XJ_FMT,
                          most.len, XJ_ARG(most)));
    }
    release(f);
    for (int i = 0; i < 20; i++) {
        answer a = hear(fds[i], false, f->pool);

        taken += a.status == 200;
        refused += a.status == 503;
        close(fds[i]);
    }
    /* How many were held at a time is the scheduler's; that all got an answer is not. */
    assert_int_equal(taken + refused, 20);
    assert_true(taken >= 16);
    /* And what they held was given back. */
    assert_int_equal(post(f, BODY_MAX, false).status, 200);
}

static void
test_call__malformed_requests_are_refused_and_the_server_goes_on(void **state)
{
    const struct {
        const char *name;
        xj_str text;
        int status; /* 0: any refusal, or the connection is closed */
    } cases[] = {
        {"no host", XJ_STR("GET / HTTP/1.1\r\n\r\n"), 400},
        {"two hosts", XJ_STR("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400},
        {"http/1.0 without host", XJ_STR("GET /hello HTTP/1.0\r\n\r\n"), 200},
        {"escape cut off", XJ_STR("GET /a%2 HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"escape not hex", XJ_STR("GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"nul", XJ_STR("GET /a%00 HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"not utf-8", XJ_STR("GET /%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"overlong utf-8", XJ_STR("GET /%c0%af HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"not utf-8 in the query", XJ_STR("GET /query?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"dots", XJ_STR("GET /a/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"encoded dots", XJ_STR("GET /a/%2e%2E/b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"encoded slash", XJ_STR("GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"backslash", XJ_STR("GET /a%5c..%5cb HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"space in the path", XJ_STR("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"no slash", XJ_STR("GET a HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"star", XJ_STR("GET * HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"length and chunked",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
         400},
        {"two lengths",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n"
                "\r\nabc"),
         400},
        {"length no number",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n"), 400},
        {"length negative", XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
         400},
        {"length huge",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n"),
         413},
        {"coding other than chunked",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), 400},
        {"chunk size no number",
         XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
         400},
        {"header not utf-8", XJ_STR("GET / HTTP/1.1\r\nHost: x\r\nA: \xff\r\n\r\n"), 400},
        {"header with a control character", XJ_STR("GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n"),
         400},
        {"space in a header's name", XJ_STR("GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n"), 400},
        {"header without a colon", XJ_STR("GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"), 400},
        {"one word", XJ_STR("NONSENSE\r\n\r\n"), 0},
        {"other version", XJ_STR("GET / HTTP/9.9\r\nHost: x\r\n\r\n"), 0},
        {"a TLS hello", XJ_STR("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 0},
        {"zeros", XJ_STR("\0\0\0\0\0\0\0\0\r\n\r\n"), 0},
        {"empty query names", XJ_STR("GET /query?=1 HTTP/1.1\r\nHost: x\r\n\r\n"), 400},
        {"empty query parts", XJ_STR("GET /query?&&q=1& HTTP/1.1\r\nHost: x\r\n\r\n"), 200},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answer a;
        int fd = dial(f);

        say(fd, cases[i].text);
        if (cases[i].status == 0)
            shutdown(fd, SHUT_WR);
        a = hear(fd, false, f->pool);
        if (cases[i].status == 0 ? a.status == 200 : a.status != cases[i].status)
            fail_msg("%s: got %d", cases[i].name, a.status);
        close(fd);
        assert_int_equal(ask(f, GET("/hello", ""), f->pool).status, 200);
    }
}

static void
test_call__client_that_leaves_while_suspended_harms_nothing(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 8; i++) {
        int fd = dial(f);

        say(fd, i % 2 == 0 ? GET("/later", "")
                           : XJ_STR("POST /later HTTP/1.1\r\nHost: x\r\n"
                                    "Content-Length: 3\r\n\r\nabc"));
        wait_held(f, i + 1);
        /* A reset, so that the reply meets an error. */
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1},
                   sizeof(struct linger));
        close(fd);
    }
    release(f);
    assert_int_equal(ask(f, GET("/hello", ""), f->pool).status, 200);
}

static void
test_call__client_that_leaves_within_a_request_harms_nothing(void **state)
{
    const xj_str parts[] = {
        XJ_STR("G"),
        XJ_STR("GET /hello HTTP/1.1\r\nHo"),
        XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc"),
        XJ_STR("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab"),
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int fd = dial(f);

        say(fd, parts[i]);
        close(fd);
    }
    assert_int_equal(ask(f, GET("/hello", ""), f->pool).status, 200);
}

static void
test_call__pipelined_requests_are_answered_in_order(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);
    xj_buf text;

    xj_buf_init(&text, f->pool, 65536);
    for (int i = 0; i < 50; i++) {
        xj_buf_printf(&text, "GET /query?q=n%d HTTP/1.1\r\nHost: x\r\n\r\n", i);
        xj_buf_printf(&text, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nb%03d", i);
    }
    say(fd, xj_buf_str(&text));
    for (int i = 0; i < 50; i++) {
        char expected[16];
        answer a = hear(fd, false, f->pool);

        snprintf(expected, sizeof expected, "n%d", i);
        assert_str(a.body, expected);
        a = hear(fd, false, f->pool);
        snprintf(expected, sizeof expected, "b%03d", i);
        assert_str(a.body, expected);
    }
    close(fd);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_call__get_reaches_the_handler),
        T(test_call__query_cookie_and_peer_are_given),
        T(test_call__sane_request_id_of_the_client_is_kept),
        T(test_call__body_at_the_limit_is_taken_and_one_above_refused),
        T(test_call__body_in_small_pieces_is_put_together),
        T(test_call__too_large_body_is_refused_before_it_is_sent),
        T(test_call__client_that_sends_all_the_same_still_reads_the_refusal),
        T(test_call__expectation_is_met),
        T(test_call__url_at_the_limit_is_taken_and_one_above_refused),
        T(test_call__headers_at_the_limit_are_taken_and_one_above_refused),
        T(test_call__far_too_long_heads_are_refused_too),
        T(test_call__queries_at_the_limit_are_taken_and_one_more_refused),
        T(test_call__all_bodies_together_are_limited),
        T(test_call__malformed_requests_are_refused_and_the_server_goes_on),
        T(test_call__client_that_leaves_while_suspended_harms_nothing),
        T(test_call__client_that_leaves_within_a_request_harms_nothing),
        T(test_call__pipelined_requests_are_answered_in_order),
    };

    return xjtest_main(tests);
}
