#include "httptest.h"

#include <zlib.h>

static unsigned
allowed(void *arg, xj_str path)
{
    (void)arg;
    if (xj_str_eq(path, XJ_STR("/nothing")))
        return 0;
    return XJ_METHOD_BIT(XJ_GET) | XJ_METHOD_BIT(XJ_HEAD) | XJ_METHOD_BIT(XJ_POST);
}

static int
set_up(void **state)
{
    static struct fixture f;

    serve(&f, (xj_http_options){.no_access_log = true, .allowed = allowed});
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
test_reply__large_text_is_gzipped_where_taken_and_comes_back_whole(void **state)
{
    struct fixture *f = *state;
    answer plain = ask(f, GET("/big", ""), f->pool);
    answer packed = ask(f, GET("/big", "Accept-Encoding: br, gzip;q=0.5\r\n"), f->pool);
    char *text = xj_alloc(f->pool, BIG + 1);
    z_stream z = {0};

    assert_int_equal(plain.body.len, BIG);
    assert_null(header(&plain, "Content-Encoding").data);
    assert_str(header(&plain, "Vary"), "Accept-Encoding");
    assert_str(header(&packed, "Content-Encoding"), "gzip");
    assert_str(header(&packed, "Vary"), "Accept-Encoding");
    assert_true(packed.body.len < BIG / 2);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)packed.body.data;
    z.avail_in = (uInt)packed.body.len;
    z.next_out = (Bytef *)text;
    z.avail_out = (uInt)BIG + 1;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_true(xj_str_eq(xj_str_of(text, z.total_out), plain.body));
    inflateEnd(&z);
}

static void
test_reply__small_text_and_refused_gzip_stay_plain(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/hello", "Accept-Encoding: gzip\r\n"), f->pool);

    assert_null(header(&a, "Content-Encoding").data);
    assert_str(a.body, "hello");
    a = ask(f, GET("/big", "Accept-Encoding: gzip;q=0, *;q=1\r\n"), f->pool);
    assert_null(header(&a, "Content-Encoding").data);
}

static void
test_reply__packed_body_is_sent_as_it_is(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/packed", "Accept-Encoding: gzip\r\n"), f->pool);

    assert_str(header(&a, "Content-Encoding"), "gzip");
    assert_str(a.body, "\x1f\x8b packed");
    a = ask(f, GET("/packed", ""), f->pool);
    assert_str(a.body, "as it is");
}

static void
test_reply__known_etag_gives_304(void **state)
{
    static const struct {
        const char *held;
        int status;
    } cases[] = {{"\"v7\"", 304}, {"W/\"v7\"", 304}, {"\"a\", \"v7\"", 304},
                 {"*", 304},      {"\"v8\"", 200},   {"v7", 200},
                 {"\"v7", 200},   {"", 200},         {"\"v77\"", 200}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str text = xj_str_printf(
            f->pool, "GET /tagged HTTP/1.1\r\nHost: x\r\nIf-None-Match: %s\r\n\r\n", cases[i].held);
        answer a = ask(f, text, f->pool);

        assert_int_equal(a.status, cases[i].status);
        assert_str(header(&a, "ETag"), "\"v7\"");
        assert_str(a.body, a.status == 304 ? "" : "tagged");
    }
}

static void
test_reply__304_leaves_the_connection_usable(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);

    for (int i = 0; i < 3; i++) {
        say(fd, GET("/tagged", "If-None-Match: \"v7\"\r\n"));
        assert_int_equal(hear(fd, true, f->pool).status, 304);
        say(fd, XJ_STR("HEAD /big HTTP/1.1\r\nHost: x\r\n\r\n"));
        assert_int_equal(hear(fd, true, f->pool).status, 200);
        say(fd, GET("/hello", ""));
        assert_str(hear(fd, false, f->pool).body, "hello");
    }
    close(fd);
}

static void
test_reply__head_has_the_length_and_no_body(void **state)
{
    struct fixture *f = *state;
    int fd = dial(f);
    answer a;
    char c;

    say(fd, XJ_STR("HEAD /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    a = hear(fd, true, f->pool);
    assert_int_equal(a.status, 200);
    assert_str(header(&a, "Content-Length"), "5");
    assert_int_equal(recv(fd, &c, 1, 0), 0);
    close(fd);
}

static void
test_reply__carries_the_security_headers(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/hello", ""), f->pool);

    assert_str(header(&a, "X-Content-Type-Options"), "nosniff");
    assert_str(header(&a, "Referrer-Policy"), "same-origin");
    assert_str(header(&a, "Cache-Control"), "no-store");
    assert_null(header(&a, "Content-Security-Policy").data);
    a = ask(f, GET("/html", ""), f->pool);
    assert_true(
        xj_str_has(header(&a, "Content-Security-Policy"), XJ_STR("frame-ancestors 'none'")));
    a = ask(f, XJ_STR("GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);
    assert_int_equal(a.status, 400);
    assert_str(header(&a, "X-Content-Type-Options"), "nosniff");
}

static void
test_reply__own_headers_are_sent(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/cookie", ""), f->pool);

    assert_str(header(&a, "Set-Cookie"), "a=b; HttpOnly");
}

static void
test_reply__header_with_a_line_break_is_never_sent(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/badheader", ""), f->pool);

    assert_int_equal(a.status, 500);
    assert_null(header(&a, "Set-Cookie").data);
}

static void
test_reply__options_and_405_name_the_methods(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, XJ_STR("OPTIONS /hello HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);

    assert_int_equal(a.status, 204);
    assert_str(header(&a, "Allow"), "GET, HEAD, POST, OPTIONS");
    a = ask(f, XJ_STR("DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);
    assert_int_equal(a.status, 405);
    assert_str(header(&a, "Allow"), "GET, HEAD, POST, OPTIONS");
    assert_str(a.body, "{\"code\":\"method_not_allowed\"}");
    a = ask(f, XJ_STR("BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);
    assert_int_equal(a.status, 405);
    /* An unknown path is the handler's, or told before a body is read. */
    a = ask(f, XJ_STR("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"),
            f->pool);
    assert_int_equal(a.status, 404);
    a = ask(f, XJ_STR("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"), f->pool);
    assert_int_equal(a.status, 200);
}

static void
test_call_fail__gets_the_form_of_refuse(void **state)
{
    struct fixture *f = *state;
    answer a = ask(f, GET("/refuse", ""), f->pool);

    assert_int_equal(a.status, 409);
    assert_str(header(&a, "Content-Type"), "application/problem+json");
    assert_str(a.body, "{\"code\":\"conflict\"}");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_reply__large_text_is_gzipped_where_taken_and_comes_back_whole),
        T(test_reply__small_text_and_refused_gzip_stay_plain),
        T(test_reply__packed_body_is_sent_as_it_is),
        T(test_reply__known_etag_gives_304),
        T(test_reply__304_leaves_the_connection_usable),
        T(test_reply__head_has_the_length_and_no_body),
        T(test_reply__carries_the_security_headers),
        T(test_reply__own_headers_are_sent),
        T(test_reply__header_with_a_line_break_is_never_sent),
        T(test_reply__options_and_405_name_the_methods),
        T(test_call_fail__gets_the_form_of_refuse),
    };

    return xjtest_main(tests);
}
