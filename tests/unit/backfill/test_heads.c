#include "support/xjtest.h"

#include "backfill/backfill_priv.h"

static void
test_head__means_a_field_and_a_time(void **state)
{
    static const struct {
        const char *head, *field, *until;
        int days;
    } cases[] = {
        {"重点任务", "task", "", 0},
        {"具体工作措施", "task", "", 0},
        {"牵头单位", "lead", "", 0},
        {"责任单位", "unit", "", 0},
        {"配合单位", "other", "", 0},
        {"完成时限", "deadline", "", 0},
        {"计划完成时间", "deadline", "", 0},
        {"实际完成时间", "done_on", "", 0},
        {"完成情况 完成日期", "done_on", "", 0},
        {"完成情况 比例", "text", "", 0}, /* its cells say that it is percents */
        {"一季度进展", "text", "2026-03-31", 91},
        {"第二季度工作进展情况", "text", "2026-06-30", 91},
        {"3季度", "text", "2026-09-30", 91},
        {"上半年进展情况", "text", "2026-06-30", 181},
        {"进展情况 上半年", "text", "2026-06-30", 181},
        {"6月底", "text", "2026-06-30", 30},
        {"截至6月15日进展", "text", "2026-06-15", 0},
        {"1—6月进展", "text", "2026-06-30", 180},
        {"2025年全年完成情况", "text", "2025-12-31", 365},
        {"前三季度完成比例", "percent", "2026-09-30", 273},
        {"完成比例（％）", "percent", "", 0},
        {"是否完成", "state", "", 0},
        {"二季度报送日期", "sent_on", "2026-06-30", 91},
        {"存在的主要问题", "difficulties", "", 0},
        {"下一步工作措施", "next_step", "", 0},
        {"佐证文号", "doc_no", "", 0},
        {"年度目标", "other", "", 0},
        {"年底目标", "other", "2026-12-31", 365},
        {"备 注", "note", "", 0},
        {"System no", "key", "", 0},
        {"H1 progress", "text", "2026-06-30", 181},
        {"M3 sent on", "sent_on", "2026-03-31", 30},
        {"联系电话", "other", "", 0},
        {"天气", "other", "", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_backfill_column c = {0};
        char day[XJ_DATE_LEN] = "";

        xj_backfill__head(&c, xj_str_c(cases[i].head), 2026);
        if (strcmp(xj_backfill_field_word(c.field), cases[i].field) != 0)
            fail_msg("%s means %s, not %s", cases[i].head, cases[i].field,
                     xj_backfill_field_word(c.field));
        if (c.until.year != 0)
            xj_date_format(day, c.until);
        if (strcmp(day, cases[i].until) != 0 || c.days != cases[i].days)
            fail_msg("%s is until %s (%d), not %s (%d)", cases[i].head, cases[i].until,
                     cases[i].days, day, c.days);
    }
}

static void
test_year__is_read_from_a_title(void **state)
{
    (void)state;
    assert_int_equal(xj_backfill__year(XJ_STR("健康云沂行动２０２６年工作台账")), 2026);
    assert_int_equal(xj_backfill__year(XJ_STR("工作台账")), 0);
    assert_int_equal(xj_backfill__year(XJ_STR("云健委〔2026〕3号")), 0);
}

static void
test_state_of__knows_words_of_states(void **state)
{
    static const struct {
        const char *text;
        xj_backfill__state state;
    } cases[] = {
        {"已完成", XJ_BACKFILL__DONE},
        {"完成", XJ_BACKFILL__DONE},
        {"已完成（3月28日）", XJ_BACKFILL__DONE},
        {"√", XJ_BACKFILL__DONE},
        {"是", XJ_BACKFILL__DONE},
        {"否", XJ_BACKFILL__IN_HAND},
        {"未完成", XJ_BACKFILL__IN_HAND},
        {"基本完成", XJ_BACKFILL__IN_HAND},
        {"推进中", XJ_BACKFILL__IN_HAND},
        {"滞后", XJ_BACKFILL__IN_HAND},
        {"未启动", XJ_BACKFILL__NOT_BEGUN},
        {"done", XJ_BACKFILL__DONE},
        {"完成三项任务", XJ_BACKFILL__UNSAID},
        {"", XJ_BACKFILL__UNSAID},
        {"不好说", XJ_BACKFILL__UNSAID},
        {"已完成了大部分工作，其余的正在按照计划有序推进之中", XJ_BACKFILL__UNSAID},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_backfill__state_of(xj_str_c(cases[i].text)) != cases[i].state)
            fail_msg("%s is not state %d", cases[i].text, cases[i].state);
}

static void
test_percent_of__knows_shares_and_percents(void **state)
{
    static const struct {
        const char *text;
        bool fraction;
        int percent;
    } cases[] = {
        {"百分之九十", false, 90},
        {"百分之九十五点六", false, 96},
        {"九成", false, 90},
        {"85%", false, 85},
        {"85％", false, 85},
        {"85", false, 85},
        {"0.85", false, 85},
        {"1", true, 100},
        {"1", false, 1},
        {"100%", true, 100},
        {"0", true, 0},
        {"33.4%", false, 33},
        {"101", false, -1},
        {"约八成", false, -1},
        {"85分", false, -1},
        {"-5", false, -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xj_backfill__percent_of(xj_str_c(cases[i].text), cases[i].fraction) != cases[i].percent)
            fail_msg("%s is not %d", cases[i].text, cases[i].percent);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head__means_a_field_and_a_time),
        cmocka_unit_test(test_year__is_read_from_a_title),
        cmocka_unit_test(test_state_of__knows_words_of_states),
        cmocka_unit_test(test_percent_of__knows_shares_and_percents),
    };

    return xjtest_main(tests);
}
