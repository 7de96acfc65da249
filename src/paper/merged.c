/*
 * A row has to be as high as its text, but a spreadsheet fits no row to a merged cell: heights are
 * reckoned (xj_book_height_of).  What is higher than a row can be gets more rows under the same
 * cells.
 */
#include "paper/merged_priv.h"

void
xj_paper__merged_begin(xj_merged *m, xj_book *book, const xj_heading *heading, xj_pool *pool)
{
    *m = (xj_merged){.book = book, .heading = heading, .pool = xj_pool_child(pool)};
}

/* Short ones stand in the middle. */
static bool
is_centred(xj_column key)
{
    switch (key) {
    case XJ_COL_NUMBER:
    case XJ_COL_NO:
    case XJ_COL_ACTION:
    case XJ_COL_DOCUMENT:
    case XJ_COL_KIND:
    case XJ_COL_DUE:
    case XJ_COL_DEADLINE:
    case XJ_COL_STRENGTH:
    case XJ_COL_WARNINGS:
    case XJ_COL_ROLE:
    case XJ_COL_TARGET:
        return true;
    default:
        return false;
    }
}

static xj_column_level
level(const xj_heading *heading, size_t col)
{
    return xj_columns[heading->columns[col].key].level;
}

/* Write the cells of the action whose rows are all there, and make room for its name. */
static xj_error *
close_action(xj_merged *m, xj_pool *scratch)
{
    const size_t last = xj_book_rows(m->book);
    double needed = 0, more;

    if (!m->open)
        return NULL;
    m->open = false;
    for (size_t i = 0; i < m->heading->ncolumns; i++) {
        const xj_heading_column *c = &m->heading->columns[i];
        const xj_str text = c->key == XJ_COL_ACTION ? m->action : m->document_title;
        const double height = xj_book_height_of(text, xj_paper__width(c));

        if (level(m->heading, i) != XJ_LEVEL_ACTION)
            continue;
        needed = height > needed ? height : needed;
        XJ_TRY(xj_book_cell(m->book, m->first, last, (int)i, text, is_centred(c->key), scratch));
    }
    if (needed <= m->height)
        return NULL;
    more = m->last_height + needed - m->height;
    return xj_book_height(m->book, last, more);
}

/* Open the action of TASK, if it is not the open one. */
static xj_error *
open_action(xj_merged *m, const xj_paper_task *task, xj_pool *scratch)
{
    if (m->open && m->document == task->row->document && xj_str_eq(m->action, task->row->action))
        return NULL;
    XJ_TRY(close_action(m, scratch));
    xj_pool_clear(m->pool);
    m->open = true;
    m->first = xj_book_rows(m->book) + 1;
    m->document = task->row->document;
    m->action = xj_str_dup(task->row->action, m->pool);
    m->document_title = xj_str_dup(task->document, m->pool);
    m->height = 0;
    return NULL;
}

/* How many rows a task takes: one a target or unit, where columns show them. */
static size_t
parts_of(const xj_heading *heading, const xj_paper_task *task)
{
    size_t n = 1;

    for (size_t i = 0; i < heading->ncolumns; i++) {
        const xj_column_level l = level(heading, i);
        const size_t parts =
            l == XJ_LEVEL_TARGET || l == XJ_LEVEL_UNIT ? xj_paper_parts(task, l) : 0;

        n = parts > n ? parts : n;
    }
    return n;
}

/* The heights of the rows of a task's parts, and what its merged cells need. */
static xj_error *
measure(double *heights, size_t n, double *whole, const xj_merged *m, const xj_paper_task *task,
        xj_pool *scratch)
{
    const xj_heading *heading = m->heading;
    const bool chinese = xj_book_chinese(m->book);

    *whole = 0;
    for (size_t row = 0; row < n; row++)
        heights[row] = xj_book_height_of(XJ_STR(""), 1);
    for (size_t i = 0; i < heading->ncolumns; i++) {
        const xj_heading_column *c = &heading->columns[i];
        const xj_column_level l = level(heading, i);
        xj_str text;

        if (l == XJ_LEVEL_ACTION || c->key == XJ_COL_BLANK)
            continue;
        if (l == XJ_LEVEL_TASK) {
            XJ_TRY(xj_paper_cell(&text, c->key, task, XJ_NPOS, 0, chinese, scratch));
            *whole = xj_book_height_of(text, xj_paper__width(c)) > *whole
                         ? xj_book_height_of(text, xj_paper__width(c))
                         : *whole;
            continue;
        }
        for (size_t row = 0; row < xj_paper_parts(task, l); row++) {
            double height;

            XJ_TRY(xj_paper_cell(&text, c->key, task, row, 0, chinese, scratch));
            height = xj_book_height_of(text, xj_paper__width(c));
            heights[row] = height > heights[row] ? height : heights[row];
        }
    }
    return NULL;
}

/* Rows of the task's height, at most as high as a row can be: *N may grow to a row more. */
static void
stretch(double *heights, size_t *n, size_t room, double whole)
{
    double sum = 0, more;

    for (size_t row = 0; row < *n; row++)
        sum += heights[row];
    more = whole > sum ? (whole - sum) / (double)*n : 0;
    for (size_t row = 0; row < *n; row++) {
        heights[row] += more;
        if (heights[row] > XJ_BOOK_HEIGHT_MAX)
            heights[row] = XJ_BOOK_HEIGHT_MAX;
        whole -= heights[row];
    }
    for (; whole > 0 && *n < room; (*n)++) {
        heights[*n] = whole > XJ_BOOK_HEIGHT_MAX ? XJ_BOOK_HEIGHT_MAX : whole;
        whole -= heights[*n];
    }
}

/* The cells of a task whose rows FIRST to LAST were begun. */
static xj_error *
put_task(xj_merged *m, const xj_paper_task *task, size_t number, size_t first, size_t last,
         xj_pool *scratch)
{
    const bool chinese = xj_book_chinese(m->book);

    for (size_t i = 0; i < m->heading->ncolumns; i++) {
        const xj_column key = m->heading->columns[i].key;
        const xj_column_level l = level(m->heading, i);
        const size_t has = l == XJ_LEVEL_TASK ? 1 : xj_paper_parts(task, l);
        const size_t parts = has == 0 ? 1 : has;

        if (l == XJ_LEVEL_ACTION)
            continue;
        for (size_t part = 0; part < parts; part++) {
            xj_str text;

            XJ_TRY(xj_paper_cell(&text, key, task, l == XJ_LEVEL_TASK ? XJ_NPOS : part, number,
                                 chinese, scratch));
            XJ_TRY(xj_book_cell(m->book, first + part, part + 1 == parts ? last : first + part,
                                (int)i, text, is_centred(key), scratch));
        }
    }
    return NULL;
}

xj_error *
xj_paper__merged_add(xj_merged *m, const xj_paper_task *task, size_t number, xj_pool *scratch)
{
    size_t n = parts_of(m->heading, task);
    const size_t room = n + XJ_TASK_TEXT_MAX / 20; /* a long text in a narrow column */
    double *heights = XJ_NEW_ARRAY(scratch, double, room), whole;
    size_t first;

    XJ_TRY(open_action(m, task, scratch));
    XJ_TRY(measure(heights, n, &whole, m, task, scratch));
    stretch(heights, &n, room, whole);
    first = xj_book_rows(m->book) + 1;
    for (size_t row = 0; row < n; row++) {
        XJ_TRY(xj_book_row(m->book));
        XJ_TRY(xj_book_height(m->book, first + row, heights[row]));
        m->height += heights[row];
        m->last_height = heights[row];
    }
    return put_task(m, task, number, first, first + n - 1, scratch);
}

xj_error *
xj_paper__merged_end(xj_merged *m, xj_pool *scratch)
{
    return close_action(m, scratch);
}
