#include "reporttest.h"

#include "duty/report_priv.h"

static void
test_adds__counts_do_and_shares_do_not(void **state)
{
    static const struct {
        const char *indicator, *measure;
        bool adds;
    } cases[] = {
        {"培训", "人次", true},
        {"新建健康步道", "公里", true},
        {"心理咨询点", "个", true},
        {"居民健康素养水平", "%", false},
        {"参保率", "‰", false},
        {"规范管理率", "人", false}, /* its name says that it is a share */
        {"人均体育场地面积", "平方米", false},
        {"每千人口医师数", "人", false},
        {"人均预期寿命", "岁", false},
        {"培训", "", false},
        {"培训", "人/年", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_report__adds(xj_str_c(cases[i].indicator), xj_str_c(cases[i].measure)) !=
            cases[i].adds)
            fail_msg("%s in %s", cases[i].indicator, cases[i].measure);
}

/* A feed of one figure, handed over. */
static xj_report_feed
feed(double value, const char *span, bool given, xj_pool *pool)
{
    xj_report_figure *figure = XJ_NEW(pool, xj_report_figure);

    *figure = (xj_report_figure){.indicator = XJ_STR("培训"),
                                 .measure = XJ_STR("人次"),
                                 .has_value = true,
                                 .value = value,
                                 .span = xj_str_c(span)};
    return (xj_report_feed){.given = given, .text = {.figures = figure, .nfigures = 1}};
}

static void
test_sum__adds_what_was_handed_over_of_one_span(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_report_feed feeds[] = {feed(0.1, "period", true, pool), feed(0.2, "period", true, pool),
                              feed(100, "period", false, pool)};
    xj_report_figure figures[] = {{.indicator = XJ_STR("培训"), .measure = XJ_STR("人次")},
                                  {.indicator = XJ_STR("合格率"), .measure = XJ_STR("%")}};
    xj_report_row row = {.feeds = feeds, .nfeeds = 3, .text = {.figures = figures, .nfigures = 2}};
    xj_report report = {.rows = &row, .nrows = 1};

    (void)state;
    xj_report__sum(&report);
    assert_true(figures[0].adds);
    assert_int_equal(figures[0].fed_units, 2);
    assert_true(figures[0].fed == 0.3);
    assert_str(figures[0].fed_span, "period");
    assert_false(figures[1].adds);
    assert_int_equal(figures[1].fed_units, 0);
    /* this period's and to date are not mixed */
    feeds[1] = feed(5, "to_date", true, pool);
    figures[0].fed_units = 0;
    xj_report__sum(&report);
    assert_int_equal(figures[0].fed_units, 0);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adds__counts_do_and_shares_do_not),
        cmocka_unit_test(test_sum__adds_what_was_handed_over_of_one_span),
    };

    return xjtest_main(tests);
}
