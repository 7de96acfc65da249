#include "orgtest.h"

static const xj_date first = {2026, 1, 1}, june = {2026, 6, 30}, july = {2026, 7, 1};

static int64_t
person(xjtest_store *t, int64_t tenant, const char *name)
{
    int64_t id;

    must_ok(orgtest_person(&id, t, tenant, name, "", XJ_STR("h")));
    return id;
}

static xj_error *
give(int64_t *id, xjtest_store *t, int64_t tenant, const xj_post *post)
{
    orgtest_call call = {.what = ORG_POST, .post = *post};
    xj_error *err = orgtest_do(t, tenant, &call);

    *id = call.id;
    return err;
}

static xj_error *
end(int64_t *next, xjtest_store *t, int64_t tenant, int64_t id, int64_t version, xj_date last,
    int64_t successor)
{
    orgtest_call call = {
        .what = ORG_POST_END, .x = id, .y = successor, .day = last, .post.version = version};
    xj_error *err = orgtest_do(t, tenant, &call);

    *next = call.id;
    return err;
}

static size_t
held(xj_db *db, int64_t tenant, int64_t who, xj_date day)
{
    xj_held posts[XJ_POSTS_HELD_MAX];
    size_t n;

    must_ok(xj_post_held(posts, &n, db, tenant, who, day));
    return n;
}

XJTEST_STORE(test_post_add__is_held_from_its_first_day_to_its_last)
{
    int64_t tenant, who, unit, id;
    xj_post post = {.role = XJ_ROLE_LIAISON_A, .from = first, .to = june}, *all;
    xj_db *db;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    who = person(t, tenant, "a");
    unit = orgtest_unit(t, tenant, "市教育局");
    post.person = who;
    post.unit = unit;
    must_ok(give(&id, t, tenant, &post));
    db = orgtest_read(t);
    assert_int_equal(held(db, tenant, who, (xj_date){2025, 12, 31}), 0);
    assert_int_equal(held(db, tenant, who, first), 1);
    assert_int_equal(held(db, tenant, who, june), 1);
    assert_int_equal(held(db, tenant, who, july), 0);
    must_ok(xj_post_of_unit(&all, &n, db, tenant, unit, june, t->pool));
    assert_int_equal(n, 1);
    assert_str(all[0].unit_name, "市教育局");
    assert_str(all[0].person_name, "a");
    assert_true(xj_post_on(&all[0], june) && !xj_post_on(&all[0], july));
}

XJTEST_STORE(test_post_add__refuses_what_makes_no_sense)
{
    int64_t tenant, other, who, stranger, unit, group, id;
    xj_post post = {.role = XJ_ROLE_OFFICER, .from = first};

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    who = person(t, tenant, "a");
    stranger = person(t, other, "b");
    unit = orgtest_unit(t, tenant, "市教育局");
    group = orgtest_unit(t, tenant, "各县区");
    post.person = who;
    must_fail(give(&id, t, tenant, &post), XJ_E_BAD_INPUT); /* no unit */
    post.unit = group;
    must_fail(give(&id, t, tenant, &post), XJ_E_BAD_INPUT);
    post.unit = 12345;
    must_fail(give(&id, t, tenant, &post), XJ_E_NOT_FOUND);
    post.unit = unit;
    post.to = (xj_date){2025, 12, 31};
    must_fail(give(&id, t, tenant, &post), XJ_E_BAD_INPUT);
    post.to = june;
    post.person = stranger;
    must_fail(give(&id, t, tenant, &post), XJ_E_NOT_FOUND);
    post.person = who;
    must_ok(give(&id, t, tenant, &post));
    post.from = june;
    post.to = (xj_date){0};
    must_fail(give(&id, t, tenant, &post), XJ_E_CONFLICT); /* meets on one day */
    post.from = july;
    must_ok(give(&id, t, tenant, &post));
}

XJTEST_STORE(test_post_add__so_many_at_once_and_no_more)
{
    int64_t tenant, who, id;
    char name[32];
    xj_post post = {.role = XJ_ROLE_OFFICER};

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    post.person = who = person(t, tenant, "a");
    for (int i = 0; i <= XJ_POSTS_HELD_MAX; i++) {
        snprintf(name, sizeof name, "第%d局", i);
        post.unit = orgtest_unit(t, tenant, name);
        if (i < XJ_POSTS_HELD_MAX)
            must_ok(give(&id, t, tenant, &post));
        else
            must_fail(give(&id, t, tenant, &post), XJ_E_TOO_LARGE);
    }
    assert_int_equal(held(orgtest_read(t), tenant, who, june), XJ_POSTS_HELD_MAX);
}

static int64_t told_old, told_next;

static xj_error *
tell(xj_tx *tx, const xj_post *old, const xj_post *next)
{
    (void)tx;
    told_old = old->person;
    told_next = next == NULL ? 0 : next->person;
    return NULL;
}

XJTEST_STORE(test_post_end__hands_over_and_keeps_history)
{
    int64_t tenant, a, b, id, next, none;
    xj_post post = {.role = XJ_ROLE_LIAISON_A, .from = first}, *all;
    xj_db *db;
    size_t n;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    a = person(t, tenant, "a");
    b = person(t, tenant, "b");
    post.person = a;
    post.unit = orgtest_unit(t, tenant, "市教育局");
    must_ok(give(&id, t, tenant, &post));
    must_fail(end(&next, t, tenant, id, 2, june, b), XJ_E_STALE);
    must_fail(end(&next, t, tenant, id, 1, june, a), XJ_E_BAD_INPUT);
    must_fail(end(&next, t, tenant, id, 1, (xj_date){2025, 1, 1}, b), XJ_E_BAD_INPUT);
    must_fail(end(&next, t, tenant, 777, 1, june, b), XJ_E_NOT_FOUND);
    told_old = told_next = 0;
    xj_post_on_changed(tell);
    must_ok(end(&next, t, tenant, id, 1, june, b));
    assert_int_equal(told_old, a);
    assert_int_equal(told_next, b);
    db = orgtest_read(t);
    assert_int_equal(held(db, tenant, a, july), 0);
    assert_int_equal(held(db, tenant, b, june), 0);
    assert_int_equal(held(db, tenant, b, july), 1);
    must_ok(xj_post_of_person(&all, &n, db, tenant, a, t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(all[0].successor, next);
    must_fail(end(&none, t, tenant, id, 2, july, 0), XJ_E_CONFLICT); /* it ended */
    must_ok(end(&none, t, tenant, next, 1, (xj_date){2026, 12, 31}, 0));
    xj_post_on_changed(NULL);
    assert_int_equal(told_old, b);
    assert_int_equal(told_next, 0);
    assert_int_equal(none, 0);
}

XJTEST_STORE(test_circle__holds_its_people_and_nobody_else)
{
    int64_t tenant, other, a, b, *people;
    orgtest_call call = {.what = ORG_CIRCLE, .x = 5, .n = 2};
    int64_t ids[2];
    xj_db *db;
    size_t n;
    bool is;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    must_ok(orgtest_tenant(&other, t, "岚溪县", "371301"));
    ids[0] = b = person(t, tenant, "b");
    ids[1] = a = person(t, tenant, "a");
    call.ids = ids;
    must_ok(orgtest_do(t, tenant, &call));
    must_ok(xj_circle_people(&people, &n, orgtest_read(t), tenant, "review", 5, t->pool));
    assert_int_equal(n, 2);
    assert_int_equal(people[0], b);
    call.n = 1;
    must_ok(orgtest_do(t, tenant, &call));
    db = orgtest_read(t);
    must_ok(xj_circle_has(&is, db, tenant, "review", 5, b));
    assert_true(is);
    must_ok(xj_circle_has(&is, db, tenant, "review", 5, a));
    assert_false(is);
    must_ok(xj_circle_has(&is, db, tenant, "case", 5, b));
    assert_false(is);
    must_ok(xj_circle_has(&is, db, other, "review", 5, b));
    assert_false(is);
    must_fail(orgtest_do(t, other, &call), XJ_E_NOT_FOUND);
    call.n = XJ_CIRCLE_MAX + 1;
    must_fail(orgtest_do(t, tenant, &call), XJ_E_TOO_LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_post_add__is_held_from_its_first_day_to_its_last),
        XJTEST_BOTH(test_post_add__refuses_what_makes_no_sense),
        XJTEST_BOTH(test_post_add__so_many_at_once_and_no_more),
        XJTEST_BOTH(test_post_end__hands_over_and_keeps_history),
        XJTEST_BOTH(test_circle__holds_its_people_and_nobody_else),
    };

    return xjtest_store_main(tests);
}
