#include "orgtest.h"

#include "org/password.h"
#include "org/setup.h"

static xj_setup_wish
wish_of(const xj_setup *setup)
{
    return (xj_setup_wish){.token = xj_str_c(xj_setup_token(setup)),
                           .tenant = XJ_STR("云沂市"),
                           .code = XJ_STR("379900"),
                           .person = XJ_STR("office"),
                           .display = XJ_STR("推进办"),
                           .password = XJ_STR("a long password 7"),
                           .programme = XJ_STR("健康云沂行动")};
}

static void
must_be_open(xjtest_store *t, xj_setup *setup, bool expected)
{
    bool open;

    must_ok(xj_setup_is_open(&open, setup, t->pool));
    assert_int_equal(open, expected);
}

XJTEST_STORE(test_setup_do__all_three_or_nothing)
{
    xj_setup *setup;
    xj_setup_wish wish;
    xj_tenant tenant;
    xj_scope scope;
    xj_programme programme;
    xj_person person;
    xj_str hash;
    xj_db *db;

    must_ok(xj_password_start());
    must_ok(xj_setup_new(&setup, t->store, t->pool));
    assert_int_equal(strlen(xj_setup_token(setup)), XJ_SETUP_TOKEN_LEN);
    must_be_open(t, setup, true);

    wish = wish_of(setup);
    wish.token = XJ_STR("aaaaa-aaaaa-aaaaa-aaaaa");
    must_fail(xj_setup_do(setup, &wish, t->pool), XJ_E_SETUP_TOKEN);
    wish.token = XJ_STR("");
    must_fail(xj_setup_do(setup, &wish, t->pool), XJ_E_SETUP_TOKEN);
    wish = wish_of(setup);
    wish.programme = XJ_STR("");
    must_fail(xj_setup_do(setup, &wish, t->pool), XJ_E_BAD_INPUT);
    must_be_open(t, setup, true);
    wish = wish_of(setup);
    wish.password = XJ_STR("short");
    must_fail(xj_setup_do(setup, &wish, t->pool), XJ_E_BAD_INPUT);

    wish = wish_of(setup);
    must_ok(xj_setup_do(setup, &wish, t->pool));
    must_be_open(t, setup, false);
    must_fail(xj_setup_do(setup, &wish, t->pool), XJ_E_SETUP_DONE);

    db = orgtest_read(t);
    must_ok(xj_tenant_find(&tenant, db, XJ_STR("379900"), t->pool));
    assert_str(tenant.name, "云沂市");
    scope = xj_scope_all(tenant.id);
    must_ok(xj_programme_find(&programme, db, &scope, XJ_STR("健康云沂行动"), t->pool));
    must_ok(xj_person_find(&person, &hash, db, XJ_STR("office"), t->pool));
    assert_int_equal(person.tenant, tenant.id);
    assert_true(xj_password_verify(hash, XJ_STR("a long password 7")));
}

XJTEST_STORE(test_setup_is_open__not_where_there_is_a_jurisdiction)
{
    xj_setup *before, *after;
    xj_setup_wish wish;
    int64_t tenant;

    must_ok(xj_password_start());
    must_ok(xj_setup_new(&before, t->store, t->pool));
    must_ok(orgtest_tenant(&tenant, t, "岚溪县", "379901"));
    must_be_open(t, before, false);
    wish = wish_of(before);
    must_fail(xj_setup_do(before, &wish, t->pool), XJ_E_SETUP_DONE);
    must_ok(xj_setup_new(&after, t->store, t->pool));
    assert_string_equal(xj_setup_token(after), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_setup_do__all_three_or_nothing),
        XJTEST_BOTH(test_setup_is_open__not_where_there_is_a_jurisdiction),
    };

    return xjtest_store_main(tests);
}
