/* The programme's own bodies. */
#include "duty/body.h"
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "org/post.h"

static const char *
state_of(const xj_body *body, xj_str today)
{
    if (body->ends_on.data != NULL && xj_str_cmp(body->ends_on, today) < 0)
        return "ended";
    return body->starts_on.data != NULL && xj_str_cmp(body->starts_on, today) > 0 ? "to_come"
                                                                                  : "stands";
}

/* What a unit owes is shown to who may know of it. */
static void
key_count(xj_json *w, const char *key, int64_t n, bool seen)
{
    xj_json_key(w, key);
    if (seen)
        xj_json_int(w, n);
    else
        xj_json_null(w);
}

xj_error *
xj_api_list_bodies(xj_api *api)
{
    const size_t limit = (size_t)xj_args_int(&api->args, "limit");
    const xj_str cursor = xj_args_str(&api->args, "after");
    const xj_date day = xj_org_day(xj_now());
    char today[XJ_DATE_LEN];
    xj_scope duties = {0};
    int64_t after = 0;
    xj_reader *reader;
    xj_api_json json;
    xj_body *rows;
    xj_json *w;
    size_t n;

    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, "body", "i", &after));
    if (xj_api_reach(api, "duty.read") != XJ_REACH_NONE)
        XJ_TRY(xj_api_scope(&duties, api, "duty.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_body_list(&rows, &n, xj_reader_db(reader), api->scope.tenant, day, after,
                        (int64_t)limit + 1, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n && i < limit; i++) {
        const bool seen = xj_scope_has(&duties, api->scope.tenant, rows[i].id);

        xj_json_object(w);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_str(w, "name", rows[i].name);
        xj_json_key_str(w, "starts_on", rows[i].starts_on);
        xj_json_key_str(w, "ends_on", rows[i].ends_on);
        xj_json_key_str(w, "state", xj_str_c(state_of(&rows[i], xj_date_format(today, day))));
        xj_json_key_int(w, "people", rows[i].people);
        key_count(w, "duties", rows[i].duties, seen);
        key_count(w, "owed", rows[i].owed, seen);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key_str(w, "next",
                    n <= limit ? XJ_STR_NONE
                               : xj_cursor_make(api->pool, "body", "i", rows[limit - 1].id));
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}
