#include "nettest.h"

static xj_net_post
post_to(struct fixture *f)
{
    return (xj_net_post){.url =
                             xj_str_printf(f->pool, "http://127.0.0.1:%d/hook?x=1", f->peer.port),
                         .content_type = XJ_STR("application/json"),
                         .body = XJ_STR("{\"kind\":\"notice\"}"),
                         .secret = XJ_STR("open sesame"),
                         .id = XJ_STR("notice-41"),
                         .at = INT64_C(1785542405000000),
                         .seconds = 20};
}

/* By Python: hmac.new(b"open sesame", b'1785542405.{"kind":"notice"}', "sha256").hexdigest() */
#define SIGNATURE "t=1785542405,v1=ecd9ea337c4c387b1bf002c2175654e22eef80e2b6f79e9ffeac001fa8b7a0fa"

static void
test_post_signature__is_what_others_compute(void **state)
{
    struct fixture *f = *state;

    assert_str(xj_net_post_signature(XJ_STR("open sesame"), INT64_C(1785542405999999),
                                     XJ_STR("{\"kind\":\"notice\"}"), f->pool),
               SIGNATURE);
}

static void
test_post_send__carries_body_id_and_signature(void **state)
{
    struct fixture *f = *state;
    xj_net_post post;
    xj_str answer, got;

    f->peer.web = true;
    f->peer.answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 4\r\n\r\ngood";
    peer_open(&f->peer);
    post = post_to(f);
    must_ok(xj_net_post_send(&answer, &post, f->pool));
    peer_close(&f->peer);
    assert_str(answer, "good");
    got = xj_str_c(f->peer.got);
    assert_true(xj_str_starts(got, XJ_STR("POST /hook?x=1 HTTP/1.1\r\n")));
    assert_true(xj_str_has(got, XJ_STR("\r\nContent-Type: application/json\r\n")));
    assert_true(xj_str_has(got, XJ_STR("\r\nXingjian-Id: notice-41\r\n")));
    assert_true(xj_str_has(got, XJ_STR("\r\nXingjian-Signature: " SIGNATURE "\r\n")));
    assert_true(xj_str_ends(got, XJ_STR("\r\n\r\n{\"kind\":\"notice\"}")));
}

static void
test_post_send__what_an_answer_means(void **state)
{
    static const struct {
        const char *answer;
        xj_code code;
    } cases[] = {
        {"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n", XJ_E_UNAVAILABLE},
        {"HTTP/1.1 429 Later\r\nContent-Length: 0\r\n\r\n", XJ_E_UNAVAILABLE},
        {"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", XJ_E_REFUSED},
        {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
         XJ_E_REFUSED},
        {"SSH-2.0-nothing\r\n", XJ_E_REFUSED},
        {"", XJ_E_UNAVAILABLE},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_net_post post;

        f->peer = (struct peer){.web = true, .answer = cases[i].answer};
        peer_open(&f->peer);
        post = post_to(f);
        must_fail(xj_net_post_send(NULL, &post, f->pool), cases[i].code);
        peer_close(&f->peer);
    }
}

static void
test_post_send__an_answer_has_a_limit(void **state)
{
    struct fixture *f = *state;
    xj_buf answer;
    xj_net_post post;

    for (size_t more = 0; more < 2; more++) {
        xj_buf_init(&answer, f->pool, XJ_NET_ANSWER_MAX + 200);
        xj_buf_printf(&answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
                      XJ_NET_ANSWER_MAX + more);
        for (size_t i = 0; i < XJ_NET_ANSWER_MAX + more; i++)
            xj_buf_add_char(&answer, 'a');
        f->peer = (struct peer){.web = true, .answer = answer.data};
        peer_open(&f->peer);
        post = post_to(f);
        if (more == 0)
            must_ok(xj_net_post_send(NULL, &post, f->pool));
        else
            must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_TOO_LARGE);
        peer_close(&f->peer);
    }
}

static void
test_post_send__checks_before_it_calls(void **state)
{
    struct fixture *f = *state;
    xj_net_post post = post_to(f);

    post.url = XJ_STR("file:///etc/passwd");
    must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_BAD_INPUT);
    post.url = XJ_STR("http://127.0.0.1:1/a b");
    must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_BAD_INPUT);
    post = post_to(f);
    post.id = XJ_STR("a\r\nHost: b");
    must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_BAD_INPUT);
    post = post_to(f);
    post.body = xj_str_of(xj_calloc(f->pool, XJ_NET_BODY_MAX + 1), XJ_NET_BODY_MAX + 1);
    must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_TOO_LARGE);
}

static void
test_post_send__nobody_there_may_be_there_later(void **state)
{
    struct fixture *f = *state;
    xj_net_post post;

    f->peer.web = true;
    peer_open(&f->peer);
    peer_close(&f->peer);
    post = post_to(f);
    must_fail(xj_net_post_send(NULL, &post, f->pool), XJ_E_UNAVAILABLE);
}

int
main(void)
{
    const struct CMUnitTest post[] = {
        cmocka_unit_test_setup_teardown(test_post_signature__is_what_others_compute, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_post_send__carries_body_id_and_signature, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_post_send__what_an_answer_means, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_post_send__an_answer_has_a_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_post_send__checks_before_it_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_post_send__nobody_there_may_be_there_later, set_up,
                                        tear_down),
    };

    return xjtest_main(post);
}
