#include "abovetest.h"

#include "duty/instruction.h"

/* What few may see: it is answered by moves. */
static struct abovetest_act
few(xjtest_store *t, const plan_fixture *f)
{
    struct abovetest_act a = abovetest_given(t, f);
    xj_str body;

    a.task.peer = 7;
    a.task.restricted = true;
    a.task.dates = XJ_STR("[]");
    must_ok(xjtest_do(&body, t, f->tenant, abovetest_put, &a));
    return a;
}

static xj_duty *
of_peer(xjtest_store *t, const plan_fixture *f, int64_t peer)
{
    const xj_above_filter filter = {.live = -1};
    xj_above *items;
    size_t n;

    must_ok(xj_above_list(&items, &n, plantest_read(t), &f->scope, 0, &filter, 0, 10, t->pool));
    for (size_t i = 0; i < n; i++)
        if (items[i].peer == peer)
            return dutytest_get(t, &f->scope, items[i].duty);
    fail_msg("nothing came of %lld", (long long)peer);
    return NULL;
}

XJTEST_STORE(test_word__of_the_giver_moves_what_was_answered_once)
{
    const plan_fixture f = plantest_make(t);
    struct abovetest_act a = few(t, &f);
    const int64_t id = of_peer(t, &f, 7)->row.id;
    static const char *const moves[] = {"acknowledge", "begin", "ask_completion"};
    xj_duty *d;
    xj_str body;

    for (int i = 0; i < 3; i++)
        must_ok(dutytest_move(t, f.tenant, id, dutytest_get(t, &f.scope, id)->row.version,
                              &(xj_step){.move = xj_str_c(moves[i])}));
    d = dutytest_get(t, &f.scope, id);
    assert_int_equal(d->nmoves, 0); /* the word is the giver's */
    a.task.word = (xj_above_word){.id = 3,
                                  .move = XJ_STR("return"),
                                  .why = XJ_STR("还差一点"),
                                  .name = XJ_STR("云沂市·王办"),
                                  .happened_on = XJ_STR("2026-03-02")};
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_put, &a));
    assert_string_equal(dutytest_get(t, &f.scope, id)->row.state.data, "returned");
    must_ok(dutytest_move(t, f.tenant, id, dutytest_get(t, &f.scope, id)->row.version,
                          &(xj_step){.move = XJ_STR("begin")}));
    must_ok(xjtest_do(&body, t, f.tenant, abovetest_put, &a)); /* the same word */
    assert_string_equal(dutytest_get(t, &f.scope, id)->row.state.data, "in_hand");
    dutytest_sound(t);
}

struct answer {
    int64_t duty, unit;
    xj_step step;
    xj_scans files;
};

static xj_error *
run_answer(xj_tx *tx, void *args, xj_buf *answer)
{
    struct answer *a = args;

    (void)answer;
    return xj_above_answer(tx, a->duty, a->unit, &a->step, &a->files);
}

XJTEST_STORE(test_answer__goes_the_way_that_lies_between_and_has_its_files)
{
    const plan_fixture f = plantest_make(t);
    const xj_evidence_file file = {
        .name = XJ_STR("核查表.pdf"), .kind = XJ_STR("pdf"), .hash = XJ_STR("aa"), .size = 5};
    xj_duty_new n = dutytest_by_hand(&f, dutytest_unit(t, f.tenant, "县教育局"));
    struct answer a = {.unit = n.lead,
                       .step = {.move = XJ_STR("ask_completion"),
                                .happened_on = XJ_STR("2026-01-05"),
                                .why = XJ_STR("已办妥"),
                                .actor_name = XJ_STR("洛川县·李四")},
                       .files = {.purpose = XJ_STR("answer"), .link = 9, .files = &file, .n = 1}};
    xj_str body;
    xj_duty *d;

    a.files.actor_name = a.step.actor_name;
    n.restricted = true;
    must_ok(dutytest_try_add(&a.duty, t, f.tenant, &n));
    must_ok(xjtest_do(&body, t, f.tenant, run_answer, &a));
    must_ok(xjtest_do(&body, t, f.tenant, run_answer, &a));
    d = dutytest_get(t, &f.scope, a.duty);
    assert_string_equal(d->row.state.data, "completion_asked");
    assert_int_equal(d->nscans, 1);
    assert_string_equal(d->scans[0].purpose.data, "answer");
    assert_int_equal(d->scans[0].link, 9);
    a.files.n = 0; /* it was taken away there */
    must_ok(xjtest_do(&body, t, f.tenant, run_answer, &a));
    assert_int_equal(dutytest_get(t, &f.scope, a.duty)->nscans, 0);
    a.unit = 1; /* no part of it */
    a.files.n = 1;
    must_ok(xjtest_do(&body, t, f.tenant, run_answer, &a));
    assert_int_equal(dutytest_get(t, &f.scope, a.duty)->nscans, 0);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_word__of_the_giver_moves_what_was_answered_once),
        XJTEST_BOTH(test_answer__goes_the_way_that_lies_between_and_has_its_files)};

    return xjtest_store_main(tests);
}
