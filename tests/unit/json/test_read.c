#include "support/xjtest.h"

#include "json/json.h"

static void
test_parse__refuses_with_a_place(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    const xj_jval *value;
    char deep[XJ_JSON_DEPTH_MAX * 2 + 3];

    must_fail(xj_json_parse(&value, XJ_STR("{\"a\":1,}"), 100, pool), XJ_E_BAD_JSON);
    must_fail(xj_json_parse(&value, XJ_STR("{\"a\":1,\"a\":2}"), 100, pool), XJ_E_BAD_JSON);
    must_fail(xj_json_parse(&value, XJ_STR("\"\xff\""), 100, pool), XJ_E_BAD_JSON);
    must_fail(xj_json_parse(&value, XJ_STR(""), 100, pool), XJ_E_BAD_JSON);
    must_fail(xj_json_parse(&value, XJ_STR("[12]"), 3, pool), XJ_E_TOO_LARGE);
    must_ok(xj_json_parse(&value, XJ_STR("[12]"), 4, pool));

    memset(deep, '[', XJ_JSON_DEPTH_MAX);
    memset(deep + XJ_JSON_DEPTH_MAX, ']', XJ_JSON_DEPTH_MAX);
    must_ok(xj_json_parse(&value, xj_str_of(deep, XJ_JSON_DEPTH_MAX * 2), 1000, pool));
    memset(deep, '[', XJ_JSON_DEPTH_MAX + 1);
    memset(deep + XJ_JSON_DEPTH_MAX + 1, ']', XJ_JSON_DEPTH_MAX + 1);
    must_fail(xj_json_parse(&value, xj_str_of(deep, XJ_JSON_DEPTH_MAX * 2 + 2), 1000, pool),
              XJ_E_BAD_JSON);
    xj_pool_destroy(pool);
}

static void
test_get__checks_type_presence_and_unknown_members(void **state)
{
    static const char *const keys[] = {"name", "n", "ok", NULL};
    (void)state;
    xj_pool *pool = xj_pool_root();
    const xj_jval *value;
    xj_str name = XJ_STR_NONE;
    int64_t n = 7;
    bool ok = false;
    xj_error *err;

    must_ok(xj_json_parse(&value, XJ_STR("{\"name\":\"市\",\"ok\":true,\"x\":1}"), 100, pool));
    must_ok(xj_jval_get_str(&name, value, "name", true));
    assert_str(name, "市");
    must_ok(xj_jval_get_int(&n, value, "n", false));
    assert_int_equal(n, 7);
    must_ok(xj_jval_get_bool(&ok, value, "ok", true));
    assert_true(ok);
    must_fail(xj_jval_get_int(&n, value, "n", true), XJ_E_BAD_INPUT);
    err = xj_jval_get_int(&n, value, "name", true);
    assert_string_equal(xj_error_field(err), "/name");
    xj_error_clear(err);
    must_fail(xj_jval_only(value, keys), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__refuses_with_a_place),
        cmocka_unit_test(test_get__checks_type_presence_and_unknown_members),
    };

    return xjtest_main(tests);
}
