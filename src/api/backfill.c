/* A year's ledger, half done: looked at, recorded, kept. */
#include "api/backfill_json.h"
#include "api/duty_priv.h"
#include "api/file_priv.h"
#include "plan/document.h"

#define READ_SECONDS 120
#define PAYLOAD_MAX ((size_t)4 << 20)

typedef struct taking {
    int64_t upload;
    xj_upload file; /* its name is data NULL where it is gone */
    xj_str bytes;
    xj_backfill_file *ledger;
    xj_backfill_import import;
} taking;

/* The upload of the request; a second asking finds none, and gets the first answer by its key. */
static xj_error *
open_upload(taking *t, xj_api *api)
{
    xj_uploads *uploads = api->server->options.uploads;
    xj_reader *reader;
    const char *path;

    t->upload = xj_jval_int(xj_jval_find(api->body, "upload"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_upload_get(&t->file, uploads, xj_reader_db(reader), api->session.tenant,
                         api->session.person, t->upload, api->pool));
    xj_reader_end(reader);
    XJ_TRY(xj_upload_path(&path, uploads, &t->file, api->pool));
    return xj_upload_bytes(&t->bytes, path, api->pool);
}

static xj_error *
read_ledger(taking *t, xj_api *api)
{
    const xj_doc_limits limits = {.seconds = READ_SECONDS};
    xj_backfill_ask *ask = &t->import.ask;

    *ask = (xj_backfill_ask){.tenant = api->session.tenant,
                             .document = xj_args_int(&api->args, "document"),
                             .today = xj_day_of(xj_now())};
    xj_backfill_ask_read(ask, api->body, api->pool);
    if (t->bytes.len > XJ_DOC_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a ledger has at most %zu MiB", XJ_DOC_BYTES_MAX >> 20);
    XJ_TRY(xj_doc_check_name(t->file.name, t->bytes));
    return xj_backfill_read(&t->ledger, t->bytes, ask->year != 0 ? ask->year : ask->today.year,
                            &limits, api->pool, xj_pool_child(api->pool));
}

xj_error *
xj_api_preview_backfill(xj_api *api)
{
    xj_backfill_plan *plan;
    xj_reader *reader;
    xj_api_json json;
    taking t = {0};
    xj_json *w;

    XJ_TRY(open_upload(&t, api));
    XJ_TRY(read_ledger(&t, api));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_backfill_compare(&plan, xj_reader_db(reader), &t.import.ask, t.ledger, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "name", t.file.name);
    xj_json_key_int(w, "size", t.file.length);
    xj_json_backfill(w, plan, t.ledger, api->pool);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- recording ---- */

static xj_error *
run_import(xj_tx *tx, void *args, xj_buf *answer)
{
    const taking *t = args;
    xj_backfill_plan *plan;
    int64_t id;
    xj_json w;

    if (t->ledger == NULL) /* no longer there, and no earlier answer either */
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such upload");
    XJ_TRY(xj_backfill_apply(&plan, &id, tx, &t->import));
    XJ_TRY(xj_upload_remove(tx, t->upload));
    xj_json_init(&w, answer);
    xj_json_backfill_done(&w, plan, id);
    return xj_buf_check(answer);
}

static void
reply_import(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    (void)reply;
    xj_upload_drop_file(api->server->options.uploads, api->session.tenant,
                        xj_jval_int(xj_jval_find(api->body, "upload")));
    xj_api__wake_clock(api); /* it may have begun on another day */
}

static void
choice_json(xj_json *w, const xj_backfill_choice *c)
{
    xj_json_object(w);
    xj_json_key_int(w, "sheet", c->sheet);
    xj_json_key_int(w, "row", c->row);
    if (c->duty >= 0)
        xj_json_key_int(w, "duty", c->duty);
    xj_json_key_str(w, "done_on", c->done_on);
    xj_json_key_str(w, "sent_on", c->sent_on);
    xj_json_key_str(w, "doc_no", c->doc_no);
    xj_json_key_bool(w, "not_done", c->not_done);
    xj_json_end_object(w);
}

/* What the journal keeps: which file, and what was said beside it. */
static xj_error *
payload_of(xj_str *payload, const taking *t, xj_pool *pool)
{
    const xj_backfill_ask *ask = &t->import.ask;
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, pool, PAYLOAD_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_int(&w, "document", ask->document);
    xj_json_key_str(&w, "name", t->import.original.name);
    xj_json_key_str(&w, "hash", t->import.original.hash);
    xj_json_key_str(&w, "token", t->import.token);
    xj_json_key_int(&w, "year", ask->year);
    xj_json_key_str(&w, "begun_on",
                    ask->begun_on.year == 0 ? XJ_STR_NONE : xj_day_str(ask->begun_on, pool));
    xj_json_key(&w, "choices");
    xj_json_array(&w);
    for (size_t i = 0; i < ask->nchoices; i++)
        choice_json(&w, &ask->choices[i]);
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&out));
    *payload = xj_buf_str(&out);
    return NULL;
}

xj_error *
xj_api_import_backfill(xj_api *api)
{
    taking *t = XJ_NEW(api->pool, taking);
    xj_api_command *command;
    xj_str payload;
    xj_error *err = open_upload(t, api);

    if (!xj_error_is(err, XJ_E_NOT_FOUND)) {
        XJ_TRY(err);
        XJ_TRY(read_ledger(t, api));
        XJ_TRY(xj_evidence_prepare(&t->import.original, api->server->options.blobs, t->file.name,
                                   t->bytes, api->pool, xj_pool_child(api->pool)));
    }
    xj_error_clear(err);
    t->import.file = t->ledger;
    t->import.token = xj_jval_str(xj_jval_find(api->body, "token"));
    t->import.actor_name = xj_api_who(api);
    XJ_TRY(payload_of(&payload, t, api->pool));
    command = xj_api_command_new(api, "backfill.import", run_import, t, payload);
    command->reply = reply_import;
    xj_api_post(command);
    return NULL;
}

/* ---- what was taken over ---- */

xj_error *
xj_api_list_backfills(xj_api *api)
{
    const int64_t document = xj_args_int(&api->args, "document");
    xj_document_whole *whole;
    xj_backfill_done *items;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "backfill"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_document_get(&whole, xj_reader_db(reader), &api->scope, document, api->pool));
    XJ_TRY(xj_backfill_list(&items, &n, xj_reader_db(reader), api->session.tenant, document,
                            page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_key_int(w, "size", items[i].size);
        xj_json_key_int(w, "year", items[i].year);
        xj_json_key_str(w, "begun_on", items[i].begun_on);
        xj_json_key_int(w, "returns", items[i].returns);
        xj_json_key_int(w, "rows", items[i].rows);
        xj_json_key_int(w, "moved", items[i].moved);
        xj_json_key_int(w, "left_out", items[i].left_out);
        xj_api_key_instant(w, "made_at", items[i].made_at);
        xj_json_key_str(w, "made_name", items[i].made_name);
        xj_json_end_object(w);
        page.last = items[i].id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_backfill_file(xj_api *api)
{
    xj_reply reply = {.status = 200, .content_type = "application/octet-stream"};
    xj_backfill_done done;
    xj_blob_hash hash;
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_backfill_get(&done, xj_reader_db(reader), api->session.tenant,
                           xj_args_int(&api->args, "backfill"), api->pool));
    xj_reader_end(reader);
    reply.etag = done.hash;
    xj_api__attach(&reply, done.name, api->pool);
    if (!xj_call_holds(api->call, reply.etag)) {
        XJ_TRY(xj_blob_hash_parse(&hash, done.hash));
        XJ_TRY(xj_blob_get(&reply.body, api->server->options.blobs, &hash, api->pool));
    }
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_get_backfill_template(xj_api *api)
{
    const bool chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
    const xj_backfill_ask ask = {.tenant = api->session.tenant,
                                 .document = xj_args_int(&api->args, "document"),
                                 .today = xj_day_of(xj_now()),
                                 .year = (int)xj_args_int(&api->args, "year")};
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_backfill_template(&reply.body, xj_reader_db(reader), &ask, chinese, api->pool,
                                xj_pool_child(api->pool)));
    xj_reader_end(reader);
    xj_api__attach(&reply, chinese ? XJ_STR("台账模板.xlsx") : XJ_STR("ledger-template.xlsx"),
                   api->pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}
