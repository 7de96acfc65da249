#include "support/storetest.h"

#include "store/store_priv.h"

#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const xj_store_options reading = {.writer = XJ_WRITER_NONE};

static xj_error *
nothing(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)tx;
    (void)args;
    (void)answer;
    return NULL;
}

static int64_t
journal_rows(xj_reader *reader)
{
    xj_rows *rows;
    bool more;
    int64_t n;

    must_ok(
        xj_db__query_text(&rows, xj_reader_db(reader), "SELECT count(*) FROM journal", NULL, 0));
    must_ok(xj_rows_next(rows, &more));
    n = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return n;
}

static void
test_open__refuses_other_urls(void **state)
{
    static const char *const urls[] = {"", "sqlite:", "mysql://x", "/tmp/file.db", "postgresql:x"};
    xj_pool *pool = xj_pool_root();
    xj_store *store;

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        const xj_store_options options = {.url = urls[i]};

        must_fail(xj_store_open(&store, &options, pool), XJ_E_CONFIG);
    }
    xj_pool_destroy(pool);
}

static void
test_open__where_nothing_is(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_store_options options = {.url = "sqlite:/nowhere/at/all/file.db"};
    xj_store *store;

    (void)state;
    must_fail(xj_store_open(&store, &options, pool), XJ_E_IO);
    options.writer = XJ_WRITER_NONE;
    must_fail(xj_store_open(&store, &options, pool), XJ_E_IO);
    options.url = "postgresql:///nothing?host=/nowhere";
    must_fail(xj_store_open(&store, &options, pool), XJ_E_DB_LOST);
    options.writer = XJ_WRITER_NOW;
    must_fail(xj_store_open(&store, &options, pool), XJ_E_DB_LOST);
    xj_pool_destroy(pool);
}

XJTEST_STORE(test_open__one_writer_many_readers)
{
    const xj_store_options options = {.url = t->url};
    xj_store_options none = {.url = t->url, .writer = XJ_WRITER_NONE};
    xj_pool *pool = xj_pool_root();
    xj_store *store;
    xj_reader *reader;

    must_ok(xjtest_do(NULL, t, 1, nothing, NULL));
    must_fail(xj_store_open(&store, &options, pool), XJ_E_UNAVAILABLE);
    must_ok(xj_store_open(&store, &none, pool));
    must_ok(xj_reader_begin(&reader, store, pool));
    assert_int_equal(journal_rows(reader), 1);
    xj_pool_destroy(pool);

    /* the right goes back with the store */
    xjtest_close(t);
    pool = xj_pool_root();
    must_ok(xj_store_open(&store, &options, pool));
    xj_pool_destroy(pool);
}

struct standby {
    xjtest_store *t;
    atomic_bool stop;
    atomic_int opened;
};

static void *
stand_by(void *arg)
{
    struct standby *s = arg;
    const xj_store_options options = {.url = s->t->url, .writer = XJ_WRITER_WAIT, .stop = &s->stop};
    xj_pool *pool = xj_pool_root();
    xj_store *store;
    xj_error *err = xj_store_open(&store, &options, pool);

    atomic_store(&s->opened, err == NULL ? 1 : xj_error_is(err, XJ_E_UNAVAILABLE) ? -1 : -2);
    xj_error_clear(err);
    xj_pool_destroy(pool);
    return NULL;
}

XJTEST_STORE(test_open__a_standby_takes_over)
{
    struct standby s = {.t = t};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, stand_by, &s), 0);
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    assert_int_equal(atomic_load(&s.opened), 0);
    xjtest_close(t);
    pthread_join(thread, NULL);
    assert_int_equal(atomic_load(&s.opened), 1);
}

XJTEST_STORE(test_open__a_standby_can_be_told_to_stop)
{
    struct standby s = {.t = t};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, stand_by, &s), 0);
    atomic_store(&s.stop, true);
    pthread_join(thread, NULL);
    assert_int_equal(atomic_load(&s.opened), -1);
}

XJTEST_STORE(test_reader__is_a_snapshot)
{
    xj_reader *old, *fresh;

    must_ok(xj_reader_begin(&old, t->store, t->pool));
    assert_int_equal(journal_rows(old), 0);
    must_ok(xjtest_do(NULL, t, 1, nothing, NULL));
    assert_int_equal(journal_rows(old), 0);
    must_ok(xj_reader_begin(&fresh, t->store, t->pool));
    assert_int_equal(journal_rows(fresh), 1);
    xj_reader_end(old);
    must_ok(xj_reader_begin(&old, t->store, t->pool));
    assert_int_equal(journal_rows(old), 1);
    xj_reader_end(old);
    xj_reader_end(fresh);
}

XJTEST_STORE(test_reader__cannot_write)
{
    xj_reader *reader;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_fail(xj_db_run(xj_reader_db(reader), SQL_STORE_ID_MARK_SET, "ii", (int64_t)77, (int64_t)1),
              strcmp(t->kind, "sqlite") == 0 ? XJ_E_IO : XJ_E_DB);
    xj_reader_end(reader);
    /* and the connection is fine for the next one */
    for (int i = 0; i < 8; i++) {
        must_ok(xj_reader_begin(&reader, t->store, t->pool));
        assert_int_equal(journal_rows(reader), 0);
        xj_reader_end(reader);
    }
}

XJTEST_STORE(test_reader__ends_with_its_pool_and_what_is_open)
{
    for (int i = 0; i < 10; i++) {
        xj_pool *pool = xj_pool_root();
        xj_reader *reader;
        xj_rows *rows;
        bool more;

        must_ok(xj_reader_begin(&reader, t->store, pool));
        must_ok(xj_db_query(&rows, xj_reader_db(reader), SQL_STORE_MIGRATIONS, ""));
        must_ok(xj_rows_next(rows, &more));
        assert_true(more);
        xj_pool_destroy(pool);
    }
}

XJTEST_STORE(test_reader__waits_for_a_connection_and_gives_up)
{
    const xj_store_options one = {.readers = 1};
    xj_reader *first, *second;

    xjtest_close(t);
    must_ok(xjtest_open(t, &one));
    must_ok(xj_reader_begin(&first, t->store, t->pool));
    must_fail(xj_reader_begin(&second, t->store, t->pool), XJ_E_DB_BUSY);
    xj_reader_end(first);
    must_ok(xj_reader_begin(&second, t->store, t->pool));
    xj_reader_end(second);
}

XJTEST_STORE(test_open__reading_only)
{
    xj_reader *reader;

    xjtest_close(t);
    must_ok(xjtest_open(t, &reading));
    assert_string_equal(xj_store_kind(t->store), t->kind);
    must_fail(xjtest_do(NULL, t, 1, nothing, NULL), XJ_E_UNAVAILABLE);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    assert_int_equal(journal_rows(reader), 0);
    xj_reader_end(reader);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open__refuses_other_urls),
        cmocka_unit_test(test_open__where_nothing_is),
        XJTEST_BOTH(test_open__one_writer_many_readers),
        XJTEST_BOTH(test_open__a_standby_takes_over),
        XJTEST_BOTH(test_open__a_standby_can_be_told_to_stop),
        XJTEST_BOTH(test_reader__is_a_snapshot),
        XJTEST_BOTH(test_reader__cannot_write),
        XJTEST_BOTH(test_reader__ends_with_its_pool_and_what_is_open),
        XJTEST_ON(test_reader__waits_for_a_connection_and_gives_up, "sqlite"),
        XJTEST_BOTH(test_open__reading_only),
    };

    return xjtest_store_main(tests);
}
