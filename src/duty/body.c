/* The programme's own bodies with what they have open. */
#include "duty/body.h"
#include "duty/duty_priv.h"

static xj_str
day_or_none(const xj_rows *rows, int col, xj_pool *result)
{
    return xj_row_null(rows, col) ? XJ_STR_NONE : xj_duty__text(rows, col, result);
}

xj_error *
xj_body_list(xj_body **items, size_t *n, xj_db *db, int64_t tenant, xj_date day, int64_t after,
             int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_body) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_BODY_LIST, "isii", tenant, xj_day_str(day, result), after,
                       limit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_body){.id = xj_row_int(rows, 0),
                              .name = xj_duty__text(rows, 1, result),
                              .starts_on = day_or_none(rows, 2, result),
                              .ends_on = day_or_none(rows, 3, result),
                              .people = xj_row_int(rows, 4),
                              .duties = xj_row_int(rows, 5),
                              .owed = xj_row_int(rows, 6)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
