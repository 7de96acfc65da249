#include "ledger/ledger_priv.h"

#include "json/json.h"

const xj_column_kind xj_columns[XJ_COL_COUNT] = {
    [XJ_COL_NUMBER] = {"number", "序号", "#", 6, XJ_LEVEL_TASK},
    [XJ_COL_DOCUMENT] = {"document", "文件", "Document", 16, XJ_LEVEL_ACTION},
    [XJ_COL_ACTION] = {"action", "行动", "Action", 13, XJ_LEVEL_ACTION},
    [XJ_COL_NO] = {"no", "编号", "No.", 7, XJ_LEVEL_TASK},
    [XJ_COL_TITLE] = {"title", "任务", "Task", 26, XJ_LEVEL_TASK},
    [XJ_COL_TEXT] = {"text", "内容", "Text", 44, XJ_LEVEL_TASK},
    [XJ_COL_LEAD] = {"lead", "牵头单位", "Lead", 13, XJ_LEVEL_TASK},
    [XJ_COL_RESPONSIBLE] = {"responsible", "责任单位", "Responsible", 22, XJ_LEVEL_TASK},
    [XJ_COL_COOPERATE] = {"cooperate", "配合单位", "Cooperating", 13, XJ_LEVEL_TASK},
    [XJ_COL_UNITS] = {"units", "单位", "Units", 26, XJ_LEVEL_TASK},
    [XJ_COL_KIND] = {"kind", "期限", "Deadline", 8, XJ_LEVEL_TASK},
    [XJ_COL_DUE] = {"due", "完成时间", "Due", 11, XJ_LEVEL_TASK},
    [XJ_COL_DATES] = {"dates", "每年日期", "Every year", 10, XJ_LEVEL_TASK},
    [XJ_COL_DEADLINE] = {"deadline", "完成时限", "Time limit", 16, XJ_LEVEL_TASK},
    [XJ_COL_RAW] = {"raw", "期限原文", "As printed", 13, XJ_LEVEL_TASK},
    [XJ_COL_STRENGTH] = {"strength", "要求", "Strength", 6, XJ_LEVEL_TASK},
    [XJ_COL_TAGS] = {"tags", "标签", "Tags", 12, XJ_LEVEL_TASK},
    [XJ_COL_TARGETS] = {"targets", "目标", "Targets", 30, XJ_LEVEL_TASK},
    [XJ_COL_WARNINGS] = {"warnings", "提醒", "Warnings", 6, XJ_LEVEL_TASK},
    [XJ_COL_INDICATOR] = {"indicator", "目标指标", "Indicator", 18, XJ_LEVEL_TARGET},
    [XJ_COL_TARGET] = {"target", "目标值", "Target", 17, XJ_LEVEL_TARGET},
    [XJ_COL_UNIT] = {"unit", "单位", "Unit", 18, XJ_LEVEL_UNIT},
    [XJ_COL_ROLE] = {"role", "分工", "Role", 8, XJ_LEVEL_UNIT},
    [XJ_COL_BLANK] = {"blank", "备注", "Remarks", 10, XJ_LEVEL_TASK},
};

bool
xj_column_parse(xj_column *column, xj_str key)
{
    for (int i = 0; i < XJ_COL_COUNT; i++) {
        if (xj_str_eq(key, xj_str_c(xj_columns[i].key))) {
            *column = (xj_column)i;
            return true;
        }
    }
    return false;
}

xj_error *
xj_columns_json(xj_str *json, const xj_str *keys, size_t n, xj_pool *result)
{
    bool seen[XJ_COL_COUNT] = {0};
    xj_buf out;
    xj_json w;

    if (n > XJ_COLUMNS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "there are at most %d columns", XJ_COLUMNS_MAX),
            "/columns");
    xj_buf_init(&out, result, 4096);
    xj_json_init(&w, &out);
    xj_json_array(&w);
    for (size_t i = 0; i < n; i++) {
        xj_column column;

        if (!xj_column_parse(&column, keys[i]) || (seen[column] && column != XJ_COL_BLANK))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                            "'" XJ_FMT "' is no column, or stands there twice",
                                            XJ_ARG(keys[i])),
                               "/columns");
        seen[column] = true;
        xj_json_str(&w, keys[i]);
    }
    xj_json_end_array(&w);
    *json = xj_buf_str(&out);
    return NULL;
}

xj_error *
xj_ledger__check_line(xj_str text, size_t max, bool empty, const char *at)
{
    if (!empty && xj_str_trim(text).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the text is empty"), "%s", at);
    if (xj_utf8_count(text) > max)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the text has more than %zu characters", max), "%s", at);
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the text holds a control character"),
                               "%s", at);
    }
    return NULL;
}

xj_error *
xj_ledger__check_version(int64_t now, int64_t seen)
{
    if (now == seen)
        return NULL;
    return xj_error_new(XJ_E_STALE, "it was changed since you saw it: it is at %lld, you saw %lld",
                        (long long)now, (long long)seen);
}

xj_error *
xj_ledger__count(int64_t *n, xj_rows *rows)
{
    bool more;

    XJ_TRY(xj_rows_next(rows, &more));
    *n = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}
