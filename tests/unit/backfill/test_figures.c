#include "backfilltest.h"

#define HEADS "任务,牵头单位,"

static const xj_backfill_return *
only_return(const xj_backfill_plan *plan)
{
    assert_int_equal(plan->lines[0].nreturns, 1);
    return &plan->lines[0].returns[0];
}

XJTEST_STORE(test_figure__is_taken_in_the_plans_measure)
{
    static const struct {
        const char *head, *cell, *fault; /* fault NULL: 15 公里 */
        const char *span;
    } cases[] = {
        {"上半年完成值", "15公里", NULL, "to_date"},
        {"上半年完成值（公里）", "15", NULL, "to_date"},
        {"上半年完成值", "15", NULL, "to_date"},
        {"上半年完成值（累计）", "15", NULL, "to_date"},
        {"上半年本期完成值", "15", NULL, "period"},
        {"上半年目标值/完成值", "30公里/15公里", NULL, "to_date"},
        {"上半年完成值", "健康步道15公里", NULL, "to_date"},
        {"上半年完成值", "15米", "figure_measure", NULL},
        {"上半年完成值（米）", "15", "figure_measure", NULL},
        {"上半年完成值", "正在统计", "figure_which", NULL},
    };
    const struct backfilltest b = backfilltest_make_counties(t);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_backfill_plan *plan =
            backfilltest_compare(t, &b,
                                 xj_str_printf(t->pool, HEADS "%s\n建设健康步道,市体育局,%s\n",
                                               cases[i].head, cases[i].cell)
                                     .data);
        const xj_backfill_return *r = only_return(plan);

        print_message("# %s: %s\n", cases[i].head, cases[i].cell);
        if (cases[i].fault != NULL) {
            assert_int_equal(r->text.nfigures, 0);
            assert_true(backfilltest_has_fault(&plan->lines[0], cases[i].fault));
            assert_true(xj_str_has(r->text.text, xj_str_c(cases[i].cell))); /* not lost */
            continue;
        }
        assert_int_equal(plan->lines[0].nfaults, 0);
        assert_int_equal(r->text.nfigures, 1);
        assert_str(r->text.figures[0].measure, "公里");
        assert_true(r->text.figures[0].value == 15);
        assert_str(r->text.figures[0].span, cases[i].span);
    }
}

XJTEST_STORE(test_figures__of_several_targets_are_told_by_name_or_measure)
{
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_backfill_plan *plan =
        backfilltest_compare(t, &b, HEADS "上半年完成值\n开展控烟检查,市卫生健康委,80家\n");

    assert_int_equal(only_return(plan)->text.nfigures, 1);
    assert_str(only_return(plan)->text.figures[0].measure, "家");
    plan = backfilltest_compare(t, &b, HEADS "上半年完成值\n开展控烟检查,市卫生健康委,80\n");
    assert_int_equal(only_return(plan)->text.nfigures, 0);
    assert_true(backfilltest_has_fault(&plan->lines[0], "figure_which"));
}

XJTEST_STORE(test_goal__other_than_the_plans_is_said)
{
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_backfill_plan *same = backfilltest_compare(
        t, &b, HEADS "目标值,上半年完成值\n建设健康步道,市体育局,30公里,15公里\n");
    const xj_backfill_plan *other = backfilltest_compare(
        t, &b, HEADS "目标值,上半年完成值\n建设健康步道,市体育局,40公里,15公里\n");

    assert_false(backfilltest_has_fault(&same->lines[0], "goal"));
    assert_true(backfilltest_has_fault(&other->lines[0], "goal"));
}

XJTEST_STORE(test_apply__records_figures_once_and_follows_a_correction)
{
    static const char *const ledger = HEADS "上半年完成值\n建设健康步道,市体育局,15公里\n";
    static const char *const corrected = HEADS "上半年完成值\n建设健康步道,市体育局,16公里\n";
    const struct backfilltest b = backfilltest_make_counties(t);
    const xj_obligation_filter past = {
        .open = -1, .kind = XJ_STR("return"), .due_to = XJ_STR("2026-08-31")};
    xj_obligation *owed;
    xj_report *report;

    assert_true(backfilltest_apply(t, &b, ledger, (xj_date){0}) != 0);
    assert_int_equal(backfilltest_apply(t, &b, ledger, (xj_date){0}), 0);
    assert_true(backfilltest_apply(t, &b, corrected, (xj_date){0}) != 0);
    assert_int_equal(dutytest_owed(&owed, t, &b.f.scope, &past), 1);
    must_ok(xj_report_get(&report, plantest_read(t), &b.f.scope, owed[0].id, 0, t->pool));
    assert_int_equal(report->rows[0].text.nfigures, 1);
    assert_true(report->rows[0].text.figures[0].has_value);
    assert_true(report->rows[0].text.figures[0].value == 16);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_figure__is_taken_in_the_plans_measure),
        XJTEST_BOTH(test_figures__of_several_targets_are_told_by_name_or_measure),
        XJTEST_BOTH(test_goal__other_than_the_plans_is_said),
        XJTEST_BOTH(test_apply__records_figures_once_and_follows_a_correction)};

    return xjtest_store_main(tests);
}
