#include "reporttest.h"

static const xj_report_figure persons = {.indicator = {"", 0},
                                         .measure = {"", 0},
                                         .goals = {"", 0},
                                         .has_value = true,
                                         .value = 120,
                                         .span = {"to_date", 7}};

/* A draft with a figure for the target of the task. */
static xj_report_draft
with_figure(xjtest_store *t, const struct reporttest *r, xj_report_figure *figure, const char *text)
{
    const xj_report *report = reporttest_get(t, r, 0, 0);
    xj_report_draft draft = reporttest_draft(r, 0, r->duty, text);

    *figure = persons;
    figure->indicator = report->rows[0].text.figures[0].indicator;
    figure->measure = report->rows[0].text.figures[0].measure;
    draft.text.percent = 40;
    draft.text.figures = figure;
    draft.text.nfigures = 1;
    return draft;
}

XJTEST_STORE(test_keep__a_draft_is_there_with_its_figures)
{
    const struct reporttest r = reporttest_make(t);
    const xj_report_row *row;
    xj_report_figure figure;
    xj_report_draft draft = with_figure(t, &r, &figure, "举办讲座两次");

    must_ok(reporttest_keep(t, &r, &draft));
    row = &reporttest_get(t, &r, 0, 0)->rows[0];
    assert_str(row->text.text, "举办讲座两次");
    assert_int_equal(row->text.percent, 40);
    assert_true(row->text.figures[0].has_value);
    assert_true(row->text.figures[0].value == 120);
    assert_int_equal(row->version, 1);
    assert_str(row->changed_name, "李联络");
    /* saved again without it */
    draft.version = 1;
    draft.text.nfigures = 0;
    must_ok(reporttest_keep(t, &r, &draft));
    assert_false(reporttest_get(t, &r, 0, 0)->rows[0].text.figures[0].has_value);
}

/* 人 is not 人次 (domain.md); and other slips. */
XJTEST_STORE(test_keep__refuses_what_does_not_fit)
{
    const struct reporttest r = reporttest_make(t);
    xj_report_figure figure, twice[2];
    xj_report_draft draft = with_figure(t, &r, &figure, "举办讲座两次");
    const xj_report_draft good = draft;
    char *longest = xj_calloc(t->pool, XJ_REPORT_TEXT_MAX + 2);

    figure.measure = XJ_STR("人");
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    figure.measure = XJ_STR("人次");
    figure.span = XJ_STR("year");
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    figure.span = XJ_STR("period");
    figure.indicator = XJ_STR("别的指标");
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    figure.indicator = good.text.figures[0].indicator;
    draft = with_figure(t, &r, &figure, "举办讲座两次");
    twice[0] = twice[1] = figure;
    draft.text.figures = twice;
    draft.text.nfigures = 2;
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    draft = reporttest_draft(&r, 0, r.duty, "x");
    draft.text.percent = 101;
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    memset(longest, 'a', XJ_REPORT_TEXT_MAX + 1);
    draft = reporttest_draft(&r, 0, r.duty, longest);
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
    longest[XJ_REPORT_TEXT_MAX] = '\0';
    draft = reporttest_draft(&r, 0, r.duty, longest);
    must_ok(reporttest_keep(t, &r, &draft));
    draft = reporttest_draft(&r, 0, r.other, "");
    draft.text.same = true;
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_BAD_INPUT);
}

XJTEST_STORE(test_keep__is_for_those_who_have_part)
{
    const struct reporttest r = reporttest_make(t);
    const int64_t theirs[] = {r.feeder};
    const xj_scope feeders = {.tenant = r.f.tenant, .units = theirs, .nunits = 1};
    xj_report_draft draft = reporttest_draft(&r, 0, r.other, "x");

    draft.unit = r.feeder; /* it has no part in this row */
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_NOT_FOUND);
    draft = reporttest_draft(&r, 0, r.duty, "x");
    draft.scope = &feeders; /* the lead's words are the lead's */
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_NOT_FOUND);
    draft.unit = r.feeder;
    must_ok(reporttest_keep(t, &r, &draft));
    draft.duty = 1;
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_keep__two_at_once_are_told_apart)
{
    const struct reporttest r = reporttest_make(t);
    const xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "一");

    must_ok(reporttest_keep(t, &r, &draft));
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_STALE);
}

XJTEST_STORE(test_send__wants_a_word_on_every_row)
{
    const struct reporttest r = reporttest_make(t);
    xj_report_draft draft = reporttest_draft(&r, 0, r.duty, "举办讲座两次");

    must_fail(reporttest_send(t, &r, 0, 1, false), XJ_E_BAD_INPUT);
    must_ok(reporttest_keep(t, &r, &draft));
    must_fail(reporttest_send(t, &r, 0, 1, false), XJ_E_BAD_INPUT);
    must_fail(reporttest_send(t, &r, 0, 1, true), XJ_E_BAD_INPUT); /* nothing before */
    draft = reporttest_draft(&r, 0, r.other, "巡讲三场");
    must_ok(reporttest_keep(t, &r, &draft));
    must_fail(reporttest_send(t, &r, 0, 2, false), XJ_E_STALE);
    must_ok(reporttest_send(t, &r, 0, 1, false));
    assert_str(reporttest_get(t, &r, 0, 0)->rows[0].state, "sent");
    draft.version = 1;
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_CONFLICT);
    must_fail(reporttest_send(t, &r, 0, 2, false), XJ_E_CONFLICT);
}

/* Both rows said and sent. */
static void
send_first(xjtest_store *t, const struct reporttest *r)
{
    xj_report_figure figure;
    xj_report_draft draft = with_figure(t, r, &figure, "举办讲座两次");

    must_ok(reporttest_keep(t, r, &draft));
    draft = reporttest_draft(r, 0, r->other, "巡讲三场");
    must_ok(reporttest_keep(t, r, &draft));
    must_ok(reporttest_send(t, r, 0, 1, false));
}

/* "No change" is one act: last time's words and figures to date stand in the new return. */
XJTEST_STORE(test_send__nothing_changed_carries_the_words_over)
{
    const struct reporttest r = reporttest_make(t);
    const xj_report *report;

    send_first(t, &r);
    report = reporttest_get(t, &r, 1, 0);
    assert_str(report->rows[0].last_text, "举办讲座两次");
    assert_str(report->rows[0].last_due, "2026-06-15");
    assert_true(report->rows[0].text.figures[0].had_value);
    assert_str(report->rows[0].text.text, "");
    must_ok(reporttest_send(t, &r, 1, 1, true));
    report = reporttest_get(t, &r, 1, 0);
    assert_str(report->rows[0].text.text, "举办讲座两次");
    assert_true(report->rows[0].text.same);
    assert_int_equal(report->rows[0].text.percent, 40);
    assert_true(report->rows[0].text.figures[0].value == 120);
    dutytest_sound(t);
}

XJTEST_STORE(test_review__rows_one_by_one)
{
    const struct reporttest r = reporttest_make(t);
    const xj_verdict good = {
        .duty = r.duty, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};
    const xj_verdict back = {
        .duty = r.other, .why = XJ_STR("写清场次和人数"), .quote = XJ_STR("三场")};
    const xj_verdict silent = {.duty = r.other, .why = XJ_STR(" "), .quote = XJ_STR("")};
    const xj_verdict both[] = {good, good};
    const xj_report *report;

    must_fail(reporttest_review(t, &r, 0, 1, &good, 1), XJ_E_CONFLICT); /* not sent yet */
    send_first(t, &r);
    must_fail(reporttest_review(t, &r, 0, 1, &good, 1), XJ_E_STALE);
    must_fail(reporttest_review(t, &r, 0, 2, both, 2), XJ_E_BAD_INPUT);
    must_fail(reporttest_review(t, &r, 0, 2, &silent, 1), XJ_E_BAD_INPUT);
    must_ok(reporttest_review(t, &r, 0, 2, &good, 1));
    report = reporttest_get(t, &r, 0, 0);
    assert_str(report->obligation.state, "sent"); /* one row is without a word */
    assert_str(report->rows[0].state, "accepted");
    must_fail(reporttest_review(t, &r, 0, 2, &back, 1), XJ_E_STALE); /* another reviewer */
    must_ok(reporttest_review(t, &r, 0, 3, &back, 1));
    report = reporttest_get(t, &r, 0, 0);
    assert_str(report->obligation.state, "returned");
    assert_true(report->obligation.open);
    assert_str(report->rows[0].state, "accepted");
    assert_str(report->rows[1].state, "returned");
    assert_int_equal(report->rows[1].nremarks, 1);
    assert_str(report->rows[1].remarks[0].quote, "三场");
    assert_str(report->rows[1].remarks[0].person_name, "王办");
    dutytest_sound(t);
}

XJTEST_STORE(test_review__what_was_accepted_stays_so_when_the_rest_comes_again)
{
    const struct reporttest r = reporttest_make(t);
    const xj_verdict first[] = {
        {.duty = r.duty, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")},
        {.duty = r.other, .why = XJ_STR("写清场次"), .quote = XJ_STR("")}};
    const xj_verdict second = {
        .duty = r.other, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};
    xj_report_draft draft = reporttest_draft(&r, 0, r.other, "巡讲三场，420人次");
    const xj_report *report;

    send_first(t, &r);
    must_ok(reporttest_review(t, &r, 0, 2, first, 2));
    draft.version = 1;
    must_ok(reporttest_keep(t, &r, &draft));
    draft.duty = r.duty; /* accepted: it is no draft any more */
    must_fail(reporttest_keep(t, &r, &draft), XJ_E_CONFLICT);
    must_ok(reporttest_send(t, &r, 0, 3, false));
    report = reporttest_get(t, &r, 0, 0);
    assert_str(report->rows[0].state, "accepted");
    assert_str(report->rows[1].state, "sent");
    must_ok(reporttest_review(t, &r, 0, 4, &second, 1));
    assert_str(reporttest_get(t, &r, 0, 0)->obligation.state, "accepted");
    dutytest_sound(t);
}

static xj_error *
move(xjtest_store *t, const struct reporttest *r, const char *word)
{
    return dutytest_move(t, r->f.tenant, r->duty,
                         dutytest_get(t, &r->f.scope, r->duty)->row.version,
                         &(xj_step){.move = xj_str_c(word), .why = XJ_STR("复查"), .above = true});
}

/* What was accepted before the end, behind it, and once the task is taken up again. */
XJTEST_STORE(test_review__says_how_far_a_task_is_unless_it_is_done)
{
    const struct reporttest r = reporttest_make(t);
    const xj_verdict one = {
        .duty = r.duty, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};
    const xj_verdict two = {
        .duty = r.other, .accepted = true, .why = XJ_STR(""), .quote = XJ_STR("")};
    xj_report_draft draft = reporttest_draft(&r, 1, r.duty, "又讲了十场");

    assert_int_equal(dutytest_get(t, &r.f.scope, r.duty)->row.progress, -1);
    send_first(t, &r);
    must_ok(move(t, &r, "finish"));
    assert_int_equal(dutytest_get(t, &r.f.scope, r.duty)->row.progress, 100);
    must_ok(reporttest_review(t, &r, 0, 2, &one, 1));
    assert_int_equal(dutytest_get(t, &r.f.scope, r.duty)->row.progress, 100);
    must_ok(move(t, &r, "reopen"));
    assert_int_equal(dutytest_get(t, &r.f.scope, r.duty)->row.progress, 40);
    must_ok(reporttest_review(t, &r, 0, 3, &two, 1));
    assert_int_equal(dutytest_get(t, &r.f.scope, r.other)->row.progress, -1); /* it said nothing */
    draft.text.percent = 70;
    must_ok(reporttest_keep(t, &r, &draft));
    draft = reporttest_draft(&r, 1, r.other, "巡讲四场");
    must_ok(reporttest_keep(t, &r, &draft));
    must_ok(reporttest_send(t, &r, 1, reporttest_get(t, &r, 1, 0)->obligation.version, false));
    must_ok(dutytest_obligation(t, r.f.tenant, r.returns[1].id,
                                reporttest_get(t, &r, 1, 0)->obligation.version,
                                &(xj_step){.move = XJ_STR("accept")}));
    assert_int_equal(dutytest_get(t, &r.f.scope, r.duty)->row.progress, 70);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_keep__a_draft_is_there_with_its_figures),
        XJTEST_BOTH(test_keep__refuses_what_does_not_fit),
        XJTEST_BOTH(test_keep__is_for_those_who_have_part),
        XJTEST_BOTH(test_keep__two_at_once_are_told_apart),
        XJTEST_BOTH(test_send__wants_a_word_on_every_row),
        XJTEST_BOTH(test_send__nothing_changed_carries_the_words_over),
        XJTEST_BOTH(test_review__rows_one_by_one),
        XJTEST_BOTH(test_review__what_was_accepted_stays_so_when_the_rest_comes_again),
        XJTEST_BOTH(test_review__says_how_far_a_task_is_unless_it_is_done)};

    return xjtest_store_main(tests);
}
