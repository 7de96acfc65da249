#include "orgtest.h"

static void
test_rights__heading_names_the_roles_in_order(void **state)
{
    (void)state;
    assert_string_equal(xj_org__rights[0][0], "right");
    for (int i = 0; i < XJ_ROLES; i++) {
        xj_role role;

        assert_string_equal(xj_org__rights[0][1 + i], xj_role_word((xj_role)i));
        assert_true(xj_role_parse(&role, xj_str_c(xj_role_word((xj_role)i))));
        assert_int_equal(role, i);
    }
    assert_false(xj_role_parse(&(xj_role){0}, XJ_STR("king")));
}

static void
test_rights__each_cell_is_a_reach(void **state)
{
    (void)state;
    assert_true(xj_right_count() > 10);
    for (size_t i = 0; i < xj_right_count(); i++) {
        assert_true(xj_right_known(xj_right_at(i)));
        for (int role = 0; role < XJ_ROLES; role++) {
            const xj_held post = {.role = (xj_role)role};

            (void)xj_right_reach(xj_right_at(i), &post, 1); /* asserts */
        }
    }
    assert_false(xj_right_known("right"));
    assert_false(xj_right_known("no.such"));
}

static void
test_right_reach__the_widest_of_several_posts_counts(void **state)
{
    const xj_held posts[] = {
        {.unit = 3, .role = XJ_ROLE_LIAISON_A}, {.role = XJ_ROLE_EXPERT}, {.role = XJ_ROLE_OFFICE}};

    (void)state;
    assert_int_equal(xj_right_reach("task.read", posts, 0), XJ_REACH_NONE);
    assert_int_equal(xj_right_reach("task.read", posts, 1), XJ_REACH_OWN);
    assert_int_equal(xj_right_reach("task.read", posts, 2), XJ_REACH_ISSUED);
    assert_int_equal(xj_right_reach("task.read", posts, 3), XJ_REACH_ALL);
    assert_int_equal(xj_right_reach("task.change", posts, 2), XJ_REACH_NONE);
}

static xj_scope
scope_for(xjtest_store *t, int64_t tenant, const xj_held *posts, size_t n, const char *right)
{
    xj_scope scope;

    must_ok(xj_scope_of(&scope, orgtest_read(t), tenant, 9, posts, n, right, t->pool));
    assert_int_equal(scope.person, 9);
    return scope;
}

XJTEST_STORE(test_scope_of__own_is_the_unit_with_all_that_belongs_to_it)
{
    int64_t tenant, other, education, alias, group, health;
    orgtest_call call = {.what = ORG_CONFIRM};
    xj_held post = {.role = XJ_ROLE_LIAISON_A};
    xj_scope scope;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    education = orgtest_unit(t, tenant, "市教育局");
    alias = orgtest_unit(t, tenant, "教育部门甲");
    group = orgtest_unit(t, tenant, "各成员单位");
    health = orgtest_unit(t, tenant, "市卫生健康委");
    call.x = alias;
    call.y = education;
    must_ok(orgtest_do(t, tenant, &call));
    call = (orgtest_call){.what = ORG_GROUP, .x = group, .ids = &education, .n = 1};
    must_ok(orgtest_do(t, tenant, &call));

    post.unit = alias; /* given under the old name */
    scope = scope_for(t, tenant, &post, 1, "task.read");
    assert_false(scope.all_units);
    assert_false(scope.drafts);
    assert_int_equal(scope.nunits, 3);
    assert_true(xj_scope_has(&scope, tenant, education));
    assert_true(xj_scope_has(&scope, tenant, alias));
    assert_true(xj_scope_has(&scope, tenant, group));
    assert_false(xj_scope_has(&scope, tenant, health));
    assert_false(xj_scope_has(&scope, other, education));

    scope = scope_for(t, other, &post, 1, "task.read"); /* a unit of elsewhere gives nothing */
    assert_int_equal(scope.nunits, 0);
}

struct under {
    int64_t unit, parent;
};

static xj_error *
run_under(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct under *u = args;
    const xj_unit_change change = {.parent = &u->parent};

    (void)answer;
    return xj_unit_change_do(tx, u->unit, 1, &change);
}

XJTEST_STORE(test_scope_of__who_works_in_a_section_sees_what_its_unit_owes)
{
    xj_held post = {.role = XJ_ROLE_OFFICER};
    int64_t tenant, education, other;
    struct under u;
    xj_scope scope;
    xj_str body;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    education = orgtest_unit(t, tenant, "市教育局");
    other = orgtest_unit(t, tenant, "市教育局基教科");
    u = (struct under){orgtest_unit(t, tenant, "市教育局体卫艺科"), education};
    must_ok(xjtest_do(&body, t, tenant, run_under, &u));
    u = (struct under){other, education};
    must_ok(xjtest_do(&body, t, tenant, run_under, &u));

    post.unit = orgtest_unit(t, tenant, "市教育局体卫艺科");
    scope = scope_for(t, tenant, &post, 1, "duty.read");
    assert_int_equal(scope.nunits, 2);
    assert_true(xj_scope_has(&scope, tenant, post.unit));
    assert_true(xj_scope_has(&scope, tenant, education));
    assert_false(xj_scope_has(&scope, tenant, other)); /* the section beside it */
    post.role = XJ_ROLE_LIAISON_A;
    scope = scope_for(t, tenant, &post, 1, "duty.read");
    assert_int_equal(scope.nunits, 1);
}

XJTEST_STORE(test_scope_of__reaches_as_the_table_says)
{
    const xj_held office = {.role = XJ_ROLE_OFFICE}, expert = {.role = XJ_ROLE_EXPERT};
    int64_t tenant;
    xj_scope scope;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    scope = scope_for(t, tenant, &office, 1, "task.read");
    assert_true(scope.all_units && scope.drafts);
    scope = scope_for(t, tenant, &expert, 1, "task.read");
    assert_true(scope.all_units && !scope.drafts);
    scope = scope_for(t, tenant, &expert, 1, "task.change");
    assert_int_equal(scope.tenant, 0);
    assert_false(xj_scope_has(&scope, tenant, 1));
    scope = scope_for(t, tenant, &office, 0, "task.read");
    assert_false(xj_scope_has(&scope, tenant, 1));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rights__heading_names_the_roles_in_order),
        cmocka_unit_test(test_rights__each_cell_is_a_reach),
        cmocka_unit_test(test_right_reach__the_widest_of_several_posts_counts),
        XJTEST_BOTH(test_scope_of__own_is_the_unit_with_all_that_belongs_to_it),
        XJTEST_BOTH(test_scope_of__who_works_in_a_section_sees_what_its_unit_owes),
        XJTEST_BOTH(test_scope_of__reaches_as_the_table_says),
    };

    return xjtest_store_main(tests);
}
