#include "compiletest.h"

static void
test_duty__what_the_letter_asks_outside_the_tasks(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市爱国卫生委员会文件\n关于印发健康溪州行动2024年方案的通知\n各县区：\n现将《健康溪州行"
        "动2024年方案》印发给你们。\n"
        "一、加强评估。各专项行动组每年5月31日前形成年度监测报告，报市推进办。各县区以年度为单位形"
        "成评估报告。\n"
        "二、加强督导。市推进办每年开展一次专项督导。请各部门于4月30日前将联络员名单报市推进办。\n"
        "溪州市爱国卫生委员会\n2024年3月1日\n健康溪州行动2024年方案\n一、重点任务\n（一）控烟行动\n"
        "1.甲事。（市教育局负责）\n备注：各县区参照本方案制定落实办法。\n");

    (void)state;
    assert_int_equal(reg->nobligations, 5);
    assert_string_equal(reg->obligations[0].kind, "annual_monitoring_report");
    assert_string_equal(reg->obligations[0].frequency, "annual");
    assert_int_equal(reg->obligations[0].ndue, 1);
    assert_int_equal(reg->obligations[0].due[0].month, 5);
    assert_str(reg->obligations[0].who[0], "各专项行动组");
    assert_str(reg->obligations[0].report_to, "市推进办");
    assert_string_equal(reg->obligations[2].kind, "annual_special_supervision");
    assert_string_equal(reg->obligations[3].frequency, "once");
    assert_string_equal(reg->obligations[4].frequency, "ongoing");
    assert_int_equal(reg->ntasks, 1);
    xj_pool_destroy(pool);
}

static void
test_duty__the_return_of_a_tables_rows_is_owed_by_their_leads(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年任务表\n序号\t任务\t措施\t工作推进\t牵头部门\n一、控烟"
                       "行动\n1\t甲\t乙。\t每年6月20日、12月20日前报。\t市教育局\n"
                       "2\t甲\t乙。\t每年6月20日、12月20日前报。\t市教育局\n3\t甲\t乙。\t每年6月20"
                       "日、12月20日前报。\t市教育局\n");

    (void)state;
    assert_int_equal(reg->nobligations, 1);
    assert_string_equal(reg->obligations[0].frequency, "half_yearly");
    assert_int_equal(reg->obligations[0].ndue, 2);
    xj_pool_destroy(pool);
}

static void
test_duty__each_promise_of_a_sentence(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市健康行动2024年方案\n一、重点任务\n（一）控烟行动\n1.甲事。（市教育局负责）\n"
        "2.乙事。\n二、保障措施\n各县要加强领导，每半年开展一次督导，每年1月底前向市卫生健康委报"
        "送总结。各科室每月25日前报送进展，质控办每季度通报一次。各单位于6月15日、12月15日前报"
        "送情况。\n三、时间安排\n3月启动，11月20日前全面完成检查任务。\n");

    (void)state;
    assert_int_equal(reg->nobligations, 5);
    assert_string_equal(reg->obligations[0].frequency, "half_yearly");
    assert_int_equal(reg->obligations[0].ndue, 0);
    assert_string_equal(reg->obligations[1].frequency, "annual");
    assert_int_equal(reg->obligations[1].due[0].month, 1);
    assert_string_equal(reg->obligations[2].frequency, "monthly");
    assert_string_equal(reg->obligations[3].frequency, "quarterly");
    assert_string_equal(reg->obligations[4].frequency, "half_yearly");
    assert_int_equal(reg->obligations[4].ndue, 2);
    /* the part of the sentence that says when all is done, not when it begins */
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_COMPLETE_BY);
    assert_int_equal(reg->tasks[1].deadline.date.month, 11);
    assert_int_equal(reg->tasks[1].deadline.date.day, 20);
    xj_pool_destroy(pool);
}

static void
test_duty__a_line_below_the_table_asks_and_dates(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "关于下达2026年签约任务数的通知\n各乡镇卫生院：\n现将任务数下达给你们，请于11月30日前"
              "完成。\n"
              "单位\t签约任务（人）\n平桥镇卫生院\t7400\n石坪乡卫生院\t3100\n"
              "各单位要按月上报进度，每月3日前报局基层股。\n溪州市卫生健康局\n2026年2月18日\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[1].deadline.date.month, 11);
    assert_true(reg->tasks[1].deadline.inferred);
    assert_int_equal(reg->nobligations, 1); /* once, with its day */
    assert_string_equal(reg->obligations[0].frequency, "monthly");
    assert_int_equal(reg->obligations[0].ndue, 12);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_duty__what_the_letter_asks_outside_the_tasks),
        cmocka_unit_test(test_duty__the_return_of_a_tables_rows_is_owed_by_their_leads),
        cmocka_unit_test(test_duty__each_promise_of_a_sentence),
        cmocka_unit_test(test_duty__a_line_below_the_table_asks_and_dates),
    };

    return xjtest_main(tests);
}
