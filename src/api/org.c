/* Programmes. */
#include "api/api_priv.h"

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
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}
