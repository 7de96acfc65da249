/* Lists in whole and in pages: what the request asks for, and the frame of the answer. */
#include "api/api_priv.h"

xj_json *
xj_api_items_start(xj_api_json *json, xj_api *api)
{
    xj_json *w = xj_api_json_start(json, api);

    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    return w;
}

xj_error *
xj_api_items_reply(xj_api *api, xj_api_json *json)
{
    xj_json_end_array(&json->w);
    xj_json_end_object(&json->w);
    return xj_api_reply_json(api, 200, json);
}

void
xj_api_page_ask(xj_api_page *page, xj_api *api)
{
    *page = (xj_api_page){.api = api, .ask = xj_args_int(&api->args, "limit") + 1};
}

xj_error *
xj_api_page_init(xj_api_page *page, xj_api *api, const char *kind)
{
    const xj_str cursor = xj_args_str(&api->args, "after");

    xj_api_page_ask(page, api);
    page->kind = kind;
    return cursor.data == NULL ? NULL : xj_cursor_read(cursor, api->pool, kind, "i", &page->after);
}

xj_json *
xj_api_page_start(xj_api_page *page)
{
    page->w = xj_api_json_start(&page->json, page->api);
    xj_json_object(page->w);
    return page->w;
}

xj_json *
xj_api_page_items(xj_api_page *page, size_t n)
{
    const size_t limit = (size_t)page->ask - 1;

    page->more = n > limit;
    page->shown = page->more ? limit : n;
    if (page->w == NULL)
        xj_api_page_start(page);
    xj_json_key(page->w, "items");
    xj_json_array(page->w);
    return page->w;
}

void
xj_api_page_end(xj_api_page *page)
{
    if (page->more && page->kind != NULL)
        page->next = xj_cursor_make(page->api->pool, page->kind, "i", page->last);
    xj_json_end_array(page->w);
    xj_json_key_str(page->w, "next", page->next);
}

xj_error *
xj_api_page_reply(xj_api_page *page)
{
    xj_api_page_end(page);
    xj_json_end_object(page->w);
    return xj_api_reply_json(page->api, 200, &page->json);
}
