/*
 * tests/unit/duty/reporttest.h -- a plan of one task with a target, its lead's return and who feeds
 * it.
 */
#pragma once

#include "dutytest.h"

#include "duty/report_priv.h"
#include "plan/compile.h"

struct reporttest {
    plan_fixture f;
    int64_t lead, feeder;
    xj_obligation *returns; /* the lead's, by due day */
    size_t nreturns;
    int64_t duty, other; /* tasks of each return: one with a target, one without */
};

static const char *const reporttest_plan =
    "云沂市健康行动2026年工作要点\n云健委〔2026〕3号\n一、健康知识普及行动\n"
    "1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局，配合单位：市卫生健康委；"
    "完成时限：持续推进）\n"
    "2.建好宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）\n"
    "云沂市健康行动推进委员会\n2026年3月1日\n";

/* It is 2 March 2026, and the plan is published. */
static inline struct reporttest
reporttest_make(xjtest_store *t)
{
    struct reporttest r = {.f = plantest_make(t)};
    xj_obligation_filter filter = dutytest_returns();
    xj_register *reg;
    xj_report *report;
    xj_doc *doc;

    dutytest_day("2026-03-02");
    xj_plan_on_published(xj_duty_from_plan);
    must_ok(xj_doc_read_text(&doc, xj_str_c(reporttest_plan), t->pool, t->pool));
    must_ok(xj_plan_compile(&reg, doc, t->pool, t->pool));
    plantest_publish(t, r.f.tenant, r.f.programme, reg, "a");
    xj_plan_on_published(NULL);
    r.lead = dutytest_unit(t, r.f.tenant, "市教育局");
    r.feeder = dutytest_unit(t, r.f.tenant, "市卫生健康委");
    filter.unit = r.lead;
    r.nreturns = dutytest_owed(&r.returns, t, &r.f.scope, &filter);
    assert_true(r.nreturns >= 2);
    must_ok(xj_report_get(&report, plantest_read(t), &r.f.scope, r.returns[0].id, 0, t->pool));
    assert_int_equal(report->nrows, 2);
    r.duty = report->rows[0].duty;
    r.other = report->rows[1].duty;
    return r;
}

static inline xj_report *
reporttest_get(xjtest_store *t, const struct reporttest *r, size_t i, int64_t as)
{
    xj_report *report;

    must_ok(xj_report_get(&report, plantest_read(t), &r->f.scope, r->returns[i].id, as, t->pool));
    return report;
}

struct reporttest_move {
    const xj_report_draft *draft;
    const xj_report_send *send;
    const xj_verdict *verdicts;
    size_t n;
    int64_t id, version, now;
};

static inline xj_error *
reporttest_run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct reporttest_move *m = args;

    (void)answer;
    if (m->draft != NULL)
        return xj_report_keep(&m->now, tx, m->draft);
    if (m->send != NULL)
        return xj_report_send_all(&m->now, tx, m->send);
    return xj_report_review(&m->now, tx, m->id, m->version, m->verdicts, m->n, XJ_STR("王办"));
}

/* A draft of the lead's for DUTY of return I, which says TEXT. */
static inline xj_report_draft
reporttest_draft(const struct reporttest *r, size_t i, int64_t duty, const char *text)
{
    return (xj_report_draft){.scope = &r->f.scope,
                             .obligation = r->returns[i].id,
                             .duty = duty,
                             .unit = r->lead,
                             .text = {.text = xj_str_c(text),
                                      .difficulties = XJ_STR(""),
                                      .next_step = XJ_STR(""),
                                      .percent = -1},
                             .actor_name = XJ_STR("李联络")};
}

static inline xj_error *
reporttest_keep(xjtest_store *t, const struct reporttest *r, const xj_report_draft *draft)
{
    struct reporttest_move m = {.draft = draft};
    xj_str body;

    return xjtest_do(&body, t, r->f.tenant, reporttest_run, &m);
}

static inline xj_error *
reporttest_send(xjtest_store *t, const struct reporttest *r, size_t i, int64_t version,
                bool rest_same)
{
    const xj_report_send send = {.scope = &r->f.scope,
                                 .obligation = r->returns[i].id,
                                 .version = version,
                                 .rest_same = rest_same,
                                 .actor_name = XJ_STR("李联络")};
    struct reporttest_move m = {.send = &send};
    xj_str body;

    return xjtest_do(&body, t, r->f.tenant, reporttest_run, &m);
}

static inline xj_error *
reporttest_review(xjtest_store *t, const struct reporttest *r, size_t i, int64_t version,
                  const xj_verdict *verdicts, size_t n)
{
    struct reporttest_move m = {
        .id = r->returns[i].id, .version = version, .verdicts = verdicts, .n = n};
    xj_str body;

    return xjtest_do(&body, t, r->f.tenant, reporttest_run, &m);
}
