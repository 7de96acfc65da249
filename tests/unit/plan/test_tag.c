#include "plantest.h"

#include "plan/tag.h"

struct tagging {
    xj_scope scope;
    xj_tag_change change;
    size_t lines;
};

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct tagging *t = args;

    (void)answer;
    return xj_tag_set(&t->lines, tx, &t->scope, &t->change);
}

static xj_error *
set(size_t *lines, xjtest_store *t, const xj_scope *scope, xj_tag_change change)
{
    struct tagging tagging = {.scope = *scope, .change = change};
    xj_str body;
    xj_error *err = xjtest_do(&body, t, scope->tenant, run_set, &tagging);

    *lines = tagging.lines;
    return err;
}

/* The first MAX tasks of VERSION, or (0) published. */
static size_t
tasks(xj_task_row **rows, int64_t *ids, xjtest_store *t, const xj_scope *scope,
      const xj_task_filter *filter, int64_t max)
{
    size_t n;

    must_ok(xj_task_list(rows, &n, plantest_read(t), scope, filter, XJ_TASKS_BY_PLAN, NULL, max,
                         t->pool));
    for (size_t i = 0; i < n; i++)
        ids[i] = (*rows)[i].id;
    return n;
}

XJTEST_STORE(test_tag_set__stays_with_the_line_over_versions)
{
    const plan_fixture f = plantest_make(t);
    const xj_register *reg = plantest_register(t->pool, "1号", "一", 20, 1);
    const xj_str add[] = {XJ_STR("民生实事"), XJ_STR(" 十四五 ")};
    const xj_task_filter all = {0}, tagged = {.tag = XJ_STR("十四五")};
    xj_task_totals *totals;
    xj_imported imported;
    xj_task_row *rows;
    int64_t ids[20];
    size_t lines;

    plantest_publish(t, f.tenant, f.programme, reg, "a");
    assert_int_equal(tasks(&rows, ids, t, &f.scope, &all, 20), 20);
    must_ok(set(&lines, t, &f.scope,
                (xj_tag_change){.tasks = &ids[3], .ntasks = 4, .add = add, .nadd = 2}));
    assert_int_equal(lines, 4);
    assert_int_equal(tasks(&rows, ids, t, &f.scope, &tagged, 20), 4);
    assert_int_equal(rows[0].ntags, 2);
    assert_str(rows[0].tags[0], "十四五"); /* by their bytes: 十 before 民 */
    assert_str(rows[0].tags[1], "民生实事");
    must_ok(xj_task_totals_of(&totals, plantest_read(t), &f.scope, &tagged, t->pool, t->pool));
    assert_int_equal(totals->tasks, 4);

    /* the next version of the same document has them, as a draft and in force */
    must_ok(plantest_import(&imported, t, f.tenant, f.programme,
                            plantest_register(t->pool, "1号", "一", 20, 1), "b"));
    assert_int_equal(tasks(&rows, ids, t, &f.scope,
                           &(xj_task_filter){.version = imported.version, .tag = tagged.tag}, 20),
                     4);
    must_ok(set(&lines, t, &f.scope,
                (xj_tag_change){.tasks = ids, .ntasks = 1, .remove = add, .nremove = 1}));
    assert_int_equal(tasks(&rows, ids, t, &f.scope,
                           &(xj_task_filter){.version = imported.version, .tag = add[0]}, 20),
                     3);
    assert_int_equal(tasks(&rows, ids, t, &f.scope, &(xj_task_filter){.tag = add[0]}, 20), 3);
}

XJTEST_STORE(test_tag_set__refuses_what_is_wrong)
{
    const plan_fixture f = plantest_make(t);
    static const struct {
        const char *tag;
        enum xj_code code;
    } cases[] = {{"", XJ_E_BAD_INPUT},
                 {"  ", XJ_E_BAD_INPUT},
                 {"a\nb", XJ_E_BAD_INPUT},
                 {"一、二", XJ_E_BAD_INPUT},
                 {"a,b", XJ_E_BAD_INPUT}};
    const xj_task_filter all = {0};
    xj_str long_tag = XJ_STR(""), ok = XJ_STR("十四五");
    int64_t ids[20], missing = 1;
    xj_task_row *rows;
    size_t lines;

    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 20, 1), "a");
    tasks(&rows, ids, t, &f.scope, &all, 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const xj_str tag = xj_str_c(cases[i].tag);

        must_fail(set(&lines, t, &f.scope,
                      (xj_tag_change){.tasks = ids, .ntasks = 1, .add = &tag, .nadd = 1}),
                  cases[i].code);
    }
    for (int i = 0; i < XJ_TAG_MAX; i++)
        long_tag = xj_str_printf(t->pool, XJ_FMT "创", XJ_ARG(long_tag));
    must_ok(set(&lines, t, &f.scope,
                (xj_tag_change){.tasks = ids, .ntasks = 1, .add = &long_tag, .nadd = 1}));
    long_tag = xj_str_printf(t->pool, XJ_FMT "创", XJ_ARG(long_tag));
    must_fail(set(&lines, t, &f.scope,
                  (xj_tag_change){.tasks = ids, .ntasks = 1, .add = &long_tag, .nadd = 1}),
              XJ_E_BAD_INPUT);
    must_fail(set(&lines, t, &f.scope, (xj_tag_change){.tasks = ids, .ntasks = 1}), XJ_E_BAD_INPUT);
    must_fail(
        set(&lines, t, &f.scope,
            (xj_tag_change){
                .tasks = ids, .ntasks = 1, .add = &ok, .nadd = 1, .remove = &ok, .nremove = 1}),
        XJ_E_BAD_INPUT);
    must_fail(set(&lines, t, &f.scope,
                  (xj_tag_change){.tasks = &missing, .ntasks = 1, .add = &ok, .nadd = 1}),
              XJ_E_NOT_FOUND);
    /* another jurisdiction's tasks are none */
    must_fail(set(&lines, t, &f.other_scope,
                  (xj_tag_change){.tasks = ids, .ntasks = 1, .add = &ok, .nadd = 1}),
              XJ_E_NOT_FOUND);
    /* those of units that the scope does not hold neither */
    must_fail(set(&lines, t, &(xj_scope){.tenant = f.tenant},
                  (xj_tag_change){.tasks = ids, .ntasks = 1, .add = &ok, .nadd = 1}),
              XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_tag_set__keeps_to_its_limits)
{
    const plan_fixture f = plantest_make(t);
    xj_str add[XJ_LINE_TAGS_MAX + 1], *tags;
    const xj_task_filter all = {0};
    xj_task_row *rows;
    int64_t ids[20];
    size_t lines, n;

    plantest_publish(t, f.tenant, f.programme, plantest_register(t->pool, "1号", "一", 20, 1), "a");
    tasks(&rows, ids, t, &f.scope, &all, 20);
    for (int i = 0; i <= XJ_LINE_TAGS_MAX; i++)
        add[i] = xj_str_printf(t->pool, "标签%d", i);
    must_ok(set(&lines, t, &f.scope,
                (xj_tag_change){.tasks = ids, .ntasks = 1, .add = add, .nadd = XJ_LINE_TAGS_MAX}));
    must_fail(
        set(&lines, t, &f.scope,
            (xj_tag_change){.tasks = ids, .ntasks = 2, .add = &add[XJ_LINE_TAGS_MAX], .nadd = 1}),
        XJ_E_TOO_LARGE);
    assert_int_equal(
        tasks(&rows, ids, t, &f.scope, &(xj_task_filter){.tag = add[XJ_LINE_TAGS_MAX]}, 20),
        0); /* nothing of it was done */
    tasks(&rows, ids, t, &f.scope, &all, 20);
    for (int made = XJ_LINE_TAGS_MAX; made < XJ_TAGS_MAX; made += 20) {
        for (int i = 0; i < 20; i++)
            add[i] = xj_str_printf(t->pool, "标签%d", made + i);
        must_ok(
            set(&lines, t, &f.scope,
                (xj_tag_change){.tasks = &ids[made / 20], .ntasks = 1, .add = add, .nadd = 20}));
    }
    must_ok(xj_tag_list(&tags, &n, plantest_read(t), &f.scope, t->pool));
    assert_int_equal(n, XJ_TAGS_MAX);
    add[0] = XJ_STR("多了");
    must_fail(set(&lines, t, &f.scope,
                  (xj_tag_change){.tasks = &ids[19], .ntasks = 1, .add = add, .nadd = 1}),
              XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_tag_set__stays_with_the_line_over_versions),
                                       XJTEST_BOTH(test_tag_set__refuses_what_is_wrong),
                                       XJTEST_BOTH(test_tag_set__keeps_to_its_limits)};

    return xjtest_store_main(tests);
}
