#include "org/signin.h"

#include "base/cal.h"
#include "base/log.h"
#include "org/org_priv.h"
#include "org/password.h"

#include <pthread.h>
#include <sodium.h>

#define SECOND ((int64_t)1000000)

struct xj_signin {
    xj_store *store;
    xj_sessions *sessions;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    xj_attempt *first, **last; /* the queue, under LOCK */
    int waiting;
    bool ending;
    pthread_t threads[XJ_SIGNIN_THREADS];
    int nthreads;
};

/* ---- the guard ---- */

typedef struct guard {
    const char *kind;
    int free;
    unsigned char hash[XJ_ORG__HASH_LEN];
    int64_t failures, last_at, until_at;
} guard;

static void
guard_init(guard *g, const char *kind, int free_failures, xj_str key)
{
    *g = (guard){.kind = kind, .free = free_failures};
    xj_org__hash(g->hash, key);
}

static xj_str
guard_key(const guard *g)
{
    return xj_str_of((const char *)g->hash, sizeof g->hash);
}

static xj_error *
guard_read(guard *g, xj_db *db, int64_t now)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_GUARD_GET, "sb", xj_str_c(g->kind), guard_key(g)));
    XJ_TRY(xj_rows_next(rows, &more));
    g->failures = more ? xj_row_int(rows, 0) : 0;
    g->last_at = more ? xj_row_int(rows, 1) : 0;
    g->until_at = more ? xj_row_int(rows, 2) : 0;
    xj_rows_close(rows);
    if (g->last_at + XJ_GUARD_FORGET_SECONDS * SECOND <= now)
        g->failures = g->until_at = 0;
    return NULL;
}

/* One failure more: past the free ones the door shuts, each time for twice as long. */
static void
guard_fail(guard *g, int64_t now)
{
    int64_t seconds = XJ_GUARD_FIRST_SECONDS;

    g->failures++;
    g->last_at = now;
    if (g->failures < g->free)
        return;
    for (int64_t i = g->free; i < g->failures && seconds < XJ_GUARD_MOST_SECONDS; i++)
        seconds *= 2;
    if (seconds > XJ_GUARD_MOST_SECONDS)
        seconds = XJ_GUARD_MOST_SECONDS;
    g->until_at = now + seconds * SECOND;
}

typedef struct guards {
    guard name, peer;
    int64_t person; /* 0: no such account */
} guards;

/* Failures are journalled in the server's own chain: a wrong name belongs to no jurisdiction, and a
 * right one must look the same. */
static xj_error *
fail_run(xj_tx *tx, void *args, xj_buf *answer)
{
    guards *g = args;
    xj_db *db = xj_tx_db(tx);
    int64_t now = xj_tx_now(tx);
    guard *both[] = {&g->name, &g->peer};

    (void)answer;
    XJ_TRY(xj_db_run(db, SQL_GUARD_REMOVE_OLD, "i", now - XJ_GUARD_FORGET_SECONDS * SECOND));
    for (size_t i = 0; i < 2; i++) {
        XJ_TRY(guard_read(both[i], db, now));
        guard_fail(both[i], now);
        XJ_TRY(xj_db_run(db, SQL_GUARD_SET, "sbiii", xj_str_c(both[i]->kind), guard_key(both[i]),
                         both[i]->failures, both[i]->last_at, both[i]->until_at));
    }
    if (g->person != 0)
        xj_tx_subject(tx, "person", g->person);
    return NULL;
}

static xj_error *
clear_run(xj_tx *tx, void *args, xj_buf *answer)
{
    const guards *g = args;

    (void)answer;
    xj_tx_subject(tx, "person", g->person);
    return xj_db_run(xj_tx_db(tx), SQL_GUARD_REMOVE, "sb", xj_str_c(g->name.kind),
                     guard_key(&g->name));
}

static xj_error *
do_server_command(xj_signin *signin, const char *name, xj_command_fn run, guards *g,
                  const xj_attempt *attempt)
{
    xj_command command = {
        .name = name,
        .actor_name = XJ_STR("sign-in"),
        .payload = xj_str_printf(attempt->pool, "{\"peer\":\"" XJ_FMT "\"}", XJ_ARG(attempt->peer)),
        .run = run,
        .args = g};
    xj_str body;

    return xj_store_do(signin->store, &command, &body, NULL, attempt->pool);
}

/* ---- one attempt ---- */

typedef struct known {
    bool is;
    xj_person person;
    xj_str hash;
    guards guards;
} known;

static xj_error *
look_up(known *k, xj_signin *signin, const xj_attempt *attempt, int64_t now)
{
    xj_pool *scratch = xj_pool_child(attempt->pool);
    xj_reader *reader;
    xj_error *err = xj_reader_begin(&reader, signin->store, scratch);

    if (err == NULL) {
        xj_db *db = xj_reader_db(reader);

        err = xj_person_find(&k->person, &k->hash, db, attempt->name, attempt->pool);
        k->is = err == NULL && !k->person.disabled;
        if (xj_error_is(err, XJ_E_NOT_FOUND)) {
            xj_error_clear(err);
            err = NULL;
        }
        if (err == NULL)
            err = guard_read(&k->guards.name, db, now);
        if (err == NULL)
            err = guard_read(&k->guards.peer, db, now);
    }
    xj_pool_destroy(scratch);
    return err;
}

static xj_error *
check(xj_signin_result *result, xj_signin *signin, xj_attempt *attempt)
{
    known k = {0};
    int64_t now = xj_now();
    int64_t until;
    bool right;

    guard_init(&k.guards.name, "name", XJ_GUARD_NAME_FREE,
               xj_org__name_key(attempt->name, attempt->pool));
    guard_init(&k.guards.peer, "peer", XJ_GUARD_PEER_FREE, attempt->peer);
    XJ_TRY(look_up(&k, signin, attempt, now));
    until = k.guards.name.until_at > k.guards.peer.until_at ? k.guards.name.until_at
                                                            : k.guards.peer.until_at;
    if (until > now) {
        xj_log(XJ_LOG_WARN, "sign-in while locked out", "peer", attempt->peer, NULL);
        return xj_error_new(XJ_E_LOCKED_OUT, "too many failed attempts; try again in %lld seconds",
                            (long long)((until - now + SECOND - 1) / SECOND));
    }
    right = xj_password_verify(k.is ? k.hash : XJ_STR_NONE, attempt->password) ||
            (attempt->next_password.len > 0 &&
             xj_password_verify(k.is ? k.hash : XJ_STR_NONE, attempt->next_password));
    k.guards.person = k.is ? k.person.id : 0;
    if (!right) {
        XJ_TRY(do_server_command(signin, "session.refuse", fail_run, &k.guards, attempt));
        return xj_error_new(XJ_E_BAD_CREDENTIALS, "the name or the password is wrong");
    }
    if (k.guards.name.failures > 0)
        XJ_TRY(do_server_command(signin, "session.unlock", clear_run, &k.guards, attempt));
    result->person = k.person;
    if (attempt->next_password.len > 0)
        return xj_password_hash(&result->hash, attempt->next_password, attempt->pool);
    return xj_session_start(&result->token, signin->sessions, &k.person, attempt->peer,
                            attempt->device, attempt->pool);
}

/* A copy of *SECRET that can be wiped, in its place. */
static char *
own(xj_str *secret, xj_pool *pool)
{
    char *copy = XJ_NEW_ARRAY(pool, char, secret->len + 1);

    if (secret->len > 0)
        memcpy(copy, secret->data, secret->len);
    *secret = xj_str_of(copy, secret->len);
    return copy;
}

static void
work(xj_signin *signin, xj_attempt *attempt)
{
    xj_signin_result result = {0};
    char *password = own(&attempt->password, attempt->pool);
    char *next = own(&attempt->next_password, attempt->pool);

    result.err = check(&result, signin, attempt);
    xj_wipe(password, attempt->password.len);
    xj_wipe(next, attempt->next_password.len);
    attempt->password = attempt->next_password = XJ_STR_NONE;
    attempt->done(attempt, &result);
}

/* ---- the door ---- */

static void *
door(void *arg)
{
    xj_signin *signin = arg;

    pthread_mutex_lock(&signin->lock);
    for (;;) {
        xj_attempt *attempt = signin->first;

        if (attempt != NULL) {
            signin->first = attempt->next;
            if (signin->first == NULL)
                signin->last = &signin->first;
            signin->waiting--;
            pthread_mutex_unlock(&signin->lock);
            work(signin, attempt);
            pthread_mutex_lock(&signin->lock);
        } else if (signin->ending) {
            break;
        } else {
            pthread_cond_wait(&signin->wake, &signin->lock);
        }
    }
    pthread_mutex_unlock(&signin->lock);
    return NULL;
}

static void
end_door(void *arg)
{
    xj_signin *signin = arg;

    pthread_mutex_lock(&signin->lock);
    signin->ending = true;
    pthread_cond_broadcast(&signin->wake);
    pthread_mutex_unlock(&signin->lock);
    for (int i = 0; i < signin->nthreads; i++)
        pthread_join(signin->threads[i], NULL);
    pthread_cond_destroy(&signin->wake);
    pthread_mutex_destroy(&signin->lock);
}

xj_error *
xj_signin_new(xj_signin **signin, xj_store *store, xj_sessions *sessions, xj_pool *pool)
{
    xj_signin *s = XJ_NEW(pool, xj_signin);

    XJ_TRY(xj_password_start());
    s->store = store;
    s->sessions = sessions;
    s->last = &s->first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    xj_pool_on_end(pool, end_door, s);
    for (; s->nthreads < XJ_SIGNIN_THREADS; s->nthreads++)
        if (pthread_create(&s->threads[s->nthreads], NULL, door, s) != 0)
            return xj_error_new(XJ_E_UNAVAILABLE, "a thread could not be started");
    *signin = s;
    return NULL;
}

void
xj_signin_try(xj_signin *signin, xj_attempt *attempt)
{
    xj_signin_result result = {0};
    bool full;

    attempt->next = NULL;
    pthread_mutex_lock(&signin->lock);
    full = signin->waiting >= XJ_SIGNIN_QUEUE || signin->ending;
    if (!full) {
        *signin->last = attempt;
        signin->last = &attempt->next;
        signin->waiting++;
        pthread_cond_signal(&signin->wake);
    }
    pthread_mutex_unlock(&signin->lock);
    if (full) {
        result.err = xj_error_new(XJ_E_TOO_MANY, "too many people sign in at once; try again");
        attempt->done(attempt, &result);
    }
}
