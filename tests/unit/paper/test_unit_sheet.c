#include "support/xjtest.h"

#include "paper/unit_sheet.h"

static void
test_unit_sheet__has_a_row_for_each_unit_in_either_language(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_unit unit = {
        .id = 1, .name = XJ_STR("=市教育局"), .kind = XJ_UNIT_GOVERNMENT, .level = XJ_LEVEL_CITY};
    const xj_unit_line line = {.unit = &unit, .parent = XJ_STR("市政府"), .lead = 3};

    (void)state;
    for (int chinese = 0; chinese < 2; chinese++) {
        xj_book *book;
        xj_str bytes;

        must_ok(xj_unit_sheet_new(&book, chinese == 1, pool));
        assert_int_equal(xj_book_chinese(book), chinese);
        must_ok(xj_unit_sheet_add(book, &line, pool));
        must_ok(xj_unit_sheet_add(book, &line, pool));
        assert_int_equal(xj_book_rows(book), 2);
        must_ok(xj_book_end(&bytes, book, pool));
        assert_true(xj_str_starts(bytes, XJ_STR("PK\x03\x04")));
    }
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unit_sheet__has_a_row_for_each_unit_in_either_language)};

    return xjtest_main(tests);
}
