/*
 * tests/unit/paper/returntest.h -- a return of two tasks, as it is and as its workbook comes back.
 */
#pragma once

#include "support/xjtest.h"

#include "paper/return_sheet.h"

struct returntest {
    xj_report report;
    xj_report_row rows[2];
    xj_report_figure figures[2];
};

/* Row 0 has two targets and was said before; row 1 is of a task without any. */
static inline struct returntest *
returntest_new(xj_pool *pool)
{
    struct returntest *t = XJ_NEW(pool, struct returntest);

    t->figures[0] = (xj_report_figure){.indicator = XJ_STR("培训人次"),
                                       .measure = XJ_STR("人次"),
                                       .goals = XJ_STR("全年培训300人次以上"),
                                       .had_value = true,
                                       .last_value = 120,
                                       .last_span = XJ_STR("to_date")};
    t->figures[1] = (xj_report_figure){
        .indicator = XJ_STR("知晓率"), .measure = XJ_STR("%"), .goals = XJ_STR("不低于80%")};
    t->rows[0] = (xj_report_row){.duty = 11,
                                 .version = 1,
                                 .action = XJ_STR("健康知识普及行动"),
                                 .no = XJ_STR("1"),
                                 .title = XJ_STR("举办健康讲座"),
                                 .words = XJ_STR("举办健康讲座。全年培训300人次以上。"),
                                 .state = XJ_STR("open"),
                                 .text = {.text = XJ_STR("讲座两次"),
                                          .difficulties = XJ_STR(""),
                                          .next_step = XJ_STR(""),
                                          .percent = 40,
                                          .figures = t->figures,
                                          .nfigures = 2},
                                 .last_text = XJ_STR("讲座一次"),
                                 .last_difficulties = XJ_STR(""),
                                 .last_next_step = XJ_STR(""),
                                 .last_due = XJ_STR("2025-12-15"),
                                 .last_percent = 20};
    t->rows[1] = (xj_report_row){.duty = 12,
                                 .action = XJ_STR("健康知识普及行动"),
                                 .no = XJ_STR("2"),
                                 .title = XJ_STR("建好宣传队伍"),
                                 .words = XJ_STR("=HYPERLINK(\"x\")"),
                                 .state = XJ_STR("open"),
                                 .text = {.text = XJ_STR(""),
                                          .difficulties = XJ_STR(""),
                                          .next_step = XJ_STR(""),
                                          .percent = -1},
                                 .last_percent = -1};
    t->report = (xj_report){.obligation = {.id = 7,
                                           .unit = 5,
                                           .unit_name = XJ_STR("市教育局"),
                                           .due = XJ_STR("2026-06-15"),
                                           .period = XJ_STR("2026S1"),
                                           .state = XJ_STR("due")},
                            .rows = t->rows,
                            .nrows = 2};
    return t;
}

static inline xj_str
returntest_write(const struct returntest *t, bool chinese, xj_pool *pool)
{
    const xj_return_sheet sheet = {
        .report = &t->report, .as = 5, .as_name = XJ_STR("市教育局"), .chinese = chinese};
    xj_str bytes;

    must_ok(xj_return_sheet_write(&bytes, &sheet, pool));
    return bytes;
}

/* What the workbook that THEIRS would make says of the return OURS. */
static inline xj_error *
returntest_read(xj_filled *filled, const struct returntest *theirs, const struct returntest *ours,
                bool chinese, xj_pool *pool)
{
    xj_doc *doc;

    must_ok(xj_doc_read(&doc, returntest_write(theirs, chinese, pool), pool, pool));
    return xj_return_sheet_read(filled, doc, &ours->report, 5, pool);
}
