#include "plantest.h"

#include "plan/aside.h"
#include "plan/import_priv.h"

static void
test_kind__by_the_end_of_the_title(void **state)
{
    static const struct {
        const char *title, *kind;
    } cases[] = {
        {"云沂省爱国卫生条例", "law"},
        {"健康云沂行动2026年工作要点", "work_points"},
        {"关于做好秋冬季防控工作的通知", "notice"},
        {"关于印发《健康云沂行动实施方案（2026—2030年）》的通知", "action_plan"},
        {"随便一篇", "other"},
        {"", "other"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *kind = xj_document_kind_of(xj_str_c(cases[i].title), pool);

        assert_true(xj_document_kind_is(xj_str_c(kind)));
        assert_string_equal(kind, cases[i].kind);
    }
    assert_false(xj_document_kind_is(XJ_STR("nonsense")));
    xj_pool_destroy(pool);
}

static void
test_title__the_line_that_ends_like_one_else_the_first_else_the_file(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(
        xj_plan__aside_title(XJ_STR("云沂省人民代表大会\n云沂省爱国卫生条例\n第一条 为了健康。\n"),
                             XJ_STR("a.txt"), pool),
        "云沂省爱国卫生条例");
    assert_str(xj_plan__aside_title(XJ_STR("各位同事\n明天开会。\n"), XJ_STR("a.txt"), pool),
               "各位同事");
    assert_str(xj_plan__aside_title(XJ_STR("明天开会。\n"), XJ_STR("会议.v2.txt"), pool),
               "会议.v2");
    assert_str(xj_plan__aside_title(XJ_STR(""), XJ_STR(".hidden"), pool), ".hidden");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kind__by_the_end_of_the_title),
        cmocka_unit_test(test_title__the_line_that_ends_like_one_else_the_first_else_the_file),
    };

    return xjtest_main(tests);
}
