#include "paper/task_cell.h"
#include "support/xjtest.h"

static const char *const units =
    "[{\"id\":1,\"name\":\"市教育局\",\"role\":\"lead\",\"inherited\":false},"
    "{\"id\":2,\"name\":\"市体育局\",\"role\":\"responsible\",\"inherited\":false},"
    "{\"id\":3,\"name\":\"团市委\",\"role\":\"cooperate\",\"inherited\":false}]";

static xj_str
cell(xj_column column, const xj_paper_task *task, size_t part, bool chinese, xj_pool *pool)
{
    xj_str text;

    must_ok(xj_paper_cell(&text, column, task, part, 3, chinese, pool));
    return text;
}

static void
test_paper_cell__writes_deadlines_as_an_office_does(void **state)
{
    static const struct {
        const char *kind, *due, *dates, *zh, *en;
    } cases[] = {
        {"complete_by", "2025-12-31", "[]", "2025年12月31日前", "2025-12-31"},
        {"start_by", "2025-06-01", "[]", "2025年6月1日前启动", "start by 2025-06-01"},
        {"recurring", "9999-12-31", "[\"06-15\",\"12-15\"]", "每年6月15日、12月15日",
         "06-15 12-15"},
        {"ongoing", "9999-12-31", "[]", "持续推进", "ongoing"},
        {"none", "9999-12-31", "[]", "无期限", "none"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_task_row row = {.deadline_kind = xj_str_c(cases[i].kind),
                                 .due = xj_str_c(cases[i].due),
                                 .deadline_dates = xj_str_c(cases[i].dates)};
        const xj_paper_task task = {.row = &row};

        assert_str(cell(XJ_COL_DEADLINE, &task, XJ_NPOS, true, pool), cases[i].zh);
        assert_str(cell(XJ_COL_DEADLINE, &task, XJ_NPOS, false, pool), cases[i].en);
    }
    xj_pool_destroy(pool);
}

static void
test_paper_cell__lists_units_by_role_and_one_by_one(void **state)
{
    const xj_task_row row = {.units = xj_str_c(units), .open_ended = true};
    const xj_paper_task task = {.row = &row};
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_int_equal(xj_paper_parts(&task, XJ_LEVEL_UNIT), 3);
    assert_int_equal(xj_paper_parts(&task, XJ_LEVEL_TARGET), 0);
    assert_str(cell(XJ_COL_LEAD, &task, XJ_NPOS, true, pool), "市教育局");
    assert_str(cell(XJ_COL_RESPONSIBLE, &task, XJ_NPOS, true, pool), "市体育局等");
    assert_str(cell(XJ_COL_UNITS, &task, XJ_NPOS, true, pool),
               "市教育局（牵头）、市体育局、团市委（配合）");
    assert_str(cell(XJ_COL_UNIT, &task, 2, true, pool), "团市委");
    assert_str(cell(XJ_COL_ROLE, &task, 2, true, pool), "配合");
    assert_str(cell(XJ_COL_UNIT, &task, XJ_NPOS, true, pool), "市教育局\n市体育局\n团市委");
    assert_str(cell(XJ_COL_UNIT, &task, 3, true, pool), "");
    assert_str(cell(XJ_COL_NUMBER, &task, XJ_NPOS, true, pool), "3");
    assert_str(cell(XJ_COL_BLANK, &task, XJ_NPOS, true, pool), "");
    xj_pool_destroy(pool);
}

static void
test_paper_cell__writes_targets_with_their_sign_and_year(void **state)
{
    xj_task_target targets[] = {
        {.indicator = XJ_STR("达标率"),
         .op = XJ_STR(">="),
         .has_value = true,
         .value = 92.5,
         .unit = XJ_STR("%"),
         .year = 2030},
        {.indicator = XJ_STR("寿命"),
         .op = XJ_STR("="),
         .has_value = true,
         .value = 79,
         .has_max = true,
         .max = 80,
         .unit = XJ_STR("岁")},
        {.indicator = XJ_STR("步道"), .op = XJ_STR("done"), .raw = XJ_STR("建成步道")}};
    const xj_task_row row = {.units = XJ_STR("[]")};
    const xj_paper_task task = {.row = &row, .targets = targets, .ntargets = 3};
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_int_equal(xj_paper_parts(&task, XJ_LEVEL_TARGET), 3);
    assert_str(cell(XJ_COL_TARGET, &task, 0, true, pool), "≥92.5%（2030年）");
    assert_str(cell(XJ_COL_TARGET, &task, 0, false, pool), "≥92.5% (2030)");
    assert_str(cell(XJ_COL_TARGET, &task, 1, true, pool), "79～80岁");
    assert_str(cell(XJ_COL_TARGET, &task, 2, true, pool), "建成步道");
    assert_str(cell(XJ_COL_INDICATOR, &task, 1, true, pool), "寿命");
    assert_str(cell(XJ_COL_TARGETS, &task, XJ_NPOS, true, pool),
               "达标率 ≥92.5%（2030年）\n寿命 79～80岁\n步道");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paper_cell__writes_deadlines_as_an_office_does),
        cmocka_unit_test(test_paper_cell__lists_units_by_role_and_one_by_one),
        cmocka_unit_test(test_paper_cell__writes_targets_with_their_sign_and_year)};

    return xjtest_main(tests);
}
