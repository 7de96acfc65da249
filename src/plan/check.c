/* What the check page shows: a version whole, and what is still to be confirmed. */
#include "plan/edit_priv.h"

static bool
seen(const xj_scope *scope, const xj_task *task)
{
    if (scope->all_units)
        return true;
    for (size_t i = 0; i < task->nunits; i++) {
        if (xj_scope_has(scope, scope->tenant, task->units[i].id))
            return true;
    }
    return false;
}

/* Only those of version ID that SCOPE sees. */
static size_t
only(xj_task *tasks, size_t n, const xj_scope *scope, int64_t id)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (tasks[i].row.plan == id && seen(scope, &tasks[i]))
            tasks[kept++] = tasks[i];
    }
    return kept;
}

xj_error *
xj_check_tasks(xj_task **tasks, size_t *n, xj_db *db, const xj_scope *scope, int64_t id,
               const int64_t *ids, size_t nids, xj_pool *result)
{
    XJ_TRY(xj_plan__tasks(tasks, n, db, scope->tenant, 0, ids, nids, result));
    *n = only(*tasks, *n, scope, id);
    return NULL;
}

static xj_error *
all_tasks(xj_task **tasks, size_t *n, xj_db *db, const xj_scope *scope, const xj_version *version,
          xj_pool *result)
{
    if (version->tasks > XJ_CHECK_TASKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE,
                            "the version has %lld tasks; at most %d are shown at once",
                            (long long)version->tasks, XJ_CHECK_TASKS_MAX);
    XJ_TRY(xj_plan__tasks(tasks, n, db, scope->tenant, version->id, NULL, 0, result));
    *n = only(*tasks, *n, scope, version->id);
    return NULL;
}

static xj_error *
read_head(xj_range *places, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    const xj_jval *list;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_EDIT_HEAD_GET, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such version of a document");
    XJ_TRY(xj_json_parse(&list, xj_row_str(rows, 5), XJ__COLUMN_MAX, result));
    for (size_t i = 0; i < 5; i++) {
        const xj_jval *place = xj_jval_at(list, i);

        places[i] = (xj_range){(size_t)xj_jval_int(xj_jval_at(place, 0)),
                               (size_t)xj_jval_int(xj_jval_at(place, 1))};
    }
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_targets(xj_check *check, xj_db *db, int64_t tenant, int64_t id, xj_pool *result)
{
    XJ_VEC(xj_task_target) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_EDIT_ACTION_TARGETS, "ii", tenant, id));
    for (;;) {
        xj_task_target target;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_plan__read_target(&target, rows, 0, result);
        xj_vec_push(&found, result, target);
    }
    check->targets = found.items;
    check->ntargets = found.len;
    return NULL;
}

xj_error *
xj_check_get(xj_check **check, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_check *c = XJ_NEW(result, xj_check);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_version_get_whole(&c->version, db, scope, id, result));
    XJ_TRY(read_head(c->head, db, scope->tenant, id, result));
    XJ_TRY(all_tasks(&c->tasks, &c->ntasks, db, scope, &c->version->version, result));
    XJ_TRY(read_targets(c, db, scope->tenant, id, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_STEP_COUNT, "ii", scope->tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    c->steps = xj_row_int(rows, 0);
    xj_rows_close(rows);
    *check = c;
    return NULL;
}

/* ---- what is to be confirmed ---- */

static bool
confirmed(const xj_task *task, int what)
{
    for (size_t i = 0; i < task->nmarks; i++) {
        if (xj_str_eq(task->marks[i].kind, XJ_STR("confirmed")) &&
            xj_str_eq(task->marks[i].field, xj_str_c(xj_confirm_words[what])))
            return true;
    }
    return false;
}

static xj_str
names_of(const xj_task *task, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    for (size_t i = 0; i < task->nunits; i++) {
        if (i > 0)
            xj_buf_add(&out, XJ_STR("、"));
        xj_buf_add(&out, task->units[i].name);
    }
    return xj_buf_str(&out);
}

xj_str
xj_plan__vague(xj_str text)
{
    static const char *const words[] = {"不定期", "定期", "经常性", "适时", NULL};

    for (size_t i = 0; words[i] != NULL; i++) {
        if (xj_str_has(text, xj_str_c(words[i])))
            return xj_str_c(words[i]);
    }
    return XJ_STR_NONE;
}

/* What TASK has in common with others of table WHAT; data NULL where it is none of it. */
static xj_str
like(xj_str *phrase, const xj_task *task, int what, xj_pool *result)
{
    const xj_task_row *row = &task->row;

    *phrase = XJ_STR_NONE;
    if (confirmed(task, what))
        return XJ_STR_NONE;
    switch (what) {
    case XJ_CONFIRM_LEAD:
        if (task->lead_proposed.len == 0)
            return XJ_STR_NONE;
        *phrase = names_of(task, result);
        return *phrase;
    case XJ_CONFIRM_OWNER:
        return task->nunits > 0 ? XJ_STR_NONE : row->action;
    case XJ_CONFIRM_DEADLINE:
        if (!row->deadline_inferred)
            return XJ_STR_NONE;
        *phrase = row->deadline_raw;
        return xj_str_printf(result, XJ_FMT " " XJ_FMT " " XJ_FMT, XJ_ARG(row->deadline_kind),
                             XJ_ARG(row->due), XJ_ARG(row->deadline_raw));
    default:
        *phrase = xj_plan__vague(task->text);
        return task->cadence.len > 0 || xj_str_eq(row->deadline_kind, XJ_STR("recurring"))
                   ? XJ_STR_NONE
                   : *phrase;
    }
}

typedef XJ_VEC(int64_t) id_list;

static void
make_list(xj_check_list *list, const xj_task *tasks, size_t n, int what, xj_pool *result)
{
    XJ_VEC(xj_check_group) groups = {0};
    XJ_VEC(id_list) ids = {0};
    xj_map by_like;

    xj_map_init(&by_like, result);
    for (size_t i = 0; i < n; i++) {
        xj_str phrase;
        const xj_str key = like(&phrase, &tasks[i], what, result);
        uintptr_t at;

        if (key.data == NULL)
            continue;
        at = (uintptr_t)xj_map_find(&by_like, key);
        if (at == 0) {
            at = groups.len + 1;
            xj_map_set(&by_like, key, (void *)at);
            xj_vec_push(&groups, result,
                        (xj_check_group){.like = key, .first = &tasks[i], .phrase = phrase});
            xj_vec_push(&ids, result, (id_list){0});
        }
        xj_vec_push(&ids.items[at - 1], result, tasks[i].row.id);
    }
    for (size_t i = 0; i < groups.len; i++) {
        groups.items[i].tasks = ids.items[i].items;
        groups.items[i].ntasks = ids.items[i].len;
    }
    list->items = groups.items;
    list->n = groups.len;
}

/* The names of the tasks' units, each with the number of tasks. */
static void
count_units(xj_map *names, const xj_task *tasks, size_t n, xj_pool *result)
{
    xj_map_init(names, result);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < tasks[i].nunits; j++) {
            void **slot = xj_map_slot(names, tasks[i].units[j].name);

            if (*slot == NULL)
                *slot = XJ_NEW(result, int64_t);
            ++*(int64_t *)*slot;
        }
    }
}

#define ALIASES_MAX 2000

static xj_error *
read_aliases(xj_check_tables *t, const xj_map *names, xj_db *db, const xj_scope *scope,
             xj_pool *result)
{
    XJ_VEC(xj_check_alias) found = {0};
    xj_alias *aliases;
    size_t n;

    XJ_TRY(xj_alias_list(&aliases, &n, db, scope, XJ_ALIAS_PROPOSED, ALIASES_MAX, result));
    for (size_t i = 0; i < n; i++) {
        if (xj_map_find(names, aliases[i].alias) != NULL ||
            xj_map_find(names, aliases[i].unit) != NULL)
            xj_vec_push(&found, result,
                        (xj_check_alias){aliases[i].alias, aliases[i].unit, aliases[i].alias_id,
                                         aliases[i].unit_id, aliases[i].score});
    }
    t->aliases = found.items;
    t->naliases = found.len;
    return NULL;
}

static xj_error *
read_groups(xj_check_tables *t, const xj_map *names, xj_db *db, const xj_scope *scope,
            xj_pool *result)
{
    XJ_VEC(xj_check_phrase) found = {0};

    for (size_t i = 0; i < names->len; i++) {
        const xj_str name = names->entries[i].key;
        xj_check_phrase group = {.name = name, .tasks = *(int64_t *)names->entries[i].value};
        xj_unit_kind kind;
        xj_level level;
        xj_unit *members;
        xj_str area;

        xj_unit_classify(&kind, &level, &area, name);
        if (kind != XJ_UNIT_GROUP)
            continue;
        XJ_TRY(xj_unit_find(&group.id, db, scope, name));
        if (group.id == 0)
            continue;
        XJ_TRY(xj_group_members(&members, &group.nmembers, db, scope, group.id, result));
        group.members = XJ_NEW_ARRAY(result, xj_str, group.nmembers);
        for (size_t j = 0; j < group.nmembers; j++)
            group.members[j] = members[j].name;
        xj_vec_push(&found, result, group);
    }
    t->groups = found.items;
    t->ngroups = found.len;
    return NULL;
}

xj_error *
xj_check_tables_get(xj_check_tables **tables, xj_db *db, const xj_scope *scope, int64_t id,
                    xj_pool *result)
{
    xj_check_tables *t = XJ_NEW(result, xj_check_tables);
    xj_version version;
    xj_task *tasks;
    xj_map names;
    size_t n;

    XJ_TRY(xj_version_get(&version, db, scope, id, result));
    XJ_TRY(all_tasks(&tasks, &n, db, scope, &version, result));
    for (int what = 0; what < XJ_CONFIRMS; what++)
        make_list(&t->lists[what], tasks, n, what, result);
    count_units(&names, tasks, n, result);
    XJ_TRY(read_aliases(t, &names, db, scope, result));
    XJ_TRY(read_groups(t, &names, db, scope, result));
    *tables = t;
    return NULL;
}
