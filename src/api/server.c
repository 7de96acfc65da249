/* The front of the API: which route, who asks, may they, and the one form of every refusal. */
#include "api/api_priv.h"

xj_api_server *
xj_api_server_new(const xj_api_options *options, xj_pool *pool)
{
    xj_api_server *server = XJ_NEW(pool, xj_api_server);

    for (size_t i = 0; i < xj_api_routes.len; i++) {
        const char *right = xj_api_routes.items[i].permission;

        XJ_ASSERT(strcmp(right, "public") == 0 || strcmp(right, "session") == 0 ||
                  xj_right_known(right));
    }
    server->options = *options;
    return server;
}

static bool
is_api(xj_str path)
{
    return xj_str_starts(path, XJ_STR("/api/")) || xj_str_eq(path, XJ_STR("/api"));
}

size_t
xj_api_body_max(void *arg, xj_method method, xj_str path)
{
    xj_match match;

    (void)arg;
    if (!is_api(path))
        return 0;
    xj_route_find(&match, &xj_api_routes, method, path);
    return match.route == NULL ? 0 : match.route->body_max;
}

unsigned
xj_api_allowed(void *arg, xj_str path)
{
    xj_match match;

    (void)arg;
    if (!is_api(path)) /* the pages: an unknown path there is a route of the client's own */
        return XJ_METHOD_BIT(XJ_GET) | XJ_METHOD_BIT(XJ_HEAD);
    xj_route_find(&match, &xj_api_routes, XJ_GET, path);
    return match.allowed;
}

/* ---- refusals ---- */

void
xj_api__problem(xj_reply *reply, xj_call *call, const xj_error *err, xj_str more)
{
    xj_code code = xj_error_code(err);
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, xj_call_pool(call), XJ_API_ANSWER_MAX);
    xj_json_init(&w, &buf);
    xj_json_object(&w);
    xj_json_key_str(&w, "type", XJ_STR("about:blank"));
    xj_json_key_str(&w, "title", xj_str_c(xj_code_text(code)));
    xj_json_key_int(&w, "status", xj_code_status(code));
    xj_json_key_str(&w, "code", xj_str_c(xj_code_wire(code)));
    xj_json_key_str(&w, "detail", xj_str_c(xj_error_message(err)));
    xj_json_key_str(&w, "request_id", xj_call_id(call));
    if (xj_error_field(err) != NULL) {
        xj_json_key(&w, "fields");
        xj_json_array(&w);
        xj_json_object(&w);
        xj_json_key_str(&w, "at", xj_str_c(xj_error_field(err)));
        xj_json_key_str(&w, "message", xj_str_c(xj_error_message(err)));
        xj_json_end_object(&w);
        xj_json_end_array(&w);
    }
    if (more.len > 0) {
        xj_buf_add_char(&buf, ',');
        xj_buf_add(&buf, more);
    }
    xj_json_end_object(&w);
    reply->status = xj_code_status(code);
    reply->content_type = "application/problem+json";
    reply->body = xj_buf_str(&buf);
}

void
xj_api_refuse(void *arg, xj_call *call, const xj_error *err, xj_reply *reply)
{
    (void)arg;
    xj_api__problem(reply, call, err, XJ_STR(""));
}

/* ---- a request ---- */

/* A browser says where a request comes from; what another site sends changes nothing here. */
static xj_error *
check_origin(const xj_call *call)
{
    xj_str site = xj_call_header(call, "Sec-Fetch-Site");

    if (site.data == NULL || xj_str_eq(site, XJ_STR("same-origin")) ||
        xj_str_eq(site, XJ_STR("none")))
        return NULL;
    return xj_error_new(XJ_E_BAD_CSRF, "the request comes from another site");
}

static xj_error *
check_session(xj_api *api)
{
    xj_str token = xj_call_cookie(api->call, XJ_API_COOKIE);

    if (token.data == NULL)
        return xj_error_new(XJ_E_UNAUTHENTICATED, "nobody is signed in");
    XJ_TRY(xj_session_get(&api->session, api->server->options.sessions, token, api->pool));
    api->token = token;
    api->signed_in = true;
    return NULL;
}

xj_reach
xj_api_reach(const xj_api *api, const char *right)
{
    return xj_right_reach(right, api->session.posts, api->session.nposts);
}

xj_error *
xj_api_scope(xj_scope *scope, xj_api *api, const char *right)
{
    xj_reader *reader;

    if (xj_api_reach(api, right) != XJ_REACH_OWN) /* no question to the database */
        return xj_scope_of(scope, NULL, api->session.tenant, api->session.person,
                           api->session.posts, api->session.nposts, right, api->pool);
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_scope_of(scope, xj_reader_db(reader), api->session.tenant, api->session.person,
                       api->session.posts, api->session.nposts, right, api->pool));
    xj_reader_end(reader);
    return NULL;
}

/* The one place that decides whether the posts of who asks allow it, and how far. */
static xj_error *
check_right(xj_api *api)
{
    const char *right = api->route->permission;

    if (strcmp(right, "session") == 0) {
        api->scope = (xj_scope){.tenant = api->session.tenant, .person = api->session.person};
        return NULL;
    }
    if (xj_api_reach(api, right) == XJ_REACH_NONE)
        return xj_error_new(XJ_E_FORBIDDEN, "this needs one of the posts " XJ_FMT,
                            XJ_ARG(xj_right_roles(right, api->pool)));
    return xj_api_scope(&api->scope, api, right);
}

static xj_error *
check_rights(xj_api *api)
{
    const xj_route *route = api->route;
    bool public = strcmp(route->permission, "public") == 0;

    if (route->method != XJ_GET)
        XJ_TRY(check_origin(api->call));
    if (public)
        return NULL;
    XJ_TRY(check_session(api));
    if (route->csrf && !xj_session_csrf_ok(api->token, xj_call_header(api->call, "X-CSRF-Token")))
        return xj_error_new(XJ_E_BAD_CSRF, "the request does not carry this session's token");
    return check_right(api);
}

/* A change of something with versions must name the one it saw: said apart from other mistakes. */
static xj_error *
check_version(const xj_api *api)
{
    for (size_t i = 0; i < api->route->nparams; i++) {
        const xj_param *param = &api->route->params[i];

        if (param->in == XJ_IN_HEADER && param->required && strcmp(param->name, "If-Match") == 0 &&
            xj_call_header(api->call, "If-Match").data == NULL)
            return xj_error_at(xj_error_new(XJ_E_VERSION_REQUIRED,
                                            "the change must name the version it saw (If-Match)"),
                               "If-Match");
    }
    return NULL;
}

static xj_error *
answer(xj_api_server *server, xj_call *call)
{
    xj_api *api;
    xj_match match;

    xj_route_find(&match, &xj_api_routes, xj_call_method(call), xj_call_path(call));
    XJ_TRY(xj_route_check(&match));
    api = XJ_NEW(xj_call_pool(call), xj_api);
    api->server = server;
    api->call = call;
    api->pool = xj_call_pool(call);
    api->store = server->options.store;
    api->route = match.route;
    XJ_TRY(check_rights(api));
    XJ_TRY(check_version(api));
    XJ_TRY(xj_args_of_call(&api->args, &match, call));
    XJ_TRY(xj_route_body(&api->body, match.route, call, api->pool));
    return xj_api_handlers[match.index](api);
}

void
xj_api_handle(void *arg, xj_call *call)
{
    xj_api_server *server = arg;
    xj_error *err;

    if (!is_api(xj_call_path(call)) && server->options.pages != NULL) {
        server->options.pages(server->options.pages_arg, call);
        return;
    }
    err = answer(server, call);
    if (err != NULL)
        xj_call_fail(call, err);
}
