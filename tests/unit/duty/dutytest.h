/*
 * tests/unit/duty/dutytest.h -- days, counts and commands for the tests of duty/.
 */
#pragma once

#include "../plan/plantest.h"

#include "duty/duty_priv.h"
#include "duty/settle.h"

/* The clock stands at noon (in the jurisdiction) of DAY. */
static inline void
dutytest_day(const char *day)
{
    xj_date d;

    assert_true(xj_date_parse(&d, xj_str_c(day)));
    xj_now_set((xj_date_days(d) * 86400 + 4 * 3600) * INT64_C(1000000));
}

struct dutytest_add {
    const xj_duty_new *duty;
    int64_t id;
};

static inline xj_error *
dutytest_run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dutytest_add *a = args;

    (void)answer;
    return xj_duty_add(&a->id, tx, a->duty);
}

static inline xj_error *
dutytest_try_add(int64_t *id, xjtest_store *t, int64_t tenant, const xj_duty_new *duty)
{
    struct dutytest_add a = {.duty = duty};
    xj_str body;
    xj_error *err = xjtest_do(&body, t, tenant, dutytest_run_add, &a);

    *id = a.id;
    return err;
}

struct dutytest_unit {
    xj_str name;
    int64_t id;
};

static inline xj_error *
dutytest_run_unit(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dutytest_unit *u = args;

    (void)answer;
    return xj_unit_resolve(&u->id, tx, u->name);
}

static inline int64_t
dutytest_unit(xjtest_store *t, int64_t tenant, const char *name)
{
    struct dutytest_unit u = {.name = xj_str_c(name)};
    xj_str body;

    must_ok(xjtest_do(&body, t, tenant, dutytest_run_unit, &u));
    return u.id;
}

struct dutytest_group {
    int64_t id;
    const int64_t *members;
    size_t n;
};

static inline xj_error *
dutytest_run_group(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dutytest_group *g = args;

    (void)answer;
    return xj_group_set(tx, g->id, g->members, g->n);
}

struct dutytest_step {
    bool obligation;
    int64_t id, version, now;
    xj_step step;
};

static inline xj_error *
dutytest_run_step(xj_tx *tx, void *args, xj_buf *answer)
{
    struct dutytest_step *s = args;

    (void)answer;
    return s->obligation ? xj_obligation_step(&s->now, tx, s->id, s->version, &s->step)
                         : xj_duty_step(&s->now, tx, s->id, s->version, &s->step);
}

/* Duty task ID moves by MOVE. */
static inline xj_error *
dutytest_move(xjtest_store *t, int64_t tenant, int64_t id, int64_t version, const xj_step *step)
{
    struct dutytest_step s = {.id = id, .version = version, .step = *step};
    xj_str body;

    return xjtest_do(&body, t, tenant, dutytest_run_step, &s);
}

static inline xj_error *
dutytest_obligation(xjtest_store *t, int64_t tenant, int64_t id, int64_t version,
                    const xj_step *step)
{
    struct dutytest_step s = {.obligation = true, .id = id, .version = version, .step = *step};
    xj_str body;

    return xjtest_do(&body, t, tenant, dutytest_run_step, &s);
}

/* The obligations that FILTER lets through, by due day. */
static inline size_t
dutytest_owed(xj_obligation **items, xjtest_store *t, const xj_scope *scope,
              const xj_obligation_filter *filter)
{
    size_t n;

    must_ok(xj_obligation_list(items, &n, plantest_read(t), scope, filter, NULL, 100000, t->pool));
    return n;
}

static inline xj_duty *
dutytest_get(xjtest_store *t, const xj_scope *scope, int64_t id)
{
    xj_duty *duty;

    must_ok(xj_duty_get(&duty, plantest_read(t), scope, 7, id, t->pool));
    return duty;
}

/* A duty task by hand without an end, returned twice a year. */
static inline xj_duty_new
dutytest_by_hand(const plan_fixture *f, int64_t lead)
{
    return (xj_duty_new){.programme = f->programme,
                         .origin = XJ_STR("hand"),
                         .title = XJ_STR("做好一件事"),
                         .lead = lead,
                         .deadline_kind = XJ_STR("ongoing")};
}

/* All returns, owed or not. */
static inline xj_obligation_filter
dutytest_returns(void)
{
    return (xj_obligation_filter){.kind = XJ_STR("return"), .open = -1};
}

/* No row that `db check` would find. */
static inline void
dutytest_sound(xjtest_store *t)
{
    int64_t bad;

    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
}
