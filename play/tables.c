/* The tables of the city, and its plan moved to the year that is played. */
#include "play/play.h"

#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)1 << 20)
#define ISSUED "2025-11-12" /* the plan of samples/text/10-city-year.txt */
#define COLUMNS_MAX 10

xj_error *
play_file(xj_str *bytes, const char *path, xj_pool *pool)
{
    FILE *file = fopen(path, "rb");
    char *data;
    size_t n;

    if (file == NULL)
        return xj_error_new(XJ_E_IO, "%s cannot be read", path);
    data = xj_alloc(pool, FILE_MAX);
    n = fread(data, 1, FILE_MAX, file);
    fclose(file);
    if (n == FILE_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "%s is larger than 1 MB", path);
    *bytes = xj_str_of(data, n);
    return NULL;
}

/* A line's cells; what is not there, or "-", is data NULL. */
static void
cut(xj_str cells[COLUMNS_MAX], xj_str line)
{
    for (int i = 0; i < COLUMNS_MAX; i++) {
        cells[i] = XJ_STR_NONE;
        if (!xj_str_split(&cells[i], &line, '\t') || xj_str_eq(cells[i], XJ_STR("-")) ||
            cells[i].len == 0)
            cells[i] = XJ_STR_NONE;
    }
}

static xj_error *
each_line(play *p, const char *name, xj_error *(*row)(play *p, xj_str cells[COLUMNS_MAX]))
{
    const char *path = xj_str_printf(p->pool, "%s/%s", p->folder, name).data;
    xj_str text, line, cells[COLUMNS_MAX];

    XJ_TRY(play_file(&text, path, p->pool));
    while (xj_str_split(&line, &text, '\n')) {
        if (line.len == 0 || xj_str_starts(line, XJ_STR("# ")))
            continue;
        cut(cells, line);
        XJ_TRY(row(p, cells));
    }
    return NULL;
}

static xj_error *
unit_row(play *p, xj_str cells[COLUMNS_MAX])
{
    static const char *const habits[] = {"early", "ontime", "late", "silent", "paper"};
    play_unit unit = {.name = cells[0], .login = cells[1], .area = cells[4]};
    const play_person person = {
        .login = cells[1], .name = cells[2], .role = XJ_STR("liaison_a"), .unit = cells[0]};
    size_t habit = 0;

    while (habit < 5 && !xj_str_eq(cells[3], xj_str_c(habits[habit])))
        habit++;
    if (habit == 5)
        return xj_error_new(XJ_E_BAD_INPUT, "units.tsv: \"" XJ_FMT "\" has no habit",
                            XJ_ARG(cells[0]));
    unit.habit = (play_habit)habit;
    xj_vec_push(&p->units, p->pool, unit);
    xj_vec_push(&p->people, p->pool, person);
    return NULL;
}

static xj_error *
person_row(play *p, xj_str cells[COLUMNS_MAX])
{
    play_person *there = play_person_of(p, xj_str_cdup(cells[0], p->pool));
    const play_person person = {.login = cells[0],
                                .name = cells[1],
                                .role = cells[2],
                                .unit = cells[3],
                                .section = cells[4],
                                .shown = true};

    if (there != NULL)
        *there = person;
    else
        xj_vec_push(&p->people, p->pool, person);
    return NULL;
}

static xj_error *
county_row(play *p, xj_str cells[COLUMNS_MAX])
{
    xj_vec_push(
        &p->county.people, p->pool,
        ((play_person){.login = cells[0], .name = cells[1], .role = cells[2], .unit = cells[3]}));
    return NULL;
}

static xj_error *
word_row(play *p, xj_str cells[COLUMNS_MAX])
{
    xj_vec_push(&p->words, p->pool, (play_word){cells[0], cells[1], cells[2], cells[3]});
    return NULL;
}

static double
real(xj_str text, xj_pool *pool)
{
    return text.data == NULL ? 0 : strtod(xj_str_cdup(text, pool), NULL);
}

static int
digits_of(xj_str number)
{
    const size_t point = xj_str_find(number, XJ_STR("."), 0);

    return point == XJ_NPOS ? 0 : (int)(number.len - point - 1);
}

/* The target that MEASURES marks: [[words|indicator;op;value;measure]]. */
static void
read_target(play_task *task, xj_str measures, xj_str from, xj_pool *pool)
{
    const size_t open = xj_str_find(measures, XJ_STR("[["), 0);
    xj_str part[5] = {0}, rest;

    if (open == XJ_NPOS)
        return;
    rest = xj_str_sub(measures, open + 2, xj_str_find(measures, XJ_STR("]]"), open));
    rest = xj_str_skip(rest, xj_str_find(rest, XJ_STR("|"), 0) + 1);
    for (int i = 0; i < 4; i++)
        if (!xj_str_split(&part[i], &rest, ';'))
            return;
    task->indicator = part[0];
    task->op = part[1];
    task->measure = part[3];
    task->goal = real(part[2], pool);
    task->from = real(from, pool);
    task->digits = digits_of(part[2]) > digits_of(from) ? digits_of(part[2]) : digits_of(from);
    if (xj_str_eq(task->kind, XJ_STR("rate")) && task->digits == 0)
        task->digits = 1;
    if (xj_str_starts(task->measure, XJ_STR("万")))
        task->digits = 2;
}

static xj_error *
task_row(play *p, xj_str cells[COLUMNS_MAX])
{
    const size_t no = p->tasks.len;
    play_task task = {
        .title = cells[0], .lead = cells[2], .kind = cells[5], .thing = cells[6], .action_no = 0};

    if (xj_str_starts(cells[0], XJ_STR("#")))
        return NULL;
    if (task.thing.data == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "plan.tsv: \"" XJ_FMT "\" has not all columns",
                            XJ_ARG(cells[0]));
    read_target(&task, cells[1], cells[7], p->pool);
    /* Most are done in time, one in eight falls behind. */
    task.pace = play_roll(no, 1, 0, 8) == 0 ? 0.62 : 0.98 + play_roll(no, 2, 0, 20) / 100.0;
    xj_vec_push(&p->tasks, p->pool, task);
    return NULL;
}

/* ---- the plan adjusted ---- */

/* The words of MEASURES without the marks of targets. */
static xj_str
unmarked(xj_str measures, xj_pool *pool)
{
    const size_t open = xj_str_find(measures, XJ_STR("[["), 0);
    const size_t bar = open == XJ_NPOS ? XJ_NPOS : xj_str_find(measures, XJ_STR("|"), open);
    const size_t close = open == XJ_NPOS ? XJ_NPOS : xj_str_find(measures, XJ_STR("]]"), open);

    return bar == XJ_NPOS || close == XJ_NPOS
               ? measures
               : xj_str_printf(pool, XJ_FMT XJ_FMT XJ_FMT, XJ_ARG(xj_str_sub(measures, 0, open)),
                               XJ_ARG(xj_str_sub(measures, open + 2, bar)),
                               XJ_ARG(xj_str_skip(measures, close + 2)));
}

/* Where the row of TASK begins in the plan's table, and ends; XJ_NPOS: it has none. */
static size_t
row_at(size_t *end, xj_str plan, xj_str task, xj_pool *pool)
{
    const size_t name = xj_str_find(plan, xj_str_printf(pool, "\t" XJ_FMT "\t", XJ_ARG(task)), 0);
    size_t at = name;

    if (name == XJ_NPOS)
        return XJ_NPOS;
    while (at > 0 && plan.data[at - 1] != '\n')
        at--;
    *end = xj_str_find(plan, XJ_STR("\n"), name) + 1;
    return at;
}

static xj_error *
adjusted_row(play *p, xj_str cells[COLUMNS_MAX])
{
    const bool adds = xj_str_eq(cells[0], XJ_STR("add"));
    const xj_str plan = p->adjusted;
    xj_str row = XJ_STR("");
    size_t from, to;

    from = row_at(&to, plan, cells[1], p->pool);
    if (from == XJ_NPOS)
        return xj_error_new(XJ_E_BAD_INPUT, "adjusted.tsv: the plan has no \"" XJ_FMT "\"",
                            XJ_ARG(cells[1]));
    if (cells[2].data != NULL) {
        const size_t bar = xj_str_find(cells[6], XJ_STR("|"), 0);
        xj_str task[COLUMNS_MAX] = {0};

        memcpy(task, cells + 2, (COLUMNS_MAX - 2) * sizeof *task);
        XJ_TRY(task_row(p, task));
        row = xj_str_printf(p->pool,
                            "0\t" XJ_FMT "\t" XJ_FMT "\t" XJ_FMT "\t" XJ_FMT "\t" XJ_FMT "\n",
                            XJ_ARG(cells[2]), XJ_ARG(unmarked(cells[3], p->pool)), XJ_ARG(cells[4]),
                            XJ_ARG(cells[5]), XJ_ARG(xj_str_skip(cells[6], bar + 1)));
    }
    p->adjusted =
        xj_str_printf(p->pool, XJ_FMT XJ_FMT XJ_FMT, XJ_ARG(xj_str_sub(plan, 0, adds ? to : from)),
                      XJ_ARG(row), XJ_ARG(xj_str_skip(plan, to)));
    return NULL;
}

/* The rows of the table numbered anew; the notice's words stand before what the plan says. */
static xj_str
renumbered(xj_str plan, xj_pool *pool)
{
    xj_str line;
    xj_buf out;
    int no = 0;

    xj_buf_init(&out, pool, 2 * FILE_MAX);
    while (xj_str_split(&line, &plan, '\n')) {
        const size_t tab = xj_str_find(line, XJ_STR("\t"), 0);

        if (tab != XJ_NPOS && line.data[0] >= '0' && line.data[0] <= '9')
            xj_buf_printf(&out, "%d" XJ_FMT "\n", ++no, XJ_ARG(xj_str_skip(line, tab)));
        else if (xj_str_starts(line, XJ_STR("为贯彻")))
            xj_buf_printf(
                &out,
                "{day}，经市推进委员会同意，对部分任务作了调整，未作调整的继续执行。\n" XJ_FMT "\n",
                XJ_ARG(line));
        else
            xj_buf_printf(&out, XJ_FMT "\n", XJ_ARG(line));
    }
    return xj_buf_str(&out);
}

/* PLAN with every year BY later. */
static xj_str
move_years(xj_str plan, int by, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, 2 * FILE_MAX);
    for (size_t i = 0; i < plan.len;) {
        const bool year = plan.len - i > 4 && plan.data[i] == '2' && plan.data[i + 1] == '0' &&
                          plan.data[i + 2] >= '0' && plan.data[i + 2] <= '9' &&
                          plan.data[i + 3] >= '0' && plan.data[i + 3] <= '9' &&
                          (i == 0 || plan.data[i - 1] < '0' || plan.data[i - 1] > '9') &&
                          (xj_str_starts(xj_str_skip(plan, i + 4), XJ_STR("年")) ||
                           xj_str_starts(xj_str_skip(plan, i + 4), XJ_STR("〕")));

        if (year) {
            int64_t n = 0;

            if (xj_str_int(&n, xj_str_sub(plan, i, i + 4)))
                xj_buf_printf(&out, "%lld", (long long)n + by);
        } else
            xj_buf_add(&out, xj_str_sub(plan, i, i + 1));
        i += year ? 4 : 1;
    }
    return xj_buf_str(&out);
}

xj_error *
play_tables(xj_str *plan, play *p)
{
    xj_date issued = xj_day_parse(XJ_STR(ISSUED));
    const int from = issued.year;

    XJ_TRY(each_line(p, "units.tsv", unit_row));
    XJ_TRY(each_line(p, "people.tsv", person_row));
    XJ_TRY(each_line(p, "county.tsv", county_row));
    XJ_TRY(each_line(p, "words.tsv", word_row));
    XJ_TRY(each_line(p, "plan.tsv", task_row));
    XJ_TRY(play_file(plan, p->plan, p->pool));
    issued.year = p->first.year;
    if (xj_date_cmp(issued, p->first) > 0)
        issued.year--;
    p->adjusted = *plan;
    XJ_TRY(each_line(p, "adjusted.tsv", adjusted_row));
    p->adjusted = move_years(renumbered(p->adjusted, p->pool), issued.year - from, p->pool);
    *plan = move_years(*plan, issued.year - from, p->pool);
    p->office = play_person_of(p, "bangong");
    p->second = play_person_of(p, "bangong2");
    if (p->office == NULL || p->second == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "people.tsv has no bangong and bangong2");
    if (p->county.people.len < 2)
        return xj_error_new(XJ_E_BAD_INPUT, "county.tsv has not two people");
    for (size_t i = 0; i < p->units.len; i++)
        p->units.items[i].liaison =
            play_person_of(p, xj_str_cdup(p->units.items[i].login, p->pool));
    return NULL;
}
