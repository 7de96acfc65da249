#include "support/xjtest.h"

#include "doc/xlsx_priv.h"

static void
expect(double value, int id, const char *code, bool epoch_1904, const char *expected)
{
    xj_pool *pool = xj_pool_root();

    assert_str(xj_xlsx__show(value, xj_xlsx__format(id, code), epoch_1904, pool), expected);
    xj_pool_destroy(pool);
}

/* Serials as Excel and LibreOffice show them. */
static void
test_show__dates_of_both_systems(void **state)
{
    (void)state;
    expect(1, 14, NULL, false, "1900-01-01");
    expect(59, 14, NULL, false, "1900-02-28");
    expect(61, 14, NULL, false, "1900-03-01");
    expect(45291, 14, NULL, false, "2023-12-31");
    expect(43829, 14, NULL, true, "2023-12-31");
    expect(0, 14, NULL, true, "1904-01-01");
    expect(45291, 176, "yyyy\"年\"m\"月\"d\"日\"", false, "2023-12-31");
    expect(45291, 57, NULL, false, "2023年12月");
    expect(45291, 176, "[$-804]yyyy\"年\"m\"月\"", false, "2023年12月");
    expect(45291, 58, NULL, false, "12月31日");
    expect(45291.354166667, 20, NULL, false, "08:30");
}

static void
test_show__shares_and_figures(void **state)
{
    (void)state;
    expect(0.285, 10, NULL, false, "28.50%");
    expect(0.3, 9, NULL, false, "30%");
    expect(0.3, 176, "0.0%", false, "30.0%");
    expect(0.91, 176, "\"≥\"0%", false, "≥91%");
    expect(12, 176, "\"<\"0", false, "<12");
    expect(12, 176, "\\≤0.0", false, "≤12");
    expect(12, 176, "[<100]0;[Red]0", false, "12"); /* a condition is no bound */
    expect(1339, 3, NULL, false, "1339");
    expect(3.85, 0, NULL, false, "3.85");
    expect(0.1 + 0.2, 0, "General", false, "0.3");
    expect(12, 176, "[Red]0.00;[Blue]-0.00", false, "12");
    expect(5, 176, "0\"月d\"", false, "5");
    expect(-3, 14, NULL, false, "-3");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_show__dates_of_both_systems),
        cmocka_unit_test(test_show__shares_and_figures),
    };

    return xjtest_main(tests);
}
