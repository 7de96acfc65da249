#include "org/session.h"

#include "base/cal.h"
#include "org/password.h"
#include "orgtest.h"

#define SECOND ((int64_t)1000000)
#define BEGIN (1600000000 * SECOND)

typedef struct fixture {
    xj_sessions *sessions;
    xj_person person;
    xj_str token;
} fixture;

/* A person, signed in at BEGIN; sessions idle 1000 s, end after 5000 s, are kept 10 s in memory. */
static fixture
sign_in(xjtest_store *t)
{
    xj_sessions_options options = {.idle_seconds = 1000, .max_seconds = 5000, .cached_seconds = 10};
    fixture f;
    int64_t tenant, id;

    must_ok(xj_password_start());
    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_person(&id, t, tenant, "wang", "王明", XJ_STR("h")));
    f.person = (xj_person){id, tenant, XJ_STR("wang"), XJ_STR("王明"), false};
    f.sessions = xj_sessions_new(t->store, &options, t->open_pool);
    xj_now_set(BEGIN);
    must_ok(xj_session_start(&f.token, f.sessions, &f.person, XJ_STR("127.0.0.1"),
                             XJ_STR("Firefox"), t->pool));
    return f;
}

XJTEST_STORE(test_session_get__knows_its_token_alone)
{
    fixture f = sign_in(t);
    xj_session session;
    char other[XJ_TOKEN_LEN + 1];

    assert_int_equal(f.token.len, XJ_TOKEN_LEN);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    assert_int_equal(session.tenant, f.person.tenant);
    assert_int_equal(session.person, f.person.id);
    assert_string_equal(session.name, "wang");
    assert_string_equal(session.display_name, "王明");
    memcpy(other, f.token.data, XJ_TOKEN_LEN);
    other[5] = other[5] == 'A' ? 'B' : 'A';
    must_fail(xj_session_get(&session, f.sessions, xj_str_of(other, XJ_TOKEN_LEN), t->pool),
              XJ_E_UNAUTHENTICATED);
    must_fail(xj_session_get(&session, f.sessions, xj_str_sub(f.token, 0, 42), t->pool),
              XJ_E_UNAUTHENTICATED);
    must_fail(xj_session_get(&session, f.sessions, XJ_STR(""), t->pool), XJ_E_UNAUTHENTICATED);
    must_fail(xj_session_get(&session, f.sessions,
                             XJ_STR("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"), t->pool),
              XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

XJTEST_STORE(test_session_get__idle_ends_it)
{
    fixture f = sign_in(t);
    xj_session session;

    xj_now_set(BEGIN + 999 * SECOND);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    /* that counted as use, so it goes on; the note of it is a command behind which this one waits
     */
    {
        int64_t id;

        must_ok(orgtest_person(&id, t, f.person.tenant, "li", "", XJ_STR("h")));
    }
    xj_now_set(BEGIN + 1900 * SECOND);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    xj_now_set(BEGIN + 1900 * SECOND + 1001 * SECOND);
    must_fail(xj_session_get(&session, f.sessions, f.token, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

XJTEST_STORE(test_session_get__ends_however_busy)
{
    fixture f = sign_in(t);
    xj_session session;
    int64_t id;

    for (int64_t s = 0; s < 5000; s += 500) {
        char name[32];

        xj_now_set(BEGIN + s * SECOND);
        must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
        snprintf(name, sizeof name, "p%d", (int)s);
        must_ok(orgtest_person(&id, t, f.person.tenant, name, "", XJ_STR("h")));
    }
    xj_now_set(BEGIN + 4999 * SECOND);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    xj_now_set(BEGIN + 5000 * SECOND);
    must_fail(xj_session_get(&session, f.sessions, f.token, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

static xj_error *
end_it(xjtest_store *t, xj_session *session)
{
    xj_str body;

    return xjtest_do(&body, t, session->tenant, xj_session_end_run, session);
}

XJTEST_STORE(test_session_end__and_forget_end_it_at_once)
{
    fixture f = sign_in(t);
    xj_session session;

    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    must_ok(end_it(t, &session));
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool)); /* from memory, some seconds */
    xj_session_forget(f.sessions, f.token);
    must_fail(xj_session_get(&session, f.sessions, f.token, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

XJTEST_STORE(test_session_get__memory_lasts_some_seconds)
{
    fixture f = sign_in(t);
    xj_session session;

    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    must_ok(end_it(t, &session));
    xj_now_set(BEGIN + 9 * SECOND);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    xj_now_set(BEGIN + 10 * SECOND);
    must_fail(xj_session_get(&session, f.sessions, f.token, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

XJTEST_STORE(test_session__ends_with_the_account)
{
    fixture f = sign_in(t);
    xj_session session;
    xj_str second;
    orgtest_call call = {.what = ORG_PASSWORD, .a = XJ_STR("h2"), .x = f.person.id};

    must_ok(orgtest_do(t, f.person.tenant, &call));
    must_fail(xj_session_get(&session, f.sessions, f.token, t->pool), XJ_E_UNAUTHENTICATED);
    must_ok(xj_session_start(&second, f.sessions, &f.person, XJ_STR("::1"), XJ_STR_NONE, t->pool));
    must_ok(xj_session_get(&session, f.sessions, second, t->pool));
    call = (orgtest_call){.what = ORG_DISABLE, .x = f.person.id, .y = 1};
    must_ok(orgtest_do(t, f.person.tenant, &call));
    xj_session_forget(f.sessions, XJ_STR_NONE);
    must_fail(xj_session_get(&session, f.sessions, second, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

XJTEST_STORE(test_session_end_all__keeps_one)
{
    fixture f = sign_in(t);
    xj_session first, session;
    xj_session_row *items;
    xj_str second;
    size_t n;
    orgtest_call call = {.what = ORG_PASSWORD, .a = XJ_STR("h2"), .x = f.person.id};

    must_ok(xj_session_start(&second, f.sessions, &f.person, XJ_STR("::1"), XJ_STR_NONE, t->pool));
    must_ok(xj_session_get(&first, f.sessions, f.token, t->pool));
    must_ok(xj_session_list(&items, &n, orgtest_read(t), f.person.tenant, f.person.id, t->pool));
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        const bool is_first = items[i].id == first.id;

        assert_str(items[i].device, is_first ? "Firefox" : "");
        assert_str(items[i].address, is_first ? "127.0.0.1" : "::1");
    }
    call.y = first.id;
    must_ok(orgtest_do(t, f.person.tenant, &call));
    xj_session_forget(f.sessions, XJ_STR_NONE);
    must_ok(xj_session_get(&session, f.sessions, f.token, t->pool));
    must_fail(xj_session_get(&session, f.sessions, second, t->pool), XJ_E_UNAUTHENTICATED);
    xj_now_set(0);
}

static void
test_session_csrf__belongs_to_one_token(void **state)
{
    static const char one[] = "HqRwOgw9JXJmLo3BLImzZxUCrAf3QL34aG26P_ODTQY";
    static const char two[] = "IqRwOgw9JXJmLo3BLImzZxUCrAf3QL34aG26P_ODTQY";
    char csrf[XJ_CSRF_LEN + 1], again[XJ_CSRF_LEN + 1];
    xj_str given;

    (void)state;
    must_ok(xj_password_start());
    xj_session_csrf(csrf, xj_str_c(one));
    xj_session_csrf(again, xj_str_c(one));
    assert_string_equal(csrf, again);
    given = xj_str_c(csrf);
    assert_int_equal(given.len, XJ_CSRF_LEN);
    assert_true(xj_session_csrf_ok(xj_str_c(one), given));
    assert_false(xj_session_csrf_ok(xj_str_c(two), given));
    assert_false(xj_session_csrf_ok(xj_str_c(one), xj_str_c(one)));
    assert_false(xj_session_csrf_ok(xj_str_c(one), XJ_STR_NONE));
    assert_false(xj_session_csrf_ok(XJ_STR_NONE, given));
    assert_false(xj_session_csrf_ok(xj_str_c(one), xj_str_sub(given, 0, 42)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_session_get__knows_its_token_alone),
        XJTEST_BOTH(test_session_get__idle_ends_it),
        XJTEST_BOTH(test_session_get__ends_however_busy),
        XJTEST_BOTH(test_session_end__and_forget_end_it_at_once),
        XJTEST_BOTH(test_session_get__memory_lasts_some_seconds),
        XJTEST_BOTH(test_session__ends_with_the_account),
        XJTEST_BOTH(test_session_end_all__keeps_one),
        cmocka_unit_test(test_session_csrf__belongs_to_one_token),
    };

    return xjtest_store_main(tests);
}
