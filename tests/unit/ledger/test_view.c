#include "ledgertest.h"

enum { OFFICE = 7, OTHER = 8 };

struct work {
    xj_view view, change, now;
    xj_desk desk;
    int64_t id, version;
    bool may_share;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct work *w = args;

    (void)answer;
    w->view.filter = XJ_STR("{\"unit\":3}");
    w->view.columns = XJ_STR("[\"title\"]");
    return xj_view_add(&w->view, tx);
}

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct work *w = args;

    (void)answer;
    return xj_view_set(&w->now, tx, w->id, w->version, &w->change, w->may_share);
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    struct work *w = args;

    (void)answer;
    return xj_view_remove(tx, w->id, w->version, w->may_share);
}

static xj_error *
run_desk(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_desk_set(tx, &((struct work *)args)->desk);
}

static xj_error *
add(int64_t *id, xjtest_store *t, int64_t tenant, int64_t person, const char *name, bool shared)
{
    struct work w = {.view = {.name = xj_str_c(name), .shared = shared}};
    xj_error *err = ledgertest_as(person, t, tenant, run_add, &w);

    *id = w.view.id;
    return err;
}

static size_t
count(xj_view **views, xjtest_store *t, int64_t tenant, int64_t person)
{
    size_t n;

    must_ok(xj_view_list(views, &n, ledgertest_read(t), tenant, person, t->pool));
    return n;
}

XJTEST_STORE(test_view_list__shows_ones_own_and_the_shared)
{
    const ledger_fixture f = ledgertest_make(t);
    int64_t mine, theirs, shared, id;
    xj_view *views;

    must_ok(add(&mine, t, f.here, OFFICE, "b 我的", false));
    must_ok(add(&theirs, t, f.here, OTHER, "b 我的", false)); /* the name is one's own */
    must_ok(add(&shared, t, f.here, OFFICE, " a 民生 ", true));
    must_fail(add(&id, t, f.here, OFFICE, "b 我的", false), XJ_E_CONFLICT);
    must_fail(add(&id, t, f.here, OTHER, "a 民生", true), XJ_E_CONFLICT);
    must_fail(add(&id, t, f.here, OFFICE, "  ", false), XJ_E_BAD_INPUT);
    assert_int_equal(count(&views, t, f.here, OFFICE), 2);
    assert_int_equal(views[0].id, shared);
    assert_true(views[0].shared);
    assert_str(views[0].name, "a 民生");
    assert_int_equal(views[1].id, mine);
    assert_str(views[1].filter, "{\"unit\":3}");
    assert_str(views[1].columns, "[\"title\"]");
    assert_int_equal(count(&views, t, f.here, OTHER), 2);
    assert_int_equal(views[1].id, theirs);
    assert_int_equal(count(&views, t, f.there, OFFICE), 0);
}

XJTEST_STORE(test_view_set__changes_what_is_named)
{
    const ledger_fixture f = ledgertest_make(t);
    struct work w = {.version = 1, .change = {.name = XJ_STR("新名")}};
    int64_t shared;
    xj_view *views;

    must_ok(add(&w.id, t, f.here, OFFICE, "旧名", false));
    must_fail(ledgertest_as(OTHER, t, f.here, run_set, &w), XJ_E_NOT_FOUND);
    must_fail(ledgertest_as(OFFICE, t, f.there, run_set, &w), XJ_E_NOT_FOUND);
    must_ok(ledgertest_as(OFFICE, t, f.here, run_set, &w));
    count(&views, t, f.here, OFFICE);
    assert_str(views[0].name, "新名");
    assert_str(views[0].filter, "{\"unit\":3}");
    assert_int_equal(views[0].version, 2);
    must_fail(ledgertest_as(OFFICE, t, f.here, run_set, &w), XJ_E_STALE);
    must_fail(ledgertest_as(OFFICE, t, f.here, run_remove, &w), XJ_E_STALE);
    must_ok(add(&shared, t, f.here, OFFICE, "共享", true));
    w.id = shared;
    must_fail(ledgertest_as(OTHER, t, f.here, run_set, &w), XJ_E_FORBIDDEN);
    must_fail(ledgertest_as(OTHER, t, f.here, run_remove, &w), XJ_E_FORBIDDEN);
    w.may_share = true;
    must_ok(ledgertest_as(OTHER, t, f.here, run_set, &w));
}

XJTEST_STORE(test_view_add__keeps_to_the_limit)
{
    const ledger_fixture f = ledgertest_make(t);
    int64_t id;

    for (int i = 0; i < XJ_VIEWS_MAX; i++) {
        char name[20];

        snprintf(name, sizeof name, "v%d", i);
        must_ok(add(&id, t, f.here, OFFICE, name, false));
    }
    must_fail(add(&id, t, f.here, OFFICE, "one more", false), XJ_E_TOO_LARGE);
    must_ok(add(&id, t, f.here, OTHER, "one more", false));
    must_ok(add(&id, t, f.here, OFFICE, "one more", true));
}

XJTEST_STORE(test_desk__is_left_by_a_view_that_goes)
{
    const ledger_fixture f = ledgertest_make(t);
    struct work w = {.version = 1, .desk = {.columns = XJ_STR("[\"no\"]")}};
    xj_desk desk;

    must_ok(xj_desk_get(&desk, ledgertest_read(t), f.here, OFFICE, t->pool));
    assert_int_equal(desk.view, 0);
    assert_str(desk.columns, "[]");
    must_ok(add(&w.id, t, f.here, OFFICE, "a", false));
    w.desk.view = w.id;
    must_fail(ledgertest_as(OTHER, t, f.here, run_desk, &w), XJ_E_NOT_FOUND);
    must_ok(ledgertest_as(OFFICE, t, f.here, run_desk, &w));
    must_ok(xj_desk_get(&desk, ledgertest_read(t), f.here, OFFICE, t->pool));
    assert_int_equal(desk.view, w.id);
    must_ok(ledgertest_as(OFFICE, t, f.here, run_remove, &w));
    must_ok(xj_desk_get(&desk, ledgertest_read(t), f.here, OFFICE, t->pool));
    assert_int_equal(desk.view, 0);
    assert_str(desk.columns, "[\"no\"]");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_view_list__shows_ones_own_and_the_shared),
                                       XJTEST_BOTH(test_view_set__changes_what_is_named),
                                       XJTEST_BOTH(test_view_add__keeps_to_the_limit),
                                       XJTEST_BOTH(test_desk__is_left_by_a_view_that_goes)};

    return xjtest_store_main(tests);
}
