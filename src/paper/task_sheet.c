#include "paper/task_sheet.h"

#include "base/buf.h"
#include "base/cal.h"
#include "paper/book.h"
#include "json/json.h"

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

static const xj_book_column columns[COL_COUNT] = {
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
    xj_book *book;
};

static const char *
term(const xj_task_sheet *s, xj_str word)
{
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (xj_str_eq(word, xj_str_c(terms[i].word)))
            return xj_book_chinese(s->book) ? terms[i].zh : terms[i].en;
    }
    return "";
}

xj_error *
xj_task_sheet_new(xj_task_sheet **sheet, bool chinese, xj_pool *pool)
{
    *sheet = XJ_NEW(pool, xj_task_sheet);
    return xj_book_new(&(*sheet)->book, "台账", "Tasks", columns, COL_COUNT, chinese, pool);
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
        XJ_TRY(xj_book_text(s->book, COL_LEAD + r, xj_buf_str(&out), scratch));
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
    return xj_book_text(s->book, COL_DATES, xj_buf_str(&out), scratch);
}

static xj_error *
put_due(xj_task_sheet *s, xj_str due, xj_pool *scratch)
{
    xj_date date;

    if (xj_str_eq(due, XJ_STR(XJ_NO_DUE)))
        return xj_book_text(s->book, COL_DUE, XJ_STR(""), scratch);
    if (!xj_date_parse(&date, due) || date.year < 1900)
        return xj_book_text(s->book, COL_DUE, due, scratch);
    return xj_book_date(s->book, COL_DUE, date);
}

xj_error *
xj_task_sheet_add(xj_task_sheet *s, const xj_task_row *row, xj_str text, xj_str document,
                  xj_pool *scratch)
{
    xj_book *b = s->book;

    XJ_TRY(xj_book_row(b));
    XJ_TRY(xj_book_int(b, COL_NUMBER, (int64_t)xj_book_rows(b)));
    XJ_TRY(xj_book_text(b, COL_DOCUMENT, document, scratch));
    XJ_TRY(xj_book_text(b, COL_ACTION, row->action, scratch));
    XJ_TRY(xj_book_text(b, COL_NO, row->no, scratch));
    XJ_TRY(xj_book_text(b, COL_TITLE, row->title, scratch));
    XJ_TRY(xj_book_text(b, COL_TEXT, text, scratch));
    XJ_TRY(put_units(s, row->units, scratch));
    XJ_TRY(xj_book_text(b, COL_KIND, xj_str_c(term(s, row->deadline_kind)), scratch));
    XJ_TRY(put_due(s, row->due, scratch));
    XJ_TRY(put_dates(s, row->deadline_dates, scratch));
    XJ_TRY(xj_book_text(b, COL_RAW, row->deadline_raw, scratch));
    XJ_TRY(xj_book_text(b, COL_STRENGTH, xj_str_c(term(s, row->strength)), scratch));
    return xj_book_int(b, COL_WARNINGS, row->warnings);
}

xj_error *
xj_task_sheet_end(xj_str *bytes, xj_task_sheet *s, xj_pool *result)
{
    return xj_book_end(bytes, s->book, result);
}
