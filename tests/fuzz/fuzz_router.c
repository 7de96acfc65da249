/*
 * A request target, a line with a Cookie header, a line with any other list header.
 *
 * A target that is taken has a clean path; encoded again it gives the same path and the same
 * parameters; the route that is found has exactly the path's segments, and parameters that are
 * taken fit what the contract says of them.
 */
#include "fuzz/fuzz.h"

#include "http/route.h"
#include "http/url.h"
#include "routes.h"

#define QUERIES_MAX ((size_t)16)

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

static void
check_clean(xj_str text)
{
    XJ_ASSERT(xj_utf8_check(text) == text.len);
    for (size_t i = 0; i < text.len; i++)
        XJ_ASSERT((unsigned char)text.data[i] >= 0x20 && text.data[i] != 0x7f);
}

static void
check_path(xj_str path)
{
    xj_str segment, rest = path;

    check_clean(path);
    if (xj_str_eq(path, XJ_STR("*")))
        return;
    XJ_ASSERT(path.len > 0 && path.data[0] == '/');
    while (xj_str_split(&segment, &rest, '/'))
        XJ_ASSERT(!xj_str_eq(segment, XJ_STR("..")) && !xj_str_eq(segment, XJ_STR(".")));
}

/* The path and the parameters as a target again. */
static xj_str
encode(xj_str path, const xj_header *items, size_t n, xj_pool *pool)
{
    xj_buf out;
    xj_str segment, rest = xj_str_skip(path, 1);

    xj_buf_init(&out, pool, (size_t)1 << 20);
    while (xj_str_split(&segment, &rest, '/')) {
        xj_buf_add_char(&out, '/');
        xj_url_encode(&out, segment);
    }
    for (size_t i = 0; i < n; i++) {
        xj_buf_add_char(&out, i == 0 ? '?' : '&');
        xj_url_encode(&out, items[i].name);
        xj_buf_add_char(&out, '=');
        xj_url_encode(&out, items[i].value);
    }
    return xj_buf_str(&out);
}

static void
check_again(xj_str path, const xj_header *items, size_t n, xj_pool *pool)
{
    xj_str path2, query2;
    xj_header *items2;
    size_t n2;
    xj_error *err;

    err = xj_url_target(&path2, &query2, encode(path, items, n, pool), pool);
    XJ_ASSERT(err == NULL && xj_str_eq(path, path2));
    err = xj_url_query(&items2, &n2, query2, QUERIES_MAX, pool);
    XJ_ASSERT(err == NULL && n == n2);
    for (size_t i = 0; i < n; i++)
        XJ_ASSERT(xj_str_eq(items[i].name, items2[i].name) &&
                  xj_str_eq(items[i].value, items2[i].value));
}

static xj_str
no_header(const void *arg, const char *name)
{
    (void)arg;
    return strcmp(name, "If-Match") == 0 ? XJ_STR("\"1\"") : XJ_STR_NONE;
}

static void
check_args(const xj_match *match, const xj_header *items, size_t n)
{
    xj_args args;
    size_t given = 0;
    xj_error *err = xj_args_read(
        &args, match, &(xj_arg_source){.query = items, .nquery = n, .header = no_header});

    if (err != NULL) {
        XJ_ASSERT(xj_error_is(err, XJ_E_BAD_INPUT) && xj_error_field(err)[0] == '/');
        xj_error_clear(err);
        return;
    }
    for (size_t i = 0; i < match->route->nparams; i++) {
        const xj_param *param = &match->route->params[i];
        const xj_arg *arg = &args.values[i];

        given += arg->given && param->in == XJ_IN_QUERY;
        XJ_ASSERT(arg->given || !param->required);
        if (arg->text.data != NULL && (param->schema->types & XJ_S_INT) != 0)
            XJ_ASSERT((double)arg->number >= param->schema->min &&
                      (double)arg->number <= param->schema->max);
        if (arg->text.data != NULL && param->schema->len_max > 0)
            XJ_ASSERT(xj_utf8_count(arg->text) <= param->schema->len_max);
    }
    XJ_ASSERT(given == n);
}

/* What stands in the route's path stands in PATH, and each parameter is one of its segments. */
static void
check_match(const xj_match *match, xj_str path)
{
    xj_str want, have, wants = xj_str_c(match->route->path), haves = path;
    size_t parameters = 0;

    while (xj_str_split(&want, &wants, '/')) {
        XJ_ASSERT(xj_str_split(&have, &haves, '/'));
        if (want.len > 0 && want.data[0] == '{')
            XJ_ASSERT(xj_str_eq(have, match->segments[parameters++]));
        else
            XJ_ASSERT(xj_str_eq(have, want));
    }
    XJ_ASSERT(!xj_str_split(&have, &haves, '/'));
    XJ_ASSERT(parameters == match->nsegments);
}

static void
check_target(xj_str target, xj_pool *pool)
{
    xj_str path, query;
    xj_header *items;
    size_t n;
    xj_error *err = xj_url_target(&path, &query, target, pool);

    if (err == NULL)
        err = xj_url_query(&items, &n, query, QUERIES_MAX, pool);
    if (err != NULL) {
        XJ_ASSERT(xj_code_status(xj_error_code(err)) == 400);
        xj_error_clear(err);
        return;
    }
    check_path(path);
    if (!xj_str_eq(path, XJ_STR("*")))
        check_again(path, items, n, pool);
    for (xj_method method = XJ_GET; method <= XJ_METHOD_OTHER; method++) {
        xj_match match;

        xj_route_find(&match, &xj_f_routes, method, path);
        XJ_ASSERT((match.route != NULL) == ((match.allowed & XJ_METHOD_BIT(method)) != 0));
        if (match.route == NULL)
            continue;
        check_match(&match, path);
        check_args(&match, items, n);
    }
}

static void
check_lists(xj_str cookies, xj_str list)
{
    xj_str value = xj_cookie_find(cookies, "xj_session");

    if (value.data != NULL)
        XJ_ASSERT(!xj_str_has(value, XJ_STR(";")) && xj_str_has(cookies, XJ_STR("xj_session")));
    if (xj_etag_listed(list, XJ_STR("v7")))
        XJ_ASSERT(xj_str_has(list, XJ_STR("\"v7\"")) || xj_str_eq(xj_str_trim(list), XJ_STR("*")));
    if (xj_accepts_gzip(list))
        XJ_ASSERT(xj_str_has(list, XJ_STR("*")) || list.len >= 4);
    if (xj_request_id_ok(list))
        XJ_ASSERT(list.len >= 8 && list.len <= 64 && xj_utf8_check(list) == list.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xj_pool *pool = xj_pool_root();
    xj_str target = XJ_STR_NONE, cookies = XJ_STR_NONE, list = XJ_STR_NONE;
    xj_str rest = xj_str_of((const char *)data, size);

    if (xj_str_split(&target, &rest, '\n') && xj_str_split(&cookies, &rest, '\n') &&
        rest.data != NULL)
        list = rest;
    check_target(target, pool);
    check_lists(cookies, list);
    xj_pool_destroy(pool);
    return 0;
}
