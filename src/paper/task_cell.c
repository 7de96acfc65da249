#include "paper/task_cell.h"

#include "base/buf.h"
#include "json/json.h"

#define LIST_MAX ((size_t)4 << 20) /* bytes of a stored list, as plan/ writes them */

static const struct {
    const char *word, *zh, *en;
} terms[] = {
    {"none", "无期限", "none"},
    {"complete_by", "完成", "complete by"},
    {"start_by", "启动", "start by"},
    {"ongoing", "持续推进", "ongoing"},
    {"full_year", "全年", "full year"},
    {"recurring", "定期", "recurring"},
    {"must", "必须", "must"},
    {"expected", "预期", "expected"},
    {"encouraged", "鼓励", "encouraged"},
    {"lead", "牵头", "lead"},
    {"responsible", "责任", "responsible"},
    {"cooperate", "配合", "cooperating"},
    {"increase_by", "提高", "up by "},
    {"decrease_by", "降低", "down by "},
    {">=", "≥", "≥"},
    {"<=", "≤", "≤"},
    {">", "＞", "＞"},
    {"<", "＜", "＜"},
    {"trend", "", ""},
    {"done", "完成", "done"},
};

static const char *
term(xj_str word, bool chinese)
{
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (xj_str_eq(word, xj_str_c(terms[i].word)))
            return chinese ? terms[i].zh : terms[i].en;
    }
    return "";
}

static xj_error *
parse(const xj_jval **list, xj_str json, xj_pool *scratch)
{
    xj_error *err = xj_json_parse(list, json, LIST_MAX, scratch);

    return err == NULL ? NULL
                       : xj_error_wrap(XJ_E_CORRUPT, err, "a stored list of a task is damaged");
}

/* The names of units of ROLE (data NULL: of every role, marked). */
static xj_error *
units(xj_buf *out, const xj_paper_task *task, xj_str role, bool chinese, xj_pool *scratch)
{
    const xj_jval *list;
    bool first = true;

    XJ_TRY(parse(&list, task->row->units, scratch));
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        const xj_jval *unit = xj_jval_at(list, i);
        const xj_str has = xj_jval_str(xj_jval_find(unit, "role"));

        if (role.data != NULL && !xj_str_eq(has, role))
            continue;
        if (!first)
            xj_buf_add(out, XJ_STR("、"));
        xj_buf_add(out, xj_jval_str(xj_jval_find(unit, "name")));
        if (role.data == NULL && !xj_str_eq(has, XJ_STR("responsible")))
            xj_buf_printf(out, chinese ? "（%s）" : " (%s)", term(has, chinese));
        first = false;
    }
    if (task->row->open_ended && !first && xj_str_eq(role, XJ_STR("responsible")))
        xj_buf_add(out, chinese ? XJ_STR("等") : XJ_STR(" and others"));
    return NULL;
}

/* One unit's name or role; XJ_NPOS: all, a line each. */
static xj_error *
unit_part(xj_buf *out, xj_column column, const xj_paper_task *task, size_t part, bool chinese,
          xj_pool *scratch)
{
    const xj_jval *list;
    const bool all = part == XJ_NPOS;

    XJ_TRY(parse(&list, task->row->units, scratch));
    for (size_t i = all ? 0 : part; i < xj_jval_len(list) && (all || i == part); i++) {
        const xj_jval *unit = xj_jval_at(list, i);

        if (out->len > 0)
            xj_buf_add(out, XJ_STR("\n"));
        if (column == XJ_COL_UNIT)
            xj_buf_add(out, xj_jval_str(xj_jval_find(unit, "name")));
        else
            xj_buf_add(out, xj_str_c(term(xj_jval_str(xj_jval_find(unit, "role")), chinese)));
    }
    return NULL;
}

static void
target_value(xj_buf *out, const xj_task_target *t, bool chinese)
{
    if (!t->has_value) {
        xj_buf_add(out, t->raw);
        return;
    }
    xj_buf_add(out, xj_str_c(term(t->op, chinese)));
    xj_buf_printf(out, "%.15g", t->value);
    if (t->has_max)
        xj_buf_printf(out, "～%.15g", t->max);
    xj_buf_add(out, t->unit);
    if (t->year != 0)
        xj_buf_printf(out, chinese ? "（%lld年）" : " (%lld)", (long long)t->year);
}

static void
target_part(xj_buf *out, xj_column column, const xj_paper_task *task, size_t part, bool chinese)
{
    const bool all = part == XJ_NPOS;

    for (size_t i = all ? 0 : part; i < task->ntargets && (all || i == part); i++) {
        const xj_task_target *t = &task->targets[i];

        if (out->len > 0)
            xj_buf_add(out, XJ_STR("\n"));
        if (column != XJ_COL_TARGET)
            xj_buf_add(out, t->indicator);
        if (column == XJ_COL_TARGETS && t->has_value)
            xj_buf_add(out, XJ_STR(" "));
        if (column != XJ_COL_INDICATOR && (column == XJ_COL_TARGET || t->has_value))
            target_value(out, t, chinese);
    }
}

/* Days of each year: "06-15 12-15", or as a person writes them. */
static xj_error *
dates(xj_buf *out, const xj_paper_task *task, bool written, xj_pool *scratch)
{
    const xj_jval *list;

    XJ_TRY(parse(&list, task->row->deadline_dates, scratch));
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        const xj_str day = xj_jval_str(xj_jval_at(list, i));
        int64_t month = 0, of_month = 0;

        if (written && day.len == 5 && xj_str_int(&month, xj_str_sub(day, 0, 2)) &&
            xj_str_int(&of_month, xj_str_sub(day, 3, 5)))
            xj_buf_printf(out, "%s%lld月%lld日", i == 0 ? "每年" : "、", (long long)month,
                          (long long)of_month);
        else
            xj_buf_printf(out, "%s" XJ_FMT, i == 0 ? "" : " ", XJ_ARG(day));
    }
    return NULL;
}

/* A deadline as an office writes it: its day, its days of each year, or what kind it is. */
static xj_error *
deadline(xj_buf *out, const xj_paper_task *task, bool chinese, xj_pool *scratch)
{
    const xj_task_row *row = task->row;
    xj_date day;

    if (!xj_str_eq(row->due, XJ_STR(XJ_NO_DUE)) && xj_date_parse(&day, row->due)) {
        const bool starts = xj_str_eq(row->deadline_kind, XJ_STR("start_by"));

        if (chinese)
            xj_buf_printf(out, "%d年%d月%d日前%s", day.year, day.month, day.day,
                          starts ? "启动" : "");
        else
            xj_buf_printf(out, "%s" XJ_FMT, starts ? "start by " : "", XJ_ARG(row->due));
        return NULL;
    }
    XJ_TRY(dates(out, task, chinese, scratch));
    if (out->len == 0)
        xj_buf_add(out, xj_str_c(term(row->deadline_kind, chinese)));
    return NULL;
}

size_t
xj_paper_parts(const xj_paper_task *task, xj_column_level level)
{
    size_t n = 0;

    if (level == XJ_LEVEL_TARGET)
        return task->ntargets;
    if (level == XJ_LEVEL_UNIT) {
        for (size_t at = 0; (at = xj_str_find(task->row->units, XJ_STR("{\"id\":"), at)) != XJ_NPOS;
             at++)
            n++;
    }
    return n;
}

static void
tags(xj_buf *out, const xj_task_row *row)
{
    for (size_t i = 0; i < row->ntags; i++) {
        if (i > 0)
            xj_buf_add(out, XJ_STR("、"));
        xj_buf_add(out, row->tags[i]);
    }
}

xj_error *
xj_paper_cell(xj_str *text, xj_column column, const xj_paper_task *task, size_t part, size_t number,
              bool chinese, xj_pool *result)
{
    static const char *const roles[] = {"lead", "responsible", "cooperate"};
    const xj_task_row *row = task->row;
    xj_buf out;

    xj_buf_init(&out, result, LIST_MAX);
    switch (column) {
    case XJ_COL_NUMBER:
        xj_buf_printf(&out, "%zu", number);
        break;
    case XJ_COL_DOCUMENT:
        xj_buf_add(&out, task->document);
        break;
    case XJ_COL_ACTION:
        xj_buf_add(&out, row->action);
        break;
    case XJ_COL_NO:
        xj_buf_add(&out, row->no);
        break;
    case XJ_COL_TITLE:
        xj_buf_add(&out, row->title);
        break;
    case XJ_COL_TEXT:
        xj_buf_add(&out, task->text);
        break;
    case XJ_COL_LEAD:
    case XJ_COL_RESPONSIBLE:
    case XJ_COL_COOPERATE:
        XJ_TRY(units(&out, task, xj_str_c(roles[column - XJ_COL_LEAD]), chinese, result));
        break;
    case XJ_COL_UNITS:
        XJ_TRY(units(&out, task, XJ_STR_NONE, chinese, result));
        break;
    case XJ_COL_KIND:
        xj_buf_add(&out, xj_str_c(term(row->deadline_kind, chinese)));
        break;
    case XJ_COL_DUE:
        if (!xj_str_eq(row->due, XJ_STR(XJ_NO_DUE)))
            xj_buf_add(&out, row->due);
        break;
    case XJ_COL_DATES:
        XJ_TRY(dates(&out, task, false, result));
        break;
    case XJ_COL_DEADLINE:
        XJ_TRY(deadline(&out, task, chinese, result));
        break;
    case XJ_COL_RAW:
        xj_buf_add(&out, row->deadline_raw);
        break;
    case XJ_COL_STRENGTH:
        xj_buf_add(&out, xj_str_c(term(row->strength, chinese)));
        break;
    case XJ_COL_TAGS:
        tags(&out, row);
        break;
    case XJ_COL_WARNINGS:
        xj_buf_printf(&out, "%lld", (long long)row->warnings);
        break;
    case XJ_COL_TARGETS:
    case XJ_COL_INDICATOR:
    case XJ_COL_TARGET:
        target_part(&out, column, task, part, chinese);
        break;
    case XJ_COL_UNIT:
    case XJ_COL_ROLE:
        XJ_TRY(unit_part(&out, column, task, part, chinese, result));
        break;
    case XJ_COL_BLANK:
    case XJ_COL_COUNT:
        break;
    }
    XJ_TRY(xj_buf_check(&out));
    *text = xj_buf_str(&out);
    return NULL;
}
