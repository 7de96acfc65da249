/* Power cuts and full disks, played by a VFS in front of SQLite. */
#include "faults/faults.h"
#include "support/vfs_shim.h"

#include <pthread.h>
#include <sqlite3.h>

#define THREADS 4
#define EACH 40
#define LAST (THREADS * EACH)

static const xj_store_options shimmed = {.sqlite_vfs = SHIM_VFS};

struct writer {
    xjtest_store *t;
    int first;
    bool *acked;
    xj_code last_code;
};

/* Numbers first, first + THREADS, ...: what fails is left. */
static void *
write_some(void *arg)
{
    struct writer *w = arg;
    xj_pool *pool = xj_pool_root();

    for (int n = w->first; n <= LAST; n += THREADS) {
        xj_error *err = faults_do(w->t->store, n, NULL, pool);

        w->acked[n] = err == NULL;
        if (err != NULL)
            w->last_code = xj_error_code(err);
        xj_error_clear(err);
        xj_pool_clear(pool);
    }
    xj_pool_destroy(pool);
    return NULL;
}

/* All numbers from several threads; the number acknowledged. */
static int
write_all(xjtest_store *t, bool *acked, xj_code *code)
{
    struct writer writers[THREADS];
    pthread_t threads[THREADS];
    int done = 0;

    for (int i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){.t = t, .first = i + 1, .acked = acked};
        assert_int_equal(pthread_create(&threads[i], NULL, write_some, &writers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        if (writers[i].last_code != XJ_E_NONE)
            *code = writers[i].last_code;
    }
    for (int n = 1; n <= LAST; n++)
        done += acked[n];
    return done;
}

/* An empty migrated database, behind the shim. */
static xjtest_store *
prepare(void)
{
    xjtest_store *t = xjtest_make("sqlite");
    int applied;

    must_ok(xjtest_open(t, &shimmed));
    must_ok(xj_store_migrate(t->store, &applied));
    xjtest_close(t);
    return t;
}

static void
test_crash__what_was_acknowledged_is_there_once(void **state)
{
    const int rounds = faults_rounds(40);
    int crashed = 0, lost = 0, acked_in_all = 0;

    (void)state;
    shim_start();
    for (int round = 0; round < rounds; round++) {
        xjtest_store *t = prepare();
        bool acked[LAST + 1] = {false};
        xj_code code = XJ_E_NONE;

        /* some crashes early, some in checkpoints, some never */
        shim_watch(1 + round * 37 % 1200);
        xj_error *err = xjtest_open(t, &shimmed);

        if (err == NULL)
            acked_in_all += write_all(t, acked, &code);
        xj_error_clear(err);
        crashed += shim_crashed();
        if (round % 7 == 6)
            shim_crash(); /* the close is not seen any more */
        xjtest_close(t);
        lost += shim_forget(round % 4 == 0 ? 0 : (uint64_t)round);

        must_ok(xjtest_open(t, NULL));
        faults_verify(t, acked, LAST);
        faults_again(t, acked, LAST);
        faults_verify(t, acked, LAST);
        xjtest_remove(t);
    }
    fprintf(stderr, "# %d rounds, %d crashed, %d writes lost, %d commands acknowledged before\n",
            rounds, crashed, lost, acked_in_all);
    assert_true(crashed > rounds / 2);
    assert_true(lost > 0);
    assert_true(acked_in_all > 0);
}

/* Write a row with this much syncing, cut the power; the rows that are there afterwards. */
static int
rows_after_a_cut(xjtest_store *t, const char *name, const char *synchronous)
{
    const char *path = xj_str_printf(t->pool, "%s/%s", t->folder, name).data;
    sqlite3_stmt *stmt;
    sqlite3 *db;
    int rows = -1;

    shim_watch(0);
    assert_int_equal(
        sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, SHIM_VFS),
        SQLITE_OK);
    assert_int_equal(sqlite3_exec(db,
                                  "PRAGMA journal_mode=WAL; CREATE TABLE t (x);"
                                  "PRAGMA wal_checkpoint(TRUNCATE)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, synchronous, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (1)", NULL, NULL, NULL), SQLITE_OK);
    shim_crash();
    sqlite3_close(db);
    shim_forget(0);

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM t", -1, &stmt, NULL), SQLITE_OK);
    if (sqlite3_step(stmt) == SQLITE_ROW)
        rows = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return rows;
}

/* The shim itself: what is not synced is lost, what is synced stays. */
static void
test_crash__the_shim_forgets_what_was_not_synced(void **state)
{
    xjtest_store *t = xjtest_make("sqlite");

    (void)state;
    shim_start();
    assert_int_equal(rows_after_a_cut(t, "off.db", "PRAGMA synchronous=OFF"), 0);
    assert_int_equal(rows_after_a_cut(t, "normal.db", "PRAGMA synchronous=NORMAL"), 0);
    assert_int_equal(rows_after_a_cut(t, "full.db", "PRAGMA synchronous=FULL"), 1);
    xjtest_remove(t);
}

static void
test_full_disk__reads_go_on_and_nothing_is_half_done(void **state)
{
    const int rounds = faults_rounds(10);
    int refused = 0;

    (void)state;
    shim_start();
    for (int round = 0; round < rounds; round++) {
        xjtest_store *t = prepare();
        bool acked[LAST + 1] = {false};
        xj_code code = XJ_E_NONE;

        must_ok(xjtest_open(t, &shimmed));
        shim_full_after(20000 + round * 61000);
        refused += LAST - write_all(t, acked, &code);
        if (code != XJ_E_NONE)
            assert_int_equal(code, XJ_E_DISK_FULL);
        faults_verify(t, acked, LAST);
        /* room again: the same process goes on */
        shim_full_after(-1);
        faults_again(t, acked, LAST);
        faults_verify(t, acked, LAST);
        xjtest_remove(t);
    }
    assert_true(refused > 0);
}

static void
test_slow_sync__groups_share_it(void **state)
{
    xjtest_store *t;
    bool acked[LAST + 1] = {false};
    xj_code code = XJ_E_NONE;

    (void)state;
    shim_start();
    t = prepare();
    must_ok(xjtest_open(t, &shimmed));
    shim_sync_ms(5);
    assert_int_equal(write_all(t, acked, &code), LAST);
    shim_sync_ms(0);
    faults_verify(t, acked, LAST);
    xjtest_remove(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_crash__what_was_acknowledged_is_there_once),
        cmocka_unit_test(test_crash__the_shim_forgets_what_was_not_synced),
        cmocka_unit_test(test_full_disk__reads_go_on_and_nothing_is_half_done),
        cmocka_unit_test(test_slow_sync__groups_share_it),
    };

    return xjtest_main(tests);
}
