/* How the register is laid out: saved views, desks, heads of spreadsheets. */
#include "api/task_priv.h"

#include "ledger/ledger.h"

/* ---- JSON ---- */

static void
write_view(xj_json *w, const xj_view *view)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", view->id);
    xj_json_key_str(w, "name", view->name);
    xj_json_key_bool(w, "shared", view->shared);
    xj_json_key_raw(w, "filter", view->filter);
    xj_json_key_raw(w, "columns", view->columns);
    xj_json_key_int(w, "version", view->version);
    xj_json_end_object(w);
}

static void
write_desk(xj_json *w, const xj_desk *desk)
{
    xj_json_object(w);
    xj_json_key_id(w, "view", desk->view);
    xj_json_key_raw(w, "columns", desk->columns);
    xj_json_end_object(w);
}

static void
write_head(xj_json *w, const xj_heading *head)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", head->id);
    xj_json_key_str(w, "name", head->name);
    xj_json_key_str(w, "form", head->sheet ? XJ_STR("sheet") : XJ_STR("list"));
    xj_json_key_str(w, "title", head->title);
    xj_json_key_str(w, "subtitle", head->subtitle);
    xj_json_key_int(w, "repeat", head->repeat);
    xj_json_key(w, "columns");
    xj_json_array(w);
    for (size_t i = 0; i < head->ncolumns; i++) {
        const xj_heading_column *column = &head->columns[i];

        xj_json_object(w);
        xj_json_key_str(w, "key", xj_str_c(xj_columns[column->key].key));
        xj_json_key_str(w, "title", column->title);
        if (column->width > 0)
            xj_json_key_int(w, "width", (int64_t)column->width);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key_int(w, "version", head->version);
    xj_json_end_object(w);
}

/* A checked object of texts and numbers as it is kept; data NULL where there is none. */
static xj_str
read_filter(const xj_jval *filter, xj_pool *pool)
{
    xj_jmember member = {0};
    xj_buf out;
    xj_json w;

    if (filter == NULL)
        return XJ_STR_NONE;
    xj_buf_init(&out, pool, 16384);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    while (xj_jval_next(&member, filter)) {
        if (xj_jval_type(member.value) == XJ_J_STR)
            xj_json_key_str(&w, member.key, xj_jval_str(member.value));
        else
            xj_json_key_int(&w, member.key, xj_jval_int(member.value));
    }
    xj_json_end_object(&w);
    return xj_buf_str(&out);
}

/* *JSON has data NULL where there is no list. */
static xj_error *
read_columns(xj_str *json, const xj_jval *list, xj_pool *pool)
{
    xj_str keys[XJ_COLUMNS_MAX];
    const size_t n = xj_jval_len(list);

    *json = XJ_STR_NONE;
    if (list == NULL)
        return NULL;
    XJ_ASSERT(n <= XJ_COLUMNS_MAX); /* the contract lets no more through */
    for (size_t i = 0; i < n; i++)
        keys[i] = xj_jval_str(xj_jval_at(list, i));
    return xj_columns_json(json, keys, n, pool);
}

/* ---- what there is ---- */

xj_error *
xj_api_get_ledger(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_view *views;
    xj_desk desk;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_view_list(&views, &n, xj_reader_db(reader), api->scope.tenant, api->scope.person,
                        api->pool));
    XJ_TRY(
        xj_desk_get(&desk, xj_reader_db(reader), api->scope.tenant, api->scope.person, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "views");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        write_view(w, &views[i]);
    xj_json_end_array(w);
    xj_json_key(w, "desk");
    write_desk(w, &desk);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

xj_error *
xj_api_list_heads(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_heading *heads;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_heading_list(&heads, &n, xj_reader_db(reader), api->scope.tenant, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++)
        write_head(w, &heads[i]);
    return xj_api_items_reply(api, &json);
}

/* ---- changes ---- */

struct change {
    int64_t id, version;
    xj_view view;
    xj_desk desk;
    xj_heading head;
    bool may_share;
    xj_str body; /* the request's, for "yours" */
    xj_api_command *command;
};

/* Both texts of a change that came too late; THEIRS is begun. */
static void
begin_conflict(xj_json *w, struct change *c)
{
    xj_buf *out = &c->command->problem;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, c->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(w, out);
}

static struct change *
new_change(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    *c = (struct change){.body = xj_call_body(api->call),
                         .may_share = xj_api_reach(api, "ledger.share") == XJ_REACH_ALL};
    return c;
}

static xj_error *
post(xj_api *api, struct change *c, const char *name, xj_command_fn run, int status)
{
    c->command = xj_api_command_new(api, name, run, c, XJ_STR_NONE);
    c->command->status = status;
    if (status != 204 && c->desk.columns.data == NULL)
        c->command->reply = xj_api__reply_edited;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_desk(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_json w;

    XJ_TRY(xj_desk_set(tx, &c->desk));
    xj_json_init(&w, answer);
    write_desk(&w, &c->desk);
    return NULL;
}

xj_error *
xj_api_set_desk(xj_api *api)
{
    struct change *c = new_change(api);

    c->desk.view = xj_jval_int(xj_jval_find(api->body, "view"));
    XJ_TRY(read_columns(&c->desk.columns, xj_jval_find(api->body, "columns"), api->pool));
    return post(api, c, "ledger.desk", run_desk, 200);
}

static xj_error *
read_view(xj_view *view, xj_api *api)
{
    view->name = xj_jval_str(xj_jval_find(api->body, "name"));
    view->shared = xj_jval_bool(xj_jval_find(api->body, "shared"));
    view->filter = read_filter(xj_jval_find(api->body, "filter"), api->pool);
    return read_columns(&view->columns, xj_jval_find(api->body, "columns"), api->pool);
}

static xj_error *
run_add_view(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_view view = c->view;
    xj_json w;

    XJ_TRY(xj_view_add(&view, tx));
    xj_json_init(&w, answer);
    write_view(&w, &view);
    return NULL;
}

xj_error *
xj_api_add_view(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(read_view(&c->view, api));
    if (c->view.shared && !c->may_share)
        return xj_error_new(XJ_E_FORBIDDEN, "the office alone shares views");
    return post(api, c, "ledger.view.add", run_add_view, 201);
}

static xj_error *
run_set_view(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_error *err;
    xj_view view;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = xj_view_set(&view, tx, c->id, c->version, &c->view, c->may_share);
    if (xj_error_is(err, XJ_E_STALE)) {
        begin_conflict(&w, c);
        write_view(&w, &view);
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    write_view(&w, &view);
    return NULL;
}

xj_error *
xj_api_change_view(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "view");
    XJ_TRY(read_view(&c->view, api));
    return post(api, c, "ledger.view.change", run_set_view, 200);
}

static xj_error *
run_remove_view(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;

    (void)answer;
    return xj_view_remove(tx, c->id, c->version, c->may_share);
}

xj_error *
xj_api_remove_view(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "view");
    return post(api, c, "ledger.view.remove", run_remove_view, 204);
}

/* ---- heads ---- */

static xj_error *
read_head(xj_heading *head, xj_api *api)
{
    const xj_jval *columns = xj_jval_find(api->body, "columns");

    *head = (xj_heading){
        .name = xj_jval_str(xj_jval_find(api->body, "name")),
        .sheet = xj_str_eq(xj_jval_str(xj_jval_find(api->body, "form")), XJ_STR("sheet")),
        .title = xj_str_trim(xj_jval_str(xj_jval_find(api->body, "title"))),
        .subtitle = xj_str_trim(xj_jval_str(xj_jval_find(api->body, "subtitle"))),
        .repeat = xj_jval_int(xj_jval_find(api->body, "repeat")),
        .ncolumns = xj_jval_len(columns)};
    head->columns = XJ_NEW_ARRAY(api->pool, xj_heading_column, head->ncolumns);
    for (size_t i = 0; i < head->ncolumns; i++) {
        const xj_jval *column = xj_jval_at(columns, i);
        const xj_str key = xj_jval_str(xj_jval_find(column, "key"));

        XJ_ASSERT(xj_column_parse(&head->columns[i].key, key)); /* the contract's enum */
        head->columns[i].title = xj_jval_str(xj_jval_find(column, "title"));
        head->columns[i].width = (double)xj_jval_int(xj_jval_find(column, "width"));
    }
    return xj_heading_check(head);
}

static xj_error *
run_add_head(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_heading head = c->head;
    xj_json w;

    XJ_TRY(xj_heading_add(&head, tx));
    xj_json_init(&w, answer);
    write_head(&w, &head);
    return NULL;
}

xj_error *
xj_api_add_head(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(read_head(&c->head, api));
    return post(api, c, "ledger.head.add", run_add_head, 201);
}

static xj_error *
run_set_head(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_error *err;
    xj_heading head;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = xj_heading_set(&head, tx, c->id, c->version, &c->head);
    if (xj_error_is(err, XJ_E_STALE)) {
        begin_conflict(&w, c);
        write_head(&w, &head);
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    write_head(&w, &head);
    return NULL;
}

xj_error *
xj_api_change_head(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "head");
    XJ_TRY(read_head(&c->head, api));
    return post(api, c, "ledger.head.change", run_set_head, 200);
}

static xj_error *
run_remove_head(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;

    (void)answer;
    return xj_heading_remove(tx, c->id, c->version);
}

xj_error *
xj_api_remove_head(xj_api *api)
{
    struct change *c = new_change(api);

    XJ_TRY(xj_api_if_match(&c->version, api));
    c->id = xj_args_int(&api->args, "head");
    return post(api, c, "ledger.head.remove", run_remove_head, 204);
}
