/* The directory of units: the operations and their subcommands. */
#include "app/commands.h"
#include "app/ops.h"
#include "app/table.h"
#include "org/unit.h"

#define LIST_MAX 20000

/* ---- operations ---- */

static void
write_unit(xj_json *w, const xj_unit *unit)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", unit->id);
    xj_json_key_str(w, "name", unit->name);
    xj_json_key_str(w, "kind", xj_str_c(xj_unit_kind_word(unit->kind)));
    xj_json_key_str(w, "level", xj_str_c(xj_level_word(unit->level)));
    xj_json_key_str(w, "area", unit->area);
    xj_json_end_object(w);
}

static void
write_units(xj_buf *answer, const xj_unit *items, size_t n)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++)
        write_unit(&w, &items[i]);
    xj_json_end_array(&w);
    xj_json_end_object(&w);
}

/* A snapshot and all of the jurisdiction in OP's arguments. */
static xj_error *
scoped(xj_db **db, xj_scope *scope, xj_op *op)
{
    xj_reader *reader;
    xj_tenant tenant;

    XJ_TRY(xj_op_read(&reader, op));
    *db = xj_reader_db(reader);
    XJ_TRY(xj_op_tenant(&tenant, op, *db));
    *scope = xj_scope_all(tenant.id);
    return NULL;
}

xj_error *
xj_op_unit_list(xj_op *op)
{
    xj_unit_query query = {.kind = -1, .limit = LIST_MAX};
    xj_str text = XJ_STR_NONE, kind = XJ_STR_NONE;
    xj_scope scope;
    xj_unit *items;
    xj_db *db;
    size_t n;

    XJ_TRY(scoped(&db, &scope, op));
    XJ_TRY(xj_jval_get_str(&text, op->args, "text", false));
    XJ_TRY(xj_jval_get_str(&kind, op->args, "kind", false));
    query.text = text;
    if (kind.data != NULL) {
        xj_unit_kind which;

        if (!xj_unit_kind_parse(&which, kind))
            return xj_error_new(XJ_E_BAD_INPUT, "no kind of unit is called \"" XJ_FMT "\"",
                                XJ_ARG(kind));
        query.kind = (int)which;
    }
    XJ_TRY(xj_unit_list(&items, &n, db, &scope, &query, op->pool));
    write_units(op->answer, items, n);
    return NULL;
}

xj_error *
xj_op_alias_list(xj_op *op)
{
    xj_str word = XJ_STR("proposed");
    xj_scope scope;
    xj_alias *items;
    xj_db *db;
    xj_json w;
    size_t n;
    int state = -1;

    XJ_TRY(scoped(&db, &scope, op));
    XJ_TRY(xj_jval_get_str(&word, op->args, "state", false));
    for (int i = XJ_ALIAS_PROPOSED; i <= XJ_ALIAS_REJECTED; i++)
        if (xj_str_eq(word, xj_str_c(xj_alias_state_word((xj_alias_state)i))))
            state = i;
    if (state < 0 && !xj_str_eq(word, XJ_STR("all")))
        return xj_error_new(XJ_E_BAD_INPUT, "no state of an alias is called \"" XJ_FMT "\"",
                            XJ_ARG(word));
    XJ_TRY(xj_alias_list(&items, &n, db, &scope, state, LIST_MAX, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(&w);
        xj_json_key_str(&w, "alias", items[i].alias);
        xj_json_key_str(&w, "unit", items[i].unit);
        xj_json_key_int(&w, "score", items[i].score);
        xj_json_key_str(&w, "state", xj_str_c(xj_alias_state_word(items[i].state)));
        xj_json_end_object(&w);
    }
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return NULL;
}

typedef struct decide_args {
    xj_unit alias, unit;
    bool confirm;
} decide_args;

static xj_error *
run_decide(xj_tx *tx, void *args, xj_buf *answer)
{
    const decide_args *a = args;
    xj_json w;

    if (a->confirm)
        XJ_TRY(xj_alias_confirm(tx, a->alias.id, a->unit.id));
    else
        XJ_TRY(xj_alias_reject(tx, a->alias.id, a->unit.id));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_str(&w, "alias", a->alias.name);
    xj_json_key_str(&w, "unit", a->unit.name);
    xj_json_key_str(
        &w, "state",
        xj_str_c(xj_alias_state_word(a->confirm ? XJ_ALIAS_CONFIRMED : XJ_ALIAS_REJECTED)));
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_alias_decide(xj_op *op)
{
    decide_args a;
    xj_str alias, unit;
    xj_scope scope;
    xj_db *db;

    XJ_TRY(scoped(&db, &scope, op));
    XJ_TRY(xj_jval_get_str(&alias, op->args, "alias", true));
    XJ_TRY(xj_jval_get_str(&unit, op->args, "unit", true));
    XJ_TRY(xj_jval_get_bool(&a.confirm, op->args, "confirm", true));
    XJ_TRY(xj_unit_named(&a.alias, db, &scope, alias, op->pool));
    XJ_TRY(xj_unit_named(&a.unit, db, &scope, unit, op->pool));
    return xj_op_command(op, scope.tenant, a.confirm ? "unit.alias.confirm" : "unit.alias.reject",
                         run_decide, &a, XJ_STR_NONE);
}

/* The group that argument "group" names. */
static xj_error *
group_of(xj_unit *group, xj_op *op, xj_db *db, const xj_scope *scope)
{
    xj_str name;

    XJ_TRY(xj_jval_get_str(&name, op->args, "group", true));
    return xj_unit_named(group, db, scope, name, op->pool);
}

xj_error *
xj_op_group_show(xj_op *op)
{
    xj_scope scope;
    xj_unit group, *items;
    xj_db *db;
    size_t n;

    XJ_TRY(scoped(&db, &scope, op));
    XJ_TRY(group_of(&group, op, db, &scope));
    XJ_TRY(xj_group_members(&items, &n, db, &scope, group.id, op->pool));
    write_units(op->answer, items, n);
    return NULL;
}

typedef struct group_args {
    int64_t group;
    const xj_str *names; /* resolved in the command: a member may be new */
    size_t n;
} group_args;

static xj_error *
run_group_set(xj_tx *tx, void *args, xj_buf *answer)
{
    const group_args *a = args;
    int64_t *ids = XJ_NEW_ARRAY(xj_tx_pool(tx), int64_t, a->n + 1);
    xj_json w;

    XJ_TRY(xj_unit_resolve_all(ids, tx, a->names, a->n));
    XJ_TRY(xj_group_set(tx, a->group, ids, a->n));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "members", (int64_t)a->n);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_group_set(xj_op *op)
{
    const xj_jval *members = xj_jval_find(op->args, "members");
    group_args a = {.n = xj_jval_len(members)};
    xj_str *names = XJ_NEW_ARRAY(op->pool, xj_str, a.n + 1);
    xj_unit group;
    xj_scope scope;
    xj_db *db;

    for (size_t i = 0; i < a.n; i++)
        names[i] = xj_jval_str(xj_jval_at(members, i));
    a.names = names;
    XJ_TRY(scoped(&db, &scope, op));
    XJ_TRY(group_of(&group, op, db, &scope));
    a.group = group.id;
    return xj_op_command(op, scope.tenant, "group.set", run_group_set, &a, XJ_STR_NONE);
}

/* ---- subcommands ---- */

static int
print_units(xj_app *app, xj_str answer)
{
    static const char *const names[] = {"name", "kind", "level", "area"};
    const xj_jval *value, *items;
    xj_table *table = xj_table_new(4, app->pool);
    xj_error *err;

    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    items = xj_jval_find(value, "items");
    for (size_t i = 0; i < 4; i++)
        xj_table_cell(table, xj_str_c(xj_app_term(app, "column", names[i])));
    for (size_t k = 0; k < xj_jval_len(items); k++)
        for (size_t i = 0; i < 4; i++) {
            xj_str cell = xj_jval_str(xj_jval_find(xj_jval_at(items, k), names[i]));
            bool coded = i == 1 || i == 2;

            xj_table_cell(table,
                          coded ? xj_str_c(xj_app_term(app, names[i], xj_str_cdup(cell, app->pool)))
                                : cell);
        }
    xj_table_print(table, stdout);
    return XJ_EXIT_OK;
}

int
xj_cmd_unit_list(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {
        {.name = "--text", .takes_value = true}, {.name = "--kind", .takes_value = true}, {0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "unit list", opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    if (opts[0].given)
        xj_json_key_str(&w, "text", xj_str_c(opts[0].value));
    if (opts[1].given)
        xj_json_key_str(&w, "kind", xj_str_c(opts[1].value));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "unit.list", xj_buf_str(&args), XJ_STR(""));
    return err != NULL ? xj_app_fail(app, err) : print_units(app, answer);
}

int
xj_cmd_unit_alias_list(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--state", .takes_value = true}, {0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    const xj_jval *value, *items;
    xj_table *table;
    xj_error *err;

    if (!xj_app_args(app, "unit alias list", opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    if (opts[0].given)
        xj_json_key_str(&w, "state", xj_str_c(opts[0].value));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "unit.alias.list", xj_buf_str(&args), XJ_STR(""));
    if (err == NULL)
        err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    table = xj_table_new(4, app->pool);
    xj_table_cell(table, xj_str_c(xj_app_term(app, "column", "alias")));
    xj_table_cell(table, xj_str_c(xj_app_term(app, "column", "unit")));
    xj_table_cell(table, xj_str_c(xj_app_term(app, "column", "score")));
    xj_table_cell(table, xj_str_c(xj_app_term(app, "column", "state")));
    items = xj_jval_find(value, "items");
    for (size_t i = 0; i < xj_jval_len(items); i++) {
        const xj_jval *item = xj_jval_at(items, i);
        xj_str state = xj_jval_str(xj_jval_find(item, "state"));

        xj_table_cell(table, xj_jval_str(xj_jval_find(item, "alias")));
        xj_table_cell(table, xj_jval_str(xj_jval_find(item, "unit")));
        xj_table_int(table, xj_jval_int(xj_jval_find(item, "score")));
        xj_table_cell(table,
                      xj_str_c(xj_app_term(app, "alias_state", xj_str_cdup(state, app->pool))));
    }
    xj_table_print(table, stdout);
    return XJ_EXIT_OK;
}

static int
decide(xj_app *app, const char *command, bool confirm, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, command, opts, &words, &n, 3, 3, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_key_str(&w, "alias", xj_str_c(words[1]));
    xj_json_key_str(&w, "unit", xj_str_c(words[2]));
    xj_json_key_bool(&w, "confirm", confirm);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "unit.alias.decide", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, confirm ? XJ_W_done_alias_confirm : XJ_W_done_alias_reject,
                   words[1], words[2], NULL);
    return XJ_EXIT_OK;
}

int
xj_cmd_unit_alias_confirm(xj_app *app, int argc, char **argv)
{
    return decide(app, "unit alias confirm", true, argc, argv);
}

int
xj_cmd_unit_alias_reject(xj_app *app, int argc, char **argv)
{
    return decide(app, "unit alias reject", false, argc, argv);
}

int
xj_cmd_group_show(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "group show", opts, &words, &n, 2, 2, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_key_str(&w, "group", xj_str_c(words[1]));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "group.show", xj_buf_str(&args), XJ_STR(""));
    return err != NULL ? xj_app_fail(app, err) : print_units(app, answer);
}

int
xj_cmd_group_set(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    char number[16];
    int n;
    xj_buf args;
    xj_json w;
    xj_str answer;
    xj_error *err;

    if (!xj_app_args(app, "group set", opts, &words, &n, 2, XJ_ARGS_MAX, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_key_str(&w, "group", xj_str_c(words[1]));
    xj_json_key(&w, "members");
    xj_json_array(&w);
    for (int i = 2; i < n; i++)
        xj_json_str(&w, xj_str_c(words[i]));
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "group.set", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    snprintf(number, sizeof number, "%d", n - 2);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, XJ_W_done_group_set, words[1], number, NULL);
    return XJ_EXIT_OK;
}
