/* Acknowledging: of the notice, once for a unit. */
#include "duty/duty_priv.h"

xj_error *
xj_receipt_list(xj_duty_receipt **items, size_t *n, xj_db *db, const xj_scope *scope,
                int64_t notice, int64_t unit, bool open, int64_t after_notice, int64_t after_unit,
                int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_RECEIPT_LIST, result);
    XJ_VEC(xj_duty_receipt) found = {0};
    xj_rows *rows;
    bool more;

    if (notice != 0)
        xj_list_int(list, "notice", XJ_COND_EQ, notice);
    if (unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, unit);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, scope->person, result));
    xj_list_order(list, "notice", false);
    if (after_notice != 0)
        xj_list_after_int(list, after_notice, after_unit);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->tenant, (int64_t)open));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_duty_receipt){.notice = xj_row_int(rows, 0),
                                      .unit = xj_row_int(rows, 1),
                                      .origin = xj_row_text(rows, 2, result),
                                      .title = xj_row_text(rows, 3, result),
                                      .issued_on = xj_row_text(rows, 4, result),
                                      .unit_name = xj_row_text(rows, 5, result),
                                      .acknowledged_on = xj_row_text(rows, 6, result),
                                      .person_name = xj_row_text(rows, 7, result),
                                      .duties = xj_row_int(rows, 8)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
find(bool *waits, xj_tx *tx, int64_t notice, int64_t unit)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_RECEIPT_GET, "iii", xj_tx_tenant(tx), notice, unit));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "the unit has no such notice");
    *waits = xj_row_null(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

struct told {
    int64_t duty;
    bool handled; /* by somebody inside the unit, before it was acknowledged */
};

static xj_error *
acknowledge_one(xj_tx *tx, const struct told *told, xj_str on, xj_str actor)
{
    const xj_str acknowledged = XJ_STR("acknowledged"), dispatched = XJ_STR("dispatched");

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_MOVE, "ssiSSSSIiii",
                      told->handled ? dispatched : acknowledged, on, INT64_C(1), XJ_STR_NONE,
                      XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE, NULL, xj_tx_now(tx), xj_tx_tenant(tx),
                      told->duty));
    XJ_TRY(xj_duty__note(tx, "duty", told->duty, XJ_STR("acknowledge"), XJ_STR("assigned"),
                         acknowledged, on, actor, XJ_STR_NONE, XJ_STR_NONE));
    return told->handled ? xj_duty__note(tx, "duty", told->duty, XJ_STR("dispatch"), acknowledged,
                                         dispatched, on, actor, XJ_STR_NONE, XJ_STR_NONE)
                         : NULL;
}

xj_error *
xj_receipt_acknowledge(xj_tx *tx, int64_t notice, int64_t unit, xj_str happened_on, xj_str actor)
{
    const int64_t tenant = xj_tx_tenant(tx);
    XJ_VEC(struct told) duties = {0};
    xj_db *db = xj_tx_db(tx);
    bool waits, more;
    xj_rows *rows;
    xj_str on;

    xj_tx_subject(tx, "duty_notice", notice);
    XJ_TRY(xj_duty__happened(&on, tx, happened_on));
    XJ_TRY(find(&waits, tx, notice, unit));
    if (!waits)
        return NULL;
    XJ_TRY(xj_db_send(db, SQL_RECEIPT_SET, "siisiii", on, xj_tx_now(tx), xj_tx_actor(tx), actor,
                      tenant, notice, unit));
    XJ_TRY(xj_db_query(&rows, db, SQL_RECEIPT_DUTIES, "iii", tenant, notice, unit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&duties, xj_tx_pool(tx),
                    (struct told){xj_row_int(rows, 0), xj_row_int(rows, 1) != 0});
    }
    for (size_t i = 0; i < duties.len; i++)
        XJ_TRY(acknowledge_one(tx, &duties.items[i], on, actor));
    return NULL;
}
