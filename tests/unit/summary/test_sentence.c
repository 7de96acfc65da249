#include "summary/summary_priv.h"
#include "support/xjtest.h"

static int
set_up(void **state)
{
    *state = xj_pool_root();
    return 0;
}

static int
tear_down(void **state)
{
    xj_pool_destroy(*state);
    return 0;
}

static void
test_summary_plain__leaves_marks_out_and_numbers_of_papers_in(void **state)
{
    static const struct {
        const char *name, *text, *plain;
    } cases[] = {
        {"a mark", "共2项。〔1〕\n完。〔23〕", "共2项。\n完。"},
        {"the number of a paper", "云健委〔2026〕3号〔7〕", "云健委〔2026〕3号"},
        {"no number", "〔注〕〔〕〔12a〕〔", "〔注〕〔〕〔12a〕〔"},
        {"nothing", "", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(xj_summary_plain(xj_str_c(cases[i].text), *state), cases[i].plain);
}

static void
test_summary_line__is_one_line_cut_behind_a_character(void **state)
{
    assert_str(xj_summary__line(XJ_STR(" 第一行\n第二行 "), 100, *state), "第一行 第二行");
    assert_str(xj_summary__line(XJ_STR("一二三四"), 3, *state), "一二三……");
    assert_str(xj_summary__line(XJ_STR("一二三"), 3, *state), "一二三");
}

static void
test_summary_end__marks_what_rests_on_something(void **state)
{
    xj__draft d = {.pool = *state};

    xj_buf_init(&d.body, *state, 1000);
    xj_buf_add(&d.body, XJ_STR("甲"));
    xj_summary__rest(&d, "duty", 5, 0, "all", XJ_STR("一件"));
    xj_summary__rest(&d, "duty", 6, 0, "all", XJ_STR("两件"));
    xj_summary__end(&d);
    xj_buf_add(&d.body, XJ_STR("乙"));
    xj_summary__end(&d);
    assert_str(xj_buf_str(&d.body), "甲〔1〕\n乙\n");
    assert_int_equal(d.basis.len, 2);
    assert_int_equal(d.basis.items[1].mark, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_summary_plain__leaves_marks_out_and_numbers_of_papers_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_summary_line__is_one_line_cut_behind_a_character,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_summary_end__marks_what_rests_on_something, set_up,
                                        tear_down),
    };

    return xjtest_main(tests);
}
