#include "paper/book.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_MAX 32767 /* characters that a cell can hold */

struct xj_book {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *cell, *date;
    bool chinese;
    size_t columns;
    lxw_row_t rows;
    char *path; /* of the temporary file */
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

static void
set_formats(xj_book *s)
{
    s->head = workbook_add_format(s->book);
    format_set_bold(s->head);
    format_set_text_wrap(s->head);
    format_set_align(s->head, LXW_ALIGN_CENTER);
    format_set_align(s->head, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(s->head, 0xE8EEEC);
    format_set_border(s->head, LXW_BORDER_THIN);
    s->cell = workbook_add_format(s->book);
    format_set_text_wrap(s->cell);
    format_set_align(s->cell, LXW_ALIGN_VERTICAL_TOP);
    format_set_border(s->cell, LXW_BORDER_THIN);
    s->date = workbook_add_format(s->book);
    format_set_num_format(s->date, "yyyy-mm-dd");
    format_set_align(s->date, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(s->date, LXW_ALIGN_LEFT);
    format_set_border(s->date, LXW_BORDER_THIN);
}

/* A4 across, all columns on one page's width, the headings on every page. */
static void
set_page(const xj_book *s)
{
    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, 9);
    worksheet_fit_to_pages(s->sheet, 1, 0);
    worksheet_set_margins(s->sheet, 0.4, 0.4, 0.5, 0.5);
    worksheet_repeat_rows(s->sheet, 0, 0);
    worksheet_set_footer(s->sheet, s->chinese ? "&C第 &P 页，共 &N 页" : "&CPage &P of &N");
    worksheet_freeze_panes(s->sheet, 1, 0);
}

xj_error *
xj_book_new(xj_book **book, const char *zh, const char *en, const xj_book_column *columns, size_t n,
            bool chinese, xj_pool *pool)
{
    xj_book *s = XJ_NEW(pool, xj_book);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};

    s->chinese = chinese;
    s->columns = n;
    XJ_TRY(make_path(s, pool));
    xj_pool_on_end(pool, end_sheet, s);
    s->book = workbook_new_opt(s->path, &options);
    if (s->book == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    s->sheet = workbook_add_worksheet(s->book, chinese ? zh : en);
    if (s->sheet == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    set_formats(s);
    set_page(s);
    for (size_t i = 0; i < n; i++)
        worksheet_set_column(s->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
    for (size_t i = 0; i < n; i++)
        XJ_TRY(failed(worksheet_write_string(s->sheet, 0, (lxw_col_t)i,
                                             chinese ? columns[i].zh : columns[i].en, s->head)));
    *book = s;
    return NULL;
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
    size_t pos = 0, n = 0;

    while (pos < text.len && n < CELL_MAX - 1) {
        /* characters beyond the basic plane count twice */
        n += xj_utf8_next(text, &pos) > 0xFFFF ? 2 : 1;
    }
    if (pos < text.len)
        text = xj_str_printf(scratch, XJ_FMT "…", XJ_ARG(xj_str_sub(text, 0, pos)));
    return failed(worksheet_write_string(s->sheet, s->rows, (lxw_col_t)col,
                                         text.len == 0 ? "" : xj_str_cdup(text, scratch), s->cell));
}

xj_error *
xj_book_int(xj_book *s, int col, int64_t n)
{
    return failed(worksheet_write_number(s->sheet, s->rows, (lxw_col_t)col, (double)n, s->cell));
}

xj_error *
xj_book_date(xj_book *s, int col, xj_date date)
{
    lxw_datetime when = {.year = date.year, .month = date.month, .day = date.day};

    return failed(worksheet_write_datetime(s->sheet, s->rows, (lxw_col_t)col, &when, s->date));
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

    worksheet_autofilter(s->sheet, 0, 0, s->rows, (lxw_col_t)(s->columns - 1));
    s->book = NULL;
    errno = 0;
    XJ_TRY(failed(workbook_close(book)));
    return read_whole(bytes, s->path, result);
}
