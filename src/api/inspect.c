/* Campaigns of supervision: lists, one, planning, issue, burden; what its other handlers share. */
#include "api/duty_priv.h"
#include "api/inspect_json.h"

/* ---- what the handlers of supervision share ---- */

xj_error *
xj_api__inspect_scope(xj_scope *scope, xj_api *api, const char *right)
{
    xj_scope side;

    XJ_TRY(xj_api_scope(&side, api, "rectification.read"));
    *scope = (xj_scope){.tenant = api->session.tenant,
                        .person = api->session.person,
                        .all_units = xj_api_reach(api, right) == XJ_REACH_ALL,
                        .drafts = xj_api_reach(api, "inspection.change") == XJ_REACH_ALL};
    if (!side.all_units) {
        scope->units = side.units;
        scope->nunits = side.nunits;
    }
    return NULL;
}

/* What is there beside what was asked, for a change that came too late. */
static void
conflict(xj_api__inspect *c, xj_tx *tx)
{
    xj_buf *out = &c->command->problem;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, c->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = c->write(c, &w, xj_tx_db(tx), xj_tx_pool(tx));
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

static xj_error *
run(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_api__inspect *c = args;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = c->run(c, tx);
    if (xj_error_is(err, XJ_E_STALE))
        conflict(c, tx);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(c->write(c, &w, xj_tx_db(tx), xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

static void
reply_first(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    reply->etag = xj_api_etag(api->pool, 1);
}

xj_error *
xj_api__inspect_post(xj_api *api, xj_api__inspect *change, const char *name, int status,
                     bool versioned)
{
    if (versioned)
        XJ_TRY(xj_api_if_match(&change->version, api));
    change->body = api->body == NULL ? XJ_STR("{}") : xj_call_body(api->call);
    change->command = xj_api_command_new(api, name, run, change, XJ_STR_NONE);
    change->command->status = status;
    change->command->reply = versioned ? xj_api__reply_next : status == 201 ? reply_first : NULL;
    xj_api_post(change->command);
    return NULL;
}

/* ---- looking ---- */

xj_error *
xj_api_list_inspections(xj_api *api)
{
    const xj_inspection_filter filter = {.programme = xj_args_int(&api->args, "programme"),
                                         .state = xj_args_str(&api->args, "state")};
    xj_inspection_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_scope scope;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "in"));
    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_inspection_list(&rows, &n, xj_reader_db(reader), &scope, &filter, page.after,
                              page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_inspection_row(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_inspection(xj_api *api)
{
    xj_inspection *whole;
    xj_reader *reader;
    xj_api_json json;
    xj_scope scope;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_inspection_get(&whole, xj_reader_db(reader), &scope,
                             xj_args_int(&api->args, "inspection"), api->pool));
    xj_reader_end(reader);
    xj_json_inspection(xj_api_json_start(&json, api), whole);
    return xj_api_reply_version(api, 200, &json, whole->row.version);
}

xj_error *
xj_api_list_inspection_burden(xj_api *api)
{
    xj_burden *items;
    xj_reader *reader;
    xj_api_json json;
    xj_scope scope;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.change"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_burden_list(&items, &n, xj_reader_db(reader), &scope,
                          (int)xj_args_int(&api->args, "year"), api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++)
        xj_json_burden(w, &items[i]);
    return xj_api_items_reply(api, &json);
}

/* ---- changing ---- */

xj_error *
xj_api__write_inspection(const xj_api__inspect *c, xj_json *w, xj_db *db, xj_pool *pool)
{
    xj_inspection *whole;

    XJ_TRY(xj_inspection_get(&whole, db, &c->scope, c->id, pool));
    xj_json_inspection(w, whole);
    return NULL;
}

static xj_str
text_of(const xj_jval *body, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(body, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static void
read_new(xj_inspection_new *new, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *units = xj_jval_find(body, "units");
    xj_inspected_new *list = XJ_NEW_ARRAY(pool, xj_inspected_new, xj_jval_len(units) + 1);

    *new = (xj_inspection_new){.programme = xj_jval_int(xj_jval_find(body, "programme")),
                               .title = text_of(body, "title"),
                               .basis = text_of(body, "basis"),
                               .from_on = text_of(body, "from_on"),
                               .to_on = text_of(body, "to_on"),
                               .note = text_of(body, "note"),
                               .announced = xj_jval_bool(xj_jval_find(body, "announced")),
                               .units = list,
                               .nunits = xj_jval_len(units)};
    for (size_t i = 0; i < new->nunits; i++)
        list[i] = (xj_inspected_new){
            .unit = xj_jval_int(xj_jval_find(xj_jval_at(units, i), "unit")),
            .planned = xj_jval_int(xj_jval_find(xj_jval_at(units, i), "planned"))};
    new->team = xj_api__ids(&new->nteam, xj_jval_find(body, "team"), pool);
    new->office = xj_api__ids(&new->noffice, xj_jval_find(body, "office"), pool);
}

static xj_error *
run_add(xj_api__inspect *c, xj_tx *tx)
{
    return xj_inspection_add(&c->id, tx, c->args, xj_api_who(c->command->api));
}

static xj_error *
run_change(xj_api__inspect *c, xj_tx *tx)
{
    return xj_inspection_change(&c->now, tx, &c->scope, c->id, c->version, c->args);
}

static xj_error *
post_new(xj_api *api, const char *name, bool change)
{
    xj_inspection_new *new = XJ_NEW(api->pool, xj_inspection_new);
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    read_new(new, api->body, api->pool);
    c->args = new;
    c->run = change ? run_change : run_add;
    c->write = xj_api__write_inspection;
    if (change)
        c->id = xj_args_int(&api->args, "inspection");
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, name, change ? 200 : 201, change);
}

xj_error *
xj_api_add_inspection(xj_api *api)
{
    return post_new(api, "inspection.add", false);
}

xj_error *
xj_api_change_inspection(xj_api *api)
{
    return post_new(api, "inspection.change", true);
}

static xj_error *
run_move(xj_api__inspect *c, xj_tx *tx)
{
    return xj_inspection_step(&c->now, tx, &c->scope, c->id, c->version,
                              xj_jval_str(xj_jval_find(c->args, "move")));
}

xj_error *
xj_api_move_inspection(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "inspection");
    c->args = api->body;
    c->run = run_move;
    c->write = xj_api__write_inspection;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, "inspection.move", 200, true);
}
