#include "orgtest.h"

#define DAY XJ_STR("2026-06-30")

static xj_person_card *
page(size_t *n, xjtest_store *t, const xj_scope *scope, const xj_person_query *query)
{
    xj_person_card *items;

    must_ok(xj_person_page(&items, n, orgtest_read(t), scope, DAY, query, t->pool));
    return items;
}

XJTEST_STORE(test_person_page__pages_by_name_and_sees_the_scope)
{
    int64_t tenant, other, a, b, unit;
    orgtest_call post = {.what = ORG_POST, .post = {.role = XJ_ROLE_OFFICER}};
    xj_person_query query = {.limit = 1};
    xj_person_card *items, card;
    xj_scope all, own;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    must_ok(orgtest_person(&b, t, tenant, "b", "乙", XJ_STR("h")));
    must_ok(orgtest_person(&a, t, tenant, "A", "甲", XJ_STR("h")));
    must_ok(orgtest_person(&unit, t, other, "c", "丙", XJ_STR("h")));
    unit = orgtest_unit(t, tenant, "市教育局");
    post.post.person = b;
    post.post.unit = unit;
    must_ok(orgtest_do(t, tenant, &post));
    all = xj_scope_all(tenant);
    items = page(&n, t, &all, &query);
    assert_int_equal(n, 1);
    assert_int_equal(items[0].person.id, a);
    query.after = xj_person_key(&items[0].person, t->pool);
    query.after_id = a;
    query.limit = 9;
    items = page(&n, t, &all, &query);
    assert_int_equal(n, 1);
    assert_int_equal(items[0].person.id, b);

    own = (xj_scope){.tenant = tenant, .units = &unit, .nunits = 1};
    query = (xj_person_query){.limit = 9};
    items = page(&n, t, &own, &query);
    assert_int_equal(n, 1);
    assert_int_equal(items[0].person.id, b);
    must_fail(xj_person_card_get(&card, orgtest_read(t), &own, DAY, a, t->pool), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_person_change__sets_what_is_given_and_names_the_version)
{
    int64_t tenant, id;
    orgtest_call call = {.what = ORG_PERSON_CHANGE, .y = 1, .set = {.phone = XJ_STR("0539")}};
    xj_person_card card;
    xj_scope all;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_person(&id, t, tenant, "a", "甲", XJ_STR("h")));
    all = xj_scope_all(tenant);
    call.x = id;
    must_ok(orgtest_do(t, tenant, &call));
    must_fail(orgtest_do(t, tenant, &call), XJ_E_STALE);
    call.y = 2;
    call.set = (xj_person_change){.display_name = XJ_STR("")};
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    call.set = (xj_person_change){.phone = XJ_STR(" 1")};
    must_fail(orgtest_do(t, tenant, &call), XJ_E_BAD_INPUT);
    call.set = (xj_person_change){.phone = XJ_STR(""), .mobile = XJ_STR("139")};
    must_ok(orgtest_do(t, tenant, &call));
    must_ok(xj_person_card_get(&card, orgtest_read(t), &all, DAY, id, t->pool));
    assert_null(card.phone.data);
    assert_str(card.mobile, "139");
    assert_str(card.person.display_name, "甲");
    assert_int_equal(card.version, 3);
    call.x = 77;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_person_page__pages_by_name_and_sees_the_scope),
        XJTEST_BOTH(test_person_change__sets_what_is_given_and_names_the_version),
    };

    return xjtest_store_main(tests);
}
