/*
 * plan/unit.c -- names of units: full, shortened by a shared prefix, joined by 及 and 和, and
 * groups.
 */
#include "plan/compile_priv.h"

bool
unit_level(xj_char ch)
{
    return ch == u'市' || ch == u'省' || ch == u'区' || ch == u'县' || ch == u'州' || ch == u'盟' ||
           ch == u'旗' || ch == u'镇' || ch == u'乡';
}

bool
unit_like(const comp *c, xj_span s)
{
    size_t len;

    s = xj_chars_trim(&c->t, s, u"、,;:.。()“”");
    if (s.to - s.from < 2 || s.to - s.from > 45)
        return false;
    for (size_t i = s.from; i < s.to; i++)
        if (c->t.c[i] == u'。' || c->t.c[i] == ';' || c->t.c[i] == u'《' || c->t.c[i] == '%')
            return false;
    /* 配备人员不少于2名/站 ends like a name and says how many */
    if (xj_chars_find(&c->t, s, '/') < s.to)
        return false;
    if (xj_gram_end(&xj_g_suffix, &c->t, s, &len) != 0) /* 1200处 is a count */
        return len > 1 || !xj_char_digit(c->t.c[s.to - 2]);
    /* 各乡镇（街道）, 市卫生健康委（市疾控局） */
    if (s.to < c->t.n && c->t.c[s.to] == ')') {
        size_t open = s.to;

        while (open > s.from && c->t.c[open] != '(')
            open--;
        if (open > s.from + 1)
            return xj_gram_end(&xj_g_suffix, &c->t, (xj_span){s.from, open}, &len) != 0;
    }
    return false;
}

static xj_str
glue(comp *c, xj_str a, const char *between, xj_str b)
{
    return xj_str_printf(c->result, XJ_FMT "%s" XJ_FMT, XJ_ARG(a), between, XJ_ARG(b));
}

/* The level in front of the name S (市, 云沂市): its length, 0 where there is none. */
static size_t
prefix_len(const comp *c, xj_span s)
{
    size_t len;

    if (xj_gram_at(&xj_g_notprefix, &c->t, s.from, s.to, &len) != 0)
        return 0;
    if (unit_level(c->t.c[s.from]) && s.to - s.from > 2)
        return 1;
    /* 团市委 */
    if (c->t.c[s.from] == u'团' && s.to - s.from >= 3 && unit_level(c->t.c[s.from + 1]))
        return 2;
    /* a place's full name in front of a body's stem */
    for (size_t i = s.from + (c->t.c[s.from] == u'新' ? 1 : 2); i < s.to && i < s.from + 6; i++)
        if (unit_level(c->t.c[i]) && i + 2 < s.to && c->t.c[i] != u'乡' && c->t.c[i] != u'镇' &&
            (xj_gram_at(&xj_g_organ, &c->t, i + 1, s.to, &len) != 0 || c->t.c[i + 1] == u'委'))
            return xj_gram_at(&xj_g_organ, &c->t, s.from, s.to, &len) != 0 ? 0 : i + 1 - s.from;
    return 0;
}

bool
unit_has_level(const comp *c, xj_span s)
{
    const size_t len = prefix_len(c, s);

    /* 社区卫生服务中心 is one of many */
    return len > 0 && !(len > 1 && c->t.c[s.from + len - 2] == u'社');
}

/* Remember the level that the full name S shows. */
static void
keep_prefix(comp *c, unit_state *state, xj_span s, size_t len)
{
    size_t from = s.from;

    if (c->t.c[from] == u'团' && len == 2)
        from++, len--;
    state->prefix = xj_chars_bytes(&c->t, (xj_span){from, from + len});
}

/* The canonical name of S, which is one unit; XJ_STR_NONE where it is none. */
static xj_str
canonical(comp *c, unit_state *state, xj_span s)
{
    xj_str name = comp_text(c, s);
    size_t len, prefix;

    if (!unit_like(c, s))
        return XJ_STR_NONE;
    if (xj_gram_at(&xj_g_group, &c->t, s.from, s.to, &len) != 0)
        return name;
    prefix = prefix_len(c, s);
    if (prefix > 0) {
        keep_prefix(c, state, s, prefix);
        return name;
    }
    if (state->prefix.len == 0 || c->t.c[s.from] == u'团' ||
        (state->prefix.len > sizeof "市" - 1 && xj_str_starts(name, state->prefix)) ||
        (c->place.len > 0 && xj_str_starts(name, c->place)))
        return name;
    if (xj_gram_is(&xj_g_party, &c->t, s) != 0 && !xj_str_eq(name, XJ_STR("办公室")))
        return glue(c, state->prefix, "委", name);
    if (xj_gram_at(&xj_g_notprefix, &c->t, s.from, s.to, &len) != 0 ||
        xj_gram_at(&xj_g_organ, &c->t, s.from, s.to, &len) != 0)
        return glue(c, state->prefix, "", name);
    /* an unknown department of the usual form is one of the same level */
    if (s.to - s.from <= 9 && s.to - s.from >= 3 &&
        (c->t.c[s.to - 1] == u'局' || c->t.c[s.to - 1] == u'委' || c->t.c[s.to - 1] == u'办'))
        return glue(c, state->prefix, "", name);
    return name;
}

static bool
add_one(comp *c, clause *cl, unit_state *state, xj_span s, int role)
{
    xj_str name = canonical(c, state, s);
    clause_unit unit = {.at = s, .role = (uint8_t)role};

    if (name.data == NULL)
        return false;
    unit.name = name;
    xj_vec_push(&cl->units, c->scratch, unit);
    return true;
}

/* Where S is two units joined by 及, 和 or 与: the place of the joint; else S.to. */
static size_t
joint(const comp *c, xj_span s, size_t *width)
{
    size_t depth = 0;

    for (size_t i = s.from; i < s.to; i++) {
        xj_char ch = c->t.c[i];

        depth += ch == '(';
        depth -= ch == ')' && depth > 0;
        if (depth > 0 || i < s.from + 2 || i + 2 >= s.to)
            continue;
        *width = xj_chars_is(&c->t, i, s.to, u"以及") ? 2 : 1;
        if (*width == 1 && ch != u'及' && ch != u'和' && ch != u'与')
            continue;
        if (unit_like(c, (xj_span){s.from, i}) && unit_like(c, (xj_span){i + *width, s.to}))
            return i;
    }
    return s.to;
}

bool
unit_read(comp *c, clause *cl, unit_state *state, xj_span s, int role)
{
    size_t width = 1, at = joint(c, s, &width);

    if (at < s.to) {
        bool first = add_one(c, cl, state, (xj_span){s.from, at}, role);

        return unit_read(c, cl, state, (xj_span){at + width, s.to}, role) && first;
    }
    return add_one(c, cl, state, s, role);
}
