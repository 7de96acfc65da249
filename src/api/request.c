/* What units ask of the office: another day, a pause, a change. */
#include "duty/request.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "api/report_json.h"

static void
request_json(xj_json *w, const xj_request *r)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", r->id);
    xj_json_key_str(w, "about", r->about);
    xj_json_key_int(w, "about_id", r->about_id);
    xj_json_key_int(w, "unit", r->unit);
    xj_json_key_str(w, "unit_name", r->unit_name);
    xj_json_key_str(w, "ask", r->ask);
    xj_json_key_str(w, "due", r->due);
    xj_json_key_str(w, "why", r->why);
    xj_json_key_str(w, "state", r->state);
    xj_json_key_str(w, "asked_name", r->asked_name);
    xj_json_key_str(w, "asked_on", r->asked_on);
    xj_json_key_str(w, "answered_name", r->answered_name);
    xj_json_key_str(w, "answered_on", r->answered_on);
    xj_json_key_str(w, "answer", r->answer);
    xj_json_key_int(w, "version", r->version);
    xj_json_key_str(w, "kind", r->kind);
    xj_json_key_str(w, "period", r->period);
    xj_json_key_str(w, "title", r->title);
    xj_json_key_day(w, "now_due", r->now_due);
    xj_json_key_id(w, "duty", r->duty);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_requests(xj_api *api)
{
    const int64_t duty = xj_args_int(&api->args, "duty");
    const int64_t obligation = xj_args_int(&api->args, "obligation");
    const xj_request_filter filter = {.unit = xj_args_int(&api->args, "unit"),
                                      .state = xj_args_str(&api->args, "state"),
                                      .about_id = duty != 0 ? duty : obligation,
                                      .about = duty != 0         ? XJ_STR("duty")
                                               : obligation != 0 ? XJ_STR("obligation")
                                                                 : XJ_STR_NONE};
    xj_reader *reader;
    xj_api_page page;
    xj_request *rows;
    xj_json *w;
    size_t n;

    if (duty != 0 && obligation != 0)
        return xj_error_new(XJ_E_BAD_INPUT, "a request is about a duty task or an obligation");
    XJ_TRY(xj_api_page_init(&page, api, "rq"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_request_list(&rows, &n, xj_reader_db(reader), &api->scope, api->session.person,
                           &filter, page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        request_json(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

/* ---- asking, answering ---- */

struct change {
    xj_request_new fresh;
    xj_request_answer answer;
    xj_str body;
    xj_api_command *command;
};

static xj_error *
write_request(xj_json *w, xj_tx *tx, const xj_api *api, int64_t id)
{
    xj_request r;

    XJ_TRY(xj_request_get(&r, xj_tx_db(tx), &api->scope, api->session.person, id, xj_tx_pool(tx)));
    request_json(w, &r);
    return NULL;
}

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct change *c = args;
    int64_t id;
    xj_json w;

    XJ_TRY(xj_request_add(&id, tx, &c->command->api->scope, &c->fresh));
    xj_json_init(&w, answer);
    XJ_TRY(write_request(&w, tx, c->command->api, id));
    return xj_buf_check(answer);
}

xj_error *
xj_api_add_request(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->fresh = (xj_request_new){.about = xj_jval_str(xj_jval_find(api->body, "about")),
                                .about_id = xj_jval_int(xj_jval_find(api->body, "about_id")),
                                .ask = xj_jval_str(xj_jval_find(api->body, "ask")),
                                .due = xj_jval_str(xj_jval_find(api->body, "due")),
                                .why = xj_jval_str(xj_jval_find(api->body, "why")),
                                .actor_name = xj_api_who(api)};
    c->command = xj_api_command_new(api, "request.add", run_add, c, XJ_STR_NONE);
    c->command->status = 201;
    xj_api_post(c->command);
    return NULL;
}

/* The request as it is now beside the answer, for one that came too late. */
static void
conflict(struct change *c, xj_tx *tx)
{
    xj_buf *out = &c->command->problem;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, c->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = write_request(&w, tx, c->command->api, c->answer.id);
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    int64_t now;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = xj_request_end(&now, tx, &c->command->api->scope, &c->answer);
    if (c->body.len > 0 && (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT)))
        conflict(c, tx);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(write_request(&w, tx, c->command->api, c->answer.id));
    return xj_buf_check(answer);
}

static xj_error *
post_end(xj_api *api, const char *name, struct change *c)
{
    c->answer.id = xj_args_int(&api->args, "request");
    c->answer.actor_name = xj_api_who(api);
    XJ_TRY(xj_api_if_match(&c->answer.version, api));
    c->command = xj_api_command_new(api, name, run_end, c, XJ_STR_NONE);
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}

xj_error *
xj_api_answer_request(xj_api *api)
{
    const bool grant = xj_jval_bool(xj_jval_find(api->body, "grant"));
    struct change *c = XJ_NEW(api->pool, struct change);

    c->answer = (xj_request_answer){.move = grant ? XJ_STR("grant") : XJ_STR("decline"),
                                    .due = grant ? xj_jval_str(xj_jval_find(api->body, "due"))
                                                 : XJ_STR_NONE,
                                    .words = xj_api__text_of(api->body, "words")};
    c->body = xj_call_body(api->call);
    return post_end(api, "request.answer", c);
}

xj_error *
xj_api_withdraw_request(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->answer = (xj_request_answer){.move = XJ_STR("withdraw"), .words = XJ_STR("")};
    return post_end(api, "request.withdraw", c);
}
