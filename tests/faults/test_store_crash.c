/* Power cuts and full disks, played by a VFS in front of SQLite. */
#include "faults/faults.h"
#include "store/store_priv.h"
#include "support/vfs_shim.h"

#include <pthread.h>

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

/* An empty migrated database with its table, behind the shim. */
static xjtest_store *
prepare(void)
{
    xjtest_store *t = xjtest_make("sqlite");
    int applied;

    must_ok(xjtest_open(t, &shimmed));
    must_ok(xj_store_migrate(t->store, &applied));
    faults_table(t);
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

/* The shim itself: a database whose syncs are not asked for does lose what it wrote. */
static void
test_crash__the_shim_forgets_what_was_not_synced(void **state)
{
    xjtest_store *t;
    bool acked[LAST + 1] = {false};
    xj_code code = XJ_E_NONE;
    bool replayed = true;
    xj_conn *conn;

    (void)state;
    shim_start();
    t = prepare();
    shim_watch(0);
    must_ok(xjtest_open(t, &shimmed));
    conn = xj_store__writer(t->store);
    must_ok(conn->driver->script(conn, "PRAGMA synchronous=OFF"));
    assert_int_equal(write_all(t, acked, &code), LAST);
    shim_crash();
    xjtest_close(t);
    assert_true(shim_forget(0) > 0);
    must_ok(xjtest_open(t, NULL));
    must_ok(faults_do(t->store, LAST, &replayed, t->pool));
    assert_false(replayed);
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
