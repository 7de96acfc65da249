#include "ledger/ledger_priv.h"

#include "base/vec.h"

static void
read_view(xj_view *view, int64_t *owner, const xj_rows *rows, xj_pool *result)
{
    *owner = xj_row_int(rows, 1);
    *view = (xj_view){.id = xj_row_int(rows, 0),
                      .shared = *owner == 0,
                      .name = xj_row_text(rows, 2, result),
                      .filter = xj_row_text(rows, 3, result),
                      .columns = xj_row_text(rows, 4, result),
                      .version = xj_row_int(rows, 5)};
}

xj_error *
xj_view_list(xj_view **views, size_t *n, xj_db *db, int64_t tenant, int64_t person, xj_pool *result)
{
    XJ_VEC(xj_view) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_VIEW_LIST, "ii", tenant, person));
    for (;;) {
        int64_t owner;
        xj_view view;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_view(&view, &owner, rows, result);
        xj_vec_push(&found, result, view);
    }
    *views = found.items;
    *n = found.len;
    return NULL;
}

/* View ID where the actor sees it. */
static xj_error *
get_seen(xj_view *view, xj_tx *tx, int64_t id)
{
    int64_t owner;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VIEW_GET, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        read_view(view, &owner, rows, xj_tx_pool(tx));
    xj_rows_close(rows);
    if (!more || (owner != 0 && owner != xj_tx_actor(tx)))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such view");
    return NULL;
}

static xj_error *
get_for_change(xj_view *view, xj_tx *tx, int64_t id, int64_t version, bool may_share)
{
    XJ_TRY(get_seen(view, tx, id));
    if (view->shared && !may_share)
        return xj_error_new(XJ_E_FORBIDDEN, "the office alone changes a shared view");
    xj_tx_subject(tx, "ledger_view", id);
    return xj_ledger__check_version(view->version, version);
}

static xj_error *
taken(xj_error *err, xj_str name)
{
    return xj_error_is(err, XJ_E_DB_UNIQUE)
               ? xj_error_wrap(XJ_E_CONFLICT, err, "a view is called '" XJ_FMT "' already",
                               XJ_ARG(name))
               : err;
}

xj_error *
xj_view_add(xj_view *view, xj_tx *tx)
{
    const int64_t owner = view->shared ? 0 : xj_tx_actor(tx);
    xj_rows *rows;
    int64_t n;

    view->name = xj_str_trim(view->name);
    XJ_TRY(xj_ledger__check_line(view->name, XJ_LEDGER_NAME_MAX, false, "/name"));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_VIEW_COUNT, "ii", xj_tx_tenant(tx), owner));
    XJ_TRY(xj_ledger__count(&n, rows));
    if (n >= XJ_VIEWS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are %d views already; delete one first",
                            XJ_VIEWS_MAX);
    view->id = xj_tx_next_id(tx);
    view->version = 1;
    xj_tx_subject(tx, "ledger_view", view->id);
    return taken(xj_db_run(xj_tx_db(tx), SQL_VIEW_ADD, "iiisssii", xj_tx_tenant(tx), view->id,
                           owner, view->name, view->filter, view->columns, xj_tx_actor(tx),
                           xj_tx_now(tx)),
                 view->name);
}

xj_error *
xj_view_set(xj_view *view, xj_tx *tx, int64_t id, int64_t version, const xj_view *change,
            bool may_share)
{
    *view = (xj_view){0};
    XJ_TRY(get_for_change(view, tx, id, version, may_share));
    if (change->name.data != NULL) {
        view->name = xj_str_trim(change->name);
        XJ_TRY(xj_ledger__check_line(view->name, XJ_LEDGER_NAME_MAX, false, "/name"));
    }
    if (change->filter.data != NULL)
        view->filter = change->filter;
    if (change->columns.data != NULL)
        view->columns = change->columns;
    view->version++;
    return taken(xj_db_run(xj_tx_db(tx), SQL_VIEW_SET, "sssiii", view->name, view->filter,
                           view->columns, xj_tx_now(tx), xj_tx_tenant(tx), id),
                 view->name);
}

xj_error *
xj_view_remove(xj_tx *tx, int64_t id, int64_t version, bool may_share)
{
    xj_view view;

    XJ_TRY(get_for_change(&view, tx, id, version, may_share));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DESK_LEAVE, "ii", xj_tx_tenant(tx), id));
    return xj_db_send(xj_tx_db(tx), SQL_VIEW_REMOVE, "ii", xj_tx_tenant(tx), id);
}

xj_error *
xj_desk_get(xj_desk *desk, xj_db *db, int64_t tenant, int64_t person, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    *desk = (xj_desk){.columns = XJ_STR("[]")};
    XJ_TRY(xj_db_query(&rows, db, SQL_DESK_GET, "ii", tenant, person));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more)
        *desk = (xj_desk){xj_row_int(rows, 0), xj_row_text(rows, 1, result)};
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_desk_set(xj_tx *tx, const xj_desk *desk)
{
    xj_view view;

    if (desk->view != 0)
        XJ_TRY(get_seen(&view, tx, desk->view));
    xj_tx_subject(tx, "ledger_desk", xj_tx_actor(tx));
    return xj_db_send(xj_tx_db(tx), SQL_DESK_SET, "iiis", xj_tx_tenant(tx), xj_tx_actor(tx),
                      desk->view, desk->columns);
}
