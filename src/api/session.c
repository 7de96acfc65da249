/* Signing in and out, and who is signed in. */
#include "api/api_priv.h"

#include "base/cal.h"
#include "org/password.h"

#include <arpa/inet.h>

/* ---- the address that failures are counted by ---- */

/* TEXT as an address in its shortest form; of IPv6 the network alone (/64), which is one house's.
 */
static xj_str
normal_peer(xj_str text, xj_pool *pool)
{
    const char *given = xj_str_cdup(xj_str_trim(text), pool);
    char out[INET6_ADDRSTRLEN];
    struct in6_addr six;
    struct in_addr four;

    if (inet_pton(AF_INET, given, &four) == 1)
        return xj_str_dup(xj_str_c(inet_ntop(AF_INET, &four, out, sizeof out)), pool);
    if (inet_pton(AF_INET6, given, &six) != 1)
        return XJ_STR_NONE;
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        memcpy(&four, &six.s6_addr[12], sizeof four);
        return xj_str_dup(xj_str_c(inet_ntop(AF_INET, &four, out, sizeof out)), pool);
    }
    memset(&six.s6_addr[8], 0, 8);
    return xj_str_dup(xj_str_c(inet_ntop(AF_INET6, &six, out, sizeof out)), pool);
}

/* Who asks: behind the proxy of the settings, the address that the proxy added last. */
static xj_str
peer_of(const xj_api *api)
{
    xj_str peer = xj_call_peer(api->call);
    const char *proxy = api->server->options.proxy;
    xj_str told, behind;

    if (proxy != NULL && proxy[0] != '\0' && xj_str_eq(peer, xj_str_c(proxy))) {
        told = xj_call_header(api->call, "X-Forwarded-For");
        behind = told;
        while (xj_str_split(&behind, &told, ','))
            if (told.len == 0)
                break;
        behind = normal_peer(behind, api->pool);
        if (behind.data != NULL)
            return behind;
    }
    peer = normal_peer(peer, api->pool);
    return peer.data == NULL ? XJ_STR("::") : peer;
}

/* What the browser calls itself, for its owner to know it by: letters that a header may have. */
static xj_str
device_of(const xj_api *api)
{
    const xj_str given = xj_call_header(api->call, "User-Agent");
    const size_t len = given.len > XJ_DEVICE_MAX ? XJ_DEVICE_MAX : given.len;
    char *text = XJ_NEW_ARRAY(api->pool, char, len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = given.data[i] >= ' ' && given.data[i] <= '~' ? given.data[i] : '?';
    return xj_str_of(text, len);
}

/* ---- answers ---- */

static void
set_cookie(xj_reply *reply, const xj_api *api, xj_str token)
{
    const char *secure = api->server->options.secure_cookie ? "; Secure" : "";
    const char *age = token.len == 0 ? "; Max-Age=0" : "";

    reply->headers[reply->nheaders++] = (xj_header){
        XJ_STR("Set-Cookie"),
        xj_str_printf(api->pool, XJ_API_COOKIE "=" XJ_FMT "; Path=/; HttpOnly; SameSite=Strict%s%s",
                      XJ_ARG(token), secure, age)};
}

static const char *
reach_word(xj_reach reach)
{
    return reach == XJ_REACH_ALL ? "all" : reach == XJ_REACH_ISSUED ? "issued" : "own";
}

/* What the person is today, and what that allows. */
static void
write_posts(xj_json *w, const xj_post *posts, size_t n)
{
    const xj_date today = xj_org_day(xj_now());
    xj_held held[XJ_POSTS_HELD_MAX];
    size_t nheld = 0;

    xj_json_key(w, "posts");
    xj_json_array(w);
    for (size_t i = 0; i < n && nheld < XJ_POSTS_HELD_MAX; i++) {
        if (!xj_post_on(&posts[i], today))
            continue;
        held[nheld++] = (xj_held){posts[i].unit, posts[i].role};
        xj_json_object(w);
        xj_json_key_str(w, "role", xj_str_c(xj_role_word(posts[i].role)));
        xj_json_key(w, "unit");
        if (posts[i].unit == 0) {
            xj_json_null(w);
        } else {
            xj_json_object(w);
            xj_json_key_int(w, "id", posts[i].unit);
            xj_json_key_str(w, "name", posts[i].unit_name);
            xj_json_end_object(w);
        }
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "rights");
    xj_json_array(w);
    for (size_t i = 0; i < xj_right_count(); i++) {
        const xj_reach reach = xj_right_reach(xj_right_at(i), held, nheld);

        if (reach == XJ_REACH_NONE)
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "right", xj_str_c(xj_right_at(i)));
        xj_json_key_str(w, "reach", xj_str_c(reach_word(reach)));
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static xj_error *
write_session(xj_json *w, xj_api *api, const xj_person *person, xj_str token)
{
    char csrf[XJ_CSRF_LEN + 1];
    xj_reader *reader;
    xj_tenant tenant;
    xj_post *posts;
    size_t nposts;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_tenant_get(&tenant, xj_reader_db(reader), person->tenant, api->pool));
    XJ_TRY(xj_post_of_person(&posts, &nposts, xj_reader_db(reader), person->tenant, person->id,
                             api->pool));
    xj_reader_end(reader);
    xj_session_csrf(csrf, token);
    xj_json_object(w);
    xj_json_key(w, "person");
    xj_json_object(w);
    xj_json_key_int(w, "id", person->id);
    xj_json_key_str(w, "name", person->name);
    xj_json_key_str(w, "display_name", person->display_name);
    xj_json_end_object(w);
    xj_json_key(w, "tenant");
    xj_json_object(w);
    xj_json_key_int(w, "id", tenant.id);
    xj_json_key_str(w, "name", tenant.name);
    xj_json_key_str(w, "code", tenant.code);
    xj_json_end_object(w);
    write_posts(w, posts, nposts);
    xj_json_key_str(w, "csrf", xj_str_c(csrf));
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_get_session(xj_api *api)
{
    xj_person person = {.id = api->session.person,
                        .tenant = api->session.tenant,
                        .name = xj_str_c(api->session.name),
                        .display_name = xj_str_c(api->session.display_name)};
    xj_api_json json;
    xj_json *w = xj_api_json_start(&json, api);

    XJ_TRY(write_session(w, api, &person, api->token));
    return xj_api_reply_json(api, 200, &json);
}

/* ---- in ---- */

static void
signed_in(xj_attempt *attempt, xj_signin_result *result)
{
    xj_api *api = attempt->arg;
    xj_reply reply = {.status = 200, .content_type = "application/json"};
    xj_api_json json;
    xj_json *w;
    xj_error *err = result->err;

    if (err == NULL) {
        w = xj_api_json_start(&json, api);
        err = write_session(w, api, &result->person, result->token);
    }
    if (err == NULL)
        err = xj_buf_check(&json.buf);
    if (err != NULL) {
        xj_call_fail(api->call, err);
        return;
    }
    reply.body = xj_buf_str(&json.buf);
    set_cookie(&reply, api, result->token);
    xj_call_reply(api->call, &reply);
}

xj_error *
xj_api_sign_in(xj_api *api)
{
    xj_attempt *attempt = XJ_NEW(api->pool, xj_attempt);

    XJ_TRY(xj_jval_get_str(&attempt->name, api->body, "name", true));
    XJ_TRY(xj_jval_get_str(&attempt->password, api->body, "password", true));
    attempt->peer = peer_of(api);
    attempt->device = device_of(api);
    attempt->pool = api->pool;
    attempt->done = signed_in;
    attempt->arg = api;
    xj_signin_try(api->server->options.signin, attempt);
    return NULL;
}

/* ---- another password of one's own ---- */

static xj_error *
run_password(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_api *api = args;
    const xj_str *hash = api->reply_arg;

    (void)answer;
    return xj_person_set_password(tx, api->session.person, *hash, api->session.id);
}

static void
password_set(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    (void)reply;
    xj_session_forget(api->server->options.sessions, XJ_STR_NONE);
}

/* On the door's thread: the old password was right. */
static void
password_checked(xj_attempt *attempt, xj_signin_result *result)
{
    xj_api *api = attempt->arg;
    xj_api_command *command;
    xj_str *hash;

    if (result->err != NULL) {
        xj_call_fail(api->call, result->err);
        return;
    }
    hash = XJ_NEW(api->pool, xj_str);
    *hash = result->hash;
    api->reply_arg = hash;
    command = xj_api_command_new(api, "person.password", run_password, api, XJ_STR("{}"));
    command->status = 204;
    command->reply = password_set;
    xj_api_post(command);
}

xj_error *
xj_api_change_password(xj_api *api)
{
    xj_attempt *attempt = XJ_NEW(api->pool, xj_attempt);
    xj_error *err;

    XJ_TRY(xj_jval_get_str(&attempt->password, api->body, "old", true));
    XJ_TRY(xj_jval_get_str(&attempt->next_password, api->body, "new", true));
    attempt->name = xj_str_c(api->session.name);
    err = xj_password_check(attempt->next_password, attempt->name);
    if (err != NULL)
        return xj_error_at(err, "/new");
    attempt->peer = peer_of(api);
    attempt->pool = api->pool;
    attempt->done = password_checked;
    attempt->arg = api;
    xj_signin_try(api->server->options.signin, attempt);
    return NULL;
}

/* ---- out ---- */

static void
signed_out(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    xj_session_forget(api->server->options.sessions, api->token);
    set_cookie(reply, api, XJ_STR(""));
}

xj_error *
xj_api_sign_out(xj_api *api)
{
    xj_api_command *command =
        xj_api_command_new(api, "session.end", xj_session_end_run, &api->session, XJ_STR_NONE);

    xj_session_forget(api->server->options.sessions, api->token);
    command->status = 204;
    command->reply = signed_out;
    xj_api_post(command);
    return NULL;
}
