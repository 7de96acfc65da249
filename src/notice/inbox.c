/* Inboxes, and what the office sees of what did not arrive. */
#include "notice/notice_priv.h"

xj_error *
xj_inbox_list(xj_told **items, size_t *n, xj_db *db, int64_t tenant, int64_t person, bool unread,
              int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_INBOX_LIST, result);
    XJ_VEC(xj_told) found = {0};
    xj_rows *rows;
    bool more;

    if (unread)
        xj_list_null(list, "read", true);
    xj_list_order(list, "id", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", tenant, person));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_told){.id = xj_row_int(rows, 0),
                              .kind = xj_row_text(rows, 1, result),
                              .unit = xj_row_int(rows, 2),
                              .unit_name = xj_row_text(rows, 3, result),
                              .subject = xj_row_text(rows, 4, result),
                              .made_for = xj_row_text(rows, 5, result),
                              .due = xj_row_text(rows, 6, result),
                              .items = xj_row_text(rows, 7, result),
                              .created_at = xj_row_int(rows, 8),
                              .read_at = xj_row_int(rows, 9)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_inbox_unread(int64_t *n, xj_db *db, int64_t tenant, int64_t person)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_INBOX_UNREAD, "ii", tenant, person));
    XJ_TRY(xj_rows_next(rows, &more));
    *n = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_inbox_read(xj_tx *tx, int64_t person, const int64_t *ids, size_t n, int64_t last)
{
    const int64_t tenant = xj_tx_tenant(tx), now = xj_tx_now(tx);

    if (n == 0)
        return xj_db_send(xj_tx_db(tx), SQL_INBOX_READ_ALL, "iiii", now, tenant, person, last);
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_INBOX_READ, "iiii", now, tenant, person, ids[i]));
    return NULL;
}

/* ---- deliveries ---- */

xj_error *
xj_delivery_list(xj_delivery **items, size_t *n, xj_db *db, int64_t tenant, xj_str state,
                 int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_DELIVERY_LIST, result);
    XJ_VEC(xj_delivery) found = {0};
    xj_rows *rows;
    bool more;

    if (state.data != NULL)
        xj_list_str(list, "state", XJ_COND_EQ, state);
    xj_list_order(list, "id", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_delivery){.id = xj_row_int(rows, 0),
                                  .person = xj_row_int(rows, 1),
                                  .person_name = xj_row_text(rows, 2, result),
                                  .channel = xj_row_text(rows, 3, result),
                                  .state = xj_row_text(rows, 4, result),
                                  .tries = xj_row_int(rows, 5),
                                  .code = xj_row_text(rows, 6, result),
                                  .why = xj_row_text(rows, 7, result),
                                  .created_at = xj_row_int(rows, 8),
                                  .due_at = xj_row_int(rows, 9),
                                  .kind = xj_row_text(rows, 10, result),
                                  .unit = xj_row_int(rows, 11),
                                  .unit_name = xj_row_text(rows, 12, result),
                                  .dead = xj_row_int(rows, 13) != 0});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_delivery_again(xj_tx *tx, const xj_notice_ways *ways, int64_t id)
{
    const int64_t tenant = xj_tx_tenant(tx), now = xj_tx_now(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t outbox, person;
    xj_str channel;
    bool more, failed;
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_DELIVERY_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such delivery");
    outbox = xj_row_int(rows, 0);
    person = xj_row_int(rows, 1);
    channel = xj_row_text(rows, 2, xj_tx_pool(tx));
    failed = xj_str_eq(xj_row_str(rows, 3), XJ_STR("failed"));
    xj_rows_close(rows);
    if (!failed)
        return xj_error_new(XJ_E_CONFLICT, "the delivery did not fail");
    xj_tx_subject(tx, "notice_delivery", id);
    if (person == 0) {
        XJ_TRY(xj_db_run(db, SQL_DELIVERY_REMOVE, "ii", tenant, id));
        return xj_notice__spread_again(tx, ways, outbox, now);
    }
    XJ_TRY(xj_db_send(db, SQL_CHANNEL_ALIVE, "iis", tenant, person, channel));
    return xj_db_send(db, SQL_DELIVERY_AGAIN, "iii", now, tenant, id);
}
