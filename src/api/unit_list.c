/* Units: the directory as a list and as a spreadsheet, and the tasks of one. */
#include "api/api_priv.h"
#include "api/plan_json.h"
#include "org/unit.h"
#include "paper/unit_sheet.h"
#include "plan/document.h"

#define EXPORT_PAGE ((size_t)500)

/* ---- the directory ---- */

static xj_error *
unit_query(xj_unit_query *query, xj_api *api, size_t limit)
{
    xj_str kind = xj_args_str(&api->args, "kind");

    *query = (xj_unit_query){.text = xj_args_str(&api->args, "q"),
                             .kind = -1,
                             .level = xj_args_str(&api->args, "level"),
                             .limit = (int64_t)limit + 1};
    if (kind.data != NULL) {
        xj_unit_kind which = XJ_UNIT_OTHER;
        bool known = xj_unit_kind_parse(&which, kind);

        XJ_ASSERT(known); /* the contract lists them */
        query->kind = (int)which;
    }
    return NULL;
}

/* A page of units with what a list shows of each. */
typedef struct page {
    xj_unit *units;
    size_t n; /* shown */
    bool more;
    xj_unit_tasks *tasks;
} page;

static xj_error *
read_page(page *p, xj_api *api, xj_db *db, const xj_unit_query *query, xj_pool *pool)
{
    const size_t limit = (size_t)query->limit - 1;
    xj_scope scope;
    int64_t *ids;

    XJ_TRY(xj_unit_list(&p->units, &p->n, db, &api->scope, query, pool));
    p->more = p->n > limit;
    p->n = p->more ? limit : p->n;
    ids = XJ_NEW_ARRAY(pool, int64_t, p->n + 1);
    p->tasks = XJ_NEW_ARRAY(pool, xj_unit_tasks, p->n + 1);
    for (size_t i = 0; i < p->n; i++)
        ids[i] = p->units[i].id;
    if (xj_api_reach(api, "task.read") == XJ_REACH_NONE)
        return NULL;
    XJ_TRY(xj_api_scope(&scope, api, "task.read"));
    return xj_task_count_units(p->tasks, db, &scope, ids, p->n, pool);
}

static xj_error *
write_line(xj_json *w, xj_api *api, xj_db *db, const xj_unit *unit, const xj_unit_tasks *tasks)
{
    const xj_scope all = xj_scope_all(api->scope.tenant);
    xj_str *names;
    size_t n;

    XJ_TRY(xj_unit_alias_names(&names, &n, db, all.tenant, unit->id, api->pool));
    xj_json_object(w);
    xj_json_key_int(w, "id", unit->id);
    xj_json_key_str(w, "name", unit->name);
    xj_json_key_str(w, "kind", xj_str_c(xj_unit_kind_word(unit->kind)));
    xj_json_key_str(w, "level", xj_str_c(xj_level_word(unit->level)));
    xj_json_key_str(w, "area", unit->area);
    xj_json_key(w, "parent");
    if (unit->parent == 0) {
        xj_json_null(w);
    } else {
        xj_unit parent;

        XJ_TRY(xj_unit_get(&parent, db, &all, unit->parent, api->pool));
        xj_json_object(w);
        xj_json_key_int(w, "id", parent.id);
        xj_json_key_str(w, "name", parent.name);
        xj_json_end_object(w);
    }
    xj_json_key(w, "aliases");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, names[i]);
    xj_json_end_array(w);
    xj_json_key_int(w, "lead", tasks->lead);
    xj_json_key_int(w, "responsible", tasks->responsible);
    xj_json_key_int(w, "cooperate", tasks->cooperate);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_list_units(xj_api *api)
{
    const xj_str after = xj_args_str(&api->args, "after");
    xj_unit_query query;
    xj_reader *reader;
    xj_api_json json;
    xj_error *err;
    xj_json *w;
    page p = {0};

    XJ_TRY(unit_query(&query, api, (size_t)xj_args_int(&api->args, "limit")));
    if (after.data != NULL)
        XJ_TRY(xj_cursor_read(after, api->pool, "unit", "i", &query.after));
    XJ_TRY(xj_api_read(&reader, api));
    err = read_page(&p, api, xj_reader_db(reader), &query, api->pool);
    if (query.after != 0 && xj_error_is(err, XJ_E_NOT_FOUND))
        return xj_error_at(xj_error_wrap(XJ_E_BAD_INPUT, err, "the cursor is not one of this list"),
                           "after");
    XJ_TRY(err);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < p.n; i++)
        XJ_TRY(write_line(w, api, xj_reader_db(reader), &p.units[i], &p.tasks[i]));
    xj_reader_end(reader);
    xj_json_end_array(w);
    xj_json_key_str(w, "next",
                    p.more ? xj_cursor_make(api->pool, "unit", "i", p.units[p.n - 1].id)
                           : XJ_STR_NONE);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- the spreadsheet ---- */

static xj_error *
add_line(xj_book *book, xj_api *api, xj_db *db, const xj_unit *unit, const xj_unit_tasks *tasks,
         xj_pool *scratch)
{
    const xj_scope all = xj_scope_all(api->scope.tenant);
    xj_unit_line line = {.unit = unit,
                         .lead = tasks->lead,
                         .responsible = tasks->responsible,
                         .cooperate = tasks->cooperate};
    xj_unit parent;
    xj_str *names;
    xj_buf joined;
    size_t n;

    if (unit->parent != 0) {
        XJ_TRY(xj_unit_get(&parent, db, &all, unit->parent, scratch));
        line.parent = parent.name;
    }
    XJ_TRY(xj_unit_alias_names(&names, &n, db, all.tenant, unit->id, scratch));
    xj_buf_init(&joined, scratch, (size_t)32 << 20); /* XJ_UNITS_MAX names of the longest */
    for (size_t i = 0; i < n; i++) {
        xj_buf_add(&joined, i == 0 ? XJ_STR("") : XJ_STR("、"));
        xj_buf_add(&joined, names[i]);
    }
    line.aliases = xj_buf_str(&joined);
    return xj_unit_sheet_add(book, &line, scratch);
}

/* A page in a snapshot of its own; the next begins behind QUERY's. */
static xj_error *
export_page(bool *more, xj_book *book, xj_api *api, xj_unit_query *query, xj_pool *scratch)
{
    xj_reader *reader;
    page p = {0};

    XJ_TRY(xj_reader_begin(&reader, api->store, scratch));
    XJ_TRY(read_page(&p, api, xj_reader_db(reader), query, scratch));
    for (size_t i = 0; i < p.n; i++)
        XJ_TRY(add_line(book, api, xj_reader_db(reader), &p.units[i], &p.tasks[i], scratch));
    xj_reader_end(reader);
    *more = p.more;
    if (p.n > 0)
        query->after = p.units[p.n - 1].id;
    return NULL;
}

xj_error *
xj_api_export_units(xj_api *api)
{
    const bool chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"));
    xj_reply reply = {.status = 200,
                      .content_type = "application/"
                                      "vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    xj_pool *scratch = xj_pool_child(api->pool);
    xj_unit_query query;
    xj_book *book;
    bool more = true;

    XJ_TRY(unit_query(&query, api, EXPORT_PAGE));
    XJ_TRY(xj_unit_sheet_new(&book, chinese, api->pool));
    while (more) {
        xj_pool_clear(scratch);
        XJ_TRY(export_page(&more, book, api, &query, scratch));
    }
    XJ_TRY(xj_book_end(&reply.body, book, api->pool));
    reply.headers[reply.nheaders++] = (xj_header){
        XJ_STR("Content-Disposition"), chinese ? XJ_STR("attachment; filename=\"units.xlsx\"; "
                                                        "filename*=UTF-8''%E5%8D%95%E4%BD%8D.xlsx")
                                               : XJ_STR("attachment; filename=\"units.xlsx\"")};
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- what one owes ---- */

static xj_error *
write_document(xj_json *w, xj_api *api, xj_db *db, int64_t id)
{
    xj_document_whole *whole;

    XJ_TRY(xj_document_get(&whole, db, &api->scope, id, api->pool));
    xj_json_object(w);
    xj_json_key_int(w, "id", id);
    xj_json_key_str(w, "title", whole->document.title);
    xj_json_key_str(w, "doc_no", whole->document.doc_no);
    xj_json_key_str(w, "issuer", whole->document.issuer);
    xj_json_key_str(w, "issued_on", whole->document.issued_on);
    xj_json_end_object(w);
    return NULL;
}

/* Each document of TASKS once; those of one follow each other, mostly. */
static xj_error *
key_documents(xj_json *w, xj_api *api, xj_db *db, const xj_task *tasks, size_t n)
{
    xj_json_key(w, "documents");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        bool seen = false;

        for (size_t k = 0; k < i && !seen; k++)
            seen = tasks[k].row.document == tasks[i].row.document;
        if (!seen)
            XJ_TRY(write_document(w, api, db, tasks[i].row.document));
    }
    xj_json_end_array(w);
    return NULL;
}

xj_error *
xj_api_list_unit_tasks(xj_api *api)
{
    const size_t limit = (size_t)xj_args_int(&api->args, "limit");
    const xj_task_filter filter = {.unit = xj_args_int(&api->args, "unit"),
                                   .programme = xj_args_int(&api->args, "programme"),
                                   .role = xj_args_str(&api->args, "role")};
    const xj_scope all = xj_scope_all(api->scope.tenant);
    const xj_str after = xj_args_str(&api->args, "after");
    xj_task_key key = {.set = after.data != NULL};
    xj_task_row *rows;
    xj_reader *reader;
    xj_api_json json;
    xj_task *tasks;
    size_t nrows, n;
    xj_unit unit;
    xj_json *w;
    xj_db *db;

    if (key.set)
        XJ_TRY(xj_cursor_read(after, api->pool, "ut", "i", &key.id));
    XJ_TRY(xj_api_read(&reader, api));
    db = xj_reader_db(reader);
    XJ_TRY(xj_unit_get(&unit, db, &all, filter.unit, api->pool));
    XJ_TRY(xj_task_list(&rows, &nrows, db, &api->scope, &filter, XJ_TASKS_BY_PLAN, &key,
                        (int64_t)limit + 1, api->pool));
    XJ_TRY(
        xj_task_whole(&tasks, &n, db, &api->scope, rows, nrows < limit ? nrows : limit, api->pool));
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_task(w, &tasks[i]);
    xj_json_end_array(w);
    XJ_TRY(key_documents(w, api, db, tasks, n));
    xj_reader_end(reader);
    xj_json_key_str(w, "next",
                    nrows <= limit ? XJ_STR_NONE
                                   : xj_cursor_make(api->pool, "ut", "i", rows[limit - 1].id));
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}
