#include "base/cal.h"
#include "store/store_priv.h"

/* *IS whether the table of migrations exists. */
static xj_error *
has_table(bool *is, xj_db *db)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_STORE_HAS_MIGRATION, ""));
    XJ_TRY(xj_rows_next(rows, &more));
    *is = more && xj_row_int(rows, 0) > 0;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
check_row(const xj_rows *rows, int expected)
{
    const int64_t n = xj_row_int(rows, 0);

    if (n > xj_store__migration_count)
        return xj_error_new(XJ_E_DB_SCHEMA,
                            "the database has migration %d, this program knows %d: it was made by "
                            "a newer program",
                            (int)n, xj_store__migration_count);
    if (n != expected)
        return xj_error_new(XJ_E_DB_SCHEMA, "the database lacks migration %d but has a later one",
                            expected);
    if (!xj_str_eq(xj_row_str(rows, 2), xj_str_c(xj_store__migrations[n - 1].checksum)))
        return xj_error_new(XJ_E_DB_SCHEMA,
                            "migration %d (%s) ran with another text than this program has", (int)n,
                            xj_store__migrations[n - 1].name);
    return NULL;
}

xj_error *
xj_store__migrations_done(int *done, xj_db *db)
{
    xj_rows *rows;
    bool is, more;

    *done = 0;
    XJ_TRY(has_table(&is, db));
    if (!is)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_STORE_MIGRATIONS, ""));
    for (;;) {
        xj_error *err;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        err = check_row(rows, *done + 1);
        if (err != NULL) {
            xj_rows_close(rows);
            return err;
        }
        ++*done;
    }
}

static xj_error *
run_one(xj_db *db, int n)
{
    const xj_driver *driver = db->conn->driver;
    const struct xj_migration *migration = &xj_store__migrations[n - 1];

    XJ_TRY(driver->script(db->conn, migration->text[driver->kind]));
    XJ_TRY(xj_db_run(db, SQL_STORE_MIGRATION_ADD, "issi", (int64_t)n, xj_str_c(migration->name),
                     xj_str_c(migration->checksum), xj_now()));
    return driver->control(db->conn, XJ_CTL_COMMIT);
}

xj_error *
xj_store__migrate_to(xj_store *store, int last, int *applied)
{
    xj_conn *conn = xj_store__writer(store);
    xj_pool *scratch;
    xj_db db = {.conn = conn};
    xj_error *err;
    int done = 0;

    *applied = 0;
    if (conn == NULL)
        return xj_error_new(XJ_E_UNAVAILABLE, "this process does not write to the database");
    scratch = xj_pool_root();
    db.pool = scratch;
    err = xj_store__migrations_done(&done, &db);
    while (err == NULL && done < last) {
        err = conn->driver->control(conn, XJ_CTL_BEGIN_WRITE);
        if (err != NULL)
            break;
        err = run_one(&db, done + 1);
        if (err != NULL) {
            err = xj_error_wrap(xj_error_code(err), err, "migration %d (%s) could not be run",
                                done + 1, xj_store__migrations[done].name);
            if (conn->driver->in_transaction(conn))
                xj_error_clear(conn->driver->control(conn, XJ_CTL_ROLLBACK));
            break;
        }
        done++;
        ++*applied;
    }
    xj_db__end(&db);
    xj_pool_destroy(scratch);
    return err;
}

xj_error *
xj_store_migrate(xj_store *store, int *applied)
{
    return xj_store__migrate_to(store, xj_store__migration_count, applied);
}

xj_error *
xj_store_is_current(xj_store *store, bool *current)
{
    xj_pool *scratch = xj_pool_root();
    xj_reader *reader;
    int done = 0;
    xj_error *err;

    err = xj_reader_begin(&reader, store, scratch);
    if (err == NULL)
        err = xj_store__migrations_done(&done, xj_reader_db(reader));
    xj_pool_destroy(scratch);
    *current = done == xj_store__migration_count;
    return err;
}
