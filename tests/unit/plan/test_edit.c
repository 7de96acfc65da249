#include "plantest.h"

#include "plan/edit.h"

struct job {
    int64_t version, seen, to;
    xj_edit edits[3];
    size_t n;
    xj_edited done; /* its lists end with the command */
    int64_t first;  /* of the tasks it changed */
};

static xj_error *
run_edit(xj_tx *tx, void *args, xj_buf *answer)
{
    struct job *j = args;

    (void)answer;
    XJ_TRY(j->to != 0
               ? xj_version_return(&j->done, tx, j->version, j->seen, j->to, XJ_STR(""))
               : xj_version_edit(&j->done, tx, j->version, j->seen, j->edits, j->n, XJ_STR("")));
    j->first = j->done.ntasks > 0 ? j->done.tasks[0] : 0;
    return NULL;
}

static xj_error *
edit(xjtest_store *t, int64_t tenant, struct job *j)
{
    xj_str body;

    return xjtest_do(&body, t, tenant, run_edit, j);
}

static int64_t
make_draft(xjtest_store *t, const plan_fixture *f, size_t tasks)
{
    xj_imported imported;

    must_ok(plantest_import(&imported, t, f->tenant, f->programme,
                            plantest_register(t->pool, "1号", "云溪市方案", tasks, 1), "h1"));
    return imported.version;
}

static xj_check *
look(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    xj_check *check;

    must_ok(xj_check_get(&check, plantest_read(t), &f->scope, version, t->pool));
    return check;
}

/* Ids as an import of an older program left them: one behind the other, without room. */
static xj_error *
run_dense(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_check *check = args;
    const int64_t first = xj_tx_next_ids(tx, (int64_t)check->ntasks);

    (void)answer;
    for (size_t i = 0; i < check->ntasks; i++) {
        const int64_t old = check->tasks[i].row.id, id = first + (int64_t)i;

        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_TASK_UNITS_REMOVE, "ii", xj_tx_tenant(tx), old));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_EDIT_TARGETS_REMOVE, "ii", xj_tx_tenant(tx), old));
        XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_EDIT_TASK_MOVE, "iii", id, xj_tx_tenant(tx), old));
    }
    return NULL;
}

XJTEST_STORE(test_edit__without_room_rows_behind_move_and_the_order_stays)
{
    const plan_fixture f = plantest_make(t);
    const int64_t version = make_draft(t, &f, 30);
    xj_check *before = look(t, &f, version), *after;
    struct job j = {.version = version, .seen = 1, .n = 1};
    xj_str body;

    must_ok(xjtest_do(&body, t, f.tenant, run_dense, before));
    before = look(t, &f, version);
    j.edits[0] = (xj_edit){.op = XJ_EDIT_ADD,
                           .after = before->tasks[9].row.id,
                           .change = {.text = XJ_STR("插在中间"),
                                      .has_action_no = true,
                                      .action_no = before->tasks[9].row.action_no}};
    must_ok(xj_edit_check(&j.edits[0], ""));
    must_ok(edit(t, f.tenant, &j));
    assert_int_equal(j.done.nmoved, 20);
    after = look(t, &f, version);
    assert_int_equal(after->ntasks, 31);
    for (size_t i = 0; i < 31; i++) {
        if (i == 10)
            assert_str(after->tasks[i].text, "插在中间");
        else
            assert_true(xj_str_eq(after->tasks[i].text, before->tasks[i < 10 ? i : i - 1].text));
    }
    /* Before the first, too. */
    j.seen = 2;
    j.edits[0].after = 0;
    j.edits[0].before = after->tasks[0].row.id;
    must_ok(edit(t, f.tenant, &j));
    after = look(t, &f, version);
    assert_str(after->tasks[0].text, "插在中间");
    j.seen = 3;
    j.to = 1;
    must_ok(edit(t, f.tenant, &j));
    after = look(t, &f, version);
    assert_int_equal(after->ntasks, 30);
    for (size_t i = 0; i < 30; i++)
        assert_int_equal(after->tasks[i].row.id, before->tasks[i].row.id);
}

XJTEST_STORE(test_edit__of_a_published_version_is_a_conflict)
{
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    const int64_t version = make_draft(t, &f, 5);
    struct job j = {.version = version,
                    .seen = 1,
                    .n = 1,
                    .edits[0] = {.op = XJ_EDIT_SET,
                                 .has_filter = true,
                                 .change = {.strength = XJ_STR("must")}}};

    must_fail(edit(t, f.other, &j), XJ_E_NOT_FOUND);
    j.seen = 9;
    must_fail(edit(t, f.tenant, &j), XJ_E_STALE);
    j.seen = 1;
    must_ok(xj_version_publish(
        t->store, &like, &(xj_publish){.id = version, .remarks = XJ_STR("seen")}, 1, t->pool));
    must_fail(edit(t, f.tenant, &j), XJ_E_CONFLICT);
    j.to = 1;
    must_fail(edit(t, f.tenant, &j), XJ_E_CONFLICT);
}

XJTEST_STORE(test_edit__that_changes_nothing_is_no_step)
{
    const plan_fixture f = plantest_make(t);
    const int64_t version = make_draft(t, &f, 5);
    const xj_check *check = look(t, &f, version);
    struct job j = {.version = version,
                    .seen = 1,
                    .n = 1,
                    .edits[0] = {.op = XJ_EDIT_SET,
                                 .tasks = &check->tasks[0].row.id,
                                 .ntasks = 1,
                                 .change = {.title = check->tasks[0].row.title}}};
    xj_step *steps;
    size_t n;

    must_ok(edit(t, f.tenant, &j));
    assert_int_equal(j.done.step, 0);
    assert_int_equal(j.done.version, 1);
    must_ok(xj_step_list(&steps, &n, plantest_read(t), &f.scope, version, 0, 10, t->pool));
    assert_int_equal(n, 0);
}

XJTEST_STORE(test_edit__above_the_most_tasks_is_refused_whole)
{
    const plan_fixture f = plantest_make(t);
    const int64_t version = make_draft(t, &f, XJ_EDIT_TASKS_MAX + 1);
    struct job j = {.version = version,
                    .seen = 1,
                    .n = 1,
                    .edits[0] = {.op = XJ_EDIT_SET,
                                 .has_filter = true,
                                 .change = {.strength = XJ_STR("encouraged")}}};
    xj_version v;

    must_fail(edit(t, f.tenant, &j), XJ_E_TOO_LARGE);
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, version, t->pool));
    assert_int_equal(v.version, 1);
    j.edits[0].filter.action = XJ_STR("控烟行动");
    must_ok(edit(t, f.tenant, &j));
    assert_int_equal(j.done.version, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_edit__without_room_rows_behind_move_and_the_order_stays),
        XJTEST_BOTH(test_edit__of_a_published_version_is_a_conflict),
        XJTEST_BOTH(test_edit__that_changes_nothing_is_no_step),
        XJTEST_BOTH(test_edit__above_the_most_tasks_is_refused_whole),
    };

    return xjtest_store_main(tests);
}
