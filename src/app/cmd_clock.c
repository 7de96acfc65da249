/* The clock by hand: `xingjian clock run`. */
#include "app/commands.h"
#include "app/ops.h"
#include "duty/clock.h"

xj_error *
xj_op_clock_run(xj_op *op)
{
    xj_date day = xj_day_of(xj_now());
    xj_str at = XJ_STR_NONE, word = XJ_STR_NONE;
    xj_clock_ran ran;
    int64_t tenant = 0;
    xj_json w;

    XJ_TRY(xj_jval_get_str(&at, op->args, "at", false));
    XJ_TRY(xj_jval_get_str(&word, op->args, "tenant", false));
    if (at.data != NULL && !xj_date_parse(&day, at))
        return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(at));
    if (word.data != NULL) {
        xj_reader *reader;
        xj_tenant found;

        XJ_TRY(xj_op_read(&reader, op));
        XJ_TRY(xj_tenant_find(&found, xj_reader_db(reader), word, op->pool));
        xj_reader_end(reader);
        tenant = found.id;
    }
    XJ_TRY(xj_clock_run(&ran, op->store, tenant, day, op->pool));
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key_str(&w, "day", xj_day_str(day, op->pool));
    xj_json_key_int(&w, "days", ran.days);
    xj_json_key_int(&w, "obligations", ran.obligations);
    xj_json_end_object(&w);
    return NULL;
}

/* ---- the subcommand ---- */

enum { AT, TENANT };

static const char *
number(xj_app *app, xj_str answer, const char *key)
{
    const xj_jval *value;
    xj_error *err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);

    if (err != NULL) {
        xj_error_clear(err);
        return "?";
    }
    return xj_str_printf(app->pool, "%lld", (long long)xj_jval_int(xj_jval_find(value, key))).data;
}

int
xj_cmd_clock_run(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {
        {.name = "--at", .takes_value = true}, {.name = "--tenant", .takes_value = true}, {0}};
    const char **words;
    xj_str answer;
    xj_error *err;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "clock run", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, opts[TENANT].value);
    if (opts[AT].given)
        xj_json_key_str(&w, "at", xj_str_c(opts[AT].value));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "clock.run", xj_buf_str(&args), XJ_STR(""));
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, XJ_W_done_clock_run, number(app, answer, "days"),
                   number(app, answer, "obligations"), NULL);
    return XJ_EXIT_OK;
}
