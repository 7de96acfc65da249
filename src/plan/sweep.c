#include "plan/import_priv.h"

#include "base/vec.h"

#include <stdio.h>

struct leftover {
    int64_t tenant, id, after, from;
    bool importing, done;
};

static xj_error *
run_sweep(xj_tx *tx, void *args, xj_buf *answer)
{
    struct leftover *l = args;
    const int64_t end = xj_plan__piece_end();

    (void)answer;
    l->after = l->from;
    xj_tx_subject(tx, "plan_version", l->id);
    if (l->importing)
        return xj_plan__forget(&l->done, tx, l->id, end);
    XJ_TRY(xj_plan__set_live(tx, l->id, false, &l->after, &l->done, end));
    if (!l->done)
        return NULL;
    return xj_db_send(xj_tx_db(tx), SQL_VERSION_SET_LIVE, "iii", (int64_t)0, l->tenant, l->id);
}

static xj_error *
find(struct leftover **items, size_t *n, xj_store *store, xj_pool *result, xj_pool *pool)
{
    XJ_VEC(struct leftover) found = {0};
    xj_reader *reader;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_VERSION_LEFTOVERS, ""));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(
            &found, result,
            (struct leftover){.tenant = xj_row_int(rows, 0),
                              .id = xj_row_int(rows, 1),
                              .importing = xj_str_eq(xj_row_str(rows, 2), XJ_STR("importing"))});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_plan_sweep(xj_store *store, int64_t *removed, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    struct leftover *items;
    xj_error *err;
    size_t n;

    *removed = 0;
    err = find(&items, &n, store, scratch, pool);
    xj_pool_destroy(pool); /* and with it the reader */
    XJ_TRY(err);
    for (size_t i = 0; i < n; i++) {
        *removed += items[i].importing;
        do {
            xj_command command = {.name = "plan.sweep",
                                  .tenant = items[i].tenant,
                                  .actor_name = XJ_STR("xingjian"),
                                  .run = run_sweep,
                                  .args = &items[i]};
            xj_str body;

            XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
            items[i].from = items[i].after;
        } while (!items[i].done);
    }
    return NULL;
}

/* ---- files ---- */

xj_error *
xj_plan_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                     void (*each)(void *arg, const char *check, const char *row), void *arg,
                     xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;

    *missing = 0;
    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_VERSION_FILES, ""));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        for (int col = 2; col <= 3; col++) {
            char row[128];
            bool found;

            XJ_TRY(xj_blob_has(&found, blobs, xj_row_str(rows, col)));
            if (found)
                continue;
            ++*missing;
            snprintf(row, sizeof row, "plan_version %lld/%lld lacks its %s",
                     (long long)xj_row_int(rows, 0), (long long)xj_row_int(rows, 1),
                     col == 2 ? "original" : "register");
            each(arg, "files", row);
        }
    }
    xj_reader_end(reader);
    return NULL;
}
