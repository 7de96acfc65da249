/* Files of returns: adding them, small or come in pieces; giving them back, always as attachments.
 */
#include "duty/evidence.h"
#include "api/api_priv.h"
#include "api/file_priv.h"

/* ---- as JSON ---- */

static void
word_or_null(xj_json *w, const char *key, xj_str word)
{
    xj_json_key_str(w, key, word.len == 0 ? XJ_STR_NONE : word);
}

static void
evidence_json(xj_json *w, const xj_evidence *e)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", e->id);
    xj_json_key_int(w, "return", e->obligation);
    xj_json_key_id(w, "duty", e->duty);
    xj_api_key_named(w, "unit", e->unit, e->unit_name);
    xj_json_key_str(w, "purpose", e->purpose);
    xj_json_key_str(w, "name", e->file.name);
    xj_json_key_str(w, "kind", e->file.kind);
    xj_json_key_int(w, "size", e->file.size);
    xj_json_key_bool(w, "bare", e->file.bare);
    xj_json_key_bool(w, "looked", e->file.looked);
    word_or_null(w, "came_by", e->came_by);
    xj_json_key_str(w, "came_on", e->came_on);
    xj_json_key_bool(w, "on_behalf", e->on_behalf);
    xj_json_key_str(w, "added_by", e->added_name);
    xj_api_key_instant(w, "added_at", e->added_at);
    xj_json_end_object(w);
}

/* ---- looking ---- */

xj_error *
xj_api_list_return_files(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "return");
    xj_evidence_asked *asked;
    xj_evidence *items;
    xj_reader *reader;
    xj_api_json json;
    size_t n, nasked;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_evidence_list(&items, &n, xj_reader_db(reader), &api->scope, id,
                            xj_args_int(&api->args, "as"), api->pool));
    XJ_TRY(xj_evidence_asked_for(&asked, &nasked, xj_reader_db(reader), api->session.tenant, id,
                                 api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        evidence_json(w, &items[i]);
    xj_json_end_array(w);
    xj_json_key(w, "asked");
    xj_json_array(w);
    for (size_t i = 0; i < nasked; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "duty", asked[i].duty);
        xj_json_key_str(w, "kind", asked[i].kind);
        xj_json_key_str(w, "name", asked[i].name);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_list_originals(xj_api *api)
{
    xj_evidence_came *items;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "original"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_evidence_originals(&items, &n, xj_reader_db(reader), &api->scope, page.after,
                                 page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_object(w);
        xj_json_key(w, "file");
        evidence_json(w, &items[i].evidence);
        xj_json_key_str(w, "period", items[i].period);
        xj_json_key_str(w, "due", items[i].due);
        xj_json_key_str(w, "state", items[i].state);
        xj_json_end_object(w);
        page.last = items[i].evidence.id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_file(xj_api *api)
{
    xj_reply reply = {.status = 200};
    xj_evidence e;
    xj_reader *reader;
    xj_blob_hash hash;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_evidence_get(&e, xj_reader_db(reader), &api->scope, xj_args_int(&api->args, "file"),
                           api->pool));
    xj_reader_end(reader);
    reply.content_type = xj_evidence_media_type(e.file.kind);
    reply.etag = e.file.hash;
    xj_api__attach(&reply, e.file.name, api->pool);
    if (!xj_call_holds(api->call, reply.etag)) {
        XJ_TRY(xj_blob_hash_parse(&hash, e.file.hash));
        XJ_TRY(xj_blob_get(&reply.body, api->server->options.blobs, &hash, api->pool));
    }
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- adding ---- */

struct add {
    xj_evidence_add add;
    int64_t upload; /* 0: the file came with the request */
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct add *a = args;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_evidence e;
    int64_t id;
    xj_json w;

    if (a->add.file.hash.len == 0) /* no longer there, and no earlier answer either */
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such upload");
    XJ_TRY(xj_evidence_add_file(&id, tx, &a->add));
    if (a->upload != 0)
        XJ_TRY(xj_upload_remove(tx, a->upload));
    XJ_TRY(xj_evidence_get(&e, xj_tx_db(tx), &all, id, xj_tx_pool(tx)));
    xj_json_init(&w, answer);
    evidence_json(&w, &e);
    return xj_buf_check(answer);
}

/* What the journal keeps: where the file went and what it is. */
static xj_error *
payload_of(xj_str *payload, const xj_evidence_add *add, xj_pool *pool)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, pool, (size_t)8 << 10);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key_int(&w, "return", add->obligation);
    xj_json_key_int(&w, "duty", add->duty);
    xj_json_key_int(&w, "unit", add->unit);
    xj_json_key_str(&w, "purpose", add->purpose);
    xj_json_key_str(&w, "name", add->file.name);
    xj_json_key_str(&w, "hash", add->file.hash);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&out));
    *payload = xj_buf_str(&out);
    return NULL;
}

static xj_str
or_empty(xj_str text)
{
    return text.data == NULL ? XJ_STR("") : text;
}

static xj_error *
post_add(xj_api *api, struct add *a, void (*reply)(xj_api *, const xj_answer *, xj_reply *))
{
    xj_api_command *command;
    xj_str payload;

    a->add.scope = &api->scope;
    a->add.obligation = xj_args_int(&api->args, "return");
    a->add.purpose = a->add.purpose.data == NULL ? XJ_STR("evidence") : a->add.purpose;
    a->add.on_behalf = xj_api__on_behalf(api, a->add.unit);
    a->add.actor_name = xj_api_who(api);
    XJ_TRY(payload_of(&payload, &a->add, api->pool));
    command = xj_api_command_new(api, "evidence.add", run_add, a, payload);
    command->status = 201;
    command->reply = reply;
    xj_api_post(command);
    return NULL;
}

xj_error *
xj_api_add_return_file(xj_api *api)
{
    struct add *a = XJ_NEW(api->pool, struct add);

    a->add = (xj_evidence_add){.duty = xj_args_int(&api->args, "duty"),
                               .unit = xj_args_int(&api->args, "unit"),
                               .purpose = xj_args_str(&api->args, "purpose"),
                               .came_by = or_empty(xj_args_str(&api->args, "came_by")),
                               .came_on = xj_args_str(&api->args, "came_on")};
    XJ_TRY(xj_evidence_prepare(&a->add.file, api->server->options.blobs,
                               xj_args_str(&api->args, "name"), xj_call_body(api->call), api->pool,
                               xj_pool_child(api->pool)));
    return post_add(api, a, NULL);
}

static void
reply_take(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    (void)reply;
    xj_upload_drop_file(api->server->options.uploads, api->session.tenant,
                        xj_jval_int(xj_jval_find(api->body, "upload")));
}

xj_error *
xj_api__prepare_upload(xj_evidence_file *file, xj_api *api, int64_t id)
{
    xj_uploads *uploads = api->server->options.uploads;
    const char *path;
    xj_upload upload;
    xj_reader *reader;
    xj_error *err;
    xj_str bytes;

    *file = (xj_evidence_file){0};
    XJ_TRY(xj_api_read(&reader, api));
    err = xj_upload_get(&upload, uploads, xj_reader_db(reader), api->session.tenant,
                        api->session.person, id, api->pool);
    xj_reader_end(reader);
    if (xj_error_is(err, XJ_E_NOT_FOUND)) {
        xj_error_clear(err);
        return NULL;
    }
    XJ_TRY(err);
    XJ_TRY(xj_upload_path(&path, uploads, &upload, api->pool));
    XJ_TRY(xj_upload_bytes(&bytes, path, api->pool));
    return xj_evidence_prepare(file, api->server->options.blobs, upload.name, bytes, api->pool,
                               xj_pool_child(api->pool));
}

xj_error *
xj_api_take_return_file(xj_api *api)
{
    struct add *a = XJ_NEW(api->pool, struct add);

    a->upload = xj_jval_int(xj_jval_find(api->body, "upload"));
    a->add = (xj_evidence_add){.duty = xj_jval_int(xj_jval_find(api->body, "duty")),
                               .unit = xj_jval_int(xj_jval_find(api->body, "unit")),
                               .purpose = xj_jval_str(xj_jval_find(api->body, "purpose")),
                               .came_by = or_empty(xj_jval_str(xj_jval_find(api->body, "came_by"))),
                               .came_on = xj_jval_str(xj_jval_find(api->body, "came_on"))};
    XJ_TRY(xj_api__prepare_upload(&a->add.file, api, a->upload));
    return post_add(api, a, reply_take);
}

/* ---- taking away ---- */

struct removal {
    const xj_scope *scope;
    int64_t id;
    xj_str actor_name;
};

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct removal *r = args;

    (void)answer;
    return xj_evidence_remove(tx, r->scope, r->id, r->actor_name);
}

xj_error *
xj_api_remove_file(xj_api *api)
{
    struct removal *r = XJ_NEW(api->pool, struct removal);
    xj_api_command *command;

    *r = (struct removal){
        .scope = &api->scope, .id = xj_args_int(&api->args, "file"), .actor_name = xj_api_who(api)};
    command = xj_api_command_new(api, "evidence.remove", run_remove, r, XJ_STR("{}"));
    command->status = 204;
    xj_api_post(command);
    return NULL;
}
