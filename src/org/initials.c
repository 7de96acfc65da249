/* The first letters of units' names: derived from the name, made anew when the program's readings
 * change. */
#include "org/org_priv.h"

#include "base/vec.h"
#include "text/initials.h"

xj_str
xj_org__initials(xj_str name, xj_pool *result)
{
    xj_str initials = xj_text_initials(name, result);

    return initials.len == 0 ? XJ_STR("-") : initials;
}

void
xj_org__match_name(xj_list *list, xj_str text, xj_pool *result)
{
    if (xj_text_is_initials(text))
        xj_list_str(list, "initials", XJ_COND_MATCH, xj_text_initials(text, result));
    else
        xj_list_str(list, "text", XJ_COND_MATCH, text);
}

xj_error *
xj_unit_set_initials(int64_t *changed, xj_tx *tx)
{
    XJ_VEC(xj_unit) units = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    *changed = 0;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_UNIT_ALL, "i", xj_tx_tenant(tx)));
    for (;;) {
        xj_unit unit;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_org__unit_row(&unit, rows, pool);
        xj_vec_push(&units, pool, unit);
    }
    for (size_t i = 0; i < units.len; i++) {
        const xj_str initials = xj_org__initials(units.items[i].name, pool);
        int64_t n;

        XJ_TRY(xj_db_change(&n, xj_tx_db(tx), SQL_UNIT_SET_INITIALS, "sii", initials,
                            xj_tx_tenant(tx), units.items[i].id));
        *changed += n;
    }
    return NULL;
}

static xj_error *
run_fill(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t changed;

    (void)args;
    (void)answer;
    return xj_unit_set_initials(&changed, tx);
}

xj_error *
xj_unit_fill_initials(xj_store *store, xj_pool *scratch)
{
    return xj_store_do_each(store, SQL_UNIT_UNREAD, "unit.initials", run_fill, scratch);
}

xj_error *
xj_unit_search(xj_unit_found **items, size_t *n, xj_db *db, const xj_scope *scope, xj_str text,
               xj_str after, int64_t key, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_UNIT_SEARCH, result);
    XJ_VEC(xj_unit_found) found = {0};
    xj_rows *rows;
    bool more;

    xj_org__match_name(list, text, result);
    xj_list_order(list, "name", false);
    if (after.data != NULL)
        xj_list_after_str(list, after, key);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        xj_unit_found f = {0};

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        f.key = xj_row_int(rows, 0);
        f.name = xj_row_text(rows, 1, result);
        f.unit = xj_row_int(rows, 2);
        f.unit_name = xj_row_text(rows, 3, result);
        if (!xj_unit_kind_parse(&f.kind, xj_row_str(rows, 4)))
            f.kind = XJ_UNIT_OTHER;
        xj_vec_push(&found, result, f);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
