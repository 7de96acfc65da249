#include "support/xjtest.h"

#include "text/chars.h"

static xj_chars
fold(const char *text, xj_pool *pool)
{
    xj_chars c;

    xj_chars_fold(&c, xj_str_c(text), pool);
    return c;
}

/* The folded characters as UTF-8. */
static xj_str
shown(const xj_chars *c, xj_pool *pool)
{
    char *out = xj_alloc(pool, c->n * 4 + 1);
    size_t len = 0;

    for (size_t i = 0; i < c->n; i++)
        len += xj_utf8_put(out + len, c->c[i]);
    return xj_str_of(out, len);
}

static void
test_fold__print_that_varies_has_one_form(void **state)
{
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"１２月", "12月"},
        {"〔2020〕３号", "(2020)3号"},
        {"［2020｝", "(2020)"},
        {"2020—2022年", "2020-2022年"},
        {"0～6岁", "0-6岁"},
        {"5~8家", "5-8家"},
        {"69 个 ，　好", "69个,好"},
        {"<p>甲</p>乙<br/>", "甲乙"},
        {"x<5%", "x<5%"},
        {"“甲”、《乙》。", "“甲”、《乙》。"},
        {"甲\n乙\t丙", "甲\n乙\t丙"},
        {"①", "①"},
        {"㎡", "㎡"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_chars c = fold(cases[i].text, pool);

        assert_str(shown(&c, pool), cases[i].folded);
    }
    xj_pool_destroy(pool);
}

static void
test_fold__characters_beyond_the_basic_plane_stay_places(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c = fold("甲\xF0\xA0\x80\x80乙", pool);

    (void)state;
    assert_int_equal(c.n, 3);
    assert_int_equal(c.c[1], XJ_CHAR_OTHER);
    assert_int_equal(c.at[2], 7);
    assert_int_equal(xj_chars_end(&c, 1), 7);
    xj_pool_destroy(pool);
}

static void
test_clean__a_clean_range_is_a_view_and_another_a_copy(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c = fold("新建球场 69 个\n以上 HEARTS plan", pool);
    xj_str part = xj_chars_clean(&c, (xj_span){0, 4}, pool), all;

    (void)state;
    assert_str(part, "新建球场");
    assert_true(part.data == c.text.data);
    all = xj_chars_clean(&c, (xj_span){0, c.n}, pool);
    assert_str(all, "新建球场69个以上HEARTS plan");
    assert_str(xj_chars_clean(&c, (xj_span){2, 2}, pool), "");
    xj_pool_destroy(pool);
}

static void
test_trim__marks_at_the_ends_go(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c = fold("，甲、乙。\n", pool);
    xj_span s = xj_chars_trim(&c, (xj_span){0, c.n}, u",。");

    (void)state;
    assert_str(xj_chars_bytes(&c, s), "甲、乙");
    assert_int_equal(xj_chars_find(&c, s, u'、'), 2);
    assert_int_equal(xj_chars_find(&c, s, u'丙'), s.to);
    assert_true(xj_chars_is(&c, 1, c.n, u"甲、"));
    assert_false(xj_chars_is(&c, 1, 2, u"甲、"));
    xj_pool_destroy(pool);
}

static void
test_fold_some__stops_at_its_room(void **state)
{
    xj_char c[3];
    size_t len;

    (void)state;
    assert_int_equal(xj_chars_fold_some(c, 3, XJ_STR("（ 一 ）甲"), &len), 3);
    assert_int_equal(c[0], '(');
    assert_int_equal(c[2], ')');
    assert_int_equal(len, 11);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold__print_that_varies_has_one_form),
        cmocka_unit_test(test_fold__characters_beyond_the_basic_plane_stay_places),
        cmocka_unit_test(test_clean__a_clean_range_is_a_view_and_another_a_copy),
        cmocka_unit_test(test_trim__marks_at_the_ends_go),
        cmocka_unit_test(test_fold_some__stops_at_its_room),
    };

    return xjtest_main(tests);
}
