#include "returntest.h"

static xj_str
text_of(const struct returntest *t, bool chinese, xj_pool *pool)
{
    xj_doc *doc;

    must_ok(xj_doc_read(&doc, returntest_write(t, chinese, pool), pool, pool));
    return doc->text;
}

static void
test_return_sheet_write__has_the_words_last_time_and_each_target(void **state)
{
    static const char *const zh[] = {"市教育局2026S1 报送单",
                                     "报送期限 2026-06-15",
                                     "健康知识普及行动\n（1）举办健康讲座",
                                     "举办健康讲座。全年培训300人次以上。",
                                     "讲座一次（20%）",
                                     "讲座两次",
                                     "培训人次\n全年培训300人次以上",
                                     "知晓率\n不低于80%",
                                     "（首次报送）",
                                     "=HYPERLINK(\"x\")"};
    static const char *const en[] = {"Progress now", "to date", "(first return)", "讲座两次"};
    xj_pool *pool = xj_pool_root();
    const struct returntest *t = returntest_new(pool);
    xj_str text = text_of(t, true, pool);

    (void)state;
    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        assert_true(xj_str_has(text, xj_str_c(zh[i])));
    assert_true(xj_str_has(text, xj_mark_return(7, pool)));
    text = text_of(t, false, pool);
    for (size_t i = 0; i < sizeof en / sizeof *en; i++)
        assert_true(xj_str_has(text, xj_str_c(en[i])));
    xj_pool_destroy(pool);
}

static void
test_return_sheet_write__a_return_without_rows_is_a_table_of_headings(void **state)
{
    xj_pool *pool = xj_pool_root();
    struct returntest *t = returntest_new(pool);

    (void)state;
    t->report.nrows = 0;
    assert_true(xj_str_has(text_of(t, true, pool), XJ_STR("本次进展情况")));
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_return_sheet_write__has_the_words_last_time_and_each_target),
        cmocka_unit_test(test_return_sheet_write__a_return_without_rows_is_a_table_of_headings)};

    return xjtest_main(tests);
}
