/* A draft that is set aside: gone at once for everybody, its rows gone behind it. */
#include "plantest.h"

#include "plan/aside.h"
#include "plan/import_priv.h"

static xj_error *
set_aside(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version, const char *text)
{
    const xj_command like = plantest_like(f->tenant);

    return xj_version_set_aside(t->store, &like, id, version, xj_str_c(text), t->pool);
}

static size_t
asides(xj_aside **items, xjtest_store *t, const plan_fixture *f)
{
    size_t n;

    must_ok(xj_aside_list(items, &n, plantest_read(t), &f->scope, 0, 100, t->pool));
    return n;
}

/* No row that `db check` would find, and nothing for the sweep to do. */
static void
must_be_sound(xjtest_store *t)
{
    int64_t bad, left;

    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
    must_ok(xj_plan_sweep(t->store, &left, t->pool));
    assert_int_equal(left, 0);
}

XJTEST_STORE(test_set_aside__leaves_the_file_and_nothing_else)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter all = {0};
    xj_imported imported;
    xj_version v;
    xj_aside *items;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 700, 1), "a"));
    must_fail(set_aside(t, &f, imported.version, 9, "一"), XJ_E_STALE);
    must_ok(set_aside(t, &f, imported.version, 1, "一\n健康步道的意见"));
    must_fail(xj_version_get(&v, plantest_read(t), &f.scope, imported.version, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(set_aside(t, &f, imported.version, 1, "一"), XJ_E_NOT_FOUND);
    assert_int_equal(asides(&items, t, &f), 1);
    assert_str(items[0].title, "一");
    assert_str(items[0].doc_no, "1号");
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 0);
    must_be_sound(t);
}

XJTEST_STORE(test_set_aside__goes_back_to_the_version_before)
{
    const plan_fixture f = plantest_make(t);
    const int64_t old = plantest_publish(t, f.tenant, f.programme,
                                         plantest_register(t->pool, "1号", "一", 20, 1), "a");
    xj_register *reg = plantest_register(t->pool, "1号", "错的标题", 12, 5);
    xj_document_whole *whole;
    xj_imported imported;
    xj_aside *items;
    xj_version v;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, reg, "b"));
    must_fail(set_aside(t, &f, old, 2, "一"), XJ_E_CONFLICT);
    must_ok(set_aside(t, &f, imported.version, 1, "错的标题"));
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, old, t->pool));
    must_ok(xj_document_get(&whole, plantest_read(t), &f.scope, v.document, t->pool));
    assert_str(whole->document.title, "一");
    assert_int_equal(whole->document.latest, old);
    assert_false(whole->document.basis);
    assert_int_equal(whole->nversions, 1);
    assert_int_equal(asides(&items, t, &f), 1);
    must_be_sound(t);
}

XJTEST_STORE(test_set_aside__has_a_limit)
{
    const plan_fixture f = plantest_make(t);
    char *text = xj_alloc(t->pool, XJ_ASIDE_TEXT_MAX + 2);
    xj_imported imported;
    xj_version v;

    memset(text, 'a', XJ_ASIDE_TEXT_MAX + 1);
    text[XJ_ASIDE_TEXT_MAX + 1] = '\0';
    must_ok(plantest_import(&imported, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 3, 1), "a"));
    must_fail(set_aside(t, &f, imported.version, 1, text), XJ_E_TOO_LARGE);
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, imported.version, t->pool));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_set_aside__leaves_the_file_and_nothing_else),
        XJTEST_BOTH(test_set_aside__goes_back_to_the_version_before),
        XJTEST_BOTH(test_set_aside__has_a_limit)};

    return xjtest_store_main(tests);
}
