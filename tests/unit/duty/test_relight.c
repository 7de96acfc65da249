#include "dutytest.h"

#include "duty/clock.h"

static const xj_date DAY = {2026, 3, 1};

/* A task due nine days behind DAY. */
static int64_t
build(xjtest_store *t, plan_fixture *f)
{
    xj_duty_new d;
    int64_t id;

    *f = plantest_make(t);
    d = dutytest_by_hand(f, dutytest_unit(t, f->tenant, "市教育局"));
    dutytest_day("2026-03-01");
    d.deadline_kind = XJ_STR("complete_by");
    d.due = XJ_STR("2026-03-10");
    must_ok(dutytest_try_add(&id, t, f->tenant, &d));
    return id;
}

static xj_str
light(xjtest_store *t, const plan_fixture *f, int64_t duty, xj_date day)
{
    xj_light_row *rows;
    size_t n;

    must_ok(xj_light_list(&rows, &n, plantest_read(t), &f->scope, duty, day, day, t->pool));
    assert_int_equal(n, 1);
    return rows[0].light;
}

static bool
relighting(xjtest_store *t, int64_t tenant)
{
    xj_rules rules;

    must_ok(xj_rules_get(&rules, plantest_read(t), tenant, t->pool));
    return rules.relighting;
}

struct set {
    xj_str value;
    bool left; /* nothing is made anew: as where the piece was over at once */
};

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct set *s = args;
    const xj_rule_value value = {XJ_RULE_LIGHT_DAYS_AHEAD, s->value};
    xj_rules rules;

    (void)answer;
    if (s->left) {
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_RULE_SET, "iss", xj_tx_tenant(tx),
                          XJ_STR("light_days_ahead"), s->value));
        return xj_db_send(xj_tx_db(tx), SQL_RELIGHT_SET, "sii", XJ_STR("2026-03-01"), INT64_C(0),
                          xj_tx_tenant(tx));
    }
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_rules_set(tx, rules.version, &value, 1, XJ_STR("试行"));
}

XJTEST_STORE(test_relight__another_rule_holds_from_today_on)
{
    struct set s = {.value = XJ_STR("14")};
    plan_fixture f;
    const int64_t duty = build(t, &f);
    xj_str body;

    assert_str(light(t, &f, duty, DAY), "green");
    dutytest_day("2026-03-02");
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    must_ok(xj_duty_relight(t->store, 0, NULL, t->pool));
    assert_str(light(t, &f, duty, (xj_date){2026, 3, 2}), "yellow");
    /* what was said of yesterday stays */
    assert_str(light(t, &f, duty, DAY), "green");
    dutytest_sound(t);
}

XJTEST_STORE(test_relight__what_is_left_is_taken_up)
{
    struct set s = {.value = XJ_STR("14"), .left = true};
    atomic_bool stop = true;
    plan_fixture f;
    const int64_t duty = build(t, &f);
    xj_str body;

    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    assert_true(relighting(t, f.tenant));
    must_ok(xj_duty_relight(t->store, 0, &stop, t->pool));
    must_ok(xj_duty_relight(t->store, f.other, NULL, t->pool));
    assert_true(relighting(t, f.tenant));
    assert_str(light(t, &f, duty, DAY), "green");
    must_ok(xj_duty_relight(t->store, f.tenant, NULL, t->pool));
    assert_false(relighting(t, f.tenant));
    assert_str(light(t, &f, duty, DAY), "yellow");
    dutytest_sound(t);
}

/* A change while another's lights are made takes over from the earlier day. */
XJTEST_STORE(test_relight__the_earlier_day_is_kept)
{
    struct set s = {.value = XJ_STR("14"), .left = true};
    plan_fixture f;
    const int64_t duty = build(t, &f);
    xj_str body;

    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    dutytest_day("2026-03-02");
    s = (struct set){.value = XJ_STR("10")};
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    must_ok(xj_duty_relight(t->store, 0, NULL, t->pool));
    assert_str(light(t, &f, duty, DAY), "yellow");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_relight__another_rule_holds_from_today_on),
                                       XJTEST_BOTH(test_relight__what_is_left_is_taken_up),
                                       XJTEST_BOTH(test_relight__the_earlier_day_is_kept)};

    return xjtest_store_main(tests);
}
