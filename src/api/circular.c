/* Circulars of supervision: drafted, written, published, read. */
#include "api/duty_priv.h"
#include "api/inspect_json.h"

xj_error *
xj_api_list_circulars(xj_api *api)
{
    xj_circular_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_scope scope;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "ci"));
    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_circular_list(&rows, &n, xj_reader_db(reader), &scope,
                            xj_args_int(&api->args, "inspection"), page.after, page.ask,
                            api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_circular_row(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_circular(xj_api *api)
{
    xj_circular *circular;
    xj_reader *reader;
    xj_api_json json;
    xj_scope scope;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_circular_get(&circular, xj_reader_db(reader), &scope,
                           xj_args_int(&api->args, "circular"), xj_args_int(&api->args, "no"),
                           api->pool));
    xj_reader_end(reader);
    xj_json_circular(xj_api_json_start(&json, api), circular);
    return xj_api_reply_version(api, 200, &json, circular->row.version);
}

/* ---- changes ---- */

xj_error *
xj_api__write_circular(const xj_api__inspect *c, xj_json *w, xj_db *db, xj_pool *pool)
{
    xj_circular *circular;

    XJ_TRY(xj_circular_get(&circular, db, &c->scope, c->id, 0, pool));
    xj_json_circular(w, circular);
    return NULL;
}

static xj_error *
run_draft(xj_api__inspect *c, xj_tx *tx)
{
    return xj_circular_draft(&c->id, tx, &c->scope, *(const int64_t *)c->args,
                             xj_api_who(c->command->api));
}

xj_error *
xj_api_draft_circular(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);
    int64_t *inspection = XJ_NEW(api->pool, int64_t);

    *inspection = xj_args_int(&api->args, "inspection");
    c->args = inspection;
    c->run = run_draft;
    c->write = xj_api__write_circular;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, "circular.draft", 201, false);
}

static xj_error *
run_write(xj_api__inspect *c, xj_tx *tx)
{
    return xj_circular_write(
        &c->now, tx, &c->scope, c->id, c->version, xj_jval_str(xj_jval_find(c->args, "heading")),
        xj_jval_str(xj_jval_find(c->args, "body")), xj_api_who(c->command->api));
}

static xj_error *
run_publish(xj_api__inspect *c, xj_tx *tx)
{
    const int64_t *units;
    size_t n;

    units = xj_api__ids(&n, xj_jval_find(c->args, "units"), xj_tx_pool(tx));
    return xj_circular_publish(&c->now, tx, &c->scope, c->id, c->version,
                               xj_jval_bool(xj_jval_find(c->args, "to_all")), units, n);
}

static xj_error *
post_change(xj_api *api, const char *name, xj_error *(*run)(xj_api__inspect *, xj_tx *))
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "circular");
    c->args = api->body;
    c->run = run;
    c->write = xj_api__write_circular;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, name, 200, true);
}

xj_error *
xj_api_write_circular(xj_api *api)
{
    return post_change(api, "circular.write", run_write);
}

xj_error *
xj_api_publish_circular(xj_api *api)
{
    return post_change(api, "circular.publish", run_publish);
}
