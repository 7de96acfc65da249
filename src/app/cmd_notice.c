/* Sending by hand: `xingjian notice send`. */
#include "app/commands.h"
#include "app/notice.h"
#include "app/ops.h"
#include "org/post.h"

#define NOON (12 * 60 - XJ_ZONE_MINUTES) /* minutes UTC */

/* The instant that AT means: now, or noon of a day. */
static xj_error *
read_at(int64_t *now, xj_str at)
{
    xj_date day;

    *now = xj_now();
    if (at.data == NULL)
        return NULL;
    if (!xj_date_parse(&day, at))
        return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(at));
    *now = (xj_date_days(day) * 24 * 60 + NOON) * 60 * INT64_C(1000000);
    return NULL;
}

xj_error *
xj_op_notice_send(xj_op *op)
{
    xj_str at = XJ_STR_NONE, word = XJ_STR_NONE;
    xj_tenant found = {0};
    xj_notice_sent sent;
    xj_notice_ways ways;
    xj_error *err;
    int64_t now;
    xj_json w;

    XJ_TRY(xj_jval_get_str(&at, op->args, "at", false));
    XJ_TRY(xj_jval_get_str(&word, op->args, "tenant", false));
    XJ_TRY(read_at(&now, at));
    if (word.data != NULL) {
        xj_reader *reader;

        XJ_TRY(xj_op_read(&reader, op));
        XJ_TRY(xj_tenant_find(&found, xj_reader_db(reader), word, op->pool));
        xj_reader_end(reader);
    }
    XJ_TRY(xj_app_ways(&ways, op->settings));
    xj_net_start();
    err = xj_notice_send(&sent, xj_notice_sender_new(op->store, &ways, op->pool), found.id, now,
                         op->stopping, op->pool);
    xj_net_stop();
    XJ_TRY(err);
    xj_json_init(&w, op->answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "spread", sent.spread);
    xj_json_key_int(&w, "sent", sent.sent);
    xj_json_key_int(&w, "failed", sent.failed);
    xj_json_key_int(&w, "moot", sent.moot);
    xj_json_key_int(&w, "later", sent.later);
    xj_json_end_object(&w);
    return NULL;
}

/* ---- the subcommand ---- */

enum { AT, TENANT };

static const char *
number(xj_app *app, const xj_jval *answer, const char *key)
{
    return xj_str_printf(app->pool, "%lld", (long long)xj_jval_int(xj_jval_find(answer, key))).data;
}

int
xj_cmd_notice_send(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {
        {.name = "--at", .takes_value = true}, {.name = "--tenant", .takes_value = true}, {0}};
    const xj_jval *value;
    const char **words;
    xj_str answer;
    xj_error *err;
    xj_buf args;
    xj_json w;
    int n;

    if (!xj_app_args(app, "notice send", opts, &words, &n, 0, 0, argc, argv))
        return XJ_EXIT_USAGE;
    xj_app_args_start(&w, &args, app, opts[TENANT].value);
    if (opts[AT].given)
        xj_json_key_str(&w, "at", xj_str_c(opts[AT].value));
    xj_json_end_object(&w);
    err = xj_app_do(&answer, app, "notice.send", xj_buf_str(&args), XJ_STR(""));
    if (err == NULL)
        err = xj_json_parse(&value, answer, XJ_OP_ANSWER_MAX, app->pool);
    if (err != NULL)
        return xj_app_fail(app, err);
    if (app->json)
        printf(XJ_FMT "\n", XJ_ARG(answer));
    else
        xj_app_say(app, stdout, XJ_W_done_notice_send, number(app, value, "spread"),
                   number(app, value, "sent"), number(app, value, "later"),
                   number(app, value, "failed"), NULL);
    return XJ_EXIT_OK;
}
