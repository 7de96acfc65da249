/* Real plans, which lie beside the project: published with defaults and run for two years.  Where
 * they are not there, the tests are skipped. */
#include "dutytest.h"

#include "base/map.h"
#include "duty/clock.h"
#include "plan/compile.h"

/* The register of plan NAME; NULL where it is not there. */
static xj_register *
real_plan(xj_pool *pool, const char *name)
{
    const char *folder = getenv("XJ_TEST_PLANS");
    FILE *file =
        folder == NULL ? NULL : fopen(xj_str_printf(pool, "%s/%s.txt", folder, name).data, "rb");
    xj_register *reg;
    char *text;
    xj_doc *doc;
    size_t n;

    if (file == NULL)
        return NULL;
    text = xj_alloc(pool, (size_t)4 << 20);
    n = fread(text, 1, ((size_t)4 << 20) - 1, file);
    fclose(file);
    text[n] = '\0';
    must_ok(xj_doc_read_text(&doc, xj_str_of(text, n), pool, pool));
    must_ok(xj_plan_compile(&reg, doc, pool, pool));
    return reg;
}

static void
set_counties(xjtest_store *t, const plan_fixture *f)
{
    static const char *const groups[] = {"各县市区", "各县（市、区）", "各县区", "功能区"};
    int64_t members[6];
    xj_str body;

    for (int i = 0; i < 6; i++) {
        char name[32];

        snprintf(name, sizeof name, "第%d县", i);
        members[i] = dutytest_unit(t, f->tenant, name);
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const int64_t id = dutytest_unit(t, f->tenant, groups[i]);
        struct dutytest_group g = {id, members, 6};
        xj_error *err = xjtest_do(&body, t, f->tenant, dutytest_run_group, &g);

        xj_error_clear(err); /* a phrase that is no group stays a unit */
    }
}

static size_t
publish_real(xjtest_store *t, const plan_fixture *f, const char *name)
{
    xj_register *reg = real_plan(t->pool, name);
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    size_t n;

    if (reg == NULL)
        skip();
    plantest_publish(t, f->tenant, f->programme, reg, name);
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f->scope, 7, &all, NULL, 10000, t->pool));
    assert_int_equal(n, reg->ntasks);
    return n;
}

/* What is a return to whoever must write it: returns and reports. */
static bool
is_return(const xj_obligation *o)
{
    return xj_str_eq(o->kind, XJ_STR("return")) || xj_str_ends(o->kind, XJ_STR("report"));
}

/* The returns of YEAR: nobody has more than three.  How many are COUNTY's, and GROUPS' reports. */
static void
assert_three_at_most(size_t *county, size_t *groups, xjtest_store *t, const plan_fixture *f,
                     int year)
{
    const xj_obligation_filter all = {.open = -1,
                                      .due_from = xj_str_printf(t->pool, "%d-01-01", year),
                                      .due_to = xj_str_printf(t->pool, "%d-12-31", year)};
    xj_obligation *items;
    size_t n = dutytest_owed(&items, t, &f->scope, &all);

    *county = *groups = 0;
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;

        if (!is_return(&items[i]))
            continue;
        for (size_t j = 0; j < n; j++)
            count += is_return(&items[j]) && items[j].unit == items[i].unit;
        if (count > 3)
            fail_msg(XJ_FMT " has %zu returns in %d", XJ_ARG(items[i].unit_name), count, year);
        *county += xj_str_eq(items[i].unit_name, XJ_STR("第0县"));
        if (!xj_str_eq(items[i].kind, XJ_STR("annual_monitoring_report")))
            continue;
        *groups += 1;
        assert_str(xj_str_sub(items[i].due, 4, 10), "-06-05");
    }
}

/* Inventory A19, A21, A22, E15-E17, E64: with six counties nobody has more than three returns a
 * year; an action group's report is the group's. */
XJTEST_STORE(test_taian__nobody_has_more_than_three_returns_a_year)
{
    const plan_fixture f = plantest_make(t);
    size_t county, groups;
    xj_clock_ran ran;

    dutytest_day("2020-08-05");
    set_counties(t, &f);
    publish_real(t, &f, "taian");
    must_ok(xj_clock_run(&ran, t->store, 0, (xj_date){2021, 1, 4}, t->pool));
    assert_three_at_most(&county, &groups, t, &f, 2021);
    assert_int_equal(county, 3);  /* two for the half-years, one evaluation */
    assert_int_equal(groups, 15); /* one for each action */
    dutytest_sound(t);
}

#define FIRST "2020-09-01"
#define DAYS 730

/* On every day of the two years the unit that owns DUTY has a part in it. */
static void
assert_owned(const xj_duty *duty)
{
    const xj_date first = xj_day_parse(XJ_STR(FIRST));
    xj_date day = first;

    assert_true(duty->row.owner != 0);
    for (size_t again = 0; again <= duty->nparts; again++)
        for (size_t i = 0; i < duty->nparts; i++) {
            const xj_duty_part *part = &duty->parts[i];
            const xj_date to = xj_day_parse(part->to_on);

            if (part->unit != duty->row.owner || xj_date_cmp(xj_day_parse(part->from_on), day) > 0)
                continue;
            if (to.year == 0)
                return; /* without an end */
            if (xj_date_cmp(to, day) >= 0)
                day = xj_date_add_days(to, 1);
        }
    if (xj_date_days(day) - xj_date_days(first) < DAYS)
        fail_msg("\"" XJ_FMT "\" has no owner on %04d-%02d-%02d", XJ_ARG(duty->row.title), day.year,
                 day.month, day.day);
}

/* What PARTS name together was never there before: fail with WHAT. */
static void
assert_new(xj_map *seen, const char *what, xj_str key)
{
    if (!xj_map_set(seen, key, seen))
        fail_msg("%s is there twice: " XJ_FMT, what, XJ_ARG(key));
}

static void
assert_raised_once(xjtest_store *t, const plan_fixture *f)
{
    const xj_obligation_filter all = {.open = -1};
    const xj_command like = plantest_like(f->tenant);
    xj_obligation *items;
    xj_raised raised;
    xj_map seen;
    size_t n;

    xj_map_init(&seen, t->pool);
    n = dutytest_owed(&items, t, &f->scope, &all);
    assert_true(n > 20);
    for (size_t i = 0; i < n; i++) {
        /* Documents may ask two things of one kind: what they ask tells them apart. */
        const xj_str what =
            xj_str_eq(items[i].kind, XJ_STR("return")) ? XJ_STR("") : items[i].title;

        assert_new(&seen, "an obligation",
                   xj_str_printf(t->pool, "%lld " XJ_FMT " " XJ_FMT " %lld " XJ_FMT,
                                 (long long)items[i].unit, XJ_ARG(items[i].kind),
                                 XJ_ARG(items[i].raised_for), (long long)items[i].duty,
                                 XJ_ARG(what)));
    }
    must_ok(xj_obligation_raise(&raised, t->store, &like, xj_day_parse(XJ_STR(FIRST)),
                                xj_date_add_days(xj_day_parse(XJ_STR(FIRST)), DAYS), t->pool));
    assert_int_equal(raised.obligations, 0);
    assert_int_equal(raised.rows, 0);
}

static void
assert_told_once(xjtest_store *t, const plan_fixture *f)
{
    xj_notice *told;
    xj_map seen;
    size_t n;

    xj_map_init(&seen, t->pool);
    must_ok(xj_outbox_list(&told, &n, plantest_read(t), f->tenant, 0, 100000, t->pool));
    assert_true(n > 100);
    for (size_t i = 0; i < n; i++)
        assert_new(&seen, "a notice",
                   xj_str_printf(t->pool, "%lld %lld " XJ_FMT " " XJ_FMT, (long long)told[i].unit,
                                 (long long)told[i].person, XJ_ARG(told[i].kind),
                                 XJ_ARG(told[i].subject)));
}

/* Nobody sent anything: what was due is red; what is encouraged, or led by a unit that is only
 * coordinated, is not. */
static void
assert_lit(const xj_duty_row *row)
{
    if (xj_str_eq(row->strength, XJ_STR("encouraged")) ||
        xj_str_eq(row->light_reason, XJ_STR("coordinated")))
        assert_false(xj_str_eq(row->light, XJ_STR("red")));
    else
        assert_str(row->light, "red");
}

static plan_fixture
two_years(xjtest_store *t, const char *name)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    xj_clock_ran ran;
    size_t n;

    dutytest_day(FIRST);
    set_counties(t, &f);
    publish_real(t, &f, name);
    for (int64_t day = 0; day < DAYS; day++) {
        xj_pool *pool = xj_pool_child(t->pool);
        const xj_date d = xj_date_add_days(xj_day_parse(XJ_STR(FIRST)), day);

        dutytest_day(xj_day_str(d, pool).data);
        must_ok(xj_clock_run(&ran, t->store, 0, d, pool));
        assert_int_equal(ran.days, 1);
        xj_pool_destroy(pool);
    }
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 10000, t->pool));
    for (size_t i = 0; i < n; i++) {
        assert_owned(dutytest_get(t, &f.scope, rows[i].id));
        assert_lit(&rows[i]);
    }
    assert_raised_once(t, &f);
    assert_told_once(t, &f);
    dutytest_sound(t);
    return f;
}

XJTEST_STORE(test_taian__runs_two_years)
{
    const plan_fixture f = two_years(t, "taian");
    size_t county, groups;

    for (int year = 2021; year <= 2022; year++) {
        assert_three_at_most(&county, &groups, t, &f, year);
        assert_int_equal(county, 3);
        assert_int_equal(groups, 15);
    }
}

XJTEST_STORE(test_zhumadian__runs_two_years)
{
    (void)two_years(t, "zhumadian");
}

XJTEST_STORE(test_yushui__runs_two_years)
{
    (void)two_years(t, "yushui");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_taian__nobody_has_more_than_three_returns_a_year),
        XJTEST_BOTH(test_taian__runs_two_years), XJTEST_BOTH(test_zhumadian__runs_two_years),
        XJTEST_BOTH(test_yushui__runs_two_years)};

    return xjtest_store_main(tests);
}
