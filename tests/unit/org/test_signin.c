#include "org/signin.h"

#include "base/cal.h"
#include "org/password.h"
#include "orgtest.h"

#include <pthread.h>

#define SECOND ((int64_t)1000000)
#define BEGIN (1600000000 * SECOND)

typedef struct door {
    xj_sessions *sessions;
    xj_signin *signin;
    int64_t tenant, person;
} door;

static door
open_door(xjtest_store *t)
{
    xj_sessions_options options = {0};
    xj_str hash;
    door d;

    must_ok(xj_password_start());
    must_ok(orgtest_tenant(&d.tenant, t, "云沂市", "371300"));
    must_ok(xj_password_hash(&hash, XJ_STR("the right one"), t->pool));
    must_ok(orgtest_person(&d.person, t, d.tenant, "wang", "", hash));
    d.sessions = xj_sessions_new(t->store, &options, t->open_pool);
    must_ok(xj_signin_new(&d.signin, t->store, d.sessions, t->open_pool));
    xj_now_set(BEGIN);
    return d;
}

typedef struct waiting {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int done;
    xj_signin_result result;
} waiting;

static void
attempt_done(xj_attempt *attempt, xj_signin_result *result)
{
    waiting *w = attempt->arg;

    pthread_mutex_lock(&w->lock);
    w->done++;
    if (w->result.err == NULL)
        w->result = *result;
    else
        xj_error_clear(result->err);
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
}

/* One attempt, waited for; where it is let in *GOT is the token, or the hash of NEXT. */
static xj_error *
attempt_with(xj_str *got, door *d, const char *name, const char *password, const char *next,
             const char *peer, xj_pool *result)
{
    waiting w = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};
    xj_pool *pool = xj_pool_root();
    xj_attempt attempt = {.name = xj_str_c(name),
                          .password = xj_str_c(password),
                          .next_password = next == NULL ? XJ_STR_NONE : xj_str_c(next),
                          .peer = xj_str_c(peer),
                          .pool = pool,
                          .done = attempt_done,
                          .arg = &w};

    xj_signin_try(d->signin, &attempt);
    pthread_mutex_lock(&w.lock);
    while (w.done == 0)
        pthread_cond_wait(&w.wake, &w.lock);
    pthread_mutex_unlock(&w.lock);
    if (w.result.err == NULL)
        *got = xj_str_dup(next == NULL ? w.result.token : w.result.hash, result);
    xj_pool_destroy(pool);
    return w.result.err;
}

static xj_error *
attempt_it(xj_str *token, door *d, const char *name, const char *password, const char *peer,
           xj_pool *result)
{
    return attempt_with(token, d, name, password, NULL, peer, result);
}

XJTEST_STORE(test_signin_try__hashes_the_next_password_of_who_knows_the_old)
{
    door d = open_door(t);
    orgtest_call call = {.what = ORG_PASSWORD, .x = d.person};
    xj_str hash, token;

    must_fail(attempt_with(&hash, &d, "wang", "wrong", "the next one", "::1", t->pool),
              XJ_E_BAD_CREDENTIALS);
    must_ok(attempt_with(&hash, &d, "wang", "the right one", "the next one", "::1", t->pool));
    assert_true(xj_password_verify(hash, XJ_STR("the next one")));
    call.a = hash;
    must_ok(orgtest_do(t, d.tenant, &call));
    must_ok(attempt_with(&hash, &d, "wang", "the right one", "the next one", "::1", t->pool));
    must_ok(attempt_it(&token, &d, "wang", "the next one", "::1", t->pool));
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__lets_in_who_knows)
{
    door d = open_door(t);
    xj_session session;
    xj_str token;

    must_ok(attempt_it(&token, &d, "WANG", "the right one", "127.0.0.1", t->pool));
    must_ok(xj_session_get(&session, d.sessions, token, t->pool));
    assert_int_equal(session.person, d.person);
    must_fail(attempt_it(&token, &d, "wang", "the wrong one", "127.0.0.1", t->pool),
              XJ_E_BAD_CREDENTIALS);
    must_fail(attempt_it(&token, &d, "wang", "", "127.0.0.1", t->pool), XJ_E_BAD_CREDENTIALS);
    xj_now_set(0);
}

/* Five wrong passwords shut the door for NAME, whether it exists or not, and every time longer. */
static void
shut(xjtest_store *t, door *d, const char *name)
{
    int64_t now = BEGIN;
    xj_str token;

    for (int i = 0; i < XJ_GUARD_NAME_FREE; i++)
        must_fail(attempt_it(&token, d, name, "wrong", "10.0.0.1", t->pool), XJ_E_BAD_CREDENTIALS);
    for (int64_t seconds = XJ_GUARD_FIRST_SECONDS; seconds < 200; seconds *= 2) {
        must_fail(attempt_it(&token, d, name, "wrong", "10.0.0.2", t->pool), XJ_E_LOCKED_OUT);
        xj_now_set(now + seconds * SECOND - 1);
        must_fail(attempt_it(&token, d, name, "the right one", "10.0.0.3", t->pool),
                  XJ_E_LOCKED_OUT);
        now += seconds * SECOND;
        xj_now_set(now);
        must_fail(attempt_it(&token, d, name, "wrong", "10.0.0.4", t->pool), XJ_E_BAD_CREDENTIALS);
    }
    xj_now_set(BEGIN);
}

XJTEST_STORE(test_signin_try__shuts_for_a_name_and_longer_each_time)
{
    door d = open_door(t);
    xj_str token;

    shut(t, &d, "wang");
    /* another account is not locked out, and a day later nor is this one */
    must_fail(attempt_it(&token, &d, "li", "wrong", "10.0.0.9", t->pool), XJ_E_BAD_CREDENTIALS);
    xj_now_set(BEGIN + 2 * XJ_GUARD_FORGET_SECONDS * SECOND);
    must_ok(attempt_it(&token, &d, "wang", "the right one", "10.0.0.1", t->pool));
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__a_name_that_does_not_exist_looks_the_same)
{
    door d = open_door(t);

    shut(t, &d, "nobody");
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__success_forgets_failures)
{
    door d = open_door(t);
    xj_str token;

    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < XJ_GUARD_NAME_FREE - 1; i++)
            must_fail(attempt_it(&token, &d, "wang", "wrong", "10.0.0.1", t->pool),
                      XJ_E_BAD_CREDENTIALS);
        must_ok(attempt_it(&token, &d, "wang", "the right one", "10.0.0.1", t->pool));
    }
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__shuts_for_an_address)
{
    door d = open_door(t);
    xj_str token;
    char name[16];

    for (int i = 0; i < XJ_GUARD_PEER_FREE; i++) {
        snprintf(name, sizeof name, "n%d", i);
        must_fail(attempt_it(&token, &d, name, "wrong", "10.0.0.1", t->pool), XJ_E_BAD_CREDENTIALS);
    }
    must_fail(attempt_it(&token, &d, "wang", "the right one", "10.0.0.1", t->pool),
              XJ_E_LOCKED_OUT);
    must_ok(attempt_it(&token, &d, "wang", "the right one", "10.0.0.2", t->pool));
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__a_closed_account_stays_out)
{
    door d = open_door(t);
    orgtest_call call = {.what = ORG_DISABLE, .x = d.person, .y = 1};
    xj_str token;

    must_ok(orgtest_do(t, d.tenant, &call));
    must_fail(attempt_it(&token, &d, "wang", "the right one", "10.0.0.1", t->pool),
              XJ_E_BAD_CREDENTIALS);
    xj_now_set(0);
}

XJTEST_STORE(test_signin_try__more_than_may_wait_are_sent_away)
{
    door d = open_door(t);
    enum { MANY = XJ_SIGNIN_QUEUE + 40 };
    waiting w[MANY];
    xj_attempt attempts[MANY];
    xj_pool *pools[MANY];
    int refused = 0, wrong = 0;

    for (int i = 0; i < MANY; i++) {
        w[i] = (waiting){.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};
        pools[i] = xj_pool_root();
        attempts[i] = (xj_attempt){.name = xj_str_printf(pools[i], "n%d", i),
                                   .password = XJ_STR("wrong"),
                                   .peer = xj_str_printf(pools[i], "10.0.1.%d", i),
                                   .pool = pools[i],
                                   .done = attempt_done,
                                   .arg = &w[i]};
        xj_signin_try(d.signin, &attempts[i]);
    }
    for (int i = 0; i < MANY; i++) {
        pthread_mutex_lock(&w[i].lock);
        while (w[i].done == 0)
            pthread_cond_wait(&w[i].wake, &w[i].lock);
        pthread_mutex_unlock(&w[i].lock);
        refused += xj_error_is(w[i].result.err, XJ_E_TOO_MANY);
        wrong += xj_error_is(w[i].result.err, XJ_E_BAD_CREDENTIALS);
        assert_int_equal(w[i].done, 1);
        xj_error_clear(w[i].result.err);
        xj_pool_destroy(pools[i]);
    }
    assert_int_equal(refused + wrong, MANY);
    assert_true(refused > 0);
    assert_true(wrong >= XJ_SIGNIN_QUEUE);
    xj_now_set(0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_signin_try__lets_in_who_knows),
        XJTEST_BOTH(test_signin_try__hashes_the_next_password_of_who_knows_the_old),
        XJTEST_BOTH(test_signin_try__shuts_for_a_name_and_longer_each_time),
        XJTEST_BOTH(test_signin_try__a_name_that_does_not_exist_looks_the_same),
        XJTEST_BOTH(test_signin_try__success_forgets_failures),
        XJTEST_BOTH(test_signin_try__shuts_for_an_address),
        XJTEST_BOTH(test_signin_try__a_closed_account_stays_out),
        XJTEST_ON(test_signin_try__more_than_may_wait_are_sent_away, "sqlite"),
    };

    return xjtest_store_main(tests);
}
