/*
 * Pairing: a task is a bag of pairs of characters; how alike two are is the share of pairs that
 * they have in common (Dice).  Pairs that most tasks have say nothing and are left out, which also
 * keeps the work linear: each remaining pair leads to few tasks.  All pairs of tasks that are alike
 * enough are taken best first, each task once; the same action, the same number and a near place
 * count a little, so that of several equals the neighbour wins.
 *
 * Parts: what is left over on one side may have been split off a task of the other, or joined to
 * it.  It is a part where most of its pairs stand in a task there and not in that task's partner:
 * words that went from the one to the other, not words that all of them have.
 */
#include "plan/pair_priv.h"

#include "base/map.h"
#include "base/vec.h"

#define GRAMS_MAX 2000 /* pairs of one task that are looked at */
#define COMMON_MIN 64  /* a pair that more tasks have is common ... */
#define COMMON_MAX 128
#define SAME_ACTION 0.40F /* alike enough within an action */
#define SAME_NUMBER 0.25F /* ... with the same number in it */
#define OTHER_ACTION 0.60F
#define PART_SHARE 0.60F /* of its words went from or to the whole */
#define PART_MIN 6       /* pairs; fewer prove nothing */

typedef struct candidate {
    float score;
    uint32_t old, now, apart;
} candidate;

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

static xj_bag
make_bag(xj_str text, xj_pool *pool)
{
    xj_bag b = {.grams = XJ_NEW_ARRAY(pool, uint32_t, GRAMS_MAX)};
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
alike(const xj_bag *a, const xj_bag *b)
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
make_side(xj_pair_side *s, const xj_register *reg, xj_pool *scratch)
{
    xj_pool *pool = xj_pool_child(scratch);
    xj_map actions;

    s->reg = reg;
    s->bags = XJ_NEW_ARRAY(scratch, xj_bag, reg->ntasks);
    s->action = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks);
    s->pair = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks);
    s->part = XJ_NEW_ARRAY(scratch, size_t, reg->ntasks);
    s->score = XJ_NEW_ARRAY(scratch, float, reg->ntasks);
    xj_map_init(&actions, scratch);
    for (size_t i = reg->nactions; i-- > 0;)
        xj_map_set(&actions, xj_str_printf(scratch, "%d", reg->actions[i].no), &reg->actions[i]);
    for (size_t i = 0; i < reg->ntasks; i++) {
        const xj_action *action =
            xj_map_find(&actions, xj_str_printf(scratch, "%d", reg->tasks[i].action));
        xj_bag whole;

        xj_pool_clear(pool);
        whole =
            make_bag(reg->tasks[i].text.len > 0 ? reg->tasks[i].text : reg->tasks[i].title, pool);
        s->bags[i].n = whole.n;
        s->bags[i].grams = XJ_NEW_ARRAY(scratch, uint32_t, whole.n);
        if (whole.n > 0)
            memcpy(s->bags[i].grams, whole.grams, whole.n * sizeof *whole.grams);
        s->action[i] = action == NULL ? XJ_NPOS : (size_t)(action - reg->actions);
        s->pair[i] = s->part[i] = XJ_NPOS;
    }
    xj_pool_destroy(pool);
}

/* ---- actions ---- */

static void
pair_actions(xj_pairing *w)
{
    const xj_register *old = w->old.reg, *now = w->now.reg;
    xj_bag *old_bags = XJ_NEW_ARRAY(w->scratch, xj_bag, old->nactions);
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
        xj_bag b;

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

bool
xj_plan__same_action(const xj_pairing *w, size_t old, size_t now)
{
    const size_t a = w->old.action[old], b = w->now.action[now];

    if (a == XJ_NPOS || b == XJ_NPOS)
        return a == b;
    return w->action_pair[a] == b;
}

/* ---- tasks ---- */

static void
join(xj_pairing *w, size_t old, size_t now)
{
    w->old.pair[old] = now;
    w->now.pair[now] = old;
}

/* The same words in the same action are the same task, in order: no need to compare. */
static void
pair_equal(xj_pairing *w, bool any_action)
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

            if (any_action || xj_plan__same_action(w, found, i)) {
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

/* The pairs of characters of SIDE's tasks that have a partner (PAIRED) or none, each with its
 * tasks. */
static posting *
make_index(size_t *n, const xj_pair_side *side, bool paired, xj_pool *scratch)
{
    size_t len = 0;
    posting *items;

    for (size_t i = 0; i < side->reg->ntasks; i++)
        len += (side->pair[i] != XJ_NPOS) == paired ? side->bags[i].n : 0;
    items = XJ_NEW_ARRAY(scratch, posting, len);
    *n = 0;
    for (size_t i = 0; i < side->reg->ntasks; i++) {
        for (size_t j = 0; (side->pair[i] != XJ_NPOS) == paired && j < side->bags[i].n; j++)
            items[(*n)++] = (posting){side->bags[i].grams[j], (uint32_t)i};
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
common_limit(const xj_pairing *w)
{
    const size_t n = COMMON_MIN + w->old.reg->ntasks / 20;

    return n > COMMON_MAX ? COMMON_MAX : n;
}

/* How many of each old task's pairs are rare enough to count. */
static void
count_rare(xj_pairing *w, const posting *items, size_t n)
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
threshold(const xj_pairing *w, size_t old, size_t now, bool *same)
{
    *same = xj_plan__same_action(w, old, now);
    if (!*same)
        return OTHER_ACTION;
    return xj_str_eq(w->old.reg->tasks[old].no, w->now.reg->tasks[now].no) ? SAME_NUMBER
                                                                           : SAME_ACTION;
}

typedef XJ_VEC(candidate) candidates;

static void
find_candidates(candidates *out, xj_pairing *w, const posting *items, size_t n)
{
    const size_t limit = common_limit(w);
    uint32_t *both = XJ_NEW_ARRAY(w->scratch, uint32_t, w->old.reg->ntasks);
    uint32_t *touched = XJ_NEW_ARRAY(w->scratch, uint32_t, w->old.reg->ntasks);

    for (size_t i = 0; i < w->now.reg->ntasks; i++) {
        const xj_bag *b = &w->now.bags[i];
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
pair_alike(xj_pairing *w)
{
    candidates found = {0};
    posting *items;
    size_t n;

    items = make_index(&n, &w->old, false, w->scratch);
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

/* ---- parts ---- */

/* How many pairs of PART stand in WHOLE and not in OTHER. */
static size_t
went(const xj_bag *part, const xj_bag *whole, const xj_bag *other)
{
    size_t j = 0, k = 0, n = 0;

    for (size_t i = 0; i < part->n; i++) {
        const uint32_t gram = part->grams[i];

        while (j < whole->n && whole->grams[j] < gram)
            j++;
        while (k < other->n && other->grams[k] < gram)
            k++;
        n += j < whole->n && whole->grams[j] == gram && !(k < other->n && other->grams[k] == gram);
    }
    return n;
}

/* Find for each task of PARTS without a partner the task of WHOLES whose words it took or gave. */
static void
find_parts(xj_pair_side *parts, const xj_pair_side *wholes, xj_pool *scratch)
{
    size_t n;
    const posting *items = make_index(&n, wholes, true, scratch);
    uint32_t *both = XJ_NEW_ARRAY(scratch, uint32_t, wholes->reg->ntasks);
    uint32_t *touched = XJ_NEW_ARRAY(scratch, uint32_t, wholes->reg->ntasks);

    for (size_t i = 0; i < parts->reg->ntasks; i++) {
        const xj_bag *b = &parts->bags[i];
        size_t from = 0, ntouched = 0;
        float best = 0;

        if (parts->pair[i] != XJ_NPOS || b->n < PART_MIN)
            continue;
        for (size_t g = 0; g < b->n; g++) {
            const size_t len = find_gram(items, n, b->grams[g], &from);

            for (size_t k = from; len <= COMMON_MAX && k < from + len; k++) {
                if (both[items[k].task]++ == 0)
                    touched[ntouched++] = items[k].task;
            }
        }
        for (size_t k = 0; k < ntouched; k++) {
            const size_t whole = touched[k];
            const bool few = (float)both[whole] < PART_SHARE / 2 * (float)b->n;
            float share;

            both[whole] = 0;
            if (few)
                continue;
            share = (float)went(b, &wholes->bags[whole], &parts->bags[wholes->pair[whole]]) /
                    (float)b->n;
            if (share >= PART_SHARE && share > best) {
                best = share;
                parts->part[i] = whole;
                parts->score[i] = share;
            }
        }
    }
}

static void
score_pairs(xj_pairing *w)
{
    for (size_t i = 0; i < w->now.reg->ntasks; i++) {
        const size_t old = w->now.pair[i];

        if (old != XJ_NPOS)
            w->now.score[i] = w->old.score[old] = alike(&w->old.bags[old], &w->now.bags[i]);
    }
}

void
xj_plan__pair(xj_pairing *w, const xj_register *old, const xj_register *now)
{
    make_side(&w->old, old, w->scratch);
    make_side(&w->now, now, w->scratch);
    pair_actions(w);
    pair_equal(w, false);
    pair_equal(w, true);
    pair_alike(w);
    score_pairs(w);
    find_parts(&w->now, &w->old, w->scratch);
    find_parts(&w->old, &w->now, w->scratch);
}
