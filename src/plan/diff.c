/*
 * Pairing: a task is a bag of pairs of characters; how alike two are is the share of pairs that
 * they have in common (Dice).  Pairs that most tasks have say nothing and are left out, which also
 * keeps the work linear: each remaining pair leads to few tasks.  All pairs of tasks that are alike
 * enough are taken best first, each task once; the same action, the same number and a near place
 * count a little, so that of several equals the neighbour wins.
 */
#include "plan/diff.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#define GRAMS_MAX 2000 /* pairs of one task that are looked at */
#define COMMON_MIN 64  /* a pair that more tasks have is common ... */
#define COMMON_MAX 128
#define SAME_ACTION 0.40F /* alike enough within an action */
#define SAME_NUMBER 0.25F /* ... with the same number in it */
#define OTHER_ACTION 0.60F

typedef struct bag {
    uint32_t *grams; /* ascending, each once */
    size_t n;
    size_t rare; /* of them, not common ones */
} bag;

typedef struct side {
    const xj_register *reg;
    bag *bags;
    size_t *action; /* of each task: index of its action, or XJ_NPOS */
    size_t *pair;   /* the task it is paired with, or XJ_NPOS */
} side;

typedef struct candidate {
    float score;
    uint32_t old, now, apart;
} candidate;

typedef struct work {
    side old, now;
    size_t *action_pair; /* of each old action: the new one, or XJ_NPOS */
    size_t *action_back; /* of each new one */
    xj_pool *result, *scratch;
} work;

/* ---- bags ---- */

static bool
counts(uint32_t cp)
{
    return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') ||
           (cp >= 0x80 && !(cp >= 0x2000 && cp <= 0x206F) && !(cp >= 0x3000 && cp <= 0x303F) &&
            !(cp >= 0xFF00 && cp <= 0xFF0F) && !(cp >= 0xFF1A && cp <= 0xFF20));
}

static int
compare_u32(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static bag
make_bag(xj_str text, xj_pool *pool)
{
    bag b = {.grams = XJ_NEW_ARRAY(pool, uint32_t, GRAMS_MAX)};
    size_t pos = 0, n = 0;
    uint32_t before = 0;

    while (pos < text.len && n < GRAMS_MAX) {
        const uint32_t cp = xj_utf8_next(text, &pos);

        if (!counts(cp))
            continue;
        if (before != 0)
            b.grams[n++] = (before * 2654435761U) ^ (cp * 40503U);
        before = cp;
    }
    if (n > 0)
        qsort(b.grams, n, sizeof *b.grams, compare_u32);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || b.grams[i] != b.grams[i - 1])
            b.grams[b.n++] = b.grams[i];
    }
    return b;
}

/* Dice of two bags, merged. */
static float
alike(const bag *a, const bag *b)
{
    size_t i = 0, j = 0, both = 0;

    while (i < a->n && j < b->n) {
        if (a->grams[i] == b->grams[j]) {
            both++;
            i++;
            j++;
        } else if (a->grams[i] < b->grams[j]) {
            i++;
        } else {
            j++;
        }
    }
    return a->n + b->n == 0 ? 0 : 2.0F * (float)both / (float)(a->n + b->n);
}

static void
make_side(side *s, const xj_register *reg, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_map actions;

    s->reg = reg;
    s->bags = XJ_NEW_ARRAY(scratch, bag, reg->ntasks);
    s->action = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks);
    s->pair = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks);
    xj_map_init(&actions, scratch);
    for (size_t i = reg->nactions; i-- > 0;)
        xj_map_set(&actions, xj_str_printf(scratch, "%d", reg->actions[i].no), &reg->actions[i]);
    for (size_t i = 0; i < reg->ntasks; i++) {
        const xj_action *action =
            xj_map_find(&actions, xj_str_printf(scratch, "%d", reg->tasks[i].action));
        bag whole;

        xj_pool_clear(pool);
        whole =
            make_bag(reg->tasks[i].text.len > 0 ? reg->tasks[i].text : reg->tasks[i].title, pool);
        s->bags[i].n = whole.n;
        s->bags[i].grams = XJ_NEW_ARRAY(scratch, uint32_t, whole.n);
        if (whole.n > 0)
            memcpy(s->bags[i].grams, whole.grams, whole.n * sizeof *whole.grams);
        s->action[i] = action == NULL ? XJ_NPOS : (size_t)(action - reg->actions);
        s->pair[i] = XJ_NPOS;
    }
    xj_pool_destroy(pool);
}

/* ---- actions ---- */

static void
pair_actions(work *w)
{
    const xj_register *old = w->old.reg, *now = w->now.reg;
    bag *old_bags = XJ_NEW_ARRAY(w->scratch, bag, old->nactions);
    xj_map by_name;

    w->action_pair = XJ_NEW_ARRAY(w->scratch, size_t, old->nactions);
    w->action_back = XJ_NEW_ARRAY(w->scratch, size_t, now->nactions);
    xj_map_init(&by_name, w->scratch);
    for (size_t i = old->nactions; i-- > 0;) {
        w->action_pair[i] = XJ_NPOS;
        xj_map_set(&by_name, old->actions[i].name, &old->actions[i]);
    }
    for (size_t i = 0; i < now->nactions; i++) {
        const xj_action *same = xj_map_find(&by_name, now->actions[i].name);
        const size_t j = same == NULL ? XJ_NPOS : (size_t)(same - old->actions);

        w->action_back[i] = XJ_NPOS;
        if (j != XJ_NPOS && w->action_pair[j] == XJ_NPOS) {
            w->action_pair[j] = i;
            w->action_back[i] = j;
        }
    }
    for (size_t i = 0; i < old->nactions; i++)
        old_bags[i] = make_bag(old->actions[i].name, w->scratch);
    for (size_t i = 0; i < now->nactions; i++) {
        float best = 0.5F;
        size_t found = XJ_NPOS;
        bag b;

        if (w->action_back[i] != XJ_NPOS)
            continue;
        b = make_bag(now->actions[i].name, w->scratch);
        for (size_t j = 0; j < old->nactions; j++) {
            const float score = w->action_pair[j] == XJ_NPOS ? alike(&b, &old_bags[j]) : 0;

            if (score > best) {
                best = score;
                found = j;
            }
        }
        if (found != XJ_NPOS) {
            w->action_pair[found] = i;
            w->action_back[i] = found;
        }
    }
}

static bool
same_action(const work *w, size_t old, size_t now)
{
    const size_t a = w->old.action[old], b = w->now.action[now];

    if (a == XJ_NPOS || b == XJ_NPOS)
        return a == b;
    return w->action_pair[a] == b;
}

/* ---- tasks ---- */

static void
join(work *w, size_t old, size_t now)
{
    w->old.pair[old] = now;
    w->now.pair[now] = old;
}

/* The same words in the same action are the same task, in order: no need to compare. */
static void
pair_equal(work *w, bool any_action)
{
    const xj_register *old = w->old.reg, *now = w->now.reg;
    size_t *next = XJ_NEW_ARRAY(w->scratch, size_t, old->ntasks);
    size_t *first = XJ_NEW_ARRAY(w->scratch, size_t, old->ntasks);
    xj_map by_text;

    xj_map_init(&by_text, w->scratch);
    for (size_t i = old->ntasks; i-- > 0;) {
        void **slot;

        if (w->old.pair[i] != XJ_NPOS)
            continue;
        slot = xj_map_slot(&by_text, old->tasks[i].text);
        next[i] = *slot == NULL ? XJ_NPOS : *(size_t *)*slot;
        if (*slot == NULL)
            *slot = &first[i];
        *(size_t *)*slot = i;
    }
    for (size_t i = 0; i < now->ntasks; i++) {
        size_t steps = 0;

        if (w->now.pair[i] != XJ_NPOS)
            continue;
        for (size_t *at = xj_map_find(&by_text, now->tasks[i].text);
             at != NULL && *at != XJ_NPOS && steps++ < COMMON_MAX; at = &next[*at]) {
            const size_t found = *at;

            if (any_action || same_action(w, found, i)) {
                *at = next[found];
                join(w, found, i);
                break;
            }
        }
    }
}

typedef struct posting {
    uint32_t gram, task;
} posting;

static int
compare_postings(const void *a, const void *b)
{
    const posting *x = a, *y = b;

    if (x->gram != y->gram)
        return x->gram < y->gram ? -1 : 1;
    return x->task < y->task ? -1 : x->task > y->task;
}

/* The pairs of characters of old tasks without a partner, each with its tasks. */
static posting *
make_index(size_t *n, const work *w)
{
    size_t len = 0;
    posting *items;

    for (size_t i = 0; i < w->old.reg->ntasks; i++)
        len += w->old.pair[i] == XJ_NPOS ? w->old.bags[i].n : 0;
    items = XJ_NEW_ARRAY(w->scratch, posting, len);
    *n = 0;
    for (size_t i = 0; i < w->old.reg->ntasks; i++) {
        for (size_t j = 0; w->old.pair[i] == XJ_NPOS && j < w->old.bags[i].n; j++)
            items[(*n)++] = (posting){w->old.bags[i].grams[j], (uint32_t)i};
    }
    if (*n > 0)
        qsort(items, *n, sizeof *items, compare_postings);
    return items;
}

/* The range of GRAM in the index, at or behind *FROM (grams of a bag ascend). */
static size_t
find_gram(const posting *items, size_t n, uint32_t gram, size_t *from)
{
    size_t low = *from, high = n, end;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (items[middle].gram < gram)
            low = middle + 1;
        else
            high = middle;
    }
    *from = low;
    for (end = low; end < n && items[end].gram == gram && end - low <= COMMON_MAX; end++)
        continue;
    return end - low;
}

static size_t
common_limit(const work *w)
{
    const size_t n = COMMON_MIN + w->old.reg->ntasks / 20;

    return n > COMMON_MAX ? COMMON_MAX : n;
}

/* How many of each old task's pairs are rare enough to count. */
static void
count_rare(work *w, const posting *items, size_t n)
{
    const size_t limit = common_limit(w);

    for (size_t i = 0; i < n;) {
        size_t end = i;

        while (end < n && items[end].gram == items[i].gram)
            end++;
        for (; i < end; i++)
            w->old.bags[items[i].task].rare += end - i <= limit;
        i = end;
    }
}

static float
threshold(const work *w, size_t old, size_t now, bool *same)
{
    *same = same_action(w, old, now);
    if (!*same)
        return OTHER_ACTION;
    return xj_str_eq(w->old.reg->tasks[old].no, w->now.reg->tasks[now].no) ? SAME_NUMBER
                                                                           : SAME_ACTION;
}

typedef XJ_VEC(candidate) candidates;

static void
find_candidates(candidates *out, work *w, const posting *items, size_t n)
{
    const size_t limit = common_limit(w);
    uint32_t *both = XJ_NEW_ARRAY(w->scratch, uint32_t, w->old.reg->ntasks);
    uint32_t *touched = XJ_NEW_ARRAY(w->scratch, uint32_t, w->old.reg->ntasks);

    for (size_t i = 0; i < w->now.reg->ntasks; i++) {
        const bag *b = &w->now.bags[i];
        size_t from = 0, ntouched = 0, rare = 0;

        if (w->now.pair[i] != XJ_NPOS)
            continue;
        for (size_t g = 0; g < b->n; g++) {
            const size_t len = find_gram(items, n, b->grams[g], &from);

            if (len > limit)
                continue;
            rare++;
            for (size_t k = from; k < from + len; k++) {
                if (both[items[k].task]++ == 0)
                    touched[ntouched++] = items[k].task;
            }
        }
        for (size_t k = 0; k < ntouched; k++) {
            const uint32_t old = touched[k];
            const float score = 2.0F * (float)both[old] / (float)(rare + w->old.bags[old].rare);
            bool same;

            both[old] = 0;
            if (score >= threshold(w, old, i, &same)) {
                const bool number =
                    same && xj_str_eq(w->old.reg->tasks[old].no, w->now.reg->tasks[i].no);

                xj_vec_push(out, w->scratch,
                            (candidate){score + (same ? 0.1F : 0) + (number ? 0.05F : 0), old,
                                        (uint32_t)i,
                                        old > i ? old - (uint32_t)i : (uint32_t)i - old});
            }
        }
    }
}

static int
compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    if (x->score > y->score || x->score < y->score)
        return x->score > y->score ? -1 : 1;
    if (x->apart != y->apart)
        return x->apart < y->apart ? -1 : 1;
    return x->now != y->now ? (x->now < y->now ? -1 : 1) : x->old < y->old ? -1 : x->old > y->old;
}

static void
pair_alike(work *w)
{
    candidates found = {0};
    posting *items;
    size_t n;

    items = make_index(&n, w);
    count_rare(w, items, n);
    find_candidates(&found, w, items, n);
    if (found.len > 0)
        qsort(found.items, found.len, sizeof *found.items, compare_candidates);
    for (size_t i = 0; i < found.len; i++) {
        const candidate *c = &found.items[i];

        if (w->old.pair[c->old] == XJ_NPOS && w->now.pair[c->now] == XJ_NPOS)
            join(w, c->old, c->now);
    }
}

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
action_name(const side *s, size_t task)
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
compare_tasks(fields *out, const work *w, size_t old, size_t now)
{
    const xj_plan_task *a = &w->old.reg->tasks[old], *b = &w->now.reg->tasks[now];

    if (!same_action(w, old, now))
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
row_of(const side *s, size_t task)
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
compare_heads(xj_diff *diff, const work *w)
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
compare_targets(xj_diff *diff, const work *w)
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
tell_tasks(xj_diff *diff, const work *w)
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
    work w = {.result = result, .scratch = xj_pool_child(scratch)};

    *diff = XJ_NEW(result, xj_diff);
    make_side(&w.old, old, w.scratch);
    make_side(&w.now, now, w.scratch);
    pair_actions(&w);
    pair_equal(&w, false);
    pair_equal(&w, true);
    pair_alike(&w);
    compare_heads(*diff, &w);
    tell_tasks(*diff, &w);
    compare_targets(*diff, &w);
    xj_pool_destroy(w.scratch);
}
