/* What people write: sentences of words.tsv with figures that grow as the plan asks. */
#include "play/play.h"

#include <math.h>
#include <stdio.h>

enum { FORMS_MAX = 64 };

play_task *
play_task_of(const play *p, xj_str title)
{
    for (size_t i = 0; i < p->tasks.len; i++)
        if (xj_str_eq(p->tasks.items[i].title, title))
            return &p->tasks.items[i];
    return NULL;
}

static uint64_t
number_of(const play *p, const play_task *task)
{
    return task == NULL ? 0 : (uint64_t)(task - p->tasks.items);
}

double
play_progress(const play *p, const play_task *task, const play_unit *unit, xj_date due)
{
    const int64_t first = xj_date_days(p->first), now = xj_date_days(p->day);
    const int64_t last = due.year == 0 ? first + 400 : xj_date_days(due);
    const uint64_t no = number_of(p, task),
                   who = unit == NULL ? 0 : (uint64_t)(unit - p->units.items);
    const double pace = task->pace * (0.94 + play_roll(no, who, 3, 13) / 100.0);
    double x = last <= first ? 1 : (double)(now - first) / (double)(last - first);

    x = pow(x, 1.25) * pace;
    return x < 0.03 ? 0 : x > 1 ? 1 : x;
}

/* ---- figures ---- */

struct standing {
    double value, from, goal;
    double progress; /* 0 to 1 */
    bool counts, falls,
        change; /* a number of things; is to fall; the target is the change itself */
    int digits;
};

static double
rounded(double value, int digits, bool up)
{
    const double unit = pow(10, digits);

    return (up ? round(value * unit) : floor(value * unit + 1e-9)) / unit;
}

static struct standing
standing_of(const play *p, const play_task *task, const play_unit *unit, xj_date due)
{
    struct standing s = {.from = task->from,
                         .goal = task->goal,
                         .digits = task->digits,
                         .counts = !xj_str_eq(task->kind, XJ_STR("rate")),
                         .falls = xj_str_eq(task->op, XJ_STR("<=")),
                         .change = xj_str_eq(task->op, XJ_STR("-"))};
    const double share = unit == NULL || unit->share <= 0 ? 0 : unit->share;

    s.progress = play_progress(p, task, share > 0 ? unit : NULL, due);
    if (share > 0 && s.counts) {
        s.from = rounded(s.from * share, s.digits, true);
        s.goal = rounded(s.goal * share, s.digits, true);
        if (s.goal < s.from + pow(10, -s.digits))
            s.goal = s.from + pow(10, -s.digits);
    } else if (share > 0 && !s.change) {
        const double off =
            ((double)play_roll(number_of(p, task), (uint64_t)unit->id, 4, 60) - 30) / 10.0;

        s.from += s.falls ? -off * 0.2 : off;
        if (s.goal == 100 || s.from >= s.goal)
            s.from = fmin(s.from, s.goal - 1.2);
    }
    s.value = rounded(s.from + (s.goal - s.from) * s.progress, s.digits, !s.counts);
    return s;
}

/* VALUE without needless zeros behind the point. */
static xj_str
figure(const play *p, double value, int digits)
{
    xj_str text = xj_str_printf(p->turn, "%.*f", digits, value);

    if (xj_str_has(text, XJ_STR(".")))
        while (text.data[text.len - 1] == '0' || text.data[text.len - 1] == '.') {
            const bool point = text.data[text.len - 1] == '.';

            text.len--;
            if (point)
                break;
        }
    return text;
}

/* "个百分点" for a difference of percents. */
static xj_str
step_measure(const play_task *task)
{
    return xj_str_eq(task->measure, XJ_STR("%"))        ? XJ_STR("个百分点")
           : xj_str_eq(task->measure, XJ_STR("百分点")) ? XJ_STR("个百分点")
                                                        : task->measure;
}

static xj_str
state_words(const play *p, const play_task *task, const struct standing *s)
{
    const xj_date day = p->day;
    const xj_str value = figure(p, s->value, s->digits);
    const double moved = fabs(s->value - s->from);

    if (task->indicator.data == NULL)
        return xj_str_printf(p->turn, "截至%d月%d日，累计开展%d%s", day.month, day.day,
                             2 + (int)(s->progress * 24),
                             xj_str_eq(task->kind, XJ_STR("check")) ? "轮次" : "场次");
    if (s->change)
        return xj_str_printf(p->turn, "截至%d月%d日，" XJ_FMT "较上年降低" XJ_FMT "个百分点",
                             day.month, day.day, XJ_ARG(task->indicator), XJ_ARG(value));
    if (s->counts)
        return xj_str_printf(p->turn, "截至%d月%d日，" XJ_FMT XJ_FMT XJ_FMT, day.month, day.day,
                             XJ_ARG(task->indicator), XJ_ARG(value), XJ_ARG(task->measure));
    if (moved < pow(10, -s->digits) / 2)
        return xj_str_printf(p->turn, "目前" XJ_FMT "为" XJ_FMT XJ_FMT "，与上年底持平",
                             XJ_ARG(task->indicator), XJ_ARG(value), XJ_ARG(task->measure));
    return xj_str_printf(p->turn,
                         "截至%d月%d日，" XJ_FMT "为" XJ_FMT XJ_FMT "，较上年底%s" XJ_FMT XJ_FMT,
                         day.month, day.day, XJ_ARG(task->indicator), XJ_ARG(value),
                         XJ_ARG(task->measure), s->falls ? "缩短" : "提高",
                         XJ_ARG(figure(p, moved, s->digits)), XJ_ARG(step_measure(task)));
}

/* ---- words ---- */

static bool
stage_fits(xj_str stages, char stage)
{
    return stages.data == NULL || stages.data[0] == stage ||
           (stages.data[0] == '+' && stage != '0');
}

static bool
fits(const play_word *word, const play_task *task, xj_str slot, char stage)
{
    const bool counted = xj_str_has(word->text, XJ_STR("{goal}")) ||
                         xj_str_has(word->text, XJ_STR("{left}")) ||
                         xj_str_has(word->text, XJ_STR("{percent}"));

    return xj_str_eq(word->slot, slot) && stage_fits(word->stage, stage) &&
           (!counted || task->indicator.data != NULL);
}

/* One of the sentences that fit, as NO chooses; empty where none does.  A COUNTY speaks of no
 * counties. */
static xj_str
choose(const play *p, const play_task *task, xj_str slot, char stage, bool county, unsigned no)
{
    const play_word *found[FORMS_MAX];
    unsigned n = 0;

    for (size_t i = 0; i < p->words.len && n < FORMS_MAX; i++)
        if (xj_str_eq(p->words.items[i].kind, task->kind) &&
            fits(&p->words.items[i], task, slot, stage) &&
            !(county && xj_str_has(p->words.items[i].text, XJ_STR("县（区）"))))
            found[n++] = &p->words.items[i];
    return n == 0 ? XJ_STR("") : found[no % n]->text;
}

/* A county; of a county's own words (UNIT): a town of it. */
static xj_str
place_name(const play *p, const play_unit *unit, unsigned no)
{
    static const char *const towns[] = {"双河镇", "北街街道", "石桥镇",
                                        "河湾镇", "柳林乡",   "东岭镇"};
    unsigned n = 0;

    if (unit != NULL && unit->share > 0)
        return xj_str_c(towns[no % 6]);

    for (size_t i = 0; i < p->units.len; i++)
        if (p->units.items[i].share > 0 && n++ == no % 6)
            return p->units.items[i].name;
    return XJ_STR("各县（区）");
}

static xj_str
value_of(const play *p, const play_task *task, const play_unit *unit, const struct standing *s,
         xj_str name, unsigned no)
{
    const double left = fabs(s->goal - s->value);

    if (xj_str_eq(name, XJ_STR("thing")))
        return task->thing;
    if (xj_str_eq(name, XJ_STR("state")))
        return state_words(p, task, s);
    if (xj_str_eq(name, XJ_STR("goal")))
        return xj_str_printf(p->turn, XJ_FMT XJ_FMT, XJ_ARG(figure(p, s->goal, s->digits)),
                             XJ_ARG(task->measure));
    if (xj_str_eq(name, XJ_STR("left")))
        return xj_str_printf(p->turn, XJ_FMT XJ_FMT, XJ_ARG(figure(p, left, s->digits)),
                             XJ_ARG(s->counts ? task->measure : step_measure(task)));
    if (xj_str_eq(name, XJ_STR("percent")))
        return xj_str_printf(p->turn, "%d", (int)(s->progress * 100));
    if (xj_str_eq(name, XJ_STR("n")))
        return xj_str_printf(p->turn, "%u", 2 + no % 5);
    if (xj_str_eq(name, XJ_STR("month")))
        return xj_str_printf(p->turn, "%d", p->day.month);
    if (xj_str_eq(name, XJ_STR("own")))
        return unit != NULL && xj_str_ends(unit->name, XJ_STR("县")) ? XJ_STR("我县")
                                                                     : XJ_STR("我区");
    return place_name(p, unit, xj_str_eq(name, XJ_STR("place")) ? no : no + 1);
}

static xj_str
filled(const play *p, const play_task *task, const play_unit *unit, const struct standing *s,
       xj_str text, unsigned no)
{
    xj_buf out;
    size_t at = 0;

    xj_buf_init(&out, p->turn, 65536);
    for (;;) {
        const size_t open = xj_str_find(text, XJ_STR("{"), at);
        const size_t close = open == XJ_NPOS ? XJ_NPOS : xj_str_find(text, XJ_STR("}"), open);

        if (close == XJ_NPOS)
            break;
        xj_buf_add(&out, xj_str_sub(text, at, open));
        xj_buf_add(&out, value_of(p, task, unit, s, xj_str_sub(text, open + 1, close), no));
        at = close + 1;
    }
    xj_buf_add(&out, xj_str_skip(text, at));
    return xj_buf_str(&out);
}

xj_str
play_words(const play *p, const char *kind, const char *slot, unsigned no)
{
    const play_task none = {.kind = xj_str_c(kind)};

    return xj_str_dup(choose(p, &none, xj_str_c(slot), '-', false, no), p->turn);
}

/* ---- a row ---- */

static void
add_figure(xj_report_text *text, const play *p, const play_task *task, const struct standing *s)
{
    if (task->indicator.data == NULL)
        return;
    text->figures = XJ_NEW(p->turn, xj_report_figure);
    text->nfigures = 1;
    text->figures[0] = (xj_report_figure){.indicator = task->indicator,
                                          .measure = task->measure,
                                          .value = s->value,
                                          .span = XJ_STR("to_date")};
}

static char
stage_of(const play_task *task, const struct standing *s)
{
    if (s->progress <= 0 || (task->indicator.data != NULL && s->counts && s->value <= s->from))
        return '0';
    return s->progress < 0.5 ? '1' : s->progress < 1 ? '2' : '3';
}

void
play_write(xj_report_text *text, const play *p, const play_task *task, const play_unit *unit,
           bool feeding, xj_date due)
{
    const struct standing s = standing_of(p, task, unit, due);
    const unsigned no = play_roll(number_of(p, task), (uint64_t)xj_date_days(p->day) / 7,
                                  unit == NULL ? 0 : (uint64_t)(unit - p->units.items), 100000);
    const char stage = stage_of(task, &s);
    const bool county = unit != NULL && unit->share > 0;
    const xj_str none = XJ_STR("");
    xj_str main = choose(p, task,
                         feeding  ? XJ_STR("feed")
                         : county ? XJ_STR("county")
                                  : XJ_STR("main"),
                         stage, county, no);

    *text = (xj_report_text){.difficulties = none, .next_step = none, .percent = -1};
    if (main.len == 0) /* no words of a county's own */
        main = choose(p, task, XJ_STR("main"), stage, county, no);
    text->text = filled(p, task, unit, &s, main, no);
    if (feeding)
        return;
    if (no % 3 != 0 && !county)
        text->text = xj_str_printf(
            p->turn, XJ_FMT XJ_FMT, XJ_ARG(text->text),
            XJ_ARG(filled(p, task, unit, &s, choose(p, task, XJ_STR("more"), stage, county, no / 3),
                          no + 2)));
    if (no % 5 < 2 || task->pace < 0.9)
        text->difficulties = filled(
            p, task, unit, &s, choose(p, task, XJ_STR("trouble"), stage, county, no / 5), no + 3);
    if (stage != '3' && no % 4 != 0)
        text->next_step = filled(p, task, unit, &s,
                                 choose(p, task, XJ_STR("next"), stage, county, no / 7), no + 4);
    text->percent = (int64_t)(s.progress * 100);
    add_figure(text, p, task, &s);
}
