#include "paper/task_sheet.h"

#include "base/buf.h"
#include "base/cal.h"
#include "json/json.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CELL_MAX 32767 /* characters that a cell can hold */

enum {
    COL_NUMBER,
    COL_DOCUMENT,
    COL_ACTION,
    COL_NO,
    COL_TITLE,
    COL_TEXT,
    COL_LEAD,
    COL_RESPONSIBLE,
    COL_COOPERATE,
    COL_KIND,
    COL_DUE,
    COL_DATES,
    COL_RAW,
    COL_STRENGTH,
    COL_WARNINGS,
    COL_COUNT
};

static const struct {
    const char *zh, *en;
    double width; /* characters */
} columns[COL_COUNT] = {
    [COL_NUMBER] = {"序号", "#", 6},
    [COL_DOCUMENT] = {"文件", "Document", 24},
    [COL_ACTION] = {"行动", "Action", 18},
    [COL_NO] = {"编号", "No.", 7},
    [COL_TITLE] = {"任务", "Task", 36},
    [COL_TEXT] = {"内容", "Text", 60},
    [COL_LEAD] = {"牵头单位", "Lead", 18},
    [COL_RESPONSIBLE] = {"责任单位", "Responsible", 28},
    [COL_COOPERATE] = {"配合单位", "Cooperating", 20},
    [COL_KIND] = {"期限", "Deadline", 10},
    [COL_DUE] = {"完成时间", "Due", 12},
    [COL_DATES] = {"每年日期", "Every year", 12},
    [COL_RAW] = {"期限原文", "As printed", 18},
    [COL_STRENGTH] = {"要求", "Strength", 8},
    [COL_WARNINGS] = {"提醒", "Warnings", 8},
};

static const struct {
    const char *word, *zh, *en;
} terms[] = {
    {"none", "无期限", "none"},
    {"complete_by", "完成", "complete by"},
    {"start_by", "启动", "start by"},
    {"ongoing", "持续", "ongoing"},
    {"full_year", "全年", "full year"},
    {"recurring", "定期", "recurring"},
    {"must", "必须", "must"},
    {"expected", "预期", "expected"},
    {"encouraged", "鼓励", "encouraged"},
};

struct xj_task_sheet {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *cell, *date;
    bool chinese;
    lxw_row_t rows;
    char *path; /* of the temporary file */
};

static const char *
term(const xj_task_sheet *s, xj_str word)
{
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (xj_str_eq(word, xj_str_c(terms[i].word)))
            return s->chinese ? terms[i].zh : terms[i].en;
    }
    return "";
}

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
    xj_task_sheet *s = arg;

    if (s->book != NULL)
        workbook_close(s->book);
    s->book = NULL;
    unlink(s->path);
}

static xj_error *
make_path(xj_task_sheet *s, xj_pool *pool)
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
set_formats(xj_task_sheet *s)
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
set_page(const xj_task_sheet *s)
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
xj_task_sheet_new(xj_task_sheet **sheet, bool chinese, xj_pool *pool)
{
    xj_task_sheet *s = XJ_NEW(pool, xj_task_sheet);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};

    s->chinese = chinese;
    XJ_TRY(make_path(s, pool));
    xj_pool_on_end(pool, end_sheet, s);
    s->book = workbook_new_opt(s->path, &options);
    if (s->book == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    s->sheet = workbook_add_worksheet(s->book, chinese ? "台账" : "Tasks");
    if (s->sheet == NULL)
        return xj_error_new(XJ_E_IO, "the spreadsheet could not be begun");
    set_formats(s);
    set_page(s);
    for (int i = 0; i < COL_COUNT; i++)
        worksheet_set_column(s->sheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width, NULL);
    for (int i = 0; i < COL_COUNT; i++)
        XJ_TRY(failed(worksheet_write_string(s->sheet, 0, (lxw_col_t)i,
                                             chinese ? columns[i].zh : columns[i].en, s->head)));
    *sheet = s;
    return NULL;
}

/* TEXT as a string whatever it begins with: it is never taken for a formula.  What is longer than a
 * cell holds ends in "…". */
static xj_error *
put(xj_task_sheet *s, int col, xj_str text, xj_pool *scratch)
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

/* JSON of a row. */
static xj_error *
parse(const xj_jval **list, xj_str json, xj_pool *scratch)
{
    xj_error *err = xj_json_parse(list, json, (size_t)4 << 20, scratch);

    return err == NULL ? NULL
                       : xj_error_wrap(XJ_E_CORRUPT, err, "a stored list of a task is damaged");
}

static xj_error *
put_units(xj_task_sheet *s, xj_str units, xj_pool *scratch)
{
    static const char *const roles[] = {"lead", "responsible", "cooperate"};
    const xj_jval *list;

    XJ_TRY(parse(&list, units, scratch));
    for (int r = 0; r < 3; r++) {
        xj_buf out;

        xj_buf_init(&out, scratch, (size_t)4 << 20);
        for (size_t i = 0; i < xj_jval_len(list); i++) {
            const xj_jval *unit = xj_jval_at(list, i);

            if (!xj_str_eq(xj_jval_str(xj_jval_find(unit, "role")), xj_str_c(roles[r])))
                continue;
            if (out.len > 0)
                xj_buf_add(&out, XJ_STR("、"));
            xj_buf_add(&out, xj_jval_str(xj_jval_find(unit, "name")));
        }
        XJ_TRY(put(s, COL_LEAD + r, xj_buf_str(&out), scratch));
    }
    return NULL;
}

static xj_error *
put_dates(xj_task_sheet *s, xj_str dates, xj_pool *scratch)
{
    const xj_jval *list;
    xj_buf out;

    XJ_TRY(parse(&list, dates, scratch));
    xj_buf_init(&out, scratch, (size_t)1 << 20);
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        xj_buf_add(&out, i == 0 ? XJ_STR("") : XJ_STR(" "));
        xj_buf_add(&out, xj_jval_str(xj_jval_at(list, i)));
    }
    return put(s, COL_DATES, xj_buf_str(&out), scratch);
}

static xj_error *
put_due(xj_task_sheet *s, xj_str due, xj_pool *scratch)
{
    lxw_datetime when = {0};
    xj_date date;

    if (xj_str_eq(due, XJ_STR(XJ_NO_DUE)) || !xj_date_parse(&date, due) || date.year < 1900)
        return put(s, COL_DUE, xj_str_eq(due, XJ_STR(XJ_NO_DUE)) ? XJ_STR("") : due, scratch);
    when.year = date.year;
    when.month = date.month;
    when.day = date.day;
    return failed(worksheet_write_datetime(s->sheet, s->rows, COL_DUE, &when, s->date));
}

xj_error *
xj_task_sheet_add(xj_task_sheet *s, const xj_task_row *row, xj_str text, xj_str document,
                  xj_pool *scratch)
{
    if (s->rows == XJ_TASK_SHEET_ROWS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a spreadsheet has at most %zu rows",
                            XJ_TASK_SHEET_ROWS_MAX);
    s->rows++;
    XJ_TRY(failed(worksheet_write_number(s->sheet, s->rows, COL_NUMBER, s->rows, s->cell)));
    XJ_TRY(put(s, COL_DOCUMENT, document, scratch));
    XJ_TRY(put(s, COL_ACTION, row->action, scratch));
    XJ_TRY(put(s, COL_NO, row->no, scratch));
    XJ_TRY(put(s, COL_TITLE, row->title, scratch));
    XJ_TRY(put(s, COL_TEXT, text, scratch));
    XJ_TRY(put_units(s, row->units, scratch));
    XJ_TRY(put(s, COL_KIND, xj_str_c(term(s, row->deadline_kind)), scratch));
    XJ_TRY(put_due(s, row->due, scratch));
    XJ_TRY(put_dates(s, row->deadline_dates, scratch));
    XJ_TRY(put(s, COL_RAW, row->deadline_raw, scratch));
    XJ_TRY(put(s, COL_STRENGTH, xj_str_c(term(s, row->strength)), scratch));
    return failed(
        worksheet_write_number(s->sheet, s->rows, COL_WARNINGS, (double)row->warnings, s->cell));
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
    if ((size_t)st.st_size > XJ_TASK_SHEET_BYTES_MAX) {
        fclose(file);
        return xj_error_new(XJ_E_TOO_LARGE, "the spreadsheet is larger than %zu bytes",
                            XJ_TASK_SHEET_BYTES_MAX);
    }
    data = xj_alloc(result, (size_t)st.st_size + 1);
    good = fread(data, 1, (size_t)st.st_size, file) == (size_t)st.st_size;
    fclose(file);
    *bytes = xj_str_of(data, (size_t)st.st_size);
    return good ? NULL : xj_error_new(XJ_E_IO, "the spreadsheet could not be read back");
}

xj_error *
xj_task_sheet_end(xj_str *bytes, xj_task_sheet *s, xj_pool *result)
{
    lxw_workbook *book = s->book;

    worksheet_autofilter(s->sheet, 0, 0, s->rows, COL_COUNT - 1);
    s->book = NULL;
    errno = 0;
    XJ_TRY(failed(workbook_close(book)));
    return read_whole(bytes, s->path, result);
}
