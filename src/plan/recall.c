/*
 * What was learned, applied to a register behind the compiler and before it is kept.  Each use
 * stands as a mark at its row; the register as compiled stays as it is in the blob.
 */
#include "plan/import_priv.h"
#include "plan/memory_priv.h"

#include "base/map.h"

struct recall {
    xj_import *import;
    xj_memory *lessons;
    size_t n;
    xj_map by_phrase[XJ_MEMORY_KINDS];
    XJ_VEC(xj_memory *) inside[XJ_MEMORY_KINDS]; /* of those that are looked for inside a text */
    int year;
    xj_pool *pool;
};

static bool
looked_for_inside(xj_memory_kind kind)
{
    return kind == XJ_MEMORY_CADENCE || kind == XJ_MEMORY_STRENGTH;
}

static void
sort_lessons(struct recall *r)
{
    for (int kind = 0; kind < XJ_MEMORY_KINDS; kind++)
        xj_map_init(&r->by_phrase[kind], r->pool);
    for (size_t i = 0; i < r->n; i++) {
        xj_memory *m = &r->lessons[i];

        if (looked_for_inside(m->lesson.kind))
            xj_vec_push(&r->inside[m->lesson.kind], r->pool, m);
        else
            xj_map_set(&r->by_phrase[m->lesson.kind], m->lesson.phrase, m);
    }
}

static void
use(struct recall *r, size_t task, const char *field, xj_memory *m)
{
    struct xj_recalled *of = &r->import->recalled[task];

    m->uses++;
    for (size_t i = 0; i < of->len; i++) {
        if (strcmp(of->items[i].field, field) == 0)
            return; /* one mark a field: that of the first */
    }
    xj_vec_push(of, r->pool, (struct xj_recall){field, m->id, m->lesson.phrase});
}

/* ---- units ---- */

static bool
has_unit(const xj_plan_task *t, size_t n, xj_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (xj_str_eq(t->units[i].name, name))
            return true;
    }
    return false;
}

static void
recall_names(struct recall *r, size_t task, xj_plan_task *t)
{
    xj_task_unit *units = XJ_NEW_ARRAY(r->pool, xj_task_unit, t->nunits);
    const xj_task_unit *old = t->units;
    const size_t nold = t->nunits;

    t->units = units;
    t->nunits = 0;
    for (size_t i = 0; i < nold; i++) {
        xj_memory *other = xj_map_find(&r->by_phrase[XJ_MEMORY_UNIT], old[i].name);
        xj_memory *none = xj_map_find(&r->by_phrase[XJ_MEMORY_NOT_UNIT], old[i].name);
        xj_task_unit unit = old[i];

        if (other != NULL) {
            unit.name = other->lesson.meaning.word;
            use(r, task, "units", other);
        } else if (none != NULL) {
            use(r, task, "units", none);
            continue;
        }
        if (!has_unit(t, t->nunits, unit.name))
            units[t->nunits++] = unit;
    }
}

static void
recall_lead(struct recall *r, size_t task, xj_plan_task *t)
{
    xj_memory *m;
    xj_buf names;

    if (t->nunits < 2)
        return;
    xj_buf_init(&names, r->pool, XJ__COLUMN_MAX);
    for (size_t i = 0; i < t->nunits; i++) {
        if (t->units[i].role == XJ_ROLE_LEAD)
            return;
        if (i > 0)
            xj_buf_add(&names, XJ_STR("、"));
        xj_buf_add(&names, t->units[i].name);
    }
    m = xj_map_find(&r->by_phrase[XJ_MEMORY_LEAD], xj_buf_str(&names));
    for (size_t i = 0; m != NULL && i < t->nunits; i++) {
        if (!xj_str_eq(t->units[i].name, m->lesson.meaning.word))
            continue;
        t->units[i].role = XJ_ROLE_LEAD;
        t->lead_proposed = XJ_STR_NONE;
        use(r, task, "lead", m);
    }
}

/* ---- time and strength ---- */

/* The lesson about the words of the task's deadline, or about those that the compiler could not
 * place. */
static xj_memory *
deadline_lesson(const struct recall *r, const xj_plan_task *t)
{
    const xj_map *known = &r->by_phrase[XJ_MEMORY_DEADLINE];

    if (t->deadline.raw.len > 0)
        return xj_map_find(known, xj_str_trim(t->deadline.raw));
    for (size_t i = 0; i < t->nwarnings; i++) {
        xj_memory *m = xj_map_find(known, xj_plan__warning_words(r->import->reg, &t->warnings[i]));

        if (m != NULL)
            return m;
    }
    return NULL;
}

static bool
same_deadline(const xj_deadline *a, const xj_deadline *b)
{
    if (a->kind != b->kind || xj_date_cmp(a->date, b->date) != 0 || a->ndates != b->ndates)
        return false;
    for (size_t i = 0; i < a->ndates; i++) {
        if (a->dates[i].month != b->dates[i].month || a->dates[i].day != b->dates[i].day)
            return false;
    }
    return true;
}

static xj_month_day
month_day(xj_str s)
{
    int64_t month = 1, day = 1;

    /* A lesson's days were checked when it was kept. */
    XJ_ASSERT(xj_str_int(&month, xj_str_sub(s, 0, 2)) && xj_str_int(&day, xj_str_sub(s, 3, 5)));
    return (xj_month_day){(int)month, (int)day};
}

static void
recall_deadline(struct recall *r, size_t task, xj_plan_task *t)
{
    xj_memory *m = deadline_lesson(r, t);
    xj_deadline made = t->deadline;
    const xj_meaning *meaning;
    int kind = 0;

    if (m == NULL)
        return;
    meaning = &m->lesson.meaning;
    while (kind < XJ_DEADLINE_RECURRING &&
           !xj_str_eq(meaning->deadline_kind, xj_str_c(xj_deadline_kind_word(kind))))
        kind++;
    made.kind = (xj_deadline_kind)kind;
    made.date = (xj_date){0};
    if (meaning->month_day.data != NULL) {
        const xj_month_day day = month_day(meaning->month_day);

        if (r->year == 0)
            return; /* the plan prints no year to count from */
        made.date = (xj_date){r->year + (int)meaning->year_offset, day.month, day.day};
        if (!xj_date_valid(made.date)) /* 02-29 */
            made.date = xj_month_end(made.date.year, day.month);
    }
    made.ndates = meaning->ndates;
    made.dates = XJ_NEW_ARRAY(r->pool, xj_month_day, made.ndates);
    for (size_t i = 0; i < made.ndates; i++)
        made.dates[i] = month_day(meaning->dates[i]);
    made.inferred = false;
    if (same_deadline(&made, &t->deadline))
        return;
    t->deadline = made;
    use(r, task, "deadline", m);
}

static void
recall_words(struct recall *r, size_t task, xj_plan_task *t)
{
    for (size_t i = 0; t->cadence == NULL && i < r->inside[XJ_MEMORY_CADENCE].len; i++) {
        xj_memory *m = r->inside[XJ_MEMORY_CADENCE].items[i];

        if (!xj_str_has(t->text, m->lesson.phrase))
            continue;
        t->cadence = xj_str_cdup(m->lesson.meaning.word, r->pool);
        use(r, task, "cadence", m);
    }
    for (size_t i = 0; i < r->inside[XJ_MEMORY_STRENGTH].len; i++) {
        xj_memory *m = r->inside[XJ_MEMORY_STRENGTH].items[i];
        int strength = 0;

        while (strength < XJ_STRENGTH_ENCOURAGED &&
               !xj_str_eq(m->lesson.meaning.word, xj_str_c(xj_strength_word(strength))))
            strength++;
        if ((int)t->strength == strength || !xj_str_has(t->text, m->lesson.phrase))
            continue;
        t->strength = (xj_strength)strength;
        use(r, task, "strength", m);
        return;
    }
}

/* ---- warnings ---- */

static bool
filled(const struct recall *r, size_t task, const char *field)
{
    const struct xj_recalled *of = &r->import->recalled[task];

    for (size_t i = 0; i < of->len; i++) {
        if (strcmp(of->items[i].field, field) == 0)
            return true;
    }
    return false;
}

/* Whether a memory took the cause from a warning at task I (XJ_NPOS: at none). */
static bool
settled(const struct recall *r, size_t i, const char *code)
{
    const xj_plan_task *t = i == XJ_NPOS ? NULL : &r->import->reg->tasks[i];

    if (t == NULL)
        return false;
    if (strcmp(code, "no_unit") == 0)
        return t->nunits > 0 && filled(r, i, "units");
    if (strcmp(code, "no_deadline") == 0)
        return t->deadline.kind != XJ_DEADLINE_NONE;
    if (strcmp(code, "unplaced_deadline") == 0 || strcmp(code, "no_date") == 0)
        return filled(r, i, "deadline");
    if (strcmp(code, "unplaced_words") == 0)
        return filled(r, i, "units");
    return false;
}

static void
end_warning(struct recall *r, size_t task, size_t seq, const xj_warning *w)
{
    struct xj_ended *ended = &r->import->ended[seq];
    const xj_str words = xj_plan__warning_words(r->import->reg, w);
    const xj_str key =
        xj_str_printf(r->pool, "%s " XJ_FMT, w->code == NULL ? "" : w->code, XJ_ARG(words));
    xj_memory *m = xj_map_find(&r->by_phrase[XJ_MEMORY_WARNING], key);

    if (m != NULL) {
        *ended = (struct xj_ended){"dismissed", m->lesson.meaning.word};
        m->uses++;
    } else if (w->code != NULL && settled(r, task, w->code)) {
        *ended = (struct xj_ended){"resolved", XJ_STR("memory")};
    } else {
        return;
    }
    r->import->nwarnings--;
    if (task != XJ_NPOS)
        r->import->task_warnings[task]--;
}

static void
end_warnings(struct recall *r)
{
    const xj_register *reg = r->import->reg;

    for (size_t i = 0; i < reg->nwarnings; i++)
        end_warning(r, r->import->warning_task[i], i, &reg->warnings[i]);
    for (size_t i = 0; i < reg->ntasks; i++) {
        for (size_t j = 0; j < reg->tasks[i].nwarnings; j++)
            end_warning(r, i, r->import->first_warning[i] + j, &reg->tasks[i].warnings[j]);
    }
}

/* ---- all ---- */

static xj_error *
read_lessons(struct recall *r, xj_store *store, int64_t tenant)
{
    const xj_scope scope = xj_scope_all(tenant);
    xj_pool *pool = xj_pool_child(r->pool);
    xj_reader *reader;
    xj_error *err = xj_reader_begin(&reader, store, pool);

    if (err == NULL)
        err = xj_memory_list(&r->lessons, &r->n, xj_reader_db(reader), &scope, -1, 0, XJ_MEMORY_MAX,
                             r->pool);
    xj_pool_destroy(pool); /* and with it the reader */
    return err;
}

xj_error *
xj_plan__recall(xj_import *import, xj_store *store, int64_t tenant, xj_pool *result)
{
    struct recall r = {.import = import, .pool = result};
    xj_register *reg;

    XJ_TRY(read_lessons(&r, store, tenant));
    if (r.n == 0)
        return NULL;
    for (size_t i = 0; i < r.n; i++)
        r.lessons[i].uses = 0; /* of this import */
    sort_lessons(&r);
    reg = XJ_NEW(result, xj_register);
    *reg = *import->reg;
    reg->tasks = XJ_NEW_ARRAY(result, xj_plan_task, reg->ntasks);
    if (reg->ntasks > 0)
        memcpy(reg->tasks, import->reg->tasks, reg->ntasks * sizeof *reg->tasks);
    import->reg = reg;
    import->recalled = XJ_NEW_ARRAY(result, struct xj_recalled, reg->ntasks);
    import->ended = XJ_NEW_ARRAY(result, struct xj_ended, import->nwarnings);
    r.year = reg->document.issued_on.year;
    for (size_t i = 0; i < reg->ntasks; i++) {
        recall_names(&r, i, &reg->tasks[i]);
        recall_lead(&r, i, &reg->tasks[i]);
        recall_deadline(&r, i, &reg->tasks[i]);
        recall_words(&r, i, &reg->tasks[i]);
    }
    end_warnings(&r);
    import->nunits = xj_plan__count_names(reg, result);
    import->lessons = r.lessons;
    import->nlessons = r.n;
    return NULL;
}

xj_error *
xj_plan__recall_used(xj_tx *tx, const xj_import *import)
{
    for (size_t i = 0; i < import->nlessons; i++) {
        const xj_memory *m = &import->lessons[i];

        if (m->uses > 0)
            XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_MEMORY_USED, "iiii", m->uses, xj_tx_now(tx),
                              xj_tx_tenant(tx), m->id));
    }
    return NULL;
}
