/*
 * plan/infer.c -- what the document as a whole says of a task that does not say it itself.
 */
#include "plan/compile_priv.h"

#include <stdlib.h>

/* The action numbered NO; *HINT is where the last one was found, for tasks stand in the order of
 * their actions. */
static const xj_action *
action_of(const comp *c, int no, size_t *hint)
{
    for (size_t k = 0; k < c->actions.len; k++) {
        size_t i = (*hint + k) % c->actions.len;

        if (c->actions.items[i].no == no) {
            *hint = i;
            return &c->actions.items[i];
        }
    }
    return NULL;
}

static void
inherit(comp *c, xj_plan_task *task, const xj_str *names, size_t n, xj_unit_role role)
{
    task->units = XJ_NEW_ARRAY(c->result, xj_task_unit, n);
    for (size_t i = 0; i < n; i++)
        task->units[i] = (xj_task_unit){.name = names[i], .role = role, .inherited = true};
    task->nunits = n;
}

/* 由X牵头，Y配合，… or X会同Y，… at the beginning of a sentence: the segments that say nothing but
 * that. */
static void
leading_segments(comp *c, xj_plan_task *task, xj_span s)
{
    clause best = {0};
    size_t marks = c->warnings.len, len;

    for (size_t k = s.from; k < s.to && k < s.from + 200; k++) {
        clause cl = {0};
        bool says = false;

        if (c->t.c[k] != ',' && c->t.c[k] != ';' && c->t.c[k] != u'。')
            continue;
        clause_read(c, &cl, (xj_span){s.from, k}, XJ_ROLE_RESPONSIBLE);
        for (size_t u = 0; u < cl.units.len; u++)
            says |= cl.units.items[u].role == XJ_ROLE_COOPERATE;
        if (cl.odd > 0 || cl.units.len == 0 || !(cl.role_words || says) || clause_makes(c, &cl))
            break;
        /* 甲负责乙地: what stands behind the word is what it is about */
        if (!says && xj_gram_end(&xj_g_role, &c->t, (xj_span){s.from, k}, &len) == 0 &&
            cl.units.items[cl.units.len - 1].at.to + 1 >= k)
            break;
        best = cl;
    }
    c->warnings.len = marks;
    clause_units(c, task, &best);
}

/* The same of each sentence of ITEM, at its beginning or behind a comma:
 * 改厕120户，由X牵头、Y配合，…. */
static void
leading_units(comp *c, xj_plan_task *task, xj_span item)
{
    for (size_t i = item.from; i < item.to && task->nunits == 0;) {
        const xj_span s = comp_sentence(c, i, item.to);

        leading_segments(c, task, s);
        for (size_t k = s.from; k + 1 < s.to && task->nunits == 0; k++)
            if (c->t.c[k] == ',' && c->t.c[k + 1] == u'由')
                leading_segments(c, task, (xj_span){k + 1, s.to});
        i = s.to;
    }
}

/* Units that act for the whole item: X负责…, X要… at the beginning of a sentence's clause. */
static void
acting_units(comp *c, clause *cl, xj_span s)
{
    unit_state state = {0};
    size_t from = s.from;

    for (size_t i = s.from; i < s.to; i++) {
        xj_char ch = c->t.c[i];

        if (ch == u'。' || ch == ',' || ch == ';' || ch == '\n') {
            from = i + 1;
            continue;
        }
        if (!xj_chars_is(&c->t, i, s.to, u"负责") &&
            !(ch == u'要' && i > from && !xj_chars_is(&c->t, i - 1, s.to, u"重要") &&
              !xj_chars_is(&c->t, i - 1, s.to, u"主要") && !xj_chars_is(&c->t, i, s.to, u"要求") &&
              !xj_chars_is(&c->t, i - 1, s.to, u"需要")))
            continue;
        from += from < i && c->t.c[from] == u'由';
        if (i > from + 2 && i - from < 60) {
            for (size_t k = from, name = from; k <= i; k++) {
                if (k < i && c->t.c[k] == '(') { /* 各县（市、区）人民政府 is one name */
                    k = comp_close(c, k, i) - 1;
                    continue;
                }
                if (k == i || c->t.c[k] == u'、') {
                    if (!unit_read(c, cl, &state, (xj_span){name, k}, XJ_ROLE_RESPONSIBLE))
                        break;
                    name = k + 1;
                }
            }
        }
        from = s.to; /* only the beginning of a clause acts */
        while (i < s.to && c->t.c[i] != u'。' && c->t.c[i] != ',' && c->t.c[i] != ';')
            i++;
        from = i + 1;
    }
}

static int
compare_places(const void *a, const void *b)
{
    const size_t x = ((const clause_unit *)a)->at.from, y = ((const clause_unit *)b)->at.from;

    return x < y ? -1 : x > y;
}

/* The units that the words of TASK say act, in the order of the text. */
static void
units_in_words(comp *c, xj_plan_task *task)
{
    const xj_span s = comp_span(c, task->source);
    clause cl = {0};

    leading_units(c, task, s);
    if (task->nunits == 0)
        acting_units(c, &cl, s);
    lead_actors(c, &cl, s);
    if (cl.units.len > 1)
        qsort(cl.units.items, cl.units.len, sizeof *cl.units.items, compare_places);
    clause_units(c, task, &cl);
}

static void
infer_units(comp *c, size_t i, size_t *hint)
{
    xj_plan_task *task = &c->tasks.items[i];
    const xj_action *action;

    if (task->nunits > 0)
        return;
    action = action_of(c, task->action, hint);
    if (c->table_task.items[i]) {
        xj_span at = comp_span(c, task->source);
        const char *likely = i > 0 && c->tasks.items[i - 1].action == task->action &&
                                     c->tasks.items[i - 1].nunits > 0
                                 ? xj_str_cdup(c->tasks.items[i - 1].units[0].name, c->scratch)
                                 : NULL;

        if (likely != NULL)
            comp_warn(c, "no_unit", at, "此行没有责任单位，可能是%s（上一行的单位）", likely);
        else
            comp_warn(c, "no_unit", at, "此行没有责任单位");
        return;
    }
    if (action != NULL && action->nlead_units > 0) {
        inherit(c, task, action->lead_units, action->nlead_units, XJ_ROLE_LEAD);
        return;
    }
    units_in_words(c, task);
    if (task->nunits == 0 && task->action == 0 && c->office.data != NULL)
        inherit(c, task, &c->office, 1, XJ_ROLE_RESPONSIBLE);
    if (task->nunits == 0)
        comp_warn(c, "no_unit", comp_span(c, task->source), "任务没有责任单位");
}

/* Where units are named and none is 牵头, the first: it leads where the document says so, else a
 * person is asked. */
static void
propose_lead(const comp *c, size_t i)
{
    xj_plan_task *task = &c->tasks.items[i];

    if (task->nunits == 0 || c->table_task.items[i] == 2)
        return;
    for (size_t k = 0; k < task->nunits; k++)
        if (task->units[k].role == XJ_ROLE_LEAD)
            return;
    if (c->first_leads && task->units[0].role == XJ_ROLE_RESPONSIBLE) {
        task->units[0].role = XJ_ROLE_LEAD;
        return;
    }
    if (task->nunits < 2)
        return;
    task->lead_proposed = task->units[0].name;
}

/* The reporting rule that most rows of the tables print; NULL where there is none. */
static const xj_deadline *
table_rule(const comp *c)
{
    const xj_deadline *rule = NULL;
    size_t rows = 0, same = 0;

    for (size_t i = 0; i < c->tasks.len; i++) {
        const xj_deadline *d = &c->tasks.items[i].deadline;

        if (!c->table_task.items[i])
            continue;
        rows++;
        if (d->kind != XJ_DEADLINE_RECURRING || d->ndates == 0)
            continue;
        if (rule == NULL)
            rule = d;
        same += d->ndates == rule->ndates &&
                memcmp(d->dates, rule->dates, d->ndates * sizeof *d->dates) == 0;
    }
    return rule != NULL && same * 3 >= rows ? rule : NULL;
}

/* The last year of the plan: where its title says none, the first that its goals name behind that
 * of its issue. */
static int
goal_year(const comp *c)
{
    int year = 0;

    for (size_t i = 0; i < c->targets.len && !c->titled_years; i++) {
        const xj_target *t = &c->targets.items[i];

        if (t->task.data == NULL && !t->year_inferred && t->year > c->year_last &&
            (year == 0 || t->year < year))
            year = t->year;
    }
    return year != 0 ? year : c->year_last;
}

static void
infer_deadlines(comp *c)
{
    const xj_deadline *rule = table_rule(c);
    xj_deadline period_end = {.kind = XJ_DEADLINE_COMPLETE_BY, .inferred = true};
    size_t printed = 0;

    for (size_t i = 0; i < c->tasks.len; i++)
        printed += c->table_task.items[i] && c->tasks.items[i].deadline.kind != XJ_DEADLINE_NONE;
    printed += c->clause_deadlines;
    if (c->year_last != 0)
        period_end.date = (xj_date){goal_year(c), 12, 31};
    for (size_t i = 0; i < c->tasks.len; i++) {
        xj_plan_task *task = &c->tasks.items[i];

        if (task->deadline.kind != XJ_DEADLINE_NONE)
            continue;
        if (c->table_task.items[i] && rule != NULL) {
            task->deadline = (xj_deadline){
                .kind = rule->kind, .dates = rule->dates, .ndates = rule->ndates, .inferred = true};
            task->returns_due = rule->dates;
            task->nreturns_due = rule->ndates;
        } else if (c->rule.kind != XJ_DEADLINE_NONE) {
            task->deadline = c->rule;
        } else if (printed == 0 && period_end.date.year != 0) {
            task->deadline = period_end;
        } else {
            comp_warn(c, "no_deadline", comp_span(c, task->source), "任务没有完成时限");
        }
    }
}

/* Numbers missing from a sequence of printed ones. */
static void
check_numbers(comp *c)
{
    int64_t last = 0;
    int action = -1;

    for (size_t i = 0; i < c->tasks.len; i++) {
        const xj_plan_task *task = &c->tasks.items[i];
        int64_t no;

        if (c->table_task.items[i] || !xj_str_int(&no, task->no))
            continue;
        if (task->action == action && no != last + 1 && no != 1)
            comp_warn(c, "number_gap", comp_span(c, task->source), "编号不连续：%lld之后是%lld",
                      (long long)last, (long long)no);
        action = task->action;
        last = no;
    }
    for (size_t i = 1; i < c->actions.len; i++)
        if (c->actions.items[i].no > c->actions.items[i - 1].no + 1)
            comp_warn(c, "number_gap", comp_span(c, c->actions.items[i].source),
                      "行动编号不连续：%d之后是%d", c->actions.items[i - 1].no,
                      c->actions.items[i].no);
}

void
infer_deliverables(comp *c, xj_plan_task *task, xj_span span)
{
    XJ_VEC(xj_deliverable) list = {0};

    for (size_t i = span.from; i < span.to && list.len < 16; i++) {
        size_t len, to;
        int value = xj_gram_at(&xj_g_deliverable, &c->t, i, span.to, &len);
        xj_deliverable d = {0};

        if (value == 0)
            continue;
        to = i + len;
        while (to < span.to && c->t.c[to] != ',' && c->t.c[to] != u'。' && c->t.c[to] != ';' &&
               c->t.c[to] != '\n' && to < i + 60)
            to++;
        if (to < i + len + 2)
            continue;
        d.kind = xj_g_deliverable_names[value];
        d.name = comp_text(c, (xj_span){i + len, to});
        d.source = comp_range(c, (xj_span){i, to});
        xj_vec_push(&list, c->scratch, d);
        i = to;
    }
    if (list.len == 0)
        return;
    task->deliverables = xj_alloc(c->result, list.len * sizeof *list.items);
    memcpy(task->deliverables, list.items, list.len * sizeof *list.items);
    task->ndeliverables = list.len;
}

/* Where the chapters are named after units (一、区教育局), these lead what stands below them. */
static void
lead_by_names(comp *c)
{
    clause *names = XJ_NEW_ARRAY(c->scratch, clause, c->actions.len + 1);
    size_t n = 0, all = 0;

    for (size_t i = 0; i < c->actions.len; i++) {
        xj_span at = comp_span(c, c->actions.items[i].source);

        if (c->actions.items[i].no == 0)
            continue;
        all++;
        clause_read(c, &names[i], at, XJ_ROLE_LEAD);
        if (names[i].units.len == 0) /* nor a name with units behind it: 护理保险试点（区医保局） */
            continue;
        if (at.to + 1 < c->t.n && c->t.c[at.to] == '(' &&
            !xj_char_digit(c->t.c[at.to + 1])) { /* 各镇（街道）, not 县教育局（3项） */
            at.to = comp_close(c, at.to, c->t.n);
            names[i] = (clause){0};
            clause_read(c, &names[i], at, XJ_ROLE_LEAD);
        }
        if (names[i].odd > 0 || names[i].role_words || names[i].has_deadline)
            names[i].units.len = 0;
        n += names[i].units.len > 0;
    }
    if (n < 2 || n * 2 < all)
        return;
    for (size_t i = 0; i < c->actions.len; i++) {
        xj_action *action = &c->actions.items[i];

        if (names[i].units.len == 0)
            continue;
        action->lead_units = XJ_NEW_ARRAY(c->result, xj_str, names[i].units.len);
        action->nlead_units = 0;
        for (size_t k = 0; k < names[i].units.len; k++)
            action->lead_units[action->nlead_units++] = names[i].units.items[k].name;
    }
}

void
infer_all(comp *c)
{
    size_t hint = 0;

    lead_by_names(c);

    for (size_t i = 0; i < c->tasks.len; i++) {
        infer_units(c, i, &hint);
        /* only a table whose row prints no lead leaves it to be taken */
        if (c->table_task.items[i] != 2)
            c->tasks.items[i].lead_explicit = true;
        propose_lead(c, i);
    }
    infer_deadlines(c);
    check_numbers(c);
}
