/* What corrections taught: look, add, change, remove. */
#include "api/plan_json.h"
#include "api/task_priv.h"

xj_error *
xj_api_list_memory(xj_api *api)
{
    const xj_str word = xj_args_str(&api->args, "kind");
    xj_memory_kind kind;
    const bool one = xj_memory_kind_parse(&kind, word);
    xj_memory *items;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "memory"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_memory_list(&items, &n, xj_reader_db(reader), &api->scope, one ? (int)kind : -1,
                          page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_memory(w, &items[i]);
        page.last = items[i].id;
    }
    return xj_api_page_reply(&page);
}

struct teach {
    xj_lesson lesson;
    int64_t id, version;
    const xj_jval *meaning;
    xj_str body;
    xj_api_command *command;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct teach *t = args;
    xj_memory memory;
    xj_json w;

    XJ_TRY(xj_memory_add(&memory, tx, &t->lesson, 0, 0));
    xj_tx_subject(tx, "plan_memory", memory.id);
    xj_json_init(&w, answer);
    xj_json_memory(&w, &memory);
    return xj_buf_check(answer);
}

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct teach *t = args;
    xj_buf *problem = &t->command->problem;
    xj_memory memory;
    xj_error *err;
    xj_json w;

    xj_buf_clear(problem);
    err = xj_memory_set(&memory, tx, t->id, t->version, t->meaning);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_buf_add(problem, XJ_STR("\"yours\":"));
        xj_buf_add(problem, t->body);
        xj_buf_add(problem, XJ_STR(",\"theirs\":"));
        xj_json_init(&w, problem);
        xj_json_memory(&w, &memory);
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    xj_json_memory(&w, &memory);
    return xj_buf_check(answer);
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    struct teach *t = args;

    (void)answer;
    return xj_memory_remove(tx, t->id, t->version);
}

static xj_error *
post(xj_api *api, struct teach *t, const char *name, xj_command_fn run, int status)
{
    t->command = xj_api_command_new(api, name, run, t, XJ_STR_NONE);
    t->command->status = status;
    xj_api_post(t->command);
    return NULL;
}

xj_error *
xj_api_add_memory(xj_api *api)
{
    struct teach *t = XJ_NEW(api->pool, struct teach);
    const xj_jval *meaning = xj_jval_find(api->body, "meaning");
    const xj_str kind = xj_jval_str(xj_jval_find(api->body, "kind"));

    XJ_ASSERT(xj_memory_kind_parse(&t->lesson.kind, kind)); /* the contract lets no other through */
    t->lesson.phrase = xj_str_trim(xj_jval_str(xj_jval_find(api->body, "phrase")));
    xj_meaning_read(&t->lesson.meaning, t->lesson.kind, meaning, api->pool);
    XJ_TRY(xj_lesson_check(&t->lesson));
    return post(api, t, "memory.add", run_add, 201);
}

xj_error *
xj_api_change_memory(xj_api *api)
{
    struct teach *t = XJ_NEW(api->pool, struct teach);

    XJ_TRY(xj_api_if_match(&t->version, api));
    t->id = xj_args_int(&api->args, "memory");
    t->meaning = xj_jval_find(api->body, "meaning");
    t->body = xj_call_body(api->call);
    return post(api, t, "memory.change", run_set, 200);
}

xj_error *
xj_api_remove_memory(xj_api *api)
{
    struct teach *t = XJ_NEW(api->pool, struct teach);

    XJ_TRY(xj_api_if_match(&t->version, api));
    t->id = xj_args_int(&api->args, "memory");
    return post(api, t, "memory.remove", run_remove, 204);
}
