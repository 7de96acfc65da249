/* The tables are made from routes.yaml by tools/routegen.py, so that both are tested together. */
#include "http/route.h"
#include "http/url.h"
#include "httptest.h"
#include "routes.h"

#define HANDLER(name)                                                                              \
    xj_error *xj_t_##name(xj_t *api)                                                               \
    {                                                                                              \
        (void)api;                                                                                 \
        return NULL;                                                                               \
    }
HANDLER(list_a)
HANDLER(make_a)
HANDLER(total_a)
HANDLER(get_a)
HANDLER(replace_a)
HANDLER(drop_a)
HANDLER(get_b)
HANDLER(deep_end)

static void
test_route_find__takes_the_route_or_tells_404_from_405(void **state)
{
    static const struct {
        xj_method method;
        const char *path;
        const char *operation; /* NULL: none */
        unsigned allowed;
    } cases[] = {
        {XJ_GET, "/a", "listA", 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_POST},
        {XJ_HEAD, "/a", "listA", 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_POST},
        {XJ_POST, "/a", "makeA", 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_POST},
        {XJ_DELETE, "/a", NULL, 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_POST},
        {XJ_METHOD_OTHER, "/a", NULL, 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_POST},
        {XJ_GET, "/a/totals", "totalA", 1 << XJ_GET | 1 << XJ_HEAD},
        {XJ_PUT, "/a/totals", NULL, 1 << XJ_GET | 1 << XJ_HEAD},
        {XJ_GET, "/a/7", "getA", 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_PUT | 1 << XJ_DELETE},
        {XJ_GET, "/a/totalsx", "getA", 1 << XJ_GET | 1 << XJ_HEAD | 1 << XJ_PUT | 1 << XJ_DELETE},
        /* The literal leads into a dead end, the parameter does not. */
        {XJ_GET, "/a/totals/b/x", "getB", 1 << XJ_GET | 1 << XJ_HEAD},
        {XJ_GET, "/a/totals/deep/end", "deepEnd", 1 << XJ_GET | 1 << XJ_HEAD},
        {XJ_GET, "/", NULL, 0},
        {XJ_GET, "", NULL, 0},
        {XJ_GET, "a", NULL, 0},
        {XJ_GET, "*", NULL, 0},
        {XJ_GET, "/a/", NULL, 0},
        {XJ_GET, "//a", NULL, 0},
        {XJ_GET, "/a//b/x", NULL, 0},
        {XJ_GET, "/A", NULL, 0},
        {XJ_GET, "/a/1/b", NULL, 0},
        {XJ_GET, "/a/1/b/c/d", NULL, 0},
        {XJ_GET, "/a/totals/deep", NULL, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_match match;

        xj_route_find(&match, &xj_t_routes, cases[i].method, xj_str_c(cases[i].path));
        if (match.allowed != cases[i].allowed)
            fail_msg("%s: allowed %x", cases[i].path, match.allowed);
        if (cases[i].operation == NULL) {
            assert_null(match.route);
            must_fail(xj_route_check(&match),
                      match.allowed == 0 ? XJ_E_NOT_FOUND : XJ_E_METHOD_NOT_ALLOWED);
        } else {
            must_ok(xj_route_check(&match));
            assert_string_equal(match.route->operation, cases[i].operation);
            assert_ptr_equal(match.route, &xj_t_routes.items[match.index]);
        }
    }
}

static void
test_routegen__carries_what_the_contract_says(void **state)
{
    xj_match match;

    (void)state;
    xj_route_find(&match, &xj_t_routes, XJ_POST, XJ_STR("/a"));
    assert_true(match.route->csrf);
    assert_string_equal(match.route->permission, "session");
    assert_int_equal(match.route->body_max, 1000);
    assert_true(match.route->body_required);
    assert_non_null(match.route->body);
    assert_ptr_equal(xj_t_handlers[match.index], xj_t_make_a);
    xj_route_find(&match, &xj_t_routes, XJ_DELETE, XJ_STR("/a/1"));
    assert_false(match.route->csrf);
    assert_int_equal(match.route->body_max, 0);
    xj_route_find(&match, &xj_t_routes, XJ_PUT, XJ_STR("/a/1"));
    assert_int_equal(match.route->body_max, 1 << 20);
    assert_null(match.route->body);
    assert_string_equal(match.route->body_types[1], "application/octet-stream");
}

static void
test_routegen__contract_is_json(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_jval *contract;

    (void)state;
    must_ok(xj_json_parse(&contract, xj_t_contract, xj_t_contract.len, pool));
    assert_str(xj_jval_str(xj_jval_find(contract, "openapi")), "3.1.0");
    assert_int_equal(xj_t_contract_etag.len, 16);
    assert_true(xj_str_starts(xj_t_contract_gzip, XJ_STR("\x1f\x8b")));
    xj_pool_destroy(pool);
}

static const char *if_match; /* what the header says */

static xj_str
one_header(const void *arg, const char *name)
{
    (void)arg;
    return strcmp(name, "If-Match") == 0 ? xj_str_c(if_match) : XJ_STR_NONE;
}

static xj_error *
read_args(xj_args *args, xj_method method, const char *path, const char *query, xj_pool *pool)
{
    xj_match match;
    xj_header *items;
    size_t n;
    xj_error *err;

    xj_route_find(&match, &xj_t_routes, method, xj_str_dup(xj_str_c(path), pool));
    must_ok(xj_route_check(&match));
    must_ok(xj_url_query(&items, &n, xj_str_dup(xj_str_c(query), pool), 64, pool));
    err = xj_args_read(args, &match,
                       &(xj_arg_source){.query = items, .nquery = n, .header = one_header});
    return err;
}

static void
test_args_read__gives_text_numbers_and_presets(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_args args;

    (void)state;
    must_ok(
        read_args(&args, XJ_GET, "/a/17/b/abc", "q=%E8%A1%8C&from=2024-02-29&order=-due", pool));
    assert_int_equal(xj_args_int(&args, "id"), 17);
    assert_str(xj_args_str(&args, "name"), "abc");
    assert_str(xj_args_str(&args, "q"), "行");
    assert_str(xj_args_str(&args, "from"), "2024-02-29");
    assert_str(xj_args_str(&args, "order"), "-due");
    assert_int_equal(xj_args_int(&args, "limit"), 50);
    assert_false(xj_args_given(&args, "limit"));
    assert_int_equal(xj_args_int(&args, "all"), 1);
    must_ok(read_args(&args, XJ_GET, "/a/17/b/abc", "q=x&limit=200&all=false", pool));
    assert_int_equal(xj_args_int(&args, "limit"), 200);
    assert_true(xj_args_given(&args, "limit"));
    assert_int_equal(xj_args_int(&args, "all"), 0);
    assert_null(xj_args_str(&args, "order").data);
    xj_pool_destroy(pool);
}

static void
test_args_read__names_the_parameter_that_is_wrong(void **state)
{
    static const struct {
        const char *path, *query, *at;
    } cases[] = {
        {"/a/x/b/c", "q=1", "/id"},
        {"/a/1/b/long", "q=1", "/name"},
        {"/a/1/b/c", "", "/q"},
        {"/a/1/b/c", "q=", "/q"},
        {"/a/1/b/c", "q=12345", "/q"},
        {"/a/1/b/c", "q=1&limit=abc", "/limit"},
        {"/a/1/b/c", "q=1&limit=", "/limit"},
        {"/a/1/b/c", "q=1&limit=0", "/limit"},
        {"/a/1/b/c", "q=1&limit=201", "/limit"},
        {"/a/1/b/c", "q=1&limit=1.5", "/limit"},
        {"/a/1/b/c", "q=1&limit=99999999999999999999", "/limit"},
        {"/a/1/b/c", "q=1&order=due", "/order"},
        {"/a/1/b/c", "q=1&from=2023-02-29", "/from"},
        {"/a/1/b/c", "q=1&all=yes", "/all"},
        {"/a/1/b/c", "q=1&q=2", "/q"},
        {"/a/1/b/c", "q=1&other=2", "/other"},
        {"/a/1/b/c", "q=1&id=2", "/id"},
        {"/a/0", "", "/id"},
        {"/a/9007199254740992", "", "/id"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_args args;
        xj_error *err = read_args(&args, XJ_GET, cases[i].path, cases[i].query, pool);

        if (err == NULL)
            fail_msg("%s?%s was taken", cases[i].path, cases[i].query);
        assert_string_equal(xj_error_field(err), cases[i].at);
        must_fail(err, XJ_E_BAD_INPUT);
    }
    xj_pool_destroy(pool);
}

static void
test_args_read__headers_are_checked_too(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_args args;

    (void)state;
    if_match = "\"12\"";
    must_ok(read_args(&args, XJ_PUT, "/a/1", "", pool));
    assert_str(xj_args_str(&args, "If-Match"), "\"12\"");
    if_match = "12";
    must_fail(read_args(&args, XJ_PUT, "/a/1", "", pool), XJ_E_BAD_INPUT);
    if_match = NULL;
    must_fail(read_args(&args, XJ_PUT, "/a/1", "", pool), XJ_E_VERSION_REQUIRED);
    xj_pool_destroy(pool);
}

/* ---- bodies, through a server ---- */

static void
handle_routed(void *arg, xj_call *call)
{
    xj_match match;
    xj_args args;
    const xj_jval *body = NULL;
    xj_error *err;

    (void)arg;
    xj_route_find(&match, &xj_t_routes, xj_call_method(call), xj_call_path(call));
    err = xj_route_check(&match);
    if (err == NULL)
        err = xj_args_of_call(&args, &match, call);
    if (err == NULL)
        err = xj_route_body(&body, match.route, call, xj_call_pool(call));
    if (err != NULL)
        xj_call_fail(call, err);
    else
        xj_call_reply(call,
                      &(xj_reply){.status = 200,
                                  .content_type = "text/plain",
                                  .body = body == NULL ? XJ_STR("no json")
                                                       : xj_jval_str(xj_jval_find(body, "title"))});
}

static void
refuse_with_place(void *arg, xj_call *call, const xj_error *err, xj_reply *reply)
{
    (void)arg;
    reply->content_type = "text/plain";
    reply->body = xj_str_printf(xj_call_pool(call), "%s %s", xj_code_wire(xj_error_code(err)),
                                xj_error_field(err) == NULL ? "-" : xj_error_field(err));
}

static void
test_route_body__checks_type_and_schema(void **state)
{
    static const struct {
        const char *request, *type, *body;
        int status;
        const char *answer;
    } cases[] = {
        {"POST /a", "application/json", "{\"title\":\"x\"}", 200, "x"},
        {"POST /a", "Application/JSON; charset=utf-8", "{\"title\":\"x\",\"due\":null}", 200, "x"},
        {"POST /a", "application/json", "{\"title\":\"x\",\"due\":\"2020-12-31\"}", 200, "x"},
        {"POST /a", "application/json", "{\"title\":\"x\",\"due\":\"soon\"}", 400,
         "bad_input /due"},
        {"POST /a", "application/json", "{\"title\":\"\"}", 400, "bad_input /title"},
        {"POST /a", "application/json", "{}", 400, "bad_input /title"},
        {"POST /a", "application/json", "{\"title\":\"x\",\"a/b~c\":1}", 400, "bad_input /a~1b~0c"},
        {"POST /a", "application/json", "[]", 400, "bad_input "},
        {"POST /a", "application/json", "null", 400, "bad_input "},
        {"POST /a", "application/json", "{\"title\":", 400, "bad_json -"},
        {"POST /a", "application/json", "{\"title\":\"\xff\"}", 400, "not_utf8 -"},
        {"POST /a", "application/json", "", 400, "bad_input -"},
        {"POST /a", "text/json", "{\"title\":\"x\"}", 415, "unsupported_kind -"},
        {"POST /a", "", "{\"title\":\"x\"}", 415, "unsupported_kind -"},
        {"PUT /a/1", "text/plain", "anything \xff", 200, "no json"},
        {"PUT /a/1", "application/octet-stream", "", 200, "no json"},
        {"PUT /a/1", "image/png", "x", 415, "unsupported_kind -"},
        {"DELETE /a/1", "text/plain", "x", 400, "bad_input -"},
        {"GET /a?x=1", "text/plain", "", 400, "bad_input /x"},
        {"PATCH /a", "text/plain", "", 405, "method_not_allowed -"},
        {"GET /b", "text/plain", "", 404, "not_found -"},
    };
    struct fixture f = {.pool = xj_pool_root()};

    (void)state;
    must_ok(xj_http_start(&f.http,
                          &(xj_http_options){.no_access_log = true,
                                             .handle = handle_routed,
                                             .refuse = refuse_with_place},
                          f.pool));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        answer a = ask(&f,
                       xj_str_printf(f.pool,
                                     "%s HTTP/1.1\r\nHost: x\r\nIf-Match: \"1\"\r\n"
                                     "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                                     cases[i].request, cases[i].type, strlen(cases[i].body),
                                     cases[i].body),
                       f.pool);

        if (a.status != cases[i].status)
            fail_msg("%s %s: %d", cases[i].request, cases[i].body, a.status);
        assert_str(a.body, cases[i].answer);
    }
    xj_http_stop(f.http, 10);
    xj_pool_destroy(f.pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_route_find__takes_the_route_or_tells_404_from_405),
        cmocka_unit_test(test_routegen__carries_what_the_contract_says),
        cmocka_unit_test(test_routegen__contract_is_json),
        cmocka_unit_test(test_args_read__gives_text_numbers_and_presets),
        cmocka_unit_test(test_args_read__names_the_parameter_that_is_wrong),
        cmocka_unit_test(test_args_read__headers_are_checked_too),
        cmocka_unit_test(test_route_body__checks_type_and_schema),
    };

    return xjtest_main(tests);
}
