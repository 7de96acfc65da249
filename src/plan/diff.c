#include "plan/diff.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "plan/pair_priv.h"

/* ---- what is told ---- */

typedef XJ_VEC(xj_diff_field) fields;

static void
add_field(fields *out, const char *field, xj_str old, xj_str now, xj_pool *result)
{
    if (!xj_str_eq(old, now))
        xj_vec_push(out, result, (xj_diff_field){field, old, now});
}

static int
compare_units(const void *a, const void *b)
{
    const xj_task_unit *x = a, *y = b;

    return x->role != y->role ? (x->role < y->role ? -1 : 1) : xj_str_cmp(x->name, y->name);
}

/* "lead 市教育局; responsible 市财政局": by role, then name, so that order alone is no change. */
static xj_str
units_text(const xj_plan_task *t, xj_pool *result, xj_pool *scratch)
{
    xj_task_unit *units = XJ_NEW_ARRAY(scratch, xj_task_unit, t->nunits);
    xj_buf out;

    if (t->nunits == 0)
        return XJ_STR_NONE;
    memcpy(units, t->units, t->nunits * sizeof *units);
    qsort(units, t->nunits, sizeof *units, compare_units);
    xj_buf_init(&out, result, (size_t)1 << 20);
    for (size_t i = 0; i < t->nunits; i++)
        xj_buf_printf(&out, "%s%s " XJ_FMT, i == 0 ? "" : "; ", xj_unit_role_word(units[i].role),
                      XJ_ARG(units[i].name));
    return xj_buf_str(&out);
}

/* "complete_by 2020-12-31", "recurring 06-15 12-15", "ongoing" */
static xj_str
deadline_text(const xj_deadline *d, xj_pool *result)
{
    char date[XJ_DATE_LEN];
    xj_buf out;

    xj_buf_init(&out, result, (size_t)64 << 10);
    xj_buf_add(&out, xj_str_c(xj_deadline_kind_word(d->kind)));
    if (d->date.year != 0) {
        xj_buf_add_char(&out, ' ');
        xj_buf_add(&out, xj_date_format(date, d->date));
    }
    for (size_t i = 0; i < d->ndates; i++)
        xj_buf_printf(&out, " %02d-%02d", d->dates[i].month, d->dates[i].day);
    return xj_buf_str(&out);
}

static xj_str
action_name(const xj_pair_side *s, size_t task)
{
    return s->action[task] == XJ_NPOS ? XJ_STR("") : s->reg->actions[s->action[task]].name;
}

static xj_str
yes_no(bool b)
{
    return b ? XJ_STR("true") : XJ_STR("false");
}

/* The number is no field: an item put in front renumbers all behind it, and that is no change. */
static void
compare_tasks(fields *out, const xj_pairing *w, size_t old, size_t now)
{
    const xj_plan_task *a = &w->old.reg->tasks[old], *b = &w->now.reg->tasks[now];

    if (!xj_plan__same_action(w, old, now))
        add_field(out, "action", action_name(&w->old, old), action_name(&w->now, now), w->result);
    add_field(out, "title", a->title, b->title, w->result);
    add_field(out, "text", a->text, b->text, w->result);
    add_field(out, "units", units_text(a, w->result, w->scratch),
              units_text(b, w->result, w->scratch), w->result);
    add_field(out, "open_ended", yes_no(a->open_ended), yes_no(b->open_ended), w->result);
    add_field(out, "deadline", deadline_text(&a->deadline, w->result),
              deadline_text(&b->deadline, w->result), w->result);
    add_field(out, "strength", xj_str_c(xj_strength_word(a->strength)),
              xj_str_c(xj_strength_word(b->strength)), w->result);
    add_field(out, "cadence", xj_str_c(a->cadence), xj_str_c(b->cadence), w->result);
}

static xj_diff_row
row_of(const xj_pair_side *s, size_t task)
{
    const xj_plan_task *t = &s->reg->tasks[task];

    return (xj_diff_row){action_name(s, task), t->no, t->title};
}

static xj_str
date_of(xj_date d, xj_pool *result)
{
    char text[XJ_DATE_LEN];

    return d.year == 0 ? XJ_STR_NONE : xj_str_dup(xj_date_format(text, d), result);
}

static xj_str
basis_text(const xj_document_head *head, xj_pool *result)
{
    xj_buf out;

    if (head->nbasis == 0)
        return XJ_STR_NONE;
    xj_buf_init(&out, result, (size_t)1 << 20);
    for (size_t i = 0; i < head->nbasis; i++)
        xj_buf_printf(&out, "%s《" XJ_FMT "》" XJ_FMT, i == 0 ? "" : "; ",
                      XJ_ARG(head->basis[i].title), XJ_ARG(head->basis[i].doc_no));
    return xj_buf_str(&out);
}

static void
compare_heads(xj_diff *diff, const xj_pairing *w)
{
    const xj_document_head *a = &w->old.reg->document, *b = &w->now.reg->document;
    fields out = {0};

    add_field(&out, "title", a->title, b->title, w->result);
    add_field(&out, "doc_no", a->doc_no, b->doc_no, w->result);
    add_field(&out, "issuer", a->issuer, b->issuer, w->result);
    add_field(&out, "issued_on", date_of(a->issued_on, w->result), date_of(b->issued_on, w->result),
              w->result);
    add_field(&out, "jurisdiction", a->jurisdiction, b->jurisdiction, w->result);
    add_field(&out, "basis", basis_text(a, w->result), basis_text(b, w->result), w->result);
    for (size_t i = 0; i < w->old.reg->nactions; i++) {
        const size_t j = w->action_pair[i];

        add_field(&out, "action", w->old.reg->actions[i].name,
                  j == XJ_NPOS ? XJ_STR_NONE : w->now.reg->actions[j].name, w->result);
    }
    for (size_t i = 0; i < w->now.reg->nactions; i++) {
        if (w->action_back[i] == XJ_NPOS)
            add_field(&out, "action", XJ_STR_NONE, w->now.reg->actions[i].name, w->result);
    }
    diff->document = out.items;
    diff->ndocument = out.len;
}

static xj_str
target_text(const xj_target *t, xj_pool *result)
{
    xj_buf out;

    xj_buf_init(&out, result, (size_t)64 << 10);
    xj_buf_printf(&out, XJ_FMT " %s", XJ_ARG(t->indicator), xj_target_op_word(t->op));
    if (t->has_value)
        xj_buf_printf(&out, " %.12g", t->value);
    if (t->has_max)
        xj_buf_printf(&out, "-%.12g", t->max);
    xj_buf_add(&out, t->unit);
    if (t->year != 0)
        xj_buf_printf(&out, " (%d)", t->year);
    return xj_buf_str(&out);
}

/* Targets as texts: those that only one side has, each as often as it has it more. */
static void
compare_targets(xj_diff *diff, const xj_pairing *w)
{
    const xj_register *old = w->old.reg, *now = w->now.reg;
    ptrdiff_t *more = XJ_NEW_ARRAY(w->scratch, ptrdiff_t, old->ntargets + now->ntargets);
    size_t n = 0;
    XJ_VEC(xj_str) added = {0}, dropped = {0};
    xj_map seen;

    xj_map_init(&seen, w->scratch);
    for (size_t i = 0; i < old->ntargets + now->ntargets; i++) {
        const bool is_old = i < old->ntargets;
        const xj_str text =
            target_text(is_old ? &old->targets[i] : &now->targets[i - old->ntargets], w->result);
        void **slot = xj_map_slot(&seen, text);

        if (*slot == NULL)
            *slot = &more[n++];
        *(ptrdiff_t *)*slot += is_old ? -1 : 1;
    }
    for (size_t i = 0; i < seen.len; i++) {
        const ptrdiff_t d = *(const ptrdiff_t *)seen.entries[i].value;

        for (ptrdiff_t k = 0; k < d; k++)
            xj_vec_push(&added, w->result, seen.entries[i].key);
        for (ptrdiff_t k = d; k < 0; k++)
            xj_vec_push(&dropped, w->result, seen.entries[i].key);
    }
    diff->targets_added = added.items;
    diff->ntargets_added = added.len;
    diff->targets_dropped = dropped.items;
    diff->ntargets_dropped = dropped.len;
}

static void
tell_tasks(xj_diff *diff, const xj_pairing *w)
{
    XJ_VEC(xj_diff_row) added = {0}, dropped = {0};
    XJ_VEC(xj_diff_change) changed = {0};

    for (size_t i = 0; i < w->now.reg->ntasks; i++) {
        const size_t old = w->now.pair[i];
        fields out = {0};

        if (old == XJ_NPOS) {
            xj_vec_push(&added, w->result, row_of(&w->now, i));
            continue;
        }
        compare_tasks(&out, w, old, i);
        if (out.len == 0)
            diff->same++;
        else
            xj_vec_push(
                &changed, w->result,
                (xj_diff_change){row_of(&w->old, old), row_of(&w->now, i), out.items, out.len});
    }
    for (size_t i = 0; i < w->old.reg->ntasks; i++) {
        if (w->old.pair[i] == XJ_NPOS)
            xj_vec_push(&dropped, w->result, row_of(&w->old, i));
    }
    diff->added = added.items;
    diff->nadded = added.len;
    diff->dropped = dropped.items;
    diff->ndropped = dropped.len;
    diff->changed = changed.items;
    diff->nchanged = changed.len;
}

void
xj_plan_diff(xj_diff **diff, const xj_register *old, const xj_register *now, xj_pool *result,
             xj_pool *scratch)
{
    xj_pairing w = {.result = result, .scratch = xj_pool_child(scratch)};

    *diff = XJ_NEW(result, xj_diff);
    xj_plan__pair(&w, old, now);
    compare_heads(*diff, &w);
    tell_tasks(*diff, &w);
    compare_targets(*diff, &w);
    xj_pool_destroy(w.scratch);
}
