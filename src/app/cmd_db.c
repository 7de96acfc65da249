/* The database itself: migrating and checking it, verifying the journal. */
#include "app/commands.h"
#include "app/ops.h"

/* The store for a subcommand that needs it alone: to migrate, or to read all of it. */
static xj_error *
open_alone(xj_store **store, xj_app *app, bool any_schema)
{
    XJ_TRY(xj_data_lock(&app->settings, 5000, app->pool));
    return xj_data_open(store, &app->settings, any_schema, app->pool);
}

int
xj_cmd_db_migrate(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n, applied;
    xj_store *store;
    char number[16];
    xj_error *err;

    if (!xj_app_args(app, "db migrate", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    err = open_alone(&store, app, true);
    if (err == NULL)
        err = xj_store_migrate(store, &applied);
    if (err != NULL)
        return xj_app_fail(app, err);
    snprintf(number, sizeof number, "%d", applied);
    if (app->json)
        printf("{\"applied\":%d}\n", applied);
    else
        xj_app_say(app, stdout, applied == 0 ? XJ_W_done_db_current : XJ_W_done_db_migrate, number,
                   NULL);
    return XJ_EXIT_OK;
}

/* ---- checks: a server may go on beside them ---- */

typedef struct report {
    xj_json *w;
    int64_t shown;
} report;

#define FAULTS_SHOWN 1000

static void
report_check(void *arg, const char *check, const char *row)
{
    report *r = arg;

    if (r->shown++ >= FAULTS_SHOWN)
        return;
    xj_json_object(r->w);
    xj_json_key_str(r->w, "check", xj_str_c(check));
    xj_json_key_str(r->w, "row", xj_str_c(row));
    xj_json_end_object(r->w);
}

static void
report_journal(void *arg, int64_t tenant, int64_t seq, const char *what)
{
    report *r = arg;

    if (r->shown++ >= FAULTS_SHOWN)
        return;
    xj_json_object(r->w);
    xj_json_key_int(r->w, "tenant", tenant);
    xj_json_key_int(r->w, "seq", seq);
    xj_json_key_str(r->w, "what", xj_str_c(what));
    xj_json_end_object(r->w);
}

xj_error *
xj_op_db_check(xj_op *op)
{
    int64_t bad = 0;
    report r = {0};
    xj_json w;

    xj_json_init(&w, op->answer);
    r.w = &w;
    xj_json_object(&w);
    xj_json_key(&w, "faults");
    xj_json_array(&w);
    XJ_TRY(xj_store_check(op->store, &bad, report_check, &r));
    xj_json_end_array(&w);
    xj_json_key_int(&w, "bad", bad);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_journal_verify(xj_op *op)
{
    int64_t rows = 0, bad = 0;
    report r = {0};
    xj_json w;

    xj_json_init(&w, op->answer);
    r.w = &w;
    xj_json_object(&w);
    xj_json_key(&w, "faults");
    xj_json_array(&w);
    XJ_TRY(xj_journal_verify(op->store, -1, &rows, &bad, report_journal, &r));
    xj_json_end_array(&w);
    xj_json_key_int(&w, "rows", rows);
    xj_json_key_int(&w, "bad", bad);
    xj_json_end_object(&w);
    return NULL;
}

/* Do OP and say what it found. */
static int
check(xj_app *app, const char *op, xj_word good, xj_word damaged)
{
    const xj_jval *value, *faults;
    char rows[24], bad[24];
    xj_str answer;
    xj_error *err = xj_app_do(&answer, app, op, XJ_STR("{}"), XJ_STR(""));

    if (err == NULL)
        err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    faults = xj_jval_find(value, "faults");
    snprintf(rows, sizeof rows, "%lld", (long long)xj_jval_int(xj_jval_find(value, "rows")));
    snprintf(bad, sizeof bad, "%lld", (long long)xj_jval_int(xj_jval_find(value, "bad")));
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
    } else if (strcmp(bad, "0") == 0) {
        xj_app_say(app, stdout, good, rows, NULL);
    } else {
        for (size_t i = 0; i < xj_jval_len(faults); i++) {
            const xj_jval *fault = xj_jval_at(faults, i);

            if (xj_jval_find(fault, "check") != NULL)
                fprintf(stderr, "  " XJ_FMT ": " XJ_FMT "\n",
                        XJ_ARG(xj_jval_str(xj_jval_find(fault, "check"))),
                        XJ_ARG(xj_jval_str(xj_jval_find(fault, "row"))));
            else
                fprintf(stderr, "  %lld/%lld: " XJ_FMT "\n",
                        (long long)xj_jval_int(xj_jval_find(fault, "tenant")),
                        (long long)xj_jval_int(xj_jval_find(fault, "seq")),
                        XJ_ARG(xj_jval_str(xj_jval_find(fault, "what"))));
        }
        xj_app_say(app, stderr, damaged, bad, NULL);
    }
    return strcmp(bad, "0") == 0 ? XJ_EXIT_OK : XJ_EXIT_DAMAGED;
}

int
xj_cmd_db_check(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;

    if (!xj_app_args(app, "db check", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    return check(app, "db.check", XJ_W_done_db_check, XJ_W_fault_db_check);
}

int
xj_cmd_journal_verify(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    int n;

    if (!xj_app_args(app, "journal verify", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    return check(app, "journal.verify", XJ_W_done_journal_verify, XJ_W_fault_journal_verify);
}
