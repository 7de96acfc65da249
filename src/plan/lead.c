/*
 * plan/lead.c -- what opens a line, a cell or an item before its words: the units that act
 * (甲牵头， 乙配合：…), a point of time (3月底前：…), the numbers of what is counted in one
 * paragraph (1.…；2.…).
 */
#include "plan/compile_priv.h"

#define LEAD_MAX 150   /* characters before the colon */
#define ACTOR_MAX 60   /* characters of the units that act */
#define PLACE_MAX 6    /* characters of the name of a village */
#define NAME_SHORT 3   /* characters of a name of a unit, at the least */
#define NAME_GOES_ON 4 /* characters of the rest of a name whose beginning is one too */

/* The colon that ends what opens S, or S.to: no sentence ends before it. */
static size_t
lead_colon(const comp *c, xj_span s)
{
    size_t end = s.to - s.from > LEAD_MAX ? s.from + LEAD_MAX : s.to;

    for (size_t i = s.from; i < end; i++) {
        xj_char ch = c->t.c[i];

        if (ch == ':')
            return i;
        if (ch == u'。' || ch == ';' || ch == '\n' || ch == u'《')
            return s.to;
        if (ch == '(') {
            i = comp_close(c, i, end) - 1;
            continue;
        }
    }
    return s.to;
}

/* 东溪村, 城关镇, 朝阳社区: a few characters that end as the name of a place does. */
static bool
names_place(const comp *c, xj_span s)
{
    const xj_char last = c->t.c[s.to - 1];
    size_t len;

    return s.to - s.from <= PLACE_MAX &&
           (last == u'村' || last == u'镇' || last == u'乡' ||
            xj_chars_is(&c->t, s.to - 2, s.to, u"社区") ||
            xj_chars_is(&c->t, s.to - 2, s.to, u"街道")) &&
           xj_gram_at(&xj_g_reach, &c->t, s.from, s.to, &len) == 0 &&
           xj_gram_at(&xj_g_verb, &c->t, s.from, s.to, &len) == 0;
}

/* Whether the name at S begins as units do, and not as something to be made does (建立…工作组). */
static bool
begins_as_unit(const comp *c, xj_span s)
{
    size_t len;
    xj_char ch = c->t.c[s.from];

    if (xj_gram_at(&xj_g_group, &c->t, s.from, s.to, &len) != 0)
        return true;
    if (s.to - s.from < NAME_SHORT)
        return false;
    if (unit_level(ch) || ch == u'团' ||
        (c->place.len > 0 && xj_str_starts(xj_chars_bytes(&c->t, s), c->place)))
        return true;
    if (xj_gram_is(&xj_g_party, &c->t, s) != 0 || unit_has_level(c, s) || names_place(c, s))
        return true;
    return xj_gram_at(&xj_g_organ, &c->t, s.from, s.to, &len) != 0 &&
           xj_gram_at(&xj_g_reach, &c->t, s.from, s.to, &len) == 0;
}

bool
lead_names(comp *c, clause *out, xj_span s)
{
    clause cl = {0};
    size_t marks = c->warnings.len, body;

    s = xj_chars_trim(&c->t, s, u"。.:、");
    if (s.from >= s.to || clause_label(c, s.from, s.to + 1, &body) != 0)
        return false;
    clause_read(c, &cl, s, XJ_ROLE_RESPONSIBLE);
    c->warnings.len = marks;
    if (cl.labelled || cl.odd > 0 || cl.units.len == 0)
        return false;
    if (!cl.role_words && !begins_as_unit(c, cl.units.items[0].at))
        return false;
    *out = cl;
    return true;
}

size_t
lead_read(comp *c, clause *out, xj_span s)
{
    size_t colon = lead_colon(c, s);

    if (colon + 1 >= s.to || !lead_names(c, out, (xj_span){s.from, colon}))
        return s.from;
    return colon + 1;
}

/* Whether a word at I says that the unit before it acts. */
static bool
acts_at(const comp *c, size_t i, size_t end)
{
    size_t len;
    xj_when when;

    /* 市教育局3月底前印发… */
    if (xj_when_parse(&when, &c->t, i, end) && when.kind >= XJ_WHEN_HALF)
        return true;
    return xj_gram_at(&xj_g_acting, &c->t, i, end, &len) != 0 ||
           xj_gram_at(&xj_g_reach, &c->t, i, end, &len) != 0 ||
           xj_gram_at(&xj_g_verb, &c->t, i, end, &len) != 0 ||
           xj_gram_at(&xj_g_adverb, &c->t, i, end, &len) != 0;
}

/* Whether S is a kind of institution with what is measured of it. */
static bool
names_rate(const comp *c, xj_span s)
{
    size_t len;

    return xj_chars_find(&c->t, s, u'率') < s.to && c->t.c[s.from] != u'各' &&
           xj_gram_at(&xj_g_group, &c->t, s.from, s.to, &len) != 0;
}

/* The name that ends at I may go on (市人力资源社会|保障局): then it is *OUT. Where it ends. */
static size_t
longer_name(comp *c, clause *out, xj_span s, size_t i)
{
    for (size_t k = i + 1; k < s.to && k <= i + NAME_GOES_ON; k++) {
        const xj_char last = c->t.c[k - 1];

        if (last == ',' || last == u'、' || last == u'。')
            break;
        if ((last == u'局' || last == u'委' || last == u'厅') && acts_at(c, k, s.to) &&
            lead_names(c, out, (xj_span){s.from, k}))
            return k;
    }
    return i;
}

/* The units at the beginning of S that act there. */
static bool
actor(comp *c, clause *out, xj_span s)
{
    size_t end = s.to - s.from > ACTOR_MAX ? s.from + ACTOR_MAX : s.to, len;

    if (s.from < s.to && c->t.c[s.from] == '(')
        return false;
    /* 各村 is short */
    for (size_t i = s.from + NAME_SHORT - (s.from < end && c->t.c[s.from] == u'各'); i < end; i++) {
        const xj_span name = {s.from, i};

        if (c->t.c[i] == ',' || c->t.c[i] == u'。' || c->t.c[i] == u'的' || c->t.c[i] == u'“')
            return false;
        /* 村卫生室规范化达标率 is what is measured, not who acts */
        if (xj_gram_at(&xj_g_adverb, &c->t, i, s.to, &len) != 0 && names_rate(c, s))
            return false;
        if (!acts_at(c, i, s.to) ||
            (xj_gram_end(&xj_g_suffix, &c->t, name, &len) == 0 && c->t.c[i - 1] != ')'))
            continue;
        /* 市住房城乡建设局 goes on */
        if (unit_level(c->t.c[i - 1]) && xj_gram_at(&xj_g_organ, &c->t, i, s.to, &len) != 0)
            continue;
        if (lead_names(c, out, name)) {
            i = longer_name(c, out, s, i);
            /* 市教育局牵头创建…, 市体育局配合… */
            const int part = xj_gram_at(&xj_g_role, &c->t, i, s.to, &len);

            for (size_t k = 0; k < out->units.len; k++)
                if (part == XJ_G_ROLE_LEAD && out->units.items[k].role == XJ_ROLE_RESPONSIBLE)
                    out->units.items[k].role = XJ_ROLE_LEAD;
                else if (part == XJ_G_ROLE_COOPERATE)
                    out->units.items[k].role = XJ_ROLE_COOPERATE;
            out->lead = out->lead || part == XJ_G_ROLE_LEAD;
            return true;
        }
        if (xj_gram_at(&xj_g_acting, &c->t, i, s.to, &len) != 0)
            return false; /* the verb is here, and what stands before it is no unit */
    }
    return false;
}

/* Whether S only says when what follows it happens: 3月24日…期间. */
static bool
says_when(const comp *c, xj_span s)
{
    xj_when when;

    s = xj_chars_trim(&c->t, s, u",");
    return s.from < s.to && xj_when_parse(&when, &c->t, s.from, s.to) &&
           (xj_chars_is(&c->t, s.to - 2, s.to, u"期间") || c->t.c[s.to - 1] == u'后' ||
            c->t.c[s.to - 1] == u'前' || c->t.c[s.to - 1] == u'起');
}

bool
lead_actors(comp *c, clause *out, xj_span s)
{
    bool acting = true; /* so far in the sentence: 6月底前，市教育局组建…，市财政局落实… */

    for (size_t i = s.from; i < s.to;) {
        xj_span part = comp_sentence(c, i, s.to);
        const size_t comma = xj_chars_find(&c->t, part, ',');
        const bool more = comma < part.to;
        xj_deadline due;
        clause cl = {0};
        bool acts;

        part.to = more ? comma + 1 : part.to;
        i = part.to;
        acts = acting && actor(c, &cl, part);
        acting = !more || acts || (acting && (lead_due(c, &due, part) || says_when(c, part)));
        if (!acts)
            continue;
        out->lead = out->lead || cl.lead;
        for (size_t k = 0; k < cl.units.len; k++)
            xj_vec_push(&out->units, c->scratch, cl.units.items[k]);
    }
    return out->units.len > 0;
}

bool
lead_due(comp *c, xj_deadline *out, xj_span s)
{
    xj_when when, later;
    xj_deadline due = {.kind = XJ_DEADLINE_COMPLETE_BY};
    size_t i, len;
    int word;

    s = xj_chars_trim(&c->t, s, u"。.,:;、()");
    i = s.from;
    if (i >= s.to)
        return false;
    i += c->t.c[i] == u'在' || c->t.c[i] == u'于' || c->t.c[i] == u'到';
    if (xj_when_parse(&when, &c->t, i, s.to)) {
        i += when.len;
        if (i + 1 < s.to && (c->t.c[i] == '-' || c->t.c[i] == u'至' || c->t.c[i] == u'到') &&
            xj_when_parse(&later, &c->t, i + 1, s.to)) {
            i += 1 + later.len;
            when = later;
        }
        /* a year alone is one of several, or says nothing */
        if (when.kind == XJ_WHEN_NONE ||
            (when.kind == XJ_WHEN_YEAR && c->year_first == c->year_last))
            return false;
        due.date = comp_date(c, &when);
        if (due.date.year == 0)
            return false;
    } else {
        word = xj_gram_at(&xj_g_deadline, &c->t, i, s.to, &len);
        if (word == XJ_G_DEADLINE_ONGOING)
            due.kind = XJ_DEADLINE_ONGOING;
        else if (word == XJ_G_DEADLINE_FULL_YEAR)
            due = (xj_deadline){
                .kind = XJ_DEADLINE_FULL_YEAR,
                .date = {c->year_last, c->year_last == 0 ? 0 : 12, c->year_last == 0 ? 0 : 31}};
        else
            return false;
        i += len;
    }
    while (i < s.to) {
        word = xj_gram_at(&xj_g_timehead, &c->t, i, s.to, &len);
        if (word == 0)
            return false;
        if (word == XJ_G_TIMEHEAD_START && due.kind == XJ_DEADLINE_COMPLETE_BY)
            due.kind = XJ_DEADLINE_START_BY;
        i += len;
    }
    due.source = comp_range(c, s);
    due.raw = comp_text(c, s);
    *out = due;
    return true;
}

size_t
lead_time(comp *c, xj_deadline *out, xj_span s)
{
    size_t colon = lead_colon(c, s);

    if (colon + 1 >= s.to || !lead_due(c, out, (xj_span){s.from, colon}))
        return s.from;
    return colon + 1;
}

bool
lead_due_above(comp *c, xj_deadline *out, size_t at)
{
    for (int p = (int)at; p >= 0; p = c->nodes[p].parent) {
        const node *n = &c->nodes[p];

        if (n->table || (p != (int)at && !n->bare))
            continue;
        if (p != (int)at && lead_due(c, out, n->title))
            return true;
        /* 集中整治阶段（2026年4月1日—4月20日） */
        if (n->bare && n->title.to < n->span.to && c->t.c[n->title.to] == '(' &&
            lead_due(c, out, (xj_span){n->title.to, n->span.to}))
            return true;
    }
    return false;
}

/* Whether what stands before I ends something, so that a number may begin there. */
static bool
item_may_begin(const comp *c, size_t i)
{
    static const char16_t marks[] = u"。;,:!?)、\n\t";

    if (c->t.at[i] != xj_chars_end(&c->t, i - 1))
        return true;
    for (const char16_t *m = marks; *m != 0; m++)
        if (c->t.c[i - 1] == *m)
            return true;
    return false;
}

/* The label of an item that is counted within a text. */
static bool
counts(xj_label label)
{
    return label.kind == XJ_LABEL_HAN_PAR || label.kind == XJ_LABEL_NUM ||
           label.kind == XJ_LABEL_NUM_PAR || label.kind == XJ_LABEL_CIRCLE;
}

void
lead_counted(comp *c, span_vec *out, xj_span s)
{
    xj_label first, next;
    size_t from;

    out->len = 0;
    s = xj_chars_trim(&c->t, s, u"");
    if (s.from >= s.to)
        return;
    first = xj_label_parse(c->t.c + s.from, s.to - s.from);
    if (!counts(first) || first.value != 1)
        return;
    from = s.from + first.len;
    for (size_t i = from + 1; i < s.to; i++) {
        if (first.kind != XJ_LABEL_CIRCLE && !item_may_begin(c, i))
            continue;
        next = xj_label_parse(c->t.c + i, s.to - i);
        if (next.kind != first.kind || next.value != (int)out->len + 2)
            continue;
        xj_vec_push(out, c->scratch, xj_chars_trim(&c->t, ((xj_span){from, i}), u""));
        from = i + next.len;
        i = from;
    }
    xj_vec_push(out, c->scratch, ((xj_span){from, s.to}));
}
