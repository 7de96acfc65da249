/* Rows of a draft: split, join, move, add, remove. */
#include "plan/edit_priv.h"

static xj_error *
refused(const char *field, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", field);
}

/* A row that is new at ID, with the cells of LIKE. */
static xj_item *
add_like(xj_step_work *step, int64_t id, const xj_item *like)
{
    xj_item *item = xj_step_add(step, XJ_ITEM_TASK, id);

    item->is = true;
    memcpy(item->now, like->now, sizeof item->now);
    xj_step_place_add(step, id, item->now[T_ACTION_NO].n);
    return item;
}

/* Warnings of task FROM are of TO (0: of none) now. */
static xj_error *
move_warnings(xj_step_work *step, int64_t from, int64_t to)
{
    XJ_TRY(xj_step_load(step, XJ_ITEM_WARNING));
    for (size_t i = 0; i < step->items.len; i++) {
        xj_item *item = step->items.items[i];

        if (item->kind == XJ_ITEM_WARNING && item->now[W_TASK].n == from)
            item->now[W_TASK].n = to;
    }
    return NULL;
}

xj_error *
xj_step_rename(xj_item **to, xj_step_work *step, xj_item *from, int64_t id)
{
    xj_item *item;

    xj_step_place_remove(step, from->id);
    item = add_like(step, id, from);
    item->live = false; /* clearing the old id takes its marks */
    item->from = from->was ? from->id : from->from;
    from->is = false;
    from->moved = from->was;
    *to = item;
    return move_warnings(step, from->id, id);
}

/* ---- split ---- */

/* The first sentence of TEXT, as a title. */
static xj_str
first_sentence(xj_str text)
{
    size_t at = 0, chars = 0;

    while (at < text.len && chars < XJ_TASK_TITLE_MAX) {
        const uint32_t c = xj_utf8_next(text, &at);

        chars++;
        if (c == 0x3002 || c == 0xFF1B || c == 0xFF01) /* 。；！ */
            break;
        if (c == '\n') {
            at--;
            break;
        }
    }
    return xj_str_trim(xj_str_sub(text, 0, at));
}

static xj_error *
cut_text(xj_part_text *parts, xj_str text, const xj_edit *edit)
{
    size_t at = 0, from = 0, next = 0;
    int64_t chars = 0;

    while (at < text.len && next < edit->ncuts) {
        if (chars == edit->cuts[next]) {
            parts[next++].text = xj_str_trim(xj_str_sub(text, from, at));
            from = at;
        }
        (void)xj_utf8_next(text, &at);
        chars++;
    }
    if (next < edit->ncuts)
        return refused("/at", "a cut lies behind the end of the text");
    parts[next].text = xj_str_trim(xj_str_skip(text, from));
    for (size_t i = 0; i <= next; i++) {
        if (parts[i].text.len == 0)
            return refused("/at", "a cut leaves a part without text");
    }
    return NULL;
}

/* A cell of a table that held the whole text holds the part's; any other is of every part. */
static void
part_cells(xj_item *item, const xj_item *whole, const xj_part_text *part)
{
    static const int columns[] = {T_SPECIFIC_TASK, T_MEASURE, T_WORK_PLAN};

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (whole->now[columns[i]].s.data != NULL &&
            xj_str_eq(whole->now[columns[i]].s, whole->now[T_TEXT].s))
            item->now[columns[i]].s = part->text;
    }
    item->now[T_TITLE].s = part->title.data != NULL ? part->title : first_sentence(part->text);
    item->now[T_TEXT].s = part->text;
}

/* The part that has the words RAW, 0 where none has. */
static size_t
part_with(const xj_part_text *parts, size_t n, xj_str raw)
{
    for (size_t i = 0; i < n; i++) {
        if (raw.len > 0 && xj_str_has(parts[i].text, raw))
            return i;
    }
    return 0;
}

/* Targets and deliverables go with their words. */
static xj_error *
deal_out(xj_step_work *step, xj_item **items, const xj_part_text *parts, size_t n,
         const xj_item *whole)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_target *all, *some;
    const xj_jval *things;
    size_t nall;

    XJ_TRY(xj_cell_targets(&all, &nall, &whole->now[T_TARGETS], 0, pool));
    XJ_TRY(xj_cell_list(&things, &whole->now[T_DELIVERABLES], pool));
    some = XJ_NEW_ARRAY(pool, xj_task_target, nall);
    for (size_t i = 0; i < n; i++) {
        size_t nsome = 0;
        xj_buf out;
        xj_json w;

        for (size_t j = 0; j < nall; j++) {
            if (part_with(parts, n, all[j].raw) == i)
                some[nsome++] = all[j];
        }
        items[i]->now[T_TARGETS] = xj_cell_of_targets(some, nsome, pool);
        xj_buf_init(&out, pool, XJ__COLUMN_MAX);
        xj_json_init(&w, &out);
        xj_json_array(&w);
        for (size_t j = 0; j < xj_jval_len(things); j++) {
            const xj_jval *d = xj_jval_at(things, j);

            if (part_with(parts, n, xj_jval_str(xj_jval_find(d, "name"))) == i)
                xj_json_value(&w, d);
        }
        xj_json_end_array(&w);
        items[i]->now[T_DELIVERABLES].s = xj_buf_str(&out);
    }
    return NULL;
}

xj_error *
xj_step_split(xj_step_work *step, const xj_edit *edit)
{
    const size_t n = edit->nparts > 0 ? edit->nparts : edit->ncuts + 1;
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_part_text *parts = XJ_NEW_ARRAY(pool, xj_part_text, n);
    xj_item *task, *whole = XJ_NEW(pool, xj_item), **items = XJ_NEW_ARRAY(pool, xj_item *, n);
    int64_t *ids = XJ_NEW_ARRAY(pool, int64_t, n);

    XJ_TRY(xj_step_task(&task, step, edit->tasks[0]));
    *whole = *task;
    if (edit->nparts > 0)
        memcpy(parts, edit->parts, n * sizeof *parts);
    else
        XJ_TRY(cut_text(parts, whole->now[T_TEXT].s, edit));
    XJ_TRY(xj_step_room(ids, step, task->id, n - 1));
    /* The row itself may have a new id, where there was no room behind it: never, for it is before.
     */
    items[0] = task;
    for (size_t i = 1; i < n; i++) {
        items[i] = add_like(step, ids[i - 1], whole);
        items[i]->now[T_NO].s =
            xj_str_printf(pool, XJ_FMT "-%zu", XJ_ARG(whole->now[T_NO].s), i + 1);
        if (xj_utf8_count(items[i]->now[T_NO].s) > XJ_TASK_NO_MAX)
            items[i]->now[T_NO].s = whole->now[T_NO].s;
    }
    for (size_t i = 0; i < n; i++)
        part_cells(items[i], whole, &parts[i]);
    return deal_out(step, items, parts, n, whole);
}

/* ---- join ---- */

static int
rank(xj_str word, const char *const *words)
{
    int i = 0;

    while (words[i] != NULL && !xj_str_eq(word, xj_str_c(words[i])))
        i++;
    return i;
}

static xj_error *
join_units(xj_step_work *step, xj_item *first, const xj_item *other)
{
    static const char *const roles[] = {"lead", "responsible", "cooperate", NULL};
    xj_pool *pool = xj_tx_pool(step->tx);
    xj_task_unit_row *units, *more;
    size_t n, nmore;

    XJ_TRY(xj_cell_units(&more, &nmore, &other->now[T_UNITS], 0, pool));
    XJ_TRY(xj_cell_units(&units, &n, &first->now[T_UNITS], nmore, pool));
    for (size_t i = 0; i < nmore; i++) {
        size_t at = 0;

        while (at < n && !xj_str_eq(units[at].name, more[i].name))
            at++;
        if (at == n)
            units[n++] = more[i];
        else if (rank(more[i].role, roles) < rank(units[at].role, roles))
            units[at].role = more[i].role;
    }
    if (n > XJ_TASK_UNITS_MAX)
        return xj_error_new(XJ_E_CONFLICT, "the joined task would have more than %d units",
                            XJ_TASK_UNITS_MAX);
    first->now[T_UNITS] = xj_cell_of_units(units, n, pool);
    return NULL;
}

/* Two lists, one behind the other. */
static xj_str
join_lists(xj_str a, xj_str b, xj_pool *result)
{
    if (xj_str_eq(b, XJ_STR("[]")))
        return a;
    if (xj_str_eq(a, XJ_STR("[]")))
        return b;
    return xj_str_printf(result, XJ_FMT "," XJ_FMT, XJ_ARG(xj_str_sub(a, 0, a.len - 1)),
                         XJ_ARG(xj_str_skip(b, 1)));
}

/* Two texts, with a stop between them where the first has none. */
static xj_str
join_texts(xj_str a, xj_str b, xj_pool *result)
{
    static const char *const stops[] = {"。", "；", "！", "？", "：", "，", "、", "\n"};

    if (a.len == 0 || b.len == 0)
        return a.len == 0 ? b : a;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        if (xj_str_ends(a, xj_str_c(stops[i])))
            return xj_str_printf(result, XJ_FMT XJ_FMT, XJ_ARG(a), XJ_ARG(b));
    }
    return xj_str_printf(result, XJ_FMT "；" XJ_FMT, XJ_ARG(a), XJ_ARG(b));
}

/* What the table's cells hold: the same once. */
static void
join_cell(xj_cell *a, const xj_cell *b, xj_pool *result)
{
    if (b->s.data == NULL || (a->s.data != NULL && xj_str_eq(a->s, b->s)))
        return;
    a->s = a->s.data == NULL ? b->s : join_texts(a->s, b->s, result);
}

static xj_error *
join_one(xj_step_work *step, xj_item *first, const xj_item *other)
{
    static const char *const strengths[] = {"must", "expected", "encouraged", NULL};
    static const int time[] = {
        T_DEADLINE_KIND,     T_DUE,           T_DEADLINE_DATES, T_DEADLINE_RAW,
        T_DEADLINE_INFERRED, T_DEADLINE_FROM, T_DEADLINE_TO};
    xj_pool *pool = xj_tx_pool(step->tx);
    const xj_cell *b = other->now;
    xj_cell *a = first->now;

    a[T_TEXT].s = join_texts(a[T_TEXT].s, b[T_TEXT].s, pool);
    if (xj_utf8_count(a[T_TEXT].s) > XJ_TASK_TEXT_MAX)
        return xj_error_new(XJ_E_CONFLICT, "the joined text would have more than %d characters",
                            XJ_TASK_TEXT_MAX);
    join_cell(&a[T_SPECIFIC_TASK], &b[T_SPECIFIC_TASK], pool);
    join_cell(&a[T_MEASURE], &b[T_MEASURE], pool);
    join_cell(&a[T_WORK_PLAN], &b[T_WORK_PLAN], pool);
    XJ_TRY(join_units(step, first, other));
    a[T_OPEN_ENDED].n = a[T_OPEN_ENDED].n || b[T_OPEN_ENDED].n;
    if (xj_str_eq(a[T_DEADLINE_KIND].s, XJ_STR("none"))) {
        for (size_t i = 0; i < sizeof time / sizeof *time; i++)
            a[time[i]] = b[time[i]];
    }
    if (rank(b[T_STRENGTH].s, strengths) < rank(a[T_STRENGTH].s, strengths))
        a[T_STRENGTH].s = b[T_STRENGTH].s;
    if (a[T_CADENCE].s.data == NULL)
        a[T_CADENCE].s = b[T_CADENCE].s;
    if (!xj_str_eq(a[T_RETURNS_DUE].s, b[T_RETURNS_DUE].s))
        a[T_RETURNS_DUE].s = join_lists(a[T_RETURNS_DUE].s, b[T_RETURNS_DUE].s, pool);
    a[T_DELIVERABLES].s = join_lists(a[T_DELIVERABLES].s, b[T_DELIVERABLES].s, pool);
    a[T_TARGETS].s = join_lists(a[T_TARGETS].s, b[T_TARGETS].s, pool);
    if (b[T_SOURCE_TO].n > a[T_SOURCE_TO].n)
        a[T_SOURCE_TO].n = b[T_SOURCE_TO].n;
    if (b[T_SOURCE_FROM].n < a[T_SOURCE_FROM].n)
        a[T_SOURCE_FROM].n = b[T_SOURCE_FROM].n;
    return NULL;
}

xj_error *
xj_step_join(xj_step_work *step, const xj_edit *edit)
{
    size_t first = XJ_NPOS;
    xj_item *keep;

    XJ_TRY(xj_step_tasks(step, edit->tasks, edit->ntasks));
    XJ_TRY(xj_step_places(step));
    for (size_t i = 0; i < edit->ntasks; i++) {
        const size_t at = xj_step_place(step, edit->tasks[i]);

        first = at < first ? at : first;
    }
    for (size_t i = 0; i < edit->ntasks; i++) {
        if (xj_step_place(step, edit->tasks[i]) >= first + edit->ntasks)
            return refused("/tasks", "only rows that stand behind one another can be joined");
    }
    keep = xj_step_find(step, XJ_ITEM_TASK, step->places.items[first].id);
    for (size_t i = 1; i < edit->ntasks; i++) {
        xj_item *other = xj_step_find(step, XJ_ITEM_TASK, step->places.items[first + 1].id);

        XJ_TRY(join_one(step, keep, other));
        XJ_TRY(move_warnings(step, other->id, keep->id));
        other->is = false;
        xj_step_place_remove(step, other->id);
    }
    return NULL;
}

/* ---- move, add, remove ---- */

/* The id of the row behind which EDIT puts one; 0: before the first. */
static xj_error *
place_of(int64_t *after, xj_step_work *step, const xj_edit *edit)
{
    const int64_t named = edit->after != 0 ? edit->after : edit->before;
    size_t at;

    XJ_TRY(xj_step_places(step));
    if (named == 0) {
        *after = step->places.len == 0 ? 0 : step->places.items[step->places.len - 1].id;
        return NULL;
    }
    at = xj_step_place(step, named);
    if (at == XJ_NPOS)
        return xj_error_at(
            xj_error_new(XJ_E_NOT_FOUND, "the version has no task %lld", (long long)named),
            edit->after != 0 ? "/after" : "/before");
    *after = edit->after != 0 ? named : at == 0 ? 0 : step->places.items[at - 1].id;
    return NULL;
}

/* The row that was loaded as ID: making room may have given it another id. */
static xj_item *
row_of(const xj_step_work *step, int64_t id)
{
    xj_item *item = xj_step_find(step, XJ_ITEM_TASK, id);

    for (size_t i = 0; !item->is && i < step->items.len; i++) {
        if (step->items.items[i]->kind == XJ_ITEM_TASK && step->items.items[i]->is &&
            step->items.items[i]->from == id)
            item = step->items.items[i];
    }
    return item;
}

xj_error *
xj_step_move(xj_step_work *step, const xj_edit *edit)
{
    xj_pool *pool = xj_tx_pool(step->tx);
    int64_t *tasks = XJ_NEW_ARRAY(pool, int64_t, edit->ntasks);
    int64_t *ids = XJ_NEW_ARRAY(pool, int64_t, edit->ntasks);
    int64_t after;
    xj_str action;

    XJ_TRY(xj_step_tasks(step, edit->tasks, edit->ntasks));
    XJ_TRY(place_of(&after, step, edit));
    memcpy(tasks, edit->tasks, edit->ntasks * sizeof *tasks);
    qsort(tasks, edit->ntasks, sizeof *tasks, xj_plan__compare_ids);
    for (size_t i = 0; i < edit->ntasks; i++) {
        if (tasks[i] == edit->after || tasks[i] == edit->before)
            return refused("/after", "a row cannot be moved behind itself");
    }
    if (edit->has_action_no)
        XJ_TRY(xj_step_action(&action, step, edit->action_no));
    XJ_TRY(xj_step_room(ids, step, after, edit->ntasks));
    for (size_t i = 0; i < edit->ntasks; i++) {
        xj_item *to;

        XJ_TRY(xj_step_rename(&to, step, row_of(step, tasks[i]), ids[i]));
        if (edit->has_action_no) {
            to->now[T_ACTION_NO].n = edit->action_no;
            to->now[T_ACTION].s = action;
        }
    }
    return NULL;
}

/* A row with nothing in it. */
static void
empty_cells(xj_item *task)
{
    xj_cell *c = task->now;

    for (int i = 0; i < T_CELLS; i++)
        c[i] = (xj_cell){0};
    c[T_UNITS].s = c[T_DEADLINE_DATES].s = c[T_RETURNS_DUE].s = c[T_DELIVERABLES].s =
        c[T_TARGETS].s = c[T_MARKS].s = XJ_STR("[]");
    c[T_NO].s = c[T_TITLE].s = c[T_TEXT].s = c[T_ACTION].s = XJ_STR("");
    c[T_DEADLINE_KIND].s = XJ_STR("none");
    c[T_DUE].s = XJ_STR(XJ_NO_DUE);
    c[T_STRENGTH].s = XJ_STR("must");
    c[T_LEAD_EXPLICIT].n = 1;
}

xj_error *
xj_step_add_row(xj_step_work *step, const xj_edit *edit)
{
    xj_item *task;
    int64_t after, id;

    XJ_TRY(place_of(&after, step, edit));
    XJ_TRY(xj_step_room(&id, step, after, 1));
    task = xj_step_add(step, XJ_ITEM_TASK, id);
    task->is = true;
    empty_cells(task);
    XJ_TRY(xj_item_change(step, task, &edit->change));
    if (task->now[T_TEXT].s.len == 0)
        task->now[T_TEXT].s = task->now[T_TITLE].s;
    if (task->now[T_TITLE].s.len == 0)
        task->now[T_TITLE].s = first_sentence(task->now[T_TEXT].s);
    xj_step_place_add(step, id, task->now[T_ACTION_NO].n);
    return NULL;
}

xj_error *
xj_step_remove_row(xj_step_work *step, xj_item *task)
{
    (void)step;
    task->is = false;
    xj_step_place_remove(step, task->id);
    return NULL;
}
