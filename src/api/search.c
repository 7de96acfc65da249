/* One box over documents, published tasks and units. */
#include "plan/search.h"
#include "api/api_priv.h"
#include "org/unit.h"
#include "plan/document.h"
#include "plan/task.h"

typedef struct asked {
    xj_api *api;
    xj_db *db;
    xj_str text, after;
    size_t limit;
} asked;

/* The end of a group: NEXT is where the next page begins. */
static void
end_group(xj_json *w, xj_str next)
{
    xj_json_end_array(w);
    xj_json_key_str(w, "next", next);
    xj_json_end_object(w);
}

static void
begin_group(xj_json *w)
{
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
}

static xj_error *
write_documents(xj_json *w, const asked *a)
{
    xj_document_query query = {.text = a->text, .limit = (int64_t)a->limit + 1};
    xj_document_row *rows;
    size_t n;

    if (a->after.data != NULL)
        XJ_TRY(xj_cursor_read(a->after, a->api->pool, "sd", "i", &query.after));
    XJ_TRY(xj_document_list(&rows, &n, a->db, &a->api->scope, &query, a->api->pool));
    begin_group(w);
    for (size_t i = 0; i < n && i < a->limit; i++) {
        const xj_document *d = &rows[i].document;

        xj_json_object(w);
        xj_json_key_int(w, "id", d->id);
        xj_json_key_str(w, "title", d->title);
        xj_json_key_str(w, "doc_no", d->doc_no);
        xj_json_key_str(w, "issuer", d->issuer);
        xj_json_key_str(w, "issued_on", d->issued_on);
        xj_json_key_str(w, "state", rows[i].latest.state);
        xj_json_end_object(w);
    }
    end_group(w, n <= a->limit
                     ? XJ_STR_NONE
                     : xj_cursor_make(a->api->pool, "sd", "i", rows[a->limit - 1].document.latest));
    return NULL;
}

static xj_error *
write_texts(xj_json *w, const asked *a)
{
    xj_part_found *rows;
    int64_t after = 0;
    size_t n;

    if (a->after.data != NULL)
        XJ_TRY(xj_cursor_read(a->after, a->api->pool, "sx", "i", &after));
    XJ_TRY(xj_part_search(&rows, &n, a->db, &a->api->scope, a->text, after, (int64_t)a->limit + 1,
                          a->api->pool));
    begin_group(w);
    for (size_t i = 0; i < n && i < a->limit; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_int(w, "document", rows[i].document);
        xj_json_key_str(w, "title", rows[i].title);
        xj_json_key_str(w, "doc_no", rows[i].doc_no);
        xj_json_key_str(w, "context", xj_search_context(rows[i].text, a->text, a->api->pool));
        xj_json_end_object(w);
    }
    end_group(w, n <= a->limit ? XJ_STR_NONE
                               : xj_cursor_make(a->api->pool, "sx", "i", rows[a->limit - 1].id));
    return NULL;
}

static xj_error *
write_tasks(xj_json *w, const asked *a)
{
    const xj_task_filter filter = {.text = a->text};
    xj_task_key after = {.set = a->after.data != NULL};
    xj_task_row *rows;
    xj_str *texts;
    size_t n, shown;

    if (after.set)
        XJ_TRY(xj_cursor_read(a->after, a->api->pool, "st", "i", &after.id));
    XJ_TRY(xj_task_list(&rows, &n, a->db, &a->api->scope, &filter, XJ_TASKS_BY_PLAN, &after,
                        (int64_t)a->limit + 1, a->api->pool));
    shown = n < a->limit ? n : a->limit;
    XJ_TRY(xj_task_texts(&texts, a->db, &a->api->scope, rows, shown, a->api->pool));
    begin_group(w);
    for (size_t i = 0; i < shown; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_int(w, "document", rows[i].document);
        xj_json_key_str(w, "no", rows[i].no);
        xj_json_key_str(w, "title", rows[i].title);
        xj_json_key_str(w, "action", rows[i].action);
        xj_json_key_str(w, "context", xj_search_context(texts[i], a->text, a->api->pool));
        xj_json_end_object(w);
    }
    end_group(w, n <= a->limit ? XJ_STR_NONE
                               : xj_cursor_make(a->api->pool, "st", "i", rows[a->limit - 1].id));
    return NULL;
}

static xj_error *
write_units(xj_json *w, const asked *a)
{
    xj_str after = XJ_STR_NONE;
    int64_t key = 0;
    xj_unit_found *rows;
    size_t n;

    if (a->after.data != NULL)
        XJ_TRY(xj_cursor_read(a->after, a->api->pool, "su", "si", &after, &key));
    XJ_TRY(xj_unit_search(&rows, &n, a->db, &a->api->scope, a->text, after, key,
                          (int64_t)a->limit + 1, a->api->pool));
    begin_group(w);
    for (size_t i = 0; i < n && i < a->limit; i++) {
        const xj_unit_found *f = &rows[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", f->unit);
        xj_json_key_str(w, "name", f->unit_name);
        xj_json_key_str(w, "kind", xj_str_c(xj_unit_kind_word(f->kind)));
        xj_json_key_str(w, "alias", f->key == f->unit ? XJ_STR_NONE : f->name);
        xj_json_end_object(w);
    }
    end_group(w, n <= a->limit ? XJ_STR_NONE
                               : xj_cursor_make(a->api->pool, "su", "si", rows[a->limit - 1].name,
                                                rows[a->limit - 1].key));
    return NULL;
}

xj_error *
xj_api_search(xj_api *api)
{
    static const struct {
        const char *name;
        xj_error *(*write)(xj_json *w, const asked *a);
    } groups[] = {{"documents", write_documents},
                  {"texts", write_texts},
                  {"tasks", write_tasks},
                  {"units", write_units}};
    const xj_str in = xj_args_str(&api->args, "in");
    asked a = {.api = api,
               .text = xj_str_trim(xj_args_str(&api->args, "q")),
               .after = xj_args_str(&api->args, "after"),
               .limit = (size_t)xj_args_int(&api->args, "limit")};
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    if (a.text.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there are no words to look for"), "q");
    if (a.after.data != NULL && in.data == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a further page is of one group"), "after");
    XJ_TRY(xj_api_read(&reader, api));
    a.db = xj_reader_db(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        xj_json_key(w, groups[i].name);
        if (in.data == NULL || xj_str_eq(in, xj_str_c(groups[i].name)))
            XJ_TRY(groups[i].write(w, &a));
        else
            xj_json_null(w);
    }
    xj_json_end_object(w);
    xj_reader_end(reader);
    return xj_api_reply_json(api, 200, &json);
}
