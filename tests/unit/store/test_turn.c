#include "support/storetest.h"

#include "base/cal.h"
#include "store/store_priv.h"

#define DAY INT64_C(86400000000)

static int64_t
number(xjtest_store *t, const char *text)
{
    xj_reader *reader;
    xj_rows *rows;
    bool more;
    int64_t n;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_db__query_text(&rows, xj_reader_db(reader), text, NULL, 0));
    must_ok(xj_rows_next(rows, &more));
    assert_true(more);
    n = xj_row_int(rows, 0);
    xj_reader_end(reader);
    return n;
}

/* Answers with a new id each time it really runs. */
static xj_error *
draw(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    xj_buf_add_int(answer, xj_tx_next_id(tx));
    return NULL;
}

static xj_error *
refuse(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    xj_buf_add_int(answer, xj_tx_next_id(tx));
    return xj_error_new(XJ_E_CONFLICT, "not like this");
}

/* Do RUN under KEY for a request of this HASH. */
static xj_error *
with_key(xj_str *body, bool *replayed, xjtest_store *t, int64_t actor, const char *key,
         const char *hash, xj_command_fn run)
{
    xj_command command = {.name = "test.key",
                          .tenant = 1,
                          .actor = actor,
                          .actor_name = XJ_STR("Tester"),
                          .idem_key = xj_str_c(key),
                          .request_hash = xj_str_c(hash),
                          .run = run};

    return xj_store_do(t->store, &command, body, replayed, t->pool);
}

XJTEST_STORE(test_idempotency__the_first_answer_is_replayed)
{
    xj_str first, again;
    bool replayed = true;

    must_ok(with_key(&first, &replayed, t, 7, "k", "h", draw));
    assert_false(replayed);
    must_ok(with_key(&again, &replayed, t, 7, "k", "h", draw));
    assert_true(replayed);
    assert_true(first.len > 0 && xj_str_eq(first, again));
    assert_int_equal(number(t, "SELECT count(*) FROM journal"), 1);
}

XJTEST_STORE(test_idempotency__the_scope_is_the_person_and_the_key)
{
    xj_str first, again;
    bool replayed;

    must_ok(with_key(&first, &replayed, t, 7, "k", "h", draw));
    must_ok(with_key(&again, &replayed, t, 8, "k", "h", draw));
    assert_false(replayed);
    assert_false(xj_str_eq(first, again));
    must_ok(with_key(&again, &replayed, t, 7, "k2", "h", draw));
    assert_false(replayed);
}

XJTEST_STORE(test_idempotency__another_request_under_a_key_is_refused)
{
    xj_str body;

    must_ok(with_key(&body, NULL, t, 7, "k", "h", draw));
    must_fail(with_key(&body, NULL, t, 7, "k", "other", draw), XJ_E_IDEM_REUSED);
    assert_int_equal(number(t, "SELECT count(*) FROM journal"), 1);
}

XJTEST_STORE(test_idempotency__a_refusal_is_not_kept)
{
    xj_str body;
    bool replayed = true;

    must_fail(with_key(&body, NULL, t, 7, "k", "h", refuse), XJ_E_CONFLICT);
    must_ok(with_key(&body, &replayed, t, 7, "k", "h", draw));
    assert_false(replayed);
}

XJTEST_STORE(test_idempotency__survives_a_restart)
{
    xj_str first, again;
    bool replayed;

    must_ok(with_key(&first, &replayed, t, 7, "k", "h", draw));
    xjtest_close(t);
    must_ok(xjtest_open(t, NULL));
    must_ok(with_key(&again, &replayed, t, 7, "k", "h", draw));
    assert_true(replayed);
    assert_true(xj_str_eq(first, again));
}

XJTEST_STORE(test_idempotency__ends_after_30_days_and_is_pruned)
{
    const int64_t start = INT64_C(1767225600000000);
    xj_str first, again;
    bool replayed;

    xj_now_set(start);
    must_ok(with_key(&first, NULL, t, 7, "k", "h", draw));
    must_ok(with_key(&again, NULL, t, 7, "other", "h", draw));
    xj_now_set(start + 30 * DAY - 1);
    must_ok(with_key(&again, &replayed, t, 7, "k", "h", draw));
    assert_true(replayed);
    xj_now_set(start + 30 * DAY);
    must_ok(with_key(&again, &replayed, t, 7, "k", "h", draw));
    assert_false(replayed);
    assert_false(xj_str_eq(first, again));
    /* "other" was as old, and went with it */
    assert_int_equal(number(t, "SELECT count(*) FROM idempotency"), 1);
    xj_now_set(0);
}

XJTEST_STORE(test_idempotency__the_keys_length_has_a_limit)
{
    char key[202];
    xj_str body;

    memset(key, 'k', sizeof key);
    key[201] = '\0';
    must_fail(with_key(&body, NULL, t, 7, key, "h", draw), XJ_E_BAD_INPUT);
    key[200] = '\0';
    must_ok(with_key(&body, NULL, t, 7, key, "h", draw));
}

static xj_error *
big_answer(xj_tx *tx, void *args, xj_buf *answer)
{
    const size_t n = *(size_t *)args;
    char *room = xj_alloc(xj_tx_pool(tx), n);

    memset(room, 'a', n);
    xj_buf_add(answer, xj_str_of(room, n));
    return NULL;
}

XJTEST_STORE(test_answer__has_a_limit)
{
    size_t n = XJ_ANSWER_MAX;
    xj_str body;

    must_ok(xjtest_do(&body, t, 1, big_answer, &n));
    assert_int_equal(body.len, n);
    n++;
    must_fail(xjtest_do(&body, t, 1, big_answer, &n), XJ_E_TOO_LARGE);
    assert_int_equal(number(t, "SELECT count(*) FROM journal"), 1);
}

static xj_error *
say_more(xj_tx *tx, void *args, xj_buf *answer)
{
    char why[] = "because";

    (void)args;
    assert_int_equal(xj_tx_tenant(tx), 5);
    assert_int_equal(xj_tx_actor(tx), 7);
    xj_tx_subject(tx, "plan_version", 123);
    xj_tx_why(tx, xj_str_c(why));
    memset(why, 'x', sizeof why);
    xj_buf_add_int(answer, xj_tx_now(tx));
    return NULL;
}

XJTEST_STORE(test_journal_row__holds_what_the_command_says)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_str now;
    bool more;

    must_ok(xjtest_do(&now, t, 5, say_more, NULL));
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_PAGE, "iii", (int64_t)5,
                        (int64_t)0, (int64_t)10));
    must_ok(xj_rows_next(rows, &more));
    assert_true(more);
    assert_int_equal(xj_row_int(rows, 0), 1);
    assert_str(xj_row_str(rows, 1), now.data);
    assert_int_equal(xj_row_int(rows, 2), 7);
    assert_str(xj_row_str(rows, 3), "Tester");
    assert_str(xj_row_str(rows, 4), "test.do");
    assert_str(xj_row_str(rows, 5), "plan_version/123");
    assert_str(xj_row_str(rows, 6), "because");
    assert_str(xj_row_str(rows, 12), "{}");
    xj_reader_end(reader);
}

XJTEST_STORE(test_next_id__rises_over_restarts_and_a_clock_set_back)
{
    int64_t before = 0, after = 0;
    xj_str body;

    xj_now_set(INT64_C(1767225600000000));
    for (int i = 0; i < 20; i++) {
        int64_t id;

        must_ok(xjtest_do(&body, t, i, draw, NULL));
        assert_true(xj_str_int(&id, body));
        assert_true(id > before);
        assert_true(id < INT64_C(1) << 53);
        before = id;
    }
    xjtest_close(t);
    xj_now_set(INT64_C(1600000000000000));
    must_ok(xjtest_open(t, NULL));
    must_ok(xjtest_do(&body, t, 1, draw, NULL));
    assert_true(xj_str_int(&after, body));
    assert_true(after > before);
    xj_now_set(0);
}

static xj_error *
erase(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_tx_erase_payload(tx, *(int64_t *)args);
}

XJTEST_STORE(test_erase_payload__once)
{
    int64_t seq = 1, none = 77;

    must_ok(xjtest_do(NULL, t, 1, draw, NULL));
    must_ok(xjtest_do(NULL, t, 1, erase, &seq));
    assert_int_equal(number(t, "SELECT count(*) FROM journal_payload WHERE payload IS NULL"), 1);
    must_fail(xjtest_do(NULL, t, 1, erase, &seq), XJ_E_NOT_FOUND);
    must_fail(xjtest_do(NULL, t, 1, erase, &none), XJ_E_NOT_FOUND);
    /* another tenant's command of that number */
    must_fail(xjtest_do(NULL, t, 2, erase, &seq), XJ_E_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_idempotency__the_first_answer_is_replayed),
        XJTEST_BOTH(test_idempotency__the_scope_is_the_person_and_the_key),
        XJTEST_BOTH(test_idempotency__another_request_under_a_key_is_refused),
        XJTEST_BOTH(test_idempotency__a_refusal_is_not_kept),
        XJTEST_BOTH(test_idempotency__survives_a_restart),
        XJTEST_BOTH(test_idempotency__ends_after_30_days_and_is_pruned),
        XJTEST_BOTH(test_idempotency__the_keys_length_has_a_limit),
        XJTEST_BOTH(test_answer__has_a_limit),
        XJTEST_BOTH(test_journal_row__holds_what_the_command_says),
        XJTEST_BOTH(test_next_id__rises_over_restarts_and_a_clock_set_back),
        XJTEST_BOTH(test_erase_payload__once),
    };

    return xjtest_store_main(tests);
}
