/* Summaries and reports in writing: drafted, written, sent, as a Word file. */
#include "summary/summary.h"

#include "api/duty_priv.h"
#include "api/file_priv.h"
#include "api/inspect_json.h"
#include "paper/letter.h"

/* ---- as JSON ---- */

static void
row_members(xj_json *w, const xj_summary_row *row)
{
    xj_json_key_int(w, "id", row->id);
    xj_json_key_str(w, "kind", row->kind);
    xj_json_key_int(w, "programme", row->programme);
    xj_api_key_named(w, "unit", row->unit, row->unit_name);
    xj_json_key_natural(w, "action_no", row->action_no);
    xj_json_key_id(w, "obligation", row->obligation);
    xj_json_key_str(w, "from_on", row->from_on);
    xj_json_key_str(w, "to_on", row->to_on);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "sent_on", row->sent_on);
    xj_json_key_int(w, "version", row->version);
}

static void
row_json(xj_json *w, const xj_summary_row *row)
{
    xj_json_object(w);
    row_members(w, row);
    xj_json_key_str(w, "heading", row->title);
    xj_json_key_str(w, "by", row->person_name);
    xj_api_key_instant(w, "at", row->made_at);
    xj_json_end_object(w);
}

static void
basis_json(xj_json *w, const xj_summary_basis *basis)
{
    xj_json_object(w);
    xj_json_key_int(w, "mark", basis->mark);
    xj_json_key_str(w, "kind", basis->kind);
    xj_json_key_int(w, "about", basis->about);
    xj_json_key_id(w, "duty", basis->duty);
    xj_json_key_str(w, "counted", basis->counted.len == 0 ? XJ_STR_NONE : basis->counted);
    xj_json_key_str(w, "words", basis->words);
    xj_json_end_object(w);
}

static void
summary_json(xj_json *w, const xj_summary *summary)
{
    xj_json_object(w);
    row_members(w, &summary->row);
    xj_json_key_int(w, "no", summary->text.no);
    xj_json_key_str(w, "heading", summary->text.title);
    xj_json_key_str(w, "body", summary->text.body);
    xj_json_key_str(w, "by", summary->text.person_name);
    xj_api_key_instant(w, "at", summary->text.made_at);
    xj_json_key(w, "texts");
    xj_json_array(w);
    for (size_t i = 0; i < summary->ntexts; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "no", summary->texts[i].no);
        xj_json_key_str(w, "heading", summary->texts[i].title);
        xj_json_key_str(w, "by", summary->texts[i].person_name);
        xj_api_key_instant(w, "at", summary->texts[i].made_at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "basis");
    xj_json_array(w);
    for (size_t i = 0; i < summary->nbasis; i++)
        basis_json(w, &summary->basis[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
}

/* ---- looking ---- */

xj_error *
xj_api_list_summaries(xj_api *api)
{
    xj_summary_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "su"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_summary_list(&rows, &n, xj_reader_db(reader), &api->scope,
                           xj_args_int(&api->args, "unit"), xj_args_int(&api->args, "obligation"),
                           page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        row_json(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

static xj_error *
get(xj_summary **summary, xj_api *api)
{
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_summary_get(summary, xj_reader_db(reader), &api->scope,
                          xj_args_int(&api->args, "summary"), xj_args_int(&api->args, "no"),
                          api->pool));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_api_get_summary(xj_api *api)
{
    xj_summary *summary;
    xj_api_json json;

    XJ_TRY(get(&summary, api));
    summary_json(xj_api_json_start(&json, api), summary);
    return xj_api_reply_version(api, 200, &json, summary->row.version);
}

xj_error *
xj_api_export_summary(xj_api *api)
{
    xj_reply reply = {
        .status = 200,
        .content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};
    xj_pool *pool = api->pool;
    xj_summary *summary;

    XJ_TRY(get(&summary, api));
    XJ_TRY(xj_letter_docx(&reply.body, summary->text.title,
                          xj_summary_plain(summary->text.body, pool), pool, pool));
    xj_api__attach(&reply, xj_str_printf(pool, XJ_FMT ".docx", XJ_ARG(summary->text.title)), pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- changes ---- */

static xj_error *
write_summary(const xj_api__inspect *c, xj_json *w, xj_db *db, xj_pool *pool)
{
    xj_summary *summary;

    XJ_TRY(xj_summary_get(&summary, db, &c->scope, c->id, 0, pool));
    summary_json(w, summary);
    return NULL;
}

struct drafting {
    const xj_jval *body;
    xj_scope findings;
};

static xj_error *
run_draft(xj_api__inspect *c, xj_tx *tx)
{
    const struct drafting *d = c->args;
    const xj_jval *action = xj_jval_find(d->body, "action_no");
    const xj_summary_new asked = {.scope = &c->scope,
                                  .findings = &d->findings,
                                  .kind = xj_jval_str(xj_jval_find(d->body, "kind")),
                                  .programme = xj_jval_int(xj_jval_find(d->body, "programme")),
                                  .unit = xj_jval_int(xj_jval_find(d->body, "unit")),
                                  .obligation = xj_jval_int(xj_jval_find(d->body, "obligation")),
                                  .action_no = action == NULL ? -1 : xj_jval_int(action),
                                  .from_on = xj_jval_str(xj_jval_find(d->body, "from_on")),
                                  .to_on = xj_jval_str(xj_jval_find(d->body, "to_on")),
                                  .actor_name = xj_api_who(c->command->api)};

    return xj_summary_draft(&c->id, tx, &asked);
}

xj_error *
xj_api_draft_summary(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);
    struct drafting *d = XJ_NEW(api->pool, struct drafting);

    d->body = api->body;
    XJ_TRY(xj_api__inspect_scope(&d->findings, api, "inspection.read"));
    c->args = d;
    c->scope = api->scope;
    c->run = run_draft;
    c->write = write_summary;
    return xj_api__inspect_post(api, c, "summary.draft", 201, false);
}

static xj_error *
run_write(xj_api__inspect *c, xj_tx *tx)
{
    return xj_summary_write(
        &c->now, tx, &c->scope, c->id, c->version, xj_jval_str(xj_jval_find(c->args, "heading")),
        xj_jval_str(xj_jval_find(c->args, "body")), xj_api_who(c->command->api));
}

static xj_error *
run_send(xj_api__inspect *c, xj_tx *tx)
{
    return xj_summary_send(&c->now, tx, &c->scope, c->id, c->version, xj_api_who(c->command->api));
}

static xj_error *
post_change(xj_api *api, const char *name, xj_error *(*run)(xj_api__inspect *, xj_tx *))
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "summary");
    c->args = api->body;
    c->scope = api->scope;
    c->run = run;
    c->write = write_summary;
    return xj_api__inspect_post(api, c, name, 200, true);
}

xj_error *
xj_api_write_summary(xj_api *api)
{
    return post_change(api, "summary.write", run_write);
}

xj_error *
xj_api_send_summary(xj_api *api)
{
    return post_change(api, "summary.send", run_send);
}
