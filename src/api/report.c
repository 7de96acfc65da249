/* Returns (报送单): what they say, drafts, sending, review, what a unit feeds. */
#include "duty/report.h"
#include "api/file_priv.h"
#include "api/report_json.h"

/* ---- looking ---- */

xj_error *
xj_api_get_return(xj_api *api)
{
    xj_report *report;
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_report_get(&report, xj_reader_db(reader), &api->scope,
                         xj_args_int(&api->args, "return"), xj_args_int(&api->args, "as"),
                         api->pool));
    xj_reader_end(reader);
    xj_json_report(xj_api_json_start(&json, api), report);
    return xj_api_reply_version(api, 200, &json, report->obligation.version);
}

xj_error *
xj_api_list_feeds(xj_api *api)
{
    xj_report_task *items;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_report_feeds(&items, &n, xj_reader_db(reader), &api->scope,
                           xj_args_int(&api->args, "unit"), 200, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "obligation", items[i].obligation);
        xj_api_key_named(w, "unit", items[i].unit, items[i].unit_name);
        xj_json_key_str(w, "due", items[i].due);
        xj_json_key_str(w, "period", items[i].period);
        xj_json_key_str(w, "state", items[i].state);
        xj_json_key_int(w, "rows", items[i].rows);
        xj_json_key_int(w, "given", items[i].given);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

/* ---- drafts ---- */

struct keep {
    xj_report_draft draft;
    xj_str body;
    xj_api_command *command;
};

/* Both texts of a draft that came too late. */
static xj_error *
conflict(struct keep *k, xj_tx *tx)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_buf *out = &k->command->problem;
    xj_report *report;
    xj_json w;

    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &all, k->draft.obligation, k->draft.unit,
                         xj_tx_pool(tx)));
    for (size_t i = 0; i < report->nrows; i++) {
        if (report->rows[i].duty != k->draft.duty)
            continue;
        xj_buf_add(out, XJ_STR("\"yours\":"));
        xj_buf_add(out, k->body);
        xj_buf_add(out, XJ_STR(",\"theirs\":"));
        xj_json_init(&w, out);
        xj_json_report_row(&w, &report->rows[i]);
    }
    return NULL;
}

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    struct keep *k = args;
    int64_t now;
    xj_json w;
    xj_error *err;

    xj_buf_clear(&k->command->problem);
    err = xj_report_keep(&now, tx, &k->draft);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_error *other = conflict(k, tx);

        if (other != NULL) {
            xj_error_clear(err);
            return other;
        }
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "version", now);
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

/* The version the row has now is the one seen and one more; of a replay, too. */
static void
reply_keep(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    int64_t version = 0;
    xj_error *err = xj_api_if_match(&version, api);

    (void)answer;
    XJ_ASSERT(err == NULL); /* it was read before */
    reply->etag = xj_api_etag(api->pool, version + 1);
}

bool
xj_api__on_behalf(const xj_api *api, int64_t unit)
{
    for (size_t i = 0; i < api->session.nposts; i++)
        if (api->session.posts[i].unit == unit)
            return false;
    return api->scope.all_units;
}

xj_error *
xj_api_keep_return_row(xj_api *api)
{
    struct keep *k = XJ_NEW(api->pool, struct keep);

    k->body = xj_call_body(api->call);
    k->draft = (xj_report_draft){.scope = &api->scope,
                                 .obligation = xj_args_int(&api->args, "return"),
                                 .duty = xj_args_int(&api->args, "duty"),
                                 .unit = xj_jval_int(xj_jval_find(api->body, "unit")),
                                 .give = xj_jval_bool(xj_jval_find(api->body, "give")),
                                 .actor_name = xj_api_who(api)};
    k->draft.on_behalf = xj_api__on_behalf(api, k->draft.unit);
    xj_api__report_text(&k->draft.text, api->body, api->pool);
    XJ_TRY(xj_api_if_match(&k->draft.version, api));
    k->command = xj_api_command_new(api, "return.keep", run_keep, k, XJ_STR_NONE);
    k->command->reply = reply_keep;
    xj_api_post(k->command);
    return NULL;
}

/* ---- sending and review ---- */

/* The return as it is after the command. */
static xj_error *
answer_report(xj_tx *tx, int64_t id, xj_buf *answer)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_report *report;
    xj_json w;

    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &all, id, 0, xj_tx_pool(tx)));
    xj_json_init(&w, answer);
    xj_json_report(&w, report);
    return xj_buf_check(answer);
}

static xj_error *
run_send(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_report_send *send = args;
    int64_t now;

    XJ_TRY(xj_report_send_all(&now, tx, send));
    return answer_report(tx, send->obligation, answer);
}

xj_error *
xj_api_send_return(xj_api *api)
{
    xj_report_send *send = XJ_NEW(api->pool, xj_report_send);
    xj_obligation_whole *whole;
    xj_api_command *command;
    xj_reader *reader;
    xj_scope sending;

    *send = (xj_report_send){.scope = &api->scope,
                             .obligation = xj_args_int(&api->args, "return"),
                             .rest_same = xj_jval_bool(xj_jval_find(api->body, "rest_same")),
                             .happened_on = xj_jval_str(xj_jval_find(api->body, "happened_on")),
                             .actor_name = xj_api_who(api)};
    XJ_TRY(xj_api_if_match(&send->version, api));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(
        xj_obligation_get(&whole, xj_reader_db(reader), &api->scope, send->obligation, api->pool));
    xj_reader_end(reader);
    send->on_behalf = xj_api__on_behalf(api, whole->obligation.unit);
    XJ_TRY(xj_api_scope(&sending, api, "return.send"));
    send->only_to_sign = !xj_scope_has(&sending, sending.tenant, whole->obligation.unit);
    command = xj_api_command_new(api, "return.send", run_send, send, XJ_STR_NONE);
    command->reply = reply_keep;
    xj_api_post(command);
    return NULL;
}

struct review {
    int64_t id, version;
    xj_verdict *verdicts;
    size_t n;
    xj_str name;
};

static xj_error *
run_review(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct review *r = args;
    int64_t now;

    XJ_TRY(xj_report_review(&now, tx, r->id, r->version, r->verdicts, r->n, r->name));
    return answer_report(tx, r->id, answer);
}

xj_error *
xj_api_review_return(xj_api *api)
{
    const xj_jval *rows = xj_jval_find(api->body, "rows");
    struct review *r = XJ_NEW(api->pool, struct review);
    xj_api_command *command;

    *r = (struct review){
        .id = xj_args_int(&api->args, "return"), .n = xj_jval_len(rows), .name = xj_api_who(api)};
    r->verdicts = XJ_NEW_ARRAY(api->pool, xj_verdict, r->n);
    for (size_t i = 0; i < r->n; i++) {
        const xj_jval *row = xj_jval_at(rows, i);

        r->verdicts[i] = (xj_verdict){.duty = xj_jval_int(xj_jval_find(row, "duty")),
                                      .accepted = xj_jval_bool(xj_jval_find(row, "accepted")),
                                      .why = xj_api__text_of(row, "why"),
                                      .quote = xj_api__text_of(row, "quote")};
    }
    XJ_TRY(xj_api_if_match(&r->version, api));
    command = xj_api_command_new(api, "return.review", run_review, r, XJ_STR_NONE);
    command->reply = reply_keep;
    xj_api_post(command);
    return NULL;
}
