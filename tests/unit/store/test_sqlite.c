#include "support/storetest.h"

#include "store/store_priv.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static xj_error *
insert_big(xj_tx *tx, void *args, xj_buf *answer)
{
    static char text[60000];
    const xj_param params[] = {{.kind = XJ_PARAM_TEXT, .s = {text, sizeof text}}};
    xj_rows *rows;
    bool more;

    (void)args;
    (void)answer;
    memset(text, 'x', sizeof text);
    XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx), "INSERT INTO big (text) VALUES ($1)", params, 1));
    return xj_rows_next(rows, &more);
}

static off_t
size_of(xjtest_store *t, const char *name)
{
    struct stat st;

    if (stat(xj_str_printf(t->pool, "%s/%s", t->folder, name).data, &st) != 0)
        return -1;
    return st.st_size;
}

XJTEST_STORE(test_file__is_the_owners_alone)
{
    struct stat st;

    assert_int_equal(stat(xj_str_printf(t->pool, "%s/test.db", t->folder).data, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(xj_str_printf(t->pool, "%s/test.db-wal", t->folder).data, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static int64_t
pragma(xj_conn *conn, const char *text, xj_pool *pool)
{
    xj_db db = {.conn = conn, .pool = pool};
    xj_rows *rows;
    bool more;
    int64_t n;

    must_ok(xj_db__query_text(&rows, &db, text, NULL, 0));
    must_ok(xj_rows_next(rows, &more));
    n = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return n;
}

XJTEST_STORE(test_lane__syncs_in_full)
{
    xj_conn *conn = xj_store__writer(t->store);

    assert_int_equal(pragma(conn, "PRAGMA synchronous", t->pool), 2);
    assert_int_equal(pragma(conn, "PRAGMA wal_autocheckpoint", t->pool), 0);
    assert_int_equal(pragma(conn, "PRAGMA foreign_keys", t->pool), 1);
}

/* The WAL is moved into the file while the store is open, without a commit that waits for it. */
XJTEST_STORE(test_checkpoint__runs_beside_the_lane)
{
    xj_conn *conn = xj_store__writer(t->store);

    must_ok(conn->driver->script(conn, "CREATE TABLE big (id INTEGER PRIMARY KEY, text TEXT)"));
    for (int i = 0; i < 300; i++)
        must_ok(xjtest_do(NULL, t, 1, insert_big, NULL));
    for (int i = 0; i < 3000 && size_of(t, "test.db") < (off_t)8 << 20; i++)
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    assert_true(size_of(t, "test.db") >= (off_t)8 << 20);
    xjtest_close(t);
    /* closed, everything is in the file */
    assert_int_equal(size_of(t, "test.db-wal"), -1);
    must_ok(xjtest_open(t, NULL));
    assert_true(pragma(xj_store__writer(t->store), "SELECT count(*) FROM big", t->pool) == 300);
}

XJTEST_STORE(test_open__a_file_that_is_no_database)
{
    const char *path = xj_str_printf(t->pool, "%s/test.db", t->folder).data;
    int fd;

    xjtest_close(t);
    fd = open(path, O_WRONLY | O_TRUNC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "this is a text and no database at all, of some length", 53), 53);
    close(fd);
    must_fail(xjtest_open(t, NULL), XJ_E_CORRUPT);
}

/* Another program holds the write lock: commands get DB_BUSY, reads go on. */
XJTEST_STORE(test_busy__is_told_in_time)
{
    const char *path = xj_str_printf(t->pool, "%s/test.db", t->folder).data;
    int64_t bad, rows;
    sqlite3 *other;
    xj_str body;
    xj_command command = {.name = "test", .tenant = 1, .actor_name = XJ_STR(""), .run = insert_big};

    assert_int_equal(sqlite3_open(path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    must_fail(xj_store_do(t->store, &command, &body, NULL, t->pool), XJ_E_DB_BUSY);
    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    must_fail(xj_store_do(t->store, &command, &body, NULL, t->pool), XJ_E_DB); /* no table big */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_ON(test_file__is_the_owners_alone, "sqlite"),
        XJTEST_ON(test_lane__syncs_in_full, "sqlite"),
        XJTEST_ON(test_checkpoint__runs_beside_the_lane, "sqlite"),
        XJTEST_ON(test_open__a_file_that_is_no_database, "sqlite"),
        XJTEST_ON(test_busy__is_told_in_time, "sqlite"),
    };

    return xjtest_store_main(tests);
}
