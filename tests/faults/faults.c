#include "faults/faults.h"

static xj_error *
effect(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t n = *(int64_t *)args;

    xj_tx_subject(tx, "number", n);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", 1000 + n % 50, n));
    xj_buf_add_int(answer, n);
    return NULL;
}

xj_error *
faults_do(xj_store *store, int64_t n, bool *replayed, xj_pool *pool)
{
    /* some pages to write */
    char payload[1500];
    char key[24];
    xj_command command = {.name = "faults.do",
                          .tenant = n % FAULTS_TENANTS,
                          .actor_name = XJ_STR("faults"),
                          .request_hash = XJ_STR("h"),
                          .payload = {payload, sizeof payload},
                          .run = effect,
                          .args = &n};
    int64_t answered;
    xj_str body;

    memset(payload, ' ', sizeof payload);
    memcpy(payload, "{}", 2);
    command.idem_key = xj_str_of(key, (size_t)snprintf(key, sizeof key, "%lld", (long long)n));
    XJ_TRY(xj_store_do(store, &command, &body, replayed, pool));
    XJ_ASSERT(xj_str_int(&answered, body) && answered == n);
    return NULL;
}

static int64_t
count_of(xj_db *db, int64_t n, xj_pool *pool)
{
    const xj_str subject = xj_str_printf(pool, "number/%lld", (long long)n);
    xj_rows *rows;
    bool more;
    int64_t count = 0;

    must_ok(xj_db_query(&rows, db, SQL_JOURNAL_OF_SUBJECT, "isii", n % FAULTS_TENANTS, subject,
                        (int64_t)0, (int64_t)10));
    for (;;) {
        must_ok(xj_rows_next(rows, &more));
        if (!more)
            return count;
        count++;
    }
}

static void
print_fault(void *arg, int64_t tenant, int64_t seq, const char *what)
{
    (void)arg;
    fprintf(stderr, "# journal %d/%d: %s\n", (int)tenant, (int)seq, what);
}

static void
print_check(void *arg, const char *check, const char *row)
{
    (void)arg;
    fprintf(stderr, "# %s: %s\n", check, row);
}

void
faults_verify(xjtest_store *t, const bool *acked, int64_t last)
{
    int64_t rows, bad;
    xj_reader *reader;

    must_ok(xj_journal_verify(t->store, -1, &rows, &bad, print_fault, NULL));
    assert_int_equal(bad, 0);
    must_ok(xj_store_check(t->store, &bad, print_check, NULL));
    assert_int_equal(bad, 0);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    for (int64_t n = 1; n <= last; n++) {
        const int64_t count = count_of(xj_reader_db(reader), n, t->pool);

        if (count > 1 || (acked[n] && count == 0))
            fprintf(stderr, "# number %d is there %d times%s\n", (int)n, (int)count,
                    acked[n] ? ", acknowledged" : "");
        assert_true(count <= 1);
        assert_true(count == 1 || !acked[n]);
    }
    xj_reader_end(reader);
}

void
faults_again(xjtest_store *t, const bool *acked, int64_t last)
{
    xj_reader *reader;

    for (int64_t n = 1; n <= last; n++) {
        bool replayed;

        must_ok(faults_do(t->store, n, &replayed, t->pool));
        assert_true(replayed || !acked[n]);
    }
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    for (int64_t n = 1; n <= last; n++)
        assert_int_equal(count_of(xj_reader_db(reader), n, t->pool), 1);
    xj_reader_end(reader);
}

int
faults_rounds(int usual)
{
    const char *is_long = getenv("XJ_LONG");

    return is_long == NULL || is_long[0] == '\0' ? usual : 10 * usual;
}
