/*
 * tests/unit/backfill/backfilltest.h -- a plan that was published on 1 September, and ledgers of
 * it.
 */
#pragma once

#include "../duty/dutytest.h"

#include "backfill/backfill_priv.h"
#include "plan/compile.h"

struct backfilltest {
    plan_fixture f;
    int64_t document;
    xj_duty_row *duties; /* in the plan's order */
    size_t nduties;
};

static const char *const backfilltest_plan =
    "云溪市健康行动2026年工作要点\n云健委〔2026〕3号\n一、健康知识普及行动\n"
    "1.举办健康讲座。全年培训300人次以上。（牵头单位：市教育局；完成时限：持续推进）\n"
    "2.建好科普宣传队伍。常年开展巡讲。（牵头单位：市教育局；完成时限：持续推进）\n"
    "3.建好志愿服务队伍。常年开展服务。（牵头单位：市民政局；完成时限：持续推进）\n"
    "4.建成健康主题公园。（牵头单位：市体育局；完成时限：2026年6月底前）\n"
    "云溪市健康行动推进委员会\n2026年3月1日\n";

/* PLAN has N tasks. */
static inline struct backfilltest
backfilltest_make_of(xjtest_store *t, const char *text, size_t n)
{
    const xj_duty_filter all = {.action_no = -1};
    struct backfilltest b = {.f = plantest_make(t)};
    xj_register *reg;
    xj_doc *doc;

    dutytest_day("2026-09-01");
    xj_plan_on_published(xj_duty_from_plan);
    must_ok(xj_doc_read_text(&doc, xj_str_c(text), t->pool, t->pool));
    must_ok(xj_plan_compile(&reg, doc, t->pool, t->pool));
    plantest_publish(t, b.f.tenant, b.f.programme, reg, "a");
    xj_plan_on_published(NULL);
    must_ok(xj_duty_list(&b.duties, &b.nduties, plantest_read(t), &b.f.scope, 7, &all, NULL, 100,
                         t->pool));
    assert_int_equal(b.nduties, n);
    b.document = b.duties[0].document;
    return b;
}

static inline struct backfilltest
backfilltest_make(xjtest_store *t)
{
    return backfilltest_make_of(t, backfilltest_plan, 4);
}

/* Two counties return the first task themselves, one the second. */
static inline struct backfilltest
backfilltest_make_counties(xjtest_store *t)
{
    return backfilltest_make_of(
        t,
        "云溪市健康行动2026年工作要点\n云健委〔2026〕3号\n一、健康环境促进行动\n"
        "1.建设健康步道。全年建成健康步道30公里以上。（牵头单位：市体育局，"
        "责任单位：云东区、云西县；完成时限：持续推进）\n"
        "2.开展控烟检查。全年检查场所200家以上，培训控烟人员100人次以上。"
        "（牵头单位：市卫生健康委，责任单位：云东区；完成时限：持续推进）\n"
        "云溪市健康行动推进委员会\n2026年3月1日\n",
        2);
}

static inline bool
backfilltest_has_fault(const xj_backfill_line *line, const char *code)
{
    for (size_t i = 0; i < line->nfaults; i++)
        if (strcmp(line->faults[i].code, code) == 0)
            return true;
    return false;
}

static inline xj_backfill_ask
backfilltest_ask(const struct backfilltest *b)
{
    return (xj_backfill_ask){
        .tenant = b->f.tenant, .document = b->document, .today = xj_day_of(xj_now())};
}

static inline xj_backfill_file *
backfilltest_file(xjtest_store *t, const char *text)
{
    xj_backfill_file *file;

    must_ok(xj_backfill_read(&file, xj_str_c(text), 2026, NULL, t->pool, t->pool));
    return file;
}

/* What ledger TEXT would record. */
static inline xj_backfill_plan *
backfilltest_compare(xjtest_store *t, const struct backfilltest *b, const char *text)
{
    const xj_backfill_ask ask = backfilltest_ask(b);
    xj_backfill_plan *plan;

    must_ok(
        xj_backfill_compare(&plan, plantest_read(t), &ask, backfilltest_file(t, text), t->pool));
    return plan;
}

struct backfilltest_import {
    xj_backfill_import import;
    xj_backfill_plan *plan;
    int64_t id;
};

static inline xj_error *
backfilltest_run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct backfilltest_import *i = args;

    (void)answer;
    return xj_backfill_apply(&i->plan, &i->id, tx, &i->import);
}

/* Record ledger TEXT; the import's key. */
static inline int64_t
backfilltest_apply(xjtest_store *t, const struct backfilltest *b, const char *text, xj_date begun)
{
    struct backfilltest_import i = {
        .import = {.file = backfilltest_file(t, text),
                   .ask = backfilltest_ask(b),
                   .original = {.name = XJ_STR("台账.csv"), .hash = XJ_STR("h"), .size = 1},
                   .actor_name = XJ_STR("tester")}};
    xj_backfill_plan *plan;
    xj_str body;

    i.import.ask.begun_on = begun;
    must_ok(xj_backfill_compare(&plan, plantest_read(t), &i.import.ask, i.import.file, t->pool));
    i.import.token = xj_str_c(plan->token);
    must_ok(xjtest_do(&body, t, b->f.tenant, backfilltest_run, &i));
    return i.id;
}
