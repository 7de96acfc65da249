/* The server itself: whether it works, and the contract. */
#include "api/api_priv.h"

xj_error *
xj_api_get_health(xj_api *api)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_api_json json;
    xj_json *w;
    bool more;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_PING, ""));
    XJ_TRY(xj_rows_next(rows, &more));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "status", XJ_STR("ok"));
    xj_json_key_str(w, "version", xj_str_c(api->server->options.version));
    xj_json_key_str(w, "database",
                    strcmp(xj_store_kind(api->store), "sqlite") == 0 ? XJ_STR("sqlite")
                                                                     : XJ_STR("postgresql"));
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_get_openapi(xj_api *api)
{
    xj_reply reply = {.status = 200,
                      .content_type = "application/json",
                      .body = xj_api_contract,
                      .gzipped = xj_api_contract_gzip,
                      .etag = xj_api_contract_etag,
                      .cache_control = "no-cache"};

    xj_call_reply(api->call, &reply);
    return NULL;
}
