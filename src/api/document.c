/* Documents and their versions: import, look at, compare, publish. */
#include "api/file_priv.h"
#include "api/plan_json.h"
#include "api/task_priv.h"
#include "doc/doc.h"
#include "plan/aside.h"

/* ---- looking ---- */

xj_error *
xj_api_list_documents(xj_api *api)
{
    xj_document_query query = {.programme = xj_args_int(&api->args, "programme"),
                               .state = xj_args_str(&api->args, "state"),
                               .kind = xj_args_str(&api->args, "kind"),
                               .text = xj_args_str(&api->args, "q")};
    xj_document_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "document"));
    query.after = page.after;
    query.limit = page.ask;
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_document_list(&rows, &n, xj_reader_db(reader), &api->scope, &query, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_document_head(w, &rows[i].document, &rows[i].latest);
        page.last = rows[i].document.latest;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_document(xj_api *api)
{
    xj_document_whole *document;
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_document_get(&document, xj_reader_db(reader), &api->scope,
                           xj_args_int(&api->args, "document"), api->pool));
    xj_reader_end(reader);
    xj_json_document(xj_api_json_start(&json, api), document);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api__reply_plan_version(xj_api *api, int64_t id)
{
    xj_version_whole *version;
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_version_get_whole(&version, xj_reader_db(reader), &api->scope, id, api->pool));
    xj_reader_end(reader);
    xj_json_version(xj_api_json_start(&json, api), version);
    return xj_api_reply_version(api, 200, &json, version->version.version);
}

xj_error *
xj_api_get_version(xj_api *api)
{
    return xj_api__reply_plan_version(api, xj_args_int(&api->args, "version"));
}

static xj_error *
get_version(xj_version *version, xj_api *api)
{
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_version_get(version, xj_reader_db(reader), &api->scope,
                          xj_args_int(&api->args, "version"), api->pool));
    xj_reader_end(reader);
    return NULL;
}

/* A stored hash is always one. */
static xj_error *
get_blob(xj_str *bytes, xj_api *api, xj_str hash)
{
    xj_blob_hash parsed;

    XJ_TRY(xj_blob_hash_parse(&parsed, hash));
    return xj_blob_get(bytes, api->server->options.blobs, &parsed, api->pool);
}

xj_error *
xj_api_get_register(xj_api *api)
{
    xj_reply reply = {.status = 200, .content_type = "application/json"};
    xj_version version;

    XJ_TRY(get_version(&version, api));
    reply.etag = version.register_hash;
    if (!xj_call_holds(api->call, reply.etag))
        XJ_TRY(get_blob(&reply.body, api, version.register_hash));
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* The text is the register's own, as it was compiled. */
xj_error *
xj_api_set_version_aside(xj_api *api)
{
    const xj_command *like =
        &xj_api_command_new(api, "plan.set_aside", NULL, NULL, XJ_STR_NONE)->command;
    xj_reply reply = {.status = 204};
    const xj_jval *reg;
    xj_version version;
    int64_t seen;
    xj_str bytes;

    XJ_TRY(xj_api_if_match(&seen, api));
    XJ_TRY(get_version(&version, api));
    XJ_TRY(get_blob(&bytes, api, version.register_hash));
    XJ_TRY(xj_json_parse(&reg, bytes, bytes.len, api->pool));
    XJ_TRY(xj_version_set_aside(api->store, like, version.id, seen,
                                xj_jval_str(xj_jval_find(reg, "text")), api->pool));
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* NAME as RFC 8187 wants it in a header: all but letters, digits and a few marks in hexadecimal. */
static xj_str
encoded(xj_str name, xj_pool *pool)
{
    static const char kept[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
    xj_buf out;

    xj_buf_init(&out, pool, (size_t)8 << 10);
    for (size_t i = 0; i < name.len; i++) {
        if (memchr(kept, name.data[i], sizeof kept - 1) != NULL)
            xj_buf_add_char(&out, name.data[i]);
        else
            xj_buf_printf(&out, "%%%02X", (unsigned)(unsigned char)name.data[i]);
    }
    return xj_buf_str(&out);
}

void
xj_api__attach(xj_reply *reply, xj_str name, xj_pool *pool)
{
    reply->headers[reply->nheaders++] = (xj_header){
        XJ_STR("Content-Disposition"),
        xj_str_printf(pool, "attachment; filename*=UTF-8''" XJ_FMT, XJ_ARG(encoded(name, pool)))};
}

xj_error *
xj_api_get_original(xj_api *api)
{
    xj_reply reply = {.status = 200, .content_type = "application/octet-stream"};
    xj_version version;

    XJ_TRY(get_version(&version, api));
    reply.etag = version.file_hash;
    xj_api__attach(&reply, version.file_name, api->pool);
    if (!xj_call_holds(api->call, reply.etag))
        XJ_TRY(get_blob(&reply.body, api, version.file_hash));
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api__reply_page(xj_api *api, xj_str hash)
{
    const int page = (int)xj_args_int(&api->args, "page");
    const int width = (int)xj_args_int(&api->args, "width");
    xj_reply reply = {.status = 200, .content_type = "image/png"};
    xj_doc_page drawn;
    xj_str bytes;

    reply.etag = xj_str_printf(api->pool, XJ_FMT "-%d-%d", XJ_ARG(hash), page, width);
    if (!xj_call_holds(api->call, reply.etag)) {
        XJ_TRY(get_blob(&bytes, api, hash));
        XJ_TRY(xj_doc_page_apart(&drawn, bytes, page, width, NULL, api->pool, api->pool));
        reply.content_type = drawn.type;
        reply.body = drawn.picture;
        reply.headers[reply.nheaders++] = (xj_header){
            XJ_STR("X-Page-Size"),
            xj_str_printf(api->pool, "%.1f %.1f", (double)drawn.width, (double)drawn.height)};
        reply.headers[reply.nheaders++] =
            (xj_header){XJ_STR("X-Page-Count"), xj_str_printf(api->pool, "%d", drawn.pages)};
    }
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_get_page(xj_api *api)
{
    xj_version version;

    XJ_TRY(get_version(&version, api));
    return xj_api__reply_page(api, version.file_hash);
}

xj_error *
xj_api_diff_versions(xj_api *api)
{
    const int64_t now = xj_args_int(&api->args, "version");
    const int64_t old = xj_args_int(&api->args, "against");
    xj_reader *reader;
    xj_api_json json;
    xj_diff *diff;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(
        xj_version_diff(&diff, xj_reader_db(reader), &api->scope, old, now, api->pool, api->pool));
    xj_reader_end(reader);
    xj_json_diff(xj_api_json_start(&json, api), diff, old, now);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- changing ---- */

/* The import becomes a job: its file is durable and its row stored before the answer. */
static xj_error *
queue_import(xj_api *api)
{
    const int64_t programme = xj_args_int(&api->args, "programme");
    const xj_str name = xj_args_str(&api->args, "name");
    xj_reader *reader;
    int64_t id;
    xj_buf args;
    xj_json w;

    XJ_TRY(xj_doc_check_name(name, xj_call_body(api->call)));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_import_check(xj_reader_db(reader), &api->scope, programme, name, api->pool));
    xj_reader_end(reader);
    xj_buf_init(&args, api->pool, XJ_JOB_ARGS_MAX);
    xj_json_init(&w, &args);
    xj_json_object(&w);
    xj_json_key_int(&w, "programme", programme);
    xj_json_key_str(&w, "name", name);
    xj_json_key_int(&w, "size", (int64_t)xj_call_body(api->call).len);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&args));
    XJ_TRY(xj_jobs_add(&id, api->server->options.jobs, xj_api_pattern(api), "import",
                       xj_buf_str(&args), xj_call_body(api->call), api->pool));
    return xj_api__reply_job(api, 202, id);
}

static xj_error *
import_now(xj_api *api)
{
    xj_pool *scratch = xj_pool_child(api->pool);
    xj_version_whole *version;
    xj_diff *diff = NULL;
    xj_imported imported;
    xj_import *import;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_import_prepare(&import, api->server->options.blobs,
                             xj_args_int(&api->args, "programme"), xj_args_str(&api->args, "name"),
                             xj_call_body(api->call), NULL, api->pool, scratch));
    XJ_TRY(xj_version_import(&imported, api->store, xj_api_pattern(api), import, scratch));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_version_get_whole(&version, xj_reader_db(reader), &api->scope, imported.version,
                                api->pool));
    if (imported.previous != 0 && !imported.unchanged)
        XJ_TRY(xj_version_diff(&diff, xj_reader_db(reader), &api->scope, imported.previous,
                               imported.version, api->pool, scratch));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "version");
    xj_json_version(w, version);
    xj_json_key_bool(w, "unchanged", imported.unchanged);
    xj_json_key(w, "diff");
    if (diff == NULL)
        xj_json_null(w);
    else
        xj_json_diff(w, diff, imported.previous, imported.version);
    xj_json_end_object(w);
    return xj_api_reply_json(api, imported.unchanged ? 200 : 201, &json);
}

xj_error *
xj_api_import_document(xj_api *api)
{
    const xj_str prefer = xj_args_str(&api->args, "Prefer");

    if (xj_str_eq(prefer, XJ_STR("respond-async")) || xj_import_is_long(xj_call_body(api->call)))
        return queue_import(api);
    return import_now(api);
}

xj_error *
xj_api_publish_version(xj_api *api)
{
    const xj_str remarks = xj_jval_str(xj_jval_find(api->body, "remarks"));
    const xj_publish what = {.id = xj_args_int(&api->args, "version"),
                             .remarks = remarks.data == NULL ? XJ_STR("") : remarks,
                             .replace_newer =
                                 xj_jval_bool(xj_jval_find(api->body, "replace_newer"))};
    int64_t version;

    XJ_TRY(xj_api_if_match(&version, api));
    XJ_TRY(xj_version_publish(api->store, xj_api_pattern(api), &what, version, api->pool));
    return xj_api__reply_plan_version(api, what.id);
}
