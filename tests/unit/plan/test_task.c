#include "plantest.h"

struct change {
    int64_t id, version;
    xj_task_change change;
    xj_str title, before; /* what the task is called now, was called */
    int64_t now;
};

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_task *task, *before;
    xj_error *err = xj_task_set(&task, &before, tx, c->id, c->version, &c->change, XJ_STR(""));

    (void)answer;
    if (task != NULL) {
        /* outlives the command in this test only */
        static char now[2000], old[2000];

        snprintf(now, sizeof now, XJ_FMT, XJ_ARG(task->row.title));
        snprintf(old, sizeof old, XJ_FMT, XJ_ARG(before->row.title));
        c->title = xj_str_c(now);
        c->before = xj_str_c(old);
        c->now = task->row.version;
    }
    return err;
}

static xj_error *
set(xjtest_store *t, int64_t tenant, struct change *c)
{
    xj_str body;

    return xjtest_do(&body, t, tenant, run_change, c);
}

/* A draft's first task. */
static int64_t
first_task(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    const xj_task_filter filter = {.version = version};
    xj_task_row *rows;
    size_t n;

    must_ok(xj_task_list(&rows, &n, plantest_read(t), &f->scope, &filter, XJ_TASKS_BY_PLAN, NULL, 2,
                         t->pool));
    assert_int_equal(n, 2);
    return rows[1].id;
}

static int64_t
make_draft(xjtest_store *t, const plan_fixture *f)
{
    xj_imported imported;

    must_ok(plantest_import(&imported, t, f->tenant, f->programme,
                            plantest_register(t->pool, "1号", "云溪市方案", 20, 1), "h1"));
    return imported.version;
}

XJTEST_STORE(test_set__changes_what_it_names_and_no_more)
{
    static const xj_task_unit_change units[] = {
        {.name = {"市水利局", 12}, .role = {"lead", 4}},
        {.name = {"市教育局", 12}, .role = {"cooperate", 9}}};
    const plan_fixture f = plantest_make(t);
    const int64_t version = make_draft(t, &f);
    struct change c = {.id = first_task(t, &f, version), .version = 1};
    xj_version v;
    xj_task *before, *after;

    must_ok(xj_task_get(&before, plantest_read(t), &f.scope, c.id, t->pool));
    c.change = (xj_task_change){.has_units = true,
                                .units = units,
                                .nunits = 2,
                                .deadline_kind = XJ_STR("complete_by"),
                                .due = XJ_STR("2021-06-30")};
    must_ok(xj_task_change_check(&c.change));
    must_ok(set(t, f.tenant, &c));
    must_ok(xj_task_get(&after, plantest_read(t), &f.scope, c.id, t->pool));
    assert_int_equal(after->row.version, 2);
    assert_true(xj_str_eq(after->row.title, before->row.title));
    assert_true(xj_str_eq(after->text, before->text));
    assert_str(after->row.due, "2021-06-30");
    assert_str(after->row.deadline_kind, "complete_by");
    assert_true(xj_str_has(after->row.units, XJ_STR("\"name\":\"市水利局\",\"role\":\"lead\"")));
    assert_int_equal(after->ntargets, before->ntargets);
    assert_int_equal(after->ntargets, 1);
    must_ok(xj_version_get(&v, plantest_read(t), &f.scope, version, t->pool));
    assert_int_equal(v.version, 2);
}

XJTEST_STORE(test_set__of_an_old_version_is_stale_and_gives_both)
{
    const plan_fixture f = plantest_make(t);
    struct change c = {.version = 1, .change = {.title = XJ_STR("first")}};

    c.id = first_task(t, &f, make_draft(t, &f));
    must_ok(set(t, f.tenant, &c));
    c.change.title = XJ_STR("second");
    must_fail(set(t, f.tenant, &c), XJ_E_STALE);
    assert_str(c.title, "first");
    assert_int_equal(c.now, 2);
    c.version = 2;
    must_ok(set(t, f.tenant, &c));
    assert_str(c.before, "first");
    assert_str(c.title, "second");
}

XJTEST_STORE(test_set__of_a_published_task_is_a_conflict)
{
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    const int64_t version = make_draft(t, &f);
    struct change c = {.version = 1, .change = {.title = XJ_STR("first")}};

    c.id = first_task(t, &f, version);
    must_ok(xj_version_publish(
        t->store, &like, &(xj_publish){.id = version, .remarks = XJ_STR("seen")}, 1, t->pool));
    must_fail(set(t, f.tenant, &c), XJ_E_CONFLICT);
}

XJTEST_STORE(test_set__another_jurisdictions_task_is_not_found)
{
    const plan_fixture f = plantest_make(t);
    struct change c = {.version = 1, .change = {.title = XJ_STR("first")}};
    xj_task *task;

    c.id = first_task(t, &f, make_draft(t, &f));
    must_fail(set(t, f.other, &c), XJ_E_NOT_FOUND);
    must_fail(xj_task_get(&task, plantest_read(t), &f.other_scope, c.id, t->pool), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_get__outside_the_scopes_units_is_not_found)
{
    const plan_fixture f = plantest_make(t);
    const int64_t units[] = {1, 2, 3};
    const xj_scope narrow = {.tenant = f.tenant, .units = units, .nunits = 3};
    const int64_t id = first_task(t, &f, make_draft(t, &f));
    xj_task *task;

    must_fail(xj_task_get(&task, plantest_read(t), &narrow, id, t->pool), XJ_E_NOT_FOUND);
}

static void
test_check__names_what_is_wrong(void **state)
{
    static const xj_task_unit_change twice[] = {{.name = {"a", 1}, .role = {"lead", 4}},
                                                {.name = {"a", 1}, .role = {"lead", 4}}};
    static const xj_task_unit_change no_role[] = {{.name = {"a", 1}, .role = {"boss", 4}}};
    static const xj_str dates[] = {{"06-15", 5}}, bad_dates[] = {{"02-30", 5}};
    const struct {
        const char *field;
        xj_task_change change;
    } cases[] = {
        {"", {.title = XJ_STR_NONE}},
        {"/title", {.title = XJ_STR(" ")}},
        {"/title", {.title = XJ_STR("a\nb")}},
        {"/text", {.text = XJ_STR("a\x01")}},
        {"/units", {.has_units = true, .units = twice, .nunits = 2}},
        {"/units", {.has_units = true, .units = no_role, .nunits = 1}},
        {"/units", {.has_units = true, .units = no_role, .nunits = 201}},
        {"/deadline/kind", {.deadline_kind = XJ_STR("some day")}},
        {"/deadline/date", {.deadline_kind = XJ_STR("complete_by")}},
        {"/deadline/date", {.deadline_kind = XJ_STR("ongoing"), .due = XJ_STR("2020-01-01")}},
        {"/deadline/date", {.deadline_kind = XJ_STR("complete_by"), .due = XJ_STR("2020-02-30")}},
        {"/deadline/date", {.deadline_kind = XJ_STR("complete_by"), .due = XJ_STR("9999-12-31")}},
        {"/deadline/dates", {.deadline_kind = XJ_STR("recurring")}},
        {"/deadline/dates",
         {.deadline_kind = XJ_STR("recurring"), .dates = bad_dates, .ndates = 1}},
        {"/deadline/dates", {.deadline_kind = XJ_STR("none"), .dates = dates, .ndates = 1}},
        {"/strength", {.strength = XJ_STR("maybe")}},
        {"/cadence", {.has_cadence = true, .cadence = XJ_STR("often")}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_error *err = xj_task_change_check(&cases[i].change);

        assert_non_null(err);
        assert_string_equal(xj_error_field(err), cases[i].field);
        must_fail(err, XJ_E_BAD_INPUT);
    }
    must_ok(xj_task_change_check(
        &(xj_task_change){.deadline_kind = XJ_STR("recurring"), .dates = dates, .ndates = 1}));
    must_ok(xj_task_change_check(&(xj_task_change){.has_cadence = true}));
}

static void
test_check__texts_end_at_their_limit(void **state)
{
    static char title[XJ_TASK_TITLE_MAX + 1];

    (void)state;
    memset(title, 'a', sizeof title);
    must_ok(xj_task_change_check(&(xj_task_change){.title = xj_str_of(title, XJ_TASK_TITLE_MAX)}));
    must_fail(
        xj_task_change_check(&(xj_task_change){.title = xj_str_of(title, XJ_TASK_TITLE_MAX + 1)}),
        XJ_E_BAD_INPUT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_set__changes_what_it_names_and_no_more),
        XJTEST_BOTH(test_set__of_an_old_version_is_stale_and_gives_both),
        XJTEST_BOTH(test_set__of_a_published_task_is_a_conflict),
        XJTEST_BOTH(test_set__another_jurisdictions_task_is_not_found),
        XJTEST_BOTH(test_get__outside_the_scopes_units_is_not_found),
        cmocka_unit_test(test_check__names_what_is_wrong),
        cmocka_unit_test(test_check__texts_end_at_their_limit)};

    return xjtest_store_main(tests);
}
