#include "support/storetest.h"

#include "store/store_priv.h"

static const struct xj_named filters[] = {
    {"id", {"t.id", "t.id"}},
    {"name", {"t.name", "t.name"}},
    {"unit", {"t.unit", "t.unit"}},
    {"like", {"t.name LIKE ?", "t.name LIKE ?"}},
};
static const struct xj_named orders[] = {
    {"name", {"t.name", "t.name"}},
    {"rank", {"t.rank", "t.rank"}},
};
#define TEXT "SELECT t.id, t.name FROM thing t WHERE t.tenant_id = $1 {where} {order}"
static const struct xj_statement things = {
    .name = "THINGS",
    .text = {TEXT, TEXT},
    .key = {"t.id", "t.id"},
    .filters = filters,
    .orders = orders,
    .nfilters = 4,
    .norders = 2,
    .params = 1,
};

static const struct {
    int id, rank;
    const char *name;
    int unit; /* 0: null */
} rows_of_thing[] = {
    {1, 30, "pear", 5}, {2, 10, "apple", 0},  {3, 10, "quince", 6},
    {4, 20, "fig", 5},  {5, 10, "medlar", 7}, {6, 20, "say \"a\\b\"", 7},
};

/* Fill a table and run LIST on it: the ids found, in order, "1 2 3". */
static xj_str
ids_of(xjtest_store *t, xj_list *list, int64_t limit)
{
    xj_reader *reader;
    xj_rows *rows;
    xj_param params[XJ__PARAMS_MAX] = {{.kind = XJ_PARAM_INT, .i = 1}};
    int n = 1;
    xj_str text;
    xj_buf out;
    bool more;

    xj_buf_init(&out, t->pool, 1000);
    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(
        xj_list__text(&text, list, xj_reader_db(reader)->conn->driver->kind, limit, params, &n));
    must_ok(xj_db__query_text(&rows, xj_reader_db(reader), text.data, params, n));
    for (;;) {
        must_ok(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (out.len > 0)
            xj_buf_add_char(&out, ' ');
        xj_buf_add_int(&out, xj_row_int(rows, 0));
    }
    xj_reader_end(reader);
    return out.len == 0 ? XJ_STR("") : xj_buf_str(&out);
}

static void
fill(xjtest_store *t)
{
    xj_conn *conn = xj_store__writer(t->store);

    must_ok(conn->driver->script(
        conn, "CREATE TABLE thing (tenant_id BIGINT, id BIGINT, rank BIGINT NOT NULL,"
              " name TEXT NOT NULL, unit BIGINT);"
              "INSERT INTO thing VALUES (2, 99, 1, 'another tenant''s', 5)"));
    for (size_t i = 0; i < sizeof rows_of_thing / sizeof *rows_of_thing; i++) {
        char unit[20] = "NULL";

        if (rows_of_thing[i].unit != 0)
            snprintf(unit, sizeof unit, "%d", rows_of_thing[i].unit);
        must_ok(conn->driver->script(
            conn,
            xj_str_printf(t->pool, "INSERT INTO thing VALUES (1, %d, %d, '%s', %s)",
                          rows_of_thing[i].id, rows_of_thing[i].rank, rows_of_thing[i].name, unit)
                .data));
    }
}

XJTEST_STORE(test_list__without_conditions_is_in_the_order_of_the_key)
{
    fill(t);
    assert_str(ids_of(t, xj_list__new(&things, t->pool), 100), "1 2 3 4 5 6");
    assert_str(ids_of(t, xj_list__new(&things, t->pool), 2), "1 2");
    assert_str(ids_of(t, xj_list__new(&things, t->pool), 0), "");
}

XJTEST_STORE(test_list__conditions)
{
    static const struct {
        const char *what, *name;
        xj_cond cond;
        int64_t i;
        const char *s;
        const char *ids;
    } cases[] = {
        {"equal", "unit", XJ_COND_EQ, 5, NULL, "1 4"},
        {"other", "unit", XJ_COND_NE, 5, NULL, "3 5 6"},
        {"above", "id", XJ_COND_GT, 4, NULL, "5 6"},
        {"from", "id", XJ_COND_GE, 4, NULL, "4 5 6"},
        {"below", "id", XJ_COND_LT, 3, NULL, "1 2"},
        {"up to", "id", XJ_COND_LE, 3, NULL, "1 2 3"},
        {"text", "name", XJ_COND_EQ, 0, "fig", "4"},
        {"quoted", "name", XJ_COND_EQ, 0, "say \"a\\b\"", "6"},
        {"no sql", "name", XJ_COND_EQ, 0, "' OR 1=1 --", ""},
        {"match", "like", XJ_COND_MATCH, 0, "%e%a%", "1 5"},
    };

    fill(t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        xj_list *list = xj_list__new(&things, t->pool);

        if (cases[i].s == NULL)
            xj_list_int(list, cases[i].name, cases[i].cond, cases[i].i);
        else
            xj_list_str(list, cases[i].name, cases[i].cond, xj_str_c(cases[i].s));
        fprintf(stderr, "# %s\n", cases[i].what);
        assert_str(ids_of(t, list, 100), cases[i].ids);
    }
}

XJTEST_STORE(test_list__null_in_and_all_together)
{
    const int64_t units[] = {5, 7};
    const xj_str names[] = {XJ_STR("say \"a\\b\""), XJ_STR("fig"), XJ_STR("nothing")};
    xj_list *list;

    fill(t);
    list = xj_list__new(&things, t->pool);
    xj_list_null(list, "unit", true);
    assert_str(ids_of(t, list, 100), "2");
    list = xj_list__new(&things, t->pool);
    xj_list_null(list, "unit", false);
    assert_str(ids_of(t, list, 100), "1 3 4 5 6");
    list = xj_list__new(&things, t->pool);
    xj_list_in(list, "unit", units, 2);
    assert_str(ids_of(t, list, 100), "1 4 5 6");
    list = xj_list__new(&things, t->pool);
    xj_list_in(list, "unit", units, 0);
    assert_str(ids_of(t, list, 100), "");
    list = xj_list__new(&things, t->pool);
    xj_list_in_str(list, "name", names, 3);
    assert_str(ids_of(t, list, 100), "4 6");
    list = xj_list__new(&things, t->pool);
    xj_list_in_str(list, "name", names, 0);
    assert_str(ids_of(t, list, 100), "");
    list = xj_list__new(&things, t->pool);
    xj_list_in(list, "unit", units, 2);
    xj_list_int(list, "id", XJ_COND_GT, 1);
    xj_list_in_str(list, "name", names, 3);
    xj_list_order(list, "name", true);
    assert_str(ids_of(t, list, 100), "6 4");
}

XJTEST_STORE(test_list__goes_on_behind_a_row)
{
    xj_list *list;

    fill(t);
    list = xj_list__new(&things, t->pool);
    xj_list_order(list, "rank", false);
    assert_str(ids_of(t, list, 2), "2 3");
    xj_list_after_int(list, 10, 3);
    assert_str(ids_of(t, list, 2), "5 4");
    xj_list_after_int(list, 20, 4);
    assert_str(ids_of(t, list, 2), "6 1");
    xj_list_after_int(list, 30, 1);
    assert_str(ids_of(t, list, 2), "");

    list = xj_list__new(&things, t->pool);
    xj_list_order(list, "rank", true);
    assert_str(ids_of(t, list, 3), "1 6 4");
    xj_list_after_int(list, 20, 4);
    assert_str(ids_of(t, list, 3), "5 3 2");

    list = xj_list__new(&things, t->pool);
    xj_list_order(list, "name", false);
    xj_list_after_str(list, XJ_STR("fig"), 4);
    assert_str(ids_of(t, list, 3), "5 1 3");

    list = xj_list__new(&things, t->pool);
    xj_list_after(list, 4);
    assert_str(ids_of(t, list, 100), "5 6");
}

XJTEST_STORE(test_list__refuses_what_a_database_cannot_hold)
{
    const xj_str control[] = {XJ_STR("a\nb")};
    xj_list *list;
    xj_param params[XJ__PARAMS_MAX];
    xj_str text;

    for (int i = 0; i < 3; i++) {
        int n = 1;

        list = xj_list__new(&things, t->pool);
        if (i == 0)
            xj_list_str(list, "name", XJ_COND_EQ, xj_str_of("a\0b", 3));
        if (i == 1)
            xj_list_in_str(list, "name", control, 1);
        if (i == 2) {
            xj_list_order(list, "name", false);
            xj_list_after_str(list, xj_str_of("a\0b", 3), 1);
        }
        must_fail(xj_list__text(&text, list, XJ__SQLITE, 1, params, &n), XJ_E_BAD_INPUT);
    }
}

/* More different texts than a connection keeps prepared. */
XJTEST_STORE(test_list__any_number_of_texts)
{
    fill(t);
    for (int i = 0; i < 600; i++) {
        const int64_t one = 1;
        xj_list *list = xj_list__new(&things, t->pool);

        /* The conditions present are the bits of I: 512 texts. */
        for (int bit = 0; bit < 9; bit++) {
            if ((i & 1 << bit) != 0)
                xj_list_int(list, "id", bit % 2 == 0 ? XJ_COND_GE : XJ_COND_LE, 1 + 5 * (bit % 2));
        }
        xj_list_in(list, "id", &one, 1);
        assert_str(ids_of(t, list, 3), "1");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_list__without_conditions_is_in_the_order_of_the_key),
        XJTEST_BOTH(test_list__conditions),
        XJTEST_BOTH(test_list__null_in_and_all_together),
        XJTEST_BOTH(test_list__goes_on_behind_a_row),
        XJTEST_ON(test_list__refuses_what_a_database_cannot_hold, "sqlite"),
        XJTEST_BOTH(test_list__any_number_of_texts),
    };

    return xjtest_store_main(tests);
}
