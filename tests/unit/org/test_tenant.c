#include "orgtest.h"

XJTEST_STORE(test_tenant_add__is_found_by_code_and_by_name)
{
    int64_t id;
    xj_tenant found, *all;
    size_t n;
    xj_db *db;

    must_ok(orgtest_tenant(&id, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&id, t, "岚溪县", "own-1"));
    db = orgtest_read(t);
    must_ok(xj_tenant_find(&found, db, XJ_STR("own-1"), t->pool));
    assert_int_equal(found.id, id);
    assert_str(found.name, "岚溪县");
    must_ok(xj_tenant_find(&found, db, XJ_STR("云沂市"), t->pool));
    assert_str(found.code, "371300");
    must_ok(xj_tenant_get(&found, db, id, t->pool));
    assert_str(found.code, "own-1");
    must_ok(xj_tenant_list(&all, &n, db, t->pool));
    assert_int_equal(n, 2);
    assert_str(all[0].code, "371300");
    must_fail(xj_tenant_find(&found, db, XJ_STR("云沂"), t->pool), XJ_E_NOT_FOUND);
    must_fail(xj_tenant_get(&found, db, id + 1, t->pool), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_tenant_add__name_and_code_are_unique)
{
    int64_t id;

    must_ok(orgtest_tenant(&id, t, "云沂市", "371300"));
    must_fail(orgtest_tenant(&id, t, "云沂市", "371301"), XJ_E_CONFLICT);
    must_fail(orgtest_tenant(&id, t, "云湖区", "371300"), XJ_E_CONFLICT);
    must_ok(orgtest_tenant(&id, t, "云湖区", "371301"));
}

XJTEST_STORE(test_tenant_add__refuses_what_is_no_code)
{
    static const char *const wrong[] = {"",   "12345",   "1234567890", "12345a",
                                        "-a", "a b",     "a_b",        "abcdefghijklmnopq",
                                        "市", "37130０", "371300\n"};
    static const char *const right[] = {"123456", "123456789",        "a",
                                        "Z9",     "abcdefghijklmnop", "a-1-b"};
    int64_t id;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        must_fail(orgtest_tenant(&id, t, "云沂市", wrong[i]), XJ_E_BAD_INPUT);
    must_fail(orgtest_tenant(&id, t, "", "371300"), XJ_E_BAD_INPUT);
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        must_ok(orgtest_tenant(&id, t, right[i], right[i]));
}

XJTEST_STORE(test_programme_add__lives_in_one_jurisdiction)
{
    int64_t here, there;
    orgtest_call call = {.what = ORG_PROGRAMME, .a = XJ_STR("健康行动 2020")};
    xj_scope scope, other;
    xj_programme found, *all;
    size_t n;
    xj_db *db;

    must_ok(orgtest_tenant(&here, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&there, t, "岚溪县", "371301"));
    must_ok(orgtest_do(t, here, &call));
    must_fail(orgtest_do(t, here, &call), XJ_E_CONFLICT);
    must_ok(orgtest_do(t, there, &call)); /* the same name elsewhere is another */
    scope = xj_scope_all(here);
    other = xj_scope_all(there);
    db = orgtest_read(t);
    must_ok(xj_programme_get(&found, db, &other, call.id, t->pool));
    must_fail(xj_programme_get(&found, db, &scope, call.id, t->pool), XJ_E_NOT_FOUND);
    must_ok(xj_programme_find(&found, db, &scope, call.a, t->pool));
    assert_int_not_equal(found.id, call.id);
    must_fail(xj_programme_find(&found, db, &scope, XJ_STR("国卫"), t->pool), XJ_E_NOT_FOUND);
    must_ok(xj_programme_list(&all, &n, db, &scope, t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(all[0].tenant, here);
}

XJTEST_STORE(test_programme_add__has_a_limit)
{
    int64_t tenant;
    orgtest_call call = {.what = ORG_PROGRAMME};
    char name[32];

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    for (int i = 0; i < XJ_PROGRAMMES_MAX; i++) {
        snprintf(name, sizeof name, "p%d", i);
        call.a = xj_str_c(name);
        must_ok(orgtest_do(t, tenant, &call));
    }
    call.a = XJ_STR("one more");
    must_fail(orgtest_do(t, tenant, &call), XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_tenant_add__is_found_by_code_and_by_name),
        XJTEST_BOTH(test_tenant_add__name_and_code_are_unique),
        XJTEST_BOTH(test_tenant_add__refuses_what_is_no_code),
        XJTEST_BOTH(test_programme_add__lives_in_one_jurisdiction),
        XJTEST_BOTH(test_programme_add__has_a_limit),
    };

    return xjtest_store_main(tests);
}
