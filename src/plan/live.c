#include "plan/plan_priv.h"

#include <time.h>

#define PIECE_NS ((int64_t)30 * 1000 * 1000)
#define PAGE 64

int64_t
xj_plan__clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t
xj_plan__piece_end(void)
{
    return xj_plan__clock() + PIECE_NS;
}

static xj_error *
set_one(xj_tx *tx, int64_t id, bool live, xj_str words)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_send(db, SQL_TASK_SET_LIVE, "iii", (int64_t)live, tenant, id));
    XJ_TRY(xj_db_send(db, SQL_TASK_UNITS_SET_LIVE, "iii", (int64_t)live, tenant, id));
    return xj_db_send(db, live ? SQL_TEXT_ADD : SQL_TEXT_REMOVE, "isi", id, words, tenant);
}

xj_error *
xj_plan__set_live(xj_tx *tx, int64_t version, bool live, int64_t *after, bool *done,
                  int64_t deadline)
{
    struct {
        int64_t id;
        xj_str words;
    } page[PAGE];
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_pool_child(xj_tx_pool(tx));
    xj_rows *rows;
    size_t n, seen;
    bool more;

    *done = false;
    do {
        n = seen = 0;
        xj_pool_clear(pool);
        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_TASK_PAGE, "iiii", tenant, version, *after,
                           (int64_t)PAGE));
        for (;;) {
            XJ_TRY(xj_rows_next(rows, &more));
            if (!more)
                break;
            seen++;
            *after = xj_row_int(rows, 0);
            if ((xj_row_int(rows, 15) != 0) == live)
                continue;
            page[n].id = *after;
            page[n++].words =
                xj_plan__words(tenant, xj_row_str(rows, 4), xj_row_str(rows, 5), pool);
        }
        for (size_t i = 0; i < n; i++)
            XJ_TRY(set_one(tx, page[i].id, live, page[i].words));
        if (seen == PAGE && deadline != 0 && xj_plan__clock() >= deadline)
            return NULL;
    } while (seen == PAGE);
    *done = true;
    return NULL;
}
