/*
 * Whatever comes back in a return's workbook gives rows of the return in its order, each once, with
 * texts and numbers that a return may hold, and the same again.  The input: lines of cells between
 * tabs below the headings; what check digits would keep from chance is made here: a cell '#x' is a
 * row's mark by the bits of x, '$x' the heading of column x.
 */
#include "fuzz/fuzz.h"

#include "base/buf.h"
#include "base/vec.h"
#include "paper/return_columns.h"
#include "paper/return_sheet.h"

#include <math.h>

#define INPUT_MAX ((size_t)16 << 10)
#define TEXT_MAX ((size_t)16 << 20)
#define ROWS 3
#define OBLIGATION 7
#define UNIT 9

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xj_mem_start();
    return 0;
}

/* ---- the return ---- */

static xj_report *
make_report(xj_pool *pool)
{
    static const char *const measures[] = {"%", "人次"};
    xj_report *report = XJ_NEW(pool, xj_report);

    report->obligation.id = OBLIGATION;
    report->nrows = ROWS;
    report->rows = XJ_NEW_ARRAY(pool, xj_report_row, ROWS);
    for (int i = 0; i < ROWS; i++) {
        xj_report_row *row = &report->rows[i];

        *row = (xj_report_row){.duty = 11 + i,
                               .version = i,
                               .no = XJ_STR("1"),
                               .title = XJ_STR("一件事"),
                               .words = XJ_STR("做好一件事。"),
                               .state = i == 2 ? XJ_STR("accepted") : XJ_STR("open")};
        row->text.percent = -1;
        if (i > 0) {
            row->last_due = XJ_STR("2026-06-30");
            row->last_text = XJ_STR("办了。");
            row->last_percent = 40;
        }
        row->text.nfigures = 2;
        row->text.figures = XJ_NEW_ARRAY(pool, xj_report_figure, 2);
        for (int k = 0; k < 2; k++)
            row->text.figures[k] = (xj_report_figure){.indicator = XJ_STR("参加的人"),
                                                      .measure = xj_str_c(measures[k])};
    }
    return report;
}

/* ---- the workbook ---- */

static xj_str
made_mark(unsigned bits, const xj_report *report, xj_pool *pool)
{
    const unsigned row = bits & 3;
    xj_mark mark = {.obligation = OBLIGATION, .unit = UNIT, .duty = 11 + row};

    mark.version = bits >> 2 & 1;
    mark.words = (bits >> 3 & 1) != 0;
    if ((bits >> 4 & 1) != 0) {
        const xj_report_figure *f = &report->rows[row % ROWS].text.figures[bits >> 5 & 1];

        mark.figure = xj_mark_figure(f->indicator, f->measure);
    }
    mark.unit += bits == 0x7f;
    return xj_mark_row(&mark, pool);
}

/* What a cell that says IN holds. */
static xj_str
made_cell(xj_str in, const xj_report *report, xj_pool *pool)
{
    const unsigned second = in.len == 2 ? (unsigned char)in.data[1] : 0;

    if (in.len == 2 && in.data[0] == '#')
        return made_mark(second, report, pool);
    if (in.len == 2 && in.data[0] == '$')
        return xj_str_c(xj_paper__return_columns[second % XJ_RC_COUNT].zh);
    return in;
}

typedef struct making {
    xj_buf text;
    XJ_VEC(xj_cell) cells;
    int row;
} making;

static void
add_cell(making *m, int col, xj_str text, xj_pool *pool)
{
    xj_cell cell = {.row = m->row, .col = col, .row_span = 1, .col_span = 1};

    cell.from = m->text.len;
    xj_buf_add(&m->text, text);
    cell.to = m->text.len;
    cell.place = (xj_place){.sheet = 1, .row = m->row + 1, .col = col + 1};
    xj_vec_push(&m->cells, pool, cell);
}

static void
make_doc(xj_doc *doc, xj_block *table, xj_str input, const xj_report *report, xj_pool *pool)
{
    making m = {.row = 0};
    xj_str line, cell;

    xj_buf_init(&m.text, pool, TEXT_MAX);
    for (int col = 0; col < XJ_RC_COUNT; col++)
        add_cell(&m, col, xj_str_c(xj_paper__return_columns[col].zh), pool);
    while (xj_str_split(&line, &input, '\n')) {
        m.row++;
        for (int col = 0; xj_str_split(&cell, &line, '\t'); col++)
            add_cell(&m, col, made_cell(cell, report, pool), pool);
    }
    *table = (xj_block){.kind = XJ_BLOCK_TABLE,
                        .to = m.text.len,
                        .cells = m.cells.items,
                        .ncells = m.cells.len,
                        .nrows = m.row + 1};
    *doc = (xj_doc){.text = xj_buf_str(&m.text), .blocks = table, .nblocks = 1};
}

/* ---- what comes of it ---- */

static void
check_text(const xj_report_text *text)
{
    XJ_ASSERT(text->percent >= -1 && text->percent <= 100);
    for (size_t i = 0; i < text->nfigures; i++) {
        const xj_report_figure *f = &text->figures[i];

        XJ_ASSERT(!f->has_value || (isfinite(f->value) && f->span.len > 0));
    }
}

static void
check_filled(const xj_filled *filled, const xj_report *report)
{
    const xj_report_row *before = NULL;

    XJ_ASSERT(filled->nrows <= report->nrows && filled->nfaults <= filled->faults_found);
    XJ_ASSERT(filled->nfaults <= XJ_SHEET_FAULTS_MAX);
    for (size_t i = 0; i < filled->nrows; i++) {
        const xj_filled_row *row = &filled->rows[i];

        XJ_ASSERT(row->row >= report->rows && row->row < report->rows + report->nrows);
        XJ_ASSERT(before == NULL || before < row->row);
        before = row->row;
        if (row->verdict == XJ_FILLED_WRONG) {
            XJ_ASSERT(filled->faults_found > 0);
            continue;
        }
        check_text(&row->text);
        XJ_ASSERT(row->verdict != XJ_FILLED_CHANGE || row->seen == row->row->version);
        XJ_ASSERT(row->verdict != XJ_FILLED_STALE || row->seen != row->row->version);
    }
    for (size_t i = 0; i < filled->nfaults; i++) {
        const xj_sheet_fault *fault = &filled->faults[i];

        XJ_ASSERT(fault->sheet == 1 && fault->row >= 1);
        XJ_ASSERT(xj_utf8_check(fault->found) == fault->found.len);
    }
}

static bool
read_it(xj_filled *filled, const xj_doc *doc, const xj_report *report, xj_pool *pool)
{
    xj_error *err = xj_return_sheet_read(filled, doc, report, UNIT, pool);

    if (err != NULL) {
        XJ_ASSERT(xj_error_message(err)[0] != '\0');
        xj_error_clear(err);
        return false;
    }
    check_filled(filled, report);
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const xj_str input = xj_str_of((const char *)data, size);
    xj_filled once = {0}, again = {0};
    const xj_report *report;
    xj_block table;
    xj_pool *pool;
    xj_doc doc;
    bool read;

    /* A document's text is UTF-8: its reader saw to it. */
    if (size > INPUT_MAX || xj_utf8_check(input) != input.len)
        return 0;
    pool = xj_pool_root();
    report = make_report(pool);
    make_doc(&doc, &table, input, report, pool);
    read = read_it(&once, &doc, report, pool);
    XJ_ASSERT(read == read_it(&again, &doc, report, pool));
    XJ_ASSERT(once.nrows == again.nrows && once.faults_found == again.faults_found);
    for (size_t i = 0; i < once.nrows; i++)
        XJ_ASSERT(once.rows[i].verdict == again.rows[i].verdict);
    xj_pool_destroy(pool);
    return 0;
}
