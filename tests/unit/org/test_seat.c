#include "orgtest.h"

#include "org/seat.h"

struct act {
    xj_seat seat;
    int64_t id, version;
    xj_str name, last;
};

static xj_error *
run_make(xj_tx *tx, void *args, xj_buf *answer)
{
    struct act *a = args;

    (void)answer;
    return xj_unit_resolve(&a->id, tx, a->name);
}

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct act *a = args;

    (void)answer;
    return xj_seat_add(&a->id, tx, &a->seat);
}

static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    struct act *a = args;

    (void)answer;
    return xj_seat_end(tx, a->seat.body, a->id, a->version, a->last);
}

static int64_t
make(xjtest_store *t, int64_t tenant, const char *name)
{
    struct act a = {.name = xj_str_c(name)};
    xj_str body;

    must_ok(xjtest_do(&body, t, tenant, run_make, &a));
    return a.id;
}

XJTEST_STORE(test_seat__is_of_somebody_in_a_body_for_a_time)
{
    int64_t tenant, body, unit;
    struct act a;
    xj_reader *reader;
    xj_seat *items;
    xj_str answer;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "379900"));
    body = make(t, tenant, "健康云沂行动推进委员会");
    unit = make(t, tenant, "市教育局");
    a = (struct act){
        .seat = {
            .body = body, .role = XJ_STR("member"), .unit = unit, .from = XJ_STR("2026-01-01")}};
    must_ok(xjtest_do(&answer, t, tenant, run_add, &a));
    must_fail(xjtest_do(&answer, t, tenant, run_add, &a), XJ_E_CONFLICT);
    a.last = XJ_STR("2025-12-31");
    a.version = 1;
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_seat_list(&items, &n, xj_reader_db(reader), tenant, body, t->pool));
    xj_reader_end(reader);
    assert_int_equal(n, 1);
    a.id = items[0].id + 1;
    must_fail(xjtest_do(&answer, t, tenant, run_end, &a), XJ_E_NOT_FOUND);
    a.id = items[0].id;
    must_fail(xjtest_do(&answer, t, tenant, run_end, &a), XJ_E_BAD_INPUT);
    a.last = XJ_STR("2026-06-30");
    must_ok(xjtest_do(&answer, t, tenant, run_end, &a));
    must_fail(xjtest_do(&answer, t, tenant, run_end, &a), XJ_E_STALE);
    a.seat.from = XJ_STR("2026-07-01");
    must_ok(xjtest_do(&answer, t, tenant, run_add, &a)); /* after the end, anew */
    a.seat.body = unit;
    must_fail(xjtest_do(&answer, t, tenant, run_add, &a), XJ_E_NOT_FOUND);
    a.seat = (xj_seat){.body = body, .role = XJ_STR("expert"), .person = XJ_STR(" ")};
    must_fail(xjtest_do(&answer, t, tenant, run_add, &a), XJ_E_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_seat__is_of_somebody_in_a_body_for_a_time)};

    return xjtest_store_main(tests);
}
