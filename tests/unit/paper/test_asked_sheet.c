#include "support/xjtest.h"

#include "paper/asked_sheet.h"

static void
test_asked_sheet__has_a_row_for_each_unit_in_either_language(void **state)
{
    const xj_asked_line line = {
        .unit = XJ_STR("=市教育局"), .returns = {[5] = 1, [11] = 3}, .cap = 3, .chases = 2};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (int chinese = 0; chinese < 2; chinese++) {
        xj_book *book;
        xj_str bytes;

        must_ok(xj_asked_sheet_new(&book, chinese == 1, pool));
        assert_int_equal(xj_book_chinese(book), chinese);
        must_ok(xj_asked_sheet_add(book, &line, pool));
        must_ok(xj_asked_sheet_add(book, &line, pool));
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
        cmocka_unit_test(test_asked_sheet__has_a_row_for_each_unit_in_either_language)};

    return xjtest_main(tests);
}
