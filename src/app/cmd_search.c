/* What searches go by, made anew from what it is derived from. */
#include "app/commands.h"
#include "app/ops.h"
#include "org/unit.h"
#include "plan/search.h"

static xj_error *
run_rebuild(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t units, documents;
    xj_json w;

    (void)args;
    XJ_TRY(xj_unit_set_initials(&units, tx));
    XJ_TRY(xj_document_set_words(&documents, tx));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "units", units);
    xj_json_key_int(&w, "documents", documents);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_op_search_rebuild(xj_op *op)
{
    xj_reader *reader;
    xj_tenant tenant;

    XJ_TRY(xj_op_read(&reader, op));
    XJ_TRY(xj_op_tenant(&tenant, op, xj_reader_db(reader)));
    return xj_op_command(op, tenant.id, "search.rebuild", run_rebuild, NULL, XJ_STR_NONE);
}

int
xj_cmd_search_rebuild(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{0}};
    const xj_jval *value;
    const char **words;
    char units[24], documents[24];
    xj_str answer;
    xj_error *err;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "search rebuild", opts, &words, &n, 1, 1, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, words[0]);
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "search.rebuild", xj_buf_str(&args), XJ_STR(""));
    if (err == NULL)
        err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json) {
        printf(XJ_FMT "\n", XJ_ARG(answer));
        return XJ_EXIT_OK;
    }
    snprintf(units, sizeof units, "%lld", (long long)xj_jval_int(xj_jval_find(value, "units")));
    snprintf(documents, sizeof documents, "%lld",
             (long long)xj_jval_int(xj_jval_find(value, "documents")));
    xj_app_say(app, stdout, XJ_W_done_search_rebuild, units, documents, NULL);
    return XJ_EXIT_OK;
}
