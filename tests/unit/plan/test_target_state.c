#include "compiletest.h"

static void
test_target_state__a_state_to_be_reached_is_done_by_its_year(void **state)
{
    static const struct {
        const char *text, *indicator;
        int year;
    } cases[] = {
        {"建成市级监测预警平台", "市级监测预警平台", 2024},
        {"建成市健身中心，到2026年底完成装修", "市健身中心", 2026},
        {"市妇幼托育园到2025年底投入使用", "市妇幼托育园", 2025},
        {"到2025年底，全市各级机关建成无烟机关", "全市各级机关建成无烟机关", 2025},
        {"到2025年，消除碘缺乏危害状态持续保持", "碘缺乏危害", 2025},
        {"2025年国家卫生县城复审达标", "国家卫生县城复审", 2025},
        {"促进学生体质健康达标", NULL, 0},
        {"巩固建成区绿化", NULL, 0},
        {"平台建成后及时验收", NULL, 0},
        {"消除安全隐患", NULL, 0},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。%s。（市教育局负责）", cases[i].text);
        xj_register *reg = compiled_item(pool, item.data);

        assert_int_equal(reg->ntargets, cases[i].indicator == NULL ? 0 : 1);
        if (cases[i].indicator == NULL)
            continue;
        assert_int_equal(reg->targets[0].op, XJ_OP_DONE);
        assert_false(reg->targets[0].has_value);
        assert_str(reg->targets[0].indicator, cases[i].indicator);
        assert_int_equal(reg->targets[0].year, cases[i].year);
    }
    xj_pool_destroy(pool);
}

static void
test_target_state__words_of_the_whole_are_a_hundred_percent(void **state)
{
    static const struct {
        const char *text, *indicator; /* NULL: promises nothing */
    } cases[] = {
        {"实现戒烟门诊全覆盖", "戒烟门诊"},
        {"健全工作委员会，9月底前实现全覆盖", "健全工作委员会"},
        {"提高全覆盖水平的能力", NULL},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。%s。（市教育局负责）", cases[i].text);
        xj_register *reg = compiled_item(pool, item.data);

        assert_int_equal(reg->ntargets, cases[i].indicator == NULL ? 0 : 1);
        if (cases[i].indicator == NULL)
            continue;
        assert_int_equal(reg->targets[0].op, XJ_OP_EQ);
        assert_true(reg->targets[0].value == 100);
        assert_str(reg->targets[0].unit, "%");
        assert_str(reg->targets[0].indicator, cases[i].indicator);
    }
    xj_pool_destroy(pool);
}

static void
test_target_state__a_trend_is_promised_for_each_year_that_is_named(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool, "做好控烟。到2025年和2030年，居民心理问题发生率上升趋势减缓。（市教育局负责）");

    (void)state;
    assert_int_equal(reg->ntargets, 2);
    for (size_t i = 0; i < reg->ntargets; i++) {
        assert_int_equal(reg->targets[i].op, XJ_OP_TREND);
        assert_false(reg->targets[i].has_value);
        assert_int_equal(reg->targets[i].year, i == 0 ? 2025 : 2030);
    }
    /* without a year it is a wish */
    reg = compiled_item(pool, "做好控烟。居民心理问题发生率上升趋势减缓。（市教育局负责）");
    assert_int_equal(reg->ntargets, 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_target_state__a_state_to_be_reached_is_done_by_its_year),
        cmocka_unit_test(test_target_state__words_of_the_whole_are_a_hundred_percent),
        cmocka_unit_test(test_target_state__a_trend_is_promised_for_each_year_that_is_named),
    };

    return xjtest_main(tests);
}
