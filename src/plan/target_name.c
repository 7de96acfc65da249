/* What targets are called: the words around a figure, without what only leads to it; lists and
 * pairs that give each figure a name of its own. */
#include "plan/target_priv.h"

#define UNIT_MAX 8     /* characters of a unit in brackets behind a name */
#define CLAUSE_LONG 60 /* characters of a clause that names an indicator */

xj_span
name_trim(const comp *c, xj_span s)
{
    for (bool moved = true; moved && s.from < s.to;) {
        size_t len;
        xj_when when;

        moved = false;
        if (c->t.c[s.from] >= u'①' && c->t.c[s.from] <= u'⑳') {
            s.from++;
            moved = true;
        } else if (xj_when_parse(&when, &c->t, s.from, s.to)) {
            s.from += when.len;
            moved = true;
        } else if (xj_gram_at(&xj_g_noise, &c->t, s.from, s.to, &len) != 0) {
            s.from += len;
            moved = true;
        } else if (xj_gram_end(&xj_g_noise, &c->t, s, &len) != 0) {
            s.to -= len;
            moved = true;
        }
    }
    return s;
}

/* S up to a figure in it: 组织义诊36场，服务5000人次 serves by 组织义诊. */
static xj_span
before_figure(const comp *c, xj_span s)
{
    for (size_t i = s.from + 1; i < s.to; i++)
        if (xj_char_digit(c->t.c[i]))
            s.to = i;
    return s;
}

xj_str
name_text(reading *r, const figure *f, xj_span before, xj_span part)
{
    comp *c = r->c;
    xj_span ahead = name_trim(c, before), behind = {f->end, f->end};

    while (behind.to < part.to && c->t.c[behind.to] != u'、' && behind.to < f->end + 40)
        behind.to++;
    if (f->rate && ahead.to > ahead.from + 1)
        return comp_text(c, ahead);
    behind = name_trim(c, behind);
    if (behind.from >= behind.to || target_ends_clause(c, f->end, part.to)) {
        /* 开展筛查，完成9万人以上: the clause before says what */
        if ((ahead.from >= ahead.to || xj_gram_is(&xj_g_reach, &c->t, ahead) != 0) &&
            r->before.from < r->before.to)
            return comp_text(c, name_trim(c, before_figure(c, name_trim(c, r->before))));
        return comp_text(c, ahead);
    }
    if (ahead.from >= ahead.to)
        return comp_text(c, behind);
    return xj_str_printf(c->result, XJ_FMT XJ_FMT, XJ_ARG(xj_chars_clean(&c->t, ahead, c->scratch)),
                         XJ_ARG(xj_chars_clean(&c->t, behind, c->scratch)));
}

bool
name_ends_in_rate(const comp *c, xj_span s)
{
    size_t len;

    while (s.to > s.from && c->t.c[s.to - 1] == ')') {
        while (s.to > s.from && c->t.c[s.to - 1] != '(')
            s.to--;
        s.to -= s.to > s.from;
    }
    return xj_gram_end(&xj_g_rate, &c->t, s, &len) != 0;
}

size_t
name_split_list(const comp *c, xj_span s, xj_span behind, two_part out[VALUES_MAX])
{
    for (size_t i = s.from; i < s.to; i++) {
        size_t n = 0, from = s.from, mark = xj_chars_is(&c->t, i, s.to, u"分别") ? 2 : 1;

        if (mark == 1 && c->t.c[i] != u'各')
            continue;
        if (i == s.from || c->t.c[i - 1] == u'级' ||
            xj_chars_find(&c->t, (xj_span){s.from, i}, u'、') == i)
            continue;
        for (size_t k = s.from; k <= i && n < VALUES_MAX; k++)
            if (k == i || c->t.c[k] == u'、') {
                out[n].a = name_trim(c, (xj_span){from, k});
                out[n++].b = i + mark < s.to ? name_trim(c, (xj_span){i + mark, s.to}) : behind;
                from = k + 1;
            }
        return n;
    }
    return 0;
}

size_t
name_split_rates(const comp *c, xj_span s, two_part out[VALUES_MAX])
{
    size_t n = 0, from = s.from;

    for (size_t i = s.from; i <= s.to; i++) {
        size_t skip = i < s.to ? figure_skip_names(c, i, s.to) : i;

        if (skip > i) {
            i = skip - 1;
            continue;
        }
        if (i < s.to && c->t.c[i] != u'、' && c->t.c[i] != u'和')
            continue;
        if (n == VALUES_MAX || !name_ends_in_rate(c, name_trim(c, (xj_span){from, i}))) {
            if (i < s.to && c->t.c[i] == u'和')
                continue;
            return 0;
        }
        out[n].a = name_trim(c, (xj_span){from, i});
        out[n++].b = (xj_span){s.to, s.to};
        from = i + 1;
    }
    return n;
}

size_t
name_split_patients(const comp *c, xj_span s, two_part out[VALUES_MAX])
{
    size_t n = 0, from = s.from, patients = s.to;

    for (size_t i = s.from; i + 1 < s.to && patients == s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, u"患者"))
            patients = i;
    if (patients == s.to || !name_ends_in_rate(c, s))
        return 0;
    for (size_t i = s.from; i <= patients; i++) {
        if (i < patients && c->t.c[i] != u'、' && c->t.c[i] != u'和')
            continue;
        if (i - from < 2 || i - from > 8 || n == VALUES_MAX)
            return 0;
        out[n].a = (xj_span){from, i};
        out[n++].b = (xj_span){patients, s.to};
        from = i + 1;
    }
    return n;
}

xj_str
name_glued(reading *r, const two_part *n)
{
    comp *c = r->c;

    if (n->b.from >= n->b.to)
        return comp_text(c, n->a);
    return xj_str_printf(c->result, XJ_FMT XJ_FMT, XJ_ARG(xj_chars_clean(&c->t, n->a, c->scratch)),
                         XJ_ARG(xj_chars_clean(&c->t, n->b, c->scratch)));
}

xj_span
name_cut(const comp *c, xj_span name)
{
    xj_when when;

    for (size_t i = name.from + 1; i < name.to; i++)
        if (xj_chars_is(&c->t, i, name.to, u"状态") || xj_chars_is(&c->t, i, name.to, u"的目标") ||
            (xj_when_parse(&when, &c->t, i, name.to) && when.year_kind != XJ_YEAR_NOT_PRINTED))
            name.to = i;
    if (name.to > name.from && (c->t.c[name.to - 1] == u'到' || c->t.c[name.to - 1] == u'于'))
        name.to--;
    return name_trim(c, name);
}

xj_span
name_unit(const comp *c, xj_span *said)
{
    size_t open = said->to;
    xj_span unit;

    if (said->from >= said->to || c->t.c[said->to - 1] != ')')
        return (xj_span){0, 0};
    while (open > said->from && c->t.c[open - 1] != '(')
        open--;
    unit = (xj_span){open, said->to - 1};
    if (open <= said->from + 2 || unit.to - unit.from > UNIT_MAX || unit.from >= unit.to)
        return (xj_span){0, 0};
    /* 1/10万 */
    unit.from += c->t.c[unit.from] == '1' && c->t.c[unit.from + 1] == '/';
    said->to = open - 1;
    return unit;
}

xj_span
name_clause_before(const comp *c, size_t from, size_t i)
{
    size_t to = i, k;

    while (to > from && (c->t.c[to - 1] == ',' || c->t.c[to - 1] == u'、'))
        to--;
    for (k = to; k > from && to - k < CLAUSE_LONG; k--)
        if (target_ends_clause(c, k - 1, to) || c->t.c[k - 1] == ')')
            break;
    return (xj_span){k, to};
}
