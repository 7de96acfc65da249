#include "paper/task_sheet.h"
#include "paper/merged_priv.h"

struct xj_task_sheet {
    xj_book *book;
    const xj_heading *heading;
    bool chinese;
    xj_merged merged; /* of a 任务分解表 */
    size_t tasks;
};

size_t
xj_task_sheet_max(const xj_heading *heading)
{
    return heading->sheet ? XJ_TASK_MERGED_MAX : XJ_TASK_SHEET_ROWS_MAX;
}

double
xj_paper__width(const xj_heading_column *column)
{
    return column->width > 0 ? column->width : xj_columns[column->key].width;
}

xj_error *
xj_task_sheet_new(xj_task_sheet **sheet, const xj_heading *heading, bool chinese, xj_pool *pool)
{
    xj_task_sheet *s = XJ_NEW(pool, xj_task_sheet);
    xj_str *heads = XJ_NEW_ARRAY(pool, xj_str, heading->ncolumns);
    double *widths = XJ_NEW_ARRAY(pool, double, heading->ncolumns);

    s->heading = heading;
    s->chinese = chinese;
    for (size_t i = 0; i < heading->ncolumns; i++) {
        heads[i] = heading->columns[i].title;
        widths[i] = xj_paper__width(&heading->columns[i]);
    }
    XJ_TRY(
        xj_book_open(&s->book,
                     &(xj_book_layout){.sheet = !chinese ? (heading->sheet ? "Breakdown" : "Tasks")
                                                : heading->sheet ? "任务分解表"
                                                                 : "台账",
                                       .title = heading->title,
                                       .subtitle = heading->subtitle,
                                       .heads = heads,
                                       .widths = widths,
                                       .columns = heading->ncolumns,
                                       .repeat = heading->repeat,
                                       .merged = heading->sheet,
                                       .chinese = chinese},
                     pool));
    if (heading->sheet)
        xj_paper__merged_begin(&s->merged, s->book, heading, pool);
    *sheet = s;
    return NULL;
}

static xj_error *
put_due(xj_book *b, int col, xj_str due, xj_pool *scratch)
{
    xj_date date;

    if (xj_str_eq(due, XJ_STR(XJ_NO_DUE)))
        return xj_book_text(b, col, XJ_STR(""), scratch);
    if (!xj_date_parse(&date, due) || date.year < 1900)
        return xj_book_text(b, col, due, scratch);
    return xj_book_date(b, col, date);
}

static xj_error *
put_row(xj_task_sheet *s, const xj_paper_task *task, xj_pool *scratch)
{
    const size_t n = s->heading->ncolumns;
    xj_str *texts = XJ_NEW_ARRAY(scratch, xj_str, n);
    double height = 0;
    xj_book *b = s->book;

    XJ_TRY(xj_book_row(b));
    for (size_t i = 0; i < n; i++) {
        const xj_heading_column *c = &s->heading->columns[i];
        double needed;

        XJ_TRY(xj_paper_cell(&texts[i], c->key, task, XJ_NPOS, s->tasks, s->chinese, scratch));
        needed = xj_book_height_of(texts[i], xj_paper__width(c));
        height = needed > height ? needed : height;
    }
    XJ_TRY(xj_book_height(b, xj_book_rows(b), height));
    for (size_t i = 0; i < n; i++) {
        const xj_column key = s->heading->columns[i].key;
        const int col = (int)i;

        if (key == XJ_COL_DUE)
            XJ_TRY(put_due(b, col, task->row->due, scratch));
        else if (key == XJ_COL_NUMBER)
            XJ_TRY(xj_book_int(b, col, (int64_t)s->tasks));
        else if (key == XJ_COL_WARNINGS)
            XJ_TRY(xj_book_int(b, col, task->row->warnings));
        else
            XJ_TRY(xj_book_text(b, col, texts[i], scratch));
    }
    return NULL;
}

xj_error *
xj_task_sheet_add(xj_task_sheet *s, const xj_paper_task *task, xj_pool *scratch)
{
    const size_t max = xj_task_sheet_max(s->heading);

    if (s->tasks == max)
        return xj_error_new(XJ_E_TOO_LARGE, "a spreadsheet of this form has at most %zu tasks",
                            max);
    s->tasks++;
    return s->heading->sheet ? xj_paper__merged_add(&s->merged, task, s->tasks, scratch)
                             : put_row(s, task, scratch);
}

xj_error *
xj_task_sheet_end(xj_str *bytes, xj_task_sheet *s, xj_pool *result)
{
    if (s->heading->sheet)
        XJ_TRY(xj_paper__merged_end(&s->merged, result));
    return xj_book_end(bytes, s->book, result);
}
