/* Every statement of the whole program, on both databases. */
#include "support/storetest.h"

#include "store/store_priv.h"

/* Call EACH with every text that STATEMENT can become: itself, or as a list in each order with each
 * filter alone. */
static void
each_text(const struct xj_statement *statement, int kind, xj_pool *pool,
          void (*each)(void *arg, const struct xj_statement *statement, const char *text),
          void *arg)
{
    if (strstr(statement->text[kind], "{where}") == NULL) {
        each(arg, statement, statement->text[kind]);
        return;
    }
    for (int o = -1; o < statement->norders; o++) {
        for (int f = -1; f < statement->nfilters; f++) {
            xj_param params[XJ__PARAMS_MAX];
            xj_list *list = xj_list__new(statement, pool);
            int n = statement->params;
            xj_str text;

            if (o >= 0)
                xj_list_order(list, statement->orders[o].name, false);
            if (f >= 0)
                xj_list_str(list, statement->filters[f].name,
                            strchr(statement->filters[f].sql[kind], '?') == NULL ? XJ_COND_EQ
                                                                                 : XJ_COND_MATCH,
                            XJ_STR(""));
            must_ok(xj_list__text(&text, list, kind, 25, params, &n));
            each(arg, statement, text.data);
        }
    }
}

struct tally {
    xj_conn *conn;
    xj_pool *pool;
    int seen, wrong;
};

static void
prepare(void *arg, const struct xj_statement *statement, const char *text)
{
    const xj_call call = {.sql = SQL_COUNT, .text = text};
    struct tally *tally = arg;
    xj_error *err = tally->conn->driver->prepare(tally->conn, &call);

    tally->seen++;
    if (err == NULL)
        return;
    fprintf(stderr, "# %s: %s\n", statement->name, xj_error_details(err));
    xj_error_clear(err);
    tally->wrong++;
}

XJTEST_STORE(test_statements__each_prepares)
{
    struct tally tally = {.conn = xj_store__writer(t->store), .pool = t->pool};

    for (int i = 0; i < SQL_COUNT; i++)
        each_text(&xj_store__statements[i], tally.conn->driver->kind, t->pool, prepare, &tally);
    assert_true(tally.seen >= SQL_COUNT);
    assert_int_equal(tally.wrong, 0);
}

/* Whether NAME is a common table expression of TEXT ("name AS (", "name(a, b) AS ("). */
static bool
is_cte(const char *text, xj_str name)
{
    const xj_str whole = xj_str_c(text);

    for (size_t at = xj_str_find(whole, name, 0); at != XJ_NPOS;
         at = xj_str_find(whole, name, at + 1)) {
        xj_str rest = xj_str_trim(xj_str_skip(whole, at + name.len));

        if (rest.len > 0 && rest.data[0] == '(') {
            const size_t close = xj_str_find(rest, XJ_STR(")"), 0);

            rest = xj_str_trim(xj_str_skip(rest, close == XJ_NPOS ? rest.len : close + 1));
        }
        if (xj_str_starts(rest, XJ_STR("AS (")) || xj_str_starts(rest, XJ_STR("AS MATERIALIZED")))
            return true;
    }
    return false;
}

/* A line of a plan that reads a whole table or a whole index. */
static bool
is_scan(const char *text, xj_str line)
{
    const xj_str what = xj_str_skip(line, strlen("SCAN "));

    if (!xj_str_starts(line, XJ_STR("SCAN ")) || xj_str_has(what, XJ_STR("VIRTUAL TABLE")) ||
        xj_str_starts(what, XJ_STR("CONSTANT ROW")) || xj_str_starts(what, XJ_STR("(")))
        return false;
    return !is_cte(text, xj_str_sub(what, 0, xj_str_find(what, XJ_STR(" "), 0)));
}

static void
look_at_plan(void *arg, const struct xj_statement *statement, const char *text)
{
    struct tally *tally = arg;
    xj_db db = {.conn = tally->conn, .pool = tally->pool};
    xj_rows *rows;
    bool more;

    tally->seen++;
    must_ok(xj_db__query_text(
        &rows, &db, xj_str_printf(tally->pool, "EXPLAIN QUERY PLAN %s", text).data, NULL, 0));
    for (;;) {
        must_ok(xj_rows_next(rows, &more));
        if (!more)
            return;
        if (statement->scan != NULL || !is_scan(text, xj_row_str(rows, 3)))
            continue;
        fprintf(stderr, "# %s reads a whole table: " XJ_FMT "\n", statement->name,
                XJ_ARG(xj_row_str(rows, 3)));
        tally->wrong++;
    }
}

XJTEST_STORE(test_statements__none_scans_without_a_reason)
{
    struct tally tally = {.conn = xj_store__writer(t->store), .pool = t->pool};

    for (int i = 0; i < SQL_COUNT; i++)
        each_text(&xj_store__statements[i], XJ__SQLITE, t->pool, look_at_plan, &tally);
    assert_true(tally.seen >= SQL_COUNT);
    assert_int_equal(tally.wrong, 0);
}

XJTEST_STORE(test_statements__the_look_at_plans_finds_a_scan)
{
    const struct xj_statement unindexed = {
        .name = "UNINDEXED", .text = {"SELECT seq FROM journal WHERE why = $1"}, .params = 1};
    const struct xj_statement order = {.name = "ORDER",
                                       .text = {"SELECT seq FROM journal ORDER BY tenant_id, seq"}};
    const struct xj_statement fine = {
        .name = "FINE", .text = {"SELECT seq FROM journal WHERE tenant_id = $1"}, .params = 1};
    struct tally tally = {.conn = xj_store__writer(t->store), .pool = t->pool};

    look_at_plan(&tally, &fine, fine.text[0]);
    assert_int_equal(tally.wrong, 0);
    look_at_plan(&tally, &unindexed, unindexed.text[0]);
    assert_int_equal(tally.wrong, 1);
    look_at_plan(&tally, &order, order.text[0]);
    assert_int_equal(tally.wrong, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_statements__each_prepares),
        XJTEST_ON(test_statements__none_scans_without_a_reason, "sqlite"),
        XJTEST_ON(test_statements__the_look_at_plans_finds_a_scan, "sqlite"),
    };

    return xjtest_store_main(tests);
}
