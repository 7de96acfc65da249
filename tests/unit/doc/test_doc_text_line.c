#include "doc/doc_text_priv.h"

#include "support/xjtest.h"

static xj_text_reader
lines_of(xj_pool *pool, const char *text)
{
    xj_text_reader r = {.bytes = xj_str_c(text), .result = pool, .scratch = pool};

    xj_doc__split_lines(&r);
    xj_doc__find_bars(&r);
    xj_doc__mark_running_heads(&r);
    return r;
}

static void
test_split_lines__says_what_a_line_is(void **state)
{
    static const struct {
        const char *line;
        int flags;
        xj_label_kind label;
    } cases[] = {
        {"市教育局要做好控烟工作", 0, XJ_LABEL_NONE},
        {"市教育局要做好控烟工作。", LINE_TERMINAL, XJ_LABEL_NONE},
        {"一、总体要求", 0, XJ_LABEL_HAN},
        {"— 3 —", LINE_PAGE_NUMBER, XJ_LABEL_NONE},
        {"第 12 页", LINE_PAGE_NUMBER, XJ_LABEL_NONE},
        {"2023年3月20日", LINE_DATE, XJ_LABEL_NONE},
        {"二〇二〇年七月二十日", LINE_DATE, XJ_LABEL_NONE},
        {"内容：建设步道", LINE_KEY, XJ_LABEL_NONE},
        {"责任单位：市教育局", LINE_KEY | LINE_ENTRY, XJ_LABEL_NONE},
        {"当前位置：首页 > 政策文件", LINE_NAVIGATION | LINE_KEY | LINE_ENTRY, XJ_LABEL_NONE},
        {"甲\t乙", LINE_ROW, XJ_LABEL_NONE},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_text_reader r = lines_of(pool, cases[i].line);

        assert_int_equal(r.nlines, 1);
        if (r.lines[0].flags != cases[i].flags || r.lines[0].label != cases[i].label)
            fail_msg("%s: flags %d, label %d", cases[i].line, r.lines[0].flags, r.lines[0].label);
    }
    xj_pool_destroy(pool);
}

static void
test_split_lines__knows_place_width_indent_and_what_stands_before(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_text_reader r = lines_of(pool, "甲乙\n\n\xe3\x80\x80丙a \xc2\xa0\f\n丁\r\n戊");

    (void)state;
    assert_int_equal(r.nlines, 4);
    assert_int_equal(r.lines[0].width, 4);
    assert_int_equal(r.lines[0].flags, 0);
    assert_int_equal(r.lines[1].flags, LINE_BLANK_BEFORE);
    assert_int_equal(r.lines[1].indent, 2);
    assert_int_equal(r.lines[1].width, 3);
    assert_str(xj_str_sub(r.bytes, r.lines[1].from, r.lines[1].to), "丙a");
    assert_true(r.lines[2].flags & LINE_PAGE_BEFORE);
    assert_int_equal(r.lines[3].flags, 0);
    xj_pool_destroy(pool);
}

static void
test_find_bars__takes_lines_of_as_many_cells_for_a_table(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_text_reader r = lines_of(pool, "序号|任务|单位\n---|---|---\n1|甲|市教育局\n甲|乙|丙|丁\n");

    (void)state;
    assert_int_equal(r.nlines, 4);
    assert_int_equal(r.lines[0].flags, LINE_ROW | LINE_BARS);
    assert_int_equal(r.lines[1].flags, LINE_ROW | LINE_BARS | LINE_NAVIGATION);
    assert_int_equal(r.lines[2].flags, LINE_ROW | LINE_BARS);
    assert_int_equal(r.lines[3].flags, 0);
    xj_pool_destroy(pool);
}

static void
test_mark_running_heads__takes_what_stands_at_page_ends(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_text_reader r = lines_of(pool, "溪州市健康行动方案\n一、目标\n第 1 页\n溪州市健康行动方案\n"
                                      "1.甲。\n第 2 页\n溪州市健康行动方案\n2.乙。\n");

    (void)state;
    assert_int_equal(r.nlines, 8);
    for (size_t i = 0; i < r.nlines; i++)
        assert_int_equal((r.lines[i].flags & LINE_RUNNING_HEAD) != 0, i == 3 || i == 6);
    xj_pool_destroy(pool);
}

static void
test_trims__take_blanks_of_all_kinds_and_a_frame_of_bars(void **state)
{
    (void)state;
    assert_int_equal(xj_doc__blank_len(XJ_STR(" a"), 0), 1);
    assert_int_equal(xj_doc__blank_len(XJ_STR("\xc2\xa0"), 0), 2);
    assert_int_equal(xj_doc__blank_len(XJ_STR("\xe3\x80\x80"), 0), 3);
    assert_int_equal(xj_doc__blank_len(XJ_STR("甲"), 0), 0);
    assert_str(xj_doc__trim_right(XJ_STR(" 甲 \t\xc2\xa0\xe3\x80\x80")), " 甲");
    assert_str(xj_doc__trim_right(XJ_STR(" \v")), "");
    assert_int_equal(xj_doc__bar_len(XJ_STR("甲|"), 3), 1);
    assert_int_equal(xj_doc__bar_len(XJ_STR("｜"), 0), 3);
    assert_int_equal(xj_doc__bar_len(XJ_STR("甲|"), 0), 0);
    assert_str(xj_doc__without_frame(XJ_STR("|甲｜乙| ")), "甲｜乙");
    assert_str(xj_doc__without_frame(XJ_STR("甲|乙|")), "甲|乙|");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split_lines__says_what_a_line_is),
        cmocka_unit_test(test_split_lines__knows_place_width_indent_and_what_stands_before),
        cmocka_unit_test(test_find_bars__takes_lines_of_as_many_cells_for_a_table),
        cmocka_unit_test(test_mark_running_heads__takes_what_stands_at_page_ends),
        cmocka_unit_test(test_trims__take_blanks_of_all_kinds_and_a_frame_of_bars),
    };

    return xjtest_main(tests);
}
