#include "dutytest.h"

static void
test_light_of__follows_what_is_owed(void **state)
{
    const xj_date day = {2026, 6, 10};
    static const struct {
        xj_owed owed;
        bool encouraged;
        int passed, progress;
        xj_light light;
        const char *reason;
        bool coordinated;
    } cases[] = {
        {{{2026, 6, 18}, {0}}, false, -1, -1, XJ_LIGHT_GREEN, "on_time", false},
        {{{2026, 6, 17}, {0}}, false, -1, -1, XJ_LIGHT_YELLOW, "near", false},
        {{{2026, 6, 10}, {0}}, false, -1, -1, XJ_LIGHT_YELLOW, "near", false},
        {{{2026, 6, 9}, {0}}, false, -1, -1, XJ_LIGHT_RED, "overdue", false},
        {{{2026, 6, 9}, {0}}, true, -1, -1, XJ_LIGHT_YELLOW, "soft", false},
        {{{2026, 6, 9}, {0}}, false, -1, -1, XJ_LIGHT_YELLOW, "coordinated", true},
        {{{2026, 6, 18}, {0}}, false, -1, -1, XJ_LIGHT_GREEN, "on_time", true},
        {{{2026, 6, 9}, {2026, 6, 10}}, false, -1, -1, XJ_LIGHT_GREEN, "on_time", false},
        {{{2026, 6, 9}, {2026, 6, 11}}, false, -1, -1, XJ_LIGHT_RED, "overdue", false},
        {{{2026, 6, 30}, {0}}, false, 60, 39, XJ_LIGHT_YELLOW, "behind", false},
        {{{2026, 6, 30}, {0}}, false, 60, 40, XJ_LIGHT_GREEN, "on_time", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_part_facts facts = {.owed = &cases[i].owed,
                                     .nowed = 1,
                                     .encouraged = cases[i].encouraged,
                                     .coordinated = cases[i].coordinated,
                                     .passed = cases[i].passed,
                                     .progress = cases[i].progress};
        const char *reason;

        assert_int_equal(xj_light_of(&reason, &facts, day, 7, 20), cases[i].light);
        assert_string_equal(reason, cases[i].reason);
    }
}

static void
test_light_roll__is_red_from_the_share_on(void **state)
{
    static const struct {
        xj_light_count count;
        xj_light light;
    } cases[] = {{{0}, XJ_LIGHT_GREY},
                 {{.grey = 4}, XJ_LIGHT_GREY},
                 {{.green = 4, .grey = 1}, XJ_LIGHT_GREEN},
                 {{.green = 4, .yellow = 1}, XJ_LIGHT_YELLOW},
                 {{.green = 10, .red = 1}, XJ_LIGHT_YELLOW},
                 {{.green = 9, .red = 1}, XJ_LIGHT_RED}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(xj_light_roll(&cases[i].count, 10), cases[i].light);
    assert_string_equal(xj_light_word(XJ_LIGHT_RED), "red");
}

/* The light of DUTY's only part as of DAY. */
static xj_str
as_of(xjtest_store *t, const xj_scope *scope, int64_t duty, const char *day)
{
    xj_light_row *rows;
    size_t n;

    must_ok(xj_light_list(&rows, &n, plantest_read(t), scope, duty, xj_day_parse(xj_str_c(day)),
                          xj_day_parse(xj_str_c(day)), t->pool));
    return n == 0 ? XJ_STR("none") : rows[0].light;
}

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

XJTEST_STORE(test_relight__a_return_entered_late_has_the_light_of_the_day_it_happened)
{
    const xj_obligation_filter returns = dutytest_returns();
    const plan_fixture f = plantest_make(t);
    struct relight r = {.from = {2026, 1, 5}, .to = {2026, 6, 25}};
    xj_obligation *items;
    xj_heat heat;
    xj_duty_new d;
    xj_str body;

    dutytest_day("2026-01-05");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    must_ok(dutytest_try_add(&r.duty, t, f.tenant, &d));
    dutytest_day("2026-06-25");
    must_ok(xjtest_do(&body, t, f.tenant, run_relight, &r));
    assert_str(as_of(t, &f.scope, r.duty, "2026-01-04"), "none");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-07"), "green");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-08"), "yellow");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-15"), "yellow");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-16"), "red");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "red");
    dutytest_owed(&items, t, &f.scope, &returns);
    must_ok(dutytest_obligation(
        t, f.tenant, items[0].id, 1,
        &(xj_step){.move = XJ_STR("send"), .happened_on = XJ_STR("2026-06-14")}));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-13"), "yellow");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-14"), "green");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "green");
    must_ok(xj_heat_map(&heat, plantest_read(t), &f.scope, f.programme, (xj_date){2026, 6, 10},
                        t->pool));
    assert_int_equal(heat.ncells, 1);
    assert_int_equal(heat.cells[0].count.yellow, 1);
    must_ok(xj_heat_map(&heat, plantest_read(t), &f.other_scope, f.programme,
                        (xj_date){2026, 6, 10}, t->pool));
    assert_int_equal(heat.ncells, 0);
    dutytest_sound(t);
}

struct turn {
    int64_t unit;
    xj_standing standing;
    xj_str from;
};

static xj_error *
run_turn(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct turn *turn = args;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit unit;

    (void)answer;
    XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &all, turn->unit, xj_tx_pool(tx)));
    return xj_unit_change_do(
        tx, unit.id, unit.version,
        &(xj_unit_change){.standing = &turn->standing, .standing_from = turn->from});
}

XJTEST_STORE(test_unit_standing__what_is_only_coordinated_never_turns_red)
{
    const plan_fixture f = plantest_make(t);
    struct relight r = {.from = {2026, 1, 5}, .to = {2026, 6, 25}};
    struct turn turn = {.standing = XJ_STANDING_COORDINATED};
    xj_duty_new d;
    xj_str body;

    xj_unit_on_standing(xj_duty_unit_standing);
    dutytest_day("2026-01-05");
    turn.unit = dutytest_unit(t, f.tenant, "市教育局");
    d = dutytest_by_hand(&f, turn.unit);
    must_ok(dutytest_try_add(&r.duty, t, f.tenant, &d));
    dutytest_day("2026-06-25");
    must_ok(xjtest_do(&body, t, f.tenant, run_relight, &r));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "red");
    must_ok(xjtest_do(&body, t, f.tenant, run_turn, &turn));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-24"), "red");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "yellow");
    turn.standing = XJ_STANDING_SUPERVISED;
    must_ok(xjtest_do(&body, t, f.tenant, run_turn, &turn));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "red");
    /* It was so from another day on: what was red since is not, and what was red before stays. */
    turn.standing = XJ_STANDING_COORDINATED;
    turn.from = XJ_STR("2026-06-20");
    must_ok(xjtest_do(&body, t, f.tenant, run_turn, &turn));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-19"), "red");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-20"), "yellow");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-25"), "yellow");
    /* Made anew for all days, the lights are the same. */
    must_ok(xjtest_do(&body, t, f.tenant, run_relight, &r));
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-19"), "red");
    assert_str(as_of(t, &f.scope, r.duty, "2026-06-20"), "yellow");
    xj_unit_on_standing(NULL);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_light_of__follows_what_is_owed),
        cmocka_unit_test(test_light_roll__is_red_from_the_share_on),
        XJTEST_BOTH(test_relight__a_return_entered_late_has_the_light_of_the_day_it_happened),
        XJTEST_BOTH(test_unit_standing__what_is_only_coordinated_never_turns_red)};

    return xjtest_store_main(tests);
}
