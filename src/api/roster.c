/* Units, people and seats from a spreadsheet, and back into one. */
#include "api/file_priv.h"
#include "api/roster_json.h"

#define PAYLOAD_MAX ((size_t)8 << 20)

/* ---- from a file ---- */

typedef struct import {
    xj_roster *roster;
    xj_roster_plan *plan; /* as it was before the command */
    xj_str *passwords, *hashes;
    xj_str token;
    bool administer;
} import;

/* The request's file, and what it would change now. */
static xj_error *
look(import *im, xj_api *api)
{
    xj_reader *reader;

    im->administer = xj_api_reach(api, "administrator.change") != XJ_REACH_NONE;
    XJ_TRY(xj_roster_read(&im->roster, xj_call_body(api->call), NULL, api->pool,
                          xj_pool_child(api->pool)));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_roster_compare(&im->plan, xj_reader_db(reader), api->scope.tenant,
                             xj_org_day(xj_now()), im->roster, im->administer, api->pool));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_api_preview_directory(xj_api *api)
{
    xj_api_json json;
import im;
    xj_json *w;

    XJ_TRY(look(&im, api));
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_roster(w, im.plan, im.roster);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

static void
write_done(xj_buf *out, const import *im, bool with_passwords)
{
    xj_json w;

    xj_json_init(&w, out);
    xj_json_object(&w);
    xj_json_key_int(&w, "added", (int64_t)im->plan->count[XJ_ROSTER_ADD]);
    xj_json_key_int(&w, "changed", (int64_t)im->plan->count[XJ_ROSTER_CHANGE]);
    xj_json_key_int(&w, "left_out", (int64_t)im->plan->count[XJ_ROSTER_WRONG]);
    xj_json_key_int(&w, "accounts", (int64_t)im->plan->naccounts);
    if (with_passwords) {
        xj_json_roster_passwords(&w, im->plan, im->passwords);
    } else {
        xj_json_key(&w, "passwords");
        xj_json_null(&w);
    }
    xj_json_end_object(&w);
}

/* The stored answer has no password: only the first one that is sent has. */
static void
reply_done(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const import *im = api->reply_arg;
    xj_buf body;

    xj_session_forget(api->server->options.sessions, XJ_STR_NONE);
    if (answer->replayed)
        return;
    xj_buf_init(&body, api->pool, XJ_API_ANSWER_MAX);
    write_done(&body, im, true);
    reply->body = xj_buf_str(&body);
}

static xj_error *
run_import(xj_tx *tx, void *args, xj_buf *answer)
{
    const import *im = args;
    xj_roster_plan *done;

    if (!xj_str_eq(im->token, xj_str_c(im->plan->token)))
        return xj_error_new(XJ_E_STALE, "units or people have changed since this file was looked "
                                        "at; look at it again");
    XJ_TRY(xj_roster_apply(&done, tx, im->roster, im->administer, im->token, im->hashes,
                           im->plan->naccounts));
    write_done(answer, im, false);
    return NULL;
}

xj_error *
xj_api_import_directory(xj_api *api)
{
    import *im = XJ_NEW(api->pool, import);
    xj_api_command *command;
    xj_buf payload;
    xj_json w;

    im->token = xj_args_str(&api->args, "token");
    XJ_TRY(look(im, api));
    XJ_TRY(xj_roster_passwords(&im->passwords, &im->hashes, im->plan, api->pool));
    xj_buf_init(&payload, api->pool, PAYLOAD_MAX);
    xj_json_init(&w, &payload);
    xj_json_object(&w);
    xj_json_roster_changes(&w, im->plan);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&payload));
    command = xj_api_command_new(api, "directory.import", run_import, im, xj_buf_str(&payload));
    api->reply_arg = im;
    command->reply = reply_done;
    xj_api_post(command);
    return NULL;
}

/* ---- into a file ---- */

static xj_error *
reply_book(xj_api *api, xj_str bytes, bool chinese, const char *zh, const char *en, bool sensitive)
{
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                      .body = bytes};

    xj_api__attach(&reply, xj_str_c(chinese ? zh : en), api->pool);
    if (sensitive)
        return xj_api_reply_sensitive(api, &reply);
    xj_call_reply(api->call, &reply);
    return NULL;
}

static bool
is_chinese(const xj_api *api)
{
    return !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
}

xj_error *
xj_api_get_directory_template(xj_api *api)
{
    const bool chinese = is_chinese(api);
    xj_str bytes;

    XJ_TRY(xj_roster_write(&bytes, NULL, NULL, (xj_date){0}, false, chinese, api->pool,
                           xj_pool_child(api->pool)));
    return reply_book(api, bytes, chinese, "单位和人员模板.xlsx", "directory-template.xlsx", false);
}

xj_error *
xj_api_export_directory(xj_api *api)
{
    const bool mobiles = xj_api_reach(api, "field.sensitive") != XJ_REACH_NONE;
    const bool chinese = is_chinese(api);
    xj_reader *reader;
    xj_str bytes;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_roster_write(&bytes, xj_reader_db(reader), &api->scope, xj_org_day(xj_now()), mobiles,
                           chinese, api->pool, xj_pool_child(api->pool)));
    xj_reader_end(reader);
    return reply_book(api, bytes, chinese, "单位和人员.xlsx", "directory.xlsx", mobiles);
}

xj_error *
xj_api_export_seats(xj_api *api)
{
    const bool chinese = is_chinese(api);
    xj_reader *reader;
    xj_str bytes;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_roster_write_seats(&bytes, xj_reader_db(reader), api->scope.tenant,
                                 xj_org_day(xj_now()), xj_args_int(&api->args, "body"), chinese,
                                 api->pool, xj_pool_child(api->pool)));
    xj_reader_end(reader);
    return reply_book(api, bytes, chinese, "机构成员.xlsx", "seats.xlsx", false);
}
