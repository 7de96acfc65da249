#include "plantest.h"

#include "plan/diff.h"

static void
test_diff__of_one_register_with_itself_is_empty(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_register *a = plantest_register(pool, "1号", "一", 300, 1);
    const xj_register *b = plantest_register(pool, "1号", "一", 300, 1);
    xj_diff *diff;

    (void)state;
    xj_plan_diff(&diff, a, b, pool, pool);
    assert_int_equal(diff->same, 300);
    assert_int_equal(diff->nadded + diff->ndropped + diff->nchanged + diff->ndocument, 0);
    assert_int_equal(diff->ntargets_added + diff->ntargets_dropped, 0);
    xj_pool_destroy(pool);
}

/* A copy of REG's tasks without the one at DROP, so that the rest moves up. */
static xj_register *
without(const xj_register *reg, size_t drop, xj_pool *pool)
{
    xj_register *made = XJ_NEW(pool, xj_register);

    *made = *reg;
    made->tasks = XJ_NEW_ARRAY(pool, xj_plan_task, reg->ntasks);
    made->ntasks = 0;
    for (size_t i = 0; i < reg->ntasks; i++) {
        if (i != drop)
            made->tasks[made->ntasks++] = reg->tasks[i];
    }
    return made;
}

static void
test_diff__a_row_taken_out_is_dropped_and_the_renumbered_rest_is_the_same(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_register *old = plantest_register(pool, "1号", "一", 60, 1);
    xj_register *now = without(old, 7, pool);
    xj_diff *diff;

    (void)state;
    for (size_t i = 0; i < now->ntasks; i++)
        now->tasks[i].no = xj_str_printf(pool, "%zu", i + 1);
    xj_plan_diff(&diff, old, now, pool, pool);
    assert_int_equal(diff->same, 59);
    assert_int_equal(diff->ndropped, 1);
    assert_str(diff->dropped[0].no, "8");
    assert_int_equal(diff->nadded + diff->nchanged, 0);
    xj_plan_diff(&diff, now, old, pool, pool);
    assert_int_equal(diff->nadded, 1);
    assert_true(xj_str_eq(diff->added[0].title, old->tasks[7].title));
    xj_pool_destroy(pool);
}

static void
test_diff__a_reworded_row_is_changed_in_its_fields(void **state)
{
    static xj_task_unit units[] = {{.name = {"市水利局", 12}, .role = XJ_ROLE_LEAD}};
    xj_pool *pool = xj_pool_root();
    const xj_register *old = plantest_register(pool, "1号", "一", 60, 1);
    xj_register *now = without(old, 60, pool);
    xj_plan_task *t = &now->tasks[20];
    xj_diff *diff;

    (void)state;
    t->text = xj_str_printf(pool, XJ_FMT "另行安排。", XJ_ARG(old->tasks[20].text));
    t->units = units;
    t->nunits = 1;
    t->deadline = (xj_deadline){.kind = XJ_DEADLINE_COMPLETE_BY, .date = {2021, 6, 30}};
    xj_plan_diff(&diff, old, now, pool, pool);
    assert_int_equal(diff->same, 59);
    assert_int_equal(diff->nchanged, 1);
    assert_int_equal(diff->changed[0].nfields, 3);
    assert_string_equal(diff->changed[0].fields[0].field, "text");
    assert_string_equal(diff->changed[0].fields[1].field, "units");
    assert_str(diff->changed[0].fields[1].now, "lead 市水利局");
    assert_string_equal(diff->changed[0].fields[2].field, "deadline");
    assert_str(diff->changed[0].fields[2].now, "complete_by 2021-06-30");
    xj_pool_destroy(pool);
}

static void
test_diff__a_row_in_another_action_is_moved(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_register *old = plantest_register(pool, "1号", "一", 50, 1);
    xj_register *now = without(old, 50, pool);
    xj_diff *diff;

    (void)state;
    now->tasks[3].action = now->tasks[49].action;
    xj_plan_diff(&diff, old, now, pool, pool);
    assert_int_equal(diff->nchanged, 1);
    assert_int_equal(diff->changed[0].nfields, 1);
    assert_string_equal(diff->changed[0].fields[0].field, "action");
    assert_str(diff->changed[0].fields[0].now, "工作机制");
    xj_pool_destroy(pool);
}

static void
test_diff__order_of_units_is_no_change(void **state)
{
    static xj_task_unit one[] = {{.name = {"甲", 3}, .role = XJ_ROLE_RESPONSIBLE},
                                 {.name = {"乙", 3}, .role = XJ_ROLE_RESPONSIBLE}};
    static xj_task_unit two[] = {{.name = {"乙", 3}, .role = XJ_ROLE_RESPONSIBLE},
                                 {.name = {"甲", 3}, .role = XJ_ROLE_RESPONSIBLE}};
    xj_pool *pool = xj_pool_root();
    xj_register *old = plantest_register(pool, "1号", "一", 5, 1);
    xj_register *now = without(old, 5, pool);
    xj_diff *diff;

    (void)state;
    old->tasks[0].units = one;
    now->tasks[0].units = two;
    old->tasks[0].nunits = now->tasks[0].nunits = 2;
    xj_plan_diff(&diff, old, now, pool, pool);
    assert_int_equal(diff->same, 5);
    xj_pool_destroy(pool);
}

static void
test_diff__tells_of_head_and_targets(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_register *old = plantest_register(pool, "1号", "一", 5, 1);
    xj_register *now = without(old, 5, pool);
    xj_target target = old->targets[0];
    xj_diff *diff;

    (void)state;
    now->document.doc_no = XJ_STR("2号");
    now->document.issued_on = (xj_date){2021, 1, 2};
    target.value = 25;
    now->targets = &target;
    now->ntargets = 1;
    xj_plan_diff(&diff, old, now, pool, pool);
    assert_int_equal(diff->ndocument, 2);
    assert_string_equal(diff->document[0].field, "doc_no");
    assert_str(diff->document[1].now, "2021-01-02");
    assert_int_equal(diff->ntargets_added, 1);
    assert_str(diff->targets_added[0], "健康素养水平 >= 25% (2022)");
    assert_int_equal(diff->ntargets_dropped, 2);
    xj_pool_destroy(pool);
}

static void
test_diff__of_empty_registers_is_nothing(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_register empty = {0};
    const xj_register *full = plantest_register(pool, "1号", "一", 5, 1);
    xj_diff *diff;

    (void)state;
    xj_plan_diff(&diff, &empty, &empty, pool, pool);
    assert_int_equal(diff->same + diff->nadded + diff->ndropped, 0);
    xj_plan_diff(&diff, &empty, full, pool, pool);
    assert_int_equal(diff->nadded, 5);
    xj_plan_diff(&diff, full, &empty, pool, pool);
    assert_int_equal(diff->ndropped, 5);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_diff__of_one_register_with_itself_is_empty),
        cmocka_unit_test(test_diff__a_row_taken_out_is_dropped_and_the_renumbered_rest_is_the_same),
        cmocka_unit_test(test_diff__a_reworded_row_is_changed_in_its_fields),
        cmocka_unit_test(test_diff__a_row_in_another_action_is_moved),
        cmocka_unit_test(test_diff__order_of_units_is_no_change),
        cmocka_unit_test(test_diff__tells_of_head_and_targets),
        cmocka_unit_test(test_diff__of_empty_registers_is_nothing)};

    return xjtest_store_main(tests);
}
