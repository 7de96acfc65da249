#include "dutytest.h"

#include "duty/body_priv.h"
#include "duty/clock.h"
#include "org/area.h"

#define LAST "2026-09-30"

/* A flood headquarters that leads two tasks, has part in a third, and stands until LAST. */
struct house {
    plan_fixture f;
    int64_t office, body, water, roads;
    int64_t lead, finish, part;
};

struct ending {
    int64_t unit, version;
    xj_str last;
};

static xj_error *
run_ends(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct ending *e = args;
    const xj_unit_change change = {.ends_on = &e->last};
    xj_unit unit;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));

    (void)answer;
    XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &all, e->unit, xj_tx_pool(tx)));
    return xj_unit_change_do(tx, e->unit, unit.version, &change);
}

static void
ends(xjtest_store *t, const struct house *h, const char *last)
{
    struct ending e = {.unit = h->body, .last = last == NULL ? XJ_STR_NONE : xj_str_c(last)};
    xj_str body;

    must_ok(xjtest_do(&body, t, h->f.tenant, run_ends, &e));
}

static void
build(struct house *h, xjtest_store *t)
{
    xj_duty_new duty;

    xj_unit_on_ends(xj_body_ends);
    h->f = plantest_make(t);
    dutytest_day("2026-05-01");
    h->office = dutytest_unit(t, h->f.tenant, "推进委员会办公室");
    h->body = dutytest_unit(t, h->f.tenant, "市防汛指挥部");
    h->water = dutytest_unit(t, h->f.tenant, "市水务局");
    h->roads = dutytest_unit(t, h->f.tenant, "市交通运输局");
    duty = dutytest_by_hand(&h->f, h->body);
    must_ok(dutytest_try_add(&h->lead, t, h->f.tenant, &duty));
    duty.deadline_kind = XJ_STR("complete_by");
    duty.due = XJ_STR("2026-12-31");
    must_ok(dutytest_try_add(&h->finish, t, h->f.tenant, &duty));
    duty = dutytest_by_hand(&h->f, h->water);
    duty.units = &h->body;
    duty.nunits = 1;
    must_ok(dutytest_try_add(&h->part, t, h->f.tenant, &duty));
}

/* The clock, day by day, to and with TO; each live task has an owner that stands. */
static void
live_to(xjtest_store *t, const struct house *h, const char *from, const char *to)
{
    const int64_t tasks[] = {h->lead, h->finish, h->part};
    const xj_date last = xj_day_parse(xj_str_c(to));

    for (xj_date day = xj_day_parse(xj_str_c(from)); xj_date_cmp(day, last) <= 0;
         day = xj_date_add_days(day, 1)) {
        char text[XJ_DATE_LEN];
        xj_clock_ran ran;

        dutytest_day(xj_date_format(text, day).data);
        must_ok(xj_clock_run(&ran, t->store, h->f.tenant, day, t->pool));
        for (size_t i = 0; i < 3; i++) {
            const xj_duty *duty = dutytest_get(t, &h->f.scope, tasks[i]);

            assert_true(duty->row.owner != h->body ||
                        xj_str_cmp(xj_str_c(text), xj_str_c(LAST)) <= 0);
        }
    }
}

static xj_body_closing
closing(xjtest_store *t, const struct house *h, const char *day)
{
    xj_body_closing c;

    must_ok(xj_body_closing_get(&c, plantest_read(t), h->f.tenant, xj_day_parse(xj_str_c(day)),
                                h->body, t->pool));
    return c;
}

static size_t
listed(xjtest_store *t, const struct house *h, const char *day)
{
    xj_body_closing *items;
    size_t n;

    must_ok(xj_body_closing_list(&items, &n, plantest_read(t), h->f.tenant,
                                 xj_day_parse(xj_str_c(day)), 0, 10, t->pool));
    return n;
}

/* How many notices of KIND behind the day AFTER unit UNIT has, and whether one names the body. */
static size_t
notices(bool *named, xjtest_store *t, const struct house *h, int64_t unit, const char *kind,
        const char *after)
{
    xj_notice *items;
    size_t n, count = 0;

    *named = false;
    must_ok(xj_outbox_list(&items, &n, plantest_read(t), h->f.tenant, 0, 1000, t->pool));
    for (size_t i = 0; i < n; i++) {
        if (items[i].unit != unit || xj_str_cmp(items[i].made_for, xj_str_c(after)) <= 0 ||
            (kind != NULL && !xj_str_eq(items[i].kind, xj_str_c(kind))))
            continue;
        count++;
        *named |= xj_str_has(items[i].items, XJ_STR("市防汛指挥部"));
    }
    return count;
}

struct handing {
    xj_body_hand hand;
    int64_t handed;
};

static xj_error *
run_hand(xj_tx *tx, void *args, xj_buf *answer)
{
    struct handing *h = args;

    (void)answer;
    return xj_body_hand_over(&h->handed, tx, &h->hand);
}

static xj_error *
hand(int64_t *handed, xjtest_store *t, const struct house *h, xj_body_hand what)
{
    struct handing args = {.hand = what};
    xj_error *err;
    xj_str body;

    args.hand.body = h->body;
    if (args.hand.version == 0)
        args.hand.version = closing(t, h, "2026-09-01").version;
    args.hand.why = what.why.data == NULL ? XJ_STR("指挥部撤销") : what.why;
    args.hand.actor_name = XJ_STR("tester");
    err = xjtest_do(&body, t, h->f.tenant, run_hand, &args);
    *handed = args.handed;
    return err;
}

static size_t
owed(xjtest_store *t, const struct house *h, int64_t unit)
{
    const xj_obligation_filter open = {.unit = unit, .open = 1};
    xj_obligation *items;

    return dutytest_owed(&items, t, &h->f.scope, &open);
}

XJTEST_STORE(test_ends__nothing_is_owed_behind_the_last_day)
{
    xj_obligation_filter of = {.open = 1};
    xj_obligation *items;
    xj_duty_new duty;
    struct house h;
    int64_t later;
    size_t n;

    build(&h, t);
    of.unit = h.body;
    /* two returns a year of the endless one, which hold the other's row too, and the finish */
    assert_int_equal(owed(t, &h, h.body), 3);
    ends(t, &h, LAST);
    n = dutytest_owed(&items, t, &h.f.scope, &of);
    assert_int_equal(n, 1);
    assert_str(items[0].due, "2026-06-15");
    /* nor of what it gets later, though that has dates behind the day */
    duty = dutytest_by_hand(&h.f, h.body);
    must_ok(dutytest_try_add(&later, t, h.f.tenant, &duty));
    n = dutytest_owed(&items, t, &h.f.scope, &of);
    assert_int_equal(n, 1);
    assert_str(items[0].due, "2026-06-15");
    /* the finish behind the day is the office's */
    of.unit = h.office;
    of.kind = XJ_STR("finish");
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &of), 1);
    dutytest_sound(t);
    /* who stays longer owes it again */
    ends(t, &h, NULL);
    assert_int_equal(owed(t, &h, h.body), 3);
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &of), 0);
    dutytest_sound(t);
}

XJTEST_STORE(test_ends__the_office_hears_of_it_weekly_from_the_set_day_on)
{
    struct house h;
    bool named;

    build(&h, t);
    ends(t, &h, LAST);
    assert_int_equal(listed(t, &h, "2026-08-30"), 0);
    assert_int_equal(listed(t, &h, "2026-08-31"), 1);
    live_to(t, &h, "2026-05-01", "2026-08-30");
    notices(&named, t, &h, h.office, "digest", "2026-05-01");
    assert_false(named);
    /* Mondays: 31 August to 28 September, then weekly though nothing else is due */
    live_to(t, &h, "2026-08-31", LAST);
    assert_int_equal(notices(&named, t, &h, h.office, "digest", "2026-08-30"), 5);
    assert_true(named);
    live_to(t, &h, "2026-10-01", "2026-10-31");
    assert_true(notices(&named, t, &h, h.office, "digest", LAST) == 4 && named);
    /* and the body's people no more, though it had not returned in June */
    assert_int_equal(notices(&named, t, &h, h.body, NULL, LAST), 0);
    assert_true(notices(&named, t, &h, h.body, "chase", "2026-06-01") > 0);
}

XJTEST_STORE(test_ends__the_office_stands_in_until_it_says_who_goes_on)
{
    xj_duty_move *moves;
    xj_body_closing c;
    int64_t handed;
    struct house h;
    size_t n;

    build(&h, t);
    ends(t, &h, LAST);
    live_to(t, &h, "2026-05-01", "2026-10-02");
    c = closing(t, &h, "2026-10-02");
    assert_int_equal(c.duties + c.owed + c.rectifications, 0);
    assert_int_equal(c.left, 3);
    assert_int_equal(c.heir, h.office);
    assert_int_equal(c.by, XJ_HEIR_OFFICE);
    assert_int_equal(dutytest_get(t, &h.f.scope, h.lead)->row.owner, h.office);
    assert_int_equal(owed(t, &h, h.body), 0);
    /* June's return is late still, and December's is owed */
    assert_true(owed(t, &h, h.office) >= 3);
    must_ok(xj_duty_history(&moves, &n, plantest_read(t), h.f.tenant, h.lead, t->pool));
    assert_str(moves[n - 1].move, "hand_over");
    dutytest_sound(t);
    must_ok(hand(&handed, t, &h, (xj_body_hand){.to = h.roads, .all = true}));
    assert_int_equal(handed, 3);
    assert_int_equal(closing(t, &h, "2026-10-02").left, 0);
    assert_int_equal(listed(t, &h, "2026-10-02"), 0);
    assert_int_equal(dutytest_get(t, &h.f.scope, h.lead)->row.owner, h.roads);
    assert_int_equal(owed(t, &h, h.roads), 4);  /* June, December, next June, the finish */
    assert_int_equal(owed(t, &h, h.office), 1); /* the decisions of the year end */
    /* who takes all is the successor, proposed from then on */
    assert_int_equal(closing(t, &h, "2026-10-02").heir, h.roads);
    dutytest_sound(t);
}

XJTEST_STORE(test_hand_over__one_task_before_the_last_day)
{
    xj_obligation_filter of = {.open = 1};
    struct house h;
    xj_obligation *items;
    int64_t handed;
    size_t n;

    build(&h, t);
    ends(t, &h, LAST);
    live_to(t, &h, "2026-05-01", "2026-09-10");
    must_ok(hand(&handed, t, &h, (xj_body_hand){.to = h.roads, .duties = &h.lead, .nduties = 1}));
    assert_int_equal(handed, 1);
    assert_int_equal(dutytest_get(t, &h.f.scope, h.lead)->row.owner, h.roads);
    assert_int_equal(dutytest_get(t, &h.f.scope, h.finish)->row.owner, h.body);
    /* its row of June's return went along into one of its own; the other task's stays */
    of.unit = h.roads;
    n = dutytest_owed(&items, t, &h.f.scope, &of);
    assert_int_equal(n, 3);
    assert_str(items[0].due, "2026-06-15");
    assert_int_equal(items[0].rows, 1);
    of.unit = h.body;
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &of), 1);
    assert_int_equal(items[0].rows, 1);
    dutytest_sound(t);
    /* a part beside the unit that leads the task itself */
    must_ok(hand(&handed, t, &h, (xj_body_hand){.to = h.water, .duties = &h.part, .nduties = 1}));
    assert_int_equal(dutytest_get(t, &h.f.scope, h.part)->row.owner, h.water);
    assert_int_equal(closing(t, &h, "2026-09-10").duties, 1);
    dutytest_sound(t);
}

static xj_str
light_on(xjtest_store *t, const struct house *h, int64_t unit, const char *day)
{
    const xj_date on = xj_day_parse(xj_str_c(day));
    xj_light_row *rows;
    size_t n;

    must_ok(xj_light_list(&rows, &n, plantest_read(t), &h->f.scope, h->lead, on, on, t->pool));
    for (size_t i = 0; i < n; i++)
        if (rows[i].unit == unit)
            return rows[i].light;
    return XJ_STR("none");
}

/* It was agreed in August and entered in October: whose it was on the days between follows. */
XJTEST_STORE(test_hand_over__counts_from_the_day_it_happened)
{
    struct house h;
    int64_t handed, late;
    xj_body_hand what;
    xj_duty_new duty;
    xj_duty *task;

    build(&h, t);
    ends(t, &h, LAST);
    live_to(t, &h, "2026-05-01", "2026-10-02");
    duty = dutytest_by_hand(&h.f, h.body);
    must_ok(dutytest_try_add(&late, t, h.f.tenant, &duty));
    what = (xj_body_hand){.to = h.roads, .all = true, .happened_on = XJ_STR("2026-10-03")};
    must_fail(hand(&handed, t, &h, what), XJ_E_BAD_INPUT); /* to come */
    what.happened_on = XJ_STR(LAST);
    must_fail(hand(&handed, t, &h, what), XJ_E_BAD_INPUT); /* the body's own still */
    what.happened_on = xj_day_str(xj_date_add_days(xj_day_parse(XJ_STR(LAST)), 1), t->pool);
    assert_str(light_on(t, &h, h.office, "2026-10-01"), "red");
    must_ok(hand(&handed, t, &h, what));
    assert_int_equal(handed, 4);
    /* what came later is the unit's from then on */
    task = dutytest_get(t, &h.f.scope, late);
    for (size_t i = 0; i < task->nparts; i++)
        if (task->parts[i].unit == h.roads)
            assert_str(task->parts[i].from_on, "2026-10-02");
    assert_int_equal(task->row.owner, h.roads);
    assert_str(light_on(t, &h, h.roads, "2026-10-01"), "red");
    assert_str(light_on(t, &h, h.office, "2026-10-01"), "none");
    assert_str(light_on(t, &h, h.body, LAST), "red");
    dutytest_sound(t);
}

XJTEST_STORE(test_hand_over__what_is_wrong_is_refused)
{
    struct house h;
    int64_t handed, none = 1;

    build(&h, t);
    ends(t, &h, LAST);
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = h.roads, .duties = &none, .nduties = 1}),
              XJ_E_NOT_FOUND);
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = h.roads, .all = true, .why = XJ_STR(" ")}),
              XJ_E_BAD_INPUT);
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = h.body, .all = true}), XJ_E_BAD_INPUT);
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = 999999, .all = true}), XJ_E_NOT_FOUND);
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = h.roads, .all = true, .version = 99}),
              XJ_E_STALE);
    ends(t, &h, "2026-04-01");
    must_fail(hand(&handed, t, &h, (xj_body_hand){.to = h.body, .all = true}), XJ_E_BAD_INPUT);
    dutytest_sound(t);
}

/* Entered too late: the office has it at once; a body that stands longer gets it back. */
XJTEST_STORE(test_ends__a_day_in_the_past_counts_at_once_and_can_be_mended)
{
    struct house h;
    int64_t handed;

    build(&h, t);
    ends(t, &h, "2026-04-30");
    assert_int_equal(closing(t, &h, "2026-05-01").left, 3);
    assert_int_equal(owed(t, &h, h.body), 0);
    ends(t, &h, LAST);
    must_ok(hand(&handed, t, &h, (xj_body_hand){.to = h.body, .all = true}));
    assert_int_equal(handed, 3);
    assert_int_equal(dutytest_get(t, &h.f.scope, h.lead)->row.owner, h.body);
    assert_int_equal(owed(t, &h, h.body), 1);
    assert_int_equal(closing(t, &h, "2026-05-01").duties, 3);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_ends__nothing_is_owed_behind_the_last_day),
        XJTEST_BOTH(test_ends__the_office_hears_of_it_weekly_from_the_set_day_on),
        XJTEST_BOTH(test_ends__the_office_stands_in_until_it_says_who_goes_on),
        XJTEST_BOTH(test_hand_over__one_task_before_the_last_day),
        XJTEST_BOTH(test_hand_over__counts_from_the_day_it_happened),
        XJTEST_BOTH(test_hand_over__what_is_wrong_is_refused),
        XJTEST_BOTH(test_ends__a_day_in_the_past_counts_at_once_and_can_be_mended)};

    return xjtest_store_main(tests);
}
