/*
 * plan/duty.c -- obligations that stand outside the tasks: reports, evaluations, supervision.
 */
#include "plan/compile_priv.h"

#include <string.h>

#define NAME_LONG 20 /* characters of a unit's name before what it does each month */

/* The kind before "__" of a value's name, and the frequency behind it. */
static void
split_value(comp *c, int value, const char **kind, const char **frequency)
{
    const char *name = xj_g_obligation_names[value], *mark = strstr(name, "__");

    *frequency = mark + 2;
    *kind = xj_str_cdup(xj_str_of(name, (size_t)(mark - name)), c->result);
}

/* 报市推进办, 上报市推进委员会办公室: to whom. */
static xj_str
report_to(comp *c, xj_span s)
{
    static const char16_t *const verbs[] = {u"上报", u"报送", u"报至", u"报", u"送"};

    for (size_t v = 0; v < sizeof verbs / sizeof *verbs; v++)
        for (size_t i = s.to; i-- > s.from;) {
            size_t from = i, to;

            if (!xj_chars_is(&c->t, i, s.to, verbs[v]))
                continue;
            while (verbs[v][from - i] != 0)
                from++;
            for (to = from;
                 to < s.to && c->t.c[to] != ',' && c->t.c[to] != u'。' && c->t.c[to] != ';'; to++)
                if (to > from + 2 && unit_like(c, (xj_span){from, to + 1}) &&
                    (to + 1 == s.to || !unit_like(c, (xj_span){from, to + 2})))
                    return comp_text(c, (xj_span){from, to + 1});
        }
    return XJ_STR_NONE;
}

/* Who: the units in the words of S that are names. */
static void
read_who(comp *c, xj_plan_obligation *o, xj_span s)
{
    clause cl = {0};
    unit_state state = {0};
    size_t from = s.from;

    for (size_t i = s.from; i <= s.to && i < s.from + 120; i++) {
        xj_span name;
        size_t len;

        if (i < s.to && c->t.c[i] == '(') /* 各县（市、区） is one name */
            i = comp_close(c, i, s.to) - 1;
        if (i < s.to && c->t.c[i] != u'、' && c->t.c[i] != ',' && c->t.c[i] != u'要' &&
            c->t.c[i] != u'于' && c->t.c[i] != u'每' && c->t.c[i] != u'按' && c->t.c[i] != u'将' &&
            c->t.c[i] != u'以' && c->t.c[i] != u'依' && c->t.c[i] != u'根' && c->t.c[i] != u'会' &&
            !xj_char_digit(c->t.c[i]))
            continue;
        name = xj_chars_trim(&c->t, (xj_span){from, i}, u"、,;:");
        while (name.from < name.to && (c->t.c[name.from] == u'请' || c->t.c[name.from] == u'由'))
            name.from++;
        while (name.to > name.from + 1 &&
               (c->t.c[name.to - 1] == u'请' || c->t.c[name.to - 1] == u'应' ||
                c->t.c[name.to - 1] == u'须'))
            name.to--;
        if (xj_gram_at(&xj_g_group, &c->t, name.from, name.to, &len) != 0 ||
            (name.from < name.to && (c->t.c[name.from] == u'市' || c->t.c[name.from] == u'县' ||
                                     c->t.c[name.from] == u'区' || c->t.c[name.from] == u'功')) ||
            (c->place.len > 0 && xj_str_starts(xj_chars_bytes(&c->t, name), c->place)))
            unit_read(c, &cl, &state, name, XJ_ROLE_RESPONSIBLE);
        else if (cl.units.len > 0)
            break;
        from = i + 1;
    }
    if (cl.units.len == 0)
        return;
    o->who = XJ_NEW_ARRAY(c->result, xj_str, cl.units.len);
    for (size_t i = 0; i < cl.units.len; i++)
        o->who[o->nwho++] = cl.units.items[i].name;
}

/* 我们制定了《…方案》 asks nobody for anything. */
static bool
says_done(const comp *c, xj_span s)
{
    for (size_t i = s.from; i < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, u"制定了") || xj_chars_is(&c->t, i, s.to, u"制订了"))
            return true;
    return false;
}

static bool
read_piece(comp *c, xj_span s, size_t before)
{
    xj_plan_obligation o = {0};
    int value = xj_gram_pattern(&xj_g_obligation, &c->t, s);

    if (value == 0 || says_done(c, s))
        return false;
    split_value(c, value, &o.kind, &o.frequency);
    o.raw = comp_text(c, s);
    o.what = o.raw;
    o.source = comp_range(c, s);
    o.ndue = due_month_days(c, &o.due, s);
    if (o.ndue == 0)
        o.ndue = due_each_month(c, &o.due, s);
    if (o.ndue == 0)
        o.ndue = due_each_quarter(c, &o.due, s);
    if (strcmp(o.kind, "list_once") == 0 && o.ndue == 2) { /* 6月15日、12月15日前报送 */
        o.kind = "half_yearly_report";
        o.frequency = "half_yearly";
    } else if (strcmp(o.frequency, "annual") == 0 && o.ndue == 2)
        o.frequency = "half_yearly";
    else if (strcmp(o.frequency, "annual") == 0 && o.ndue == 4)
        o.frequency = "quarterly";
    o.report_to = report_to(c, s);
    read_who(c, &o, s);
    /* 12月10日前报送总结 goes on with those who were asked before */
    if (o.nwho == 0 && c->obligations.len > before) {
        xj_plan_obligation *last = &c->obligations.items[c->obligations.len - 1];

        o.who = last->who;
        o.nwho = last->nwho;
        /* 按月上报，每月3日前报…: once more, with its day */
        if (last->ndue == 0 && strcmp(last->kind, o.kind) == 0) {
            *last = o;
            return true;
        }
    }
    xj_vec_push(&c->obligations, c->scratch, o);
    return true;
}

/* Whether another duty begins at I, behind a comma: 各单位于…前报, 12月10日前报, 每季度…通报. */
static bool
begins_duty(const comp *c, size_t i, size_t end)
{
    size_t to = i, len;
    xj_when when;

    while (to < end && c->t.c[to] != ',')
        to++;
    if (xj_chars_find(&c->t, (xj_span){i, to}, u'报') == to)
        return false;
    /* 质控办每季度通报 */
    for (size_t k = i + 2; k < to && k < i + NAME_LONG; k++)
        if (c->t.c[k] == u'每' && xj_gram_at(&xj_g_cadence, &c->t, k, to, &len) != 0 &&
            unit_like(c, (xj_span){i, k}))
            return true;
    return xj_gram_at(&xj_g_group, &c->t, i, to, &len) != 0 ||
           (c->t.c[i] == u'每' && xj_gram_at(&xj_g_cadence, &c->t, i, to, &len) != 0) ||
           (xj_when_parse(&when, &c->t, i, to) &&
            (when.kind == XJ_WHEN_DAY || (when.kind >= XJ_WHEN_QUARTER && when.before)));
}

/* A sentence asks for one thing, or, behind commas, for one after another. */
static void
read_sentence(comp *c, xj_span s)
{
    const size_t before = c->obligations.len;
    size_t from = s.from;

    for (size_t i = s.from; i < s.to; i++)
        if ((c->t.c[i] == ';' || (c->t.c[i] == ',' && begins_duty(c, i + 1, s.to))) &&
            read_piece(c, (xj_span){from, i}, before))
            from = i + 1;
    read_piece(c, (xj_span){from, s.to}, before);
}

static void
read_span(comp *c, xj_span span)
{
    for (size_t i = span.from; i < span.to;) {
        size_t end = i;

        while (end < span.to && c->t.c[end] != u'。' && c->t.c[end] != '\n')
            end++;
        read_sentence(c, (xj_span){i, end});
        i = end + 1;
    }
}

/* The returns that a table's schedule column asks of each row's lead. */
static void
read_returns(comp *c)
{
    for (size_t i = 0; i < c->tasks.len; i++) {
        const xj_plan_task *t = &c->tasks.items[i];
        xj_plan_obligation o = {.kind = "half_yearly_progress_report", .frequency = "annual"};
        static const xj_str who[] = {{"各任务牵头部门", sizeof "各任务牵头部门" - 1}};
        size_t same = 0;

        if (t->deadline.kind != XJ_DEADLINE_RECURRING || t->nreturns_due == 0)
            continue;
        for (size_t k = i; k < c->tasks.len && same < 3; k++)
            same += c->tasks.items[k].nreturns_due == t->nreturns_due;
        if (same < 3)
            return;
        o.frequency = t->nreturns_due == 2   ? "half_yearly"
                      : t->nreturns_due == 4 ? "quarterly"
                                             : "annual";
        o.due = t->returns_due;
        o.ndue = t->nreturns_due;
        o.raw = o.what = t->deadline.raw;
        o.source = t->deadline.source;
        o.who = XJ_NEW_ARRAY(c->result, xj_str, 1);
        o.who[0] = who[0];
        o.nwho = 1;
        xj_vec_push(&c->obligations, c->scratch, o);
        return;
    }
}

/* The part of S, between its commas, that sets the time (3月启动，11月底前完成全部任务), or S. */
static xj_span
rule_words(const comp *c, xj_span s)
{
    size_t from = s.from;

    for (size_t i = s.from; i <= s.to; i++) {
        if (i < s.to && c->t.c[i] != ',')
            continue;
        for (size_t k = from; k < i; k++) {
            xj_when when;

            if (xj_when_parse(&when, &c->t, k, i) &&
                xj_gram_pattern(&xj_g_rule, &c->t, (xj_span){from, i}) != 0)
                return (xj_span){from, i};
        }
        from = i + 1;
    }
    return s;
}

/* Whether a part of *S asks all to be done by a day and says nothing else (请于11月底前完成): then
 * it is *S. */
static bool
asked_of_all(const comp *c, xj_span *s)
{
    size_t from = s->from;

    for (size_t i = s->from; i <= s->to; i++) {
        const xj_span part = {from, i};
        xj_when when;
        size_t k = from + 2;

        if (i < s->to && c->t.c[i] != ',' && c->t.c[i] != u'。')
            continue;
        from = i + 1;
        k += k < i && c->t.c[k] == u'于';
        if (!xj_chars_is(&c->t, part.from, i, u"请于") &&
            !xj_chars_is(&c->t, part.from, i, u"务必"))
            continue;
        if (k < i && xj_when_parse(&when, &c->t, k, i) && when.before &&
            xj_chars_is(&c->t, k + when.len, i, u"完成") && k + when.len + 2 == i) {
            *s = part;
            return true;
        }
    }
    return false;
}

/* What the document sets for all tasks: a time where they have none of their own, and that the unit
 * named first leads. */
static void
read_rule(comp *c, xj_span span)
{
    for (size_t i = span.from; i < span.to;) {
        xj_span s = comp_sentence(c, i, span.to);
        xj_deadline due = {0};
        const char *cadence = NULL;

        c->first_leads =
            c->first_leads || xj_gram_pattern(&xj_g_leadrule, &c->t, s) == XJ_G_LEADRULE_FIRST;
        if (c->rule.kind == XJ_DEADLINE_NONE &&
            (xj_gram_pattern(&xj_g_rule, &c->t, s) != 0 || asked_of_all(c, &s)) &&
            due_read(c, &due, &cadence, rule_words(c, s))) {
            due.inferred = true;
            c->rule = due;
        }
        i = s.to;
    }
}

void
duty_read(comp *c)
{
    for (size_t i = 0; i < c->nnodes; i++) {
        const node *n = &c->nodes[i];
        bool outside = n->letter || n->role == NODE_ANNEX;

        for (int p = (int)i; p >= 0 && !outside; p = c->nodes[p].parent)
            outside = c->nodes[p].role == NODE_REQUIREMENTS;
        if (!n->table && !n->task)
            read_rule(c, n->span);
        /* a paragraph of no chapter, below a table or between lists */
        if (!n->table && !n->task && n->label.kind == XJ_LABEL_NONE && n->parent < 0)
            outside = outside || outline_asks_reports(c, n->span);
        if (n->table || n->task || !outside)
            continue;
        /* of the head and the opening only what asks: 请于每月5日前报送… */
        if (n->letter && n->label.kind == XJ_LABEL_NONE && n->parent < 0 &&
            xj_chars_find(&c->t, n->span, u'请') == n->span.to)
            continue;
        read_span(c, (xj_span){n->body, n->span.to});
    }
    read_returns(c);
}
