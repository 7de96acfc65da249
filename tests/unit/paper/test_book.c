#include "support/xjtest.h"

#include "paper/book.h"

static const xj_book_column columns[] = {{"名称", "Name", 10}, {"数", "Count", 8}};

static void
test_book_row__one_too_many_is_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_book *book;

    (void)state;
    must_ok(xj_book_new(&book, "表", "Table", columns, 2, true, pool));
    for (size_t i = 0; i < XJ_BOOK_ROWS_MAX; i++)
        must_ok(xj_book_row(book));
    assert_int_equal(xj_book_rows(book), XJ_BOOK_ROWS_MAX);
    must_fail(xj_book_row(book), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool); /* not ended: the file goes with the pool */
}

static void
test_book_end__gives_the_file(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_book *book;
    xj_str bytes;

    (void)state;
    must_ok(xj_book_new(&book, "表", "Table", columns, 2, false, pool));
    must_ok(xj_book_row(book));
    must_ok(xj_book_text(book, 0, XJ_STR("=1+1"), pool));
    must_ok(xj_book_int(book, 1, 7));
    must_ok(xj_book_end(&bytes, book, pool));
    assert_true(xj_str_starts(bytes, XJ_STR("PK\x03\x04")));
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_book_row__one_too_many_is_refused),
                                       cmocka_unit_test(test_book_end__gives_the_file)};

    return xjtest_main(tests);
}
