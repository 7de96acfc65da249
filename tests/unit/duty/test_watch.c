#include "reporttest.h"

#include "duty/watch.h"

struct relight {
    int64_t duty;
    xj_date from, to;
};

static xj_error *
run_relight(xj_tx *tx, void *args, xj_buf *answer)
{
    struct relight *r = args;
    xj_rules rules;

    (void)answer;
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_duty__relight(tx, r->duty, r->from, r->to, &rules);
}

/* A duty task by hand of 市教育局, of which nothing is returned from 5 January to 25 August. */
static int64_t
neglected(xjtest_store *t, const plan_fixture *f)
{
    struct relight r = {.from = {2026, 1, 5}, .to = {2026, 8, 25}};
    xj_duty_new d;
    xj_str body;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(f, dutytest_unit(t, f->tenant, "市教育局"));
    must_ok(dutytest_try_add(&r.duty, t, f->tenant, &d));
    dutytest_day("2026-08-25");
    must_ok(xjtest_do(&body, t, f->tenant, run_relight, &r));
    return r.duty;
}

XJTEST_STORE(test_watch_counts__are_of_one_jurisdiction)
{
    const plan_fixture f = plantest_make(t);
    xj_watch watch;

    neglected(t, &f);
    must_ok(xj_watch_counts(&watch, plantest_read(t), &f.scope, (xj_date){2026, 8, 25}));
    assert_int_equal(watch.receipts, 1);
    assert_int_equal(watch.late, 1);
    assert_int_equal(watch.soon, 0);
    assert_int_equal(watch.decisions, 0);
    must_ok(xj_watch_counts(&watch, plantest_read(t), &f.scope, (xj_date){2026, 12, 10}));
    assert_int_equal(watch.soon, 1);
    assert_int_equal(watch.decisions, 1);
    must_ok(xj_watch_counts(&watch, plantest_read(t), &f.other_scope, (xj_date){2026, 12, 10}));
    assert_int_equal(watch.receipts + watch.late + watch.soon + watch.decisions, 0);
}

XJTEST_STORE(test_light_trend__has_the_ends_of_months_and_the_day)
{
    const plan_fixture f = plantest_make(t);
    xj_trend_point *points;

    neglected(t, &f);
    must_ok(xj_light_trend(&points, plantest_read(t), f.tenant, f.programme, (xj_date){2026, 8, 25},
                           8, t->pool));
    assert_str(points[0].day, "2025-12-31");
    assert_int_equal(points[0].count.green + points[0].count.red, 0);
    assert_str(points[1].day, "2026-01-31");
    assert_int_equal(points[1].count.green, 1);
    assert_str(points[6].day, "2026-06-30");
    assert_int_equal(points[6].count.red, 1);
    assert_str(points[8].day, "2026-08-25");
    assert_int_equal(points[8].count.red, 1);
    must_ok(xj_light_trend(&points, plantest_read(t), f.other_scope.tenant, f.programme,
                           (xj_date){2026, 8, 25}, 0, t->pool));
    assert_int_equal(points[0].count.red, 0);
}

XJTEST_STORE(test_light_turns__say_since_when_and_page_by_key)
{
    const plan_fixture f = plantest_make(t);
    xj_turn_filter filter = {.programme = f.programme,
                             .action_no = -1,
                             .light = XJ_STR("red"),
                             .from = XJ_STR("2026-06-01"),
                             .to = XJ_STR("2026-06-30")};
    const int64_t duty = neglected(t, &f);
    xj_light_turn *items;
    size_t n;

    must_ok(xj_light_turns(&items, &n, plantest_read(t), f.tenant, &filter, XJ_STR_NONE, 0, 10,
                           t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(items[0].duty, duty);
    assert_str(items[0].on, "2026-06-16");
    assert_str(items[0].reason, "overdue");
    assert_str(items[0].before, "yellow");
    assert_str(items[0].now, "red");
    must_ok(xj_light_turns(&items, &n, plantest_read(t), f.tenant, &filter, items[0].on, duty, 10,
                           t->pool));
    assert_int_equal(n, 0);
    filter.from = XJ_STR("2026-06-17");
    must_ok(xj_light_turns(&items, &n, plantest_read(t), f.tenant, &filter, XJ_STR_NONE, 0, 10,
                           t->pool));
    assert_int_equal(n, 0);
    filter.from = XJ_STR("2026-06-01");
    filter.action_no = 9;
    must_ok(xj_light_turns(&items, &n, plantest_read(t), f.tenant, &filter, XJ_STR_NONE, 0, 10,
                           t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_said_list__shows_what_was_sent_and_no_draft)
{
    const struct reporttest r = reporttest_make(t);
    const xj_report_draft first = reporttest_draft(&r, 0, r.duty, "办了两期");
    const xj_report_draft second = reporttest_draft(&r, 0, r.other, "巡讲三场");
    xj_scope feeder = r.f.scope;
    xj_said *items;
    size_t n;

    must_ok(reporttest_keep(t, &r, &first));
    must_ok(xj_said_list(&items, &n, plantest_read(t), &r.f.scope, r.duty, XJ_STR_NONE, 0, 10,
                         t->pool));
    assert_true(n >= 2);
    assert_str(items[n - 1].state, "open");
    assert_true(items[n - 1].text.text.data == NULL);
    must_ok(reporttest_keep(t, &r, &second));
    must_ok(reporttest_send(t, &r, 0, r.returns[0].version, false));
    must_ok(xj_said_list(&items, &n, plantest_read(t), &r.f.scope, r.duty, XJ_STR_NONE, 0, 10,
                         t->pool));
    assert_str(items[n - 1].state, "sent");
    assert_str(items[n - 1].text.text, "办了两期");
    assert_str(items[n - 1].sent_on, "2026-03-02");
    feeder.all_units = false;
    feeder.units = &r.feeder;
    feeder.nunits = 1;
    must_ok(
        xj_said_list(&items, &n, plantest_read(t), &feeder, r.duty, XJ_STR_NONE, 0, 10, t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_action_figures__are_the_last_of_each_kind_that_was_sent)
{
    const struct reporttest r = reporttest_make(t);
    xj_report_figure figure = {.indicator = XJ_STR("培训"),
                               .measure = XJ_STR("人次"),
                               .has_value = true,
                               .value = 120,
                               .span = XJ_STR("to_date")};
    xj_report_draft first = reporttest_draft(&r, 0, r.duty, "办了两期");
    const xj_report_draft second = reporttest_draft(&r, 0, r.other, "巡讲三场");
    const int64_t feeder = r.feeder;
    xj_scope scope = r.f.scope;
    xj_action_figure *items;
    xj_report *report = reporttest_get(t, &r, 0, 0);
    size_t n;

    figure.indicator = report->rows[0].text.figures[0].indicator;
    figure.measure = report->rows[0].text.figures[0].measure;
    first.text.figures = &figure;
    first.text.nfigures = 1;
    must_ok(reporttest_keep(t, &r, &first));
    must_ok(reporttest_keep(t, &r, &second));
    must_ok(xj_action_figures(&items, &n, plantest_read(t), &scope, r.f.programme, 1, t->pool));
    assert_int_equal(n, 0); /* a draft yet */
    must_ok(reporttest_send(t, &r, 0, r.returns[0].version, false));
    must_ok(xj_action_figures(&items, &n, plantest_read(t), &scope, r.f.programme, 1, t->pool));
    assert_int_equal(n, 1);
    assert_true(items[0].value > 119 && items[0].value < 121);
    first.obligation = r.returns[1].id;
    figure.value = 300;
    must_ok(reporttest_keep(t, &r, &first));
    must_ok(reporttest_send(t, &r, 1, r.returns[1].version, true));
    must_ok(xj_action_figures(&items, &n, plantest_read(t), &scope, r.f.programme, 1, t->pool));
    assert_int_equal(n, 1);
    assert_true(items[0].value > 299);
    assert_true(xj_str_eq(items[0].due, r.returns[1].due));
    scope.all_units = false;
    scope.units = &feeder;
    scope.nunits = 1;
    must_ok(xj_action_figures(&items, &n, plantest_read(t), &scope, r.f.programme, 1, t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_asked_list__counts_by_unit_and_month)
{
    const plan_fixture f = plantest_make(t);
    int64_t returns = 0, notices = 0;
    xj_asked_month *items;
    size_t n;

    neglected(t, &f);
    must_ok(xj_asked_list(&items, &n, plantest_read(t), f.tenant, 2026, t->pool));
    for (size_t i = 0; i < n; i++) {
        assert_str(items[i].name, "市教育局");
        returns += items[i].returns;
        notices += items[i].notices;
        assert_int_equal(items[i].reports, 0);
    }
    assert_int_equal(returns, 2);
    assert_int_equal(notices, 1);
    assert_str(items[0].month, "2026-01");
    must_ok(xj_asked_list(&items, &n, plantest_read(t), f.other_scope.tenant, 2026, t->pool));
    assert_int_equal(n, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_watch_counts__are_of_one_jurisdiction),
        XJTEST_BOTH(test_light_trend__has_the_ends_of_months_and_the_day),
        XJTEST_BOTH(test_light_turns__say_since_when_and_page_by_key),
        XJTEST_BOTH(test_said_list__shows_what_was_sent_and_no_draft),
        XJTEST_BOTH(test_action_figures__are_the_last_of_each_kind_that_was_sent),
        XJTEST_BOTH(test_asked_list__counts_by_unit_and_month)};

    return xjtest_store_main(tests);
}
