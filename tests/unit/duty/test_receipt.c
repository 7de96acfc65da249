#include "dutytest.h"

struct acknowledge {
    int64_t notice, unit;
};

static xj_error *
run_acknowledge(xj_tx *tx, void *args, xj_buf *answer)
{
    struct acknowledge *a = args;

    (void)answer;
    return xj_receipt_acknowledge(tx, a->notice, a->unit, XJ_STR_NONE, XJ_STR("tester"));
}

XJTEST_STORE(test_acknowledge__is_of_the_notice_once_for_all_its_tasks)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter acknowledged = {.action_no = -1, .state = XJ_STR("acknowledged")};
    struct acknowledge a;
    xj_duty_receipt *items;
    xj_duty_row *rows;
    int64_t owned = 0;
    size_t n, moved;
    xj_str body;

    dutytest_day("2026-01-05");
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 40, 1), "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(
        xj_receipt_list(&items, &n, plantest_read(t), &f.scope, 0, 0, true, 0, 0, 100, t->pool));
    assert_true(n > 3);
    a = (struct acknowledge){items[0].notice, items[0].unit};
    for (size_t i = 1; i < n; i++)
        assert_int_equal(items[i].notice, a.notice); /* one notice for the whole plan */
    must_ok(xjtest_do(&body, t, f.tenant, run_acknowledge, &a));
    must_ok(xjtest_do(&body, t, f.tenant, run_acknowledge, &a)); /* a second time changes nothing */
    must_ok(xj_duty_list(&rows, &moved, plantest_read(t), &f.scope, 7, &acknowledged, NULL, 100,
                         t->pool));
    for (size_t i = 0; i < moved; i++)
        owned += rows[i].owner == a.unit;
    assert_int_equal(owned, moved);
    must_ok(xj_receipt_list(&items, &moved, plantest_read(t), &f.scope, 0, a.unit, true, 0, 0, 100,
                            t->pool));
    assert_int_equal(moved, 0);
    a.unit = 1;
    must_fail(xjtest_do(&body, t, f.tenant, run_acknowledge, &a), XJ_E_NOT_FOUND);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_acknowledge__is_of_the_notice_once_for_all_its_tasks)};

    return xjtest_store_main(tests);
}
