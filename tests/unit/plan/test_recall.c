#include "plantest.h"

#include "plan/edit.h"
#include "plan/memory.h"

/* A plan of three tasks: units that are not what they seem, words about time without a figure. */
static xj_register *
make_plan(xj_pool *pool, const char *doc_no, int year)
{
    static const char *const text =
        "开展健康讲座，定期通报。\n体质监测，年底前完成。\n建设步道，适时完成。\n";
    xj_register *reg = plantest_register(pool, doc_no, "云溪市方案", 3, 1);
    const char *second = strstr(text, "适时完成");
    xj_plan_task *t = reg->tasks;

    reg->text = xj_str_c(text);
    reg->document.issued_on = (xj_date){year, 3, 20};
    for (size_t i = 0; i < 3; i++) {
        t[i] = (xj_plan_task){.action = 1,
                              .no = xj_str_printf(pool, "%zu", i + 1),
                              .title = XJ_STR("一件事"),
                              .text = XJ_STR("一件事"),
                              .lead_proposed = XJ_STR_NONE,
                              .deadline.raw = XJ_STR_NONE};
        t[i].units = XJ_NEW_ARRAY(pool, xj_task_unit, 2);
        t[i].nunits = 2;
        t[i].units[0] = (xj_task_unit){.name = XJ_STR("市体育局"), .role = XJ_ROLE_RESPONSIBLE};
        t[i].units[1] = (xj_task_unit){.name = XJ_STR("市教育局"), .role = XJ_ROLE_RESPONSIBLE};
        t[i].source = (xj_range){0, 10};
    }
    t[0].text = XJ_STR("开展健康讲座，定期通报。");
    t[0].units[1].name = XJ_STR("市教体");
    t[1].units[1].name = XJ_STR("统筹推进");
    t[1].deadline = (xj_deadline){
        .kind = XJ_DEADLINE_COMPLETE_BY, .date = {year, 12, 31}, .raw = XJ_STR("年底前")};
    t[2].lead_proposed = XJ_STR("市体育局");
    t[2].nwarnings = 1;
    t[2].warnings = XJ_NEW(pool, xj_warning);
    t[2].warnings[0] = (xj_warning){"unplaced_deadline",
                                    XJ_STR("时限栏中的文字未能识别"),
                                    {(size_t)(second - text), (size_t)(second - text) + 12}};
    reg->ntargets = reg->nwarnings = 0;
    return reg;
}

struct job {
    int64_t version;
    xj_edit *edits;
    size_t n;
};

static xj_error *
run_edit(xj_tx *tx, void *args, xj_buf *answer)
{
    struct job *j = args;
    xj_edited done;

    (void)answer;
    return xj_version_edit(&done, tx, j->version, 1, j->edits, j->n, XJ_STR(""));
}

static xj_check *
look(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    xj_check *check;

    must_ok(xj_check_get(&check, plantest_read(t), &f->scope, version, t->pool));
    return check;
}

static bool
marked(const xj_task *task, const char *field)
{
    for (size_t i = 0; i < task->nmarks; i++) {
        if (xj_str_eq(task->marks[i].field, xj_str_c(field)) &&
            xj_str_eq(task->marks[i].kind, XJ_STR("memory")))
            return true;
    }
    return false;
}

/* Correct all that is wrong with the plan's VERSION. */
static void
correct(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    static const xj_task_unit_change meant[] = {
        {.name = {"市体育局", 12}, .role = {"responsible", 11}},
        {.name = {"市教育体育局", 18}, .role = {"responsible", 11}}};
    static const xj_task_unit_change gone[] = {{.name = {"统筹推进", 12}, .role = {"none", 4}}};
    const xj_check *check = look(t, f, version);
    xj_edit edits[4] = {
        {.change = {.has_units = true, .units = meant, .nunits = 2}},
        {.change = {.unit_roles = gone,
                    .nunit_roles = 1,
                    .deadline_kind = XJ_STR("complete_by"),
                    .due = XJ_STR("2020-12-20")}},
        {.change = {.deadline_kind = XJ_STR("ongoing")}},
        {.op = XJ_EDIT_CONFIRM, .fields = {[XJ_CONFIRM_LEAD] = true}},
    };
    struct job j = {.version = version, .edits = edits, .n = 4};
    xj_str body;

    edits[0].change.has_cadence = true;
    edits[0].change.cadence = XJ_STR("quarterly");
    for (size_t i = 0; i < 4; i++) {
        edits[i].tasks = &check->tasks[i < 3 ? i : 2].row.id;
        edits[i].ntasks = 1;
        must_ok(xj_edit_check(&edits[i], ""));
    }
    must_ok(xjtest_do(&body, t, f->tenant, run_edit, &j));
}

XJTEST_STORE(test_recall__applies_what_corrections_taught_to_the_next_plan)
{
    const plan_fixture f = plantest_make(t);
    const xj_check *check;
    xj_imported imported;
    xj_memory *lessons;
    size_t n;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, make_plan(t->pool, "1号", 2020),
                            "h1"));
    correct(t, &f, imported.version);
    must_ok(xj_memory_list(&lessons, &n, plantest_read(t), &f.scope, -1, 0, 100, t->pool));
    assert_int_equal(n, 6);

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, make_plan(t->pool, "2号", 2023),
                            "h2"));
    check = look(t, &f, imported.version);
    assert_str(check->tasks[0].units[1].name, "市教育体育局");
    assert_str(check->tasks[0].cadence, "quarterly");
    assert_true(marked(&check->tasks[0], "units") && marked(&check->tasks[0], "cadence"));
    assert_int_equal(check->tasks[1].nunits, 1);
    assert_str(check->tasks[1].row.due, "2023-12-20"); /* of the plan's own year */
    assert_true(marked(&check->tasks[1], "deadline"));
    assert_str(check->tasks[2].row.deadline_kind, "ongoing");
    assert_str(check->tasks[2].units[0].role, "lead");
    assert_null(check->tasks[2].lead_proposed.data);
    assert_int_equal(check->version->version.warnings, 0);
    assert_str(check->tasks[2].warnings[0].state, "resolved");
    assert_str(check->tasks[2].warnings[0].why, "memory");
    must_ok(xj_memory_list(&lessons, &n, plantest_read(t), &f.scope, -1, 0, 100, t->pool));
    for (size_t i = 0; i < n; i++)
        assert_int_equal(lessons[i].uses, 1);
}

XJTEST_STORE(test_recall__of_another_jurisdiction_changes_nothing)
{
    const plan_fixture f = plantest_make(t);
    xj_imported imported;
    xj_check *check;

    must_ok(plantest_import(&imported, t, f.tenant, f.programme, make_plan(t->pool, "1号", 2020),
                            "h1"));
    correct(t, &f, imported.version);
    must_ok(plantest_import(&imported, t, f.other, f.other_programme,
                            make_plan(t->pool, "2号", 2023), "h2"));
    must_ok(xj_check_get(&check, plantest_read(t), &f.other_scope, imported.version, t->pool));
    assert_str(check->tasks[0].units[1].name, "市教体");
    assert_str(check->tasks[1].row.due, "2023-12-31");
    assert_int_equal(check->tasks[0].nmarks, 0);
    assert_int_equal(check->version->version.warnings, 1);
}

static void
test_lesson_check__names_what_is_wrong(void **state)
{
    const struct {
        const char *field;
        xj_lesson lesson;
    } cases[] = {
        {"/phrase", {XJ_MEMORY_NOT_UNIT, XJ_STR(" "), {.word = XJ_STR_NONE}}},
        {"/phrase", {XJ_MEMORY_NOT_UNIT, XJ_STR("a\n"), {.word = XJ_STR_NONE}}},
        {"/meaning", {XJ_MEMORY_LEAD, XJ_STR("甲、乙"), {.word = XJ_STR_NONE}}},
        {"/meaning/cadence", {XJ_MEMORY_CADENCE, XJ_STR("定期"), {.word = XJ_STR("sometimes")}}},
        {"/meaning/strength", {XJ_MEMORY_STRENGTH, XJ_STR("力争"), {.word = XJ_STR("maybe")}}},
        {"/meaning/kind", {XJ_MEMORY_DEADLINE, XJ_STR("年底"), {.word = XJ_STR_NONE}}},
        {"/meaning/month_day",
         {XJ_MEMORY_DEADLINE,
          XJ_STR("年底"),
          {.deadline_kind = XJ_STR("complete_by"), .month_day = XJ_STR("13-01")}}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_error *err = xj_lesson_check(&cases[i].lesson);

        assert_non_null(err);
        assert_string_equal(xj_error_field(err), cases[i].field);
        must_fail(err, XJ_E_BAD_INPUT);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_recall__applies_what_corrections_taught_to_the_next_plan),
        XJTEST_BOTH(test_recall__of_another_jurisdiction_changes_nothing),
        cmocka_unit_test(test_lesson_check__names_what_is_wrong),
    };

    return xjtest_store_main(tests);
}
