/* Findings of supervision: lists, pictures, rectification. */
#include "api/duty_priv.h"
#include "api/file_priv.h"
#include "api/inspect_json.h"

/* ---- looking ---- */

xj_error *
xj_api_list_findings(xj_api *api)
{
    const xj_finding_filter filter = {.inspection = xj_args_int(&api->args, "inspection"),
                                      .visit = xj_args_int(&api->args, "visit"),
                                      .unit = xj_args_int(&api->args, "unit"),
                                      .programme = xj_args_int(&api->args, "programme"),
                                      .action_no = xj_args_given(&api->args, "action_no")
                                                       ? xj_args_int(&api->args, "action_no")
                                                       : -1,
                                      .grade = xj_args_str(&api->args, "grade"),
                                      .stands = xj_args_str(&api->args, "stands"),
                                      .ordered = xj_args_int(&api->args, "ordered") != 0};
    xj_finding *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_scope scope;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "fi"));
    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_finding_list(&rows, &n, xj_reader_db(reader), &scope, &filter, page.after, page.ask,
                           api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_finding_row(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

static xj_error *
write_finding(xj_json *w, int64_t *version, xj_db *db, const xj_scope *scope, int64_t id,
              xj_pool *pool)
{
    xj_finding_whole f = {0};

    XJ_TRY(xj_finding_get(&f.finding, db, scope, id, pool));
    XJ_TRY(xj_picture_list(&f.pictures, &f.npictures, db, scope->tenant, id, pool));
    if (f.finding->duty != 0) {
        XJ_TRY(xj_scan_list(&f.answers, &f.nanswers, db, scope->tenant, f.finding->duty, pool));
        XJ_TRY(xj_duty_history(&f.moves, &f.nmoves, db, scope->tenant, f.finding->duty, pool));
    }
    *version = f.finding->version;
    xj_json_finding(w, &f);
    return NULL;
}

xj_error *
xj_api__write_finding(const xj_api__inspect *c, xj_json *w, xj_db *db, xj_pool *pool)
{
    int64_t version;

    return write_finding(w, &version, db, &c->scope, c->id, pool);
}

xj_error *
xj_api_get_finding(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    int64_t version;
    xj_scope scope;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(write_finding(xj_api_json_start(&json, api), &version, xj_reader_db(reader), &scope,
                         xj_args_int(&api->args, "finding"), api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, version);
}

/* ---- what it is about ---- */

static xj_error *
run_about(xj_api__inspect *c, xj_tx *tx)
{
    const xj_jval *action = xj_jval_find(c->args, "action_no");

    return xj_finding_set_about(tx, &c->scope, c->id, xj_jval_int(xj_jval_find(c->args, "about")),
                                xj_jval_has(c->args, "action_no") ? xj_jval_int(action) : -1);
}

xj_error *
xj_api_set_finding_about(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "finding");
    c->args = api->body;
    c->run = run_about;
    c->write = xj_api__write_finding;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.visit"));
    return xj_api__inspect_post(api, c, "finding.about", 200, false);
}

/* ---- pictures ---- */

static xj_error *
find_picture(xj_picture *picture, xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "picture");
    xj_reader *reader;
    xj_finding *seen;
    xj_picture *all;
    xj_scope scope;
    size_t n;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_finding_get(&seen, xj_reader_db(reader), &scope, xj_args_int(&api->args, "finding"),
                          api->pool));
    XJ_TRY(xj_picture_list(&all, &n, xj_reader_db(reader), scope.tenant, seen->id, api->pool));
    xj_reader_end(reader);
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id) {
            *picture = all[i];
            return NULL;
        }
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such picture");
}

xj_error *
xj_api_get_finding_picture(xj_api *api)
{
    xj_reply reply = {.status = 200};
    xj_picture picture;
    xj_blob_hash hash;

    XJ_TRY(find_picture(&picture, api));
    reply.content_type = xj_str_eq(picture.media, XJ_STR("image/png")) ? "image/png" : "image/jpeg";
    reply.etag = picture.hash;
    if (!xj_call_holds(api->call, reply.etag)) {
        XJ_TRY(xj_blob_hash_parse(&hash, picture.hash));
        XJ_TRY(xj_blob_get(&reply.body, api->server->options.blobs, &hash, api->pool));
    }
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* Who sees the finding sees how it was set right. */
xj_error *
xj_api_get_finding_answer(xj_api *api)
{
    xj_reader *reader;
    xj_finding *seen;
    xj_scope scope;
    xj_scan scan;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_finding_get(&seen, xj_reader_db(reader), &scope, xj_args_int(&api->args, "finding"),
                          api->pool));
    XJ_TRY(xj_scan_get(&scan, xj_reader_db(reader), scope.tenant, seen->duty,
                       xj_args_int(&api->args, "scan"), api->pool));
    xj_reader_end(reader);
    return xj_api__reply_scan(api, &scan);
}

static xj_error *
run_picture(xj_api__inspect *c, xj_tx *tx)
{
    int64_t id;

    return xj_picture_add(&id, tx, &c->scope, c->id, c->args);
}

/* The bytes are durable before the command that refers to them. */
xj_error *
xj_api_add_finding_picture(xj_api *api)
{
    xj_picture *picture = XJ_NEW(api->pool, xj_picture);
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);
    xj_blob_hash hash;
    const char *media;
    xj_str clean;

    XJ_TRY(xj_picture_clean(&clean, &media, xj_call_body(api->call), api->pool));
    XJ_TRY(xj_blob_put(&hash, api->server->options.blobs, clean));
    *picture = (xj_picture){.hash = xj_str_dup(xj_str_c(hash.hex), api->pool),
                            .media = xj_str_c(media),
                            .size = (int64_t)clean.len};
    c->id = xj_args_int(&api->args, "finding");
    c->args = picture;
    c->run = run_picture;
    c->write = xj_api__write_finding;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.visit"));
    return xj_api__inspect_post(api, c, "finding.picture", 201, false);
}

/* ---- rectification ---- */

static xj_error *
run_order(xj_api__inspect *c, xj_tx *tx)
{
    const xj_str demand = xj_jval_str(xj_jval_find(c->args, "demand"));

    return xj_rectification_order(tx, &c->scope, c->id, xj_jval_str(xj_jval_find(c->args, "due")),
                                  demand.data == NULL ? XJ_STR("") : xj_str_trim(demand));
}

xj_error *
xj_api_order_rectification(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "finding");
    c->args = api->body;
    c->run = run_order;
    c->write = xj_api__write_finding;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, "rectification.order", 201, false);
}

static xj_error *
run_move(xj_api__inspect *c, xj_tx *tx)
{
    return xj_rectification_step(&c->now, tx, &c->scope, c->id, c->version, c->args);
}

xj_error *
xj_api_move_rectification(xj_api *api)
{
    xj_step *step = XJ_NEW(api->pool, xj_step);
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    *step = xj_api__step(api);
    c->id = xj_args_int(&api->args, "finding");
    c->args = step;
    c->run = run_move;
    c->write = xj_api__write_finding;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "rectification.move"));
    return xj_api__inspect_post(api, c, "rectification.move", 200, true);
}
