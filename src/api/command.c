/* Requests that change something: a command is posted, the reply sent when it is durable. */
#include "api/api_priv.h"

#include <sodium.h>

#define PROBLEM_MAX ((size_t)1 << 20)

static void
hash_part(crypto_hash_sha256_state *state, xj_str part)
{
    unsigned char len[8];

    for (int i = 0; i < 8; i++)
        len[i] = (unsigned char)((uint64_t)part.len >> (8 * i));
    crypto_hash_sha256_update(state, len, sizeof len);
    crypto_hash_sha256_update(state, (const unsigned char *)(part.data == NULL ? "" : part.data),
                              part.len);
}

/* Of all that makes one request another: path, query, version seen, body. */
static xj_str
request_hash(const xj_api *api)
{
    unsigned char *hash = xj_alloc(api->pool, crypto_hash_sha256_BYTES);
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    hash_part(&state, xj_str_c(api->route->operation));
    hash_part(&state, xj_call_path(api->call));
    for (size_t i = 0; i < xj_call_nquery(api->call); i++) {
        xj_header query = xj_call_query_at(api->call, i);

        hash_part(&state, query.name);
        hash_part(&state, query.value);
    }
    hash_part(&state, xj_call_header(api->call, "If-Match"));
    if (xj_call_header(api->call, "Prefer").data != NULL)
        hash_part(&state, xj_call_header(api->call, "Prefer"));
    hash_part(&state, xj_call_body(api->call));
    crypto_hash_sha256_final(&state, hash);
    return xj_str_of((const char *)hash, crypto_hash_sha256_BYTES);
}

static bool
takes_key(const xj_api *api)
{
    for (size_t i = 0; i < api->route->nparams; i++)
        if (strcmp(api->route->params[i].name, "Idempotency-Key") == 0)
            return true;
    return false;
}

xj_str
xj_api_who(const xj_api *api)
{
    return xj_str_c(api->session.display_name[0] == '\0' ? api->session.name
                                                         : api->session.display_name);
}

xj_api_command *
xj_api_command_new(xj_api *api, const char *name, xj_command_fn run, void *args, xj_str payload)
{
    xj_api_command *made = XJ_NEW(api->pool, xj_api_command);
    xj_str key = takes_key(api) ? xj_args_str(&api->args, "Idempotency-Key") : XJ_STR_NONE;

    XJ_ASSERT(api->signed_in);
    made->api = api;
    made->command = (xj_command){
        .name = name,
        .tenant = api->session.tenant,
        .actor = api->session.person,
        .actor_name = xj_api_who(api),
        .idem_key = key,
        .request_hash = key.len > 0 ? request_hash(api) : XJ_STR_NONE,
        .payload = payload.len > 0     ? payload
                   : api->body != NULL ? xj_call_body(api->call)
                                       : XJ_STR("{}"),
        .run = run,
        .args = args,
        .pool = api->pool,
    };
    xj_buf_init(&made->problem, api->pool, PROBLEM_MAX);
    return made;
}

const xj_command *
xj_api_pattern(xj_api *api)
{
    return &xj_api_command_new(api, NULL, NULL, NULL, XJ_STR_NONE)->command;
}

static void
command_done(xj_command *command, const xj_answer *answer, void *arg)
{
    xj_api_command *made = arg;
    xj_api *api = made->api;
    xj_reply reply = {0};

    (void)command;
    if (answer->err != NULL && made->problem.len > 0 &&
        xj_code_status(xj_error_code(answer->err)) < 500) {
        xj_api__problem(&reply, api->call, answer->err, xj_buf_str(&made->problem));
        xj_error_clear(answer->err);
        xj_call_reply(api->call, &reply);
        return;
    }
    if (answer->err != NULL) {
        xj_call_fail(api->call, answer->err);
        return;
    }
    reply.status = made->status == 0 ? 200 : made->status;
    if (answer->body.len > 0) {
        reply.content_type = "application/json";
        reply.body = xj_str_dup(answer->body, api->pool);
    }
    if (made->reply != NULL)
        made->reply(api, answer, &reply);
    xj_call_reply(api->call, &reply);
}

void
xj_api_post(xj_api_command *made)
{
    xj_call *call = made->api->call;
    xj_error *err;

    made->command.done = command_done;
    made->command.done_arg = made;
    err = xj_store_post(made->api->store, &made->command);
    if (err != NULL)
        xj_call_fail(call, err);
}
