#include "backfilltest.h"

/* The return of COUNTY (NULL: the lead) that LINE answers. */
static const xj_backfill_return *
return_of(const xj_backfill_line *line, const char *county)
{
    for (size_t i = 0; i < line->nreturns; i++) {
        const xj_backfill_return *r = &line->returns[i];

        if (county == NULL ? r->county.data == NULL
                           : r->county.data != NULL && xj_str_eq(r->county, xj_str_c(county)))
            return r;
    }
    fail_msg("there is no return of %s", county == NULL ? "the lead" : county);
    return NULL;
}

static void
assert_both_counties(const xj_backfill_plan *plan, size_t line)
{
    assert_str(return_of(&plan->lines[line], "云东区")->text.text, "建成12公里");
    assert_str(return_of(&plan->lines[line], "云西县")->text.text, "建成3公里");
}

static void
test_stem__is_the_name_of_the_area(void **state)
{
    (void)state;
    assert_str(xj_backfill__stem(XJ_STR("泉岭区人民政府")), "泉岭区");
    assert_str(xj_backfill__stem(XJ_STR("泉岭区政府")), "泉岭区");
    assert_str(xj_backfill__stem(XJ_STR("高新区管委会")), "高新区");
    assert_str(xj_backfill__stem(XJ_STR("市政府")), "市政府");
    assert_str(xj_backfill__stem(XJ_STR("云西县")), "云西县");
}

XJTEST_STORE(test_columns__of_a_county_each_answer_its_return)
{
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_backfill_plan *plan =
        backfilltest_compare(t, &b,
                             "任务,牵头单位,上半年进展,云东区上半年进展,云西县,云东区责任人\n"
                             "建设健康步道,市体育局,全市15公里,建成12公里,建成3公里,王某\n");

    assert_int_equal(plan->lines[0].nreturns, 3);
    assert_str(return_of(&plan->lines[0], NULL)->text.text, "全市15公里");
    assert_both_counties(plan, 0);
}

XJTEST_STORE(test_one_column__of_all_counties_is_split_by_their_names)
{
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_backfill_plan *plan = backfilltest_compare(
        t, &b,
        "任务,牵头单位,上半年各县区进展\n"
        "建设健康步道,市体育局,\"共15公里。\n1.云东区：建成12公里\n2.云西县：建成3公里\"\n"
        "开展控烟检查,市卫生健康委,云东区：查了40家；云西县：查了9家\n");

    assert_str(return_of(&plan->lines[0], NULL)->text.text, "共15公里。");
    assert_both_counties(plan, 0);
    /* the second is no task of 云西县's own: nothing of it is lost */
    assert_str(return_of(&plan->lines[1], "云东区")->text.text, "查了40家");
    assert_str(return_of(&plan->lines[1], NULL)->text.text, "云西县：查了9家");
    assert_true(backfilltest_has_fault(&plan->lines[1], "county_not"));
}

XJTEST_STORE(test_rows__of_counties_are_theirs)
{
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_backfill_plan *by_column =
        backfilltest_compare(t, &b,
                             "任务,县区,上半年进展,状态,完成日期\n"
                             "建设健康步道,云东区,建成12公里,已完成,6月1日\n"
                             "建设健康步道,云西县,建成3公里,推进中,\n"
                             "建设健康步道,云西县,又一行,推进中,\n");
    const xj_backfill_plan *by_unit =
        backfilltest_compare(t, &b,
                             "任务,责任单位,上半年进展\n建设健康步道,云东区,建成12公里\n"
                             "建设健康步道,云西县,建成3公里\n");
    const xj_backfill_plan *listed = backfilltest_compare(
        t, &b, "任务,牵头单位,责任单位,上半年进展\n建设健康步道,市体育局,云东区,全市15公里\n");

    assert_str(return_of(&by_column->lines[0], "云东区")->text.text, "建成12公里");
    assert_null(by_column->lines[0].state); /* how the task stands is the lead's to say */
    assert_str(return_of(&by_column->lines[1], "云西县")->text.text, "建成3公里");
    assert_int_equal(by_column->lines[2].act, XJ_BACKFILL_WRONG);
    assert_str(return_of(&by_unit->lines[0], "云东区")->text.text, "建成12公里");
    assert_str(return_of(&by_unit->lines[1], "云西县")->text.text, "建成3公里");
    assert_str(return_of(&listed->lines[0], NULL)->text.text, "全市15公里");
}

XJTEST_STORE(test_apply__records_the_returns_of_counties_once)
{
    static const char *const ledger =
        "任务,牵头单位,上半年各县区进展\n"
        "建设健康步道,市体育局,云东区：建成12公里；云西县：建成3公里\n";
    static const char *const corrected =
        "任务,牵头单位,上半年各县区进展\n"
        "建设健康步道,市体育局,云东区：建成13公里；云西县：建成3公里\n";
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_obligation_filter past = {
        .open = -1, .kind = XJ_STR("return"), .due_to = XJ_STR("2026-08-31")};
    xj_backfill_plan *plan;
    xj_obligation *owed;
    xj_report *report;

    assert_true(backfilltest_apply(t, &b, ledger, (xj_date){0}) != 0);
    assert_int_equal(dutytest_owed(&owed, t, &b.f.scope, &past), 2);
    for (int i = 0; i < 2; i++)
        assert_str(owed[i].state, "accepted");
    must_ok(xj_report_get(&report, plantest_read(t), &b.f.scope, owed[0].id, 0, t->pool));
    assert_true(xj_str_starts(report->rows[0].text.text, XJ_STR("建成")));
    assert_true(report->rows[0].on_behalf);
    plan = backfilltest_compare(t, &b, ledger);
    assert_int_equal(plan->count[XJ_BACKFILL_SAME], 1);
    assert_int_equal(backfilltest_apply(t, &b, ledger, (xj_date){0}), 0);
    plan = backfilltest_compare(t, &b, corrected);
    assert_int_equal(return_of(&plan->lines[0], "云东区")->part, XJ_BACKFILL_CHANGED);
    assert_int_equal(return_of(&plan->lines[0], "云西县")->part, XJ_BACKFILL_KEPT);
    assert_true(backfilltest_apply(t, &b, corrected, (xj_date){0}) != 0);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stem__is_the_name_of_the_area),
        XJTEST_BOTH(test_columns__of_a_county_each_answer_its_return),
        XJTEST_BOTH(test_one_column__of_all_counties_is_split_by_their_names),
        XJTEST_BOTH(test_rows__of_counties_are_theirs),
        XJTEST_BOTH(test_apply__records_the_returns_of_counties_once)};

    return xjtest_store_main(tests);
}
