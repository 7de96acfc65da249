#include "http/url.h"
#include "support/xjtest.h"

static int
set_up(void **state)
{
    *state = xj_pool_root();
    return 0;
}

static int
tear_down(void **state)
{
    xj_pool_destroy(*state);
    return 0;
}

static void
test_url_decode__gives_the_text_or_says_why_not(void **state)
{
    static const struct {
        const char *in, *out; /* NULL: refused with `code` */
        bool plus;
        xj_code code;
    } cases[] = {
        {"abc", "abc", false, 0},
        {"", "", false, 0},
        {"a%20b", "a b", false, 0},
        {"a+b", "a+b", false, 0},
        {"a+b", "a b", true, 0},
        {"%e8%a1%8c", "行", false, 0},
        {"%41", "A", false, 0},
        {"%4", NULL, false, XJ_E_BAD_INPUT},
        {"%", NULL, false, XJ_E_BAD_INPUT},
        {"%4x", NULL, false, XJ_E_BAD_INPUT},
        {"%x4", NULL, false, XJ_E_BAD_INPUT},
        {"%00", NULL, false, XJ_E_BAD_INPUT},
        {"%0a", NULL, true, XJ_E_BAD_INPUT},
        {"%7f", NULL, false, XJ_E_BAD_INPUT},
        {"%ff", NULL, false, XJ_E_NOT_UTF8},
        {"%ed%a0%80", NULL, false, XJ_E_NOT_UTF8},
        {"\xe8", NULL, false, XJ_E_NOT_UTF8},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str out;
        xj_error *err = xj_url_decode(&out, xj_str_c(cases[i].in), cases[i].plus, *state);

        if (cases[i].out == NULL) {
            must_fail(err, cases[i].code);
        } else {
            must_ok(err);
            assert_str(out, cases[i].out);
        }
    }
}

static void
test_url_encode__comes_back(void **state)
{
    static const char *const texts[] = {"", "abc", "健康 行动?&=#/%+", "\"<>\\", "a.b-c_d~e"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        xj_buf buf;
        xj_str out;

        xj_buf_init(&buf, *state, 1024);
        xj_url_encode(&buf, xj_str_c(texts[i]));
        must_ok(xj_url_decode(&out, xj_buf_str(&buf), true, *state));
        assert_str(out, texts[i]);
    }
}

static void
test_url_target__splits_and_refuses_ways_out(void **state)
{
    static const struct {
        const char *in, *path, *query;
    } cases[] = {
        {"/", "/", ""},
        {"/a/b?x=1?y", "/a/b", "x=1?y"},
        {"/a%20b", "/a b", ""},
        {"/a...b/..c", "/a...b/..c", ""},
        {"http://host:80/a?b", "/a", "b"},
        {"https://host", "/", ""},
        {"*", "*", ""},
        {"", NULL, NULL},
        {"a", NULL, NULL},
        {"?a", NULL, NULL},
        {"/..", NULL, NULL},
        {"/.", NULL, NULL},
        {"/a/../b", NULL, NULL},
        {"/a/%2e%2e", NULL, NULL},
        {"/a%2fb", NULL, NULL},
        {"/a\\b", NULL, NULL},
        {"/a#b", NULL, NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str path, query;
        xj_error *err = xj_url_target(&path, &query, xj_str_c(cases[i].in), *state);

        if (cases[i].path == NULL) {
            must_fail(err, XJ_E_BAD_INPUT);
        } else {
            must_ok(err);
            assert_str(path, cases[i].path);
            assert_str(query, cases[i].query);
        }
    }
}

static void
test_url_query__keeps_order_and_repeats(void **state)
{
    xj_header *items;
    size_t n;

    must_ok(xj_url_query(&items, &n, XJ_STR("b=2&a=1&&a=%3D+x&c"), 4, *state));
    assert_int_equal(n, 4);
    assert_str(items[0].name, "b");
    assert_str(items[1].value, "1");
    assert_str(items[2].value, "= x");
    assert_str(items[3].name, "c");
    assert_str(items[3].value, "");
    must_ok(xj_url_query(&items, &n, XJ_STR(""), 4, *state));
    assert_int_equal(n, 0);
    must_fail(xj_url_query(&items, &n, XJ_STR("a&b&c&d&e"), 4, *state), XJ_E_BAD_INPUT);
    must_fail(xj_url_query(&items, &n, XJ_STR("=1"), 4, *state), XJ_E_BAD_INPUT);
}

static void
test_cookie_find__takes_the_first_of_that_very_name(void **state)
{
    (void)state;
    assert_str(xj_cookie_find(XJ_STR("a=1; b=2; a=3"), "a"), "1");
    assert_str(xj_cookie_find(XJ_STR("aa=1;a=\"quoted\" "), "a"), "quoted");
    assert_str(xj_cookie_find(XJ_STR("a="), "a"), "");
    assert_str(xj_cookie_find(XJ_STR("a=b=c"), "a"), "b=c");
    assert_null(xj_cookie_find(XJ_STR("A=1; ba=2; a"), "a").data);
    assert_null(xj_cookie_find(XJ_STR_NONE, "a").data);
}

static void
test_accepts_gzip__follows_the_weights(void **state)
{
    static const struct {
        const char *header;
        bool takes;
    } cases[] = {{"gzip", true},   {"GZIP", true},      {"deflate, gzip;q=0.1", true},
                 {"*", true},      {"gzip;q=0", false}, {"gzip; q=0.000, *", false},
                 {"*;q=0", false}, {"identity", false}, {"xgzip, gzipx", false},
                 {"", false},      {NULL, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(xj_accepts_gzip(xj_str_c(cases[i].header)), cases[i].takes);
}

static void
test_request_id_ok__takes_8_to_64_plain_characters(void **state)
{
    char text[66];

    (void)state;
    memset(text, 'a', sizeof text);
    assert_false(xj_request_id_ok(xj_str_of(text, 7)));
    assert_true(xj_request_id_ok(xj_str_of(text, 8)));
    assert_true(xj_request_id_ok(xj_str_of(text, 64)));
    assert_false(xj_request_id_ok(xj_str_of(text, 65)));
    assert_true(xj_request_id_ok(XJ_STR("A.b_c-09")));
    assert_false(xj_request_id_ok(XJ_STR("aaaaaaa\"")));
    assert_false(xj_request_id_ok(XJ_STR("aaaaaaa\n")));
}

static void
test_type_is__ignores_case_and_parameters(void **state)
{
    (void)state;
    assert_true(xj_type_is(XJ_STR("application/JSON; charset=utf-8"), "application/json"));
    assert_false(xj_type_is(XJ_STR("application/jsonx"), "application/json"));
    assert_true(xj_type_is_text(XJ_STR("text/html; charset=utf-8")));
    assert_true(xj_type_is_text(XJ_STR("application/problem+json")));
    assert_true(xj_type_is_text(XJ_STR("image/svg+xml")));
    assert_false(xj_type_is_text(XJ_STR("application/octet-stream")));
    assert_false(xj_type_is_text(XJ_STR("image/png")));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_url_decode__gives_the_text_or_says_why_not),
        T(test_url_encode__comes_back),
        T(test_url_target__splits_and_refuses_ways_out),
        T(test_url_query__keeps_order_and_repeats),
        T(test_cookie_find__takes_the_first_of_that_very_name),
        T(test_accepts_gzip__follows_the_weights),
        T(test_request_id_ok__takes_8_to_64_plain_characters),
        T(test_type_is__ignores_case_and_parameters),
    };

    return xjtest_main(tests);
}
