#include "dutytest.h"

XJTEST_STORE(test_raise__one_unit_and_date_is_one_return)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation_whole *whole;
    xj_obligation *items;
    xj_duty_new d;
    int64_t id;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    for (int i = 0; i < 5; i++)
        must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 2);
    assert_str(items[0].due, "2026-06-15");
    assert_str(items[1].due, "2026-12-15");
    assert_str(items[0].period, "2026S1");
    assert_int_equal(items[0].rows, 5);
    must_ok(xj_obligation_get(&whole, plantest_read(t), &f.scope, items[0].id, t->pool));
    assert_int_equal(whole->nrows, 5);
    dutytest_sound(t);
}

/* A return covers what the most frequent of its rows is returned for. */
XJTEST_STORE(test_raise__a_return_is_named_by_the_shortest_cadence_of_its_rows)
{
    static const char *const cadences[] = {"annual", "monthly", "quarterly"};
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation *items;
    xj_duty_new d;
    int64_t id;

    dutytest_day("2026-08-30");
    for (size_t i = 0; i < 3; i++) {
        char unit[40];

        snprintf(unit, sizeof unit, "市第%zu医院", i + 1);
        d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, unit));
        d.cadence = xj_str_c(cadences[i]);
        must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    }
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 17); /* a year ahead */
    assert_str(items[0].due, "2026-09-25");
    assert_str(items[0].period, "202609");
    assert_str(items[1].due, "2026-09-25");
    assert_str(items[1].period, "2026Q3");
    assert_str(items[4].due, "2026-12-15");
    assert_str(items[4].period, "2026");
}

/* A task of all next year asks for no decision at the end of this one. */
XJTEST_STORE(test_raise__a_year_that_has_not_begun_is_not_decided_on)
{
    const xj_obligation_filter decisions = {.kind = XJ_STR("decision"), .open = -1};
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    xj_obligation *items;
    xj_raised raised;
    xj_duty_new d;
    int64_t id;

    dutytest_day("2026-11-20");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    d.deadline_kind = XJ_STR("full_year");
    d.due = XJ_STR("2027-12-31");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &decisions), 0);
    must_ok(xj_obligation_raise(&raised, t->store, &like, (xj_date){2027, 1, 1},
                                (xj_date){2027, 12, 31}, t->pool));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &decisions), 1);
    assert_str(items[0].due, "2027-12-31");
}

XJTEST_STORE(test_raise__a_second_time_raises_none)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    xj_obligation *items;
    xj_raised raised;
    xj_duty_new d;
    int64_t id;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    d.cadence = XJ_STR("quarterly");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 4);
    must_ok(xj_obligation_raise(&raised, t->store, &like, (xj_date){2026, 1, 5},
                                (xj_date){2027, 12, 31}, t->pool));
    assert_int_equal(raised.obligations, 5); /* four returns of 2027 and a decision */
    must_ok(xj_obligation_raise(&raised, t->store, &like, (xj_date){2026, 1, 5},
                                (xj_date){2027, 12, 31}, t->pool));
    assert_int_equal(raised.obligations, 0);
    assert_int_equal(raised.rows, 0);
    dutytest_sound(t);
}

/* "每年6月15日、12月15日前…报送" is what the tasks' returns are; a summary once a year is none. */
XJTEST_STORE(test_raise__a_report_asked_twice_a_year_is_the_returns)
{
    const xj_obligation_filter all = {.open = -1};
    xj_register *reg = plantest_register(t->pool, "1号", "一", 5, 1);
    const plan_fixture f = plantest_make(t);
    xj_month_day days[] = {{6, 15}, {12, 15}, {12, 20}};
    xj_str who[] = {XJ_STR("市教育局")};
    xj_plan_obligation asked[] = {
        {.kind = "annual_report", .frequency = "half_yearly", .due = days, .ndue = 2},
        {.kind = "annual_report", .frequency = "annual", .due = days + 2, .ndue = 1}};
    xj_obligation *items;
    size_t reports = 0, n;

    for (size_t i = 0; i < 2; i++) {
        asked[i].who = who;
        asked[i].nwho = 1;
        asked[i].what = asked[i].raw = XJ_STR("报送进展");
    }
    reg->obligations = asked;
    reg->nobligations = 2;
    reg->tasks[0].returns_due = days;
    reg->tasks[0].nreturns_due = 2;
    dutytest_day("2020-03-25");
    plantest_publish(t, f.tenant, f.programme, reg, "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    n = dutytest_owed(&items, t, &f.scope, &all);
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(items[i].kind, XJ_STR("annual_report"))) {
            reports++;
            assert_str(items[i].due, "2020-12-20");
            assert_str(items[i].unit_name, "市教育局");
        }
    assert_int_equal(reports, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_raise__one_unit_and_date_is_one_return),
        XJTEST_BOTH(test_raise__a_return_is_named_by_the_shortest_cadence_of_its_rows),
        XJTEST_BOTH(test_raise__a_year_that_has_not_begun_is_not_decided_on),
        XJTEST_BOTH(test_raise__a_second_time_raises_none),
        XJTEST_BOTH(test_raise__a_report_asked_twice_a_year_is_the_returns)};

    return xjtest_store_main(tests);
}
