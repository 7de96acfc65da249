#include "support/xjtest.h"

static void
test_wrap__keeps_the_whole_chain(void **state)
{
    (void)state;
    xj_error *err = xj_error_new(XJ_E_DB_UNIQUE, "row %d", 7);

    err = xj_error_wrap(XJ_E_CONFLICT, err, "the title is taken");
    assert_int_equal(xj_error_code(err), XJ_E_CONFLICT);
    assert_string_equal(xj_error_message(err), "the title is taken");
    assert_true(xj_error_is(err, XJ_E_CONFLICT));
    assert_true(xj_error_is(err, XJ_E_DB_UNIQUE));
    assert_false(xj_error_is(err, XJ_E_NOT_FOUND));
    assert_string_equal(xj_error_message(xj_error_cause(err)), "row 7");
    assert_null(xj_error_cause(xj_error_cause(err)));
    assert_true(xj_error_line(err) > xj_error_line(xj_error_cause(err)));
    xj_error_clear(err);
}

static void
test_detail__and_field_are_the_last_said(void **state)
{
    (void)state;
    xj_error *err = xj_error_new(XJ_E_IO, "the file could not be read");

    assert_null(xj_error_details(err));
    assert_null(xj_error_field(err));
    err = xj_error_detail(err, "first");
    err = xj_error_detail(err, "%s: %s", "plan.txt", "gone");
    err = xj_error_at(err, "/units/%d", 3);
    assert_string_equal(xj_error_details(err), "plan.txt: gone");
    assert_string_equal(xj_error_field(err), "/units/3");
    xj_error_clear(err);
}

static void
test_none__is_success(void **state)
{
    (void)state;
    assert_int_equal(xj_error_code(NULL), XJ_E_NONE);
    assert_false(xj_error_is(NULL, XJ_E_NONE));
    xj_error_clear(NULL);
}

static xj_error *
tries(xj_error *first, int *reached)
{
    XJ_TRY(first);
    *reached = 1;
    return NULL;
}

static void
test_try__returns_the_error_at_once(void **state)
{
    int reached = 0;
    (void)state;

    must_fail(tries(xj_error_new(XJ_E_TIMEOUT, "late"), &reached), XJ_E_TIMEOUT);
    assert_int_equal(reached, 0);
    must_ok(tries(NULL, &reached));
    assert_int_equal(reached, 1);
}

static void
test_codes__have_names_of_their_own_and_a_status(void **state)
{
    (void)state;
    for (int a = 1; a < XJ_E_COUNT; a++) {
        assert_non_null(xj_code_name((xj_code)a));
        assert_true(strlen(xj_code_text((xj_code)a)) > 0);
        assert_in_range(xj_code_status((xj_code)a), 400, 599);
        for (int b = 1; b < a; b++)
            assert_string_not_equal(xj_code_wire((xj_code)a), xj_code_wire((xj_code)b));
    }
    assert_string_equal(xj_code_wire(XJ_E_NOT_FOUND), "not_found");
    assert_int_equal(xj_code_status(XJ_E_NOT_FOUND), 404);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap__keeps_the_whole_chain),
        cmocka_unit_test(test_detail__and_field_are_the_last_said),
        cmocka_unit_test(test_none__is_success),
        cmocka_unit_test(test_try__returns_the_error_at_once),
        cmocka_unit_test(test_codes__have_names_of_their_own_and_a_status),
    };

    return xjtest_main(tests);
}
