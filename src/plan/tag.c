#include "plan/tag.h"
#include "plan/plan_priv.h"

#include "base/map.h"

#define AT_ONCE 500 /* lines asked for in one statement */

xj_error *
xj_tag_check(xj_str tag, const char *at)
{
    tag = xj_str_trim(tag);
    if (tag.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the tag is empty"), "%s", at);
    if (xj_utf8_count(tag) > XJ_TAG_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a tag has at most %d characters", XJ_TAG_MAX), "%s", at);
    for (size_t i = 0; i < tag.len; i++) {
        if ((unsigned char)tag.data[i] < ' ' || tag.data[i] == 0x7F)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the tag holds a control character"),
                               "%s", at);
    }
    if (xj_str_has(tag, XJ_STR(",")) || xj_str_has(tag, XJ_STR("、")) ||
        xj_str_has(tag, XJ_STR("，")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a tag holds no comma"), "%s", at);
    return NULL;
}

static xj_error *
list(xj_str **tags, size_t *n, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_str) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_TAGS, "ii", tenant, (int64_t)XJ_TAGS_MAX + 1));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, xj_row_text(rows, 0, result));
    }
    *tags = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_tag_list(xj_str **tags, size_t *n, xj_db *db, const xj_scope *scope, xj_pool *result)
{
    return list(tags, n, db, scope->tenant, result);
}

/* The tags of lines IDS, as rows of line and tag, a line's tags in their order. */
static xj_error *
query_tags(xj_rows **rows, xj_db *db, int64_t tenant, const int64_t *ids, size_t n,
           xj_pool *scratch)
{
    xj_list *asked = xj_list_new(SQL_TAGS_OF_LINES, scratch);

    xj_list_in(asked, "line", ids, n);
    xj_list_order(asked, "tag", false);
    return xj_list_query(rows, asked, db, INT64_MAX, "i", tenant);
}

typedef XJ_VEC(xj_str) tag_list;

static xj_error *
tags_of_some(char *rows, size_t size, size_t n, xj_db *db, int64_t tenant, xj_pool *result)
{
    int64_t *lines = XJ_NEW_ARRAY(result, int64_t, n);
    xj_rows *found;
    xj_map by_line;
    bool more;

    xj_map_init(&by_line, result);
    for (size_t i = 0; i < n; i++)
        lines[i] = ((const xj_task_row *)(const void *)(rows + i * size))->line;
    XJ_TRY(query_tags(&found, db, tenant, lines, n, result));
    for (;;) {
        tag_list *tags;
        int64_t line;
        xj_str key;

        XJ_TRY(xj_rows_next(found, &more));
        if (!more)
            break;
        line = xj_row_int(found, 0);
        key = xj_str_of((const char *)&line, sizeof line);
        tags = xj_map_find(&by_line, key);
        if (tags == NULL) {
            tags = XJ_NEW(result, tag_list);
            xj_map_set(&by_line, xj_str_dup(key, result), tags);
        }
        xj_vec_push(tags, result, xj_row_text(found, 1, result));
    }
    for (size_t i = 0; i < n; i++) {
        const tag_list *tags =
            xj_map_find(&by_line, xj_str_of((const char *)&lines[i], sizeof *lines));
        xj_task_row *row = (xj_task_row *)(void *)(rows + i * size);

        row->tags = tags == NULL ? NULL : tags->items;
        row->ntags = tags == NULL ? 0 : tags->len;
    }
    return NULL;
}

xj_error *
xj_plan__tags_of(xj_task_row *rows, size_t size, size_t n, xj_db *db, int64_t tenant,
                 xj_pool *result)
{
    for (size_t at = 0; at < n; at += AT_ONCE)
        XJ_TRY(tags_of_some((char *)rows + at * size, size, n - at < AT_ONCE ? n - at : AT_ONCE, db,
                            tenant, result));
    return NULL;
}

/* ---- changing ---- */

static xj_error *
check(const xj_tag_change *c)
{
    if (c->ntasks == 0 || c->nadd + c->nremove == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "there is nothing to change");
    if (c->ntasks > XJ_TAG_TASKS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_TOO_LARGE, "at most %d tasks are tagged at once", XJ_TAG_TASKS_MAX),
            "/tasks");
    if (c->nadd > XJ_TAG_CHANGES_MAX || c->nremove > XJ_TAG_CHANGES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "at most %d tags are set or removed at once",
                            XJ_TAG_CHANGES_MAX);
    for (size_t i = 0; i < c->nremove; i++)
        XJ_TRY(xj_tag_check(c->remove[i], "/remove"));
    for (size_t i = 0; i < c->nadd; i++) {
        XJ_TRY(xj_tag_check(c->add[i], "/add"));
        for (size_t j = 0; j < c->nremove; j++) {
            if (xj_str_eq(xj_str_trim(c->add[i]), xj_str_trim(c->remove[j])))
                return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                                "the tag '" XJ_FMT "' is both set and removed",
                                                XJ_ARG(c->add[i])),
                                   "/add");
        }
    }
    return NULL;
}

/* Lines of the tasks, each once. */
static xj_error *
lines_of(int64_t **lines, size_t *n, xj_tx *tx, const xj_scope *scope, const xj_tag_change *change)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_list *asked = xj_list_new(SQL_TAG_LINES, pool);
    int64_t *found = XJ_NEW_ARRAY(pool, int64_t, change->ntasks);
    int64_t *tasks = XJ_NEW_ARRAY(pool, int64_t, change->ntasks);
    size_t nfound = 0, ntasks = 0, kept = 0;
    xj_rows *rows;
    bool more;

    memcpy(tasks, change->tasks, change->ntasks * sizeof *tasks);
    qsort(tasks, change->ntasks, sizeof *tasks, xj_plan__compare_ids);
    for (size_t i = 0; i < change->ntasks; i++) {
        if (i == 0 || tasks[i] != tasks[i - 1])
            tasks[ntasks++] = tasks[i];
    }
    xj_list_in(asked, "id", tasks, ntasks);
    if (!scope->all_units)
        xj_list_str(asked, "scope", XJ_COND_MATCH, xj_scope_json(scope, pool));
    XJ_TRY(xj_list_query(&rows, asked, xj_tx_db(tx), (int64_t)ntasks, "i", xj_tx_tenant(tx)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        found[nfound++] = xj_row_int(rows, 0);
    }
    if (nfound < ntasks)
        return xj_error_new(XJ_E_NOT_FOUND, "%zu of the tasks are not there", ntasks - nfound);
    qsort(found, nfound, sizeof *found, xj_plan__compare_ids);
    for (size_t i = 0; i < nfound; i++) {
        if (i == 0 || found[i] != found[i - 1])
            found[kept++] = found[i];
    }
    *lines = found;
    *n = kept;
    return NULL;
}

/* Whether what was added still keeps to the limits of a line and of the jurisdiction. */
static xj_error *
check_limits(xj_tx *tx, const int64_t *lines, size_t n)
{
    int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    size_t *counts = XJ_NEW_ARRAY(pool, size_t, n), ntags;
    xj_rows *rows;
    xj_str *tags;
    bool more;

    XJ_TRY(list(&tags, &ntags, xj_tx_db(tx), tenant, pool));
    if (ntags > XJ_TAGS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are at most %d different tags", XJ_TAGS_MAX);
    memset(counts, 0, n * sizeof *counts);
    XJ_TRY(query_tags(&rows, xj_tx_db(tx), tenant, lines, n, pool));
    for (;;) {
        const int64_t *line;
        int64_t id;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        id = xj_row_int(rows, 0);
        line = bsearch(&id, lines, n, sizeof *lines, xj_plan__compare_ids);
        if (line != NULL && ++counts[line - lines] > XJ_LINE_TAGS_MAX)
            return xj_error_new(XJ_E_TOO_LARGE, "a task has at most %d tags", XJ_LINE_TAGS_MAX);
    }
}

xj_error *
xj_tag_set(size_t *lines, xj_tx *tx, const xj_scope *scope, const xj_tag_change *change)
{
    int64_t *ids, changed = 0, n;
    xj_str json;

    XJ_TRY(check(change));
    XJ_TRY(lines_of(&ids, lines, tx, scope, change));
    json = xj_db_ids(ids, *lines, xj_tx_pool(tx));
    for (size_t i = 0; i < change->nremove; i++) {
        XJ_TRY(xj_db_change(&n, xj_tx_db(tx), SQL_TAG_REMOVE, "iss", xj_tx_tenant(tx),
                            xj_str_trim(change->remove[i]), json));
        changed += n;
    }
    for (size_t i = 0; i < change->nadd; i++) {
        XJ_TRY(xj_db_change(&n, xj_tx_db(tx), SQL_TAG_ADD, "iss", xj_tx_tenant(tx),
                            xj_str_trim(change->add[i]), json));
        changed += n;
    }
    if (changed > 0)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TAG_TOUCH, "is", xj_tx_tenant(tx), json));
    return change->nadd == 0 ? NULL : check_limits(tx, ids, *lines);
}

xj_error *
xj_tag_put(xj_tx *tx, int64_t line, const xj_str *tags, size_t n)
{
    const xj_str json = xj_db_ids(&line, 1, xj_tx_pool(tx));

    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_tag_check(tags[i], "/tags"));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TAG_CLEAR, "ii", xj_tx_tenant(tx), line));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TAG_ADD, "iss", xj_tx_tenant(tx), xj_str_trim(tags[i]),
                          json));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_TAG_TOUCH, "is", xj_tx_tenant(tx), json));
    return check_limits(tx, &line, 1);
}
