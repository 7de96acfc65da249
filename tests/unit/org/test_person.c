#include "orgtest.h"

XJTEST_STORE(test_person_add__name_is_unique_in_the_server)
{
    int64_t here, there, id, second;
    xj_person found, *all;
    xj_scope scope;
    xj_str hash;
    size_t n;
    xj_db *db;

    must_ok(orgtest_tenant(&here, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&there, t, "岚溪县", "371301"));
    must_ok(orgtest_person(&id, t, here, "Wang", "王明", XJ_STR("h1")));
    must_fail(orgtest_person(&second, t, there, "wANG", "", XJ_STR("h2")), XJ_E_CONFLICT);
    must_ok(orgtest_person(&second, t, there, "李", "", XJ_STR("h2")));
    db = orgtest_read(t);
    must_ok(xj_person_find(&found, &hash, db, XJ_STR("WANG"), t->pool));
    assert_int_equal(found.id, id);
    assert_int_equal(found.tenant, here);
    assert_str(found.name, "Wang");
    assert_str(found.display_name, "王明");
    assert_false(found.disabled);
    assert_str(hash, "h1");
    must_ok(xj_person_get(&found, db, there, second, t->pool));
    assert_str(found.display_name, "李");
    must_fail(xj_person_get(&found, db, here, second, t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_person_find(&found, &hash, db, XJ_STR("nobody"), t->pool), XJ_E_NOT_FOUND);
    scope = xj_scope_all(here);
    must_ok(xj_person_list(&all, &n, db, &scope, t->pool));
    assert_int_equal(n, 1);
}

XJTEST_STORE(test_person_add__refuses_what_is_no_name)
{
    static const char *const wrong[] = {"", "a b", "a　b", "a/b", "a\\b", "a\tb"};
    char sixty_five[66];
    int64_t tenant, id;

    memset(sixty_five, 'a', 65);
    sixty_five[65] = '\0';
    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_fail(orgtest_person(&id, t, tenant, wrong[i], "", XJ_STR("h")), XJ_E_BAD_INPUT);
    must_fail(orgtest_person(&id, t, tenant, sixty_five, "", XJ_STR("h")), XJ_E_BAD_INPUT);
    must_fail(orgtest_person(&id, t, tenant, "a", sixty_five, XJ_STR("h")), XJ_E_BAD_INPUT);
    must_ok(orgtest_person(&id, t, tenant, sixty_five + 1, "", XJ_STR("h")));
}

XJTEST_STORE(test_person_set__password_and_disabled)
{
    int64_t tenant, other, id;
    orgtest_call call = {.what = ORG_PASSWORD, .a = XJ_STR("h2")};
    xj_person found;
    xj_str hash;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    must_ok(orgtest_person(&id, t, tenant, "a", "", XJ_STR("h1")));
    call.x = id;
    must_fail(orgtest_do(t, other, &call), XJ_E_NOT_FOUND);
    must_ok(orgtest_do(t, tenant, &call));
    call.what = ORG_DISABLE;
    call.y = 1;
    must_fail(orgtest_do(t, other, &call), XJ_E_NOT_FOUND);
    must_ok(orgtest_do(t, tenant, &call));
    must_ok(xj_person_find(&found, &hash, orgtest_read(t), XJ_STR("a"), t->pool));
    assert_true(found.disabled);
    assert_str(hash, "h2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_person_add__name_is_unique_in_the_server),
        XJTEST_BOTH(test_person_add__refuses_what_is_no_name),
        XJTEST_BOTH(test_person_set__password_and_disabled),
    };

    return xjtest_store_main(tests);
}
