#include "plantest.h"

#include "plan/edit.h"
#include "plan/line.h"

/* A copy of REG without task DROP, with one more at the end. */
static xj_register *
amended(const xj_register *reg, size_t drop, xj_pool *pool)
{
    xj_register *made = XJ_NEW(pool, xj_register);
    xj_plan_task *last;

    *made = *reg;
    made->tasks = XJ_NEW_ARRAY(pool, xj_plan_task, reg->ntasks);
    for (size_t i = 0, n = 0; i < reg->ntasks; i++) {
        if (i != drop)
            made->tasks[n++] = reg->tasks[i];
    }
    last = &made->tasks[reg->ntasks - 1];
    *last = reg->tasks[0];
    last->no = XJ_STR("99");
    last->title = XJ_STR("编印膳食手册。");
    last->text = XJ_STR("编印膳食手册。送到每一户老年家庭，并请社区医生讲解怎样少盐少油。");
    return made;
}

struct two {
    int64_t old, draft;
};

static struct two
make(xjtest_store *t, const plan_fixture *f, size_t ntasks, bool publish)
{
    const xj_register *reg = plantest_register(t->pool, "1号", "一", ntasks, 1);
    xj_imported imported;
    struct two made = {0};

    if (publish) {
        made.old = plantest_publish(t, f->tenant, f->programme, reg, "a");
    } else {
        must_ok(plantest_import(&imported, t, f->tenant, f->programme, reg, "a"));
        made.old = imported.version;
    }
    must_ok(plantest_import(&imported, t, f->tenant, f->programme, amended(reg, 2, t->pool), "b"));
    made.draft = imported.version;
    return made;
}

static xj_pair *
pairs(size_t *n, xjtest_store *t, const plan_fixture *f, int64_t version, const char *relation)
{
    xj_pair *items;

    must_ok(xj_pair_list(&items, n, plantest_read(t), &f->scope, version, xj_str_c(relation), -1,
                         1000000, t->pool));
    return items;
}

static xj_error *
run_decide(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_pair_decide(tx, args);
}

static xj_error *
decide(xjtest_store *t, const plan_fixture *f, xj_pair_decision d)
{
    xj_str body;

    return xjtest_do(&body, t, f->tenant, run_decide, &d);
}

static int64_t
tasks_of(xjtest_store *t, const plan_fixture *f)
{
    const xj_task_filter all = {0};

    return plantest_tasks(t, &f->scope, &all);
}

static xj_error *
publish(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version)
{
    const xj_command like = plantest_like(f->tenant);

    return xj_version_publish(
        t->store, &like, &(xj_publish){.id = id, .remarks = XJ_STR("seen"), .replace_newer = true},
        version, t->pool);
}

static xj_error *
again(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version)
{
    const xj_command like = plantest_like(f->tenant);

    return xj_pair_again(t->store, &like, &(xj_pair_with){.id = id, .version = version}, t->pool);
}

XJTEST_STORE(test_line__goes_on_in_the_next_version)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, true);
    xj_pair_before before;
    size_t n;
    const xj_pair *same = pairs(&n, t, &f, v.draft, "same");

    assert_int_equal(n, 19);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(same[i].now.line, same[i].old.line);
        assert_int_equal(same[i].old.line, same[i].old.id);
        assert_str(same[i].decision, "same");
        assert_false(same[i].decided);
        assert_int_equal(same[i].score, 1000);
    }
    same = pairs(&n, t, &f, v.draft, "added");
    assert_int_equal(n, 1);
    assert_int_equal(same[0].now.line, same[0].now.id);
    assert_int_equal(same[0].old.id, 0);
    same = pairs(&n, t, &f, v.draft, "dropped");
    assert_int_equal(n, 1);
    assert_str(same[0].decision, "ends");
    assert_int_equal(same[0].now.id, 0);
    must_ok(xj_pair_before_get(&before, plantest_read(t), &f.scope, v.draft, t->pool));
    assert_int_equal(before.version, v.old);
    assert_false(before.other || before.overtaken);
    assert_int_equal(pairs(&n, t, &f, v.old, "") == NULL ? 0 : (int)n, 0);
}

XJTEST_STORE(test_line__of_a_long_plan_is_stored_in_pieces)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 700, true);
    size_t n;

    pairs(&n, t, &f, v.draft, "same");
    assert_int_equal(n, 699);
    must_ok(publish(t, &f, v.draft, 1));
    assert_int_equal(tasks_of(t, &f), 700);
}

XJTEST_STORE(test_decide__changes_lines_until_it_is_published)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, true);
    const int64_t seqs[] = {0, 3}, none[] = {0, 4000};
    xj_pair_decision d = {
        .id = v.draft, .version = 1, .decision = XJ_STR("new"), .seqs = seqs, .nseqs = 2};
    size_t n;
    const xj_pair *all;

    must_ok(decide(t, &f, d));
    all = pairs(&n, t, &f, v.draft, "");
    assert_int_equal(all[0].now.line, all[0].now.id);
    assert_int_equal(all[3].now.line, all[3].now.id);
    assert_int_equal(all[1].now.line, all[1].old.line);
    assert_true(all[0].decided && !all[1].decided);
    must_fail(decide(t, &f, d), XJ_E_STALE);
    d.version = 2;
    d.decision = XJ_STR("same");
    must_ok(decide(t, &f, d));
    all = pairs(&n, t, &f, v.draft, "");
    assert_int_equal(all[0].now.line, all[0].old.line);
    d.version = 3;
    d.decision = XJ_STR("ends");
    must_fail(decide(t, &f, d), XJ_E_BAD_INPUT);
    d.decision = XJ_STR("new");
    d.seqs = none;
    must_fail(decide(t, &f, d), XJ_E_NOT_FOUND);
    assert_str(pairs(&n, t, &f, v.draft, "")[0].decision, "same"); /* all or none */
    must_ok(publish(t, &f, v.draft, 3));
    d.version = 4;
    d.seqs = seqs;
    must_fail(decide(t, &f, d), XJ_E_CONFLICT);
}

XJTEST_STORE(test_publish__lets_what_is_to_stay_go_on_with_its_line)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, true);
    const xj_task_filter filter = {.version = v.draft};
    size_t n, checked = 0;
    int64_t bad = 0;
    const xj_pair *dropped;
    xj_task_row *rows;
    xj_version whole;
    xj_task *task;

    must_ok(decide(t, &f,
                   (xj_pair_decision){.id = v.draft,
                                      .version = 1,
                                      .decision = XJ_STR("stays"),
                                      .relation = XJ_STR("dropped")}));
    must_ok(publish(t, &f, v.draft, 2));
    assert_int_equal(tasks_of(t, &f), 21);
    dropped = pairs(&n, t, &f, v.draft, "dropped");
    must_ok(xj_task_list(&rows, &n, plantest_read(t), &f.scope, &filter, XJ_TASKS_BY_PLAN, NULL,
                         100, t->pool));
    assert_int_equal(n, 21);
    assert_true(xj_str_eq(rows[20].title, dropped[0].old.title));
    for (size_t i = 0; i < n; i++)
        checked += rows[i].id == dropped[0].old.id;
    assert_int_equal(checked, 0);
    must_ok(xj_task_get(&task, plantest_read(t), &f.scope, rows[20].id, t->pool));
    assert_str(task->row.state, "published");
    must_ok(xj_version_get(&whole, plantest_read(t), &f.scope, v.draft, t->pool));
    assert_int_equal(whole.tasks, 21);
    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
}

struct moving {
    int64_t id, seen, to;
    const xj_edit *edit; /* NULL: return to step TO */
};

static xj_error *
run_moving(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct moving *m = args;
    xj_edited done;

    (void)answer;
    if (m->edit == NULL)
        return xj_version_return(&done, tx, m->id, m->seen, m->to, XJ_STR(""));
    return xj_version_edit(&done, tx, m->id, m->seen, m->edit, 1, XJ_STR(""));
}

/* The line of the first pair's new row, which must be there. */
static int64_t
first_line(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    size_t n;
    const xj_pair *all = pairs(&n, t, f, version, "");

    assert_true(all[0].now.id != 0);
    return all[0].now.line;
}

XJTEST_STORE(test_line__stays_with_a_row_that_is_moved_and_moved_back)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, true);
    size_t n;
    const xj_pair *all = pairs(&n, t, &f, v.draft, "");
    const int64_t task = all[0].now.id, line = all[0].old.line;
    const xj_edit move = {.op = XJ_EDIT_MOVE, .tasks = &task, .ntasks = 1, .after = all[2].now.id};
    struct moving m = {.id = v.draft, .seen = 1, .edit = &move};
    xj_str body;

    must_ok(xjtest_do(&body, t, f.tenant, run_moving, &m));
    assert_true(pairs(&n, t, &f, v.draft, "")[0].now.id != task);
    assert_int_equal(first_line(t, &f, v.draft), line);
    m = (struct moving){.id = v.draft, .seen = 2, .to = 1};
    must_ok(xjtest_do(&body, t, f.tenant, run_moving, &m));
    assert_int_equal(pairs(&n, t, &f, v.draft, "")[0].now.id, task);
    assert_int_equal(first_line(t, &f, v.draft), line);
    m = (struct moving){.id = v.draft, .seen = 3, .to = 2};
    must_ok(xjtest_do(&body, t, f.tenant, run_moving, &m));
    assert_int_equal(first_line(t, &f, v.draft), line);
}

XJTEST_STORE(test_publish__against_another_version_in_force_wants_new_pairs)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, false);
    const int64_t other = plantest_publish(t, f.tenant, f.programme,
                                           plantest_register(t->pool, "1号", "一", 12, 5), "c");
    xj_pair_before before;

    must_fail(publish(t, &f, v.draft, 1), XJ_E_CONFLICT);
    must_ok(xj_pair_before_get(&before, plantest_read(t), &f.scope, v.draft, t->pool));
    assert_true(before.overtaken && !before.other);
    must_fail(again(t, &f, v.draft, 9), XJ_E_STALE);
    must_ok(again(t, &f, v.draft, 1));
    must_ok(xj_pair_before_get(&before, plantest_read(t), &f.scope, v.draft, t->pool));
    assert_int_equal(before.version, other);
    must_ok(publish(t, &f, v.draft, 2));
}

XJTEST_STORE(test_pairs__are_their_own_jurisdictions)
{
    const plan_fixture f = plantest_make(t);
    const struct two v = make(t, &f, 20, true);
    xj_pair_count *counts;
    xj_pair *items;
    size_t n;

    must_fail(xj_pair_list(&items, &n, plantest_read(t), &f.other_scope, v.draft, XJ_STR(""), -1, 9,
                           t->pool),
              XJ_E_NOT_FOUND);
    must_ok(xj_pair_counts(&counts, &n, plantest_read(t), &f.scope, v.draft, t->pool));
    assert_int_equal(n, 3);
    assert_str(counts[2].relation, "same");
    assert_int_equal(counts[2].pairs, 19);
    assert_int_equal(counts[2].undecided, 19);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_line__goes_on_in_the_next_version),
        XJTEST_BOTH(test_line__of_a_long_plan_is_stored_in_pieces),
        XJTEST_BOTH(test_decide__changes_lines_until_it_is_published),
        XJTEST_BOTH(test_publish__lets_what_is_to_stay_go_on_with_its_line),
        XJTEST_BOTH(test_line__stays_with_a_row_that_is_moved_and_moved_back),
        XJTEST_BOTH(test_publish__against_another_version_in_force_wants_new_pairs),
        XJTEST_BOTH(test_pairs__are_their_own_jurisdictions)};

    return xjtest_store_main(tests);
}
