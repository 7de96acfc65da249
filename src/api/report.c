/* Returns (报送单): what they say, drafts, sending, review, what a unit feeds. */
#include "duty/report.h"
#include "api/file_priv.h"

/* ---- as JSON ---- */

static void
percent(xj_json *w, const char *key, int64_t value)
{
    xj_json_key(w, key);
    if (value < 0)
        xj_json_null(w);
    else
        xj_json_int(w, value);
}

static void
real(xj_json *w, const char *key, bool has, double value)
{
    xj_json_key(w, key);
    if (has)
        xj_json_real(w, value);
    else
        xj_json_null(w);
}

static void
figures_json(xj_json *w, const xj_report_text *text)
{
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_report_figure *f = &text->figures[i];

        xj_json_object(w);
        xj_json_key_str(w, "indicator", f->indicator);
        xj_json_key_str(w, "measure", f->measure);
        xj_json_key_str(w, "goals", f->goals);
        real(w, "value", f->has_value, f->value);
        xj_json_key_str(w, "span", f->span);
        real(w, "last_value", f->had_value, f->last_value);
        xj_json_key_str(w, "last_span", f->last_span);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
text_json(xj_json *w, const xj_report_text *text)
{
    xj_json_key_str(w, "text", text->text);
    percent(w, "percent", text->percent);
    xj_json_key_str(w, "difficulties", text->difficulties);
    xj_json_key_str(w, "next_step", text->next_step);
    xj_json_key_bool(w, "same", text->same);
    figures_json(w, text);
}

static void
last_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "last");
    if (row->last_due.data == NULL) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_str(w, "due", row->last_due);
    xj_json_key_str(w, "text", row->last_text);
    percent(w, "percent", row->last_percent);
    xj_json_key_str(w, "difficulties", row->last_difficulties);
    xj_json_key_str(w, "next_step", row->last_next_step);
    xj_json_end_object(w);
}

static void
feeds_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "feeds");
    xj_json_array(w);
    for (size_t i = 0; i < row->nfeeds; i++) {
        const xj_report_feed *feed = &row->feeds[i];

        xj_json_object(w);
        xj_json_key(w, "unit");
        xj_json_object(w);
        xj_json_key_int(w, "id", feed->unit);
        xj_json_key_str(w, "name", feed->unit_name);
        xj_json_end_object(w);
        xj_json_key_str(w, "role", feed->role);
        xj_json_key_bool(w, "given", feed->given);
        text_json(w, &feed->text);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
remarks_json(xj_json *w, const xj_report_row *row)
{
    xj_json_key(w, "remarks");
    xj_json_array(w);
    for (size_t i = 0; i < row->nremarks; i++) {
        const xj_report_remark *r = &row->remarks[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", r->id);
        xj_json_key_str(w, "quote", r->quote);
        xj_json_key_str(w, "remark", r->remark);
        xj_json_key_str(w, "by", r->person_name);
        xj_api_key_instant(w, "at", r->made_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
row_json(xj_json *w, const xj_report_row *row)
{
    xj_json_object(w);
    xj_json_key_int(w, "duty", row->duty);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_int(w, "action_no", row->action_no);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "words", row->words);
    xj_json_key_str(w, "deadline_kind", row->deadline_kind);
    xj_json_key_str(w, "due", xj_str_eq(row->due, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE : row->due);
    xj_json_key_str(w, "strength", row->strength);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "why", row->why);
    xj_json_key(w, "plan_task");
    if (row->plan_task == 0)
        xj_json_null(w);
    else
        xj_json_int(w, row->plan_task);
    text_json(w, &row->text);
    xj_json_key_bool(w, "on_behalf", row->on_behalf);
    xj_json_key_str(w, "changed_by", row->changed_name);
    xj_api_key_instant(w, "changed_at", row->changed_at);
    last_json(w, row);
    feeds_json(w, row);
    remarks_json(w, row);
    xj_json_end_object(w);
}

static void
head_json(xj_json *w, const xj_obligation *o)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", o->id);
    xj_json_key_int(w, "programme", o->programme);
    xj_json_key(w, "unit");
    xj_json_object(w);
    xj_json_key_int(w, "id", o->unit);
    xj_json_key_str(w, "name", o->unit_name);
    xj_json_end_object(w);
    xj_json_key_str(w, "due", o->due);
    xj_json_key_str(w, "period", o->period);
    xj_json_key_str(w, "state", o->state);
    xj_json_key_str(w, "state_on", o->state_on);
    xj_json_key_bool(w, "open", o->open);
    xj_json_key_str(w, "sent_on", o->sent_on);
    xj_json_key_str(w, "accepted_on", o->accepted_on);
    xj_json_key_str(w, "original_on", o->original_on);
    xj_json_key_int(w, "version", o->version);
    xj_json_end_object(w);
}

static void
report_json(xj_json *w, const xj_report *report)
{
    xj_json_object(w);
    xj_json_key(w, "head");
    head_json(w, &report->obligation);
    xj_json_key(w, "rows");
    xj_json_array(w);
    for (size_t i = 0; i < report->nrows; i++)
        row_json(w, &report->rows[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
}

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
    report_json(xj_api_json_start(&json, api), report);
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
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "obligation", items[i].obligation);
        xj_json_key(w, "unit");
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].unit);
        xj_json_key_str(w, "name", items[i].unit_name);
        xj_json_end_object(w);
        xj_json_key_str(w, "due", items[i].due);
        xj_json_key_str(w, "period", items[i].period);
        xj_json_key_str(w, "state", items[i].state);
        xj_json_key_int(w, "rows", items[i].rows);
        xj_json_key_int(w, "given", items[i].given);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- drafts ---- */

static xj_str
text_of(const xj_jval *body, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(body, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static void
read_figures(xj_report_text *text, const xj_jval *figures, xj_pool *pool)
{
    text->nfigures = xj_jval_len(figures);
    text->figures = XJ_NEW_ARRAY(pool, xj_report_figure, text->nfigures);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_jval *figure = xj_jval_at(figures, i);

        text->figures[i] = (xj_report_figure){.indicator = text_of(figure, "indicator"),
                                              .measure = text_of(figure, "measure"),
                                              .value = xj_jval_real(xj_jval_find(figure, "value")),
                                              .span = text_of(figure, "span")};
    }
}

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
        row_json(&w, &report->rows[i]);
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
    const xj_jval *percent_said = xj_jval_find(api->body, "percent");
    struct keep *k = XJ_NEW(api->pool, struct keep);

    k->body = xj_call_body(api->call);
    k->draft = (xj_report_draft){
        .scope = &api->scope,
        .obligation = xj_args_int(&api->args, "return"),
        .duty = xj_args_int(&api->args, "duty"),
        .unit = xj_jval_int(xj_jval_find(api->body, "unit")),
        .text = {.text = text_of(api->body, "text"),
                 .difficulties = text_of(api->body, "difficulties"),
                 .next_step = text_of(api->body, "next_step"),
                 .percent = xj_jval_type(percent_said) == XJ_J_INT ? xj_jval_int(percent_said) : -1,
                 .same = xj_jval_bool(xj_jval_find(api->body, "same"))},
        .give = xj_jval_bool(xj_jval_find(api->body, "give")),
        .actor_name = xj_api_who(api)};
    k->draft.on_behalf = xj_api__on_behalf(api, k->draft.unit);
    read_figures(&k->draft.text, xj_jval_find(api->body, "figures"), api->pool);
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
    report_json(&w, report);
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
                                      .why = text_of(row, "why"),
                                      .quote = text_of(row, "quote")};
    }
    XJ_TRY(xj_api_if_match(&r->version, api));
    command = xj_api_command_new(api, "return.review", run_review, r, XJ_STR_NONE);
    command->reply = reply_keep;
    xj_api_post(command);
    return NULL;
}
