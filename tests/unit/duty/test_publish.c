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
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 1000, t->pool));
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
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 1000, t->pool));
    assert_int_equal(n, 0); /* no hook was set: the sweep takes it up */
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    before = dutytest_owed(&obligations, t, &f.scope, &owed);
    must_ok(xj_duty_from_plan(t->store, &like, version, t->pool));
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 1000, t->pool));
    assert_int_equal(n, 30);
    assert_int_equal(dutytest_owed(&obligations, t, &f.scope, &owed), before);
    dutytest_sound(t);
}

/* The plan of YEAR with NTASKS of the same tasks. */
static xj_register *
plan_of_year(xjtest_store *t, const char *no, int year, size_t ntasks)
{
    xj_str title = xj_str_printf(t->pool, "%d年健康云溪行动要点", year);
    xj_register *reg = plantest_register(t->pool, no, xj_str_cdup(title, t->pool), 20, 1);

    reg->document.issued_on.year = year;
    reg->ntasks = ntasks;
    return reg;
}

/* Last year's plan under another number: what goes on is one task, what ended is ordered anew,
 * what the new plan leaves out ends. */
XJTEST_STORE(test_from_plan__of_the_next_year_goes_on_with_what_is_open)
{
    const plan_fixture f = plantest_make(t);
    xj_duty_filter of = {.action_no = -1};
    xj_duty_row *old, *rows;
    size_t n, same = 0, made = 0;
    int64_t first;
    const xj_step suspend = {.move = XJ_STR("suspend"), .why = XJ_STR("经费没有落实")};

    dutytest_day("2026-03-25");
    xj_plan_on_published(xj_duty_from_plan);
    plantest_publish(t, f.tenant, f.programme, plan_of_year(t, "1号", 2026, 20), "a");
    must_ok(xj_duty_list(&old, &n, plantest_read(t), &f.scope, 7, &of, NULL, 1000, t->pool));
    assert_int_equal(n, 20);
    first = old[0].id;
    must_ok(dutytest_move(t, f.tenant, first, 1, &suspend));
    dutytest_day("2027-02-10");
    plantest_publish(t, f.tenant, f.programme, plan_of_year(t, "2号", 2027, 15), "b");
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &of, NULL, 1000, t->pool));
    assert_int_equal(n, 21);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].document == old[0].document) {
            assert_true(rows[i].id == first || xj_str_eq(rows[i].state, XJ_STR("suspended")));
            continue;
        }
        same += rows[i].id <= old[19].id;
        made += rows[i].id > old[19].id;
    }
    assert_int_equal(same, 14);
    assert_int_equal(made, 1);
    dutytest_sound(t);
    xj_plan_on_published(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_from_plan__every_task_has_an_owner_and_what_is_due_is_raised),
        XJTEST_BOTH(test_from_plan__again_makes_nothing_twice),
        XJTEST_BOTH(test_from_plan__of_the_next_year_goes_on_with_what_is_open)};

    return xjtest_store_main(tests);
}
