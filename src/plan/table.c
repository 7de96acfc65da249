/*
 * plan/table.c -- tables of tasks: columns by the meaning of their heads, cells by what they say.
 *
 * Extraction shifts cells: a row may lack an empty cell or have one too many.  So a list of units
 * is units and a schedule is a schedule wherever it stands, and how far the schedule is off its
 * column says how far the row has moved.
 */
#include "base/buf.h"
#include "plan/compile_priv.h"

#define COLS_MAX 64
#define ROWS_ABOVE_HEAD 3 /* a title, a date, a row of group names */

typedef enum col_kind {
    COL_NONE,
    COL_NO,
    COL_ACTION,
    COL_TASK,
    COL_MEASURE,
    COL_PLAN,
    COL_DEADLINE,
    COL_LEAD,
    COL_RESPONSIBLE,
    COL_COOPERATE,
    COL_JOINT, /* leads and others in one list; becomes COL_RESPONSIBLE of a table with leads */
    COL_VALUE,
    COL_UNIT_WORD,
    COL_INDICATOR,
    COL_OTHER
} col_kind;

typedef struct cell {
    xj_span span;
    xj_str text;
    int col, span_cols;
    bool units, schedule;
    bool inherited; /* of a cell that spans rows */
} cell;

/* What the heads of a table say; kept for tables below that print none. */
typedef struct table_head {
    uint8_t kind[COLS_MAX]; /* col_kind */
    int year[COLS_MAX];     /* of a column of values */
    xj_str name[COLS_MAX];
    int ncols;
    bool leads, task_names_action, bands_name_actions;
} table_head;

typedef struct grid {
    comp *c;
    const xj_block *block;
    size_t next;            /* cell of the block that is read next */
    size_t at;              /* character where that cell begins, at the least */
    uint8_t kind[COLS_MAX]; /* col_kind */
    int year[COLS_MAX];     /* of a column of values */
    xj_str head[COLS_MAX];
    int ncols;
    bool has_head, next_is_head; /* next_is_head: no row of tasks yet */
    int action;                  /* current action, -1 none yet */
    bool base_read;              /* the action's base text has been read */
    int rows;                    /* tasks so far in the action */
    xj_str action_name;
    bool has_lead_column, task_names_action;
    bool fresh;              /* the columns have just been taken */
    bool bands_name_actions; /* some row of one cell names an action */
    /* cells that span rows: what the rows below take from them */
    cell carried[COLS_MAX];
    int carry[COLS_MAX];
} grid;

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
static int
next_row(grid *g, cell *out, int *total)
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
            span.to - span.from < 14)
            return COL_VALUE;
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

static uint8_t
head_kind(const comp *c, xj_span span)
{
    xj_char head[32];
    xj_chars t = {.c = head};

    /* a head may be broken inside its cell */
    for (size_t i = span.from; i < span.to && t.n < 31; i++)
        if (c->t.c[i] != '\n' && c->t.c[i] != '\t')
            head[t.n++] = c->t.c[i];
    head[t.n] = 0;
    return kind_of_head(&t, (xj_span){0, t.n});
}

/* Take the columns that the row of heads CELLS, which are of KINDS, says. */
static void
head_columns(grid *g, const cell *cells, const uint8_t *kinds, int n)
{
    const comp *c = g->c;

    for (int i = 0; i < n; i++) {
        int col = cells[i].col;
        xj_when when;

        g->kind[col] = kinds[i];
        g->head[col] = xj_chars_bytes(&c->t, cells[i].span);
        for (size_t k = cells[i].span.from; k < cells[i].span.to && g->year[col] == 0; k++)
            if (xj_when_parse(&when, &c->t, k, cells[i].span.to) &&
                when.year_kind == XJ_YEAR_PRINTED)
                g->year[col] = when.year;
        g->ncols = col + 1;
        for (int k = 1; k < cells[i].span_cols && col + k < COLS_MAX; k++) {
            g->kind[col + k] = kinds[i];
            g->ncols = col + k + 1;
        }
        g->has_lead_column = g->has_lead_column || kinds[i] == COL_LEAD;
    }
}

/* Forget the columns of the table before; its actions do not go on. */
static void
new_table(grid *g)
{
    memset(g->kind, 0, sizeof g->kind);
    memset(g->year, 0, sizeof g->year);
    memset(g->head, 0, sizeof g->head);
    memset(g->carry, 0, sizeof g->carry);
    g->ncols = 0;
    g->action = -1;
    g->action_name = XJ_STR_NONE;
    g->task_names_action = g->bands_name_actions = g->base_read = false;
}

/* Whether the row is a head: then take its columns. */
static bool
take_head(grid *g, const cell *cells, int n)
{
    comp *c = g->c;
    int known = 0, same = 0;
    uint8_t kinds[COLS_MAX] = {0};
    bool joint = false;

    for (int i = 0; i < n; i++) {
        kinds[i] = head_kind(c, cells[i].span);
        joint = joint || kinds[i] == COL_JOINT;
        if (kinds[i] == COL_JOINT)
            kinds[i] = COL_RESPONSIBLE;
        known += kinds[i] != COL_NONE;
        same += g->has_head && cells[i].col < COLS_MAX &&
                xj_str_eq(g->head[cells[i].col], xj_chars_bytes(&c->t, cells[i].span));
    }
    if (g->has_head && g->next_is_head && known >= 2 && known * 2 > n) {
        /* the second row of a head: 牵头单位, 配合单位 below 责任分工; what is not known is no unit
         */
        for (int i = 0; i < n; i++) {
            g->kind[cells[i].col] = kinds[i] != COL_NONE ? kinds[i] : (uint8_t)COL_OTHER;
            g->has_lead_column = g->has_lead_column || kinds[i] == COL_LEAD;
            if (cells[i].col >= g->ncols)
                g->ncols = cells[i].col + 1;
        }
        g->has_lead_column = g->has_lead_column || joint;
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
    g->has_lead_column = joint;
    head_columns(g, cells, kinds, n);
    return true;
}

static int
col_of(const grid *g, uint8_t kind)
{
    for (int i = 0; i < g->ncols; i++)
        if (g->kind[i] == kind)
            return i;
    return -1;
}

static bool
is_unit_col(const grid *g, int col)
{
    return col >= 0 && col < g->ncols &&
           (g->kind[col] == COL_LEAD || g->kind[col] == COL_RESPONSIBLE ||
            g->kind[col] == COL_COOPERATE);
}

/* --- what a cell says ------------------------------------------------------------------------- */

/* The first name of a list of units begins as such names do. */
static bool
begins_like_units(const comp *c, xj_span s)
{
    size_t len;

    return c->t.c[s.from] == u'市' || c->t.c[s.from] == u'区' || c->t.c[s.from] == u'县' ||
           c->t.c[s.from] == u'省' || c->t.c[s.from] == u'团' || c->t.c[s.from] == u'州' ||
           xj_gram_at(&xj_g_group, &c->t, s.from, s.to, &len) != 0 ||
           (c->place.len > 0 && xj_str_starts(xj_chars_bytes(&c->t, s), c->place));
}

static bool
says_units(grid *g, const cell *k)
{
    comp *c = g->c;
    clause cl = {0};
    size_t marks = c->warnings.len;
    bool own = is_unit_col(g, k->col), is;

    if (k->span.to - k->span.from > 300 || (!own && !begins_like_units(c, k->span)))
        return false;
    clause_read(c, &cl, k->span, XJ_ROLE_RESPONSIBLE);
    c->warnings.len = marks;
    is = cl.units.len > 0 && cl.odd == 0;
    if (own)
        return is || (cl.units.len > 0 && !cl.has_deadline);
    return is && c->t.c[k->span.to - 1] != u'。';
}

/* Whether SPAN begins with a point of time. */
static bool
due_begins(const comp *c, xj_span span)
{
    xj_when when;

    return xj_when_parse(&when, &c->t, span.from, span.to) && when.kind != XJ_WHEN_NONE;
}

static bool
says_schedule(grid *g, const cell *k)
{
    comp *c = g->c;
    xj_deadline due = {0};
    const char *cadence = NULL;
    size_t marks = c->warnings.len, size = k->span.to - k->span.from;
    bool own = k->col < g->ncols && g->kind[k->col] == COL_DEADLINE, is;

    if (size > 80)
        return false;
    is = due_read(c, &due, &cadence, k->span);
    c->warnings.len = marks;
    if (!is)
        return false;
    if (due.kind == XJ_DEADLINE_RECURRING)
        return (own && size <= 16) ||
               (due.ndates > 0 && c->t.c[k->span.from] == u'每' && cadence != NULL &&
                (xj_chars_find(&c->t, k->span, u'日') < k->span.to ||
                 xj_chars_find(&c->t, k->span, u'底') < k->span.to));
    if (own)
        return size <= 40;
    return size <= 14 && (xj_gram_is(&xj_g_deadline, &c->t, k->span) != 0 ||
                          (due.date.year != 0 && due_begins(c, k->span)));
}

/* --- actions ---------------------------------------------------------------------------------- */

static bool
names_action(const comp *c, xj_span s)
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
static bool
sum_row(const grid *g, const cell *cells, int n)
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

    if (k->span_cols < 3 || k->span_cols + 1 < g->ncols || k->span.to - k->span.from < 3 ||
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
    if (n == 2 && g->ncols > 3 && g->kind[cells[0].col] == COL_NO &&
        cells[0].span.to - cells[0].span.from <= 4 && !cells[0].inherited && !cells[1].inherited &&
        names_action(c, cells[1].span) && !g->task_names_action && col_of(g, COL_ACTION) < 0) {
        begin_action(g, cells[1].span, 0);
        return true;
    }
    if (n != 1 || cells[0].span.to - cells[0].span.from > 40 || cells[0].units)
        return false;
    label = xj_label_parse(c->t.c + cells[0].span.from, cells[0].span.to - cells[0].span.from);
    name = (xj_span){cells[0].span.from + label.len, cells[0].span.to};
    if (!names_action(c, name) && !across(g, &cells[0]) &&
        (label.kind == XJ_LABEL_NONE || label.kind > XJ_LABEL_HAN_PAR))
        return false;
    if (name.from >= name.to)
        return false;
    /* where a column or other such rows name the actions, this one only groups them */
    if (names_action(c, name) || (col_of(g, COL_ACTION) < 0 && !g->bands_name_actions))
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
        uint8_t kind = k->col < g->ncols ? g->kind[k->col] : COL_NONE;
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
        if ((kind == COL_NO || (kind == COL_TASK && g->task_names_action)) &&
            names_action(c, name)) {
            if (!k->inherited)
                begin_action(g, name, label.value);
            begun = true;
            continue;
        }
        if (kind == COL_ACTION && !begun && short_name &&
            (names_action(c, name) || col_of(g, COL_TASK) >= 0 || col_of(g, COL_MEASURE) >= 0) &&
            !(g->action >= 0 && g->kind[0] == COL_NO && g->base_read && !names_action(c, name))) {
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

/* --- tasks ------------------------------------------------------------------------------------ */

static void
row_units(grid *g, xj_plan_task *task, const cell *k, int role)
{
    comp *c = g->c;
    clause cl = {0};
    size_t before;

    clause_read(c, &cl, k->span, role);
    before = task->nunits;
    clause_units(c, task, &cl);
    for (size_t i = before; i < task->nunits; i++)
        task->units[i].inherited = k->inherited;
    task->open_ended = task->open_ended || cl.open_ended;
    task->lead_explicit = task->lead_explicit || role == XJ_ROLE_LEAD;
    if (cl.odd > 0)
        comp_warn(c, "unplaced_words", cl.odd_at, "单位栏中有未能识别的文字");
}

static int
role_of_col(const grid *g, int col)
{
    if (col < 0 || col >= g->ncols)
        return -1;
    return g->kind[col] == COL_LEAD          ? XJ_ROLE_LEAD
           : g->kind[col] == COL_RESPONSIBLE ? XJ_ROLE_RESPONSIBLE
           : g->kind[col] == COL_COOPERATE   ? XJ_ROLE_COOPERATE
                                             : -1;
}

/* Which part each cell of units plays, by its column moved by SHIFT, or by the order of the heads.
 */
static void
place_units(grid *g, xj_plan_task *task, const cell *cells, int n, int shift, bool shifted)
{
    int cols[COLS_MAX], ncols = 0, found = 0, seen = 0;

    for (int i = 0; i < g->ncols; i++)
        if (is_unit_col(g, i))
            cols[ncols++] = i;
    for (int i = 0; i < n; i++)
        found += cells[i].units;
    for (int i = 0; i < n; i++) {
        int role;

        if (!cells[i].units)
            continue;
        if (found == ncols && found > 1)
            role = role_of_col(g, cols[seen]);
        else
            role = role_of_col(g, cells[i].col - (shifted ? shift : 0));
        if (role < 0)
            role = role_of_col(g, cells[i].col);
        if (role < 0)
            role = XJ_ROLE_RESPONSIBLE;
        seen++;
        row_units(g, task, &cells[i], role);
    }
    /* a table with leads whose row prints none: the first one is taken */
    if (g->has_lead_column && !task->lead_explicit && task->nunits > 0) {
        size_t first = 0;

        while (first < task->nunits && task->units[first].role != XJ_ROLE_RESPONSIBLE)
            first++;
        task->units[first < task->nunits ? first : 0].role = XJ_ROLE_LEAD;
    }
}

static void
place_schedule(grid *g, xj_plan_task *task, const cell *k)
{
    comp *c = g->c;
    const char *cadence = NULL;

    if (!due_read(c, &task->deadline, &cadence, k->span)) {
        comp_warn(c, "unplaced_deadline", k->span, "时限栏中的文字未能识别");
        return;
    }
    if (cadence != NULL)
        task->cadence = cadence;
    if (task->deadline.kind == XJ_DEADLINE_RECURRING) {
        task->returns_due = task->deadline.dates;
        task->nreturns_due = task->deadline.ndates;
    }
}

static xj_str *
slot_of(xj_plan_task *task, uint8_t kind)
{
    switch (kind) {
    case COL_TASK:
    case COL_ACTION:
        return &task->specific_task;
    case COL_MEASURE:
        return &task->measure;
    case COL_PLAN:
        return &task->work_plan;
    default:
        return NULL;
    }
}

/* Put the text of a cell where it belongs: its column moved by SHIFT, else the nearest one free. */
static void
place_text(grid *g, xj_plan_task *task, const cell *k, int shift)
{
    xj_str text = comp_text(g->c, k->span), *slot = NULL;
    int col = k->col - shift;

    if (col >= 0 && col < g->ncols)
        slot = slot_of(task, g->kind[col]);
    for (int back = col < g->ncols ? col : g->ncols - 1;
         back >= 0 && (slot == NULL || slot->data != NULL); back--)
        slot = slot_of(task, g->kind[back]);
    if (slot == NULL || slot->data != NULL)
        slot = task->specific_task.data == NULL ? &task->specific_task
               : task->measure.data == NULL     ? &task->measure
               : task->work_plan.data == NULL   ? &task->work_plan
                                                : NULL;
    if (slot != NULL)
        *slot = text;
}

static bool
text_col(const grid *g, const cell *k)
{
    int col = k->col;

    if (col < g->ncols && g->kind[col] == COL_NO)
        return k->span.to - k->span.from > 8; /* a shifted text, no number */
    return col >= g->ncols || (g->kind[col] != COL_OTHER && g->kind[col] != COL_VALUE &&
                               g->kind[col] != COL_UNIT_WORD && g->kind[col] != COL_INDICATOR);
}

/* A goal in words (吸烟率下降到24%以下), no mere value. */
static bool
says_goal(const comp *c, xj_span s)
{
    size_t han = 0;

    for (size_t i = s.from; i < s.to; i++)
        han += xj_char_han(c->t.c[i]);
    return han >= 6 && s.to - s.from > 7 && c->t.c[s.from] != u'每';
}

/* Whether a measure names what its row counts: one thing, or a rate at its end; not how the task is
 * gone about. */
static bool
names_figure(const comp *c, xj_span s)
{
    size_t len;

    s = xj_chars_trim(&c->t, s, u"。;,:");
    return xj_chars_find(&c->t, s, ',') == s.to || xj_gram_end(&xj_g_rate, &c->t, s, &len) != 0;
}

/* The promised value that the row prints in columns of its own. */
static void
place_values(grid *g, const xj_str *task, const cell *cells, int n)
{
    comp *c = g->c;
    const cell *name = NULL, *unit = NULL;

    for (int i = 0; i < n; i++) {
        uint8_t kind = cells[i].col < g->ncols ? g->kind[cells[i].col] : COL_NONE;

        if (kind == COL_INDICATOR)
            name = &cells[i];
        else if (kind == COL_UNIT_WORD)
            unit = &cells[i];
        else if (name == NULL && kind == COL_TASK)
            name = &cells[i];
        else if (kind == COL_MEASURE && (name == NULL || names_figure(c, cells[i].span)))
            name = &cells[i];
    }
    for (int i = 0; i < n; i++)
        if (cells[i].col < g->ncols && g->kind[cells[i].col] == COL_VALUE && !cells[i].inherited &&
            says_goal(c, cells[i].span))
            target_read(c, g->action < 0 ? 0 : g->action, XJ_STR_NONE, cells[i].span);
    for (int i = 0; i < n; i++)
        /* a year before the plan's is the base, not a promise */
        if (cells[i].col < g->ncols && g->kind[cells[i].col] == COL_VALUE && name != NULL &&
            !cells[i].inherited && !says_goal(c, cells[i].span) &&
            (g->year[cells[i].col] == 0 || g->year[cells[i].col] >= c->year_first))
            target_cell(c, g->action < 0 ? 0 : g->action, *task, name->span, cells[i].span,
                        unit == NULL ? (xj_span){0, 0} : unit->span, g->year[cells[i].col]);
}

/* A measure may say only that so much is done (筛查1.5万人, 建成2处): the task says of what.
 * TARGETS is where those of the row begin. */
static void
name_by_task(comp *c, const xj_plan_task *task, size_t targets)
{
    if (task->specific_task.data == NULL)
        return;
    for (size_t i = targets; i < c->targets.len; i++) {
        xj_target *t = &c->targets.items[i];
        xj_char word[8];
        xj_chars chars = {.c = word};

        if (t->indicator.len >= sizeof word / sizeof *word * 3)
            continue;
        chars.n = xj_chars_fold_some(word, sizeof word / sizeof *word, t->indicator, NULL);
        if (chars.n == 0 || xj_gram_is(&xj_g_reach, &chars, (xj_span){0, chars.n}) != 0)
            t->indicator = task->specific_task;
    }
}

/* WORDS of a cell behind what other cells of the row said, on a line of their own where no stop is
 * between: else the last word of one and the first of the next are read as one. */
static void
add_cell(xj_buf *text, xj_str words)
{
    static const char *const stops[] = {"。", "；", "！", "？", "：", "，",
                                        "、", ";",  ".",  ":",  ",",  "\n"};
    const xj_str before = xj_buf_str(text);
    bool stopped = before.len == 0 || words.len == 0;

    for (size_t i = 0; i < sizeof stops / sizeof *stops && !stopped; i++)
        stopped = xj_str_ends(before, xj_str_c(stops[i]));
    if (!stopped)
        xj_buf_add_char(text, '\n');
    xj_buf_add(text, words);
}

static void
read_task_row(grid *g, cell *cells, int n)
{
    comp *c = g->c;
    xj_plan_task *task;
    int due_col = col_of(g, COL_DEADLINE), shift = 0, texts = 0;
    bool shifted = false;
    xj_span all = {SIZE_MAX, 0};
    size_t index, targets = c->targets.len;

    for (int i = 0; i < n; i++) {
        cells[i].units = says_units(g, &cells[i]);
        cells[i].schedule = !cells[i].units && says_schedule(g, &cells[i]);
        if (cells[i].schedule && due_col >= 0 && !shifted) {
            shift = cells[i].col - due_col;
            shifted = true;
        }
        texts += !cells[i].units && !cells[i].schedule && text_col(g, &cells[i]);
        all.from = cells[i].span.from < all.from ? cells[i].span.from : all.from;
        all.to = cells[i].span.to > all.to ? cells[i].span.to : all.to;
    }
    if (n == 0)
        return;
    if (texts == 0) {
        if (col_of(g, COL_INDICATOR) >= 0)
            place_values(g, &(xj_str){NULL, 0}, cells, n);
        else
            comp_warn(c, "empty_row", all, "表格中的一行没有任务内容");
        return;
    }
    if (g->action < 0) {
        g->action = 0;
        g->action_name = XJ_STR("工作机制");
        comp_action(c, 0, g->action_name, all);
    }
    task = comp_task(c, g->action);
    if (c->err != NULL)
        return;
    index = c->tasks.len - 1;
    c->table_task.items[index] = g->has_lead_column ? 2 : 1;
    task->no = xj_str_printf(c->result, "%d", ++g->rows);
    task->source = comp_range(c, all);
    place_units(g, task, cells, n, shift, shifted);
    {
        xj_buf buf;

        xj_buf_init(&buf, c->result, XJ_DOC_BYTES_MAX);
        for (int i = 0; i < n; i++) {
            if (cells[i].units)
                continue;
            if (cells[i].schedule) {
                if (task->deadline.kind == XJ_DEADLINE_NONE)
                    place_schedule(g, task, &cells[i]);
                continue;
            }
            if (!text_col(g, &cells[i]))
                continue;
            place_text(g, task, &cells[i], shifted && shift < 0 ? shift : 0);
            add_cell(&buf, xj_chars_clean(&c->t, cells[i].span, c->scratch));
            if (task->title.data == NULL) {
                size_t end = xj_chars_find(&c->t, cells[i].span, u'。');

                task->title = comp_text(c, (xj_span){cells[i].span.from, end});
                task->strength = target_strength(c, (xj_span){cells[i].span.from, end});
            }
        }
        task->text = xj_buf_str(&buf);
    }
    for (int i = 0; i < n; i++) {
        if (cells[i].units || cells[i].schedule || !text_col(g, &cells[i]) || cells[i].inherited)
            continue;
        target_read(c, g->action, task->no, cells[i].span);
        if (task->cadence == NULL)
            task->cadence = due_cadence(c, cells[i].span);
        if (task->ndeliverables == 0)
            infer_deliverables(c, task, cells[i].span);
    }
    place_values(g, &task->no, cells, n);
    name_by_task(c, task, targets);
}

/* --- the whole -------------------------------------------------------------------------------- */

/* Columns that their heads do not tell, by what stands in them; and whether 任务 names actions. */
static void
look_ahead(grid *g)
{
    grid probe = *g;
    cell cells[COLS_MAX];
    int total, n, units = 0, words = 0, named = 0, filled = 0, rows = 0;
    int unit_col = col_of(g, COL_UNIT_WORD);
    size_t marks = g->c->warnings.len;

    while (rows++ < 40 && (n = next_row(&probe, cells, &total)) >= 0) {
        if (n == 1) {
            xj_label label = xj_label_parse(g->c->t.c + cells[0].span.from,
                                            cells[0].span.to - cells[0].span.from);

            g->bands_name_actions =
                g->bands_name_actions ||
                (label.kind != XJ_LABEL_NONE &&
                 names_action(g->c, (xj_span){cells[0].span.from + label.len, cells[0].span.to}));
        }
        for (int i = 0; i < n; i++) {
            if (cells[i].col == unit_col) {
                xj_span s = cells[i].span;

                words++;
                units += s.to - s.from > 2 && unit_like(g->c, s);
            }
            if (cells[i].col < g->ncols && g->kind[cells[i].col] == COL_TASK) {
                xj_label label = xj_label_parse(g->c->t.c + cells[i].span.from,
                                                cells[i].span.to - cells[i].span.from);

                filled++;
                named +=
                    names_action(g->c, (xj_span){cells[i].span.from + label.len, cells[i].span.to});
            }
        }
    }
    g->c->warnings.len = marks;
    if (unit_col >= 0 && units * 2 > words)
        g->kind[unit_col] = COL_RESPONSIBLE;
    g->task_names_action = col_of(g, COL_ACTION) < 0 && filled > 0 && named * 2 > filled &&
                           (col_of(g, COL_MEASURE) >= 0 || col_of(g, COL_PLAN) >= 0);
    /* where no column is one of tasks, what is left of the text is */
    if (col_of(g, COL_TASK) < 0 && col_of(g, COL_MEASURE) < 0 && col_of(g, COL_PLAN) < 0 &&
        col_of(g, COL_INDICATOR) < 0 && col_of(g, COL_ACTION) >= 0 && col_of(g, COL_LEAD) < 0 &&
        (col_of(g, COL_RESPONSIBLE) >= 0 || col_of(g, COL_DEADLINE) >= 0))
        g->kind[col_of(g, COL_ACTION)] = COL_TASK;
}

/* A table of actions and their leads. */
static bool
read_leads_row(grid *g, const cell *cells, int n)
{
    comp *c = g->c;
    const cell *name = NULL;
    clause lead = {0};

    for (int i = 0; i < n; i++) {
        uint8_t kind = cells[i].col < g->ncols ? g->kind[cells[i].col] : COL_NONE;

        if (kind == COL_ACTION || kind == COL_TASK)
            name = &cells[i];
        else if (kind == COL_LEAD || (kind == COL_RESPONSIBLE && !g->has_lead_column))
            clause_read(c, &lead, cells[i].span, XJ_ROLE_LEAD);
    }
    if (name == NULL || lead.units.len == 0)
        return false;
    return outline_lead(c, name->span, &lead, 0.6, false);
}

static bool
is_lead_table(const grid *g)
{
    return col_of(g, COL_MEASURE) < 0 && col_of(g, COL_PLAN) < 0 && col_of(g, COL_DEADLINE) < 0 &&
           col_of(g, COL_INDICATOR) < 0 && col_of(g, COL_VALUE) < 0 && g->c->actions.len > 0 &&
           g->c->tasks.len > 0 && (col_of(g, COL_ACTION) >= 0 || g->task_names_action);
}

static bool
about_tasks(const grid *g)
{
    static const uint8_t kinds[] = {COL_TASK, COL_MEASURE,     COL_PLAN,      COL_DEADLINE,
                                    COL_LEAD, COL_RESPONSIBLE, COL_COOPERATE, COL_INDICATOR};

    for (size_t i = 0; i < sizeof kinds; i++)
        if (col_of(g, kinds[i]) >= 0)
            return true;
    return false;
}

static void
keep_head(const grid *g)
{
    table_head *head = XJ_NEW(g->c->scratch, table_head);

    memcpy(head->kind, g->kind, sizeof head->kind);
    memcpy(head->year, g->year, sizeof head->year);
    memcpy(head->name, g->head, sizeof head->name);
    head->ncols = g->ncols;
    head->leads = g->has_lead_column;
    head->task_names_action = g->task_names_action;
    head->bands_name_actions = g->bands_name_actions;
    g->c->head = head;
}

/* The head of the table above, where it has as many columns. */
static bool
reuse_head(grid *g)
{
    const table_head *head = g->c->head;

    if (head == NULL || g->block->ncols > head->ncols + 2 || g->block->ncols + 3 < head->ncols)
        return false;
    memcpy(g->kind, head->kind, sizeof g->kind);
    memcpy(g->year, head->year, sizeof g->year);
    memcpy(g->head, head->name, sizeof g->head);
    g->ncols = head->ncols;
    g->has_lead_column = head->leads;
    g->task_names_action = head->task_names_action;
    g->bands_name_actions = head->bands_name_actions;
    g->has_head = true;
    return true;
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
    while (c->err == NULL && (n = next_row(&g, cells, &total)) >= 0) {
        if (n == 0)
            continue;
        if (take_head(&g, cells, n)) {
            if (first || g.fresh) {
                g.fresh = false;
                look_ahead(&g);
                leads = is_lead_table(&g);
                keep_head(&g);
                first = false;
            }
            continue;
        }
        if (!g.has_head && reuse_head(&g))
            first = false;
        if (!g.has_head) {
            if (above == 0)
                top = cells[0].span;
            if (++above > ROWS_ABOVE_HEAD)
                break;
            continue;
        }
        if (!about_tasks(&g))
            continue; /* a table of contents or of counts */
        if (leads) {
            read_leads_row(&g, cells, n);
            continue;
        }
        if (sum_row(&g, cells, n) || group_row(&g, cells, n))
            continue;
        take_action(&g, cells, &n);
        read_task_row(&g, cells, n);
    }
    if (!g.has_head && above > 0)
        comp_warn(c, "no_head", top, "表格没有可识别的表头");
    c->row_action = g.action;
    c->row_count = g.rows;
}
