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

/* The jurisdictions with a unit whose initials nobody has made yet. */
static xj_error *
find_unread(int64_t **items, size_t *n, xj_store *store, xj_pool *result)
{
    XJ_VEC(int64_t) found = {0};
    xj_reader *reader;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_reader_begin(&reader, store, result));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_UNIT_UNREAD, ""));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_int(rows, 0));
    }
    xj_reader_end(reader);
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_unit_fill_initials(xj_store *store, xj_pool *scratch)
{
    int64_t *tenants;
    size_t n;

    XJ_TRY(find_unread(&tenants, &n, store, scratch));
    for (size_t i = 0; i < n; i++) {
        xj_command command = {.name = "unit.initials",
                              .tenant = tenants[i],
                              .actor_name = XJ_STR("xingjian"),
                              .run = run_fill};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    }
    return NULL;
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
        f.name = xj_str_dup(xj_row_str(rows, 1), result);
        f.unit = xj_row_int(rows, 2);
        f.unit_name = xj_str_dup(xj_row_str(rows, 3), result);
        if (!xj_unit_kind_parse(&f.kind, xj_row_str(rows, 4)))
            f.kind = XJ_UNIT_OTHER;
        xj_vec_push(&found, result, f);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
