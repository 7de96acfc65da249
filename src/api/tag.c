/* Tags of lines of work: which there are, setting many. */
#include "api/api_priv.h"

#include "plan/tag.h"

xj_error *
xj_api_list_tags(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_str *tags;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_tag_list(&tags, &n, xj_reader_db(reader), &api->scope, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, tags[i]);
    return xj_api_items_reply(api, &json);
}

struct tagging {
    xj_api *api;
    xj_tag_change change;
};

static xj_error *
run(xj_tx *tx, void *args, xj_buf *answer)
{
    struct tagging *t = args;
    size_t lines;

    XJ_TRY(xj_tag_set(&lines, tx, &t->api->scope, &t->change));
    xj_buf_printf(answer, "{\"lines\":%zu}", lines);
    return NULL;
}

static const xj_str *
texts(size_t *n, const xj_jval *list, xj_pool *pool)
{
    xj_str *found = XJ_NEW_ARRAY(pool, xj_str, xj_jval_len(list));

    *n = xj_jval_len(list);
    for (size_t i = 0; i < *n; i++)
        found[i] = xj_jval_str(xj_jval_at(list, i));
    return found;
}

xj_error *
xj_api_tag_tasks(xj_api *api)
{
    const xj_jval *tasks = xj_jval_find(api->body, "tasks");
    struct tagging *t = XJ_NEW(api->pool, struct tagging);
    int64_t *ids = XJ_NEW_ARRAY(api->pool, int64_t, xj_jval_len(tasks));

    t->api = api;
    t->change.ntasks = xj_jval_len(tasks);
    for (size_t i = 0; i < t->change.ntasks; i++)
        ids[i] = xj_jval_int(xj_jval_at(tasks, i));
    t->change.tasks = ids;
    t->change.add = texts(&t->change.nadd, xj_jval_find(api->body, "add"), api->pool);
    t->change.remove = texts(&t->change.nremove, xj_jval_find(api->body, "remove"), api->pool);
    xj_api_post(xj_api_command_new(api, "task.tags", run, t, XJ_STR_NONE));
    return NULL;
}
