#include "support/storetest.h"

#include "store/store_priv.h"

static xj_error *
nothing(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)tx;
    (void)args;
    (void)answer;
    return NULL;
}

struct told {
    int n;
    char check[60], row[60];
};

static void
tell(void *arg, const char *check, const char *row)
{
    struct told *told = arg;

    told->n++;
    snprintf(told->check, sizeof told->check, "%s", check);
    snprintf(told->row, sizeof told->row, "%s", row);
}

XJTEST_STORE(test_check__a_sound_database_has_no_rows)
{
    int64_t bad = -1;

    must_ok(xjtest_do(NULL, t, 1, nothing, NULL));
    must_ok(xj_store_check(t->store, &bad, NULL, NULL));
    assert_int_equal(bad, 0);
}

XJTEST_STORE(test_check__tells_each_row_by_its_check)
{
    xj_conn *conn = xj_store__writer(t->store);
    struct told told = {0};
    int64_t bad = 0;

    must_ok(xjtest_do(NULL, t, 1, nothing, NULL));
    must_ok(xjtest_do(NULL, t, 1, nothing, NULL));
    must_ok(conn->driver->script(conn, "DELETE FROM journal_payload WHERE seq = 2"));
    must_ok(xj_store_check(t->store, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_int_equal(told.n, 1);
    assert_string_equal(told.check, "CHECK_ROW_HAS_PAYLOAD");
    assert_string_equal(told.row, "1 2");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_check__a_sound_database_has_no_rows),
        XJTEST_BOTH(test_check__tells_each_row_by_its_check),
    };

    return xjtest_store_main(tests);
}
