/* Items as cells: their names, their two sides as JSON and back, lists inside a cell. */
#include "plan/edit_priv.h"

struct field {
    const char *key;
    xj_cell_type type;
};

#define INT(key)                                                                                   \
    {                                                                                              \
        key, XJ_CELL_INT                                                                           \
    }
#define TEXT(key)                                                                                  \
    {                                                                                              \
        key, XJ_CELL_TEXT                                                                          \
    }
#define JSON(key)                                                                                  \
    {                                                                                              \
        key, XJ_CELL_JSON                                                                          \
    }
static const struct field task_fields[T_CELLS] = {
    [T_ACTION_NO] = INT("action_no"),
    [T_ACTION] = TEXT("action"),
    [T_NO] = TEXT("no"),
    [T_TITLE] = TEXT("title"),
    [T_TEXT] = TEXT("text"),
    [T_SPECIFIC_TASK] = TEXT("specific_task"),
    [T_MEASURE] = TEXT("measure"),
    [T_WORK_PLAN] = TEXT("work_plan"),
    [T_UNITS] = JSON("units"),
    [T_OPEN_ENDED] = INT("open_ended"),
    [T_LEAD_EXPLICIT] = INT("lead_explicit"),
    [T_LEAD_PROPOSED] = TEXT("lead_proposed"),
    [T_DEADLINE_KIND] = TEXT("deadline_kind"),
    [T_DUE] = TEXT("due"),
    [T_DEADLINE_DATES] = JSON("deadline_dates"),
    [T_DEADLINE_RAW] = TEXT("deadline_raw"),
    [T_DEADLINE_INFERRED] = INT("deadline_inferred"),
    [T_DEADLINE_FROM] = INT("deadline_from"),
    [T_DEADLINE_TO] = INT("deadline_to"),
    [T_STRENGTH] = TEXT("strength"),
    [T_CADENCE] = TEXT("cadence"),
    [T_RETURNS_DUE] = JSON("returns_due"),
    [T_DELIVERABLES] = JSON("deliverables"),
    [T_SOURCE_FROM] = INT("source_from"),
    [T_SOURCE_TO] = INT("source_to"),
    [T_TARGETS] = JSON("targets"),
    [T_MARKS] = JSON("marks"),
};
static const struct field head_fields[H_CELLS] = {TEXT("title"), TEXT("doc_no"), TEXT("issuer"),
                                                  TEXT("issued_on"), TEXT("jurisdiction")};
static const struct field action_fields[A_CELLS] = {INT("no"),          TEXT("name"),
                                                    JSON("lead_units"), JSON("implementers"),
                                                    INT("source_from"), INT("source_to")};
static const struct field obligation_fields[O_CELLS] = {
    TEXT("kind"),      JSON("who"), TEXT("what"),       TEXT("frequency"), JSON("due"),
    TEXT("report_to"), TEXT("raw"), INT("source_from"), INT("source_to")};
static const struct field target_fields[G_CELLS] = {INT("action_no"), JSON("target")};
static const struct field warning_fields[W_CELLS] = {INT("task"),   TEXT("state"), TEXT("why"),
                                                     INT("person"), TEXT("by"),    INT("at")};
#undef INT
#undef TEXT
#undef JSON

static const struct {
    const char *word;
    const struct field *fields;
    size_t n;
} kinds[XJ_ITEM_KINDS] = {
    [XJ_ITEM_TASK] = {"task", task_fields, T_CELLS},
    [XJ_ITEM_HEAD] = {"head", head_fields, H_CELLS},
    [XJ_ITEM_ACTION] = {"action", action_fields, A_CELLS},
    [XJ_ITEM_OBLIGATION] = {"obligation", obligation_fields, O_CELLS},
    [XJ_ITEM_TARGET] = {"target", target_fields, G_CELLS},
    [XJ_ITEM_WARNING] = {"warning", warning_fields, W_CELLS},
};

const char *
xj_item_kind_word(xj_item_kind kind)
{
    return kinds[kind].word;
}

int
xj_item_kind_find(xj_str word)
{
    for (int i = 0; i < XJ_ITEM_KINDS; i++) {
        if (xj_str_eq(word, xj_str_c(kinds[i].word)))
            return i;
    }
    return -1;
}

bool
xj_cell_differs(const xj_item *item, size_t cell)
{
    const xj_cell *a = &item->old[cell], *b = &item->now[cell];

    if (kinds[item->kind].fields[cell].type == XJ_CELL_INT)
        return a->n != b->n;
    return (a->s.data == NULL) != (b->s.data == NULL) || !xj_str_eq(a->s, b->s);
}

bool
xj_item_differs(const xj_item *item)
{
    if (item->was != item->is)
        return true;
    for (size_t i = 0; item->is && i < kinds[item->kind].n; i++) {
        if (xj_cell_differs(item, i))
            return true;
    }
    return false;
}

xj_str
xj_item_json(const xj_item *item, bool before, xj_pool *result)
{
    const xj_cell *cells = before ? item->old : item->now;
    xj_buf out;
    xj_json w;

    if (!(before ? item->was : item->is))
        return XJ_STR_NONE;
    xj_buf_init(&out, result, XJ__COLUMN_MAX);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    for (size_t i = 0; i < kinds[item->kind].n; i++) {
        const struct field *f = &kinds[item->kind].fields[i];

        if (item->was && item->is && !xj_cell_differs(item, i))
            continue;
        xj_json_key(&w, f->key);
        if (f->type == XJ_CELL_INT)
            xj_json_int(&w, cells[i].n);
        else if (f->type == XJ_CELL_TEXT)
            xj_json_str(&w, cells[i].s);
        else
            xj_json_raw(&w, cells[i].s);
    }
    xj_json_end_object(&w);
    return xj_buf_str(&out);
}

void
xj_json_value(xj_json *w, const xj_jval *value)
{
    xj_jmember m = {0};

    switch (value == NULL ? XJ_J_NULL : xj_jval_type(value)) {
    case XJ_J_NULL:
        xj_json_null(w);
        break;
    case XJ_J_BOOL:
        xj_json_bool(w, xj_jval_bool(value));
        break;
    case XJ_J_INT:
        xj_json_int(w, xj_jval_int(value));
        break;
    case XJ_J_REAL:
        xj_json_real(w, xj_jval_real(value));
        break;
    case XJ_J_STR:
        xj_json_str(w, xj_jval_str(value));
        break;
    case XJ_J_ARRAY:
        xj_json_array(w);
        for (size_t i = 0; i < xj_jval_len(value); i++)
            xj_json_value(w, xj_jval_at(value, i));
        xj_json_end_array(w);
        break;
    case XJ_J_OBJECT:
        xj_json_object(w);
        while (xj_jval_next(&m, value)) {
            xj_json_key(w, m.key);
            xj_json_value(w, m.value);
        }
        xj_json_end_object(w);
        break;
    }
}

xj_error *
xj_item_take(xj_item *item, xj_str json, xj_pool *result)
{
    const xj_jval *object;
    xj_jmember m = {0};

    XJ_TRY(xj_json_parse(&object, json, XJ__COLUMN_MAX, result));
    while (xj_jval_next(&m, object)) {
        const struct field *fields = kinds[item->kind].fields;
        size_t i = 0;
        xj_buf out;
        xj_json w;

        while (i < kinds[item->kind].n && strcmp(fields[i].key, m.key) != 0)
            i++;
        if (i == kinds[item->kind].n)
            return xj_error_new(XJ_E_CORRUPT, "a stored step holds a field that is none of ours");
        if (fields[i].type == XJ_CELL_INT) {
            item->now[i].n = xj_jval_int(m.value);
        } else if (fields[i].type == XJ_CELL_TEXT) {
            item->now[i].s = xj_jval_str(m.value);
        } else {
            xj_buf_init(&out, result, XJ__COLUMN_MAX);
            xj_json_init(&w, &out);
            xj_json_value(&w, m.value);
            item->now[i].s = xj_buf_str(&out);
        }
    }
    return NULL;
}

/* ---- lists in a cell ---- */

xj_error *
xj_cell_list(const xj_jval **list, const xj_cell *cell, xj_pool *result)
{
    return xj_json_parse(list, cell->s, XJ__COLUMN_MAX, result);
}

static void
place_members(xj_json *w, xj_range place)
{
    xj_json_key_int(w, "from", (int64_t)place.from);
    xj_json_key_int(w, "to", (int64_t)place.to);
}

static xj_range
read_place(const xj_jval *value)
{
    return (xj_range){(size_t)xj_jval_int(xj_jval_find(value, "from")),
                      (size_t)xj_jval_int(xj_jval_find(value, "to"))};
}

#define LIST_BEGIN                                                                                 \
    xj_buf out;                                                                                    \
    xj_json w;                                                                                     \
    xj_buf_init(&out, result, XJ__COLUMN_MAX);                                                     \
    xj_json_init(&w, &out);                                                                        \
    xj_json_array(&w);                                                                             \
    for (size_t i = 0; i < n; i++) {                                                               \
        xj_json_object(&w);
#define LIST_END                                                                                   \
    xj_json_end_object(&w);                                                                        \
    }                                                                                              \
    xj_json_end_array(&w);                                                                         \
    return (xj_cell){.s = xj_buf_str(&out)};

xj_cell
xj_cell_of_units(const xj_task_unit_row *units, size_t n, xj_pool *result)
{
    LIST_BEGIN
    xj_json_key_str(&w, "name", units[i].name);
    xj_json_key_str(&w, "role", units[i].role);
    xj_json_key_bool(&w, "inherited", units[i].inherited);
    place_members(&w, units[i].source);
    LIST_END
}

xj_error *
xj_cell_units(xj_task_unit_row **units, size_t *n, const xj_cell *cell, size_t room,
              xj_pool *result)
{
    const xj_jval *list;

    XJ_TRY(xj_cell_list(&list, cell, result));
    *n = xj_jval_len(list);
    *units = XJ_NEW_ARRAY(result, xj_task_unit_row, *n + room);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *u = xj_jval_at(list, i);

        (*units)[i] = (xj_task_unit_row){.name = xj_jval_str(xj_jval_find(u, "name")),
                                         .role = xj_jval_str(xj_jval_find(u, "role")),
                                         .inherited = xj_jval_bool(xj_jval_find(u, "inherited")),
                                         .source = read_place(u)};
    }
    return NULL;
}

static void
real_member(xj_json *w, const char *key, bool has, double n)
{
    xj_json_key(w, key);
    if (has)
        xj_json_real(w, n);
    else
        xj_json_null(w);
}

xj_cell
xj_cell_of_targets(const xj_task_target *targets, size_t n, xj_pool *result)
{
    LIST_BEGIN
    const xj_task_target *t = &targets[i];

    xj_json_key_int(&w, "seq", t->seq);
    xj_json_key_str(&w, "indicator", t->indicator);
    xj_json_key_str(&w, "op", t->op);
    real_member(&w, "value", t->has_value, t->value);
    real_member(&w, "max", t->has_max, t->max);
    xj_json_key_str(&w, "unit", t->unit);
    xj_json_key_int(&w, "year", t->year);
    xj_json_key_bool(&w, "year_inferred", t->year_inferred);
    xj_json_key_bool(&w, "advisory", t->advisory);
    xj_json_key_str(&w, "strength", t->strength);
    xj_json_key_str(&w, "raw", t->raw);
    place_members(&w, t->source);
    LIST_END
}

xj_error *
xj_cell_targets(xj_task_target **targets, size_t *n, const xj_cell *cell, size_t room,
                xj_pool *result)
{
    const xj_jval *list;

    XJ_TRY(xj_cell_list(&list, cell, result));
    *n = xj_jval_len(list);
    *targets = XJ_NEW_ARRAY(result, xj_task_target, *n + room);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *t = xj_jval_at(list, i);
        const xj_jval *value = xj_jval_find(t, "value"), *max = xj_jval_find(t, "max");

        (*targets)[i] =
            (xj_task_target){.seq = xj_jval_int(xj_jval_find(t, "seq")),
                             .indicator = xj_jval_str(xj_jval_find(t, "indicator")),
                             .op = xj_jval_str(xj_jval_find(t, "op")),
                             .has_value = value != NULL,
                             .value = value == NULL ? 0 : xj_jval_real(value),
                             .has_max = max != NULL,
                             .max = max == NULL ? 0 : xj_jval_real(max),
                             .unit = xj_jval_str(xj_jval_find(t, "unit")),
                             .year = xj_jval_int(xj_jval_find(t, "year")),
                             .year_inferred = xj_jval_bool(xj_jval_find(t, "year_inferred")),
                             .advisory = xj_jval_bool(xj_jval_find(t, "advisory")),
                             .strength = xj_jval_str(xj_jval_find(t, "strength")),
                             .raw = xj_jval_str(xj_jval_find(t, "raw")),
                             .source = read_place(t)};
    }
    return NULL;
}

xj_cell
xj_cell_of_marks(const xj_task_mark *marks, size_t n, xj_pool *result)
{
    LIST_BEGIN
    xj_json_key_str(&w, "field", marks[i].field);
    xj_json_key_str(&w, "kind", marks[i].kind);
    xj_json_key_int(&w, "person", marks[i].person);
    xj_json_key_str(&w, "by", marks[i].by);
    xj_json_key_int(&w, "at", marks[i].at);
    xj_json_key_int(&w, "memory", marks[i].memory);
    xj_json_key_str(&w, "phrase", marks[i].phrase);
    LIST_END
}

xj_error *
xj_cell_marks(xj_task_mark **marks, size_t *n, const xj_cell *cell, size_t room, xj_pool *result)
{
    const xj_jval *list;

    XJ_TRY(xj_cell_list(&list, cell, result));
    *n = xj_jval_len(list);
    *marks = XJ_NEW_ARRAY(result, xj_task_mark, *n + room);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *m = xj_jval_at(list, i);

        (*marks)[i] = (xj_task_mark){.field = xj_jval_str(xj_jval_find(m, "field")),
                                     .kind = xj_jval_str(xj_jval_find(m, "kind")),
                                     .person = xj_jval_int(xj_jval_find(m, "person")),
                                     .by = xj_jval_str(xj_jval_find(m, "by")),
                                     .at = xj_jval_int(xj_jval_find(m, "at")),
                                     .memory = xj_jval_int(xj_jval_find(m, "memory")),
                                     .phrase = xj_jval_str(xj_jval_find(m, "phrase"))};
    }
    return NULL;
}

void
xj_item_of_task(xj_item *item, const xj_task *t, xj_pool *result)
{
    xj_cell *c = item->now;

    c[T_ACTION_NO].n = t->row.action_no;
    c[T_ACTION].s = t->row.action;
    c[T_NO].s = t->row.no;
    c[T_TITLE].s = t->row.title;
    c[T_TEXT].s = t->text;
    c[T_SPECIFIC_TASK].s = t->specific_task;
    c[T_MEASURE].s = t->measure;
    c[T_WORK_PLAN].s = t->work_plan;
    c[T_UNITS] = xj_cell_of_units(t->units, t->nunits, result);
    c[T_OPEN_ENDED].n = t->row.open_ended;
    c[T_LEAD_EXPLICIT].n = t->lead_explicit;
    c[T_LEAD_PROPOSED].s = t->lead_proposed;
    c[T_DEADLINE_KIND].s = t->row.deadline_kind;
    c[T_DUE].s = t->row.due;
    c[T_DEADLINE_DATES].s = t->row.deadline_dates;
    c[T_DEADLINE_RAW].s = t->row.deadline_raw;
    c[T_DEADLINE_INFERRED].n = t->row.deadline_inferred;
    c[T_DEADLINE_FROM].n = (int64_t)t->deadline_source.from;
    c[T_DEADLINE_TO].n = (int64_t)t->deadline_source.to;
    c[T_STRENGTH].s = t->row.strength;
    c[T_CADENCE].s = t->cadence;
    c[T_RETURNS_DUE].s = t->returns_due;
    c[T_DELIVERABLES].s = t->deliverables;
    c[T_SOURCE_FROM].n = (int64_t)t->source.from;
    c[T_SOURCE_TO].n = (int64_t)t->source.to;
    c[T_TARGETS] = xj_cell_of_targets(t->targets, t->ntargets, result);
    c[T_MARKS] = xj_cell_of_marks(t->marks, t->nmarks, result);
    item->version = t->row.version;
    item->warnings = t->row.warnings;
    item->live = t->live;
    item->units = t->row.units;
    item->was = item->is = true;
    memcpy(item->old, item->now, sizeof item->old);
}
