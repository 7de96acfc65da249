#include "countytest.h"

XJTEST_STORE(test_sent__is_the_counties_return_of_that_day)
{
    county_fixture c = countytest_linked(t);
    xj_county_row *rows;
    xj_report *report;
    xj_obligation there;
    size_t n;

    countytest_give(&c, t, "第一件");
    countytest_work(&c, t);
    there = countytest_return(t, c.f.tenant, c.unit);
    dutytest_day("2026-03-02");
    countytest_send(&c, t, "办了三场");
    assert_string_equal(countytest_return(t, c.f.tenant, c.unit).state.data, "due");
    dutytest_day("2026-03-04"); /* it comes later, and counts for its day */
    countytest_work(&c, t);
    report = countytest_report(t, &c.f.scope, there.id);
    assert_string_equal(report->obligation.state.data, "sent");
    assert_string_equal(report->obligation.sent_on.data, "2026-03-02");
    assert_string_equal(report->rows[0].text.text.data, "办了三场");
    assert_int_equal(report->rows[0].text.percent, 30);
    assert_string_equal(report->rows[0].changed_name.data, "洛川县·李四");
    must_ok(xj_county_rows(&rows, &n, plantest_read(t), c.f.tenant, there.id, t->pool));
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].sent_on.data, "2026-03-02");
    dutytest_sound(t);
}

XJTEST_STORE(test_sent__waits_for_every_row_of_the_return)
{
    county_fixture c = countytest_linked(t);
    struct countytest_act a = {0};
    xj_obligation there;
    int64_t second;

    (void)a;
    countytest_give(&c, t, "第一件");
    countytest_work(&c, t);
    second = countytest_give(&c, t, "第二件"); /* which the county has not heard of */
    there = countytest_return(t, c.f.tenant, c.unit);
    countytest_send(&c, t, "只报第一件");
    countytest_work(&c, t);
    assert_string_equal(countytest_return(t, c.f.tenant, c.unit).state.data, "due");
    assert_int_equal(countytest_report(t, &c.f.scope, there.id)->nrows, 2);
    assert_true(second > 0);
    dutytest_sound(t);
}

XJTEST_STORE(test_verdict__of_the_city_moves_the_counties_return)
{
    county_fixture c = countytest_linked(t);
    const int64_t duty = countytest_give(&c, t, "第一件");
    const xj_verdict back = {.duty = duty, .why = XJ_STR("请写数字"), .quote = XJ_STR("")};
    const xj_verdict good = {
        .duty = duty, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};
    struct countytest_words w = {.verdicts = &back, .n = 1};
    xj_report *report;
    int64_t mine;
    xj_str body;

    countytest_work(&c, t);
    mine = countytest_send(&c, t, "办了几场");
    countytest_work(&c, t);
    w.obligation = countytest_return(t, c.f.tenant, c.unit).id;
    w.version = countytest_return(t, c.f.tenant, c.unit).version;
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_run_words, &w));
    countytest_work(&c, t);
    report = countytest_report(t, &c.f.other_scope, mine);
    assert_string_equal(report->obligation.state.data, "returned");
    assert_string_equal(report->rows[0].remarks[0].remark.data, "请写数字");
    assert_string_equal(report->rows[0].remarks[0].person_name.data, "云溪市·王办");
    /* The county's own office has no word here. */
    w = (struct countytest_words){.verdicts = &good, .n = 1};
    countytest_send(&c, t, "办了三场");
    countytest_work(&c, t);
    report = countytest_report(t, &c.f.other_scope, mine);
    w.obligation = mine;
    w.version = report->obligation.version;
    must_fail(xjtest_do(&body, t, c.f.other, countytest_run_words, &w), XJ_E_BAD_INPUT);
    {
        const xj_verdict own = {
            .duty = report->rows[0].duty, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};

        w.verdicts = &own;
        must_fail(xjtest_do(&body, t, c.f.other, countytest_run_words, &w), XJ_E_CONFLICT);
    }
    w.verdicts = &good;
    w.obligation = countytest_return(t, c.f.tenant, c.unit).id;
    w.version = countytest_return(t, c.f.tenant, c.unit).version;
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_run_words, &w));
    countytest_work(&c, t);
    assert_string_equal(countytest_report(t, &c.f.other_scope, mine)->obligation.state.data,
                        "accepted");
    dutytest_sound(t);
}

XJTEST_STORE(test_refused__goes_back_with_the_reason)
{
    county_fixture c = countytest_linked(t);
    const int64_t duty = countytest_give(&c, t, "第一件");
    struct countytest_words w = {
        .scope = &c.f.scope, .duty = duty, .unit = c.unit, .text = XJ_STR("市里代录")};
    xj_report *report;
    int64_t mine;
    xj_str body;

    countytest_work(&c, t);
    w.obligation = countytest_return(t, c.f.tenant, c.unit).id;
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_run_words, &w));
    w.version = 1;
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_run_send, &w)); /* it came by another way */
    mine = countytest_send(&c, t, "县里也报");
    countytest_work(&c, t);
    report = countytest_report(t, &c.f.other_scope, mine);
    assert_string_equal(report->obligation.state.data, "returned");
    assert_non_null(strstr(report->rows[0].remarks[0].remark.data, "不再接收"));
    assert_string_equal(countytest_report(t, &c.f.scope, w.obligation)->rows[0].text.text.data,
                        "市里代录");
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_sent__is_the_counties_return_of_that_day),
        XJTEST_BOTH(test_sent__waits_for_every_row_of_the_return),
        XJTEST_BOTH(test_verdict__of_the_city_moves_the_counties_return),
        XJTEST_BOTH(test_refused__goes_back_with_the_reason)};

    return xjtest_store_main(tests);
}
