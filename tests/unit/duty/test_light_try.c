#include "dutytest.h"

#include "duty/clock.h"
#include "duty/light_try.h"

#define TASKS 6

struct house {
    plan_fixture f;
    int64_t duties[TASKS];
};

/* Tasks due 4, 8, 12 ... days from 2026-03-01, of two units. */
static void
build(struct house *h, xjtest_store *t)
{
    static const char *const days[TASKS] = {"2026-03-05", "2026-03-09", "2026-03-13",
                                            "2026-03-17", "2026-03-21", "2026-03-25"};
    int64_t units[2];

    h->f = plantest_make(t);
    units[0] = dutytest_unit(t, h->f.tenant, "市教育局");
    units[1] = dutytest_unit(t, h->f.tenant, "市财政局");
    dutytest_day("2026-03-01");
    for (int i = 0; i < TASKS; i++) {
        xj_duty_new d = dutytest_by_hand(&h->f, units[i % 2]);

        d.deadline_kind = XJ_STR("complete_by");
        d.due = xj_str_c(days[i]);
        must_ok(dutytest_try_add(&h->duties[i], t, h->f.tenant, &d));
    }
}

static void
try_them(xj_light_try *tried, xjtest_store *t, const struct house *h, const xj_rule_value *values,
         size_t n, int64_t after, size_t limit)
{
    xj_rules now, then;

    must_ok(xj_rules_get(&now, plantest_read(t), h->f.tenant, t->pool));
    must_ok(xj_rules_with(&then, &now, values, n));
    must_ok(xj_light_try_rules(tried, plantest_read(t), &h->f.scope, 7, &now, &then,
                               (xj_date){2026, 3, 1}, after, limit, t->pool));
}

struct set {
    const xj_rule_value *value;
};

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct set *s = args;
    xj_rules rules;

    (void)answer;
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_rules_set(tx, rules.version, s->value, 1, XJ_STR("试行"));
}

/* How many of H's tasks have LIGHT, as lists show it. */
static int64_t
shown(xjtest_store *t, const struct house *h, const char *light)
{
    int64_t n = 0;

    for (int i = 0; i < TASKS; i++)
        n += xj_str_eq(dutytest_get(t, &h->f.scope, h->duties[i])->row.light, xj_str_c(light));
    return n;
}

XJTEST_STORE(test_try__says_what_setting_the_rule_does)
{
    const xj_rule_value value = {XJ_RULE_LIGHT_DAYS_AHEAD, XJ_STR("14")};
    struct set s = {&value};
    struct house h;
    xj_light_try tried;
    xj_str body;

    build(&h, t);
    try_them(&tried, t, &h, &value, 1, 0, 10);
    assert_int_equal(tried.tasks.was.yellow, shown(t, &h, "yellow"));
    assert_int_equal(tried.tasks.was.green, shown(t, &h, "green"));
    assert_int_equal(tried.tasks.was.yellow, 1);
    assert_int_equal(tried.tasks.now.yellow, 3);
    assert_int_equal(tried.changed, 2);
    assert_int_equal(tried.n, 2);
    assert_int_equal(tried.items[0].duty, h.duties[1]);
    assert_string_equal(tried.items[0].was, "green");
    assert_string_equal(tried.items[0].now, "yellow");
    assert_string_equal(tried.items[0].reason, "near");
    assert_str(tried.items[0].owner_name, "市财政局");
    /* nothing was written */
    assert_int_equal(shown(t, &h, "yellow"), 1);
    must_ok(xjtest_do(&body, t, h.f.tenant, run_set, &s));
    must_ok(xj_duty_relight(t->store, 0, NULL, t->pool));
    assert_int_equal(shown(t, &h, "yellow"), 3);
    assert_int_equal(shown(t, &h, "green"), 3);
    dutytest_sound(t);
}

XJTEST_STORE(test_try__pages_by_task)
{
    const xj_rule_value value = {XJ_RULE_LIGHT_DAYS_AHEAD, XJ_STR("60")};
    struct house h;
    xj_light_try tried;
    int64_t after = 0;
    size_t seen = 0;

    build(&h, t);
    do {
        try_them(&tried, t, &h, &value, 1, after, 2);
        assert_int_equal(tried.changed, TASKS - 1);
        for (size_t i = 0; i < tried.n; i++)
            assert_int_equal(tried.items[i].duty, h.duties[1 + seen++]);
        after = tried.n == 0 ? 0 : tried.items[tried.n - 1].duty;
    } while (tried.n == 2);
    assert_int_equal(seen, TASKS - 1);
}

/* Of two units with three tasks each, one of a red and two that are not. */
XJTEST_STORE(test_try__rolls_up_by_the_share)
{
    const xj_rule_value value = {XJ_RULE_ROLL_RED, XJ_STR("50")};
    struct house h;
    xj_light_try tried;
    xj_rules now, then;

    build(&h, t);
    must_ok(xj_rules_get(&now, plantest_read(t), h.f.tenant, t->pool));
    must_ok(xj_rules_with(&then, &now, &value, 1));
    must_ok(xj_light_try_rules(&tried, plantest_read(t), &h.f.scope, 7, &now, &then,
                               (xj_date){2026, 3, 6}, 0, 10, t->pool));
    assert_int_equal(tried.changed, 0);
    assert_int_equal(tried.tasks.now.red, 1);
    assert_int_equal(tried.units.was.red, 1);
    assert_int_equal(tried.units.now.red, 0);
    assert_int_equal(tried.units.now.yellow, 2);
    assert_int_equal(tried.actions.was.red, 1);
    assert_int_equal(tried.actions.now.yellow, 1);
}

XJTEST_STORE(test_try__sees_its_own_jurisdiction_alone)
{
    const xj_rule_value value = {XJ_RULE_LIGHT_DAYS_AHEAD, XJ_STR("60")};
    struct house h;
    xj_light_try tried;

    build(&h, t);
    h.f.scope = h.f.other_scope;
    try_them(&tried, t, &h, &value, 1, 0, 10);
    assert_int_equal(tried.changed + tried.tasks.was.green, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_try__says_what_setting_the_rule_does),
                                       XJTEST_BOTH(test_try__pages_by_task),
                                       XJTEST_BOTH(test_try__rolls_up_by_the_share),
                                       XJTEST_BOTH(test_try__sees_its_own_jurisdiction_alone)};

    return xjtest_store_main(tests);
}
