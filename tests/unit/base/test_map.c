#include "support/xjtest.h"

#include "base/map.h"

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
test_find__is_null_in_an_empty_map(void **state)
{
    xj_map map;

    xj_map_init(&map, *state);
    assert_null(xj_map_find(&map, XJ_STR("市教育局")));
    assert_null(xj_map_find(&map, XJ_STR("")));
}

static void
test_set__replaces_and_says_whether_the_key_is_new(void **state)
{
    xj_map map;
    int one = 1, two = 2;

    xj_map_init(&map, *state);
    assert_true(xj_map_set(&map, XJ_STR("市教育局"), &one));
    assert_true(xj_map_set(&map, XJ_STR(""), &two));
    assert_false(xj_map_set(&map, XJ_STR("市教育局"), &two));
    assert_ptr_equal(xj_map_find(&map, XJ_STR("市教育局")), &two);
    assert_ptr_equal(xj_map_find(&map, XJ_STR("")), &two);
    assert_null(xj_map_find(&map, XJ_STR("市教育")));
    assert_int_equal(map.len, 2);
}

static void
test_slot__is_null_for_a_new_key_and_the_value_after(void **state)
{
    xj_map map;
    int one = 1;
    void **slot;

    xj_map_init(&map, *state);
    slot = xj_map_slot(&map, XJ_STR("a"));
    assert_null(*slot);
    *slot = &one;
    assert_ptr_equal(*xj_map_slot(&map, XJ_STR("a")), &one);
    assert_int_equal(map.len, 1);
}

static void
test_entries__stand_in_the_order_of_insertion(void **state)
{
    static char keys[5000][8];
    xj_map map;

    xj_map_init(&map, *state);
    for (size_t i = 0; i < 5000; i++) {
        snprintf(keys[i], sizeof keys[i], "%zu", i * 7919 % 5000);
        assert_true(xj_map_set(&map, xj_str_c(keys[i]), keys[i]));
    }
    assert_int_equal(map.len, 5000);
    for (size_t i = 0; i < 5000; i++) {
        assert_str(map.entries[i].key, keys[i]);
        assert_ptr_equal(xj_map_find(&map, xj_str_c(keys[i])), keys[i]);
    }
    assert_null(xj_map_find(&map, XJ_STR("5000")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_find__is_null_in_an_empty_map, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_set__replaces_and_says_whether_the_key_is_new, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_slot__is_null_for_a_new_key_and_the_value_after,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_entries__stand_in_the_order_of_insertion, set_up,
                                        tear_down),
    };

    return xjtest_main(tests);
}
