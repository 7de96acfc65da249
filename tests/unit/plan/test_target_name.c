#include "compiletest.h"

/* The indicators of TEXT, one behind another. */
static xj_str
names_of(xj_pool *pool, const char *text)
{
    const xj_register *reg = compiled_item(
        pool, xj_str_cdup(xj_str_printf(pool, "做好控烟。%s。（市教育局负责）", text), pool));
    xj_buf buf;

    xj_buf_init(&buf, pool, 1 << 16);
    for (size_t i = 0; i < reg->ntargets; i++)
        xj_buf_printf(&buf, "%s" XJ_FMT, i > 0 ? "; " : "", XJ_ARG(reg->targets[i].indicator));
    return xj_buf_str(&buf);
}

static void
test_target_name__indicators_are_named_by_the_words_before(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool, "做好控烟。力争2025年底无烟学校建成率达到90%，培训10名医师。（市教育局负责）");

    (void)state;
    assert_str(reg->targets[0].indicator, "无烟学校建成率");
    assert_int_equal(reg->targets[0].strength, XJ_STRENGTH_EXPECTED);
    assert_str(reg->targets[1].indicator, "培训医师");
    assert_int_equal(reg->targets[1].year_inferred, false);
    xj_pool_destroy(pool);
}

static void
test_target_name__figures_that_stand_together_have_a_name_each(void **state)
{
    static const struct {
        const char *text, *names;
    } cases[] = {
        {"丰水期、枯水期分别完成监测点20处", "丰水期完成监测点; 枯水期完成监测点"},
        {"甲完成率、乙处置率均达95%", "甲完成率; 乙处置率"},
        {"高血压、糖尿病患者规范管理率达到70%以上", "高血压患者规范管理率; 糖尿病患者规范管理率"},
        {"创建食堂50家、餐厅20家", "创建食堂; 餐厅"},
        {"到2025年和2030年，建成率分别不低于60%和80%", "建成率; 建成率"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(names_of(pool, cases[i].text), cases[i].names);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_target_name__indicators_are_named_by_the_words_before),
        cmocka_unit_test(test_target_name__figures_that_stand_together_have_a_name_each),
    };

    return xjtest_main(tests);
}
