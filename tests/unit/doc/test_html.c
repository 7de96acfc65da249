#include "parts.h"

#include "doc/doc_priv.h"

static void
expect(const char *page, const char *expected)
{
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;

    must_ok(xj_doc_read(&doc, xj_str_c(page), pool, pool));
    assert_str(shown(doc, pool), expected);
    xj_pool_destroy(pool);
}

#define LONG "各部门要按照职责分工抓好落实，建立台账，定期报送进展情况，确保各项任务按时完成。"

static void
test_html__the_article_is_found_among_navigation(void **state)
{
    (void)state;
    expect("<html><head><title>t</title><script>x</script></head><body>"
           "<div class='top'><a href='#'>首页</a><a href='#'>政务公开</a></div>"
           "<div><div id='zoom'><p>" LONG "</p><p>一、任务<br>1.做好宣<span>传</span>工作。"
           "<div class='share_box'>分享</div></div></div>"
           "<div class='footer'>版权所有</div></body></html>",
           "P " LONG "\nI 一、任务\nI 1.做好宣传工作。\nF 分享\n");
}

static void
test_html__the_title_stands_in_front_where_the_article_lacks_it(void **state)
{
    (void)state;
    expect("<html><head><meta name='ArticleTitle' content='关于印发方案的通知'></head><body>"
           "<div class='article'><p>" LONG "</p></div></body></html>",
           "H 关于印发方案的通知\nP " LONG "\n");
}

static void
test_html__tables_keep_rowspan_and_colspan(void **state)
{
    (void)state;
    expect("<html><body><p>" LONG "</p><table><tr><th>序号</th><th>任务</th><th>单位</th></tr>"
           "<tr><td rowspan=2>1</td><td>甲</td><td rowspan='2'>市教育局</td></tr>"
           "<tr><td>乙</td></tr><tr><td colspan=3>二</td></tr></table></body></html>",
           "P " LONG "\nT4x3{0,0 1x1 序号}{0,1 1x1 任务}{0,2 1x1 单位}{1,0 2x1 1}{1,1 1x1 甲}"
           "{1,2 2x1 市教育局}{2,1 1x1 乙}{3,0 1x3 二}\n");
}

static void
test_html__the_sheet_beside_the_article_is_kept(void **state)
{
    (void)state;
    expect("<html><body><table><tr><td>发文机关</td><td>市政府</td></tr><tr><td>文号</td>"
           "<td>甲政发〔2025〕6号</td></tr></table><div class='article'><p>" LONG
           "</p></div></body></html>",
           "T2x2{0,0 1x1 发文机关}{0,1 1x1 市政府}{1,0 1x1 文号}{1,1 1x1 甲政发〔2025〕6号}\n"
           "P " LONG "\n");
    /* a list of keys is such a sheet too; a list of links is none */
    expect("<html><body><div><ul><li>发文机关：市政府</li><li>发文字号：甲政发〔2025〕6号</li></"
           "ul></div>"
           "<ul><li><a href='/'>发文机关</a></li></ul>"
           "<div class='article'><p>" LONG "</p></div></body></html>",
           "P 发文机关：市政府\nP 发文字号：甲政发〔2025〕6号\nP " LONG "\n");
}

static void
test_html__a_table_for_layout_is_no_table(void **state)
{
    (void)state;
    expect("<html><body><table><tr><td>左</td><td><p>" LONG "</p><p>" LONG
           "</p></td></tr></table></body></html>",
           "P 左\nP " LONG "\nP " LONG "\n");
}

static void
test_html__ordered_lists_get_their_numbers(void **state)
{
    (void)state;
    expect("<html><body><p>" LONG "</p><ol start=3><li>甲</li><li>乙</li></ol>"
           "<p style='display:none'>隐</p></body></html>",
           "P " LONG "\nI 3.甲\nI 4.乙\n");
}

static void
test_html__nesting_without_end_is_survived(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_doc *doc;
    xj_buf page;
    xj_error *err;

    xj_buf_init(&page, pool, 1 << 22);
    xj_buf_add(&page, XJ_STR("<html><body>"));
    for (int i = 0; i < 100000; i++)
        xj_buf_add(&page, XJ_STR("<div>"));
    xj_buf_add(&page, XJ_STR("甲"));
    err = xj_doc_read(&doc, xj_buf_str(&page), pool, pool);
    /* too deep to be read is an empty page; it must only not overflow the stack */
    assert_true(err == NULL || xj_error_is(err, XJ_E_BAD_INPUT));
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html__the_article_is_found_among_navigation),
        cmocka_unit_test(test_html__the_title_stands_in_front_where_the_article_lacks_it),
        cmocka_unit_test(test_html__tables_keep_rowspan_and_colspan),
        cmocka_unit_test(test_html__the_sheet_beside_the_article_is_kept),
        cmocka_unit_test(test_html__a_table_for_layout_is_no_table),
        cmocka_unit_test(test_html__ordered_lists_get_their_numbers),
        cmocka_unit_test(test_html__nesting_without_end_is_survived),
    };

    return xjtest_main(tests);
}
