/* Whether a figure is what was reached: not a goal, another year's or place's value, a change. */
#include "duty/figure_priv.h"

#include "text/number.h"

static const char16_t *const against[] = {u"较", u"比", u"与", u"同", u"和", u"跟", u"相比"};

/* What the words from the sentence's beginning to the figure speak of. */
typedef enum speaks { SPEAKS_NOW, SPEAKS_PAST, SPEAKS_GOAL } speaks;

typedef struct scope {
    speaks of;
    bool clause_only; /* it ends with the clause */
} scope;

static bool
is(const xj_chars *c, size_t *len, size_t i, size_t end, const char16_t *const *words, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (xj_chars_is(c, i, end, words[k])) {
            for (*len = 0; words[k][*len] != 0; ++*len)
                ;
            return true;
        }
    return false;
}

/* "较去年" speaks of the past only where its value stands right behind it. */
static bool
compares(const xj_chars *c, size_t from, size_t i, size_t behind, size_t figure)
{
    size_t begin;

    if (!xj_figure__ends(&begin, c->c, from, i, XJ_FIGURE__WORDS(against)))
        return false;
    for (size_t k = behind; k < figure; k++)
        if (c->c[k] != u'的' && c->c[k] != u'同' && c->c[k] != u'期' && c->c[k] != u'末' &&
            c->c[k] != u'底' && c->c[k] != u'度')
            return true;
    return false;
}

static bool
year_at(scope *s, size_t *len, const xj_figure__text *t, size_t from, size_t i, size_t figure)
{
    const xj_chars *c = &t->chars;
    int year = 0;

    if (i > 0 && xj_char_digit(c->c[i - 1]))
        return false;
    for (size_t k = i; k < i + 4; k++) {
        if (k >= figure || !xj_char_digit(c->c[k]))
            return false;
        year = year * 10 + (c->c[k] - '0');
    }
    if (!xj_chars_is(c, i + 4, figure, u"年") || year < 1990 || year > 2100)
        return false;
    *len = 5;
    if (compares(c, from, i, i + 5, figure))
        return true;
    *s = (scope){year < t->year ? SPEAKS_PAST : year > t->year ? SPEAKS_GOAL : SPEAKS_NOW, false};
    return true;
}

/* Whether the LEN characters at I are of TARGET's own name: 免疫规划, 预期寿命. */
static bool
of_name(const xj_chars *c, size_t i, size_t len, const xj_figure__target *target)
{
    for (size_t k = 0; k + len <= target->n; k++)
        if (memcmp(target->name + k, c->c + i, len * sizeof *c->c) == 0)
            return true;
    return false;
}

static void
read_word(scope *s, size_t *len, const xj_figure__text *t, const xj_figure__place *p,
          const xj_figure__target *target, size_t i, size_t figure)
{
    static const char16_t *const reached[] = {
        u"提高到", u"提高至", u"提升到", u"提升至", u"上升到", u"上升至", u"增加到", u"增加至",
        u"增长到", u"增长至", u"增至",   u"升至",   u"下降到", u"下降至", u"降低到", u"降低至",
        u"降到",   u"降至",   u"扩大到", u"扩大至", u"缩短至", u"缩短到"};
    static const char16_t *const past[] = {u"去年",       u"上年", u"往年",   u"前年",  u"上期",
                                           u"原来",       u"此前", u"基线",   u"基期",  u"年初",
                                           u"上半年同期", u"同期", u"改造前", u"实施前"};
    static const char16_t *const now[] = {u"今年", u"目前", u"已",     u"实际", u"现有",
                                          u"现为", u"截至", u"截止",   u"本期", u"本季",
                                          u"本月", u"本年", u"上半年", u"累计"};
    static const char16_t *const goal[] = {
        u"力争",   u"计划", u"预计",   u"预期达", u"争取", u"下一步", u"下阶段", u"下半年",
        u"明年",   u"拟",   u"确保",   u"规划",   u"将再", u"将继续", u"将达",   u"将举办",
        u"将开展", u"将建", u"将培训", u"将完成", u"将新", u"将组织"};
    static const char16_t *const clause[] = {u"目标",   u"不低于", u"不少于", u"不高于", u"任务为",
                                             u"任务数", u"指标为", u"应达",   u"要求达", u"原定"};
    static const char16_t *const by[] = {u"按",       u"按照",     u"根据",   u"依据",
                                         u"完成",     u"超过",     u"超",     u"实现",
                                         u"完成年度", u"完成全年", u"按年度", u"按照年度"};
    const xj_chars *c = &t->chars;
    size_t begin;

    if (year_at(s, len, t, p->sentence, i, figure))
        return;
    if (is(c, len, i, figure, XJ_FIGURE__WORDS(reached))) { /* 由去年的28.9%提高到 */
        s->of = s->of == SPEAKS_PAST ? SPEAKS_NOW : s->of;
    } else if (is(c, len, i, figure, XJ_FIGURE__WORDS(past))) {
        if (!compares(c, p->sentence, i, i + *len, figure))
            *s = (scope){SPEAKS_PAST, false};
    } else if (is(c, len, i, figure, XJ_FIGURE__WORDS(now))) {
        *s = (scope){SPEAKS_NOW, false};
    } else if (is(c, len, i, figure, XJ_FIGURE__WORDS(goal))) {
        if (!xj_figure__ends(&begin, c->c, p->sentence, i, XJ_FIGURE__WORDS(by)) &&
            !of_name(c, i, *len, target))
            *s = (scope){SPEAKS_GOAL, false};
    } else if (is(c, len, i, figure, XJ_FIGURE__WORDS(clause))) {
        if (s->of != SPEAKS_GOAL)
            *s = (scope){SPEAKS_GOAL, true};
    } else {
        *len = 1;
    }
}

static speaks
speaks_of(const xj_figure__text *t, const xj_figure__place *p, const xj_figure__target *target,
          size_t figure)
{
    scope s = {SPEAKS_NOW, false};

    for (size_t i = p->sentence, len; i < figure; i += len) {
        if (s.clause_only && i == p->clause)
            s = (scope){SPEAKS_NOW, false};
        read_word(&s, &len, t, p, target, i, figure);
    }
    return s.of;
}

/* 1: a rise by the figure at I, -1: a fall, 0: none is said. */
static int
change_at(const xj_chars *c, size_t from, size_t i)
{
    static const char16_t *const between[] = {u"了",     u"约", u"近",   u"幅度达",
                                              u"幅度为", u"达", u"超过", u"又"};
    static const char16_t *const rise[] = {u"提高", u"上升", u"增长", u"增加", u"提升",
                                           u"上涨", u"增幅", u"高出", u"高于", u"多出",
                                           u"回升", u"高",   u"多",   u"增",   u"升"};
    static const char16_t *const fall[] = {u"下降", u"降低", u"减少", u"低于", u"降幅",
                                           u"少于", u"回落", u"低",   u"少",   u"降"};
    static const char16_t *const whole[] = {u"新增", u"至少", u"减少到"};
    size_t begin = i;

    while (xj_figure__ends(&begin, c->c, from, begin, XJ_FIGURE__WORDS(between)))
        ;
    if (xj_figure__ends(&i, c->c, from, begin, XJ_FIGURE__WORDS(whole)))
        return 0;
    if (xj_figure__ends(&i, c->c, from, begin, XJ_FIGURE__WORDS(rise)))
        return 1;
    return xj_figure__ends(&i, c->c, from, begin, XJ_FIGURE__WORDS(fall)) ? -1 : 0;
}

bool
xj_figure__states(const xj_figure__text *t, size_t i, size_t end, const xj_figure__place *place,
                  const xj_figure__target *target)
{
    static const char16_t *const others[] = {u"全国平均", u"全省平均", u"平均水平", u"全省水平",
                                             u"全国水平", u"省均",     u"全国",     u"先进水平"};
    static const char16_t *const behind[] = {u"的目标",   u"目标",       u"的任务", u"的要求",
                                             u"以上目标", u"以上的目标", u"任务"};
    static const char16_t *const of[] = {u"由",   u"从",   u"每场", u"每个",  u"每所",
                                         u"每家", u"人均", u"户均", u"平均每"};
    const xj_chars *c = &t->chars;
    const xj_figure__number *n = &t->numbers[i];
    const int change = change_at(c, place->before, n->from);
    size_t begin;

    if (target->difference != 0 &&
        (xj_figure__last(c->c, place->before, n->from,
                         (const char16_t *const[]){u"至", u"到", u"为"}, 3) == XJ_NPOS ||
         change != 0)) {
        if (change != target->difference)
            return false;
    } else if (change != 0) {
        return false;
    }
    if (xj_figure__ends(&begin, c->c, place->sentence, n->from, XJ_FIGURE__WORDS(of)))
        return false;
    if (xj_figure__last(c->c, place->before, n->from, XJ_FIGURE__WORDS(others)) != XJ_NPOS)
        return false;
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++)
        if (xj_chars_is(c, end, c->n, behind[k]))
            return false;
    /* 28家医院中有12家: of how many is not how many */
    if (i + 1 < t->n && place->after == t->numbers[i + 1].from &&
        xj_figure__last(c->c, place->after - (place->after > end + 3 ? 3 : place->after - end),
                        place->after, (const char16_t *const[]){u"中"}, 1) != XJ_NPOS)
        return false;
    return speaks_of(t, place, target, n->from) == SPEAKS_NOW;
}

const char *
xj_figure__span(const xj_figure__text *t, size_t i, const xj_figure__place *place,
                const xj_figure__target *target)
{
    static const char16_t *const all[] = {u"累计", u"总数", u"总量", u"至今", u"以来"};
    static const char16_t *const until[] = {u"截至", u"截止", u"累计", u"以来", u"至今"};
    static const char16_t *const period[] = {u"本期",   u"本季", u"本月", u"本周期", u"上半年",
                                             u"下半年", u"季度", u"当月", u"当季",   u"本半年"};
    const xj_chars *c = &t->chars;
    const size_t to = t->numbers[i].from;
    size_t wide, narrow;

    if (xj_figure__last(c->c, place->before, to, XJ_FIGURE__WORDS(all)) != XJ_NPOS)
        return "to_date";
    if (!target->flow && !target->rate &&
        xj_figure__last(c->c, place->before, to, (const char16_t *const[]){u"新增"}, 1) != XJ_NPOS)
        return "period";
    wide = xj_figure__last(c->c, place->sentence, to, XJ_FIGURE__WORDS(until));
    narrow = xj_figure__last(c->c, place->sentence, to, XJ_FIGURE__WORDS(period));
    if (wide == XJ_NPOS && narrow == XJ_NPOS)
        return NULL;
    return narrow == XJ_NPOS || (wide != XJ_NPOS && wide > narrow) ? "to_date" : "period";
}
