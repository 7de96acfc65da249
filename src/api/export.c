/* The list of tasks as a file: page by page, each in a snapshot of its own. */
#include "api/api_priv.h"
#include "api/task_priv.h"

#include "base/map.h"
#include "paper/task_sheet.h"
#include "plan/document.h"

#define PAGE ((size_t)500)

struct export
{
    xj_api *api;
    bool chinese;
    xj_task_filter filter;
    xj_task_order order;
    xj_task_key key;
    xj_heading head;
    xj_task_sheet *sheet; /* NULL: into CSV */
    xj_buf csv;
    size_t tasks;
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

static bool
shows_targets(const xj_heading *head)
{
    for (size_t i = 0; i < head->ncolumns; i++) {
        const xj_column key = head->columns[i].key;

        if (key == XJ_COL_TARGETS || key == XJ_COL_TARGET || key == XJ_COL_INDICATOR)
            return true;
    }
    return false;
}

static xj_error *
add_task(struct export *e, const xj_paper_task *task, xj_pool *scratch)
{
    e->tasks++;
    if (e->sheet != NULL)
        return xj_task_sheet_add(e->sheet, task, scratch);
    return xj_task_csv_add(&e->csv, &e->head, task, e->tasks, e->chinese, scratch);
}

static xj_error *
add_page(struct export *e, size_t room, xj_pool *scratch)
{
    const size_t limit = room < PAGE ? room : PAGE;
    const xj_scope *scope = &e->api->scope;
    xj_task_targets *targets = NULL;
    xj_task_row *rows;
    xj_reader *reader;
    xj_str *texts;
    xj_db *db;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, e->api->store, scratch));
    db = xj_reader_db(reader);
    XJ_TRY(xj_task_list(&rows, &n, db, scope, &e->filter, e->order, &e->key, (int64_t)limit + 1,
                        scratch));
    e->more = n > limit;
    n = n > limit ? limit : n;
    XJ_TRY(xj_task_texts(&texts, db, scope, rows, n, scratch));
    if (shows_targets(&e->head))
        XJ_TRY(xj_task_targets_of(&targets, db, scope, rows, n, scratch));
    for (size_t i = 0; i < n; i++) {
        xj_paper_task task = {.row = &rows[i], .text = texts[i]};

        XJ_TRY(title_of(&task.document, e, db, rows[i].document, scratch));
        if (targets != NULL) {
            task.targets = targets[i].items;
            task.ntargets = targets[i].n;
        }
        XJ_TRY(add_task(e, &task, scratch));
    }
    if (n > 0)
        e->key = (xj_task_key){true, xj_str_dup(rows[n - 1].due, e->api->pool),
                               rows[n - 1].changed_at, rows[n - 1].id};
    xj_reader_end(reader);
    return NULL;
}

static xj_error *
add_all(struct export *e)
{
    const size_t max = xj_task_sheet_max(&e->head);
    xj_pool *page = xj_pool_child(e->api->pool);

    for (e->more = true; e->more && e->tasks < max;) {
        xj_pool_clear(page);
        XJ_TRY(add_page(e, max - e->tasks, page));
    }
    if (!e->more)
        return NULL;
    return xj_error_new(XJ_E_TOO_LARGE,
                        "more than %zu tasks pass the filters; choose fewer (a programme, an "
                        "action, a unit)",
                        max);
}

/* The heads that the request names, else the columns, else the usual ones. */
static xj_error *
read_head(struct export *e, bool sheet)
{
    const xj_args *args = &e->api->args;
    const xj_str columns = xj_args_str(args, "columns");
    const int64_t id = xj_args_int(args, "head");
    xj_reader *reader;

    if (id != 0) {
        XJ_TRY(xj_api_read(&reader, e->api));
        XJ_TRY(
            xj_heading_get(&e->head, xj_reader_db(reader), e->api->scope.tenant, id, e->api->pool));
        xj_reader_end(reader);
        return NULL;
    }
    if (columns.len > 0)
        return xj_heading_of_keys(&e->head, columns, e->chinese, e->api->pool);
    e->head = xj_heading_usual(sheet, e->chinese, e->api->pool);
    return NULL;
}

static xj_error *
begin(struct export *e, xj_api *api, bool sheet)
{
    e->api = api;
    e->chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
    e->order = xj_api__task_order(&api->args);
    xj_api__task_filter(&e->filter, &api->args);
    xj_map_init(&e->titles, api->pool);
    return read_head(e, sheet);
}

static void
reply(struct export *e, xj_str body, const char *type, const char *disposition)
{
    xj_reply answer = {.status = 200, .content_type = type, .body = body};

    answer.headers[answer.nheaders++] =
        (xj_header){XJ_STR("Content-Disposition"), xj_str_c(disposition)};
    xj_call_reply(e->api->call, &answer);
}

xj_error *
xj_api_export_tasks(xj_api *api)
{
    struct export *e = XJ_NEW(api->pool, struct export);
    xj_str bytes;

    XJ_TRY(begin(e, api, xj_str_eq(xj_args_str(&api->args, "form"), XJ_STR("sheet"))));
    XJ_TRY(xj_task_sheet_new(&e->sheet, &e->head, e->chinese, api->pool));
    XJ_TRY(add_all(e));
    XJ_TRY(xj_task_sheet_end(&bytes, e->sheet, api->pool));
    reply(e, bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          !e->chinese     ? "attachment; filename=\"tasks.xlsx\""
          : e->head.sheet ? "attachment; filename=\"tasks.xlsx\"; "
                            "filename*=UTF-8''%E4%BB%BB%E5%8A%A1%E5%88%86%E8%A7%A3%E8%A1%A8.xlsx"
                          : "attachment; filename=\"tasks.xlsx\"; "
                            "filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx");
    return NULL;
}

xj_error *
xj_api_export_tasks_csv(xj_api *api)
{
    struct export *e = XJ_NEW(api->pool, struct export);

    XJ_TRY(begin(e, api, false));
    e->head.sheet = false; /* nothing is merged here */
    xj_buf_init(&e->csv, api->pool, XJ_BOOK_BYTES_MAX);
    xj_task_csv_begin(&e->csv, &e->head);
    XJ_TRY(add_all(e));
    XJ_TRY(xj_buf_check(&e->csv));
    reply(e, xj_buf_str(&e->csv), "text/csv; charset=utf-8",
          e->chinese ? "attachment; filename=\"tasks.csv\"; "
                       "filename*=UTF-8''%E5%8F%B0%E8%B4%A6.csv"
                     : "attachment; filename=\"tasks.csv\"");
    return NULL;
}
