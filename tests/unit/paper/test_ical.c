#include "paper/ical.h"
#include "support/xjtest.h"

static int
set_up(void **state)
{
    *state = xj_pool_root();
    return 0;
}

static int
tear_down(void **state)
{
    xj_pool_destroy(*state);
    return 0;
}

#define CHANGED INT64_C(1785542405000000) /* 2026-08-01T00:00:05Z */

static const char *const head = "BEGIN:VCALENDAR\r\n"
                                "VERSION:2.0\r\n"
                                "PRODID:-//Xingjian//" XJ_VERSION "//ZH\r\n"
                                "CALSCALE:GREGORIAN\r\n"
                                "METHOD:PUBLISH\r\n"
                                "X-WR-CALNAME:教育局\\, 应办\r\n"
                                "X-WR-TIMEZONE:Asia/Shanghai\r\n"
                                "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"
                                "X-PUBLISHED-TTL:PT6H\r\n";

static void
test_ical_add__one_event(void **state)
{
    xj_pool *pool = *state;
    const xj_ical_event event = {.uid = XJ_STR("o-7@xingjian"),
                                 .day = {2026, 12, 31},
                                 .sequence = 3,
                                 .changed_at = CHANGED,
                                 .summary = XJ_STR("报送; 上半年\r\n进展"),
                                 .description = XJ_STR("一、任务\\表\n二、\tx,y"),
                                 .url = XJ_STR("http://10.1.2.3/duty/7")};
    xj_str text, part;
    xj_buf out;

    xj_buf_init(&out, pool, 8192);
    xj_ical_begin(&out, XJ_STR("教育局, 应办"));
    xj_ical_add(&out, &event);
    must_ok(xj_ical_end(&out));
    text = xj_buf_str(&out);
    assert_true(xj_str_starts(text, xj_str_c(head)));
    part = xj_str_skip(text, strlen(head));
    assert_str(part, "BEGIN:VEVENT\r\n"
                     "UID:o-7@xingjian\r\n"
                     "DTSTAMP:20260801T000005Z\r\n"
                     "LAST-MODIFIED:20260801T000005Z\r\n"
                     "SEQUENCE:3\r\n"
                     "DTSTART;VALUE=DATE:20261231\r\n"
                     "DTEND;VALUE=DATE:20270101\r\n"
                     "SUMMARY:报送\\; 上半年  进展\r\n"
                     "DESCRIPTION:一、任务\\\\表\\n二、 x\\,y\r\n"
                     "URL:http://10.1.2.3/duty/7\r\n"
                     "STATUS:CONFIRMED\r\n"
                     "TRANSP:TRANSPARENT\r\n"
                     "END:VEVENT\r\n"
                     "END:VCALENDAR\r\n");
}

static void
test_ical_add__what_is_withdrawn_is_cancelled(void **state)
{
    xj_buf out;

    xj_buf_init(&out, *state, 8192);
    xj_ical_begin(&out, XJ_STR("x"));
    xj_ical_add(&out, &(xj_ical_event){.uid = XJ_STR("a"),
                                       .day = {2026, 2, 28},
                                       .cancelled = true,
                                       .changed_at = CHANGED,
                                       .summary = XJ_STR("y")});
    must_ok(xj_ical_end(&out));
    assert_true(xj_str_has(xj_buf_str(&out), XJ_STR("\r\nSTATUS:CANCELLED\r\n")));
    assert_true(xj_str_has(xj_buf_str(&out), XJ_STR("\r\nDTEND;VALUE=DATE:20260301\r\n")));
    assert_false(xj_str_has(xj_buf_str(&out), XJ_STR("DESCRIPTION")));
    assert_false(xj_str_has(xj_buf_str(&out), XJ_STR("URL")));
}

/* No line has more than 75 bytes, every one is valid UTF-8, and unfolding gives the words back. */
static void
test_ical_add__long_lines_are_folded_between_characters(void **state)
{
    xj_pool *pool = *state;
    xj_buf words, out, unfolded;
    xj_str rest, part;

    xj_buf_init(&words, pool, 8192);
    for (int i = 0; i < 200; i++)
        xj_buf_add(&words, i % 7 == 0 ? XJ_STR("a") : XJ_STR("县"));
    xj_buf_init(&out, pool, 16384);
    xj_ical_begin(&out, XJ_STR("x"));
    xj_ical_add(&out, &(xj_ical_event){.uid = XJ_STR("a"),
                                       .day = {2026, 2, 28},
                                       .changed_at = CHANGED,
                                       .summary = xj_buf_str(&words)});
    must_ok(xj_ical_end(&out));
    xj_buf_init(&unfolded, pool, 16384);
    rest = xj_buf_str(&out);
    while (xj_str_split(&part, &rest, '\n') && part.len > 0) {
        assert_true(part.data[part.len - 1] == '\r');
        part.len--;
        assert_true(part.len <= 75);
        assert_int_equal(xj_utf8_check(part), part.len);
        if (xj_str_starts(part, XJ_STR(" ")))
            part = xj_str_skip(part, 1);
        else
            xj_buf_add_char(&unfolded, '\n');
        xj_buf_add(&unfolded, part);
    }
    assert_true(xj_str_has(xj_buf_str(&unfolded), xj_str_printf(pool, "\nSUMMARY:" XJ_FMT "\n",
                                                                XJ_ARG(xj_buf_str(&words)))));
}

static void
test_ical_end__what_does_not_fit_is_said(void **state)
{
    xj_buf out;

    xj_buf_init(&out, *state, 300);
    xj_ical_begin(&out, XJ_STR("x"));
    xj_ical_add(&out, &(xj_ical_event){.uid = XJ_STR("a"),
                                       .day = {2026, 2, 28},
                                       .changed_at = CHANGED,
                                       .summary = XJ_STR("y")});
    must_fail(xj_ical_end(&out), XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest ical[] = {
        cmocka_unit_test_setup_teardown(test_ical_add__one_event, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ical_add__what_is_withdrawn_is_cancelled, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_ical_add__long_lines_are_folded_between_characters,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ical_end__what_does_not_fit_is_said, set_up,
                                        tear_down),
    };

    return xjtest_main(ical);
}
