#include "support/xjtest.h"

#include "base/mem.h"

static char order[8];

static void
note(void *arg)
{
    size_t n = strlen(order);

    order[n] = *(const char *)arg;
    order[n + 1] = '\0';
}

static void
test_on_end__runs_last_first_on_clear_and_once(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();

    order[0] = '\0';
    xj_pool_on_end(pool, note, (void *)(uintptr_t) "a");
    xj_pool_on_end(pool, note, (void *)(uintptr_t) "b");
    xj_pool_clear(pool);
    assert_string_equal(order, "ba");
    xj_pool_destroy(pool);
    assert_string_equal(order, "ba");
}

static void
test_forget__drops_one_call(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    char a[] = "a", b[] = "b";

    order[0] = '\0';
    xj_pool_on_end(pool, note, a);
    xj_pool_on_end(pool, note, b);
    xj_pool_forget(pool, note, a);
    xj_pool_destroy(pool);
    assert_string_equal(order, "b");
}

static void
test_bytes__count_the_tree_and_its_peak(void **state)
{
    (void)state;
    xj_pool *root = xj_pool_root(), *child = xj_pool_child(root);

    xj_alloc(root, 100);
    xj_alloc(child, 1000);
    assert_int_equal(xj_pool_bytes(root), 1100);
    xj_pool_clear(child);
    assert_int_equal(xj_pool_bytes(child), 100);
    xj_alloc(child, 10);
    assert_int_equal(xj_pool_bytes(root), 110);
    assert_int_equal(xj_pool_peak(root), 1100);
    xj_pool_destroy(root);
}

static void
test_calloc__is_zero_and_size_checks_see_overflow(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    int *n = XJ_NEW_ARRAY(pool, int, 1000);
    size_t product;

    for (int i = 0; i < 1000; i++)
        assert_int_equal(n[i], 0);
    assert_false(xj_size_mul_ok(&product, SIZE_MAX / 2, 3));
    assert_true(xj_size_mul_ok(&product, 6, 7));
    assert_int_equal(product, 42);
    xj_pool_destroy(pool);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_on_end__runs_last_first_on_clear_and_once),
        cmocka_unit_test(test_forget__drops_one_call),
        cmocka_unit_test(test_bytes__count_the_tree_and_its_peak),
        cmocka_unit_test(test_calloc__is_zero_and_size_checks_see_overflow),
    };

    return xjtest_main(tests);
}
