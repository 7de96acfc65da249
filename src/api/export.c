/* The list of tasks as a spreadsheet: page by page, each in a snapshot of its own. */
#include "api/api_priv.h"
#include "api/task_priv.h"

#include "base/map.h"
#include "paper/task_sheet.h"
#include "plan/document.h"

#define PAGE ((size_t)500)

struct export
{
    xj_api *api;
    xj_task_filter filter;
    xj_task_order order;
    xj_task_key key;
    xj_task_sheet *sheet;
    xj_map titles; /* by document id */
    bool more;
};

static xj_error *
title_of(xj_str *title, struct export *e, xj_db *db, int64_t document, xj_pool *scratch)
{
    const xj_str key = xj_str_printf(scratch, "%lld", (long long)document);
    const xj_str *known = xj_map_find(&e->titles, key);
    xj_document_whole *whole;
    xj_str *made;

    if (known == NULL) {
        XJ_TRY(xj_document_get(&whole, db, &e->api->scope, document, scratch));
        made = XJ_NEW(e->api->pool, xj_str);
        *made = xj_str_dup(whole->document.title, e->api->pool);
        xj_map_set(&e->titles, xj_str_dup(key, e->api->pool), made);
        known = made;
    }
    *title = *known;
    return NULL;
}

static xj_error *
add_page(struct export *e, size_t room, xj_pool *scratch)
{
    const size_t limit = room < PAGE ? room : PAGE;
    xj_task_row *rows;
    xj_reader *reader;
    xj_str *texts;
    xj_db *db;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, e->api->store, scratch));
    db = xj_reader_db(reader);
    XJ_TRY(xj_task_list(&rows, &n, db, &e->api->scope, &e->filter, e->order, &e->key,
                        (int64_t)limit + 1, scratch));
    e->more = n > limit;
    n = n > limit ? limit : n;
    XJ_TRY(xj_task_texts(&texts, db, &e->api->scope, rows, n, scratch));
    for (size_t i = 0; i < n; i++) {
        xj_str title;

        XJ_TRY(title_of(&title, e, db, rows[i].document, scratch));
        XJ_TRY(xj_task_sheet_add(e->sheet, &rows[i], texts[i], title, scratch));
    }
    if (n > 0)
        e->key = (xj_task_key){true, xj_str_dup(rows[n - 1].due, e->api->pool),
                               rows[n - 1].changed_at, rows[n - 1].id};
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_api_export_tasks(xj_api *api)
{
    const bool chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
    struct export e = {.api = api, .order = xj_api__task_order(&api->args), .more = true};
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    xj_pool *page = xj_pool_child(api->pool);

    xj_api__task_filter(&e.filter, &api->args);
    xj_map_init(&e.titles, api->pool);
    XJ_TRY(xj_task_sheet_new(&e.sheet, chinese, api->pool));
    for (size_t n = 0; e.more && n < XJ_TASK_SHEET_ROWS_MAX; n += PAGE) {
        xj_pool_clear(page);
        XJ_TRY(add_page(&e, XJ_TASK_SHEET_ROWS_MAX - n, page));
    }
    if (e.more)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "more than %zu tasks pass the filters; choose fewer (a programme, an "
                            "action, a unit)",
                            XJ_TASK_SHEET_ROWS_MAX);
    XJ_TRY(xj_task_sheet_end(&reply.body, e.sheet, api->pool));
    reply.headers[reply.nheaders++] = (xj_header){
        XJ_STR("Content-Disposition"), chinese ? XJ_STR("attachment; filename=\"tasks.xlsx\"; "
                                                        "filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx")
                                               : XJ_STR("attachment; filename=\"tasks.xlsx\"")};
    xj_call_reply(api->call, &reply);
    return NULL;
}
