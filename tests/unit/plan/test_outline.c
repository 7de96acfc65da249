#include "compiletest.h"

static void
test_outline__actions_and_items_by_their_numbers(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年方案\n一、总体要求\n坚持预防为主。\n"
                       "二、重点任务\n（一）实施控烟行动。\n1.甲事。（市教育局负责）\n"
                       "2.乙事。\n（1）子项一；\n（2）子项二。（市体育局负责）\n"
                       "（二）深入开展合理膳食行动\n1.丙事。（市教育局负责）\n"
                       "三、保障措施\n（一）加强组织领导。各单位要重视。\n");

    (void)state;
    assert_int_equal(reg->nactions, 2);
    assert_str(reg->actions[0].name, "控烟行动");
    assert_str(reg->actions[1].name, "合理膳食行动");
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[1].text, "乙事。（1）子项一；（2）子项二。");
    assert_str(reg->tasks[1].title, "乙事");
    assert_int_equal(reg->tasks[2].action, 2);
    assert_str(reg->tasks[2].no, "1");
    xj_pool_destroy(pool);
}

/* Figures behind a number are no part of it: 2.70岁以下 is item 2, and 1.2.1 8月 ends at the blank.
 */
static void
test_outline__numbers_before_figures(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年方案\n一、慢病防治行动\n"
                                      "1.孕妇管理率稳定。（市教育局负责）\n"
                                      "2.70岁以下人群规范管理。（市体育局负责）\n"
                                      "3.2026年底前办好丙事。（市财政局负责）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[1].text, "70岁以下人群规范管理。");
    assert_str(reg->tasks[2].text, "2026年底前办好丙事。");
    reg = compiled(pool,
                   "溪州市攻坚方案\n1 环境整治\n1.1 城区保洁\n1.1.1 8月底前办好甲事。（市教育局）\n"
                   "1.1.2 办好乙事。（市体育局）\n2 健康教育\n2.1 办好丙事。（市财政局）\n");
    assert_int_equal(reg->nactions, 2);
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].text, "8月底前办好甲事。");
    assert_str(reg->tasks[0].no, "1.1.1");
    xj_pool_destroy(pool);
}

/* ① are the items where they say who does them, in chapters of sections. */
static void
test_outline__letters_are_of_the_level_that_the_numbers_leave(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市病媒防制2024年方案\n一、行动安排\nA.动员部署\n1.召开动员会。（市爱卫办）\n"
              "2.培训人员。（市疾控中心）\nB.集中整治\n1.清理积水。（市城管局）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_int_equal(reg->nactions, 2);
    assert_str(reg->actions[1].name, "集中整治");
    assert_str(reg->tasks[2].no, "1");
    /* below a number they are parts of the item */
    reg = compiled(
        pool, "溪州市病媒防制2024年方案\n一、重点任务\n1.召开会议。（市爱卫办）\nA.印发通知；\n"
              "B.布置会场。\n2.清理积水。（市城管局）\n");
    assert_int_equal(reg->ntasks, 2);
    /* and without any number they are the items */
    reg = compiled(pool, "溪州市病媒防制2024年清单\n一、重点任务\nA.召开会议。（市爱卫办）\n"
                         "B.清理积水。（市城管局）\n");
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[1].no, "B");
    xj_pool_destroy(pool);
}

static void
test_outline__circles_are_items_where_nothing_else_is(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市职业健康攻坚计划\n第一章 目标\n到2028年，合格率达到85%。\n"
                       "第二章 举措\n第一节 源头治理\n①办好甲事。（市教育局负责）\n"
                       "②办好乙事。（市体育局负责）\n第二节 监护\n③办好丙事。（市财政局负责）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_int_equal(reg->nactions, 2);
    assert_str(reg->tasks[2].no, "③");
    xj_pool_destroy(pool);
}

/* What says who does it is work, whatever its heading says of safeguards. */
static void
test_outline__safeguards_with_units_are_work(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年方案\n一、重点工作\n"
                                      "（一）建立机制。办好甲事。（市教育局负责）\n"
                                      "（二）落实经费保障。（市财政局负责）\n"
                                      "二、工作要求\n（一）加强组织领导。各单位要重视。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市财政局=responsible");
    xj_pool_destroy(pool);
}

static void
test_outline__general_work_is_action_0(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动2024年重点工作\n一、健全工作机制\n1.完善会商。\n2.完善考评。\n"
              "二、干预影响因素\n（一）推进控烟行动\n3.甲事。\n（二）推进合理膳食行动\n4.乙事。\n");

    (void)state;
    assert_int_equal(reg->nactions, 3);
    assert_int_equal(reg->actions[0].no, 0);
    assert_str(reg->actions[0].name, "工作机制");
    assert_int_equal(reg->ntasks, 4);
    assert_str(reg->tasks[3].no, "4");
    xj_pool_destroy(pool);
}

static void
test_outline__goals_are_targets_and_tasks_stand_below_their_head(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动计划（2023—2025年）\n一、重点行动\n（一）控烟行动\n1.行动目标\n"
              "到2025年，吸烟率低于22%。\n2.主要任务\n（1）甲事，开展宣传。（市教育局负责）\n"
              "（2）乙事，开展检查。（市体育局负责）\n（二）合理膳食行动\n行动目标：到2025年，知晓"
              "率达到60%。\n"
              "主要任务：\n1.丙事，开展指导。（市教育局负责）\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].no, "1");
    assert_str(reg->tasks[2].text, "丙事，开展指导。");
    assert_int_equal(reg->ntargets, 2);
    assert_true(reg->targets[0].task.data == NULL);
    assert_int_equal(reg->targets[1].action, 2);
    xj_pool_destroy(pool);
}

static void
test_outline__actions_may_be_chapters(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动2024年工作要点\n一、推进控烟行动\n1."
              "甲事要做好。\n责任单位：市教育局\n完成时限：6月底\n"
              "二、推进合理膳食行动\n1.乙事要做好。\n牵头单位：市体育局\n配合单位：市教育局\n");

    (void)state;
    assert_int_equal(reg->nactions, 2);
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市体育局=lead 市教育局=cooperate");
    assert_str(reg->tasks[0].text, "甲事要做好。");
    xj_pool_destroy(pool);
}

static void
test_outline__an_annex_gives_actions_their_leads(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年重点工作\n一、重点任务\n（一）推进控烟行动\n1."
                       "甲事。\n（二）推进健康心理行动\n"
                       "2.乙事。\n附件\n控烟行动由市爱卫办牵头，市教育局宣教科具体组织实施；\n"
                       "心理健康促进行动由市卫生健康委、市教育局牵头。\n");

    (void)state;
    assert_str(reg->actions[0].lead_units[0], "市爱卫办");
    assert_str(reg->actions[0].implementers[0], "市教育局宣教科");
    assert_int_equal(reg->actions[1].nlead_units, 2);
    assert_str(units_of(pool, &reg->tasks[1]), "市卫生健康委=lead 市教育局=lead");
    assert_true(reg->tasks[1].units[0].inherited);
    assert_false(warned(reg, "unplaced_action"));
    xj_pool_destroy(pool);
}

static void
test_outline__an_annex_that_leads_no_action_is_a_doubt_and_a_remark_is_none(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年重点工作\n一、重点任务\n"
                                      "（一）推进控烟行动\n1.甲事。\n附件\n"
                                      "控烟行动由市爱卫办牵头；\n"
                                      "备注：由市教育局牵头汇总。\n");

    (void)state;
    assert_false(warned(reg, "unplaced_action"));
    reg = compiled(pool, "溪州市健康行动2024年重点工作\n一、重点任务\n（一）推进控烟行动\n1."
                         "甲事。\n附件\n控烟行动由市爱卫办牵头；\n"
                         "癌症筛查项目由市教育局牵头。\n");
    assert_true(warned(reg, "unplaced_action"));
    xj_pool_destroy(pool);
}

static void
test_outline__a_lead_in_the_heading_is_the_actions(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动2024年方案\n一、重点任务\n（一）控烟行动（牵头单位：市爱卫办）\n1."
              "甲事要做好。\n"
              "2.乙事要做好。（市教育局负责）\n（二）合理膳食行动（市卫生健康委牵头）\n1.丙事。\n");

    (void)state;
    assert_str(reg->actions[0].name, "控烟行动");
    assert_str(units_of(pool, &reg->tasks[0]), "市爱卫办=lead");
    assert_str(units_of(pool, &reg->tasks[1]), "市教育局=responsible");
    assert_str(units_of(pool, &reg->tasks[2]), "市卫生健康委=lead");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outline__actions_and_items_by_their_numbers),
        cmocka_unit_test(test_outline__numbers_before_figures),
        cmocka_unit_test(test_outline__letters_are_of_the_level_that_the_numbers_leave),
        cmocka_unit_test(test_outline__circles_are_items_where_nothing_else_is),
        cmocka_unit_test(test_outline__safeguards_with_units_are_work),
        cmocka_unit_test(test_outline__general_work_is_action_0),
        cmocka_unit_test(test_outline__goals_are_targets_and_tasks_stand_below_their_head),
        cmocka_unit_test(test_outline__actions_may_be_chapters),
        cmocka_unit_test(test_outline__an_annex_gives_actions_their_leads),
        cmocka_unit_test(
            test_outline__an_annex_that_leads_no_action_is_a_doubt_and_a_remark_is_none),
        cmocka_unit_test(test_outline__a_lead_in_the_heading_is_the_actions),
    };

    return xjtest_main(tests);
}
