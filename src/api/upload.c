/*
 * Large files in pieces: tus 1.0 (tus.io/protocols/resumable-upload), core with creation,
 * expiration and termination.  The offset is what lies durable on the disk.
 */
#include "upload/upload.h"
#include "api/api_priv.h"
#include "base/cal.h"

#include <sodium.h>

#define METADATA_MAX ((size_t)4 << 10)
#define VERSION XJ_STR("1.0.0")

/* ---- the protocol's heads ---- */

static xj_error *
check_protocol(const xj_api *api)
{
    if (xj_str_eq(xj_args_str(&api->args, "Tus-Resumable"), VERSION))
        return NULL;
    return xj_error_at(xj_error_new(XJ_E_UNKNOWN_PROTOCOL, "the header Tus-Resumable is not 1.0.0"),
                       "Tus-Resumable");
}

static void
add_header(xj_reply *reply, xj_str name, xj_str value)
{
    reply->headers[reply->nheaders++] = (xj_header){name, value};
}

/* RFC 9110 5.6.7: Sat, 01 Aug 2026 00:00:05 GMT */
static xj_str
http_date(int64_t t, xj_pool *pool)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const xj_date d = xj_instant_date(t, 0);
    const int64_t s = t / 1000000 - xj_date_days(d) * 86400;

    return xj_str_printf(pool, "%s, %02d %s %d %02d:%02d:%02d GMT", days[xj_date_weekday(d) - 1],
                         d.day, months[d.month - 1], d.year, (int)(s / 3600), (int)(s / 60 % 60),
                         (int)(s % 60));
}

static void
add_state(xj_reply *reply, const xj_upload *upload, xj_pool *pool)
{
    add_header(reply, XJ_STR("Tus-Resumable"), VERSION);
    add_header(reply, XJ_STR("Upload-Offset"),
               xj_str_printf(pool, "%lld", (long long)upload->offset));
    add_header(reply, XJ_STR("Upload-Length"),
               xj_str_printf(pool, "%lld", (long long)upload->length));
    add_header(reply, XJ_STR("Upload-Expires"), http_date(upload->expires_at, pool));
}

/* The value of KEY in METADATA ("filename dGVzdA==,filetype dGV4dA=="); data NULL where it is not
 * there.  Errors: BAD_INPUT where it is no base64 or no text. */
static xj_error *
metadata_value(xj_str *value, xj_str metadata, xj_str key, xj_pool *pool)
{
    xj_str pair;

    *value = XJ_STR_NONE;
    while (xj_str_split(&pair, &metadata, ',')) {
        xj_str rest = xj_str_trim(pair), name = XJ_STR("");
        unsigned char *bytes;
        size_t len;

        if (!xj_str_split(&name, &rest, ' ') || !xj_str_eq(name, key))
            continue;
        bytes = xj_alloc(pool, rest.len + 1);
        if (sodium_base642bin(bytes, rest.len + 1, rest.data, rest.len, NULL, &len, NULL,
                              sodium_base64_VARIANT_ORIGINAL) != 0)
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is not in base64", XJ_ARG(key)),
                "Upload-Metadata");
        *value = xj_str_of((const char *)bytes, len);
        if (xj_utf8_check(*value) != len)
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is not valid UTF-8", XJ_ARG(key)),
                "Upload-Metadata");
        return NULL;
    }
    return NULL;
}

/* ---- announcing ---- */

struct add {
    xj_str name;
    int64_t length;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct add *add = args;
    int64_t id;
    xj_json w;

    XJ_TRY(xj_upload_add(&id, tx, add->name, add->length));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

/* Where the upload lies: the answer's body has its id, a replayed one too. */
static void
reply_add(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const xj_jval *value;
    xj_error *err = xj_json_parse(&value, answer->body, 1 << 10, api->pool);

    XJ_ASSERT(err == NULL); /* it is ours */
    add_header(reply, XJ_STR("Tus-Resumable"), VERSION);
    add_header(reply, XJ_STR("Location"),
               xj_str_printf(api->pool, "/api/v1/uploads/%lld",
                             (long long)xj_jval_int(xj_jval_find(value, "id"))));
}

xj_error *
xj_api_add_upload(xj_api *api)
{
    struct add *add = XJ_NEW(api->pool, struct add);
    xj_api_command *command;
    xj_buf payload;
    xj_json w;

    XJ_TRY(check_protocol(api));
    add->length = xj_args_int(&api->args, "Upload-Length");
    XJ_TRY(metadata_value(&add->name, xj_args_str(&api->args, "Upload-Metadata"),
                          XJ_STR("filename"), api->pool));
    if (add->name.data == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the file has no name (filename)"),
                           "Upload-Metadata");
    xj_buf_init(&payload, api->pool, METADATA_MAX * 8);
    xj_json_init(&w, &payload);
    xj_json_object(&w);
    xj_json_key_str(&w, "name", add->name);
    xj_json_key_int(&w, "length", add->length);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&payload));
    command = xj_api_command_new(api, "upload.add", run_add, add, xj_buf_str(&payload));
    command->status = 201;
    command->reply = reply_add;
    xj_api_post(command);
    return NULL;
}

/* ---- looking ---- */

static xj_error *
get_upload(xj_upload *upload, xj_api *api)
{
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_upload_get(upload, api->server->options.uploads, xj_reader_db(reader),
                         api->session.tenant, api->session.person,
                         xj_args_int(&api->args, "upload"), api->pool));
    xj_reader_end(reader);
    return NULL;
}

static void
upload_json(xj_json *w, const xj_upload *upload)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", upload->id);
    xj_json_key_str(w, "name", upload->name);
    xj_json_key_int(w, "length", upload->length);
    xj_json_key_int(w, "offset", upload->offset);
    xj_api_key_instant(w, "created_at", upload->created_at);
    xj_api_key_instant(w, "expires_at", upload->expires_at);
    xj_json_end_object(w);
}

xj_error *
xj_api_get_upload(xj_api *api)
{
    xj_reply reply = {.status = 200, .content_type = "application/json"};
    xj_api_json json;
    xj_upload upload;

    if (xj_args_given(&api->args, "Tus-Resumable"))
        XJ_TRY(check_protocol(api));
    XJ_TRY(get_upload(&upload, api));
    upload_json(xj_api_json_start(&json, api), &upload);
    XJ_TRY(xj_buf_check(&json.buf));
    reply.body = xj_buf_str(&json.buf);
    add_state(&reply, &upload, api->pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_list_uploads(xj_api *api)
{
    xj_reader *reader;
    xj_upload *items;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_upload_list(&items, &n, api->server->options.uploads, xj_reader_db(reader),
                          api->session.tenant, api->session.person, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++)
        upload_json(w, &items[i]);
    return xj_api_items_reply(api, &json);
}

/* ---- a piece ---- */

xj_error *
xj_api_append_upload(xj_api *api)
{
    xj_reply reply = {.status = 204};
    xj_upload upload;

    XJ_TRY(check_protocol(api));
    XJ_TRY(get_upload(&upload, api));
    XJ_TRY(xj_upload_append(&upload, api->server->options.uploads,
                            xj_args_int(&api->args, "Upload-Offset"), xj_call_body(api->call)));
    add_state(&reply, &upload, api->pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- giving up ---- */

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_upload_remove(tx, *(const int64_t *)args);
}

static void
reply_remove(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    xj_upload_drop_file(api->server->options.uploads, api->session.tenant,
                        xj_args_int(&api->args, "upload"));
    add_header(reply, XJ_STR("Tus-Resumable"), VERSION);
}

xj_error *
xj_api_remove_upload(xj_api *api)
{
    int64_t *id = XJ_NEW(api->pool, int64_t);
    xj_api_command *command;

    XJ_TRY(check_protocol(api));
    *id = xj_args_int(&api->args, "upload");
    command = xj_api_command_new(api, "upload.remove", run_remove, id, XJ_STR("{}"));
    command->status = 204;
    command->reply = reply_remove;
    xj_api_post(command);
    return NULL;
}
