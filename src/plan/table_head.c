/*
 * plan/table_head.c -- the columns of a table, by the meaning of their heads and by what stands
 * below.
 */
#include "plan/table_priv.h"

#define FORM_ROWS 3 /* keys of a form */

int
table_col(const grid *g, uint8_t kind)
{
    for (int i = 0; i < g->h.ncols; i++)
        if (g->h.kind[i] == kind)
            return i;
    return -1;
}

bool
table_unit_col(const grid *g, int col)
{
    return col >= 0 && col < g->h.ncols &&
           (g->h.kind[col] == COL_LEAD || g->h.kind[col] == COL_RESPONSIBLE ||
            g->h.kind[col] == COL_COOPERATE);
}

/* 2026年计划投资(万元) is no promise. */
static bool
says_other(const xj_chars *t, xj_span span)
{
    size_t len;

    for (size_t i = span.from; i < span.to; i++)
        if (xj_gram_at(&xj_g_column, t, i, span.to, &len) == XJ_G_COLUMN_OTHER && len >= 3)
            return true;
    return false;
}

static uint8_t
kind_of_head(const xj_chars *t, xj_span span)
{
    static const uint8_t kinds[] = {
        [0] = COL_NONE,
        [XJ_G_COLUMN_NO] = COL_NO,
        [XJ_G_COLUMN_ACTION] = COL_ACTION,
        [XJ_G_COLUMN_TASK] = COL_TASK,
        [XJ_G_COLUMN_MEASURE] = COL_MEASURE,
        [XJ_G_COLUMN_PLAN] = COL_PLAN,
        [XJ_G_COLUMN_DEADLINE] = COL_DEADLINE,
        [XJ_G_COLUMN_START] = COL_START,
        [XJ_G_COLUMN_LEAD] = COL_LEAD,
        [XJ_G_COLUMN_RESPONSIBLE] = COL_RESPONSIBLE,
        [XJ_G_COLUMN_COOPERATE] = COL_COOPERATE,
        [XJ_G_COLUMN_JOINT] = COL_JOINT,
        [XJ_G_COLUMN_VALUE] = COL_VALUE,
        [XJ_G_COLUMN_MEASUREUNIT] = COL_UNIT_WORD,
        [XJ_G_COLUMN_INDICATOR] = COL_INDICATOR,
        [XJ_G_COLUMN_OTHER] = COL_OTHER,
    };
    int best = xj_gram_is(&xj_g_column, t, span);
    size_t longest = 0;
    xj_when when;

    if (best != 0)
        return kinds[best];
    if (span.to - span.from > 16)
        return COL_NONE;
    for (size_t i = span.from; i < span.to; i++)
        if (xj_when_parse(&when, t, i, span.to) && when.kind == XJ_WHEN_YEAR &&
            span.to - span.from < 16)
            return says_other(t, span) ? COL_OTHER : COL_VALUE;
    for (size_t i = span.from; i < span.to; i++) {
        size_t len;
        int value = xj_gram_at(&xj_g_column, t, i, span.to, &len);

        if (value != 0 && len > longest) {
            longest = len;
            best = value;
        }
    }
    return longest * 2 >= span.to - span.from || longest >= 4 ? kinds[best] : COL_NONE;
}

uint8_t
table_head_kind(const comp *c, xj_span span)
{
    xj_char head[32];
    xj_chars t = {.c = head};
    uint8_t kind;

    /* a head may be broken inside its cell */
    for (size_t i = span.from; i < span.to && t.n < 31; i++)
        if (c->t.c[i] != '\n' && c->t.c[i] != '\t')
            head[t.n++] = c->t.c[i];
    head[t.n] = 0;
    kind = kind_of_head(&t, (xj_span){0, t.n});
    if (kind != COL_NONE || t.n == 0 || head[t.n - 1] != ')')
        return kind;
    /* 总投资(万元) */
    while (t.n > 0 && head[t.n - 1] != '(')
        t.n--;
    return t.n > 1 ? kind_of_head(&t, (xj_span){0, t.n - 1}) : kind;
}

/* Take the columns that the row of heads CELLS, which are of KINDS, says. */
static void
head_columns(grid *g, const cell *cells, const uint8_t *kinds, int n)
{
    const comp *c = g->c;

    for (int i = 0; i < n; i++) {
        int col = cells[i].col;
        xj_when when;

        g->h.kind[col] = kinds[i];
        g->h.name[col] = xj_chars_bytes(&c->t, cells[i].span);
        g->h.name_at[col] = cells[i].span;
        for (size_t k = cells[i].span.from; k < cells[i].span.to && g->h.year[col] == 0; k++)
            if (xj_when_parse(&when, &c->t, k, cells[i].span.to) &&
                when.year_kind == XJ_YEAR_PRINTED)
                g->h.year[col] = when.year;
        g->h.ncols = col + 1;
        for (int k = 1; k < cells[i].span_cols && col + k < COLS_MAX; k++) {
            g->h.kind[col + k] = kinds[i];
            g->h.ncols = col + k + 1;
        }
        g->h.leads = g->h.leads || kinds[i] == COL_LEAD;
    }
}

/* What the head K, of KIND as it stands, says below the one above it: quarters below a plan are
 * steps of it; below units and times what is not known is neither. */
static uint8_t
below_kind(const grid *g, const cell *k, uint8_t kind)
{
    const uint8_t above = k->col < g->h.ncols ? g->h.kind[k->col] : (uint8_t)COL_NONE;
    xj_deadline due;

    if (kind != COL_NONE && kind != COL_VALUE)
        return kind;
    if ((above == COL_PLAN || above == COL_DEADLINE || above == COL_MEASURE) &&
        lead_due(g->c, &due, k->span))
        return COL_PLAN;
    if (kind != COL_NONE)
        return kind;
    return above == COL_PLAN || above == COL_MEASURE || above == COL_VALUE ? above
                                                                           : (uint8_t)COL_OTHER;
}

/* Forget the columns of the table before; its actions do not go on. */
static void
new_table(grid *g)
{
    memset(g->h.kind, 0, sizeof g->h.kind);
    memset(g->h.year, 0, sizeof g->h.year);
    memset(g->h.name, 0, sizeof g->h.name);
    memset(g->carry, 0, sizeof g->carry);
    g->h.ncols = 0;
    g->action = -1;
    g->action_name = XJ_STR_NONE;
    g->h.task_names_action = g->h.bands_name_actions = g->base_read = false;
    g->h.starts = g->h.unit_rows = false;
}

/* Beside heads that are known, several names of units head columns of marks; their number. */
static int
mark_columns(const comp *c, const cell *cells, uint8_t *kinds, int n, int known)
{
    int units = 0;

    for (int turn = 0; turn < 2 && known >= 2; turn++) {
        if (turn == 1 && units < 2)
            return 0;
        for (int i = 0; i < n; i++)
            if (kinds[i] == COL_NONE && unit_like(c, cells[i].span)) {
                units += turn == 0;
                kinds[i] = turn == 1 ? (uint8_t)COL_MARK : kinds[i];
            }
    }
    return units;
}

/* Whether the row is a head: then take its columns. */
bool
table_take_head(grid *g, const cell *cells, int n)
{
    comp *c = g->c;
    int known = 0, same = 0, spanned = 0;
    uint8_t kinds[COLS_MAX] = {0};
    bool joint = false;

    for (int i = 0; i < n; i++) {
        kinds[i] = table_head_kind(c, cells[i].span);
        joint = joint || kinds[i] == COL_JOINT;
        if (kinds[i] == COL_JOINT)
            kinds[i] = COL_RESPONSIBLE;
        known += kinds[i] != COL_NONE;
        spanned += cells[i].inherited;
        same += g->has_head && cells[i].col < COLS_MAX &&
                xj_str_eq(g->h.name[cells[i].col], xj_chars_bytes(&c->t, cells[i].span));
    }
    known += mark_columns(c, cells, kinds, n, known);
    if (g->has_head && g->next_is_head && (spanned > 0 || (known >= 2 && known * 2 > n))) {
        /* the second row of a head: 牵头单位, 配合单位 below 责任分工 */
        for (int i = 0; i < n; i++)
            kinds[i] = below_kind(g, &cells[i], kinds[i]);
        head_columns(g, cells, kinds, n);
        g->h.leads = g->h.leads || joint;
        g->fresh = true;
        return true;
    }
    g->next_is_head = false;
    /* heads alone, and others than before: another table without a line between */
    if (g->has_head && !(known == n && n >= 4 && same * 2 <= n))
        return n >= 2 && same * 2 > n; /* a repeated head */
    if (known < 2 || known * 2 < n)
        return false;
    if (g->has_head)
        new_table(g);
    g->fresh = true;
    g->has_head = g->next_is_head = true;
    g->h.leads = joint;
    head_columns(g, cells, kinds, n);
    return true;
}

static bool
head_says_project(const grid *g, int col)
{
    const xj_str head = g->h.name[col];

    for (size_t i = 0; i + sizeof "项目" - 1 <= head.len; i++)
        if (memcmp(head.data + i, "项目", sizeof "项目" - 1) == 0)
            return true;
    return false;
}

/* When something begins counts only where no column says when it is done. */
static void
settle_starts(grid *g)
{
    const bool done = table_col(g, COL_DEADLINE) >= 0;

    for (int i = 0; i < g->h.ncols && !done; i++)
        if (g->h.kind[i] == COL_START) {
            g->h.kind[i] = COL_DEADLINE;
            g->h.starts = true;
        }
}

/* Whether the rows are those of units, or, without a column of them, of times: one stands before
 * the only column of tasks. */
static bool
units_own_rows(const grid *g)
{
    int unit = -1, time = -1, task = -1;

    for (int i = 0; i < g->h.ncols; i++) {
        if (table_unit_col(g, i) && unit < 0)
            unit = i;
        if (g->h.kind[i] == COL_DEADLINE && time < 0)
            time = i;
        if (g->h.kind[i] == COL_ACTION || g->h.kind[i] == COL_PLAN)
            return false;
        if (g->h.kind[i] == COL_TASK || g->h.kind[i] == COL_MEASURE) {
            if (task >= 0)
                return false;
            task = i;
        }
    }
    unit = unit < 0 ? time : unit;
    return unit >= 0 && unit < task;
}

/* Whether the column of actions names a project on each row (项目名称), which is the task. */
static bool
names_projects(grid *g)
{
    const int col = table_col(g, COL_ACTION);
    grid probe = *g;
    cell cells[COLS_MAX];
    int total, n, rows = 0, names = 0;
    size_t at = 0;

    if (col < 0 || table_col(g, COL_TASK) >= 0 || !head_says_project(g, col))
        return false;
    while (rows < 40 && (n = table_next_row(&probe, cells, &total)) >= 0) {
        rows += n > 1;
        for (int i = 0; i < n; i++)
            if (cells[i].col == col && n > 1 && cells[i].span.from != at) {
                if (table_names_action(g->c, cells[i].span))
                    return false;
                at = cells[i].span.from;
                names++;
            }
    }
    return rows > 1 && names == rows;
}

/* Columns that their heads do not tell, by what stands in them; and whether 任务 names actions. */
void
table_look_ahead(grid *g)
{
    grid probe = *g;
    cell cells[COLS_MAX];
    int total, n, units = 0, words = 0, named = 0, filled = 0, rows = 0;
    int unit_col = table_col(g, COL_UNIT_WORD);
    size_t marks = g->c->warnings.len;

    while (rows++ < 40 && (n = table_next_row(&probe, cells, &total)) >= 0) {
        if (n == 1) {
            xj_label label = xj_label_parse(g->c->t.c + cells[0].span.from,
                                            cells[0].span.to - cells[0].span.from);

            g->h.bands_name_actions =
                g->h.bands_name_actions ||
                (label.kind != XJ_LABEL_NONE &&
                 table_names_action(g->c,
                                    (xj_span){cells[0].span.from + label.len, cells[0].span.to}));
        }
        for (int i = 0; i < n; i++) {
            if (cells[i].col == unit_col) {
                xj_span s = cells[i].span;

                words++;
                units += s.to - s.from > 2 && unit_like(g->c, s);
            }
            if (cells[i].col < g->h.ncols && g->h.kind[cells[i].col] == COL_TASK) {
                xj_label label = xj_label_parse(g->c->t.c + cells[i].span.from,
                                                cells[i].span.to - cells[i].span.from);

                filled++;
                named += table_names_action(
                    g->c, (xj_span){cells[i].span.from + label.len, cells[i].span.to});
            }
        }
    }
    g->c->warnings.len = marks;
    settle_starts(g);
    g->h.unit_rows = units_own_rows(g);
    if (names_projects(g))
        g->h.kind[table_col(g, COL_ACTION)] = COL_TASK;
    if (unit_col >= 0 && units * 2 > words)
        g->h.kind[unit_col] = COL_RESPONSIBLE;
    g->h.task_names_action = table_col(g, COL_ACTION) < 0 && filled > 0 && named * 2 > filled &&
                             (table_col(g, COL_MEASURE) >= 0 || table_col(g, COL_PLAN) >= 0);
    /* where no column is one of tasks, what is left of the text is */
    if (table_col(g, COL_TASK) < 0 && table_col(g, COL_MEASURE) < 0 && table_col(g, COL_PLAN) < 0 &&
        table_col(g, COL_INDICATOR) < 0 && table_col(g, COL_ACTION) >= 0 &&
        table_col(g, COL_LEAD) < 0 &&
        (table_col(g, COL_RESPONSIBLE) >= 0 || table_col(g, COL_DEADLINE) >= 0))
        g->h.kind[table_col(g, COL_ACTION)] = COL_TASK;
}

bool
table_about_tasks(const grid *g)
{
    static const uint8_t kinds[] = {COL_TASK,      COL_MEASURE,   COL_PLAN,
                                    COL_DEADLINE,  COL_LEAD,      COL_RESPONSIBLE,
                                    COL_COOPERATE, COL_INDICATOR, COL_MARK};

    for (size_t i = 0; i < sizeof kinds; i++)
        if (table_col(g, kinds[i]) >= 0)
            return true;
    return false;
}

void
table_keep_head(const grid *g)
{
    table_head *head = XJ_NEW(g->c->scratch, table_head);

    *head = g->h;
    g->c->head = head;
}

/* The head of the table above, where it has as many columns. */
bool
table_reuse_head(grid *g)
{
    const table_head *head = g->c->head;

    if (head == NULL || g->block->ncols > head->ncols + 2 || g->block->ncols + 3 < head->ncols)
        return false;
    g->h = *head;
    g->has_head = true;
    return true;
}

bool
table_form(grid *g, cell *values, int *n)
{
    grid probe = *g;
    cell row[COLS_MAX];
    int total, cells, rows = 0, known = 0;
    bool unit = false, task = false;

    *n = 0;
    while ((cells = table_next_row(&probe, row, &total)) >= 0) {
        if (cells == 0 || (cells == 1 && rows == 0))
            continue; /* its title */
        if (cells != 2 && cells != 4)
            return false;
        rows++;
        for (int i = 0; i < cells; i += 2) {
            const uint8_t kind = table_head_kind(g->c, row[i].span);

            if (*n >= COLS_MAX)
                return false;
            known += kind != COL_NONE;
            unit = unit || kind == COL_LEAD || kind == COL_RESPONSIBLE || kind == COL_JOINT;
            task = task || kind == COL_TASK || kind == COL_ACTION;
            probe.h.kind[*n] = kind == COL_JOINT ? (uint8_t)COL_RESPONSIBLE : kind;
            probe.h.leads = probe.h.leads || kind == COL_LEAD || kind == COL_JOINT;
            values[*n] = row[i + 1];
            values[*n].col = *n;
            (*n)++;
        }
    }
    if (rows < FORM_ROWS || known * 3 < *n * 2 || !unit || !task)
        return false;
    memcpy(g->h.kind, probe.h.kind, sizeof g->h.kind);
    g->h.leads = probe.h.leads;
    g->h.ncols = *n;
    g->has_head = true;
    settle_starts(g);
    for (int i = 0; i < *n && table_col(g, COL_TASK) < 0; i++)
        if (g->h.kind[i] == COL_ACTION)
            g->h.kind[i] = COL_TASK;
    return true;
}
