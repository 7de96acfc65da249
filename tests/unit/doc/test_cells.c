#include "support/xjtest.h"

#include "doc/cells.h"

static void
test_sheet_trim__takes_chinese_blanks_too(void **state)
{
    (void)state;
    assert_str(xj_sheet_trim(XJ_STR(" \xe3\x80\x80市教育局\xc2\xa0\n")), "市教育局");
    assert_str(xj_sheet_trim(XJ_STR("\xe3\x80\x80 ")), "");
}

static void
test_sheet_read__takes_values_between_commas(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_sheet_cells sheets;

    (void)state;
    must_ok(xj_sheet_read(&sheets, XJ_STR("任务,进展\n甲,\"一\n二\"\n"), NULL, pool, pool));
    assert_int_equal(sheets.cells.len, 4);
    assert_int_equal(sheets.cells.items[3].row, 2);
    assert_int_equal(sheets.cells.items[3].col, 2);
    assert_int_equal(sheets.cells.items[3].row_span, 1);
    assert_str(sheets.cells.items[3].text, "一\n二");
    xj_pool_destroy(pool);
}

static void
test_sheet_read__refuses_a_classified_one(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_sheet_cells sheets;

    (void)state;
    must_fail(xj_sheet_read(&sheets, XJ_STR("秘密★1年\n任务,进展\n甲,乙\n"), NULL, pool, pool),
              XJ_E_CLASSIFIED);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet_trim__takes_chinese_blanks_too),
        cmocka_unit_test(test_sheet_read__takes_values_between_commas),
        cmocka_unit_test(test_sheet_read__refuses_a_classified_one),
    };

    return xjtest_main(tests);
}
