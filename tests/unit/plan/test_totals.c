#include "plantest.h"

static xj_task_totals *
totals(xjtest_store *t, const xj_scope *scope, const xj_task_filter *filter)
{
    xj_task_totals *found;

    must_ok(xj_task_totals_of(&found, plantest_read(t), scope, filter, t->pool, t->pool));
    return found;
}

/* The numbers kept for published plans and those added up from the rows are the same. */
static void
assert_same(const xj_task_totals *a, const xj_task_totals *b)
{
    assert_int_equal(a->tasks, b->tasks);
    assert_int_equal(a->nactions, b->nactions);
    assert_int_equal(a->nunits, b->nunits);
    assert_int_equal(a->nkinds, b->nkinds);
    assert_int_equal(a->nstrengths, b->nstrengths);
    for (size_t i = 0; i < a->nactions; i++) {
        assert_true(xj_str_eq(a->actions[i].name, b->actions[i].name));
        assert_int_equal(a->actions[i].tasks, b->actions[i].tasks);
    }
    for (size_t i = 0; i < a->nunits; i++) {
        assert_true(xj_str_eq(a->units[i].name, b->units[i].name));
        assert_int_equal(a->units[i].lead, b->units[i].lead);
        assert_int_equal(a->units[i].responsible, b->units[i].responsible);
        assert_int_equal(a->units[i].cooperate, b->units[i].cooperate);
    }
    for (size_t i = 0; i < a->nkinds; i++) {
        assert_true(xj_str_eq(a->kinds[i].word, b->kinds[i].word));
        assert_int_equal(a->kinds[i].tasks, b->kinds[i].tasks);
    }
}

XJTEST_STORE(test_totals__kept_numbers_are_those_of_the_rows)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter all = {0}, rows = {.text = XJ_STR("做好")},
                         programme = {.programme = f.programme2},
                         programme_rows = {.programme = f.programme2, .text = XJ_STR("做好")};

    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 50, 1), "a");
    plantest_publish(t, f.tenant, f.programme2, plantest_register(t->pool, "2号", "二", 40, 2),
                     "b");
    assert_int_equal(totals(t, &f.scope, &all)->tasks, 90);
    assert_same(totals(t, &f.scope, &all), totals(t, &f.scope, &rows));
    assert_same(totals(t, &f.scope, &programme), totals(t, &f.scope, &programme_rows));
    /* superseding takes the old numbers away */
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 20, 3), "c");
    assert_int_equal(totals(t, &f.scope, &all)->tasks, 60);
    assert_same(totals(t, &f.scope, &all), totals(t, &f.scope, &rows));
    assert_int_equal(totals(t, &f.other_scope, &all)->tasks, 0);
}

XJTEST_STORE(test_totals__of_a_filter_are_as_many_as_its_list)
{
    const plan_fixture f = plantest_make(t);
    xj_task_filter filters[6] = {
        {.kind = XJ_STR("complete_by")},
        {.strength = XJ_STR("encouraged")},
        {.action = XJ_STR("控烟行动")},
        {.text = XJ_STR("控烟")},
        {.state = XJ_STR("draft")},
        {.due_from = XJ_STR("2020-03-01"), .due_to = XJ_STR("2020-06-30")}};
    xj_imported draft;

    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 50, 1), "a");
    must_ok(plantest_import(&draft, t, f.tenant, f.programme,
                            plantest_register(t->pool, "2号", "二", 30, 2), "b"));
    for (size_t i = 0; i < 6; i++) {
        const xj_task_totals *found = totals(t, &f.scope, &filters[i]);
        int64_t kinds = 0, actions = 0;

        assert_true(found->tasks > 0);
        assert_int_equal(found->tasks, plantest_tasks(t, &f.scope, &filters[i]));
        for (size_t k = 0; k < found->nkinds; k++)
            kinds += found->kinds[k].tasks;
        for (size_t k = 0; k < found->nactions; k++)
            actions += found->actions[k].tasks;
        assert_int_equal(kinds, found->tasks);
        assert_int_equal(actions, found->tasks);
        for (size_t k = 0; k < found->nunits; k++) {
            xj_task_filter unit = filters[i];

            unit.unit = found->units[k].id;
            unit.role = XJ_STR("lead");
            assert_int_equal(found->units[k].lead, plantest_tasks(t, &f.scope, &unit));
        }
    }
}

XJTEST_STORE(test_count_units__counts_published_tasks)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter all = {0};
    const xj_task_totals *found;
    xj_unit_tasks counts[2];
    int64_t ids[2];

    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 50, 1), "a");
    found = totals(t, &f.scope, &all);
    assert_true(found->nunits > 0);
    ids[0] = found->units[0].id;
    ids[1] = 12345;
    for (int own = 0; own < 2; own++) { /* kept numbers, and those of one's own units */
        xj_scope scope = f.scope;

        scope.all_units = own == 0;
        scope.units = ids;
        scope.nunits = 1;
        must_ok(xj_task_count_units(counts, plantest_read(t), &scope, ids, 2, t->pool));
        assert_int_equal(counts[0].lead, found->units[0].lead);
        assert_int_equal(counts[0].responsible, found->units[0].responsible);
        assert_int_equal(counts[0].cooperate, found->units[0].cooperate);
        assert_int_equal(counts[1].lead + counts[1].responsible + counts[1].cooperate, 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_totals__kept_numbers_are_those_of_the_rows),
        XJTEST_BOTH(test_totals__of_a_filter_are_as_many_as_its_list),
        XJTEST_BOTH(test_count_units__counts_published_tasks)};

    return xjtest_store_main(tests);
}
