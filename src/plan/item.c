/*
 * plan/item.c -- one item: its words, and the clauses of responsibility that are cut out of them.
 */
#include "plan/compile_priv.h"

#include "base/buf.h"

#define NAME_BRACKET 6 /* characters of a bracket within a name: （街道） */

static bool
at_sentence_end(const comp *c, size_t i, size_t from)
{
    xj_char ch;

    if (i <= from)
        return true;
    ch = c->t.c[i - 1];
    return ch == u'。' || ch == ';' || ch == '!' || ch == '\n' || ch == ')' || ch == u'”';
}

static void
merge_clause(comp *c, xj_plan_task *task, clause *cl, xj_span at)
{
    clause_units(c, task, cl);
    if (cl->open_ended)
        task->open_ended = true;
    if (cl->has_deadline &&
        (task->deadline.kind == XJ_DEADLINE_NONE ||
         (cl->deadline.date.year != 0 && xj_date_cmp(cl->deadline.date, task->deadline.date) > 0)))
        task->deadline = cl->deadline;
    if (cl->cadence != NULL && task->cadence == NULL)
        task->cadence = cl->cadence;
    if (cl->odd > 0)
        comp_warn(c, "unplaced_words", cl->odd_at, "责任分工中有未能识别的文字");
    (void)at;
}

/* Whether a stop at I ends an item that is counted within the text: …；②… */
static bool
counted_on(const comp *c, size_t i, size_t to)
{
    if (c->t.c[i] != ';' && c->t.c[i] != u'。')
        return false;
    for (i++; i < to && c->t.c[i] == '\n';)
        i++;
    return i < to && xj_label_parse(c->t.c + i, to - i).kind >= XJ_LABEL_NUM_PAR;
}

/* A bracket that opens at I: whether it is a clause; read into the task if so. */
static bool
try_bracket(comp *c, xj_plan_task *task, size_t i, size_t close, size_t from, size_t to)
{
    clause cl = {0};
    size_t next = close;
    bool behind, end;

    clause_read(c, &cl, (xj_span){i + 1, close - (c->t.c[close - 1] == ')')}, XJ_ROLE_RESPONSIBLE);
    if (!clause_is(&cl))
        return false;
    while (next < to && c->t.c[next] == '\n')
        next++;
    end = next >= to || (next + 1 >= to && c->t.c[next] == u'。') || counted_on(c, next, to);
    behind = end || c->t.c[next] == u'。' || c->t.c[next] == ';' || c->t.c[close] == '\n';
    if (!(cl.labelled || cl.role_words || cl.has_deadline) && !end)
        return false;
    if (!behind && !at_sentence_end(c, i, from))
        return false;
    merge_clause(c, task, &cl, (xj_span){i, close});
    return true;
}

/* The clause that opens with a key at I (责任单位：…), up to the end of its paragraph. */
static size_t
try_key(comp *c, xj_plan_task *task, size_t i, size_t to)
{
    clause cl = {0};
    size_t end = i, body;

    while (end < to && c->t.c[end] != '\n')
        end++;
    clause_read(c, &cl, (xj_span){i, end}, XJ_ROLE_RESPONSIBLE);
    if (cl.units.len == 0 && !cl.has_deadline) {
        const int label = clause_label(c, i, to, &body); /* 责任领导：某某 */

        return label == XJ_G_LABEL_OTHER || label == XJ_G_LABEL_PERSON ? end : i;
    }
    merge_clause(c, task, &cl, (xj_span){i, end});
    return end;
}

/* Whether each time in the segments of S stands alone: 9月底前完成, not 9月底前举办决赛, which says
 * what. */
static bool
times_alone(const comp *c, xj_span s)
{
    for (size_t i = s.from; i < s.to; i++) {
        xj_when when;
        size_t len;

        if (!xj_when_parse(&when, &c->t, i, s.to))
            continue;
        i += when.len;
        while (i < s.to && xj_gram_at(&xj_g_deadline, &c->t, i, s.to, &len) != 0)
            i += len;
        if (i < s.to && c->t.c[i] != ',' && c->t.c[i] != ';' && c->t.c[i] != u'由')
            return false;
    }
    return true;
}

/* The last sentence of [FROM, TO), where it is nothing but units and their parts. */
static size_t
try_tail(comp *c, xj_plan_task *task, size_t from, size_t to)
{
    size_t end = to, begin;
    clause cl = {0};
    bool dashed;

    while (end > from && (c->t.c[end - 1] == '\n' || c->t.c[end - 1] == u'。'))
        end--;
    begin = end;
    while (begin > from && c->t.c[begin - 1] != u'。' && c->t.c[begin - 1] != '\n' &&
           end - begin < 400)
        begin--;
    if (begin <= from || end - begin < 4)
        return to;
    /* ——市教育局、市体育局 */
    dashed = c->t.c[begin] == '-';
    clause_read(c, &cl, xj_chars_trim(&c->t, (xj_span){begin, end}, u"-"), XJ_ROLE_RESPONSIBLE);
    if (cl.units.len == 0 || cl.odd > 0 || !(cl.role_words || dashed) || clause_makes(c, &cl))
        return to;
    merge_clause(c, task, &cl, (xj_span){begin, end});
    return times_alone(c, (xj_span){begin, end}) ? begin : to;
}

void
item_add_units(comp *c, size_t task, const clause *cl)
{
    if (c->tasks.items[task].nunits == 0)
        clause_units(c, &c->tasks.items[task], cl);
}

void
item_add_due(comp *c, size_t task, const xj_deadline *due)
{
    if (c->tasks.items[task].deadline.kind != XJ_DEADLINE_NONE)
        return;
    c->tasks.items[task].deadline = *due;
    c->clause_deadlines++;
    /* what the task promises without a year is due with it */
    for (size_t i = c->targets.len; due->date.year != 0 && i > 0; i--) {
        xj_target *t = &c->targets.items[i - 1];

        if (t->action != c->tasks.items[task].action ||
            !xj_str_eq(t->task, c->tasks.items[task].no))
            break;
        if (t->year_inferred)
            t->year = due->date.year;
    }
}

void
item_add_clause(comp *c, size_t task, xj_span s)
{
    clause cl = {0};

    if (c->tasks.items[task].nunits > 0)
        return;
    if (c->t.c[s.from] == '(')
        s = (xj_span){s.from + 1, comp_close(c, s.from, s.to) - 1};
    clause_read(c, &cl, s, XJ_ROLE_RESPONSIBLE);
    merge_clause(c, &c->tasks.items[task], &cl, s);
}

/* Whether I is where S begins, behind its number. */
static bool
opens(const comp *c, xj_span s, size_t i)
{
    return i == s.from || s.from + xj_label_parse(c->t.c + s.from, s.to - s.from).len == i;
}

bool
item_has_clause(comp *c, xj_span s)
{
    size_t body;

    for (size_t i = s.from; i < s.to; i++) {
        clause cl = {0};

        if (c->t.c[i] == '(') {
            size_t close = comp_close(c, i, s.to);

            clause_read(c, &cl, (xj_span){i + 1, close - (c->t.c[close - 1] == ')')},
                        XJ_ROLE_RESPONSIBLE);
            if (cl.units.len > 0 && clause_is(&cl) &&
                (cl.labelled || cl.role_words || close + 1 >= s.to || opens(c, s, i)))
                return true;
            i = close > i ? close - 1 : i;
        } else if (at_sentence_end(c, i, s.from) && clause_label(c, i, s.to, &body) != 0) {
            clause_read(c, &cl, (xj_span){i, s.to}, XJ_ROLE_RESPONSIBLE);
            if (cl.units.len > 0)
                return true;
        }
    }
    return false;
}

/* Behind the bracket of units that opens [FROM, TO) (【市教育局】…), or FROM. */
static size_t
behind_bracket(comp *c, clause *cl, size_t from, size_t to)
{
    size_t close;

    if (from >= to || c->t.c[from] != '(')
        return from;
    close = comp_close(c, from, to);
    if (close + 1 >= to || !lead_names(c, cl, (xj_span){from + 1, close - 1}))
        return from;
    return close + (c->t.c[close] == ':');
}

/* Behind the clause that opens [FROM, TO) up to a colon (甲牵头，乙配合：…), which is read; FROM
 * where none does. */
static size_t
try_opening(comp *c, xj_plan_task *task, size_t from, size_t to)
{
    clause cl = {0};
    size_t body = lead_read(c, &cl, (xj_span){from, to});

    if (body == from)
        body = behind_bracket(c, &cl, from, to);
    if (body > from)
        merge_clause(c, task, &cl, (xj_span){from, body});
    return body;
}

/* The pieces of [FROM, TO) that are no clause, in order. */
static void
cut_clauses(comp *c, xj_plan_task *task, size_t from, size_t to, span_vec *pieces)
{
    size_t piece, i, body;

    from = piece = i = try_opening(c, task, from, to);
    while (i < to) {
        if (c->t.c[i] == '(') {
            size_t close = comp_close(c, i, to);

            if (close > i + 2 && try_bracket(c, task, i, close, from, to)) {
                if (i > piece)
                    xj_vec_push(pieces, c->scratch, (xj_span){piece, i});
                piece = close;
                /* the full stop behind the bracket belongs to the clause where one stands before */
                if (piece < to && c->t.c[piece] == u'。' && i > from &&
                    (c->t.c[i - 1] == u'。' || piece + 1 >= to))
                    piece++;
            }
            i = close > i ? close : i + 1;
            continue;
        }
        if (at_sentence_end(c, i, from) && clause_label(c, i, to, &body) != 0) {
            size_t end = try_key(c, task, i, to);

            if (end > i) {
                if (i > piece)
                    xj_vec_push(pieces, c->scratch, (xj_span){piece, i});
                piece = i = end;
                continue;
            }
        }
        i++;
    }
    if (piece < to) {
        size_t end = task->nunits == 0 ? try_tail(c, task, piece, to) : to;

        if (end > piece)
            xj_vec_push(pieces, c->scratch, (xj_span){piece, end});
    }
}

/* The pieces as one clean text. */
static xj_str
joined(comp *c, const span_vec *pieces)
{
    xj_buf buf;

    if (pieces->len == 0)
        return XJ_STR("");
    if (pieces->len == 1)
        return comp_text(c, pieces->items[0]);
    xj_buf_init(&buf, c->result, XJ_DOC_BYTES_MAX * 2);
    for (size_t i = 0; i < pieces->len; i++)
        xj_buf_add(&buf, xj_chars_clean(&c->t, pieces->items[i], c->scratch));
    return xj_str_trim(xj_buf_str(&buf));
}

/* The number as it is printed, without its marks. */
static xj_str
printed_number(const comp *c, const node *n)
{
    size_t from = n->span.from, to = n->body;

    if (n->label.kind == XJ_LABEL_NONE)
        return XJ_STR_NONE;
    if (from >= to)
        return xj_str_printf(c->result, "%d", n->label.value);
    while (from < to && (c->t.c[from] == '(' || c->t.c[from] == u'第'))
        from++;
    while (to > from &&
           (c->t.c[to - 1] == ')' || c->t.c[to - 1] == '.' || c->t.c[to - 1] == u'、' ||
            c->t.c[to - 1] == u'章' || c->t.c[to - 1] == u'条' || c->t.c[to - 1] == u'件' ||
            c->t.c[to - 1] == ':'))
        to--;
    return comp_text(c, (xj_span){from, to});
}

/* The first piece's first sentence. */
static xj_str
first_sentence(const comp *c, const span_vec *pieces)
{
    xj_span s;
    size_t i;

    if (pieces->len == 0)
        return XJ_STR("");
    s = pieces->items[0];
    for (i = s.from; i < s.to && c->t.c[i] != u'。' && c->t.c[i] != '\n'; i++)
        continue;
    return comp_text(c, (xj_span){s.from, i});
}

xj_str
item_cut(comp *c, xj_plan_task *task, xj_span s)
{
    span_vec pieces = {0};

    cut_clauses(c, task, s.from, s.to, &pieces);
    return joined(c, &pieces);
}

/* The words [FROM, TO) become the task that comp_task has begun, numbered NO (none: the next). */
static void
read_words(comp *c, int action, xj_str no, size_t from, size_t to)
{
    xj_plan_task *task = &c->tasks.items[c->tasks.len - 1];
    span_vec pieces = {0};

    task->no = no.data != NULL ? no : xj_str_printf(c->result, "%zu", c->run);
    task->source = comp_range(c, (xj_span){from, to});
    cut_clauses(c, task, from, to, &pieces);
    task = &c->tasks.items[c->tasks.len - 1];
    task->text = joined(c, &pieces);
    task->title = first_sentence(c, &pieces);
    if (task->deadline.kind == XJ_DEADLINE_NONE)
        due_in_text(c, &task->deadline, (xj_span){from, to});
    else
        c->clause_deadlines++;
    if (pieces.len > 0)
        task->strength = target_strength(
            c, (xj_span){from, from + task->title.len / 3 < to ? from + task->title.len / 3 : to});
    for (size_t i = 0; i < pieces.len; i++) {
        target_read(c, action, task->no, pieces.items[i]);
        if (task->cadence == NULL)
            task->cadence = due_cadence(c, pieces.items[i]);
        infer_deliverables(c, task, pieces.items[i]);
    }
}

void
item_read(comp *c, int action, size_t first, size_t last)
{
    const node *n = &c->nodes[first];
    xj_deadline due;

    comp_task(c, action);
    if (c->err != NULL)
        return;
    for (size_t i = first; i < last; i++)
        c->nodes[i].task = true;
    read_words(c, action, printed_number(c, n), n->body, c->nodes[last - 1].span.to);
    if (lead_due_above(c, &due, first))
        item_add_due(c, c->tasks.len - 1, &due);
}

void
item_read_span(comp *c, int action, size_t at, xj_span s)
{
    comp_task(c, action);
    if (c->err != NULL)
        return;
    c->nodes[at].task = true;
    read_words(c, action, XJ_STR_NONE, s.from, s.to);
}

static void
action_clause(comp *c, xj_action *action, const clause *cl)
{
    xj_str *leads, *doers;

    if (cl->units.len == 0 || action->nlead_units > 0)
        return;
    leads = XJ_NEW_ARRAY(c->result, xj_str, cl->units.len);
    doers = XJ_NEW_ARRAY(c->result, xj_str, cl->units.len);
    for (size_t i = 0; i < cl->units.len; i++) {
        const clause_unit *u = &cl->units.items[i];

        if (u->doer)
            doers[action->nimplementers++] = u->name;
        else if (u->role == XJ_ROLE_LEAD || (!cl->lead && u->role == XJ_ROLE_RESPONSIBLE))
            leads[action->nlead_units++] = u->name;
    }
    action->lead_units = leads;
    action->implementers = doers;
}

void
item_head_units(comp *c, clause *out, size_t i)
{
    const node *n = &c->nodes[i];

    for (size_t k = n->title.to; k < n->span.to && out->units.len == 0; k++)
        if (c->t.c[k] == '(') {
            size_t close = comp_close(c, k, n->span.to);
            clause cl = {0}, name = {0};

            clause_read(c, &cl, (xj_span){k + 1, close - 1}, XJ_ROLE_LEAD);
            /* 各镇（街道） is one name */
            if (clause_is(&cl) && (close - k > NAME_BRACKET ||
                                   !lead_names(c, &name, (xj_span){n->title.from, close})))
                *out = cl;
            k = close - 1;
        }
    /* the lines right below it: 揭榜单位：甲 */
    for (size_t k = i + 1; k < n->end && out->units.len == 0 &&
                           c->nodes[k].label.kind == XJ_LABEL_NONE && !c->nodes[k].table;
         k++) {
        const xj_span s = c->nodes[k].span;
        clause cl = {0};
        size_t body;

        if (clause_label(c, s.from, s.to, &body) == 0)
            break;
        clause_read(c, &cl, s, XJ_ROLE_LEAD);
        if (clause_is(&cl))
            *out = cl;
    }
    /* without a lead those who answer for the whole lead what stands below */
    for (size_t k = 0; k < out->units.len && !out->lead; k++)
        if (out->units.items[k].role == XJ_ROLE_RESPONSIBLE)
            out->units.items[k].role = XJ_ROLE_LEAD;
}

void
item_inherit_units(comp *c, size_t task, const clause *cl)
{
    xj_plan_task *t = &c->tasks.items[task];

    const size_t own = t->nunits;

    for (size_t i = 0; i < own; i++)
        if (t->units[i].role != XJ_ROLE_COOPERATE)
            return;
    if (c->table_task.items[task])
        return;
    clause_units(c, t, cl);
    for (size_t i = own; i < t->nunits; i++)
        t->units[i].inherited = true;
}

void
item_action_units(comp *c, xj_action *action, size_t i, bool below)
{
    const node *n = &c->nodes[i];
    clause head = {0};

    if (!below)
        item_head_units(c, &head, i);
    action_clause(c, action, &head);
    for (size_t k = i + 1;
         below && k < n->end && c->nodes[k].label.kind == XJ_LABEL_NONE && !c->nodes[k].key; k++) {
        clause cl = {0};
        size_t body;
        xj_span s = xj_chars_trim(&c->t, c->nodes[k].span, u"()");

        if (c->nodes[k].table || s.to - s.from > 200)
            continue;
        if (clause_label(c, s.from, s.to, &body) == 0 && s.from == c->nodes[k].span.from)
            continue;
        clause_read(c, &cl, s, XJ_ROLE_LEAD);
        if (clause_is(&cl))
            action_clause(c, action, &cl);
    }
}
