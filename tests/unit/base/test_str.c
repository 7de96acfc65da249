#include "support/xjtest.h"

static void
test_find__first_last_and_none(void **state)
{
    (void)state;
    xj_str s = XJ_STR("市教育局、市财政局");

    assert_int_equal(xj_str_find(s, XJ_STR("市"), 0), 0);
    assert_int_equal(xj_str_find(s, XJ_STR("市"), 1), 15);
    assert_int_equal(xj_str_rfind(s, XJ_STR("市")), 15);
    assert_true(xj_str_find(s, XJ_STR("县"), 0) == XJ_NPOS);
    assert_true(xj_str_find(XJ_STR(""), XJ_STR("a"), 0) == XJ_NPOS);
    assert_int_equal(xj_str_find(s, XJ_STR(""), 3), 3);
}

static void
test_split__gives_every_part_and_the_empty_last(void **state)
{
    (void)state;
    xj_str rest = XJ_STR("a,b,"), part;

    assert_true(xj_str_split(&part, &rest, ','));
    assert_str(part, "a");
    assert_true(xj_str_split(&part, &rest, ','));
    assert_str(part, "b");
    assert_true(xj_str_split(&part, &rest, ','));
    assert_int_equal(part.len, 0);
    assert_false(xj_str_split(&part, &rest, ','));
}

static void
test_int__takes_the_whole_range_and_nothing_else(void **state)
{
    (void)state;
    int64_t n = 0;

    assert_true(xj_str_int(&n, XJ_STR("-9223372036854775808")) && n == INT64_MIN);
    assert_true(xj_str_int(&n, XJ_STR("9223372036854775807")) && n == INT64_MAX);
    assert_false(xj_str_int(&n, XJ_STR("9223372036854775808")));
    assert_false(xj_str_int(&n, XJ_STR("")));
    assert_false(xj_str_int(&n, XJ_STR("-")));
    assert_false(xj_str_int(&n, XJ_STR("1 ")));
    assert_false(xj_str_int(&n, XJ_STR("0x1")));
}

static void
test_utf8__round_trip_and_borders(void **state)
{
    static const uint32_t points[] = {0,      0x7f,   0x80,    0x7ff,   0x800,
                                      0x5e02, 0xffff, 0x10000, 0x10ffff};
    (void)state;

    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char bytes[4];
        xj_str s = xj_str_of(bytes, xj_utf8_put(bytes, points[i]));
        size_t pos = 0;

        assert_int_equal(xj_utf8_next(s, &pos), points[i]);
        assert_int_equal(pos, s.len);
        assert_int_equal(xj_utf8_check(s), s.len);
    }
}

static void
test_utf8_check__names_the_first_wrong_byte(void **state)
{
    static const struct {
        const char *name, *text;
        size_t at;
    } cases[] = {
        {"lone tail", "ab\x80", 2},
        {"overlong two", "\xc0\xaf", 0},
        {"overlong three", "\xe0\x80\x80", 0},
        {"surrogate", "a\xed\xa0\x80", 1},
        {"too high", "\xf4\x90\x80\x80", 0},
        {"cut short", "\xe5\xb8", 0},
        {"GB18030", "\xca\xd0", 0},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("# %s\n", cases[i].name);
        assert_int_equal(xj_utf8_check(xj_str_c(cases[i].text)), cases[i].at);
    }
}

static void
test_trim_and_sub__clamp(void **state)
{
    (void)state;
    assert_str(xj_str_trim(XJ_STR(" \t a b\r\n")), "a b");
    assert_str(xj_str_sub(XJ_STR("abc"), 1, 99), "bc");
    assert_int_equal(xj_str_sub(XJ_STR("abc"), 5, 2).len, 0);
    assert_true(xj_str_cmp(XJ_STR("a"), XJ_STR("ab")) < 0);
    assert_true(xj_str_starts(XJ_STR("abc"), XJ_STR("ab")));
    assert_true(xj_str_ends(XJ_STR("abc"), XJ_STR("bc")));
}

static void
test_dup__ends_with_a_nul(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();

    assert_string_equal(xj_str_cdup(xj_str_of("abcd", 2), pool), "ab");
    assert_null(xj_str_dup(XJ_STR_NONE, pool).data);
    assert_str(xj_str_printf(pool, "%d%s", 7, "x"), "7x");
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find__first_last_and_none),
        cmocka_unit_test(test_split__gives_every_part_and_the_empty_last),
        cmocka_unit_test(test_int__takes_the_whole_range_and_nothing_else),
        cmocka_unit_test(test_utf8__round_trip_and_borders),
        cmocka_unit_test(test_utf8_check__names_the_first_wrong_byte),
        cmocka_unit_test(test_trim_and_sub__clamp),
        cmocka_unit_test(test_dup__ends_with_a_nul),
    };

    return xjtest_main(tests);
}
