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

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_raise__one_unit_and_date_is_one_return),
                                       XJTEST_BOTH(test_raise__a_second_time_raises_none)};

    return xjtest_store_main(tests);
}
