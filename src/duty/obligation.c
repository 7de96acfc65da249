/* Looking at obligations, and their moves. */
#include "duty/instruction.h"
#include "duty/request_priv.h"
#include "duty/signing_priv.h"

static void
read_row(xj_obligation *o, const xj_rows *rows, xj_pool *result)
{
    *o = (xj_obligation){.id = xj_row_int(rows, 0),
                         .programme = xj_row_int(rows, 1),
                         .unit = xj_row_int(rows, 2),
                         .unit_name = xj_row_text(rows, 3, result),
                         .kind = xj_row_text(rows, 4, result),
                         .raised_for = xj_row_text(rows, 5, result),
                         .due = xj_row_text(rows, 6, result),
                         .period = xj_row_text(rows, 7, result),
                         .title = xj_row_text(rows, 8, result),
                         .duty = xj_row_int(rows, 9),
                         .document = xj_row_int(rows, 10),
                         .state = xj_row_text(rows, 11, result),
                         .state_on = xj_row_text(rows, 12, result),
                         .open = xj_row_int(rows, 13) != 0,
                         .sent_on = xj_row_text(rows, 14, result),
                         .accepted_on = xj_row_text(rows, 15, result),
                         .original_on = xj_row_text(rows, 16, result),
                         .rows = xj_row_int(rows, 17),
                         .chases = xj_row_int(rows, 18),
                         .version = xj_row_int(rows, 19)};
}

xj_obligation_key
xj_obligation_key_of(const xj_obligation *row, xj_obligation_order order)
{
    xj_obligation_key key = {.text = row->due, .number = row->unit, .id = row->id};

    if (order == XJ_OBLIGATIONS_BY_SENT)
        key.text = row->sent_on.data == NULL ? XJ_STR("") : row->sent_on;
    return key;
}

xj_error *
xj_obligation_list(xj_obligation **items, size_t *n, xj_db *db, const xj_scope *scope,
                   const xj_obligation_filter *f, const xj_obligation_key *after, int64_t limit,
                   xj_pool *result)
{
    static const char *const orders[] = {"due", "unit", "sent"};
    xj_list *list = xj_list_new(SQL_OBLIGATION_LIST, result);
    XJ_VEC(xj_obligation) found = {0};
    xj_rows *rows;
    bool more;

    if (f->unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, f->unit);
    if (f->open >= 0)
        xj_list_int(list, "open", XJ_COND_EQ, f->open);
    if (f->programme != 0)
        xj_list_int(list, "programme", XJ_COND_EQ, f->programme);
    if (f->person != 0)
        xj_list_int(list, "person", XJ_COND_MATCH, f->person);
    if (f->kind.data != NULL)
        xj_list_str(list, "kind", XJ_COND_EQ, f->kind);
    if (f->state.data != NULL)
        xj_list_str(list, "state", XJ_COND_EQ, f->state);
    if (f->due_from.data != NULL)
        xj_list_str(list, "due", XJ_COND_GE, f->due_from);
    if (f->due_to.data != NULL)
        xj_list_str(list, "due", XJ_COND_LE, f->due_to);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, scope->person, result));
    xj_list_order(list, orders[f->order], f->descending);
    if (after != NULL && f->order == XJ_OBLIGATIONS_BY_UNIT)
        xj_list_after_int(list, after->number, after->id);
    else if (after != NULL)
        xj_list_after_str(list, after->text, after->id);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        xj_obligation o;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_row(&o, rows, result);
        xj_vec_push(&found, result, o);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

const xj_state_kind *
xj_obligation__machine(xj_str kind)
{
    const bool returns = xj_str_eq(kind, XJ_STR("return")) || xj_str_ends(kind, XJ_STR("report"));

    return xj_state_kind_find(returns ? XJ_STR("return") : XJ_STR("step"));
}

static xj_error *
get_one(xj_obligation *o, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_OBLIGATION_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such obligation");
    read_row(o, rows, result);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_rows(xj_obligation_row **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_obligation_row) found = {0};
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(
            &found, result,
            (xj_obligation_row){.duty = xj_row_int(rows, 0),
                                .no = xj_row_text(rows, 1, result),
                                .action = xj_row_text(rows, 2, result),
                                .title = xj_row_text(rows, 3, result),
                                .state = xj_row_text(rows, 4, result),
                                .why = xj_row_text(rows, 5, result),
                                .strength = xj_row_text(rows, 6, result),
                                .progress = xj_row_null(rows, 7) ? -1 : xj_row_int(rows, 7)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_obligation_get(xj_obligation_whole **obligation, xj_db *db, const xj_scope *scope, int64_t id,
                  xj_pool *result)
{
    xj_obligation_whole *o = *obligation = XJ_NEW(result, xj_obligation_whole);
    bool seen = true;
    xj_rows *rows;

    /* Asked for first: on PostgreSQL both answers come in one round trip. */
    XJ_TRY(xj_db_query(&rows, db, SQL_OBLIGATION_ROWS, "ii", scope->tenant, id));
    XJ_TRY(get_one(&o->obligation, db, scope->tenant, id, result));
    if (o->obligation.duty != 0)
        XJ_TRY(xj_duty_seen(&seen, db, scope, scope->person, o->obligation.duty, result));
    if (!seen || !xj_scope_has(scope, scope->tenant, o->obligation.unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such obligation");
    XJ_TRY(read_rows(&o->rows, &o->nrows, rows, result));
    xj_state_moves(o->moves, &o->nmoves, xj_obligation__machine(o->obligation.kind),
                   o->obligation.state, true);
    return xj_duty__leave_to_judge(o, db, scope->tenant, result);
}

xj_error *
xj_obligation_history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                      xj_pool *result)
{
    return xj_duty__history(items, n, db, tenant, "obligation", id, result);
}

/* ---- moves ---- */

/* The rows of O follow its move. */
static xj_error *
move_rows(xj_tx *tx, const xj_obligation *o, const xj_step *step, xj_str on)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    if (xj_str_eq(step->move, XJ_STR("send")))
        return xj_db_send(db, SQL_OBLIGATION_ROWS_SET, "sSSii", XJ_STR("sent"), on, XJ_STR_NONE,
                          tenant, o->id);
    if (xj_str_eq(step->move, XJ_STR("return")))
        return xj_db_send(db, SQL_OBLIGATION_ROWS_SET, "sSSii", XJ_STR("returned"), XJ_STR_NONE,
                          step->why, tenant, o->id);
    if (xj_str_eq(step->move, XJ_STR("accept"))) {
        XJ_TRY(xj_db_send(db, SQL_OBLIGATION_ROWS_SET, "sSSii", XJ_STR("accepted"), o->sent_on,
                          XJ_STR_NONE, tenant, o->id));
        return xj_db_send(db, SQL_DUTY_PROGRESS_SAID, "iiii", xj_tx_now(tx), tenant, o->id,
                          (int64_t)0);
    }
    if (xj_str_eq(step->move, XJ_STR("withdraw")))
        return xj_db_send(db, SQL_OBLIGATION_ROWS_WITHDRAW, "sii", step->why, tenant, o->id);
    if (xj_str_eq(step->move, XJ_STR("reopen")))
        return xj_db_send(db, SQL_OBLIGATION_ROWS_BACK, "ii", tenant, o->id);
    if (xj_str_eq(step->move, XJ_STR("extend")))
        return xj_db_send(db, SQL_OBLIGATION_ROWS_DUE, "sii", step->due, tenant, o->id);
    return NULL;
}

static xj_error *
check_due(const xj_obligation *o, const xj_step *step)
{
    xj_date day;

    if (!xj_str_eq(step->move, XJ_STR("extend")))
        return NULL;
    if (step->due.data == NULL || !xj_date_parse(&day, step->due) ||
        xj_str_cmp(step->due, o->due) <= 0 || day.year > 2200)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "an extension needs a day behind " XJ_FMT, XJ_ARG(o->due)),
            "/due");
    return NULL;
}

static xj_error *
relight_rows(xj_tx *tx, const xj_obligation *o, xj_date on)
{
    const xj_date today = xj_duty__today(tx);
    xj_obligation_row *items;
    xj_rules rules;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_OBLIGATION_ROWS, "ii", xj_tx_tenant(tx), o->id));
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    XJ_TRY(read_rows(&items, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_duty__relight(tx, items[i].duty, on, today, &rules));
    return o->duty == 0 ? NULL : xj_duty__relight(tx, o->duty, on, today, &rules);
}

xj_error *
xj_obligation_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_step *step)
{
    const bool sends = xj_str_eq(step->move, XJ_STR("send"));
    const bool accepts = xj_str_eq(step->move, XJ_STR("accept"));
    const bool original = xj_str_eq(step->move, XJ_STR("receive_original"));
    const bool extends = xj_str_eq(step->move, XJ_STR("extend"));
    xj_pool *pool = xj_tx_pool(tx);
    const xj_state *to;
    xj_obligation o;
    xj_asked asked;
    xj_str on;
    bool stays;

    xj_tx_subject(tx, "obligation", id);
    xj_tx_why(tx, step->why);
    XJ_TRY(xj_duty__check_text(step->why, XJ_DUTY_WHY_MAX, false, "why"));
    XJ_TRY(xj_duty__happened(&on, tx, step->happened_on));
    XJ_TRY(get_one(&o, xj_tx_db(tx), xj_tx_tenant(tx), id, pool));
    XJ_TRY(xj_duty__check_version(o.version, version, "obligation"));
    asked = (xj_asked){.why = step->why, .doc = true, .dated = true, .person = xj_tx_actor(tx)};
    XJ_TRY(xj_duty__last_mover(&asked.last_person, tx, "obligation", id));
    XJ_TRY(xj_state_move(&to, xj_obligation__machine(o.kind), o.state, step->move, &asked));
    XJ_TRY(check_due(&o, step));
    if (!step->rows_apart && !step->above &&
        (accepts || extends || xj_str_eq(step->move, XJ_STR("return"))))
        XJ_TRY(xj_duty__check_judge(tx, id, 0));
    if (accepts && o.original_on.data != NULL) /* it came first */
        to = xj_state_find(xj_obligation__machine(o.kind), XJ_STR("original_received"));
    stays = original && xj_str_eq(o.state, xj_str_c(to->name));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_OBLIGATION_MOVE, "ssiSSSSiii", xj_str_c(to->name),
                      stays ? o.state_on : on, (int64_t)(to->life == XJ_LIFE_LIVE),
                      extends ? step->due : XJ_STR_NONE,
                      sends                                     ? on
                      : xj_str_eq(step->move, XJ_STR("return")) ? XJ_STR_NONE
                                                                : o.sent_on,
                      accepts ? on : o.accepted_on, original ? on : o.original_on, xj_tx_now(tx),
                      xj_tx_tenant(tx), id));
    if (!step->rows_apart)
        XJ_TRY(move_rows(tx, &o, step, on));
    XJ_TRY(xj_duty__note(tx, "obligation", id, step->move, o.state, xj_str_c(to->name), on,
                         step->actor_name, step->why,
                         extends ? xj_str_printf(pool, "{\"due\":\"" XJ_FMT "\"}", XJ_ARG(o.due))
                                 : XJ_STR_NONE));
    if (o.open && to->life != XJ_LIFE_LIVE) {
        if (xj_str_eq(o.kind, XJ_STR("return")))
            XJ_TRY(xj_signing__end(tx, id, "overtake", XJ_STR_NONE, step->actor_name));
        XJ_TRY(xj_request__follow(tx, "obligation", id, xj_obligation__machine(o.kind),
                                  xj_str_c(to->name), true));
    }
    *now = o.version + 1;
    if (sends)
        XJ_TRY(xj_duty__sent(tx, id, on, step->actor_name));
    return relight_rows(tx, &o, xj_day_parse(on));
}

xj_error *
xj_obligation_row_set(xj_tx *tx, int64_t id, int64_t duty, xj_str state, xj_str why)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t changed;

    if (!xj_str_eq(state, XJ_STR("accepted")) && !xj_str_eq(state, XJ_STR("returned")))
        return xj_error_new(XJ_E_BAD_INPUT, "a row is accepted or returned");
    XJ_TRY(xj_db_change(&changed, db, SQL_OBLIGATION_ROW_SET, "sSiii", state,
                        why.len == 0 ? XJ_STR_NONE : why, tenant, id, duty));
    if (changed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the return has no such row");
    if (xj_str_eq(state, XJ_STR("accepted")))
        XJ_TRY(xj_db_send(db, SQL_DUTY_PROGRESS_SAID, "iiii", xj_tx_now(tx), tenant, id, duty));
    return xj_duty__relight_since(tx, duty, xj_duty__today(tx));
}

xj_error *
xj_obligation_touch(int64_t *now, xj_tx *tx, int64_t id, int64_t version)
{
    int64_t changed;

    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_OBLIGATION_TOUCH, "iiii", xj_tx_now(tx),
                        xj_tx_tenant(tx), id, version));
    if (changed == 0)
        return xj_error_new(XJ_E_STALE, "the obligation was changed since you saw it");
    *now = version + 1;
    return NULL;
}
