#include "support/xjtest.h"

#include "json/json.h"

static void
test_writer__commas_nesting_and_escapes(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, pool, 1000);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_str(&w, "a", XJ_STR("行\"\\\n\x01"));
    xj_json_key(&w, "b");
    xj_json_array(&w);
    xj_json_int(&w, INT64_MIN);
    xj_json_object(&w);
    xj_json_end_object(&w);
    xj_json_real(&w, 0.1);
    xj_json_real(&w, 8760);
    xj_json_bool(&w, true);
    xj_json_end_array(&w);
    xj_json_key_str(&w, "c", XJ_STR_NONE);
    xj_json_end_object(&w);
    assert_str(xj_buf_str(&out), "{\"a\":\"行\\\"\\\\\\n\\u0001\",\"b\":[-9223372036854775808,{},"
                                 "0.1,8760,true],\"c\":null}");
    xj_pool_destroy(pool);
}

static void
test_writer__what_it_writes_reads_back(void **state)
{
    static const double reals[] = {0.1, 1.0 / 3, 3.85, 1e300, -2.5e-7, 123456789.125};
    (void)state;
    xj_pool *pool = xj_pool_root();

    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        const xj_jval *value;
        xj_buf out;
        xj_json w;

        xj_buf_init(&out, pool, 100);
        xj_json_init(&w, &out);
        xj_json_array(&w);
        xj_json_real(&w, reals[i]);
        xj_json_end_array(&w);
        must_ok(xj_json_parse(&value, xj_buf_str(&out), 100, pool));
        assert_true(xj_jval_real(xj_jval_at(value, 0)) == reals[i]);
    }
    xj_pool_destroy(pool);
}

static void
test_writer__hidden_members_are_null(void **state)
{
    static const char *const hidden[] = {"phone", "age", NULL};
    xj_pool *pool = xj_pool_root();
    xj_buf out;
    xj_json w;

    (void)state;
    xj_buf_init(&out, pool, 1000);
    xj_json_init(&w, &out);
    w.hidden = hidden;
    xj_json_object(&w);
    xj_json_key_str(&w, "phone", XJ_STR("1"));
    xj_json_key_str(&w, "name", XJ_STR("n"));
    xj_json_key_int(&w, "age", 3);
    xj_json_key(&w, "phone");
    xj_json_real(&w, 1.5);
    xj_json_key_bool(&w, "age", true);
    xj_json_key(&w, "age");
    xj_json_null(&w);
    xj_json_key(&w, "phone");
    xj_json_raw(&w, XJ_STR("[1]"));
    xj_json_key_str(&w, "phones", XJ_STR("2"));
    xj_json_end_object(&w);
    assert_str(xj_buf_str(&out),
               "{\"phone\":null,\"name\":\"n\",\"age\":null,\"phone\":null,\"age\":null,"
               "\"age\":null,\"phone\":null,\"phones\":\"2\"}");
    xj_pool_destroy(pool);
}

static void
test_writer__what_there_is_none_of_is_null(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_buf out;
    xj_json w;

    (void)state;
    xj_buf_init(&out, pool, 1000);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_id(&w, "a", 0);
    xj_json_key_id(&w, "b", -1);
    xj_json_key_natural(&w, "c", -1);
    xj_json_key_natural(&w, "d", 0);
    xj_json_key_raw(&w, "e", XJ_STR_NONE);
    xj_json_key_raw(&w, "f", XJ_STR("[1]"));
    xj_json_end_object(&w);
    assert_str(xj_buf_str(&out), "{\"a\":null,\"b\":-1,\"c\":null,\"d\":0,\"e\":null,\"f\":[1]}");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writer__commas_nesting_and_escapes),
        cmocka_unit_test(test_writer__what_it_writes_reads_back),
        cmocka_unit_test(test_writer__hidden_members_are_null),
        cmocka_unit_test(test_writer__what_there_is_none_of_is_null),
    };

    return xjtest_main(tests);
}
