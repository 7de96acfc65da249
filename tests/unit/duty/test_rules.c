#include "dutytest.h"

#include "duty/clock.h"

struct set {
    int64_t version;
    xj_rule_value value;
};

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct set *s = args;

    (void)answer;
    return xj_rules_set(tx, s->version, &s->value, 1, XJ_STR("试行"));
}

XJTEST_STORE(test_rules_set__holds_until_it_is_the_default_again)
{
    const plan_fixture f = plantest_make(t);
    struct set s = {.version = 1, .value = {XJ_RULE_LIGHT_DAYS_AHEAD, XJ_STR("14")}};
    xj_rule_change last[XJ_RULE_COUNT], *changes;
    xj_rules rules;
    xj_str body;
    size_t n;

    must_ok(xj_rules_get(&rules, plantest_read(t), f.tenant, t->pool));
    assert_int_equal(rules.number[XJ_RULE_LIGHT_DAYS_AHEAD], 7);
    assert_int_equal(rules.version, 0);
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    must_ok(xj_rules_get(&rules, plantest_read(t), f.tenant, t->pool));
    assert_int_equal(rules.number[XJ_RULE_LIGHT_DAYS_AHEAD], 14);
    assert_int_equal(rules.version, 2);
    must_ok(xj_rules_get(&rules, plantest_read(t), f.other, t->pool));
    assert_int_equal(rules.number[XJ_RULE_LIGHT_DAYS_AHEAD], 7);
    must_fail(xjtest_do(&body, t, f.tenant, run_set, &s), XJ_E_STALE);
    s.version = 2;
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s)); /* the same again is no change */
    s.version = 3;
    s.value.value = XJ_STR_NONE;
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
    must_ok(xj_rules_get(&rules, plantest_read(t), f.tenant, t->pool));
    assert_int_equal(rules.number[XJ_RULE_LIGHT_DAYS_AHEAD], 7);
    must_ok(xj_rule_changes_last(last, plantest_read(t), f.tenant, t->pool));
    assert_true(last[XJ_RULE_LIGHT_DAYS_AHEAD].back);
    assert_str(last[XJ_RULE_LIGHT_DAYS_AHEAD].old_value, "14");
    assert_int_equal(last[XJ_RULE_LIGHT_BEHIND].id, 0);
    must_ok(xj_rule_change_list(&changes, &n, plantest_read(t), f.tenant,
                                XJ_STR("light_days_ahead"), 0, 1, t->pool));
    assert_int_equal(n, 1);
    must_ok(xj_rule_change_list(&changes, &n, plantest_read(t), f.tenant, XJ_STR_NONE,
                                changes[0].id, 9, t->pool));
    assert_int_equal(n, 1);
    assert_str(changes[0].old_value, "7");
    assert_str(changes[0].new_value, "14");
    assert_str(changes[0].why, "试行");
    must_ok(xj_rule_changes_last(last, plantest_read(t), f.other, t->pool));
    assert_int_equal(last[XJ_RULE_LIGHT_DAYS_AHEAD].id, 0);
}

static void
test_rule_check__refuses_what_is_outside_its_limits(void **state)
{
    static const struct {
        xj_rule rule;
        const char *value;
        bool good;
    } cases[] = {{XJ_RULE_LIGHT_DAYS_AHEAD, "0", true},
                 {XJ_RULE_LIGHT_DAYS_AHEAD, "61", false},
                 {XJ_RULE_LIGHT_DAYS_AHEAD, "x", false},
                 {XJ_RULE_WAY, "line", true},
                 {XJ_RULE_WAY, "lin", false},
                 {XJ_RULE_DATES_HALF_YEARLY, "06-15,12-15", true},
                 {XJ_RULE_DATES_HALF_YEARLY, "06-15", true},
                 {XJ_RULE_DATES_HALF_YEARLY, "06-15,", false},
                 {XJ_RULE_DATES_HALF_YEARLY, "01-01,02-01,03-01", false},
                 {XJ_RULE_YEARLY_DAY, "02-30", false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_error *err = xj_rule_check(cases[i].rule, xj_str_c(cases[i].value));

        if ((err == NULL) != cases[i].good)
            fail_msg("%s", cases[i].value);
        xj_error_clear(err);
    }
}

XJTEST_STORE(test_rules_set__hours_without_an_hour_are_refused)
{
    const plan_fixture f = plantest_make(t);
    struct set s = {.version = 1, .value = {XJ_RULE_SEND_FROM, XJ_STR("18")}};
    xj_str body;

    must_fail(xjtest_do(&body, t, f.tenant, run_set, &s), XJ_E_BAD_INPUT);
    s.value.value = XJ_STR("17");
    must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
}

/* What was overdue before the day of beginning is not red, whenever that day is said. */
XJTEST_STORE(test_rules_set__another_day_of_beginning_makes_past_lights_anew)
{
    const plan_fixture f = plantest_make(t);
    const int64_t unit = dutytest_unit(t, f.tenant, "市教育局");
    const xj_date day = {2026, 3, 20};
    xj_duty_new d = dutytest_by_hand(&f, unit);
    xj_light_row *rows;
    xj_clock_ran ran;
    int64_t id;
    size_t n;

    dutytest_day("2026-03-01");
    d.deadline_kind = XJ_STR("complete_by");
    d.due = XJ_STR("2026-03-10");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    dutytest_day("2026-04-10");
    must_ok(xj_clock_run(&ran, t->store, f.tenant, (xj_date){2026, 4, 10}, t->pool));
    must_ok(xj_light_list(&rows, &n, plantest_read(t), &f.scope, id, day, day, t->pool));
    assert_str(rows[0].light, "red");
    for (int turn = 0; turn < 2; turn++) {
        struct set s = {
            .value = {XJ_RULE_BEGUN_ON, turn == 0 ? XJ_STR("2026-04-01") : XJ_STR("2026-03-15")}};
        xj_rules rules;
        xj_str body;

        must_ok(xj_rules_get(&rules, plantest_read(t), f.tenant, t->pool));
        s.version = rules.version;
        must_ok(xjtest_do(&body, t, f.tenant, run_set, &s));
        must_ok(xj_duty_relight(t->store, f.tenant, NULL, t->pool));
        must_ok(xj_light_list(&rows, &n, plantest_read(t), &f.scope, id, day, day, t->pool));
        assert_str(rows[0].light, turn == 0 ? "yellow" : "red");
        must_ok(xj_light_list(&rows, &n, plantest_read(t), &f.scope, id, (xj_date){2026, 4, 5},
                              (xj_date){2026, 4, 5}, t->pool));
        assert_str(rows[0].light, "red");
    }
    dutytest_sound(t);
}

static void
test_rule_parse__knows_the_names(void **state)
{
    xj_rule rule;

    (void)state;
    must_ok(xj_rule_parse(&rule, XJ_STR("person_cap")));
    assert_int_equal(rule, XJ_RULE_PERSON_CAP);
    must_fail(xj_rule_parse(&rule, XJ_STR("person_hat")), XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_rules_set__holds_until_it_is_the_default_again),
        XJTEST_BOTH(test_rules_set__hours_without_an_hour_are_refused),
        XJTEST_BOTH(test_rules_set__another_day_of_beginning_makes_past_lights_anew),
        cmocka_unit_test(test_rule_check__refuses_what_is_outside_its_limits),
        cmocka_unit_test(test_rule_parse__knows_the_names)};

    return xjtest_store_main(tests);
}
