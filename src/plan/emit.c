/*
 * plan/emit.c -- giving out: from the classified tree (outline.c) to actions, tasks and targets.
 *
 * An item below an action is a task, with its sub-items.  Where no item is numbered, paragraphs
 * that say themselves who does them are; where no chapter is an action, the numbered paragraphs
 * of a paper that gives work to somebody.
 */
#include "plan/compile_priv.h"

#include "text/similar.h"

#define NAME_MIN 4     /* characters of an action's name in an annex; fewer are a remark (备注) */
#define SAME 0.95      /* likeness of two names of one action */
#define LIKE 0.4       /* and of what may be one, where the others are taken */
#define ACTING_MIN 2   /* paragraphs in which units act, of a paper that gives work to them */
#define ARTICLES_MIN 3 /* articles that are a law */
#define TITLE_LINES 8  /* lines in which a title stands */
#define TITLE_LONG 60  /* characters of one of them */
#define FLAT_MIN 2     /* numbered paragraphs that are a list of tasks */

xj_span
outline_name(const comp *c, xj_span title)
{
    size_t len, end;
    xj_span name = xj_chars_trim(&c->t, title, u"。.,:;"), bare = name;

    /* 强化责任、形成合力 says two things to do, and is a name as it stands */
    if (xj_gram_end(&xj_g_actionword, &c->t, name, &end) == 0 &&
        (xj_chars_find(&c->t, name, u'、') < name.to || xj_chars_find(&c->t, name, ',') < name.to))
        return name;
    /* 广泛深入开展…行动: the words of how stand before the verb */
    while (xj_gram_at(&xj_g_adverb, &c->t, bare.from, bare.to, &len) != 0)
        bare.from += len;
    if (xj_gram_at(&xj_g_verb, &c->t, bare.from, bare.to, &len) != 0 &&
        bare.from + len + 3 < bare.to)
        name.from = bare.from + len;
    return name;
}

static bool
is_item_node(const node *n)
{
    return n->label.kind != XJ_LABEL_NONE || n->key;
}

/* The targets of the text of nodes FIRST up to LAST. */
static void
read_goals(comp *c, int action, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (!c->nodes[i].table)
            target_read(c, action, XJ_STR_NONE, (xj_span){c->nodes[i].body, c->nodes[i].span.to});
}

static void emit_below(comp *c, int action, size_t from, size_t end, bool deep);
static size_t closing_clause(comp *c, size_t i);

/* The part below heading I that only says who does the whole (（三）责任分工, and a line of units),
 * or 0. */
static size_t
duty_part(comp *c, size_t i)
{
    for (size_t k = i + 1; k < c->nodes[i].end; k = c->nodes[k].end) {
        const node *n = &c->nodes[k];
        size_t body;

        if (n->label.kind != XJ_LABEL_NONE && n->bare && n->end == k + 2 &&
            !c->nodes[k + 1].table && c->nodes[k + 1].label.kind == XJ_LABEL_NONE &&
            n->title.to >= n->title.from + 2 &&
            xj_chars_is(&c->t, n->title.to - 2, n->title.to, u"分工") &&
            clause_label(c, c->nodes[k + 1].span.from, c->nodes[k + 1].span.to, &body) != 0)
            return k;
    }
    return 0;
}

/* Below heading I nothing is to be done but its steps (实施步骤): then these are the tasks. */
static void
emit_steps(comp *c, int action, size_t i)
{
    for (size_t k = i + 1; k < c->nodes[i].end; k = c->nodes[k].end) {
        const node *n = &c->nodes[k];

        if (n->role == NODE_REQUIREMENTS && n->bare && outline_has_items(c, k) &&
            n->title.to >= n->title.from + 2 &&
            xj_chars_is(&c->t, n->title.to - 2, n->title.to, u"步骤"))
            emit_below(c, action, k + 1, n->end, false);
    }
}

/* The items below heading I, of which its bracket (责任科室：甲), or the last line below it, may
 * say who does them. */
static void
emit_group(comp *c, int action, size_t i)
{
    const size_t closing = closing_clause(c, i), duty = duty_part(c, i), first = c->tasks.len;
    clause cl = {0};

    item_head_units(c, &cl, i);
    if (duty != 0)
        c->nodes[duty].role = NODE_REQUIREMENTS;
    emit_below(c, action, i + 1, c->nodes[i].end, false);
    if (c->tasks.len == first)
        emit_steps(c, action, i);
    for (size_t task = first; task < c->tasks.len; task++) {
        if (closing != 0)
            item_add_clause(c, task, c->nodes[closing].span);
        if (duty != 0)
            item_add_clause(c, task, c->nodes[duty + 1].span);
        item_inherit_units(c, task, &cl);
    }
}

/* A numbered node or a key line below an action. */
static void
emit_node(comp *c, int action, size_t i, bool deep)
{
    const node *n = &c->nodes[i];

    if (n->role == NODE_GOALS || n->role == NODE_GENERAL) {
        read_goals(c, action, i, n->end);
        return;
    }
    if (n->role == NODE_REQUIREMENTS)
        return;
    if (n->role == NODE_TASKS && (n->bare || n->key) && n->end > i + 1) {
        emit_below(c, action, i + 1, n->end, true);
        return;
    }
    if (n->bare && n->label.kind != XJ_LABEL_NONE && n->label.kind < XJ_LABEL_NUM_3 && !deep) {
        const xj_label_kind below = n->label.kind < XJ_LABEL_NUM ? XJ_LABEL_NUM : n->label.kind + 1;
        bool items = false;

        for (size_t k = i + 1; k < n->end && !items; k++)
            items = c->nodes[k].label.kind == below && c->nodes[k].parent == (int)i;
        if (items) {
            emit_group(c, action, i);
            return;
        }
    }
    if (n->end == i + 1 && lines_split(c, action, i))
        return;
    item_read(c, action, i, n->end);
}

/* The items below a line of units or of a time within an action. */
static void
emit_led(comp *c, int action, size_t i)
{
    size_t task = c->tasks.len;
    clause cl = {0};

    emit_below(c, action, i + 1, c->nodes[i].end, false);
    if (lead_names(c, &cl, c->nodes[i].title))
        for (; task < c->tasks.len; task++)
            item_add_units(c, task, &cl);
}

/* The items among nodes FROM up to END (all below one action); DEEP where they stand below
 * 主要任务. */
static void
emit_below(comp *c, int action, size_t from, size_t end, bool deep)
{
    bool any = false;

    for (size_t i = from; i < end; i = c->nodes[i].end) {
        if (c->nodes[i].table)
            table_read(c, i, action);
        else if (c->nodes[i].led) {
            any = true;
            emit_led(c, action, i);
        } else if (is_item_node(&c->nodes[i])) {
            any = true;
            emit_node(c, action, i, deep);
        } else if (deep && !any)
            item_read(c, action, i, i + 1);
    }
}

/* An action without items is its own task. */
static void
emit_alone(comp *c, int action, size_t i)
{
    const node *n = &c->nodes[i];
    size_t texts = 0;

    for (size_t k = i + 1; k < n->end; k++)
        texts += c->nodes[k].label.kind == XJ_LABEL_NONE;
    if (n->bare && texts == 0)
        return;
    item_read(c, action, i, n->end);
}

/* Whether S says of all that stands before it who does it: 以上任务由甲牵头，乙配合。 */
static bool
says_all(comp *c, xj_span s)
{
    const size_t marks = c->warnings.len;
    clause cl = {0};

    if (!xj_chars_is(&c->t, s.from, s.to, u"以上") && !xj_chars_is(&c->t, s.from, s.to, u"上述"))
        return false;
    clause_read(c, &cl, s, XJ_ROLE_RESPONSIBLE);
    c->warnings.len = marks;
    return cl.units.len > 0 && cl.odd == 0 && cl.role_words;
}

/* The last line below action I, where it is a clause alone and no item has one: it is said of all.
 * Its node, or 0. */
static size_t
closing_clause(comp *c, size_t i)
{
    const node *n = &c->nodes[i];
    const size_t last = n->end - 1;
    const xj_span s = c->nodes[last].span;
    size_t items = 0, body;

    if (last <= i + 2 || c->nodes[last].label.kind != XJ_LABEL_NONE || c->nodes[last].table ||
        s.from >= s.to)
        return 0;
    if (says_all(c, s))
        return last;
    if (!item_has_clause(c, s))
        return 0;
    if (!(c->t.c[s.from] == '(' && comp_close(c, s.from, s.to) >= s.to - 1) &&
        clause_label(c, s.from, s.to, &body) == 0)
        return 0;
    for (size_t k = i + 1; k < last; k++) {
        if (items == 0 && c->nodes[k].label.kind == XJ_LABEL_NONE)
            continue; /* of the heading */
        items += c->nodes[k].label.kind != XJ_LABEL_NONE && c->nodes[k].parent != (int)last;
        if (item_has_clause(c, c->nodes[k].span))
            return 0;
    }
    return items >= 2 ? last : 0;
}

static void
emit_action(comp *c, size_t i, int no)
{
    const node *n = &c->nodes[i];
    xj_span name = outline_name(c, n->title);
    xj_action *action = comp_action(c, no, comp_text(c, name), name);
    bool items = false;
    size_t first = n->end;

    if (i + 1 < n->end && lines_open_with_name(c, i + 1)) {
        lines_named(c, no, i);
        return;
    }
    for (size_t k = i + 1; k < n->end && !items; k = c->nodes[k].end)
        if (is_item_node(&c->nodes[k]) || c->nodes[k].table) {
            items = true;
            first = k;
        }
    item_action_units(c, action, i, false);
    if (!items && lines_below(c, no, i))
        return;
    item_action_units(c, action, i, true);
    if (!items) {
        emit_alone(c, no, i);
        return;
    }
    target_read(c, no, XJ_STR_NONE, (xj_span){n->title.to, n->span.to});
    for (size_t k = i + 1; k < first; k++)
        target_read(c, no, XJ_STR_NONE, c->nodes[k].span);
    emit_group(c, no, i);
}

/* Whether heading I is a task itself: lines right below it say who does it (任务一：… 责任单位：…),
 * and what is counted below them does not. */
static bool
is_task(comp *c, size_t i)
{
    const node *n = &c->nodes[i];
    bool owned = false;
    size_t body;

    for (size_t k = i + 1; k < n->end; k++) {
        const node *m = &c->nodes[k];

        if (m->label.kind == XJ_LABEL_NONE)
            owned = owned || (!m->table && clause_label(c, m->span.from, m->span.to, &body) != 0);
        else if (!owned || m->label.kind < XJ_LABEL_NUM_PAR || item_has_clause(c, m->span))
            return false;
    }
    return owned;
}

/* Whether chapter I, which holds no action, holds items to do. */
static bool
general_work(comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    if (n->role == NODE_GENERAL || n->role == NODE_REQUIREMENTS || n->role == NODE_GOALS ||
        n->role == NODE_ANNEX || !n->bare)
        return false;
    for (size_t k = i + 1; k < n->end; k++)
        if (c->nodes[k].role == NODE_ACTION)
            return false;
    return outline_has_items(c, i) && !is_task(c, i);
}

void
outline_zero(comp *c, size_t i)
{
    for (size_t k = 0; k < c->actions.len; k++)
        if (c->actions.items[k].no == 0)
            return;
    comp_action(c, 0, XJ_STR("工作机制"), c->nodes[i].title);
}

/* No plan has as many actions; a text of many plans stays linear. */
#define ACTIONS_COMPARED 64

bool
outline_lead(comp *c, xj_span names, const clause *cl, double floor, bool again)
{
    bool all = true;

    for (size_t i = names.from; i < names.to;) {
        size_t to = i;
        xj_action *best = NULL;
        bool found = false; /* the turn before */
        double score = floor;
        xj_str name;

        while (to < names.to && c->t.c[to] != u'、' && c->t.c[to] != ',')
            to++;
        name = xj_chars_bytes(&c->t, (xj_span){i, to});
        for (size_t k = 0; k < c->actions.len && k < ACTIONS_COMPARED && to > i; k++) {
            double alike = xj_similarity(c->actions.items[k].name, name);

            if (c->actions.items[k].nlead_units > 0 && floor < SAME) {
                found = found || (again && alike > SAME);
            } else if (alike > score) {
                score = alike;
                best = &c->actions.items[k];
            }
        }
        if (best != NULL && best->nlead_units == 0 && best->nimplementers == 0) {
            best->lead_units = XJ_NEW_ARRAY(c->result, xj_str, cl->units.len);
            best->implementers = XJ_NEW_ARRAY(c->result, xj_str, cl->units.len);
            for (size_t k = 0; k < cl->units.len; k++)
                if (cl->units.items[k].doer)
                    best->implementers[best->nimplementers++] = cl->units.items[k].name;
                else if (cl->units.items[k].role == XJ_ROLE_LEAD)
                    best->lead_units[best->nlead_units++] = cl->units.items[k].name;
        } else if (best == NULL && !found && to > i) {
            all = false;
        }
        i = to + 1;
    }
    return all;
}

/* Lead units of actions from the lines of an annex: X行动由Y牵头，Z具体组织实施。 */
static void
read_annex_line(comp *c, xj_span s, bool again)
{
    clause cl = {0};
    size_t by = s.to;

    for (size_t i = s.from; i < s.to; i++)
        if (c->t.c[i] == u'由' || c->t.c[i] == ':') {
            by = i;
            break;
        }
    if (by == s.to)
        return;
    clause_read(c, &cl, (xj_span){by + 1, s.to}, XJ_ROLE_LEAD);
    if (cl.units.len > 0 && by - s.from >= NAME_MIN &&
        !outline_lead(c, (xj_span){s.from, by}, &cl, again ? LIKE : SAME, again) && again)
        comp_warn(c, "unplaced_action", (xj_span){s.from, by}, "附件所列行动与正文对不上");
}

static void
read_annex(comp *c)
{
    size_t from = c->nnodes;

    for (size_t i = c->title_node; i < c->nnodes && from == c->nnodes; i++)
        if (c->nodes[i].role == NODE_ANNEX && i > 0 && c->actions.len > 0)
            from = i;
    /* names that are the same first, so that those which differ a little find what is left */
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = from; i < c->nnodes; i++)
            for (size_t k = c->nodes[i].body; k < c->nodes[i].span.to && !c->nodes[i].table;) {
                xj_span s = comp_sentence(c, k, c->nodes[i].span.to);

                read_annex_line(c, s, turn > 0);
                k = s.to;
            }
}

/* The number of the action at node I: as printed, or, where numbers begin anew, the next one. */
static int
next_number(int printed, int last)
{
    return printed > last ? printed : last + 1;
}

static bool
says_report(const comp *c, xj_span s)
{
    for (size_t i = s.from; i + 1 < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, u"报送"))
            return true;
    return false;
}

bool
outline_asks_reports(comp *c, xj_span s)
{
    bool all = false;
    size_t len;

    if (item_has_clause(c, s) || xj_chars_find(&c->t, s, u'报') == s.to ||
        (xj_gram_pattern(&xj_g_obligation, &c->t, s) == 0 && !says_report(c, s)))
        return false;
    for (size_t k = s.from; k < s.to && !all; k++)
        all = (k == s.from || c->t.c[k - 1] == u'。' || c->t.c[k - 1] == ',' ||
               c->t.c[k - 1] == u'请') &&
              c->t.c[k] == u'各' && xj_gram_at(&xj_g_group, &c->t, k, s.to, &len) != 0;
    return all;
}

/* Whether item S asks for reports, and its words say nothing of who does something else (由甲负责).
 */
static bool
asks_only(comp *c, xj_span s)
{
    xj_span at;

    return outline_asks_reports(c, s) &&
           (c->t.c[s.from] == u'各' || xj_gram_find(&xj_g_role, &c->t, s, &at) == 0);
}

/* Whether node I is an article of a law: one that says who does it (若干措施) is none. */
static bool
is_article(comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    if (n->label.kind != XJ_LABEL_ARTICLE || n->body == 0 || c->t.c[n->body - 1] != u'条')
        return false;
    for (size_t k = i; k < n->end && (k == i || c->nodes[k].label.kind == XJ_LABEL_NONE); k++)
        if (!c->nodes[k].table && item_has_clause(c, c->nodes[k].span))
            return false;
    return true;
}

/* Whether a key in S says when it is to be done (完成时限：6月30日). */
static bool
has_time_key(const comp *c, xj_span s)
{
    size_t body;

    for (size_t i = s.from; i < s.to; i++)
        if ((i == s.from || c->t.c[i - 1] == u'。' || c->t.c[i - 1] == '\n' ||
             c->t.at[i] != xj_chars_end(&c->t, i - 1)) &&
            clause_label(c, i, s.to, &body) == XJ_G_LABEL_DEADLINE)
            return true;
    return false;
}

/* Whether the paragraphs numbered by KIND give work to somebody; articles of a law (第…条) do not.
 */
static bool
gives_out(comp *c, xj_label_kind kind)
{
    bool given = false;
    size_t acting = 0, dated = 0;
    xj_span at, words;

    for (size_t i = c->title_node; i < c->nnodes; i = c->nodes[i].end) {
        const node *n = &c->nodes[i];

        if (n->label.kind != kind || n->role != NODE_PLAIN)
            continue;
        if (is_article(c, i))
            continue;
        for (size_t k = i; k < n->end; k++) {
            clause cl = {0};

            if (c->nodes[k].table)
                continue;
            words = (xj_span){c->nodes[k].body, c->nodes[k].span.to};
            acting += lead_actors(c, &cl, words) || lead_read(c, &cl, words) > words.from;
            dated += has_time_key(c, words);
        }
        for (size_t k = i; k < n->end && !given; k++)
            given = !c->nodes[k].table &&
                    (item_has_clause(c, c->nodes[k].span) ||
                     xj_gram_find(&xj_g_role, &c->t, c->nodes[k].span, &at) == XJ_G_ROLE_LEAD);
    }
    return given || acting >= ACTING_MIN || dated >= ACTING_MIN;
}

/* Whether node I is a chapter below which tasks are named (任务名称：…). */
static bool
names_tasks(const comp *c, size_t i)
{
    const node *n = &c->nodes[i];

    return n->label.kind != XJ_LABEL_NONE && n->bare && i + 1 < n->end &&
           lines_open_with_name(c, i + 1);
}

/* What the lines without a number, each with a key, say of the whole sheet (承办单位：甲
 * 协办单位：乙). */
static void
read_sheet(comp *c, clause *out)
{
    for (size_t i = c->title_node; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];
        size_t body;

        if (n->label.kind != XJ_LABEL_NONE)
            break;
        if (!n->table && !n->letter && clause_label(c, n->span.from, n->span.to, &body) != 0)
            clause_read(c, out, n->span, XJ_ROLE_RESPONSIBLE);
    }
    /* and when, below what is to be done */
    for (size_t i = c->nnodes; i-- > c->title_node && !out->has_deadline;) {
        const xj_span s = c->nodes[i].span;
        size_t body;

        if (c->nodes[i].label.kind != XJ_LABEL_NONE || c->nodes[i].table)
            break;
        if (clause_label(c, s.from, s.to, &body) == XJ_G_LABEL_DEADLINE)
            clause_read(c, out, s, XJ_ROLE_RESPONSIBLE);
    }
}

/* A paper with no actions: its numbered paragraphs themselves are the tasks, or, where they are
 * bare and name tasks below them (任务名称：…), the actions. */
static void
emit_flat(comp *c)
{
    unsigned count[XJ_LABEL_ORDINAL + 1] = {0};
    xj_label_kind kind = XJ_LABEL_NONE;
    bool chapters = false; /* whose paragraphs name tasks */
    clause sheet = {0};

    for (size_t i = c->title_node; i < c->nnodes; i++)
        if (c->nodes[i].parent < 0 && c->nodes[i].role == NODE_PLAIN)
            count[c->nodes[i].label.kind] += names_tasks(c, i) ? FLAT_MIN : 1;
    for (int k = XJ_LABEL_PART; k <= XJ_LABEL_ORDINAL && kind == XJ_LABEL_NONE; k++)
        if (count[k] >= FLAT_MIN)
            kind = (xj_label_kind)k;
    read_sheet(c, &sheet);
    if (kind == XJ_LABEL_NONE || (sheet.units.len == 0 && !gives_out(c, kind)))
        return;
    for (size_t i = c->title_node; i < c->nnodes && !chapters; i = c->nodes[i].end)
        chapters = c->nodes[i].label.kind == kind &&
                   (names_tasks(c, i) || (c->nodes[i].bare && lines_opened(c, i)));
    for (size_t i = c->title_node; i < c->nnodes && c->err == NULL; i = c->nodes[i].end)
        if (c->nodes[i].label.kind == kind && c->nodes[i].role == NODE_PLAIN) {
            const node *n = &c->nodes[i];

            if (chapters) {
                emit_action(c, i, (int)c->actions.len + 1);
                continue;
            }
            if (is_article(c, i))
                continue;
            if (n->end == i + 1 && asks_only(c, (xj_span){n->body, n->span.to})) {
                c->nodes[i].role = NODE_REQUIREMENTS;
                continue;
            }
            outline_zero(c, i);
            emit_node(c, 0, i, true);
        }
    for (size_t task = 0; task < c->tasks.len && sheet.units.len > 0; task++) {
        item_add_units(c, task, &sheet);
        if (sheet.has_deadline)
            item_add_due(c, task, &sheet.deadline);
    }
}

/* S without the bracket that ends it. */
static xj_span
without_bracket(const comp *c, xj_span s)
{
    size_t to = s.to;

    if (s.from >= s.to || c->t.c[s.to - 1] != ')')
        return s;
    while (to > s.from && c->t.c[to - 1] != '(')
        to--;
    return to > s.from + 1 ? (xj_span){s.from, to - 1} : s;
}

/* Whether the title says that the paper orders nothing (讲话, 条例, 会议的通知), or its paragraphs
 * are articles of a law. */
static bool
orders_nothing(comp *c)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);
    const bool titled = c->reg->document.title.data != NULL;
    size_t len, articles = 0, labels = 0;

    for (size_t i = 0; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];

        labels += n->label.kind != XJ_LABEL_NONE && n->label.kind >= XJ_LABEL_ARTICLE;
        articles += is_article(c, i);
    }
    if (articles >= ARTICLES_MIN && articles * 2 > labels)
        return true;
    for (size_t i = 0; i < c->nnodes && i < TITLE_LINES && i <= c->title_node + 1; i++) {
        const node *n = &c->nodes[i];

        if (n->table || n->label.kind != XJ_LABEL_NONE)
            break;
        /* 贯彻某市控烟条例, and 实施方案 in the next line */
        if (titled && i + 1 >= c->title_node && n->span.to < title.to)
            continue;
        if (n->span.to - n->span.from <= TITLE_LONG &&
            xj_gram_end(&xj_g_notplan, &c->t, without_bracket(c, n->span), &len) != 0)
            return true;
    }
    return false;
}

static void
emit_all(comp *c)
{
    int last = 0;

    for (size_t i = c->title_node; i < c->nnodes && c->err == NULL;) {
        const node *n = &c->nodes[i];

        if (n->role == NODE_ACTION) {
            int no = next_number(n->label.value, last);

            emit_action(c, i, no);
            last = no;
            i = n->end;
        } else if (n->label.kind != XJ_LABEL_NONE &&
                   (n->role == NODE_GOALS || n->role == NODE_GENERAL)) {
            read_goals(c, 0, i, n->end);
            i = n->end;
        } else if (n->table && (n->parent < 0 || c->nodes[n->parent].role != NODE_ACTION)) {
            table_read(c, i, -1);
            i = n->end;
        } else if (n->label.kind != XJ_LABEL_NONE && general_work(c, i)) {
            outline_zero(c, i);
            emit_group(c, 0, i);
            i = n->end;
        } else {
            i++;
        }
    }
}

/* Whether the tasks are work given to somebody: the title is that of a plan, or one of them says
 * who does it. */
static bool
orders_work(comp *c)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);
    size_t len, acting = 0;

    if (c->tasks.len == 0 ||
        (c->reg->document.title.data != NULL &&
         (xj_gram_end(&xj_g_planword, &c->t, title, &len) != 0 || c->t.c[title.to - 1] == ')')))
        return true;
    for (size_t i = 0; i < c->actions.len; i++) {
        const xj_span name = comp_span(c, c->actions.items[i].source);

        if (c->actions.items[i].nlead_units > 0 || lead_names(c, &(clause){0}, name) ||
            xj_gram_end(&xj_g_actionword, &c->t, name, &len) != 0)
            return true;
    }
    for (size_t i = 0; i < c->tasks.len; i++) {
        clause cl = {0};

        if (c->tasks.items[i].nunits > 0 || c->table_task.items[i])
            return true;
        acting += lead_actors(c, &cl, comp_span(c, c->tasks.items[i].source));
    }
    /* in a text without a title somebody always does something */
    return acting > 0 && (c->reg->document.title.data != NULL || acting * 2 > c->tasks.len);
}

/* In a paper that calls itself a plan and holds nothing but goals (目标责任书), those that are
 * numbered are the tasks.  Whether there are such. */
static bool
goals_are_tasks(comp *c)
{
    const xj_span title = comp_span(c, c->reg->document.title_at);
    bool found = false;
    size_t len;

    if (c->reg->document.title.data == NULL || xj_gram_end(&xj_g_planword, &c->t, title, &len) == 0)
        return false;
    for (size_t i = c->title_node; i < c->nnodes; i++)
        if (c->nodes[i].role == NODE_GOALS && c->nodes[i].bare && outline_has_items(c, i)) {
            c->nodes[i].role = NODE_PLAIN;
            found = true;
        }
    return found;
}

static void
forget_all(comp *c)
{
    c->actions.len = c->tasks.len = c->targets.len = c->table_task.len = 0;
    c->clause_deadlines = c->run = 0;
    c->row_action = -1;
    c->row_count = 0;
    c->head = NULL;
}

void
outline_emit(comp *c)
{
    if (orders_nothing(c))
        return;
    emit_all(c);
    if (c->err == NULL && c->tasks.len == 0 && c->actions.len == 0 && c->targets.len > 0) {
        /* a paper of indicators alone: who answers for one has it as a task */
        forget_all(c);
        c->indicator_tasks = true;
        emit_all(c);
    }
    if (c->err == NULL && c->tasks.len == 0 && c->actions.len == 0)
        emit_flat(c);
    if (c->err == NULL && c->tasks.len == 0 && c->actions.len == 0)
        lines_flat(c);
    if (c->err == NULL && c->tasks.len == 0 && c->actions.len == 0 && goals_are_tasks(c)) {
        forget_all(c);
        emit_all(c);
        if (c->tasks.len == 0)
            emit_flat(c);
    }
    if (c->err == NULL && !orders_work(c))
        forget_all(c);
    read_annex(c);
}
