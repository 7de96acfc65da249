#include "support/storetest.h"

#include "store/store_priv.h"

#include <libpq-fe.h>

static xj_error *
mark(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_db_run(xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", *(int64_t *)args, (int64_t)1);
}

/* Run TEXT in T's schema from outside. */
static void
outside(xjtest_store *t, const char *text)
{
    PGconn *pg = PQconnectdb(t->url);
    PGresult *result = PQexec(pg, text);
    const ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fprintf(stderr, "# %s\n", PQerrorMessage(pg));
    PQclear(result);
    PQfinish(pg);
    assert_true(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
}

/* End every session that holds an advisory lock or only reads, but not this one: those of T are
 * known by their search_path in the last statement's application name. */
static void
kill_sessions(xjtest_store *t)
{
    outside(t, xj_str_printf(t->pool,
                             "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                             " WHERE application_name = '%s' AND pid <> pg_backend_pid()",
                             t->schema)
                   .data);
}

/* T's store under a name of its own at the server. */
static void
open_named(xjtest_store *t)
{
    const char *plain = t->url;

    xjtest_close(t);
    t->url = xj_str_printf(t->pool, "%s&application_name=%s", plain, t->schema).data;
    must_ok(xjtest_open(t, NULL));
    t->url = plain;
}

XJTEST_STORE(test_lost__lanes_and_readers_come_back)
{
    xj_reader *reader;
    xj_rows *rows;
    int64_t n, bad, lane = 50;
    bool more;

    open_named(t);
    for (int i = 0; i < 5; i++) {
        must_ok(xjtest_do(NULL, t, i, mark, &lane));
        kill_sessions(t);
        must_ok(xjtest_do(NULL, t, i, mark, &lane));
        must_ok(xj_reader_begin(&reader, t->store, t->pool));
        must_ok(xj_db_query(&rows, xj_reader_db(reader), SQL_STORE_ID_MARK, ""));
        must_ok(xj_rows_next(rows, &more));
        xj_reader_end(reader);
    }
    must_ok(xj_journal_verify(t->store, -1, &n, &bad, NULL, NULL));
    assert_int_equal(n, 10);
    assert_int_equal(bad, 0);
}

static xj_error *
die(xj_tx *tx, void *args, xj_buf *answer)
{
    int *times = args;
    xj_rows *rows;
    bool more;

    (void)answer;
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", (int64_t)60, (int64_t)1));
    if ((*times)-- > 0) {
        XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx),
                                 "SELECT pg_terminate_backend(pg_backend_pid())", NULL, 0));
        return xj_rows_next(rows, &more);
    }
    return NULL;
}

XJTEST_STORE(test_lost__in_the_middle_of_a_command)
{
    int64_t n, bad;
    int times = 1;

    must_ok(xjtest_do(NULL, t, 1, die, &times));
    must_ok(xj_journal_verify(t->store, -1, &n, &bad, NULL, NULL));
    assert_int_equal(n, 1);
    /* a command that loses its connection each time is given up, and the next one works */
    times = 100;
    must_fail(xjtest_do(NULL, t, 1, die, &times), XJ_E_DB_LOST);
    times = 0;
    must_ok(xjtest_do(NULL, t, 1, die, &times));
    must_ok(xj_journal_verify(t->store, -1, &n, &bad, NULL, NULL));
    assert_int_equal(n, 2);
    assert_int_equal(bad, 0);
}

/* The session ends inside COMMIT, by a constraint checked only there that ends its own backend: the
 * commit has not happened, and the lane finds that out and runs the work again. */
XJTEST_STORE(test_lost__in_the_commit)
{
    int64_t n, bad, lane = 70;

    outside(t, "CREATE TABLE deaths (left_over BIGINT NOT NULL); INSERT INTO deaths VALUES (1)");
    outside(t, "CREATE SEQUENCE died");
    outside(t, "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
               " IF nextval('died') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
               " END IF; RETURN NULL; END $$");
    outside(t, "CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON lane DEFERRABLE INITIALLY DEFERRED"
               " FOR EACH ROW EXECUTE FUNCTION die()");
    must_ok(xjtest_do(NULL, t, 1, mark, &lane));
    must_ok(xj_journal_verify(t->store, -1, &n, &bad, NULL, NULL));
    assert_int_equal(n, 1);
    assert_int_equal(bad, 0);
}

XJTEST_STORE(test_open__refuses_another_collation)
{
    const char *cluster = getenv("XJ_TEST_PGSQL");
    const char *slash = strstr(cluster, "///");
    xj_pool *pool = xj_pool_root();
    const char *name = xj_str_printf(pool, "%s_icu", t->schema).data;
    xj_store_options options = {0};
    xj_store *store;

    assert_non_null(slash);
    outside(t, xj_str_printf(pool,
                             "CREATE DATABASE %s TEMPLATE template0 LC_COLLATE 'C.UTF-8'"
                             " LC_CTYPE 'C.UTF-8' ENCODING 'SQL_ASCII'",
                             name)
                   .data);
    options.url = xj_str_printf(pool, "postgresql:///%s?%s", name, strchr(cluster, '?') + 1).data;
    must_fail(xj_store_open(&store, &options, pool), XJ_E_CONFIG);
    outside(t, xj_str_printf(pool, "DROP DATABASE %s", name).data);
    xj_pool_destroy(pool);
}

XJTEST_STORE(test_lane__commits_synchronously)
{
    xj_db db = {.conn = xj_store__writer(t->store), .pool = t->pool};
    xj_rows *rows;
    bool more;

    must_ok(xj_db__query_text(&rows, &db, "SHOW synchronous_commit", NULL, 0));
    must_ok(xj_rows_next(rows, &more));
    assert_str(xj_row_str(rows, 0), "on");
    xj_rows_close(rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_ON(test_lost__lanes_and_readers_come_back, "pgsql"),
        XJTEST_ON(test_lost__in_the_middle_of_a_command, "pgsql"),
        XJTEST_ON(test_lost__in_the_commit, "pgsql"),
        XJTEST_ON(test_open__refuses_another_collation, "pgsql"),
        XJTEST_ON(test_lane__commits_synchronously, "pgsql"),
    };

    return xjtest_store_main(tests);
}
