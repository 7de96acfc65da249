#include "store/store_priv.h"

#include <errno.h>
#include <time.h>

#define READERS_DEFAULT 4
#define READERS_MAX 64
#define READER_WAIT_S 5

struct xj_reader {
    xj_store *store;
    struct reader_slot *slot;
    xj_pool *pool;
    xj_db db;
};

static xj_error *
driver_of(const xj_driver **driver, const char *url)
{
    const xj_str s = xj_str_c(url);

    *driver = NULL;
    if (xj_str_starts(s, XJ_STR("sqlite:")) && s.len > strlen("sqlite:"))
        *driver = &xj_store__sqlite;
    else if (xj_str_starts(s, XJ_STR("postgresql://")) || xj_str_starts(s, XJ_STR("postgres://")))
        *driver = &xj_store__pgsql;
    else
        return xj_error_new(XJ_E_CONFIG, "the database's address is neither \"sqlite:PATH\" nor "
                                         "\"postgresql://...\"");
    return NULL;
}

static void
close_store(void *arg)
{
    xj_store *store = arg;

    xj_store__stop_lanes(store);
    for (int i = 0; i < store->options.readers; i++) {
        XJ_ASSERT(!store->slots[i].taken);
        if (store->slots[i].pool != NULL) {
            xj_pool_destroy(store->slots[i].pool);
            xj_pool_destroy(store->slots[i].rows_pool);
        }
    }
    /* Last, so that nobody else writes while this process still has the database open. */
    xj_store__close_lanes(store);
    pthread_mutex_destroy(&store->lock);
    pthread_cond_destroy(&store->freed);
    xj_pool_destroy(store->pool);
}

xj_error *
xj_store__open(xj_store **out, const xj_store_options *options, const xj_driver *driver,
               xj_pool *pool)
{
    xj_pool *own = xj_pool_root();
    xj_store *store = XJ_NEW(own, xj_store);
    pthread_condattr_t attr;
    xj_error *err;

    *out = NULL;
    store->driver = driver;
    store->options = *options;
    store->options.url = xj_str_cdup(xj_str_c(options->url), own);
    if (store->options.group_max <= 0)
        store->options.group_max = XJ__GROUP_MAX;
    if (store->options.readers <= 0)
        store->options.readers = READERS_DEFAULT;
    if (store->options.readers > READERS_MAX)
        store->options.readers = READERS_MAX;
    store->pool = own;
    store->slots = XJ_NEW_ARRAY(own, struct reader_slot, (size_t)store->options.readers);
    pthread_mutex_init(&store->lock, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&store->freed, &attr);
    pthread_condattr_destroy(&attr);

    err = options->writer == XJ_WRITER_NONE ? NULL : xj_store__start_lanes(store);
    if (err == NULL) {
        xj_reader *reader;

        /* That the database is there and can be read shows now, not at the first request. */
        err = xj_reader_begin(&reader, store, own);
        if (err == NULL)
            xj_reader_end(reader);
    }
    if (err != NULL) {
        close_store(store);
        return err;
    }
    xj_pool_on_end(pool, close_store, store);
    *out = store;
    return NULL;
}

xj_error *
xj_store_open(xj_store **store, const xj_store_options *options, xj_pool *pool)
{
    const xj_driver *driver;

    XJ_TRY(driver_of(&driver, options->url));
    return xj_store__open(store, options, driver, pool);
}

const char *
xj_store_kind(const xj_store *store)
{
    return store->driver->kind == XJ__SQLITE ? "sqlite" : "pgsql";
}

/* ---- readers ---- */

static struct reader_slot *
free_slot(xj_store *store)
{
    struct reader_slot *best = NULL;

    /* One that is connected already, else a new one. */
    for (int i = 0; i < store->options.readers; i++) {
        struct reader_slot *slot = &store->slots[i];

        if (!slot->taken && (best == NULL || (best->conn == NULL && slot->conn != NULL)))
            best = slot;
    }
    return best;
}

static xj_error *
take_slot(struct reader_slot **slot, xj_store *store)
{
    struct timespec until;
    int rc = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += READER_WAIT_S;
    pthread_mutex_lock(&store->lock);
    while ((*slot = free_slot(store)) == NULL && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&store->freed, &store->lock, &until);
    if (*slot != NULL)
        (*slot)->taken = true;
    pthread_mutex_unlock(&store->lock);
    if (*slot == NULL)
        return xj_error_new(XJ_E_DB_BUSY, "no connection to the database became free in %d s",
                            READER_WAIT_S);
    return NULL;
}

static void
give_slot(xj_store *store, struct reader_slot *slot)
{
    pthread_mutex_lock(&store->lock);
    slot->taken = false;
    pthread_cond_signal(&store->freed);
    pthread_mutex_unlock(&store->lock);
}

/* Connect SLOT, or again where its connection was lost, and begin. */
static xj_error *
begin(xj_store *store, struct reader_slot *slot)
{
    const xj_driver *driver = store->driver;
    xj_error *err;

    if (slot->conn == NULL) {
        if (slot->pool == NULL) {
            slot->pool = xj_pool_root();
            slot->rows_pool = xj_pool_root();
        }
        err = driver->open(&slot->conn, &store->options, XJ_ROLE_READER, slot->pool);
        if (err != NULL) {
            slot->conn = NULL;
            xj_pool_clear(slot->pool);
            return err;
        }
    }
    if (!driver->alive(slot->conn))
        XJ_TRY(driver->reopen(slot->conn));
    err = driver->control(slot->conn, XJ_CTL_BEGIN_READ);
    if (err == NULL)
        err = driver->settle(slot->conn);
    if (err == NULL || driver->alive(slot->conn))
        return err;
    /* It was lost while nobody used it. */
    xj_error_clear(err);
    XJ_TRY(driver->reopen(slot->conn));
    XJ_TRY(driver->control(slot->conn, XJ_CTL_BEGIN_READ));
    return driver->settle(slot->conn);
}

static void
end_reader(void *arg)
{
    xj_reader *reader = arg;
    const xj_driver *driver = reader->store->driver;

    xj_db__end(&reader->db);
    xj_pool_clear(reader->slot->rows_pool);
    /* Nothing was written: whatever COMMIT says, only the connection matters, and a lost one is
     * seen when it is next taken. */
    xj_error_clear(driver->control(reader->slot->conn, XJ_CTL_COMMIT));
    if (driver->in_transaction(reader->slot->conn))
        xj_error_clear(driver->control(reader->slot->conn, XJ_CTL_ROLLBACK));
    give_slot(reader->store, reader->slot);
}

xj_error *
xj_reader_begin(xj_reader **out, xj_store *store, xj_pool *pool)
{
    xj_reader *reader = XJ_NEW(pool, xj_reader);
    xj_error *err;

    *out = NULL;
    XJ_TRY(take_slot(&reader->slot, store));
    err = begin(store, reader->slot);
    if (err != NULL) {
        give_slot(store, reader->slot);
        return err;
    }
    reader->store = store;
    reader->pool = pool;
    reader->db = (xj_db){.conn = reader->slot->conn, .pool = reader->slot->rows_pool};
    xj_pool_on_end(pool, end_reader, reader);
    *out = reader;
    return NULL;
}

void
xj_reader_end(xj_reader *reader)
{
    xj_pool_forget(reader->pool, end_reader, reader);
    end_reader(reader);
}

xj_db *
xj_reader_db(xj_reader *reader)
{
    return &reader->db;
}
