#include "dutytest.h"

static void
add_one(xjtest_store *t, const plan_fixture *f, const xj_duty_new *d)
{
    int64_t id;

    must_ok(dutytest_try_add(&id, t, f->tenant, d));
}

XJTEST_STORE(test_returns__a_later_task_joins_what_is_owed_on_its_new_day)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation_whole *whole;
    xj_obligation *items;
    xj_duty_new d;

    dutytest_day("2026-03-02");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    add_one(t, &f, &d);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 2);
    must_ok(dutytest_obligation(
        t, f.tenant, items[0].id, items[0].version,
        &(xj_step){.move = XJ_STR("extend"), .why = XJ_STR("w"), .due = XJ_STR("2026-06-30")}));
    add_one(t, &f, &d);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 2);
    assert_str(items[0].due, "2026-06-30");
    assert_int_equal(items[0].rows, 2);
    assert_int_equal(items[1].rows, 2);
    must_ok(xj_obligation_get(&whole, plantest_read(t), &f.scope, items[0].id, t->pool));
    assert_int_equal(whole->nrows, 2);
    dutytest_sound(t);
}

XJTEST_STORE(test_returns__what_was_sent_takes_no_rows)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation *items;
    xj_duty_new d;

    dutytest_day("2026-03-02");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    add_one(t, &f, &d);
    dutytest_owed(&items, t, &f.scope, &returns);
    must_ok(dutytest_obligation(t, f.tenant, items[0].id, items[0].version,
                                &(xj_step){.move = XJ_STR("send")}));
    add_one(t, &f, &d);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 2);
    assert_int_equal(items[0].rows, 1);
    assert_int_equal(items[1].rows, 2);
    dutytest_sound(t);
}

XJTEST_STORE(test_returns__units_of_one_task_have_returns_of_their_own)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation *items;
    int64_t units[2];
    xj_duty_new d;

    dutytest_day("2026-03-02");
    units[0] = dutytest_unit(t, f.tenant, "甲县");
    units[1] = dutytest_unit(t, f.tenant, "乙县");
    d = dutytest_by_hand(&f, units[0]);
    d.units = units;
    d.nunits = 2;
    add_one(t, &f, &d);
    add_one(t, &f, &d);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(items[i].rows, 2);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_returns__a_later_task_joins_what_is_owed_on_its_new_day),
        XJTEST_BOTH(test_returns__what_was_sent_takes_no_rows),
        XJTEST_BOTH(test_returns__units_of_one_task_have_returns_of_their_own)};

    return xjtest_store_main(tests);
}
