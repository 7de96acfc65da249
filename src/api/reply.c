/* What handlers answer with: JSON, versions, nothing. */
#include "api/api_priv.h"

#include "base/cal.h"

xj_error *
xj_api_read(xj_reader **reader, xj_api *api)
{
    return xj_reader_begin(reader, api->store, api->pool);
}

/* ---- classes of members ---- */

static bool
may_see(const xj_api *api, const char *class)
{
    const char *right = strcmp(class, "internal") == 0   ? "field.internal"
                        : strcmp(class, "personal") == 0 ? "field.personal"
                                                         : "field.sensitive";

    return xj_api_reach(api, right) != XJ_REACH_NONE;
}

/* The members that who asks may not see; NULL: none. */
static const char *const *
hidden(xj_api *api)
{
    const xj_route *route = api->route;
    const char **names;
    size_t n = 0;

    if (route->nclassed == 0)
        return NULL;
    names = XJ_NEW_ARRAY(api->pool, const char *, route->nclassed + 1);
    for (size_t i = 0; i < route->nclassed; i++)
        if (!may_see(api, route->classed[i].class))
            names[n++] = route->classed[i].name;
    names[n] = NULL;
    return names;
}

static bool
shows_sensitive(const xj_api *api)
{
    for (size_t i = 0; i < api->route->nclassed; i++)
        if (strcmp(api->route->classed[i].class, "sensitive") == 0)
            return may_see(api, "sensitive");
    return false;
}

static xj_error *
run_reading(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)tx;
    (void)args;
    (void)answer;
    return NULL;
}

static void
reply_reading(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    *reply = *(const xj_reply *)api->reply_arg;
}

xj_error *
xj_api_reply_sensitive(xj_api *api, const xj_reply *reply)
{
    xj_reply *kept = XJ_NEW(api->pool, xj_reply);
    xj_api_command *command;
    xj_buf payload;
    xj_json w;

    xj_buf_init(&payload, api->pool, 16384);
    xj_json_init(&w, &payload);
    xj_json_object(&w);
    xj_json_key_str(&w, "operation", xj_str_c(api->route->operation));
    xj_json_key_str(&w, "path", xj_call_path(api->call));
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&payload));
    *kept = *reply;
    api->reply_arg = kept;
    command = xj_api_command_new(api, "field.read", run_reading, NULL, xj_buf_str(&payload));
    command->reply = reply_reading;
    xj_api_post(command);
    return NULL;
}

xj_json *
xj_api_json_start(xj_api_json *json, xj_api *api)
{
    xj_buf_init(&json->buf, api->pool, XJ_API_ANSWER_MAX);
    xj_json_init(&json->w, &json->buf);
    json->w.hidden = hidden(api);
    return &json->w;
}

static xj_error *
reply_json(xj_api *api, int status, xj_api_json *json, xj_str etag)
{
    xj_reply reply = {.status = status, .content_type = "application/json", .etag = etag};

    XJ_TRY(xj_buf_check(&json->buf));
    reply.body = xj_buf_str(&json->buf);
    if (api->captured != NULL) {
        *api->captured = reply.body;
        return NULL;
    }
    if (shows_sensitive(api))
        return xj_api_reply_sensitive(api, &reply);
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

void
xj_api_key_instant_or_null(xj_json *w, const char *key, int64_t t)
{
    if (t == 0)
        xj_json_key_str(w, key, XJ_STR_NONE);
    else
        xj_api_key_instant(w, key, t);
}

void
xj_api_key_named(xj_json *w, const char *key, int64_t id, xj_str name)
{
    xj_json_key(w, key);
    xj_json_object(w);
    xj_json_key_int(w, "id", id);
    xj_json_key_str(w, "name", name);
    xj_json_end_object(w);
}
