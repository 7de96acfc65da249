#include "api/api.h"

#include "support/xjtest.h"

static void
test_cursor__reads_back_what_was_made(void **state)
{
    static const int64_t numbers[] = {0, 1, -1, INT64_MAX, INT64_MIN, 217466865406714};
    static const char *const texts[] = {"", "2020-12-31", "市卫生健康委", "a.b-c_d"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            xj_str cursor = xj_cursor_make(pool, "task", "isi", numbers[i], xj_str_c(texts[k]),
                                           numbers[0] - numbers[i] / 2);
            int64_t first, last;
            xj_str text;

            for (size_t c = 0; c < cursor.len; c++) /* as the contract's pattern */
                assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                       "0123456789_.-",
                                       cursor.data[c]));
            must_ok(xj_cursor_read(cursor, pool, "task", "isi", &first, &text, &last));
            assert_true(first == numbers[i]);
            assert_str(text, texts[k]);
            assert_true(last == numbers[0] - numbers[i] / 2);
        }
    xj_pool_destroy(pool);
}

static void
test_cursor__refuses_what_it_did_not_make(void **state)
{
    static const char *const wrong[] = {"",           ".",       "task",    "task.",
                                        "task.!!!!",  "task.aQ", "unit.aQ", "task.aQAAAAAAAAAAAA",
                                        "task.cwABCw"};
    xj_pool *pool = xj_pool_root();
    xj_str cursor = xj_cursor_make(pool, "task", "is", (int64_t)7, XJ_STR("x"));
    int64_t n;
    xj_str text;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_fail(xj_cursor_read(xj_str_c(wrong[i]), pool, "task", "is", &n, &text),
                  XJ_E_BAD_INPUT);
    must_ok(xj_cursor_read(cursor, pool, "task", "is", &n, &text));
    must_fail(xj_cursor_read(cursor, pool, "unit", "is", &n, &text), XJ_E_BAD_INPUT);
    must_fail(xj_cursor_read(cursor, pool, "task", "i", &n), XJ_E_BAD_INPUT);
    must_fail(xj_cursor_read(cursor, pool, "task", "si", &text, &n), XJ_E_BAD_INPUT);
    must_fail(xj_cursor_read(cursor, pool, "task", "iss", &n, &text, &text), XJ_E_BAD_INPUT);
    for (size_t len = 0; len < cursor.len; len++) /* cut anywhere */
        must_fail(xj_cursor_read(xj_str_sub(cursor, 0, len), pool, "task", "is", &n, &text),
                  XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cursor__reads_back_what_was_made),
        cmocka_unit_test(test_cursor__refuses_what_it_did_not_make),
    };

    return xjtest_main(tests);
}
