#include "dutytest.h"

static int64_t
one_return(xjtest_store *t, const plan_fixture *f, int64_t *duty)
{
    const xj_obligation_filter returns = dutytest_returns();
    xj_duty_new d = dutytest_by_hand(f, dutytest_unit(t, f->tenant, "市教育局"));
    xj_obligation *items;

    must_ok(dutytest_try_add(duty, t, f->tenant, &d));
    dutytest_owed(&items, t, &f->scope, &returns);
    return items[0].id;
}

static xj_obligation_whole *
get(xjtest_store *t, const plan_fixture *f, int64_t id)
{
    xj_obligation_whole *whole;

    must_ok(xj_obligation_get(&whole, plantest_read(t), &f->scope, id, t->pool));
    return whole;
}

static xj_error *
move(xjtest_store *t, const plan_fixture *f, int64_t id, int64_t version, const char *word)
{
    return dutytest_obligation(t, f->tenant, id, version,
                               &(xj_step){.move = xj_str_c(word), .why = XJ_STR("情况说明")});
}

/* Sent and original received are two things. */
XJTEST_STORE(test_step__a_return_is_sent_returned_accepted_and_its_original_received)
{
    const plan_fixture f = plantest_make(t);
    int64_t duty, id;

    dutytest_day("2026-03-02");
    id = one_return(t, &f, &duty);
    must_fail(move(t, &f, id, 1, "accept"), XJ_E_CONFLICT);
    must_ok(move(t, &f, id, 1, "send"));
    assert_false(get(t, &f, id)->obligation.open);
    assert_str(get(t, &f, id)->rows[0].state, "sent");
    must_ok(move(t, &f, id, 2, "return"));
    assert_true(get(t, &f, id)->obligation.open);
    assert_null(get(t, &f, id)->obligation.sent_on.data);
    assert_str(get(t, &f, id)->rows[0].why, "情况说明");
    must_ok(move(t, &f, id, 3, "send"));
    must_ok(move(t, &f, id, 4, "accept"));
    assert_str(get(t, &f, id)->obligation.sent_on, "2026-03-02");
    assert_null(get(t, &f, id)->obligation.original_on.data);
    must_ok(move(t, &f, id, 5, "receive_original"));
    assert_str(get(t, &f, id)->obligation.state, "original_received");
    assert_str(get(t, &f, id)->obligation.original_on, "2026-03-02");
    must_fail(move(t, &f, id, 5, "send"), XJ_E_STALE);
    dutytest_sound(t);
}

/* The sealed page may be there before anybody has judged the words. */
XJTEST_STORE(test_step__an_original_that_comes_early_leaves_the_state)
{
    const plan_fixture f = plantest_make(t);
    int64_t duty, id;

    dutytest_day("2026-03-02");
    id = one_return(t, &f, &duty);
    must_ok(move(t, &f, id, 1, "send"));
    dutytest_day("2026-03-05");
    must_ok(move(t, &f, id, 2, "receive_original"));
    assert_str(get(t, &f, id)->obligation.state, "sent");
    assert_str(get(t, &f, id)->obligation.state_on, "2026-03-02");
    assert_str(get(t, &f, id)->obligation.original_on, "2026-03-05");
    assert_str(get(t, &f, id)->rows[0].state, "sent");
    must_ok(move(t, &f, id, 3, "return"));
    assert_true(get(t, &f, id)->obligation.open);
    must_ok(move(t, &f, id, 4, "receive_original")); /* a second page, while it is mended */
    assert_true(get(t, &f, id)->obligation.open);
    must_ok(move(t, &f, id, 5, "send"));
    must_ok(move(t, &f, id, 6, "accept"));
    assert_str(get(t, &f, id)->obligation.state, "original_received");
    assert_str(get(t, &f, id)->obligation.original_on, "2026-03-05");
    assert_str(get(t, &f, id)->rows[0].state, "accepted");
    must_fail(move(t, &f, id, 7, "receive_original"), XJ_E_CONFLICT);
    dutytest_sound(t);
}

XJTEST_STORE(test_step__an_extension_moves_the_rows_too)
{
    const plan_fixture f = plantest_make(t);
    int64_t duty, id;

    dutytest_day("2026-03-02");
    id = one_return(t, &f, &duty);
    must_fail(
        dutytest_obligation(
            t, f.tenant, id, 1,
            &(xj_step){.move = XJ_STR("extend"), .why = XJ_STR("w"), .due = XJ_STR("2026-06-15")}),
        XJ_E_BAD_INPUT);
    must_ok(dutytest_obligation(
        t, f.tenant, id, 1,
        &(xj_step){.move = XJ_STR("extend"), .why = XJ_STR("w"), .due = XJ_STR("2026-06-30")}));
    assert_str(get(t, &f, id)->obligation.due, "2026-06-30");
    assert_str(get(t, &f, id)->obligation.raised_for, "2026-06-15");
    must_ok(move(t, &f, id, 2, "withdraw"));
    assert_false(get(t, &f, id)->obligation.open);
    must_ok(move(t, &f, id, 3, "reopen"));
    assert_true(get(t, &f, id)->obligation.open);
    assert_str(get(t, &f, id)->rows[0].state, "open");
    dutytest_sound(t);
}

struct review {
    int64_t id, duty;
    xj_str state;
};

static xj_error *
run_review(xj_tx *tx, void *args, xj_buf *answer)
{
    struct review *r = args;

    (void)answer;
    return xj_obligation_row_set(tx, r->id, r->duty, r->state, XJ_STR("看过"));
}

XJTEST_STORE(test_row_set__judges_a_row_of_the_return)
{
    const plan_fixture f = plantest_make(t);
    struct review r = {.state = XJ_STR("accepted")};
    xj_str body;

    dutytest_day("2026-03-02");
    r.id = one_return(t, &f, &r.duty);
    must_ok(move(t, &f, r.id, 1, "send"));
    must_ok(xjtest_do(&body, t, f.tenant, run_review, &r));
    assert_str(get(t, &f, r.id)->rows[0].state, "accepted");
    assert_int_equal(get(t, &f, r.id)->rows[0].progress, -1); /* it says nothing */
    r.state = XJ_STR("sent");
    must_fail(xjtest_do(&body, t, f.tenant, run_review, &r), XJ_E_BAD_INPUT);
    r.state = XJ_STR("returned");
    r.duty++;
    must_fail(xjtest_do(&body, t, f.tenant, run_review, &r), XJ_E_NOT_FOUND);
}

/* How many FILTER lets through, three at a time; each row stands behind the one before. */
static size_t
walk(xjtest_store *t, const plan_fixture *f, const xj_obligation_filter *filter)
{
    xj_obligation_key key;
    xj_obligation *page;
    size_t n, seen = 0;

    do {
        must_ok(xj_obligation_list(&page, &n, plantest_read(t), &f->scope, filter,
                                   seen == 0 ? NULL : &key, 3, t->pool));
        for (size_t i = 0; i < n; i++) {
            const xj_obligation_key now = xj_obligation_key_of(&page[i], filter->order);

            if (seen++ > 0) {
                const int64_t by = filter->order == XJ_OBLIGATIONS_BY_UNIT
                                       ? key.number - now.number
                                       : xj_str_cmp(key.text, now.text);
                const int64_t all = by == 0 ? key.id - now.id : by;

                assert_true(filter->descending ? all > 0 : all < 0);
            }
            key = now;
        }
    } while (n == 3);
    return seen;
}

XJTEST_STORE(test_list__pages_by_each_order_within_the_scope)
{
    const plan_fixture f = plantest_make(t);
    static const xj_obligation_order orders[] = {XJ_OBLIGATIONS_BY_DUE, XJ_OBLIGATIONS_BY_UNIT,
                                                 XJ_OBLIGATIONS_BY_SENT};
    xj_obligation_filter any = {.open = 1};
    const int64_t units[] = {dutytest_unit(t, f.tenant, "市教育局")};
    const xj_scope narrow = {.tenant = f.tenant, .units = units, .nunits = 1};
    xj_obligation *all, *page;
    int64_t duty;
    xj_obligation_whole *whole;
    xj_duty_new d;
    size_t count;

    dutytest_day("2026-03-02");
    for (int i = 0; i < 5; i++) {
        char name[64];

        snprintf(name, sizeof name, "市第%d局", i);
        d = dutytest_by_hand(&f, i == 0 ? units[0] : dutytest_unit(t, f.tenant, name));
        must_ok(dutytest_try_add(&duty, t, f.tenant, &d));
    }
    count = dutytest_owed(&all, t, &f.scope, &any);
    assert_int_equal(count, 11); /* ten returns, one decision */
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        any.order = orders[i];
        for (any.descending = false;; any.descending = true) {
            assert_int_equal(walk(t, &f, &any), count);
            if (any.descending)
                break;
        }
    }
    any = (xj_obligation_filter){.open = 1};
    assert_int_equal(dutytest_owed(&page, t, &narrow, &any), 2);
    assert_int_equal(dutytest_owed(&page, t, &f.other_scope, &any), 0);
    for (size_t i = 0; i < count; i++)
        if (all[i].unit != units[0])
            must_fail(xj_obligation_get(&whole, plantest_read(t), &narrow, all[i].id, t->pool),
                      XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_step__a_return_is_sent_returned_accepted_and_its_original_received),
        XJTEST_BOTH(test_step__an_original_that_comes_early_leaves_the_state),
        XJTEST_BOTH(test_step__an_extension_moves_the_rows_too),
        XJTEST_BOTH(test_row_set__judges_a_row_of_the_return),
        XJTEST_BOTH(test_list__pages_by_each_order_within_the_scope)};

    return xjtest_store_main(tests);
}
