#include "orgtest.h"

#include "org/area.h"

static void
test_credit_code__the_last_character_checks_the_others(void **state)
{
    (void)state;
    /* the example of GB 32100-2015 */
    assert_true(xj_credit_code_ok(XJ_STR("91350100M000100Y43")));
    assert_false(xj_credit_code_ok(XJ_STR("91350100M000100Y44")));
    assert_false(xj_credit_code_ok(XJ_STR("91350100M000100Y34")));
    assert_false(xj_credit_code_ok(XJ_STR("91350100M000100Y4")));
    assert_false(xj_credit_code_ok(XJ_STR("91350100I000100Y43"))); /* no letter I */
    assert_false(xj_credit_code_ok(XJ_STR("")));
}

static void
test_area_code__as_long_as_its_level(void **state)
{
    (void)state;
    assert_true(xj_area_code_ok(XJ_STR("990100"), XJ_LEVEL_CITY));
    assert_true(xj_area_code_ok(XJ_STR("990101001"), XJ_LEVEL_TOWN));
    assert_true(xj_area_code_ok(XJ_STR("990101001201"), XJ_LEVEL_VILLAGE));
    assert_false(xj_area_code_ok(XJ_STR("990101001"), XJ_LEVEL_COUNTY));
    assert_false(xj_area_code_ok(XJ_STR("99O101"), XJ_LEVEL_COUNTY));
}

struct call {
    xj_area area, now;
    int64_t id, next;
    const char *from_on;
    int what; /* 0 add, 1 change, 2 succeed, 3 take back */
};

static xj_error *
run_call(xj_tx *tx, void *args, xj_buf *answer)
{
    struct call *c = args;

    (void)answer;
    if (c->what == 0)
        return xj_area_add(&c->id, tx, &c->area);
    if (c->what == 1)
        return xj_area_change(&c->now, tx, &c->area);
    if (c->what == 2)
        return xj_area_succeed(tx, c->id, c->next, xj_str_c(c->from_on), XJ_STR("批复"));
    return xj_succession_remove(tx, XJ_SUCCESSION_AREA, c->id, c->next);
}

static xj_error *
try_add(int64_t *id, xjtest_store *t, int64_t tenant, const char *name, xj_level level,
        const char *code, int64_t parent)
{
    struct call c = {.area = {.name = xj_str_c(name),
                              .level = level,
                              .code = code == NULL ? XJ_STR_NONE : xj_str_c(code),
                              .official = true,
                              .parent = parent,
                              .valid_from = XJ_STR(XJ_DAY_FIRST),
                              .valid_to = XJ_STR(XJ_DAY_LAST)}};
    xj_str body;
    xj_error *err = xjtest_do(&body, t, tenant, run_call, &c);

    *id = c.id;
    return err;
}

XJTEST_STORE(test_area_add__in_its_place_and_once)
{
    int64_t tenant, city, county, other;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "990100"));
    must_ok(try_add(&city, t, tenant, "云沂市", XJ_LEVEL_CITY, "990100", 0));
    must_ok(try_add(&county, t, tenant, "沂东县", XJ_LEVEL_COUNTY, "990121", city));
    must_fail(try_add(&other, t, tenant, "沂西县", XJ_LEVEL_COUNTY, "980122", city),
              XJ_E_BAD_INPUT);
    must_fail(try_add(&other, t, tenant, "沂西县", XJ_LEVEL_COUNTY, "990122", county),
              XJ_E_BAD_INPUT);
    must_fail(try_add(&other, t, tenant, "沂东县", XJ_LEVEL_COUNTY, "990129", city), XJ_E_CONFLICT);
    must_fail(try_add(&other, t, tenant, "沂南县", XJ_LEVEL_COUNTY, "990121", city), XJ_E_CONFLICT);
    must_fail(try_add(&other, t, tenant, "沂南县", XJ_LEVEL_COUNTY, "990123", 1), XJ_E_NOT_FOUND);
    must_ok(try_add(&other, t, tenant, "云沂高新区", XJ_LEVEL_COUNTY, NULL, city));
}

XJTEST_STORE(test_area_succeed__the_old_one_ends_the_day_before)
{
    int64_t tenant, old, next;
    struct call c = {.what = 2, .from_on = "2025-03-01"};
    xj_successor *items;
    xj_scope scope;
    xj_area area;
    xj_str body;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "990100"));
    scope = xj_scope_all(tenant);
    must_ok(try_add(&old, t, tenant, "沂东县", XJ_LEVEL_COUNTY, "990121", 0));
    must_ok(try_add(&next, t, tenant, "沂东区", XJ_LEVEL_COUNTY, "990104", 0));
    c.id = old;
    c.next = next;
    must_ok(xjtest_do(&body, t, tenant, run_call, &c));
    must_fail(xjtest_do(&body, t, tenant, run_call, &c), XJ_E_CONFLICT);
    must_ok(xj_area_get(&area, orgtest_read(t), &scope, old, t->pool));
    assert_str(area.valid_to, "2025-02-28");
    must_ok(xj_successors(&items, &n, orgtest_read(t), &scope, XJ_SUCCESSION_AREA, next, true,
                          t->pool));
    assert_int_equal(n, 1);
    assert_str(items[0].name, "沂东县");
    c.id = next;
    c.next = old;
    must_fail(xjtest_do(&body, t, tenant, run_call, &c), XJ_E_CONFLICT);
    c = (struct call){.what = 3, .id = old, .next = next};
    must_ok(xjtest_do(&body, t, tenant, run_call, &c));
    must_fail(xjtest_do(&body, t, tenant, run_call, &c), XJ_E_NOT_FOUND);
    /* the name is free again behind its end */
    must_ok(try_add(&next, t, tenant, "沂东街道", XJ_LEVEL_TOWN, "990104001", 0));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credit_code__the_last_character_checks_the_others),
        cmocka_unit_test(test_area_code__as_long_as_its_level),
        XJTEST_BOTH(test_area_add__in_its_place_and_once),
        XJTEST_BOTH(test_area_succeed__the_old_one_ends_the_day_before)};

    return xjtest_store_main(tests);
}
