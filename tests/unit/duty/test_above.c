#include "abovetest.h"

static xj_error *
run_correct(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;
    const xj_correction c = {.title = XJ_STR("另一个"), .why = XJ_STR("试试")};
    int64_t now;

    (void)answer;
    return xj_duty_correct(&now, tx, a->id, a->version, &c);
}

XJTEST_STORE(test_put__gives_the_office_a_task_with_the_days_and_targets_above)
{
    const plan_fixture f = plantest_make(t);
    const xj_obligation_filter filter = dutytest_returns();
    struct abovetest_act a = abovetest_given(t, &f);
    xj_obligation *owed;
    xj_report *report;
    xj_above above = abovetest_first(t, &f);

    (void)a;
    assert_string_equal(above.owner_name.data, "推进委员会办公室");
    assert_string_equal(above.doc_no.data, "云政发〔2026〕1号");
    assert_int_equal(dutytest_owed(&owed, t, &f.scope, &filter), 2);
    assert_string_equal(owed[0].due.data, "2026-06-05");
    assert_string_equal(owed[1].due.data, "2026-12-05");
    must_ok(xj_report_get(&report, plantest_read(t), &f.scope, owed[0].id, 0, t->pool));
    assert_int_equal(report->rows[0].text.nfigures, 1);
    assert_string_equal(report->rows[0].text.figures[0].measure.data, "场");
    dutytest_sound(t);
}

XJTEST_STORE(test_own_changes__do_not_go_round_who_gave_it)
{
    const plan_fixture f = plantest_make(t);
    const xj_step later = {
        .move = XJ_STR("extend"), .due = XJ_STR("2027-01-30"), .why = XJ_STR("来不及")};
    const xj_obligation_filter filter = dutytest_returns();
    struct abovetest_act a = abovetest_given(t, &f);
    xj_obligation *owed;
    xj_str body;

    a.id = abovetest_first(t, &f).duty;
    a.version = abovetest_first(t, &f).version;
    must_fail(xjtest_do(&body, t, f.tenant, run_correct, &a), XJ_E_CONFLICT);
    must_ok(dutytest_move(t, f.tenant, a.id, a.version, &(xj_step){.move = XJ_STR("acknowledge")}));
    must_fail(dutytest_move(t, f.tenant, a.id, a.version + 1, &later), XJ_E_CONFLICT);
    assert_int_equal(dutytest_owed(&owed, t, &f.scope, &filter), 2);
    must_fail(dutytest_obligation(t, f.tenant, owed[0].id, owed[0].version,
                                  &(xj_step){.move = XJ_STR("extend"),
                                             .due = XJ_STR("2026-07-30"),
                                             .why = XJ_STR("来不及")}),
              XJ_E_CONFLICT);
    a.ending = (xj_above_ending){XJ_STR("taken_back"), XJ_STR("不再交办"), XJ_STR("云溪市")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_end, &a));
    a.version = abovetest_first(t, &f).version;
    assert_string_equal(abovetest_first(t, &f).state.data, "suspended");
    must_ok(xjtest_do(&body, t, f.tenant, run_correct, &a)); /* it is nobody's above any more */
}

XJTEST_STORE(test_take__is_never_behind_the_day_above)
{
    const plan_fixture f = plantest_make(t);
    const xj_obligation_filter filter = {.kind = XJ_STR("return"), .open = 1};
    struct abovetest_act a = abovetest_given(t, &f);
    const int64_t helper = dutytest_unit(t, f.tenant, "县教育局");
    xj_obligation *owed;
    xj_duty *duty;
    xj_str body;

    a.id = abovetest_first(t, &f).duty;
    a.version = abovetest_first(t, &f).version;
    a.take = (xj_above_take){.adapted = true, .due = XJ_STR("2026-12-31")};
    must_fail(xjtest_do(&body, t, f.tenant, abovetest_take, &a), XJ_E_BAD_INPUT);
    a.take = (xj_above_take){.adapted = true,
                             .title = XJ_STR("县里的讲座"),
                             .due = XJ_STR("2026-12-20"),
                             .days_before = 10,
                             .set_units = true,
                             .units = &helper,
                             .nunits = 1,
                             .actor_name = XJ_STR("王办")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_take, &a));
    must_fail(xjtest_do(&body, t, f.tenant, abovetest_take, &a), XJ_E_STALE);
    duty = dutytest_get(t, &f.scope, a.id);
    assert_string_equal(duty->row.title.data, "县里的讲座");
    assert_string_equal(duty->row.due.data, "2026-12-20");
    assert_int_equal(duty->nparts, 2);
    assert_string_equal(abovetest_first(t, &f).title.data, "办讲座");
    assert_string_equal(abovetest_first(t, &f).taken_name.data, "王办");
    assert_int_equal(dutytest_owed(&owed, t, &f.scope, &filter), 2);
    assert_string_equal(owed[0].due.data, "2026-05-26");
    /* Back to as it is. */
    a.version = abovetest_first(t, &f).version;
    a.take = (xj_above_take){.actor_name = XJ_STR("王办")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_take, &a));
    duty = dutytest_get(t, &f.scope, a.id);
    assert_string_equal(duty->row.title.data, "办讲座");
    assert_string_equal(duty->row.due.data, "2026-12-30");
    assert_int_equal(dutytest_owed(&owed, t, &f.scope, &filter), 2);
    assert_string_equal(owed[0].due.data, "2026-06-05");
    dutytest_sound(t);
}

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;
    int64_t notice;

    (void)answer;
    XJ_TRY(xj_above_notice(&notice, tx, XJ_STR("对接终止")));
    return xj_above_keep_all(tx, a->task.link, notice, XJ_STR("对接终止"));
}

static xj_error *
run_rejoin(xj_tx *tx, void *args, xj_buf *answer)
{
    struct abovetest_act *a = args;

    (void)answer;
    return xj_above_rejoin(tx, a->id, a->task.link);
}

XJTEST_STORE(test_keep_all__leaves_the_task_as_ones_own_until_it_is_given_again)
{
    const plan_fixture f = plantest_make(t);
    struct abovetest_act a = abovetest_given(t, &f);
    xj_str body;

    a.id = abovetest_first(t, &f).duty;
    must_ok(xjtest_do(&body, t, f.tenant, run_keep, &a));
    assert_false(abovetest_first(t, &f).live);
    assert_string_equal(abovetest_first(t, &f).kept_on.data, "2026-03-02");
    assert_string_equal(abovetest_first(t, &f).state.data, "assigned");
    a.version = abovetest_first(t, &f).version;
    must_fail(xjtest_do(&body, t, f.tenant, abovetest_take, &a), XJ_E_CONFLICT);
    must_ok(xjtest_do(&body, t, f.tenant, run_correct, &a));
    assert_string_equal(abovetest_first(t, &f).own_title.data, "另一个");
    /* Over another link it is the same task. */
    a.task.link = 7;
    must_ok(xjtest_do(&body, t, f.tenant, run_rejoin, &a));
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_put, &a));
    assert_true(abovetest_first(t, &f).live);
    assert_null(abovetest_first(t, &f).kept_on.data);
    assert_string_equal(abovetest_first(t, &f).own_title.data, "办讲座");
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_put__gives_the_office_a_task_with_the_days_and_targets_above),
        XJTEST_BOTH(test_own_changes__do_not_go_round_who_gave_it),
        XJTEST_BOTH(test_take__is_never_behind_the_day_above),
        XJTEST_BOTH(test_keep_all__leaves_the_task_as_ones_own_until_it_is_given_again)};

    return xjtest_store_main(tests);
}
