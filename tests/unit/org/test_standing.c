#include "orgtest.h"

#include "org/unit.h"

struct act {
    int64_t unit;
    xj_standing standing;
    xj_str from;
};

static xj_error *
run_make(xj_tx *tx, void *args, xj_buf *answer)
{
    struct act *a = args;

    (void)answer;
    return xj_unit_resolve(&a->unit, tx, XJ_STR("市教育局"));
}

static xj_error *
run_stand(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct act *a = args;
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit unit;

    (void)answer;
    XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &all, a->unit, xj_tx_pool(tx)));
    return xj_unit_change_do(tx, unit.id, unit.version,
                             &(xj_unit_change){.standing = &a->standing, .standing_from = a->from});
}

static size_t
stood(xj_unit_stood **items, xjtest_store *t, int64_t tenant, int64_t unit)
{
    xj_pool *pool = xj_pool_child(t->pool);
    xj_reader *reader;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, pool));
    must_ok(xj_unit_standings(items, &n, xj_reader_db(reader), tenant, unit, t->pool));
    xj_reader_end(reader);
    return n;
}

XJTEST_STORE(test_standing__is_kept_with_the_day_from_which_it_holds)
{
    struct act a = {.standing = XJ_STANDING_COORDINATED};
    xj_unit_stood *items;
    int64_t tenant;
    xj_str body;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "379900"));
    xj_now_set(INT64_C(1782360000) * 1000000); /* 2026-06-25 */
    must_ok(xjtest_do(&body, t, tenant, run_make, &a));
    assert_int_equal(stood(&items, t, tenant, a.unit), 0);
    a.from = XJ_STR("2026-06-26"); /* to come */
    must_fail(xjtest_do(&body, t, tenant, run_stand, &a), XJ_E_BAD_INPUT);
    a.from = XJ_STR("1999-12-31");
    must_fail(xjtest_do(&body, t, tenant, run_stand, &a), XJ_E_BAD_INPUT);
    a.from = XJ_STR("2026-06-01");
    must_ok(xjtest_do(&body, t, tenant, run_stand, &a));
    assert_int_equal(stood(&items, t, tenant, a.unit), 2);
    assert_null(items[0].from.data);
    assert_int_equal(items[0].standing, XJ_STANDING_SUPERVISED);
    assert_string_equal(items[1].from.data, "2026-06-01");
    assert_int_equal(items[1].standing, XJ_STANDING_COORDINATED);
    assert_string_equal(items[1].said_on.data, "2026-06-25");
    /* Without a day, and as it is: nothing is said. */
    a.from = XJ_STR_NONE;
    must_ok(xjtest_do(&body, t, tenant, run_stand, &a));
    assert_int_equal(stood(&items, t, tenant, a.unit), 2);
    /* Another day takes the place of what stood from it on. */
    a.from = XJ_STR("2026-05-01");
    must_ok(xjtest_do(&body, t, tenant, run_stand, &a));
    assert_int_equal(stood(&items, t, tenant, a.unit), 2);
    assert_string_equal(items[1].from.data, "2026-05-01");
    a = (struct act){.unit = a.unit, .standing = XJ_STANDING_SUPERVISED};
    must_ok(xjtest_do(&body, t, tenant, run_stand, &a)); /* from today on */
    assert_int_equal(stood(&items, t, tenant, a.unit), 3);
    assert_string_equal(items[2].from.data, "2026-06-25");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_standing__is_kept_with_the_day_from_which_it_holds)};

    return xjtest_store_main(tests);
}
