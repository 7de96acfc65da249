#include "support/xjtest.h"

#include "text/date.h"

static void
test_parse__the_last_day_meant(void **state)
{
    static const struct {
        const char *text, *date; /* of plan year 2024, issued in 2023 */
        size_t len;
    } cases[] = {
        {"12月底前完成", "2024-12-31", 5},
        {"2月底", "2024-02-29", 3},
        {"10月", "2024-10-31", 3},
        {"十一月底前", "2024-11-30", 5},
        {"2025年6月底前", "2025-06-30", 9},
        {"2025年底", "2025-12-31", 6},
        {"2025年年底前", "2025-12-31", 8},
        {"年底前", "2024-12-31", 3},
        {"年内", "2024-12-31", 2},
        {"今年年底", "2023-12-31", 4},
        {"明年6月", "2024-06-30", 4},
        {"6月15日前", "2024-06-15", 6},
        {"2024年3月5日", "2024-03-05", 9},
        {"二〇二五年一月二十四日", "2025-01-24", 11},
        {"12月上旬前", "2024-12-10", 6},
        {"9月中旬", "2024-09-20", 4},
        {"4月下旬", "2024-04-30", 4},
        {"第三季度末前", "2024-09-30", 6},
        {"一季度", "2024-03-31", 3},
        {"上半年", "2024-06-30", 3},
        {"2025年下半年", "2025-12-31", 8},
        {"2023—2024学年结束前", "2024-08-31", 14},
        {"秋季学期开学前", "2024-08-31", 7},
        {"秋季学期末", "2025-01-31", 5},
        {"2021年6月至9月", "2021-09-30", 10},
        {"6—8月", "2024-08-31", 4},
        {"2020—2022年", "2022-12-31", 10},
        {"国庆节前完成", "2024-10-01", 4},
        {"五一前", "2024-05-01", 3},
        {"2026年劳动节假期前", "2026-05-01", 11},
        {"元旦之前", "2025-01-01", 4},
        {"2025年元旦前", "2025-01-01", 8},
        {"2025年", "2025-12-31", 5},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_chars c;
        xj_when when;
        char out[XJ_DATE_LEN];

        xj_chars_fold(&c, xj_str_c(cases[i].text), pool);
        if (!xj_when_parse(&when, &c, 0, c.n))
            fail_msg("%s is no time", cases[i].text);
        assert_str(xj_date_format(out, xj_when_date(&when, 2024, 2023)), cases[i].date);
        assert_int_equal(when.len, cases[i].len);
    }
    xj_pool_destroy(pool);
}

static void
test_parse__other_words_are_no_time(void **state)
{
    static const char *const texts[] = {"年轻人", "13月",       "8个月",    "月底",   "第三方",
                                        "学生",   "1-3-7",      "60岁",     "十四五", "上级",
                                        "2020项", "国庆节期间", "元旦晚会", "五一",   "国家级"};
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        xj_chars c;
        xj_when when;

        xj_chars_fold(&c, xj_str_c(texts[i]), pool);
        assert_false(xj_when_parse(&when, &c, 0, c.n));
    }
    xj_pool_destroy(pool);
}

static void
test_date__a_day_that_does_not_exist_is_none(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c;
    xj_when when;

    (void)state;
    xj_chars_fold(&c, XJ_STR("春节前"), pool); /* the moon moves it */
    assert_true(xj_when_parse(&when, &c, 0, c.n));
    assert_true(when.before);
    assert_int_equal(xj_when_date(&when, 2024, 2024).year, 0);
    xj_chars_fold(&c, XJ_STR("2月30日"), pool);
    assert_true(xj_when_parse(&when, &c, 0, c.n));
    assert_int_equal(xj_when_date(&when, 2024, 2024).year, 0);
    /* and no year at all gives no date */
    xj_chars_fold(&c, XJ_STR("2月"), pool);
    assert_true(xj_when_parse(&when, &c, 0, c.n));
    assert_int_equal(xj_when_date(&when, 0, 0).year, 0);
    xj_pool_destroy(pool);
}

static void
test_parse__keeps_the_first_year_of_a_span(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_chars c;
    xj_when when;

    (void)state;
    xj_chars_fold(&c, XJ_STR("2020年—2022年"), pool);
    assert_true(xj_when_parse(&when, &c, 0, c.n));
    assert_int_equal(when.year_first, 2020);
    assert_int_equal(when.year, 2022);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse__the_last_day_meant),
        cmocka_unit_test(test_parse__other_words_are_no_time),
        cmocka_unit_test(test_date__a_day_that_does_not_exist_is_none),
        cmocka_unit_test(test_parse__keeps_the_first_year_of_a_span),
    };

    return xjtest_main(tests);
}
