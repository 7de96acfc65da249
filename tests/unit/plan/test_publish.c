#include "plantest.h"

#include "plan/line.h"

#include "plan/plan_priv.h"

static xj_error *
publish(xjtest_store *t, int64_t tenant, int64_t id, int64_t version, const char *remarks)
{
    const xj_command like = plantest_like(tenant);

    return xj_version_publish(
        t->store, &like, &(xj_publish){.id = id, .remarks = xj_str_c(remarks)}, version, t->pool);
}

static xj_version
get(xjtest_store *t, const xj_scope *scope, int64_t id)
{
    xj_version v;

    must_ok(xj_version_get(&v, plantest_read(t), scope, id, t->pool));
    return v;
}

XJTEST_STORE(test_publish__with_open_warnings_needs_remarks)
{
    const plan_fixture f = plantest_make(t);
    xj_imported a, b;

    must_ok(plantest_import(&a, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 20, 1), "a"));
    must_ok(plantest_import(&b, t, f.tenant, f.programme,
                            plantest_register(t->pool, "2号", "二", 3, 1), "b"));
    must_fail(publish(t, f.tenant, a.version, 1, " "), XJ_E_BAD_INPUT);
    must_ok(publish(t, f.tenant, a.version, 1, "checked"));
    assert_str(get(t, &f.scope, a.version).state, "published");
    assert_str(get(t, &f.scope, a.version).remarks, "checked");
    assert_int_equal(get(t, &f.scope, a.version).version, 2);
    must_ok(publish(t, f.tenant, b.version, 1, "")); /* three tasks: no warning */
}

XJTEST_STORE(test_publish__an_older_one_over_a_newer_must_be_asked_for)
{
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    xj_publish what = {.remarks = XJ_STR("seen")};
    xj_imported one, two;

    must_ok(plantest_import(&one, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 3, 1), "a"));
    must_ok(plantest_import(&two, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 4, 2), "b"));
    must_ok(publish(t, f.tenant, two.version, 1, "seen"));
    what.id = one.version;
    must_fail(xj_version_publish(t->store, &like, &what, 1, t->pool), XJ_E_CONFLICT);
    assert_str(get(t, &f.scope, two.version).state, "published");
    what.replace_newer = true;
    must_ok(
        xj_pair_again(t->store, &like, &(xj_pair_with){.id = one.version, .version = 1}, t->pool));
    must_ok(xj_version_publish(t->store, &like, &what, 2, t->pool));
    assert_str(get(t, &f.scope, one.version).state, "published");
    assert_str(get(t, &f.scope, two.version).state, "superseded");
}

XJTEST_STORE(test_publish__twice_is_a_conflict_and_stale_is_stale)
{
    const plan_fixture f = plantest_make(t);
    xj_imported a;

    must_ok(plantest_import(&a, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 3, 1), "a"));
    must_fail(publish(t, f.tenant, a.version, 7, ""), XJ_E_STALE);
    must_fail(publish(t, f.other, a.version, 1, ""), XJ_E_NOT_FOUND);
    must_ok(publish(t, f.tenant, a.version, 1, ""));
    must_fail(publish(t, f.tenant, a.version, 1, ""), XJ_E_CONFLICT);
    must_fail(publish(t, f.tenant, a.version, 2, ""), XJ_E_CONFLICT);
}

XJTEST_STORE(test_publish__with_a_key_twice_is_one_publication)
{
    const plan_fixture f = plantest_make(t);
    xj_command like = plantest_like(f.tenant);
    xj_imported small, large;

    must_ok(plantest_import(&small, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 3, 1), "a"));
    must_ok(plantest_import(&large, t, f.tenant, f.programme,
                            plantest_register(t->pool, "2号", "二", 400, 1), "b"));
    like.idem_key = XJ_STR("key-0001");
    must_ok(xj_version_publish(
        t->store, &like, &(xj_publish){.id = small.version, .remarks = XJ_STR("")}, 1, t->pool));
    must_ok(xj_version_publish(
        t->store, &like, &(xj_publish){.id = small.version, .remarks = XJ_STR("")}, 1, t->pool));
    like.idem_key = XJ_STR("key-0002");
    must_ok(xj_version_publish(t->store, &like,
                               &(xj_publish){.id = large.version, .remarks = XJ_STR("seen")}, 1,
                               t->pool));
    must_ok(xj_version_publish(t->store, &like,
                               &(xj_publish){.id = large.version, .remarks = XJ_STR("seen")}, 1,
                               t->pool));
}

XJTEST_STORE(test_publish__of_many_tasks_supersedes_as_many)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter all = {0}, text = {.text = XJ_STR("做好")},
                         old = {.state = XJ_STR("superseded")};
    const int64_t first = plantest_publish(t, f.tenant, f.programme,
                                           plantest_register(t->pool, "1号", "一", 900, 1), "a");
    int64_t second;

    assert_int_equal(plantest_tasks(t, &f.scope, &all), 900);
    second = plantest_publish(t, f.tenant, f.programme,
                              plantest_register(t->pool, "1号", "一", 700, 2), "b");
    assert_str(get(t, &f.scope, first).state, "superseded");
    assert_str(get(t, &f.scope, second).state, "published");
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 700);
    assert_int_equal(plantest_tasks(t, &f.scope, &text), 700);
    assert_int_equal(plantest_tasks(t, &f.scope, &old), 900);
}

/* Marks as an end in the middle leaves them. */
static xj_error *
mark_some(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t after = 0;
    bool done;

    (void)answer;
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VERSION_SET_LIVE, "iii", (int64_t)1, xj_tx_tenant(tx),
                     *(int64_t *)args));
    return xj_plan__set_live(tx, *(int64_t *)args, true, &after, &done, 1);
}

struct rename {
    int64_t id;
};

static xj_error *
run_rename(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_task_change change = {.text = XJ_STR("从来没有的一句话")};
    xj_task *task, *before;

    (void)answer;
    return xj_task_set(&task, &before, tx, ((struct rename *)args)->id, 1, &change, XJ_STR(""));
}

XJTEST_STORE(test_publish__after_a_broken_one_finds_the_words_of_today)
{
    const plan_fixture f = plantest_make(t);
    const xj_task_filter all = {0}, now = {.text = XJ_STR("从来没有的")},
                         text = {.text = XJ_STR("做好")};
    xj_task_filter draft = {0};
    xj_task_row *rows;
    struct rename r;
    xj_imported a;
    xj_str body;
    size_t n;

    must_ok(plantest_import(&a, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 100, 1), "a"));
    must_ok(xjtest_do(&body, t, f.tenant, mark_some, &a.version));
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 0);
    assert_int_equal(plantest_tasks(t, &f.scope, &text), 0);
    draft.version = a.version;
    must_ok(xj_task_list(&rows, &n, plantest_read(t), &f.scope, &draft, XJ_TASKS_BY_PLAN, NULL, 1,
                         t->pool));
    r.id = rows[0].id;
    must_ok(xjtest_do(&body, t, f.tenant, run_rename, &r));
    must_ok(publish(t, f.tenant, a.version, 2, "seen"));
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 100);
    assert_int_equal(plantest_tasks(t, &f.scope, &now), 1);
    assert_int_equal(plantest_tasks(t, &f.scope, &text), 99);
}

static void
tell(void *arg, const char *check, const char *row)
{
    (void)row;
    snprintf((char *)arg + strlen(arg), 200 - strlen(arg), "%s ", check);
}

/* A publication that forgets to supersede, and a task that is lost. */
static xj_error *
break_some(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *ids = args;

    (void)answer;
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_VERSION_PUBLISH, "iiSii", xj_tx_now(tx), xj_tx_actor(tx),
                     XJ_STR_NONE, xj_tx_tenant(tx), ids[0]));
    return xj_db_run(xj_tx_db(tx), SQL_TASK_REMOVE, "ii", xj_tx_tenant(tx), ids[1]);
}

XJTEST_STORE(test_publish__what_was_published_is_checked)
{
    const plan_fixture f = plantest_make(t);
    char checks[200] = "";
    xj_task_filter draft = {0};
    xj_task_row *rows;
    xj_imported a, b;
    int64_t bad, ids[2];
    xj_str body;
    size_t n;

    must_ok(plantest_import(&a, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 3, 1), "a"));
    must_ok(publish(t, f.tenant, a.version, 1, ""));
    must_ok(plantest_import(&b, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 4, 1), "b"));
    must_ok(xj_store_check(t->store, &bad, tell, checks));
    assert_int_equal(bad, 0);
    draft.version = ids[0] = b.version;
    must_ok(xj_task_list(&rows, &n, plantest_read(t), &f.scope, &draft, XJ_TASKS_BY_PLAN, NULL, 1,
                         t->pool));
    ids[1] = rows[0].id;
    must_ok(xjtest_do(&body, t, f.tenant, break_some, ids));
    must_ok(xj_store_check(t->store, &bad, tell, checks));
    assert_true(bad >= 2);
    assert_non_null(strstr(checks, "CHECK_ONE_VERSION_IN_FORCE "));
    assert_non_null(strstr(checks, "CHECK_VERSION_HAS_ITS_TASKS "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_publish__with_open_warnings_needs_remarks),
        XJTEST_BOTH(test_publish__an_older_one_over_a_newer_must_be_asked_for),
        XJTEST_BOTH(test_publish__twice_is_a_conflict_and_stale_is_stale),
        XJTEST_BOTH(test_publish__with_a_key_twice_is_one_publication),
        XJTEST_BOTH(test_publish__of_many_tasks_supersedes_as_many),
        XJTEST_BOTH(test_publish__after_a_broken_one_finds_the_words_of_today),
        XJTEST_BOTH(test_publish__what_was_published_is_checked)};

    return xjtest_store_main(tests);
}
