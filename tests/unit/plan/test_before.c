/* A new year's plan, or an edition under another number, takes the place of the one before. */
#include "plantest.h"

#include "plan/chain.h"
#include "plan/line.h"

/* REG of 2020 as the plan NO of YEAR under TITLE. */
static xj_register *
edition(xjtest_store *t, const char *no, const char *title, int year, uint32_t seed)
{
    xj_register *reg = plantest_register(t->pool, no, title, 12, seed);

    reg->document.issued_on.year = year;
    return reg;
}

static xj_pair_before
before_of(xjtest_store *t, const plan_fixture *f, int64_t version)
{
    xj_pair_before before;

    must_ok(xj_pair_before_get(&before, plantest_read(t), &f->scope, version, t->pool));
    return before;
}

/* What a draft under TITLE, the second one, is proposed to take the place of. */
static int64_t
proposed(xjtest_store *t, const plan_fixture *f, const char *title, int year)
{
    static int no = 100;
    xj_imported imported;

    no++;
    must_ok(plantest_import(&imported, t, f->tenant, f->programme,
                            edition(t, xj_str_cdup(xj_str_printf(t->pool, "%d号", no), t->pool),
                                    title, year, (uint32_t)no),
                            xj_str_cdup(xj_str_printf(t->pool, "f%d", no), t->pool)));
    return before_of(t, f, imported.version).version;
}

static xj_error *
try_publish(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version)
{
    const xj_command like = plantest_like(f->tenant);

    return xj_version_publish(t->store, &like, &(xj_publish){.id = id, .remarks = XJ_STR("seen")},
                              version, t->pool);
}

static xj_error *
choose(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version, int64_t document)
{
    const xj_command like = plantest_like(f->tenant);

    return xj_pair_again(
        t->store, &like,
        &(xj_pair_with){.id = id, .version = version, .choose = true, .document = document},
        t->pool);
}

static xj_str
state_of(xjtest_store *t, const plan_fixture *f, int64_t id)
{
    xj_version v;

    must_ok(xj_version_get(&v, plantest_read(t), &f->scope, id, t->pool));
    return v.state;
}

static int64_t
document_of(xjtest_store *t, const plan_fixture *f, int64_t id)
{
    xj_version v;

    must_ok(xj_version_get(&v, plantest_read(t), &f->scope, id, t->pool));
    return v.document;
}

XJTEST_STORE(test_before__is_found_by_title_and_year)
{
    const plan_fixture f = plantest_make(t);
    const int64_t old = plantest_publish(
        t, f.tenant, f.programme, edition(t, "1号", "2026年健康云溪行动工作要点", 2026, 1), "a");

    assert_int_equal(proposed(t, &f, "2027年健康云溪行动工作要点", 2027), old);
    assert_int_equal(proposed(t, &f, "关于印发二〇二七年健康云溪行动工作要点的通知", 2027), old);
    assert_int_equal(proposed(t, &f, "２０２７年健康云溪行动工作要点", 2027), old);
    assert_int_equal(proposed(t, &f, "2025年健康云溪行动工作要点", 2025), 0);
    assert_int_equal(proposed(t, &f, "2027年健康云溪行动考核要点", 2027), 0);
    assert_int_equal(proposed(t, &f, "健康云溪行动工作要点", 2027), 0);
    /* the same title of a later day under another number, and of an earlier one */
    assert_int_equal(proposed(t, &f, "2026年健康云溪行动工作要点", 2027), old);
    assert_int_equal(proposed(t, &f, "2026年健康云溪行动工作要点", 2019), 0);
}

XJTEST_STORE(test_before__of_several_years_is_the_nearest)
{
    const plan_fixture f = plantest_make(t);
    const int64_t first = plantest_publish(
        t, f.tenant, f.programme, edition(t, "1号", "行动方案（2021—2023年）", 2021, 1), "a");
    const int64_t second = plantest_publish(
        t, f.tenant, f.programme, edition(t, "2号", "行动方案（2024—2026年）", 2024, 2), "b");

    assert_str(state_of(t, &f, first), "superseded");
    assert_int_equal(proposed(t, &f, "行动方案（2027—2029年）", 2027), second);
    assert_int_equal(proposed(t, &f, "行动方案（1234—5678年）", 2027), 0);
}

XJTEST_STORE(test_before__ends_when_the_next_is_published_and_lines_go_on)
{
    const plan_fixture f = plantest_make(t);
    const int64_t old =
        plantest_publish(t, f.tenant, f.programme, edition(t, "1号", "2026年要点", 2026, 1), "a");
    const xj_task_filter all = {0};
    xj_imported next;
    xj_chain *chain;
    xj_pair *pairs;
    size_t n;

    must_ok(plantest_import(&next, t, f.tenant, f.programme,
                            edition(t, "9号", "2027年要点", 2027, 1), "b"));
    assert_int_equal(before_of(t, &f, next.version).document, document_of(t, &f, old));
    assert_true(before_of(t, &f, next.version).other);
    must_ok(xj_pair_list(&pairs, &n, plantest_read(t), &f.scope, next.version, XJ_STR("same"), -1,
                         100, t->pool));
    assert_int_equal(n, 12);
    assert_int_equal(pairs[3].now.line, pairs[3].old.id);
    must_ok(try_publish(t, &f, next.version, 1));
    assert_str(state_of(t, &f, old), "superseded");
    assert_int_equal(plantest_tasks(t, &f.scope, &all), 12);
    must_ok(xj_document_chain(&chain, plantest_read(t), &f.scope, document_of(t, &f, next.version),
                              t->pool));
    assert_int_equal(chain->nup, 3); /* the basis that both print, and last year's with it again */
    assert_str(chain->up[1].relation, "replaces");
    assert_int_equal(chain->up[1].document, document_of(t, &f, old));
}

XJTEST_STORE(test_before__can_be_dropped_and_chosen)
{
    const plan_fixture f = plantest_make(t);
    const int64_t old =
        plantest_publish(t, f.tenant, f.programme, edition(t, "1号", "2026年要点", 2026, 1), "a");
    const int64_t other =
        plantest_publish(t, f.tenant, f.programme, edition(t, "3号", "实施方案", 2026, 1), "c");
    xj_imported next, later;
    xj_pair *pairs;
    size_t n;

    must_ok(plantest_import(&next, t, f.tenant, f.programme,
                            edition(t, "9号", "2027年要点", 2027, 1), "b"));
    must_fail(choose(t, &f, next.version, 9, 0), XJ_E_STALE);
    must_fail(choose(t, &f, next.version, 1, 123456), XJ_E_NOT_FOUND);
    must_fail(choose(t, &f, next.version, 1, document_of(t, &f, next.version)), XJ_E_CONFLICT);
    must_ok(choose(t, &f, next.version, 1, 0));
    assert_int_equal(before_of(t, &f, next.version).version, 0);
    must_ok(xj_pair_list(&pairs, &n, plantest_read(t), &f.scope, next.version, XJ_STR(""), -1, 100,
                         t->pool));
    assert_int_equal(n, 0);
    must_ok(choose(t, &f, next.version, 2, document_of(t, &f, other)));
    assert_int_equal(before_of(t, &f, next.version).version, other);
    /* a corrected file of the same draft keeps what was chosen */
    must_ok(plantest_import(&later, t, f.tenant, f.programme,
                            edition(t, "9号", "2027年要点", 2027, 5), "d"));
    assert_int_equal(before_of(t, &f, later.version).version, other);
    must_ok(try_publish(t, &f, later.version, 1));
    assert_str(state_of(t, &f, old), "published");
    assert_str(state_of(t, &f, other), "superseded");
    /* its own version is in force now: no other document can be chosen for its next one */
    must_fail(choose(t, &f, next.version, 3, document_of(t, &f, old)), XJ_E_CONFLICT);
}

XJTEST_STORE(test_before__that_changed_meanwhile_wants_new_pairs)
{
    const plan_fixture f = plantest_make(t);
    const xj_command like = plantest_like(f.tenant);
    const int64_t old =
        plantest_publish(t, f.tenant, f.programme, edition(t, "1号", "2026年要点", 2026, 1), "a");
    xj_imported next, rival;
    int64_t renewed;

    must_ok(plantest_import(&next, t, f.tenant, f.programme,
                            edition(t, "9号", "2027年要点", 2027, 1), "b"));
    must_ok(plantest_import(&rival, t, f.tenant, f.programme,
                            edition(t, "8号", "2027年要点", 2027, 1), "c"));
    renewed =
        plantest_publish(t, f.tenant, f.programme, edition(t, "1号", "2026年要点", 2026, 7), "d");
    assert_str(state_of(t, &f, old), "superseded");
    must_fail(try_publish(t, &f, next.version, 1), XJ_E_CONFLICT);
    assert_true(before_of(t, &f, next.version).overtaken);
    must_ok(
        xj_pair_again(t->store, &like, &(xj_pair_with){.id = next.version, .version = 1}, t->pool));
    assert_int_equal(before_of(t, &f, next.version).version, renewed);
    must_ok(try_publish(t, &f, next.version, 2));
    /* the other draft's predecessor is gone altogether */
    must_fail(try_publish(t, &f, rival.version, 1), XJ_E_CONFLICT);
    must_fail(
        xj_pair_again(t->store, &like, &(xj_pair_with){.id = rival.version, .version = 1}, t->pool),
        XJ_E_CONFLICT);
    must_ok(choose(t, &f, rival.version, 1, 0));
    must_ok(try_publish(t, &f, rival.version, 2));
    assert_str(state_of(t, &f, next.version), "published");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_before__is_found_by_title_and_year),
        XJTEST_BOTH(test_before__of_several_years_is_the_nearest),
        XJTEST_BOTH(test_before__ends_when_the_next_is_published_and_lines_go_on),
        XJTEST_BOTH(test_before__can_be_dropped_and_chosen),
        XJTEST_BOTH(test_before__that_changed_meanwhile_wants_new_pairs)};

    return xjtest_store_main(tests);
}
