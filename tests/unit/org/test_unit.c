#include "orgtest.h"

XJTEST_STORE(test_unit_resolve__makes_a_name_once)
{
    int64_t tenant, other, first;
    const xj_str names[] = {XJ_STR("市教育局"), XJ_STR("各县市区"), XJ_STR(" 市教育局 "),
                            XJ_STR("祝阳镇卫生院")};
    int64_t ids[4] = {0};
    orgtest_call call = {.what = ORG_RESOLVE, .names = names, .ids = ids, .n = 4};
    xj_scope scope;
    xj_unit unit;
    xj_db *db;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    must_ok(orgtest_do(t, tenant, &call));
    first = ids[0];
    assert_int_equal(ids[2], first);
    assert_int_not_equal(ids[1], first);
    must_ok(orgtest_do(t, tenant, &call));
    assert_int_equal(ids[0], first);
    assert_int_equal(orgtest_unit(t, tenant, "市教育局"), first);
    assert_int_not_equal(orgtest_unit(t, other, "市教育局"), first);

    scope = xj_scope_all(tenant);
    db = orgtest_read(t);
    must_ok(xj_unit_get(&unit, db, &scope, ids[3], t->pool));
    assert_str(unit.name, "祝阳镇卫生院");
    assert_int_equal(unit.kind, XJ_UNIT_INSTITUTION);
    assert_int_equal(unit.level, XJ_LEVEL_TOWN);
    assert_str(unit.area, "祝阳镇");
    assert_int_equal(unit.alias_of, 0);
    must_ok(xj_unit_get(&unit, db, &scope, ids[1], t->pool));
    assert_int_equal(unit.kind, XJ_UNIT_GROUP);
    assert_null(unit.area.data);
}

XJTEST_STORE(test_unit_get__not_outside_the_scope)
{
    int64_t tenant, other, id, found;
    xj_scope scope, narrow;
    xj_unit unit;
    xj_db *db;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    id = orgtest_unit(t, tenant, "市教育局");
    scope = xj_scope_all(other);
    narrow = (xj_scope){.tenant = tenant};
    db = orgtest_read(t);
    must_fail(xj_unit_get(&unit, db, &scope, id, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_unit_get(&unit, db, &narrow, id, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_unit_named(&unit, db, &narrow, XJ_STR("市教育局"), t->pool), XJ_E_NOT_FOUND);
    must_ok(xj_unit_find(&found, db, &scope, XJ_STR("市教育局")));
    assert_int_equal(found, 0);
    scope = xj_scope_all(tenant);
    must_ok(xj_unit_find(&found, db, &scope, XJ_STR("市教育局")));
    assert_int_equal(found, id);
}

XJTEST_STORE(test_unit_resolve__refuses_what_is_no_name)
{
    char longest[XJ_UNIT_NAME_MAX + 2];
    xj_str name = XJ_STR("  ");
    int64_t id, tenant;
    orgtest_call call = {.what = ORG_RESOLVE, .names = &name, .ids = &id, .n = 1};

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    memset(longest, 'x', sizeof longest);
    name = xj_str_of(longest, XJ_UNIT_NAME_MAX + 1);
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    name.len--;
    must_ok(orgtest_do(t, tenant, &call));
    call.n = 0;
    must_ok(orgtest_do(t, tenant, &call));
}

static size_t
list(xj_unit **items, xjtest_store *t, xj_db *db, const xj_scope *scope, xj_unit_query query)
{
    size_t n;

    must_ok(xj_unit_list(items, &n, db, scope, &query, t->pool));
    return n;
}

XJTEST_STORE(test_unit_list__filters_and_pages)
{
    static const char *const names[] = {"市教育局", "市卫生健康委", "市妇联", "各县市区",
                                        "县教育局"};
    int64_t tenant, other, chosen;
    xj_scope scope, one;
    xj_unit *all, *page;
    xj_db *db;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    for (size_t i = 0; i < 5; i++)
        orgtest_unit(t, tenant, names[i]);
    orgtest_unit(t, other, "市体育局");
    scope = xj_scope_all(tenant);
    db = orgtest_read(t);
    assert_int_equal(list(&all, t, db, &scope, (xj_unit_query){.kind = -1, .limit = 100}), 5);
    for (size_t i = 1; i < 5; i++)
        assert_true(xj_str_cmp(all[i - 1].name, all[i].name) < 0);
    /* pages of two are the same, one behind the other */
    n = list(&page, t, db, &scope, (xj_unit_query){.kind = -1, .limit = 2});
    assert_int_equal(n, 2);
    n = list(&page, t, db, &scope, (xj_unit_query){.kind = -1, .limit = 9, .after = page[1].id});
    assert_int_equal(n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(page[i].id, all[i + 2].id);
    n = list(&page, t, db, &scope, (xj_unit_query){.kind = -1, .limit = 9, .text = XJ_STR("教育")});
    assert_int_equal(n, 2);
    n = list(&page, t, db, &scope, (xj_unit_query){.kind = XJ_UNIT_MASS, .limit = 9});
    assert_int_equal(n, 1);
    assert_str(page[0].name, "市妇联");
    chosen = all[3].id;
    one = (xj_scope){.tenant = tenant, .units = &chosen, .nunits = 1};
    assert_int_equal(list(&page, t, db, &one, (xj_unit_query){.kind = -1, .limit = 9}), 1);
    assert_int_equal(page[0].id, chosen);
}

XJTEST_STORE(test_group_set__members_are_those_and_no_others)
{
    int64_t tenant, group, a, b, ids[2];
    orgtest_call call = {.what = ORG_GROUP};
    xj_scope scope, other;
    xj_unit *items;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    group = orgtest_unit(t, tenant, "各县市区");
    a = orgtest_unit(t, tenant, "岚溪县人民政府");
    b = orgtest_unit(t, tenant, "云湖区人民政府");
    call.x = group;
    call.ids = ids;
    ids[0] = a;
    ids[1] = b;
    call.n = 2;
    must_ok(orgtest_do(t, tenant, &call));
    ids[0] = ids[1] = b;
    must_ok(orgtest_do(t, tenant, &call));
    scope = xj_scope_all(tenant);
    must_ok(xj_group_members(&items, &n, orgtest_read(t), &scope, group, t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(items[0].id, b);

    ids[0] = group;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    ids[0] = 1;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_NOT_FOUND);
    call.x = a;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    call.x = group;
    call.n = XJ_GROUP_MEMBERS_MAX + 1;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_TOO_LARGE);
    other = xj_scope_all(tenant + 1);
    must_fail(xj_group_members(&items, &n, orgtest_read(t), &other, group, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(xj_group_members(&items, &n, orgtest_read(t), &scope, a, t->pool), XJ_E_BAD_INPUT);
}

static xj_error *
resolve_one(xj_tx *tx, void *args, xj_buf *answer)
{
    orgtest_call *call = args;

    (void)answer;
    return xj_unit_resolve(&call->id, tx, call->a);
}

XJTEST_STORE(test_unit_resolve__of_one_name_is_the_same)
{
    orgtest_call call = {.a = XJ_STR("市教育局")};
    int64_t tenant;
    xj_str body;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(xjtest_do(&body, t, tenant, resolve_one, &call));
    assert_int_equal(orgtest_unit(t, tenant, "市教育局"), call.id);
    must_ok(xjtest_do(&body, t, tenant, resolve_one, &call));
    assert_int_equal(orgtest_unit(t, tenant, "市教育局"), call.id);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_unit_resolve__makes_a_name_once),
        XJTEST_BOTH(test_unit_get__not_outside_the_scope),
        XJTEST_BOTH(test_unit_resolve__refuses_what_is_no_name),
        XJTEST_BOTH(test_unit_list__filters_and_pages),
        XJTEST_BOTH(test_group_set__members_are_those_and_no_others),
        XJTEST_BOTH(test_unit_resolve__of_one_name_is_the_same),
    };

    return xjtest_store_main(tests);
}
