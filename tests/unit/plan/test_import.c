#include "plantest.h"

XJTEST_STORE(test_import__stores_the_whole_register)
{
    plan_fixture f = plantest_make(t);
    const xj_register *reg = plantest_register(t->pool, "云健〔2020〕1号", "云溪市方案", 40, 1);
    xj_version_whole *whole;
    xj_document_whole *document;
    xj_imported imported;
    xj_db *db;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, reg, "h1"));
    assert_false(imported.unchanged);
    assert_int_equal(imported.previous, 0);
    db = plantest_read(t);
    must_ok(xj_version_get_whole(&whole, db, &f.scope, imported.version, t->pool));
    assert_str(whole->version.state, "draft");
    assert_int_equal(whole->version.no, 1);
    assert_int_equal(whole->version.version, 1);
    assert_int_equal(whole->version.tasks, 40);
    assert_int_equal(whole->nactions, 5);
    assert_int_equal(whole->actions[0].tasks, 8);
    assert_int_equal(whole->nobligations, 1);
    assert_str(whole->obligations[0].frequency, "half_yearly");
    assert_int_equal(whole->nwarnings, 6);
    assert_int_equal(whole->version.warnings, 6);
    assert_str(whole->warnings[0].task_no, "4");
    assert_int_equal(whole->warnings[0].warning.line, 5);
    assert_true(xj_str_starts(reg->tasks[3].text, whole->warnings[0].warning.words));
    must_ok(xj_document_get(&document, db, &f.scope, whole->version.document, t->pool));
    assert_str(document->document.doc_no, "云健〔2020〕1号");
    assert_str(document->document.issued_on, "2020-03-20");
    assert_int_equal(document->nbasis, 1);
    assert_str(document->basis[0].doc_no, "云政〔2019〕3号");
    assert_int_equal(document->nversions, 1);
}

XJTEST_STORE(test_import__same_bytes_change_nothing)
{
    plan_fixture f = plantest_make(t);
    const xj_register *reg = plantest_register(t->pool, NULL, "云溪市方案", 10, 1);
    xj_imported first, again;

    must_ok(plantest_import(&first, t, f.tenant, f.programme, reg, "h1"));
    must_ok(plantest_import(&again, t, f.tenant, f.programme, reg, "h1"));
    assert_true(again.unchanged);
    assert_int_equal(again.version, first.version);
    /* another programme has not seen them */
    must_ok(plantest_import(&again, t, f.tenant, f.programme2, reg, "h1"));
    assert_false(again.unchanged);
}

XJTEST_STORE(test_import__same_number_is_the_next_version)
{
    plan_fixture f = plantest_make(t);
    const xj_register *a = plantest_register(t->pool, "1号", "云溪市方案", 10, 1);
    const xj_register *b = plantest_register(t->pool, "1号", "云溪市方案（修订）", 12, 2);
    const xj_register *c = plantest_register(t->pool, "2号", "云溪市方案（修订）", 12, 2);
    xj_imported first, second, third;
    xj_version v;

    must_ok(plantest_import(&first, t, f.tenant, f.programme, a, "h1"));
    must_ok(plantest_import(&second, t, f.tenant, f.programme, b, "h2"));
    assert_int_equal(second.previous, first.version);
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, second.version, t->pool));
    assert_int_equal(v.no, 2);
    /* the title is another's, but so is the number */
    must_ok(plantest_import(&third, t, f.tenant, f.programme, c, "h3"));
    assert_int_equal(third.previous, 0);
}

XJTEST_STORE(test_import__same_title_is_the_next_version_where_one_has_no_number)
{
    plan_fixture f = plantest_make(t);
    const xj_register *a = plantest_register(t->pool, NULL, "云溪市方案", 3, 1);
    const xj_register *b = plantest_register(t->pool, "1号", "云溪市方案", 4, 2);
    const xj_register *c = plantest_register(t->pool, NULL, "云溪市方案", 5, 3);
    xj_imported first, second, third;
    xj_document_whole *document;
    xj_version v;
    xj_db *db;

    must_ok(plantest_import(&first, t, f.tenant, f.programme, a, "h1"));
    must_ok(plantest_import(&second, t, f.tenant, f.programme, b, "h2"));
    must_ok(plantest_import(&third, t, f.tenant, f.programme, c, "h3"));
    assert_int_equal(second.previous, first.version);
    assert_int_equal(third.previous, second.version);
    db = plantest_read(t);
    must_ok(xj_version_get(&v, db, &f.scope, third.version, t->pool));
    must_ok(xj_document_get(&document, db, &f.scope, v.document, t->pool));
    assert_int_equal(document->nversions, 3);
    assert_str(document->document.doc_no, "1号"); /* once known, it stays */
}

XJTEST_STORE(test_import__with_a_key_twice_is_one_import)
{
    plan_fixture f = plantest_make(t);
    const xj_register *reg = plantest_register(t->pool, "1号", "云溪市方案", 10, 1);
    xj_command like = plantest_like(f.tenant);
    xj_imported first, again;
    xj_import *import;

    like.idem_key = XJ_STR("key-0001");
    like.request_hash = XJ_STR("same");
    must_ok(xj_import_of(&import, f.programme, XJ_STR("a.txt"), XJ_STR("h1"), XJ_STR("r"), reg,
                         t->pool, t->pool));
    must_ok(xj_version_import(&first, t->store, &like, import, t->pool));
    must_ok(xj_version_import(&again, t->store, &like, import, t->pool));
    assert_int_equal(again.version, first.version);
    assert_false(again.unchanged);
    like.request_hash = XJ_STR("another");
    must_fail(xj_version_import(&again, t->store, &like, import, t->pool), XJ_E_IDEM_REUSED);
}

XJTEST_STORE(test_import__of_many_tasks_goes_in_pieces)
{
    plan_fixture f = plantest_make(t);
    const size_t n = 2000;
    const xj_register *reg = plantest_register(t->pool, "1号", "云溪市方案", n, 1);
    xj_imported imported, again;
    xj_task_row *rows;
    size_t found;
    xj_task_filter filter = {0};

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, reg, "h1"));
    filter.version = imported.version;
    must_ok(xj_task_list(&rows, &found, plantest_read(t), &f.scope, &filter, XJ_TASKS_BY_PLAN, NULL,
                         100000, t->pool));
    assert_int_equal(found, n);
    for (size_t i = 0; i < n; i++)
        assert_true(xj_str_eq(rows[i].title, reg->tasks[i].title));
    must_ok(plantest_import(&again, t, f.tenant, f.programme, reg, "h1"));
    assert_true(again.unchanged);
}

XJTEST_STORE(test_import__into_no_programme_is_not_found)
{
    plan_fixture f = plantest_make(t);
    const xj_register *small = plantest_register(t->pool, "1号", "云溪市方案", 10, 1);
    const xj_register *large = plantest_register(t->pool, "1号", "云溪市方案", 400, 1);
    xj_imported imported;

    must_fail(plantest_import(&imported, t, f.tenant, 12345, small, "h1"), XJ_E_NOT_FOUND);
    must_fail(plantest_import(&imported, t, f.tenant, f.other_programme, large, "h1"),
              XJ_E_NOT_FOUND);
}

static void
test_import_of__file_names_are_checked(void **state)
{
    static const char *const names[] = {"", "a/b.txt", "a\\b", "a\nb"};
    xj_pool *pool = xj_pool_root();
    const xj_register *reg = plantest_register(pool, "1号", "云溪市方案", 1, 1);
    xj_import *import;

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        must_fail(
            xj_import_of(&import, 1, xj_str_c(names[i]), XJ_STR("h"), XJ_STR("r"), reg, pool, pool),
            XJ_E_BAD_INPUT);
    must_ok(xj_import_of(&import, 1, XJ_STR("方案 2020.txt"), XJ_STR("h"), XJ_STR("r"), reg, pool,
                         pool));
    xj_pool_destroy(pool);
}

static void
test_import_of__too_many_tasks_are_refused(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_register reg = {.ntasks = 50000};
    xj_import *import;

    (void)state;
    must_fail(xj_import_of(&import, 1, XJ_STR("a"), XJ_STR("h"), XJ_STR("r"), &reg, pool, pool),
              XJ_E_TOO_LARGE);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_import__stores_the_whole_register),
        XJTEST_BOTH(test_import__same_bytes_change_nothing),
        XJTEST_BOTH(test_import__same_number_is_the_next_version),
        XJTEST_BOTH(test_import__same_title_is_the_next_version_where_one_has_no_number),
        XJTEST_BOTH(test_import__with_a_key_twice_is_one_import),
        XJTEST_BOTH(test_import__of_many_tasks_goes_in_pieces),
        XJTEST_BOTH(test_import__into_no_programme_is_not_found),
        cmocka_unit_test(test_import_of__file_names_are_checked),
        cmocka_unit_test(test_import_of__too_many_tasks_are_refused)};

    return xjtest_store_main(tests);
}
