#include "backfilltest.h"

#include "duty/clock.h"
#include "duty/report.h"

static xj_str
light(xjtest_store *t, const struct backfilltest *b, int duty, const char *day)
{
    const xj_date on = xj_day_parse(xj_str_c(day));
    xj_light_row *rows;
    size_t n;

    must_ok(xj_light_list(&rows, &n, plantest_read(t), &b->f.scope, b->duties[duty - 1].id, on, on,
                          t->pool));
    return n == 0 ? XJ_STR("none")
                  : xj_str_printf(t->pool, XJ_FMT " " XJ_FMT, XJ_ARG(rows[0].light),
                                  XJ_ARG(rows[0].reason));
}

static const char *const half_year = "任务,单位,上半年进展,报送日期,完成比例,状态,完成日期\n"
                                     "举办健康讲座,市教育局,办了三场,6.20,50%,推进中,\n"
                                     "建成健康主题公园,市体育局,建成,6月10日,100%,已完成,7月2日\n";

XJTEST_STORE(test_apply__records_true_days_and_nothing_else)
{
    const struct backfilltest b = backfilltest_make(t);
    const xj_obligation_filter past = {
        .open = -1, .kind = XJ_STR("return"), .due_to = XJ_STR("2026-08-31")};
    xj_obligation *owed;
    const xj_duty *park;

    assert_int_equal(dutytest_owed(&owed, t, &b.f.scope, &past), 0);
    assert_str(light(t, &b, 1, "2026-06-20"), "none");
    assert_true(backfilltest_apply(t, &b, half_year, (xj_date){2026, 9, 1}) != 0);
    assert_int_equal(dutytest_owed(&owed, t, &b.f.scope, &past), 2);
    for (int i = 0; i < 2; i++) {
        assert_str(owed[i].state, "accepted");
        assert_int_equal(owed[i].rows, 1);
    }
    assert_str(light(t, &b, 1, "2026-06-14"), "yellow near");
    assert_str(light(t, &b, 1, "2026-06-16"), "yellow before");
    assert_str(light(t, &b, 1, "2026-06-20"), "green on_time");
    assert_str(light(t, &b, 2, "2026-06-20"), "none"); /* the ledger says nothing of it */
    assert_str(light(t, &b, 4, "2026-07-01"), "yellow before");
    assert_str(light(t, &b, 4, "2026-07-02"), "green done");
    assert_str(light(t, &b, 4, "2026-09-01"), "green done");
    park = dutytest_get(t, &b.f.scope, b.duties[3].id);
    assert_str(park->row.state, "done");
    assert_str(park->row.state_on, "2026-07-02");
    assert_int_equal(park->row.progress, 100);
    dutytest_sound(t);
}

/* Stated as begun in the year's first days, what was late is red then. */
XJTEST_STORE(test_apply__what_was_late_is_red_from_the_day_of_beginning_on)
{
    const struct backfilltest b = backfilltest_make(t);

    assert_true(backfilltest_apply(t, &b, half_year, (xj_date){2026, 6, 18}) != 0);
    assert_str(light(t, &b, 1, "2026-06-17"), "yellow before");
    assert_str(light(t, &b, 1, "2026-06-18"), "red overdue");
    assert_str(light(t, &b, 1, "2026-06-20"), "green on_time");
}

XJTEST_STORE(test_apply__the_same_again_changes_nothing)
{
    const struct backfilltest b = backfilltest_make(t);
    xj_backfill_plan *plan;

    assert_true(backfilltest_apply(t, &b, half_year, (xj_date){0}) != 0);
    plan = backfilltest_compare(t, &b, half_year);
    assert_int_equal(plan->count[XJ_BACKFILL_SAME], 2);
    assert_int_equal(backfilltest_apply(t, &b, half_year, (xj_date){0}), 0);
}

static xj_error *
run_no_returns(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_duty_row *duty = args;
    const xj_correction none = {
        .cadence = XJ_STR(""), .why = XJ_STR("不再报送"), .actor_name = XJ_STR("tester")};
    int64_t now;

    (void)answer;
    return xj_duty_correct(&now, tx, duty->id, duty->version, &none);
}

/* Nothing of a ledger is lost: what no return takes stands in the task's history, once. */
XJTEST_STORE(test_apply__what_no_return_takes_is_a_note_in_the_history)
{
    static const char *const ledger = "任务,单位,上半年进展,存在问题\n"
                                      "建好志愿服务队伍,市民政局,招募四十人,场地少\n";
    const struct backfilltest b = backfilltest_make(t);
    xj_backfill_plan *plan;
    xj_duty_move *moves;
    xj_str body;
    size_t n;

    must_ok(xjtest_do(&body, t, b.f.tenant, run_no_returns, &b.duties[2]));
    plan = backfilltest_compare(t, &b, ledger);
    assert_int_equal(plan->count[XJ_BACKFILL_RECORD], 1);
    assert_int_equal(plan->lines[0].nreturns, 0);
    assert_int_equal(plan->lines[0].nnotes, 1);
    assert_str(plan->lines[0].notes[0].on, "2026-06-30");
    assert_true(backfilltest_apply(t, &b, ledger, (xj_date){0}) != 0);
    must_ok(xj_duty_history(&moves, &n, plantest_read(t), b.f.tenant, b.duties[2].id, t->pool));
    assert_true(n > 0);
    assert_str(moves[n - 1].move, "ledger_note");
    assert_str(moves[n - 1].happened_on, "2026-06-30");
    assert_true(xj_str_has(moves[n - 1].why, XJ_STR("招募四十人")));
    assert_true(xj_str_has(moves[n - 1].why, XJ_STR("困难：场地少")));
    assert_true(xj_str_has(moves[n - 1].why, XJ_STR("《台账.csv》第1张表第2行")));
    plan = backfilltest_compare(t, &b, ledger);
    assert_int_equal(plan->count[XJ_BACKFILL_SAME], 1);
    assert_int_equal(backfilltest_apply(t, &b, ledger, (xj_date){0}), 0);
    dutytest_sound(t);
}

static xj_error *
run_school_year(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_duty_row *duty = args;
    const xj_correction c = {.cadence = XJ_STR("school_year"),
                             .why = XJ_STR("一年一报"),
                             .actor_name = XJ_STR("tester")};
    int64_t now;

    (void)answer;
    return xj_duty_correct(&now, tx, duty->id, duty->version, &c);
}

/* What is told of a time behind the last return's is a note of that time, not that return's. */
XJTEST_STORE(test_apply__what_is_behind_the_last_return_is_a_note_of_its_day)
{
    static const char *const ledger =
        "任务,单位,上半年进展,9月进展,10月进展,完成比例\n"
        "建好志愿服务队伍,市民政局,招募四十人,到了六十人,到了八十人,80%\n";
    const struct backfilltest b = backfilltest_make(t);
    const xj_backfill_line *line;
    xj_backfill_plan *plan;
    xj_str body;

    must_ok(xjtest_do(&body, t, b.f.tenant, run_school_year, &b.duties[2])); /* on 25 August */
    dutytest_day("2026-11-05");
    plan = backfilltest_compare(t, &b, ledger);
    line = &plan->lines[0];
    assert_int_equal(line->nreturns, 1);
    assert_str(line->returns[0].due, "2026-08-25");
    assert_str(line->returns[0].text.text, "招募四十人");
    assert_int_equal(line->nnotes, 2);
    assert_str(line->notes[0].on, "2026-09-30");
    assert_str(line->notes[1].on, "2026-10-31");
    assert_true(xj_str_has(line->notes[0].text, XJ_STR("到了六十人")));
    assert_false(xj_str_has(line->notes[0].text, XJ_STR("到了八十人")));
    assert_int_equal(line->percent, 80);
    assert_true(backfilltest_has_fault(line, "after_last"));
    assert_true(backfilltest_apply(t, &b, ledger, (xj_date){0}) != 0);
    assert_int_equal(backfilltest_apply(t, &b, ledger, (xj_date){0}), 0);
    dutytest_sound(t);
}

/* A text that is too long is not recorded, and says so with its column; all else of the row is. */
XJTEST_STORE(test_compare__leaves_out_what_is_too_long_and_nothing_else)
{
    const struct backfilltest b = backfilltest_make(t);
    const xj_backfill_line *line;
    xj_buf text;

    xj_buf_init(&text, t->pool, (size_t)1 << 16);
    xj_buf_add(&text, XJ_STR("任务,单位,上半年进展,8月进展,完成比例\n举办健康讲座,市教育局,"));
    for (int i = 0; i < XJ_REPORT_TEXT_MAX + 1; i++)
        xj_buf_add(&text, XJ_STR("长"));
    xj_buf_add(&text, XJ_STR(",办了五场,60\n"));
    line = &backfilltest_compare(t, &b, xj_buf_str(&text).data)->lines[0];
    assert_int_equal(line->nreturns, 2);
    assert_int_equal(line->returns[0].part, XJ_BACKFILL_REFUSED);
    assert_int_equal(line->returns[1].part, XJ_BACKFILL_ADDED);
    assert_str(line->returns[1].text.text, "办了五场");
    assert_int_equal(line->percent, 60);
    assert_int_equal(line->act, XJ_BACKFILL_RECORD);
    assert_string_equal(line->faults[0].code, "too_long");
    assert_str(line->faults[0].about, "上半年进展，5001字");
}

struct keep {
    xj_report_draft draft;
    int64_t now;
};

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    struct keep *k = args;

    (void)answer;
    return xj_report_keep(&k->now, tx, &k->draft);
}

/* What belongs to a return that is owed still becomes its draft, unless somebody has written. */
XJTEST_STORE(test_apply__what_lies_ahead_becomes_a_draft_and_people_s_words_stay)
{
    static const char *const later =
        "任务,单位,8月进展,完成比例\n举办健康讲座,市教育局,办了五场,60\n";
    const struct backfilltest b = backfilltest_make(t);
    const xj_obligation_filter ahead = {
        .open = 1, .kind = XJ_STR("return"), .unit = b.duties[0].owner};
    struct keep k = {.draft = {.scope = &b.f.scope,
                               .duty = b.duties[0].id,
                               .unit = b.duties[0].owner,
                               .version = 1,
                               .text = {.text = XJ_STR("办了六场"), .percent = 62}}};
    xj_backfill_plan *plan = backfilltest_compare(t, &b, later);
    xj_obligation *owed;
    xj_report *report;
    xj_str body;

    assert_int_equal(plan->drafts, 1);
    assert_int_equal(plan->rows, 0);
    assert_true(backfilltest_apply(t, &b, later, (xj_date){0}) != 0);
    assert_true(dutytest_owed(&owed, t, &b.f.scope, &ahead) > 0);
    must_ok(xj_report_get(&report, plantest_read(t), &b.f.scope, owed[0].id, 0, t->pool));
    assert_str(report->rows[0].text.text, "办了五场");
    assert_int_equal(report->rows[0].text.percent, 60);
    assert_true(report->rows[0].on_behalf);
    assert_str(report->obligation.state, "due");
    k.draft.obligation = owed[0].id;
    must_ok(xjtest_do(&body, t, b.f.tenant, run_keep, &k));
    plan = backfilltest_compare(t, &b,
                                "任务,单位,8月进展,完成比例\n举办健康讲座,市教育局,办了七场,60\n");
    assert_int_equal(plan->lines[0].returns[0].part, XJ_BACKFILL_HELD);
    assert_int_equal(plan->lines[0].act, XJ_BACKFILL_WRONG);
    dutytest_sound(t);
}

/* Nobody is chased for what was due before the programme was begun here. */
XJTEST_STORE(test_apply__nobody_is_chased_for_the_time_before)
{
    static const char *const open =
        "任务,单位,上半年进展,状态\n建成健康主题公园,市体育局,还在选址,滞后\n";
    const struct backfilltest b = backfilltest_make(t);
    const char *const days[] = {"2026-09-02", "2026-09-08"};
    int64_t chased[2] = {0};

    assert_true(backfilltest_apply(t, &b, open, (xj_date){2026, 9, 1}) != 0);
    assert_str(light(t, &b, 4, "2026-08-31"), "yellow before");
    assert_str(light(t, &b, 4, "2026-09-01"), "red overdue"); /* true from then on */
    for (int i = 0; i < 2; i++) {
        xj_notice *items;
        xj_clock_ran ran;
        size_t n;

        dutytest_day(days[i]);
        must_ok(xj_clock_run(&ran, t->store, b.f.tenant, xj_day_parse(xj_str_c(days[i])), t->pool));
        must_ok(xj_outbox_list(&items, &n, plantest_read(t), b.f.tenant, 0, 1000, t->pool));
        for (size_t k = 0; k < n; k++)
            chased[i] += xj_str_eq(items[k].kind, XJ_STR("chase"));
    }
    assert_int_equal(chased[0], 0); /* it is two months late, but we began yesterday */
    assert_int_equal(chased[1], 1);
}

XJTEST_STORE(test_apply__refuses_what_was_not_looked_at)
{
    const struct backfilltest b = backfilltest_make(t);
    struct backfilltest_import i = {.import = {.file = backfilltest_file(t, half_year),
                                               .ask = backfilltest_ask(&b),
                                               .token = XJ_STR("0"),
                                               .original = {.name = XJ_STR("x")},
                                               .actor_name = XJ_STR("tester")}};
    xj_str body;

    must_fail(xjtest_do(&body, t, b.f.tenant, backfilltest_run, &i), XJ_E_STALE);
    i.import.ask.year = 2020;
    must_fail(xjtest_do(&body, t, b.f.tenant, backfilltest_run, &i), XJ_E_BAD_INPUT);
    i.import.ask.year = 0;
    i.import.ask.tenant = b.f.other;
    must_fail(xjtest_do(&body, t, b.f.tenant, backfilltest_run, &i), XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_apply__records_true_days_and_nothing_else),
        XJTEST_BOTH(test_apply__what_was_late_is_red_from_the_day_of_beginning_on),
        XJTEST_BOTH(test_apply__the_same_again_changes_nothing),
        XJTEST_BOTH(test_apply__what_no_return_takes_is_a_note_in_the_history),
        XJTEST_BOTH(test_apply__what_is_behind_the_last_return_is_a_note_of_its_day),
        XJTEST_BOTH(test_compare__leaves_out_what_is_too_long_and_nothing_else),
        XJTEST_BOTH(test_apply__what_lies_ahead_becomes_a_draft_and_people_s_words_stay),
        XJTEST_BOTH(test_apply__nobody_is_chased_for_the_time_before),
        XJTEST_BOTH(test_apply__refuses_what_was_not_looked_at),
    };

    return xjtest_main(tests);
}
