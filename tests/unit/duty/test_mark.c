#include "support/xjtest.h"

#include "duty/mark.h"

static void
test_mark_return__is_found_again_as_a_camera_reads_it(void **state)
{
    static const struct {
        const char *text;
        int64_t id; /* 0: no code */
    } cases[] = {
        {"XJ-1764-3456-7890-1234-567-41", 0}, /* the last digit is wrong */
        {"", 0},
        {"XJ", 0},
        {"XJ-", 0},
        {"XJ-12", 0},
        {"编号 XJ 99999999999999999999999999", 0},
    };
    const int64_t ids[] = {1, 42, 1764345678901234567, INT64_MAX};
    xj_pool *pool = xj_pool_root();
    int64_t id;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(xj_mark_return_find(&id, xj_str_c(cases[i].text)));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const xj_str code = xj_mark_return(ids[i], pool);
        const xj_str long_dashes =
            xj_str_printf(pool, "编号：xJ — " XJ_FMT "。", XJ_ARG(xj_str_skip(code, 3)));

        assert_true(xj_mark_return_find(&id, code));
        assert_int_equal(id, ids[i]);
        assert_true(xj_mark_return_find(&id, long_dashes));
        assert_int_equal(id, ids[i]);
    }
    xj_pool_destroy(pool);
}

static void
test_mark_return__one_wrong_digit_and_two_exchanged_are_seen(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_str code = xj_mark_return(1764345678901234567, pool);
    char *copy = xj_calloc(pool, code.len + 1);
    int64_t id;

    (void)state;
    for (size_t i = 3; i < code.len; i++) {
        memcpy(copy, code.data, code.len);
        if (copy[i] == '-')
            continue;
        copy[i] = (char)('0' + (copy[i] - '0' + 1) % 10);
        assert_false(xj_mark_return_find(&id, xj_str_of(copy, code.len)));
        memcpy(copy, code.data, code.len);
        if (i + 1 == code.len || copy[i + 1] == '-' || copy[i] == copy[i + 1])
            continue;
        copy[i] = code.data[i + 1];
        copy[i + 1] = code.data[i];
        assert_false(xj_mark_return_find(&id, xj_str_of(copy, code.len)));
    }
    xj_pool_destroy(pool);
}

static void
test_mark_row_read__says_what_was_written_and_what_was_damaged(void **state)
{
    const xj_mark mark = {.obligation = 1764345678901234567,
                          .unit = 77,
                          .duty = 1764345678901234999,
                          .version = 3,
                          .words = true,
                          .figure = xj_mark_figure(XJ_STR("培训人次"), XJ_STR("人次"))};
    xj_pool *pool = xj_pool_root();
    const xj_str text = xj_mark_row(&mark, pool);
    xj_mark back;

    (void)state;
    assert_int_equal(xj_mark_row_read(&back, text), XJ_MARK_GOOD);
    assert_int_equal(back.obligation, mark.obligation);
    assert_int_equal(back.unit, mark.unit);
    assert_int_equal(back.duty, mark.duty);
    assert_int_equal(back.version, 3);
    assert_true(back.words);
    assert_int_equal(back.figure, mark.figure);
    assert_int_equal(xj_mark_row_read(&back, XJ_STR("举办讲座")), XJ_MARK_NONE);
    assert_int_equal(xj_mark_row_read(&back, XJ_STR("XJ1.1.2.3")), XJ_MARK_DAMAGED);
    assert_int_equal(xj_mark_row_read(&back, xj_str_sub(text, 0, text.len - 1)), XJ_MARK_DAMAGED);
    assert_int_equal(xj_mark_row_read(&back, XJ_STR("XJ1.1.2.3.4.1.99999999999.97")),
                     XJ_MARK_DAMAGED);
    xj_pool_destroy(pool);
}

static void
test_mark_figure__tells_persons_from_visits(void **state)
{
    (void)state;
    assert_int_not_equal(xj_mark_figure(XJ_STR("培训"), XJ_STR("人")),
                         xj_mark_figure(XJ_STR("培训"), XJ_STR("人次")));
    assert_int_not_equal(xj_mark_figure(XJ_STR("培训人"), XJ_STR("次")),
                         xj_mark_figure(XJ_STR("培训"), XJ_STR("人次")));
    assert_int_not_equal(xj_mark_figure(XJ_STR(""), XJ_STR("")), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mark_return__is_found_again_as_a_camera_reads_it),
        cmocka_unit_test(test_mark_return__one_wrong_digit_and_two_exchanged_are_seen),
        cmocka_unit_test(test_mark_row_read__says_what_was_written_and_what_was_damaged),
        cmocka_unit_test(test_mark_figure__tells_persons_from_visits)};

    return xjtest_main(tests);
}
