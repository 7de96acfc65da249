/*
 * plan/table_quota.c -- tables of quotas: each row a unit or a place with the figures that it has
 * to reach (乡镇 | 宫颈癌检查（人） | 乳腺癌检查（人）).  The row is its task, each figure a target
 * that its column's head names.
 */
#include "base/buf.h"
#include "plan/table_priv.h"

#define ABOVE_HEAD 3   /* rows of a title or of units of counting */
#define CAPTION_MAX 40 /* characters of a line that stands above a table and names it */
#define CAPTIONS 3     /* such lines */
#define QUOTAS_MIN 2   /* rows */
#define UNIT_WORDS 4   /* characters of a unit of counting */

/* Whether S holds one of WORDS. */
static bool
holds(const comp *c, xj_span s, const char16_t *const *words, size_t n)
{
    for (size_t i = s.from; i < s.to; i++)
        for (size_t k = 0; k < n; k++)
            if (xj_chars_is(&c->t, i, s.to, words[k]))
                return true;
    return false;
}

/* Whether the caption S says that the figures below are to be reached. */
static bool
says_quota(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"分配", u"任务", u"指标", u"目标", u"分解", u"计划数"};

    return s.to - s.from <= CAPTION_MAX && holds(c, s, words, sizeof words / sizeof *words);
}

/* Whether the title S is that of a paper which gives out numbers. */
static bool
says_numbers(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"任务数", u"分配", u"指标", u"计划数", u"下达"};

    return holds(c, s, words, sizeof words / sizeof *words);
}

/* What has been done is no quota. */
static bool
says_done(const comp *c, xj_span s)
{
    static const char16_t *const words[] = {u"实际", u"已完成", u"现有", u"现状", u"上年", u"去年"};

    return holds(c, s, words, sizeof words / sizeof *words);
}

/* Whether S is a figure, with its unit or without; *NONE where it is a dash. */
static bool
is_figure(const comp *c, xj_span s, bool *none)
{
    xj_number number;

    *none = s.to - s.from <= 2 &&
            (c->t.c[s.from] == '-' || c->t.c[s.from] == '/' || c->t.c[s.from] == u'—');
    if (*none)
        return true;
    while (s.from < s.to && (c->t.c[s.from] == u'≥' || c->t.c[s.from] == u'≤'))
        s.from++;
    return xj_number_parse(&number, &c->t, s.from, s.to) &&
           s.to - s.from <= number.len + UNIT_WORDS;
}

/* Take the columns of the row of heads CELLS; false where none names who. */
static bool
take_head(grid *g, const cell *cells, int n)
{
    const comp *c = g->c;
    bool who = false;

    for (int i = 0; i < n; i++)
        who = who || xj_gram_is(&xj_g_whohead, &c->t, cells[i].span) != 0;
    if (!who || n < 2)
        return false;
    who = false;
    for (int i = 0; i < n; i++) {
        const bool is_who = !who && xj_gram_is(&xj_g_whohead, &c->t, cells[i].span) != 0;
        uint8_t kind = is_who ? (uint8_t)COL_WHO : table_head_kind(c, cells[i].span);

        who = who || is_who;
        if (says_done(c, cells[i].span))
            kind = COL_OTHER;
        else if (kind != COL_WHO && kind != COL_NO && kind != COL_DEADLINE && kind != COL_OTHER &&
                 kind != COL_LEAD && kind != COL_RESPONSIBLE && kind != COL_COOPERATE)
            kind = COL_QUOTA;
        for (int k = 0; k < cells[i].span_cols && cells[i].col + k < COLS_MAX; k++) {
            g->h.kind[cells[i].col + k] = kind;
            g->h.name_at[cells[i].col + k] = cells[i].span;
            g->h.ncols = cells[i].col + k + 1;
        }
    }
    return true;
}

static const cell *
cell_of(const grid *g, const cell *cells, int n, uint8_t kind)
{
    for (int i = 0; i < n; i++)
        if (cells[i].col < g->h.ncols && g->h.kind[cells[i].col] == kind)
            return &cells[i];
    return NULL;
}

/* The second row of a head, below cells that span both: it names the figures. */
static bool
below_head(grid *g, const cell *cells, int n)
{
    const cell *who = cell_of(g, cells, n, COL_WHO);

    if (who == NULL || !who->inherited)
        return false;
    for (int i = 0; i < n; i++)
        if (!cells[i].inherited && cells[i].col < g->h.ncols &&
            g->h.kind[cells[i].col] == COL_QUOTA)
            g->h.name_at[cells[i].col] = cells[i].span;
    return true;
}

/* The figures of the row, or -1 where it is none of quotas. */
static int
count_figures(const grid *g, const cell *cells, int n)
{
    const cell *who = cell_of(g, cells, n, COL_WHO);
    int figures = 0;
    bool none;

    if (who == NULL || is_figure(g->c, who->span, &none))
        return -1;
    for (int i = 0; i < n; i++) {
        if (cells[i].col >= g->h.ncols || g->h.kind[cells[i].col] != COL_QUOTA)
            continue;
        if (!is_figure(g->c, cells[i].span, &none))
            return -1;
        figures += !none;
    }
    return figures;
}

/* The unit of counting that a caption S says (单位：人), or an empty span. */
static xj_span
unit_said(const comp *c, xj_span s)
{
    size_t len;

    for (size_t i = s.from; i + 3 < s.to; i++)
        if (xj_chars_is(&c->t, i, s.to, u"单位:") &&
            xj_gram_at(&xj_g_measure, &c->t, i + 3, s.to, &len) != 0)
            return (xj_span){i + 3, i + 3 + len};
    return (xj_span){0, 0};
}

/* Whether the lines above the table at NODE say that it holds quotas. */
static bool
captioned(grid *g, size_t at)
{
    const comp *c = g->c;
    const xj_span title = comp_span(c, c->reg->document.title_at);
    bool said = c->reg->document.title.data != NULL && says_numbers(c, title);

    for (size_t k = 1; k <= CAPTIONS && k <= at; k++) {
        const node *n = &c->nodes[at - k];

        if (n->table || n->span.to - n->span.from > CAPTION_MAX)
            break;
        said = said || says_quota(c, n->span);
        if (g->counted.from == g->counted.to)
            g->counted = unit_said(c, n->span);
    }
    return said;
}

bool
table_quota(grid *g, size_t at)
{
    grid probe = *g, rows = *g;
    cell cells[COLS_MAX];
    int n, total, above = 0, found = 0, figures, all = 0;
    bool head = false, said;

    said = captioned(&probe, at);
    for (;;) {
        const grid here = probe;

        n = table_next_row(&probe, cells, &total);
        if (n < 0)
            break;
        if (n == 0)
            continue;
        if (!head) {
            said = said || (n == 1 && says_quota(g->c, cells[0].span));
            head = take_head(&probe, cells, n);
            if (!head && (n > 1 || ++above > ABOVE_HEAD))
                return false;
            continue;
        }
        if (found == 0 && below_head(&probe, cells, n))
            continue;
        if (table_sum_row(&probe, cells, n))
            continue;
        figures = count_figures(&probe, cells, n);
        if (figures < 0)
            return false;
        if (found++ == 0)
            rows = here;
        all += figures;
    }
    if (!said || found < QUOTAS_MIN || all < found)
        return false;
    memcpy(&rows.h, &probe.h, sizeof rows.h);
    rows.counted = probe.counted;
    *g = rows;
    return true;
}

/* The units of TASK: those of a column of theirs, else who the row is about, whatever the name. */
static void
give_units(grid *g, xj_plan_task *task, const cell *cells, int n, const cell *who)
{
    comp *c = g->c;
    clause cl = {0};

    for (int i = 0; i < n; i++)
        if (table_unit_col(g, cells[i].col))
            table_row_units(g, task, &cells[i], table_role_of_col(g, cells[i].col));
    if (task->nunits > 0)
        return;
    clause_read(c, &cl, who->span, XJ_ROLE_RESPONSIBLE);
    if (cl.units.len == 0) {
        const clause_unit unit = {
            .at = who->span, .name = comp_text(c, who->span), .role = XJ_ROLE_RESPONSIBLE};

        xj_vec_push(&cl.units, c->scratch, unit);
    }
    clause_units(c, task, &cl);
}

void
table_quota_row(grid *g, const cell *cells, int n)
{
    comp *c = g->c;
    const cell *who = cell_of(g, cells, n, COL_WHO);
    xj_span all = {SIZE_MAX, 0};
    xj_plan_task *task;
    xj_buf text;

    if (who == NULL)
        return;
    task = comp_task(c, g->action);
    if (c->err != NULL)
        return;
    c->table_task.items[c->tasks.len - 1] = 1;
    task->no = xj_str_printf(c->result, "%d", ++g->rows);
    task->title = comp_text(c, who->span);
    xj_buf_init(&text, c->result, XJ_DOC_BYTES_MAX);
    for (int i = 0; i < n; i++) {
        const uint8_t kind = cells[i].col < g->h.ncols ? g->h.kind[cells[i].col] : COL_NONE;

        all.from = cells[i].span.from < all.from ? cells[i].span.from : all.from;
        all.to = cells[i].span.to > all.to ? cells[i].span.to : all.to;
        if (kind == COL_DEADLINE)
            table_place_schedule(g, task, &cells[i]);
        if (kind != COL_WHO && kind != COL_QUOTA && kind != COL_OTHER)
            continue;
        if (text.len > 0)
            xj_buf_add_char(&text, '\n');
        xj_buf_add(&text, xj_chars_clean(&c->t, cells[i].span, c->scratch));
    }
    task->text = xj_buf_str(&text);
    task->source = comp_range(c, all);
    give_units(g, task, cells, n, who);
    for (int i = 0; i < n; i++)
        if (cells[i].col < g->h.ncols && g->h.kind[cells[i].col] == COL_QUOTA)
            target_quota(c, g->action, task->no, g->h.name_at[cells[i].col], cells[i].span,
                         g->counted);
}
