/*
 * How much of a target's name stands with a figure.
 *
 * A rate is named in front of its figure: by its whole name, or by a short form of it that ends as
 * it does, with nothing before it that makes it another's (农村, 省级, 高血压).  What was counted
 * is named in front of it or behind it, in any order.  A figure without words takes those before
 * it.
 */
#include "duty/figure_priv.h"

#define WORDS_MAX 240 /* characters beside a figure that are compared */
#define LIKELY 600

typedef struct words {
    xj_char c[WORDS_MAX];
    size_t n;
} words;

static const char16_t *const openings[] = {
    u"截至",   u"截止",   u"目前",   u"今年",   u"上半年", u"下半年",   u"全年",     u"全市",
    u"我市",   u"全县",   u"我县",   u"全区",   u"我区",   u"全省",     u"本市",     u"各县区",
    u"各地",   u"年底",   u"月底",   u"月末",   u"年末",   u"季度",     u"以来",     u"年度",
    u"据统计", u"据调查", u"据监测", u"经统计", u"经监测", u"监测显示", u"统计显示", u"显示",
    u"调查",   u"其中",   u"全系统", u"本期",   u"本季",   u"一季",     u"二季",     u"三季",
    u"四季",   u"现有",   u"当前",   u"辖区",   u"同时",   u"此外",     u"另外",     u"年",
    u"月",     u"日",     u"底",     u"末",     u"共",     u"累计",     u"已",       u"现",
    u"至",     u"到",     u"的",     u"使",     u"名",     u"人次",     u"人",       u"家",
    u"个",     u"所",     u"场",     u"和",     u"及",     u"与",       u"并",       u"也",
    u"以上",   u"左右"};

static const char16_t *const operators[] = {
    u"达到",     u"达",       u"为",       u"是",       u"升至",   u"升到",     u"提高到",
    u"提高至",   u"提升到",   u"提升至",   u"上升到",   u"上升至", u"增至",     u"增加到",
    u"增加至",   u"增长到",   u"增长至",   u"下降到",   u"下降至", u"降至",     u"降到",
    u"降低到",   u"降低至",   u"控制在",   u"控制到",   u"保持在", u"稳定在",   u"维持在",
    u"保持",     u"稳定",     u"约",       u"近",       u"已",     u"均",       u"都",
    u"共",       u"分别",     u"依次",     u"至",       u"到",     u"在",       u"超过",
    u"突破",     u"实现",     u"仅",       u"有",       u"缩短至", u"缩短到",   u"缩短",
    u"稳步提升", u"稳步提高", u"持续提升", u"持续提高", u"进一步", u"提升",     u"提高",
    u"上升",     u"下降",     u"降低",     u"增加",     u"增长",   u"减少",     u"由",
    u"从",       u"目前",     u"现",       u"了",       u"也",     u"则",       u"平均",
    u"今年",     u"上半年",   u"上年",     u"去年",     u"较",     u"比",       u"同期",
    u"同比",     u"全市",     u"个百分点", u"最新",     u"总体",   u"整体",     u"结果",
    u"累计",     u"总数",     u"总计",     u"合计",     u"计",     u"成功",     u"的",
    u"又",       u"再",       u"实际",     u"截至",     u"月底",   u"年底",     u"月",
    u"不断",     u"逐步",     u"逐年",     u"明显",     u"任务",   u"十万分之", u"10万分之",
    u"千分之"};

static const char16_t *const making[] = {
    u"新创建", u"新建成", u"新建", u"建成", u"完成", u"开展", u"举办", u"设置", u"设立", u"组建",
    u"建设",   u"建立",   u"评选", u"创建", u"配置", u"组织", u"实施", u"开设", u"新增", u"新认证",
    u"提供",   u"共",     u"累计", u"已",   u"实际", u"全年", u"了",   u"为",   u"对"};

static size_t
length(const char16_t *w)
{
    size_t n = 0;

    while (w[n] != 0)
        n++;
    return n;
}

/* Letters, figures and Chinese characters of [FROM, TO). */
static void
add(words *w, const xj_chars *c, size_t from, size_t to)
{
    for (size_t i = from; i < to && w->n < WORDS_MAX; i++)
        if (xj_char_han(c->c[i]) || xj_char_letter(c->c[i]) || xj_char_digit(c->c[i]))
            w->c[w->n++] = c->c[i];
}

/* The same with no more than the last characters that there is room for. */
static words
words_of(const xj_chars *c, size_t from, size_t to)
{
    words w = {.n = 0};

    add(&w, c, to - from > WORDS_MAX ? to - WORDS_MAX : from, to);
    return w;
}

/* How many characters at the beginning of N at C are of LIST, and days, one after the other. */
static size_t
opening(const xj_char *c, size_t n, const char16_t *const *list, size_t nlist)
{
    size_t i = 0;

    for (bool moved = true; moved && i < n;) {
        size_t longest = 0, digits = i;

        moved = false;
        while (digits < n && xj_char_digit(c[digits]))
            digits++;
        if (digits > i && digits < n &&
            (c[digits] == u'年' || c[digits] == u'月' || c[digits] == u'日'))
            longest = digits + 1 - i;
        for (size_t k = 0; k < nlist; k++)
            if (xj_figure__is(c, i, n, list[k]) && length(list[k]) > longest)
                longest = length(list[k]);
        if (longest > 0) {
            i += longest;
            moved = true;
        }
    }
    return i;
}

/* How many characters at the end of N at C are of LIST. */
static size_t
closing(const xj_char *c, size_t n, const char16_t *const *list, size_t nlist)
{
    size_t end = n, begin;

    for (bool moved = true; moved;) {
        size_t best = end;

        for (size_t k = 0; k < nlist; k++)
            if (xj_figure__ends(&begin, c, 0, end, &list[k], 1) && begin < best)
                best = begin;
        moved = best < end;
        end = best;
    }
    return n - end;
}

/* The longest sequence that A and B have in common, gaps allowed. */
static size_t
common(const xj_char *a, size_t na, const xj_char *b, size_t nb)
{
    size_t row[WORDS_MAX + 1] = {0};

    for (size_t i = 0; i < na; i++) {
        size_t corner = 0;

        for (size_t k = 0; k < nb; k++) {
            const size_t above = row[k + 1];

            row[k + 1] = a[i] == b[k] ? corner + 1 : above > row[k] ? above : row[k];
            corner = above;
        }
    }
    return row[nb];
}

static bool
holds(const words *w, const xj_char *c, size_t n)
{
    for (size_t i = 0; i + n <= w->n; i++)
        if (memcmp(w->c + i, c, n * sizeof *c) == 0)
            return true;
    return false;
}

/* ---- rates ---- */

/* Whether the N characters at C, in front of a whole name, make it a part's: 农村, 清河县. */
static bool
narrows(const xj_char *c, size_t n)
{
    static const char16_t *const parts[] = {u"农村",   u"城市", u"城镇",   u"城区",     u"女性",
                                            u"男性",   u"女",   u"男",     u"流动人口", u"儿童",
                                            u"老年人", u"学生", u"青少年", u"困难",     u"镇",
                                            u"乡",     u"街道", u"社区",   u"企业",     u"职工"};
    size_t begin;

    if (xj_figure__ends(&begin, c, 0, n, XJ_FIGURE__WORDS(parts)))
        return true;
    return n >= 2 && (c[n - 1] == u'县' || c[n - 1] == u'区') && c[n - 2] != u'全' &&
           c[n - 2] != u'我' && c[n - 2] != u'本' && c[n - 2] != u'各' && c[n - 2] != u'县';
}

/* A name of which single words were left out: 高血压患者(基层)规范管理(服务)率. */
static int
abridged(const xj_char *t, size_t tn, const xj_char *p, size_t pn)
{
    size_t at = tn, hits = 0;

    if (pn < 2 || pn > tn + 2 || tn < 2 || p[pn - 1] != t[tn - 1])
        return 0;
    for (size_t i = pn; i-- > 0 && at > 0;)
        for (size_t k = at; k-- > 0 && at - k <= 3;)
            if (t[k] == p[i]) {
                at = k;
                hits++;
                break;
            }
    if (at > 2 || hits * 100 < pn * 85 || hits * 10 < tn * 6)
        return 0;
    return (int)(hits * 950 / tn);
}

/* What stands between a name and its figure may only be what leads to it. */
static bool
leads(const xj_char *c, size_t n)
{
    const size_t rest = n - opening(c, n, XJ_FIGURE__WORDS(operators));

    return rest <= 3 && (rest == 0 || c[n - 1] != u'率');
}

/* How much of name T the words P say; CARRIED: the figure stands apart from them. */
static int
rate_said(const xj_char *t, size_t tn, const words *p, bool carried)
{
    size_t best = 0, end = 0, head, open, close;

    for (size_t e = p->n; e > 0; e--) {
        size_t s = 0;

        while (s < tn && s < e && t[tn - 1 - s] == p->c[e - 1 - s])
            s++;
        if (s > best) {
            best = s;
            end = e;
        }
    }
    if (best >= 4 || best == tn) {
        if (!carried && !leads(p->c + end, p->n - end))
            return 0;
        head = end - best;
        if (best == tn)
            return narrows(p->c, head) ? 0 : 1000;
        open = opening(p->c, head, XJ_FIGURE__WORDS(openings));
        if (open == head)
            return (int)(LIKELY + best * (1000 - LIKELY) / tn);
        if (common(t, tn - best, p->c + open, head - open) * 10 >= (tn - best) * 6 &&
            tn - best >= 2 && holds(p, t + tn - best - 2, 2))
            return 900;
    }
    open = opening(p->c, p->n, XJ_FIGURE__WORDS(openings));
    close = closing(p->c + open, p->n - open, XJ_FIGURE__WORDS(operators));
    return carried ? 0 : abridged(t, tn, p->c + open, p->n - open - close);
}

static int
rate_named(const xj_figure__target *target, const words *p, bool carried)
{
    static const char16_t *const wide[] = {u"全市", u"全县", u"全区", u"全省"};
    static const char16_t *const tail[] = {u"人数", u"数"};
    const xj_char *t = target->name;
    size_t n = target->n, begin = 0;
    int best, other;

    for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        if (xj_figure__is(target->name, 0, n, wide[k]) && t == target->name) {
            t += 2;
            n -= 2;
        }
    best = rate_said(t, n, p, carried);
    if (best < LIKELY && n > 5 &&
        xj_figure__ends(&begin, target->name, 0, target->n, XJ_FIGURE__WORDS(tail))) {
        other = rate_said(t, n - (target->n - begin), p, carried);
        best = other > best ? other : best;
    }
    return best < LIKELY ? 0 : best;
}

/* ---- lists: 甲率、乙率分别达到…和… ---- */

typedef struct list {
    size_t from[12], to[12], n;
} list;

static void
split(list *l, const xj_chars *c, size_t from, size_t to)
{
    *l = (list){.from = {from}, .n = 1};
    for (size_t i = from; i < to; i++) {
        if (c->c[i] != u'、' && c->c[i] != u'和' && c->c[i] != u'及' && c->c[i] != u'与')
            continue;
        l->to[l->n - 1] = i;
        if (l->n == 12)
            break;
        l->from[l->n++] = i + 1;
    }
    l->to[l->n - 1] = to;
}

/* Whether figures A and B stand in one list. */
static bool
side_by_side(const xj_figure__text *t, size_t a)
{
    static const char16_t between[] = u"、和及与,/10万十个百分点人次名家所‰%";
    const xj_figure__number *x = &t->numbers[a], *y = x + 1;

    if (y->from - x->to > 6)
        return false;
    for (size_t i = x->to; i < y->from; i++) {
        bool known = false;

        for (const char16_t *b = between; *b != 0; b++)
            known |= t->chars.c[i] == *b;
        if (!known)
            return false;
    }
    return true;
}

/* TARGET's name among the names that 分别 lays one by one to figures; -1: there is no such list. */
static int
listed(const xj_figure__text *t, size_t i, const xj_figure__place *place,
       const xj_figure__target *target)
{
    static const char16_t *const each[] = {u"分别", u"依次"};
    const xj_chars *c = &t->chars;
    size_t first = i, last = i, at, best = 0;
    words one, tail, name = {.n = target->n};
    list l;

    while (first > 0 && !t->numbers[first - 1].name && side_by_side(t, first - 1))
        first--;
    while (last + 1 < t->n && side_by_side(t, last))
        last++;
    at = xj_figure__last(c->c, place->sentence, t->numbers[first].from, XJ_FIGURE__WORDS(each));
    if (at == XJ_NPOS || t->numbers[first].from - at > 12)
        return -1;
    for (best = at; best > place->sentence && c->c[best - 1] != ','; best--)
        ;
    split(&l, c, best, at);
    if (l.n != last - first + 1)
        return -1;
    one = words_of(c, l.from[i - first], l.to[i - first]);
    if (target->rate && rate_named(target, &one, true) > 0)
        return rate_named(target, &one, true);
    tail = words_of(c, l.from[l.n - 1], l.to[l.n - 1]);
    memcpy(name.c, target->name, target->n * sizeof *name.c);
    /* 高血压、糖尿病患者规范管理率: the first goes on as the last ends */
    at = opening(one.c, one.n, XJ_FIGURE__WORDS(openings));
    if (one.n - at < name.n && one.n > at &&
        memcmp(name.c, one.c + at, (one.n - at) * sizeof *name.c) == 0 &&
        holds(&tail, name.c + (one.n - at), name.n - (one.n - at)))
        return 1000;
    return 0;
}

/* ---- what was counted ---- */

static int
share_of(const xj_char *t, size_t tn, const words *w)
{
    size_t pairs = 0, in_order;

    for (size_t i = 0; i + 1 < tn; i++)
        pairs += holds(w, t + i, 2);
    if (pairs == 0)
        return 0;
    in_order = common(t, tn, w->c, w->n);
    pairs = pairs * 1000 / (tn - 1);
    in_order = in_order * 1000 / tn;
    return (int)(pairs > in_order ? pairs : in_order);
}

/* T says 市级, and W says 省级. */
static bool
other_level(const xj_char *t, size_t tn, const words *w)
{
    static const char16_t *const levels[] = {u"国家级", u"省级", u"市级",
                                             u"县级",   u"镇级", u"村级"};
    bool said = false, other = false;

    for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
        const bool in_t = xj_figure__last(t, 0, tn, &levels[k], 1) != XJ_NPOS;
        const bool in_w = xj_figure__last(w->c, 0, w->n, &levels[k], 1) != XJ_NPOS;

        said |= in_t && in_w;
        other |= in_w && !in_t;
    }
    return other && !said;
}

/* What there is all in all is not what was new. */
static bool
is_stock(const words *w)
{
    static const char16_t *const stock[] = {u"总数", u"总量", u"现有", u"共有", u"达到", u"总计"};
    static const char16_t *const fresh[] = {u"新", u"增", u"更新"};

    return xj_figure__last(w->c, 0, w->n, XJ_FIGURE__WORDS(stock)) != XJ_NPOS &&
           xj_figure__last(w->c, 0, w->n, XJ_FIGURE__WORDS(fresh)) == XJ_NPOS;
}

/* The part of TARGET's name that says what is counted. */
static void
core(const xj_char **t, size_t *n, const xj_figure__target *target)
{
    static const char16_t *const tails[] = {u"活动", u"人数", u"人次", u"数",
                                            u"工作", u"次数", u"情况"};
    const size_t open = opening(target->name, target->n, XJ_FIGURE__WORDS(making));
    size_t close;

    *t = target->name + (target->n - open >= 2 ? open : 0);
    *n = target->n - (target->n - open >= 2 ? open : 0);
    close = closing(*t, *n, XJ_FIGURE__WORDS(tails));
    if (*n - close >= 3)
        *n -= close;
}

/* The plan's own words right before the goal's number (全年培训300人次) stand right before the
 * figure too: a name that was made of a whole sentence is not said again. */
static bool
as_the_goal(const xj_figure__target *target, const words *left)
{
    words goal = {.n = 0};
    size_t open, close, begin, from, to = 0;
    xj_char c[WORDS_MAX];
    const xj_chars goals = {.c = c,
                            .n = xj_chars_fold_some(c, WORDS_MAX, target->said->goals, NULL)};

    while (to < goals.n && !xj_char_digit(c[to]))
        to++;
    for (from = to; from > 0 && c[from - 1] != ',' && c[from - 1] != u'、'; from--)
        ;
    add(&goal, &goals, from, to);
    open = opening(goal.c, goal.n, XJ_FIGURE__WORDS(openings));
    open = goal.n > open && goal.c[open] == u'每' ? goal.n : open;
    close = closing(goal.c + open, goal.n - open, XJ_FIGURE__WORDS(operators));
    goal.n -= close;
    if (to == goals.n || goal.n - open < 2 ||
        opening(goal.c + open, goal.n - open, XJ_FIGURE__WORDS(making)) == goal.n - open)
        return false;
    begin = left->n - closing(left->c, left->n, XJ_FIGURE__WORDS(operators));
    return begin >= goal.n - open && memcmp(left->c + begin - (goal.n - open), goal.c + open,
                                            (goal.n - open) * sizeof *goal.c) == 0;
}

static bool
is_empty(const words *w)
{
    size_t from = 0, more;

    do {
        more = opening(w->c + from, w->n - from, XJ_FIGURE__WORDS(openings));
        from += more;
        more += opening(w->c + from, w->n - from, XJ_FIGURE__WORDS(operators));
        from += more;
        more += opening(w->c + from, w->n - from, XJ_FIGURE__WORDS(making));
        from += more;
        from = from > w->n ? w->n : from;
    } while (more > 0 && from < w->n);
    return w->n - from < 2;
}

static int
count_named(const xj_figure__text *t, size_t i, size_t end, const xj_figure__place *place,
            const xj_figure__target *target)
{
    const xj_chars *c = &t->chars;
    const size_t part = xj_figure__last(c->c, place->before, t->numbers[i].from,
                                        (const char16_t *const[]){u"其中"}, 1);
    const size_t from = part == XJ_NPOS ? place->before : part + 2;
    words left = words_of(c, from, t->numbers[i].from), both = left, all;
    const xj_char *name;
    size_t n;
    int score;

    core(&name, &n, target);
    add(&both, c, end, place->after > end ? place->after : end);
    if (other_level(target->name, target->n, &left) || (target->flow && is_stock(&left)))
        return 0;
    score = holds(&both, name + n - 2, 2) ? share_of(name, n, &both) : 0;
    if (part != XJ_NPOS)
        return score >= 900 ? score : 0;
    if (score >= LIKELY)
        return score;
    if (as_the_goal(target, &left))
        return LIKELY + 100;
    all = words_of(c, place->sentence, t->numbers[i].from);
    add(&all, c, end, place->after > end ? place->after : end);
    if (!is_empty(&both) && share_of(target->name, target->n, &both) == 0)
        return 0;
    if (!holds(&all, name + n - 2, 2) || (target->flow && is_stock(&all)))
        return 0;
    score = share_of(target->name, target->n, &all) * 9 / 10;
    if (share_of(name, n, &all) * 9 / 10 > score)
        score = share_of(name, n, &all) * 9 / 10;
    return score >= LIKELY ? score : 0;
}

int
xj_figure__named(const xj_figure__text *t, size_t i, size_t end, const xj_figure__place *place,
                 const xj_figure__target *target)
{
    const xj_chars *c = &t->chars;
    const size_t from = t->numbers[i].from;
    const int of_list = listed(t, i, place, target);
    words left;
    int score;

    if (of_list >= 0)
        return of_list;
    if (!target->rate)
        return count_named(t, i, end, place, target);
    left = words_of(c, place->before, from);
    score = rate_named(target, &left, false);
    if (score > 0 || !is_empty(&left))
        return score;
    left = words_of(c, place->sentence, place->before);
    return rate_named(target, &left, true) * 9 / 10;
}
