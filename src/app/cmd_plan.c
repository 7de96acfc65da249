/* plan import, list, show, diff, publish: the operations and their subcommands. */
#include "api/plan_json.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/ops.h"
#include "app/table.h"
#include "doc/doc.h"
#include "plan/compile.h"
#include "plan/document.h"

#define DOCUMENTS_MAX 10000 /* that a list shows */
#define PAGE 500
#define SHORT 48 /* characters of a text in a table */

/* ---- operations ---- */

static xj_error *
tenant_of(xj_tenant *tenant, xj_op *op, xj_reader **reader)
{
    XJ_TRY(xj_op_read(reader, op));
    return xj_op_tenant(tenant, op, xj_reader_db(*reader));
}

/* Argument "programme": a name, else an id. */
static xj_error *
programme_of(xj_programme *programme, xj_op *op, xj_db *db, const xj_scope *scope, xj_str word)
{
    xj_error *err = xj_programme_find(programme, db, scope, word, op->pool);
    int64_t id;

    if (!xj_error_is(err, XJ_E_NOT_FOUND) || !xj_str_int(&id, word))
        return err;
    xj_error_clear(err);
    return xj_programme_get(programme, db, scope, id, op->pool);
}

static void
add_import(xj_op *op, const xj_imported *imported, const xj_version_whole *version,
           const xj_diff *diff)
{
    xj_json w;

    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "version");
    xj_json_version(&w, version);
    xj_json_key_bool(&w, "unchanged", imported->unchanged);
    xj_json_key(&w, "diff");
    if (diff == NULL)
        xj_json_null(&w);
    else
        xj_json_diff(&w, diff, imported->previous, imported->version);
    xj_json_end_object(&w);
}

xj_error *
xj_op_plan_import(xj_op *op)
{
    const xj_doc_watch watch = {.ends = xj_op_ends, .arg = op};
    xj_command like = {.actor_name = op->actor};
    xj_version_whole *version;
    xj_programme programme;
    xj_diff *diff = NULL;
    xj_imported imported;
    xj_str name, file;
    xj_reader *reader;
    xj_tenant tenant;
    xj_import *import;
    xj_blobs *blobs;
    xj_scope scope;

    XJ_TRY(xj_jval_get_str(&name, op->args, "programme", true));
    XJ_TRY(xj_jval_get_str(&file, op->args, "name", true));
    XJ_TRY(tenant_of(&tenant, op, &reader));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(programme_of(&programme, op, xj_reader_db(reader), &scope, name));
    xj_reader_end(reader);
    XJ_TRY(xj_data_blobs(&blobs, op->settings, op->pool));
    XJ_TRY(xj_import_prepare(&import, blobs, programme.id, file, op->blob, &watch, op->pool,
                             op->pool));
    like.tenant = tenant.id;
    XJ_TRY(xj_version_import(&imported, op->store, &like, import, op->pool));
    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(
        xj_version_get_whole(&version, xj_reader_db(reader), &scope, imported.version, op->pool));
    if (imported.previous != 0 && !imported.unchanged)
        XJ_TRY(xj_version_diff(&diff, xj_reader_db(reader), &scope, imported.previous,
                               imported.version, op->pool, op->pool));
    add_import(op, &imported, version, diff);
    return NULL;
}

static xj_error *
check_state(xj_str state)
{
    if (state.data == NULL || xj_str_eq(state, XJ_STR("draft")) ||
        xj_str_eq(state, XJ_STR("published")) || xj_str_eq(state, XJ_STR("superseded")))
        return NULL;
    return xj_error_new(XJ_E_BAD_INPUT, "no state of a version is called \"" XJ_FMT "\"",
                        XJ_ARG(state));
}

xj_error *
xj_op_plan_list(xj_op *op)
{
    xj_document_query query = {.limit = DOCUMENTS_MAX};
    xj_str programme = XJ_STR_NONE;
    xj_document_row *rows;
    xj_programme found;
    xj_reader *reader;
    xj_tenant tenant;
    xj_scope scope;
    xj_json w;
    size_t n;

    XJ_TRY(tenant_of(&tenant, op, &reader));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_jval_get_str(&programme, op->args, "programme", false));
    XJ_TRY(xj_jval_get_str(&query.state, op->args, "state", false));
    XJ_TRY(check_state(query.state));
    if (programme.data != NULL) {
        XJ_TRY(programme_of(&found, op, xj_reader_db(reader), &scope, programme));
        query.programme = found.id;
    }
    XJ_TRY(xj_document_list(&rows, &n, xj_reader_db(reader), &scope, &query, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "items");
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++)
        xj_json_document_head(&w, &rows[i].document, &rows[i].latest);
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return NULL;
}

static xj_error *
add_tasks(xj_json *w, xj_op *op, xj_db *db, const xj_scope *scope, int64_t version)
{
    const xj_task_filter filter = {.version = version};
    xj_task_key key = {0};
    xj_task_row *rows;
    size_t n;

    xj_json_key(w, "tasks");
    xj_json_array(w);
    do {
        XJ_TRY(xj_task_list(&rows, &n, db, scope, &filter, XJ_TASKS_BY_PLAN, &key, PAGE, op->pool));
        for (size_t i = 0; i < n; i++)
            xj_json_task_row(w, &rows[i]);
        if (n > 0)
            key = (xj_task_key){true, rows[n - 1].due, rows[n - 1].changed_at, rows[n - 1].id};
    } while (n == PAGE);
    xj_json_end_array(w);
    return NULL;
}

xj_error *
xj_op_plan_show(xj_op *op)
{
    xj_version_whole *version;
    xj_reader *reader;
    xj_tenant tenant;
    xj_scope scope;
    bool tasks = false;
    int64_t id;
    xj_json w;

    XJ_TRY(xj_jval_get_int(&id, op->args, "version", true));
    XJ_TRY(xj_jval_get_bool(&tasks, op->args, "tasks", false));
    XJ_TRY(tenant_of(&tenant, op, &reader));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_version_get_whole(&version, xj_reader_db(reader), &scope, id, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key(&w, "version");
    xj_json_version(&w, version);
    if (tasks)
        XJ_TRY(add_tasks(&w, op, xj_reader_db(reader), &scope, id));
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_plan_diff(xj_op *op)
{
    xj_reader *reader;
    xj_tenant tenant;
    int64_t old, now;
    xj_scope scope;
    xj_diff *diff;
    xj_json w;

    XJ_TRY(xj_jval_get_int(&old, op->args, "old", true));
    XJ_TRY(xj_jval_get_int(&now, op->args, "new", true));
    XJ_TRY(tenant_of(&tenant, op, &reader));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_version_diff(&diff, xj_reader_db(reader), &scope, old, now, op->pool, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_diff(&w, diff, old, now);
    return NULL;
}

xj_error *
xj_op_plan_publish(xj_op *op)
{
    xj_command like = {.actor_name = op->actor};
    xj_version_whole *whole;
    xj_publish what = {.remarks = XJ_STR("")};
    xj_reader *reader;
    xj_tenant tenant;
    xj_version version;
    xj_scope scope;
    xj_json w;

    XJ_TRY(xj_jval_get_int(&what.id, op->args, "version", true));
    XJ_TRY(xj_jval_get_str(&what.remarks, op->args, "remarks", false));
    XJ_TRY(xj_jval_get_bool(&what.replace_newer, op->args, "replace_newer", false));
    XJ_TRY(tenant_of(&tenant, op, &reader));
    scope = xj_scope_all(tenant.id);
    XJ_TRY(xj_version_get(&version, xj_reader_db(reader), &scope, what.id, op->pool));
    xj_reader_end(reader);
    like.tenant = tenant.id;
    like.payload = op->args_text;
    XJ_TRY(xj_version_publish(op->store, &like, &what, version.version, op->pool));
    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_version_get_whole(&whole, xj_reader_db(reader), &scope, what.id, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_version(&w, whole);
    return NULL;
}

/* ---- what is printed ---- */

static const xj_jval *
member(const xj_jval *value, const char *a, const char *b)
{
    const xj_jval *found = xj_jval_find(value, a);

    return b == NULL ? found : xj_jval_find(found, b);
}

static const char *
word_of(xj_app *app, const xj_jval *value)
{
    const xj_str text = xj_jval_type(value) == XJ_J_INT
                            ? xj_str_printf(app->pool, "%lld", (long long)xj_jval_int(value))
                            : xj_jval_str(value);

    return text.data == NULL ? "—" : xj_str_cdup(text, app->pool);
}

/* The first characters of TEXT, on one line. */
static xj_str
shortened(xj_app *app, xj_str text)
{
    size_t pos = 0;

    for (int n = 0; pos < text.len && n < SHORT; n++)
        xj_utf8_next(text, &pos);
    return pos == text.len ? text
                           : xj_str_printf(app->pool, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)));
}

static void
heading(xj_app *app, xj_table *table, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        xj_table_cell(table, xj_str_c(xj_app_term(app, "column", names[i])));
}

static void
diff_rows(xj_app *app, xj_table *table, const char *mark, const xj_jval *rows)
{
    for (size_t i = 0; i < xj_jval_len(rows); i++) {
        const xj_jval *row = xj_jval_at(rows, i);

        xj_table_cell(table, xj_str_c(mark));
        xj_table_cell(table, xj_jval_str(xj_jval_find(row, "action")));
        xj_table_cell(table, xj_jval_str(xj_jval_find(row, "no")));
        xj_table_cell(table, shortened(app, xj_jval_str(xj_jval_find(row, "title"))));
        xj_table_cell(table, XJ_STR(""));
        xj_table_cell(table, XJ_STR(""));
    }
}

/* VALUE of the field NAME on one line, a deadline's kind in the reader's words. */
static xj_str
said(xj_app *app, const char *name, xj_str value)
{
    xj_str kind;

    if (strcmp(name, "deadline") != 0 || value.len == 0)
        return shortened(app, value);
    kind = xj_str_sub(value, 0, xj_str_find(value, XJ_STR(" "), 0));
    return xj_str_printf(app->pool, "%s" XJ_FMT,
                         xj_app_term(app, "deadline", xj_str_cdup(kind, app->pool)),
                         XJ_ARG(xj_str_sub(value, kind.len, value.len)));
}

/* A row a field; the task is named in its first. */
static void
diff_fields(xj_app *app, xj_table *table, const xj_jval *row, const xj_jval *fields)
{
    for (size_t i = 0; i < xj_jval_len(fields); i++) {
        const xj_jval *field = xj_jval_at(fields, i);
        const xj_str old = xj_jval_str(xj_jval_find(field, "old"));
        const xj_str now = xj_jval_str(xj_jval_find(field, "new"));
        const char *name = xj_str_cdup(xj_jval_str(xj_jval_find(field, "field")), app->pool);

        xj_table_cell(table, i == 0 ? XJ_STR("~") : XJ_STR(""));
        xj_table_cell(table, i == 0 ? xj_jval_str(xj_jval_find(row, "action")) : XJ_STR(""));
        xj_table_cell(table, i == 0 ? xj_jval_str(xj_jval_find(row, "no")) : XJ_STR(""));
        xj_table_cell(table, i == 0 ? shortened(app, xj_jval_str(xj_jval_find(row, "title")))
                                    : XJ_STR(""));
        xj_table_cell(table, xj_str_c(xj_app_term(app, "field", name)));
        xj_table_cell(table,
                      xj_str_printf(app->pool, XJ_FMT " → " XJ_FMT, XJ_ARG(said(app, name, old)),
                                    XJ_ARG(said(app, name, now))));
    }
}

static void
print_diff(xj_app *app, const xj_jval *diff)
{
    static const char *const names[] = {"change", "action", "no", "title", "field", "was_is"};
    const xj_jval *changed = xj_jval_find(diff, "changed");
    xj_table *table = xj_table_new(6, app->pool);
    char n[4][24];

    snprintf(n[0], sizeof n[0], "%zu", xj_jval_len(xj_jval_find(diff, "added")));
    snprintf(n[1], sizeof n[1], "%zu", xj_jval_len(xj_jval_find(diff, "dropped")));
    snprintf(n[2], sizeof n[2], "%zu", xj_jval_len(changed));
    snprintf(n[3], sizeof n[3], "%lld", (long long)xj_jval_int(xj_jval_find(diff, "same")));
    xj_app_say(app, stdout, XJ_W_plan_diff, n[0], n[1], n[2], n[3], NULL);
    heading(app, table, names, 6);
    diff_fields(app, table, NULL, xj_jval_find(diff, "document"));
    for (size_t i = 0; i < xj_jval_len(changed); i++)
        diff_fields(app, table, member(xj_jval_at(changed, i), "new", NULL),
                    member(xj_jval_at(changed, i), "fields", NULL));
    diff_rows(app, table, "+", xj_jval_find(diff, "added"));
    diff_rows(app, table, "-", xj_jval_find(diff, "dropped"));
    xj_table_print(table, stdout);
}

static void
print_import(xj_app *app, const char *file, const xj_jval *answer)
{
    const xj_jval *summary = member(answer, "version", "summary");
    const xj_jval *counts = xj_jval_find(summary, "counts");
    const xj_jval *diff = xj_jval_find(answer, "diff");
    const char *id = word_of(app, xj_jval_find(summary, "id"));

    if (xj_jval_bool(xj_jval_find(answer, "unchanged"))) {
        xj_app_say(app, stdout, XJ_W_plan_unchanged, file, id, NULL);
        return;
    }
    xj_app_say(app, stdout, XJ_W_plan_imported, file, id, word_of(app, xj_jval_find(summary, "no")),
               word_of(app, xj_jval_find(counts, "tasks")),
               word_of(app, xj_jval_find(counts, "units")),
               word_of(app, xj_jval_find(counts, "warnings")), NULL);
    if (diff != NULL)
        print_diff(app, diff);
}

static void
print_actions(xj_app *app, const xj_jval *version)
{
    static const char *const names[] = {"no", "action", "tasks"};
    const xj_jval *actions = xj_jval_find(version, "actions");
    xj_table *table = xj_table_new(3, app->pool);

    heading(app, table, names, 3);
    for (size_t i = 0; i < xj_jval_len(actions); i++) {
        const xj_jval *action = xj_jval_at(actions, i);

        xj_table_int(table, xj_jval_int(xj_jval_find(action, "no")));
        xj_table_cell(table, xj_jval_str(xj_jval_find(action, "name")));
        xj_table_int(table, xj_jval_int(xj_jval_find(action, "tasks")));
    }
    xj_table_print(table, stdout);
}

static void
print_tasks(xj_app *app, const xj_jval *tasks)
{
    static const char *const names[] = {"action", "no", "title", "units", "deadline", "due"};
    xj_table *table = xj_table_new(6, app->pool);

    heading(app, table, names, 6);
    for (size_t i = 0; i < xj_jval_len(tasks); i++) {
        const xj_jval *task = xj_jval_at(tasks, i);
        const xj_jval *units = xj_jval_find(task, "units");
        xj_buf list;

        xj_buf_init(&list, app->pool, (size_t)1 << 20);
        for (size_t u = 0; u < xj_jval_len(units); u++) {
            xj_buf_add(&list, u == 0 ? XJ_STR("") : XJ_STR("、"));
            xj_buf_add(&list, xj_jval_str(xj_jval_find(xj_jval_at(units, u), "name")));
        }
        xj_table_cell(table, xj_jval_str(xj_jval_find(task, "action")));
        xj_table_cell(table, xj_jval_str(xj_jval_find(task, "no")));
        xj_table_cell(table, shortened(app, xj_jval_str(xj_jval_find(task, "title"))));
        xj_table_cell(table, shortened(app, xj_buf_str(&list)));
        xj_table_cell(table, xj_str_c(xj_app_term(app, "deadline",
                                                  word_of(app, member(task, "deadline", "kind")))));
        xj_table_cell(table, xj_str_c(word_of(app, member(task, "deadline", "date"))));
    }
    xj_table_print(table, stdout);
}

static void
print_version(xj_app *app, const xj_jval *version)
{
    const xj_jval *warnings = xj_jval_find(version, "warnings");
    const xj_jval *document = xj_jval_find(version, "document");
    const xj_jval *summary = xj_jval_find(version, "summary");
    const char *state = word_of(app, xj_jval_find(summary, "state"));

    xj_app_say(app, stdout, XJ_W_plan_version, word_of(app, xj_jval_find(document, "title")),
               word_of(app, xj_jval_find(document, "doc_no")),
               word_of(app, xj_jval_find(summary, "no")), xj_app_term(app, "version_state", state),
               word_of(app, member(summary, "counts", "tasks")),
               word_of(app, member(summary, "counts", "warnings")), NULL);
    print_actions(app, version);
    for (size_t i = 0; i < xj_jval_len(warnings); i++) {
        const xj_jval *warning = xj_jval_at(warnings, i);

        xj_app_say(
            app, stdout, XJ_W_compile_warning, word_of(app, xj_jval_find(warning, "code")),
            word_of(app, xj_jval_find(warning, "message")),
            xj_str_cdup(shortened(app, xj_str_c(word_of(app, xj_jval_find(warning, "words")))),
                        app->pool),
            NULL);
    }
}

/* ---- subcommands ---- */

/* Do operation NAME and give its answer parsed; with --json it is printed and *VALUE is NULL. */
static xj_error *
do_op(const xj_jval **value, xj_app *app, const char *name, xj_buf *args, xj_str blob)
{
    xj_str answer;

    XJ_TRY(xj_app_do(&answer, app, name, xj_buf_str(args), blob));
    *value = NULL;
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        XJ_TRY(xj_json_parse(value, answer, XJ_OP_ANSWER_MAX, app->pool));
    return NULL;
}

/* False where option AT of OPTS was not given: said with the usage. */
static bool
needs(xj_app *app, const xj_opt *opts, int at)
{
    if (opts[at].given)
        return true;
    xj_app_say(app, stderr, XJ_W_usage_needs, opts[at].name, NULL);
    return false;
}

static xj_error *
import_file(xj_app *app, const char *path, const xj_opt *opts)
{
    const char *slash = strrchr(path, '/');
    const xj_jval *answer;
    xj_str bytes;
    xj_buf args;
    xj_json w;

    XJ_TRY(xj_app_read_file(&bytes, path, app->pool));
    xj_app_args_start(&w, &args, app, opts[0].value);
    xj_json_key_str(&w, "programme", xj_str_c(opts[1].value));
    xj_json_key_str(&w, "name", xj_str_c(slash == NULL ? path : slash + 1));
    xj_json_end_object(&w);
    XJ_TRY(do_op(&answer, app, "plan.import", &args, bytes));
    if (answer != NULL)
        print_import(app, path, answer);
    return NULL;
}

int
xj_cmd_plan_import(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--tenant", .takes_value = true},
                     {.name = "--programme", .takes_value = true},
                     {.name = NULL}};
    int nfiles, worst = XJ_EXIT_OK;
    const char **files;

    if (!xj_app_args(app, "plan import", opts, &files, &nfiles, 1, XJ_ARGS_MAX, argc, argv) ||
        !needs(app, opts, 0) || !needs(app, opts, 1))
        return XJ_EXIT_USAGE;
    for (int i = 0; i < nfiles; i++) {
        xj_error *err = import_file(app, files[i], opts);

        if (err != NULL) {
            const int status = xj_app_fail(app, xj_error_wrap(xj_error_code(err), err,
                                                              "\"%s\" could not be imported: %s",
                                                              files[i], xj_error_message(err)));

            worst = status > worst ? status : worst;
        }
    }
    return worst;
}

int
xj_cmd_plan_list(xj_app *app, int argc, char **argv)
{
    static const char *const names[] = {"version", "state", "doc_no", "title", "tasks", "warnings"};
    xj_opt opts[] = {{.name = "--tenant", .takes_value = true},
                     {.name = "--programme", .takes_value = true},
                     {.name = "--state", .takes_value = true},
                     {.name = NULL}};
    const xj_jval *answer, *items;
    const char **words;
    xj_table *table;
    xj_error *err;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "plan list", opts, &words, &n, 0, 0, argc, argv) || !needs(app, opts, 0))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, opts[0].value);
    if (opts[1].given)
        xj_json_key_str(&w, "programme", xj_str_c(opts[1].value));
    if (opts[2].given)
        xj_json_key_str(&w, "state", xj_str_c(opts[2].value));
    xj_json_end_object(&w);
    err = do_op(&answer, app, "plan.list", &args, XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    if (answer == NULL)
        return XJ_EXIT_OK;
    table = xj_table_new(6, app->pool);
    heading(app, table, names, 6);
    items = xj_jval_find(answer, "items");
    for (size_t i = 0; i < xj_jval_len(items); i++) {
        const xj_jval *item = xj_jval_at(items, i), *latest = xj_jval_find(item, "latest");

        xj_table_int(table, xj_jval_int(xj_jval_find(latest, "id")));
        xj_table_cell(table, xj_str_c(xj_app_term(app, "version_state",
                                                  word_of(app, xj_jval_find(latest, "state")))));
        xj_table_cell(table, xj_jval_str(xj_jval_find(item, "doc_no")));
        xj_table_cell(table, shortened(app, xj_jval_str(xj_jval_find(item, "title"))));
        xj_table_int(table, xj_jval_int(member(latest, "counts", "tasks")));
        xj_table_int(table, xj_jval_int(member(latest, "counts", "warnings")));
    }
    xj_table_print(table, stdout);
    return XJ_EXIT_OK;
}

/* The version that WORD is the id of. */
static xj_error *
read_id(int64_t *id, const char *word)
{
    if (!xj_str_int(id, xj_str_c(word)) || *id < 1)
        return xj_error_new(XJ_E_BAD_INPUT, "\"%s\" is no version: its number stands in plan list",
                            word);
    return NULL;
}

static xj_error *
show_version(xj_app *app, const char *word, const xj_opt *opts)
{
    const xj_jval *answer;
    xj_buf args;
    int64_t id;
    xj_json w;

    XJ_TRY(read_id(&id, word));
    xj_app_args_start(&w, &args, app, opts[0].value);
    xj_json_key_int(&w, "version", id);
    xj_json_key_bool(&w, "tasks", opts[1].given);
    xj_json_end_object(&w);
    XJ_TRY(do_op(&answer, app, "plan.show", &args, XJ_STR("")));
    if (answer == NULL)
        return NULL;
    print_version(app, xj_jval_find(answer, "version"));
    if (opts[1].given)
        print_tasks(app, xj_jval_find(answer, "tasks"));
    return NULL;
}

int
xj_cmd_plan_show(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {
        {.name = "--tenant", .takes_value = true}, {.name = "--tasks"}, {.name = NULL}};
    const char **words;
    xj_error *err;
    int n;

    if (!xj_app_args(app, "plan show", opts, &words, &n, 1, 1, argc, argv) || !needs(app, opts, 0))
        return XJ_EXIT_USAGE;
    err = show_version(app, words[0], opts);
    return err == NULL ? XJ_EXIT_OK : xj_app_fail(app, err);
}

static xj_error *
compile_file(xj_register **reg, const char *path, xj_pool *pool)
{
    xj_str bytes;
    xj_doc *doc;

    XJ_TRY(xj_app_read_file(&bytes, path, pool));
    XJ_TRY(xj_doc_check_name(xj_str_c(path), bytes));
    XJ_TRY(xj_doc_read_apart(&doc, bytes, NULL, pool, pool));
    XJ_TRY(xj_doc_check_marks(doc, false));
    return xj_plan_compile(reg, doc, pool, pool);
}

/* Two files, compiled here; nothing stored is asked. */
static xj_error *
diff_files(xj_app *app, const char *old_path, const char *new_path)
{
    xj_register *old, *now;
    const xj_jval *value;
    xj_diff *diff;
    xj_buf buf;
    xj_json w;

    XJ_TRY(compile_file(&old, old_path, app->pool));
    XJ_TRY(compile_file(&now, new_path, app->pool));
    xj_plan_diff(&diff, old, now, app->pool, app->pool);
    xj_buf_init(&buf, app->pool, XJ_OP_ANSWER_MAX);
    xj_json_init(&w, &buf);
    xj_json_diff(&w, diff, 0, 0);
    XJ_TRY(xj_buf_check(&buf));
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(xj_buf_str(&buf)));
        return NULL;
    }
    XJ_TRY(xj_json_parse(&value, xj_buf_str(&buf), XJ_OP_ANSWER_MAX, app->pool));
    print_diff(app, value);
    return NULL;
}

static xj_error *
diff_versions(xj_app *app, const char *const *words, const char *tenant)
{
    const xj_jval *answer;
    int64_t old, now;
    xj_buf args;
    xj_json w;

    XJ_TRY(read_id(&old, words[0]));
    XJ_TRY(read_id(&now, words[1]));
    xj_app_args_start(&w, &args, app, tenant);
    xj_json_key_int(&w, "old", old);
    xj_json_key_int(&w, "new", now);
    xj_json_end_object(&w);
    XJ_TRY(do_op(&answer, app, "plan.diff", &args, XJ_STR("")));
    if (answer != NULL)
        print_diff(app, answer);
    return NULL;
}

int
xj_cmd_plan_diff(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--tenant", .takes_value = true}, {.name = NULL}};
    const char **words;
    xj_error *err;
    int n;

    if (!xj_app_args(app, "plan diff", opts, &words, &n, 2, 2, argc, argv))
        return XJ_EXIT_USAGE;
    err = opts[0].given ? diff_versions(app, words, opts[0].value)
                        : diff_files(app, words[0], words[1]);
    return err == NULL ? XJ_EXIT_OK : xj_app_fail(app, err);
}

static xj_error *
publish_version(xj_app *app, const char *word, const xj_opt *opts)
{
    const xj_jval *answer;
    xj_buf args;
    int64_t id;
    xj_json w;

    XJ_TRY(read_id(&id, word));
    xj_app_args_start(&w, &args, app, opts[0].value);
    xj_json_key_int(&w, "version", id);
    if (opts[1].given)
        xj_json_key_str(&w, "remarks", xj_str_c(opts[1].value));
    if (opts[2].given)
        xj_json_key_bool(&w, "replace_newer", true);
    xj_json_end_object(&w);
    XJ_TRY(do_op(&answer, app, "plan.publish", &args, XJ_STR("")));
    if (answer != NULL)
        xj_app_say(app, stdout, XJ_W_plan_published, word,
                   word_of(app, member(answer, "document", "title")), NULL);
    return NULL;
}

int
xj_cmd_plan_publish(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--tenant", .takes_value = true},
                     {.name = "--remarks", .takes_value = true},
                     {.name = "--replace-newer"},
                     {.name = NULL}};
    int n, worst = XJ_EXIT_OK;
    const char **words;

    if (!xj_app_args(app, "plan publish", opts, &words, &n, 1, XJ_ARGS_MAX, argc, argv) ||
        !needs(app, opts, 0))
        return XJ_EXIT_USAGE;
    for (int i = 0; i < n; i++) {
        xj_error *err = publish_version(app, words[i], opts);
        const int status = err == NULL ? XJ_EXIT_OK : xj_app_fail(app, err);

        worst = status > worst ? status : worst;
    }
    return worst;
}
