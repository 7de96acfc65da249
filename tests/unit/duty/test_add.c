#include "dutytest.h"

XJTEST_STORE(test_add__refuses_what_makes_no_sense)
{
    const plan_fixture f = plantest_make(t);
    const int64_t unit = dutytest_unit(t, f.tenant, "市教育局");
    xj_duty_new cases[8];
    int64_t id;

    dutytest_day("2026-01-05");
    for (int i = 0; i < 8; i++)
        cases[i] = dutytest_by_hand(&f, unit);
    cases[0].title = XJ_STR(" ");
    cases[1].origin = XJ_STR("plan");
    cases[2].deadline_kind = XJ_STR("complete_by");
    cases[3].due = XJ_STR("2026-12-31");
    cases[4].strength = XJ_STR("maybe");
    cases[5].cadence = XJ_STR("hourly");
    cases[6].kind = XJ_STR("return");
    cases[7].given_on = XJ_STR("2026-02-30");
    for (int i = 0; i < 8; i++)
        must_fail(dutytest_try_add(&id, t, f.tenant, &cases[i]), XJ_E_BAD_INPUT);
    cases[0] = dutytest_by_hand(&f, unit);
    cases[0].programme = f.other_programme;
    must_fail(dutytest_try_add(&id, t, f.tenant, &cases[0]), XJ_E_NOT_FOUND);
    cases[0] = dutytest_by_hand(&f, 1);
    must_fail(dutytest_try_add(&id, t, f.tenant, &cases[0]), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_add__an_empty_cadence_asks_no_return)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_duty_new d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    xj_obligation *items;
    int64_t id;

    dutytest_day("2026-01-05");
    d.cadence = XJ_STR("");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 0);
    assert_str(dutytest_get(t, &f.scope, id)->row.state, "assigned");
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_add__refuses_what_makes_no_sense),
                                       XJTEST_BOTH(test_add__an_empty_cadence_asks_no_return)};

    return xjtest_store_main(tests);
}
