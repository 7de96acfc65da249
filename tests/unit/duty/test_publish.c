#include "dutytest.h"

XJTEST_STORE(test_from_plan__every_task_has_an_owner_and_what_is_due_is_raised)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    const xj_obligation_filter owed = {.open = 1};
    xj_obligation *obligations;
    xj_duty_row *rows;
    size_t n;

    dutytest_day("2020-03-25");
    xj_plan_on_published(xj_duty_from_plan);
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 40, 1), "a");
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, 0, 1000, t->pool));
    assert_int_equal(n, 40);
    for (size_t i = 0; i < n; i++) {
        assert_true(rows[i].owner != 0);
        assert_str(rows[i].state, "assigned");
        assert_true(rows[i].light.data != NULL);
    }
    n = dutytest_owed(&obligations, t, &f.scope, &owed);
    assert_true(n > 10);
    for (size_t i = 1; i < n; i++)
        assert_true(xj_str_cmp(obligations[i - 1].due, obligations[i].due) <= 0);
    dutytest_sound(t);
    xj_plan_on_published(NULL);
}

XJTEST_STORE(test_from_plan__again_makes_nothing_twice)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    const xj_obligation_filter owed = {.open = -1};
    const xj_command like = plantest_like(f.tenant);
    xj_obligation *obligations;
    xj_duty_row *rows;
    int64_t version;
    size_t n, before;

    dutytest_day("2020-03-25");
    version = plantest_publish(t, f.tenant, f.programme,
                               plantest_register(t->pool, "1号", "一", 30, 1), "a");
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, 0, 1000, t->pool));
    assert_int_equal(n, 0); /* no hook was set: the sweep takes it up */
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    before = dutytest_owed(&obligations, t, &f.scope, &owed);
    must_ok(xj_duty_from_plan(t->store, &like, version, t->pool));
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, 0, 1000, t->pool));
    assert_int_equal(n, 30);
    assert_int_equal(dutytest_owed(&obligations, t, &f.scope, &owed), before);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_from_plan__every_task_has_an_owner_and_what_is_due_is_raised),
        XJTEST_BOTH(test_from_plan__again_makes_nothing_twice)};

    return xjtest_store_main(tests);
}
