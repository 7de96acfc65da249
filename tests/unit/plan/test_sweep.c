#include "plantest.h"

#include "plan/import_priv.h"

/* An import that ended between its pieces. */
struct half {
    const xj_import *import;
    int64_t version;
    bool all;
};

static xj_error *
run_half(xj_tx *tx, void *args, xj_buf *answer)
{
    struct half *h = args;
    size_t at = 0;
    bool done;

    (void)answer;
    XJ_TRY(xj_plan__keep_head(&h->version, h->import->tasks, tx, h->import));
    return xj_plan__keep_rows(&at, &done, tx, h->import, h->version, h->import->tasks,
                              h->all ? 0 : 1);
}

static int64_t
rows_of(xjtest_store *t, enum xj_sql sql, int64_t tenant, int64_t version)
{
    xj_rows *rows;
    bool more = true;
    int64_t n = -1;

    if (sql == SQL_TASK_PAGE)
        must_ok(xj_db_query(&rows, plantest_read(t), sql, "iiii", tenant, version, (int64_t)0,
                            (int64_t)100000));
    else
        must_ok(xj_db_query(&rows, plantest_read(t), sql, "ii", tenant, version));
    for (; more; n++)
        must_ok(xj_rows_next(rows, &more));
    return n;
}

XJTEST_STORE(test_sweep__removes_a_half_import_that_nobody_saw)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter drafts = {.state = XJ_STR("draft")};
    struct half h = {0}, whole = {.all = true};
    xj_document_row *documents;
    xj_import *import;
    xj_version v;
    int64_t removed;
    xj_str body;
    size_t n;

    must_ok(xj_import_of(&import, f.programme, XJ_STR("a"), XJ_STR("h"), XJ_STR("r"),
                         plantest_register(t->pool, "1号", "一", 500, 1), t->pool, t->pool));
    import->actor_name = XJ_STR("tester");
    h.import = whole.import = import;
    must_ok(xjtest_do(&body, t, f.tenant, run_half, &h));
    must_ok(xjtest_do(&body, t, f.tenant, run_half, &whole));
    must_fail(xj_version_get(&v, plantest_read(t), &f.scope, h.version, t->pool), XJ_E_NOT_FOUND);
    assert_int_equal(plantest_tasks(t, &f.scope, &drafts), 0);
    must_ok(xj_document_list(&documents, &n, plantest_read(t), &f.scope,
                             &(xj_document_query){.limit = 10}, t->pool));
    assert_int_equal(n, 0);
    assert_int_equal(rows_of(t, SQL_TASK_PAGE, f.tenant, whole.version), 500);
    assert_int_equal(rows_of(t, SQL_TARGETS_OF_VERSION, f.tenant, whole.version), 2);
    must_ok(xj_plan_sweep(t->store, &removed, t->pool));
    assert_int_equal(removed, 2);
    assert_int_equal(rows_of(t, SQL_TASK_PAGE, f.tenant, whole.version), 0);
    assert_int_equal(rows_of(t, SQL_TASK_PAGE, f.tenant, h.version), 0);
    assert_int_equal(rows_of(t, SQL_TARGETS_OF_VERSION, f.tenant, whole.version), 0);
    assert_int_equal(rows_of(t, SQL_ACTIONS_OF_VERSION, f.tenant, whole.version), 0);
    must_ok(xj_plan_sweep(t->store, &removed, t->pool));
    assert_int_equal(removed, 0);
}

static xj_error *
run_supersede(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_db_run(xj_tx_db(tx), SQL_VERSION_SUPERSEDE, "ii", xj_tx_tenant(tx), *(int64_t *)args);
}

XJTEST_STORE(test_sweep__takes_superseded_tasks_out_of_the_index)
{
    const plan_fixture f = plantest_make(t);
    int64_t version = plantest_publish(t, f.tenant, f.programme,
                                       plantest_register(t->pool, "1号", "一", 100, 1), "a");
    const xj_task_filter text = {.text = XJ_STR("做好")};
    xj_rows *rows;
    int64_t removed;
    xj_str body;
    bool more;

    must_ok(xjtest_do(&body, t, f.tenant, run_supersede, &version));
    assert_int_equal(plantest_tasks(t, &f.scope, &text), 0);
    must_ok(xj_plan_sweep(t->store, &removed, t->pool));
    assert_int_equal(removed, 0);
    must_ok(xj_db_query(&rows, plantest_read(t), SQL_TASK_COUNT_LIVE, "ii", f.tenant, version));
    must_ok(xj_rows_next(rows, &more));
    assert_int_equal(xj_row_int(rows, 0), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_sweep__removes_a_half_import_that_nobody_saw),
        XJTEST_BOTH(test_sweep__takes_superseded_tasks_out_of_the_index)};

    return xjtest_store_main(tests);
}
