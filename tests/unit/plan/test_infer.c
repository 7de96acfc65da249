#include "compiletest.h"

static void
test_infer__no_clause_has_a_time_so_the_period_ends_all(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2023—2024年重点工作\n一、重点任务\n（一）控烟"
                                      "行动\n1.甲事。\n2.到2023年底建成。\n");

    (void)state;
    assert_int_equal(reg->tasks[0].deadline.kind, XJ_DEADLINE_COMPLETE_BY);
    assert_int_equal(reg->tasks[0].deadline.date.year, 2024);
    assert_true(reg->tasks[0].deadline.inferred);
    assert_int_equal(reg->tasks[1].deadline.date.year, 2023);
    assert_false(reg->tasks[1].deadline.inferred);
    xj_pool_destroy(pool);
}

static void
test_infer__where_others_have_a_time_none_is_made_up(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年方案\n一、重点任务\n（一）控烟行动\n1."
                                      "甲事。（市教育局负责，6月底前完成）\n"
                                      "2.乙事。（市教育局负责）\n");

    (void)state;
    assert_int_equal(reg->tasks[1].deadline.kind, XJ_DEADLINE_NONE);
    assert_true(warned(reg, "no_deadline"));
    xj_pool_destroy(pool);
}

static void
test_infer__a_rule_for_all_fills_the_gaps(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动2024年方案\n各项任务除单独注明时限外，均于2024年11月底前完成。\n"
              "一、重点任务\n（一）控烟行动\n1.甲事。（市教育局负责，6月底前完成）\n2."
              "乙事。（市教育局负责）\n");
    char out[XJ_DATE_LEN];

    (void)state;
    assert_str(xj_date_format(out, reg->tasks[1].deadline.date), "2024-11-30");
    assert_true(reg->tasks[1].deadline.inferred);
    xj_pool_destroy(pool);
}

static void
test_infer__leads_are_proposed_not_made(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "甲事。（市教育局、市体育局负责）");

    (void)state;
    assert_str(reg->tasks[0].lead_proposed, "市教育局");
    assert_int_equal(reg->tasks[0].units[0].role, XJ_ROLE_RESPONSIBLE);
    reg = compiled_item(pool, "甲事。（市教育局负责）");
    assert_true(reg->tasks[0].lead_proposed.data == NULL);
    reg = compiled_item(pool, "甲事。（市教育局牵头，市体育局负责）");
    assert_true(reg->tasks[0].lead_proposed.data == NULL);
    xj_pool_destroy(pool);
}

static void
test_infer__units_that_act_and_the_office(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool,
        "溪州市推进办公室\n关于印发健康溪州行动2024年重点工作的通知\n现将《健康溪州行动2024年重点工"
        "作》印发给你们。\n"
        "健康溪州行动2024年重点工作\n一、健全工作机制\n1.完善会商。\n二、重点任务\n（一）控烟行动\n"
        "2.压实责任。市爱卫办负责日常调度，各成员单位要细化措施。\n");

    (void)state;
    assert_str(units_of(pool, &reg->tasks[0]), "溪州市推进办公室=responsible");
    assert_true(reg->tasks[0].units[0].inherited);
    assert_str(units_of(pool, &reg->tasks[1]), "市爱卫办=responsible 各成员单位=responsible");
    assert_false(reg->tasks[1].units[0].inherited);
    xj_pool_destroy(pool);
}

static void
test_infer__a_gap_in_the_numbers_is_reported(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(
        pool, "溪州市健康行动2024年方案\n一、重点任务\n（一）控烟行动\n1.甲事。（市教育局负责）\n"
              "3.乙事。（市教育局负责）\n（三）合理膳食行动\n1.丙事。（市教育局负责）\n");

    (void)state;
    assert_true(warned(reg, "number_gap"));
    assert_int_equal(reg->ntasks, 3);
    xj_pool_destroy(pool);
}

static void
test_infer__the_period_of_a_title_or_of_the_goals(void **state)
{
    xj_pool *pool = xj_pool_root();
    /* no year in the title: the goals name it */
    xj_register *reg = compiled(
        pool, "溪州市人民政府\n关于推进中医药发展的实施意见\n一、总体目标\n到2027年，执业医师达到7."
              "5人。\n"
              "二、健全体系\n（一）做强医院。市卫生健康委负责。\n（二）筑牢网底。市财政局负责。\n"
              "溪州市人民政府\n2025年11月18日\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].deadline.date.year, 2027);
    /* the five years of a plan of the country */
    reg = compiled(pool, "溪州市“十五五”控烟行动方案\n一、控烟行动\n1.甲事。（市教育局）\n"
                         "溪州市人民政府\n2026年6月30日\n");
    assert_int_equal(reg->tasks[0].deadline.date.year, 2030);
    /* a school year: autumn is of its first year */
    reg = compiled(
        pool, "溪州市实验中学2026—2027学年健康学校建设方案\n一、工作任务\n"
              "1.更换桌椅，9月底前完成。由总务处负责。\n2.完成自查，1月底前完成。由教务处负责。\n");
    assert_int_equal(reg->tasks[0].deadline.date.year, 2026);
    assert_int_equal(reg->tasks[1].deadline.date.year, 2027);
    xj_pool_destroy(pool);
}

static void
test_infer__the_first_leads_where_a_clause_says_so_of_all(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市医养结合若干措施（2026年）\n一、重点任务\n"
                       "1.甲事。（市卫生健康委、市民政局；排在第一位的为牵头单位，下同）\n"
                       "2.乙事。（市医保局、市财政局）\n本措施自2026年6月1日起施行。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_str(units_of(pool, &reg->tasks[0]), "市卫生健康委=lead 市民政局=responsible");
    assert_str(units_of(pool, &reg->tasks[1]), "市医保局=lead 市财政局=responsible");
    assert_str(reg->tasks[1].text, "乙事。");
    xj_pool_destroy(pool);
}

static void
test_infer__who_stands_behind_a_comma(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool, "厕所革命。改厕120户，由市农业服务中心牵头、各乡镇配合，8月20日前完成。");

    (void)state;
    assert_str(units_of(pool, &reg->tasks[0]), "市农业服务中心=lead 各乡镇=cooperate");
    assert_str(reg->tasks[0].text,
               "厕所革命。改厕120户，由市农业服务中心牵头、各乡镇配合，8月20日前完成。");
    assert_int_equal(reg->ntargets, 1);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_infer__no_clause_has_a_time_so_the_period_ends_all),
        cmocka_unit_test(test_infer__where_others_have_a_time_none_is_made_up),
        cmocka_unit_test(test_infer__a_rule_for_all_fills_the_gaps),
        cmocka_unit_test(test_infer__leads_are_proposed_not_made),
        cmocka_unit_test(test_infer__units_that_act_and_the_office),
        cmocka_unit_test(test_infer__a_gap_in_the_numbers_is_reported),
        cmocka_unit_test(test_infer__who_stands_behind_a_comma),
        cmocka_unit_test(test_infer__the_period_of_a_title_or_of_the_goals),
        cmocka_unit_test(test_infer__the_first_leads_where_a_clause_says_so_of_all),
    };

    return xjtest_main(tests);
}
