/* The check page: a version whole, what is to be confirmed, steps, what others changed. */
#include "api/plan_json.h"
#include "api/task_priv.h"

xj_error *
xj_api_get_check(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_check *check;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_check_get(&check, xj_reader_db(reader), &api->scope,
                        xj_args_int(&api->args, "version"), api->pool));
    xj_reader_end(reader);
    xj_json_check(xj_api_json_start(&json, api), check);
    return xj_api_reply_version(api, 200, &json, check->version->version.version);
}

xj_error *
xj_api_get_check_tables(xj_api *api)
{
    xj_check_tables *tables;
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_check_tables_get(&tables, xj_reader_db(reader), &api->scope,
                               xj_args_int(&api->args, "version"), api->pool));
    xj_reader_end(reader);
    xj_json_check_tables(xj_api_json_start(&json, api), tables);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_list_steps(xj_api *api)
{
    xj_reader *reader;
    xj_api_page page;
    xj_step *steps;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "step"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_step_list(&steps, &n, xj_reader_db(reader), &api->scope,
                        xj_args_int(&api->args, "version"), page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_step(w, &steps[i]);
        page.last = steps[i].no;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_step(xj_api *api)
{
    xj_step_row *rows;
    xj_reader *reader;
    xj_api_json json;
    xj_step step;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_step_get(&step, &rows, &n, xj_reader_db(reader), &api->scope,
                       xj_args_int(&api->args, "version"), xj_args_int(&api->args, "step"),
                       api->pool));
    xj_reader_end(reader);
    xj_json_step_whole(xj_api_json_start(&json, api), &step, rows, n);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_list_changes(xj_api *api)
{
    xj_changes *changes;
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_version_changes(&changes, xj_reader_db(reader), &api->scope,
                              xj_args_int(&api->args, "version"), xj_args_int(&api->args, "since"),
                              api->pool));
    xj_reader_end(reader);
    xj_json_changes(xj_api_json_start(&json, api), changes);
    return xj_api_reply_version(api, 200, &json, changes->version);
}
