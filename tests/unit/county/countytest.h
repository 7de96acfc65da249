/*
 * tests/unit/county/countytest.h -- a city and the jurisdiction of one of its counties, linked.
 */
#pragma once

#include "../duty/dutytest.h"

#include "county/county_priv.h"

typedef struct county_fixture {
    plan_fixture f; /* tenant is the city, other the county */
    xj_county_worker *worker;
    int64_t unit, lead;  /* of the city: the county, a department */
    int64_t offer, link; /* the two ends */
    int64_t moved;       /* by the last round */
} county_fixture;

struct countytest_act {
    int64_t unit, programme, id, version;
    xj_str code, ends_on, why;
    xj_county__message *message;
    xj_above_take take;
};

static inline xj_error *
countytest_offer(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_act *a = args;

    (void)answer;
    return xj_county_offer(&a->id, tx, a->unit, a->code);
}

static inline xj_error *
countytest_take(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_act *a = args;

    (void)answer;
    return xj_county_take(&a->id, tx, a->code, a->programme);
}

static inline xj_error *
countytest_end(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_act *a = args;
    int64_t now;

    (void)answer;
    return xj_county_end(&now, tx, a->id, a->version, a->ends_on, a->why, XJ_STR("张三"));
}

static inline void
countytest_work(county_fixture *c, xjtest_store *t)
{
    must_ok(xj_county_work(&c->moved, c->worker, NULL, t->pool));
}

/* The newest link of TENANT. */
static inline xj_county_link
countytest_link(xjtest_store *t, int64_t tenant)
{
    xj_county_link *items;
    size_t n;

    must_ok(xj_county_list(&items, &n, plantest_read(t), tenant, t->pool));
    assert_true(n > 0);
    return items[0];
}

/* A city with a county that was offered a link under CODE. */
static inline county_fixture
countytest_offered(xjtest_store *t, const char *code)
{
    county_fixture c = {.f = plantest_make(t), .worker = xj_county_worker_new(t->store, t->pool)};
    struct countytest_act a = {.code = xj_str_c(code)};
    xj_str body;

    dutytest_day("2026-01-05");
    c.lead = dutytest_unit(t, c.f.tenant, "市教育局");
    a.unit = c.unit = dutytest_unit(t, c.f.tenant, "洛川县政府");
    must_ok(xjtest_do(&body, t, c.f.tenant, countytest_offer, &a));
    c.offer = a.id;
    return c;
}

/* The same, taken, worked in. */
static inline county_fixture
countytest_linked(xjtest_store *t)
{
    county_fixture c = countytest_offered(t, "CODE-1");
    struct countytest_act a = {.code = XJ_STR("CODE-1"), .programme = c.f.other_programme};
    xj_str body;

    must_ok(xjtest_do(&body, t, c.f.other, countytest_take, &a));
    c.link = a.id;
    xj_above_on_sent(xj_county_sent);
    countytest_work(&c, t);
    assert_string_equal(countytest_link(t, c.f.other).state.data, "linked");
    return c;
}

/* A task of the city, by hand, in which the county has part. */
static inline int64_t
countytest_give(county_fixture *c, xjtest_store *t, const char *title)
{
    xj_duty_new d = dutytest_by_hand(&c->f, c->lead);
    int64_t id;

    d.title = xj_str_c(title);
    d.units = &c->unit;
    d.nunits = 1;
    must_ok(dutytest_try_add(&id, t, c->f.tenant, &d));
    return id;
}

/* What the county was given, in the order it came. */
static inline size_t
countytest_given(xj_above **items, county_fixture *c, xjtest_store *t)
{
    const xj_above_filter filter = {.live = -1};
    size_t n;

    must_ok(
        xj_above_list(items, &n, plantest_read(t), &c->f.other_scope, 0, &filter, 0, 100, t->pool));
    return n;
}

/* The first return of TENANT that is open, of UNIT (0: any). */
static inline xj_obligation
countytest_return(xjtest_store *t, int64_t tenant, int64_t unit)
{
    const xj_scope all = xj_scope_all(tenant);
    const xj_obligation_filter filter = {.kind = XJ_STR("return"), .unit = unit, .open = -1};
    xj_obligation *items;

    assert_true(dutytest_owed(&items, t, &all, &filter) > 0);
    return items[0];
}

struct countytest_words {
    const xj_scope *scope;
    int64_t obligation, duty, unit, version, now;
    xj_str text;
    const xj_verdict *verdicts; /* NULL: keep and send */
    size_t n;
};

static inline xj_error *
countytest_run_words(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_words *w = args;
    xj_report_draft draft = {.scope = w->scope,
                             .obligation = w->obligation,
                             .duty = w->duty,
                             .unit = w->unit,
                             .version = w->version,
                             .text = {.text = w->text,
                                      .difficulties = XJ_STR(""),
                                      .next_step = XJ_STR(""),
                                      .percent = 30},
                             .actor_name = XJ_STR("李四")};

    (void)answer;
    if (w->verdicts != NULL)
        return xj_report_review(&w->now, tx, w->obligation, w->version, w->verdicts, w->n,
                                XJ_STR("王办"));
    return xj_report_keep(&w->now, tx, &draft);
}

static inline xj_error *
countytest_run_send(xj_tx *tx, void *args, xj_buf *answer)
{
    struct countytest_words *w = args;
    const xj_report_send send = {.scope = w->scope,
                                 .obligation = w->obligation,
                                 .version = w->version,
                                 .actor_name = XJ_STR("李四")};

    (void)answer;
    return xj_report_send_all(&w->now, tx, &send);
}

static inline xj_report *
countytest_report(xjtest_store *t, const xj_scope *scope, int64_t id)
{
    xj_report *report;

    must_ok(xj_report_get(&report, plantest_read(t), scope, id, 0, t->pool));
    return report;
}

/* The county says TEXT of its first task in its first return, and sends it. */
static inline int64_t
countytest_send(county_fixture *c, xjtest_store *t, const char *text)
{
    const xj_obligation o = countytest_return(t, c->f.other, 0);
    struct countytest_words w = {
        .scope = &c->f.other_scope, .obligation = o.id, .unit = o.unit, .text = xj_str_c(text)};
    xj_report *report = countytest_report(t, w.scope, o.id);
    xj_str body;

    w.duty = report->rows[0].duty;
    w.version = report->rows[0].version;
    must_ok(xjtest_do(&body, t, c->f.other, countytest_run_words, &w));
    w.version = report->obligation.version;
    must_ok(xjtest_do(&body, t, c->f.other, countytest_run_send, &w));
    return o.id;
}
