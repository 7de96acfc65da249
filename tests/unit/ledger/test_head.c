#include "ledgertest.h"

struct work {
    xj_heading head, now;
    int64_t id, version;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_heading_add(&((struct work *)args)->head, tx);
}

static xj_error *
run_set(xj_tx *tx, void *args, xj_buf *answer)
{
    struct work *w = args;

    (void)answer;
    return xj_heading_set(&w->now, tx, w->id, w->version, &w->head);
}

static xj_error *
run_remove(xj_tx *tx, void *args, xj_buf *answer)
{
    struct work *w = args;

    (void)answer;
    return xj_heading_remove(tx, w->id, w->version);
}

static xj_heading_column two[] = {{XJ_COL_NUMBER, {"序号", 6}, 0},
                                  {XJ_COL_LEAD, {"牵头部门", 12}, 22}};

static xj_heading
sample(const char *name)
{
    return (xj_heading){.name = xj_str_c(name),
                        .sheet = true,
                        .title = XJ_STR("健康云溪行动任务分解表"),
                        .repeat = 2,
                        .columns = two,
                        .ncolumns = 2};
}

XJTEST_STORE(test_head__is_kept_changed_and_removed)
{
    const ledger_fixture f = ledgertest_make(t);
    struct work w = {.head = sample(" 分解表 "), .version = 1};
    xj_heading head, *heads;
    size_t n;

    must_ok(ledgertest_as(7, t, f.here, run_add, &w));
    w.id = w.head.id;
    must_ok(xj_heading_get(&head, ledgertest_read(t), f.here, w.id, t->pool));
    assert_str(head.name, "分解表");
    assert_true(head.sheet);
    assert_str(head.title, "健康云溪行动任务分解表");
    assert_int_equal(head.repeat, 2);
    assert_int_equal(head.ncolumns, 2);
    assert_int_equal(head.columns[1].key, XJ_COL_LEAD);
    assert_str(head.columns[1].title, "牵头部门");
    assert_int_equal((int)head.columns[1].width, 22);
    assert_int_equal((int)head.columns[0].width, 0);
    must_fail(xj_heading_get(&head, ledgertest_read(t), f.there, w.id, t->pool), XJ_E_NOT_FOUND);
    must_fail(ledgertest_as(7, t, f.here, run_add, &w), XJ_E_CONFLICT);
    w.head.sheet = false;
    must_ok(ledgertest_as(7, t, f.here, run_set, &w));
    assert_int_equal(w.now.version, 2);
    must_fail(ledgertest_as(7, t, f.here, run_set, &w), XJ_E_STALE);
    assert_int_equal(w.now.version, 2);
    must_ok(xj_heading_list(&heads, &n, ledgertest_read(t), f.here, t->pool));
    assert_int_equal(n, 1);
    assert_false(heads[0].sheet);
    must_fail(ledgertest_as(7, t, f.here, run_remove, &w), XJ_E_STALE);
    w.version = 2;
    must_ok(ledgertest_as(7, t, f.here, run_remove, &w));
    must_fail(ledgertest_as(7, t, f.here, run_remove, &w), XJ_E_NOT_FOUND);
}

XJTEST_STORE(test_head_add__keeps_to_the_limit)
{
    const ledger_fixture f = ledgertest_make(t);

    for (int i = 0; i <= XJ_HEADS_MAX; i++) {
        char name[20];
        struct work w;
        xj_error *err;

        snprintf(name, sizeof name, "h%d", i);
        w.head = sample(name);
        err = ledgertest_as(7, t, f.here, run_add, &w);
        if (i < XJ_HEADS_MAX)
            must_ok(err);
        else
            must_fail(err, XJ_E_TOO_LARGE);
    }
}

static void
test_head_check__refuses_what_cannot_be_printed(void **state)
{
    xj_heading_column same[] = {two[0], two[0]}, nameless[] = {{XJ_COL_LEAD, {" ", 1}, 0}};
    xj_heading_column narrow[] = {{XJ_COL_LEAD, {"a", 1}, 2}};
    xj_heading head = sample("a");

    (void)state;
    must_ok(xj_heading_check(&head));
    head.repeat = XJ_HEAD_REPEAT_MAX + 1;
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head = sample(" ");
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head = sample("a");
    head.title = XJ_STR("a\tb");
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head = sample("a");
    head.columns = same;
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head.ncolumns = 1;
    head.columns = nameless;
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head.columns = narrow;
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
    head.ncolumns = 0;
    must_fail(xj_heading_check(&head), XJ_E_BAD_INPUT);
}

static void
test_head_usual__has_titles_in_both_languages(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_heading head = xj_heading_usual(true, true, pool);

    (void)state;
    assert_str(head.title, "任务分解表");
    must_ok(xj_heading_check(
        &(xj_heading){.name = XJ_STR("x"), .columns = head.columns, .ncolumns = head.ncolumns}));
    must_ok(xj_heading_of_keys(&head, XJ_STR("title,lead"), false, pool));
    assert_int_equal(head.ncolumns, 2);
    assert_str(head.columns[1].title, "Lead");
    must_fail(xj_heading_of_keys(&head, XJ_STR("title,,lead"), false, pool), XJ_E_BAD_INPUT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_head__is_kept_changed_and_removed),
        XJTEST_BOTH(test_head_add__keeps_to_the_limit),
        cmocka_unit_test(test_head_check__refuses_what_cannot_be_printed),
        cmocka_unit_test(test_head_usual__has_titles_in_both_languages)};

    return xjtest_store_main(tests);
}
