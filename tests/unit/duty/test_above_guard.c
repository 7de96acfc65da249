#include "abovetest.h"

static bool
holds(const char *const *moves, size_t n, const char *move)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(moves[i], move) == 0)
            return true;
    return false;
}

XJTEST_STORE(test_moves__of_who_gave_it_are_not_offered)
{
    const plan_fixture f = plantest_make(t);
    struct abovetest_act a = abovetest_given(t, &f);
    xj_duty *d = dutytest_get(t, &f.scope, abovetest_first(t, &f).duty);
    xj_str body;

    assert_string_equal(d->above.from_name.data, "云沂市");
    assert_true(d->above.live);
    assert_true(holds(d->above.theirs, d->above.ntheirs, "extend")); /* its day is that above */
    assert_false(holds(d->moves, d->nmoves, "extend"));
    assert_true(holds(d->moves, d->nmoves, "acknowledge"));
    a.ending = (xj_above_ending){XJ_STR("taken_back"), XJ_STR("不再交办"), XJ_STR("云沂市")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_end, &a));
    d = dutytest_get(t, &f.scope, d->row.id);
    assert_int_equal(d->above.ntheirs, 0);
    assert_string_equal(d->above.ended.data, "taken_back");
    assert_true(holds(d->moves, d->nmoves, "resume"));
}

XJTEST_STORE(test_moves__leave_room_before_the_day_above)
{
    const plan_fixture f = plantest_make(t);
    struct abovetest_act a = abovetest_given(t, &f);
    xj_str body;
    xj_duty *d;

    a.id = abovetest_first(t, &f).duty;
    a.version = abovetest_first(t, &f).version;
    a.take = (xj_above_take){.adapted = true, .due = XJ_STR("2026-11-30")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_take, &a));
    d = dutytest_get(t, &f.scope, a.id);
    assert_true(holds(d->moves, d->nmoves, "extend"));
    assert_false(holds(d->above.theirs, d->above.ntheirs, "extend"));
    must_ok(dutytest_move(t, f.tenant, a.id, d->row.version,
                          &(xj_step){.move = XJ_STR("extend"),
                                     .due = XJ_STR("2026-12-30"),
                                     .why = XJ_STR("来不及")}));
    d = dutytest_get(t, &f.scope, a.id);
    assert_false(holds(d->moves, d->nmoves, "extend"));
}

XJTEST_STORE(test_end__of_what_was_finished_there_is_done_here_in_any_state)
{
    const plan_fixture f = plantest_make(t);
    struct abovetest_act a = abovetest_given(t, &f);
    const int64_t id = abovetest_first(t, &f).duty;
    const xj_obligation_filter filter = {.kind = XJ_STR("return"), .open = 1};
    xj_obligation *owed;
    xj_str body;
    xj_duty *d;

    a.ending = (xj_above_ending){XJ_STR("finished"), XJ_STR("市里已办结"), XJ_STR("云沂市")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_end, &a));
    d = dutytest_get(t, &f.scope, id);
    assert_string_equal(d->row.state.data, "done");
    assert_int_equal(d->row.progress, 100);
    assert_int_equal(dutytest_owed(&owed, t, &f.scope, &filter), 0);
    /* Who finished it takes it up again. */
    assert_false(holds(d->moves, d->nmoves, "reopen"));
    assert_true(holds(d->above.theirs, d->above.ntheirs, "reopen"));
    must_fail(dutytest_move(t, f.tenant, id, d->row.version,
                            &(xj_step){.move = XJ_STR("reopen"), .why = XJ_STR("没办完")}),
              XJ_E_CONFLICT);
    must_ok(dutytest_move(t, f.tenant, id, d->row.version, &(xj_step){.move = XJ_STR("archive")}));
    /* Given again, it goes on, though it was filed away. */
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_put, &a));
    d = dutytest_get(t, &f.scope, id);
    assert_string_equal(d->row.state.data, "in_hand");
    assert_null(d->above.ended.data);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_moves__of_who_gave_it_are_not_offered),
        XJTEST_BOTH(test_moves__leave_room_before_the_day_above),
        XJTEST_BOTH(test_end__of_what_was_finished_there_is_done_here_in_any_state)};

    return xjtest_store_main(tests);
}
