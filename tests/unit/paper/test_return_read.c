#include "returntest.h"

static void
test_return_sheet_read__what_was_not_touched_is_the_same(void **state)
{
    xj_pool *pool = xj_pool_root();
    const struct returntest *t = returntest_new(pool);

    (void)state;
    for (int chinese = 0; chinese < 2; chinese++) {
        xj_filled filled;

        must_ok(returntest_read(&filled, t, t, chinese == 1, pool));
        assert_int_equal(filled.nrows, 2);
        assert_int_equal(filled.nfaults, 0);
        for (size_t i = 0; i < 2; i++)
            assert_string_equal(xj_filled_word(filled.rows[i].verdict), "same");
    }
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__what_was_filled_is_a_change_with_its_figures(void **state)
{
    xj_pool *pool = xj_pool_root();
    const struct returntest *ours = returntest_new(pool);
    struct returntest *theirs = returntest_new(pool);
    xj_filled filled;

    (void)state;
    theirs->rows[0].text.text = XJ_STR("讲座三次。\n第二行");
    theirs->rows[0].text.percent = 60;
    theirs->figures[0].has_value = true;
    theirs->figures[0].value = 1360.5;
    theirs->figures[0].span = XJ_STR("period");
    theirs->rows[1].text.difficulties = XJ_STR("=1+1");
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_int_equal(filled.nrows, 2);
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_CHANGE);
    assert_str(filled.rows[0].text.text, "讲座三次。\n第二行");
    assert_int_equal(filled.rows[0].text.percent, 60);
    assert_int_equal(filled.rows[0].text.nfigures, 1);
    assert_true(filled.rows[0].text.figures[0].value == 1360.5);
    assert_str(filled.rows[0].text.figures[0].span, "period");
    assert_int_equal(filled.rows[0].seen, 1);
    assert_int_equal(filled.rows[1].verdict, XJ_FILLED_CHANGE);
    assert_str(filled.rows[1].text.difficulties, "=1+1");
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__a_row_that_changed_meanwhile_is_stale(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct returntest *ours = returntest_new(pool), *theirs = returntest_new(pool);
    xj_filled filled;

    (void)state;
    theirs->rows[0].text.text = XJ_STR("讲座三次");
    ours->rows[0].version = 2;
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_STALE);
    assert_str(filled.rows[0].text.text, "讲座三次");
    assert_str(filled.rows[0].row->text.text, "讲座两次");
    ours->rows[0].text.text = XJ_STR("讲座三次"); /* both wrote the same */
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_SAME);
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__nothing_changed_takes_last_times_words(void **state)
{
    xj_pool *pool = xj_pool_root();
    const struct returntest *ours = returntest_new(pool);
    struct returntest *theirs = returntest_new(pool);
    xj_filled filled;

    (void)state;
    theirs->rows[0].text.text = XJ_STR("无变化。");
    theirs->rows[1].text.text = XJ_STR("无变化");
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_true(filled.rows[0].text.same);
    assert_str(filled.rows[0].text.text, "讲座一次");
    assert_int_equal(filled.rows[1].verdict, XJ_FILLED_WRONG);
    assert_int_equal(filled.nfaults, 1);
    assert_string_equal(filled.faults[0].code, "first_time");
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__says_what_is_wrong_and_where(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct returntest *ours = returntest_new(pool), *theirs = returntest_new(pool);
    xj_filled filled;

    (void)state;
    theirs->rows[0].text.percent = 140;
    theirs->figures[0].measure = XJ_STR("人"); /* such a figure the plan does not ask for */
    theirs->figures[0].has_value = true;
    theirs->figures[0].value = 5;
    ours->rows[1].duty = 13; /* the row is no longer due */
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_int_equal(filled.nrows, 1);
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_WRONG);
    assert_int_equal(filled.nfaults, 3);
    assert_int_equal(filled.faults_found, 3);
    assert_string_equal(filled.faults[0].code, "percent");
    assert_str(filled.faults[0].found, "140");
    assert_int_equal(filled.faults[0].sheet, 1);
    assert_int_equal(filled.faults[0].row, 4);
    assert_int_equal(filled.faults[0].col, 6);
    assert_string_equal(filled.faults[1].code, "no_target");
    assert_string_equal(filled.faults[2].code, "no_row");
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__an_accepted_row_is_not_changed(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct returntest *ours = returntest_new(pool), *theirs = returntest_new(pool);
    xj_filled filled;

    (void)state;
    ours->rows[0].state = XJ_STR("accepted");
    theirs->rows[0].text.text = XJ_STR("另写");
    must_ok(returntest_read(&filled, theirs, ours, true, pool));
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_WRONG);
    assert_string_equal(filled.faults[0].code, "accepted");
    must_ok(returntest_read(&filled, ours, ours, true, pool));
    assert_int_equal(filled.rows[0].verdict, XJ_FILLED_SAME);
    xj_pool_destroy(pool);
}

/* A table of ours as people leave it: CELLS by rows of COLUMNS, as text with tabs between. */
static xj_error *
read_table(xj_filled *filled, const struct returntest *ours, const char *table, xj_pool *pool)
{
    xj_doc *doc;

    must_ok(xj_doc_read_text(&doc, xj_str_c(table), pool, pool));
    return xj_return_sheet_read(filled, doc, &ours->report, 5, pool);
}

static const char *
mark(int64_t duty, bool words, xj_str indicator, xj_str measure, xj_pool *pool)
{
    const xj_mark m = {.obligation = 7,
                       .unit = 5,
                       .duty = duty,
                       .version = duty == 11,
                       .words = words,
                       .figure = indicator.len == 0 ? 0 : xj_mark_figure(indicator, measure)};

    return xj_str_cdup(xj_mark_row(&m, pool), pool);
}

static void
test_return_sheet_read__columns_and_rows_may_come_in_any_order(void **state)
{
    xj_pool *pool = xj_pool_root();
    const struct returntest *ours = returntest_new(pool);
    const xj_str table = xj_str_printf(pool,
                                       "行标识(勿改)\t本次数值\t口径\t计量单位\t本次进展情况\n"
                                       "%s\t63.5%%\t累计\t％\t\n"
                                       "%s\t\t\t\t宣讲\n"
                                       "%s\t１，２００人次\t本期\t人次\t讲座两次\n",
                                       mark(11, false, XJ_STR("知晓率"), XJ_STR("%"), pool),
                                       mark(12, true, XJ_STR(""), XJ_STR(""), pool),
                                       mark(11, true, XJ_STR("培训人次"), XJ_STR("人次"), pool));
    xj_filled filled;

    (void)state;
    must_ok(read_table(&filled, ours, xj_str_cdup(table, pool), pool));
    assert_int_equal(filled.nfaults, 0);
    assert_int_equal(filled.nrows, 2);
    assert_int_equal(filled.rows[0].row->duty, 11);
    assert_int_equal(filled.rows[0].text.percent, 40); /* no such column: as it is */
    assert_int_equal(filled.rows[0].text.nfigures, 2);
    assert_true(filled.rows[0].text.figures[0].value == 1200);
    assert_true(filled.rows[0].text.figures[1].value == 63.5);
    assert_str(filled.rows[1].text.text, "宣讲");
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__persons_are_not_visits(void **state)
{
    static const struct {
        const char *value, *measure, *span, *code;
    } cases[] = {
        {"120人", "人次", "累计", "measure"}, {"120", "人", "累计", "measure"},
        {"约一百", "人次", "累计", "number"}, {"120", "人次", "全年", "span"},
        {"1e999", "人次", "累计", "measure"}, {"-", "人次", "累计", "number"},
    };
    xj_pool *pool = xj_pool_root();
    const struct returntest *ours = returntest_new(pool);

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_filled filled;

        must_ok(read_table(
            &filled, ours,
            xj_str_cdup(xj_str_printf(pool,
                                      "任务\t本次进展情况\t计量单位\t本次数值\t口径\t行标识(勿改)\n"
                                      "讲座\t讲座两次\t%s\t%s\t%s\t%s\n",
                                      cases[i].measure, cases[i].value, cases[i].span,
                                      mark(11, true, XJ_STR("培训人次"), XJ_STR("人次"), pool)),
                        pool),
            pool));
        assert_int_equal(filled.nfaults, 1);
        assert_string_equal(filled.faults[0].code, cases[i].code);
        assert_int_equal(filled.rows[0].verdict, XJ_FILLED_WRONG);
    }
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__rows_without_a_mark_are_told(void **state)
{
    xj_pool *pool = xj_pool_root();
    const struct returntest *ours = returntest_new(pool);
    const char *good = mark(12, true, XJ_STR(""), XJ_STR(""), pool);
    xj_filled filled;

    (void)state;
    must_ok(read_table(&filled, ours,
                       xj_str_cdup(xj_str_printf(pool,
                                                 "任务\t本次进展情况\t困难和问题\t行标识(勿改)\n"
                                                 "宣讲\t三场\t\t%s\n"
                                                 "宣讲\t三场\t\t%s\n"
                                                 "自己加的\t四场\t\t\n"
                                                 "坏的\t五场\t\t%s1\n",
                                                 good, good, good),
                                   pool),
                       pool));
    assert_int_equal(filled.nfaults, 3);
    assert_string_equal(filled.faults[0].code, "twice");
    assert_string_equal(filled.faults[1].code, "no_mark");
    assert_str(filled.faults[1].found, "四场");
    assert_string_equal(filled.faults[2].code, "damaged_mark");
    xj_pool_destroy(pool);
}

static void
test_return_sheet_read__another_file_is_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct returntest *ours = returntest_new(pool), *theirs = returntest_new(pool);
    xj_filled filled;
    xj_mark whose;
    xj_doc *doc;

    (void)state;
    must_fail(read_table(&filled, ours, "任务\t进展\t说明\n讲座\t三次\t无\n", pool),
              XJ_E_NOT_OUR_SHEET);
    must_fail(read_table(&filled, ours, "任务\t本次进展情况\t困难和问题\n讲座\t三次\t无\n", pool),
              XJ_E_NOT_OUR_SHEET);
    theirs->report.obligation.id = 8;
    must_fail(returntest_read(&filled, theirs, ours, true, pool), XJ_E_OTHER_RETURN);
    must_ok(xj_doc_read(&doc, returntest_write(theirs, true, pool), pool, pool));
    xj_return_sheet_whose(&whose, doc);
    assert_int_equal(whose.obligation, 8);
    must_ok(xj_doc_read_text(&doc, XJ_STR("讲座三次"), pool, pool));
    xj_return_sheet_whose(&whose, doc);
    assert_int_equal(whose.obligation, 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_return_sheet_read__what_was_not_touched_is_the_same),
        cmocka_unit_test(test_return_sheet_read__what_was_filled_is_a_change_with_its_figures),
        cmocka_unit_test(test_return_sheet_read__a_row_that_changed_meanwhile_is_stale),
        cmocka_unit_test(test_return_sheet_read__nothing_changed_takes_last_times_words),
        cmocka_unit_test(test_return_sheet_read__says_what_is_wrong_and_where),
        cmocka_unit_test(test_return_sheet_read__an_accepted_row_is_not_changed),
        cmocka_unit_test(test_return_sheet_read__columns_and_rows_may_come_in_any_order),
        cmocka_unit_test(test_return_sheet_read__persons_are_not_visits),
        cmocka_unit_test(test_return_sheet_read__rows_without_a_mark_are_told),
        cmocka_unit_test(test_return_sheet_read__another_file_is_refused)};

    return xjtest_main(tests);
}
