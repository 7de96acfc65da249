#include "api/api_priv.h"

#include "support/xjtest.h"

#define LIMIT 3

/* A request for LIMIT areas behind AFTER (data NULL: from the first), answered into *BODY. */
static xj_api
request(xj_pool *pool, xj_str after, xj_str *body)
{
    xj_api api = {.pool = pool, .captured = body};

    for (size_t i = 0; i < xj_api_routes.len; i++)
        if (strcmp(xj_api_routes.items[i].operation, "listAreas") == 0)
            api.route = api.args.route = &xj_api_routes.items[i];
    assert_non_null(api.route);
    for (size_t i = 0; i < api.route->nparams; i++) {
        if (strcmp(api.route->params[i].name, "limit") == 0)
            api.args.values[i] = (xj_arg){.given = true, .number = LIMIT};
        if (strcmp(api.route->params[i].name, "after") == 0)
            api.args.values[i] = (xj_arg){.given = after.data != NULL, .text = after};
    }
    return api;
}

static void
test_page_init__reads_what_is_asked_for(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_api api = request(pool, XJ_STR_NONE, NULL);
    xj_api_page page;

    (void)state;
    must_ok(xj_api_page_init(&page, &api, "area"));
    assert_int_equal(page.ask, LIMIT + 1);
    assert_int_equal(page.after, 0);
    api = request(pool, xj_cursor_make(pool, "area", "i", (int64_t)-7), NULL);
    must_ok(xj_api_page_init(&page, &api, "area"));
    assert_int_equal(page.ask, LIMIT + 1);
    assert_int_equal(page.after, -7);
    xj_pool_destroy(pool);
}

static void
test_page_init__refuses_a_cursor_that_is_none_of_the_list(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_str wrong[] = {XJ_STR(""),
                            XJ_STR("area"),
                            XJ_STR("area.aQ"),
                            xj_cursor_make(pool, "unit", "i", (int64_t)7),
                            xj_cursor_make(pool, "area", "ii", (int64_t)7, (int64_t)8),
                            xj_cursor_make(pool, "area", "s", XJ_STR("7"))};
    xj_api_page page;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        xj_api api = request(pool, wrong[i], NULL);

        must_fail(xj_api_page_init(&page, &api, "area"), XJ_E_BAD_INPUT);
    }
    xj_pool_destroy(pool);
}

/* The answer where CAME rows came, numbered from 11. */
static xj_str
answer(xj_pool *pool, int64_t came)
{
    xj_str body = XJ_STR_NONE;
    xj_api api = request(pool, XJ_STR_NONE, &body);
    xj_api_page page;
    xj_json *w;

    must_ok(xj_api_page_init(&page, &api, "area"));
    w = xj_api_page_items(&page, (size_t)came);
    for (size_t i = 0; i < page.shown; i++) {
        page.last = 11 + (int64_t)i;
        xj_json_int(w, page.last);
    }
    must_ok(xj_api_page_reply(&page));
    return body;
}

static void
test_page_reply__names_the_next_page_where_one_row_more_came(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(answer(pool, 0), "{\"items\":[],\"next\":null}");
    assert_str(answer(pool, LIMIT - 1), "{\"items\":[11,12],\"next\":null}");
    assert_str(answer(pool, LIMIT), "{\"items\":[11,12,13],\"next\":null}");
    assert_str(answer(pool, LIMIT + 1),
               xj_str_cdup(xj_str_printf(pool, "{\"items\":[11,12,13],\"next\":\"" XJ_FMT "\"}",
                                         XJ_ARG(xj_cursor_make(pool, "area", "i", (int64_t)13))),
                           pool));
    xj_pool_destroy(pool);
}

static void
test_page_ask__leaves_the_cursors_to_the_list(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str body = XJ_STR_NONE;
    xj_api api = request(pool, XJ_STR("none of ours"), &body);
    xj_api_page page;

    (void)state;
    for (size_t came = LIMIT; came <= LIMIT + 1; came++) {
        xj_api_page_ask(&page, &api);
        assert_int_equal(page.ask, LIMIT + 1);
        xj_api_page_items(&page, came);
        assert_int_equal(page.shown, LIMIT);
        if (page.more)
            page.next = XJ_STR("x.own");
        must_ok(xj_api_page_reply(&page));
        assert_str(body, came > LIMIT ? "{\"items\":[],\"next\":\"x.own\"}"
                                      : "{\"items\":[],\"next\":null}");
    }
    xj_pool_destroy(pool);
}

static void
test_items__are_the_whole_answer(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str body = XJ_STR_NONE;
    xj_api api = request(pool, XJ_STR_NONE, &body);
    xj_api_json json;

    (void)state;
    xj_json_int(xj_api_items_start(&json, &api), 7);
    must_ok(xj_api_items_reply(&api, &json));
    assert_str(body, "{\"items\":[7]}");
    xj_pool_destroy(pool);
}

static void
test_page_start__leaves_room_before_the_items_and_end_behind_them(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_str body = XJ_STR_NONE;
    xj_api api = request(pool, XJ_STR_NONE, &body);
    xj_api_page page;
    xj_json *w;

    (void)state;
    must_ok(xj_api_page_init(&page, &api, "area"));
    w = xj_api_page_start(&page);
    xj_json_key_int(w, "before", 1);
    assert_ptr_equal(xj_api_page_items(&page, 0), w);
    xj_api_page_end(&page);
    xj_json_key_int(w, "behind", 2);
    xj_json_end_object(w);
    must_ok(xj_api_reply_json(&api, 200, &page.json));
    assert_str(body, "{\"before\":1,\"items\":[],\"next\":null,\"behind\":2}");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_init__reads_what_is_asked_for),
        cmocka_unit_test(test_page_init__refuses_a_cursor_that_is_none_of_the_list),
        cmocka_unit_test(test_page_reply__names_the_next_page_where_one_row_more_came),
        cmocka_unit_test(test_page_ask__leaves_the_cursors_to_the_list),
        cmocka_unit_test(test_items__are_the_whole_answer),
        cmocka_unit_test(test_page_start__leaves_room_before_the_items_and_end_behind_them),
    };

    return xjtest_main(tests);
}
