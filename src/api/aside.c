/* Files that are no plan: kept by a person as documents, or thrown away; and what a document is. */
#include "plan/aside.h"
#include "api/api_priv.h"
#include "api/plan_json.h"

xj_error *
xj_api_list_asides(xj_api *api)
{
    xj_reader *reader;
    xj_api_page page;
    xj_aside *items;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "aside"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_aside_list(&items, &n, xj_reader_db(reader), &api->scope, page.after, page.ask,
                         api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        const xj_aside *a = &items[i];

        xj_json_object(w);
        xj_json_key_int(w, "id", a->id);
        xj_json_key_int(w, "programme", a->programme);
        xj_json_key_str(w, "file_name", a->file_name);
        xj_json_key_str(w, "title", a->title);
        xj_json_key_str(w, "doc_no", a->doc_no);
        xj_json_key_str(w, "issuer", a->issuer);
        xj_json_key_str(w, "issued_on", a->issued_on);
        xj_json_key_str(w, "jurisdiction", a->jurisdiction);
        xj_json_key_str(w, "kind", a->kind);
        xj_api_key_instant(w, "set_at", a->set_at);
        xj_json_key_str(w, "set_by", a->set_by);
        xj_json_end_object(w);
        page.last = items[i].id;
    }
    return xj_api_page_reply(&page);
}

typedef struct keeping {
    int64_t id, version;
    xj_document_fields fields;
    xj_str body;
    xj_api_command *command;
} keeping;

static keeping *
read_fields(xj_api *api)
{
    keeping *k = XJ_NEW(api->pool, keeping);

    k->body = xj_call_body(api->call);
    k->fields =
        (xj_document_fields){.title = xj_jval_str(xj_jval_find(api->body, "title")),
                             .kind = xj_jval_str(xj_jval_find(api->body, "kind")),
                             .doc_no = xj_jval_str(xj_jval_find(api->body, "doc_no")),
                             .issuer = xj_jval_str(xj_jval_find(api->body, "issuer")),
                             .issued_on = xj_jval_str(xj_jval_find(api->body, "issued_on"))};
    return k;
}

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    const keeping *k = args;
    int64_t document;

    XJ_TRY(xj_aside_keep(&document, tx, k->id, &k->fields));
    xj_buf_printf(answer, "{\"document\":%lld}", (long long)document);
    return NULL;
}

xj_error *
xj_api_keep_aside(xj_api *api)
{
    keeping *k = read_fields(api);

    k->id = xj_args_int(&api->args, "aside");
    k->command = xj_api_command_new(api, "document.keep", run_keep, k, XJ_STR_NONE);
    k->command->status = 201;
    xj_api_post(k->command);
    return NULL;
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_aside_remove(tx, *(const int64_t *)args);
}

xj_error *
xj_api_remove_aside(xj_api *api)
{
    int64_t *id = XJ_NEW(api->pool, int64_t);
    xj_api_command *command =
        xj_api_command_new(api, "document.discard", run_remove, id, XJ_STR_NONE);

    *id = xj_args_int(&api->args, "aside");
    command->status = 204;
    xj_api_post(command);
    return NULL;
}

/* What was sent, and the document as it stands. */
static xj_error *
conflict(keeping *k, xj_tx *tx)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_buf *out = &k->command->problem;
    xj_document_whole *document;
    xj_json w;

    XJ_TRY(xj_document_get(&document, xj_tx_db(tx), &scope, k->id, xj_tx_pool(tx)));
    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, k->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    xj_json_document(&w, document);
    return NULL;
}

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    keeping *k = args;
    xj_error *err;

    xj_buf_clear(&k->command->problem);
    err = xj_document_change(tx, k->id, k->version, &k->fields);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_error *other = conflict(k, tx);

        if (other != NULL) {
            xj_error_clear(err);
            return other;
        }
    }
    XJ_TRY(err);
    xj_buf_printf(answer, "{\"document\":%lld}", (long long)k->id);
    return NULL;
}

xj_error *
xj_api_change_document(xj_api *api)
{
    keeping *k = read_fields(api);

    k->id = xj_args_int(&api->args, "document");
    XJ_TRY(xj_api_if_match(&k->version, api));
    k->command = xj_api_command_new(api, "document.change", run_change, k, XJ_STR_NONE);
    xj_api_post(k->command);
    return NULL;
}
