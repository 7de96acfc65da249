/* The ladder beyond reminders: orders that the clock drafts and people sign. */
#include "duty/clock.h"
#include "duty/duty_priv.h"

xj_error *
xj_order_list(xj_order **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t unit, int open,
              int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_ORDER_LIST, result);
    XJ_VEC(xj_order) found = {0};
    xj_rows *rows;
    bool more;

    if (unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, unit);
    if (open >= 0)
        xj_list_int(list, "open", XJ_COND_EQ, open);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, scope->person, result));
    if (after != 0)
        xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_order){.id = xj_row_int(rows, 0),
                               .unit = xj_row_int(rows, 1),
                               .unit_name = xj_row_text(rows, 2, result),
                               .obligation = xj_row_int(rows, 3),
                               .obligation_kind = xj_row_text(rows, 4, result),
                               .obligation_due = xj_row_text(rows, 5, result),
                               .state = xj_row_text(rows, 6, result),
                               .state_on = xj_row_text(rows, 7, result),
                               .open = xj_row_int(rows, 8) != 0,
                               .drafted_on = xj_row_text(rows, 9, result),
                               .signed_name = xj_row_text(rows, 10, result),
                               .version = xj_row_int(rows, 11)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_order_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_step *step)
{
    const bool signs = xj_str_eq(step->move, XJ_STR("sign"));
    const int64_t actor = xj_tx_actor(tx);
    const xj_asked asked = {.why = step->why, .doc = true, .person = actor};
    const xj_state *to;
    xj_str on, state;
    xj_rows *rows;
    int64_t at;
    bool more;

    xj_tx_subject(tx, "duty_order", id);
    xj_tx_why(tx, step->why);
    XJ_TRY(xj_duty__check_text(step->why, XJ_DUTY_WHY_MAX, false, "why"));
    XJ_TRY(xj_duty__happened(&on, tx, step->happened_on));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ORDER_GET, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such order");
    state = xj_row_text(rows, 0, xj_tx_pool(tx));
    at = xj_row_int(rows, 1);
    xj_rows_close(rows);
    XJ_TRY(xj_duty__check_version(at, version, "order"));
    XJ_TRY(xj_state_move(&to, xj_state_kind_find(XJ_STR("ladder")), state, step->move, &asked));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ORDER_MOVE, "ssiISii", xj_str_c(to->name), on,
                      (int64_t)(to->life == XJ_LIFE_LIVE), signs ? &actor : NULL,
                      signs ? step->actor_name : XJ_STR_NONE, xj_tx_tenant(tx), id));
    *now = version + 1;
    return xj_duty__note(tx, "order", id, step->move, state, xj_str_c(to->name), on,
                         step->actor_name, step->why, XJ_STR_NONE);
}
