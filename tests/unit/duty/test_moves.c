#include "dutytest.h"

static xj_error *
move(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version, const char *word)
{
    return dutytest_move(t, f->tenant, id, version,
                         &(xj_step){.move = xj_str_c(word), .why = XJ_STR("情况说明")});
}

static int64_t
add(xjtest_store *t, const plan_fixture *f, const char *kind, const char *due)
{
    xj_duty_new d = dutytest_by_hand(f, dutytest_unit(t, f->tenant, "市教育局"));
    int64_t id;

    d.deadline_kind = xj_str_c(kind);
    d.due = xj_str_c(due);
    must_ok(dutytest_try_add(&id, t, f->tenant, &d));
    return id;
}

XJTEST_STORE(test_step__keeps_who_when_and_why_and_refuses_the_impossible)
{
    const plan_fixture f = plantest_make(t);
    xj_duty_move *moves;
    int64_t id;
    size_t n;

    dutytest_day("2026-03-02");
    id = add(t, &f, "ongoing", NULL);
    must_fail(move(t, &f, id, 1, "finish"), XJ_E_CONFLICT);
    must_fail(move(t, &f, id, 5, "acknowledge"), XJ_E_STALE);
    must_fail(move(t, &f, id + 1, 1, "acknowledge"), XJ_E_NOT_FOUND);
    must_ok(dutytest_move(t, f.tenant, id, 1,
                          &(xj_step){.move = XJ_STR("acknowledge"),
                                     .happened_on = XJ_STR("2026-03-01"),
                                     .actor_name = XJ_STR("tester")}));
    must_fail(
        dutytest_move(t, f.tenant, id, 2,
                      &(xj_step){.move = XJ_STR("begin"), .happened_on = XJ_STR("2026-03-03")}),
        XJ_E_BAD_INPUT);
    must_ok(xj_duty_history(&moves, &n, plantest_read(t), f.tenant, id, t->pool));
    assert_int_equal(n, 2);
    assert_str(moves[1].move, "acknowledge");
    assert_str(moves[1].from_state, "assigned");
    assert_str(moves[1].happened_on, "2026-03-01");
    assert_int_equal(moves[1].recorded_at, xj_now());
    assert_int_equal(moves[1].person, 7);
    assert_str(moves[1].person_name, "tester");
    dutytest_sound(t);
}

/* Inventory A74: a document to be issued is done by its number and date. */
XJTEST_STORE(test_step__a_document_is_done_by_its_number_and_date)
{
    const plan_fixture f = plantest_make(t);
    xj_duty_new d;
    int64_t id;

    dutytest_day("2026-03-02");
    d = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "市教育局"));
    d.deliverable = XJ_STR("document");
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    must_ok(move(t, &f, id, 1, "acknowledge"));
    must_ok(move(t, &f, id, 2, "begin"));
    must_fail(move(t, &f, id, 3, "ask_completion"), XJ_E_BAD_INPUT);
    must_ok(dutytest_move(t, f.tenant, id, 3,
                          &(xj_step){.move = XJ_STR("ask_completion"),
                                     .doc_no = XJ_STR("云教〔2026〕5号"),
                                     .doc_on = XJ_STR("2026-02-27")}));
    assert_str(dutytest_get(t, &f.scope, id)->doc_no, "云教〔2026〕5号");
}

/* Whatever was last said of it: it is done. */
XJTEST_STORE(test_step__what_is_done_stands_at_all_of_it)
{
    const plan_fixture f = plantest_make(t);
    struct dutytest_step review = {.version = 4,
                                   .step = {.move = XJ_STR("review"), .why = XJ_STR("")}};
    xj_command other = plantest_like(f.tenant);
    xj_str body;

    dutytest_day("2026-03-02");
    review.id = add(t, &f, "complete_by", "2026-06-30");
    must_ok(move(t, &f, review.id, 1, "acknowledge"));
    must_ok(move(t, &f, review.id, 2, "begin"));
    must_ok(move(t, &f, review.id, 3, "ask_completion"));
    assert_int_equal(dutytest_get(t, &f.scope, review.id)->row.progress, -1);
    other.name = "duty.move";
    other.actor = 8;
    other.run = dutytest_run_step;
    other.args = &review;
    must_ok(xj_store_do(t->store, &other, &body, NULL, t->pool));
    must_ok(move(t, &f, review.id, 5, "finish"));
    assert_int_equal(dutytest_get(t, &f.scope, review.id)->row.progress, 100);
    dutytest_sound(t);
}

/* Inventory E9: what has no end is decided about at the year's end. */
XJTEST_STORE(test_step__the_year_end_decision_is_taken_by_done_or_carried_over)
{
    const xj_obligation_filter decisions = {
        .kind = XJ_STR("decision"), .open = -1, .due_to = XJ_STR("2026-12-31")};
    const plan_fixture f = plantest_make(t);
    xj_obligation *items;
    int64_t a, b;

    dutytest_day("2026-03-02");
    a = add(t, &f, "ongoing", NULL);
    b = add(t, &f, "full_year", "2026-12-31");
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &decisions), 1);
    assert_int_equal(items[0].rows, 2);
    assert_str(items[0].unit_name, "推进委员会办公室");
    must_ok(move(t, &f, a, 1, "acknowledge"));
    must_ok(move(t, &f, a, 2, "begin"));
    must_ok(move(t, &f, a, 3, "carry_over"));
    dutytest_owed(&items, t, &f.scope, &decisions);
    assert_true(items[0].open);
    must_ok(move(t, &f, b, 1, "acknowledge"));
    must_ok(move(t, &f, b, 2, "begin"));
    must_ok(move(t, &f, b, 3, "carry_over"));
    assert_str(dutytest_get(t, &f.scope, b)->row.due, "2027-12-31");
    dutytest_owed(&items, t, &f.scope, &decisions);
    assert_false(items[0].open);
    assert_str(items[0].state, "done");
    /* A day of a later year is not moved once more. */
    must_ok(move(t, &f, b, 4, "begin"));
    must_ok(move(t, &f, b, 5, "carry_over"));
    assert_str(dutytest_get(t, &f.scope, b)->row.due, "2027-12-31");
    dutytest_sound(t);
}

/* Inventory E7, E8: a start-by raises a start, which the beginning ends. */
XJTEST_STORE(test_step__beginning_ends_the_start)
{
    const xj_obligation_filter starts = {.kind = XJ_STR("start"), .open = -1};
    const plan_fixture f = plantest_make(t);
    xj_obligation *items;
    int64_t id;

    dutytest_day("2026-03-02");
    id = add(t, &f, "start_by", "2026-07-31");
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &starts), 1);
    assert_true(items[0].open);
    assert_str(items[0].due, "2026-07-31");
    must_ok(move(t, &f, id, 1, "acknowledge"));
    must_ok(move(t, &f, id, 2, "begin"));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &starts), 1);
    assert_false(items[0].open);
    assert_str(items[0].state, "done");
    dutytest_sound(t);
}

struct correct {
    int64_t id, version, now;
    xj_correction c;
};

static xj_error *
run_correct(xj_tx *tx, void *args, xj_buf *answer)
{
    struct correct *c = args;

    (void)answer;
    return xj_duty_correct(&c->now, tx, c->id, c->version, &c->c);
}

XJTEST_STORE(test_correct__carries_its_reason_and_changes_what_is_due)
{
    const plan_fixture f = plantest_make(t);
    const xj_obligation_filter returns = {.kind = XJ_STR("return"), .open = 1};
    xj_obligation *items;
    xj_duty_move *moves;
    struct correct c = {.version = 1};
    xj_str body;
    size_t n;

    dutytest_day("2026-03-02");
    c.id = add(t, &f, "ongoing", NULL);
    c.c.cadence = XJ_STR("quarterly");
    must_fail(xjtest_do(&body, t, f.tenant, run_correct, &c), XJ_E_BAD_INPUT);
    c.c.why = XJ_STR("录入有误");
    c.c.strength = XJ_STR("perhaps");
    must_fail(xjtest_do(&body, t, f.tenant, run_correct, &c), XJ_E_BAD_INPUT);
    c.c.strength = XJ_STR_NONE;
    must_ok(xjtest_do(&body, t, f.tenant, run_correct, &c));
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &returns), 4);
    assert_str(items[0].due, "2026-03-25");
    must_ok(xj_duty_history(&moves, &n, plantest_read(t), f.tenant, c.id, t->pool));
    assert_str(moves[n - 1].move, "correct");
    assert_str(moves[n - 1].why, "录入有误");
    assert_str(moves[n - 1].before, "{\"cadence\":\"half_yearly\"}");
    must_fail(xjtest_do(&body, t, f.tenant, run_correct, &c), XJ_E_STALE);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_step__keeps_who_when_and_why_and_refuses_the_impossible),
        XJTEST_BOTH(test_step__a_document_is_done_by_its_number_and_date),
        XJTEST_BOTH(test_step__what_is_done_stands_at_all_of_it),
        XJTEST_BOTH(test_step__the_year_end_decision_is_taken_by_done_or_carried_over),
        XJTEST_BOTH(test_step__beginning_ends_the_start),
        XJTEST_BOTH(test_correct__carries_its_reason_and_changes_what_is_due)};

    return xjtest_store_main(tests);
}
