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
        xj_json_key(w, "document");
        if (row->document == 0)
            xj_json_null(w);
        else
            xj_json_int(w, row->document);
        xj_json_key_str(w, "title", row->title);
        xj_json_key_str(w, "doc_no", row->doc_no);
        xj_json_key_str(w, "issuer", row->issuer);
        xj_json_key_str(w, "file_name", row->file_name);
        xj_json_key_str(w, "how", row->how == NULL ? XJ_STR_NONE : xj_str_c(row->how));
        xj_json_key_bool(w, "again", row->again);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
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
    xj_json_object(w);
    write_rows(w, "up", chain->up, chain->nup);
    write_rows(w, "down", chain->down, chain->ndown);
    xj_json_key_bool(w, "cut", chain->cut);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}
