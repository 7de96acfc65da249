/*
 * plan/lines.c -- tasks in paragraphs without a number: behind the key of a name (任务名称：…),
 * with a clause of their own, or opened by units or a time (市教育局：1.…；2.…  3月底前：…).
 */
#include "plan/compile_priv.h"

#define LINES_MIN 2 /* paragraphs that are a list */

/* Behind the key of a task's name at I (任务名称：), or I. */
static size_t
behind_name_key(const comp *c, size_t i, size_t end)
{
    static const char16_t *const keys[] = {u"任务名称:", u"项目名称:", u"工作名称:", u"工作任务:",
                                           u"重点任务:", u"工作事项:", u"任务事项:", u"事项名称:",
                                           u"改革事项:", u"行动名称:"};

    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (xj_chars_is(&c->t, i, end, keys[k]))
            return i + 5;
    return i;
}

/* Behind the mark (——, ●, 任务名称：) that opens node I, or where it begins; *MARKED tells which.
 */
static size_t
behind_mark(const comp *c, size_t i, bool *marked)
{
    static const char16_t marks[] = u"-—–―─●•·■□◆◇★☆▲△►▪※";
    const node *n = &c->nodes[i];
    size_t k = n->span.from;

    for (const char16_t *m = marks; k < n->span.to && *m != 0;)
        if (c->t.c[k] == *m) {
            k++;
            m = marks;
        } else {
            m++;
        }
    k = behind_name_key(c, k, n->span.to);
    *marked = k > n->span.from || c->doc->blocks[n->block].label != NULL;
    return k;
}

/* Paragraphs that are one task: those without a clause go with the one behind them, those that are
 * clauses alone with the one before. */
typedef struct group {
    size_t first, last;
    bool marked, claused;
} group;

typedef XJ_VEC(group) group_vec;

/* 【提升能力】 alone on its line, as the heading of a task. */
static bool
is_bracketed(const comp *c, xj_span s)
{
    return s.from < s.to && c->t.c[s.from] == '(' && comp_close(c, s.from, s.to) == s.to &&
           clause_label(c, s.from + 1, s.to, &(size_t){0}) == 0;
}

/* The groups of the plain paragraphs from FIRST up to LAST; the number of them with clauses. */
static size_t
read_groups(comp *c, group_vec *groups, size_t first, size_t last)
{
    size_t claused = 0, body;

    for (size_t k = first; k < last; k++) {
        const node *n = &c->nodes[k];
        group *g = groups->len > 0 ? &groups->items[groups->len - 1] : NULL;
        const bool owned = item_has_clause(c, n->span);
        const bool label =
            clause_label(c, n->span.from + (c->t.c[n->span.from] == '('), n->span.to, &body) != 0;
        bool marked;

        behind_mark(c, k, &marked);
        marked = marked || is_bracketed(c, n->span);
        if (g == NULL && !owned && c->t.c[n->span.to - 1] == ':')
            continue; /* 现将任务分解如下： */
        if (g != NULL && (label || (!marked && !g->claused))) {
            claused += owned && !g->claused;
            g->claused |= owned;
            g->last = k + 1;
        } else {
            xj_vec_push(groups, c->scratch, (group){k, k + 1, marked, owned});
            claused += owned;
        }
    }
    /* what opens them is said of all */
    if (groups->len > 1 && !groups->items[0].claused && !groups->items[0].marked) {
        memmove(groups->items, groups->items + 1, --groups->len * sizeof *groups->items);
    }
    return claused;
}

bool
lines_open_with_name(const comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    return i < c->nnodes && !n->table &&
           behind_name_key(c, n->span.from, n->span.to) > n->span.from;
}

void
lines_named(comp *c, int action, size_t i)
{
    for (size_t k = i + 1, next; k < c->nodes[i].end; k = next) {
        for (next = k + 1; next < c->nodes[i].end && !lines_open_with_name(c, next);)
            next++;
        c->nodes[k].body = behind_name_key(c, c->nodes[k].span.from, c->nodes[k].span.to);
        item_read(c, action, k, next);
    }
}

/* Read the plain paragraphs from FIRST up to LAST, where they are tasks, each with a clause of its
 * own; at least CLAUSED of them must have one. */
static bool
read_claused(comp *c, int action, size_t first, size_t last, size_t claused)
{
    group_vec groups = {0};

    if (read_groups(c, &groups, first, last) < claused || groups.len < LINES_MIN)
        return false;
    for (size_t k = first; k < groups.items[0].first; k++)
        target_read(c, action, XJ_STR_NONE, c->nodes[k].span);
    for (size_t k = 0; k < groups.len; k++) {
        const group *g = &groups.items[k];
        bool marked;

        c->nodes[g->first].body = behind_mark(c, g->first, &marked);
        item_read(c, action, g->first, g->last);
    }
    return true;
}

/* ---- lines that units or a time open ---- */

/* What opens a paragraph. */
typedef struct opening {
    size_t body; /* behind the colon */
    bool timed;
    clause units;
    xj_deadline due;
} opening;

static bool
read_opening(comp *c, opening *o, xj_span s)
{
    *o = (opening){0};
    if (s.from >= s.to)
        return false;
    o->body = lead_read(c, &o->units, s);
    if (o->body > s.from)
        return true;
    o->body = lead_time(c, &o->due, s);
    o->timed = o->body > s.from;
    return o->timed;
}

/* The places in paragraph I where units or a time open something: at its beginning, behind a stop,
 * and behind …如下：. */
static void
find_openings(comp *c, span_vec *out, size_t i)
{
    const xj_span all = c->nodes[i].span;
    opening o;
    bool marked;

    out->len = 0;
    if (c->nodes[i].table)
        return;
    for (size_t k = behind_mark(c, i, &marked), next; k < all.to; k = next) {
        const xj_span s = {k, all.to};

        next = comp_sentence(c, k, all.to).to;
        if (read_opening(c, &o, s)) {
            if (out->len > 0)
                out->items[out->len - 1].to = k;
            xj_vec_push(out, c->scratch, s);
            next = next < o.body ? o.body : next;
        } else if (out->len == 0) {
            const size_t colon = xj_chars_find(&c->t, (xj_span){k, next}, ':');

            if (colon > k + 2 && colon < next && c->t.c[colon - 1] == u'下')
                next = colon + 1;
        }
    }
}

/* The parts of S between semicolons and full stops, where a unit acts in each of them. */
static void
acted_parts(comp *c, span_vec *out, xj_span s)
{
    out->len = 0;
    for (size_t i = s.from; i < s.to;) {
        xj_span part = comp_sentence(c, i, s.to);
        clause cl = {0};

        i = part.to;
        if (!lead_actors(c, &cl, part)) {
            out->len = 0;
            return;
        }
        xj_vec_push(out, c->scratch, part);
    }
}

/* The tasks up to END of paragraph I behind what opens them. */
static void
read_opened(comp *c, int action, size_t i, const opening *o, size_t end)
{
    const xj_span words = {o->body, end};
    span_vec parts = {0};

    if (outline_asks_reports(c, words))
        return;
    lead_counted(c, &parts, words);
    if (parts.len == 0 && o->timed)
        acted_parts(c, &parts, words);
    if (parts.len == 0)
        xj_vec_push(&parts, c->scratch, words);
    for (size_t k = 0; k < parts.len && c->err == NULL; k++) {
        item_read_span(c, action, i, parts.items[k]);
        if (o->timed)
            item_add_due(c, c->tasks.len - 1, &o->due);
        else
            item_add_units(c, c->tasks.len - 1, &o->units);
    }
}

/* Whether node I is a paragraph that may be a task of a paper without numbers. */
static bool
is_line(const comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    return !n->table && !n->letter && n->label.kind == XJ_LABEL_NONE && !n->key &&
           n->role != NODE_ANNEX && n->role != NODE_REQUIREMENTS &&
           !outline_under(c, i, NODE_GENERAL) && !outline_under(c, i, NODE_ANNEX);
}

/* Read the opened ones of the paragraphs from FIRST up to LAST, where there are some. */
static bool
read_openings(comp *c, int action, size_t first, size_t last)
{
    span_vec found = {0};
    opening o;
    size_t n = 0;

    for (size_t i = first; i < last && n < LINES_MIN; i++)
        if (is_line(c, i)) {
            find_openings(c, &found, i);
            n += found.len;
        }
    if (n < LINES_MIN)
        return false;
    for (size_t i = first; i < last && c->err == NULL; i++) {
        if (!is_line(c, i))
            continue;
        find_openings(c, &found, i);
        for (size_t k = 0; k < found.len && c->err == NULL; k++)
            if (read_opening(c, &o, found.items[k]))
                read_opened(c, action, i, &o, found.items[k].to);
    }
    return true;
}

/* Behind the words that open paragraph I of minutes (会议明确，), or I's beginning. */
static size_t
behind_resolved(const comp *c, size_t i)
{
    const xj_span s = c->nodes[i].span;
    size_t len;

    if (xj_gram_at(&xj_g_resolved, &c->t, s.from, s.to, &len) == 0)
        return s.from;
    len += s.from + len < s.to && (c->t.c[s.from + len] == ',' || c->t.c[s.from + len] == ':');
    return s.from + len;
}

/* Read the paragraphs of minutes from FIRST up to LAST that give work to somebody, where there are
 * some. */
static bool
read_resolved(comp *c, int action, size_t first, size_t last)
{
    size_t n = 0;

    for (int turn = 0; turn < 2 && (turn == 0 || n >= LINES_MIN); turn++)
        for (size_t i = first; i < last && c->err == NULL; i++) {
            const size_t from = is_line(c, i) ? behind_resolved(c, i) : c->nodes[i].span.from;
            clause cl = {0};

            if (from == c->nodes[i].span.from ||
                !lead_actors(c, &cl, (xj_span){from, c->nodes[i].span.to}))
                continue;
            n++;
            if (turn == 0)
                continue;
            c->nodes[i].body = from;
            item_read(c, action, i, i + 1);
        }
    return n >= LINES_MIN;
}

bool
lines_split(comp *c, int action, size_t i)
{
    const node *n = &c->nodes[i];
    opening o = {0};
    span_vec parts = {0};

    o.body = lead_read(c, &o.units, (xj_span){n->body, n->span.to});
    if (o.body == n->body || o.units.role_words)
        return false;
    lead_counted(c, &parts, (xj_span){o.body, n->span.to});
    if (parts.len < LINES_MIN)
        return false;
    read_opened(c, action, i, &o, n->span.to);
    return true;
}

bool
lines_opened(comp *c, size_t i)
{
    size_t n = 0;

    for (size_t k = i + 1; k < c->nodes[i].end; k++) {
        span_vec found = {0};

        if (c->nodes[k].label.kind != XJ_LABEL_NONE || c->nodes[k].table || c->nodes[k].key)
            return false;
        find_openings(c, &found, k);
        n += found.len;
    }
    return n >= LINES_MIN;
}

bool
lines_below(comp *c, int action, size_t i)
{
    const node *n = &c->nodes[i];

    for (size_t k = i + 1; k < n->end; k++)
        if (c->nodes[k].label.kind != XJ_LABEL_NONE || c->nodes[k].table || c->nodes[k].key)
            return false;
    return read_openings(c, action, i + 1, n->end) || read_claused(c, action, i + 1, n->end, 0);
}

/* Read the blocks from FIRST on that each open with a task's name, where there are several. */
static bool
read_named(comp *c, size_t first)
{
    size_t n = 0, end = c->nnodes;

    for (size_t i = first; i < c->nnodes; i++)
        n += is_line(c, i) && lines_open_with_name(c, i);
    for (size_t i = first, next; i < end && n >= LINES_MIN; i = next) {
        for (next = i + 1;
             next < end && !lines_open_with_name(c, next) && c->nodes[next].role != NODE_ANNEX;)
            next++;
        if (!is_line(c, i) || !lines_open_with_name(c, i))
            continue;
        c->nodes[i].body = behind_name_key(c, c->nodes[i].span.from, c->nodes[i].span.to);
        item_read(c, 0, i, next);
    }
    return n >= LINES_MIN;
}

void
lines_flat(comp *c)
{
    const xj_range title = c->reg->document.title_at;
    size_t first = c->title_node, last;
    size_t actions = c->actions.len;

    while (first < c->nnodes && c->reg->document.title.data != NULL &&
           comp_range(c, c->nodes[first].span).from < title.to)
        first++;
    if (first >= c->nnodes)
        return;
    outline_zero(c, first);
    if (read_named(c, first) || read_openings(c, 0, first, c->nnodes) ||
        read_resolved(c, 0, first, c->nnodes))
        return;
    for (last = first; last < c->nnodes && is_line(c, last);)
        last++;
    if (last < first + LINES_MIN || !read_claused(c, 0, first, last, LINES_MIN))
        c->actions.len = actions;
}
