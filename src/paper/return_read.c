/* A return's workbook, back: its rows by their marks, its columns by their headings. */
#include "paper/return_sheet.h"

#include "base/vec.h"
#include "paper/return_columns.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#define FOUND_MAX 60 /* characters of a cell that a fault quotes */
#define NUMBER_MAX 64

/* A row of the file's table, by our columns; what is not there is -1. */
typedef struct line {
    const xj_doc *doc;
    const xj_cell *cells;
    size_t ncells;
    const int *columns; /* of the table's grid, by ours */
    xj_place place;     /* of its first cell */
} line;

typedef struct came {
    bool any, words, wrong;
    int64_t seen;
    xj_place first; /* of the first line about it */
    xj_place place; /* of the words */
    xj_report_text text;
} came;

typedef struct reader {
    const xj_report *report;
    int64_t as;
    came *came; /* by the report's rows */
    XJ_VEC(xj_sheet_fault) faults;
    size_t faults_found, marks;
    xj_error *err;
    xj_pool *result;
} reader;

const char *
xj_filled_word(xj_filled_verdict verdict)
{
    static const char *const words[] = {"same", "change", "stale", "wrong"};

    return words[verdict];
}

/* ---- cells ---- */

static xj_str
cell_text(const xj_doc *doc, const xj_cell *cell)
{
    return xj_str_trim(xj_str_sub(doc->text, cell->from, cell->to));
}

static const xj_cell *
cell_at(const line *l, xj_return_column col)
{
    for (size_t i = 0; l->columns[col] >= 0 && i < l->ncells; i++)
        if (l->cells[i].col == l->columns[col])
            return &l->cells[i];
    return NULL;
}

static xj_str
text_at(const line *l, xj_return_column col)
{
    const xj_cell *cell = cell_at(l, col);

    return cell == NULL ? XJ_STR("") : cell_text(l->doc, cell);
}

static xj_str
cut(xj_str text, size_t max, xj_pool *pool)
{
    size_t pos = 0, n = 0;

    while (pos < text.len && n++ < max)
        (void)xj_utf8_next(text, &pos);
    return pos < text.len ? xj_str_printf(pool, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)))
                          : xj_str_dup(text, pool);
}

static void
fault(reader *r, const line *l, xj_return_column col, const char *code, xj_str asked)
{
    const xj_cell *cell = cell_at(l, col);
    const xj_place place = cell == NULL ? l->place : cell->place;

    if (r->faults_found++ >= XJ_SHEET_FAULTS_MAX)
        return;
    xj_vec_push(&r->faults, r->result,
                ((xj_sheet_fault){.code = code,
                                  .found = cut(text_at(l, col), FOUND_MAX, r->result),
                                  .asked = asked,
                                  .sheet = place.sheet,
                                  .row = place.row,
                                  .col = cell == NULL ? l->columns[col] + 1 : place.col}));
}

/* ---- numbers ---- */

/* The number at the beginning of TEXT as people write it (1,339 and １２ are numbers), and what
 * follows it. */
static bool
number_of(double *value, xj_str *rest, xj_str text)
{
    char digits[NUMBER_MAX];
    size_t n = 0, pos = 0, end = 0;
    char *last;

    while (pos < text.len && n + 1 < sizeof digits) {
        uint32_t cp = xj_utf8_next(text, &pos);

        if (cp >= 0xFF0B && cp <= 0xFF19)
            cp -= 0xFEE0;
        if (cp < 0x80 && (isdigit((int)cp) || cp == '.' || (cp == '-' && n == 0)))
            digits[n++] = (char)cp;
        else if (cp != ',' && cp != ' ')
            break;
        end = pos;
    }
    digits[n] = '\0';
    errno = 0;
    *value = strtod(digits, &last);
    *rest = xj_str_trim(xj_str_skip(text, end));
    return n > 0 && *last == '\0' && errno == 0 && isfinite(*value);
}

static bool
same_measure(xj_str a, xj_str b)
{
    if (xj_str_eq(a, b))
        return true;
    return (xj_str_eq(a, XJ_STR("%")) || xj_str_eq(a, XJ_STR("％"))) &&
           (xj_str_eq(b, XJ_STR("%")) || xj_str_eq(b, XJ_STR("％")));
}

static void
read_percent(reader *r, came *c, const line *l)
{
    const xj_str text = text_at(l, XJ_RC_PERCENT);
    double value;
    xj_str rest;

    c->text.percent = -1;
    if (text.len == 0)
        return;
    if (number_of(&value, &rest, text) && (rest.len == 0 || same_measure(rest, XJ_STR("%"))) &&
        value >= 0 && value <= 100 && value == floor(value)) {
        c->text.percent = (int64_t)value;
        return;
    }
    fault(r, l, XJ_RC_PERCENT, "percent", XJ_STR("0–100"));
    c->wrong = true;
}

/* ---- a task's words ---- */

static bool
says_nothing_changed(xj_str text)
{
    static const char *const words[] = {"无变化", "没有变化", "同上次", "与上次相同", "no change"};

    if (xj_str_ends(text, XJ_STR("。")))
        text = xj_str_sub(text, 0, text.len - strlen("。"));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_str_eq(text, xj_str_c(words[i])))
            return true;
    return false;
}

static void
read_words(reader *r, came *c, const line *l, xj_str *text, xj_return_column col)
{
    if (l->columns[col] < 0)
        return; /* the column is gone: nothing is said about it */
    *text = xj_str_dup(text_at(l, col), r->result);
    if (xj_utf8_count(*text) <= XJ_REPORT_TEXT_MAX)
        return;
    fault(r, l, col, "too_long", xj_str_printf(r->result, "%d", XJ_REPORT_TEXT_MAX));
    c->wrong = true;
}

static void
read_task(reader *r, came *c, const xj_report_row *row, const line *l)
{
    c->words = true;
    c->place = l->place;
    read_words(r, c, l, &c->text.text, XJ_RC_TEXT);
    read_words(r, c, l, &c->text.difficulties, XJ_RC_DIFFICULTIES);
    read_words(r, c, l, &c->text.next_step, XJ_RC_NEXT);
    if (l->columns[XJ_RC_PERCENT] >= 0)
        read_percent(r, c, l);
    if (!xj_str_eq(c->text.text, row->text.text))
        c->text.same = false;
    if (!says_nothing_changed(c->text.text))
        return;
    if (row->last_due.data == NULL) {
        fault(r, l, XJ_RC_TEXT, "first_time", XJ_STR(""));
        c->wrong = true;
        return;
    }
    c->text.same = true;
    c->text.text = row->last_text;
    if (c->text.percent < 0)
        c->text.percent = row->last_percent;
}

/* ---- figures ---- */

static bool
span_of(xj_str *span, xj_str text)
{
    for (int lang = 0; lang < 2; lang++)
        for (int i = 0; i < 2; i++)
            if (xj_str_eq(text, xj_str_c(xj_paper__spans[lang][i]))) {
                *span = xj_str_c(xj_paper__span_values[i]);
                return true;
            }
    return false;
}

static void
read_figure(reader *r, came *c, xj_report_figure *f, const line *l)
{
    const xj_str text = text_at(l, XJ_RC_VALUE), measure = text_at(l, XJ_RC_MEASURE);
    xj_str rest = XJ_STR("");

    f->has_value = false;
    if (text.len == 0)
        return;
    c->wrong = true; /* until all of it is right */
    if (!number_of(&f->value, &rest, text) || fabs(f->value) > 1e15) {
        fault(r, l, XJ_RC_VALUE, "number", XJ_STR(""));
        return;
    }
    if (rest.len > 0 && !same_measure(rest, f->measure)) {
        fault(r, l, XJ_RC_VALUE, "measure", f->measure);
        return;
    }
    if (measure.len > 0 && !same_measure(measure, f->measure)) {
        fault(r, l, XJ_RC_MEASURE, "measure", f->measure);
        return;
    }
    if (!span_of(&f->span, text_at(l, XJ_RC_SPAN))) {
        fault(r, l, XJ_RC_SPAN, "span", XJ_STR(""));
        return;
    }
    f->has_value = true;
    c->wrong = false;
}

static xj_report_figure *
find_figure(came *c, uint32_t mark)
{
    for (size_t i = 0; i < c->text.nfigures; i++)
        if (xj_mark_figure(c->text.figures[i].indicator, c->text.figures[i].measure) == mark)
            return &c->text.figures[i];
    return NULL;
}

/* ---- rows ---- */

/* What the return says of ROW now, to be written over by what came. */
static void
begin_row(reader *r, came *c, const xj_report_row *row, const line *l, int64_t seen)
{
    const size_t n = row->text.nfigures;

    c->any = true;
    c->first = l->place;
    c->seen = seen;
    c->text = row->text;
    c->text.figures = XJ_NEW_ARRAY(r->result, xj_report_figure, n);
    if (n > 0)
        memcpy(c->text.figures, row->text.figures, n * sizeof *c->text.figures);
}

static size_t
find_row(const reader *r, int64_t duty)
{
    for (size_t i = 0; i < r->report->nrows; i++)
        if (r->report->rows[i].duty == duty)
            return i;
    return XJ_NPOS;
}

static void
read_marked(reader *r, const xj_mark *mark, const line *l)
{
    const size_t i = find_row(r, mark->duty);
    xj_report_figure *f;
    bool before;
    came *c;

    if (i == XJ_NPOS) {
        fault(r, l, XJ_RC_TASK, "no_row", XJ_STR(""));
        return;
    }
    c = &r->came[i];
    if (!c->any)
        begin_row(r, c, &r->report->rows[i], l, mark->version);
    if (mark->words && c->words) {
        fault(r, l, XJ_RC_TASK, "twice", XJ_STR(""));
        c->wrong = true;
        return;
    }
    before = c->wrong;
    if (mark->words)
        read_task(r, c, &r->report->rows[i], l);
    before |= c->wrong;
    if (mark->figure == 0)
        return;
    f = find_figure(c, mark->figure);
    if (f != NULL)
        read_figure(r, c, f, l);
    else if (text_at(l, XJ_RC_VALUE).len > 0)
        fault(r, l, XJ_RC_VALUE, "no_target", XJ_STR(""));
    c->wrong |= before;
}

/* A line without a mark that says something was added by hand, or its mark was taken away. */
static void
read_unmarked(reader *r, const line *l)
{
    static const xj_return_column said[] = {XJ_RC_TEXT, XJ_RC_PERCENT, XJ_RC_VALUE,
                                            XJ_RC_DIFFICULTIES, XJ_RC_NEXT};

    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (text_at(l, said[i]).len > 0) {
            fault(r, l, said[i], "no_mark", XJ_STR(""));
            return;
        }
}

static void
read_line(reader *r, const line *l)
{
    xj_mark_state state = XJ_MARK_NONE;
    xj_mark mark;

    for (size_t i = 0; i < l->ncells && state == XJ_MARK_NONE; i++)
        state = xj_mark_row_read(&mark, cell_text(l->doc, &l->cells[i]));
    if (state == XJ_MARK_NONE) {
        read_unmarked(r, l);
        return;
    }
    if (state == XJ_MARK_DAMAGED) {
        fault(r, l, XJ_RC_TASK, "damaged_mark", XJ_STR(""));
        return;
    }
    r->marks++;
    if (mark.obligation == r->report->obligation.id && mark.unit == r->as)
        read_marked(r, &mark, l);
    else if (r->err == NULL)
        r->err = xj_error_at(
            xj_error_new(XJ_E_OTHER_RETURN, "the workbook is of another return, or another unit's"),
            "sheet %d, row %d", l->place.sheet, l->place.row);
}

/* ---- tables ---- */

static bool
is_heading(xj_str text, xj_return_column col)
{
    const xj_book_column *column = &xj_paper__return_columns[col];

    return xj_str_eq(text, xj_str_c(column->zh)) || xj_str_eq(text, xj_str_c(column->en));
}

/* Whether the N CELLS of a row are our headings: then COLUMNS says where each stands. */
static bool
read_headings(int columns[XJ_RC_COUNT], const xj_doc *doc, const xj_cell *cells, size_t n)
{
    size_t known = 0;

    for (size_t col = 0; col < XJ_RC_COUNT; col++) {
        columns[col] = -1;
        for (size_t i = 0; i < n && columns[col] < 0; i++)
            if (is_heading(cell_text(doc, &cells[i]), (xj_return_column)col))
                columns[col] = cells[i].col;
        known += columns[col] >= 0;
    }
    return known >= 3 && columns[XJ_RC_TEXT] >= 0;
}

/* The cells of the row that begins at FROM end before the returned index. */
static size_t
row_end(const xj_block *table, size_t from)
{
    size_t to = from;

    while (to < table->ncells && table->cells[to].row == table->cells[from].row)
        to++;
    return to;
}

static bool
read_table(reader *r, const xj_doc *doc, const xj_block *table)
{
    int columns[XJ_RC_COUNT];
    bool headed = false;

    for (size_t from = 0, to; from < table->ncells; from = to) {
        int found[XJ_RC_COUNT];

        to = row_end(table, from);
        if (read_headings(found, doc, table->cells + from, to - from)) {
            memcpy(columns, found, sizeof columns);
            headed = true;
        } else if (headed) {
            read_line(r, &(line){.doc = doc,
                                 .cells = table->cells + from,
                                 .ncells = to - from,
                                 .columns = columns,
                                 .place = table->cells[from].place});
        }
    }
    return headed;
}

void
xj_return_sheet_whose(xj_mark *mark, const xj_doc *doc)
{
    *mark = (xj_mark){0};
    for (size_t b = 0; b < doc->nblocks; b++)
        for (size_t i = 0; doc->blocks[b].kind == XJ_BLOCK_TABLE && i < doc->blocks[b].ncells; i++)
            if (xj_mark_row_read(mark, cell_text(doc, &doc->blocks[b].cells[i])) == XJ_MARK_GOOD)
                return;
}

/* ---- what it comes to ---- */

static bool
same_figures(const xj_report_text *a, const xj_report_text *b)
{
    for (size_t i = 0; i < a->nfigures; i++) {
        const xj_report_figure *f = &a->figures[i], *g = &b->figures[i];

        if (f->has_value != g->has_value ||
            (f->has_value && (f->value != g->value || !xj_str_eq(f->span, g->span))))
            return false;
    }
    return true;
}

/* Text as it came and as it is held differ where a program wrote other white space. */
static bool
same_words(xj_str a, xj_str b)
{
    return xj_str_eq(xj_str_trim(a), xj_str_trim(b));
}

static bool
same_text(const xj_report_text *a, const xj_report_text *b)
{
    return same_words(a->text, b->text) && same_words(a->difficulties, b->difficulties) &&
           same_words(a->next_step, b->next_step) && a->percent == b->percent &&
           a->same == b->same && same_figures(a, b);
}

static xj_filled_verdict
judge(reader *r, const came *c, const xj_report_row *row)
{
    if (c->wrong)
        return XJ_FILLED_WRONG;
    if (same_text(&c->text, &row->text))
        return XJ_FILLED_SAME;
    if (xj_str_eq(row->state, XJ_STR("accepted"))) {
        const int columns[XJ_RC_COUNT] = {0};

        fault(r, &(line){.columns = columns, .place = c->words ? c->place : c->first}, XJ_RC_TASK,
              "accepted", XJ_STR(""));
        return XJ_FILLED_WRONG;
    }
    return c->seen == row->version ? XJ_FILLED_CHANGE : XJ_FILLED_STALE;
}

/* Only figures with a value are part of a draft. */
static void
keep_given(xj_report_text *text)
{
    size_t n = 0;

    for (size_t i = 0; i < text->nfigures; i++)
        if (text->figures[i].has_value)
            text->figures[n++] = text->figures[i];
    text->nfigures = n;
}

static void
finish(xj_filled *filled, reader *r)
{
    XJ_VEC(xj_filled_row) rows = {0};

    for (size_t i = 0; i < r->report->nrows; i++) {
        const xj_report_row *row = &r->report->rows[i];
        came *c = &r->came[i];
        xj_filled_row one;

        if (!c->any)
            continue;
        one = (xj_filled_row){.row = row,
                              .seen = c->seen,
                              .verdict = judge(r, c, row),
                              .sheet = c->place.sheet,
                              .at = c->place.row};
        keep_given(&c->text);
        one.text = c->text;
        xj_vec_push(&rows, r->result, one);
    }
    *filled = (xj_filled){.rows = rows.items,
                          .nrows = rows.len,
                          .faults = r->faults.items,
                          .nfaults = r->faults.len,
                          .faults_found = r->faults_found};
}

xj_error *
xj_return_sheet_read(xj_filled *filled, const xj_doc *doc, const xj_report *report, int64_t as,
                     xj_pool *result)
{
    reader r = {.report = report,
                .as = as,
                .came = XJ_NEW_ARRAY(result, came, report->nrows),
                .result = result};
    bool headed = false;

    for (size_t i = 0; i < doc->nblocks; i++)
        if (doc->blocks[i].kind == XJ_BLOCK_TABLE)
            headed |= read_table(&r, doc, &doc->blocks[i]);
    if (r.err != NULL)
        return r.err;
    if (!headed)
        return xj_error_new(XJ_E_NOT_OUR_SHEET, "the file has no table with the headings of a "
                                                "return's workbook");
    if (r.marks == 0)
        return xj_error_new(XJ_E_NOT_OUR_SHEET, "the table's rows have no marks: it was not made "
                                                "here, or the hidden column was taken out");
    finish(filled, &r);
    return NULL;
}
