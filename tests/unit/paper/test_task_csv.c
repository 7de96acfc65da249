#include "paper/task_sheet.h"
#include "support/xjtest.h"

static xj_heading_column columns[] = {{XJ_COL_TITLE, {"任务", 6}, 0},
                                      {XJ_COL_TEXT, {"=\"内容\"", 9}, 0}};

static void
test_task_csv__quotes_and_disarms(void **state)
{
    static const struct {
        const char *text, *cell;
    } cases[] = {{"a", "\"a\""},        {"", "\"\""},        {"a,\"b\"\nc", "\"a,\"\"b\"\"\nc\""},
                 {"=1+1", "\"'=1+1\""}, {"+1", "\"'+1\""},   {"-1", "\"'-1\""},
                 {"@x", "\"'@x\""},     {"\tx", "\"'\tx\""}, {"\rx", "\"'\rx\""},
                 {"＝x", "\"'＝x\""},   {"1=1", "\"1=1\""}};
    const xj_heading heading = {.columns = columns, .ncolumns = 2};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_task_row row = {.title = xj_str_c(cases[i].text)};
        const xj_paper_task task = {.row = &row, .text = XJ_STR("t")};
        xj_buf out;

        xj_buf_init(&out, pool, 4096);
        xj_task_csv_begin(&out, &heading);
        must_ok(xj_task_csv_add(&out, &heading, &task, 1, true, pool));
        assert_str(xj_buf_str(&out),
                   xj_str_cdup(xj_str_printf(
                                   pool, "\xEF\xBB\xBF\"任务\",\"'=\"\"内容\"\"\"\r\n%s,\"t\"\r\n",
                                   cases[i].cell),
                               pool));
    }
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_task_csv__quotes_and_disarms)};

    return xjtest_main(tests);
}
