/* Obligations, receipts, orders. */
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "api/file_priv.h"
#include "duty/signing.h"

static int
open_arg(xj_api *api)
{
    return !xj_args_given(&api->args, "open") ? -1 : xj_args_int(&api->args, "open") != 0 ? 1 : 0;
}

static const xj_api_order obligation_orders[] = {
    {"due", "ob", XJ_OBLIGATIONS_BY_DUE, false},   {"-due", "oB", XJ_OBLIGATIONS_BY_DUE, true},
    {"unit", "ou", XJ_OBLIGATIONS_BY_UNIT, false}, {"-unit", "oU", XJ_OBLIGATIONS_BY_UNIT, true},
    {"sent", "os", XJ_OBLIGATIONS_BY_SENT, false}, {"-sent", "oS", XJ_OBLIGATIONS_BY_SENT, true}};

xj_error *
xj_api_list_obligations(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    const xj_api_order *order = xj_api__order(
        obligation_orders, sizeof obligation_orders / sizeof *obligation_orders, &api->args);
    xj_obligation_filter filter = {.programme = xj_args_int(&api->args, "programme"),
                                   .unit = xj_args_int(&api->args, "unit"),
                                   .person = xj_args_int(&api->args, "person"),
                                   .kind = xj_args_str(&api->args, "kind"),
                                   .state = xj_args_str(&api->args, "state"),
                                   .open = open_arg(api),
                                   .due_from = xj_args_str(&api->args, "due_from"),
                                   .due_to = xj_args_str(&api->args, "due_to"),
                                   .order = (xj_obligation_order)order->by,
                                   .descending = order->descending};
    xj_obligation_key key;
    xj_obligation *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    xj_api_page_ask(&page, api);
    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, order->cursor, "sii", &key.text, &key.number,
                              &key.id));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_obligation_list(&rows, &n, xj_reader_db(reader), &api->scope, &filter,
                              cursor.data == NULL ? NULL : &key, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        xj_json_obligation_row(w, &rows[i]);
    if (page.more) {
        key = xj_obligation_key_of(&rows[page.shown - 1], filter.order);
        page.next = xj_cursor_make(api->pool, order->cursor, "sii", key.text, key.number, key.id);
    }
    return xj_api_page_reply(&page);
}

static xj_error *
write_obligation(xj_json *w, int64_t *version, xj_db *db, xj_api *api, int64_t id, xj_pool *pool)
{
    xj_obligation_whole *whole;
    xj_duty_move *moves;
    size_t n;

    XJ_TRY(xj_obligation_get(&whole, db, &api->scope, id, pool));
    XJ_TRY(xj_obligation_history(&moves, &n, db, api->scope.tenant, id, pool));
    *version = whole->obligation.version;
    xj_json_obligation(w, whole, moves, n);
    return NULL;
}

xj_error *
xj_api_get_obligation(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    int64_t version;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(write_obligation(xj_api_json_start(&json, api), &version, xj_reader_db(reader), api,
                            xj_args_int(&api->args, "obligation"), api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, version);
}

struct change {
    int64_t id, version;
    xj_step step;
    xj_str body;
    xj_api_command *command;
};

/* The obligation as it is now beside what was asked, for a change that came too late. */
static void
conflict(struct change *c, xj_tx *tx)
{
    xj_buf *out = &c->command->problem;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, c->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = write_obligation(&w, &version, xj_tx_db(tx), c->command->api, c->id, xj_tx_pool(tx));
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

/* A return goes round no signature that its unit asks for. */
static xj_error *
check_signed(const struct change *c, xj_tx *tx, const xj_obligation *o)
{
    xj_sign_chain chain;

    if (!xj_str_eq(c->step.move, XJ_STR("send")) || !xj_str_eq(o->kind, XJ_STR("return")) ||
        xj_api__on_behalf(c->command->api, o->unit))
        return NULL;
    XJ_TRY(xj_sign_chain_get(&chain, xj_tx_db(tx), xj_tx_tenant(tx), o->unit, xj_tx_pool(tx)));
    return chain.n == 0 ? NULL
                        : xj_error_new(XJ_E_CONFLICT, "the unit signs its returns before they go: "
                                                      "send it as a whole return");
}

static xj_error *
run_move(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_obligation_whole *seen;
    int64_t now;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    /* What this person may not see is not there. */
    XJ_TRY(xj_obligation_get(&seen, xj_tx_db(tx), &c->command->api->scope, c->id, xj_tx_pool(tx)));
    XJ_TRY(check_signed(c, tx, &seen->obligation));
    err = xj_obligation_step(&now, tx, c->id, c->version, &c->step);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        conflict(c, tx);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(write_obligation(&w, &now, xj_tx_db(tx), c->command->api, c->id, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

xj_error *
xj_api_move_obligation(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->id = xj_args_int(&api->args, "obligation");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->step = xj_api__step(api);
    XJ_TRY(xj_api__check_move(api, c->step.move, "send do"));
    c->body = xj_call_body(api->call);
    c->command = xj_api_command_new(api, "obligation.move", run_move, c, XJ_STR_NONE);
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}

/* ---- receipts ---- */

xj_error *
xj_api_list_receipts(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    int64_t notice = 0, unit = 0;
    xj_duty_receipt *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    xj_api_page_ask(&page, api);
    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, "rc", "ii", &notice, &unit));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_receipt_list(&rows, &n, xj_reader_db(reader), &api->scope,
                           xj_args_int(&api->args, "notice"), xj_args_int(&api->args, "unit"),
                           (xj_args_int(&api->args, "open") != 0), notice, unit, page.ask,
                           api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "notice", rows[i].notice);
        xj_json_key_int(w, "unit", rows[i].unit);
        xj_json_key_str(w, "unit_name", rows[i].unit_name);
        xj_json_key_str(w, "origin", rows[i].origin);
        xj_json_key_str(w, "title", rows[i].title);
        xj_json_key_str(w, "issued_on", rows[i].issued_on);
        xj_json_key_str(w, "acknowledged_on", rows[i].acknowledged_on);
        xj_json_key_str(w, "person_name", rows[i].person_name);
        xj_json_key_int(w, "duties", rows[i].duties);
        xj_json_end_object(w);
    }
    if (page.more)
        page.next = xj_cursor_make(api->pool, "rc", "ii", rows[page.shown - 1].notice,
                                   rows[page.shown - 1].unit);
    return xj_api_page_reply(&page);
}

struct acknowledging {
    int64_t notice, unit;
    xj_str on;
    xj_api *api;
};

static xj_error *
run_acknowledge(xj_tx *tx, void *args, xj_buf *answer)
{
    struct acknowledging *a = args;
    xj_duty_receipt *seen;
    size_t n;

    if (!xj_scope_has(&a->api->scope, a->api->scope.tenant, a->unit))
        return xj_error_new(XJ_E_NOT_FOUND, "the unit has no such notice");
    XJ_TRY(xj_receipt_list(&seen, &n, xj_tx_db(tx), &a->api->scope, a->notice, a->unit, false, 0, 0,
                           1, xj_tx_pool(tx)));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the unit has no such notice");
    XJ_TRY(xj_receipt_acknowledge(tx, a->notice, a->unit, a->on, xj_api_who(a->api)));
    xj_buf_add(answer, XJ_STR("{\"done\":true}"));
    return NULL;
}

xj_error *
xj_api_acknowledge_notice(xj_api *api)
{
    struct acknowledging *a = XJ_NEW(api->pool, struct acknowledging);

    *a = (struct acknowledging){xj_jval_int(xj_jval_find(api->body, "notice")),
                                xj_jval_int(xj_jval_find(api->body, "unit")),
                                xj_jval_str(xj_jval_find(api->body, "happened_on")), api};
    xj_api_post(xj_api_command_new(api, "duty.acknowledge", run_acknowledge, a, XJ_STR_NONE));
    return NULL;
}

/* ---- orders ---- */

xj_error *
xj_api_list_orders(xj_api *api)
{
    xj_reader *reader;
    xj_api_page page;
    xj_order *rows;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "or"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_order_list(&rows, &n, xj_reader_db(reader), &api->scope,
                         xj_args_int(&api->args, "unit"), open_arg(api), page.after, page.ask,
                         api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_int(w, "unit", rows[i].unit);
        xj_json_key_str(w, "unit_name", rows[i].unit_name);
        xj_json_key_int(w, "obligation", rows[i].obligation);
        xj_json_key_str(w, "obligation_kind", rows[i].obligation_kind);
        xj_json_key_str(w, "obligation_due", rows[i].obligation_due);
        xj_json_key_str(w, "state", rows[i].state);
        xj_json_key_str(w, "state_on", rows[i].state_on);
        xj_json_key_bool(w, "open", rows[i].open);
        xj_json_key_str(w, "drafted_on", rows[i].drafted_on);
        xj_json_key_str(w, "signed_name", rows[i].signed_name);
        xj_json_key_int(w, "version", rows[i].version);
        xj_json_end_object(w);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

static xj_error *
run_order(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    int64_t now;

    /* The ladder beyond reminders is the office's. */
    if (!c->command->api->scope.all_units)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such order");
    XJ_TRY(xj_order_step(&now, tx, c->id, c->version, &c->step));
    xj_buf_printf(answer, "{\"version\":%lld}", (long long)now);
    return NULL;
}

xj_error *
xj_api_move_order(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->id = xj_args_int(&api->args, "order");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->step = xj_api__step(api);
    c->command = xj_api_command_new(api, "order.move", run_order, c, XJ_STR_NONE);
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}
