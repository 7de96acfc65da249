#include "dutytest.h"

struct settle {
    int64_t document, changed;
    xj_settle answers[3];
    size_t n;
};

static xj_error *
run_settle(xj_tx *tx, void *args, xj_buf *answer)
{
    struct settle *s = args;

    (void)answer;
    return xj_duty_settle(&s->changed, tx, s->document, s->answers, s->n, XJ_STR("tester"));
}

static size_t
unsettled(xjtest_store *t, const plan_fixture *f)
{
    const xj_duty_filter filter = {.action_no = -1, .unsettled = true};
    xj_duty_row *rows;
    size_t n;

    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f->scope, 7, &filter, NULL, 1000, t->pool));
    return n;
}

/* One page answers all: inventory E11, E32, E41, E60. */
XJTEST_STORE(test_settle__answers_all_at_once_by_rule)
{
    const plan_fixture f = plantest_make(t);
    const int64_t office = dutytest_unit(t, f.tenant, "市教育局");
    const xj_duty_filter all = {.action_no = -1};
    struct settle s = {.n = 3};
    xj_duty_row *rows;
    xj_str body;
    size_t n;

    dutytest_day("2020-03-25");
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 40, 1), "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 1000, t->pool));
    s.document = rows[0].document;
    assert_true(unsettled(t, &f) > 20);
    s.answers[0] = (xj_settle){.action_no = -1, .open = XJ_STR("lead"), .keep = true};
    s.answers[1] =
        (xj_settle){.action_no = -1, .open = XJ_STR("cadence"), .cadence = XJ_STR("annual")};
    s.answers[2] = (xj_settle){.action_no = -1, .open = XJ_STR("counties"), .no_counties = true};
    must_ok(xjtest_do(&body, t, f.tenant, run_settle, &s));
    assert_true(s.changed > 20);
    assert_int_equal(unsettled(t, &f), 0);
    s.answers[0] = (xj_settle){.action_no = -1, .like = rows[5].id, .lead = office};
    s.n = 1;
    must_ok(xjtest_do(&body, t, f.tenant, run_settle, &s));
    assert_int_equal(dutytest_get(t, &f.scope, rows[5].id)->row.owner, office);
    dutytest_sound(t);
}

XJTEST_STORE(test_settle__refuses_what_settles_nothing)
{
    const plan_fixture f = plantest_make(t);
    struct settle s = {.document = 1, .n = 1};
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    xj_str body;
    size_t n;

    dutytest_day("2020-03-25");
    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 5, 1), "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    s.answers[0] = (xj_settle){.action_no = -1, .keep = true};
    must_fail(xjtest_do(&body, t, f.tenant, run_settle, &s), XJ_E_NOT_FOUND);
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 10, t->pool));
    s.document = rows[0].document;
    s.answers[0] = (xj_settle){.action_no = -1};
    must_fail(xjtest_do(&body, t, f.tenant, run_settle, &s), XJ_E_BAD_INPUT);
    s.answers[0] = (xj_settle){.action_no = -1, .way = XJ_STR("sideways")};
    must_fail(xjtest_do(&body, t, f.tenant, run_settle, &s), XJ_E_BAD_INPUT);
    s.answers[0] = (xj_settle){.action_no = -1, .lead = 1};
    must_fail(xjtest_do(&body, t, f.tenant, run_settle, &s), XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_settle__answers_all_at_once_by_rule),
                                       XJTEST_BOTH(test_settle__refuses_what_settles_nothing)};

    return xjtest_store_main(tests);
}
