#include "plantest.h"

/*
 * Lists against a reference: the same filters asked of the registers in memory.
 */
#define PLANS 4
#define TASKS 60

struct world {
    plan_fixture f;
    xj_register *regs[PLANS];
    int64_t versions[PLANS], programmes[PLANS], units[7];
};

static const char *const unit_names[] = {"市教育局", "市卫生健康委", "市财政局", "市体育局",
                                         "市民政局", "各县市区",     "团市委"};
static const char *const kinds[] = {"none",    "complete_by", "start_by",
                                    "ongoing", "full_year",   "recurring"};
static const char *const strengths[] = {"must", "expected", "encouraged"};
static const char *const roles[] = {"lead", "responsible", "cooperate"};

/* Three published plans in two programmes, one draft; a plan of another jurisdiction. */
static struct world
make_world(xjtest_store *t)
{
    struct world w = {.f = plantest_make(t)};
    xj_imported draft;
    xj_db *db;

    for (int i = 0; i < PLANS; i++) {
        char number[32], hash[32];

        snprintf(number, sizeof number, "%d号", i + 1);
        snprintf(hash, sizeof hash, "h%d", i);
        w.regs[i] = plantest_register(t->pool, number, "云溪市方案", TASKS, (uint32_t)i + 1);
        w.programmes[i] = i == 2 ? w.f.programme2 : w.f.programme;
        if (i + 1 < PLANS) {
            w.versions[i] = plantest_publish(t, w.f.tenant, w.programmes[i], w.regs[i], hash);
        } else {
            must_ok(plantest_import(&draft, t, w.f.tenant, w.programmes[i], w.regs[i], hash));
            w.versions[i] = draft.version;
        }
    }
    plantest_publish(t, w.f.other, w.f.other_programme, w.regs[0], "h0");
    db = plantest_read(t);
    for (int i = 0; i < 7; i++)
        must_ok(xj_unit_find(&w.units[i], db, &w.f.scope, xj_str_c(unit_names[i])));
    return w;
}

static bool
names_unit(const struct world *w, const xj_plan_task *task, const xj_task_filter *filter)
{
    for (size_t i = 0; i < task->nunits; i++) {
        for (int u = 0; u < 7; u++) {
            if (w->units[u] == filter->unit &&
                xj_str_eq(task->units[i].name, xj_str_c(unit_names[u])) &&
                (filter->role.len == 0 ||
                 xj_str_eq(filter->role, xj_str_c(roles[task->units[i].role]))))
                return true;
        }
    }
    return false;
}

/* Whether the reference lets task T of plan P through. */
static bool
lets(const struct world *w, int p, const xj_plan_task *task, const xj_task_filter *filter)
{
    const xj_register *reg = w->regs[p];
    char due[XJ_DATE_LEN] = "";
    xj_str action = XJ_STR("");
    xj_str lower;
    bool found;

    for (size_t i = 0; i < reg->nactions; i++) {
        if (reg->actions[i].no == task->action)
            action = reg->actions[i].name;
    }
    if (task->deadline.date.year != 0)
        xj_date_format(due, task->deadline.date);
    if (filter->version != 0                        ? w->versions[p] != filter->version
        : xj_str_eq(filter->state, XJ_STR("draft")) ? p + 1 < PLANS
                                                    : p + 1 == PLANS)
        return false;
    if (filter->version != 0 && filter->state.len > 0 &&
        xj_str_eq(filter->state, XJ_STR("draft")) != (p + 1 == PLANS))
        return false;
    if (filter->programme != 0 && w->programmes[p] != filter->programme)
        return false;
    if (filter->action.len > 0 && !xj_str_eq(filter->action, action))
        return false;
    if (filter->kind.len > 0 && !xj_str_eq(filter->kind, xj_str_c(kinds[task->deadline.kind])))
        return false;
    if (filter->strength.len > 0 &&
        !xj_str_eq(filter->strength, xj_str_c(strengths[task->strength])))
        return false;
    if (filter->unit != 0 && !names_unit(w, task, filter))
        return false;
    if (filter->due_from.len > 0 &&
        (due[0] == '\0' || xj_str_cmp(xj_str_c(due), filter->due_from) < 0))
        return false;
    if (filter->due_to.len > 0 && (due[0] == '\0' || xj_str_cmp(xj_str_c(due), filter->due_to) > 0))
        return false;
    if (filter->text.len == 0)
        return true;
    lower = xj_str_c("abc"); /* the only letters in the made-up texts are ABC */
    found = xj_str_has(task->text, filter->text) || xj_str_has(task->title, filter->text);
    return found || (xj_str_eq(filter->text, lower) && xj_str_has(task->text, XJ_STR("ABC")));
}

static size_t
expected(const struct world *w, const xj_task_filter *filter)
{
    size_t n = 0;

    for (int p = 0; p < PLANS; p++) {
        for (size_t i = 0; i < w->regs[p]->ntasks; i++)
            n += lets(w, p, &w->regs[p]->tasks[i], filter);
    }
    return n;
}

/* -1, 0, 1 of two rows in ORDER. */
static int
compare_rows(const xj_task_row *a, const xj_task_row *b, xj_task_order order)
{
    int c = 0;

    if (order == XJ_TASKS_BY_DUE || order == XJ_TASKS_BY_DUE_DOWN)
        c = xj_str_cmp(a->due, b->due);
    else if (order != XJ_TASKS_BY_PLAN)
        c = a->changed_at < b->changed_at ? -1 : a->changed_at > b->changed_at;
    if (c == 0)
        c = a->id < b->id ? -1 : a->id > b->id;
    return order == XJ_TASKS_BY_DUE_DOWN || order == XJ_TASKS_BY_CHANGE_DOWN ? -c : c;
}

/* The totals of FILTER count the same tasks, each once by action, kind and strength. */
static void
check_totals(xjtest_store *t, const struct world *w, const xj_task_filter *filter)
{
    xj_pool *pool = xj_pool_child(t->pool);
    const int64_t n = (int64_t)expected(w, filter);
    int64_t by_action = 0, by_kind = 0, by_strength = 0;
    xj_task_totals *totals;
    xj_reader *reader;

    must_ok(xj_reader_begin(&reader, t->store, pool));
    must_ok(xj_task_totals_of(&totals, xj_reader_db(reader), &w->f.scope, filter, pool, pool));
    for (size_t i = 0; i < totals->nactions; i++)
        by_action += totals->actions[i].tasks;
    for (size_t i = 0; i < totals->nkinds; i++)
        by_kind += totals->kinds[i].tasks;
    for (size_t i = 0; i < totals->nstrengths; i++)
        by_strength += totals->strengths[i].tasks;
    assert_int_equal(totals->tasks, n);
    assert_int_equal(by_action, n);
    assert_int_equal(by_kind, n);
    assert_int_equal(by_strength, n);
    xj_pool_destroy(pool);
}

/* Page through FILTER in ORDER; the rows must ascend, each once, and be as many as expected. */
static void
check(xjtest_store *t, const struct world *w, const xj_task_filter *filter, xj_task_order order)
{
    xj_pool *pool = xj_pool_child(t->pool);
    xj_task_key key = {0};
    xj_task_row last = {0};
    xj_reader *reader;
    size_t n, found = 0;

    must_ok(xj_reader_begin(&reader, t->store, pool));
    do {
        xj_task_row *rows;

        must_ok(xj_task_list(&rows, &n, xj_reader_db(reader), &w->f.scope, filter, order, &key, 7,
                             pool));
        for (size_t i = 0; i < n; i++) {
            if (found + i > 0)
                assert_true(compare_rows(&last, &rows[i], order) < 0);
            last = rows[i];
        }
        if (n > 0)
            key = (xj_task_key){true, last.due, last.changed_at, last.id};
        found += n;
        assert_true(found <= (size_t)PLANS * TASKS);
    } while (n == 7);
    assert_int_equal(found, expected(w, filter));
    xj_pool_destroy(pool);
}

XJTEST_STORE(test_list__random_filters_agree_with_the_reference)
{
    static const char *const texts[] = {"健",    "步道", "控烟宣传", "做好",      "处。做好",
                                        "第1项", "abc",  "没有",     "急救培训1", "％"};
    static const char *const actions[] = {"控烟行动", "工作机制", "没有这个行动"};
    static const char *const dates[] = {"2020-01-31", "2020-03-01", "2020-06-30", "2020-12-31"};
    const struct world w = make_world(t);
    uint32_t s = 42;

    for (int i = 0; i < 300; i++) {
        xj_task_filter filter = {0};

        if (plantest_random(&s) % 4 == 0)
            filter.programme = plantest_random(&s) % 2 ? w.f.programme : w.f.programme2;
        if (plantest_random(&s) % 8 == 0)
            filter.version = w.versions[plantest_random(&s) % PLANS];
        if (plantest_random(&s) % 6 == 0)
            filter.state = plantest_random(&s) % 2 ? XJ_STR("draft") : XJ_STR("published");
        if (plantest_random(&s) % 4 == 0)
            filter.action = xj_str_c(actions[plantest_random(&s) % 3]);
        if (plantest_random(&s) % 4 == 0)
            filter.unit = w.units[plantest_random(&s) % 7];
        if (plantest_random(&s) % 4 == 0)
            filter.role = xj_str_c(roles[plantest_random(&s) % 3]);
        if (plantest_random(&s) % 4 == 0)
            filter.kind = xj_str_c(kinds[plantest_random(&s) % 6]);
        if (plantest_random(&s) % 5 == 0)
            filter.due_from = xj_str_c(dates[plantest_random(&s) % 4]);
        if (plantest_random(&s) % 5 == 0)
            filter.due_to = xj_str_c(dates[plantest_random(&s) % 4]);
        if (plantest_random(&s) % 5 == 0)
            filter.strength = xj_str_c(strengths[plantest_random(&s) % 3]);
        if (plantest_random(&s) % 4 == 0)
            filter.text = xj_str_c(texts[plantest_random(&s) % 10]);
        check(t, &w, &filter, (xj_task_order)(plantest_random(&s) % 5));
        check_totals(t, &w, &filter);
    }
}

XJTEST_STORE(test_list__shows_only_its_own_jurisdiction)
{
    const struct world w = make_world(t);
    const xj_task_filter all = {0};
    xj_task_filter filter = {.version = w.versions[0]};
    const xj_scope none = {0};

    assert_int_equal(plantest_tasks(t, &w.f.scope, &all), 3 * TASKS);
    assert_int_equal(plantest_tasks(t, &w.f.other_scope, &all), TASKS);
    assert_int_equal(plantest_tasks(t, &w.f.other_scope, &filter), 0);
    filter = (xj_task_filter){.text = XJ_STR("做好")};
    assert_int_equal(plantest_tasks(t, &w.f.other_scope, &filter), TASKS);
    filter = (xj_task_filter){.unit = w.units[0]};
    assert_int_equal(plantest_tasks(t, &w.f.other_scope, &filter), 0);
    assert_int_equal(plantest_tasks(t, &none, &all), 0);
}

XJTEST_STORE(test_list__a_scope_of_units_shows_their_tasks)
{
    const struct world w = make_world(t);
    const xj_scope scope = {.tenant = w.f.tenant, .units = &w.units[1], .nunits = 1};
    const xj_task_filter all = {0}, unit = {.unit = w.units[1]};
    const int64_t n = plantest_tasks(t, &scope, &all);

    assert_true(n > 0);
    assert_int_equal(n, plantest_tasks(t, &w.f.scope, &unit));
}

XJTEST_STORE(test_list__a_superseded_version_is_shown_no_more)
{
    plan_fixture f = plantest_make(t);
    const xj_register *a = plantest_register(t->pool, "1号", "云溪市方案", 20, 1);
    const xj_register *b = plantest_register(t->pool, "1号", "云溪市方案", 30, 2);
    const xj_task_filter all = {0}, text = {.text = XJ_STR("做好")},
                         old = {.state = XJ_STR("superseded")};

    plantest_publish(t, f.tenant, f.programme, a, "h1");
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 20);
    plantest_publish(t, f.tenant, f.programme, b, "h2");
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 30);
    assert_int_equal(plantest_tasks(t, &f.scope, &text), 30);
    assert_int_equal(plantest_tasks(t, &f.scope, &old), 20);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_list__random_filters_agree_with_the_reference),
        XJTEST_BOTH(test_list__shows_only_its_own_jurisdiction),
        XJTEST_BOTH(test_list__a_scope_of_units_shows_their_tasks),
        XJTEST_BOTH(test_list__a_superseded_version_is_shown_no_more)};

    return xjtest_store_main(tests);
}
