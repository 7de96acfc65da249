/* The chain of documents: what one carries out, and what carries it out. */
#include "plan/chain.h"
#include "api/api_priv.h"

static void
write_rows(xj_json *w, const char *name, const xj_chain_row *rows, size_t n)
{
    xj_json_key(w, name);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        const xj_chain_row *row = &rows[i];

        xj_json_object(w);
        xj_json_key_int(w, "depth", row->depth);
        xj_json_key_id(w, "document", row->document);
        xj_json_key_str(w, "title", row->title);
        xj_json_key_str(w, "doc_no", row->doc_no);
        xj_json_key_str(w, "issuer", row->issuer);
        xj_json_key_str(w, "file_name", row->file_name);
        xj_json_key_str(w, "how", row->how == NULL ? XJ_STR_NONE : xj_str_c(row->how));
        xj_json_key_str(w, "link", row->link == NULL ? XJ_STR_NONE : xj_str_c(row->link));
        xj_json_key_str(w, "relation", row->relation);
        xj_json_key_bool(w, "again", row->again);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
write_chain(xj_json *w, const xj_chain *chain)
{
    xj_json_object(w);
    write_rows(w, "up", chain->up, chain->nup);
    write_rows(w, "down", chain->down, chain->ndown);
    xj_json_key_bool(w, "cut", chain->cut);
    xj_json_key_int(w, "version", chain->version);
    xj_json_end_object(w);
}

xj_error *
xj_api_get_document_chain(xj_api *api)
{
    xj_chain *chain;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_document_chain(&chain, xj_reader_db(reader), &api->scope,
                             xj_args_int(&api->args, "document"), api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    write_chain(w, chain);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- what a person says ---- */

typedef struct linking {
    xj_document_link link;
    bool remove;
    xj_str body;
    xj_api_command *command;
} linking;

/* What was sent, and the chain as it stands. */
static xj_error *
conflict(linking *l, xj_tx *tx)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_buf *out = &l->command->problem;
    xj_chain *chain;
    xj_json w;

    XJ_TRY(xj_document_chain(&chain, xj_tx_db(tx), &scope, l->link.from, xj_tx_pool(tx)));
    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, l->remove ? XJ_STR("null") : l->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    write_chain(&w, chain);
    return NULL;
}

static xj_error *
run_link(xj_tx *tx, void *args, xj_buf *answer)
{
    linking *l = args;
    xj_error *err;

    xj_buf_clear(&l->command->problem);
    err = l->remove ? xj_document_link_remove(tx, l->link.from, l->link.to, l->link.version)
                    : xj_document_link_set(tx, &l->link);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_error *other = conflict(l, tx);

        if (other != NULL) {
            xj_error_clear(err);
            return other;
        }
    }
    XJ_TRY(err);
    xj_buf_printf(answer, "{\"document\":%lld}", (long long)l->link.from);
    return NULL;
}

static xj_error *
post_link(xj_api *api, linking *l, const char *name)
{
    l->link.from = xj_args_int(&api->args, "document");
    l->link.to = xj_args_int(&api->args, "other");
    XJ_TRY(xj_api_if_match(&l->link.version, api));
    l->command = xj_api_command_new(api, name, run_link, l, XJ_STR_NONE);
    xj_api_post(l->command);
    return NULL;
}

xj_error *
xj_api_set_document_link(xj_api *api)
{
    linking *l = XJ_NEW(api->pool, linking);

    l->link.relation = xj_jval_str(xj_jval_find(api->body, "relation"));
    l->link.rejected = xj_jval_bool(xj_jval_find(api->body, "rejected"));
    l->body = xj_call_body(api->call);
    return post_link(api, l, "document.link");
}

xj_error *
xj_api_remove_document_link(xj_api *api)
{
    linking *l = XJ_NEW(api->pool, linking);

    l->remove = true;
    return post_link(api, l, "document.unlink");
}
