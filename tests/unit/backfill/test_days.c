#include "support/xjtest.h"

#include "backfill/backfill_priv.h"

static void
test_day_of__reads_days_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *day;
        bool whole, unsure;
    } cases[] = {
        {"2026-03-28", "2026-03-28", false, false},
        {"2026/3/28", "2026-03-28", false, false},
        {"2026.3.28", "2026-03-28", false, false},
        {"2026年3月28日", "2026-03-28", false, false},
        {"２０２６年３月２８日", "2026-03-28", false, false},
        {"2026年3月28日印发", "2026-03-28", false, false},
        {"3月28日", "2026-03-28", false, false},
        {"3.28", "2026-03-28", false, false},
        {"3/28", "2026-03-28", false, false},
        {"3-28", "2026-03-28", false, false},
        {"3/28/2026", "2026-03-28", false, false},
        {"3/28/26", "2026-03-28", false, false},
        {"28/3/2026", "2026-03-28", false, false},
        {"26.3.28", "2026-03-28", false, false},
        {"20260328", "2026-03-28", false, false},
        {"46109", "2026-03-28", false, false},
        {"46109.5", "2026-03-28", false, false},
        {"2026-03-28 00:00:00", "2026-03-28", false, false},
        {"3.1", "2026-03-01", false, true},
        {"3.5", "2026-03-05", false, false},
        {"2026年3月", "2026-03-31", true, false},
        {"3月底", "2026-03-31", true, false},
        {"2026.3", "2026-03-31", true, false},
        {"2025年12月30日", "2025-12-30", false, false},
        {"　3月28日 ", "2026-03-28", false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[XJ_DATE_LEN];
        xj_backfill__day day;

        if (!xj_backfill__day_of(&day, xj_str_c(cases[i].text), 2026))
            fail_msg("%s is a day", cases[i].text);
        if (!xj_str_eq(xj_date_format(text, day.day), xj_str_c(cases[i].day)))
            fail_msg("%s is %s, not %.10s", cases[i].text, cases[i].day, text);
        assert_int_equal(day.whole, cases[i].whole);
        assert_int_equal(day.unsure, cases[i].unsure);
    }
}

static void
test_day_of__knows_what_is_no_day(void **state)
{
    static const char *const cases[] = {
        "",
        "已完成",
        "13.45",
        "2026-02-30",
        "100%",
        "12",
        "3.28至4.2",
        "1.2.3.4",
        "99999999999999999999",
        "云政办〔2026〕5号",
        "这是一段很长的文字，里面虽然也写了三月二十八日，但它并不是一个日期，不能当作日期来认"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_backfill__day day;

        if (xj_backfill__day_of(&day, xj_str_c(cases[i]), 2026))
            fail_msg("%s is no day", cases[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_day_of__reads_days_as_people_write_them),
        cmocka_unit_test(test_day_of__knows_what_is_no_day),
    };

    return xjtest_main(tests);
}
