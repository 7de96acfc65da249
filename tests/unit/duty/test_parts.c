#include "dutytest.h"

#include "duty/clock.h"
#include "duty/settle_priv.h"

static xj_register *
one_task(xj_pool *pool, const char *const *units, const xj_unit_role *roles, size_t n)
{
    xj_register *reg = plantest_register(pool, "7号", "七", 1, 3);

    reg->tasks[0].units = XJ_NEW_ARRAY(pool, xj_task_unit, n);
    reg->tasks[0].nunits = n;
    reg->tasks[0].lead_proposed = XJ_STR_NONE;
    reg->tasks[0].deadline.kind = XJ_DEADLINE_ONGOING;
    reg->tasks[0].cadence = NULL;
    for (size_t i = 0; i < n; i++)
        reg->tasks[0].units[i] = (xj_task_unit){.name = xj_str_c(units[i]), .role = roles[i]};
    return reg;
}

static xj_duty *
publish_one(xjtest_store *t, const plan_fixture *f, const char *const *units,
            const xj_unit_role *roles, size_t n)
{
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    size_t found;

    plantest_publish(t, f->tenant, f->programme, one_task(t->pool, units, roles, n), "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    must_ok(xj_duty_list(&rows, &found, plantest_read(t), &f->scope, 7, &all, NULL, 10, t->pool));
    assert_int_equal(found, 1);
    return dutytest_get(t, &f->scope, rows[0].id);
}

static xj_str
side_of(const xj_duty *duty, int64_t unit)
{
    for (size_t i = 0; i < duty->nparts; i++)
        if (duty->parts[i].unit == unit)
            return duty->parts[i].side;
    return XJ_STR("");
}

/* Inventory E64, A12: counties of the group return by area, some days before the lead. */
XJTEST_STORE(test_parts__a_group_gives_its_counties_which_return_by_area)
{
    const plan_fixture f = plantest_make(t);
    const char *const units[] = {"市教育局", "各县市区"};
    const xj_unit_role roles[] = {XJ_ROLE_LEAD, XJ_ROLE_RESPONSIBLE};
    int64_t members[] = {dutytest_unit(t, f.tenant, "东山县"),
                         dutytest_unit(t, f.tenant, "西河区")};
    struct dutytest_group g = {dutytest_unit(t, f.tenant, "各县市区"), members, 2};
    const xj_obligation_filter of_county = {
        .unit = members[0], .kind = XJ_STR("return"), .open = 1};
    xj_obligation *items;
    xj_duty *duty;
    xj_str body;

    dutytest_day("2026-01-05");
    must_ok(xjtest_do(&body, t, f.tenant, dutytest_run_group, &g));
    duty = publish_one(t, &f, units, roles, 2);
    assert_int_equal(duty->nparts, 3);
    assert_str(duty->row.owner_name, "市教育局");
    assert_str(side_of(duty, members[0]), "county");
    assert_str(duty->row.unsettled, "cadence way");
    assert_int_equal(dutytest_owed(&items, t, &f.scope, &of_county), 2);
    assert_str(items[0].due, "2026-06-10");
    dutytest_sound(t);
}

XJTEST_STORE(test_parts__a_group_without_members_is_open_and_loses_nothing)
{
    const plan_fixture f = plantest_make(t);
    const char *const units[] = {"市教育局", "各县市区"};
    const xj_unit_role roles[] = {XJ_ROLE_LEAD, XJ_ROLE_RESPONSIBLE};
    xj_duty *duty;

    dutytest_day("2026-01-05");
    duty = publish_one(t, &f, units, roles, 2);
    assert_int_equal(duty->nparts, 2);
    assert_str(duty->row.unsettled, "cadence counties");
}

/* Inventory E60, E11: no unit at all falls to the office until somebody settles it. */
XJTEST_STORE(test_parts__a_task_without_a_unit_is_the_offices)
{
    const plan_fixture f = plantest_make(t);
    xj_duty *duty;

    dutytest_day("2026-01-05");
    duty = publish_one(t, &f, NULL, NULL, 0);
    assert_str(duty->row.owner_name, "推进委员会办公室");
    assert_true(xj_duty__is_open(duty->row.unsettled, "lead"));
}

/* Inventory E41: several each for their own duty: the first until the lead is settled. */
XJTEST_STORE(test_parts__without_a_lead_the_first_responsible_owns_it)
{
    const plan_fixture f = plantest_make(t);
    const char *const units[] = {"市财政局", "市教育局"};
    const xj_unit_role roles[] = {XJ_ROLE_RESPONSIBLE, XJ_ROLE_RESPONSIBLE};
    xj_duty *duty;

    dutytest_day("2026-01-05");
    duty = publish_one(t, &f, units, roles, 2);
    assert_str(duty->row.owner_name, "市财政局");
    assert_str(duty->row.unsettled, "lead cadence");
}

/* 每周组织一次义诊: what is done each week is returned as what has no cadence. */
XJTEST_STORE(test_parts__work_of_each_week_is_returned_by_the_jurisdictions_cadence)
{
    static const char *const often[] = {"daily", "weekly"};
    const plan_fixture f = plantest_make(t);
    const char *const units[] = {"市教育局"};
    const xj_unit_role roles[] = {XJ_ROLE_LEAD};

    dutytest_day("2026-01-05");
    for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
        const char no[] = {(char)('1' + i), '\0'};
        xj_register *reg = one_task(t->pool, units, roles, 1);
        const xj_duty_filter open = {.action_no = -1, .unsettled = true};
        xj_duty_row *rows;
        size_t found;

        reg->document.doc_no = xj_str_printf(t->pool, "云健推〔2026〕%s号", no);
        reg->document.title = xj_str_printf(t->pool, "健康云溪行动第%s批任务", no);
        reg->tasks[0].cadence = often[i];
        plantest_publish(t, f.tenant, f.programme, reg, no);
        must_ok(xj_duty_sweep(t->store, NULL, t->pool));
        must_ok(
            xj_duty_list(&rows, &found, plantest_read(t), &f.scope, 7, &open, NULL, 10, t->pool));
        assert_int_equal(found, i + 1);
        assert_str(rows[i].cadence, "half_yearly");
        assert_str(rows[i].unsettled, "cadence");
    }
    {
        const xj_obligation_filter owed = {
            .unit = dutytest_unit(t, f.tenant, "市教育局"), .kind = XJ_STR("return"), .open = 1};
        xj_obligation *items;

        assert_int_equal(dutytest_owed(&items, t, &f.scope, &owed), 2);
        assert_int_equal(items[0].rows, 2);
    }
    dutytest_sound(t);
}

static size_t
decisions(xj_obligation **items, xjtest_store *t, const xj_scope *scope)
{
    const xj_obligation_filter decided = {.kind = XJ_STR("decision"), .open = 1};

    return dutytest_owed(items, t, scope, &decided);
}

/* A plan of a year that is over: whether its tasks are done is asked on the next day of decisions,
 * once, and not again in the year behind it while nobody has answered. */
XJTEST_STORE(test_parts__a_full_year_that_is_over_is_still_decided_on)
{
    const plan_fixture f = plantest_make(t);
    const char *const units[] = {"市教育局"};
    const xj_unit_role roles[] = {XJ_ROLE_LEAD};
    xj_register *reg = one_task(t->pool, units, roles, 1);
    xj_obligation *items;
    xj_clock_ran ran;

    dutytest_day("2026-01-05");
    reg->document.issued_on = (xj_date){2024, 3, 1};
    reg->tasks[0].deadline =
        (xj_deadline){.kind = XJ_DEADLINE_FULL_YEAR, .date = {2024, 12, 31}, .raw = XJ_STR_NONE};
    plantest_publish(t, f.tenant, f.programme, reg, "a");
    must_ok(xj_duty_sweep(t->store, NULL, t->pool));
    assert_int_equal(decisions(&items, t, &f.scope), 1);
    assert_int_equal(items[0].rows, 1);
    assert_memory_equal(items[0].due.data, "2026-12", 7);
    for (int year = 2026; year <= 2027; year++) {
        const xj_date day = {year, 12, 28};

        dutytest_day(xj_day_str(day, t->pool).data);
        must_ok(xj_clock_run(&ran, t->store, f.tenant, day, t->pool));
        assert_int_equal(decisions(&items, t, &f.scope), 1);
    }
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_parts__a_group_gives_its_counties_which_return_by_area),
        XJTEST_BOTH(test_parts__a_group_without_members_is_open_and_loses_nothing),
        XJTEST_BOTH(test_parts__a_task_without_a_unit_is_the_offices),
        XJTEST_BOTH(test_parts__without_a_lead_the_first_responsible_owns_it),
        XJTEST_BOTH(test_parts__a_full_year_that_is_over_is_still_decided_on),
        XJTEST_BOTH(test_parts__work_of_each_week_is_returned_by_the_jurisdictions_cadence)};

    return xjtest_store_main(tests);
}
