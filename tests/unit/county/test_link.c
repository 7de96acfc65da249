#include "countytest.h"

XJTEST_STORE(test_offer__is_of_a_unit_that_has_none)
{
    county_fixture c = countytest_offered(t, "CODE-1");
    struct countytest_act a = {.unit = c.unit, .code = XJ_STR("CODE-2")};
    xj_str body;

    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_offer, &a), XJ_E_CONFLICT);
    a.unit = 1;
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_offer, &a), XJ_E_NOT_FOUND);
    assert_string_equal(countytest_link(t, c.f.tenant).state.data, "offered");
}

XJTEST_STORE(test_take__wants_a_code_that_is_known_and_young)
{
    county_fixture c = countytest_offered(t, "CODE-1");
    struct countytest_act a = {.code = XJ_STR("CODE-9"), .programme = c.f.other_programme};
    xj_str body;

    must_fail(xjtest_do(&body, t, c.f.other, countytest_take, &a), XJ_E_NOT_FOUND);
    a.code = XJ_STR("CODE-1");
    a.programme = c.f.programme; /* another jurisdiction's */
    must_fail(xjtest_do(&body, t, c.f.other, countytest_take, &a), XJ_E_NOT_FOUND);
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_take, &a), XJ_E_CONFLICT);
    a.programme = c.f.other_programme;
    dutytest_day("2026-01-20"); /* 15 days later */
    must_fail(xjtest_do(&body, t, c.f.other, countytest_take, &a), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_take__is_of_one_city)
{
    county_fixture c = countytest_linked(t);
    struct countytest_act a = {.code = XJ_STR("CODE-1"), .programme = c.f.other_programme};
    xj_county_link link = countytest_link(t, c.f.tenant);
    xj_str body;

    must_fail(xjtest_do(&body, t, c.f.other, countytest_take, &a), XJ_E_NOT_FOUND); /* it is used */
    assert_string_equal(link.state.data, "linked");
    assert_string_equal(link.peer_name.data, "洛川县");
    a = (struct countytest_act){.code = XJ_STR("CODE-2"), .unit = c.lead};
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_offer, &a));
    a.programme = c.f.other_programme;
    must_fail(xjtest_do(&body, t, c.f.other, countytest_take, &a), XJ_E_CONFLICT);
    dutytest_sound(t);
}

XJTEST_STORE(test_end__comes_on_its_day_and_is_told_the_other_end)
{
    county_fixture c = countytest_linked(t);
    struct countytest_act a = {
        .id = c.offer, .ends_on = XJ_STR("2026-02-01"), .why = XJ_STR("并区")};
    xj_above *items;
    xj_str body;

    countytest_give(&c, t, "办好一件事");
    countytest_work(&c, t);
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_end, &a), XJ_E_STALE);
    a.version = countytest_link(t, c.f.tenant).version;
    a.ends_on = XJ_STR("2026-01-04");
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_end, &a), XJ_E_BAD_INPUT);
    a.ends_on = XJ_STR("2026-02-01");
    a.why = XJ_STR(" ");
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_end, &a), XJ_E_BAD_INPUT);
    a.why = XJ_STR("并区");
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_end, &a));
    countytest_work(&c, t);
    assert_string_equal(countytest_link(t, c.f.other).state.data, "linked");
    dutytest_day("2026-02-01");
    countytest_work(&c, t);
    assert_string_equal(countytest_link(t, c.f.tenant).state.data, "ended");
    assert_string_equal(countytest_link(t, c.f.other).state.data, "ended");
    assert_string_equal(countytest_link(t, c.f.other).ended_by.data, "city");
    assert_string_equal(countytest_link(t, c.f.other).end_why.data, "并区");
    assert_int_equal(countytest_given(&items, &c, t), 1);
    assert_false(items[0].live);
    assert_string_equal(items[0].state.data, "assigned");
    assert_string_equal(items[0].kept_on.data, "2026-02-01");
    assert_int_equal(countytest_link(t, c.f.other).left, 1);
    assert_int_equal(countytest_link(t, c.f.tenant).left, 1);
    a.version = countytest_link(t, c.f.tenant).version;
    must_fail(xjtest_do(&body, t, c.f.tenant, countytest_end, &a), XJ_E_CONFLICT);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_offer__is_of_a_unit_that_has_none),
        XJTEST_BOTH(test_take__wants_a_code_that_is_known_and_young),
        XJTEST_BOTH(test_take__is_of_one_city),
        XJTEST_BOTH(test_end__comes_on_its_day_and_is_told_the_other_end)};

    return xjtest_store_main(tests);
}
