/*
 * Figures of a text and their measures; which target each one is of.
 *
 * The text is folded once, its numbers found once; then each number that stands in a target's
 * measure is weighed by the name that stands with it (figure_name.c) and kept where the words state
 * it (figure_scope.c).
 */
#include "duty/figure_priv.h"

#include "base/vec.h"
#include "text/number.h"

#define NUMBERS_MAX 400
#define BRACKET_MAX 14 /* characters between brackets that are part of a name */
#define AFTER_MAX 30   /* characters behind a number that can name it */
#define SHARED 50      /* thousandths: nearer than this two targets are as likely */
#define WEAK 200       /* thousandths behind the best place of a target */

/* ---- the text ---- */

static bool
is_end(xj_char c)
{
    return c == u'。' || c == ';' || c == '!' || c == '?' || c == '\n' || c == '\t';
}

static bool
is_stop(xj_char c)
{
    return is_end(c) || c == ',' || c == '(' || c == ')';
}

static bool
is_quote(xj_char c)
{
    return c == u'“' || c == u'”' || c == '"' || c == u'《' || c == u'》' || c == u'‘' || c == u'’';
}

/* Behind a bracket at I that holds a part of a name; I where there is none. */
static size_t
skip_bracket(const xj_chars *c, size_t i)
{
    if (c->c[i] != '(')
        return i;
    for (size_t k = i + 1; k < c->n && k < i + BRACKET_MAX; k++) {
        if (c->c[k] == ')')
            return k + 1;
        if (xj_char_digit(c->c[k]) || c->c[k] == u'成' || c->c[k] == u'百' || is_end(c->c[k]))
            return i;
    }
    return i;
}

/* TEXT without what only prints: quotes, brackets inside a name. */
static void
fold(xj_chars *out, xj_str text, xj_pool *pool)
{
    xj_chars all;
    size_t n = 0;

    xj_chars_fold(&all, text, pool);
    if (all.n > XJ_FIGURES_TEXT_MAX)
        all.n = XJ_FIGURES_TEXT_MAX;
    *out = (xj_chars){.text = text,
                      .c = XJ_NEW_ARRAY(pool, xj_char, all.n + 1),
                      .at = XJ_NEW_ARRAY(pool, uint32_t, all.n + 1)};
    for (size_t i = 0; i < all.n; i++) {
        while (i < all.n && skip_bracket(&all, i) > i)
            i = skip_bracket(&all, i);
        if (i == all.n)
            break;
        if (is_quote(all.c[i]))
            continue;
        out->c[n] = all.c[i];
        out->at[n++] = all.at[i];
    }
    out->n = n;
    out->at[n] = (uint32_t)text.len;
}

/* ---- numbers ---- */

bool
xj_figure__ends(size_t *begin, const xj_char *c, size_t from, size_t i,
                const char16_t *const *words, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        size_t len = 0;

        while (words[k][len] != 0)
            len++;
        if (i >= from + len && xj_figure__is(c, i - len, i, words[k])) {
            *begin = i - len;
            return true;
        }
    }
    return false;
}

size_t
xj_figure__last(const xj_char *c, size_t from, size_t to, const char16_t *const *words, size_t n)
{
    for (size_t i = to; i-- > from;)
        for (size_t k = 0; k < n; k++)
            if (xj_figure__is(c, i, to, words[k]))
                return i;
    return XJ_NPOS;
}

/* Whether what stands behind a number at K makes it part of a name, or a day: 65岁以上, 两癌. */
static bool
names(const xj_chars *c, size_t k, bool han)
{
    static const char16_t counted[] = u"人名位个家所处座间场次例户台张件部项条辆支期天小分米公平亩"
                                      u"元岁对批份套只颗剂课组吨微毫";
    static const char16_t *const behind[] = {u"年",     u"月",   u"日",  u"号", u"型",
                                             u"岁以",   u"岁及", u"级",  u"期", u"类",
                                             u"分钟健", u"时",   u"分之"};

    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (xj_chars_is(c, k, c->n, behind[i]))
            return true;
    if (han && k < c->n) {
        bool known = is_stop(c->c[k]);

        for (const char16_t *m = counted; *m != 0; m++)
            known |= c->c[k] == *m;
        if (!known)
            return true;
    }
    /* 200人以上企业 */
    for (size_t i = k; i < k + 4 && i + 2 < c->n; i++) {
        if (is_stop(c->c[i]))
            return false;
        if (c->c[i] == u'以' && (c->c[i + 1] == u'上' || c->c[i + 1] == u'下'))
            return xj_char_han(c->c[i + 2]) && c->c[i + 2] != u'的';
    }
    return false;
}

static size_t
read_scale(double *scale, const xj_chars *c, size_t k)
{
    static const struct {
        xj_char c;
        double by;
    } scales[] = {{u'百', 1e2}, {u'千', 1e3}, {u'万', 1e4}, {u'亿', 1e8}};

    *scale = 1;
    for (; k < c->n; k++) {
        bool known = c->c[k] == u'余' || (c->c[k] == u'多' && k + 1 < c->n);

        for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
            if (c->c[k] == scales[i].c) {
                *scale *= scales[i].by;
                known = true;
            }
        if (!known)
            break;
    }
    return k;
}

static bool
read_number(xj_figure__number *number, const xj_chars *c, size_t i)
{
    const xj_char before = i > 0 ? c->c[i - 1] : 0;
    xj_number n;

    if (xj_char_digit(before) || xj_char_letter(before) || before == '.' || before == u'第' ||
        before == '/')
        return false;
    *number = (xj_figure__number){.from = i, .scale = 1};
    if (xj_number_parse_percent(&n, c, i, c->n)) {
        number->value = n.value;
        number->to = i + n.len;
        number->share = true;
        return true;
    }
    if (!xj_number_parse_decimal(&n, c, i, c->n))
        return false;
    /* a bare 百, 千, 十 says no number */
    if (n.han && n.len == 1 && xj_han_digit(c->c[i]) < 0)
        return false;
    number->value = n.value;
    number->to = read_scale(&number->scale, c, i + n.len);
    number->name = names(c, number->to, n.han) || before == u'每';
    return true;
}

/* 60%至65%, 3-5家; 由28%至31% is no range. */
static bool
joins(const xj_chars *c, const xj_figure__number *a, const xj_figure__number *b)
{
    const xj_char before = a->from > 0 ? c->c[a->from - 1] : 0;

    return b->from == a->to + 1 && (c->c[a->to] == '-' || c->c[a->to] == u'至') &&
           before != u'由' && before != u'从';
}

void
xj_figure__read(xj_figure__text *t, xj_str text, int year, xj_pool *pool)
{
    *t = (xj_figure__text){
        .numbers = XJ_NEW_ARRAY(pool, xj_figure__number, NUMBERS_MAX), .year = year, .pool = pool};
    fold(&t->chars, text, pool);
    for (size_t i = 0; i < t->chars.n && t->n < NUMBERS_MAX; i++) {
        xj_figure__number *number = &t->numbers[t->n];

        if (!read_number(number, &t->chars, i))
            continue;
        if (t->n > 0 && joins(&t->chars, number - 1, number))
            number->range = (number - 1)->range = true;
        i = number->to - 1;
        t->n++;
    }
}

/* ---- measures ---- */

static void
read_measure(xj_figure__target *target, xj_str measure)
{
    static const char16_t *const each[] = {u"/年", u"/半年", u"/季度", u"/季", u"/月",
                                           u"/周", u"/学期", u"/天",   u"/日"};
    xj_char c[XJ_FIGURE__UNIT_MAX];
    xj_chars unit = {.c = c, .n = xj_chars_fold_some(c, XJ_FIGURE__UNIT_MAX, measure, NULL)};
    size_t from = 0, to = unit.n;

    while (xj_figure__ends(&to, unit.c, 0, to, XJ_FIGURE__WORDS(each)))
        ;
    if (xj_chars_is(&unit, 0, to, u"1/"))
        from = 1;
    if (xj_chars_is(&unit, 0, to, u"百分之") || xj_chars_is(&unit, 0, to, u"个百分点"))
        from = unit.c[0] == u'个' ? 1 : 0;
    target->scale = 1;
    if (from < to && to > from + 1 && unit.c[from] == u'万') {
        target->scale = 1e4;
        from++;
    }
    target->nunit = to - from;
    memcpy(target->unit, c + from, target->nunit * sizeof *c);
}

/* Units that count the same things. */
static const char16_t *
same_units(xj_char c)
{
    static const char16_t *const same[] = {u"人名位", u"个家所处座间", u"场"};

    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        for (const char16_t *s = same[i]; *s != 0; s++)
            if (*s == c)
                return same[i];
    return NULL;
}

static bool
unit_is(const xj_figure__target *target, const char16_t *word)
{
    size_t len = 0;

    while (word[len] != 0)
        len++;
    return len == target->nunit && xj_figure__is(target->unit, 0, len, word);
}

/* The unit at K; where it ends, or K. */
static size_t
read_unit(const xj_chars *c, size_t k, const xj_figure__target *target)
{
    static const char16_t not_person[] = u"次均口才民群大员数";
    const char16_t *same =
        target->nunit == 1 || unit_is(target, u"场次") ? same_units(target->unit[0]) : NULL;
    size_t len = 0;

    if (same != NULL) {
        bool found = false;

        for (; *same != 0 && k < c->n; same++)
            found |= c->c[k] == *same;
        if (!found)
            return k;
        len = target->unit[0] == u'场' && k + 1 < c->n && c->c[k + 1] == u'次' ? 2 : 1;
    } else {
        while (len < target->nunit && k + len < c->n && c->c[k + len] == target->unit[len])
            len++;
        if (len < target->nunit)
            return k;
    }
    if (k + len < c->n && c->c[k + len] == u'次')
        return k;
    for (const char16_t *n = not_person; c->c[k] == u'人' && len == 1 && *n != 0; n++)
        if (k + 1 < c->n && c->c[k + 1] == *n)
            return k;
    if (xj_chars_is(c, k, c->n, u"个百分点") || xj_chars_is(c, k, c->n, u"个月"))
        return k;
    return k + len;
}

bool
xj_figure__fits(double *value, size_t *end, const xj_figure__text *t, size_t i,
                const xj_figure__target *target)
{
    const xj_chars *c = &t->chars;
    const xj_figure__number *n = &t->numbers[i];
    size_t from;

    if (n->range || (n->name && !unit_is(target, u"岁")))
        return false;
    *value = n->value;
    *end = n->to;
    if (n->share || unit_is(target, u"%"))
        return n->share && unit_is(target, u"%");
    if (unit_is(target, u"百分点")) {
        *end = n->to + (xj_chars_is(c, n->to, c->n, u"个百分点") ? 4 : 3);
        return n->scale == 1 &&
               (xj_chars_is(c, n->to, c->n, u"个百分点") || xj_chars_is(c, n->to, c->n, u"百分点"));
    }
    if (unit_is(target, u"/10万") &&
        (xj_figure__ends(&from, c->c, 0, n->from,
                         (const char16_t *const[]){u"十万分之", u"10万分之"}, 2) ||
         xj_chars_is(c, n->to, c->n, u"/十万")))
        return true;
    if (unit_is(target, u"‰") &&
        xj_figure__ends(&from, c->c, 0, n->from, (const char16_t *const[]){u"千分之"}, 1))
        return true;
    *end = read_unit(c, n->to, target);
    *value = n->value * n->scale / target->scale;
    return *end > n->to;
}

/* ---- targets ---- */

/* The way that the plan's words let it change: 较上年下降0.6个百分点. */
static int
difference_of(const xj_report_figure *said)
{
    static const char16_t *const rise[] = {u"提高", u"提升", u"增加", u"增长", u"上升"};
    static const char16_t *const fall[] = {u"下降", u"降低", u"减少"};
    xj_char c[200];
    const xj_chars goals = {.c = c, .n = xj_chars_fold_some(c, 200, said->goals, NULL)};

    for (size_t i = 1; i < goals.n; i++) {
        size_t begin;

        if (!xj_char_digit(goals.c[i]) || xj_char_digit(goals.c[i - 1]))
            continue;
        if (xj_figure__ends(&begin, goals.c, 0, i, XJ_FIGURE__WORDS(rise)))
            return 1;
        if (xj_figure__ends(&begin, goals.c, 0, i, XJ_FIGURE__WORDS(fall)))
            return -1;
    }
    return 0;
}

bool
xj_figure__target_init(xj_figure__target *target, const xj_report_figure *said, xj_pool *scratch)
{
    static const char16_t *const heads[] = {u"率",   u"水平", u"比例", u"占比", u"比重", u"寿命",
                                            u"浓度", u"面积", u"时间", u"密度", u"增幅", u"天数"};
    static const char16_t *const flow[] = {u"新增",   u"新建", u"新创建",
                                           u"新认证", u"更新", u"新聘"};
    xj_chars name;
    size_t begin;

    *target = (xj_figure__target){.said = said};
    read_measure(target, said->measure);
    fold(&name, said->indicator, scratch);
    for (size_t i = 0; i < name.n && target->n < XJ_FIGURE__NAME_MAX; i++)
        if (xj_char_han(name.c[i]) || xj_char_letter(name.c[i]) || xj_char_digit(name.c[i]))
            target->name[target->n++] = name.c[i];
    name = (xj_chars){.c = target->name, .n = target->n};
    target->rate = unit_is(target, u"%") || unit_is(target, u"‰") || unit_is(target, u"/10万") ||
                   unit_is(target, u"百分点") || xj_chars_is(&name, 0, name.n, u"每千") ||
                   xj_chars_is(&name, 0, name.n, u"每万") ||
                   xj_chars_is(&name, 0, name.n, u"每十万") ||
                   xj_figure__ends(&begin, name.c, 0, name.n, XJ_FIGURE__WORDS(heads));
    for (size_t i = 0; i < sizeof flow / sizeof *flow; i++)
        target->flow |= xj_chars_is(&name, 0, name.n, flow[i]);
    target->difference = difference_of(said);
    return target->nunit > 0 && target->n > 1;
}

/* ---- places ---- */

static xj_figure__place
place_of(const xj_figure__text *t, size_t i)
{
    const xj_chars *c = &t->chars;
    const xj_figure__number *n = &t->numbers[i];
    xj_figure__place p = {.after = n->to};
    size_t next = c->n, k = n->from;

    while (k > 0 && !is_stop(c->c[k - 1]))
        k--;
    p.clause = p.before = k;
    while (k > 0 && !is_end(c->c[k - 1]))
        k--;
    p.sentence = k;
    for (size_t b = i; b-- > 0;)
        if (!t->numbers[b].name) {
            if (t->numbers[b].to > p.before)
                p.before = t->numbers[b].to;
            break;
        }
    for (size_t b = i + 1; b < t->n; b++)
        if (!t->numbers[b].name) {
            next = t->numbers[b].from;
            break;
        }
    while (p.after < next && p.after < n->to + AFTER_MAX && !is_stop(c->c[p.after]) &&
           c->c[p.after] != u'、')
        p.after++;
    if (p.after == next && next < c->n) { /* 18家和餐厅11家 */
        for (size_t b = n->to; b < next; b++)
            if (c->c[b] == u'和' || c->c[b] == u'及' || c->c[b] == u'与') {
                p.after = b;
                break;
            }
    }
    return p;
}

/* ---- which figure is of which target ---- */

typedef struct finder {
    xj_figure__text text;
    const xj_figure__target *targets;
    size_t ntargets;
    XJ_VEC(xj_figure) found;
    xj_pool *result;
} finder;

static void
keep(finder *f, size_t number, size_t end, const xj_figure__target *target,
     const xj_figure__place *place, double value, int score)
{
    const xj_chars *c = &f->text.chars;
    size_t last = number, from = place->sentence;
    xj_figure one = {.target = target->said, .value = value, .score = score};
    static const char16_t *const shares[] = {u"十万分之", u"10万分之", u"千分之"};
    size_t begin = f->text.numbers[number].from;

    (void)xj_figure__ends(&begin, c->c, from, begin, XJ_FIGURE__WORDS(shares));
    last = end;
    while (last < c->n && !is_end(c->c[last]))
        last++;
    one.span = xj_figure__span(&f->text, number, place, target);
    one.sentence =
        xj_str_sub(c->text, c->at[from], last > 0 ? xj_chars_end(c, last - 1) : c->text.len);
    one.from = c->at[begin] - c->at[from];
    one.to = xj_chars_end(c, end - 1) - c->at[from];
    xj_vec_push(&f->found, f->result, one);
}

/* The target or targets that number I is of. */
static void
lay(finder *f, size_t i)
{
    const xj_figure__place place = place_of(&f->text, i);
    int *scores = XJ_NEW_ARRAY(f->text.pool, int, f->ntargets);
    int best = 0;
    size_t first = f->found.len;

    for (size_t t = 0; t < f->ntargets; t++) {
        double value;
        size_t end;

        if (xj_figure__fits(&value, &end, &f->text, i, &f->targets[t]) &&
            xj_figure__states(&f->text, i, end, &place, &f->targets[t]))
            scores[t] = xj_figure__named(&f->text, i, end, &place, &f->targets[t]);
        best = scores[t] > best ? scores[t] : best;
    }
    for (size_t t = 0; t < f->ntargets && best > 0; t++) {
        double value;
        size_t end;

        if (scores[t] == 0 || scores[t] < best - SHARED ||
            !xj_figure__fits(&value, &end, &f->text, i, &f->targets[t]))
            continue;
        keep(f, i, end, &f->targets[t], &place, value, scores[t]);
    }
    for (size_t k = first; k < f->found.len; k++)
        f->found.items[k].shared = f->found.len - first > 1;
}

/* Whether ONE is left beside the others of its target: they are named far better, or say the same.
 */
static bool
is_less(const finder *f, size_t one)
{
    const xj_figure *it = &f->found.items[one];

    for (size_t i = 0; i < f->found.len; i++) {
        const xj_figure *other = &f->found.items[i];

        if (i == one || other->target != it->target)
            continue;
        if (other->score > it->score + WEAK)
            return true;
        if (other->value == it->value && (other->span != NULL) >= (it->span != NULL) &&
            (i < one || (it->span == NULL && other->span != NULL)))
            return true;
    }
    return false;
}

void
xj_figures_find(xj_figure **items, size_t *nitems, xj_str text, const xj_report_figure *targets,
                size_t n, int year, xj_pool *result)
{
    xj_pool *scratch = xj_pool_child(result);
    xj_figure__target *ready = XJ_NEW_ARRAY(scratch, xj_figure__target, n + 1);
    finder f = {.targets = ready, .result = scratch};
    XJ_VEC(xj_figure) kept = {0};

    for (size_t i = 0; i < n; i++)
        f.ntargets += xj_figure__target_init(&ready[f.ntargets], &targets[i], scratch);
    if (f.ntargets > 0) {
        xj_figure__read(&f.text, text, year, scratch);
        for (size_t i = 0; i < f.text.n; i++)
            lay(&f, i);
    }
    for (size_t i = 0; i < f.found.len; i++)
        if (!is_less(&f, i))
            xj_vec_push(&kept, result, f.found.items[i]);
    *items = kept.items;
    *nitems = kept.len;
    xj_pool_destroy(scratch);
}
