#include "support/storetest.h"

#include "store/store_priv.h"

static const xj_store_options usual = {0};

/* The schema as text: tables, columns, types, indexes. */
static xj_str
schema_of(xjtest_store *t)
{
    static const char *const texts[] = {
        [XJ__SQLITE] = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"
                       " ORDER BY type, name",
        [XJ__PGSQL] =
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable ||"
            " coalesce(column_default, '') FROM information_schema.columns"
            " WHERE table_schema = current_schema() UNION ALL"
            " SELECT replace(indexdef, current_schema(), '') FROM pg_indexes"
            " WHERE schemaname = current_schema() ORDER BY 1",
    };
    xj_reader *reader;
    xj_rows *rows;
    xj_buf out;
    bool more;

    xj_buf_init(&out, t->pool, (size_t)1 << 20);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_db__query_text(&rows, xj_reader_db(reader),
                              texts[xj_reader_db(reader)->conn->driver->kind], NULL, 0));
    for (;;) {
        must_ok(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_buf_add(&out, xj_row_str(rows, 0));
        xj_buf_add_char(&out, '\n');
    }
    must_ok(xj_buf_check(&out));
    xj_reader_end(reader);
    return xj_buf_str(&out);
}

XJTEST_STORE(test_migrate__once)
{
    bool current = false;
    int applied = -1;

    must_ok(xj_store_is_current(t->store, &current));
    assert_true(current);
    must_ok(xj_store_migrate(t->store, &applied));
    assert_int_equal(applied, 0);
}

XJTEST_STORE(test_migrate__step_by_step_gives_the_same)
{
    xjtest_store *steps = xjtest_make(t->kind);
    const xj_str fresh = schema_of(t);
    xj_str stepped;
    bool current = true;
    int applied;

    must_ok(xjtest_open(steps, &usual));
    must_ok(xj_store_is_current(steps->store, &current));
    assert_false(current);
    for (int i = 1; i <= xj_store__migration_count; i++) {
        must_ok(xj_store__migrate_to(steps->store, i, &applied));
        assert_int_equal(applied, 1);
        /* each version opens again */
        xjtest_close(steps);
        must_ok(xjtest_open(steps, &usual));
    }
    stepped = schema_of(steps);
    assert_true(fresh.len > 100);
    assert_true(xj_str_eq(fresh, stepped));
    xjtest_remove(steps);
}

XJTEST_STORE(test_migrate__a_newer_programs_database_is_refused)
{
    xj_conn *conn = xj_store__writer(t->store);
    bool current;
    int applied;

    must_ok(conn->driver->script(
        conn, xj_str_printf(t->pool, "INSERT INTO migration VALUES (%d, 'later', 'x', 1)",
                            xj_store__migration_count + 1)
                  .data));
    must_fail(xj_store_migrate(t->store, &applied), XJ_E_DB_SCHEMA);
    must_fail(xj_store_is_current(t->store, &current), XJ_E_DB_SCHEMA);
}

XJTEST_STORE(test_migrate__another_text_is_refused)
{
    xj_conn *conn = xj_store__writer(t->store);
    int applied;

    must_ok(conn->driver->script(conn, "UPDATE migration SET checksum = 'x' WHERE n = 1"));
    must_fail(xj_store_migrate(t->store, &applied), XJ_E_DB_SCHEMA);
}

XJTEST_STORE(test_migrate__a_gap_is_refused)
{
    xj_conn *conn = xj_store__writer(t->store);
    int applied;

    must_ok(conn->driver->script(conn, "DELETE FROM migration WHERE n = 1"));
    must_fail(xj_store_migrate(t->store, &applied),
              xj_store__migration_count > 1 ? XJ_E_DB_SCHEMA : XJ_E_DB);
}

/* A migration that fails leaves nothing of itself. */
XJTEST_STORE(test_migrate__is_one_transaction)
{
    xjtest_store *other = xjtest_make(t->kind);
    xj_conn *conn;
    int applied;
    bool current;

    must_ok(xjtest_open(other, &usual));
    conn = xj_store__writer(other->store);
    /* stands in the way of the first migration's last table */
    must_ok(conn->driver->script(conn, "CREATE TABLE idempotency (x BIGINT)"));
    must_fail(xj_store_migrate(other->store, &applied), XJ_E_DB);
    assert_int_equal(applied, 0);
    must_ok(conn->driver->script(conn, "DROP TABLE idempotency"));
    must_ok(xj_store_migrate(other->store, &applied));
    assert_int_equal(applied, xj_store__migration_count);
    must_ok(xj_store_is_current(other->store, &current));
    assert_true(current);
    xjtest_remove(other);
}

static xj_error *
nothing(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)tx;
    (void)args;
    (void)answer;
    return NULL;
}

XJTEST_STORE(test_migrate__commands_wait_for_it)
{
    xjtest_store *other = xjtest_make(t->kind);
    int applied;

    must_ok(xjtest_open(other, &usual));
    must_fail(xjtest_do(NULL, other, 1, nothing, NULL), XJ_E_DB_SCHEMA);
    must_ok(xj_store_migrate(other->store, &applied));
    must_ok(xjtest_do(NULL, other, 1, nothing, NULL));
    xjtest_remove(other);
}

XJTEST_STORE(test_migrate__needs_the_writers_right)
{
    const xj_store_options reading = {.writer = XJ_WRITER_NONE};
    bool current = false;
    int applied;

    xjtest_close(t);
    must_ok(xjtest_open(t, &reading));
    must_ok(xj_store_is_current(t->store, &current));
    assert_true(current);
    must_fail(xj_store_migrate(t->store, &applied), XJ_E_UNAVAILABLE);
    must_fail(xjtest_do(NULL, t, 1, nothing, NULL), XJ_E_UNAVAILABLE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_migrate__once),
        XJTEST_BOTH(test_migrate__step_by_step_gives_the_same),
        XJTEST_BOTH(test_migrate__a_newer_programs_database_is_refused),
        XJTEST_BOTH(test_migrate__another_text_is_refused),
        XJTEST_BOTH(test_migrate__a_gap_is_refused),
        XJTEST_BOTH(test_migrate__is_one_transaction),
        XJTEST_BOTH(test_migrate__commands_wait_for_it),
        XJTEST_BOTH(test_migrate__needs_the_writers_right),
    };

    return xjtest_store_main(tests);
}
