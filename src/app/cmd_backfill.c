/* A year's ledger, half done: the operation and its subcommand. */
#include "api/backfill_json.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/ops.h"
#include "app/table.h"

#define PAYLOAD_MAX ((size_t)64 << 10)
#define TASK_SHOWN 30 /* characters of a task in a table */

/* ---- the operation ---- */

static xj_error *
run_import(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_backfill_plan *plan;
    int64_t id;

    (void)answer;
    return xj_backfill_apply(&plan, &id, tx, args);
}

static xj_error *
do_import(xj_op *op, int64_t tenant, xj_backfill_import *im)
{
    xj_blobs *blobs;
    xj_buf payload;
    xj_json w;
    xj_str name;

    XJ_TRY(xj_jval_get_str(&name, op->args, "name", true));
    XJ_TRY(xj_data_blobs(&blobs, op->settings, op->pool));
    XJ_TRY(xj_evidence_prepare(&im->original, blobs, name, op->blob, op->pool,
                               xj_pool_child(op->pool)));
    xj_buf_init(&payload, op->pool, PAYLOAD_MAX);
    xj_json_init(&w, &payload);
    xj_json_object(&w);
    xj_json_key_int(&w, "document", im->ask.document);
    xj_json_key_str(&w, "name", im->original.name);
    xj_json_key_str(&w, "hash", im->original.hash);
    xj_json_key_str(&w, "token", im->token);
    xj_json_end_object(&w);
    XJ_TRY(xj_buf_check(&payload));
    return xj_op_command(op, tenant, "backfill.import", run_import, im, xj_buf_str(&payload));
}

xj_error *
xj_op_duty_import_ledger(xj_op *op)
{
    xj_backfill_import im = {.actor_name = op->actor};
    xj_backfill_file *file;
    xj_backfill_plan *plan;
    xj_reader *reader;
    xj_tenant tenant;
    bool dry = false;
    xj_json w;

    XJ_TRY(xj_jval_get_bool(&dry, op->args, "dry", false));
    XJ_TRY(xj_jval_get_int(&im.ask.document, op->args, "document", true));
    xj_backfill_ask_read(&im.ask, op->args, op->pool);
    im.ask.today = xj_day_of(xj_now());
    XJ_TRY(xj_backfill_read(&file, op->blob, im.ask.year != 0 ? im.ask.year : im.ask.today.year,
                            NULL, op->pool, xj_pool_child(op->pool)));
    im.file = file;
    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_op_tenant(&tenant, op, xj_reader_db(reader)));
    im.ask.tenant = tenant.id;
    XJ_TRY(xj_backfill_compare(&plan, xj_reader_db(reader), &im.ask, file, op->pool));
    xj_reader_end(reader);
    im.token = xj_str_c(plan->token);
    if (!dry)
        XJ_TRY(do_import(op, tenant.id, &im));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_backfill(&w, plan, file, op->pool);
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

static xj_str
shown(const xj_app *app, xj_str text)
{
    size_t pos = 0, n = 0;

    while (pos < text.len && n++ < TASK_SHOWN)
        (void)xj_utf8_next(text, &pos);
    return pos < text.len ? xj_str_printf(app->pool, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)))
                          : text;
}

/* "2026-06-15 ← 2026-06-12; 办结 2026-03-28; …": what becomes of a row. */
static xj_str
what_of(const xj_app *app, const xj_jval *line)
{
    const xj_jval *returns = xj_jval_find(line, "returns"), *state = xj_jval_find(line, "state"),
                  *faults = xj_jval_find(line, "faults");
    xj_buf out;

    xj_buf_init(&out, app->pool, (size_t)1 << 20);
    for (size_t i = 0; i < xj_jval_len(returns); i++) {
        const xj_jval *r = xj_jval_at(returns, i);
        const xj_str sent = str_of(r, "sent_on");

        xj_buf_printf(&out, "%s%s " XJ_FMT " ← " XJ_FMT, out.len > 0 ? "; " : "",
                      term(app, "backfill_part", str_of(r, "part")), XJ_ARG(str_of(r, "due")),
                      XJ_ARG(sent.len > 0 ? sent : XJ_STR("-")));
    }
    if (xj_jval_has(state, "to"))
        xj_buf_printf(&out, "%s%s %s " XJ_FMT, out.len > 0 ? "; " : "",
                      term(app, "backfill_part", str_of(state, "part")),
                      term(app, "backfill_state", str_of(state, "to")),
                      XJ_ARG(str_of(state, "on")));
    for (size_t i = 0; i < xj_jval_len(faults); i++) {
        const xj_jval *f = xj_jval_at(faults, i);

        xj_buf_printf(&out, "%s%s " XJ_FMT, out.len > 0 ? "; " : "",
                      term(app, "backfill_fault", str_of(f, "code")), XJ_ARG(str_of(f, "about")));
    }
    return xj_buf_str(&out);
}

static void
print_lines(const xj_app *app, const xj_jval *answer)
{
    static const char *const names[] = {"sheet", "row", "backfill_act", "title", "roster_what"};
    const xj_jval *lines = xj_jval_find(answer, "lines");
    xj_table *table = xj_table_new(5, app->pool);

    for (size_t i = 0; i < 5; i++)
        xj_table_cell(table, xj_str_c(xj_app_term(app, "column", names[i])));
    for (size_t i = 0; i < xj_jval_len(lines); i++) {
        const xj_jval *line = xj_jval_at(lines, i);

        xj_table_int(table, xj_jval_int(xj_jval_find(line, "sheet")));
        xj_table_int(table, xj_jval_int(xj_jval_find(line, "row")));
        xj_table_cell(table, xj_str_c(term(app, "backfill_act", str_of(line, "act"))));
        xj_table_cell(table, shown(app, str_of(line, "task")));
        xj_table_cell(table, what_of(app, line));
    }
    xj_table_print(table, stdout);
}

static void
print_sums(const xj_app *app, const xj_jval *answer, bool dry)
{
    static const char *const keys[] = {"returns", "rows", "drafts", "done", "begun"};
    const xj_jval *counts = xj_jval_find(answer, "counts");
    char numbers[6][24];

    for (size_t i = 0; i < 5; i++)
        snprintf(numbers[i], sizeof numbers[i], "%lld",
                 (long long)xj_jval_int(xj_jval_find(answer, keys[i])));
    snprintf(numbers[5], sizeof numbers[5], "%lld",
             (long long)(xj_jval_int(xj_jval_find(counts, "choose")) +
                         xj_jval_int(xj_jval_find(counts, "unknown")) +
                         xj_jval_int(xj_jval_find(counts, "wrong"))));
    if (xj_jval_int(xj_jval_find(counts, "record")) == 0)
        xj_app_say(app, stdout, XJ_W_done_duty_import_ledger_none, numbers[5], NULL);
    else
        xj_app_say(app, stdout,
                   dry ? XJ_W_done_duty_import_ledger_dry : XJ_W_done_duty_import_ledger,
                   numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], NULL);
}

/* The arguments of the operation from OPTS (tenant, document, year, begun-on, choices, dry-run). */
static xj_error *
write_args(xj_str *args, const xj_app *app, const xj_opt *opts, const char *file)
{
    const char *slash = strrchr(file, '/');
    xj_buf out;
    xj_json w;

    xj_app_args_start(&w, &out, app, opts[0].value);
    xj_json_key_str(&w, "name", xj_str_c(slash == NULL ? file : slash + 1));
    xj_json_key_bool(&w, "dry", opts[5].given);
    for (int i = 1; i < 3; i++) {
        int64_t n;

        if (!opts[i].given)
            continue;
        if (!xj_str_int(&n, xj_str_c(opts[i].value)) || n < 1)
            return xj_error_new(XJ_E_BAD_INPUT, "%s takes a number, not \"%s\"", opts[i].name,
                                opts[i].value);
        xj_json_key_int(&w, i == 1 ? "document" : "year", n);
    }
    if (opts[3].given) {
        xj_date day;

        if (!xj_date_parse(&day, xj_str_c(opts[3].value)))
            return xj_error_new(XJ_E_BAD_INPUT, "\"%s\" is no day", opts[3].value);
        xj_json_key_str(&w, "begun_on", xj_str_c(opts[3].value));
    }
    if (opts[4].given) {
        const xj_jval *choices;
        xj_str text;

        XJ_TRY(xj_app_read_file(&text, opts[4].value, app->pool));
        XJ_TRY(xj_json_parse(&choices, text, XJ_OP_ARGS_MAX, app->pool));
        xj_json_key(&w, "choices");
        xj_json_raw(&w, text);
    }
    xj_json_end_object(&w);
    *args = xj_buf_str(&out);
    return xj_buf_check(&out);
}

int
xj_cmd_duty_import_ledger(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--tenant", .takes_value = true},
                     {.name = "--document", .takes_value = true},
                     {.name = "--year", .takes_value = true},
                     {.name = "--begun-on", .takes_value = true},
                     {.name = "--choices", .takes_value = true},
                     {.name = "--dry-run"},
                     {.name = NULL}};
    xj_str bytes, answer, args;
    const xj_jval *parsed;
    const char **files;
    xj_error *err;
    int n;

    if (!xj_app_args(app, "duty import-ledger", opts, &files, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    for (int i = 0; i < 2; i++)
        if (!opts[i].given) {
            xj_app_say(app, stderr, XJ_W_usage_needs, opts[i].name, NULL);
            return XJ_EXIT_USAGE;
        }
    err = write_args(&args, app, opts, files[0]);
    if (err == NULL)
        err = xj_app_read_file(&bytes, files[0], app->pool);
    if (err == NULL)
        err = xj_app_do(&answer, app, "duty.import_ledger", args, bytes);
    if (err == NULL && !app->json)
        err = xj_json_parse(&parsed, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    print_lines(app, parsed);
    print_sums(app, parsed, opts[5].given);
    return XJ_EXIT_OK;
}
