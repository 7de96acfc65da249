#include "dutytest.h"

#include "duty/clock.h"
#include "duty/tell_try.h"

#include <stdlib.h>

#define TASKS 24
#define UNITS 4

struct house {
    plan_fixture f;
};

/* Tasks of four units, due from 2026-02-23 on every other day; notices of all wait for a receipt.
 */
static void
build(struct house *h, xjtest_store *t)
{
    static const char *const names[UNITS] = {"市教育局", "市财政局", "市体育局", "某某海关"};
    int64_t units[UNITS], id;

    h->f = plantest_make(t);
    dutytest_day("2026-02-20");
    for (int i = 0; i < UNITS; i++)
        units[i] = dutytest_unit(t, h->f.tenant, names[i]);
    for (int i = 0; i < TASKS; i++) {
        xj_duty_new d = dutytest_by_hand(&h->f, units[i % UNITS]);

        d.deadline_kind = XJ_STR("complete_by");
        d.due = xj_day_str(xj_date_add_days((xj_date){2026, 2, 23}, 2 * i), t->pool);
        must_ok(dutytest_try_add(&id, t, h->f.tenant, &d));
    }
}

static void
turn(xjtest_store *t, const struct house *h, xj_date day)
{
    xj_clock_ran ran;

    dutytest_day(xj_day_str(day, t->pool).data);
    must_ok(xj_clock_run(&ran, t->store, h->f.tenant, day, t->pool));
}

static void
try_by(xj_tell_try *tried, xjtest_store *t, const struct house *h, const xj_rule_value *values,
       size_t n)
{
    xj_rules now, then;

    must_ok(xj_rules_get(&now, plantest_read(t), h->f.tenant, t->pool));
    must_ok(xj_rules_with(&then, &now, values, n));
    must_ok(xj_tell_try_rules(tried, plantest_read(t), h->f.tenant, &then, t->pool));
}

struct set {
    const xj_rule_value *values;
    size_t n;
};

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct set *s = args;
    xj_rules rules;

    (void)answer;
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_rules_set(tx, rules.version, s->values, s->n, XJ_STR("试行"));
}

static int
by_text(const void *a, const void *b)
{
    return xj_str_cmp(*(const xj_str *)a, *(const xj_str *)b);
}

static xj_str
line(xjtest_store *t, xj_date day, xj_str kind, int64_t unit, int64_t person)
{
    return xj_str_printf(t->pool, XJ_FMT " %lld %lld " XJ_FMT, XJ_ARG(xj_day_str(day, t->pool)),
                         (long long)unit, (long long)person, XJ_ARG(kind));
}

/* What was told behind the outbox's id AFTER, but for news of changes: exactly what was TRIED. */
static void
must_be_told(xjtest_store *t, const struct house *h, const xj_tell_try *tried, int64_t after)
{
    xj_str *was = XJ_NEW_ARRAY(t->pool, xj_str, tried->n + 1), *is;
    size_t n, told = 0;
    xj_notice *items;

    must_ok(xj_outbox_list(&items, &n, plantest_read(t), h->f.tenant, after, 10000, t->pool));
    is = XJ_NEW_ARRAY(t->pool, xj_str, n + 1);
    for (size_t i = 0; i < n; i++)
        if (!xj_str_eq(items[i].kind, XJ_STR("change")))
            is[told++] = line(t, xj_day_parse(items[i].made_for), items[i].kind, items[i].unit,
                              items[i].person);
    for (size_t i = 0; i < tried->n; i++)
        was[i] = line(t, tried->items[i].day, xj_str_c(tried->items[i].kind), tried->items[i].unit,
                      tried->items[i].person);
    qsort(is, told, sizeof *is, by_text);
    qsort(was, tried->n, sizeof *was, by_text);
    for (size_t i = 0; i < told && i < tried->n; i++)
        assert_str(was[i], is[i].data);
    assert_int_equal(told, tried->n);
}

static size_t
of_kind(const xj_tell_try *tried, const char *kind)
{
    size_t n = 0;

    for (size_t i = 0; i < tried->n; i++)
        n += strcmp(tried->items[i].kind, kind) == 0;
    return n;
}

/* Four weeks are tried by rules that hold and by others; then the others are set, and the weeks
 * come to pass without anybody doing anything. */
XJTEST_STORE(test_try__says_what_the_clock_then_tells)
{
    const xj_rule_value others[] = {{XJ_RULE_PERSON_CAP, XJ_STR("1")},
                                    {XJ_RULE_DIGEST_WEEKDAY, XJ_STR("3")},
                                    {XJ_RULE_CHASE_AFTER, XJ_STR("5")},
                                    {XJ_RULE_ORDER_AFTER, XJ_STR("6")}};
    struct set s = {others, sizeof others / sizeof *others};
    xj_tell_try now, then;
    struct house h;
    xj_notice *items;
    int64_t after;
    xj_str body;
    size_t n;

    build(&h, t);
    turn(t, &h, (xj_date){2026, 3, 3}); /* in the middle of a week */
    must_ok(xj_outbox_list(&items, &n, plantest_read(t), h.f.tenant, 0, 10000, t->pool));
    assert_true(n > 0);
    after = items[n - 1].id;
    try_by(&now, t, &h, NULL, 0);
    try_by(&then, t, &h, others, s.n);
    must_be_told(t, &h, &(xj_tell_try){0}, after); /* nothing was written */
    assert_true(xj_date_cmp(then.first, (xj_date){2026, 3, 4}) == 0);
    assert_true(xj_date_cmp(then.last, (xj_date){2026, 3, 31}) == 0);
    assert_true(now.n > then.n);
    assert_true(of_kind(&now, "chase") > of_kind(&then, "chase"));
    assert_true(of_kind(&then, "digest") > 0 && of_kind(&then, "ahead") > 0);
    assert_true(of_kind(&then, "order") > 0);
    must_ok(xjtest_do(&body, t, h.f.tenant, run_set, &s));
    for (xj_date day = then.first; xj_date_cmp(day, then.last) <= 0; day = xj_date_add_days(day, 1))
        turn(t, &h, day);
    must_be_told(t, &h, &then, after);
    dutytest_sound(t);
}

XJTEST_STORE(test_try__by_the_rules_that_hold_says_so_too)
{
    struct house h;
    xj_tell_try now;
    xj_notice *items;
    int64_t after;
    size_t n;

    build(&h, t);
    turn(t, &h, (xj_date){2026, 2, 23});
    must_ok(xj_outbox_list(&items, &n, plantest_read(t), h.f.tenant, 0, 10000, t->pool));
    after = n == 0 ? 0 : items[n - 1].id;
    try_by(&now, t, &h, NULL, 0);
    assert_true(of_kind(&now, "receipt") > 0 && of_kind(&now, "chase") > 0);
    turn(t, &h, now.last); /* the machine was off for four weeks */
    must_be_told(t, &h, &now, after);
}

XJTEST_STORE(test_try__of_nobody_is_nothing)
{
    const plan_fixture f = plantest_make(t);
    xj_tell_try tried;
    xj_rules rules;

    dutytest_day("2026-03-02");
    must_ok(xj_rules_get(&rules, plantest_read(t), f.tenant, t->pool));
    must_ok(xj_tell_try_rules(&tried, plantest_read(t), f.tenant, &rules, t->pool));
    assert_int_equal(tried.n, 0);
    assert_true(xj_tell_hangs_on(XJ_RULE_PERSON_CAP));
    assert_false(xj_tell_hangs_on(XJ_RULE_LIGHT_BEHIND));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_try__says_what_the_clock_then_tells),
        XJTEST_BOTH(test_try__by_the_rules_that_hold_says_so_too),
        XJTEST_BOTH(test_try__of_nobody_is_nothing),
    };

    return xjtest_store_main(tests);
}
