#include "http/route.h"

#include "http/url.h"

/* ---- finding ---- */

struct finding {
    const xj_routes *table;
    xj_match *match;
};

/* The node of PATH ("a/b/c") under NODE, or NULL.  A literal child is tried before the parameter;
 * the tree is as deep as a path of the contract, which bounds the recursion. */
static const xj_route_node *
descend(struct finding *f, const xj_route_node *node, xj_str path)
{
    xj_str segment, rest = path;
    const xj_route_node *parameter = NULL, *found;

    if (!xj_str_split(&segment, &rest, '/'))
        return node;
    for (unsigned i = node->child; i != 0; i = f->table->nodes[i].next) {
        const xj_route_node *child = &f->table->nodes[i];

        if (child->segment == NULL) {
            parameter = child;
        } else if (xj_str_eq(segment, xj_str_c(child->segment))) {
            found = descend(f, child, rest);
            if (found != NULL)
                return found;
        }
    }
    if (parameter == NULL || segment.len == 0)
        return NULL;
    XJ_ASSERT(f->match->nsegments < XJ_ROUTE_SEGMENTS_MAX);
    f->match->segments[f->match->nsegments++] = segment;
    found = descend(f, parameter, rest);
    if (found == NULL)
        f->match->nsegments--;
    return found;
}

static bool
has_route(const xj_route_node *node)
{
    for (size_t i = 0; i < XJ_METHOD_OTHER; i++)
        if (node->routes[i] != 0)
            return true;
    return false;
}

void
xj_route_find(xj_match *match, const xj_routes *table, xj_method method, xj_str path)
{
    struct finding f = {.table = table, .match = match};
    const xj_route_node *node;
    unsigned index;

    *match = (xj_match){0};
    if (path.len == 0 || path.data[0] != '/')
        return;
    node = descend(&f, &table->nodes[0], xj_str_skip(path, 1));
    if (node == NULL || !has_route(node)) {
        match->nsegments = 0;
        return;
    }
    for (unsigned i = 0; i < XJ_METHOD_OTHER; i++)
        if (node->routes[i] != 0)
            match->allowed |= 1u << i;
    if ((match->allowed & XJ_METHOD_BIT(XJ_GET)) != 0)
        match->allowed |= XJ_METHOD_BIT(XJ_HEAD);
    if (method == XJ_METHOD_OTHER)
        return;
    index = node->routes[method];
    if (index == 0 && method == XJ_HEAD)
        index = node->routes[XJ_GET];
    if (index == 0)
        return;
    match->index = index - 1;
    match->route = &table->items[match->index];
}

xj_error *
xj_route_check(const xj_match *match)
{
    if (match->route != NULL)
        return NULL;
    if (match->allowed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is nothing under this address");
    return xj_error_new(XJ_E_METHOD_NOT_ALLOWED, "this address does not take this method");
}

/* ---- parameters ---- */

static const xj_header *
find_query(const xj_arg_source *source, const char *name, size_t *times)
{
    const xj_header *found = NULL;
    xj_str wanted = xj_str_c(name);

    *times = 0;
    for (size_t i = 0; i < source->nquery; i++) {
        if (!xj_str_eq(source->query[i].name, wanted))
            continue;
        if (found == NULL)
            found = &source->query[i];
        ++*times;
    }
    return found;
}

static xj_error *
check_known(const xj_route *route, const xj_arg_source *source)
{
    for (size_t i = 0; i < source->nquery; i++) {
        bool known = false;

        for (size_t p = 0; p < route->nparams && !known; p++)
            known = route->params[p].in == XJ_IN_QUERY &&
                    xj_str_eq(source->query[i].name, xj_str_c(route->params[p].name));
        if (!known)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "there is no parameter \"" XJ_FMT "\" here",
                                            XJ_ARG(source->query[i].name)),
                               "/" XJ_FMT, XJ_ARG(source->query[i].name));
    }
    return NULL;
}

/* The text of PARAM in the request, XJ_STR_NONE if absent; *SEGMENT counts those of the path. */
static xj_error *
find_text(xj_str *text, const xj_param *param, const xj_match *match, const xj_arg_source *source,
          size_t *segment)
{
    const xj_header *found;
    size_t times;

    *text = XJ_STR_NONE;
    switch (param->in) {
    case XJ_IN_PATH:
        XJ_ASSERT(*segment < match->nsegments);
        *text = match->segments[(*segment)++];
        return NULL;
    case XJ_IN_HEADER:
        *text = source->header(source->arg, param->name);
        return NULL;
    case XJ_IN_QUERY:
        break;
    }
    found = find_query(source, param->name, &times);
    if (times > 1)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the parameter \"%s\" comes %zu times",
                                        param->name, times),
                           "/%s", param->name);
    if (found != NULL)
        *text = found->value;
    return NULL;
}

static xj_error *
missing(const xj_param *param)
{
    /* A change that does not say what it saw has a code of its own. */
    xj_code code = param->in == XJ_IN_HEADER && strcmp(param->name, "If-Match") == 0
                       ? XJ_E_VERSION_REQUIRED
                       : XJ_E_BAD_INPUT;

    return xj_error_at(xj_error_new(code, "the %s \"%s\" is missing",
                                    param->in == XJ_IN_HEADER ? "header" : "parameter",
                                    param->name),
                       "/%s", param->name);
}

xj_error *
xj_args_read(xj_args *args, const xj_match *match, const xj_arg_source *source)
{
    const xj_route *route = match->route;
    size_t segment = 0;

    *args = (xj_args){.route = route};
    XJ_ASSERT(route->nparams <= XJ_ROUTE_PARAMS_MAX);
    XJ_TRY(check_known(route, source));
    for (size_t i = 0; i < route->nparams; i++) {
        const xj_param *param = &route->params[i];
        xj_arg *arg = &args->values[i];

        XJ_TRY(find_text(&arg->text, param, match, source, &segment));
        arg->given = arg->text.data != NULL;
        if (!arg->given && param->required)
            return missing(param);
        if (!arg->given)
            arg->text = xj_str_c(param->preset);
        if (arg->text.data != NULL)
            XJ_TRY(xj_schema_check_text(&arg->number, param->schema, param->name, arg->text));
    }
    return NULL;
}

static xj_str
header_of_call(const void *arg, const char *name)
{
    return xj_call_header(arg, name);
}

xj_error *
xj_args_of_call(xj_args *args, const xj_match *match, const xj_call *call)
{
    return xj_args_read(args, match,
                        &(xj_arg_source){.query = xj_call_queries(call),
                                         .nquery = xj_call_nquery(call),
                                         .header = header_of_call,
                                         .arg = call});
}

const xj_arg *
xj_args_find(const xj_args *args, const char *name)
{
    size_t i = 0;

    while (i < args->route->nparams && strcmp(args->route->params[i].name, name) != 0)
        i++;
    XJ_ASSERT(i < args->route->nparams); /* the contract has such a parameter */
    return &args->values[i];
}

bool
xj_args_given(const xj_args *args, const char *name)
{
    return xj_args_find(args, name)->given;
}

xj_str
xj_args_str(const xj_args *args, const char *name)
{
    return xj_args_find(args, name)->text;
}

int64_t
xj_args_int(const xj_args *args, const char *name)
{
    return xj_args_find(args, name)->number;
}

/* ---- the body ---- */

static xj_error *
check_type(const xj_route *route, xj_str type)
{
    for (const char *const *t = route->body_types; t != NULL && *t != NULL; t++)
        if (xj_type_is(type, *t))
            return NULL;
    if (type.data == NULL)
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "the request does not say of what type it is");
    return xj_error_new(XJ_E_UNSUPPORTED_KIND, "a body of type \"" XJ_FMT "\" is not taken here",
                        XJ_ARG(xj_str_sub(type, 0, 100)));
}

xj_error *
xj_route_body(const xj_jval **value, const xj_route *route, const xj_call *call, xj_pool *result)
{
    xj_str body = xj_call_body(call);
    size_t valid;

    *value = NULL;
    if (body.len == 0) {
        if (route->body_required)
            return xj_error_new(XJ_E_BAD_INPUT, "the request has no body");
        return NULL;
    }
    if (route->body_types == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "a body is not taken here");
    XJ_TRY(check_type(route, xj_call_header(call, "Content-Type")));
    if (route->body == NULL)
        return NULL;
    valid = xj_utf8_check(body);
    if (valid != body.len)
        return xj_error_new(XJ_E_NOT_UTF8, "the body is not valid UTF-8 at byte %zu", valid);
    XJ_TRY(xj_json_parse(value, body, route->body_max, result));
    return xj_schema_check(route->body, *value);
}
