#include "compiletest.h"

static const char title[] = "溪州市“两癌”检查2024年实施方案\n一、任务分工\n"
                            "（一）市妇联负责宣传发动。\n（二）市财政局负责落实经费。\n"
                            "附件\n";

static xj_register *
with_table(xj_pool *pool, const char *text)
{
    return compiled(pool, xj_str_printf(pool, "%s%s", title, text).data);
}

static void
test_table_quota__each_row_is_a_task_with_a_target_for_each_figure(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        with_table(pool, "各乡镇任务分配表\n序号\t乡镇\t宫颈癌检查（人）\t乳腺癌检查（人）\t"
                         "完成时限\n1\t平桥镇\t2600\t2600\t10月底\n"
                         "2\t石坪乡\t1800\t-\t11月底\n合计\t\t4400\t2600\t\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    assert_str(reg->tasks[2].title, "平桥镇");
    assert_str(reg->tasks[2].text, "平桥镇\n2600\n2600");
    assert_str(units_of(pool, &reg->tasks[2]), "平桥镇=responsible");
    assert_int_equal(reg->tasks[3].deadline.date.month, 11);
    assert_int_equal(reg->ntargets, 3); /* a dash and the sum promise nothing */
    assert_str(reg->targets[0].indicator, "宫颈癌检查");
    assert_str(reg->targets[0].unit, "人");
    assert_true(reg->targets[0].value == 2600);
    assert_str(reg->targets[1].indicator, "乳腺癌检查");
    assert_str(reg->targets[2].task, reg->tasks[3].no.data);
    xj_pool_destroy(pool);
}

static void
test_table_quota__units_of_counting_and_of_a_column(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = with_table(pool, "2024年任务数分解\n单位：例\n县区\t监测病例\t责任单位\n"
                                        "东陵\t120\t东陵区疾控中心\n西陵\t80例\t西陵区疾控中心\n");

    (void)state;
    assert_int_equal(reg->ntasks, 4);
    assert_str(units_of(pool, &reg->tasks[3]), "西陵区疾控中心=responsible");
    assert_str(reg->targets[0].unit, "例");
    assert_str(reg->targets[1].unit, "例");
    /* who has no unit's name is still who it is */
    reg = with_table(pool, "2024年任务数分解\n县区\t监测病例\n东陵\t120\n西陵\t80\n");
    assert_str(units_of(pool, &reg->tasks[2]), "东陵=responsible");
    xj_pool_destroy(pool);
}

static void
test_table_quota__figures_that_are_told_are_none(void **state)
{
    xj_pool *pool = xj_pool_root();
    /* nothing says that they are to be reached */
    xj_register *reg = with_table(pool, "各乡镇人口\n乡镇\t人口\n平桥镇\t2600\n石坪乡\t1800\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    /* words among the figures: another table */
    reg = with_table(pool, "任务分配表\n乡镇\t检查人数\n平桥镇\t2600\n石坪乡\t待定\n");
    assert_int_equal(reg->ntargets, 0);
    /* of a column that tells what has been done nothing is promised */
    reg = with_table(
        pool, "任务分配表\n乡镇\t上年完成\t检查人数\n平桥镇\t900\t2600\n石坪乡\t800\t1800\n");
    assert_int_equal(reg->ntasks, 4);
    assert_int_equal(reg->ntargets, 2);
    assert_true(reg->targets[1].value == 1800);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_quota__each_row_is_a_task_with_a_target_for_each_figure),
        cmocka_unit_test(test_table_quota__units_of_counting_and_of_a_column),
        cmocka_unit_test(test_table_quota__figures_that_are_told_are_none),
    };

    return xjtest_main(tests);
}
