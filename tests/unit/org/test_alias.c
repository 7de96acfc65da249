#include "orgtest.h"

typedef struct fixture {
    int64_t tenant, full, abridged;
    xj_scope scope;
} fixture;

/* What the hook was told. */
static struct moved {
    int calls;
    int64_t from, to;
    char name[64];
} moved;

static xj_error *
on_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to)
{
    (void)tx;
    moved.calls++;
    moved.from = from;
    moved.to = to;
    snprintf(moved.name, sizeof moved.name, XJ_FMT, XJ_ARG(name));
    return NULL;
}

static fixture
make(xjtest_store *t)
{
    fixture f;

    memset(&moved, 0, sizeof moved);
    xj_unit_on_moved(on_moved);
    must_ok(orgtest_tenant(&f.tenant, t, "云沂市", "371300"));
    f.full = orgtest_unit(t, f.tenant, "市卫生健康委");
    f.abridged = orgtest_unit(t, f.tenant, "市卫健体委");
    f.scope = xj_scope_all(f.tenant);
    return f;
}

static xj_error *
say(xjtest_store *t, const fixture *f, bool confirm, int64_t alias, int64_t unit)
{
    orgtest_call call = {.what = confirm ? ORG_CONFIRM : ORG_REJECT, .x = alias, .y = unit};

    return orgtest_do(t, f->tenant, &call);
}

static size_t
count(xj_alias **items, xjtest_store *t, const fixture *f, int state)
{
    xj_pool *pool = xj_pool_child(t->pool);
    xj_reader *reader;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, pool));
    must_ok(xj_alias_list(items, &n, xj_reader_db(reader), &f->scope, state, 100, t->pool));
    xj_reader_end(reader);
    return n;
}

XJTEST_STORE(test_alias__is_proposed_and_nothing_is_merged)
{
    fixture f = make(t);
    xj_alias *items;

    assert_int_not_equal(f.full, f.abridged);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 1);
    assert_str(items[0].alias, "市卫健体委");
    assert_str(items[0].unit, "市卫生健康委");
    assert_in_range(items[0].score, 60, 100);
    orgtest_unit(t, f.tenant, "市水利局");
    orgtest_unit(t, f.tenant, "各县市区");
    orgtest_unit(t, f.tenant, "各县（市、区）");
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 1);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_CONFIRMED), 0);
    assert_int_equal(moved.calls, 0);
}

XJTEST_STORE(test_alias_confirm__resolves_from_then_on)
{
    fixture f = make(t);
    xj_alias *items;
    xj_unit *units;
    size_t n;
    xj_unit_query query = {.kind = -1, .limit = 10};

    must_ok(say(t, &f, true, f.abridged, f.full));
    assert_int_equal(orgtest_unit(t, f.tenant, "市卫健体委"), f.full);
    assert_int_equal(orgtest_unit(t, f.tenant, "市卫生健康委"), f.full);
    assert_int_equal(moved.calls, 1);
    assert_int_equal(moved.from, f.abridged);
    assert_int_equal(moved.to, f.full);
    assert_string_equal(moved.name, "市卫健体委");
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 0);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_CONFIRMED), 1);
    must_ok(xj_unit_list(&units, &n, orgtest_read(t), &f.scope, &query, t->pool));
    assert_int_equal(n, 1);                        /* an alias is no unit of its own */
    must_ok(say(t, &f, true, f.abridged, f.full)); /* again changes nothing */
    assert_int_equal(moved.calls, 1);
}

XJTEST_STORE(test_alias_confirm__either_way_round)
{
    fixture f = make(t);
    xj_alias *items;

    must_ok(say(t, &f, true, f.full, f.abridged));
    assert_int_equal(orgtest_unit(t, f.tenant, "市卫生健康委"), f.abridged);
    assert_int_equal(count(&items, t, &f, -1), 1);
    assert_str(items[0].alias, "市卫生健康委");
}

XJTEST_STORE(test_alias_reject__is_remembered)
{
    fixture f = make(t);
    xj_alias *items;

    must_ok(say(t, &f, false, f.abridged, f.full));
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_REJECTED), 1);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 0);
    assert_int_not_equal(orgtest_unit(t, f.tenant, "市卫健体委"), f.full);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 0);
    /* a pair that nobody proposed can be rejected beforehand */
    must_ok(say(t, &f, false, f.full, orgtest_unit(t, f.tenant, "市水利局")));
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_REJECTED), 2);
}

XJTEST_STORE(test_alias_reject__undoes_what_was_confirmed)
{
    fixture f = make(t);
    xj_alias *items;

    must_ok(say(t, &f, true, f.abridged, f.full));
    must_ok(say(t, &f, false, f.full, f.abridged)); /* said the other way round */
    assert_int_equal(orgtest_unit(t, f.tenant, "市卫健体委"), f.abridged);
    assert_int_equal(moved.calls, 2);
    assert_int_equal(moved.from, f.full);
    assert_int_equal(moved.to, f.abridged);
    assert_int_equal(count(&items, t, &f, XJ_ALIAS_REJECTED), 1);
    assert_int_equal(count(&items, t, &f, -1), 1);
}

XJTEST_STORE(test_alias_reopen__makes_a_question_of_what_was_said)
{
    fixture f = make(t);
    xj_alias *items;

    for (int confirm = 0; confirm < 2; confirm++) {
        orgtest_call call = {.what = ORG_REOPEN, .x = f.full, .y = f.abridged};

        must_ok(say(t, &f, confirm == 1, f.abridged, f.full));
        must_ok(orgtest_do(t, f.tenant, &call));
        assert_int_equal(orgtest_unit(t, f.tenant, "市卫健体委"), f.abridged);
        assert_int_equal(count(&items, t, &f, XJ_ALIAS_PROPOSED), 1);
        assert_int_equal(count(&items, t, &f, -1), 1);
    }
    assert_int_equal(moved.calls, 2);
    assert_int_equal(moved.to, f.abridged);
}

XJTEST_STORE(test_alias_confirm__refuses_chains_groups_and_strangers)
{
    fixture f = make(t);
    int64_t third = orgtest_unit(t, f.tenant, "市卫健委");
    int64_t group = orgtest_unit(t, f.tenant, "各县市区");

    must_fail(say(t, &f, true, f.full, f.full), XJ_E_BAD_INPUT);
    must_fail(say(t, &f, false, f.full, f.full), XJ_E_BAD_INPUT);
    must_fail(say(t, &f, true, f.full, 1), XJ_E_NOT_FOUND);
    must_fail(say(t, &f, true, 1, f.full), XJ_E_NOT_FOUND);
    must_fail(say(t, &f, false, 1, f.full), XJ_E_NOT_FOUND);
    must_fail(say(t, &f, true, group, f.full), XJ_E_CONFLICT);
    must_ok(say(t, &f, true, f.abridged, f.full));
    must_fail(say(t, &f, true, f.abridged, third), XJ_E_CONFLICT); /* stands for another */
    must_fail(say(t, &f, true, third, f.abridged), XJ_E_CONFLICT); /* an alias is no unit */
    must_fail(say(t, &f, true, f.full, third), XJ_E_CONFLICT);     /* has an alias itself */
    must_ok(say(t, &f, true, third, f.full));
}

XJTEST_STORE(test_alias_confirm__takes_a_group_s_membership_along)
{
    fixture f = make(t);
    int64_t group = orgtest_unit(t, f.tenant, "各成员单位");
    orgtest_call call = {.what = ORG_GROUP, .x = group, .ids = &f.abridged, .n = 1};
    xj_unit *items;
    int64_t bad;
    size_t n;

    must_ok(orgtest_do(t, f.tenant, &call));
    must_ok(say(t, &f, true, f.abridged, f.full));
    must_ok(xj_group_members(&items, &n, orgtest_read(t), &f.scope, group, t->pool));
    assert_int_equal(n, 1);
    assert_int_equal(items[0].id, f.full);
    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_alias__is_proposed_and_nothing_is_merged),
        XJTEST_BOTH(test_alias_confirm__resolves_from_then_on),
        XJTEST_BOTH(test_alias_confirm__either_way_round),
        XJTEST_BOTH(test_alias_reject__is_remembered),
        XJTEST_BOTH(test_alias_reject__undoes_what_was_confirmed),
        XJTEST_BOTH(test_alias_reopen__makes_a_question_of_what_was_said),
        XJTEST_BOTH(test_alias_confirm__refuses_chains_groups_and_strangers),
        XJTEST_BOTH(test_alias_confirm__takes_a_group_s_membership_along),
    };

    return xjtest_store_main(tests);
}
