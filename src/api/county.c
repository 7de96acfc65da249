/* Counties with a jurisdiction of their own: links, tasks from the city, where rows came from. */
#include "county/county.h"
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "org/password.h"

#define CODE_BYTES_MAX 4096

/* ---- links ---- */

static void
write_link(xj_json *w, const xj_county_link *link)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", link->id);
    xj_json_key_str(w, "side", link->side);
    xj_json_key_str(w, "peer", link->peer_name);
    xj_api_key_named(w, "unit", link->unit, link->unit_name);
    xj_json_key_str(w, "programme", link->programme_name);
    xj_json_key_str(w, "state", link->state);
    xj_json_key_str(w, "offered_on", link->offered_on);
    xj_json_key_str(w, "linked_on", link->linked_on);
    xj_json_key_str(w, "ends_on", link->ends_on);
    xj_json_key_str(w, "ended_by", link->ended_by);
    xj_json_key_str(w, "ended_name", link->ended_name);
    xj_json_key_str(w, "end_why", link->end_why);
    xj_json_key_int(w, "waiting", link->waiting);
    xj_json_key_int(w, "tasks", link->tasks);
    xj_json_key_int(w, "left", link->left);
    xj_json_key_int(w, "version", link->version);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_county_links(xj_api *api)
{
    xj_county_link *links;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_county_list(&links, &n, xj_reader_db(reader), api->scope.tenant, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++)
        write_link(w, &links[i]);
    return xj_api_items_reply(api, &json);
}

typedef struct change {
    xj_api_command *command;
    int64_t id, version;
    int64_t unit, programme;
    xj_str code, ends_on, why;
    xj_above_take take;
} change;

static change *
change_new(xj_api *api, const char *name, xj_command_fn run, xj_str payload)
{
    change *c = XJ_NEW(api->pool, change);

    c->command = xj_api_command_new(api, name, run, c, payload);
    return c;
}

/* Link ID as it is now. */
static xj_error *
write_link_of(xj_buf *out, xj_tx *tx, int64_t id)
{
    xj_county_link *links;
    size_t n;
    xj_json w;

    XJ_TRY(xj_county_list(&links, &n, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    xj_json_init(&w, out);
    for (size_t i = 0; i < n; i++)
        if (links[i].id == id) {
            write_link(&w, &links[i]);
            return xj_buf_check(out);
        }
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such link");
}

/* What was asked beside what is, which WRITE writes, for a change that came too late. */
static void
conflict(change *c, xj_tx *tx, xj_error *(*write)(xj_buf *out, xj_tx *tx, int64_t id))
{
    xj_buf *out = &c->command->problem;
    xj_error *err;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, xj_call_body(c->command->api->call));
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    err = write(out, tx, c->id);
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

/* ---- offering: the code is in the first answer alone ---- */

static void
write_offer(xj_buf *answer, int64_t id, xj_str code)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_str(&w, "code", code);
    xj_json_end_object(&w);
}

static xj_error *
run_offer(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;

    XJ_TRY(xj_county_offer(&c->id, tx, c->unit, c->code));
    write_offer(answer, c->id, XJ_STR_NONE);
    return NULL;
}

static void
reply_code(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const change *c = api->reply_arg;
    xj_buf body;

    if (answer->replayed)
        return;
    xj_buf_init(&body, api->pool, CODE_BYTES_MAX);
    write_offer(&body, c->id, c->code);
    reply->body = xj_buf_str(&body);
}

xj_error *
xj_api_offer_county_link(xj_api *api)
{
    change *c = change_new(api, "county.offer", run_offer, XJ_STR_NONE);

    c->unit = xj_jval_int(xj_jval_find(api->body, "unit"));
    c->code = xj_password_make(api->pool);
    api->reply_arg = c;
    c->command->reply = reply_code;
    c->command->status = 201;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_take_link(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;

    XJ_TRY(xj_county_take(&c->id, tx, c->code, c->programme));
    return write_link_of(answer, tx, c->id);
}

xj_error *
xj_api_take_county_link(xj_api *api)
{
    /* The code is a secret until it is used: the journal has the programme alone. */
    const int64_t programme = xj_jval_int(xj_jval_find(api->body, "programme"));
    change *c = change_new(api, "county.ask", run_take_link,
                           xj_str_printf(api->pool, "{\"programme\":%lld}", (long long)programme));

    c->programme = programme;
    c->code = xj_jval_str(xj_jval_find(api->body, "code"));
    c->command->status = 201;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t now;
    xj_error *err;

    xj_buf_clear(&c->command->problem);
    err =
        xj_county_end(&now, tx, c->id, c->version, c->ends_on, c->why, xj_api_who(c->command->api));
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        conflict(c, tx, write_link_of);
    XJ_TRY(err);
    return write_link_of(answer, tx, c->id);
}

xj_error *
xj_api_end_county_link(xj_api *api)
{
    change *c = change_new(api, "county.end", run_end, XJ_STR_NONE);

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "link");
    c->ends_on = xj_jval_str(xj_jval_find(api->body, "ends_on"));
    c->why = xj_jval_str(xj_jval_find(api->body, "why"));
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}

static void
write_left(xj_json *w, const xj_county_left *left)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", left->duty);
    xj_json_key_str(w, "title", left->title);
    xj_json_key_str(w, "state", left->state);
    xj_json_key_bool(w, "live", left->live);
    xj_json_key_str(w, "left_on", left->left_on);
    xj_json_key_str(w, "next_due", left->next_due);
    xj_json_key_bool(w, "came", left->came);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_left_assignments(xj_api *api)
{
    const int64_t link = xj_args_int(&api->args, "link");
    const xj_str today = xj_day_str(xj_org_day(xj_now()), api->pool);
    size_t n, nnames;
    xj_county_left *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_str *names;
    xj_json *w;

    XJ_TRY(xj_api_page_init(&page, api, "left"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_county_left_list(&rows, &n, xj_reader_db(reader), &api->scope, api->session.person,
                               link, page.after, page.ask, api->pool));
    XJ_TRY(xj_county_answerers(&names, &nnames, xj_reader_db(reader), api->scope.tenant, link,
                               today, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_start(&page);
    xj_json_key(w, "people");
    xj_json_array(w);
    for (size_t i = 0; i < nnames; i++)
        xj_json_str(w, names[i]);
    xj_json_end_array(w);
    xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_left(w, &rows[i]);
        page.last = rows[i].duty;
    }
    return xj_api_page_reply(&page);
}

/* ---- tasks from the city ---- */

static void
key_words(xj_json *w, const char *key, xj_str title, xj_str text, xj_str deadline_kind, xj_str due)
{
    xj_json_key(w, key);
    xj_json_object(w);
    xj_json_key_str(w, "title", title);
    xj_json_key_str(w, "text", text);
    xj_json_key_str(w, "deadline_kind", deadline_kind);
    xj_json_key_day(w, "due", due);
    xj_json_end_object(w);
}

static void
write_assignment(xj_json *w, const xj_above *a)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", a->duty);
    xj_json_key_str(w, "kind", a->kind);
    xj_json_key_str(w, "from", a->from_name);
    key_words(w, "above", a->title, a->text, a->deadline_kind, a->due);
    xj_json_key_str(w, "document", a->document);
    xj_json_key_str(w, "doc_no", a->doc_no);
    xj_json_key_raw(w, "dates", a->dates);
    key_words(w, "own", a->own_title, a->own_text, a->own_deadline_kind, a->own_due);
    xj_json_key_int(w, "days_before", a->days_before);
    xj_api_key_named(w, "owner", a->owner, a->owner_name);
    xj_json_key_str(w, "taken", a->taken);
    xj_json_key_str(w, "taken_on", a->taken_on);
    xj_json_key_str(w, "taken_by", a->taken_name);
    xj_json_key_bool(w, "live", a->live);
    xj_json_key_str(w, "kept_on", a->kept_on);
    xj_json_key_str(w, "ended", a->ended);
    xj_json_key_str(w, "changed_on", a->changed_on);
    xj_json_key_str(w, "state", a->state);
    xj_json_key_int(w, "version", a->version);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_assignments(xj_api *api)
{
    const xj_above_filter filter = {
        .live = xj_args_given(&api->args, "live") ? xj_args_int(&api->args, "live") != 0 : -1,
        .taken = xj_args_str(&api->args, "taken")};
    xj_above *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "assignment"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_above_list(&rows, &n, xj_reader_db(reader), &api->scope, api->session.person, &filter,
                         page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_assignment(w, &rows[i]);
        page.last = rows[i].duty;
    }
    return xj_api_page_reply(&page);
}

/* The assignment that is duty task ID, as it is now. */
static xj_error *
write_assignment_of(xj_buf *out, xj_tx *tx, int64_t id)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    const xj_above_filter filter = {.duty = id, .live = -1};
    xj_above *row;
    size_t n;
    xj_json w;

    XJ_TRY(xj_above_list(&row, &n, xj_tx_db(tx), &all, 0, &filter, 0, 1, xj_tx_pool(tx)));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the task did not come from above");
    xj_json_init(&w, out);
    write_assignment(&w, row);
    return xj_buf_check(out);
}

static xj_error *
run_take(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t now;
    xj_error *err;

    xj_buf_clear(&c->command->problem);
    err = xj_above_take_do(&now, tx, c->id, c->version, &c->take);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        conflict(c, tx, write_assignment_of);
    XJ_TRY(err);
    return write_assignment_of(answer, tx, c->id);
}

xj_error *
xj_api_take_assignment(xj_api *api)
{
    change *c = change_new(api, "assignment.take", run_take, XJ_STR_NONE);
    const xj_jval *units = xj_jval_find(api->body, "units");

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "duty");
    c->take = (xj_above_take){
        .adapted = xj_str_eq(xj_jval_str(xj_jval_find(api->body, "taken")), XJ_STR("adapted")),
        .title = xj_jval_str(xj_jval_find(api->body, "title")),
        .text = xj_jval_str(xj_jval_find(api->body, "text")),
        .due = xj_jval_str(xj_jval_find(api->body, "due")),
        .days_before = xj_jval_int(xj_jval_find(api->body, "days_before")),
        .set_units = units != NULL,
        .actor_name = xj_api_who(api)};
    c->take.units = xj_api__ids(&c->take.nunits, units, api->pool);
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}

/* ---- where rows came from ---- */

xj_error *
xj_api_list_came_rows(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "return");
    xj_obligation_whole *seen;
    xj_county_row *rows;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_obligation_get(&seen, xj_reader_db(reader), &api->scope, id, api->pool));
    XJ_TRY(xj_county_rows(&rows, &n, xj_reader_db(reader), api->scope.tenant, id, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "duty", rows[i].duty);
        xj_json_key_str(w, "from", rows[i].peer_name);
        xj_json_key_str(w, "sent_on", rows[i].sent_on);
        xj_json_key_str(w, "sent_by", rows[i].sent_name);
        xj_api_key_instant(w, "came_at", rows[i].came_at);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}
