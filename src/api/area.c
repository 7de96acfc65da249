/* Areas, and what became of areas and units. */
#include "org/area.h"
#include "api/api_priv.h"

static void
key_day(xj_json *w, const char *key, xj_str day)
{
    const bool open = xj_str_eq(day, XJ_STR(XJ_DAY_FIRST)) || xj_str_eq(day, XJ_STR(XJ_DAY_LAST));

    xj_json_key_str(w, key, open ? XJ_STR_NONE : day);
}

void
xj_api_write_successors(xj_json *w, const char *key, const xj_successor *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_key_str(w, "from_on", items[i].from_on);
        xj_json_key_str(w, "why", items[i].why);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
write_area(xj_json *w, const xj_area *area)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", area->id);
    xj_json_key_str(w, "name", area->name);
    xj_json_key_str(w, "level", xj_str_c(xj_level_word(area->level)));
    xj_json_key_str(w, "code", area->code);
    xj_json_key_bool(w, "official", area->official);
    xj_json_key_id(w, "parent", area->parent);
    key_day(w, "valid_from", area->valid_from);
    key_day(w, "valid_to", area->valid_to);
    xj_json_key_int(w, "version", area->version);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_areas(xj_api *api)
{
    xj_reader *reader;
    xj_api_page page;
    xj_area *items;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "area"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_area_list(&items, &n, xj_reader_db(reader), &api->scope, page.after, page.ask,
                        api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_area(w, &items[i]);
        page.last = items[i].id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_area(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "area");
    xj_successor *became, *came;
    size_t nbecame, ncame;
    xj_reader *reader;
    xj_api_json json;
    xj_area area;
    xj_json *w;
    xj_db *db;

    XJ_TRY(xj_api_read(&reader, api));
    db = xj_reader_db(reader);
    XJ_TRY(xj_area_get(&area, db, &api->scope, id, api->pool));
    XJ_TRY(xj_successors(&became, &nbecame, db, &api->scope, XJ_SUCCESSION_AREA, id, false,
                         api->pool));
    XJ_TRY(xj_successors(&came, &ncame, db, &api->scope, XJ_SUCCESSION_AREA, id, true, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "area");
    write_area(w, &area);
    xj_api_write_successors(w, "predecessors", came, ncame);
    xj_api_write_successors(w, "successors", became, nbecame);
    xj_json_end_object(w);
    return xj_api_reply_version(api, 200, &json, area.version);
}

/* ---- changes ---- */

typedef struct change {
    xj_api *api;
    xj_api_command *command;
    xj_area area;
    xj_succession about;
    int64_t id, next;
    xj_str from_on, why;
    bool takes;
} change;

static change *
change_new(xj_api *api, const char *name, xj_command_fn run, int status)
{
    change *c = XJ_NEW(api->pool, change);

    c->api = api;
    c->command = xj_api_command_new(api, name, run, c, XJ_STR_NONE);
    c->command->status = status;
    return c;
}

static void
write_changed(xj_buf *answer, int64_t id, int64_t version)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_int(&w, "version", version);
    xj_json_end_object(&w);
}

/* The area that the request's body describes. */
static void
read_area(xj_area *area, const xj_jval *body)
{
    const xj_str from = xj_jval_str(xj_jval_find(body, "valid_from"));
    const xj_str to = xj_jval_str(xj_jval_find(body, "valid_to"));

    area->name = xj_str_trim(xj_jval_str(xj_jval_find(body, "name")));
    area->code = xj_jval_str(xj_jval_find(body, "code"));
    area->official = xj_jval_bool(xj_jval_find(body, "official"));
    area->parent = xj_jval_int(xj_jval_find(body, "parent"));
    area->valid_from = from.data == NULL ? XJ_STR(XJ_DAY_FIRST) : from;
    area->valid_to = to.data == NULL ? XJ_STR(XJ_DAY_LAST) : to;
    if (!xj_level_parse(&area->level, xj_jval_str(xj_jval_find(body, "level"))))
        area->level = XJ_LEVEL_NONE;
}

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t id;

    XJ_TRY(xj_area_add(&id, tx, &c->area));
    write_changed(answer, id, 1);
    return NULL;
}

xj_error *
xj_api_add_area(xj_api *api)
{
    change *c = change_new(api, "area.add", run_add, 201);

    read_area(&c->area, api->body);
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_area now;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = xj_area_change(&now, tx, &c->area);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_buf_add(&c->command->problem, XJ_STR("\"yours\":"));
        xj_buf_add(&c->command->problem, xj_call_body(c->api->call));
        xj_buf_add(&c->command->problem, XJ_STR(",\"theirs\":"));
        xj_json_init(&w, &c->command->problem);
        write_area(&w, &now);
    }
    XJ_TRY(err);
    write_changed(answer, c->area.id, c->area.version + 1);
    return NULL;
}

xj_error *
xj_api_set_area(xj_api *api)
{
    change *c = change_new(api, "area.set", run_set, 200);

    read_area(&c->area, api->body);
    c->area.id = xj_args_int(&api->args, "area");
    XJ_TRY(xj_api_if_match(&c->area.version, api));
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_succeed(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_json w;

    if (c->about == XJ_SUCCESSION_AREA)
        XJ_TRY(xj_area_succeed(tx, c->id, c->next, c->from_on, c->why));
    else
        XJ_TRY(xj_unit_succeed(tx, c->id, c->next, c->from_on, c->why, c->takes));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", c->id);
    xj_json_key_int(&w, "successor", c->next);
    xj_json_key_str(&w, "from_on", c->from_on);
    xj_json_end_object(&w);
    return NULL;
}

static xj_error *
succeed(xj_api *api, xj_succession about, const char *name, const char *what)
{
    change *c = change_new(api, name, run_succeed, 201);

    c->about = about;
    c->id = xj_args_int(&api->args, what);
    c->next = xj_jval_int(xj_jval_find(api->body, "successor"));
    c->from_on = xj_jval_str(xj_jval_find(api->body, "from_on"));
    c->why = xj_str_trim(xj_jval_str(xj_jval_find(api->body, "why")));
    c->takes = xj_jval_bool(xj_jval_find(api->body, "takes_open_work"));
    xj_api_post(c->command);
    return NULL;
}

xj_error *
xj_api_succeed_area(xj_api *api)
{
    return succeed(api, XJ_SUCCESSION_AREA, "area.succeed", "area");
}

xj_error *
xj_api_succeed_unit(xj_api *api)
{
    return succeed(api, XJ_SUCCESSION_UNIT, "unit.succeed", "unit");
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;

    (void)answer;
    return xj_succession_remove(tx, c->about, c->id, c->next);
}

static xj_error *
take_back(xj_api *api, xj_succession about, const char *name, const char *what)
{
    change *c = change_new(api, name, run_remove, 204);

    c->about = about;
    c->id = xj_args_int(&api->args, what);
    c->next = xj_args_int(&api->args, "successor");
    xj_api_post(c->command);
    return NULL;
}

xj_error *
xj_api_remove_area_successor(xj_api *api)
{
    return take_back(api, XJ_SUCCESSION_AREA, "area.successor.remove", "area");
}

xj_error *
xj_api_remove_unit_successor(xj_api *api)
{
    return take_back(api, XJ_SUCCESSION_UNIT, "unit.successor.remove", "unit");
}
