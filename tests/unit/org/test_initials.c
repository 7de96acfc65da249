#include "orgtest.h"

/* The names of at most 8 units that TEXT finds, joined by blanks. */
static xj_str
found_by(xjtest_store *t, int64_t tenant, const char *text)
{
    xj_scope scope = xj_scope_all(tenant);
    xj_unit_query query = {.text = xj_str_c(text), .kind = -1, .limit = 8};
    xj_reader *reader;
    xj_unit *items;
    xj_buf out;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, t->pool));
    must_ok(xj_unit_list(&items, &n, xj_reader_db(reader), &scope, &query, t->pool));
    xj_reader_end(reader);
    xj_buf_init(&out, t->pool, 4096);
    for (size_t i = 0; i < n; i++) {
        xj_buf_add(&out, i > 0 ? XJ_STR(" ") : XJ_STR(""));
        xj_buf_add(&out, items[i].name);
    }
    return xj_buf_str(&out);
}

XJTEST_STORE(test_unit_list__finds_names_and_first_letters)
{
    int64_t tenant;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    orgtest_unit(t, tenant, "市中医院");
    orgtest_unit(t, tenant, "市CDC");
    orgtest_unit(t, tenant, "重庆路街道");
    orgtest_unit(t, tenant, "——");
    assert_str(found_by(t, tenant, "zyy"), "市中医院");
    assert_str(found_by(t, tenant, "SZY"), "市中医院");
    assert_str(found_by(t, tenant, "中医"), "市中医院");
    assert_str(found_by(t, tenant, "cdc"), "市CDC");
    assert_str(found_by(t, tenant, "cqljd"), "重庆路街道");
    assert_str(found_by(t, tenant, "zql"), "");
    assert_str(found_by(t, tenant, "-"), "");
}

static xj_error *
forget_initials(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *id = args;

    (void)answer;
    return xj_db_run(xj_tx_db(tx), SQL_UNIT_SET_INITIALS, "sii", XJ_STR(""), xj_tx_tenant(tx), *id);
}

static xj_error *
set_initials(xj_tx *tx, void *args, xj_buf *answer)
{
    (void)answer;
    return xj_unit_set_initials(args, tx);
}

XJTEST_STORE(test_unit_fill_initials__makes_what_is_missing)
{
    int64_t tenant, id, changed;
    xj_str body;

    must_ok(orgtest_tenant(&tenant, t, "云沂市", "371300"));
    id = orgtest_unit(t, tenant, "市中医院");
    must_ok(xjtest_do(&body, t, tenant, forget_initials, &id));
    assert_str(found_by(t, tenant, "zyy"), "");
    must_ok(xj_unit_fill_initials(t->store, t->pool));
    assert_str(found_by(t, tenant, "zyy"), "市中医院");
    must_ok(xjtest_do(&body, t, tenant, set_initials, &changed));
    assert_int_equal(changed, 0);
    must_ok(xjtest_do(&body, t, tenant, forget_initials, &id));
    must_ok(xjtest_do(&body, t, tenant, set_initials, &changed));
    assert_int_equal(changed, 1);
    assert_str(found_by(t, tenant, "zyy"), "市中医院");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_unit_list__finds_names_and_first_letters),
        XJTEST_BOTH(test_unit_fill_initials__makes_what_is_missing),
    };

    return xjtest_store_main(tests);
}
