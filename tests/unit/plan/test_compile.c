#include "compiletest.h"

static void
refused(const char *text, xj_code code)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_register *reg;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    must_fail(xj_plan_compile(&reg, doc, pool, pool), code);
    xj_pool_destroy(pool);
}

static void
test_compile__a_text_without_a_plan_is_none(void **state)
{
    (void)state;
    refused("今天天气很好。\n我们去散步，然后回家。\n", XJ_E_NO_PLAN);
    refused("（", XJ_E_NO_PLAN);
}

/* A plan of N tasks. */
static xj_str
plan_of(xj_pool *pool, size_t n)
{
    xj_buf buf;

    xj_buf_init(&buf, pool, 64 << 20);
    xj_buf_add(&buf, XJ_STR("溪州市健康行动2024年方案\n一、控烟行动\n"));
    for (size_t i = 1; i <= n; i++)
        xj_buf_printf(&buf, "%zu.甲事。\n", i % 1000);
    return xj_buf_str(&buf);
}

static void
test_compile__too_large_one_task_above_the_limit(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_register *reg;

    (void)state;
    must_ok(xj_doc_read_text(&doc, plan_of(pool, XJ_PLAN_TASKS_MAX), pool, pool));
    must_ok(xj_plan_compile(&reg, doc, pool, pool));
    assert_int_equal(reg->ntasks, XJ_PLAN_TASKS_MAX);
    must_ok(xj_doc_read_text(&doc, plan_of(pool, XJ_PLAN_TASKS_MAX + 1), pool, pool));
    must_fail(xj_plan_compile(&reg, doc, pool, pool), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

static void
test_compile__worn_characters_stay_and_are_reported(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "组建志愿月艮务队。（市教育局负责）");

    (void)state;
    assert_true(warned(reg, "ocr_suspect"));
    assert_str(reg->tasks[0].text, "组建志愿月艮务队。");
    xj_pool_destroy(pool);
}

static void
test_compile__ranges_are_pieces_of_the_text(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled_item(pool, "甲事。建成率达到９０％。（市教育局负责，１２月底前完成）");
    const xj_target *t = &reg->targets[0];
    const xj_deadline *d = &reg->tasks[0].deadline;

    (void)state;
    assert_str(xj_str_sub(reg->text, t->source.from, t->source.to), "建成率达到９０％");
    assert_str(xj_str_sub(reg->text, d->source.from, d->source.to), "１２月底前完成");
    assert_true(t->value == 90);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compile__a_text_without_a_plan_is_none),
        cmocka_unit_test(test_compile__too_large_one_task_above_the_limit),
        cmocka_unit_test(test_compile__worn_characters_stay_and_are_reported),
        cmocka_unit_test(test_compile__ranges_are_pieces_of_the_text),
    };

    return xjtest_main(tests);
}
