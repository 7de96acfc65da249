/* Real plans, which lie beside the project: published with defaults and run for two years.  Where
 * they are not there, the tests are skipped. */
#include "dutytest.h"

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
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f->scope, 7, &all, 0, 10000, t->pool));
    assert_int_equal(n, reg->ntasks);
    return n;
}

/* What is a return to whoever must write it: returns and reports. */
static bool
is_return(const xj_obligation *o)
{
    return xj_str_eq(o->kind, XJ_STR("return")) || xj_str_ends(o->kind, XJ_STR("report"));
}

/* Inventory A19, A21, A22, E15-E17, E64: with six counties nobody has more than three returns a
 * year; an action group's report is the group's. */
XJTEST_STORE(test_taian__nobody_has_more_than_three_returns_a_year)
{
    const plan_fixture f = plantest_make(t);
    const xj_obligation_filter all = {
        .open = -1, .due_from = XJ_STR("2021-01-01"), .due_to = XJ_STR("2021-12-31")};
    xj_obligation *items;
    xj_clock_ran ran;
    size_t n, counties = 0, groups = 0;

    dutytest_day("2020-08-05");
    set_counties(t, &f);
    publish_real(t, &f, "taian");
    must_ok(xj_clock_run(&ran, t->store, 0, (xj_date){2021, 1, 4}, t->pool));
    n = dutytest_owed(&items, t, &f.scope, &all);
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;

        if (!is_return(&items[i]))
            continue;
        for (size_t j = 0; j < n; j++)
            count += is_return(&items[j]) && items[j].unit == items[i].unit;
        if (count > 3)
            fail_msg(XJ_FMT " has %zu returns in a year", XJ_ARG(items[i].unit_name), count);
        counties += xj_str_eq(items[i].unit_name, XJ_STR("第0县"));
        groups += xj_str_eq(items[i].kind, XJ_STR("annual_monitoring_report"));
        if (xj_str_eq(items[i].kind, XJ_STR("annual_monitoring_report")))
            assert_str(items[i].due, "2021-06-05");
    }
    assert_int_equal(counties, 3); /* two for the half-years, one evaluation */
    assert_int_equal(groups, 15);  /* one for each action */
    dutytest_sound(t);
}

static void
two_years(xjtest_store *t, const char *name)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    xj_clock_ran ran;
    xj_notice *told;
    size_t n;

    dutytest_day("2020-09-01");
    set_counties(t, &f);
    publish_real(t, &f, name);
    for (int64_t day = 0; day < 730; day++) {
        xj_pool *pool = xj_pool_child(t->pool);
        const xj_date d = xj_date_add_days((xj_date){2020, 9, 1}, day);

        dutytest_day(xj_day_str(d, pool).data);
        must_ok(xj_clock_run(&ran, t->store, 0, d, pool));
        assert_int_equal(ran.days, 1);
        xj_pool_destroy(pool);
    }
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, 0, 10000, t->pool));
    for (size_t i = 0; i < n; i++) {
        assert_true(rows[i].owner != 0);
        /* Nobody sent anything: what was due is red, what is encouraged is not. */
        if (xj_str_eq(rows[i].strength, XJ_STR("encouraged")))
            assert_false(xj_str_eq(rows[i].light, XJ_STR("red")));
        else
            assert_str(rows[i].light, "red");
    }
    must_ok(xj_outbox_list(&told, &n, plantest_read(t), f.tenant, 0, 100000, t->pool));
    assert_true(n > 100);
    dutytest_sound(t);
}

XJTEST_STORE(test_taian__runs_two_years)
{
    two_years(t, "taian");
}

XJTEST_STORE(test_zhumadian__runs_two_years)
{
    two_years(t, "zhumadian");
}

XJTEST_STORE(test_yushui__runs_two_years)
{
    two_years(t, "yushui");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_taian__nobody_has_more_than_three_returns_a_year),
        XJTEST_ON(test_taian__runs_two_years, "sqlite"),
        XJTEST_ON(test_zhumadian__runs_two_years, "sqlite"),
        XJTEST_ON(test_yushui__runs_two_years, "sqlite")};

    return xjtest_store_main(tests);
}
