/*
 * plan/table_row.c -- a row of a table as a task: cells by what they say.
 *
 * Extraction shifts cells: a row may lack an empty cell or have one too many.  So a list of units
 * is units and a schedule is a schedule wherever it stands, and how far the schedule is off its
 * column says how far the row has moved.
 */
#include "base/buf.h"
#include "plan/table_priv.h"

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
    bool own = table_unit_col(g, k->col), is;

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
    bool own = k->col < g->h.ncols && g->h.kind[k->col] == COL_DEADLINE, is;

    if (size > 80 || (k->col < g->h.ncols && g->h.kind[k->col] == COL_START))
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

/* --- tasks ------------------------------------------------------------------------------------ */

void
table_row_units(grid *g, xj_plan_task *task, const cell *k, int role)
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

static bool
of_kind(const grid *g, const cell *k, uint8_t kind)
{
    return k->col < g->h.ncols && g->h.kind[k->col] == kind;
}

int
table_role_of_col(const grid *g, int col)
{
    if (col < 0 || col >= g->h.ncols)
        return -1;
    return g->h.kind[col] == COL_LEAD          ? XJ_ROLE_LEAD
           : g->h.kind[col] == COL_RESPONSIBLE ? XJ_ROLE_RESPONSIBLE
           : g->h.kind[col] == COL_COOPERATE   ? XJ_ROLE_COOPERATE
                                               : -1;
}

/* Which part each cell of units plays, by its column moved by SHIFT, or by the order of the heads.
 */
static void
place_units(grid *g, xj_plan_task *task, const cell *cells, int n, int shift, bool shifted)
{
    int cols[COLS_MAX], ncols = 0, found = 0, seen = 0;

    for (int i = 0; i < g->h.ncols; i++)
        if (table_unit_col(g, i))
            cols[ncols++] = i;
    for (int i = 0; i < n; i++)
        found += cells[i].units;
    for (int i = 0; i < n; i++) {
        int role;

        if (!cells[i].units)
            continue;
        if (found == ncols && found > 1)
            role = table_role_of_col(g, cols[seen]);
        else
            role = table_role_of_col(g, cells[i].col - (shifted ? shift : 0));
        if (role < 0)
            role = table_role_of_col(g, cells[i].col);
        if (role < 0)
            role = XJ_ROLE_RESPONSIBLE;
        seen++;
        table_row_units(g, task, &cells[i], role);
    }
    /* a table with leads whose row prints none: the first one is taken */
    if (g->h.leads && !task->lead_explicit && task->nunits > 0) {
        size_t first = 0;

        while (first < task->nunits && task->units[first].role != XJ_ROLE_RESPONSIBLE)
            first++;
        task->units[first < task->nunits ? first : 0].role = XJ_ROLE_LEAD;
    }
}

/* Whether some column is one of units, or of the marks of one. */
static bool
has_unit_column(const grid *g)
{
    for (int i = 0; i < g->h.ncols; i++)
        if (table_unit_col(g, i) || g->h.kind[i] == COL_MARK)
            return true;
    return false;
}

/* The part that the mark at S gives the unit of its column, or -1: a full one leads, a hollow one
 * cooperates. */
static int
role_of_mark(const comp *c, xj_span s)
{
    static const struct {
        const char16_t *word;
        xj_unit_role role;
    } marks[] = {
        {u"★", XJ_ROLE_LEAD},         {u"●", XJ_ROLE_LEAD},        {u"▲", XJ_ROLE_LEAD},
        {u"■", XJ_ROLE_LEAD},         {u"◆", XJ_ROLE_LEAD},        {u"◎", XJ_ROLE_LEAD},
        {u"牵头", XJ_ROLE_LEAD},      {u"主办", XJ_ROLE_LEAD},     {u"主责", XJ_ROLE_LEAD},
        {u"☆", XJ_ROLE_COOPERATE},    {u"○", XJ_ROLE_COOPERATE},   {u"△", XJ_ROLE_COOPERATE},
        {u"□", XJ_ROLE_COOPERATE},    {u"◇", XJ_ROLE_COOPERATE},   {u"配合", XJ_ROLE_COOPERATE},
        {u"协办", XJ_ROLE_COOPERATE}, {u"参与", XJ_ROLE_COOPERATE}};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (xj_chars_is(&c->t, s.from, s.to, marks[i].word))
            return (int)marks[i].role;
    return s.to - s.from == 1 ? XJ_ROLE_RESPONSIBLE : -1; /* √ */
}

/* The units of columns headed by their names, where the row has a mark; who leads first. */
static void
place_marks(grid *g, xj_plan_task *task, const cell *cells, int n)
{
    static const int order[] = {XJ_ROLE_LEAD, XJ_ROLE_RESPONSIBLE, XJ_ROLE_COOPERATE};

    for (size_t turn = 0; turn < sizeof order / sizeof *order; turn++)
        for (int i = 0; i < n; i++) {
            clause cl = {0};

            if (!of_kind(g, &cells[i], COL_MARK) ||
                role_of_mark(g->c, cells[i].span) != order[turn])
                continue;
            clause_read(g->c, &cl, g->h.name_at[cells[i].col], order[turn]);
            for (size_t k = 0; k < cl.units.len; k++)
                cl.units.items[k].role = (uint8_t)order[turn];
            cl.lead = order[turn] == XJ_ROLE_LEAD;
            clause_units(g->c, task, &cl);
        }
}

void
table_place_schedule(grid *g, xj_plan_task *task, const cell *k)
{
    comp *c = g->c;
    const char *cadence = NULL;

    if (!due_read(c, &task->deadline, &cadence, k->span)) {
        comp_warn(c, "unplaced_deadline", k->span, "时限栏中的文字未能识别");
        return;
    }
    if (cadence != NULL)
        task->cadence = cadence;
    if (g->h.starts && task->deadline.kind == XJ_DEADLINE_COMPLETE_BY)
        task->deadline.kind = XJ_DEADLINE_START_BY;
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

    if (col >= 0 && col < g->h.ncols)
        slot = slot_of(task, g->h.kind[col]);
    if (slot == &task->work_plan && slot->data != NULL) { /* its steps, each in a column */
        *slot = xj_str_printf(g->c->result, XJ_FMT "\n" XJ_FMT, XJ_ARG(*slot), XJ_ARG(text));
        return;
    }
    for (int back = col < g->h.ncols ? col : g->h.ncols - 1;
         back >= 0 && (slot == NULL || slot->data != NULL); back--)
        slot = slot_of(task, g->h.kind[back]);
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

    if (col < g->h.ncols && g->h.kind[col] == COL_NO)
        return k->span.to - k->span.from > 8; /* a shifted text, no number */
    return col >= g->h.ncols ||
           (g->h.kind[col] != COL_OTHER && g->h.kind[col] != COL_START &&
            g->h.kind[col] != COL_MARK && g->h.kind[col] != COL_VALUE &&
            g->h.kind[col] != COL_UNIT_WORD && g->h.kind[col] != COL_INDICATOR);
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
        uint8_t kind = cells[i].col < g->h.ncols ? g->h.kind[cells[i].col] : COL_NONE;

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
        if (cells[i].col < g->h.ncols && g->h.kind[cells[i].col] == COL_VALUE &&
            !cells[i].inherited && says_goal(c, cells[i].span))
            target_read(c, g->action < 0 ? 0 : g->action, XJ_STR_NONE, cells[i].span);
    for (int i = 0; i < n; i++)
        /* a year before the plan's is the base, not a promise */
        if (cells[i].col < g->h.ncols && g->h.kind[cells[i].col] == COL_VALUE && name != NULL &&
            !cells[i].inherited && !says_goal(c, cells[i].span) &&
            (g->h.year[cells[i].col] == 0 || g->h.year[cells[i].col] >= c->year_first))
            target_cell(c, g->action < 0 ? 0 : g->action, *task, name->span, cells[i].span,
                        unit == NULL ? (xj_span){0, 0} : unit->span, g->h.year[cells[i].col]);
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

static bool
has_zero(const comp *c)
{
    for (size_t i = 0; i < c->actions.len; i++)
        if (c->actions.items[i].no == 0)
            return true;
    return false;
}

static bool
named_unit(const cell *cells, int n)
{
    for (int i = 0; i < n; i++)
        if (cells[i].units)
            return true;
    return false;
}

static void
read_row(grid *g, cell *cells, int n)
{
    comp *c = g->c;
    xj_plan_task *task;
    int due_col = table_col(g, COL_DEADLINE), shift = 0, texts = 0;
    int own = 0; /* cells that are of this row alone */
    bool shifted = false, no_units;
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
        own += !cells[i].inherited && (cells[i].units || cells[i].schedule ||
                                       text_col(g, &cells[i]) || of_kind(g, &cells[i], COL_MARK));
        all.from = cells[i].span.from < all.from ? cells[i].span.from : all.from;
        all.to = cells[i].span.to > all.to ? cells[i].span.to : all.to;
    }
    if (n == 0)
        return;
    if (texts == 0 && table_col(g, COL_INDICATOR) < 0) {
        comp_warn(c, "empty_row", all, "表格中的一行没有任务内容");
        return;
    }
    if (texts == 0 && !(c->indicator_tasks && named_unit(cells, n))) {
        place_values(g, &(xj_str){NULL, 0}, cells, n);
        return;
    }
    if (own == 0 && g->rows > 0 && c->tasks.len > 0) {
        /* another indicator of the task that spans the rows */
        place_values(g, &c->tasks.items[c->tasks.len - 1].no, cells, n);
        return;
    }
    if (g->action < 0) {
        g->action = 0;
        g->action_name = XJ_STR("工作机制");
        g->began = !has_zero(c);
        if (g->began)
            comp_action(c, 0, g->action_name, all);
    }
    task = comp_task(c, g->action);
    if (c->err != NULL)
        return;
    index = c->tasks.len - 1;
    c->table_task.items[index] = g->h.leads ? 2 : 1;
    task->no = xj_str_printf(c->result, "%d", ++g->rows);
    task->source = comp_range(c, all);
    place_units(g, task, cells, n, shift, shifted);
    place_marks(g, task, cells, n);
    no_units = !has_unit_column(g);
    {
        xj_buf buf;

        xj_buf_init(&buf, c->result, XJ_DOC_BYTES_MAX);
        for (int i = 0; i < n; i++) {
            if (cells[i].units)
                continue;
            if (cells[i].schedule) {
                if (task->deadline.kind == XJ_DEADLINE_NONE)
                    table_place_schedule(g, task, &cells[i]);
                continue;
            }
            if (!text_col(g, &cells[i]) && !(texts == 0 && of_kind(g, &cells[i], COL_INDICATOR)))
                continue;
            place_text(g, task, &cells[i], shifted && shift < 0 ? shift : 0);
            add_cell(&buf, no_units ? item_cut(c, task, cells[i].span)
                                    : xj_chars_clean(&c->t, cells[i].span, c->scratch));
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
    if (task->deadline.kind == XJ_DEADLINE_NONE && table_col(g, COL_DEADLINE) < 0)
        for (int i = 0; i < n && task->deadline.kind == XJ_DEADLINE_NONE; i++)
            if (!cells[i].units && text_col(g, &cells[i]) && !cells[i].inherited)
                due_in_text(c, &task->deadline, cells[i].span);
}

/* What the last task, a row of the table, says of TASK, which the text gives without units. */
static void
give_row(comp *c, xj_plan_task *task, bool inherited)
{
    const xj_plan_task *row = &c->tasks.items[c->tasks.len - 1];

    task->units = XJ_NEW_ARRAY(c->result, xj_task_unit, row->nunits);
    if (row->nunits > 0)
        memcpy(task->units, row->units, row->nunits * sizeof *row->units);
    task->nunits = row->nunits;
    for (size_t i = 0; i < task->nunits && inherited; i++)
        task->units[i].inherited = true;
    task->open_ended = row->open_ended;
    task->lead_explicit = row->lead_explicit;
    if (task->deadline.kind == XJ_DEADLINE_NONE && row->deadline.kind != XJ_DEADLINE_NONE) {
        task->deadline = row->deadline;
        c->clause_deadlines++;
    }
    if (task->cadence == NULL)
        task->cadence = row->cadence;
}

/* Whether the last task, a row of nothing but a name, is one that the text has set out and given to
 * nobody (an annex that divides the work), or an action of the text: then these get what it says.
 */
static bool
divides(grid *g)
{
    comp *c = g->c;
    const xj_plan_task *row = &c->tasks.items[c->tasks.len - 1];
    const xj_str name = row->title;
    bool found = false;
    int action = -1;

    if (!xj_str_eq(name, row->text) || row->nunits == 0)
        return false;
    for (size_t i = 0; i + 1 < c->tasks.len && !found; i++) {
        xj_plan_task *task = &c->tasks.items[i];

        found = c->table_task.items[i] == 0 && task->nunits == 0 && xj_str_eq(task->title, name);
        if (found)
            give_row(c, task, false);
    }
    for (size_t i = 0; i < c->actions.len && !found && action < 0; i++)
        if (c->actions.items[i].nlead_units == 0 && xj_str_eq(c->actions.items[i].name, name))
            action = c->actions.items[i].no;
    for (size_t i = 0; i + 1 < c->tasks.len && action >= 0; i++)
        if (c->table_task.items[i] == 0 && c->tasks.items[i].action == action &&
            c->tasks.items[i].nunits == 0) {
            give_row(c, &c->tasks.items[i], true);
            found = true;
        }
    return found;
}

/* Take the last row back, and the action that it began. */
static void
drop_row(grid *g)
{
    comp *c = g->c;

    c->tasks.len--;
    c->table_task.len--;
    g->rows--;
    if (g->began) {
        c->actions.len--;
        g->action = -1;
    }
}

/* In a table whose rows are units, each item that a cell counts is a task. */
void
table_task_row(grid *g, cell *cells, int n)
{
    span_vec items = {0};
    cell row[COLS_MAX];
    int words = -1;

    for (int i = 0; i < n && g->h.unit_rows && words < 0; i++)
        if (of_kind(g, &cells[i], COL_TASK) || of_kind(g, &cells[i], COL_MEASURE))
            words = i;
    if (words >= 0)
        lead_counted(g->c, &items, cells[words].span);
    if (items.len == 0) {
        const size_t tasks = g->c->tasks.len, targets = g->c->targets.len;

        g->began = false;
        read_row(g, cells, n);
        if (g->c->tasks.len == tasks + 1 && g->c->targets.len == targets && divides(g))
            drop_row(g);
        return;
    }
    for (size_t k = 0; k < items.len && g->c->err == NULL; k++) {
        memcpy(row, cells, (size_t)n * sizeof *row);
        row[words].span = items.items[k];
        read_row(g, row, n);
    }
}
