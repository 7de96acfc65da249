#include "support/xjtest.h"

#include "text/similar.h"

static void
test_similarity__is_the_share_of_the_shorter(void **state)
{
    (void)state;
    assert_true(xj_similarity(XJ_STR("控烟行动"), XJ_STR("控烟行动")) == 1);
    assert_true(xj_similarity(XJ_STR("控烟行动"), XJ_STR("实施控烟行动")) == 1);
    assert_true(xj_similarity(XJ_STR("控烟"), XJ_STR("膳食")) == 0);
    assert_true(xj_similarity(XJ_STR("甲乙丙"), XJ_STR("甲乙丁")) == 0.5);
}

static void
test_similarity__white_space_and_width_do_not_count(void **state)
{
    (void)state;
    assert_true(xj_similarity(XJ_STR("２０２０ 年"), XJ_STR("2020年")) == 1);
    assert_true(xj_similarity(XJ_STR(""), XJ_STR("")) == 1);
    assert_true(xj_similarity(XJ_STR(""), XJ_STR("甲")) == 0);
    assert_true(xj_similarity(XJ_STR("甲"), XJ_STR("甲")) == 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_similarity__is_the_share_of_the_shorter),
        cmocka_unit_test(test_similarity__white_space_and_width_do_not_count),
    };

    return xjtest_main(tests);
}
