#include "plan/plan_priv.h"

/* The rows of tasks that name the unit hold its id in their derived text; numbers of published
 * versions are counted anew. */
xj_error *
xj_plan_unit_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t *versions;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_MOVED_VERSIONS, "iis", tenant, from, name));
    XJ_TRY(xj_rows_ints(&versions, &n, rows, pool));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_db_send(db, SQL_TOTAL_ADD_UNITS, "iii", (int64_t)-1, versions[i], tenant));
    XJ_TRY(xj_db_send(db, SQL_UNIT_MOVED_ROWS, "ssiis", xj_plan__unit_json(from, name, pool),
                      xj_plan__unit_json(to, name, pool), tenant, from, name));
    XJ_TRY(xj_db_send(db, SQL_UNIT_MOVED, "iiis", tenant, to, from, name));
    XJ_TRY(xj_db_send(db, SQL_UNIT_MOVED_LEFT, "ii", tenant, from));
    XJ_TRY(xj_db_send(db, SQL_UNIT_MOVED_LIVE, "iii", tenant, from, to));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_db_send(db, SQL_TOTAL_ADD_UNITS, "iii", (int64_t)1, versions[i], tenant));
    return NULL;
}
