#include "org/setup.h"

#include "org/org_priv.h"
#include "org/password.h"

#include <pthread.h>
#include <sodium.h>

struct xj_setup {
    xj_store *store;
    pthread_mutex_t lock;
    atomic_bool done; /* once a jurisdiction was seen, it is never open again */
    char token[XJ_SETUP_TOKEN_LEN + 1];
};

static void
release(void *arg)
{
    xj_setup *setup = arg;

    xj_wipe(setup->token, sizeof setup->token);
    pthread_mutex_destroy(&setup->lock);
}

static xj_error *
has_tenant(bool *has, xj_db *db)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TENANT_COUNT, ""));
    XJ_TRY(xj_rows_next(rows, &more));
    *has = xj_row_int(rows, 0) > 0;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_setup_new(xj_setup **made, xj_store *store, xj_pool *pool)
{
    xj_setup *setup = XJ_NEW(pool, xj_setup);
    bool open;

    setup->store = store;
    pthread_mutex_init(&setup->lock, NULL);
    xj_pool_on_end(pool, release, setup);
    XJ_TRY(xj_setup_is_open(&open, setup, pool));
    if (open) {
        const xj_str token = xj_password_make(pool);

        XJ_ASSERT(token.len == XJ_SETUP_TOKEN_LEN);
        memcpy(setup->token, token.data, token.len);
    }
    *made = setup;
    return NULL;
}

xj_error *
xj_setup_is_open(bool *open, xj_setup *setup, xj_pool *scratch)
{
    xj_reader *reader;
    xj_error *err;
    bool has = true;

    *open = false;
    if (atomic_load(&setup->done))
        return NULL;
    XJ_TRY(xj_reader_begin(&reader, setup->store, scratch));
    err = has_tenant(&has, xj_reader_db(reader));
    xj_reader_end(reader);
    XJ_TRY(err);
    if (has)
        atomic_store(&setup->done, true);
    *open = !has;
    return NULL;
}

const char *
xj_setup_token(const xj_setup *setup)
{
    return setup->token;
}

/* ---- doing it ---- */

typedef struct work {
    const xj_setup_wish *wish;
    xj_str hash;
} work;

static xj_error *
refuse_done(void)
{
    return xj_error_new(XJ_E_SETUP_DONE, "the server has been set up already");
}

/* ERR with its field, "/code" or another, called CODE or NAME as in the form. */
static xj_error *
at(xj_error *err, const char *name, const char *code)
{
    if (err == NULL || xj_error_field(err) == NULL)
        return err;
    return xj_error_at(err, "%s", strcmp(xj_error_field(err), "/code") == 0 ? code : name);
}

static xj_error *
run_setup(xj_tx *tx, void *args, xj_buf *answer)
{
    const work *w = args;
    const xj_setup_wish *wish = w->wish;
    int64_t tenant, id;
    bool has;

    (void)answer;
    XJ_TRY(has_tenant(&has, xj_tx_db(tx)));
    if (has)
        return refuse_done();
    XJ_TRY(
        at(xj_tenant_add(&tenant, tx, wish->tenant, wish->code), "/tenant/name", "/tenant/code"));
    XJ_TRY(at(xj_org__person_add(&id, tx, tenant, wish->person, wish->display, w->hash),
              "/person/name", "/person/code"));
    XJ_TRY(xj_org__post_first(tx, tenant, id, XJ_ROLE_OFFICE));
    XJ_TRY(xj_org__post_first(tx, tenant, id, XJ_ROLE_ADMINISTRATOR));
    XJ_TRY(at(xj_org__programme_add(&id, tx, tenant, wish->programme), "/programme/name",
              "/programme/code"));
    xj_tx_subject(tx, "tenant", tenant);
    return NULL;
}

static bool
token_fits(const xj_setup *setup, xj_str token)
{
    return setup->token[0] != '\0' && token.len == XJ_SETUP_TOKEN_LEN &&
           sodium_memcmp(setup->token, token.data, XJ_SETUP_TOKEN_LEN) == 0;
}

static xj_error *
do_locked(xj_setup *setup, const xj_setup_wish *wish, xj_pool *scratch)
{
    work w = {.wish = wish};
    xj_command command = {
        .name = "server.setup", .actor_name = wish->person, .run = run_setup, .args = &w};
    xj_str body;
    bool open;

    XJ_TRY(xj_setup_is_open(&open, setup, scratch));
    if (!open)
        return refuse_done();
    if (!token_fits(setup, wish->token))
        return xj_error_at(
            xj_error_new(XJ_E_SETUP_TOKEN, "this is not the token that the server printed"),
            "/token");
    XJ_TRY(at(xj_password_check(wish->password, wish->person), "/person/password", ""));
    XJ_TRY(xj_password_hash(&w.hash, wish->password, scratch));
    XJ_TRY(xj_store_do(setup->store, &command, &body, NULL, scratch));
    atomic_store(&setup->done, true);
    return NULL;
}

xj_error *
xj_setup_do(xj_setup *setup, const xj_setup_wish *wish, xj_pool *scratch)
{
    xj_error *err;

    pthread_mutex_lock(&setup->lock);
    err = do_locked(setup, wish, scratch);
    pthread_mutex_unlock(&setup->lock);
    return err;
}
