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

static xj_error *
erase(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_tx_erase_payload(tx, *(int64_t *)args);
}

struct told {
    int64_t tenant, seq;
    char what[100];
    int n;
};

static void
tell(void *arg, int64_t tenant, int64_t seq, const char *what)
{
    struct told *told = arg;

    told->n++;
    told->tenant = tenant;
    told->seq = seq;
    snprintf(told->what, sizeof told->what, "%s", what);
}

/* Three tenants with N commands each. */
static void
write_rows(xjtest_store *t, int n)
{
    for (int64_t tenant = 0; tenant < 3; tenant++) {
        for (int i = 0; i < n; i++) {
            xj_command command = {.name = "test.row",
                                  .tenant = tenant,
                                  .actor_name = XJ_STR("\xe7\x8e\x8b"),
                                  .payload = XJ_STR("{\"a\":1}"),
                                  .run = nothing};
            xj_str body;

            must_ok(xj_store_do(t->store, &command, &body, NULL, t->pool));
        }
    }
}

XJTEST_STORE(test_verify__an_untouched_chain_is_sound)
{
    int64_t rows, bad;

    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 0);
    write_rows(t, 4);
    /* the chain goes on after a restart */
    xjtest_close(t);
    must_ok(xjtest_open(t, NULL));
    write_rows(t, 2);
    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 18);
    assert_int_equal(bad, 0);
    must_ok(xj_journal_verify(t->store, 2, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 6);
    must_ok(xj_journal_verify(t->store, 9, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 0);
    assert_int_equal(bad, 0);
}

XJTEST_STORE(test_verify__more_rows_than_a_page)
{
    int64_t rows, bad;

    write_rows(t, 501);
    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 1503);
    assert_int_equal(bad, 0);
}

XJTEST_STORE(test_verify__an_erased_payload_is_no_fault)
{
    int64_t rows, bad, seq = 2;

    write_rows(t, 3);
    must_ok(xjtest_do(NULL, t, 1, erase, &seq));
    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, NULL, NULL));
    assert_int_equal(rows, 10);
    assert_int_equal(bad, 0);
}

XJTEST_STORE(test_verify__finds_what_was_tampered_with)
{
    static const struct {
        const char *sql, *back; /* BACK puts it right again */
        int64_t seq;
        const char *what;
    } cases[] = {
        {"UPDATE journal SET actor = 99 WHERE tenant_id = 1 AND seq = 2",
         "UPDATE journal SET actor = 0 WHERE tenant_id = 1 AND seq = 2", 2, "it was changed"},
        {"UPDATE journal SET at = at + 1 WHERE tenant_id = 1 AND seq = 4",
         "UPDATE journal SET at = at - 1 WHERE tenant_id = 1 AND seq = 4", 4, "it was changed"},
        {"UPDATE journal SET actor_name = 'x' WHERE tenant_id = 1 AND seq = 2",
         "UPDATE journal SET actor_name = '\xe7\x8e\x8b' WHERE tenant_id = 1 AND seq = 2", 2,
         "it was changed"},
        {"UPDATE journal SET why = 'test.row', command = '' WHERE tenant_id = 1 AND seq = 1",
         "UPDATE journal SET why = '', command = 'test.row' WHERE tenant_id = 1 AND seq = 1", 1,
         "it was changed"},
        {"UPDATE journal SET subject = 'x' WHERE tenant_id = 1 AND seq = 3",
         "UPDATE journal SET subject = '' WHERE tenant_id = 1 AND seq = 3", 3, "it was changed"},
        {"UPDATE journal_payload SET payload = '{\"a\":2}' WHERE tenant_id = 1 AND seq = 3",
         "UPDATE journal_payload SET payload = '{\"a\":1}' WHERE tenant_id = 1 AND seq = 3", 3,
         "its payload was changed"},
        {"UPDATE journal_payload SET erased_by = 3 WHERE tenant_id = 1 AND seq = 3",
         "UPDATE journal_payload SET erased_by = NULL WHERE tenant_id = 1 AND seq = 3", 3,
         "its payload was erased by an earlier command"},
        {"UPDATE journal_payload SET tenant_id = 9 WHERE tenant_id = 1 AND seq = 1",
         "UPDATE journal_payload SET tenant_id = 1 WHERE tenant_id = 9 AND seq = 1", 1,
         "its payload is missing"},
    };

    write_rows(t, 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_conn *conn = xj_store__writer(t->store);
        struct told told = {0};
        int64_t rows, bad;

        must_ok(conn->driver->script(conn, cases[i].sql));
        must_ok(xj_journal_verify(t->store, -1, &rows, &bad, tell, &told));
        if (bad != 1 || told.seq != cases[i].seq || strcmp(told.what, cases[i].what) != 0)
            fprintf(stderr, "# %s\n# gave %d faults, the last at %d: %s\n", cases[i].sql, (int)bad,
                    (int)told.seq, told.what);
        assert_int_equal(bad, 1);
        assert_int_equal(told.n, 1);
        assert_int_equal(told.tenant, 1);
        assert_int_equal(told.seq, cases[i].seq);
        assert_string_equal(told.what, cases[i].what);
        must_ok(conn->driver->script(conn, cases[i].back));
    }
}

/* A row taken out, and the rows cut off at the end. */
XJTEST_STORE(test_verify__finds_what_is_missing)
{
    xj_conn *conn = xj_store__writer(t->store);
    struct told told = {0};
    int64_t rows, bad;

    write_rows(t, 5);
    must_ok(conn->driver->script(conn, "DELETE FROM journal WHERE tenant_id = 1 AND seq > 3"));
    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_int_equal(told.seq, 4);
    assert_string_equal(told.what, "the rows from here to the end are missing");
    must_ok(conn->driver->script(conn, "DELETE FROM journal WHERE tenant_id = 2 AND seq = 2"));
    must_ok(xj_journal_verify(t->store, 2, &rows, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_int_equal(told.seq, 3);
    assert_string_equal(told.what, "the rows before it are missing");
}

/* A row made to fit by its own hash still does not fit the next one. */
XJTEST_STORE(test_verify__finds_a_row_hashed_anew)
{
    xj_conn *conn = xj_store__writer(t->store);
    unsigned char hash[XJ__HASH], payload_hash[XJ__HASH];
    char text[400], hex[2 * XJ__HASH + 1], payload_hex[2 * XJ__HASH + 1];
    static const char zeros[XJ__HASH];
    struct told told = {0};
    int64_t rows, bad;
    xj_journal_row row = {.tenant = 1,
                          .seq = 1,
                          .at = 5,
                          .command = XJ_STR("test.row"),
                          .payload_hash = {(const char *)payload_hash, XJ__HASH},
                          .previous_hash = {zeros, XJ__HASH}};

    write_rows(t, 3);
    xj_journal__payload_hash(payload_hash, XJ_STR(""), XJ_STR("{}"));
    xj_journal__hash(hash, &row);
    for (int i = 0; i < XJ__HASH; i++) {
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
        snprintf(payload_hex + 2 * i, 3, "%02x", payload_hash[i]);
    }
    snprintf(text, sizeof text,
             conn->driver->kind == XJ__SQLITE
                 ? "UPDATE journal SET at = 5, actor_name = '', payload_hash = x'%s', hash = x'%s'"
                   " WHERE tenant_id = 1 AND seq = 1"
                 : "UPDATE journal SET at = 5, actor_name = '', payload_hash = '\\x%s',"
                   " hash = '\\x%s' WHERE tenant_id = 1 AND seq = 1",
             payload_hex, hex);
    must_ok(conn->driver->script(conn, text));
    must_ok(conn->driver->script(conn, conn->driver->kind == XJ__SQLITE
                                           ? "UPDATE journal_payload SET salt = x'',"
                                             " payload = '{}' WHERE tenant_id = 1 AND seq = 1"
                                           : "UPDATE journal_payload SET salt = '',"
                                             " payload = '{}' WHERE tenant_id = 1 AND seq = 1"));
    must_ok(xj_journal_verify(t->store, 1, &rows, &bad, tell, &told));
    assert_int_equal(bad, 1);
    assert_int_equal(told.seq, 2);
    assert_string_equal(told.what, "it does not follow the row before it");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_verify__an_untouched_chain_is_sound),
        XJTEST_BOTH(test_verify__more_rows_than_a_page),
        XJTEST_BOTH(test_verify__an_erased_payload_is_no_fault),
        XJTEST_BOTH(test_verify__finds_what_was_tampered_with),
        XJTEST_BOTH(test_verify__finds_what_is_missing),
        XJTEST_BOTH(test_verify__finds_a_row_hashed_anew),
    };

    return xjtest_store_main(tests);
}
