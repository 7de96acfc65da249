#include "dutytest.h"

struct dispatch {
    int64_t unit, duty, section, person, to;
    int64_t persons[2];
    const char *name;
};

static xj_error *
run_persons(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dispatch *d = args;

    (void)answer;
    XJ_TRY(xj_person_add(&d->persons[0], tx, XJ_STR("a1"), XJ_STR("甲"), XJ_STR("h")));
    return xj_person_add(&d->persons[1], tx, XJ_STR("b1"), XJ_STR("乙"), XJ_STR("h"));
}

static xj_error *
run_dispatch(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dispatch *d = args;

    (void)answer;
    return xj_duty_dispatch(tx, d->unit, &d->duty, 1, d->section, d->person, XJ_STR("tester"));
}

static xj_error *
run_hand_over(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dispatch *d = args;

    (void)answer;
    return xj_duty_hand_over(tx, d->unit, d->person, d->to);
}

static xj_error *
run_unit_moved(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dispatch *d = args;

    (void)answer;
    return xj_duty_unit_moved(tx, xj_str_c(d->name), d->unit, d->to);
}

XJTEST_STORE(test_dispatch__a_handler_follows_another_and_hands_over)
{
    const plan_fixture f = plantest_make(t);
    const int64_t other = dutytest_unit(t, f.tenant, "市财政局");
    struct dispatch d = {.unit = dutytest_unit(t, f.tenant, "市教育局")};
    xj_obligation_filter mine = {.open = 1};
    xj_duty_new made = dutytest_by_hand(&f, d.unit);
    xj_obligation *items;
    xj_duty *duty;
    xj_str body;

    dutytest_day("2026-01-05");
    must_ok(xjtest_do(&body, t, f.tenant, run_persons, &d));
    must_ok(dutytest_try_add(&d.duty, t, f.tenant, &made));
    must_ok(dutytest_move(t, f.tenant, d.duty, 1, &(xj_step){.move = XJ_STR("acknowledge")}));
    d.person = d.persons[0];
    must_ok(xjtest_do(&body, t, f.tenant, run_dispatch, &d));
    assert_str(dutytest_get(t, &f.scope, d.duty)->row.state, "dispatched");
    mine.person = d.persons[0];
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &mine), 2);
    d.to = d.persons[1];
    must_ok(xjtest_do(&body, t, f.tenant, run_hand_over, &d));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &mine), 0);
    mine.person = d.persons[1];
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &mine), 2);
    duty = dutytest_get(t, &f.scope, d.duty);
    assert_int_equal(duty->nhandlers, 2);
    assert_str(duty->handlers[0].to_on, "2026-01-05");
    d.unit = other;
    must_fail(xjtest_do(&body, t, f.tenant, run_dispatch, &d), XJ_E_BAD_INPUT);
    dutytest_sound(t);
}

static xj_error *
run_acknowledge(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *of = args; /* notice, unit */

    (void)answer;
    return xj_receipt_acknowledge(tx, of[0], of[1], XJ_STR_NONE, XJ_STR("tester"));
}

/* The last moves of DUTY are an acknowledging and a dispatch, and it stands there. */
static void
is_dispatched_with_it(xjtest_store *t, const plan_fixture *f, int64_t duty)
{
    xj_duty_move *moves;
    size_t n;

    assert_str(dutytest_get(t, &f->scope, duty)->row.state, "dispatched");
    must_ok(xj_duty_history(&moves, &n, plantest_read(t), f->tenant, duty, t->pool));
    assert_true(n >= 3);
    assert_str(moves[n - 2].move, "acknowledge");
    assert_str(moves[n - 2].from_state, "assigned");
    assert_str(moves[n - 2].to_state, "acknowledged");
    assert_str(moves[n - 1].move, "dispatch");
    assert_str(moves[n - 1].from_state, "acknowledged");
    assert_str(moves[n - 1].to_state, "dispatched");
}

/* Dispatched by rule before anybody acknowledged it: acknowledging makes it dispatched at once. */
XJTEST_STORE(test_acknowledge__what_has_a_handler_is_dispatched_with_it)
{
    const plan_fixture f = plantest_make(t);
    struct dispatch d = {.unit = dutytest_unit(t, f.tenant, "市教育局")};
    xj_duty_new made = dutytest_by_hand(&f, d.unit);
    int64_t of[2] = {0, d.unit};
    xj_str body;

    dutytest_day("2026-01-05");
    must_ok(xjtest_do(&body, t, f.tenant, run_persons, &d));
    d.person = d.persons[0];
    must_ok(dutytest_try_add(&d.duty, t, f.tenant, &made));
    must_ok(xjtest_do(&body, t, f.tenant, run_dispatch, &d));
    assert_str(dutytest_get(t, &f.scope, d.duty)->row.state, "assigned");
    of[0] = dutytest_get(t, &f.scope, d.duty)->row.notice;
    must_ok(xjtest_do(&body, t, f.tenant, run_acknowledge, of));
    is_dispatched_with_it(t, &f, d.duty);
    /* and so by the move of the one task */
    must_ok(dutytest_try_add(&d.duty, t, f.tenant, &made));
    must_ok(xjtest_do(&body, t, f.tenant, run_dispatch, &d));
    must_ok(dutytest_move(t, f.tenant, d.duty, 1, &(xj_step){.move = XJ_STR("acknowledge")}));
    is_dispatched_with_it(t, &f, d.duty);
    /* whose handler was taken back waits to be dispatched */
    must_ok(dutytest_try_add(&d.duty, t, f.tenant, &made));
    must_ok(xjtest_do(&body, t, f.tenant, run_dispatch, &d));
    d.person = 0;
    must_ok(xjtest_do(&body, t, f.tenant, run_dispatch, &d));
    must_ok(dutytest_move(t, f.tenant, d.duty, 1, &(xj_step){.move = XJ_STR("acknowledge")}));
    assert_str(dutytest_get(t, &f.scope, d.duty)->row.state, "acknowledged");
    dutytest_sound(t);
}

/* 扶贫办 becomes 乡村振兴局: what is open follows. */
XJTEST_STORE(test_unit_moved__the_successor_owes_what_was_open)
{
    const plan_fixture f = plantest_make(t);
    struct dispatch d = {.unit = dutytest_unit(t, f.tenant, "市扶贫办"),
                         .to = dutytest_unit(t, f.tenant, "市乡村振兴局"),
                         .name = "市扶贫办"};
    const xj_obligation_filter old = {.unit = d.unit, .open = 1}, now = {.unit = d.to, .open = 1};
    xj_duty_new made = dutytest_by_hand(&f, d.unit);
    xj_obligation *items;
    xj_str body;

    dutytest_day("2026-01-05");
    must_ok(dutytest_try_add(&d.duty, t, f.tenant, &made));
    dutytest_day("2026-04-01");
    must_ok(xjtest_do(&body, t, f.tenant, run_unit_moved, &d));
    assert_int_equal(dutytest_get(t, &f.scope, d.duty)->row.owner, d.to);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &old), 0);
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &now), 2);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_dispatch__a_handler_follows_another_and_hands_over),
        XJTEST_BOTH(test_acknowledge__what_has_a_handler_is_dispatched_with_it),
        XJTEST_BOTH(test_unit_moved__the_successor_owes_what_was_open)};

    return xjtest_store_main(tests);
}
