/* Corrections of a draft: edits as one step, returning to a step. */
#include "api/plan_json.h"
#include "api/task_priv.h"

struct edit {
    int64_t id, seen;
    xj_edit *edits;
    size_t n;
    int64_t to; /* of a return */
    xj_str why, body;
    xj_api_command *command;
};

/* Tasks that a result carries: where there are too many, or their texts are too long, none. */
#define TASKS_MAX ((size_t)2 << 20) /* bytes */

static xj_error *
answer_with(xj_buf *answer, xj_tx *tx, const xj_edited *done, int64_t id)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_pool *pool = xj_tx_pool(tx);
    xj_version version;
    xj_task *tasks = NULL;
    size_t n = 0;
    xj_json w;

    XJ_TRY(xj_version_get(&version, xj_tx_db(tx), &scope, id, pool));
    if (done->ntasks <= XJ_RESULT_TASKS_MAX && done->ntasks > 0)
        XJ_TRY(
            xj_check_tasks(&tasks, &n, xj_tx_db(tx), &scope, id, done->tasks, done->ntasks, pool));
    xj_json_init(&w, answer);
    xj_json_edited(&w, done, &version, tasks, n, TASKS_MAX, pool);
    return xj_buf_check(answer);
}

/* Both texts of edits that came too late. */
static xj_error *
conflict(struct edit *e, xj_tx *tx)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    xj_buf *out = &e->command->problem;
    xj_changes *changes;
    xj_json w;

    XJ_TRY(xj_version_changes(&changes, xj_tx_db(tx), &scope, e->id, e->seen, xj_tx_pool(tx)));
    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, e->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    xj_json_changes(&w, changes);
    if (out->full)
        xj_buf_clear(out);
    return NULL;
}

static xj_error *
run_edit(xj_tx *tx, void *args, xj_buf *answer)
{
    struct edit *e = args;
    xj_edited done;
    xj_error *err;

    xj_buf_clear(&e->command->problem);
    err = e->to != 0 ? xj_version_return(&done, tx, e->id, e->seen, e->to, e->why)
                     : xj_version_edit(&done, tx, e->id, e->seen, e->edits, e->n, e->why);
    if (e->to == 0 && (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))) {
        xj_error *other = conflict(e, tx);

        /* Without both texts it is a conflict all the same. */
        xj_error_clear(other);
    }
    XJ_TRY(err);
    return answer_with(answer, tx, &done, e->id);
}

static xj_error *
post(xj_api *api, struct edit *e, const char *name)
{
    e->id = xj_args_int(&api->args, "version");
    e->body = xj_call_body(api->call);
    e->why = xj_jval_str(xj_jval_find(api->body, "why"));
    if (e->why.data == NULL)
        e->why = XJ_STR("");
    e->command = xj_api_command_new(api, name, run_edit, e, XJ_STR_NONE);
    e->command->reply = xj_api__reply_edited;
    xj_api_post(e->command);
    return NULL;
}

xj_error *
xj_api_edit_version(xj_api *api)
{
    struct edit *e = XJ_NEW(api->pool, struct edit);

    XJ_TRY(xj_api_if_match(&e->seen, api));
    XJ_TRY(xj_api__edits(&e->edits, &e->n, api->body, api->pool));
    return post(api, e, "plan.edit");
}

xj_error *
xj_api_return_version(xj_api *api)
{
    struct edit *e = XJ_NEW(api->pool, struct edit);

    XJ_TRY(xj_api_if_match(&e->seen, api));
    e->to = xj_jval_int(xj_jval_find(api->body, "step"));
    return post(api, e, "plan.return");
}
