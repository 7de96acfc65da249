/* Programmes and units. */
#include "api/api_priv.h"
#include "org/unit.h"
#include "plan/task.h"

xj_error *
xj_api_list_programmes(xj_api *api)
{
    xj_programme *items;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_programme_list(&items, &n, xj_reader_db(reader), &api->scope, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

static xj_error *
unit_query(xj_unit_query *query, xj_api *api)
{
    xj_str kind = xj_args_str(&api->args, "kind");
    xj_str after = xj_args_str(&api->args, "after");

    *query = (xj_unit_query){.text = xj_args_str(&api->args, "q"),
                             .kind = -1,
                             .level = xj_args_str(&api->args, "level"),
                             .limit = xj_args_int(&api->args, "limit") + 1};
    if (kind.data != NULL) {
        xj_unit_kind which = XJ_UNIT_OTHER;
        bool known = xj_unit_kind_parse(&which, kind);

        XJ_ASSERT(known); /* the contract lists them */
        query->kind = (int)which;
    }
    return after.data == NULL ? NULL : xj_cursor_read(after, api->pool, "unit", "i", &query->after);
}

xj_error *
xj_api_list_units(xj_api *api)
{
    xj_unit_query query;
    xj_reader *reader;
    xj_unit *items;
    xj_api_json json;
    xj_json *w;
    size_t n, shown;
    int64_t *ids, *tasks;
    xj_error *err;

    XJ_TRY(unit_query(&query, api));
    XJ_TRY(xj_api_read(&reader, api));
    err = xj_unit_list(&items, &n, xj_reader_db(reader), &api->scope, &query, api->pool);
    if (query.after != 0 && xj_error_is(err, XJ_E_NOT_FOUND))
        return xj_error_at(xj_error_wrap(XJ_E_BAD_INPUT, err, "the cursor is not one of this list"),
                           "after");
    XJ_TRY(err);
    shown = n < (size_t)query.limit ? n : (size_t)query.limit - 1;
    ids = XJ_NEW_ARRAY(api->pool, int64_t, shown + 1);
    tasks = XJ_NEW_ARRAY(api->pool, int64_t, shown + 1);
    for (size_t i = 0; i < shown; i++)
        ids[i] = items[i].id;
    XJ_TRY(xj_task_count_units(tasks, xj_reader_db(reader), &api->scope, ids, shown));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < shown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_key_str(w, "kind", xj_str_c(xj_unit_kind_word(items[i].kind)));
        xj_json_key_str(w, "level", xj_str_c(xj_level_word(items[i].level)));
        xj_json_key_str(w, "area", items[i].area);
        xj_json_key_int(w, "tasks", tasks[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key_str(w, "next",
                    shown < n ? xj_cursor_make(api->pool, "unit", "i", items[shown - 1].id)
                              : XJ_STR_NONE);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}
