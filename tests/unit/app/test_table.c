#include "app/table.h"

#include "support/xjtest.h"

static void
test_text_width__chinese_is_two_wide(void **state)
{
    (void)state;
    assert_int_equal(xj_text_width(XJ_STR("")), 0);
    assert_int_equal(xj_text_width(XJ_STR("abc")), 3);
    assert_int_equal(xj_text_width(XJ_STR("市委")), 4);
    assert_int_equal(xj_text_width(XJ_STR("（2）")), 5);
    assert_int_equal(xj_text_width(XJ_STR("é")), 1);
}

static void
test_table_print__columns_stand_below_each_other(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_table *table = xj_table_new(2, pool);
    char text[200] = "";
    FILE *out = fmemopen(text, sizeof text, "w");

    (void)state;
    xj_table_cell(table, XJ_STR("名称"));
    xj_table_cell(table, XJ_STR("n"));
    xj_table_cell(table, XJ_STR("a\tb\nc"));
    xj_table_int(table, -12);
    xj_table_cell(table, XJ_STR_NONE);
    xj_table_cell(table, XJ_STR("x"));
    xj_table_print(table, out);
    fclose(out);
    assert_string_equal(text, "名称   n\n----------\na b c  -12\n       x\n");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_width__chinese_is_two_wide),
        cmocka_unit_test(test_table_print__columns_stand_below_each_other),
    };

    return xjtest_main(tests);
}
