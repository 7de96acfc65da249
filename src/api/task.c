/* Tasks: lists, totals, one, a change, a spreadsheet. */
#include "api/api_priv.h"
#include "api/plan_json.h"
#include "api/task_priv.h"

/* ---- lists ---- */

void
xj_api__task_filter(xj_task_filter *filter, const xj_args *args)
{
    *filter = (xj_task_filter){.programme = xj_args_int(args, "programme"),
                               .version = xj_args_int(args, "version"),
                               .state = xj_args_str(args, "state"),
                               .action = xj_args_str(args, "action"),
                               .unit = xj_args_int(args, "unit"),
                               .role = xj_args_str(args, "role"),
                               .kind = xj_args_str(args, "kind"),
                               .due_from = xj_args_str(args, "due_from"),
                               .due_to = xj_args_str(args, "due_to"),
                               .strength = xj_args_str(args, "strength"),
                               .tag = xj_args_str(args, "tag"),
                               .text = xj_args_str(args, "q")};
}

xj_task_order
xj_api__task_order(const xj_args *args)
{
    static const char *const words[] = {"plan", "due", "-due", "changed", "-changed"};
    const xj_str order = xj_args_str(args, "order");

    for (int i = 0; i < 5; i++) {
        if (xj_str_eq(order, xj_str_c(words[i])))
            return (xj_task_order)i;
    }
    return XJ_TASKS_BY_PLAN;
}

/* A cursor names its order: one of another order is none of this list. */
static const char *const cursor_kinds[] = {"tp", "td", "tD", "tc", "tC"};

static xj_error *
read_cursor(xj_task_key *key, xj_api *api, xj_task_order order)
{
    const xj_str after = xj_args_str(&api->args, "after");

    *key = (xj_task_key){0};
    if (after.data == NULL)
        return NULL;
    key->set = true;
    return xj_cursor_read(after, api->pool, cursor_kinds[order], "sii", &key->due, &key->changed_at,
                          &key->id);
}

xj_error *
xj_api_list_tasks(xj_api *api)
{
    const xj_task_order order = xj_api__task_order(&api->args);
    xj_task_filter filter;
    xj_task_row *rows;
    xj_reader *reader;
    xj_task_key after;
    xj_api_page page;
    xj_json *w;
    size_t n;

    xj_api__task_filter(&filter, &api->args);
    xj_api_page_ask(&page, api);
    XJ_TRY(read_cursor(&after, api, order));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_task_list(&rows, &n, xj_reader_db(reader), &api->scope, &filter, order, &after,
                        page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        xj_json_task_row(w, &rows[i]);
    if (page.more)
        page.next = xj_cursor_make(api->pool, cursor_kinds[order], "sii", rows[page.shown - 1].due,
                                   rows[page.shown - 1].changed_at, rows[page.shown - 1].id);
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_task_totals(xj_api *api)
{
    xj_task_totals *totals;
    xj_task_filter filter;
    xj_reader *reader;
    xj_api_json json;

    xj_api__task_filter(&filter, &api->args);
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_task_totals_of(&totals, xj_reader_db(reader), &api->scope, &filter, api->pool,
                             api->pool));
    xj_reader_end(reader);
    xj_json_totals(xj_api_json_start(&json, api), totals);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- one task ---- */

xj_error *
xj_api_get_task(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_task *task;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_task_get(&task, xj_reader_db(reader), &api->scope, xj_args_int(&api->args, "task"),
                       api->pool));
    xj_reader_end(reader);
    xj_json_task(xj_api_json_start(&json, api), task);
    return xj_api_reply_version(api, 200, &json, task->row.version);
}

struct change {
    int64_t id, version;
    xj_task_change change;
    xj_str body; /* the request's, for "yours" */
    xj_str why;
    xj_api_command *command;
};

/* Both texts of a change that came too late. */
static void
conflict(struct change *c, const xj_task *theirs)
{
    xj_buf *out = &c->command->problem;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, c->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    xj_json_task(&w, theirs);
}

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_task *task, *before;
    xj_json w;
    xj_error *err;

    xj_buf_clear(&c->command->problem);
    err = xj_task_set(&task, &before, tx, c->id, c->version, &c->change, c->why);
    if (task != NULL && (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT)))
        conflict(c, task);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    xj_json_task(&w, task);
    return xj_buf_check(answer);
}

xj_error *
xj_api_change_task(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->id = xj_args_int(&api->args, "task");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->body = xj_call_body(api->call);
    xj_api__task_change(&c->change, api->body, api->pool);
    XJ_TRY(xj_task_change_check(&c->change));
    c->command = xj_api_command_new(api, "task.change", run_change, c, XJ_STR_NONE);
    c->why = xj_jval_str(xj_jval_find(api->body, "why"));
    c->command->reply = xj_api__reply_edited;
    xj_api_post(c->command);
    return NULL;
}
