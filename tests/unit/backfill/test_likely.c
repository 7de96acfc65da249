#include "backfilltest.h"

#define HEADS "序号,任务,单位,进展情况\n"

XJTEST_STORE(test_lay__by_title_words_number_and_unit)
{
    static const struct {
        const char *row;
        int duty; /* of the plan's; 0: none */
        const char *by;
        xj_backfill_act act;
    } cases[] = {
        {"9,举办健康 讲座,市教育局,好", 1, "title", XJ_BACKFILL_RECORD},
        {"9,建成健康主题公园一处,市体育局,好", 4, "words", XJ_BACKFILL_RECORD},
        {"9,建好队伍常年开展,市民政局,好", 3, "words", XJ_BACKFILL_RECORD},
        {"9,建好队伍常年开展,市教育局,好", 2, "words", XJ_BACKFILL_RECORD},
        {"9,建好队伍常年开展,,好", 0, NULL, XJ_BACKFILL_CHOOSE},
        {"3,,市民政局,好", 3, "number", XJ_BACKFILL_RECORD},
        {"3,,市教育局,好", 0, NULL, XJ_BACKFILL_UNKNOWN},
        {"9,修一座桥,市交通局,好", 0, NULL, XJ_BACKFILL_UNKNOWN},
        {"9,举办健康讲座,市教育局,", 0, NULL, XJ_BACKFILL_SILENT},
    };
    const struct backfilltest b = backfilltest_make(t);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_str text = xj_str_printf(t->pool, HEADS "%s\n", cases[i].row);
        const xj_backfill_line *line = backfilltest_compare(t, &b, text.data)->lines;

        if (line->act != cases[i].act)
            fail_msg("%s: %s", cases[i].row, xj_backfill_act_word(line->act));
        assert_int_equal(line->duty, cases[i].duty == 0 ? 0 : b.duties[cases[i].duty - 1].id);
        if (cases[i].by != NULL)
            assert_string_equal(line->by, cases[i].by);
    }
}

XJTEST_STORE(test_lay__a_second_row_of_one_task_is_wrong)
{
    const struct backfilltest b = backfilltest_make(t);
    const xj_backfill_plan *plan = backfilltest_compare(
        t, &b, HEADS "1,举办健康讲座,市教育局,好\n2,举办健康讲座,市教育局,更好\n");

    assert_int_equal(plan->lines[1].act, XJ_BACKFILL_WRONG);
    assert_string_equal(plan->lines[1].faults[0].code, "twice");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_lay__by_title_words_number_and_unit),
        XJTEST_BOTH(test_lay__a_second_row_of_one_task_is_wrong),
    };

    return xjtest_main(tests);
}
