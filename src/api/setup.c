/* The first start of an empty server, and further programmes. */
#include "org/setup.h"
#include "api/api_priv.h"

xj_error *
xj_api_get_setup(xj_api *api)
{
    xj_api_json json;
    xj_json *w;
    bool open;

    XJ_TRY(xj_setup_is_open(&open, api->server->options.setup, api->pool));
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_bool(w, "open", open);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_do_setup(xj_api *api)
{
    const xj_jval *tenant = xj_jval_find(api->body, "tenant");
    const xj_jval *person = xj_jval_find(api->body, "person");
    xj_setup_wish wish = {.display = XJ_STR("")};

    XJ_TRY(xj_jval_get_str(&wish.token, api->body, "token", true));
    XJ_TRY(xj_jval_get_str(&wish.tenant, tenant, "name", true));
    XJ_TRY(xj_jval_get_str(&wish.code, tenant, "code", true));
    XJ_TRY(xj_jval_get_str(&wish.person, person, "name", true));
    XJ_TRY(xj_jval_get_str(&wish.display, person, "display_name", false));
    XJ_TRY(xj_jval_get_str(&wish.password, person, "password", true));
    XJ_TRY(xj_jval_get_str(&wish.programme, xj_jval_find(api->body, "programme"), "name", true));
    XJ_TRY(xj_setup_do(api->server->options.setup, &wish, api->pool));
    xj_api_reply_none(api);
    return NULL;
}

/* ---- programmes ---- */

static xj_error *
run_add_programme(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_str *name = args;
    int64_t id;
    xj_json w;

    XJ_TRY(xj_programme_add(&id, tx, *name));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_str(&w, "name", *name);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_add_programme(xj_api *api)
{
    xj_str *name = XJ_NEW(api->pool, xj_str);
    xj_api_command *command =
        xj_api_command_new(api, "programme.add", run_add_programme, name, XJ_STR_NONE);

    XJ_TRY(xj_jval_get_str(name, api->body, "name", true));
    command->status = 201;
    xj_api_post(command);
    return NULL;
}
