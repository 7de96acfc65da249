#include "paper/asked_sheet.h"

enum {
    COL_NUMBER,
    COL_UNIT,
    COL_MONTH,
    COL_RETURNS = COL_MONTH + 12,
    COL_CAP,
    COL_OVER,
    COL_REPORTS,
    COL_NOTICES,
    COL_CHASES,
    COL_VISITS,
    COL_COUNT
};

static const xj_book_column columns[COL_COUNT] = {
    {"序号", "#", 6},       {"单位", "Unit", 28},     {"1月", "Jan", 5},
    {"2月", "Feb", 5},      {"3月", "Mar", 5},        {"4月", "Apr", 5},
    {"5月", "May", 5},      {"6月", "Jun", 5},        {"7月", "Jul", 5},
    {"8月", "Aug", 5},      {"9月", "Sep", 5},        {"10月", "Oct", 5},
    {"11月", "Nov", 5},     {"12月", "Dec", 5},       {"全年报送", "Returns", 9},
    {"上限", "At most", 8}, {"超出", "Above", 8},     {"文件报告", "Reports", 9},
    {"通知", "Notices", 8}, {"催办", "Reminders", 9}, {"督导", "Visits", 8},
};

xj_error *
xj_asked_sheet_new(xj_book **book, bool chinese, xj_pool *pool)
{
    return xj_book_new(book, "减负台账", "Burden", columns, COL_COUNT, chinese, pool);
}

xj_error *
xj_asked_sheet_add(xj_book *book, const xj_asked_line *line, xj_pool *scratch)
{
    int64_t sum = 0;

    XJ_TRY(xj_book_row(book));
    XJ_TRY(xj_book_int(book, COL_NUMBER, (int64_t)xj_book_rows(book)));
    XJ_TRY(xj_book_text(book, COL_UNIT, line->unit, scratch));
    for (int m = 0; m < 12; m++) {
        sum += line->returns[m];
        if (line->returns[m] > 0)
            XJ_TRY(xj_book_int(book, COL_MONTH + m, line->returns[m]));
    }
    XJ_TRY(xj_book_int(book, COL_RETURNS, sum));
    XJ_TRY(xj_book_int(book, COL_CAP, line->cap));
    XJ_TRY(xj_book_int(book, COL_OVER, sum > line->cap ? sum - line->cap : 0));
    XJ_TRY(xj_book_int(book, COL_REPORTS, line->reports));
    XJ_TRY(xj_book_int(book, COL_NOTICES, line->notices));
    XJ_TRY(xj_book_int(book, COL_CHASES, line->chases));
    return xj_book_int(book, COL_VISITS, line->visits);
}
