#include "support/xjtest.h"

#include "base/buf.h"

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

static void
test_add__keeps_every_kind_of_piece_in_order(void **state)
{
    xj_buf buf;

    xj_buf_init(&buf, *state, 1000);
    xj_buf_add(&buf, XJ_STR("市"));
    xj_buf_add(&buf, XJ_STR(""));
    xj_buf_add_char(&buf, '-');
    xj_buf_add_cp(&buf, 0x2070e);
    xj_buf_add_int(&buf, INT64_MIN);
    xj_buf_printf(&buf, "|%d%s", 7, "");
    xj_buf_printf(&buf, "%s", "");
    assert_str(xj_buf_str(&buf), "市-𠜎-9223372036854775808|7");
    assert_int_equal(buf.data[buf.len], '\0');
    must_ok(xj_buf_check(&buf));
}

static void
test_add__fills_to_the_limit_and_not_a_byte_more(void **state)
{
    xj_buf buf;

    xj_buf_init(&buf, *state, 4);
    xj_buf_add(&buf, XJ_STR("abcd"));
    must_ok(xj_buf_check(&buf));
    xj_buf_add_char(&buf, 'e');
    must_fail(xj_buf_check(&buf), XJ_E_TOO_LARGE);
    assert_str(xj_buf_str(&buf), "abcd");
}

static void
test_add__drops_all_that_follows_what_did_not_fit(void **state)
{
    xj_buf buf;

    xj_buf_init(&buf, *state, 4);
    xj_buf_add(&buf, XJ_STR("abc"));
    xj_buf_printf(&buf, "%s", "de");
    xj_buf_add_char(&buf, 'f');
    assert_str(xj_buf_str(&buf), "abc");
    must_fail(xj_buf_check(&buf), XJ_E_TOO_LARGE);
}

static void
test_room__is_taken_only_as_far_as_said(void **state)
{
    xj_buf buf;
    char *room;

    xj_buf_init(&buf, *state, 100);
    room = xj_buf_room(&buf, 50);
    assert_non_null(room);
    memcpy(room, "hello", 5);
    xj_buf_took(&buf, 5);
    assert_str(xj_buf_str(&buf), "hello");
    assert_null(xj_buf_room(&buf, 96));
    must_fail(xj_buf_check(&buf), XJ_E_TOO_LARGE);
}

static void
test_clear__makes_a_full_buffer_usable_again(void **state)
{
    xj_buf buf;

    xj_buf_init(&buf, *state, 2);
    xj_buf_add(&buf, XJ_STR("ab"));
    xj_buf_add_char(&buf, 'c');
    xj_buf_clear(&buf);
    assert_int_equal(buf.data[0], '\0');
    xj_buf_add(&buf, XJ_STR("z"));
    must_ok(xj_buf_check(&buf));
    assert_str(xj_buf_str(&buf), "z");
}

static void
test_add__survives_many_growths(void **state)
{
    xj_buf buf;

    xj_buf_init(&buf, *state, 100000);
    for (int i = 0; i < 10000; i++)
        xj_buf_printf(&buf, "%04d,", i);
    assert_int_equal(buf.len, 50000);
    assert_memory_equal(buf.data, "0000,0001,", 10);
    assert_memory_equal(buf.data + 49990, "9998,9999,", 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_add__keeps_every_kind_of_piece_in_order, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_add__fills_to_the_limit_and_not_a_byte_more, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_add__drops_all_that_follows_what_did_not_fit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_room__is_taken_only_as_far_as_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_clear__makes_a_full_buffer_usable_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_add__survives_many_growths, set_up, tear_down),
    };

    return xjtest_main(tests);
}
