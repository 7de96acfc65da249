#include "dutytest.h"

XJTEST_STORE(test_list__filters_and_pages)
{
    const plan_fixture f = plantest_make(t);
    const int64_t a = dutytest_unit(t, f.tenant, "市教育局"),
                  b = dutytest_unit(t, f.tenant, "市财政局");
    const xj_str tags[] = {XJ_STR("民生实事")};
    xj_duty_filter filter = {.action_no = -1};
    xj_duty_row *rows;
    int64_t id;
    size_t n;

    dutytest_day("2026-01-05");
    for (int i = 0; i < 6; i++) {
        xj_duty_new d = dutytest_by_hand(&f, i % 2 == 0 ? a : b);

        d.ntags = i == 3;
        d.tags = tags;
        must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    }
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, 0, 4, t->pool));
    assert_int_equal(n, 4);
    must_ok(
        xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, rows[3].id, 4, t->pool));
    assert_int_equal(n, 2);
    filter.owner = a;
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, 0, 10, t->pool));
    assert_int_equal(n, 3);
    filter = (xj_duty_filter){.action_no = -1, .tag = XJ_STR("民生实事"), .light = XJ_STR("green")};
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, 0, 10, t->pool));
    assert_int_equal(n, 1);
    filter.unit = a;
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, 0, 10, t->pool));
    assert_int_equal(n, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_list__filters_and_pages)};

    return xjtest_store_main(tests);
}
