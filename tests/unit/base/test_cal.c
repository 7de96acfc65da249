#include "support/xjtest.h"

#include "base/cal.h"

static xj_date
date(int year, int month, int day)
{
    return (xj_date){year, month, day};
}

static void
test_leap__follows_the_gregorian_rule(void **state)
{
    (void)state;
    assert_true(xj_year_leap(2020));
    assert_false(xj_year_leap(2021));
    assert_false(xj_year_leap(1900));
    assert_true(xj_year_leap(2000));
    assert_int_equal(xj_month_days(2020, 2), 29);
    assert_int_equal(xj_month_days(2021, 2), 28);
    assert_int_equal(xj_month_days(2021, 12), 31);
}

static void
test_valid__refuses_days_that_do_not_exist(void **state)
{
    (void)state;
    assert_true(xj_date_valid(date(2020, 2, 29)));
    assert_false(xj_date_valid(date(2021, 2, 29)));
    assert_false(xj_date_valid(date(2021, 4, 31)));
    assert_false(xj_date_valid(date(2021, 13, 1)));
    assert_false(xj_date_valid(date(2021, 0, 1)));
    assert_false(xj_date_valid(date(2021, 1, 0)));
    assert_false(xj_date_valid(date(0, 0, 0)));
}

static void
test_days__count_from_1970_both_ways(void **state)
{
    static const struct {
        xj_date date;
        int64_t days;
    } cases[] = {
        {{1970, 1, 1}, 0},      {{1969, 12, 31}, -1},    {{2000, 3, 1}, 11017},
        {{2020, 2, 29}, 18321}, {{2020, 12, 31}, 18627}, {{1900, 1, 1}, -25567},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(xj_date_days(cases[i].date), cases[i].days);
        assert_int_equal(xj_date_cmp(xj_date_from_days(cases[i].days), cases[i].date), 0);
    }
}

static void
test_from_days__is_the_inverse_over_four_centuries(void **state)
{
    xj_date before = xj_date_from_days(-80000);
    (void)state;

    for (int64_t n = -79999; n < 70000; n++) {
        xj_date d = xj_date_from_days(n);

        assert_true(xj_date_valid(d));
        assert_int_equal(xj_date_days(d), n);
        assert_true(xj_date_cmp(before, d) < 0);
        before = d;
    }
}

static void
test_add_days__crosses_months_and_years(void **state)
{
    (void)state;
    assert_int_equal(xj_date_cmp(xj_date_add_days(date(2020, 2, 28), 2), date(2020, 3, 1)), 0);
    assert_int_equal(xj_date_cmp(xj_date_add_days(date(2021, 1, 1), -1), date(2020, 12, 31)), 0);
    assert_int_equal(xj_date_cmp(xj_month_end(2020, 2), date(2020, 2, 29)), 0);
    assert_int_equal(xj_date_weekday(date(2020, 12, 31)), 4);
    assert_int_equal(xj_date_weekday(date(1969, 12, 28)), 7);
    assert_int_equal(xj_date_cmp(xj_date_monday(date(2021, 1, 3)), date(2020, 12, 28)), 0);
    assert_int_equal(xj_date_cmp(xj_date_monday(date(2020, 12, 28)), date(2020, 12, 28)), 0);
}

static void
test_parse__takes_one_form_alone(void **state)
{
    static const char *const refused[] = {"",           "2020-2-29",  "2021-02-29", "2020-12-31 ",
                                          "20201231",   "2020-12-3x", "-020-12-31", "2020/12/31",
                                          "0000-00-00", "2020-12-311"};
    xj_date d;
    char out[XJ_DATE_LEN];
    (void)state;

    assert_true(xj_date_parse(&d, XJ_STR("2020-12-31")));
    assert_str(xj_date_format(out, d), "2020-12-31");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (xj_date_parse(&d, xj_str_c(refused[i])))
            fail_msg("'%s' was taken for a date", refused[i]);
    }
}

static void
test_instant__has_the_day_of_its_zone(void **state)
{
    char out[XJ_INSTANT_LEN];
    int64_t t = ((int64_t)18627 * 86400 + 16 * 3600) * 1000000 + 123456;
    (void)state;

    assert_str(xj_instant_format(out, t), "2020-12-31T16:00:00.123456Z");
    assert_int_equal(xj_date_cmp(xj_instant_date(t, 480), date(2021, 1, 1)), 0);
    assert_int_equal(xj_date_cmp(xj_instant_date(t - 1000000, 480), date(2020, 12, 31)), 0);
    assert_int_equal(xj_date_cmp(xj_instant_date(-1, 0), date(1969, 12, 31)), 0);
    assert_str(xj_instant_format(out, -1), "1969-12-31T23:59:59.999999Z");
}

static void
test_now__can_be_held_still(void **state)
{
    (void)state;
    xj_now_set(42);
    assert_int_equal(xj_now(), 42);
    xj_now_set(0);
    assert_true(xj_now() > (int64_t)1600000000 * 1000000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leap__follows_the_gregorian_rule),
        cmocka_unit_test(test_valid__refuses_days_that_do_not_exist),
        cmocka_unit_test(test_days__count_from_1970_both_ways),
        cmocka_unit_test(test_from_days__is_the_inverse_over_four_centuries),
        cmocka_unit_test(test_add_days__crosses_months_and_years),
        cmocka_unit_test(test_parse__takes_one_form_alone),
        cmocka_unit_test(test_instant__has_the_day_of_its_zone),
        cmocka_unit_test(test_now__can_be_held_still),
    };

    return xjtest_main(tests);
}
