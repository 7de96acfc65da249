#include "dutytest.h"

#include "duty/clock.h"

/*
 * A city for two years: 60 units, 12 of them counties, 130 duty tasks.  Units send on days that a
 * small generator gives, some late, some never.  What must have come of it is worked out apart from
 * the program, from the dates alone, and compared: every raise, every light of every day, every
 * notice.
 */
#define UNITS 60
#define COUNTIES 12
#define TASKS 130
#define FIRST "2025-01-01"
#define DAYS 730

struct city {
    plan_fixture f;
    int64_t units[UNITS]; /* the last COUNTIES are counties */
    int64_t tasks[TASKS];
    int owner[TASKS];
    bool encouraged[TASKS], with_counties[TASKS];
};

static xj_date
date(int64_t i)
{
    return xj_date_add_days((xj_date){2025, 1, 1}, i);
}

/* Every ninth department is one that is coordinated with: asked and reminded, never chased. */
static bool
is_coordinated(int unit)
{
    return unit < UNITS - COUNTIES && unit % 9 == 4;
}

static void
build(struct city *c, xjtest_store *t)
{
    uint32_t s = 77;
    xj_str body;

    c->f = plantest_make(t);
    dutytest_day(FIRST);
    for (int i = 0; i < UNITS; i++) {
        char name[64];

        snprintf(name, sizeof name,
                 is_coordinated(i)      ? "第%d海关"
                 : i < UNITS - COUNTIES ? "市第%d局"
                                        : "第%d县",
                 i);
        c->units[i] = dutytest_unit(t, c->f.tenant, name);
    }
    {
        struct dutytest_group g = {dutytest_unit(t, c->f.tenant, "各县市区"),
                                   c->units + UNITS - COUNTIES, COUNTIES};

        must_ok(xjtest_do(&body, t, c->f.tenant, dutytest_run_group, &g));
        for (int i = 0; i < TASKS; i++) {
            xj_duty_new d;

            c->owner[i] = (int)(plantest_random(&s) % (UNITS - COUNTIES));
            c->with_counties[i] = i % 5 == 0;
            c->encouraged[i] = i % 11 == 0;
            d = dutytest_by_hand(&c->f, c->units[c->owner[i]]);
            d.action_no = 1 + i % 15;
            d.strength = c->encouraged[i] ? XJ_STR("encouraged") : XJ_STR("must");
            d.units = &g.id;
            d.nunits = c->with_counties[i];
            must_ok(dutytest_try_add(&c->tasks[i], t, c->f.tenant, &d));
        }
    }
}

static bool
is_county(int unit)
{
    return unit >= UNITS - COUNTIES;
}

static bool
returns(const struct city *c, int unit)
{
    for (int i = 0; i < TASKS; i++)
        if (is_county(unit) ? c->with_counties[i] : c->owner[i] == unit)
            return true;
    return false;
}

/* The day on which UNIT sends its return due on day DUE (counted from the first), -1: never. */
static int64_t
sends_on(int unit, int64_t due)
{
    switch ((unit * 7 + due) % 10) {
    case 0:
        return -1;
    case 1:
        return due + 9; /* late */
    case 2:
        return due + 40; /* very late */
    default:
        return due - (unit % 6);
    }
}

/* The due days of UNIT within the two years. */
static int
due_days(int64_t days[4], int unit)
{
    static const char *const lead[] = {"2025-06-15", "2025-12-15", "2026-06-15", "2026-12-15"};
    static const char *const county[] = {"2025-06-10", "2025-12-10", "2026-06-10", "2026-12-10"};

    for (int i = 0; i < 4; i++)
        days[i] = xj_date_days(xj_day_parse(xj_str_c(is_county(unit) ? county[i] : lead[i]))) -
                  xj_date_days((xj_date){2025, 1, 1});
    return 4;
}

static int
expected_light(int unit, bool encouraged, int64_t day)
{
    int64_t due[4];
    bool near = false;

    due_days(due, unit);
    for (int i = 0; i < 4; i++) {
        const int64_t sent = sends_on(unit, due[i]);

        if (sent >= 0 && sent <= day)
            continue;
        if (due[i] < day)
            return encouraged || is_coordinated(unit) ? XJ_LIGHT_YELLOW : XJ_LIGHT_RED;
        near |= due[i] <= day + 7;
    }
    return near ? XJ_LIGHT_YELLOW : XJ_LIGHT_GREEN;
}

/* Units send what they send on DAY. */
static void
send_all(struct city *c, xjtest_store *t, int64_t day)
{
    for (int u = 0; u < UNITS; u++) {
        int64_t due[4];

        if (!returns(c, u))
            continue;
        due_days(due, u);
        for (int i = 0; i < 4; i++) {
            const xj_obligation_filter filter = {
                .unit = c->units[u], .kind = XJ_STR("return"), .open = 1};
            xj_obligation *items;
            size_t n;

            if (sends_on(u, due[i]) != day)
                continue;
            n = dutytest_owed(&items, t, &c->f.scope, &filter);
            for (size_t j = 0; j < n; j++)
                if (xj_str_eq(items[j].due, xj_day_str(date(due[i]), t->pool)))
                    must_ok(dutytest_obligation(t, c->f.tenant, items[j].id, items[j].version,
                                                &(xj_step){.move = XJ_STR("send")}));
        }
    }
}

static void
check_lights(const struct city *c, xjtest_store *t, int64_t day)
{
    for (int i = 0; i < TASKS; i++) {
        xj_light_row *rows;
        size_t n;

        must_ok(xj_light_list(&rows, &n, plantest_read(t), &c->f.scope, c->tasks[i], date(day),
                              date(day), t->pool));
        assert_int_equal(n, c->with_counties[i] ? 1 + COUNTIES : 1);
        for (size_t j = 0; j < n; j++) {
            int unit = 0;

            while (c->units[unit] != rows[j].unit)
                unit++;
            if (!xj_str_eq(rows[j].light, xj_str_c(xj_light_word((xj_light)expected_light(
                                              unit, c->encouraged[i], day)))))
                fail_msg("task %d, unit %d, day %d: " XJ_FMT, i, unit, (int)day,
                         XJ_ARG(rows[j].light));
        }
    }
}

/* What was told on which day: [kind][day]. */
enum { DIGEST, AHEAD, CHASE, CHANGE, ORDER, KINDS };
static const char *const kind_names[KINDS] = {"digest", "ahead", "chase", "change", "order"};
typedef char told_days[KINDS][DAYS];

/* What UNIT's liaison officers must have been told, and the orders drafted about it. */
static void
expected_notices(told_days want, int unit)
{
    const xj_calendar official = {0};
    bool chased[4] = {false}, ordered[4] = {false};
    int64_t due[4];

    due_days(due, unit);
    want[CHANGE][0] = 1; /* its tasks, ordered before the first turn */
    for (int64_t day = 0; day < DAYS; day++) {
        const xj_date d = date(day);
        const bool monday = xj_date_weekday(d) == 1, works = xj_calendar_works(&official, d);
        bool listed = false, tomorrow = false, ripe = false;

        for (int i = 0; i < 4; i++) {
            const int64_t sent = sends_on(unit, due[i]);
            int late;

            /* The clock runs before the people of its day do anything. */
            if (sent >= 0 && sent < day)
                continue;
            listed |= due[i] <= day + 7;
            tomorrow |= due[i] == day + 1;
            late = due[i] < day ? xj_calendar_count(&official, date(due[i]), d) : 0;
            if (works && !chased[i] && late >= 3 && !is_coordinated(unit))
                ripe = chased[i] = true;
            if (works && !ordered[i] && late >= 10 && !is_coordinated(unit)) {
                ordered[i] = true;
                want[ORDER][day]++;
            }
        }
        want[DIGEST][day] = monday && listed;
        want[AHEAD][day] = tomorrow && !monday;
        want[CHASE][day] = ripe;
    }
}

static void
compare(char (*got)[DAYS], char (*want)[DAYS], int unit)
{
    for (int kind = 0; kind < KINDS; kind++)
        for (int day = 0; day < DAYS; day++)
            if (got[kind][day] != want[kind][day])
                fail_msg("unit %d, day %d: %s told %d times, not %d", unit, day, kind_names[kind],
                         got[kind][day], want[kind][day]);
}

/* The unit whose obligation an order is about. */
static int
unit_of_order(const struct city *c, xjtest_store *t, const xj_notice *notice)
{
    xj_obligation_whole *whole;
    int64_t id;
    int unit = 0;

    assert_true(xj_str_int(&id, notice->subject));
    must_ok(xj_obligation_get(&whole, plantest_read(t), &c->f.scope, id, t->pool));
    while (c->units[unit] != whole->obligation.unit)
        unit++;
    return unit;
}

static void
check_notices(const struct city *c, xjtest_store *t, int64_t office)
{
    told_days *got = XJ_NEW_ARRAY(t->pool, told_days, UNITS);
    xj_notice *items;
    size_t n;

    must_ok(xj_outbox_list(&items, &n, plantest_read(t), c->f.tenant, 0, 1000000, t->pool));
    for (size_t i = 0; i < n; i++) {
        const int64_t day = xj_date_days(xj_day_parse(items[i].made_for)) - xj_date_days(date(0));
        int kind = 0, unit = 0;

        while (kind < KINDS && !xj_str_eq(items[i].kind, xj_str_c(kind_names[kind])))
            kind++;
        if (kind == KINDS || (kind != ORDER && items[i].unit == office))
            continue; /* receipts; the office's own year-end decisions */
        assert_int_equal(items[i].person, 0);
        if (kind == ORDER) {
            assert_int_equal(items[i].unit, office);
            unit = unit_of_order(c, t, &items[i]);
        } else {
            while (c->units[unit] != items[i].unit)
                unit++;
        }
        got[unit][kind][day]++;
    }
    for (int u = 0; u < UNITS; u++) {
        told_days *want = XJ_NEW(t->pool, told_days);

        if (returns(c, u))
            expected_notices(*want, u);
        compare(got[u], *want, u);
    }
}

/* The owners of every day: the parts of a task's owner cover all days. */
static void
check_owned(const struct city *c, xjtest_store *t)
{
    for (int i = 0; i < TASKS; i++) {
        const xj_duty *duty = dutytest_get(t, &c->f.scope, c->tasks[i]);
        bool owned = false;

        for (size_t j = 0; j < duty->nparts; j++)
            owned |= duty->parts[j].unit == duty->row.owner &&
                     xj_str_eq(duty->parts[j].from_on, XJ_STR(FIRST)) &&
                     xj_str_eq(duty->parts[j].to_on, XJ_STR(XJ_DAY_NONE));
        assert_true(owned);
    }
}

XJTEST_STORE(test_clock__two_years_of_a_city)
{
    const xj_obligation_filter returned = {
        .kind = XJ_STR("return"), .open = -1, .due_to = XJ_STR("2026-12-31")};
    struct city *c = XJ_NEW(t->pool, struct city);
    xj_obligation *items;
    xj_clock_ran ran;
    int64_t raised = 0;
    size_t n, want = 0;

    build(c, t);
    for (int64_t day = 0; day < DAYS; day++) {
        xj_pool *pool = xj_pool_child(t->pool);

        dutytest_day(xj_day_str(date(day), pool).data);
        must_ok(xj_clock_run(&ran, t->store, 0, date(day), pool));
        assert_int_equal(ran.days, 1);
        raised += ran.obligations;
        send_all(c, t, day);
        xj_pool_destroy(pool);
    }
    for (int u = 0; u < UNITS; u++)
        want += returns(c, u) ? 4 : 0;
    n = dutytest_owed(&items, t, &c->f.scope, &returned);
    assert_int_equal(n, want);
    assert_true(raised > 0);
    for (int64_t day = 0; day < DAYS; day += 13)
        check_lights(c, t, day);
    check_lights(c, t, DAYS - 1);
    must_ok(xj_receipt_list(&(xj_duty_receipt *){NULL}, &n, plantest_read(t), &c->f.scope, 0, 0,
                            true, 0, 0, 1000, t->pool));
    check_notices(c, t, dutytest_unit(t, c->f.tenant, "推进委员会办公室"));
    check_owned(c, t);
    /* A clock that jumps back tells nothing twice, raises nothing twice. */
    must_ok(xj_clock_run(&ran, t->store, 0, date(100), t->pool));
    assert_int_equal(ran.days, 0);
    assert_int_equal(dutytest_owed(&items, t, &c->f.scope, &returned), want);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_clock__two_years_of_a_city)};

    return xjtest_store_main(tests);
}
