#include "countytest.h"

static xj_error *
run_work_in(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_act *a = args;

    (void)answer;
    return xj_county__work_in(tx, a->message);
}

static int64_t
taken(xjtest_store *t, int64_t tenant, int64_t id)
{
    xj_county__end end;

    must_ok(xj_county__get(&end, plantest_read(t), tenant, id, t->pool));
    return end.taken_seq;
}

XJTEST_STORE(test_work_in__takes_each_message_once_and_in_order)
{
    county_fixture c = countytest_linked(t);
    xj_county__message m = {.from_tenant = c.f.tenant,
                            .from = c.offer,
                            .to_tenant = c.f.other,
                            .to = c.link,
                            .kind = XJ_STR("tasks"),
                            .body = XJ_STR("{\"title\":\"x\",\"tasks\":[]}")};
    struct countytest_act a = {.message = &m};
    const int64_t last = taken(t, c.f.other, c.link);
    xj_str body;

    m.seq = last; /* what the end in between left: taken, and not marked */
    must_ok(xjtest_do(&body, t, c.f.other, run_work_in, &a));
    assert_int_equal(taken(t, c.f.other, c.link), last);
    m.seq = last + 2; /* one is missing */
    must_fail(xjtest_do(&body, t, c.f.other, run_work_in, &a), XJ_E_CORRUPT);
    m.seq = last + 1;
    must_ok(xjtest_do(&body, t, c.f.other, run_work_in, &a));
    assert_int_equal(taken(t, c.f.other, c.link), last + 1);
    must_ok(xjtest_do(&body, t, c.f.other, run_work_in, &a));
    assert_int_equal(taken(t, c.f.other, c.link), last + 1);
}

XJTEST_STORE(test_work_in__takes_nothing_from_another_end)
{
    county_fixture c = countytest_linked(t);
    xj_county__message m = {.from_tenant = c.f.tenant,
                            .from = c.offer + 1,
                            .to_tenant = c.f.other,
                            .to = c.link,
                            .seq = 99,
                            .kind = XJ_STR("end"),
                            .body = XJ_STR("{}")};
    struct countytest_act a = {.message = &m};
    xj_str body;

    must_ok(xjtest_do(&body, t, c.f.other, run_work_in, &a));
    assert_true(m.nobody);
    assert_string_equal(countytest_link(t, c.f.other).state.data, "linked");
}

XJTEST_STORE(test_work__ends_who_asked_for_what_is_gone)
{
    county_fixture c = countytest_offered(t, "CODE-1");
    struct countytest_act a = {.code = XJ_STR("CODE-1"), .programme = c.f.other_programme};
    xj_str body;

    must_ok(xjtest_do(&body, t, c.f.other, countytest_take, &a));
    a = (struct countytest_act){
        .id = c.offer, .version = 1, .ends_on = XJ_STR("2026-01-05"), .why = XJ_STR("发错了")};
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_end, &a)); /* before it was worked in */
    countytest_work(&c, t);
    assert_string_equal(countytest_link(t, c.f.other).state.data, "ended");
    assert_string_equal(countytest_link(t, c.f.tenant).state.data, "ended");
    assert_int_equal(countytest_link(t, c.f.other).waiting, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_work_in__takes_each_message_once_and_in_order),
        XJTEST_BOTH(test_work_in__takes_nothing_from_another_end),
        XJTEST_BOTH(test_work__ends_who_asked_for_what_is_gone)};

    return xjtest_store_main(tests);
}
