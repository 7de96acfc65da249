/* The programme's own bodies with what they have open. */
#include "duty/body_priv.h"

static xj_str
day_or_none(const xj_rows *rows, int col, xj_pool *result)
{
    return xj_row_null(rows, col) ? XJ_STR_NONE : xj_row_text(rows, col, result);
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
                              .name = xj_row_text(rows, 1, result),
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

/* ---- before and after the last day ---- */

static xj_error *
read_closing(xj_body_closing **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_body_closing) found = {0};
    bool more;

    for (;;) {
        xj_body_closing c;
        int heir;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        c = (xj_body_closing){.id = xj_row_int(rows, 0),
                              .name = xj_row_text(rows, 1, result),
                              .ends_on = xj_row_text(rows, 2, result),
                              .version = xj_row_int(rows, 3),
                              .duties = xj_row_int(rows, 4),
                              .rectifications = xj_row_int(rows, 5),
                              .owed = xj_row_int(rows, 6),
                              .findings = xj_row_int(rows, 7),
                              .left = xj_row_int(rows, 8)};
        c.by = !xj_row_null(rows, 9)    ? XJ_HEIR_SUCCESSOR
               : !xj_row_null(rows, 11) ? XJ_HEIR_SUPERIOR
                                        : XJ_HEIR_OFFICE;
        heir = 9 + 2 * (int)c.by;
        c.heir = xj_row_int(rows, heir);
        c.heir_name = xj_row_text(rows, heir + 1, result);
        xj_vec_push(&found, result, c);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_body_closing_list(xj_body_closing **items, size_t *n, xj_db *db, int64_t tenant, xj_date day,
                     int64_t after, int64_t limit, xj_pool *result)
{
    xj_rules rules;
    xj_rows *rows;

    XJ_TRY(xj_rules_get(&rules, db, tenant, result));
    XJ_TRY(xj_db_query(
        &rows, db, SQL_BODY_CLOSING, "issiii", tenant, xj_day_str(day, result),
        xj_day_str(xj_date_add_days(day, (int)rules.number[XJ_RULE_BODY_ENDS_AHEAD]), result),
        after, INT64_C(0), limit));
    return read_closing(items, n, rows, result);
}

xj_error *
xj_body_closing_get(xj_body_closing *body, xj_db *db, int64_t tenant, xj_date day, int64_t id,
                    xj_pool *result)
{
    xj_body_closing *items;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, db, SQL_BODY_CLOSING, "issiii", tenant, xj_day_str(day, result),
                       XJ_STR(XJ_DAY_NONE), id - 1, id, INT64_C(1)));
    XJ_TRY(read_closing(&items, &n, rows, result));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such body that ends");
    *body = items[0];
    return NULL;
}

xj_error *
xj_body_open_list(xj_body_open **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                  xj_body_about about, int64_t after, int64_t limit, xj_pool *result)
{
    static const enum xj_sql lists[] = {SQL_BODY_DUTIES, SQL_BODY_OWED, SQL_BODY_FINDINGS};
    XJ_VEC(xj_body_open) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, lists[about], "iiii", tenant, id, after, limit));
    for (;;) {
        xj_body_open *o;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(
            &found, result,
            (xj_body_open){.id = xj_row_int(rows, 0), .kind = xj_row_text(rows, 1, result)});
        o = &found.items[found.len - 1];
        if (about == XJ_BODY_DUTY) {
            o->no = xj_row_text(rows, 2, result);
            o->title = xj_row_text(rows, 3, result);
            o->state = xj_row_text(rows, 4, result);
            o->due = xj_row_text(rows, 5, result);
            o->role = xj_row_text(rows, 6, result);
            o->left = xj_row_int(rows, 7) != 0;
        } else {
            o->title = xj_row_text(rows, 2, result);
            if (about == XJ_BODY_OWED)
                o->state = xj_row_text(rows, 3, result);
            o->due = xj_row_text(rows, about == XJ_BODY_OWED ? 4 : 3, result);
            o->left = about == XJ_BODY_OWED && xj_row_int(rows, 5) != 0;
            o->along = about == XJ_BODY_OWED && xj_row_int(rows, 6) != 0;
        }
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
