#include "dutytest.h"

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_parts__a_group_gives_its_counties_which_return_by_area),
        XJTEST_BOTH(test_parts__a_group_without_members_is_open_and_loses_nothing),
        XJTEST_BOTH(test_parts__a_task_without_a_unit_is_the_offices),
        XJTEST_BOTH(test_parts__without_a_lead_the_first_responsible_owns_it)};

    return xjtest_store_main(tests);
}
