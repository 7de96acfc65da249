/* Units and people from a spreadsheet: the operation and its subcommand. */
#include "api/roster_json.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/ops.h"
#include "app/table.h"
#include "org/post.h"

#define PAYLOAD_MAX ((size_t)8 << 20)

/* ---- the operation ---- */

typedef struct import {
    const xj_roster *roster;
    xj_roster_plan *plan;
    xj_str *passwords, *hashes;
} import;

static xj_error *
run_import(xj_tx *tx, void *args, xj_buf *answer)
{
    const import *im = args;
    xj_roster_plan *done;

    (void)answer;
    return xj_roster_apply(&done, tx, im->roster, true, xj_str_c(im->plan->token), im->hashes,
                           im->plan->naccounts);
}

static xj_error *
do_import(xj_op *op, int64_t tenant, import *im)
{
    xj_buf payload;
    xj_json w;

    XJ_TRY(xj_roster_passwords(&im->passwords, &im->hashes, im->plan, op->pool));
    xj_buf_init(&payload, op->pool, PAYLOAD_MAX);
    xj_json_init(&w, &payload);
    xj_json_object(&w);
    xj_json_roster_changes(&w, im->plan);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&payload));
    return xj_op_command(op, tenant, "directory.import", run_import, im, xj_buf_str(&payload));
}

xj_error *
xj_op_org_import(xj_op *op)
{
    bool dry = false;
    xj_reader *reader;
    xj_roster *roster;
    xj_tenant tenant;
import im = {0 };
    xj_json w;

    XJ_TRY(xj_jval_get_bool(&dry, op->args, "dry", false));
    XJ_TRY(xj_roster_read(&roster, op->blob, NULL, op->pool, xj_pool_child(op->pool)));
    im.roster = roster;
    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_op_tenant(&tenant, op, xj_reader_db(reader)));
    XJ_TRY(xj_roster_compare(&im.plan, xj_reader_db(reader), tenant.id, xj_org_day(xj_now()),
                             roster, true, op->pool));
    xj_reader_end(reader);
    if (!dry)
        XJ_TRY(do_import(op, tenant.id, &im));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_roster(&w, im.plan, roster);
    if (!dry)
        xj_json_roster_passwords(&w, im.plan, im.passwords);
    xj_json_end_object(&w);
    return NULL;
}

/* ---- the subcommand ---- */

static xj_str
str_of(const xj_jval *object, const char *key)
{
    return xj_jval_str(xj_jval_find(object, key));
}

static const char *
term(const xj_app *app, const char *kind, xj_str word)
{
    return xj_app_term(app, kind, xj_str_cdup(word, app->pool));
}

/* 手机：139****0001 → 13800000000；… or what is wrong. */
static xj_str
what_of(const xj_app *app, const xj_jval *line)
{
    const xj_jval *problem = xj_jval_find(line, "problem"),
                  *changes = xj_jval_find(line, "changes");
    xj_buf out;

    xj_buf_init(&out, app->pool, (size_t)1 << 20);
    if (xj_jval_has(problem, "what")) {
        xj_buf_printf(&out, "%s " XJ_FMT, term(app, "roster_problem", str_of(problem, "what")),
                      XJ_ARG(str_of(problem, "about")));
        return xj_buf_str(&out);
    }
    for (size_t i = 0; i < xj_jval_len(changes); i++) {
        const xj_jval *change = xj_jval_at(changes, i);
        const xj_str old = str_of(change, "old");

        xj_buf_printf(&out, "%s%s: " XJ_FMT "%s" XJ_FMT, i > 0 ? "; " : "",
                      term(app, "roster_field", str_of(change, "field")), XJ_ARG(old),
                      old.len > 0 ? " → " : "", XJ_ARG(str_of(change, "now")));
    }
    return xj_buf_str(&out);
}

static void
heading(const xj_app *app, xj_table *table, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        xj_table_cell(table, xj_str_c(xj_app_term(app, "column", names[i])));
}

/* Rows that change nothing are not printed. */
static void
print_lines(const xj_app *app, const xj_jval *answer)
{
    static const char *const names[] = {"sheet", "row", "roster_act", "name", "roster_what"};
    const xj_jval *lines = xj_jval_find(answer, "lines");
    xj_table *table = xj_table_new(5, app->pool);
    bool any = false;

    heading(app, table, names, 5);
    for (size_t i = 0; i < xj_jval_len(lines); i++) {
        const xj_jval *line = xj_jval_at(lines, i);

        if (xj_str_eq(str_of(line, "act"), XJ_STR("same")))
            continue;
        any = true;
        xj_table_int(table, xj_jval_int(xj_jval_find(line, "sheet")));
        xj_table_int(table, xj_jval_int(xj_jval_find(line, "row")));
        xj_table_cell(table, xj_str_c(term(app, "roster_act", str_of(line, "act"))));
        xj_table_cell(table, str_of(line, "name"));
        xj_table_cell(table, what_of(app, line));
    }
    if (any)
        xj_table_print(table, stdout);
}

static void
print_passwords(const xj_app *app, const xj_jval *answer)
{
    static const char *const names[] = {"name", "roster_unit", "account", "password"};
    static const char *const keys[] = {"name", "unit", "account", "password"};
    const xj_jval *items = xj_jval_find(answer, "passwords");
    xj_table *table = xj_table_new(4, app->pool);

    if (xj_jval_len(items) == 0)
        return;
    heading(app, table, names, 4);
    for (size_t i = 0; i < xj_jval_len(items); i++)
        for (size_t k = 0; k < 4; k++)
            xj_table_cell(table, str_of(xj_jval_at(items, i), keys[k]));
    printf("\n");
    xj_table_print(table, stdout);
}

static void
print_counts(const xj_app *app, const xj_jval *answer, bool dry)
{
    static const char *const keys[] = {"add", "change", "same", "wrong"};
    const xj_jval *counts = xj_jval_find(answer, "counts");
    char numbers[4][24];

    for (size_t i = 0; i < 4; i++)
        snprintf(numbers[i], sizeof numbers[i], "%lld",
                 (long long)xj_jval_int(xj_jval_find(counts, keys[i])));
    xj_app_say(app, stdout, dry ? XJ_W_done_org_import_dry : XJ_W_done_org_import, numbers[0],
               numbers[1], numbers[2], numbers[3], NULL);
}

int
xj_cmd_org_import(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {
        {.name = "--tenant", .takes_value = true}, {.name = "--dry-run"}, {.name = NULL}};
    const char **files;
    const xj_jval *parsed;
    xj_str bytes, answer;
    xj_error *err;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "org import", opts, &files, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    if (!opts[0].given) {
        xj_app_say(app, stderr, XJ_W_usage_needs, "--tenant", NULL);
        return XJ_EXIT_USAGE;
    }
    xj_app_args_start(&w, &args, app, opts[0].value);
    xj_json_key_bool(&w, "dry", opts[1].given);
    xj_json_end_object(&w);
    err = xj_app_read_file(&bytes, files[0], app->pool);
    if (err == NULL)
        err = xj_app_do(&answer, app, "org.import", xj_buf_str(&args), bytes);
    if (err == NULL && !app->json)
        err = xj_json_parse(&parsed, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    print_lines(app, parsed);
    print_passwords(app, parsed);
    print_counts(app, parsed, opts[1].given);
    return XJ_EXIT_OK;
}
