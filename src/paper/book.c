#include "paper/book.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_MAX 32767 /* characters that a cell can hold */
#define LINE 15.0      /* points that a line of text is high */

struct xj_book {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *title, *subtitle, *head, *cell, *middle, *date, *field, *number;
    bool chinese, merged, form;
    size_t columns;
    lxw_row_t head_row; /* that of the headings */
    size_t rows;        /* begun below it */
    char *path;         /* of the temporary file */
};

static xj_error *
failed(lxw_error error)
{
    if (error == LXW_NO_ERROR)
        return NULL;
    if (errno == ENOSPC)
        return xj_error_new(XJ_E_DISK_FULL, "the disk is full");
    return xj_error_detail(xj_error_new(XJ_E_IO, "the spreadsheet could not be written"), "%s",
                           lxw_strerror(error));
}

/* The one way to be rid of a workbook is to close it, which writes it. */
static void
end_sheet(void *arg)
{
    xj_book *s = arg;

    if (s->book != NULL)
        workbook_close(s->book);
    s->book = NULL;
    unlink(s->path);
}

static xj_error *
make_path(xj_book *s, xj_pool *pool)
{
    const char *folder = getenv("TMPDIR");
    int fd;

    s->path = xj_calloc(pool, (folder == NULL ? 4 : strlen(folder)) + 32);
    snprintf(s->path, (folder == NULL ? 4 : strlen(folder)) + 32, "%s/xingjian-XXXXXX",
             folder == NULL ? "/tmp" : folder);
    fd = mkstemp(s->path);
    if (fd < 0)
        return xj_error_detail(
            xj_error_new(XJ_E_IO, "a temporary file for the spreadsheet could not be made"),
            "%s: %s", s->path, strerror(errno));
    close(fd);
    return NULL;
}

static lxw_format *
make_format(const xj_book *s, double size, uint8_t across, uint8_t down)
{
    lxw_format *format = workbook_add_format(s->book);

    if (s->chinese)
        format_set_font_name(format, "宋体");
    format_set_font_size(format, size);
    format_set_text_wrap(format);
    format_set_align(format, across);
    format_set_align(format, down);
    return format;
}

static void
set_formats(xj_book *s)
{
    const uint8_t down = s->merged ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP;

    s->title = make_format(s, 18, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bold(s->title);
    s->subtitle = make_format(s, 11, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER);
    s->head = make_format(s, 11, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bold(s->head);
    format_set_bg_color(s->head, 0xE8EEEC);
    format_set_border(s->head, LXW_BORDER_THIN);
    s->cell = make_format(s, 11, LXW_ALIGN_LEFT, down);
    format_set_border(s->cell, LXW_BORDER_THIN);
    s->middle = make_format(s, 11, LXW_ALIGN_CENTER, down);
    format_set_border(s->middle, LXW_BORDER_THIN);
    s->date = make_format(s, 11, LXW_ALIGN_LEFT, down);
    format_set_num_format(s->date, "yyyy-mm-dd");
    format_set_border(s->date, LXW_BORDER_THIN);
    if (!s->form)
        return;
    format_set_bg_color(s->cell, 0xF1F3F2);
    s->number = make_format(s, 11, LXW_ALIGN_RIGHT, down);
    format_set_border(s->number, LXW_BORDER_THIN);
    format_set_unlocked(s->number);
    /* a text field stays one while people write into it: "=1+1" becomes no formula */
    s->field = make_format(s, 11, LXW_ALIGN_LEFT, down);
    format_set_num_format(s->field, "@");
    format_set_border(s->field, LXW_BORDER_THIN);
    format_set_unlocked(s->field);
}

/* TEXT with "…" where a cell cannot hold it, ended by NUL. */
static const char *
cell_text(xj_str text, xj_pool *scratch)
{
    size_t pos = 0, n = 0;

    while (pos < text.len && n < CELL_MAX - 1) {
        /* characters beyond the basic plane count twice */
        n += xj_utf8_next(text, &pos) > 0xFFFF ? 2 : 1;
    }
    if (pos < text.len)
        text = xj_str_printf(scratch, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)));
    return text.len == 0 ? "" : xj_str_cdup(text, scratch);
}

/* A line over all columns. */
static xj_error *
head_line(xj_book *s, xj_str text, double height, lxw_format *format, xj_pool *scratch)
{
    const lxw_row_t row = s->head_row++;
    const lxw_col_t last = (lxw_col_t)(s->columns - 1);
    const char *line = cell_text(text, scratch);

    XJ_TRY(failed(worksheet_set_row(s->sheet, row, height, NULL)));
    if (last == 0)
        return failed(worksheet_write_string(s->sheet, row, 0, line, format));
    return failed(worksheet_merge_range(s->sheet, row, 0, row, last, line, format));
}

/* A4 across, all columns on one page's width, the page's number below, the headings on every page.
 */
static void
set_page(const xj_book *s, int64_t repeat, size_t frozen)
{
    const lxw_row_t head = s->head_row;

    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, 9);
    worksheet_fit_to_pages(s->sheet, 1, 0);
    worksheet_set_margins(s->sheet, 0.4, 0.4, 0.5, 0.6);
    worksheet_center_horizontally(s->sheet);
    if (repeat > 0)
        worksheet_repeat_rows(s->sheet, repeat > head ? 0 : head + 1 - (lxw_row_t)repeat, head);
    worksheet_set_footer(s->sheet, s->chinese ? "&C第 &P 页，共 &N 页" : "&CPage &P of &N");
    worksheet_freeze_panes(s->sheet, head + 1, (lxw_col_t)frozen);
}

/* The sheet's row of our ROW. */
static lxw_row_t
at(const xj_book *s, size_t row)
{
    return s->head_row + (lxw_row_t)row;
}

/* A sheet as LAYOUT says, with its headings. */
static xj_error *
begin_sheet(xj_book *s, const xj_book_layout *layout, xj_pool *pool)
{
    s->columns = layout->columns;
    s->head_row = 0;
    s->rows = 0;
    s->sheet = workbook_add_worksheet(s->book, layout->sheet);
    if (s->sheet == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    for (size_t i = 0; i < s->columns; i++)
        worksheet_set_column(s->sheet, (lxw_col_t)i, (lxw_col_t)i, layout->widths[i], NULL);
    if (layout->title.len > 0)
        XJ_TRY(head_line(s, layout->title, 36, s->title, pool));
    if (layout->subtitle.len > 0)
        XJ_TRY(head_line(s, layout->subtitle, 20, s->subtitle, pool));
    set_page(s, layout->repeat, layout->frozen);
    if (s->form)
        XJ_TRY(failed(worksheet_set_row(s->sheet, s->head_row, 2 * LINE + 4, NULL)));
    for (size_t i = 0; i < s->columns; i++)
        XJ_TRY(failed(worksheet_write_string(s->sheet, s->head_row, (lxw_col_t)i,
                                             cell_text(layout->heads[i], pool), s->head)));
    return NULL;
}

xj_error *
xj_book_open(xj_book **book, const xj_book_layout *layout, xj_pool *pool)
{
    xj_book *s = XJ_NEW(pool, xj_book);
    lxw_workbook_options options = {.constant_memory =
                                        layout->merged || layout->form ? LXW_FALSE : LXW_TRUE};

    s->chinese = layout->chinese;
    s->merged = layout->merged;
    s->form = layout->form;
    XJ_TRY(make_path(s, pool));
    xj_pool_on_end(pool, end_sheet, s);
    s->book = workbook_new_opt(s->path, &options);
    if (s->book == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    set_formats(s);
    XJ_TRY(begin_sheet(s, layout, pool));
    *book = s;
    return NULL;
}

static void
end_table(const xj_book *s)
{
    if (s->form)
        worksheet_protect(s->sheet, NULL, &(lxw_protection){.format_columns = 1, .format_rows = 1});
    else if (!s->merged)
        worksheet_autofilter(s->sheet, s->head_row, 0, at(s, s->rows), (lxw_col_t)(s->columns - 1));
}

xj_error *
xj_book_next(xj_book *book, const xj_book_layout *layout, xj_pool *scratch)
{
    XJ_ASSERT(layout->merged == book->merged && layout->form == book->form);
    end_table(book);
    return begin_sheet(book, layout, scratch);
}

xj_error *
xj_book_new(xj_book **book, const char *zh, const char *en, const xj_book_column *columns, size_t n,
            bool chinese, xj_pool *pool)
{
    xj_str *heads = XJ_NEW_ARRAY(pool, xj_str, n);
    double *widths = XJ_NEW_ARRAY(pool, double, n);

    for (size_t i = 0; i < n; i++) {
        heads[i] = xj_str_c(chinese ? columns[i].zh : columns[i].en);
        widths[i] = columns[i].width;
    }
    return xj_book_open(book,
                        &(xj_book_layout){.sheet = chinese ? zh : en,
                                          .heads = heads,
                                          .widths = widths,
                                          .columns = n,
                                          .repeat = 1,
                                          .chinese = chinese},
                        pool);
}

bool
xj_book_chinese(const xj_book *book)
{
    return book->chinese;
}

size_t
xj_book_rows(const xj_book *book)
{
    return book->rows;
}

xj_error *
xj_book_row(xj_book *s)
{
    if (s->rows == XJ_BOOK_ROWS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a spreadsheet has at most %zu rows", XJ_BOOK_ROWS_MAX);
    s->rows++;
    return NULL;
}

xj_error *
xj_book_text(xj_book *s, int col, xj_str text, xj_pool *scratch)
{
    return failed(worksheet_write_string(s->sheet, at(s, s->rows), (lxw_col_t)col,
                                         cell_text(text, scratch), s->cell));
}

xj_error *
xj_book_int(xj_book *s, int col, int64_t n)
{
    return failed(
        worksheet_write_number(s->sheet, at(s, s->rows), (lxw_col_t)col, (double)n, s->cell));
}

xj_error *
xj_book_date(xj_book *s, int col, xj_date date)
{
    lxw_datetime when = {.year = date.year, .month = date.month, .day = date.day};

    return failed(
        worksheet_write_datetime(s->sheet, at(s, s->rows), (lxw_col_t)col, &when, s->date));
}

xj_error *
xj_book_cell(xj_book *s, size_t from, size_t to, int col, xj_str text, bool centred,
             xj_pool *scratch)
{
    lxw_format *format = centred ? s->middle : s->cell;
    const char *cell = cell_text(text, scratch);
    const lxw_col_t c = (lxw_col_t)col;

    XJ_ASSERT(s->merged && from >= 1 && from <= to && to <= s->rows);
    if (from == to)
        return failed(worksheet_write_string(s->sheet, at(s, from), c, cell, format));
    return failed(worksheet_merge_range(s->sheet, at(s, from), c, at(s, to), c, cell, format));
}

/* A Chinese character is twice as wide as a digit, which is the measure of columns, and a bit more.
 */
static double
char_width(uint32_t cp)
{
    return cp < 0x2000 ? 1.15 : 2.15;
}

double
xj_book_height_of(xj_str text, double width)
{
    const double room = width > 4 ? width - 1 : 3;
    size_t lines = 1, pos = 0;
    double used = 0;

    while (pos < text.len) {
        const uint32_t cp = xj_utf8_next(text, &pos);

        if (cp == '\n' || used + char_width(cp) > room) {
            lines++;
            used = 0;
        }
        if (cp != '\n')
            used += char_width(cp);
    }
    return (double)lines * LINE + 3;
}

xj_error *
xj_book_height(xj_book *s, size_t row, double points)
{
    return failed(worksheet_set_row(
        s->sheet, at(s, row), points > XJ_BOOK_HEIGHT_MAX ? XJ_BOOK_HEIGHT_MAX : points, NULL));
}

/* ---- a form ---- */

xj_error *
xj_book_field(xj_book *s, int col, xj_str text, xj_pool *scratch)
{
    return failed(worksheet_write_string(s->sheet, at(s, s->rows), (lxw_col_t)col,
                                         cell_text(text, scratch), s->field));
}

xj_error *
xj_book_field_real(xj_book *s, int col, bool has, double value)
{
    if (!has)
        return failed(worksheet_write_blank(s->sheet, at(s, s->rows), (lxw_col_t)col, s->number));
    return failed(
        worksheet_write_number(s->sheet, at(s, s->rows), (lxw_col_t)col, value, s->number));
}

xj_error *
xj_book_real(xj_book *s, int col, double value)
{
    return failed(worksheet_write_number(s->sheet, at(s, s->rows), (lxw_col_t)col, value, s->cell));
}

/* RULE holds for all rows of column COL. */
static xj_error *
validate(const xj_book *s, int col, lxw_data_validation *rule, const char *says)
{
    rule->error_message = (char *)(uintptr_t)says;
    rule->ignore_blank = LXW_VALIDATION_ON;
    return failed(worksheet_data_validation_range(s->sheet, at(s, 1), (lxw_col_t)col,
                                                  at(s, s->rows), (lxw_col_t)col, rule));
}

xj_error *
xj_book_range(xj_book *s, int col, bool whole, double low, double high, const char *says)
{
    lxw_data_validation rule = {.validate = whole ? LXW_VALIDATION_TYPE_INTEGER
                                                  : LXW_VALIDATION_TYPE_DECIMAL,
                                .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                                .minimum_number = low,
                                .maximum_number = high};

    return s->rows == 0 ? NULL : validate(s, col, &rule, says);
}

xj_error *
xj_book_pick(xj_book *s, int col, const char *const *words, const char *says)
{
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST,
                                .value_list = (char **)(uintptr_t)words};

    return s->rows == 0 ? NULL : validate(s, col, &rule, says);
}

xj_error *
xj_book_hide(xj_book *s, int col)
{
    lxw_row_col_options hidden = {.hidden = 1};

    return failed(
        worksheet_set_column_opt(s->sheet, (lxw_col_t)col, (lxw_col_t)col, 20, NULL, &hidden));
}

static xj_error *
read_whole(xj_str *bytes, const char *path, xj_pool *result)
{
    FILE *file = fopen(path, "rb");
    struct stat st;
    char *data;
    bool good;

    if (file == NULL || fstat(fileno(file), &st) != 0) {
        if (file != NULL)
            fclose(file);
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be read back");
    }
    if ((size_t)st.st_size > XJ_BOOK_BYTES_MAX) {
        fclose(file);
        return xj_error_new(XJ_E_TOO_LARGE, "the spreadsheet is larger than %zu bytes",
                            XJ_BOOK_BYTES_MAX);
    }
    data = xj_alloc(result, (size_t)st.st_size + 1);
    good = fread(data, 1, (size_t)st.st_size, file) == (size_t)st.st_size;
    fclose(file);
    *bytes = xj_str_of(data, (size_t)st.st_size);
    return good ? NULL : xj_error_new(XJ_E_IO, "the spreadsheet could not be read back");
}

xj_error *
xj_book_end(xj_str *bytes, xj_book *s, xj_pool *result)
{
    lxw_workbook *book = s->book;

    end_table(s);
    s->book = NULL;
    errno = 0;
    XJ_TRY(failed(workbook_close(book)));
    return read_whole(bytes, s->path, result);
}
