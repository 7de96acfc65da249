#include "countytest.h"

static xj_error *
run_take(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_act *a = args;
    int64_t now;

    (void)answer;
    return xj_above_take_do(&now, tx, a->id, a->version, &a->take);
}

struct correct {
    int64_t id;
    xj_correction c;
};

static xj_error *
run_correct(xj_tx *tx, void *args, xj_buf *answer)
{
    struct correct *c = args;
    int64_t now;

    (void)answer;
    return xj_duty_correct(&now, tx, c->id, 1, &c->c);
}

XJTEST_STORE(test_tell__says_what_differs_and_nothing_twice)
{
    county_fixture c = countytest_linked(t);
    xj_above *items;

    countytest_give(&c, t, "第一件");
    countytest_give(&c, t, "第二件");
    countytest_work(&c, t);
    assert_int_equal(c.moved, 1); /* both in one message */
    assert_int_equal(countytest_given(&items, &c, t), 2);
    assert_string_equal(items[0].title.data, "第一件");
    assert_string_equal(items[0].taken.data, "open");
    assert_string_equal(items[0].from_name.data, "云溪市");
    countytest_work(&c, t);
    assert_int_equal(c.moved, 0);
    /* A worker that knows nothing looks anew, and finds nothing to tell. */
    c.worker = xj_county_worker_new(t->store, t->pool);
    countytest_work(&c, t);
    assert_int_equal(c.moved, 0);
    assert_int_equal(countytest_given(&items, &c, t), 2);
    dutytest_sound(t);
}

XJTEST_STORE(test_tell__is_silent_of_what_only_some_may_see)
{
    county_fixture c = countytest_linked(t);
    xj_duty_new d = dutytest_by_hand(&c.f, c.lead);
    xj_above *items;
    int64_t id;

    d.units = &c.unit;
    d.nunits = 1;
    d.restricted = true;
    must_ok(dutytest_try_add(&id, t, c.f.tenant, &d));
    countytest_work(&c, t);
    assert_int_equal(countytest_given(&items, &c, t), 0);
}

XJTEST_STORE(test_returns__are_due_on_the_days_above_or_before)
{
    county_fixture c = countytest_linked(t);
    struct countytest_act a = {.take = {.adapted = true, .days_before = 10}};
    xj_obligation there;
    xj_above *items;
    xj_str body;

    countytest_give(&c, t, "第一件");
    countytest_work(&c, t);
    there = countytest_return(t, c.f.tenant, c.unit);
    assert_string_equal(countytest_return(t, c.f.other, 0).due.data, there.due.data);
    assert_int_equal(countytest_given(&items, &c, t), 1);
    a.id = items[0].duty;
    a.version = items[0].version;
    a.take.days_before = XJ_ABOVE_DAYS_MAX + 1;
    must_fail(xjtest_do(&body, t, c.f.other, run_take, &a), XJ_E_BAD_INPUT);
    a.take.days_before = 10;
    a.take.due = XJ_STR("2026-05-01"); /* it has no deadline there */
    must_fail(xjtest_do(&body, t, c.f.other, run_take, &a), XJ_E_BAD_INPUT);
    a.take.due = XJ_STR_NONE;
    must_ok(xjtest_do(&body, t, c.f.other, run_take, &a));
    assert_int_equal(xj_date_days(xj_day_parse(countytest_return(t, c.f.other, 0).due)),
                     xj_date_days(xj_day_parse(there.due)) - 10);
    dutytest_sound(t);
}

XJTEST_STORE(test_change__keeps_own_words_and_goes_no_further_than_the_day_above)
{
    county_fixture c = countytest_linked(t);
    xj_duty_new d = dutytest_by_hand(&c.f, c.lead);
    struct countytest_act a = {
        .take = {.adapted = true, .title = XJ_STR("县里的叫法"), .due = XJ_STR("2026-11-30")}};
    struct correct correct = {.c = {.title = XJ_STR("市里改了"),
                                    .deadline_kind = XJ_STR("complete_by"),
                                    .due = XJ_STR("2026-10-31"),
                                    .why = XJ_STR("提前")}};
    xj_above *items;
    xj_str body;

    d.deadline_kind = XJ_STR("complete_by");
    d.due = XJ_STR("2026-12-20");
    d.units = &c.unit;
    d.nunits = 1;
    must_ok(dutytest_try_add(&correct.id, t, c.f.tenant, &d));
    countytest_work(&c, t);
    assert_int_equal(countytest_given(&items, &c, t), 1);
    a.id = items[0].duty;
    a.version = items[0].version;
    must_ok(xjtest_do(&body, t, c.f.other, run_take, &a));
    must_ok(xjtest_do(&body, t, c.f.tenant, run_correct, &correct));
    countytest_work(&c, t);
    assert_int_equal(countytest_given(&items, &c, t), 1);
    assert_string_equal(items[0].title.data, "市里改了");
    assert_string_equal(items[0].own_title.data, "县里的叫法");
    assert_string_equal(items[0].own_due.data, "2026-10-31");
    assert_string_equal(items[0].taken.data, "adapted");
    dutytest_sound(t);
}

XJTEST_STORE(test_extend__of_the_return_there_is_one_here)
{
    county_fixture c = countytest_linked(t);
    const xj_step later = {
        .move = XJ_STR("extend"), .due = XJ_STR("2026-07-20"), .why = XJ_STR("改期")};
    xj_obligation there, here;

    countytest_give(&c, t, "第一件");
    countytest_work(&c, t);
    there = countytest_return(t, c.f.tenant, c.unit);
    here = countytest_return(t, c.f.other, 0);
    must_fail(dutytest_obligation(t, c.f.other, here.id, here.version, &later), XJ_E_CONFLICT);
    must_ok(dutytest_obligation(t, c.f.tenant, there.id, there.version, &later));
    countytest_work(&c, t);
    assert_string_equal(countytest_return(t, c.f.other, 0).due.data, "2026-07-20");
    dutytest_sound(t);
}

XJTEST_STORE(test_end__of_a_task_suspends_it_below)
{
    county_fixture c = countytest_linked(t);
    const int64_t id = countytest_give(&c, t, "第一件");
    const xj_step suspend = {.move = XJ_STR("suspend"), .why = XJ_STR("暂缓")};
    const xj_step resume = {.move = XJ_STR("resume"), .why = XJ_STR("恢复")};
    xj_above *items;

    countytest_work(&c, t);
    must_ok(dutytest_move(t, c.f.tenant, id, 1, &suspend));
    countytest_work(&c, t);
    assert_int_equal(countytest_given(&items, &c, t), 1);
    assert_false(items[0].live);
    assert_string_equal(items[0].state.data, "suspended");
    must_ok(dutytest_move(t, c.f.tenant, id, 2, &resume));
    countytest_work(&c, t);
    assert_int_equal(countytest_given(&items, &c, t), 1);
    assert_true(items[0].live);
    assert_string_equal(items[0].state.data, "in_hand");
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_tell__says_what_differs_and_nothing_twice),
        XJTEST_BOTH(test_tell__is_silent_of_what_only_some_may_see),
        XJTEST_BOTH(test_returns__are_due_on_the_days_above_or_before),
        XJTEST_BOTH(test_change__keeps_own_words_and_goes_no_further_than_the_day_above),
        XJTEST_BOTH(test_extend__of_the_return_there_is_one_here),
        XJTEST_BOTH(test_end__of_a_task_suspends_it_below)};

    return xjtest_store_main(tests);
}
