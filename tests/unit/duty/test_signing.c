#include "signtest.h"

#include "duty/clock.h"
#include "duty/evidence.h"

static const char *const both[] = {"section_head", "unit_head"};
static const char *const heads[] = {"unit_head", "unit_head"};

/* Return 0 is written, and waits for the section's head. */
static struct signtest
waiting(xjtest_store *t)
{
    const struct signtest s = signtest_make(t);

    must_ok(signtest_chain(t, &s, 0, both, 2));
    signtest_write(t, &s, 0);
    must_ok(signtest_send(t, &s, WRITER, 0));
    return s;
}

XJTEST_STORE(test_signing__goes_from_post_to_post_and_then_out)
{
    const struct signtest s = waiting(t);
    xj_signature *signatures;
    xj_signing way = signtest_way(t, &s, HEAD, 0);
    size_t n;

    assert_string_equal(signtest_state(t, &s, 0), "due");
    assert_int_equal(way.at, 0);
    assert_int_equal(way.nasked, 2);
    assert_int_equal(way.may, XJ_MAY_SIGN);
    assert_int_equal(signtest_way(t, &s, CHIEF, 0).may, XJ_MAY_IN_PLACE);
    assert_int_equal(signtest_way(t, &s, WRITER, 0).may, XJ_MAY_NOT);
    must_fail(signtest_send(t, &s, WRITER, 0), XJ_E_CONFLICT);
    must_fail(signtest_act(t, &s, WRITER, 0, "sign", ""), XJ_E_FORBIDDEN);
    must_fail(signtest_act(t, &s, WRITER, 0, "send_back", "x"), XJ_E_FORBIDDEN);
    must_ok(signtest_act(t, &s, HEAD, 0, "sign", ""));
    must_fail(signtest_act(t, &s, HEAD, 0, "sign", ""), XJ_E_FORBIDDEN);
    must_ok(xj_signing_signed(&signatures, &n, plantest_read(t), s.r.f.tenant, s.r.returns[0].id,
                              t->pool));
    assert_int_equal(n, 0);
    dutytest_day("2026-03-05");
    must_ok(signtest_act(t, &s, CHIEF, 0, "sign", ""));
    assert_string_equal(signtest_state(t, &s, 0), "sent");
    assert_str(reporttest_get(t, &s.r, 0, 0)->obligation.sent_on, "2026-03-05");
    must_ok(xj_signing_signed(&signatures, &n, plantest_read(t), s.r.f.tenant, s.r.returns[0].id,
                              t->pool));
    assert_int_equal(n, 2);
    assert_str(signatures[0].name, "邹明");
    assert_str(signatures[1].on, "2026-03-05");
    must_fail(signtest_act(t, &s, CHIEF, 0, "sign", ""), XJ_E_CONFLICT);
}

XJTEST_STORE(test_signing__two_heads_are_two_people)
{
    const struct signtest s = signtest_make(t);

    must_ok(signtest_chain(t, &s, 0, heads, 2));
    signtest_write(t, &s, 0);
    must_ok(signtest_send(t, &s, CHIEF, 0)); /* the first is signed by sending */
    assert_int_equal(signtest_way(t, &s, CHIEF, 0).may, XJ_MAY_NOT);
    must_fail(signtest_act(t, &s, CHIEF, 0, "sign", ""), XJ_E_FORBIDDEN);
    must_ok(signtest_act(t, &s, DEPUTY, 0, "sign", ""));
    assert_string_equal(signtest_state(t, &s, 0), "sent");
}

XJTEST_STORE(test_signing__a_head_stands_in_and_need_not_sign_twice)
{
    const struct signtest s = waiting(t);
    xj_signing way;

    must_ok(signtest_act(t, &s, CHIEF, 0, "sign", ""));
    way = signtest_way(t, &s, CHIEF, 0);
    assert_str(way.state, "issued");
    assert_true(way.steps[0].in_place);
    assert_false(way.steps[1].in_place);
    assert_string_equal(signtest_state(t, &s, 0), "sent");
}

XJTEST_STORE(test_signing__stands_still_or_is_taken_back)
{
    const struct signtest s = waiting(t);
    xj_report_draft draft = reporttest_draft(&s.r, 0, s.r.duty, "讲座四场");
    xj_duty_move *moves;
    xj_signing way;
    size_t n;

    must_fail(signtest_act(t, &s, HEAD, 0, "send_back", ""), XJ_E_BAD_INPUT);
    must_ok(signtest_act(t, &s, HEAD, 0, "send_back", "写清人数"));
    assert_str(signtest_way(t, &s, HEAD, 0).state, "sent_back");
    must_ok(signtest_send(t, &s, WRITER, 0));
    draft.version = 1;
    must_ok(reporttest_keep(t, &s.r, &draft));
    way = signtest_way(t, &s, HEAD, 0);
    assert_str(way.state, "withdrawn");
    must_ok(xj_signing_history(&moves, &n, plantest_read(t), s.r.f.tenant, way.id, t->pool));
    assert_str(moves[n - 1].move, "withdraw");
    assert_str(moves[n - 1].person_name, "李联络");
    must_ok(signtest_send(t, &s, WRITER, 0));
    must_ok(signtest_act(t, &s, WRITER, 0, "withdraw", ""));
    assert_string_equal(signtest_state(t, &s, 0), "due");
}

static xj_error *
run_file(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t id;

    (void)answer;
    return xj_evidence_add_file(&id, tx, args);
}

XJTEST_STORE(test_signing__another_file_takes_it_back)
{
    const struct signtest s = waiting(t);
    xj_evidence_add add = {.scope = &s.r.f.scope,
                           .obligation = s.r.returns[0].id,
                           .duty = s.r.duty,
                           .unit = s.r.lead,
                           .purpose = XJ_STR("evidence"),
                           .file = {.name = XJ_STR("a.pdf"),
                                    .kind = XJ_STR("pdf"),
                                    .hash = XJ_STR("00000000000000000000000000000000"
                                                   "00000000000000000000000000000000"),
                                    .size = 1},
                           .actor_name = XJ_STR("许蔓")};

    must_ok(signtest_as(t, &s, WRITER, run_file, &add));
    assert_str(signtest_way(t, &s, HEAD, 0).state, "withdrawn");
}

XJTEST_STORE(test_signing__ends_with_what_is_not_owed_any_more)
{
    const struct signtest s = waiting(t);
    xj_step step = {
        .move = XJ_STR("withdraw"), .why = XJ_STR("不再要求"), .actor_name = XJ_STR("王办")};
    const int64_t duties[] = {s.r.duty, s.r.other};

    must_ok(dutytest_obligation(t, s.r.f.tenant, s.r.returns[0].id,
                                reporttest_get(t, &s.r, 0, 0)->obligation.version, &step));
    assert_str(signtest_way(t, &s, HEAD, 0).state, "overtaken");
    /* the other one, whose tasks are all suspended */
    signtest_write(t, &s, 1);
    must_ok(signtest_send(t, &s, WRITER, 1));
    for (int i = 0; i < 2; i++) {
        step =
            (xj_step){.move = XJ_STR("suspend"), .why = XJ_STR("停"), .actor_name = XJ_STR("王办")};
        must_ok(dutytest_move(t, s.r.f.tenant, duties[i],
                              dutytest_get(t, &s.r.f.scope, duties[i])->row.version, &step));
    }
    assert_str(signtest_way(t, &s, HEAD, 1).state, "overtaken");
}

XJTEST_STORE(test_signing__a_task_that_came_in_meanwhile_is_written_first)
{
    const struct signtest s = waiting(t);
    xj_duty_new d = dutytest_by_hand(&s.r.f, s.r.lead);
    int64_t id;

    must_ok(dutytest_try_add(&id, t, s.r.f.tenant, &d));
    if (reporttest_get(t, &s.r, 0, 0)->nrows < 3)
        fail_msg("the new task is not in the return");
    must_ok(signtest_act(t, &s, HEAD, 0, "sign", ""));
    must_fail(signtest_act(t, &s, CHIEF, 0, "sign", ""), XJ_E_BAD_INPUT);
    assert_str(signtest_way(t, &s, CHIEF, 0).state, "waiting");
}

static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t next;

    (void)answer;
    return xj_post_end(&next, tx, *(const int64_t *)args, 1, (xj_date){2026, 3, 1}, 0);
}

XJTEST_STORE(test_signing__wants_somebody_in_the_posts)
{
    struct signtest s = signtest_make(t);

    must_ok(signtest_chain(t, &s, 0, both, 2));
    signtest_write(t, &s, 0);
    must_ok(signtest_as(t, &s, WRITER, run_end, &s.posts[CHIEF]));
    must_ok(signtest_as(t, &s, WRITER, run_end, &s.posts[DEPUTY]));
    must_fail(signtest_send(t, &s, WRITER, 0), XJ_E_CONFLICT);
}

XJTEST_STORE(test_signing__who_is_asked_reads_it_in_the_week_s_digest)
{
    const struct signtest s = waiting(t);
    bool head = false, chief = false;
    xj_clock_ran ran;
    xj_notice *told;
    size_t n;

    dutytest_day("2026-03-09"); /* a Monday */
    must_ok(xj_clock_run(&ran, t->store, s.r.f.tenant, (xj_date){2026, 3, 9}, t->pool));
    must_ok(xj_outbox_list(&told, &n, plantest_read(t), s.r.f.tenant, 0, 1000, t->pool));
    for (size_t i = 0; i < n; i++) {
        if (!xj_str_eq(told[i].kind, XJ_STR("digest")))
            continue;
        head |=
            told[i].person == s.people[HEAD] && xj_str_has(told[i].items, XJ_STR("\"signing\""));
        chief |= told[i].person == s.people[CHIEF];
    }
    assert_true(head);
    assert_false(chief);
}

int
main(void)
{
    const struct CMUnitTest signing[] = {
        XJTEST_BOTH(test_signing__goes_from_post_to_post_and_then_out),
        XJTEST_BOTH(test_signing__two_heads_are_two_people),
        XJTEST_BOTH(test_signing__a_head_stands_in_and_need_not_sign_twice),
        XJTEST_BOTH(test_signing__stands_still_or_is_taken_back),
        XJTEST_BOTH(test_signing__another_file_takes_it_back),
        XJTEST_BOTH(test_signing__ends_with_what_is_not_owed_any_more),
        XJTEST_BOTH(test_signing__a_task_that_came_in_meanwhile_is_written_first),
        XJTEST_BOTH(test_signing__wants_somebody_in_the_posts),
        XJTEST_BOTH(test_signing__who_is_asked_reads_it_in_the_week_s_digest),
    };

    return xjtest_store_main(signing);
}
