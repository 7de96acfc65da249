/*
 * http/route.h -- tables of routes: find the one of a path, check its parameters and its body.
 *
 * The tables are generated from api/openapi.yaml by tools/routegen.py.  Nothing here knows a
 * handler: a route is found by its index, the generated file has the handlers in the same order.
 */
#pragma once

#include "http/http.h"
#include "json/json.h"
#include "json/schema.h"

#define XJ_ROUTE_SEGMENTS_MAX 4 /* parameters in a path */
#define XJ_ROUTE_PARAMS_MAX 32  /* parameters of a route */

typedef enum xj_param_in { XJ_IN_PATH, XJ_IN_QUERY, XJ_IN_HEADER } xj_param_in;

typedef struct xj_param {
    const char *name;
    xj_param_in in;
    bool required;
    const char *preset; /* the contract's default as text, or NULL */
    const xj_schema *schema;
} xj_param;

/* A member of the answer that not everybody may see (x-class): by its name, wherever it stands. */
typedef struct xj_classed {
    const char *name;
    const char *class; /* "internal", "personal", "sensitive" */
} xj_classed;

typedef struct xj_route {
    xj_method method;
    const char *path;       /* "/api/v1/tasks/{task}" */
    const char *operation;  /* "getTask" */
    const char *permission; /* x-permission: "public", "session", ... */
    bool csrf;              /* the session's token must come along */
    size_t body_max;        /* 0: takes no body */
    bool body_required;
    const char *const *body_types; /* media types; NULL-terminated */
    const xj_schema *body;         /* of application/json; NULL where the body is a file */
    const xj_classed *classed;
    size_t nclassed;
    const xj_param *params; /* those of the path first, in their order */
    size_t nparams;
} xj_route;

/* A node of the tree of path segments; node 0 is the root.  A literal child is tried before the
 * parameter. */
typedef struct xj_route_node {
    const char *segment;              /* NULL: a parameter, any text */
    uint16_t child, next;             /* first child, next sibling; 0: none */
    uint16_t routes[XJ_METHOD_OTHER]; /* by method: index + 1; 0: none */
} xj_route_node;

typedef struct xj_routes {
    const xj_route *items;
    size_t len;
    const xj_route_node *nodes;
} xj_routes;

typedef struct xj_match {
    const xj_route *route; /* NULL where the path takes another method only, or is unknown */
    size_t index;          /* of ROUTE in its table */
    unsigned allowed;      /* the path's methods as XJ_METHOD_BITs; 0: no such path */
    xj_str segments[XJ_ROUTE_SEGMENTS_MAX];
    size_t nsegments;
} xj_match;

/* Set *MATCH to what TABLE has for METHOD and PATH (as xj_call_path gives it; MATCH has views of
 * it).  HEAD finds the route of GET. */
void xj_route_find(xj_match *match, const xj_routes *table, xj_method method, xj_str path);
/* NOT_FOUND or METHOD_NOT_ALLOWED where MATCH has no route, else NULL. */
XJ_MUST_USE xj_error *xj_route_check(const xj_match *match);

/* ---- checked parameters ---- */
typedef struct xj_arg {
    bool given;     /* came with the request (not the preset) */
    xj_str text;    /* XJ_STR_NONE where absent without a preset */
    int64_t number; /* of an integer; 0 or 1 of a boolean */
} xj_arg;

typedef struct xj_args {
    const xj_route *route;
    xj_arg values[XJ_ROUTE_PARAMS_MAX]; /* as route->params */
} xj_args;

/* Where the parameters come from: the query, and headers by name. */
typedef struct xj_arg_source {
    const xj_header *query;
    size_t nquery;
    xj_str (*header)(const void *arg, const char *name);
    const void *arg;
} xj_arg_source;

/* Read the parameters of MATCH's route into *ARGS; views of MATCH and SOURCE.
 *
 * Errors: BAD_INPUT, with "/" and the parameter's name as field, for one that is missing
 * (VERSION_REQUIRED for If-Match), does not fit its schema, comes twice, or is not in the contract.
 */
XJ_MUST_USE xj_error *xj_args_read(xj_args *args, const xj_match *match,
                                   const xj_arg_source *source);
/* The same from CALL. */
XJ_MUST_USE xj_error *xj_args_of_call(xj_args *args, const xj_match *match, const xj_call *call);

/* By name; a name that the contract does not have is a bug and ends the program. */
const xj_arg *xj_args_find(const xj_args *args, const char *name);
bool xj_args_given(const xj_args *args, const char *name);
xj_str xj_args_str(const xj_args *args, const char *name);  /* XJ_STR_NONE if absent */
int64_t xj_args_int(const xj_args *args, const char *name); /* 0 if absent */

/* ---- the body ---- */
/* Check the body of CALL against ROUTE: its media type, and JSON against its schema; *VALUE is the
 * parsed JSON in RESULT, NULL where the route takes a file or no body came.
 *
 * Errors: UNSUPPORTED_KIND for another media type; BAD_JSON; BAD_INPUT with the JSON pointer of the
 * mistake as field, or where the body is missing; NOT_UTF8. */
XJ_MUST_USE xj_error *xj_route_body(const xj_jval **value, const xj_route *route,
                                    const xj_call *call, xj_pool *result);
