#include "support/storetest.h"

#include "store/store_priv.h"

/* A table of the tests, and texts on it. */
static void
make_table(xjtest_store *t)
{
    xj_conn *conn = xj_store__writer(t->store);

    must_ok(conn->driver->script(conn, "CREATE TABLE thing (tenant_id BIGINT NOT NULL,"
                                       " id BIGINT NOT NULL, name TEXT NOT NULL, rate"
                                       " DOUBLE PRECISION, PRIMARY KEY (tenant_id, id),"
                                       " UNIQUE (tenant_id, name), CHECK (id <> 13))"));
}

static xj_error *
put_thing(xj_db *db, int64_t tenant, int64_t id, xj_str name)
{
    const xj_param params[] = {{.kind = XJ_PARAM_INT, .i = tenant},
                               {.kind = XJ_PARAM_INT, .i = id},
                               {.kind = XJ_PARAM_TEXT, .s = name}};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db__query_text(
        &rows, db, "INSERT INTO thing (tenant_id, id, name) VALUES ($1, $2, $3)", params, 3));
    return xj_rows_next(rows, &more);
}

static int64_t
count_of(xjtest_store *t, const char *text)
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

/* Every kind of parameter and column, there and back. */
static xj_error *
all_kinds(xj_tx *tx, void *args, xj_buf *answer)
{
    static const char bytes[] = {0, 1, (char)0xff, '\\', 'x', 0};
    const int64_t n = INT64_MIN;
    const double d = 0.1;
    const xj_param params[] = {
        {.kind = XJ_PARAM_INT, .i = n},
        {.kind = XJ_PARAM_REAL, .d = d},
        {.kind = XJ_PARAM_TEXT, .s = XJ_STR("\xe5\x81\xa5\xe5\xba\xb7 \"'\\ %s")},
        {.kind = XJ_PARAM_BYTES, .s = {bytes, sizeof bytes}},
        {.kind = XJ_PARAM_NULL},
        {.kind = XJ_PARAM_TEXT, .s = XJ_STR("")},
    };
    const bool sqlite = xj_tx_db(tx)->conn->driver->kind == XJ__SQLITE;
    xj_rows *rows;
    xj_str kept;
    bool more;

    (void)args;
    (void)answer;
    XJ_TRY(xj_db__query_text(
        &rows, xj_tx_db(tx),
        sqlite ? "SELECT $1, $2, $3, $4, $5, $6, 1 = 1"
               : "SELECT $1::bigint, $2::double precision, $3::text, $4::bytea, $5::bigint,"
                 " $6::text, true",
        params, 6));
    XJ_TRY(xj_rows_next(rows, &more));
    assert_true(more);
    assert_int_equal(xj_row_int(rows, 0), n);
    assert_true(xj_row_real(rows, 1) == d);
    assert_str(xj_row_str(rows, 2), "\xe5\x81\xa5\xe5\xba\xb7 \"'\\ %s");
    assert_int_equal(xj_row_str(rows, 3).len, sizeof bytes);
    assert_memory_equal(xj_row_str(rows, 3).data, bytes, sizeof bytes);
    assert_true(xj_row_null(rows, 4));
    assert_null(xj_row_str(rows, 4).data);
    assert_int_equal(xj_row_int(rows, 4), 0);
    assert_false(xj_row_null(rows, 5));
    assert_str(xj_row_str(rows, 5), "");
    assert_null(xj_row_text(rows, 4, xj_tx_pool(tx)).data);
    assert_non_null(xj_row_text(rows, 5, xj_tx_pool(tx)).data);
    kept = xj_row_text(rows, 2, xj_tx_pool(tx));
    assert_int_equal(xj_row_int(rows, 6), 1);
    XJ_TRY(xj_rows_next(rows, &more));
    assert_false(more);
    assert_str(kept, "\xe5\x81\xa5\xe5\xba\xb7 \"'\\ %s");
    /* behind the end it stays there, and closing it once more does nothing */
    XJ_TRY(xj_rows_next(rows, &more));
    assert_false(more);
    xj_rows_close(rows);
    return NULL;
}

XJTEST_STORE(test_query__gives_back_what_was_bound)
{
    must_ok(xjtest_do(NULL, t, 1, all_kinds, NULL));
}

static xj_error *
put_two(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    XJ_TRY(put_thing(xj_tx_db(tx), 1, 1, XJ_STR("one")));
    return put_thing(xj_tx_db(tx), 1, 2, XJ_STR("two"));
}

static xj_error *
put_same_name(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_error *err;

    (void)args;
    (void)answer;
    XJ_TRY(put_thing(xj_tx_db(tx), 1, 3, XJ_STR("three")));
    err = put_thing(xj_tx_db(tx), 1, 4, XJ_STR("one"));
    assert_true(xj_error_is(err, XJ_E_DB_UNIQUE));
    /* on both databases the command is over now */
    must_fail(put_thing(xj_tx_db(tx), 1, 5, XJ_STR("five")), XJ_E_DB);
    must_fail(xj_db_run(xj_tx_db(tx), SQL_STORE_MIGRATIONS, ""), XJ_E_DB);
    return xj_error_wrap(XJ_E_CONFLICT, err, "there is one of this name");
}

XJTEST_STORE(test_run__failure_undoes_the_command)
{
    make_table(t);
    must_ok(xjtest_do(NULL, t, 1, put_two, NULL));
    must_fail(xjtest_do(NULL, t, 1, put_same_name, NULL), XJ_E_CONFLICT);
    assert_int_equal(count_of(t, "SELECT count(*) FROM thing"), 2);
    assert_int_equal(count_of(t, "SELECT count(*) FROM journal"), 1);
}

static xj_error *
put_and_swallow(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    XJ_TRY(put_thing(xj_tx_db(tx), 1, 20, XJ_STR("twenty")));
    xj_error_clear(put_thing(xj_tx_db(tx), 1, 13, XJ_STR("thirteen")));
    return NULL;
}

static xj_error *
put_thirteen(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    return put_thing(xj_tx_db(tx), 1, 13, XJ_STR("thirteen"));
}

XJTEST_STORE(test_run__constraint_is_named_so)
{
    make_table(t);
    must_fail(xjtest_do(NULL, t, 1, put_thirteen, NULL), XJ_E_DB_CONSTRAINT);
}

XJTEST_STORE(test_run__a_swallowed_failure_fails_the_command)
{
    make_table(t);
    must_fail(xjtest_do(NULL, t, 1, put_and_swallow, NULL), XJ_E_DB);
    assert_int_equal(count_of(t, "SELECT count(*) FROM thing"), 0);
}

static xj_error *
put_nul(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    return xj_db_run(xj_tx_db(tx), SQL_STORE_MIGRATION_ADD, "issi", (int64_t)99,
                     xj_str_of("a\0b", 3), XJ_STR(""), (int64_t)0);
}

XJTEST_STORE(test_run__text_with_nul_is_refused)
{
    must_fail(xjtest_do(NULL, t, 1, put_nul, NULL), XJ_E_BAD_INPUT);
}

static xj_error *
nested(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_rows *outer, *inner;
    bool more, more_inside;
    int64_t pairs = 0, changed;

    (void)args;
    XJ_TRY(put_two(tx, args, answer));
    XJ_TRY(xj_db__query_text(&outer, xj_tx_db(tx), "SELECT id FROM thing", NULL, 0));
    for (;;) {
        XJ_TRY(xj_rows_next(outer, &more));
        if (!more)
            break;
        /* the same statement while it runs already */
        XJ_TRY(xj_db__query_text(&inner, xj_tx_db(tx), "SELECT id FROM thing", NULL, 0));
        for (;;) {
            XJ_TRY(xj_rows_next(inner, &more_inside));
            if (!more_inside)
                break;
            pairs++;
        }
    }
    assert_int_equal(pairs, 4);
    XJ_TRY(
        xj_db_change(&changed, xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", (int64_t)40, (int64_t)1));
    assert_int_equal(changed, 1);
    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_JOURNAL_PAYLOAD_ERASE, "iii", (int64_t)1,
                        (int64_t)1, (int64_t)1));
    assert_int_equal(changed, 0);
    xj_buf_add_int(answer, pairs);
    return NULL;
}

XJTEST_STORE(test_query__nests)
{
    xj_str body;

    make_table(t);
    must_ok(xjtest_do(&body, t, 1, nested, NULL));
    assert_str(body, "4");
}

static void
test_ids__are_a_json_array_of_any_length(void **state)
{
    static const int64_t some[] = {7, 0, INT64_MIN, INT64_MAX};
    xj_pool *pool = xj_pool_root();
    int64_t *many = XJ_NEW_ARRAY(pool, int64_t, 100000);
    xj_str text;

    (void)state;
    assert_str(xj_db_ids(NULL, 0, pool), "[]");
    assert_str(xj_db_ids(some, 1, pool), "[7]");
    assert_str(xj_db_ids(some, 4, pool), "[7,0,-9223372036854775808,9223372036854775807]");
    for (size_t i = 0; i < 100000; i++)
        many[i] = INT64_MIN;
    text = xj_db_ids(many, 100000, pool);
    assert_int_equal(text.len, 100000 * 21 + 1);
    assert_int_equal(text.data[text.len - 1], ']');
    xj_pool_destroy(pool);
}

static xj_error *
gather_ints(xj_tx *tx, void *args, xj_buf *answer)
{
    static const char ids[] = "SELECT id FROM thing ORDER BY id";
    xj_rows *rows;
    int64_t *items;
    bool more;
    size_t n;

    XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx), ids, NULL, 0));
    XJ_TRY(xj_rows_ints(&items, &n, rows, xj_tx_pool(tx)));
    assert_int_equal(n, 0);
    XJ_TRY(put_two(tx, args, answer));
    XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx), ids, NULL, 0));
    XJ_TRY(xj_rows_ints(&items, &n, rows, xj_tx_pool(tx)));
    assert_int_equal(n, 2);
    assert_int_equal(items[0], 1);
    assert_int_equal(items[1], 2);
    /* only what is left */
    XJ_TRY(xj_db__query_text(&rows, xj_tx_db(tx), ids, NULL, 0));
    XJ_TRY(xj_rows_next(rows, &more));
    XJ_TRY(xj_rows_ints(&items, &n, rows, xj_tx_pool(tx)));
    assert_int_equal(n, 1);
    assert_int_equal(items[0], 2);
    return NULL;
}

XJTEST_STORE(test_rows_ints__are_the_first_column_of_what_is_left)
{
    make_table(t);
    must_ok(xjtest_do(NULL, t, 1, gather_ints, NULL));
}

static xj_error *
send_many(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t n = *(int64_t *)args;

    (void)answer;
    for (int64_t i = 1; i <= n; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", 100 + i, i));
    return NULL;
}

XJTEST_STORE(test_send__many_are_all_there)
{
    int64_t n = 1000;

    must_ok(xjtest_do(NULL, t, 1, send_many, &n));
    assert_int_equal(count_of(t, "SELECT count(*) FROM lane WHERE lane > 100"), 1000);
}

static xj_error *
send_bad(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)args;
    (void)answer;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_STORE_MIGRATION_ADD, "issi", (int64_t)1, XJ_STR("again"),
                      XJ_STR(""), (int64_t)0));
    return NULL;
}

XJTEST_STORE(test_send__a_late_error_fails_the_command)
{
    int64_t n = 3;

    must_fail(xjtest_do(NULL, t, 1, send_bad, NULL), XJ_E_DB_UNIQUE);
    must_ok(xjtest_do(NULL, t, 1, send_many, &n));
    assert_int_equal(count_of(t, "SELECT count(*) FROM lane WHERE lane > 100"), 3);
    assert_int_equal(count_of(t, "SELECT count(*) FROM journal"), 1);
}

static xj_error *
params_of(xj_param *params, int *n, const char *fmt, ...)
{
    va_list args;
    xj_error *err;

    va_start(args, fmt);
    err = xj_db__params(params, n, fmt, args);
    va_end(args);
    return err;
}

static void
test_params__each_letter(void **state)
{
    const int64_t i = 5;
    const double d = 0.5;
    const int64_t *no_int = NULL;
    const double *no_real = NULL;
    xj_param p[XJ__PARAMS_MAX];
    int n;

    (void)state;
    must_ok(params_of(p, &n, "iIIdDDsSSsb", i, &i, no_int, d, &d, no_real, XJ_STR("a"), XJ_STR(""),
                      XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE));
    assert_int_equal(n, 11);
    assert_true(p[0].kind == XJ_PARAM_INT && p[0].i == 5);
    assert_true(p[1].kind == XJ_PARAM_INT && p[1].i == 5);
    assert_true(p[2].kind == XJ_PARAM_NULL);
    assert_true(p[3].kind == XJ_PARAM_REAL && p[3].d == 0.5);
    assert_true(p[4].kind == XJ_PARAM_REAL && p[4].d == 0.5);
    assert_true(p[5].kind == XJ_PARAM_NULL);
    assert_true(p[6].kind == XJ_PARAM_TEXT);
    assert_str(p[6].s, "a");
    assert_true(p[7].kind == XJ_PARAM_TEXT);
    assert_str(p[7].s, "");
    assert_true(p[8].kind == XJ_PARAM_NULL);
    assert_true(p[9].kind == XJ_PARAM_TEXT);
    assert_str(p[9].s, "");
    assert_true(p[10].kind == XJ_PARAM_BYTES);
    assert_str(p[10].s, "");
    must_ok(params_of(p, &n, ""));
    assert_int_equal(n, 0);
    must_fail(params_of(p, &n, "s", xj_str_of("a\0b", 3)), XJ_E_BAD_INPUT);
    must_ok(params_of(p, &n, "b", xj_str_of("a\0b", 3)));
}

/* Begin a query for the name of thing ID. */
static xj_error *
ask_name(xj_rows **rows, xj_db *db, int64_t id)
{
    const xj_param params[] = {{.kind = XJ_PARAM_INT, .i = id}};

    return xj_db__query_text(rows, db, "SELECT name FROM thing WHERE tenant_id = 1 AND id = $1",
                             params, 1);
}

/* Three begun, one of them closed unread; the others are read against their order, by turns. */
static xj_error *
begin_three(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_rows *one, *never, *two;
    bool more;

    (void)args;
    XJ_TRY(ask_name(&one, xj_tx_db(tx), 1));
    XJ_TRY(ask_name(&never, xj_tx_db(tx), 1));
    XJ_TRY(ask_name(&two, xj_tx_db(tx), 2));
    xj_rows_close(never);
    XJ_TRY(xj_rows_next(two, &more));
    assert_true(more);
    XJ_TRY(xj_rows_next(one, &more));
    assert_true(more);
    xj_buf_add(answer, xj_row_str(one, 0));
    xj_buf_add(answer, xj_row_str(two, 0));
    XJ_TRY(xj_rows_next(one, &more));
    assert_false(more);
    XJ_TRY(xj_rows_next(two, &more));
    assert_false(more);
    /* left open and unread: it ends with the command */
    return ask_name(&one, xj_tx_db(tx), 1);
}

XJTEST_STORE(test_query__several_are_begun_before_one_is_read)
{
    xj_str body;

    make_table(t);
    must_ok(xjtest_do(NULL, t, 1, put_two, NULL));
    for (int i = 0; i < 3; i++) {
        must_ok(xjtest_do(&body, t, 1, begin_three, NULL));
        assert_str(body, "onetwo");
    }
}

/* The second of three begun queries divides by nothing (SQLite: names no function). */
static xj_error *
begin_and_fail(xj_tx *tx, void *args, xj_buf *answer)
{
    const bool sqlite = xj_tx_db(tx)->conn->driver->kind == XJ__SQLITE;
    xj_rows *one, *wrong, *two;
    bool more;
    xj_error *err;

    (void)args;
    (void)answer;
    XJ_TRY(put_thing(xj_tx_db(tx), 1, 7, XJ_STR("seven")));
    XJ_TRY(ask_name(&one, xj_tx_db(tx), 7));
    err = xj_db__query_text(&wrong, xj_tx_db(tx),
                            sqlite ? "SELECT abs(-9223372036854775807 - 1)" : "SELECT 1 / 0", NULL,
                            0);
    if (err == NULL)
        err = ask_name(&two, xj_tx_db(tx), 7);
    if (err == NULL)
        err = xj_rows_next(wrong, &more);
    must_fail(err, XJ_E_DB);
    /* nothing more is to be had in this command, of those begun before neither */
    err = ask_name(&two, xj_tx_db(tx), 7);
    must_fail(err, XJ_E_DB);
    return NULL;
}

XJTEST_STORE(test_query__one_that_fails_among_those_begun_fails_the_command)
{
    xj_str body;

    make_table(t);
    must_ok(xjtest_do(NULL, t, 1, put_two, NULL));
    must_fail(xjtest_do(NULL, t, 1, begin_and_fail, NULL), XJ_E_DB);
    assert_int_equal(count_of(t, "SELECT count(*) FROM thing"), 2);
    must_ok(xjtest_do(&body, t, 1, begin_three, NULL));
    assert_str(body, "onetwo");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_params__each_letter),
        XJTEST_BOTH(test_query__gives_back_what_was_bound),
        XJTEST_BOTH(test_run__failure_undoes_the_command),
        XJTEST_BOTH(test_run__constraint_is_named_so),
        XJTEST_BOTH(test_run__a_swallowed_failure_fails_the_command),
        XJTEST_BOTH(test_run__text_with_nul_is_refused),
        XJTEST_BOTH(test_query__nests),
        cmocka_unit_test(test_ids__are_a_json_array_of_any_length),
        XJTEST_BOTH(test_rows_ints__are_the_first_column_of_what_is_left),
        XJTEST_BOTH(test_query__several_are_begun_before_one_is_read),
        XJTEST_BOTH(test_query__one_that_fails_among_those_begun_fails_the_command),
        XJTEST_BOTH(test_send__many_are_all_there),
        XJTEST_BOTH(test_send__a_late_error_fails_the_command),
    };

    return xjtest_store_main(tests);
}
