#include "support/xjtest.h"

#include "plan/plan_priv.h"
#include "plan/search.h"

static void
test_document_words__hold_every_form_of_a_number(void **state)
{
    static const char *const found[] = {"云健委〔2023〕5号",
                                        "云健委[2023]5号",
                                        "云健委（２０２３）5 号",
                                        "【2023】",
                                        "健康云沂",
                                        "实施 方案",
                                        "推进办",
                                        "JKYYSSFA",
                                        "b163"};
    static const char *const missed[] = {"云健委2023", "方案云健委", "健康云健委", "fajk"};
    xj_pool *pool = xj_pool_root();
    const xj_str words = xj_plan__document_words(
        XJ_STR("健康云沂实施方案"), XJ_STR("云健委〔2023〕5号"), XJ_STR("推进办B163"), pool);

    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        assert_true(xj_str_has(words, xj_plan__document_query(xj_str_c(found[i]), pool)));
    for (size_t i = 0; i < sizeof missed / sizeof *missed; i++)
        assert_false(xj_str_has(words, xj_plan__document_query(xj_str_c(missed[i]), pool)));
    assert_true(xj_plan__document_words(XJ_STR(""), XJ_STR_NONE, XJ_STR_NONE, pool).len > 0);
    xj_pool_destroy(pool);
}

static void
test_search_context__is_cut_where_characters_begin(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_buf text;
    xj_str got;

    (void)state;
    xj_buf_init(&text, pool, 1 << 16);
    for (int i = 0; i < 200; i++)
        xj_buf_add(&text, i == 100 ? XJ_STR("B163") : XJ_STR("健"));
    got = xj_search_context(xj_buf_str(&text), XJ_STR("b163"), pool);
    assert_true(xj_str_has(got, XJ_STR("B163")));
    assert_int_equal(got.len, 60 + 4 + 240);
    assert_int_equal(xj_utf8_check(got), got.len);
    got = xj_search_context(xj_buf_str(&text), XJ_STR("没有"), pool);
    assert_int_equal(got.len, 240);
    assert_str(xj_search_context(XJ_STR("全民健身"), XJ_STR("健身"), pool), "全民健身");
    assert_str(xj_search_context(XJ_STR("健"), XJ_STR("身"), pool), "健");
    assert_str(xj_search_context(XJ_STR(""), XJ_STR("健"), pool), "");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_document_words__hold_every_form_of_a_number),
        cmocka_unit_test(test_search_context__is_cut_where_characters_begin),
    };

    return xjtest_main(tests);
}
