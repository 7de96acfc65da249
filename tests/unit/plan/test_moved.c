#include "plantest.h"

static xj_error *
run_confirm(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *ids = args;

    (void)answer;
    return xj_alias_confirm(tx, ids[0], ids[1]);
}

static xj_error *
run_reject(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *ids = args;

    (void)answer;
    return xj_alias_reject(tx, ids[0], ids[1]);
}

static int64_t
tasks_of_unit(xjtest_store *t, const plan_fixture *f, int64_t unit)
{
    const xj_task_filter filter = {.unit = unit};
    const int64_t listed = plantest_tasks(t, &f->scope, &filter);
    xj_unit_tasks counted;

    must_ok(xj_task_count_units(&counted, plantest_read(t), &f->scope, &unit, 1, t->pool));
    assert_int_equal(counted.lead + counted.responsible + counted.cooperate, listed);
    return listed;
}

XJTEST_STORE(test_moved__a_confirmed_alias_takes_its_tasks_along_and_gives_them_back)
{
    const plan_fixture f = plantest_make(t);
    int64_t ids[2], alias, unit, both;
    xj_task_filter filter = {0};
    xj_task_row *rows;
    xj_str body;
    size_t n;

    xj_unit_on_moved(xj_plan_unit_moved);
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 200, 1),
                     "a");
    must_ok(xj_unit_find(&ids[0], plantest_read(t), &f.scope, XJ_STR("市民政局")));
    must_ok(xj_unit_find(&ids[1], plantest_read(t), &f.scope, XJ_STR("市体育局")));
    alias = tasks_of_unit(t, &f, ids[0]);
    unit = tasks_of_unit(t, &f, ids[1]);
    assert_true(alias > 0 && unit > 0);
    must_ok(xjtest_do(&body, t, f.tenant, run_confirm, ids));
    assert_int_equal(tasks_of_unit(t, &f, ids[0]), 0);
    both = tasks_of_unit(t, &f, ids[1]);
    /* tasks that name the two count once: neighbours in the made-up lists, so there are some */
    assert_true(both < alias + unit);
    assert_true(both >= alias && both >= unit);
    filter.unit = ids[1];
    must_ok(xj_task_list(&rows, &n, plantest_read(t), &f.scope, &filter, XJ_TASKS_BY_PLAN, NULL,
                         1000, t->pool));
    for (size_t i = 0; i < n; i++) {
        char id[40];

        snprintf(id, sizeof id, "{\"id\":%lld,", (long long)ids[0]);
        assert_false(xj_str_has(rows[i].units, xj_str_c(id)));
    }
    must_ok(xjtest_do(&body, t, f.tenant, run_reject, ids));
    assert_int_equal(tasks_of_unit(t, &f, ids[0]), alias);
    assert_int_equal(tasks_of_unit(t, &f, ids[1]), unit);
    xj_unit_on_moved(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_moved__a_confirmed_alias_takes_its_tasks_along_and_gives_them_back)};

    return xjtest_store_main(tests);
}
