#include "dutytest.h"

static xj_date
day(const char *text)
{
    return xj_day_parse(xj_str_c(text));
}

static void
test_calendar_works__follows_the_official_year_and_falls_back_to_weekends(void **state)
{
    static const struct {
        const char *day;
        bool works;
    } cases[] = {
        {"2026-01-02", false}, /* New Year */
        {"2026-01-04", true},  /* a Sunday made up */
        {"2026-02-14", true},  /* a Saturday made up */
        {"2026-02-16", false}, {"2026-02-23", false}, {"2026-02-24", true},  {"2026-02-28", true},
        {"2026-06-15", true},  {"2026-06-20", false}, {"2026-06-27", false}, {"2026-10-08", true},
        {"2025-01-27", true},  {"2025-01-28", false}, {"2031-10-01", true}, /* an unknown year */
        {"2031-10-04", false},
    };
    const xj_calendar none = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_calendar_works(&none, day(cases[i].day)) != cases[i].works)
            fail_msg("%s", cases[i].day);
    assert_true(xj_calendar_knows(&none, 2026));
    assert_false(xj_calendar_knows(&none, 2031));
    /* From Friday before the Spring Festival of 2026: Saturday 14 is made up, then 24. */
    assert_int_equal(xj_calendar_count(&none, day("2026-02-13"), day("2026-02-24")), 2);
    assert_int_equal(xj_calendar_count(&none, day("2026-02-24"), day("2026-02-24")), 0);
}

static void
test_calendar_works__a_jurisdictions_own_day_wins(void **state)
{
    xj_day own = {.day = {2026, 6, 15}, .works = false, .name = XJ_STR("a"), .source = XJ_STR("b")};
    const xj_calendar calendar = {&own, 1};

    (void)state;
    assert_false(xj_calendar_works(&calendar, day("2026-06-15")));
    assert_true(xj_calendar_works(&calendar, day("2026-06-16")));
    own.day.year = 2031;
    assert_true(xj_calendar_knows(&calendar, 2031));
}

/* Inventory E15, E16, E19, E20, E21, E26. */
static void
test_recur__gives_the_days_of_each_cadence(void **state)
{
    static const struct {
        const char *cadence;
        size_t n;
    } cases[] = {
        {"monthly", 12},    {"quarterly", 4}, {"half_yearly", 2}, {"termly", 2}, {"annual", 1},
        {"school_year", 1}, {"seasonal", 2},  {"campaign", 1},    {"daily", 0},  {"", 0}};
    xj_date days[XJ_RECUR_MAX];
    xj_rules rules = {0};
    size_t n;

    (void)state;
    for (int i = 0; i < XJ_RULE_COUNT; i++)
        rules.text[i] = xj_str_c(xj_rule_def_of((xj_rule)i)->standard);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_recur(days, &n, &rules, xj_str_c(cases[i].cadence));
        assert_int_equal(n, cases[i].n);
    }
    xj_recur_parse(days, &n, XJ_STR("06-15,02-29,13-01,x"));
    assert_int_equal(n, 2);
    assert_int_equal(days[1].day, 28);
}

static void
test_recur_next__is_the_first_day_not_before(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_str(xj_day_str(xj_recur_next(day("2026-06-15"), (xj_date){4, 6, 15}), pool),
               "2026-06-15");
    assert_str(xj_day_str(xj_recur_next(day("2026-06-16"), (xj_date){4, 6, 15}), pool),
               "2027-06-15");
    assert_str(xj_period(day("2026-06-15"), XJ_STR("half_yearly"), pool), "2026S1");
    assert_str(xj_period(day("2026-12-15"), XJ_STR("quarterly"), pool), "2026Q4");
    assert_str(xj_period(day("2026-12-15"), XJ_STR("monthly"), pool), "202612");
    assert_str(xj_week(day("2026-01-01"), pool), "2026-W01");
    assert_str(xj_week(day("2027-01-03"), pool), "2026-W53");
    assert_str(xj_week(day("2024-12-30"), pool), "2025-W01");
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar_works__follows_the_official_year_and_falls_back_to_weekends),
        cmocka_unit_test(test_calendar_works__a_jurisdictions_own_day_wins),
        cmocka_unit_test(test_recur__gives_the_days_of_each_cadence),
        cmocka_unit_test(test_recur_next__is_the_first_day_not_before)};

    return xjtest_main(tests);
}
