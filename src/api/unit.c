/* One unit of the directory: what it is, its aliases, groups and members, and what is said of it.
 */
#include "api/api_priv.h"
#include "org/area.h"
#include "plan/task.h"

#define ALIASES_SHOWN 200

/* ---- looking ---- */

static void
write_alias(xj_json *w, const xj_alias *alias)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", alias->id);
    xj_json_key_int(w, "alias_id", alias->alias_id);
    xj_json_key_str(w, "alias", alias->alias);
    xj_json_key_int(w, "unit_id", alias->unit_id);
    xj_json_key_str(w, "unit", alias->unit);
    xj_json_key_int(w, "score", alias->score);
    xj_json_key_str(w, "state", xj_str_c(xj_alias_state_word(alias->state)));
    xj_json_end_object(w);
}

static void
write_name(xj_json *w, const xj_unit *unit)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", unit->id);
    xj_json_key_str(w, "name", unit->name);
    xj_json_end_object(w);
}

static void
key_names(xj_json *w, const char *key, const xj_unit *units, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        write_name(w, &units[i]);
    xj_json_end_array(w);
}

/* The unit ID, or null where it is 0. */
static xj_error *
key_unit(xj_json *w, const char *key, xj_api *api, xj_db *db, int64_t id)
{
    xj_unit unit;

    xj_json_key(w, key);
    if (id == 0) {
        xj_json_null(w);
        return NULL;
    }
    XJ_TRY(xj_unit_get(&unit, db, &api->scope, id, api->pool));
    write_name(w, &unit);
    return NULL;
}

/* How many tasks name UNIT in each role, of those that who asks may see. */
static xj_error *
key_tasks(xj_json *w, xj_api *api, xj_db *db, int64_t unit)
{
    xj_unit_tasks tasks = {0};
    xj_scope scope;

    if (xj_api_reach(api, "task.read") != XJ_REACH_NONE) {
        XJ_TRY(xj_api_scope(&scope, api, "task.read"));
        XJ_TRY(xj_task_count_units(&tasks, db, &scope, &unit, 1, api->pool));
    }
    xj_json_key(w, "tasks");
    xj_json_object(w);
    xj_json_key_int(w, "lead", tasks.lead);
    xj_json_key_int(w, "responsible", tasks.responsible);
    xj_json_key_int(w, "cooperate", tasks.cooperate);
    xj_json_end_object(w);
    return NULL;
}

static void
key_area(xj_json *w, const xj_area *area)
{
    xj_json_key(w, "works_for");
    if (area->id == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "id", area->id);
    xj_json_key_str(w, "name", area->name);
    xj_json_key_str(w, "code", area->code);
    xj_json_end_object(w);
}

/* What its name does not say, what it came from and what became of it. */
static xj_error *
key_facts(xj_json *w, xj_api *api, xj_db *db, int64_t unit)
{
    static const char *const keys[] = {"successors", "predecessors"};
    xj_unit_facts facts;
    xj_successor *items;
    size_t n;

    XJ_TRY(xj_unit_facts_get(&facts, db, &api->scope, unit, api->pool));
    key_area(w, &facts.area);
    xj_json_key_str(w, "credit_code", facts.credit_code);
    xj_json_key_str(w, "starts_on", facts.starts_on);
    xj_json_key_str(w, "ends_on", facts.ends_on);
    for (int older = 0; older < 2; older++) {
        XJ_TRY(xj_successors(&items, &n, db, &api->scope, XJ_SUCCESSION_UNIT, unit, older != 0,
                             api->pool));
        xj_api_write_successors(w, keys[older], items, n);
    }
    return NULL;
}

/* Since when it is supervised, or only coordinated with. */
static xj_error *
key_standings(xj_json *w, xj_api *api, xj_db *db, int64_t unit)
{
    xj_unit_stood *items;
    size_t n;

    XJ_TRY(xj_unit_standings(&items, &n, db, api->scope.tenant, unit, api->pool));
    xj_json_key(w, "standings");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "from", items[i].from);
        xj_json_key_str(w, "standing", xj_str_c(xj_standing_word(items[i].standing)));
        xj_json_key_str(w, "said_on", items[i].said_on);
        xj_json_key_str(w, "said_by", items[i].said_by);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    return NULL;
}

static xj_error *
write_unit(xj_json *w, xj_api *api, xj_db *db, const xj_unit *unit)
{
    const xj_alias_query query = {.state = -1, .unit = unit->id, .limit = ALIASES_SHOWN};
    xj_unit *groups, *members = NULL;
    size_t naliases, ngroups, nmembers = 0;
    xj_alias *aliases;

    XJ_TRY(xj_alias_page(&aliases, &naliases, db, &api->scope, &query, api->pool));
    XJ_TRY(xj_group_of(&groups, &ngroups, db, &api->scope, unit->id, api->pool));
    if (unit->kind == XJ_UNIT_GROUP)
        XJ_TRY(xj_group_members(&members, &nmembers, db, &api->scope, unit->id, api->pool));
    xj_json_object(w);
    xj_json_key_int(w, "id", unit->id);
    xj_json_key_str(w, "name", unit->name);
    xj_json_key_str(w, "kind", xj_str_c(xj_unit_kind_word(unit->kind)));
    xj_json_key_str(w, "level", xj_str_c(xj_level_word(unit->level)));
    xj_json_key_str(w, "standing", xj_str_c(xj_standing_word(unit->standing)));
    xj_json_key_str(w, "area", unit->area);
    XJ_TRY(key_unit(w, "alias_of", api, db, unit->alias_of));
    XJ_TRY(key_unit(w, "parent", api, db, unit->parent));
    xj_json_key(w, "aliases");
    xj_json_array(w);
    for (size_t i = 0; i < naliases; i++)
        write_alias(w, &aliases[i]);
    xj_json_end_array(w);
    key_names(w, "groups", groups, ngroups);
    key_names(w, "members", members, nmembers);
    XJ_TRY(key_tasks(w, api, db, unit->id));
    XJ_TRY(key_facts(w, api, db, unit->id));
    XJ_TRY(key_standings(w, api, db, unit->id));
    xj_json_key_int(w, "version", unit->version);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_get_unit(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_unit unit;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_unit_get(&unit, xj_reader_db(reader), &api->scope, xj_args_int(&api->args, "unit"),
                       api->pool));
    XJ_TRY(write_unit(xj_api_json_start(&json, api), api, xj_reader_db(reader), &unit));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, unit.version);
}

xj_error *
xj_api_list_aliases(xj_api *api)
{
    const xj_str after = xj_args_str(&api->args, "after"), state = xj_args_str(&api->args, "state");
    xj_alias_query query = {.state = -1};
    xj_reader *reader;
    xj_api_page page;
    xj_alias *items;
    xj_json *w;
    size_t n;

    xj_api_page_ask(&page, api);
    query.limit = page.ask;
    for (int i = XJ_ALIAS_PROPOSED; i <= XJ_ALIAS_REJECTED; i++)
        if (xj_str_eq(state, xj_str_c(xj_alias_state_word((xj_alias_state)i))))
            query.state = i;
    if (after.data != NULL)
        XJ_TRY(xj_cursor_read(after, api->pool, "alias", "ii", &query.score, &query.after));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_alias_page(&items, &n, xj_reader_db(reader), &api->scope, &query, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        write_alias(w, &items[i]);
    if (page.more)
        page.next = xj_cursor_make(api->pool, "alias", "ii", (int64_t)items[page.shown - 1].score,
                                   items[page.shown - 1].id);
    return xj_api_page_reply(&page);
}

/* ---- changes ---- */

typedef struct change {
    xj_api *api;
    xj_api_command *command;
    int64_t unit, version;
    int64_t alias;    /* of a decision */
    int64_t *members; /* of a group */
    size_t n;
    xj_unit_change set;
    int64_t parent;
    xj_unit_kind kind;
    xj_level level;
    int64_t area;
    xj_str credit_code, starts_on, ends_on;
    xj_standing standing;
    xj_str state; /* of a decision */
} change;

static change *
change_new(xj_api *api, const char *name, xj_command_fn run)
{
    change *c = XJ_NEW(api->pool, change);

    c->api = api;
    c->command = xj_api_command_new(api, name, run, c, XJ_STR_NONE);
    return c;
}

/* Both texts of a change that came too late: THEIRS is written by the caller into the answer's W.
 */
static void
conflict_start(xj_json *w, change *c)
{
    xj_buf *out = &c->command->problem;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, xj_call_body(c->api->call));
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(w, out);
    xj_json_object(w);
}

static void
write_changed(xj_buf *answer, const change *c)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", c->unit);
    xj_json_key_int(&w, "version", c->version + 1);
    xj_json_end_object(&w);
}

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_unit unit;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    err = xj_unit_seen(&unit, tx, c->unit, c->version);
    if (xj_error_is(err, XJ_E_STALE)) {
        conflict_start(&w, c);
        xj_json_key(&w, "parent");
        if (unit.parent == 0)
            xj_json_null(&w);
        else
            xj_json_int(&w, unit.parent);
        xj_json_key_str(&w, "kind", xj_str_c(xj_unit_kind_word(unit.kind)));
        xj_json_key_str(&w, "level", xj_str_c(xj_level_word(unit.level)));
        xj_json_key_int(&w, "version", unit.version);
        xj_json_end_object(&w);
    }
    XJ_TRY(err);
    XJ_TRY(xj_unit_change_do(tx, c->unit, c->version, &c->set));
    write_changed(answer, c);
    return NULL;
}

static void
read_facts(change *c, const xj_jval *body)
{
    if (xj_jval_has(body, "works_for")) {
        c->area = xj_jval_int(xj_jval_find(body, "works_for"));
        c->set.area = &c->area;
    }
    if (xj_jval_has(body, "credit_code")) {
        c->credit_code = xj_jval_str(xj_jval_find(body, "credit_code"));
        c->set.credit_code = &c->credit_code;
    }
    if (xj_standing_parse(&c->standing, xj_jval_str(xj_jval_find(body, "standing"))))
        c->set.standing = &c->standing;
    c->set.standing_from = xj_jval_str(xj_jval_find(body, "standing_from"));
    if (xj_jval_has(body, "starts_on")) {
        c->starts_on = xj_jval_str(xj_jval_find(body, "starts_on"));
        c->set.starts_on = &c->starts_on;
    }
    if (xj_jval_has(body, "ends_on")) {
        c->ends_on = xj_jval_str(xj_jval_find(body, "ends_on"));
        c->set.ends_on = &c->ends_on;
    }
}

xj_error *
xj_api_change_unit(xj_api *api)
{
    change *c = change_new(api, "unit.change", run_change);

    c->unit = xj_args_int(&api->args, "unit");
    XJ_TRY(xj_api_if_match(&c->version, api));
    if (xj_jval_has(api->body, "parent")) {
        c->parent = xj_jval_int(xj_jval_find(api->body, "parent"));
        c->set.parent = &c->parent;
    }
    if (xj_unit_kind_parse(&c->kind, xj_jval_str(xj_jval_find(api->body, "kind"))))
        c->set.kind = &c->kind;
    if (xj_level_parse(&c->level, xj_jval_str(xj_jval_find(api->body, "level"))))
        c->set.level = &c->level;
    read_facts(c, api->body);
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_members(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_error *err, *second;
    xj_unit unit, *members;
    xj_json w;
    size_t n;

    xj_buf_clear(&c->command->problem);
    err = xj_unit_seen(&unit, tx, c->unit, c->version);
    if (xj_error_is(err, XJ_E_STALE) && unit.kind == XJ_UNIT_GROUP) {
        second = xj_group_members(&members, &n, xj_tx_db(tx), &all, c->unit, xj_tx_pool(tx));
        if (second != NULL) {
            xj_error_clear(err);
            return second;
        }
        conflict_start(&w, c);
        key_names(&w, "members", members, n);
        xj_json_key_int(&w, "version", unit.version);
        xj_json_end_object(&w);
    }
    XJ_TRY(err);
    XJ_TRY(xj_group_set(tx, c->unit, c->members, c->n));
    write_changed(answer, c);
    return NULL;
}

xj_error *
xj_api_set_members(xj_api *api)
{
    change *c = change_new(api, "group.set", run_members);
    const xj_jval *members = xj_jval_find(api->body, "members");

    c->unit = xj_args_int(&api->args, "unit");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->n = xj_jval_len(members);
    c->members = XJ_NEW_ARRAY(api->pool, int64_t, c->n + 1);
    for (size_t i = 0; i < c->n; i++)
        c->members[i] = xj_jval_int(xj_jval_at(members, i));
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
decide(xj_tx *tx, int64_t alias, int64_t unit, xj_str state)
{
    if (xj_str_eq(state, XJ_STR("confirmed")))
        return xj_alias_confirm(tx, alias, unit);
    return xj_str_eq(state, XJ_STR("rejected")) ? xj_alias_reject(tx, alias, unit)
                                                : xj_alias_reopen(tx, alias, unit);
}

static xj_error *
run_decide(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_json w;

    XJ_TRY(decide(tx, c->alias, c->unit, c->state));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "alias", c->alias);
    xj_json_key_int(&w, "unit", c->unit);
    xj_json_key_str(&w, "state", c->state);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_decide_alias(xj_api *api)
{
    change *c = change_new(api, "alias.decide", run_decide);

    c->alias = xj_jval_int(xj_jval_find(api->body, "alias"));
    c->unit = xj_jval_int(xj_jval_find(api->body, "unit"));
    c->state = xj_jval_str(xj_jval_find(api->body, "state"));
    xj_api_post(c->command);
    return NULL;
}

/* A refusal changes nothing (xj_alias_confirm), so the others go on. */
static xj_error *
run_decide_many(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    const xj_jval *pairs = xj_jval_find(c->api->body, "pairs");
    int64_t decided = 0;
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key(&w, "left");
    xj_json_array(&w);
    for (size_t i = 0; i < xj_jval_len(pairs); i++) {
        const xj_jval *pair = xj_jval_at(pairs, i);
        const int64_t alias = xj_jval_int(xj_jval_find(pair, "alias"));
        const int64_t unit = xj_jval_int(xj_jval_find(pair, "unit"));
        xj_error *err = decide(tx, alias, unit, c->state);

        if (xj_error_is(err, XJ_E_CONFLICT)) {
            xj_error_clear(err);
            xj_json_object(&w);
            xj_json_key_int(&w, "alias", alias);
            xj_json_key_int(&w, "unit", unit);
            xj_json_end_object(&w);
            continue;
        }
        XJ_TRY(err);
        decided++;
    }
    xj_json_end_array(&w);
    xj_json_key_int(&w, "decided", decided);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_decide_aliases(xj_api *api)
{
    change *c = change_new(api, "alias.decide_many", run_decide_many);

    c->state = xj_jval_str(xj_jval_find(api->body, "state"));
    xj_api_post(c->command);
    return NULL;
}
