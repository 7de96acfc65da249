/* What handlers answer with: JSON, versions, nothing. */
#include "api/api_priv.h"

#include "base/cal.h"

xj_error *
xj_api_read(xj_reader **reader, xj_api *api)
{
    return xj_reader_begin(reader, api->store, api->pool);
}

xj_json *
xj_api_json_start(xj_api_json *json, xj_api *api)
{
    xj_buf_init(&json->buf, api->pool, XJ_API_ANSWER_MAX);
    xj_json_init(&json->w, &json->buf);
    return &json->w;
}

static xj_error *
reply_json(xj_api *api, int status, xj_api_json *json, xj_str etag)
{
    xj_reply reply = {.status = status, .content_type = "application/json", .etag = etag};

    XJ_TRY(xj_buf_check(&json->buf));
    reply.body = xj_buf_str(&json->buf);
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_reply_json(xj_api *api, int status, xj_api_json *json)
{
    return reply_json(api, status, json, XJ_STR_NONE);
}

xj_error *
xj_api_reply_version(xj_api *api, int status, xj_api_json *json, int64_t version)
{
    return reply_json(api, status, json, xj_api_etag(api->pool, version));
}

void
xj_api_reply_none(xj_api *api)
{
    xj_reply reply = {.status = 204};

    xj_call_reply(api->call, &reply);
}

xj_str
xj_api_etag(xj_pool *pool, int64_t version)
{
    return xj_str_printf(pool, "%lld", (long long)version);
}

xj_error *
xj_api_if_match(int64_t *version, xj_api *api)
{
    xj_str given = xj_args_str(&api->args, "If-Match");

    if (given.len < 3)
        return xj_error_at(xj_error_new(XJ_E_VERSION_REQUIRED,
                                        "the change must name the version it saw (If-Match)"),
                           "If-Match");
    if (!xj_str_int(version, xj_str_sub(given, 1, given.len - 1)))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a version is a number in quotes"),
                           "If-Match");
    return NULL;
}

void
xj_api_key_instant(xj_json *w, const char *key, int64_t t)
{
    char text[XJ_INSTANT_LEN];

    xj_json_key_str(w, key, xj_instant_format(text, t));
}
