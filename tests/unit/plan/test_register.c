#include "support/xjtest.h"

#include "plan/register.h"

static void
test_words__of_the_wire(void **state)
{
    (void)state;
    assert_string_equal(xj_unit_role_word(XJ_ROLE_COOPERATE), "cooperate");
    assert_string_equal(xj_strength_word(XJ_STRENGTH_ENCOURAGED), "encouraged");
    assert_string_equal(xj_deadline_kind_word(XJ_DEADLINE_NONE), "none");
    assert_string_equal(xj_deadline_kind_word(XJ_DEADLINE_FULL_YEAR), "full_year");
    assert_string_equal(xj_deadline_kind_word(XJ_DEADLINE_RECURRING), "recurring");
    assert_string_equal(xj_target_op_word(XJ_OP_GE), ">=");
    assert_string_equal(xj_target_op_word(XJ_OP_LT), "<");
    assert_string_equal(xj_target_op_word(XJ_OP_DECREASE_BY), "decrease_by");
    assert_string_equal(xj_target_op_word(XJ_OP_DONE), "done");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words__of_the_wire),
    };

    return xjtest_main(tests);
}
