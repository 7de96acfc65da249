#include "store/store_priv.h"

#define ROWS_MAX 100 /* told of one check */
#define ROW_TEXT ((size_t)4 << 10)

struct check {
    xj_db *db;
    xj_pool *pool;
    int64_t bad;
    void (*each)(void *arg, const char *check, const char *row);
    void *arg;
};

/* The columns of the row as one line of text. */
static const char *
row_text(const struct check *c, const xj_rows *rows)
{
    const int columns = xj_rows__columns(rows);
    xj_buf out;

    xj_buf_init(&out, c->pool, ROW_TEXT);
    for (int i = 0; i < columns; i++) {
        if (i > 0)
            xj_buf_add_char(&out, ' ');
        xj_buf_add(&out, xj_row_null(rows, i) ? XJ_STR("null") : xj_row_str(rows, i));
    }
    return out.data;
}

/* Count ROWS, but not the one that says FINE. */
static xj_error *
read_rows(struct check *c, const char *name, xj_rows *rows, xj_str fine)
{
    int64_t told = 0;
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (fine.len > 0 && xj_str_eq(xj_row_str(rows, 0), fine))
            continue;
        c->bad++;
        if (c->each != NULL && told++ < ROWS_MAX)
            c->each(c->arg, name, row_text(c, rows));
    }
}

static xj_error *
run(struct check *c)
{
    const char *integrity = c->db->conn->driver->integrity;
    xj_rows *rows;

    if (integrity != NULL) {
        XJ_TRY(xj_db__query_text(&rows, c->db, integrity, NULL, 0));
        XJ_TRY(read_rows(c, "integrity", rows, XJ_STR("ok")));
    }
    for (int i = 0; i < SQL_COUNT; i++) {
        if (!xj_store__statements[i].check)
            continue;
        XJ_TRY(xj_db_query(&rows, c->db, (enum xj_sql)i, ""));
        XJ_TRY(read_rows(c, xj_store__statements[i].name, rows, XJ_STR_NONE));
    }
    return NULL;
}

xj_error *
xj_store_check(xj_store *store, int64_t *bad,
               void (*each)(void *arg, const char *check, const char *row), void *arg)
{
    xj_pool *pool = xj_pool_root();
    struct check c = {.pool = pool, .each = each, .arg = arg};
    xj_reader *reader;
    xj_error *err;

    err = xj_reader_begin(&reader, store, pool);
    if (err == NULL) {
        c.db = xj_reader_db(reader);
        err = run(&c);
    }
    xj_pool_destroy(pool);
    *bad = c.bad;
    return err;
}
