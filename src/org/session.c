#include "org/session.h"

#include "base/cal.h"
#include "base/log.h"
#include "base/vec.h"
#include "org/org_priv.h"

#include <pthread.h>
#include <sodium.h>

#define SECOND ((int64_t)1000000)
#define WAYS 4
#define SETS (XJ_SESSION_CACHED / WAYS)
#define LOCKS 16
#define B64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

typedef struct entry {
    unsigned char hash[XJ_TOKEN_HASH_LEN];
    int64_t until; /* 0: empty */
    xj_session session;
} entry;

/* The memory is a hash table of SETS buckets of WAYS places; bucket i is guarded by lock i % LOCKS.
 * GENERATION counts what was forgotten: a look-up that began before a sign-out is not kept. */
struct xj_sessions {
    xj_store *store;
    int64_t idle, max, cached; /* microseconds */
    entry *entries;
    pthread_mutex_t locks[LOCKS];
    atomic_uint_fast64_t generation;
};

static void
end_locks(void *arg)
{
    xj_sessions *sessions = arg;

    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&sessions->locks[i]);
}

xj_sessions *
xj_sessions_new(xj_store *store, const xj_sessions_options *options, xj_pool *pool)
{
    xj_sessions *sessions = XJ_NEW(pool, xj_sessions);

    sessions->store = store;
    sessions->idle = (options->idle_seconds == 0 ? 1800 : options->idle_seconds) * SECOND;
    sessions->max = (options->max_seconds == 0 ? 43200 : options->max_seconds) * SECOND;
    sessions->cached = (options->cached_seconds == 0 ? 10 : options->cached_seconds) * SECOND;
    sessions->entries = XJ_NEW_ARRAY(pool, entry, XJ_SESSION_CACHED);
    for (int i = 0; i < LOCKS; i++)
        pthread_mutex_init(&sessions->locks[i], NULL);
    atomic_init(&sessions->generation, 0);
    xj_pool_on_end(pool, end_locks, sessions);
    return sessions;
}

/* ---- tokens ---- */

/* True where TOKEN has the form of one; HASH is what the database knows it by. */
static bool
token_hash(unsigned char hash[XJ_TOKEN_HASH_LEN], xj_str token)
{
    unsigned char bytes[32];
    size_t len = 0;

    if (token.len != XJ_TOKEN_LEN ||
        sodium_base642bin(bytes, sizeof bytes, token.data, token.len, NULL, &len, NULL, B64) != 0 ||
        len != sizeof bytes)
        return false;
    crypto_hash_sha256(hash, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return true;
}

void
xj_session_csrf(char csrf[XJ_CSRF_LEN + 1], xj_str token)
{
    static const unsigned char purpose[] = "xingjian csrf 1";
    unsigned char mac[32];

    crypto_generichash(
        mac, sizeof mac, purpose, sizeof purpose - 1, (const unsigned char *)token.data,
        token.len > crypto_generichash_KEYBYTES_MAX ? crypto_generichash_KEYBYTES_MAX : token.len);
    sodium_bin2base64(csrf, XJ_CSRF_LEN + 1, mac, sizeof mac, B64);
}

bool
xj_session_csrf_ok(xj_str token, xj_str given)
{
    char csrf[XJ_CSRF_LEN + 1];

    if (given.len != XJ_CSRF_LEN || token.len != XJ_TOKEN_LEN)
        return false;
    xj_session_csrf(csrf, token);
    return sodium_memcmp(csrf, given.data, XJ_CSRF_LEN) == 0;
}

/* ---- the memory ---- */

static size_t
set_of(const unsigned char hash[XJ_TOKEN_HASH_LEN])
{
    return ((size_t)hash[0] | (size_t)hash[1] << 8) % SETS;
}

static bool
cache_find(xj_session *session, xj_sessions *sessions, const unsigned char *hash, int64_t now)
{
    size_t set = set_of(hash);
    bool found = false;

    pthread_mutex_lock(&sessions->locks[set % LOCKS]);
    for (size_t i = set * WAYS; i < (set + 1) * WAYS && !found; i++) {
        entry *e = &sessions->entries[i];

        found = e->until > now && memcmp(e->hash, hash, XJ_TOKEN_HASH_LEN) == 0;
        if (found)
            *session = e->session;
    }
    pthread_mutex_unlock(&sessions->locks[set % LOCKS]);
    return found;
}

/* Keep SESSION, in the place of the entry that ends first, unless something was forgotten since
 * GENERATION. */
static void
cache_put(xj_sessions *sessions, const unsigned char *hash, const xj_session *session,
          uint64_t generation, int64_t now)
{
    size_t set = set_of(hash);
    entry *place = &sessions->entries[set * WAYS];

    pthread_mutex_lock(&sessions->locks[set % LOCKS]);
    for (size_t i = set * WAYS; i < (set + 1) * WAYS; i++) {
        entry *e = &sessions->entries[i];

        if (memcmp(e->hash, hash, XJ_TOKEN_HASH_LEN) == 0) {
            place = e;
            break;
        }
        if (e->until < place->until)
            place = e;
    }
    if (atomic_load(&sessions->generation) == generation) {
        memcpy(place->hash, hash, XJ_TOKEN_HASH_LEN);
        place->session = *session;
        place->until = now + sessions->cached;
        if (place->until > session->expires_at)
            place->until = session->expires_at;
    }
    pthread_mutex_unlock(&sessions->locks[set % LOCKS]);
}

static void
cache_drop(xj_sessions *sessions, size_t set, const unsigned char *hash)
{
    pthread_mutex_lock(&sessions->locks[set % LOCKS]);
    for (size_t i = set * WAYS; i < (set + 1) * WAYS; i++)
        if (hash == NULL || memcmp(sessions->entries[i].hash, hash, XJ_TOKEN_HASH_LEN) == 0)
            sessions->entries[i].until = 0;
    pthread_mutex_unlock(&sessions->locks[set % LOCKS]);
}

void
xj_session_forget(xj_sessions *sessions, xj_str token)
{
    unsigned char hash[XJ_TOKEN_HASH_LEN];

    atomic_fetch_add(&sessions->generation, 1);
    if (token.data == NULL)
        for (size_t set = 0; set < SETS; set++)
            cache_drop(sessions, set, NULL);
    else if (token_hash(hash, token))
        cache_drop(sessions, set_of(hash), hash);
}

/* ---- seen ---- */

static xj_error *
seen_run(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_session *session = args;

    (void)answer;
    xj_tx_subject(tx, "session", session->id);
    return xj_db_run(xj_tx_db(tx), SQL_SESSION_SEEN, "iii", session->seen_at, session->tenant,
                     session->id);
}

static void
seen_done(xj_command *command, const xj_answer *answer, void *arg)
{
    (void)arg;
    if (answer->err != NULL) {
        xj_log_error("session.seen", answer->err, XJ_STR_NONE);
        xj_error_clear(answer->err);
    }
    xj_pool_destroy(command->pool);
}

/* Store that SESSION was used now.  Nobody waits for it: where it fails the session ends a little
 * early, and the log says why. */
static void
post_seen(xj_sessions *sessions, const xj_session *session)
{
    xj_pool *pool = xj_pool_root();
    xj_session *args = XJ_NEW(pool, xj_session);
    xj_command *command = XJ_NEW(pool, xj_command);
    xj_error *err;

    *args = *session;
    *command = (xj_command){.name = "session.seen",
                            .tenant = session->tenant,
                            .actor = session->person,
                            .actor_name = xj_str_dup(xj_str_c(session->name), pool),
                            .run = seen_run,
                            .args = args,
                            .pool = pool,
                            .done = seen_done};
    err = xj_store_post(sessions->store, command);
    if (err != NULL) {
        xj_log_error("session.seen", err, XJ_STR_NONE);
        xj_error_clear(err);
        xj_pool_destroy(pool);
    }
}

/* ---- looking up ---- */

static xj_error *
refuse(void)
{
    return xj_error_new(XJ_E_UNAUTHENTICATED, "nobody is signed in");
}

static xj_error *
read_session(xj_session *session, xj_store *store, const unsigned char *hash, xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_str name, display;
    bool more;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_SESSION_BY_TOKEN, "b",
                       xj_str_of((const char *)hash, XJ_TOKEN_HASH_LEN)));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more || xj_row_int(rows, 7) != 0)
        return refuse();
    name = xj_row_str(rows, 5);
    display = xj_row_str(rows, 6);
    XJ_ASSERT(name.len < sizeof session->name && display.len < sizeof session->display_name);
    *session = (xj_session){.id = xj_row_int(rows, 0),
                            .tenant = xj_row_int(rows, 1),
                            .person = xj_row_int(rows, 2),
                            .seen_at = xj_row_int(rows, 3),
                            .expires_at = xj_row_int(rows, 4)};
    memcpy(session->name, name.data, name.len);
    memcpy(session->display_name, display.data, display.len);
    xj_rows_close(rows);
    XJ_TRY(xj_post_held(session->posts, &session->nposts, xj_reader_db(reader), session->tenant,
                        session->person, xj_org_day(xj_now())));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_session_get(xj_session *session, xj_sessions *sessions, xj_str token, xj_pool *scratch)
{
    unsigned char hash[XJ_TOKEN_HASH_LEN];
    int64_t now = xj_now();
    uint64_t generation = atomic_load(&sessions->generation);
    xj_pool *pool;
    xj_error *err;

    if (!token_hash(hash, token))
        return refuse();
    if (cache_find(session, sessions, hash, now))
        return NULL;
    pool = xj_pool_child(scratch);
    err = read_session(session, sessions->store, hash, pool);
    xj_pool_destroy(pool);
    XJ_TRY(err);
    if (session->expires_at <= now || session->seen_at + sessions->idle <= now)
        return refuse();
    if (now - session->seen_at > sessions->idle / 4) {
        session->seen_at = now;
        post_seen(sessions, session);
    }
    cache_put(sessions, hash, session, generation, now);
    return NULL;
}

/* ---- beginning and end ---- */

typedef struct start_args {
    const xj_person *person;
    xj_str peer, device;
    unsigned char hash[XJ_TOKEN_HASH_LEN];
    int64_t max;
} start_args;

static xj_error *
start_run(xj_tx *tx, void *args, xj_buf *answer)
{
    const start_args *a = args;
    int64_t id = xj_tx_next_id(tx), now = xj_tx_now(tx);

    (void)answer;
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_SESSION_REMOVE_ENDED, "ii", xj_tx_tenant(tx), now));
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_SESSION_ADD, "iibiiiiss", xj_tx_tenant(tx), id,
                     xj_str_of((const char *)a->hash, sizeof a->hash), a->person->id, now, now,
                     now + a->max, a->device, a->peer));
    xj_tx_subject(tx, "session", id);
    return NULL;
}

xj_error *
xj_session_start(xj_str *token, xj_sessions *sessions, const xj_person *person, xj_str peer,
                 xj_str device, xj_pool *result)
{
    unsigned char bytes[32];
    char text[XJ_TOKEN_LEN + 1];
    start_args *args = XJ_NEW(result, start_args);
    xj_command command = {.name = "session.start",
                          .tenant = person->tenant,
                          .actor = person->id,
                          .actor_name = person->name,
                          .payload =
                              xj_str_printf(result, "{\"peer\":\"" XJ_FMT "\"}", XJ_ARG(peer)),
                          .run = start_run,
                          .args = args};
    xj_str body;

    for (size_t i = 0; i < peer.len; i++)
        XJ_ASSERT(strchr("0123456789abcdefABCDEF.:", peer.data[i]) != NULL);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, B64);
    XJ_ASSERT(device.len <= XJ_DEVICE_MAX);
    args->person = person;
    args->peer = peer;
    args->device = device.data == NULL ? XJ_STR("") : device;
    args->max = sessions->max;
    crypto_hash_sha256(args->hash, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    XJ_TRY(xj_store_do(sessions->store, &command, &body, NULL, result));
    *token = xj_str_dup(xj_str_of(text, XJ_TOKEN_LEN), result);
    return NULL;
}

xj_error *
xj_session_end_run(xj_tx *tx, void *session, xj_buf *answer)
{
    const xj_session *s = session;

    (void)answer;
    xj_tx_subject(tx, "session", s->id);
    return xj_db_run(xj_tx_db(tx), SQL_SESSION_REMOVE, "ii", s->tenant, s->id);
}

xj_error *
xj_session_end_all(xj_tx *tx, int64_t person, int64_t kept)
{
    xj_tx_subject(tx, "person", person);
    return xj_db_run(xj_tx_db(tx), SQL_SESSION_REMOVE_OF_PERSON, "iii", xj_tx_tenant(tx), person,
                     kept);
}

/* ---- looking at them ---- */

static xj_session_row
session_row(const xj_rows *rows, xj_pool *result)
{
    return (xj_session_row){.id = xj_row_int(rows, 0),
                            .person = xj_row_int(rows, 1),
                            .created_at = xj_row_int(rows, 2),
                            .seen_at = xj_row_int(rows, 3),
                            .expires_at = xj_row_int(rows, 4),
                            .device = xj_row_text(rows, 5, result),
                            .address = xj_row_text(rows, 6, result)};
}

xj_error *
xj_session_list(xj_session_row **items, size_t *n, xj_db *db, int64_t tenant, int64_t person,
                xj_pool *result)
{
    XJ_VEC(xj_session_row) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_SESSION_OF_PERSON, "iii", tenant, person, xj_now()));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, session_row(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_session_row_get(xj_session_row *row, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SESSION_BY_ID, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such session");
    *row = session_row(rows, result);
    xj_rows_close(rows);
    return NULL;
}
