#include "dutytest.h"

#include "duty/clock.h"

XJTEST_STORE(test_list__filters_and_pages)
{
    const plan_fixture f = plantest_make(t);
    const int64_t a = dutytest_unit(t, f.tenant, "市教育局"),
                  b = dutytest_unit(t, f.tenant, "市财政局");
    const xj_str tags[] = {XJ_STR("民生实事")};
    xj_duty_filter filter = {.action_no = -1};
    xj_duty_row *rows;
    xj_duty_key key;
    int64_t id;
    size_t n;

    dutytest_day("2026-01-05");
    for (int i = 0; i < 6; i++) {
        xj_duty_new d = dutytest_by_hand(&f, i % 2 == 0 ? a : b);

        d.ntags = i == 3;
        d.tags = tags;
        must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    }
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, NULL, 4, t->pool));
    assert_int_equal(n, 4);
    key = xj_duty_key_of(&rows[3], filter.order);
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, &key, 4, t->pool));
    assert_int_equal(n, 2);
    filter.owner = a;
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, NULL, 10, t->pool));
    assert_int_equal(n, 3);
    filter = (xj_duty_filter){.action_no = -1, .tag = XJ_STR("民生实事"), .light = XJ_STR("green")};
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, NULL, 10, t->pool));
    assert_int_equal(n, 1);
    filter.unit = a;
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &filter, NULL, 10, t->pool));
    assert_int_equal(n, 0);
}

/* The titles in the order of FILTER, got PAGE at a time; each row stands behind the one before. */
static const char *
walk(xjtest_store *t, const plan_fixture *f, const xj_duty_filter *filter, int64_t page)
{
    xj_duty_key key;
    xj_duty_row *rows;
    xj_buf out;
    size_t n;

    xj_buf_init(&out, t->pool, 1000);
    for (bool first = true;; first = false) {
        must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f->scope, 7, filter, first ? NULL : &key,
                             page, t->pool));
        for (size_t i = 0; i < n; i++) {
            const xj_duty_key now = xj_duty_key_of(&rows[i], filter->order);

            if (!first || i > 0) {
                const int64_t text = xj_str_cmp(key.text, now.text),
                              number = key.number - now.number,
                              by = text != 0     ? text
                                   : number != 0 ? number
                                                 : key.id - now.id;

                assert_true(filter->descending ? by > 0 : by < 0);
            }
            key = now;
            xj_buf_add(&out, rows[i].title);
        }
        if (n == 0)
            return xj_str_cdup(xj_buf_str(&out), t->pool);
    }
}

XJTEST_STORE(test_list__goes_by_each_order_page_by_page)
{
    static const struct {
        const char *title, *due;
        int64_t action;
    } made[] = {{"a", "2026-02-01", 4}, {"b", "2026-03-01", 2}, {"c", "2026-12-31", 1},
                {"d", "2026-12-31", 4}, {"e", "2026-03-01", 2}, {"f", "2026-02-01", 1}};
    static const struct {
        xj_duty_order order;
        const char *up, *down;
    } cases[] = {
        {XJ_DUTIES_BY_NO, "abcdef", "fedcba"},     {XJ_DUTIES_BY_DUE, "afbecd", "dcebfa"},
        {XJ_DUTIES_BY_ACTION, "cfbead", "daebfc"}, {XJ_DUTIES_BY_OWNER, "acebdf", "fdbeca"},
        {XJ_DUTIES_BY_STATE, "abdefc", "cfedba"},  {XJ_DUTIES_BY_LIGHT, "abefcd", "dcfeba"}};
    const plan_fixture f = plantest_make(t);
    const int64_t a = dutytest_unit(t, f.tenant, "市教育局"),
                  b = dutytest_unit(t, f.tenant, "市卫生局");
    xj_clock_ran ran;
    int64_t ids[6];

    dutytest_day("2026-01-05");
    for (size_t i = 0; i < 6; i++) {
        xj_duty_new d = dutytest_by_hand(&f, i % 2 == 0 ? a : b);

        d.title = xj_str_c(made[i].title);
        d.deadline_kind = XJ_STR("complete_by");
        d.due = xj_str_c(made[i].due);
        d.action_no = made[i].action;
        d.cadence = XJ_STR("");
        must_ok(dutytest_try_add(&ids[i], t, f.tenant, &d));
    }
    must_ok(dutytest_move(t, f.tenant, ids[2], 1, &(xj_step){.move = XJ_STR("acknowledge")}));
    dutytest_day("2026-04-15");
    must_ok(xj_clock_run(&ran, t->store, f.tenant, (xj_date){2026, 4, 15}, t->pool));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_duty_filter filter = {.action_no = -1, .order = cases[i].order};

        for (int64_t page = 1; page <= 7; page += 2) {
            filter.descending = false;
            assert_string_equal(walk(t, &f, &filter, page), cases[i].up);
            filter.descending = true;
            assert_string_equal(walk(t, &f, &filter, page), cases[i].down);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {XJTEST_BOTH(test_list__filters_and_pages),
                                       XJTEST_BOTH(test_list__goes_by_each_order_page_by_page)};

    return xjtest_store_main(tests);
}
