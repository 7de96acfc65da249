#include "support/xjtest.h"

#include "text/number.h"

static void
test_parse__figures_in_both_writings(void **state)
{
    static const struct {
        const char *text;
        double value;
        size_t len;
    } cases[] = {
        {"3", 3, 1},         {"43.3%", 43.3, 4},          {"1,200人", 1200, 5},
        {"12，3", 12, 2},    {"二十一", 21, 3},           {"一百零五家", 105, 4},
        {"十二月", 12, 2},   {"二〇二〇年", 2020, 4},     {"两级", 2, 1},
        {"半小时", 0.5, 1},  {"三十所", 30, 2},           {"1.", 1, 1},
        {"8760元", 8760, 4}, {"一千二百万", 12000000, 5},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_chars c;
        xj_number n;

        xj_chars_fold(&c, xj_str_c(cases[i].text), pool);
        assert_true(xj_number_parse(&n, &c, 0, c.n));
        assert_true(n.value == cases[i].value);
        assert_int_equal(n.len, cases[i].len);
    }
    xj_pool_destroy(pool);
}

static void
test_parse_percent__shares_in_both_writings(void **state)
{
    static const struct {
        const char *text;
        double value;
        size_t len; /* 0: it is none */
    } cases[] = {
        {"31.2%", 31.2, 5},    {"31.2％", 31.2, 5},
        {"百分之九十", 90, 5}, {"百分之九十五点六", 95.6, 8},
        {"百分之百", 100, 4},  {"百分之31.2", 31.2, 7},
        {"九成", 90, 2},       {"九成五以上", 95, 3},
        {"八成半", 85, 3},     {"7成", 70, 2},
        {"31.2", 0, 0},        {"三成员", 0, 0},
        {"一成立", 0, 0},      {"百分之", 0, 0},
        {"三点二", 0, 0},      {"三十一点二%", 31.2, 6},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_chars c;
        xj_number n;

        xj_chars_fold(&c, xj_str_c(cases[i].text), pool);
        assert_int_equal(xj_number_parse_percent(&n, &c, 0, c.n), cases[i].len > 0);
        if (cases[i].len == 0)
            continue;
        assert_float_equal(n.value, cases[i].value, 1e-9);
        assert_int_equal(n.len, cases[i].len);
    }
    xj_pool_destroy(pool);
}

static void
test_parse__words_are_no_numbers(void **state)
{
    static const char *const texts[] = {"甲", "万人", "亿", "。", "，3"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        xj_chars c;
        xj_number n;

        xj_chars_fold(&c, xj_str_c(texts[i]), pool);
        assert_false(xj_number_parse(&n, &c, 0, c.n));
        assert_false(xj_number_parse(&n, &c, c.n, c.n));
    }
    xj_pool_destroy(pool);
}

static void
test_parse__says_how_it_was_written(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c;
    xj_number n;

    (void)state;
    xj_chars_fold(&c, XJ_STR("一2.5"), pool);
    assert_true(xj_number_parse(&n, &c, 0, c.n));
    assert_true(n.han && n.integer);
    assert_true(xj_number_parse(&n, &c, 1, c.n));
    assert_true(!n.han && !n.integer);
    assert_int_equal(xj_han_digit(u'两'), 2);
    assert_int_equal(xj_han_digit(u'百'), -1);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__figures_in_both_writings),
        cmocka_unit_test(test_parse_percent__shares_in_both_writings),
        cmocka_unit_test(test_parse__words_are_no_numbers),
        cmocka_unit_test(test_parse__says_how_it_was_written),
    };

    return xjtest_main(tests);
}
