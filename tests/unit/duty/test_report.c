#include "reporttest.h"

XJTEST_STORE(test_get__has_the_plans_words_its_targets_and_who_feeds_it)
{
    const struct reporttest r = reporttest_make(t);
    const xj_report *report = reporttest_get(t, &r, 0, 0);
    const xj_report_row *row = &report->rows[0];

    assert_str(report->obligation.unit_name, "市教育局");
    assert_true(xj_str_has(row->words, XJ_STR("全年培训300人次以上")));
    assert_int_equal(row->text.nfigures, 1);
    assert_str(row->text.figures[0].measure, "人次");
    assert_false(row->text.figures[0].has_value);
    assert_int_equal(row->nfeeds, 1);
    assert_str(row->feeds[0].unit_name, "市卫生健康委");
    assert_false(row->feeds[0].given);
    assert_int_equal(row->version, 0);
    assert_null(row->last_due.data);
    assert_int_equal(report->rows[1].text.nfigures, 0);
    assert_int_equal(report->rows[1].nfeeds, 0);
}

/* A unit that feeds a return sees the rows it has part in, and its own words there. */
XJTEST_STORE(test_get__who_feeds_sees_its_rows_alone)
{
    const struct reporttest r = reporttest_make(t);
    xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "请健康科普专家讲两次");
    const xj_report *report;

    draft.unit = r.feeder;
    must_ok(reporttest_keep(t, &r, &draft));
    report = reporttest_get(t, &r, 0, r.feeder);
    assert_int_equal(report->nrows, 1);
    assert_str(report->rows[0].text.text, "请健康科普专家讲两次");
    /* not handed over yet: the lead does not see it */
    report = reporttest_get(t, &r, 0, 0);
    assert_str(report->rows[0].feeds[0].text.text, "");
    draft.give = true;
    draft.version = 1;
    must_ok(reporttest_keep(t, &r, &draft));
    report = reporttest_get(t, &r, 0, 0);
    assert_true(report->rows[0].feeds[0].given);
    assert_str(report->rows[0].feeds[0].text.text, "请健康科普专家讲两次");
    assert_str(report->rows[0].text.text, "");
}

XJTEST_STORE(test_get__strangers_see_nothing)
{
    const struct reporttest r = reporttest_make(t);
    const int64_t theirs[] = {dutytest_unit(t, r.f.tenant, "市财政局")};
    const xj_scope scope = {.tenant = r.f.tenant, .units = theirs, .nunits = 1};
    const xj_scope elsewhere = xj_scope_all(r.f.tenant + 1);
    xj_report *report;

    must_fail(xj_report_get(&report, plantest_read(t), &scope, r.returns[0].id, 0, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(xj_report_get(&report, plantest_read(t), &scope, r.returns[0].id, theirs[0], t->pool),
              XJ_E_NOT_FOUND);
    must_fail(xj_report_get(&report, plantest_read(t), &elsewhere, r.returns[0].id, 0, t->pool),
              XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_feeds__are_the_open_returns_that_a_unit_has_part_in)
{
    const struct reporttest r = reporttest_make(t);
    xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "讲两次");
    xj_report_task *items;
    size_t n;

    dutytest_day("2026-05-20");
    must_ok(xj_report_feeds(&items, &n, plantest_read(t), &r.f.scope, r.feeder, 10, t->pool));
    assert_int_equal(n, 1);
    assert_str(items[0].unit_name, "市教育局");
    assert_str(items[0].due, "2026-06-15");
    assert_int_equal(items[0].rows, 1);
    assert_int_equal(items[0].given, 0);
    draft.unit = r.feeder;
    draft.give = true;
    must_ok(reporttest_keep(t, &r, &draft));
    must_ok(xj_report_feeds(&items, &n, plantest_read(t), &r.f.scope, r.feeder, 10, t->pool));
    assert_int_equal(items[0].given, 1);
    must_ok(xj_report_feeds(&items, &n, plantest_read(t), &r.f.scope, r.lead, 10, t->pool));
    assert_int_equal(n, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_get__has_the_plans_words_its_targets_and_who_feeds_it),
        XJTEST_BOTH(test_get__who_feeds_sees_its_rows_alone),
        XJTEST_BOTH(test_get__strangers_see_nothing),
        XJTEST_BOTH(test_feeds__are_the_open_returns_that_a_unit_has_part_in)};

    return xjtest_store_main(tests);
}
