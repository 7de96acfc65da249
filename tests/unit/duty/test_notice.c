#include "dutytest.h"

#include "duty/clock.h"
#include "duty/tell_priv.h"

#include <stdlib.h>

#define TASKS 12

struct house {
    plan_fixture f;
    int64_t units[3], last;
};

/* Tasks of three units, due in March 2026. */
static void
build(struct house *h, xjtest_store *t)
{
    static const char *const names[] = {"市教育局", "市财政局", "市体育局"};
    static const int days[TASKS] = {2, 4, 6, 9, 10, 12, 14, 16, 18, 20, 22, 24};

    h->f = plantest_make(t);
    for (int i = 0; i < 3; i++)
        h->units[i] = dutytest_unit(t, h->f.tenant, names[i]);
    dutytest_day("2026-03-01");
    for (int i = 0; i < TASKS; i++) {
        xj_duty_new d = dutytest_by_hand(&h->f, h->units[i % 3]);

        d.deadline_kind = XJ_STR("complete_by");
        d.due = xj_day_str((xj_date){2026, 3, days[i]}, t->pool);
        must_ok(dutytest_try_add(&h->last, t, h->f.tenant, &d));
    }
}

static void
turn(xjtest_store *t, const struct house *h, const char *day)
{
    xj_clock_ran ran;

    dutytest_day(day);
    must_ok(xj_clock_run(&ran, t->store, h->f.tenant, xj_day_parse(xj_str_c(day)), t->pool));
}

/* What day 2026-03-23 is to tell, but for news of changes. */
static void
decide(xj_tell__messages *messages, xjtest_store *t, const struct house *h)
{
    const xj_date day = {2026, 3, 23};
    xj_db *db = plantest_read(t);
    xj_calendar *calendar = XJ_NEW(t->pool, xj_calendar);
    xj_rules *rules = XJ_NEW(t->pool, xj_rules);
    xj_tell__state *state;
    xj_duty__clock clock;
    bool found;

    *messages = (xj_tell__messages){0};
    must_ok(xj_duty__clock_find(&clock, &found, db, h->f.tenant, t->pool));
    must_ok(xj_rules_get(rules, db, h->f.tenant, t->pool));
    must_ok(xj_calendar_get(calendar, db, h->f.tenant, t->pool));
    must_ok(xj_tell__read(&state, db, h->f.tenant, day, day, rules, calendar, clock.office, false,
                          t->pool));
    must_ok(xj_tell__day(messages, state, day, t->pool));
}

struct some {
    const xj_tell__message *messages;
    size_t n;
};

static xj_error *
write_some(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct some *s = args;

    (void)answer;
    for (size_t i = 0; i < s->n; i++)
        XJ_TRY(xj_tell__write_message(tx, &s->messages[i], XJ_STR("2026-03-23")));
    return NULL;
}

static int
by_text(const void *a, const void *b)
{
    return xj_str_cmp(*(const xj_str *)a, *(const xj_str *)b);
}

static xj_str
line(xjtest_store *t, xj_str kind, int64_t unit, xj_str subject, xj_str items)
{
    return xj_str_printf(t->pool, XJ_FMT " %lld " XJ_FMT " " XJ_FMT, XJ_ARG(kind), (long long)unit,
                         XJ_ARG(subject), XJ_ARG(items));
}

/* The outbox of 2026-03-23 holds MESSAGES and one of a change, each once; what they remind of is
 * reminded of once, and has one order where they tell of one. */
static void
must_hold(xjtest_store *t, const struct house *h, const xj_tell__messages *messages)
{
    const size_t n = messages->list.len;
    xj_str *is, *must = XJ_NEW_ARRAY(t->pool, xj_str, n + 1);
    size_t all, told = 0, changes = 0, orders = 0, norders;
    xj_order *drafted;
    xj_notice *items;

    must_ok(xj_outbox_list(&items, &all, plantest_read(t), h->f.tenant, 0, 1000, t->pool));
    is = XJ_NEW_ARRAY(t->pool, xj_str, all + 1);
    for (size_t i = 0; i < all; i++) {
        if (!xj_str_eq(items[i].made_for, XJ_STR("2026-03-23")))
            continue;
        if (xj_str_eq(items[i].kind, XJ_STR("change")))
            changes += xj_str_has(items[i].items, XJ_STR("\"move\":\"extend\""));
        else
            is[told++] = line(t, items[i].kind, items[i].unit, items[i].subject, items[i].items);
    }
    assert_int_equal(changes, 1);
    for (size_t i = 0; i < n; i++) {
        const xj_tell__message *m = &messages->list.items[i];

        must[i] = line(t, xj_str_c(m->kind), m->unit, m->subject, m->items);
        orders += m->ordered != 0;
        for (size_t k = 0; k < m->nreminded; k++) {
            xj_obligation_whole *o;

            must_ok(xj_obligation_get(&o, plantest_read(t), &h->f.scope, m->reminded[k], t->pool));
            assert_int_equal(o->obligation.chases, 1);
        }
    }
    assert_int_equal(told, n);
    qsort(is, n, sizeof *is, by_text);
    qsort(must, n, sizeof *must, by_text);
    for (size_t i = 0; i < n; i++)
        assert_str(is[i], must[i].data);
    must_ok(
        xj_order_list(&drafted, &norders, plantest_read(t), &h->f.scope, 0, -1, 0, 100, t->pool));
    for (size_t i = 0; i < norders; i++)
        orders -= xj_str_eq(drafted[i].drafted_on, XJ_STR("2026-03-23"));
    assert_int_equal(orders, 0);
}

/* A Monday with digests, reminders, an order and news; PART of its messages are there already when
 * the clock comes to it, as a day leaves them that was broken off. */
static void
break_off(xjtest_store *t, int part, int of)
{
    xj_tell__messages messages, again;
    bool kinds[3] = {false};
    struct some some;
    struct house h;
    xj_str body;

    build(&h, t);
    turn(t, &h, "2026-03-22");
    dutytest_day("2026-03-23");
    must_ok(dutytest_move(t, h.f.tenant, h.last, 1,
                          &(xj_step){.move = XJ_STR("extend"),
                                     .due = XJ_STR("2026-03-30"),
                                     .why = XJ_STR("来不及")}));
    decide(&messages, t, &h);
    for (size_t i = 0; i < messages.list.len; i++) {
        const xj_tell__message *m = &messages.list.items[i];

        kinds[0] |= strcmp(m->kind, "digest") == 0;
        kinds[1] |= m->nreminded > 0;
        kinds[2] |= m->ordered != 0;
    }
    assert_true(kinds[0] && kinds[1] && kinds[2]);
    some = (struct some){messages.list.items, messages.list.len * (size_t)part / (size_t)of};
    must_ok(xjtest_do(&body, t, h.f.tenant, write_some, &some));
    decide(&again, t, &h); /* it follows from what stood before the day */
    assert_int_equal(again.list.len, messages.list.len);
    turn(t, &h, "2026-03-23");
    must_hold(t, &h, &messages);
    turn(t, &h, "2026-03-23");
    must_hold(t, &h, &messages);
    dutytest_sound(t);
}

XJTEST_STORE(test_day__begun_and_broken_off_tells_the_rest)
{
    break_off(t, 1, 2);
}

XJTEST_STORE(test_day__broken_off_at_its_end_tells_nothing_twice)
{
    break_off(t, 1, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_day__begun_and_broken_off_tells_the_rest),
        XJTEST_BOTH(test_day__broken_off_at_its_end_tells_nothing_twice),
    };

    return xjtest_store_main(tests);
}
