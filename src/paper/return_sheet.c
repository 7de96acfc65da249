/* A return's workbook, out. */
#include "paper/return_sheet.h"

#include "paper/return_columns.h"

const xj_book_column xj_paper__return_columns[XJ_RC_COUNT] = {
    [XJ_RC_NUMBER] = {"序号", "#", 5},
    [XJ_RC_TASK] = {"任务", "Task", 16},
    [XJ_RC_WORDS] = {"方案要求", "Words of the plan", 28},
    [XJ_RC_LAST] = {"上次进展", "Last time", 20},
    [XJ_RC_TEXT] = {"本次进展情况", "Progress now", 32},
    [XJ_RC_PERCENT] = {"完成比例(%)", "Percent", 7},
    [XJ_RC_TARGET] = {"指标及目标", "Target", 15},
    [XJ_RC_MEASURE] = {"计量单位", "Measure", 7},
    [XJ_RC_LAST_VALUE] = {"上次数值", "Last figure", 9},
    [XJ_RC_VALUE] = {"本次数值", "Figure now", 9},
    [XJ_RC_SPAN] = {"口径", "Span", 7},
    [XJ_RC_DIFFICULTIES] = {"困难和问题", "Difficulties", 18},
    [XJ_RC_NEXT] = {"下一步打算", "Next step", 18},
    [XJ_RC_MARK] = {"行标识(勿改)", "Row mark", 20},
};

const char *const xj_paper__spans[2][3] = {{"this period", "to date", NULL},
                                           {"本期", "累计", NULL}};
const char *const xj_paper__span_values[2] = {"period", "to_date"};

typedef struct writer {
    const xj_return_sheet *sheet;
    xj_book *book;
    size_t tasks;
    xj_pool *scratch;
} writer;

static const char *
say(const writer *w, const char *zh, const char *en)
{
    return w->sheet->chinese ? zh : en;
}

static xj_str
task_words(const xj_report_row *row, xj_pool *pool)
{
    return xj_str_printf(pool, XJ_FMT "\n%s" XJ_FMT "%s" XJ_FMT, XJ_ARG(row->action),
                         row->no.len > 0 ? "（" : "", XJ_ARG(row->no), row->no.len > 0 ? "）" : "",
                         XJ_ARG(row->title));
}

static xj_str
last_words(const writer *w, const xj_report_row *row)
{
    if (row->last_due.data == NULL)
        return xj_str_c(say(w, "（首次报送）", "(first return)"));
    if (row->last_percent < 0)
        return row->last_text;
    return xj_str_printf(w->scratch, XJ_FMT "（%lld%%）", XJ_ARG(row->last_text),
                         (long long)row->last_percent);
}

/* ---- a line of the table ---- */

/* What may be written into, unless the office has accepted ROW. */
static xj_error *
put_words(const writer *w, const xj_report_row *row, int col, xj_str text)
{
    if (xj_str_eq(row->state, XJ_STR("accepted")))
        return xj_book_text(w->book, col, text, w->scratch);
    return xj_book_field(w->book, col, text, w->scratch);
}

static xj_error *
put_number(const writer *w, const xj_report_row *row, int col, bool has, double value)
{
    if (!xj_str_eq(row->state, XJ_STR("accepted")))
        return xj_book_field_real(w->book, col, has, value);
    if (!has)
        return xj_book_text(w->book, col, XJ_STR(""), w->scratch);
    return xj_book_real(w->book, col, value);
}

static const char *
span_word(const writer *w, const xj_report_figure *f)
{
    const xj_str span = f->span.data != NULL ? f->span : f->last_span;
    const bool period = span.data != NULL && xj_str_eq(span, XJ_STR("period"));

    return xj_paper__spans[w->sheet->chinese][period ? 0 : 1];
}

static xj_error *
put_figure(const writer *w, const xj_report_row *row, const xj_report_figure *f)
{
    xj_book *book = w->book;

    XJ_TRY(xj_book_text(
        book, XJ_RC_TARGET,
        xj_str_printf(w->scratch, XJ_FMT "\n" XJ_FMT, XJ_ARG(f->indicator), XJ_ARG(f->goals)),
        w->scratch));
    XJ_TRY(xj_book_text(book, XJ_RC_MEASURE, f->measure, w->scratch));
    if (f->had_value)
        XJ_TRY(xj_book_real(book, XJ_RC_LAST_VALUE, f->last_value));
    else
        XJ_TRY(xj_book_text(book, XJ_RC_LAST_VALUE, XJ_STR(""), w->scratch));
    XJ_TRY(put_number(w, row, XJ_RC_VALUE, f->has_value, f->value));
    return put_words(w, row, XJ_RC_SPAN, xj_str_c(span_word(w, f)));
}

static xj_error *
put_closed(const writer *w, int from, int to)
{
    for (int col = from; col <= to; col++)
        XJ_TRY(xj_book_text(w->book, col, XJ_STR(""), w->scratch));
    return NULL;
}

static xj_error *
put_mark(const writer *w, const xj_report_row *row, size_t i)
{
    const xj_report_figure *f = i < row->text.nfigures ? &row->text.figures[i] : NULL;
    const xj_mark mark = {.obligation = w->sheet->report->obligation.id,
                          .unit = w->sheet->as,
                          .duty = row->duty,
                          .version = row->version,
                          .words = i == 0,
                          .figure = f == NULL ? 0 : xj_mark_figure(f->indicator, f->measure)};

    return xj_book_text(w->book, XJ_RC_MARK, xj_mark_row(&mark, w->scratch), w->scratch);
}

static double
highest(double height, xj_str text, xj_return_column col)
{
    const double own = xj_book_height_of(text, xj_paper__return_columns[col].width);

    return own > height ? own : height;
}

/* Room for what stands there and some lines for what is to be written. */
static double
height_of(const writer *w, const xj_report_row *row, size_t i)
{
    double height = 62;

    if (i < row->text.nfigures)
        height = highest(i == 0 ? height : 33,
                         xj_str_printf(w->scratch, XJ_FMT "\n" XJ_FMT,
                                       XJ_ARG(row->text.figures[i].indicator),
                                       XJ_ARG(row->text.figures[i].goals)),
                         XJ_RC_TARGET);
    if (i > 0)
        return height;
    height = highest(height, task_words(row, w->scratch), XJ_RC_TASK);
    height = highest(height, row->words, XJ_RC_WORDS);
    height = highest(height, last_words(w, row), XJ_RC_LAST);
    height = highest(height, row->text.text, XJ_RC_TEXT);
    height = highest(height, row->text.difficulties, XJ_RC_DIFFICULTIES);
    return highest(height, row->text.next_step, XJ_RC_NEXT);
}

/* The line of a task: its words, and the first of its targets. */
static xj_error *
put_task(writer *w, const xj_report_row *row)
{
    xj_book *book = w->book;
    xj_pool *scratch = w->scratch;

    XJ_TRY(xj_book_row(book));
    XJ_TRY(xj_book_height(book, xj_book_rows(book), height_of(w, row, 0)));
    XJ_TRY(xj_book_int(book, XJ_RC_NUMBER, (int64_t)++w->tasks));
    XJ_TRY(xj_book_text(book, XJ_RC_TASK, task_words(row, scratch), scratch));
    XJ_TRY(xj_book_text(book, XJ_RC_WORDS, row->words.len > 0 ? row->words : row->title, scratch));
    XJ_TRY(xj_book_text(book, XJ_RC_LAST, last_words(w, row), scratch));
    XJ_TRY(put_words(w, row, XJ_RC_TEXT, row->text.text));
    XJ_TRY(put_number(w, row, XJ_RC_PERCENT, row->text.percent >= 0, (double)row->text.percent));
    if (row->text.nfigures > 0)
        XJ_TRY(put_figure(w, row, &row->text.figures[0]));
    else
        XJ_TRY(put_closed(w, XJ_RC_TARGET, XJ_RC_SPAN));
    XJ_TRY(put_words(w, row, XJ_RC_DIFFICULTIES, row->text.difficulties));
    XJ_TRY(put_words(w, row, XJ_RC_NEXT, row->text.next_step));
    return put_mark(w, row, 0);
}

/* A further target of the task above. */
static xj_error *
put_more(const writer *w, const xj_report_row *row, size_t i)
{
    XJ_TRY(xj_book_row(w->book));
    XJ_TRY(xj_book_height(w->book, xj_book_rows(w->book), height_of(w, row, i)));
    XJ_TRY(xj_book_text(w->book, XJ_RC_NUMBER, XJ_STR(""), w->scratch));
    XJ_TRY(xj_book_text(w->book, XJ_RC_TASK,
                        xj_str_c(say(w, "（同上任务的指标）", "(target of the task above)")),
                        w->scratch));
    XJ_TRY(put_closed(w, XJ_RC_WORDS, XJ_RC_PERCENT));
    XJ_TRY(put_figure(w, row, &row->text.figures[i]));
    XJ_TRY(put_closed(w, XJ_RC_DIFFICULTIES, XJ_RC_NEXT));
    return put_mark(w, row, i);
}

/* ---- the whole ---- */

static xj_str
title_of(const xj_return_sheet *sheet, xj_pool *pool)
{
    const xj_obligation *o = &sheet->report->obligation;

    if (!sheet->chinese)
        return xj_str_printf(pool, XJ_FMT ": return " XJ_FMT, XJ_ARG(sheet->as_name),
                             XJ_ARG(o->period));
    return xj_str_printf(pool, XJ_FMT XJ_FMT " 报送单", XJ_ARG(sheet->as_name), XJ_ARG(o->period));
}

/* With whose signatures it left its unit; empty where it has none. */
static xj_str
signed_by(const xj_return_sheet *sheet, xj_pool *pool)
{
    const xj_report *report = sheet->report;
    xj_buf out;

    xj_buf_init(&out, pool, 4096);
    for (size_t i = 0; i < report->nsignatures; i++) {
        const xj_signature *s = &report->signatures[i];

        xj_buf_printf(&out, "%s" XJ_FMT " " XJ_FMT,
                      i > 0            ? (sheet->chinese ? "、" : ", ")
                      : sheet->chinese ? "　签发 "
                                       : "   Signed: ",
                      XJ_ARG(s->name), XJ_ARG(s->on));
    }
    return xj_buf_str(&out);
}

static xj_str
subtitle_of(const xj_return_sheet *sheet, xj_pool *pool)
{
    const xj_obligation *o = &sheet->report->obligation;
    const xj_str code = xj_mark_return(o->id, pool), signed_by_whom = signed_by(sheet, pool);

    if (!sheet->chinese)
        return xj_str_printf(pool,
                             "Due " XJ_FMT "   " XJ_FMT XJ_FMT
                             "   Fill in the white cells; grey ones are for reading. Nothing "
                             "changed: write \"no change\". Then drop the file on the page.",
                             XJ_ARG(o->due), XJ_ARG(code), XJ_ARG(signed_by_whom));
    return xj_str_printf(pool,
                         "报送期限 " XJ_FMT "　编号 " XJ_FMT XJ_FMT
                         "　填写白色单元格，灰色供对照；没有变化的任务在“本次进展情况”填“无变化”。"
                         "填好后把文件拖回报送页面",
                         XJ_ARG(o->due), XJ_ARG(code), XJ_ARG(signed_by_whom));
}

static xj_error *
begin(writer *w, const xj_return_sheet *sheet)
{
    xj_str heads[XJ_RC_COUNT];
    double widths[XJ_RC_COUNT];

    for (size_t i = 0; i < XJ_RC_COUNT; i++) {
        const xj_book_column *column = &xj_paper__return_columns[i];

        heads[i] = xj_str_c(sheet->chinese ? column->zh : column->en);
        widths[i] = column->width;
    }
    w->sheet = sheet;
    return xj_book_open(&w->book,
                        &(xj_book_layout){.sheet = say(w, "报送单", "Return"),
                                          .title = title_of(sheet, w->scratch),
                                          .subtitle = subtitle_of(sheet, w->scratch),
                                          .heads = heads,
                                          .widths = widths,
                                          .columns = XJ_RC_COUNT,
                                          .repeat = 1,
                                          .form = true,
                                          .frozen = XJ_RC_TASK + 1,
                                          .chinese = sheet->chinese},
                        w->scratch);
}

xj_error *
xj_return_sheet_write(xj_str *bytes, const xj_return_sheet *sheet, xj_pool *result)
{
    const xj_report *report = sheet->report;
    writer w = {.scratch = xj_pool_child(result)};

    XJ_TRY(begin(&w, sheet));
    for (size_t i = 0; i < report->nrows; i++) {
        XJ_TRY(put_task(&w, &report->rows[i]));
        for (size_t f = 1; f < report->rows[i].text.nfigures; f++)
            XJ_TRY(put_more(&w, &report->rows[i], f));
    }
    XJ_TRY(xj_book_range(w.book, XJ_RC_PERCENT, true, 0, 100,
                         say(&w, "请填 0 到 100 的整数。", "A whole number from 0 to 100.")));
    XJ_TRY(xj_book_range(w.book, XJ_RC_VALUE, false, -1e15, 1e15,
                         say(&w, "请只填数字，不带单位。", "A number alone, without its unit.")));
    XJ_TRY(xj_book_pick(w.book, XJ_RC_SPAN, xj_paper__spans[sheet->chinese],
                        say(&w, "请选“本期”或“累计”。", "This period, or to date.")));
    XJ_TRY(xj_book_hide(w.book, XJ_RC_MARK));
    XJ_TRY(xj_book_end(bytes, w.book, result));
    xj_pool_destroy(w.scratch);
    return NULL;
}
