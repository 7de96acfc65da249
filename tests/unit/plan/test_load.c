#include "plantest.h"

XJTEST_STORE(test_load__gives_back_what_was_imported)
{
    const plan_fixture f = plantest_make(t);
    const xj_register *reg = plantest_register(t->pool, "1号", "云溪市方案", 80, 1);
    const int64_t version = plantest_publish(t, f.tenant, f.programme, reg, "a");
    xj_register *back;
    xj_diff *diff;

    must_ok(xj_version_load(&back, plantest_read(t), &f.scope, version, t->pool));
    assert_int_equal(back->ntasks, 80);
    assert_int_equal(back->nactions, 5);
    assert_int_equal(back->ntargets, 2);
    assert_str(back->targets[0].task, "2");
    assert_null(back->targets[1].task.data);
    for (size_t i = 0; i < 80; i++) {
        assert_int_equal(back->tasks[i].nunits, reg->tasks[i].nunits);
        assert_int_equal(back->tasks[i].deadline.ndates, reg->tasks[i].deadline.ndates);
        assert_true(xj_str_eq(back->tasks[i].text, reg->tasks[i].text));
    }
    xj_plan_diff(&diff, reg, back, t->pool, t->pool);
    assert_int_equal(diff->same, 80);
    assert_int_equal(diff->ndocument + diff->ntargets_added + diff->ntargets_dropped, 0);
    must_fail(xj_version_load(&back, plantest_read(t), &f.other_scope, version, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(xj_version_diff(&diff, plantest_read(t), &f.scope, version, 12345, t->pool, t->pool),
              XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_load__gives_back_what_was_imported)};

    return xjtest_store_main(tests);
}
