#include "dutytest.h"

XJTEST_STORE(test_follow__a_suspension_withdraws_and_says_why)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    xj_obligation_whole *whole;
    xj_obligation *items;
    xj_duty_new d;
    int64_t id, first;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    dutytest_owed(&items, t, &f.scope, &returns);
    first = items[0].id;
    must_fail(dutytest_move(t, f.tenant, id, 1, &(xj_step){.move = XJ_STR("suspend")}),
              XJ_E_BAD_INPUT);
    must_ok(dutytest_move(t, f.tenant, id, 1,
                          &(xj_step){.move = XJ_STR("suspend"), .why = XJ_STR("机构改革")}));
    must_ok(xj_obligation_get(&whole, plantest_read(t), &f.scope, first, t->pool));
    assert_false(whole->obligation.open);
    assert_str(whole->rows[0].state, "withdrawn");
    assert_str(whole->rows[0].why, "机构改革");
    assert_str(dutytest_get(t, &f.scope, id)->row.light, "grey");
    must_ok(dutytest_move(t, f.tenant, id, 2,
                          &(xj_step){.move = XJ_STR("resume"), .why = XJ_STR("机构到位")}));
    must_ok(xj_obligation_get(&whole, plantest_read(t), &f.scope, first, t->pool));
    assert_true(whole->obligation.open);
    assert_str(whole->rows[0].state, "open");
    dutytest_sound(t);
}

XJTEST_STORE(test_follow__an_extension_moves_the_finish_and_notes_it)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    const xj_obligation_filter finish = {.kind = XJ_STR("finish"), .open = 1};
    xj_obligation *items;
    xj_duty_move *moves;
    xj_duty_new d;
    int64_t id;
    size_t n;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    d.deadline_kind = XJ_STR("complete_by");
    d.due = XJ_STR("2026-09-30");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &finish), 1);
    assert_str(items[0].due, "2026-09-30");
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 1);
    must_ok(dutytest_move(t, f.tenant, id, 1,
                          &(xj_step){.move = XJ_STR("extend"),
                                     .why = XJ_STR("资金未到位"),
                                     .due = XJ_STR("2026-12-31")}));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &finish), 1);
    assert_str(items[0].due, "2026-12-31");
    assert_str(items[0].raised_for, "2026-09-30");
    must_ok(xj_obligation_history(&moves, &n, plantest_read(t), f.tenant, items[0].id, t->pool));
    assert_int_equal(n, 1);
    assert_str(moves[0].move, "extend");
    assert_str(moves[0].why, "资金未到位");
    assert_str(moves[0].before, "{\"due\":\"2026-09-30\"}");
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 2);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_follow__a_suspension_withdraws_and_says_why),
        XJTEST_BOTH(test_follow__an_extension_moves_the_finish_and_notes_it)};

    return xjtest_store_main(tests);
}
