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
    const size_t limit = (size_t)xj_args_int(&api->args, "limit");
    xj_task_filter filter;
    xj_task_row *rows;
    xj_reader *reader;
    xj_task_key after;
    xj_api_json json;
    xj_json *w;
    size_t n;

    xj_api__task_filter(&filter, &api->args);
    XJ_TRY(read_cursor(&after, api, order));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_task_list(&rows, &n, xj_reader_db(reader), &api->scope, &filter, order, &after,
                        (int64_t)limit + 1, api->pool));
    xj_reader_end(reader);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n && i < limit; i++)
        xj_json_task_row(w, &rows[i]);
    xj_json_end_array(w);
    xj_json_key_str(w, "next",
                    n <= limit
                        ? XJ_STR_NONE
                        : xj_cursor_make(api->pool, cursor_kinds[order], "sii", rows[limit - 1].due,
                                         rows[limit - 1].changed_at, rows[limit - 1].id));
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
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
    xj_str body; /* the request's, for the journal and for "yours" */
    xj_api_command *command;
};

/* What the journal keeps: the request, and what stood there before. */
static void
journal(struct change *c, const xj_task *before)
{
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, c->command->command.pool, XJ_API_ANSWER_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    xj_json_key(&w, "change");
    xj_json_raw(&w, c->body);
    xj_json_key(&w, "before");
    xj_json_object(&w);
    if (c->change.title.data != NULL)
        xj_json_key_str(&w, "title", before->row.title);
    if (c->change.text.data != NULL)
        xj_json_key_str(&w, "text", before->text);
    if (c->change.has_units) {
        xj_json_key(&w, "units");
        xj_json_raw(&w, before->row.units);
    }
    if (c->change.has_open_ended)
        xj_json_key_bool(&w, "open_ended", before->row.open_ended);
    if (c->change.deadline_kind.data != NULL) {
        xj_json_key_str(&w, "deadline_kind", before->row.deadline_kind);
        xj_json_key_str(&w, "due", before->row.due);
        xj_json_key(&w, "dates");
        xj_json_raw(&w, before->row.deadline_dates);
    }
    if (c->change.strength.data != NULL)
        xj_json_key_str(&w, "strength", before->row.strength);
    if (c->change.has_cadence)
        xj_json_key_str(&w, "cadence", before->cadence);
    xj_json_end_object(&w);
    xj_json_end_object(&w);
    c->command->command.payload = xj_buf_str(&out);
}

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
    err = xj_task_set(&task, &before, tx, c->id, c->version, &c->change);
    if (task != NULL && (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT)))
        conflict(c, task);
    XJ_TRY(err);
    journal(c, before);
    xj_json_init(&w, answer);
    xj_json_task(&w, task);
    return xj_buf_check(answer);
}

static void
read_units(xj_task_change *change, const xj_jval *units, xj_pool *pool)
{
    xj_task_unit_change *items;

    if (units == NULL)
        return;
    change->has_units = true;
    change->nunits = xj_jval_len(units);
    change->units = items = XJ_NEW_ARRAY(pool, xj_task_unit_change, change->nunits);
    for (size_t i = 0; i < change->nunits; i++) {
        const xj_jval *unit = xj_jval_at(units, i);

        items[i] = (xj_task_unit_change){xj_str_trim(xj_jval_str(xj_jval_find(unit, "name"))),
                                         xj_jval_str(xj_jval_find(unit, "role"))};
    }
}

static void
read_deadline(xj_task_change *change, const xj_jval *deadline, xj_pool *pool)
{
    const xj_jval *dates = xj_jval_find(deadline, "dates");
    xj_str *items;

    if (deadline == NULL)
        return;
    change->deadline_kind = xj_jval_str(xj_jval_find(deadline, "kind"));
    change->due = xj_jval_str(xj_jval_find(deadline, "date"));
    change->ndates = xj_jval_len(dates);
    change->dates = items = XJ_NEW_ARRAY(pool, xj_str, change->ndates);
    for (size_t i = 0; i < change->ndates; i++)
        items[i] = xj_jval_str(xj_jval_at(dates, i));
}

/* A member that is there but null cannot be told from one that is not by looking it up. */
static bool
has_member(const xj_jval *object, const char *key)
{
    for (size_t i = 0; i < xj_jval_len(object); i++) {
        if (strcmp(xj_jval_key_at(object, i), key) == 0)
            return true;
    }
    return false;
}

static void
read_change(xj_task_change *change, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *open_ended = xj_jval_find(body, "open_ended");

    *change = (xj_task_change){.title = xj_jval_str(xj_jval_find(body, "title")),
                               .text = xj_jval_str(xj_jval_find(body, "text")),
                               .has_open_ended = open_ended != NULL,
                               .open_ended = xj_jval_bool(open_ended),
                               .strength = xj_jval_str(xj_jval_find(body, "strength")),
                               .has_cadence = has_member(body, "cadence"),
                               .cadence = xj_jval_str(xj_jval_find(body, "cadence"))};
    read_units(change, xj_jval_find(body, "units"), pool);
    read_deadline(change, xj_jval_find(body, "deadline"), pool);
}

/* The version the task has now is the one seen and one more; of a replay, too. */
static void
reply_change(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    int64_t version = 0;
    xj_error *err = xj_api_if_match(&version, api);

    (void)answer;
    XJ_ASSERT(err == NULL); /* it was read before */
    reply->etag = xj_api_etag(api->pool, version + 1);
}

xj_error *
xj_api_change_task(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->id = xj_args_int(&api->args, "task");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->body = xj_call_body(api->call);
    read_change(&c->change, api->body, api->pool);
    XJ_TRY(xj_task_change_check(&c->change));
    c->command = xj_api_command_new(api, "task.change", run_change, c, XJ_STR_NONE);
    c->command->command.why = xj_jval_str(xj_jval_find(api->body, "why"));
    c->command->reply = reply_change;
    xj_api_post(c->command);
    return NULL;
}
