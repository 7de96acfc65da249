/* The database itself: migrating and checking it, verifying the journal. */
#include "app/commands.h"
#include "app/ops.h"
#include "backfill/backfill.h"
#include "duty/evidence.h"
#include "duty/instruction.h"
#include "plan/document.h"

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

static void
report_file(void *arg, const char *name, const char *what)
{
    char row[256];

    snprintf(row, sizeof row, "%s: %s", name, what);
    report_check(arg, "files", row);
}

/* The files beside the database: none missing, none changed. */
static xj_error *
check_files(int64_t *files, int64_t *bad, xj_op *op, report *r)
{
    int64_t missing, gone, lost, scans, damaged;
    xj_blobs *blobs;

    XJ_TRY(xj_data_blobs(&blobs, op->settings, op->pool));
    XJ_TRY(xj_plan_find_missing(&missing, op->store, blobs, report_check, r, op->pool));
    XJ_TRY(xj_evidence_find_missing(&gone, op->store, blobs, report_check, r, op->pool));
    XJ_TRY(xj_backfill_find_missing(&lost, op->store, blobs, report_check, r, op->pool));
    XJ_TRY(xj_scan_find_missing(&scans, op->store, blobs, report_check, r, op->pool));
    XJ_TRY(xj_blobs_verify(blobs, files, &damaged, report_file, r));
    *bad += missing + gone + lost + scans + damaged;
    return NULL;
}

xj_error *
xj_op_db_check(xj_op *op)
{
    int64_t bad = 0, files = 0;
    report r = {0};
    xj_json w;

    xj_json_init(&w, op->answer);
    r.w = &w;
    xj_json_object(&w);
    xj_json_key(&w, "faults");
    xj_json_array(&w);
    XJ_TRY(xj_store_check(op->store, &bad, report_check, &r));
    XJ_TRY(check_files(&files, &bad, op, &r));
    xj_json_end_array(&w);
    xj_json_key_int(&w, "files", files);
    xj_json_key_int(&w, "bad", bad);
    xj_json_end_object(&w);
    return NULL;
}

/* "TENANT:ROWS:HASH" as it was printed. */
static xj_error *
read_head(xj_journal_head *head, xj_str text)
{
    xj_str rest = text, part[3] = {{0}};
    size_t n = 0;

    while (n < 3 && xj_str_split(&part[n], &rest, ':'))
        n++;
    if (n != 3 || rest.len > 0 || !xj_str_int(&head->tenant, part[0]) ||
        !xj_str_int(&head->rows, part[1]) || part[2].len + 1 != sizeof head->hash)
        return xj_error_new(XJ_E_BAD_INPUT,
                            "a chain's head is written JURISDICTION:ROWS:HASH as \"journal "
                            "verify\" prints it, not \"" XJ_FMT "\"",
                            XJ_ARG(text));
    memcpy(head->hash, part[2].data, part[2].len);
    head->hash[part[2].len] = '\0';
    return NULL;
}

/* Each head that somebody kept must still be in its chain. */
static xj_error *
compare_heads(int64_t *bad, xj_op *op, report *r)
{
    const xj_jval *kept = xj_jval_find(op->args, "heads");

    for (size_t i = 0; i < xj_jval_len(kept); i++) {
        xj_journal_head head;
        bool has;

        XJ_TRY(read_head(&head, xj_jval_str(xj_jval_at(kept, i))));
        XJ_TRY(xj_journal_has(&has, op->store, &head, op->pool));
        if (has)
            continue;
        ++*bad;
        report_journal(
            r, head.tenant, head.rows,
            "the head that was kept is not in the chain: rows were cut off or rewritten");
    }
    return NULL;
}

static xj_error *
add_heads(xj_json *w, xj_op *op)
{
    xj_journal_head *heads;
    size_t n;

    XJ_TRY(xj_journal_heads(&heads, &n, op->store, op->pool));
    xj_json_key(w, "heads");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, xj_str_printf(op->pool, "%lld:%lld:%s", (long long)heads[i].tenant,
                                     (long long)heads[i].rows, heads[i].hash));
    xj_json_end_array(w);
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
    XJ_TRY(compare_heads(&bad, op, &r));
    xj_json_end_array(&w);
    XJ_TRY(add_heads(&w, op));
    xj_json_key_int(&w, "rows", rows);
    xj_json_key_int(&w, "bad", bad);
    xj_json_end_object(&w);
    return NULL;
}

/* Do OP with ARGS and say what it found. */
static int
check(xj_app *app, const char *op, xj_str args, xj_word good, xj_word damaged)
{
    const xj_jval *value, *faults, *heads;
    char rows[24], bad[24];
    xj_str answer;
    xj_error *err = xj_app_do(&answer, app, op, args, XJ_STR(""));

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
        heads = xj_jval_find(value, "heads");
        for (size_t i = 0; i < xj_jval_len(heads); i++)
            printf("  " XJ_FMT "\n", XJ_ARG(xj_jval_str(xj_jval_at(heads, i))));
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
    return check(app, "db.check", XJ_STR("{}"), XJ_W_done_db_check, XJ_W_fault_db_check);
}

int
xj_cmd_journal_verify(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const char **words;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "journal verify", opts, &words, &n, 0, XJ_ARGS_MAX, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, NULL);
    xj_json_key(&w, "heads");
    xj_json_array(&w);
    for (int i = 0; i < n; i++)
        xj_json_str(&w, xj_str_c(words[i]));
    xj_json_end_array(&w);
    xj_json_end_object(&w);
    return check(app, "journal.verify", xj_buf_str(&args), XJ_W_done_journal_verify,
                 XJ_W_fault_journal_verify);
}
