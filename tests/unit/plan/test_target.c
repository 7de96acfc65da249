#include "compiletest.h"

/* The targets as "op value unit year", one a line. */
static xj_str
targets_of(xj_pool *pool, const xj_register *reg)
{
    xj_buf buf;

    xj_buf_init(&buf, pool, 1 << 16);
    for (size_t i = 0; i < reg->ntargets; i++) {
        const xj_target *t = &reg->targets[i];

        if (!t->has_value || t->advisory)
            continue;
        xj_buf_printf(&buf, "%s%s %g", buf.len > 0 ? "; " : "", xj_target_op_word(t->op), t->value);
        if (t->has_max)
            xj_buf_printf(&buf, "-%g", t->max);
        xj_buf_printf(&buf, " " XJ_FMT " %d", XJ_ARG(t->unit), t->year);
    }
    return xj_buf_str(&buf);
}

static void
test_target__operators_units_and_years(void **state)
{
    static const struct {
        const char *text, *targets;
    } cases[] = {
        {"建成率不低于95%", ">= 95 % 2024"},
        {"到2025年，建成率达到90%以上", ">= 90 % 2025"},
        {"到2025年和2030年，建成率分别不低于60%和80%", ">= 60 % 2025; >= 80 % 2030"},
        {"死亡率控制在4.5‰以内", "<= 4.5 ‰ 2024"},
        {"死亡率下降到9/10万及以下", "<= 9 /10万 2024"},
        {"吸烟率低于22%", "< 22 % 2024"},
        {"规范率超过50%", "> 50 % 2024"},
        {"近视率较上年下降0.6个百分点", "decrease_by 0.6 百分点 2024"},
        {"优良率每年提高1.5个百分点", "increase_by 1.5 百分点/年 2024"},
        {"覆盖率达到100%", "= 100 % 2024"},
        {"校医配备率达到七成以上", ">= 70 % 2024"},
        {"合格率达到百分之八十五", ">= 85 % 2024"},
        {"三分之二以上的学校建成", ">= 66.67 % 2024"},
        {"新建无烟学校50所", ">= 50 所 2024"},
        {"培训10名医师", ">= 10 名 2024"},
        {"至少设置1家戒烟门诊", ">= 1 家 2024"},
        {"每月上报病例不少于8份", ">= 8 份/月 2024"},
        {"学生每天锻炼一小时", ">= 1 小时/天 2024"},
        {"服务不少于1.5万人次", ">= 1.5 万人次 2024"},
        {"培育企业5～8家", ">= 5-8 家 2024"},
        {"抽检学校不少于三十所", ">= 30 所 2024"},
        {"实现戒烟门诊全覆盖", "= 100 % 2024"},
        {"所有乡镇建立控烟队伍", "= 100 % 2024"},
        {"精神专科医院均开设戒烟门诊", "= 100 % 2024"},
        {"丰水期、枯水期分别完成监测点20处", ">= 20 处 2024; >= 20 处 2024"},
        {"甲完成率、乙处置率均达95%", ">= 95 % 2024; >= 95 % 2024"},
        {"补助标准为960元/人/年", "= 960 元/人/年 2024"},
        {"全区50%的门诊设立戒烟室", ">= 50 % 2024"},
        {"进行一次面对面指导", ">= 1 次 2024"},
        {"人均预期寿命达到79.3岁", ">= 79.3 岁 2024"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。%s。（市教育局负责）", cases[i].text);

        assert_str(targets_of(pool, compiled_item(pool, item.data)), cases[i].targets);
    }
    xj_pool_destroy(pool);
}

static void
test_target__names_ages_and_titles_are_no_targets(void **state)
{
    static const char *const texts[] = {"推广“321”模式",
                                        "落实五项制度",
                                        "开通12320热线",
                                        "服务60岁以上老年人",
                                        "打造“15分钟健身圈”",
                                        "加强对6个贫困县的指导",
                                        "落实《每天一小时规定》",
                                        "以“1-3-7”管理为核心",
                                        "完成第五次调查",
                                        "推出一批专栏",
                                        "二级以上医院开展服务",
                                        "完善两库两机制",
                                        "可在全省23家定点医院享受",
                                        "年均浓度下降",
                                        "建设覆盖全市的平台"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。%s。（市教育局负责）", texts[i]);

        assert_str(targets_of(pool, compiled_item(pool, item.data)), "");
    }
    xj_pool_destroy(pool);
}

static void
test_target__advice_to_persons_is_marked(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool,
        "倡导锻炼。鼓励个人至少掌握1项技能，每天运动至少半小时。新建球场3处。（市教育局负责）");

    (void)state;
    assert_int_equal(reg->ntargets, 3);
    assert_true(reg->targets[0].advisory);
    assert_true(reg->targets[1].advisory);
    assert_int_equal(reg->targets[0].strength, XJ_STRENGTH_ENCOURAGED);
    assert_false(reg->targets[2].advisory);
    xj_pool_destroy(pool);
}

static void
test_target__the_same_promise_twice_counts_once(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool, "实现学校戒烟门诊全覆盖。年底前，确保所有学校戒烟门诊达到全覆盖。（市教育局负责）");

    (void)state;
    assert_int_equal(reg->ntargets, 1);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_target__operators_units_and_years),
        cmocka_unit_test(test_target__names_ages_and_titles_are_no_targets),
        cmocka_unit_test(test_target__advice_to_persons_is_marked),
        cmocka_unit_test(test_target__the_same_promise_twice_counts_once),
    };

    return xjtest_main(tests);
}
