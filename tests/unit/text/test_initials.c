#include "support/xjtest.h"

#include "text/initials.h"

static void
test_initials__are_the_first_letters(void **state)
{
    static const struct {
        const char *text, *initials;
    } cases[] = {
        {"市中医院", "szyy"},
        {"市教育局", "sjyj"},
        {"120急救中心", "120jjzx"},
        {"市CDC（疾控）", "scdcjk"},
        {"重庆市", "cqs"},
        {"重点办", "zdb"},
        {"人民银行", "rmyh"},
        {"行政审批局", "xzspj"},
        {"卫生健康委员会", "wsjkwyh"},
        {"长治市", "czs"},
        {"", ""},
        {"——、（）", ""},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(xj_text_initials(xj_str_c(cases[i].text), pool), cases[i].initials);
    xj_pool_destroy(pool);
}

static void
test_initials__give_each_reading_a_form(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(xj_text_initials(XJ_STR("重"), pool), "z c");
    assert_str(xj_text_initials(XJ_STR("行单"), pool), "xd hd xs hs");
    xj_pool_destroy(pool);
}

static void
test_initials__stop_at_their_limits(void **state)
{
    xj_pool *pool = xj_pool_root();
    char many[3 * 300];
    xj_str got;

    (void)state;
    for (size_t i = 0; i < 300; i++)
        memcpy(many + 3 * i, "重", 3);
    got = xj_text_initials(xj_str_of(many, 3 * 256), pool);
    assert_int_equal(got.len, 8 * 257 - 1);
    got = xj_text_initials(xj_str_of(many, sizeof many), pool);
    assert_int_equal(got.len, 8 * 257 - 1);
    got = xj_text_initials(xj_str_of(many, 3 * 5), pool);
    assert_int_equal(got.len, 8 * 6 - 1);
    xj_pool_destroy(pool);
}

static void
test_is_initials__letters_and_figures(void **state)
{
    char many[257];

    (void)state;
    assert_true(xj_text_is_initials(XJ_STR("zyy")));
    assert_true(xj_text_is_initials(XJ_STR("B163")));
    assert_false(xj_text_is_initials(XJ_STR("163")));
    assert_false(xj_text_is_initials(XJ_STR("中医yy")));
    assert_false(xj_text_is_initials(XJ_STR("")));
    memset(many, 'a', sizeof many);
    assert_true(xj_text_is_initials(xj_str_of(many, 256)));
    assert_false(xj_text_is_initials(xj_str_of(many, 257)));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_initials__are_the_first_letters),
        cmocka_unit_test(test_initials__give_each_reading_a_form),
        cmocka_unit_test(test_initials__stop_at_their_limits),
        cmocka_unit_test(test_is_initials__letters_and_figures),
    };

    return xjtest_main(tests);
}
