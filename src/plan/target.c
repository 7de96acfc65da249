/*
 * plan/target.c -- promised figures: indicator, operator, value, unit, year.
 *
 * A sentence is read part by part; what a target is called is in target_name.c, what is promised
 * without a figure in target_state.c.  A figure is one only with a unit behind it; whether it is
 * promised is said by an operator (不低于, 以上), by a share, by a verb of making in front of it,
 * or by words of the whole (全覆盖, 所有).  Titles, quotations and brackets hold names, not
 * promises.
 */
#include "plan/target_priv.h"

#include "text/similar.h"

#define YEAR_LONG 9      /* characters of a time with its year */
#define SAYS_ONLY_MAX 24 /* characters of a thing and how many */
#define BRACKET_SAYS 40  /* characters of a bracket that promises something */

/* --- what a figure says ----------------------------------------------------------------------- */

bool
target_has_make(const comp *c, xj_span s)
{
    xj_span at;

    return xj_gram_find(&xj_g_reach, &c->t, s, &at) != 0;
}

bool
target_make_before(const comp *c, size_t from, size_t i)
{
    static const char16_t *const between[] = {
        u"至少", u"各", u"均", u"共", u"再",   u"约",   u"免费", u"市级", u"每年", u"不少于",
        u"新",   u"了", u"好", u"近", u"超过", u"县级", u"省级", u"示范", u"一批"};
    size_t len;

    for (int turn = 0; turn < 3; turn++) {
        bool moved = false;

        if (xj_gram_end(&xj_g_reach, &c->t, (xj_span){from, i}, &len) != 0)
            return true;
        for (size_t k = 0; k < sizeof between / sizeof *between && !moved; k++) {
            size_t n = 0;

            while (between[k][n] != 0)
                n++;
            if (i >= from + n && xj_chars_is(&c->t, i - n, i, between[k])) {
                i -= n;
                moved = true;
            }
        }
        if (!moved)
            return false;
    }
    return false;
}

bool
target_ends_clause(const comp *c, size_t i, size_t end)
{
    return i >= end || c->t.c[i] == u'、' || c->t.c[i] == ',' || c->t.c[i] == ';' ||
           c->t.c[i] == u'。' || c->t.c[i] == '(' || c->t.c[i] == u'和' || c->t.c[i] == '\n';
}

/* Whether the words from I on are the rest of a rate's name, before any other figure:
 * 24小时内核实率 达到100%. */
static bool
names_rate(const comp *c, size_t i, size_t end)
{
    for (size_t k = i; k < end && k < i + 12 && !xj_char_digit(c->t.c[k]); k++)
        if (c->t.c[k] == u'率')
            return true;
    return false;
}

/* Whether the part of a task's sentence is all of it, a thing and how many (白内障手术360例。). */
static bool
says_only(const reading *r, const figure *f, xj_span part)
{
    static const char16_t *const told[] = {u"现有", u"共有", u"目前", u"已", u"全市", u"存在"};
    const comp *c = r->c;

    if (r->task.data == NULL || part.from != r->sentence.from || f->end < part.to ||
        part.to + 1 < r->sentence.to || part.to - part.from > SAYS_ONLY_MAX)
        return false;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (figure_words(c, part, told[i]))
            return false;
    return true;
}

/* Whether F in CLAUSE is promised at all. */
static bool
is_promise(const reading *r, const figure *f, xj_span part)
{
    const comp *c = r->c;
    xj_span ahead = {part.from, f->at.from};
    xj_char before = f->at.from > part.from ? c->t.c[f->at.from - 1] : 0;
    bool each = figure_words(c, ahead, u"每") || figure_words(c, ahead, u"各") ||
                figure_words(c, ahead, u"均") || figure_words(c, ahead, u"至少");

    if (f->measure == XJ_G_MEASURE_TIME && f->han && c->t.c[f->at.from] == u'百')
        return false; /* 百日攻坚 */
    if (f->rate)
        return before != u'由' && before != u'从';
    if (before == u'由' || before == u'从' || before == u'前')
        return false;
    if (f->before != 0 && !(f->name_to + 1 == f->at.from && c->t.c[f->name_to] == u'为'))
        return !f->word || f->measure != XJ_G_MEASURE_ONE || each;
    /* 24小时内作出回应; 三年内 is when */
    if (f->after == XJ_G_AFTER_LE && f->measure == XJ_G_MEASURE_TIME)
        return c->t.c[f->unit.from] != u'年' && !f->word && !names_rate(c, f->end, part.to);
    if (f->after == XJ_G_AFTER_GE || f->after == XJ_G_AFTER_LE)
        return !f->word && (f->measure != XJ_G_MEASURE_TIME || each) &&
               (target_ends_clause(c, f->end, part.to) ||
                target_make_before(c, part.from, f->at.from) || each);
    if (f->measure == XJ_G_MEASURE_TIME)
        return (figure_words(c, ahead, u"每天") || figure_words(c, ahead, u"每日") ||
                figure_words(c, ahead, u"每周")) &&
               c->t.c[f->unit.from] != u'天' && c->t.c[f->unit.from] != u'日';
    if (f->word)
        return target_make_before(c, part.from, f->at.from) &&
               (f->measure == XJ_G_MEASURE_MANY || (f->measure == XJ_G_MEASURE_ONE && each));
    /* 二期工程, 五类人员 are names */
    if (f->han && (c->t.c[f->unit.from] == u'期' || c->t.c[f->unit.from] == u'类' ||
                   c->t.c[f->unit.from] == u'种' || c->t.c[f->unit.from] == u'项' ||
                   (c->t.c[f->unit.from] == u'次' && !f->word)))
        return false;
    /* 服务群众5000人次: what is counted in turns is done */
    if (target_ends_clause(c, f->end, part.to) && c->t.c[f->unit.to - 1] == u'次' &&
        f->unit.to - f->unit.from > 1)
        return true;
    /* 建设18个甲、9个乙: the verb holds for the list */
    if (target_make_before(c, part.from, f->at.from) || (r->taken && before == u'、'))
        return true;
    if (target_ends_clause(c, f->end, part.to))
        return target_has_make(c, ahead) || r->bare_before || each || before == u'量' ||
               before == u'数' || says_only(r, f, part);
    if (xj_chars_is(&c->t, f->at.from - (f->at.from > part.from + 1 ? 2 : 0), part.to, u"全市") ||
        xj_chars_is(&c->t, f->at.from - (f->at.from > part.from + 1 ? 2 : 0), part.to, u"全区") ||
        xj_chars_is(&c->t, f->at.from - (f->at.from > part.from + 1 ? 2 : 0), part.to, u"全县"))
        return true;
    /* 为2.6万名妇女提供…, 在三家医院开设… */
    return (before == u'为' || before == u'在') && target_has_make(c, (xj_span){f->at.to, part.to});
}

/* Whether less of what NAME says is better. */
static bool
means_less(const comp *c, xj_span name)
{
    size_t len;

    return xj_gram_end(&xj_g_lower, &c->t, name_trim(c, name), &len) != 0;
}

/* Whether the operator S sets a lower bound, beyond a mere 达到 or 为. */
static bool
says_least(const comp *c, xj_span s)
{
    return figure_words(c, s, u"低于") || figure_words(c, s, u"少于") ||
           figure_words(c, s, u"至少");
}

static xj_target_op
op_of(const reading *r, const figure *f, xj_span name)
{
    bool rate = f->rate;

    if (f->before == XJ_G_BEFORE_DEC && (rate || f->measure != 0))
        return XJ_OP_DECREASE_BY;
    if (f->before == XJ_G_BEFORE_INC && (rate || r->c->t.c[f->unit.from] == u'岁'))
        return XJ_OP_INCREASE_BY;
    if (rate && f->value == 100 && f->before != XJ_G_BEFORE_LE &&
        (f->unit_word != NULL ? *f->unit_word == '%' : r->c->t.c[f->unit.from] == '%'))
        return XJ_OP_EQ;
    if (f->before == XJ_G_BEFORE_LT)
        return XJ_OP_LT;
    if (f->before == XJ_G_BEFORE_GT)
        return XJ_OP_GT;
    if (f->before == XJ_G_BEFORE_LE || f->after == XJ_G_AFTER_LE)
        return XJ_OP_LE;
    if (f->before == XJ_G_BEFORE_EQ)
        return XJ_OP_EQ;
    /* a death rate or a concentration is to be small */
    if (f->before == 0 && f->after == 0 && means_less(r->c, name))
        return XJ_OP_LE;
    /* what is paid is paid exactly, where no bound is set */
    if (f->after != XJ_G_AFTER_GE && !says_least(r->c, (xj_span){f->name_to, f->at.from}) &&
        xj_chars_find(&r->c->t, f->unit, u'元') < f->unit.to &&
        (figure_words(r->c, name, u"标准") || figure_words(r->c, name, u"补助") ||
         figure_words(r->c, name, u"补贴")))
        return XJ_OP_EQ;
    return XJ_OP_GE;
}

/* The unit as printed, with the period (每月 … 15份: 份/月). */
static xj_str
unit_text(reading *r, const figure *f, xj_span part)
{
    static const struct {
        const char16_t *word;
        const char *per;
    } periods[] = {{u"每天", "/天"},     {u"每日", "/天"},     {u"每周", "/周"},
                   {u"每月", "/月"},     {u"每季度", "/季度"}, {u"每学期", "/学期"},
                   {u"每学年", "/学年"}, {u"每半年", "/半年"}, {u"每年", "/年"}};
    comp *c = r->c;
    xj_str unit = f->unit_word != NULL ? xj_str_c(f->unit_word) : comp_text(c, f->unit);

    if (c->t.c[f->unit.from] == '%' || f->unit_word != NULL || c->t.c[f->unit.from] == u'‰')
        return unit;
    if (xj_chars_find(&c->t, f->unit, '/') < f->unit.to && f->measure != 0 &&
        c->t.c[f->unit.from] == u'元')
        return unit;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (figure_words(c, (xj_span){part.from, f->at.from}, periods[i].word))
            return xj_str_printf(c->result, XJ_FMT "%s", XJ_ARG(unit), periods[i].per);
    return unit;
}

void
target_keep(reading *r, xj_target t, bool word)
{
    comp *c = r->c;

    if (r->nlist < FOUND_MAX)
        r->list[r->nlist++] = (found){t, word};
    else
        comp_warn(c, "many_targets", (xj_span){r->sentence.from, r->sentence.from + 1},
                  "一句中的指标过多，后面的未提取");
}

xj_target
target_new(reading *r, xj_span part)
{
    comp *c = r->c;
    xj_target t = {.action = r->action,
                   .task = r->task,
                   .advisory = r->advisory,
                   .strength = r->advisory ? XJ_STRENGTH_ENCOURAGED : target_strength(c, part),
                   .raw = comp_text(c, xj_chars_trim(&c->t, part, u",;。、")),
                   .source = comp_range(c, part)};

    t.year = r->nyears > 0 ? r->years[0] : c->year_last;
    t.year_inferred = r->nyears == 0 || !r->years_printed;
    return t;
}

static void
keep_figure(reading *r, const figure *f, xj_str name, xj_span part, int year)
{
    xj_target t = target_new(r, part);

    t.indicator = name;
    t.op = op_of(r, f, part);
    t.has_value = true;
    t.value = f->value;
    t.has_max = f->has_max;
    t.max = f->max;
    t.unit = unit_text(r, f, part);
    if (year != 0)
        t.year = year;
    target_keep(r, t, f->word);
}

/* --- clauses ---------------------------------------------------------------------------------- */

void
target_read_years(reading *r, xj_span s)
{
    comp *c = r->c;
    int years[YEARS_MAX];
    size_t n = 0;
    bool printed = false;

    for (size_t i = s.from; i < s.to; i++) {
        xj_when when;
        size_t skip = figure_skip_names(c, i, s.to);

        if (skip > i) {
            i = skip - 1;
            continue;
        }
        if (!xj_when_parse(&when, &c->t, i, s.to))
            continue;
        /* 到2025年, 2020年底, a clause that begins with its year; 开展2020年监测 names a thing */
        if (when.year_kind != XJ_YEAR_NOT_PRINTED && n < YEARS_MAX &&
            (n > 0 || when.kind != XJ_WHEN_YEAR ||
             i == name_trim(c, (xj_span){s.from, i + 1}).from ||
             name_trim(c, (xj_span){s.from, i}).from >= i ||
             (i > s.from && (c->t.c[i - 1] == u'到' || c->t.c[i - 1] == u'至')))) {
            int year = when.year_kind == XJ_YEAR_PRINTED ? when.year
                       : when.year_kind == XJ_YEAR_THIS  ? c->year_issued
                                                         : c->year_issued + 1;

            printed = true;
            years[n++] = year;
        }
        i += when.len - 1;
    }
    if (n == 0)
        return;
    memcpy(r->years, years, n * sizeof *years);
    r->nyears = n;
    r->years_printed = printed;
}

/* Figures F[0..N) that stand together behind one name in BEFORE. */
static void
keep_group(reading *r, const figure *f, size_t n, xj_span before, xj_span part, int year)
{
    comp *c = r->c;
    two_part names[VALUES_MAX];
    xj_span bare = name_trim(c, before), behind = name_trim(c, (xj_span){f[n - 1].end, part.to});
    size_t parts;

    if (bare.from >= bare.to && r->nwaiting > 0 && f[0].before != 0) {
        for (size_t i = 0; i < r->nwaiting; i++)
            for (size_t k = 0; k < n; k++)
                keep_figure(r, &f[k], comp_text(c, name_trim(c, r->waiting[i])),
                            (xj_span){r->waiting[0].from, part.to},
                            n > 1 && n == r->nyears ? r->years[k] : 0);
        return;
    }
    parts = name_split_list(c, before, behind, names);
    if (parts < 2 || (n > 1 && n != parts) || (n > 1 && n == r->nyears))
        parts = name_split_rates(c, bare, names);
    if (parts < 2)
        parts = name_split_patients(c, bare, names);
    if (parts > 1 && n == parts && n != r->nyears) {
        for (size_t k = 0; k < n; k++)
            keep_figure(r, &f[k], name_glued(r, &names[k]), part, year);
        return;
    }
    for (size_t p = 0; p < (parts > 1 ? parts : 1); p++)
        for (size_t k = 0; k < n; k++) {
            xj_str text = parts > 1 ? name_glued(r, &names[p]) : name_text(r, &f[k], before, part);

            if (n == 1 && r->nyears > 1 && f[0].rate && year == 0)
                for (size_t y = 0; y < r->nyears; y++)
                    keep_figure(r, &f[0], text, part, r->years[y]);
            else
                keep_figure(r, &f[k], text, part, n > 1 && n == r->nyears ? r->years[k] : year);
        }
}

/* The year that BEFORE ends in (吸烟率2027年|降至22%), which is taken off it, or begins with
 * (50家、|2027年累计|100家); 0: none.  One to compare with (死亡率比2025年|下降10%) goes too. */
static int
year_said(const comp *c, xj_span *before)
{
    xj_when when;

    for (size_t i = before->to; i > before->from + 2 && before->to - i < YEAR_LONG; i--)
        if (xj_when_parse(&when, &c->t, i - 1, before->to) && i - 1 + when.len == before->to &&
            when.year_kind == XJ_YEAR_PRINTED) {
            const bool compared = c->t.c[i - 2] == u'比' || c->t.c[i - 2] == u'较';

            before->to = compared ? i - 2 : i - 1;
            return compared ? 0 : when.year;
        }
    for (size_t i = before->from; i < before->to && i < before->from + 2; i++)
        if (xj_when_parse(&when, &c->t, i, before->to) && when.year_kind == XJ_YEAR_PRINTED)
            return when.year;
    return 0;
}

/* The figures of CLAUSE; whether there were any. */
static bool
read_figures(reading *r, xj_span part)
{
    comp *c = r->c;
    figure group[VALUES_MAX];
    size_t n = 0, name = part.from;
    bool any = false;
    xj_span before = {0, 0}, named = {0, 0}; /* named: what the figures before in PART count */
    int year = 0;

    r->taken = false;
    for (size_t i = part.from; i < part.to;) {
        figure f;
        size_t skip = figure_skip_names(c, i, part.to);

        if (skip > i) {
            i = skip;
            continue;
        }
        if (!figure_read(c, &f, part.from, i, part.to)) {
            xj_number number;
            xj_when when;

            if (xj_when_parse(&when, &c->t, i, part.to) && when.len > 0)
                i += when.len;
            else if (xj_char_digit(c->t.c[i]) && xj_number_parse(&number, &c->t, i, part.to))
                i += number.len;
            else
                i++;
            continue;
        }
        figure_operators(c, &f, n > 0 ? group[n - 1].end : name, part.to);
        if (f.after == 0 && xj_chars_is(&c->t, f.at.to, part.to, u"/年"))
            f.end += 2;
        if (n > 0) {
            /* 22%和30%: the next value of the same name */
            xj_span gap = {group[n - 1].end, f.at.from};

            if (n < VALUES_MAX && gap.to == gap.from + 1 && f.rate == group[0].rate &&
                (c->t.c[gap.from] == u'和' || c->t.c[gap.from] == u'、' ||
                 c->t.c[gap.from] == u'与' || c->t.c[gap.from] == u'及')) {
                f.before = group[0].before;
                group[n++] = f;
                i = f.end;
                continue;
            }
            keep_group(r, group, n, before, part, year);
            any = true;
            named = before;
            name = group[n - 1].end;
            n = 0;
            figure_operators(c, &f, name, part.to);
        }
        if (is_promise(r, &f, part)) {
            if (n == 0) {
                const xj_span own = {name, f.name_to};
                const xj_span bare = name_trim(c, own);

                before = own;
                year = year_said(c, &before);
                /* 创建食堂50家、2027年累计100家 */
                if (year != 0 && bare.from >= bare.to && named.from < named.to)
                    before = named;
            }
            r->taken = true;
            group[n++] = f;
        }
        i = f.end > i ? f.end : i + 1;
    }
    if (n > 0) {
        keep_group(r, group, n, before, part, year);
        any = true;
        r->bare_before =
            group[n - 1].before == 0 && target_ends_clause(c, group[n - 1].end, part.to);
    } else if (!any) {
        r->bare_before = false;
    }
    return any;
}

static void
read_clause(reading *r, xj_span part)
{
    comp *c = r->c;
    bool any;

    if (part.from >= part.to)
        return;
    target_read_years(r, part);
    any = read_figures(r, part);
    if (!any)
        any = target_read_totality(r, part);
    if (any) {
        r->nwaiting = 0;
        return;
    }
    target_read_trend(r, part);
    target_read_state(r, part);
    if (name_ends_in_rate(c, part) && r->nwaiting < 8)
        r->waiting[r->nwaiting++] = part;
    else
        r->nwaiting = 0;
}

/* 建成…中医馆 is no state where a figure says how many: T takes its place. */
static void
drop_state(reading *r, const xj_target *t)
{
    comp *c = r->c;
    size_t kept = r->first;

    for (size_t k = r->first; k < c->targets.len; k++) {
        const xj_target *o = &c->targets.items[k];

        if (o->op != XJ_OP_DONE || xj_similarity(o->indicator, t->indicator) < 0.5)
            c->targets.items[kept++] = *o;
    }
    c->targets.len = kept;
}

/* What a sentence gave: bare 一 counts only where nothing else does; the same promise once an item.
 */
static void
flush(reading *r)
{
    comp *c = r->c;
    bool figures = false;

    for (size_t i = 0; i < r->nlist; i++)
        figures = figures || (!r->list[i].word && r->list[i].t.has_value);
    for (size_t i = 0; i < r->nlist; i++) {
        const xj_target *t = &r->list[i].t;
        bool twice = false;

        if (r->list[i].word && figures)
            continue;
        if (t->has_value)
            drop_state(r, t);
        for (size_t k = r->first; k < c->targets.len && !twice; k++) {
            const xj_target *o = &c->targets.items[k];

            twice = o->op == t->op && o->has_value == t->has_value && o->value == t->value &&
                    o->year == t->year && xj_str_eq(o->unit, t->unit) &&
                    o->source.from != t->source.from &&
                    xj_similarity(o->indicator, t->indicator) >= 0.5;
        }
        if (!twice)
            xj_vec_push(&c->targets, c->scratch, *t);
    }
    r->nlist = 0;
}

xj_strength
target_strength(const comp *c, xj_span span)
{
    xj_span at;
    int value = xj_gram_find(&xj_g_strength, &c->t, span, &at);

    return value == XJ_G_STRENGTH_EXPECTED     ? XJ_STRENGTH_EXPECTED
           : value == XJ_G_STRENGTH_ENCOURAGED ? XJ_STRENGTH_ENCOURAGED
                                               : XJ_STRENGTH_MUST;
}

/* Whether PART speaks to persons, or goes on with what was said to them (…，每天运动半小时). */
static bool
advised(const reading *r, xj_span part)
{
    static const char16_t *const on[] = {u"参加", u"每",   u"至少", u"掌握",
                                         u"坚持", u"保持", u"养成"};
    const comp *c = r->c;
    xj_span at;

    if (xj_gram_find(&xj_g_advice, &c->t, part, &at) != 0)
        return true;
    for (size_t i = 0; r->advisory && i < sizeof on / sizeof *on; i++)
        if (xj_chars_is(&c->t, part.from, part.to, on[i]))
            return true;
    return false;
}

/* The end of the part that begins at I: a comma or semicolon outside brackets and quotes. */
static size_t
clause_end(const comp *c, size_t i, size_t end)
{
    while (i < end && c->t.c[i] != ',' && c->t.c[i] != ';' && c->t.c[i] != u'。' &&
           c->t.c[i] != '\n' && c->t.c[i] != ':') {
        size_t skip = figure_skip_names(c, i, end);

        i = skip > i ? skip : i + 1;
    }
    return i;
}

/* What a bracket in PART promises on its own: 培训指导员（完成二级以上300人）. */
static void
read_brackets(reading *r, xj_span part)
{
    comp *c = r->c;
    const xj_span before = r->before;
    size_t len;

    for (size_t i = part.from; i < part.to; i++) {
        size_t close;
        xj_span inner;

        if (c->t.c[i] != '(')
            continue;
        close = comp_close(c, i, part.to);
        inner = (xj_span){i + 1, close - (close > i + 1 && c->t.c[close - 1] == ')')};
        if (inner.to > inner.from && inner.to - inner.from <= BRACKET_SAYS &&
            (xj_gram_at(&xj_g_reach, &c->t, inner.from, inner.to, &len) != 0 ||
             xj_gram_at(&xj_g_before, &c->t, inner.from, inner.to, &len) != 0)) {
            r->before = (xj_span){part.from, i};
            read_clause(r, inner);
        }
        i = close > i ? close - 1 : i;
    }
    r->before = before;
}

/* The targets of one item stand together: those of its earlier cells count too. */
static size_t
first_of(const comp *c, int action, xj_str task)
{
    size_t first = c->targets.len;

    while (first > 0 && c->targets.items[first - 1].action == action &&
           c->targets.items[first - 1].task.data == task.data)
        first--;
    return first;
}

void
target_read(comp *c, int action, xj_str task, xj_span span)
{
    reading r = {.c = c, .action = action, .task = task, .first = first_of(c, action, task)};

    for (size_t i = span.from; i < span.to;) {
        size_t end = clause_end(c, i, span.to);
        xj_char mark = end < span.to ? c->t.c[end] : u'。';

        if (i == span.from || c->t.c[i - 1] == u'。' || c->t.c[i - 1] == '\n') {
            r.sentence = comp_sentence(c, i, span.to);
            r.advisory = false;
            if (r.nyears < 2)
                r.nyears = 0;
            r.nwaiting = 0;
            r.bare_before = false;
            r.before = (xj_span){i, i};
        }
        r.advisory = advised(&r, (xj_span){i, end});
        read_clause(&r, (xj_span){i, end});
        read_brackets(&r, (xj_span){i, end});
        r.before = (xj_span){i, end};
        if (mark == ';' || mark == u'。' || mark == '\n')
            flush(&r);
        i = end + 1;
    }
    flush(&r);
}

/* A target from cells, as one of those of the item from FIRST on. */
static void
read_cell(comp *c, size_t first, int action, xj_str task, xj_span label, xj_span value,
          xj_span unit, int year)
{
    reading r = {.c = c, .action = action, .task = task, .first = first, .sentence = value};
    figure f;
    size_t i = value.from, start, len;
    xj_target t;
    xj_number number;
    xj_span said;

    while (i < value.to && !xj_number_parse(&number, &c->t, i, value.to))
        i++;
    if (i >= value.to)
        return;
    said = xj_chars_trim(&c->t, label, u"。;,:");
    if (unit.from >= unit.to)
        unit = name_unit(c, &said);
    if (!figure_read(c, &f, value.from, i, value.to)) {
        /* the unit stands in a column of its own */
        f = (figure){.value = number.value, .at = {i, i + number.len}, .unit = unit};
        f.rate = unit.from < unit.to &&
                 (c->t.c[unit.from] == '%' || c->t.c[unit.from] == u'‰' ||
                  c->t.c[unit.from] == '/' || xj_chars_is(&c->t, unit.from, unit.to, u"百分点"));
        f.measure = !f.rate;
    }
    /* the last words of the cell name the figure; 较上年下降 is its operator */
    for (size_t k = said.from; k < said.to; k++)
        if (c->t.c[k] == ',' || c->t.c[k] == u'。' || c->t.c[k] == ';')
            said.from = k + 1;
    f.before = figure_operator_before(c, value.from, i, &start);
    if (f.before == 0)
        f.before = xj_gram_end(&xj_g_before, &c->t, said, &len);
    f.after = xj_gram_at(&xj_g_after, &c->t, f.at.to, value.to, &len);
    t = target_new(&r, value);
    t.indicator = comp_text(c, said);
    t.has_value = true;
    t.value = f.value;
    t.has_max = f.has_max;
    t.max = f.max;
    t.op = f.unit.from < f.unit.to ? op_of(&r, &f, said) : XJ_OP_GE;
    if (f.unit.from < f.unit.to)
        t.unit = unit_text(&r, &f, (xj_span){value.from, f.at.to});
    if (year != 0) {
        t.year = year;
        t.year_inferred = false;
    }
    target_keep(&r, t, false);
    flush(&r);
}

void
target_cell(comp *c, int action, xj_str task, xj_span name, xj_span value, xj_span unit, int year)
{
    read_cell(c, first_of(c, action, task), action, task, name, value, unit, year);
}

void
target_quota(comp *c, int action, xj_str task, xj_span name, xj_span value, xj_span unit)
{
    read_cell(c, c->targets.len, action, task, name, value, unit, 0);
}
