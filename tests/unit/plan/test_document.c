#include "plantest.h"

XJTEST_STORE(test_list__is_newest_first_and_pages)
{
    const plan_fixture f = plantest_make(t);
    xj_document_query query = {.limit = 2};
    xj_imported imported[5];
    xj_document_row *rows;
    size_t n;

    for (int i = 0; i < 5; i++) {
        char number[16];

        snprintf(number, sizeof number, "%d号", i);
        must_ok(plantest_import(&imported[i], t, f.tenant, i == 2 ? f.programme2 : f.programme,
                                plantest_register(t->pool, number, "方案", 3, 1), number));
    }
    for (int i = 4; i >= 0; i -= 2) {
        must_ok(xj_document_list(&rows, &n, plantest_read(t), &f.scope, &query, t->pool));
        assert_int_equal(n, i == 0 ? 1 : 2);
        assert_int_equal(rows[0].latest.id, imported[i].version);
        assert_int_equal(rows[0].document.latest, imported[i].version);
        query.after = rows[n - 1].document.latest;
    }
    query = (xj_document_query){.limit = 10, .programme = f.programme2};
    must_ok(xj_document_list(&rows, &n, plantest_read(t), &f.scope, &query, t->pool));
    assert_int_equal(n, 1);
    query = (xj_document_query){.limit = 10, .state = XJ_STR("published")};
    must_ok(xj_document_list(&rows, &n, plantest_read(t), &f.scope, &query, t->pool));
    assert_int_equal(n, 0);
    must_ok(xj_document_list(&rows, &n, plantest_read(t), &f.other_scope,
                             &(xj_document_query){.limit = 10}, t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_get__another_jurisdictions_is_not_found)
{
    const plan_fixture f = plantest_make(t);
    xj_document_whole *document;
    xj_version_whole *whole;
    xj_imported imported;
    xj_version v;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "方案", 3, 1), "h"));
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, imported.version, t->pool));
    must_fail(xj_version_get(&v, plantest_read(t), &f.other_scope, imported.version, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(
        xj_version_get_whole(&whole, plantest_read(t), &f.other_scope, imported.version, t->pool),
        XJ_E_NOT_FOUND);
    must_fail(xj_document_get(&document, plantest_read(t), &f.other_scope, v.document, t->pool),
              XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_list__is_newest_first_and_pages),
                                       XJTEST_BOTH(test_get__another_jurisdictions_is_not_found)};

    return xjtest_store_main(tests);
}
