#include "signtest.h"

struct asking {
    const xj_scope *scope;
    const xj_request_new *fresh;
    const xj_request_answer *answer;
    int64_t id;
};

static xj_error *
run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct asking *a = args;
    int64_t now;

    (void)answer;
    return a->fresh != NULL ? xj_request_add(&a->id, tx, a->scope, a->fresh)
                            : xj_request_end(&now, tx, a->scope, a->answer);
}

static xj_error *
ask(int64_t *id, xjtest_store *t, const struct signtest *s, const xj_request_new *fresh)
{
    struct asking a = {.scope = &s->scope, .fresh = fresh};
    xj_error *err = signtest_as(t, s, WRITER, run, &a);

    *id = a.id;
    return err;
}

static xj_error *
end(xjtest_store *t, const struct signtest *s, int64_t id, const char *move, const char *words)
{
    const xj_request_answer answer = {.id = id,
                                      .version = 1,
                                      .move = xj_str_c(move),
                                      .words = xj_str_c(words),
                                      .actor_name = XJ_STR("王办")};
    struct asking a = {.scope = &s->r.f.scope, .answer = &answer};
    xj_str body;

    return xjtest_do(&body, t, s->r.f.tenant, run, &a);
}

static xj_request
get(xjtest_store *t, const struct signtest *s, int64_t id)
{
    xj_request r;

    must_ok(xj_request_get(&r, plantest_read(t), &s->scope, s->people[WRITER], id, t->pool));
    return r;
}

static xj_request_new
of_return(const struct signtest *s, const char *due)
{
    return (xj_request_new){.about = XJ_STR("obligation"),
                            .about_id = s->r.returns[0].id,
                            .ask = XJ_STR("extend"),
                            .due = xj_str_c(due),
                            .why = XJ_STR("数据未出"),
                            .actor_name = XJ_STR("许蔓")};
}

XJTEST_STORE(test_request__changes_nothing_until_it_is_granted)
{
    const struct signtest s = signtest_make(t);
    const xj_request_new fresh = of_return(&s, "2026-12-01");
    const xj_obligation before = reporttest_get(t, &s.r, 0, 0)->obligation;
    int64_t id, second;

    must_ok(ask(&id, t, &s, &fresh));
    must_fail(ask(&second, t, &s, &fresh), XJ_E_CONFLICT);
    assert_str(get(t, &s, id).state, "asked");
    assert_int_equal(reporttest_get(t, &s.r, 0, 0)->obligation.version, before.version);
    must_ok(end(t, &s, id, "grant", "下不为例"));
    assert_str(get(t, &s, id).state, "granted");
    assert_str(get(t, &s, id).answered_name, "王办");
    assert_str(reporttest_get(t, &s.r, 0, 0)->obligation.due, "2026-12-01");
    must_fail(end(t, &s, id, "decline", "晚了"), XJ_E_STALE);
}

XJTEST_STORE(test_request__is_declined_with_words_or_taken_back)
{
    const struct signtest s = signtest_make(t);
    const xj_request_new fresh = of_return(&s, "2026-12-01");
    int64_t id;

    must_ok(ask(&id, t, &s, &fresh));
    must_fail(end(t, &s, id, "decline", ""), XJ_E_BAD_INPUT);
    must_ok(end(t, &s, id, "decline", "请按期报送"));
    assert_str(get(t, &s, id).answer, "请按期报送");
    must_ok(ask(&id, t, &s, &fresh));
    must_ok(end(t, &s, id, "withdraw", ""));
    assert_str(get(t, &s, id).state, "withdrawn");
}

XJTEST_STORE(test_request__refuses_what_cannot_be_done)
{
    const struct signtest s = signtest_make(t);
    xj_request_new fresh = of_return(&s, "2026-01-01");
    int64_t id;

    must_fail(ask(&id, t, &s, &fresh), XJ_E_BAD_INPUT); /* before the day it is due */
    fresh.due = XJ_STR_NONE;
    must_fail(ask(&id, t, &s, &fresh), XJ_E_BAD_INPUT);
    fresh = of_return(&s, "2026-12-01");
    fresh.why = XJ_STR("  ");
    must_fail(ask(&id, t, &s, &fresh), XJ_E_BAD_INPUT);
    fresh = of_return(&s, "2026-12-01");
    fresh.ask = XJ_STR("suspend");
    must_fail(ask(&id, t, &s, &fresh), XJ_E_BAD_INPUT);
    fresh.about_id = 1;
    must_fail(ask(&id, t, &s, &fresh), XJ_E_NOT_FOUND);
    /* a task of this plan has no day that could be moved */
    fresh = (xj_request_new){.about = XJ_STR("duty"),
                             .about_id = s.r.duty,
                             .ask = XJ_STR("extend"),
                             .due = XJ_STR("2026-12-01"),
                             .why = XJ_STR("等设备")};
    must_fail(ask(&id, t, &s, &fresh), XJ_E_CONFLICT);
}

struct correcting {
    int64_t id;
    const xj_correction *correction;
};

static xj_error *
correct(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct correcting *c = args;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_duty *duty;
    int64_t now;

    (void)answer;
    XJ_TRY(xj_duty_get(&duty, xj_tx_db(tx), &all, 0, c->id, xj_tx_pool(tx)));
    return xj_duty_correct(&now, tx, c->id, duty->row.version, c->correction);
}

/* A correction gives a task the day that can be put off, and takes it. */
XJTEST_STORE(test_request__of_another_day_lapses_with_the_day)
{
    const struct signtest s = signtest_make(t);
    const xj_correction dated = {.deadline_kind = XJ_STR("complete_by"),
                                 .due = XJ_STR("2026-11-30"),
                                 .why = XJ_STR("补定期限")},
                        undated = {.deadline_kind = XJ_STR("ongoing"), .why = XJ_STR("长期做")};
    const xj_request_new fresh = {.about = XJ_STR("duty"),
                                  .about_id = s.r.duty,
                                  .ask = XJ_STR("extend"),
                                  .due = XJ_STR("2026-12-01"),
                                  .why = XJ_STR("等设备"),
                                  .actor_name = XJ_STR("许蔓")};
    struct correcting c = {s.r.duty, &dated};
    int64_t id;
    xj_str body;

    must_ok(xjtest_do(&body, t, s.r.f.tenant, correct, &c));
    must_ok(ask(&id, t, &s, &fresh));
    c.correction = &undated;
    must_ok(xjtest_do(&body, t, s.r.f.tenant, correct, &c));
    assert_str(get(t, &s, id).state, "lapsed");
}

XJTEST_STORE(test_request__of_a_task_is_its_owner_s_and_lapses_with_the_thing)
{
    const struct signtest s = signtest_make(t);
    const int64_t theirs[] = {s.r.feeder};
    const xj_scope feeder = {.tenant = s.r.f.tenant, .units = theirs, .nunits = 1};
    const xj_request_new pause = {.about = XJ_STR("duty"),
                                  .about_id = s.r.duty,
                                  .ask = XJ_STR("suspend"),
                                  .why = XJ_STR("场地改建"),
                                  .actor_name = XJ_STR("许蔓")};
    const xj_request_new fresh = of_return(&s, "2026-12-01");
    struct asking a = {.scope = &feeder, .fresh = &pause};
    xj_report_draft draft;
    int64_t id;

    must_fail(signtest_as(t, &s, WRITER, run, &a), XJ_E_NOT_FOUND); /* it only cooperates */
    must_ok(ask(&id, t, &s, &pause));
    must_ok(end(t, &s, id, "grant", ""));
    assert_str(dutytest_get(t, &s.r.f.scope, s.r.duty)->row.state, "suspended");
    must_fail(ask(&id, t, &s, &pause), XJ_E_CONFLICT);
    must_ok(ask(&id, t, &s, &fresh));
    draft = reporttest_draft(&s.r, 0, s.r.other, "巡讲三场"); /* all that is left of the return */
    must_ok(reporttest_keep(t, &s.r, &draft));
    must_ok(signtest_send(t, &s, WRITER, 0));
    assert_str(get(t, &s, id).state, "lapsed");
}

int
main(void)
{
    const struct CMUnitTest request[] = {
        XJTEST_BOTH(test_request__changes_nothing_until_it_is_granted),
        XJTEST_BOTH(test_request__is_declined_with_words_or_taken_back),
        XJTEST_BOTH(test_request__refuses_what_cannot_be_done),
        XJTEST_BOTH(test_request__of_another_day_lapses_with_the_day),
        XJTEST_BOTH(test_request__of_a_task_is_its_owner_s_and_lapses_with_the_thing),
    };

    return xjtest_store_main(request);
}
