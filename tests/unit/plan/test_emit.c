#include "compiletest.h"

static bool
is_no_plan(xj_pool *pool, const char *text)
{
    xj_register *reg;
    xj_doc *doc;
    xj_error *err;
    bool none;

    must_ok(xj_doc_read_text(&doc, xj_str_c(text), pool, pool));
    err = xj_plan_compile(&reg, doc, pool, pool);
    none = xj_error_code(err) == XJ_E_NO_PLAN;
    xj_error_clear(err);
    return none;
}

/* Paragraphs are tasks where each says who does it; one that opens them is said of all. */
static void
test_emit__paragraphs_with_clauses_of_their_own(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled(pool, "溪州市健康行动2024年方案\n一、控烟行动\n本行动分三步走。\n"
                                      "——办好甲事。牵头单位：市教育局；配合单位：市体育局。\n"
                                      "——办好乙事。\n责任单位：市财政局\n——办好丙事。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 3);
    assert_str(reg->tasks[0].title, "办好甲事");
    assert_str(reg->tasks[0].units[0].name, "市教育局");
    assert_int_equal(reg->tasks[0].nunits, 2);
    assert_str(reg->tasks[1].title, "办好乙事");
    assert_str(reg->tasks[1].units[0].name, "市财政局");
    assert_int_equal(reg->tasks[2].nunits, 0);
    xj_pool_destroy(pool);
}

/* A clause alone behind the items of an action is said of all, where none has its own. */
static void
test_emit__a_closing_clause_is_said_of_all(void **state)
{
    xj_pool *pool = xj_pool_root();
    const char *const head = "溪州市健康行动2024年方案\n一、控烟行动\n1.办好甲事。\n";
    const char *const all = "2.办好乙事。\n（责任单位：市教育局、市体育局）\n";
    const char *const last = "2.办好乙事。（市财政局负责）\n（责任单位：市教育局）\n";
    xj_register *reg = compiled(pool, xj_str_cdup(xj_str_printf(pool, "%s%s", head, all), pool));

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].nunits, 2);
    assert_int_equal(reg->tasks[1].nunits, 2);
    reg = compiled(pool, xj_str_cdup(xj_str_printf(pool, "%s%s", head, last), pool));
    assert_int_equal(reg->tasks[0].nunits, 0);
    xj_pool_destroy(pool);
}

/* A paper without chapters has its numbered paragraphs as tasks where it gives work to somebody. */
static void
test_emit__a_flat_paper_gives_out_work_and_a_law_does_not(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "关于做好2024年溪州市健康工作的通知\n1.办好甲事。（市教育局负责）\n"
                       "2.办好乙事。市体育局会同市财政局，认真去做。\n"
                       "3.各责任单位请于12月5日前将情况报市推进办。\n");

    (void)state;
    assert_int_equal(reg->ntasks, 2);
    assert_int_equal(reg->tasks[0].action, 0);
    assert_int_equal(reg->tasks[1].nunits, 2);
    assert_int_equal(reg->nobligations, 1);
    assert_true(is_no_plan(pool, "溪州市爱国卫生条例\n第一条 为了健康，制定本条例。\n"
                                 "第二条 市人民政府牵头，教育局负责学校。\n"));
    assert_true(is_no_plan(pool, "溪州市的几点看法\n1.今年雨水很多。\n2.明年也许不多。\n"));
    xj_pool_destroy(pool);
}

/* 任务名称 opens a task below a chapter that is no action by its name. */
static void
test_emit__blocks_with_names(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled(pool, "溪州市健康行动2024年任务清单\n一、健康专项\n任务名称：办甲事\n"
                       "工作目标：办成3件。\n牵头单位：市教育局\n任务名称：办乙事\n"
                       "完成时限：2024年9月\n牵头单位：市体育局\n");

    (void)state;
    assert_int_equal(reg->nactions, 1);
    assert_int_equal(reg->ntasks, 2);
    assert_str(reg->tasks[0].title, "办甲事");
    assert_str(reg->tasks[1].units[0].name, "市体育局");
    assert_int_equal(reg->tasks[1].deadline.date.month, 9);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_emit__paragraphs_with_clauses_of_their_own),
        cmocka_unit_test(test_emit__a_closing_clause_is_said_of_all),
        cmocka_unit_test(test_emit__a_flat_paper_gives_out_work_and_a_law_does_not),
        cmocka_unit_test(test_emit__blocks_with_names)};

    return xjtest_main(tests);
}
