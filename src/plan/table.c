/*
 * plan/table.c -- tables of tasks: their rows in order, and the actions that rows and cells name.
 */
#include "plan/table_priv.h"

#define ROWS_ABOVE_HEAD 3 /* a title, a date, a row of group names */

/* --- reading rows ----------------------------------------------------------------------------- */

/* Put what spans down from rows above into the row, in the order of columns. */
static int
carry(const grid *g, cell *out, int n, int row)
{
    if (n == 0)
        return 0;
    for (int col = 0; col < COLS_MAX; col++) {
        int i = 0;

        if (g->carry[col] <= row || g->carried[col].col != col || n >= COLS_MAX)
            continue;
        while (i < n && out[i].col < col)
            i++;
        if (i < n && out[i].col == col)
            continue;
        memmove(&out[i + 1], &out[i], (size_t)(n - i) * sizeof *out);
        out[i] = g->carried[col];
        n++;
    }
    return n;
}

/* The cells of the next row that hold text; their number, or -1 at the end. */
int
table_next_row(grid *g, cell *out, int *total)
{
    const comp *c = g->c;
    int n = 0, row;

    if (g->next >= g->block->ncells)
        return -1;
    row = g->block->cells[g->next].row;
    *total = 0;
    for (; g->next < g->block->ncells && g->block->cells[g->next].row == row; g->next++) {
        const xj_cell *b = &g->block->cells[g->next];
        cell k = {.col = b->col, .span_cols = b->col_span};

        *total = b->col + b->col_span;
        if (b->to <= b->from || b->col >= COLS_MAX)
            continue;
        while (g->at < c->t.n && c->t.at[g->at] < b->from)
            g->at++;
        k.span.from = g->at;
        while (g->at < c->t.n && c->t.at[g->at] < b->to)
            g->at++;
        k.span.to = g->at;
        k.span = xj_chars_trim(&c->t, k.span, u"");
        if (k.span.from == k.span.to)
            continue;
        g->carry[b->col] = b->row_span > 1 ? row + b->row_span : 0;
        g->carried[b->col] = k;
        g->carried[b->col].inherited = true;
        if (n < COLS_MAX)
            out[n++] = k;
    }
    return carry(g, out, n, row);
}

/* --- actions ---------------------------------------------------------------------------------- */

bool
table_names_action(const comp *c, xj_span s)
{
    size_t len;

    s = xj_chars_trim(&c->t, s, u"。.,:;");
    return s.to - s.from >= 4 && s.to - s.from <= 34 &&
           xj_gram_end(&xj_g_actionword, &c->t, s, &len) != 0;
}

/* Begin the action that NAME says, numbered NO (0: the next). */
static void
begin_action(grid *g, xj_span name, int no)
{
    comp *c = g->c;
    xj_span bare = outline_name(c, name);
    xj_str text = comp_text(c, bare);
    int last = c->actions.len > 0 ? c->actions.items[c->actions.len - 1].no : 0;

    if (g->action >= 0 && xj_str_eq(text, g->action_name))
        return;
    g->action = no > last ? no : last + 1;
    g->action_name = text;
    g->rows = 0;
    g->base_read = false;
    comp_action(c, g->action, text, bare);
}

/* 合计, 小计, and notes below the rows. */
bool
table_sum_row(const grid *g, const cell *cells, int n)
{
    static const char16_t *const words[] = {u"合计",  u"小计", u"总计", u"共计",
                                            u"备注:", u"注:",  u"说明:"};
    const comp *c = g->c;

    for (size_t i = 0; n > 0 && i < sizeof words / sizeof *words; i++)
        if (xj_chars_is(&c->t, cells[0].span.from, cells[0].span.to, words[i]))
            return true;
    return false;
}

/* Whether K, the only cell of its row, was merged across the table: a few words that name what is
 * below them. */
static bool
across(const grid *g, const cell *k)
{
    const comp *c = g->c;

    if (k->span_cols < 3 || k->span_cols + 1 < g->h.ncols || k->span.to - k->span.from < 3 ||
        k->span.to - k->span.from > 24)
        return false;
    for (size_t i = k->span.from; i < k->span.to; i++)
        if (c->t.c[i] == ',' || c->t.c[i] == u'。' || c->t.c[i] == ';' || c->t.c[i] == ':' ||
            xj_char_digit(c->t.c[i]))
            return false;
    return true;
}

/* A row of one cell that names a group: 一、健康知识普及行动 */
static bool
group_row(grid *g, const cell *cells, int n)
{
    const comp *c = g->c;
    xj_label label;
    xj_span name;

    /* 一 | 合理膳食行动, the number in a column of its own */
    if (n == 2 && g->h.ncols > 3 && g->h.kind[cells[0].col] == COL_NO &&
        cells[0].span.to - cells[0].span.from <= 4 && !cells[0].inherited && !cells[1].inherited &&
        table_names_action(c, cells[1].span) && !g->h.task_names_action &&
        table_col(g, COL_ACTION) < 0) {
        begin_action(g, cells[1].span, 0);
        return true;
    }
    if (n != 1 || cells[0].span.to - cells[0].span.from > 40 || cells[0].units)
        return false;
    label = xj_label_parse(c->t.c + cells[0].span.from, cells[0].span.to - cells[0].span.from);
    name = (xj_span){cells[0].span.from + label.len, cells[0].span.to};
    if (!table_names_action(c, name) && !across(g, &cells[0]) &&
        (label.kind == XJ_LABEL_NONE || label.kind > XJ_LABEL_HAN_PAR))
        return false;
    if (name.from >= name.to)
        return false;
    /* where a column or other such rows name the actions, this one only groups them */
    if (table_names_action(c, name) || (table_col(g, COL_ACTION) < 0 && !g->h.bands_name_actions))
        begin_action(g, name, label.value);
    return true;
}

/* The cells that say which action the row belongs to; they are taken out of CELLS. */
static void
take_action(grid *g, cell *cells, int *n)
{
    comp *c = g->c;
    int kept = 0;
    bool begun = false;

    for (int i = 0; i < *n; i++) {
        cell *k = &cells[i];
        uint8_t kind = k->col < g->h.ncols ? g->h.kind[k->col] : COL_NONE;
        xj_label label = xj_label_parse(c->t.c + k->span.from, k->span.to - k->span.from);
        xj_span name = {k->span.from + label.len, k->span.to};
        xj_number number;
        bool short_name = name.to - name.from <= 30 && name.from < name.to &&
                          xj_chars_find(&c->t, name, u'。') + 1 >= name.to;

        if (kind == COL_NO && (xj_number_parse(&number, &c->t, k->span.from, k->span.to) &&
                               k->span.from + number.len + 1 >= k->span.to))
            continue; /* a mere number */
        if (kind == COL_NO && label.kind != XJ_LABEL_NONE && name.from >= name.to)
            continue;
        if ((kind == COL_NO || (kind == COL_TASK && g->h.task_names_action)) &&
            table_names_action(c, name)) {
            if (!k->inherited)
                begin_action(g, name, label.value);
            begun = true;
            continue;
        }
        if (kind == COL_ACTION && !begun && short_name &&
            (table_names_action(c, name) || table_col(g, COL_TASK) >= 0 ||
             table_col(g, COL_MEASURE) >= 0) &&
            !(g->action >= 0 && g->h.kind[0] == COL_NO && g->base_read &&
              !table_names_action(c, name))) {
            if (!k->inherited)
                begin_action(g, name, label.value);
            begun = true;
            continue;
        }
        if (k->inherited && (kind == COL_ACTION || kind == COL_NO))
            continue;
        if (kind == COL_ACTION && begun && !g->base_read) {
            target_read(c, g->action, XJ_STR_NONE, k->span);
            g->base_read = true;
            continue;
        }
        cells[kept++] = *k;
    }
    *n = kept;
}

/* --- the whole -------------------------------------------------------------------------------- */

/* A table of actions and their leads. */
static bool
read_leads_row(grid *g, const cell *cells, int n)
{
    comp *c = g->c;
    const cell *name = NULL;
    clause lead = {0};

    for (int i = 0; i < n; i++) {
        uint8_t kind = cells[i].col < g->h.ncols ? g->h.kind[cells[i].col] : COL_NONE;

        if (kind == COL_ACTION || kind == COL_TASK)
            name = &cells[i];
        else if (kind == COL_LEAD || (kind == COL_RESPONSIBLE && !g->h.leads))
            clause_read(c, &lead, cells[i].span, XJ_ROLE_LEAD);
    }
    if (name == NULL || lead.units.len == 0)
        return false;
    return outline_lead(c, name->span, &lead, 0.6, false);
}

static bool
is_lead_table(const grid *g)
{
    return table_col(g, COL_MEASURE) < 0 && table_col(g, COL_PLAN) < 0 &&
           table_col(g, COL_DEADLINE) < 0 && table_col(g, COL_INDICATOR) < 0 &&
           table_col(g, COL_VALUE) < 0 && g->c->actions.len > 0 && g->c->tasks.len > 0 &&
           (table_col(g, COL_ACTION) >= 0 || g->h.task_names_action);
}

void
table_read(comp *c, size_t i, int action)
{
    grid g = {.c = c,
              .block = &c->doc->blocks[c->nodes[i].block],
              .at = c->nodes[i].span.from,
              .action = action};
    cell cells[COLS_MAX];
    int n, total;
    xj_span top = {0}; /* the first row before the head */
    int above = 0;     /* how many there are */
    bool leads = false, first = true;

    g.rows = action >= 0 && c->row_action == action ? c->row_count : 0;
    if (table_form(&g, cells, &n)) {
        if (action < 0 && c->row_action == 0) { /* forms go on with each other */
            g.action = 0;
            g.rows = c->row_count;
        }
        table_task_row(&g, cells, n);
        c->row_action = g.action;
        c->row_count = g.rows;
        return;
    }
    if (table_quota(&g, i)) {
        if (g.action < 0) {
            outline_zero(c, i);
            g.action = 0;
            g.rows = c->row_action == 0 ? c->row_count : 0;
        }
        while (c->err == NULL && (n = table_next_row(&g, cells, &total)) >= 0)
            if (!table_sum_row(&g, cells, n))
                table_quota_row(&g, cells, n);
        c->row_action = g.action;
        c->row_count = g.rows;
        return;
    }
    while (c->err == NULL && (n = table_next_row(&g, cells, &total)) >= 0) {
        if (n == 0)
            continue;
        if (table_take_head(&g, cells, n)) {
            if (first || g.fresh) {
                g.fresh = false;
                table_look_ahead(&g);
                leads = is_lead_table(&g);
                table_keep_head(&g);
                first = false;
            }
            continue;
        }
        if (!g.has_head && table_reuse_head(&g))
            first = false;
        if (!g.has_head) {
            if (above == 0)
                top = cells[0].span;
            if (++above > ROWS_ABOVE_HEAD)
                break;
            continue;
        }
        if (!table_about_tasks(&g))
            continue; /* a table of contents or of counts */
        if (leads) {
            read_leads_row(&g, cells, n);
            continue;
        }
        if (table_sum_row(&g, cells, n) || group_row(&g, cells, n))
            continue;
        take_action(&g, cells, &n);
        table_task_row(&g, cells, n);
    }
    if (!g.has_head && above > 0)
        comp_warn(c, "no_head", top, "表格没有可识别的表头");
    c->row_action = g.action;
    c->row_count = g.rows;
}
