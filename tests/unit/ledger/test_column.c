#include "ledger/ledger.h"
#include "support/xjtest.h"

static void
test_columns__each_key_finds_its_column(void **state)
{
    (void)state;
    for (int i = 0; i < XJ_COL_COUNT; i++) {
        xj_column found;

        assert_true(xj_column_parse(&found, xj_str_c(xj_columns[i].key)));
        assert_int_equal(found, i);
        assert_true(xj_columns[i].width > 0);
    }
}

static void
test_columns_json__checks_its_keys(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_str good[] = {XJ_STR("title"), XJ_STR("blank"), XJ_STR("lead"), XJ_STR("blank")};
    const xj_str twice[] = {XJ_STR("title"), XJ_STR("title")};
    const xj_str unknown[] = {XJ_STR("titel")};
    xj_str many[XJ_COLUMNS_MAX + 1], json;

    (void)state;
    must_ok(xj_columns_json(&json, good, 4, pool));
    assert_str(json, "[\"title\",\"blank\",\"lead\",\"blank\"]");
    must_ok(xj_columns_json(&json, NULL, 0, pool));
    assert_str(json, "[]");
    must_fail(xj_columns_json(&json, twice, 2, pool), XJ_E_BAD_INPUT);
    must_fail(xj_columns_json(&json, unknown, 1, pool), XJ_E_BAD_INPUT);
    for (int i = 0; i <= XJ_COLUMNS_MAX; i++)
        many[i] = XJ_STR("blank");
    must_ok(xj_columns_json(&json, many, XJ_COLUMNS_MAX, pool));
    must_fail(xj_columns_json(&json, many, XJ_COLUMNS_MAX + 1, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_columns__each_key_finds_its_column),
                                       cmocka_unit_test(test_columns_json__checks_its_keys)};

    return xjtest_main(tests);
}
