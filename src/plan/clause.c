/*
 * plan/clause.c -- clauses of responsibility: units, the parts they act in, and the time.
 *
 * One pass over the characters: names gather until a word of a part (牵头, 负责, 配合) says what
 * they do; what is neither a name nor known is counted as odd, and too much of it is no clause.
 */
#include "plan/compile_priv.h"

#define CLAUSE_MAX 2000 /* characters; a longer text is no clause */
#define PERSON_MAX 4    /* characters of the name of a person */

int
clause_label(const comp *c, size_t i, size_t end, size_t *body)
{
    size_t len;
    int value = xj_gram_at(&xj_g_label, &c->t, i, end, &len);

    if (value == 0)
        return 0;
    i += len;
    /* 责任单位（牵头）： */
    if (i < end && c->t.c[i] == '(')
        i = comp_close(c, i, end);
    if (i >= end || c->t.c[i] != ':')
        return 0;
    *body = i + 1;
    return value;
}

bool
clause_is(const clause *cl)
{
    if (cl->odd > 0 && !(cl->labelled && cl->units.len > 0) &&
        !(cl->role_words && cl->units.len >= 2 * cl->odd))
        return false;
    return cl->units.len > 0 || (cl->has_deadline && cl->odd == 0);
}

bool
clause_makes(const comp *c, const clause *cl)
{
    for (size_t i = 0; i < cl->units.len; i++) {
        const xj_span s = cl->units.items[i].at;
        size_t len;

        if (xj_gram_at(&xj_g_reach, &c->t, s.from, s.to, &len) != 0 &&
            xj_gram_at(&xj_g_organ, &c->t, s.from, s.to, &len) == 0)
            return true;
    }
    return false;
}

/* What the reader of a clause knows while it goes along. */
typedef struct walk {
    comp *c;
    clause *cl;
    unit_state state;
    size_t name;    /* where the name begins that is being read */
    size_t pending; /* units from here on wait for the word of their part */
    int label;      /* the part that a key has said, or -1 */
    int role;       /* that of units without any word */
    bool with;      /* behind 会同 */
    size_t first;   /* the unit that leads because it is named first, or XJ_NPOS */
} walk;

static void
odd_words(walk *w, xj_span s)
{
    if (w->cl->odd++ == 0)
        w->cl->odd_at = s;
}

/* Where the name of a person begins in S, white space behind that of a unit (市教育局 李某); S.from
 * where none does. */
static size_t
before_person(const comp *c, xj_span s)
{
    for (size_t i = s.to; i > s.from + 1 && s.to - i < PERSON_MAX; i--)
        if (c->t.at[i - 1] != xj_chars_end(&c->t, i - 2))
            return i - 1;
    return s.from;
}

/* End the name that reaches up to I. */
static void
end_name(walk *w, size_t i)
{
    xj_span s = xj_chars_trim(&w->c->t, (xj_span){w->name, i}, u"、,;:.。“”·-");
    int role = w->with ? XJ_ROLE_COOPERATE : CLAUSE_OPEN_ROLE;
    size_t len;

    w->name = i;
    if (s.from >= s.to)
        return;
    if (xj_gram_is(&xj_g_connector, &w->c->t, s) != 0 ||
        xj_gram_at(&xj_g_connector, &w->c->t, s.from, s.to, &len) == 0)
        len = 0;
    s.from += len;
    /* 由市教育局牵头完成 */
    if (s.from < s.to && xj_gram_is(&xj_g_deadline, &w->c->t, s) != 0)
        return;
    if (s.from < s.to && !unit_read(w->c, w->cl, &w->state, s, role) &&
        !unit_read(w->c, w->cl, &w->state, (xj_span){s.from, before_person(w->c, s)}, role))
        odd_words(w, s);
}

/* Give the waiting units ROLE (those behind 会同 have theirs). */
static void
settle(walk *w, int role, bool doer)
{
    for (size_t i = w->pending; i < w->cl->units.len; i++) {
        clause_unit *u = &w->cl->units.items[i];

        if (u->role == CLAUSE_OPEN_ROLE)
            u->role = (uint8_t)role;
        u->doer = u->doer || doer;
    }
    w->pending = w->cl->units.len;
    w->with = false;
}

/* Units before the last mark before I have no part in the word at I: 各学校；县疾控中心|指导. */
static void
settle_before_mark(walk *w, size_t i)
{
    size_t mark = i;

    while (mark > 0 && w->c->t.c[mark - 1] != ',' && w->c->t.c[mark - 1] != ';')
        mark--;
    for (size_t k = w->pending; k < w->cl->units.len; k++) {
        clause_unit *u = &w->cl->units.items[k];

        if (u->role == CLAUSE_OPEN_ROLE && u->at.from < mark)
            u->role = (uint8_t)(w->label >= 0 ? w->label : w->role);
    }
}

/* Who looks on cooperates, and acts where nobody else does. */
static void
settle_guides(clause *cl)
{
    bool acts = false;

    for (size_t i = 0; i < cl->units.len; i++)
        acts = acts || cl->units.items[i].role == XJ_ROLE_LEAD ||
               cl->units.items[i].role == XJ_ROLE_RESPONSIBLE;
    for (size_t i = 0; i < cl->units.len; i++)
        if (cl->units.items[i].role == CLAUSE_GUIDE_ROLE)
            cl->units.items[i].role = acts ? XJ_ROLE_COOPERATE : XJ_ROLE_RESPONSIBLE;
}

static int
label_role(int label)
{
    return label == XJ_G_LABEL_LEAD          ? XJ_ROLE_LEAD
           : label == XJ_G_LABEL_COOPERATE   ? XJ_ROLE_COOPERATE
           : label == XJ_G_LABEL_RESPONSIBLE ? XJ_ROLE_RESPONSIBLE
           : label == XJ_G_LABEL_FIRST       ? XJ_ROLE_RESPONSIBLE
                                             : -1;
}

/* 牵头医院, 配合单位: the word is part of a name that goes on. */
static bool
part_of_name(const comp *c, size_t i, size_t end)
{
    return xj_chars_is(&c->t, i, end, u"医院") || xj_chars_is(&c->t, i, end, u"单位") ||
           xj_chars_is(&c->t, i, end, u"部门") || xj_chars_is(&c->t, i, end, u"机构") ||
           xj_chars_is(&c->t, i, end, u"学校") || xj_chars_is(&c->t, i, end, u"企业");
}

/* Whether the words of a part end at I, as those that may stand within a name (监督, 保障) must. */
static bool
part_ends(const comp *c, size_t i, size_t end)
{
    static const char16_t marks[] = u",;。、)\n";

    if (i >= end)
        return true;
    for (const char16_t *m = marks; *m != 0; m++)
        if (c->t.c[i] == *m)
            return true;
    return false;
}

/* A word of a part at I; the length that was read, or 0. */
static size_t
role_word(walk *w, size_t i, size_t end)
{
    size_t len;
    int value = xj_gram_at(&xj_g_role, &w->c->t, i, end, &len);

    if (value == 0 || part_of_name(w->c, i + len, end) ||
        ((value == XJ_G_ROLE_GUIDE || value == XJ_G_ROLE_TAIL) && !part_ends(w->c, i + len, end)))
        return 0;
    end_name(w, i);
    w->name = i + len;
    switch (value) {
    case XJ_G_ROLE_LEAD:
        w->cl->role_words = w->cl->lead = true;
        settle(w, XJ_ROLE_LEAD, false);
        break;
    case XJ_G_ROLE_TAIL:
    case XJ_G_ROLE_RESPONSIBLE:
        w->cl->role_words = true;
        settle(w, XJ_ROLE_RESPONSIBLE, false);
        break;
    case XJ_G_ROLE_COOPERATE:
        /* 配合 in front of a name belongs to what follows (X配合Y) only with nothing before it */
        w->cl->role_words = true;
        if (!w->cl->lead) /* 甲，各县乙配合: the first has no word of its part */
            settle_before_mark(w, i);
        settle(w, XJ_ROLE_COOPERATE, false);
        break;
    case XJ_G_ROLE_GUIDE: /* alone they make no clause of a sentence: 市纪委对各村进行督查 */
        settle_before_mark(w, i);
        settle(w, CLAUSE_GUIDE_ROLE, false);
        break;
    case XJ_G_ROLE_FIRST:
        w->cl->role_words = true;
        w->first = w->pending;
        settle(w, XJ_ROLE_RESPONSIBLE, false);
        break;
    case XJ_G_ROLE_DOER:
        w->cl->role_words = true;
        settle(w, XJ_ROLE_RESPONSIBLE, true);
        break;
    default:
        if (len == 1 && i > 0 && w->cl->units.len == w->pending)
            return 0; /* 商 is a word of its own only between units */
        w->with = true;
        break;
    }
    return len;
}

/* 等 and what may follow it; the length, or 0. */
static size_t
open_word(walk *w, size_t i, size_t end)
{
    size_t len;
    xj_char before = i > 0 ? w->c->t.c[i - 1] : 0;

    if (w->c->t.c[i] != u'等' || before == u'高' || before == u'中' || before == u'初' ||
        before == u'平' || before == u'同')
        return 0;
    end_name(w, i);
    w->cl->open_ended = w->cl->open_ended || w->cl->units.len > 0;
    xj_gram_at(&xj_g_open, &w->c->t, i + 1, end, &len);
    w->name = i + 1 + len;
    return 1 + len;
}

/* Read a deadline in the segment [I, END); true where it is nothing but that. */
static bool
deadline_segment(walk *w, size_t i, size_t end)
{
    xj_deadline due = {0};
    const char *cadence = NULL;

    if (!due_read(w->c, &due, &cadence, (xj_span){i, end}))
        return false;
    if (!w->cl->has_deadline || w->cl->deadline.kind == XJ_DEADLINE_NONE ||
        /* 立行立改，长期坚持 */
        (w->cl->deadline.kind == XJ_DEADLINE_START_BY && due.kind == XJ_DEADLINE_ONGOING) ||
        (due.date.year != 0 && xj_date_cmp(due.date, w->cl->deadline.date) > 0)) {
        w->cl->deadline = due;
        w->cl->has_deadline = true;
    }
    if (cadence != NULL)
        w->cl->cadence = cadence;
    return true;
}

static size_t
segment_end(const comp *c, size_t i, size_t end)
{
    size_t depth = 0, from = i, body;

    for (; i < end; i++) {
        xj_char ch = c->t.c[i];

        /* 责任领导：甲　责任单位：乙　完成时间：… on one line */
        if (depth == 0 && i > from + 1 && clause_label(c, i, end, &body) != 0)
            break;

        if (ch == '(')
            depth++;
        else if (ch == ')' && depth > 0)
            depth--;
        else if (depth == 0 && (ch == ',' || ch == ';' || ch == u'。' || ch == '\n'))
            break;
    }
    return i;
}

/* Whether the words of time at I end the names before them. */
static bool
time_word(const comp *c, size_t i, size_t end)
{
    xj_when when;
    size_t len;

    if (c->t.c[i] == u'每' || c->t.c[i] == u'按')
        return xj_gram_at(&xj_g_cadence, &c->t, i, end, &len) != 0;
    if (xj_char_digit(c->t.c[i]) || xj_han_digit(c->t.c[i]) > 0 || c->t.c[i] == u'十' ||
        c->t.c[i] == u'年' || c->t.c[i] == u'今' || c->t.c[i] == u'明' || c->t.c[i] == u'本' ||
        c->t.c[i] == u'第' || c->t.c[i] == u'上' || c->t.c[i] == u'下' || c->t.c[i] == u'秋' ||
        c->t.c[i] == u'春' || c->t.c[i] == u'学' || c->t.c[i] == u'元' || c->t.c[i] == u'国' ||
        c->t.c[i] == u'劳')
        return xj_when_parse(&when, &c->t, i, end) && when.kind != XJ_WHEN_NONE;
    return xj_gram_at(&xj_g_deadline, &c->t, i, end, &len) != 0 && len > 1 &&
           i + len >= segment_end(c, i, end) && !unit_like(c, (xj_span){i, end});
}

/* Behind the bracket that opens at I: 市教育局（牵头） gives the one name before it its part. */
static size_t
bracketed_role(walk *w, size_t i, size_t end)
{
    const size_t close = comp_close(w->c, i, end), before = w->cl->units.len;
    const int value =
        xj_gram_is(&xj_g_role, &w->c->t, xj_chars_trim(&w->c->t, (xj_span){i, close}, u"()"));
    clause_unit *last;

    if (value != XJ_G_ROLE_LEAD && value != XJ_G_ROLE_COOPERATE)
        return close;
    end_name(w, i);
    w->name = close;
    if (w->cl->units.len == before)
        return close;
    last = &w->cl->units.items[w->cl->units.len - 1];
    last->role = value == XJ_G_ROLE_LEAD ? XJ_ROLE_LEAD : XJ_ROLE_COOPERATE;
    w->cl->role_words = true;
    w->cl->lead = w->cl->lead || value == XJ_G_ROLE_LEAD;
    return close;
}

/* Whether the mark at I stands within the name of a group: 各市、县人民政府, 各县、市、区. */
static bool
joins_levels(const comp *c, size_t name, size_t i, size_t end)
{
    if (c->t.c[name] != u'各' || i + 1 >= end || !unit_level(c->t.c[i + 1]))
        return false;
    for (size_t k = name + 1; k < i; k++)
        if (c->t.c[k] != u'、' && !unit_level(c->t.c[k]))
            return false;
    /* 各县、县教育局 begins another name */
    return i > name + 1 &&
           (i + 2 >= end || c->t.c[i + 2] == u'、' || c->t.c[i + 2] == u',' ||
            xj_chars_is(&c->t, i + 2, end, u"人民政府") || xj_chars_is(&c->t, i + 2, end, u"政府"));
}

/* One segment between commas. */
static void
read_segment(walk *w, size_t i, size_t end)
{
    comp *c = w->c;
    size_t len, role_len;

    w->name = i;
    while (i < end) {
        if (c->t.c[i] == '(') {
            i = bracketed_role(w, i, end);
            continue;
        }
        if (c->t.c[i] == u'、' && !joins_levels(c, w->name, i, end)) {
            end_name(w, i);
            w->name = ++i;
        } else if ((len = role_word(w, i, end)) > 0 || (len = open_word(w, i, end)) > 0) {
            i += len;
        } else if (i == w->name && (xj_gram_at(&xj_g_connector, &c->t, i, end, &len) != 0)) {
            i += len;
            w->name = i;
        } else if (len = 0, xj_gram_at(&xj_g_connector, &c->t, i, end, &len) != 0 &&
                                (len > 2 || (len == 2 && xj_gram_at(&xj_g_role, &c->t, i + len, end,
                                                                    &role_len) != 0))) {
            end_name(w, i);
            i += len;
            w->name = i;
        } else if (time_word(c, i, end)) {
            end_name(w, i);
            if (deadline_segment(w, i, end)) {
                size_t k = i;

                /* 12月底前由市教育局负责完成: names may stand behind the time */
                for (; k < end; k++)
                    if (c->t.c[k] == u'由')
                        break;
                i = k;
                w->name = k;
                continue;
            }
            i++;
        } else {
            i++;
        }
    }
    end_name(w, end);
}

/* Behind the mark that ends a segment at I; a label ends one without a mark. */
static size_t
behind(const comp *c, size_t i, size_t end)
{
    size_t body;

    return i < end && clause_label(c, i, end, &body) != 0 ? i : i + 1;
}

/* Whether S is nothing but units: 责任人：医务科 says who does it, 责任人：李某 whom to ask. */
static bool
names_units(const comp *c, xj_span s)
{
    size_t from = s.from;

    for (size_t i = s.from; i <= s.to; i++)
        if (i == s.to || c->t.c[i] == u'、') {
            if (!unit_like(c, (xj_span){from, i}))
                return false;
            from = i + 1;
        }
    return s.from < s.to;
}

void
clause_read(comp *c, clause *out, xj_span span, int role)
{
    walk w = {.c = c, .cl = out, .label = -1, .role = role, .first = XJ_NPOS};

    if (span.to - span.from > CLAUSE_MAX) {
        out->odd = 1000;
        out->odd_at = (xj_span){span.from, span.from + 20};
        return;
    }
    for (size_t i = span.from; i < span.to;) {
        size_t end, body;
        int label = clause_label(c, i, span.to, &body);

        if (label != 0) {
            settle(&w, w.label >= 0 ? w.label : w.role, false);
            out->labelled = true;
            i = body;
            if (label == XJ_G_LABEL_PERSON)
                label = names_units(c, (xj_span){i, segment_end(c, i, span.to)})
                            ? XJ_G_LABEL_RESPONSIBLE
                            : XJ_G_LABEL_OTHER;
            w.label = label_role(label);
            out->lead = out->lead || label == XJ_G_LABEL_LEAD;
            if (label == XJ_G_LABEL_FIRST)
                w.first = out->units.len;
            end = segment_end(c, i, span.to);
            if (label == XJ_G_LABEL_DEADLINE || label == XJ_G_LABEL_OTHER) {
                if (label == XJ_G_LABEL_DEADLINE && !deadline_segment(&w, i, end))
                    odd_words(&w, (xj_span){i, end});
                i = behind(c, end, span.to);
                continue;
            }
        }
        end = segment_end(c, i, span.to);
        if (xj_gram_pattern(&xj_g_leadrule, &c->t, (xj_span){i, end}) != 0)
            w.first = 0; /* 排在第一位的为牵头单位 */
        else if (end == i + 2 && xj_chars_is(&c->t, i, end, u"下同"))
            c->first_leads = c->first_leads || w.first == 0;
        else
            read_segment(&w, i, end);
        i = behind(c, end, span.to);
    }
    settle(&w, w.label >= 0 ? w.label : w.role, false);
    settle_guides(out);
    if (w.first < out->units.len) {
        out->units.items[w.first].role = XJ_ROLE_LEAD;
        out->lead = true;
    }
}

void
clause_units(comp *c, xj_plan_task *task, const clause *cl)
{
    xj_task_unit *units;
    size_t n = 0;

    if (cl->units.len == 0)
        return;
    units = XJ_NEW_ARRAY(c->result, xj_task_unit, task->nunits + cl->units.len);
    if (task->nunits > 0)
        memcpy(units, task->units, task->nunits * sizeof *units);
    n = task->nunits;
    for (size_t i = 0; i < cl->units.len; i++) {
        const clause_unit *u = &cl->units.items[i];
        size_t k = 0;

        while (k < n && !xj_str_eq(units[k].name, u->name))
            k++;
        if (k < n) {
            if (u->role == XJ_ROLE_LEAD)
                units[k].role = XJ_ROLE_LEAD;
            continue;
        }
        units[n++] = (xj_task_unit){
            .name = u->name, .role = (xj_unit_role)u->role, .source = comp_range(c, u->at)};
    }
    task->units = units;
    task->nunits = n;
    task->lead_explicit = task->lead_explicit || cl->lead;
}
