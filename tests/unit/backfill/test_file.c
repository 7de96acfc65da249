#include "support/xjtest.h"

#include "backfill/backfill_priv.h"

static xj_backfill_file *
read_text(const char *text, xj_pool *pool)
{
    xj_backfill_file *file;

    must_ok(xj_backfill_read(&file, xj_str_c(text), 2026, NULL, pool, pool));
    return file;
}

static const char *
field(const xj_backfill_file *file, size_t i)
{
    return xj_backfill_field_word(file->tables[0].columns[i].field);
}

static void
test_read__finds_the_heads_below_a_title_and_the_bands_between_rows(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_backfill_file *file =
        read_text("健康云沂行动2025年工作台账\n填报单位：市教育局,2025年7月\n"
                  "序号,任务,进展情况,状态\n一、健康知识普及行动\n1,甲,好,推进中\n"
                  "序号,任务,进展情况,状态\n,,,\n2,乙,,已完成\n",
                  pool);

    (void)state;
    assert_int_equal(file->ntables, 1);
    assert_int_equal(file->tables[0].row, 3);
    assert_int_equal(file->tables[0].year, 2025);
    assert_int_equal(file->nrows, 2);
    assert_int_equal(file->rows[1].row, 8);
    assert_str(file->rows[1].action, "一、健康知识普及行动");
    assert_str(xj_backfill__cell(&file->rows[1], XJ_BACKFILL_TASK, NULL), "乙");
    xj_pool_destroy(pool);
}

static void
test_read__decides_uncertain_heads_by_their_cells(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_backfill_file *file = read_text(
        "任务,完成情况,进度,完成时间\n甲,已完成,80%,2026年6月底前\n乙,推进中,0.5,长期坚持\n", pool);

    (void)state;
    assert_string_equal(field(file, 1), "state");
    assert_string_equal(field(file, 2), "percent");
    assert_string_equal(field(file, 3), "deadline");
    file = read_text("任务,时限,完成情况,完成时间\n甲,6月底前,建成3处,6月1日\n", pool);
    assert_string_equal(field(file, 2), "text");
    assert_string_equal(field(file, 3), "done_on");
    file = read_text("任务,单位,完成比例\n甲,乙,0.5\n丙,丁,1\n", pool);
    assert_true(file->tables[0].columns[2].fraction);
    xj_pool_destroy(pool);
}

static void
test_read__refuses_what_has_no_heads_of_a_ledger(void **state)
{
    static const char *const cases[] = {"甲,乙,丙\n1,2,3\n", "任务,单位,备注\n甲,乙,丙\n",
                                        "进展情况,状态,完成日期\n甲,乙,丙\n", "任务\n甲\n"};
    xj_pool *pool = xj_pool_root();
    xj_backfill_file *file;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        must_fail(xj_backfill_read(&file, xj_str_c(cases[i]), 2026, NULL, pool, pool),
                  XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

static void
test_read__takes_so_many_rows_and_columns_and_no_more(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_backfill_file *file;
    xj_buf text;

    (void)state;
    xj_buf_init(&text, pool, (size_t)1 << 20);
    xj_buf_add(&text, XJ_STR("序号,任务,状态\n"));
    for (int i = 0; i < XJ_BACKFILL_ROWS_MAX; i++)
        xj_buf_printf(&text, "%d,任务%d,推进中\n", i, i);
    must_ok(xj_backfill_read(&file, xj_buf_str(&text), 2026, NULL, pool, pool));
    assert_int_equal(file->nrows, XJ_BACKFILL_ROWS_MAX);
    xj_buf_add(&text, XJ_STR("1,再一个,推进中\n"));
    must_fail(xj_backfill_read(&file, xj_buf_str(&text), 2026, NULL, pool, pool), XJ_E_TOO_LARGE);

    xj_buf_clear(&text);
    xj_buf_add(&text, XJ_STR("序号,任务,状态"));
    for (int i = 3; i < XJ_BACKFILL_COLUMNS_MAX; i++)
        xj_buf_printf(&text, ",列%d", i);
    must_ok(xj_backfill_read(&file, xj_buf_str(&text), 2026, NULL, pool, pool));
    xj_buf_add(&text, XJ_STR(",多了"));
    must_fail(xj_backfill_read(&file, xj_buf_str(&text), 2026, NULL, pool, pool), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read__finds_the_heads_below_a_title_and_the_bands_between_rows),
        cmocka_unit_test(test_read__decides_uncertain_heads_by_their_cells),
        cmocka_unit_test(test_read__refuses_what_has_no_heads_of_a_ledger),
        cmocka_unit_test(test_read__takes_so_many_rows_and_columns_and_no_more),
    };

    return xjtest_main(tests);
}
