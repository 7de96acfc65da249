#include "compiletest.h"

static const char head[] =
    "溪州市健康行动2024年任务分解表\n"
    "序号\t基本内容\t具体任务\t推进措施\t工作计划\t工作推进\t牵头部门\t责任部门\n";

static xj_register *
rows(xj_pool *pool, const char *text)
{
    return compiled(pool, xj_str_printf(pool, "%s%s", head, text).data);
}

static void
test_table__rows_are_tasks_of_their_action(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = rows(
        pool,
        "1. "
        "开展控烟行动。\t减少危害。到2025年，吸烟率低于22%。\t建无烟单位\t制定规范。\t管理规范。\t"
        "每年6月15日、12月15日前报市推进办。\t市卫生健康委\t市卫生健康委、各县区\n"
        "\t\t\t开展暗访。\t评估通报。\t\t\t市教育局、市体育局\n"
        "序号\t基本内容\t具体任务\t推进措施\t工作计划\t工作推进\t牵头部门\t责任部门\n"
        "2、实施合理膳食行动。\t加强指导。\t开展咨询\t登记。\t名册。\t\t\t\n");

    (void)state;
    assert_int_equal(reg->nactions, 2);
    assert_str(reg->actions[1].name, "合理膳食行动");
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[0]), "市卫生健康委=lead 各县区=responsible");
    assert_true(reg->tasks[0].lead_explicit);
    assert_str(reg->tasks[0].specific_task, "建无烟单位");
    assert_str(reg->tasks[0].text, "建无烟单位\n制定规范。管理规范。");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=lead 市体育局=responsible");
    assert_false(reg->tasks[1].lead_explicit);
    assert_true(reg->tasks[1].specific_task.data == NULL);
    assert_str(reg->tasks[2].no, "1");
    assert_int_equal(reg->tasks[2].nunits, 0);
    assert_true(warned(reg, "no_unit"));
    assert_int_equal(reg->ntargets, 1);
    assert_true(reg->targets[0].task.data == NULL);
    xj_pool_destroy(pool);
}

static void
test_table__a_head_of_two_rows_below_a_title(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年任务清单\n"
                                      "节点管理\t\t责任落实\t\t\n"
                                      "时间节点\t任务名称\t所属行动\t分管领导\t牵头单位\n"
                                      "3月底前\t组建讲师团\t健康科普行动\t周明\t市卫生健康委\n"
                                      "10月底前\t建设球场\t全民健身行动\t何春\t市体育局\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->nactions, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市卫生健康委=lead");
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_COMPLETE_BY);
    xj_pool_destroy(pool);
}

static void
test_table__a_printed_rule_fills_blank_rows(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = rows(pool, "1. "
                                  "开展控烟行动。\t减少危害。\t甲\t乙。\t丙。\t每年6月15日、12月15"
                                  "日前报市推进办。\t市教育局\t市教育局\n"
                                  "\t\t丁\t戊。\t己。\t\t市教育局\t市教育局\n");
    const xj_deadline *d = &reg->tasks[1].deadline;

    (void)state;
    assert_int_equal(d->kind, XJ_DEADLINE_RECURRING);
    assert_true(d->inferred);
    assert_int_equal(d->ndates, 2);
    assert_int_equal(reg->tasks[0].nreturns_due, 2);
    assert_int_equal(reg->nobligations, 0); /* too few rows to be a rule of the table */
    xj_pool_destroy(pool);
}

static void
test_table__shifted_cells_go_back(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        rows(pool,
             "1. "
             "开展控烟行动。\t减少危害。\t甲\t乙。\t丙。\t每年6月15日、12月15日前报。\t市教育局\t市"
             "教育局\n"
             "\t\t推动开放。\t管理办法。\t每年6月15日、12月15日前报。\t市体育局\t市体育局、各县区\n"
             "\t\t\t加强抽检。\t\t提供材料。\t每年6月15日、12月15日前报。\t市市场监管局\n");

    (void)state;
    assert_str(reg->tasks[1].measure, "推动开放。");
    assert_str(reg->tasks[1].work_plan, "管理办法。");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=lead 各县区=responsible");
    assert_str(reg->tasks[2].measure, "加强抽检。");
    assert_str(reg->tasks[2].work_plan, "提供材料。");
    assert_str(units_of(pool, &reg->tasks[2]), "市市场监管局=lead");
    xj_pool_destroy(pool);
}

static void
test_table__other_heads_orders_and_values(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年清单\n责任单位\t配合单位\t完成时限\t工作任务\t具体措施"
                       "\t目标值\t计量单位\n一、控烟行动\n"
                       "市教育局\t市体育局\t6月底\t建无烟校\t无烟校建成率\t≥95\t%\n"
                       "二、合理膳食行动\n市体育局\t\t持续推进\t指导膳食\t新建健康食堂\t12\t家\n");

    (void)state;
    assert_int_equal(reg->nactions, 2);
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=cooperate");
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_ONGOING);
    assert_int_equal(reg->ntargets, 2);
    assert_str(reg->targets[0].indicator, "无烟校建成率");
    assert_str(reg->targets[1].unit, "家");
    assert_true(reg->targets[1].value == 12);
    xj_pool_destroy(pool);
}

static void
test_table__indicators_of_an_annex(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动计划（2023—2025年）\n一、重点行动\n（一）控烟"
                                      "行动\n1.甲事。（市教育局负责）\n附件\n主要指标\n"
                                      "序号\t指标\t单位\t2022年\t2025年\t性质\n1\t吸烟率\t%\t24\t<"
                                      "22\t预期性\n2\t护士数\t人\t3.05\t3.8\t预期性\n");

    (void)state;
    assert_int_equal(reg->ntasks, 1);
    assert_int_equal(reg->ntargets, 2);
    assert_int_equal(reg->targets[0].op, XJ_OP_LT);
    assert_int_equal(reg->targets[0].year, 2025);
    assert_int_equal(reg->targets[1].op, XJ_OP_GE);
    assert_str(reg->targets[1].unit, "人");
    xj_pool_destroy(pool);
}

/* A row that is a unit's holds as many tasks as its cell counts. */
static void
test_table__rows_of_units_count_their_tasks(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年健康企业建设责任清单\n责任单位\t主要职责\t完成时限\n"
                       "市教育局\t（1）办好甲事；（2）办好乙事。\t10月底\n"
                       "市体育局\t1.办好丙事。\t全年\n"
                       "市财政局\t办好丁事。\t9月底\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    assert_str(reg->tasks[1].text, "办好乙事。");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=responsible");
    assert_int_equal(reg->tasks[1].deadline.date.month, 10);
    assert_str(reg->tasks[2].text, "办好丙事。");
    assert_str(reg->tasks[3].text, "办好丁事。");
    xj_pool_destroy(pool);
}

/* When something begins counts only where no column says when it is done. */
static void
test_table__beginnings_count_where_nothing_else_does(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年重点项目清单\n"
                       "序号\t项目名称\t建设内容\t总投资（万元）\t责任单位\t开工时间\t完工时间\n"
                       "1\t甲院二期\t新建业务用房3万平方米\t800\t市教育局\t2026年3月\t2027年6月\n"
                       "2\t乙院三期\t设置床位200张\t900\t市体育局\t2026年4月\t2026年9月\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].title, "甲院二期");
    assert_int_equal(reg->tasks[0].deadline.kind, XJ_DEADLINE_COMPLETE_BY);
    assert_int_equal(reg->tasks[0].deadline.date.year, 2027);
    assert_int_equal(reg->ntargets, 2);
    reg = compiled(pool, "溪州市2026年任务清单\n序号\t重点任务\t责任单位\t启动时间\n"
                         "1\t办好甲事\t市教育局\t2026年3月\n2\t办好乙事\t市体育局\t2026年4月\n");
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_START_BY);
    assert_int_equal(reg->tasks[1].deadline.date.month, 4);
    xj_pool_destroy(pool);
}

/* An annex that divides the work of the text gives it its units; it makes no tasks of its own. */
static void
test_table__an_annex_divides_the_work_of_the_text(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市2026年健身方案\n一、重点任务\n（一）办好甲事。新建步道18公里。\n"
              "（二）办好乙事。举办赛事12场。\n二、工作要求\n各单位要配合。\n附件：任务分工表\n"
              "序号\t任务\t牵头单位\t配合单位\t完成时限\n"
              "1\t办好甲事\t市教育局\t市体育局\t2026年11月\n"
              "2\t办好乙事\t市体育局\t市财政局\t全年\n"
              "3\t办好丙事\t市体育局\t市财政局\t全年\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead 市体育局=cooperate");
    assert_int_equal(reg->tasks[0].deadline.date.month, 11);
    assert_str(reg->tasks[1].text, "办好乙事。举办赛事12场。");
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_FULL_YEAR);
    assert_str(reg->tasks[2].text, "办好丙事");
    xj_pool_destroy(pool);
}

/* Columns headed by units: a full mark leads, a hollow one cooperates. */
static void
test_table__marks_below_units(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市2026年部门任务一览表\n序号\t重点任务\t市教育局\t市体育局\t市财政局\t完成时限\n"
              "1\t办好甲事\t☆\t★\t√\t2026年8月\n2\t办好乙事\t★\t\t\t2026年9月\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]),
               "市体育局=lead 市财政局=responsible 市教育局=cooperate");
    assert_str(reg->tasks[0].text, "办好甲事");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=lead");
    xj_pool_destroy(pool);
}

/* Without a column of units the rows may be those of times, and their cells count tasks. */
static void
test_table__rows_of_times_count_their_tasks(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年行动进度安排表\n时间\t工作任务\n"
                       "2026年3月底前\t1.办好甲事（市教育局牵头）；2.办好乙事（市体育局）\n"
                       "2026年6月底前\t1.办好丙事（市财政局）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=responsible");
    assert_int_equal(reg->tasks[1].deadline.date.month, 3);
    xj_pool_destroy(pool);
}

/* Where no column is one of units, the brackets of a cell are. */
static void
test_table__units_within_cells(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年任务分解表\n序号\t重点任务\t具体举措\t完成时限\n"
                       "1\t办好甲事\t①建站（市教育局）；②培训（市体育局牵头）\t2026年8月\n");

    (void)state;
    assert_int_equal(reg->ntasks, 1);
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=responsible 市体育局=lead");
    xj_pool_destroy(pool);
}

/* The unit of a value may stand in brackets behind the indicator's name. */
static void
test_table__units_behind_the_names_of_indicators(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市健康目标任务表（2026—2027年）\n序号\t主要任务\t2026年\t2027年\t总投资（万元）\t牵头"
        "单位\n"
        "1\t吸烟率（%）\t≤22\t≤21\t80\t市教育局\n2\t死亡率（1/10万）\t≤10\t≤9\t90\t市体育局\n");

    (void)state;
    assert_int_equal(reg->ntargets, 4);
    assert_str(reg->targets[0].indicator, "吸烟率");
    assert_str(reg->targets[0].unit, "%");
    assert_int_equal(reg->targets[1].year, 2027);
    assert_int_equal(reg->targets[3].op, XJ_OP_LE);
    assert_str(reg->targets[3].unit, "/10万");
    assert_str(reg->tasks[0].text, "吸烟率（%）");
    xj_pool_destroy(pool);
}

/* A table of keys and values is one task; the next one goes on. */
static void
test_table__a_form_is_one_task(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市2026年项目任务书\n项目名称\t急救中心\n建设内容\t配置救护车8辆\n"
                       "牵头单位\t市教育局\n配合单位\t市财政局\n完成时限\t2026年10月底\n");

    (void)state;
    assert_int_equal(reg->ntasks, 1);
    assert_str(reg->tasks[0].title, "急救中心");
    assert_str(units_of(pool, &reg->tasks[0]), "市教育局=lead 市财政局=cooperate");
    assert_int_equal(reg->tasks[0].deadline.date.month, 10);
    assert_int_equal(reg->ntargets, 1);
    xj_pool_destroy(pool);
}

/* A paper of indicators alone: each is the task of the unit that its row names. */
static void
test_table__indicators_with_units_are_tasks_of_a_paper_without_others(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动考核指标表\n"
                                      "序号\t指标名称\t单位\t2027年\t2030年\t牵头部门\n"
                                      "1\t吸烟率\t%\t≤22\t≤20\t市教育局\n"
                                      "2\t人均预期寿命\t岁\t79.6\t80.5\t市体育局\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].title, "吸烟率");
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=lead");
    assert_int_equal(reg->ntargets, 4);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table__rows_are_tasks_of_their_action),
        cmocka_unit_test(test_table__a_head_of_two_rows_below_a_title),
        cmocka_unit_test(test_table__a_printed_rule_fills_blank_rows),
        cmocka_unit_test(test_table__shifted_cells_go_back),
        cmocka_unit_test(test_table__other_heads_orders_and_values),
        cmocka_unit_test(test_table__indicators_of_an_annex),
        cmocka_unit_test(test_table__an_annex_divides_the_work_of_the_text),
        cmocka_unit_test(test_table__marks_below_units),
        cmocka_unit_test(test_table__rows_of_times_count_their_tasks),
        cmocka_unit_test(test_table__units_within_cells),
        cmocka_unit_test(test_table__units_behind_the_names_of_indicators),
        cmocka_unit_test(test_table__a_form_is_one_task),
        cmocka_unit_test(test_table__rows_of_units_count_their_tasks),
        cmocka_unit_test(test_table__beginnings_count_where_nothing_else_does),
        cmocka_unit_test(test_table__indicators_with_units_are_tasks_of_a_paper_without_others),
    };

    return xjtest_main(tests);
}
