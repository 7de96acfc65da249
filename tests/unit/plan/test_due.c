#include "compiletest.h"

static void
test_due__every_form_in_a_clause(void **state)
{
    static const struct {
        const char *words;
        xj_deadline_kind kind;
        const char *date; /* NULL: none */
    } cases[] = {
        {"12月底前完成", XJ_DEADLINE_COMPLETE_BY, "2024-12-31"},
        {"完成时限：10月", XJ_DEADLINE_COMPLETE_BY, "2024-10-31"},
        {"2025年6月底前完成", XJ_DEADLINE_COMPLETE_BY, "2025-06-30"},
        {"9月中旬前完成", XJ_DEADLINE_COMPLETE_BY, "2024-09-20"},
        {"第二季度末前完成", XJ_DEADLINE_COMPLETE_BY, "2024-06-30"},
        {"上半年完成", XJ_DEADLINE_COMPLETE_BY, "2024-06-30"},
        {"年底前", XJ_DEADLINE_COMPLETE_BY, "2024-12-31"},
        {"7月底前启动试点工作", XJ_DEADLINE_START_BY, "2024-07-31"},
        {"8月启动", XJ_DEADLINE_START_BY, "2024-08-31"},
        {"持续推进", XJ_DEADLINE_ONGOING, NULL},
        {"长期坚持", XJ_DEADLINE_ONGOING, NULL},
        {"常态化推进", XJ_DEADLINE_ONGOING, NULL},
        {"全年", XJ_DEADLINE_FULL_YEAR, "2024-12-31"},
        {"贯穿全年", XJ_DEADLINE_FULL_YEAR, "2024-12-31"},
        {"每季度末前完成", XJ_DEADLINE_RECURRING, NULL},
        {"每年6月15日、12月15日前报送", XJ_DEADLINE_RECURRING, NULL},
        {"2023—2024学年结束前完成", XJ_DEADLINE_COMPLETE_BY, "2024-08-31"},
    };
    xj_pool *pool = xj_pool_root();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_str item = xj_str_printf(pool, "做好控烟。（市教育局负责，%s）", cases[i].words);
        xj_register *reg = compiled_item(pool, item.data);
        const xj_deadline *d = &reg->tasks[0].deadline;
        char out[XJ_DATE_LEN];

        assert_int_equal(d->kind, cases[i].kind);
        assert_false(d->inferred);
        if (cases[i].date == NULL)
            assert_int_equal(d->date.year, 0);
        else
            assert_str(xj_date_format(out, d->date), cases[i].date);
    }
    xj_pool_destroy(pool);
}

static void
test_due__recurring_days(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled_item(pool, "做好控烟。（市教育局负责，每年6月15日、12月15日前报送）");
    const xj_deadline *d = &reg->tasks[0].deadline;

    (void)state;
    assert_int_equal(d->ndates, 2);
    assert_int_equal(d->dates[0].month, 6);
    assert_int_equal(d->dates[1].day, 15);
    assert_string_equal(reg->tasks[0].cadence, "half_yearly");
    reg = compiled_item(pool, "做好控烟。（市教育局负责，每季度末前完成）");
    assert_int_equal(reg->tasks[0].deadline.ndates, 4);
    assert_int_equal(reg->tasks[0].deadline.dates[0].day, 31);
    xj_pool_destroy(pool);
}

static void
test_due__the_latest_date_of_the_text_where_no_clause_has_one(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register *reg =
        compiled_item(pool, "做好控烟。到2024年底建成一批，到2025年底全部建成。（市教育局负责）");
    char out[XJ_DATE_LEN];

    (void)state;
    assert_str(xj_date_format(out, reg->tasks[0].deadline.date), "2025-12-31");
    assert_false(reg->tasks[0].deadline.inferred);
    /* a date inside a title binds nobody, and a clause wins over the text */
    reg = compiled_item(
        pool, "落实《到2030年底控烟规划》。到2025年底建成。（市教育局负责，6月底前完成）");
    assert_str(xj_date_format(out, reg->tasks[0].deadline.date), "2024-06-30");
    xj_pool_destroy(pool);
}

static void
test_due__cadence_of_the_text(void **state)
{
    xj_pool *pool = xj_pool_root();

    (void)state;
    assert_string_equal(
        compiled_item(pool, "做好监测。按季度提供材料。（市教育局负责）")->tasks[0].cadence,
        "quarterly");
    assert_string_equal(
        compiled_item(pool, "做好监测。分学期提供材料。（市教育局负责）")->tasks[0].cadence,
        "termly");
    assert_null(compiled_item(pool, "做好监测。定期提供材料。（市教育局负责）")->tasks[0].cadence);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due__every_form_in_a_clause),
        cmocka_unit_test(test_due__recurring_days),
        cmocka_unit_test(test_due__the_latest_date_of_the_text_where_no_clause_has_one),
        cmocka_unit_test(test_due__cadence_of_the_text),
    };

    return xjtest_main(tests);
}
