/* Inboxes, ways of being told, what did not arrive, calendars, text to paste. */
#include "notice/notice.h"
#include "api/api_priv.h"
#include "api/duty_priv.h"

#include "duty/calendar.h"

/* ---- an inbox ---- */

static void
write_notice(xj_json *w, const xj_told *told)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", told->id);
    xj_json_key_str(w, "kind", told->kind);
    xj_json_key_int(w, "unit", told->unit);
    xj_json_key_str(w, "unit_name", told->unit_name);
    xj_json_key_str(w, "subject", told->subject);
    xj_json_key_str(w, "made_for", told->made_for);
    xj_json_key_str(w, "due", told->due);
    xj_json_key_raw(w, "items", told->items);
    xj_api_key_instant_or_null(w, "created_at", told->created_at);
    xj_api_key_instant_or_null(w, "read_at", told->read_at);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_notices(xj_api *api)
{
    const bool only = xj_args_int(&api->args, "unread") != 0;
    int64_t unread;
    xj_reader *reader;
    xj_api_page page;
    xj_told *items;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "notice"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_inbox_list(&items, &n, xj_reader_db(reader), api->session.tenant, api->session.person,
                         only, page.after, page.ask, api->pool));
    XJ_TRY(
        xj_inbox_unread(&unread, xj_reader_db(reader), api->session.tenant, api->session.person));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_notice(w, &items[i]);
        page.last = items[i].id;
    }
    xj_api_page_end(&page);
    xj_json_key_int(w, "unread", unread);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &page.json);
}

struct reading {
    int64_t person, last, *ids;
    size_t n;
};

static xj_error *
run_read(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct reading *r = args;
    int64_t unread;

    XJ_TRY(xj_inbox_read(tx, r->person, r->ids, r->n, r->last));
    XJ_TRY(xj_inbox_unread(&unread, xj_tx_db(tx), xj_tx_tenant(tx), r->person));
    xj_buf_printf(answer, "{\"unread\":%lld}", (long long)unread);
    return NULL;
}

xj_error *
xj_api_read_notices(xj_api *api)
{
    const xj_jval *notices = xj_jval_find(api->body, "notices");
    struct reading *r = XJ_NEW(api->pool, struct reading);

    r->person = api->session.person;
    r->last = xj_jval_int(xj_jval_find(api->body, "last"));
    r->n = notices == NULL ? 0 : xj_jval_len(notices);
    r->ids = XJ_NEW_ARRAY(api->pool, int64_t, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        r->ids[i] = xj_jval_int(xj_jval_at(notices, i));
    xj_api_post(xj_api_command_new(api, "notice.read", run_read, r, XJ_STR_NONE));
    return NULL;
}

/* ---- how one is told ---- */

static void
write_channel(xj_json *w, const xj_channel_row *row, const xj_notice_ways *ways)
{
    xj_json_object(w);
    xj_json_key_str(w, "channel", xj_str_c(xj_channel_word(row->channel)));
    xj_json_key_bool(w, "available", xj_notice_has_way(ways, row->channel));
    xj_json_key_bool(w, "wanted", row->wanted);
    xj_json_key_str(w, "address", row->address);
    xj_json_key_str(w, "language", row->language);
    xj_api_key_instant_or_null(w, "dead_at", row->dead_at);
    xj_json_key_str(w, "dead_why", row->dead_why);
    xj_json_key_int(w, "version", row->version);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_notice_channels(xj_api *api)
{
    xj_channel_row rows[XJ_CHANNELS];
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_channel_list(rows, xj_reader_db(reader), api->session.tenant, api->session.person,
                           api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (int i = 0; i < XJ_CHANNELS; i++)
        write_channel(w, &rows[i], api->server->options.ways);
    return xj_api_items_reply(api, &json);
}

struct setting {
    xj_api *api;
    xj_api_command *command;
    xj_channel_row row;
};

static xj_error *
write_set(xj_json *w, const struct setting *s, xj_tx *tx)
{
    xj_channel_row rows[XJ_CHANNELS];

    XJ_TRY(xj_channel_list(rows, xj_tx_db(tx), xj_tx_tenant(tx), s->api->session.person,
                           xj_tx_pool(tx)));
    write_channel(w, &rows[s->row.channel], s->api->server->options.ways);
    return NULL;
}

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct setting *s = args;
    xj_buf *out = &s->command->problem;
    xj_error *err;
    xj_json w;

    xj_buf_clear(out);
    err = xj_channel_set(tx, s->api->session.person, &s->row);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_error *other;

        xj_buf_add(out, XJ_STR("\"yours\":"));
        xj_buf_add(out, xj_call_body(s->api->call));
        xj_buf_add(out, XJ_STR(",\"theirs\":"));
        xj_json_init(&w, out);
        other = write_set(&w, s, tx);
        if (other != NULL)
            xj_buf_clear(out); /* then the refusal alone is the answer */
        xj_error_clear(other);
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(write_set(&w, s, tx));
    return xj_buf_check(answer);
}

xj_error *
xj_api_set_notice_channel(xj_api *api)
{
    struct setting *s = XJ_NEW(api->pool, struct setting);
    xj_str language = XJ_STR_NONE;

    s->api = api;
    XJ_TRY(xj_channel_parse(&s->row.channel, xj_args_str(&api->args, "channel")));
    XJ_TRY(xj_api_if_match(&s->row.version, api));
    s->row.wanted = xj_jval_bool(xj_jval_find(api->body, "wanted"));
    s->row.address = XJ_STR_NONE;
    XJ_TRY(xj_jval_get_str(&s->row.address, api->body, "address", false));
    XJ_TRY(xj_jval_get_str(&language, api->body, "language", false));
    s->row.language = language.data == NULL ? XJ_STR("zh") : language;
    /* The journal keeps that it was changed, not the address. */
    s->command = xj_api_command_new(api, "notice.channel", run_set, s,
                                    xj_str_printf(api->pool, "{\"channel\":\"%s\",\"wanted\":%s}",
                                                  xj_channel_word(s->row.channel),
                                                  s->row.wanted ? "true" : "false"));
    s->command->reply = xj_api__reply_next;
    xj_api_post(s->command);
    return NULL;
}

/* ---- what did not arrive ---- */

static void
write_delivery(xj_json *w, const xj_delivery *d)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", d->id);
    xj_json_key_id(w, "person", d->person);
    xj_json_key_str(w, "person_name", d->person_name);
    xj_json_key_str(w, "channel", d->channel);
    xj_json_key_str(w, "state", d->state);
    xj_json_key_int(w, "tries", d->tries);
    xj_json_key_str(w, "code", d->code);
    xj_json_key_str(w, "why", d->why);
    xj_json_key_bool(w, "dead", d->dead);
    xj_api_key_instant_or_null(w, "created_at", d->created_at);
    xj_api_key_instant_or_null(w, "due_at", d->due_at);
    xj_json_key_str(w, "kind", d->kind);
    xj_json_key_int(w, "unit", d->unit);
    xj_json_key_str(w, "unit_name", d->unit_name);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_deliveries(xj_api *api)
{
    xj_delivery *items;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "delivery"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_delivery_list(&items, &n, xj_reader_db(reader), api->scope.tenant,
                            xj_args_str(&api->args, "state"), page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_delivery(w, &items[i]);
        page.last = items[i].id;
    }
    return xj_api_page_reply(&page);
}

struct by_id {
    xj_api *api;
    int64_t id, person;
};

static xj_error *
run_again(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct by_id *b = args;

    XJ_TRY(xj_delivery_again(tx, b->api->server->options.ways, b->id));
    xj_buf_add(answer, XJ_STR("{\"done\":true}"));
    return NULL;
}

xj_error *
xj_api_send_delivery_again(xj_api *api)
{
    struct by_id *b = XJ_NEW(api->pool, struct by_id);

    *b = (struct by_id){.api = api, .id = xj_args_int(&api->args, "delivery")};
    xj_api_post(xj_api_command_new(api, "notice.again", run_again, b, XJ_STR_NONE));
    return NULL;
}

/* ---- calendars ---- */

xj_error *
xj_api_list_calendars(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_feed *items;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_feed_list(&items, &n, xj_reader_db(reader), api->session.tenant, api->session.person,
                        api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_id(w, "unit", items[i].unit);
        xj_json_key_str(w, "unit_name", items[i].unit_name);
        xj_api_key_instant_or_null(w, "created_at", items[i].created_at);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

struct adding {
    int64_t id, person, unit;
    xj_str token;
};

static void
write_made(xj_buf *out, int64_t id, xj_str token, xj_pool *pool)
{
    xj_json w;

    xj_json_init(&w, out);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_str(&w, "path",
                    token.data == NULL
                        ? XJ_STR_NONE
                        : xj_str_printf(pool, "/api/v1/calendar/" XJ_FMT, XJ_ARG(token)));
    xj_json_end_object(&w);
}

static xj_error *
run_add_calendar(xj_tx *tx, void *args, xj_buf *answer)
{
    struct adding *a = args;

    XJ_TRY(xj_feed_add(&a->id, tx, a->person, a->unit, a->token));
    write_made(answer, a->id, XJ_STR_NONE, xj_tx_pool(tx));
    return NULL;
}

/* The stored answer has no secret: only the first one that is sent has. */
static void
reply_calendar(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const struct adding *a = api->reply_arg;
    xj_buf body;

    if (answer->replayed)
        return;
    xj_buf_init(&body, api->pool, 1024);
    write_made(&body, a->id, a->token, api->pool);
    reply->body = xj_buf_str(&body);
}

xj_error *
xj_api_add_calendar(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);
    xj_api_command *command;
    xj_scope scope;

    a->person = api->session.person;
    a->unit = xj_jval_int(xj_jval_find(api->body, "unit"));
    XJ_TRY(xj_api_scope(&scope, api, "duty.read"));
    if (a->unit != 0 && !xj_scope_has(&scope, api->session.tenant, a->unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    a->token = xj_feed_token(api->session.tenant, api->pool);
    command = xj_api_command_new(api, "calendar.add", run_add_calendar, a, XJ_STR_NONE);
    command->status = 201;
    command->reply = reply_calendar;
    api->reply_arg = a;
    xj_api_post(command);
    return NULL;
}

static xj_error *
run_revoke(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct by_id *b = args;

    XJ_TRY(xj_feed_revoke(tx, b->person, b->id));
    xj_buf_add(answer, XJ_STR("{\"done\":true}"));
    return NULL;
}

xj_error *
xj_api_revoke_calendar(xj_api *api)
{
    struct by_id *b = XJ_NEW(api->pool, struct by_id);

    *b = (struct by_id){.id = xj_args_int(&api->args, "calendar"), .person = api->session.person};
    xj_api_post(xj_api_command_new(api, "calendar.revoke", run_revoke, b, XJ_STR_NONE));
    return NULL;
}

xj_error *
xj_api_get_calendar(xj_api *api)
{
    xj_reply reply = {.status = 200, .content_type = "text/calendar; charset=utf-8"};
    xj_reader *reader;
    xj_buf out;

    xj_buf_init(&out, api->pool, XJ_API_ANSWER_MAX);
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_feed_write(&out, xj_reader_db(reader), xj_args_str(&api->args, "token"), xj_now(),
                         api->server->options.ways->site,
                         !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en")), api->pool));
    xj_reader_end(reader);
    reply.body = xj_buf_str(&out);
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- text to paste ---- */

xj_error *
xj_api_get_paste_text(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    xj_paste_filter filter = {.programme = xj_args_int(&api->args, "programme"),
                              .unit = xj_args_int(&api->args, "unit"),
                              .day = xj_day_of(xj_now()),
                              .days = (int)xj_args_int(&api->args, "days"),
                              .overdue = xj_args_int(&api->args, "overdue") != 0,
                              .limit = xj_args_int(&api->args, "limit")};
    xj_reader *reader;
    xj_api_json json;
    int64_t units, next;
    xj_buf text;
    xj_json *w;

    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, "pt", "i", &filter.after));
    xj_buf_init(&text, api->pool, 2 * XJ_PASTE_MAX);
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_paste_text(&text, &units, &next, xj_reader_db(reader), &api->scope, &filter,
                         !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en")), api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "text", xj_buf_str(&text));
    xj_json_key_int(w, "units", units);
    xj_json_key_str(w, "next",
                    next == 0 ? XJ_STR_NONE : xj_cursor_make(api->pool, "pt", "i", next));
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}
