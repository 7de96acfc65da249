/*
 * plan/outline.c -- what is an action, what a task, what a goal: the tree of numbered paragraphs.
 *
 * Nodes nest by the order in which official papers number (一、（一）1. （1） ①).  The level whose
 * headings are mostly names of actions is that of the actions; the items below it are the tasks,
 * except goals, and except what says of itself that its items are the tasks (主要任务).
 */
#include "plan/compile_priv.h"

#define RANK_TEXT 255
#define TITLE_MAX 40 /* characters of a heading that stands alone */

/* --- building --------------------------------------------------------------------------------- */

/* The first sentence behind the number; in a heading without a full stop all of it. */
static void
read_node_title(const comp *c, node *n)
{
    size_t i = n->body, rest;

    while (i < n->span.to && c->t.c[i] != u'。' && c->t.c[i] != '\n' &&
           !(c->t.c[i] == ':' && i - n->body <= TITLE_MAX && i + 1 == n->span.to))
        i++;
    n->title = (xj_span){n->body, i};
    rest = i < n->span.to ? i + 1 : i;
    if (i == n->span.to) {
        /* a heading with the units in a bracket behind it */
        for (size_t k = n->body; k < i; k++)
            if (c->t.c[k] == '(' && comp_close(c, k, i) == i && k > n->body) {
                n->title.to = k;
                rest = k;
                break;
            }
    }
    while (rest < n->span.to && c->t.c[rest] == '(')
        rest = comp_close(c, rest, n->span.to);
    n->bare = rest >= n->span.to && n->title.to - n->title.from <= TITLE_MAX &&
              xj_chars_find(&c->t, n->title, ';') == n->title.to;
}

void
outline_build(comp *c)
{
    counting seen = {0};
    size_t i = 0;

    c->nodes = xj_calloc(c->scratch, xj_size_mul(c->doc->nblocks + 1, sizeof *c->nodes));
    for (size_t b = 0; b < c->doc->nblocks; b++) {
        const xj_block *block = &c->doc->blocks[b];
        node *n = &c->nodes[c->nnodes];

        while (i < c->t.n && c->t.at[i] < block->from)
            i++;
        n->span.from = i;
        while (i < c->t.n && c->t.at[i] < block->to)
            i++;
        n->span.to = i;
        while (n->span.to > n->span.from && c->t.c[n->span.to - 1] == '\n')
            n->span.to--;
        n->block = b;
        n->parent = -1;
        n->body = n->span.from;
        n->rank = RANK_TEXT;
        n->table = block->kind == XJ_BLOCK_TABLE;
        if (n->span.from == n->span.to)
            continue;
        if (!n->table) {
            if (block->label != NULL)
                n->label = numbering_automatic(block->label);
            else {
                n->label = numbering_read(c, n->span, &seen);
                n->body = n->span.from + n->label.len;
            }
            /* 2.全民健身 as the name of a sheet, above the heading itself */
            if (block->kind == XJ_BLOCK_HEADING && block->place.sheet > 0 &&
                n->label.kind == XJ_LABEL_NUM && b + 1 < c->doc->nblocks &&
                block[1].kind != XJ_BLOCK_TABLE)
                n->label.kind = XJ_LABEL_NONE;
            read_node_title(c, n);
        }
        c->nnodes++;
    }
    numbering_letters(c);
}

/* --- roles ------------------------------------------------------------------------------------ */

static uint8_t
role_of(int section)
{
    switch (section) {
    case XJ_G_SECTION_GENERAL:
        return NODE_GENERAL;
    case XJ_G_SECTION_GOALS:
        return NODE_GOALS;
    case XJ_G_SECTION_TASKS:
        return NODE_TASKS;
    case XJ_G_SECTION_REQUIREMENTS:
        return NODE_REQUIREMENTS;
    case XJ_G_SECTION_ANNEX:
        return NODE_ANNEX;
    default:
        return NODE_PLAIN;
    }
}

static bool
names_action(const comp *c, const node *n)
{
    size_t len;
    xj_span title = xj_chars_trim(&c->t, n->title, u".,:;");

    return title.to - title.from <= 30 && title.to - title.from >= 4 &&
           xj_gram_end(&xj_g_actionword, &c->t, title, &len) != 0 &&
           xj_gram_is(&xj_g_section, &c->t, title) == 0;
}

/* What the title of a numbered node says of its part. */
static uint8_t
section_role(const comp *c, const node *n)
{
    xj_span title = xj_chars_trim(&c->t, n->title, u".,:;"), at;
    size_t len, size = title.to - title.from;
    int value = xj_gram_is(&xj_g_section, &c->t, title);

    if (value != 0 && (n->bare || value == XJ_G_SECTION_GOALS || value == XJ_G_SECTION_TASKS ||
                       n->label.kind <= XJ_LABEL_HAN_PAR))
        return role_of(value);
    if (names_action(c, n))
        return NODE_PLAIN;
    value = xj_gram_end(&xj_g_section, &c->t, title, &len);
    if (value != 0 && (n->label.kind <= XJ_LABEL_HAN ? size <= 24 : n->bare && size <= len + 4))
        return role_of(value);
    if (n->label.kind > XJ_LABEL_HAN || !n->bare)
        return NODE_PLAIN;
    /* 加强组织实施和保障工作: a chapter says it anywhere */
    for (size_t i = title.from; i < title.to; i++)
        if (xj_gram_at(&xj_g_section, &c->t, i, title.to, &len) == XJ_G_SECTION_REQUIREMENTS)
            return NODE_REQUIREMENTS;
    if (xj_gram_find(&xj_g_section, &c->t, title, &at) == XJ_G_SECTION_GENERAL)
        return NODE_GENERAL;
    return NODE_PLAIN;
}

/* A line 主要任务 or 行动目标：… without a number. */
static void
read_key(const comp *c, node *n)
{
    xj_span s = xj_chars_trim(&c->t, n->span, u".,:;()-");
    size_t len;
    int value;

    if (n->table || n->label.kind != XJ_LABEL_NONE)
        return;
    value = xj_gram_is(&xj_g_section, &c->t, s);
    if (value == 0) {
        value = xj_gram_at(&xj_g_section, &c->t, s.from, s.to, &len);
        if (value == 0 || s.from + len >= s.to || c->t.c[s.from + len] != ':')
            return;
        n->body = s.from + len + 1;
        n->bare = false;
    } else {
        n->bare = true;
        n->body = n->span.to;
    }
    if (value == XJ_G_SECTION_GENERAL || value == XJ_G_SECTION_ANNEX)
        return;
    /* 责任单位：甲 and 工作要求： below it is what is asked of them */
    if (value == XJ_G_SECTION_REQUIREMENTS && n > c->nodes && n[-1].label.kind == XJ_LABEL_NONE &&
        clause_label(c, n[-1].span.from, n[-1].span.to, &len) != 0)
        return;
    n->key = true;
    n->role = role_of(value);
}

/* --- nesting ---------------------------------------------------------------------------------- */

typedef struct stack {
    size_t items[40];
    size_t n;
} stack;

static void
pop_to(comp *c, stack *s, size_t keep, size_t end)
{
    while (s->n > keep)
        c->nodes[s->items[--s->n]].end = end;
}

/* 本方案自印发之日起施行, 本措施由市卫生健康委负责解释. */
static bool
says_force(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"起施行", u"起实施", u"起执行", u"有效期",
                                            u"负责解释"};

    for (size_t i = s.from; i < s.to; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (xj_chars_is(&c->t, i, s.to, words[k]))
                return true;
    return false;
}

/* Lines that end the plan's body: a signature, a printing date, an annex, a copy list. */
static bool
ends_body(const comp *c, size_t i)
{
    const node *n = &c->nodes[i];
    size_t len, size = n->span.to - n->span.from;
    xj_when when;

    if (n->table || n->label.kind != XJ_LABEL_NONE)
        return false;
    if (xj_gram_at(&xj_g_section, &c->t, n->span.from, n->span.to, &len) == XJ_G_SECTION_ANNEX &&
        (size <= 60 || c->t.c[n->span.from + len] == ':'))
        return true;
    if (xj_chars_is(&c->t, n->span.from, n->span.to, u"备注") ||
        xj_chars_is(&c->t, n->span.from, n->span.to, u"抄送") ||
        xj_chars_is(&c->t, n->span.from, n->span.to, u"出席:") ||
        xj_chars_is(&c->t, n->span.from, n->span.to, u"请假:") ||
        xj_chars_is(&c->t, n->span.from, n->span.to, u"注:"))
        return true;
    if (size > 50)
        return false;
    if (c->t.c[n->span.from] == u'本' && says_force(c, n->span))
        return true;
    if (size > 4 && xj_chars_is(&c->t, n->span.to - 2, n->span.to, u"印发"))
        return true;
    for (size_t k = n->span.from; k < n->span.to; k++)
        if (xj_when_parse(&when, &c->t, k, n->span.to) && when.kind == XJ_WHEN_DAY &&
            when.year_kind == XJ_YEAR_PRINTED && k + when.len >= n->span.to &&
            (k == n->span.from || unit_like(c, (xj_span){n->span.from, k})))
            return true;
    return false;
}

/* A line that signs: short, a name, and a date or an end right behind it. */
static bool
signs(const comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    return i + 1 < c->nnodes && !n->table && n->label.kind == XJ_LABEL_NONE &&
           n->span.to - n->span.from <= 40 && xj_chars_find(&c->t, n->span, u'。') == n->span.to &&
           xj_chars_find(&c->t, n->span, ':') == n->span.to && ends_body(c, i + 1) &&
           unit_like(c, xj_chars_trim(&c->t, n->span, u"()"));
}

/* A paragraph that asks all units for something at the end of a list: 请各单位于…前报送…,
 * 联系人：…, 会议强调，…. */
static bool
closes(comp *c, const node *n)
{
    const node *above = n - 1;
    clause cl = {0};

    /* what stands right below a heading is what it is about, and 各县：… is told what to do */
    if (n > c->nodes && above->bare && above->label.kind != XJ_LABEL_NONE &&
        xj_chars_find(&c->t, above->span, u'。') == above->span.to)
        return false;
    return (c->t.c[n->span.from] == u'各' && outline_asks_reports(c, n->span) &&
            lead_read(c, &cl, n->span) == n->span.from) ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"请各") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"请于") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"联系人") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"会议强调") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"会议要求") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"会议指出") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"会议认为") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"会议希望") ||
           xj_chars_is(&c->t, n->span.from, n->span.to, u"特此通知");
}

/* Whether the plain paragraph I is nothing but units or a time, above numbered lines; behind a time
 * above the first of them (*TIMED) their numbers may go on. */
static bool
opens_list(comp *c, size_t i, bool *timed)
{
    const node *n = &c->nodes[i];
    clause cl = {0};
    xj_deadline due;

    if (n->table || n->letter || i <= c->title_node || i + 1 >= c->nnodes ||
        n->label.kind != XJ_LABEL_NONE || n->span.to - n->span.from > TITLE_MAX ||
        c->nodes[i + 1].label.kind == XJ_LABEL_NONE ||
        (c->nodes[i + 1].label.value != 1 && !*timed))
        return false;
    if (lead_due(c, &due, n->span))
        return *timed = true;
    return c->nodes[i + 1].label.value == 1 && lead_names(c, &cl, n->span);
}

/* The units of the plain paragraph I, which is a clause alone (牵头单位：市教育局) above a numbered
 * line; an empty span where it is none. */
static xj_span
key_above(comp *c, size_t i)
{
    const node *n = &c->nodes[i];
    clause cl = {0};
    size_t body = 0;
    int label;

    if (n->table || n->letter || i <= c->title_node || i + 1 >= c->nnodes ||
        n->label.kind != XJ_LABEL_NONE || c->nodes[i + 1].label.kind == XJ_LABEL_NONE)
        return (xj_span){0, 0};
    label = clause_label(c, n->span.from, n->span.to, &body);
    if ((label != XJ_G_LABEL_LEAD && label != XJ_G_LABEL_RESPONSIBLE) || body >= n->span.to ||
        !lead_names(c, &cl, (xj_span){body, n->span.to}))
        return (xj_span){0, 0};
    return (xj_span){body, n->span.to};
}

/* Mark the lines of units that stand above what these do, not below it: the first has no item
 * before it. */
static size_t
mark_keys(comp *c)
{
    bool above = false, numbered = false;
    size_t marked = 0;

    for (size_t i = c->title_node + 1; i < c->nnodes; i++) {
        node *n = &c->nodes[i];
        const xj_span units = key_above(c, i);

        numbered = numbered || n->label.kind != XJ_LABEL_NONE;
        if (units.from == units.to)
            continue;
        above = above || !numbered;
        if (!above)
            break;
        n->led = true;
        n->title = units;
        marked++;
    }
    return marked;
}

/* Mark the lines that head lists (市教育局：), where there are several; one alone addresses. */
static void
mark_led(comp *c)
{
    size_t n = 0;
    bool timed = false;

    for (size_t i = 0; i < c->nnodes; i++) {
        c->nodes[i].led = opens_list(c, i, &timed);
        if (c->nodes[i].led)
            c->nodes[i].title = xj_chars_trim(&c->t, c->nodes[i].span, u":");
        n += c->nodes[i].led;
    }
    n += mark_keys(c);
    for (size_t i = 0; i < c->nnodes && n < 2; i++)
        c->nodes[i].led = false;
}

static void
nest(comp *c)
{
    stack s = {.n = 0};

    mark_led(c);

    for (size_t i = 0; i < c->nnodes; i++) {
        node *n = &c->nodes[i];

        n->end = i + 1;
        if (i == c->title_node)
            pop_to(c, &s, 0, i);
        if (n->label.kind != XJ_LABEL_NONE) {
            n->rank = (uint8_t)(2 * n->label.kind);
            while (s.n > 0 && c->nodes[s.items[s.n - 1]].rank >= n->rank)
                pop_to(c, &s, s.n - 1, i);
            n->role = section_role(c, n);
        } else if (n->led) {
            n->rank = (uint8_t)(2 * c->nodes[i + 1].label.kind - 1);
            while (s.n > 0 && c->nodes[s.items[s.n - 1]].rank >= n->rank)
                pop_to(c, &s, s.n - 1, i);
            n->body = n->span.to;
            n->bare = true;
        } else if (ends_body(c, i) || signs(c, i)) {
            pop_to(c, &s, 0, i);
            n->role = NODE_ANNEX;
        } else if (!n->table && s.n > 0 && closes(c, n)) {
            pop_to(c, &s, 0, i);
            n->role = NODE_REQUIREMENTS;
        } else {
            read_key(c, n);
            if (n->key) {
                size_t keep = s.n;

                while (keep > 0 && !c->nodes[s.items[keep - 1]].bare)
                    keep--;
                while (keep > 0 && c->nodes[s.items[keep - 1]].key)
                    keep--;
                if (keep > 0) {
                    pop_to(c, &s, keep, i);
                    n->rank = (uint8_t)(c->nodes[s.items[keep - 1]].rank + 1);
                }
            }
        }
        n->parent = s.n > 0 ? (int)s.items[s.n - 1] : -1;
        if (n->rank != RANK_TEXT && (n->label.kind != XJ_LABEL_NONE || n->bare) &&
            s.n < sizeof s.items / sizeof *s.items)
            s.items[s.n++] = i;
    }
    pop_to(c, &s, 0, c->nnodes);
}

/* --- actions ---------------------------------------------------------------------------------- */

bool
outline_under(const comp *c, size_t i, uint8_t role)
{
    for (int p = c->nodes[i].parent; p >= 0; p = c->nodes[p].parent)
        if (c->nodes[p].role == role)
            return true;
    return false;
}

bool
outline_has_items(const comp *c, size_t i)
{
    for (size_t k = i + 1; k < c->nodes[i].end; k++)
        if (c->nodes[k].label.kind != XJ_LABEL_NONE &&
            c->nodes[k].label.kind < (c->circles ? XJ_LABEL_ORDINAL : XJ_LABEL_CIRCLE))
            return true;
    return false;
}

/* The kind of label that most names of actions bear, NONE where no level is one of actions. */
static xj_label_kind
action_level(const comp *c)
{
    unsigned all[XJ_LABEL_ORDINAL + 1] = {0}, named[XJ_LABEL_ORDINAL + 1] = {0};
    xj_label_kind best = XJ_LABEL_NONE;

    for (size_t i = 0; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];

        if (n->letter || n->label.kind == XJ_LABEL_NONE || n->label.kind >= XJ_LABEL_NUM_PAR ||
            n->role == NODE_GENERAL || n->role == NODE_REQUIREMENTS || n->role == NODE_GOALS ||
            outline_under(c, i, NODE_GENERAL) || outline_under(c, i, NODE_REQUIREMENTS))
            continue;
        all[n->label.kind]++;
        named[n->label.kind] += names_action(c, n);
    }
    for (int k = XJ_LABEL_PART; k < XJ_LABEL_NUM_PAR; k++)
        if (named[k] >= 1 && named[k] * 2 >= all[k] &&
            (best == XJ_LABEL_NONE || named[k] > 2 * named[best]))
            best = (xj_label_kind)k;
    return best;
}

/* Whether the item at node I, or the line below it, says who does it. */
static bool
item_owned(comp *c, size_t i)
{
    return item_has_clause(c, c->nodes[i].span) ||
           (i + 1 < c->nnodes && c->nodes[i + 1].label.kind == XJ_LABEL_NONE &&
            !c->nodes[i + 1].table && item_has_clause(c, c->nodes[i + 1].span));
}

/* Whether the heading of node I is nothing but units or a time: what stands below it are items,
 * however short. */
static bool
heads_list(comp *c, size_t i)
{
    const node *n = &c->nodes[i];
    clause cl = {0};
    xj_deadline due;

    return n->bare && n->label.kind != XJ_LABEL_NONE &&
           (lead_names(c, &cl, n->title) || lead_due(c, &due, n->title));
}

/* Where no heading names an action: the level right above the items.  （1） is an item where it
 * says who does it. */
static xj_label_kind
parent_level(comp *c)
{
    unsigned count[XJ_LABEL_ORDINAL + 1] = {0};
    xj_label_kind best = XJ_LABEL_NONE;

    for (size_t i = 0; i < c->nnodes; i++) {
        const node *n = &c->nodes[i], *p;

        if (n->letter || n->label.kind == XJ_LABEL_NONE || n->parent < 0 ||
            n->label.kind > (c->circles ? XJ_LABEL_CIRCLE : XJ_LABEL_NUM_PAR) ||
            outline_under(c, i, NODE_GENERAL) || outline_under(c, i, NODE_REQUIREMENTS) ||
            n->role == NODE_GENERAL ||
            ((n->bare || n->label.kind >= XJ_LABEL_NUM_PAR) && !item_owned(c, i) &&
             !heads_list(c, (size_t)n->parent)))
            continue;
        p = &c->nodes[n->parent];
        /* 1.1 groups what stands below 1 */
        while (p->label.kind > XJ_LABEL_NUM && p->label.kind <= XJ_LABEL_NUM_3 && p->parent >= 0 &&
               c->nodes[p->parent].bare && c->nodes[p->parent].label.kind >= XJ_LABEL_NUM)
            p = &c->nodes[p->parent];
        if (p->label.kind != XJ_LABEL_NONE && p->bare && p->role == NODE_PLAIN)
            count[p->label.kind]++;
    }
    for (int k = XJ_LABEL_PART; k < XJ_LABEL_NUM_PAR; k++)
        if (count[k] > 0 && (best == XJ_LABEL_NONE || count[k] > count[best]))
            best = (xj_label_kind)k;
    return best;
}

/* Whether the items below chapter I go on with the numbers of those before it: then they are items
 * like them, whatever its name. */
static bool
carries_on(const comp *c, size_t i)
{
    const node *first = NULL;

    if (!c->nodes[i].bare)
        return false;
    for (size_t k = i + 1; k < c->nodes[i].end && first == NULL; k++)
        if (c->nodes[k].label.kind != XJ_LABEL_NONE)
            first = &c->nodes[k];
    if (first == NULL || first->label.value < 2)
        return false;
    for (size_t k = i; k > 0; k--)
        if (c->nodes[k - 1].label.kind == first->label.kind && !c->nodes[k - 1].letter)
            return c->nodes[k - 1].label.value + 1 == first->label.value;
    return false;
}

/* Whether ① are the items of this paper: they say who does them, and no other item stands above
 * them. */
static bool
circles_are_items(comp *c)
{
    size_t owned = 0;

    for (size_t i = c->title_node; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];

        if (n->letter || n->label.kind != XJ_LABEL_CIRCLE)
            continue;
        if (n->parent >= 0 && !c->nodes[n->parent].bare)
            return false;
        owned += item_owned(c, i);
    }
    return owned >= 2;
}

/* Whether all that is numbered below chapter I, or I itself, says who does it: then it is work,
 * whatever its heading says (落实经费保障。（市财政局负责）). */
static bool
work_after_all(comp *c, size_t i)
{
    size_t items = 0;

    if (c->nodes[i].label.kind == XJ_LABEL_NONE || c->nodes[i].letter)
        return false;
    for (size_t k = i + 1; k < c->nodes[i].end; k++) {
        if (c->nodes[k].label.kind == XJ_LABEL_NONE || outline_has_items(c, k))
            continue;
        items++;
        if (!item_owned(c, k))
            return false;
    }
    return items > 0 || (c->nodes[i].end <= i + 2 && item_owned(c, i));
}

void
outline_classify(comp *c)
{
    xj_label_kind level;
    bool named;
    int last = 0;

    nest(c);
    c->circles = circles_are_items(c);
    for (size_t i = 0; i < c->nnodes; i++)
        if (c->nodes[i].role == NODE_REQUIREMENTS && work_after_all(c, i))
            c->nodes[i].role = NODE_PLAIN;
    level = action_level(c);
    named = level != XJ_LABEL_NONE;
    if (!named)
        level = parent_level(c);
    for (size_t i = 0; i < c->nnodes; i++) {
        node *n = &c->nodes[i];

        if (n->letter || n->label.kind != level || level == XJ_LABEL_NONE)
            continue;
        if (n->role == NODE_REQUIREMENTS && carries_on(c, i))
            n->role = NODE_PLAIN;
        if (n->role == NODE_GENERAL || n->role == NODE_GOALS || n->role == NODE_REQUIREMENTS ||
            n->role == NODE_TASKS || outline_under(c, i, NODE_GENERAL) ||
            outline_under(c, i, NODE_GOALS) || outline_under(c, i, NODE_ACTION))
            continue;
        if (outline_under(c, i, NODE_REQUIREMENTS) &&
            !(n->bare && outline_has_items(c, i) && n->label.value == last + 1))
            continue;
        if (named && !names_action(c, n) && !outline_has_items(c, i))
            continue;
        if (!named && !n->bare)
            continue;
        n->role = NODE_ACTION;
        last = n->label.value;
    }
    for (size_t i = 0; i < c->nnodes; i++)
        if (c->nodes[i].led && !outline_under(c, i, NODE_ACTION) &&
            !outline_under(c, i, NODE_GENERAL) && !outline_under(c, i, NODE_GOALS))
            c->nodes[i].role = NODE_ACTION;
}
