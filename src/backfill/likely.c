/*
 * Which task a row is about: by the number a template gave, by the title, by words, number and
 * unit.
 *
 * Words are compared by pairs of characters, the rarer among the tasks the heavier.  An index from
 * a pair to the tasks that have it makes a row cost what its own words are, not what the plan is.
 */
#include "backfill/backfill_priv.h"

#include "text/label.h"

#include <stdlib.h>

#define GRAMS_MAX 600 /* pairs of one text: more words tell no more */
#define LIKELY 350    /* thousandths: below, a row is about no task by itself */
#define SHARE 700     /* what having all of a task's words counts, */
#define OVERLAP 200   /* and that all words of the row are the task's */
#define APART 40      /* by so much the best must lead the second */
#define NUMBER_BONUS 80
#define UNIT_BONUS 100
#define UNIT_MALUS 100 /* it names a unit, and another one */
#define ACTION_BONUS 30

/* A pair of a task: of its title, or of its words. */
typedef struct posting {
    uint32_t gram;
    uint32_t duty; /* index */
    bool title;
} posting;

struct xj_backfill__index {
    posting *postings; /* by pair, task */
    size_t n;
    double *title_whole, *text_whole; /* by task: what all its pairs weigh */
    /* of the row at hand, by task */
    double *title, *words;
    uint32_t *common; /* pairs of the row that the task has, in title or words */
    size_t row_n;     /* pairs of the row */
    uint32_t *stamp, now;
    uint32_t *touched;
    size_t ntouched;
};

static int
by_gram(const void *a, const void *b)
{
    const posting *x = a, *y = b;

    if (x->gram != y->gram)
        return x->gram < y->gram ? -1 : 1;
    if (x->duty != y->duty)
        return x->duty < y->duty ? -1 : 1;
    return (int)x->title - (int)y->title;
}

static int
by_value(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* The different pairs of TEXT, ascending. */
static size_t
grams_of(uint32_t *grams, xj_str text, xj_pool *scratch)
{
    xj_char before = 0;
    xj_chars chars;
    size_t n = 0, kept = 0;

    xj_chars_fold(&chars, text, scratch);
    for (size_t i = 0; i < chars.n && n < GRAMS_MAX; i++) {
        const xj_char c = chars.c[i];
        const bool letter = xj_char_han(c) || xj_char_letter(c) || xj_char_digit(c);

        if (letter && before != 0)
            grams[n++] = (uint32_t)before << 16 | c;
        before = letter ? c : 0;
    }
    if (n > 0)
        qsort(grams, n, sizeof *grams, by_value);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || grams[i] != grams[kept - 1])
            grams[kept++] = grams[i];
    return kept;
}

/* The postings of the pair at I: up to the returned index; *RARE is what one weighs. */
static size_t
same_gram(const struct xj_backfill__index *x, size_t i, double *rare)
{
    size_t end = i, tasks = 0;

    while (end < x->n && x->postings[end].gram == x->postings[i].gram) {
        tasks += end == i || x->postings[end].duty != x->postings[end - 1].duty;
        end++;
    }
    *rare = 1.0 / (double)tasks;
    return end;
}

void
xj_backfill__index_make(struct xj_backfill__work *w)
{
    struct xj_backfill__index *x = XJ_NEW(w->pool, struct xj_backfill__index);
    xj_pool *scratch = xj_pool_child(w->pool);
    uint32_t grams[GRAMS_MAX];
    XJ_VEC(posting) all = {0};

    for (uint32_t d = 0; d < w->nduties; d++)
        for (int title = 0; title < 2; title++) {
            const size_t n =
                grams_of(grams, title ? w->duties[d].title : w->duties[d].text, scratch);

            for (size_t i = 0; i < n; i++)
                xj_vec_push(&all, w->pool, (posting){grams[i], d, title != 0});
            xj_pool_clear(scratch);
        }
    xj_pool_destroy(scratch);
    if (all.len > 0)
        qsort(all.items, all.len, sizeof *all.items, by_gram);
    *x = (struct xj_backfill__index){.postings = all.items,
                                     .n = all.len,
                                     .title_whole = XJ_NEW_ARRAY(w->pool, double, w->nduties + 1),
                                     .text_whole = XJ_NEW_ARRAY(w->pool, double, w->nduties + 1),
                                     .title = XJ_NEW_ARRAY(w->pool, double, w->nduties + 1),
                                     .words = XJ_NEW_ARRAY(w->pool, double, w->nduties + 1),
                                     .common = XJ_NEW_ARRAY(w->pool, uint32_t, w->nduties + 1),
                                     .stamp = XJ_NEW_ARRAY(w->pool, uint32_t, w->nduties + 1),
                                     .touched = XJ_NEW_ARRAY(w->pool, uint32_t, w->nduties + 1)};
    for (size_t i = 0, end; i < x->n; i = end) {
        double rare;

        end = same_gram(x, i, &rare);
        for (; i < end; i++)
            (x->postings[i].title ? x->title_whole : x->text_whole)[x->postings[i].duty] += rare;
    }
    w->index = x;
}

static void
touch(struct xj_backfill__index *x, uint32_t duty)
{
    if (x->stamp[duty] == x->now)
        return;
    x->stamp[duty] = x->now;
    x->title[duty] = x->words[duty] = 0;
    x->common[duty] = 0;
    x->touched[x->ntouched++] = duty;
}

/* Weigh the pairs of TEXT among the tasks that have them. */
static void
weigh(struct xj_backfill__index *x, xj_str text, xj_pool *pool)
{
    xj_pool *scratch = xj_pool_child(pool);
    uint32_t grams[GRAMS_MAX];
    const size_t n = grams_of(grams, text, scratch);

    xj_pool_destroy(scratch);
    x->now++;
    x->ntouched = 0;
    x->row_n = n;
    for (size_t g = 0; g < n; g++) {
        size_t low = 0, high = x->n, end;
        double rare;

        while (low < high) {
            const size_t mid = low + (high - low) / 2;

            if (x->postings[mid].gram < grams[g])
                low = mid + 1;
            else
                high = mid;
        }
        if (low == x->n || x->postings[low].gram != grams[g])
            continue;
        end = same_gram(x, low, &rare);
        for (; low < end; low++) {
            touch(x, x->postings[low].duty);
            if (low + 1 == end || x->postings[low + 1].duty != x->postings[low].duty)
                x->common[x->postings[low].duty]++;
            (x->postings[low].title ? x->title : x->words)[x->postings[low].duty] += rare;
        }
    }
}

/* ---- what beside the words speaks for a task ---- */

/* The last figure of a number as the plan prints it: 3 of "一-3"; 0: none. */
static int
figure_of(xj_str no)
{
    xj_char c[16];
    const size_t n = xj_chars_fold_some(c, 16, no, NULL);
    const xj_label label = xj_label_parse(c, n);
    int value = 0;

    for (size_t i = 0; i < n; i++)
        value = xj_char_digit(c[i]) && value < 10000 ? value * 10 + (c[i] - '0') : 0;
    return value > 0 ? value : label.kind == XJ_LABEL_NONE ? 0 : label.value;
}

static bool
is_county(const xj_backfill__duty *d, int64_t unit)
{
    for (size_t i = 0; i < d->ncounties; i++)
        if (d->counties[i].unit == unit)
            return true;
    return false;
}

/* 1: the row names the unit that owns the task, or a county that returns it itself; -1: it names
 * others that are known; 0: no word. */
static int
unit_speaks(const struct xj_backfill__work *w, xj_str units, const xj_backfill__duty *d)
{
    static const char *const between[] = {"、", "，", "；", ",", ";", "\n", "/"};
    xj_str rest = units;
    bool known = false;

    while (rest.len > 0) {
        size_t end = rest.len, skip = 0;
        const int64_t *id;
        xj_str name;

        for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
            const size_t at = xj_str_find(rest, xj_str_c(between[i]), 0);

            if (at != XJ_NPOS && at < end) {
                end = at;
                skip = strlen(between[i]);
            }
        }
        name = xj_backfill__close(xj_str_sub(rest, 0, end), w->pool);
        id = xj_map_find(&w->units, name);
        if (id != NULL ? *id == d->owner || is_county(d, *id)
                       : name.len >= strlen("教育局") && xj_str_ends(d->owner_name, name))
            return 1;
        known |= id != NULL;
        rest = xj_str_skip(rest, end + skip);
    }
    return known ? -1 : 0;
}

static int
score_of(const struct xj_backfill__work *w, uint32_t i, const xj_backfill_line *line)
{
    const struct xj_backfill__index *x = w->index;
    const xj_backfill__duty *d = &w->duties[i];
    const double title = x->title_whole[i] > 0 ? x->title[i] / x->title_whole[i] : 0;
    const double words = x->text_whole[i] > 0 ? x->words[i] / x->text_whole[i] : 0;
    const int number = figure_of(line->no), unit = unit_speaks(w, line->unit, d);
    const double overlap = x->row_n > 0 ? (double)x->common[i] / (double)x->row_n : 0;
    int score = (int)(SHARE * (title > words ? title : words) + OVERLAP * overlap);

    if (x->common[i] < 2)
        return 0;
    if (number > 0 && number == figure_of(d->no))
        score += NUMBER_BONUS;
    score += unit > 0 ? UNIT_BONUS : unit < 0 ? -UNIT_MALUS : 0;
    if (line->row->action.len > 0 && d->action.len > 0 && xj_str_has(line->row->action, d->action))
        score += ACTION_BONUS;
    return score > 1000 ? 1000 : score < 0 ? 0 : score;
}

/* ---- laying ---- */

static void
offer(struct xj_backfill__work *w, xj_backfill_line *line, const xj_backfill__duty *d, int score)
{
    size_t at = line->nlikely;

    if (line->likely == NULL)
        line->likely = XJ_NEW_ARRAY(w->pool, xj_backfill_likely, XJ_BACKFILL_LIKELY_MAX + 1);
    while (at > 0 && line->likely[at - 1].score < score) {
        line->likely[at] = line->likely[at - 1];
        at--;
    }
    line->likely[at] = (xj_backfill_likely){d->id, d->no, d->title, d->owner_name, score};
    if (line->nlikely < XJ_BACKFILL_LIKELY_MAX)
        line->nlikely++;
}

static void
lay(xj_backfill_line *line, const xj_backfill__duty *d, const char *by)
{
    line->duty = d->id;
    line->by = by;
}

/* A row without words has only its number; it must be one task's, of the unit if it names one. */
static void
lay_by_number(struct xj_backfill__work *w, xj_backfill_line *line)
{
    const int number = figure_of(line->no);
    const xj_backfill__duty *one = NULL;
    size_t found = 0;

    for (size_t i = 0; number > 0 && i < w->nduties; i++) {
        const xj_backfill__duty *d = &w->duties[i];

        if (figure_of(d->no) != number || unit_speaks(w, line->unit, d) < 0)
            continue;
        offer(w, line, d, 500);
        one = d;
        found++;
    }
    if (found == 1)
        lay(line, one, "number");
}

static void
lay_by_words(struct xj_backfill__work *w, xj_backfill_line *line)
{
    struct xj_backfill__index *x = w->index;

    weigh(x, line->task, w->pool);
    for (size_t i = 0; i < x->ntouched; i++) {
        const int score = score_of(w, x->touched[i], line);

        if (score >= LIKELY / 2)
            offer(w, line, &w->duties[x->touched[i]], score);
    }
    if (line->nlikely > 0 && line->likely[0].score >= LIKELY &&
        (line->nlikely == 1 || line->likely[0].score - line->likely[1].score >= APART))
        lay(line, xj_backfill__duty_find(w, line->likely[0].duty), "words");
}

void
xj_backfill__lay(struct xj_backfill__work *w, xj_backfill_line *line)
{
    const xj_backfill_choice *choice = xj_backfill__choice(w, line->row);
    const xj_backfill__duty *d;
    int64_t key;

    if (choice != NULL && choice->duty > 0) {
        d = xj_backfill__duty_find(w, choice->duty);
        offer(w, line, d, 1000);
        lay(line, d, "hand");
        return;
    }
    if (xj_str_int(&key, xj_backfill__cell(line->row, XJ_BACKFILL_KEY, NULL)) &&
        (d = xj_backfill__duty_find(w, key)) != NULL) {
        offer(w, line, d, 1000);
        lay(line, d, "key");
        return;
    }
    if (line->task.len == 0) {
        lay_by_number(w, line);
        return;
    }
    d = xj_map_find(&w->by_name, xj_backfill__close(line->task, w->pool));
    if (d != NULL && unit_speaks(w, line->unit, d) >= 0) {
        offer(w, line, d, 1000);
        lay(line, d, "title");
        return;
    }
    lay_by_words(w, line);
}
