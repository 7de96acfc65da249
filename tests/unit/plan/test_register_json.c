#include "compiletest.h"

#include "plan/register_json.h"

static void
test_json__has_the_keys_of_the_contract(void **state)
{
    static const char *const keys[] = {"text",    "document",    "actions",  "tasks",
                                       "targets", "obligations", "warnings", "places"};
    static const char *const task_keys[] = {
        "action",    "no",      "title",       "text",          "specific_task", "measure",
        "work_plan", "units",   "open_ended",  "lead_explicit", "lead_proposed", "deadline",
        "strength",  "cadence", "returns_due", "deliverables",  "source",        "warnings"};
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(
        pool, "甲事“好”。建成率达到43.3%。（市教育局、市体育局负责，每年6月5日前报送）");
    const xj_jval *value, *task;
    xj_buf buf;
    xj_json w;

    (void)state;
    xj_buf_init(&buf, pool, 1 << 20);
    xj_json_init(&w, &buf);
    xj_register_json(&w, reg);
    must_ok(xj_json_parse(&value, xj_buf_str(&buf), 1 << 20, pool));
    assert_int_equal(xj_jval_len(value), sizeof keys / sizeof *keys);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_string_equal(xj_jval_key_at(value, i), keys[i]);
    task = xj_jval_at(xj_jval_find(value, "tasks"), 0);
    assert_int_equal(xj_jval_len(task), sizeof task_keys / sizeof *task_keys);
    for (size_t i = 0; i < sizeof task_keys / sizeof *task_keys; i++)
        assert_string_equal(xj_jval_key_at(task, i), task_keys[i]);
    assert_str(xj_jval_str(xj_jval_at(xj_jval_find(xj_jval_find(task, "deadline"), "dates"), 0)),
               "06-05");
    assert_true(
        xj_jval_real(xj_jval_find(xj_jval_at(xj_jval_find(value, "targets"), 0), "value")) == 43.3);
    assert_str(xj_jval_str(xj_jval_find(task, "lead_proposed")), "市教育局");
    assert_true(xj_jval_find(task, "measure") == NULL);
    xj_pool_destroy(pool);
}

static const xj_jval *
written(xj_pool *pool, const xj_register *reg)
{
    const xj_jval *value;
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, 1 << 20);
    xj_json_init(&w, &buf);
    xj_register_json(&w, reg);
    must_ok(xj_json_parse(&value, xj_buf_str(&buf), 1 << 20, pool));
    return value;
}

static void
test_json__a_source_says_its_page_and_box(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "甲事。（市教育局负责）");
    xj_spot spot = {.from = 0, .to = reg->text.len, .place = {.page = 2, .box = {10, 20, 110, 30}}};
    const xj_jval *value, *source, *box;

    reg->places = &spot;
    reg->nplaces = 1;
    value = written(pool, reg);
    source = xj_jval_find(xj_jval_at(xj_jval_find(value, "tasks"), 0), "source");
    assert_int_equal(xj_jval_int(xj_jval_find(source, "page")), 2);
    box = xj_jval_find(source, "box");
    assert_int_equal(xj_jval_len(box), 4);
    assert_true(xj_jval_real(xj_jval_at(box, 0)) > 10);
    assert_true(xj_jval_real(xj_jval_at(box, 2)) <= 110);
    value = xj_jval_at(xj_jval_find(value, "places"), 0);
    assert_int_equal(xj_jval_int(xj_jval_find(value, "to")), (int64_t)reg->text.len);
    assert_true(xj_jval_real(xj_jval_at(xj_jval_find(value, "box"), 3)) == 30);
    xj_pool_destroy(pool);
}

static void
test_json__a_source_in_a_sheet_says_sheet_row_and_column(void **state)
{
    (void)state;
    xj_pool *pool = xj_pool_root();
    xj_register *reg = compiled_item(pool, "甲事。（市教育局负责）");
    xj_spot spot = {.from = 0,
                    .to = reg->text.len,
                    .place = {.sheet = 1, .row = 8, .col = 3},
                    .row_span = 2,
                    .col_span = 1};
    const xj_jval *value, *source;

    reg->places = &spot;
    reg->nplaces = 1;
    value = written(pool, reg);
    source = xj_jval_find(xj_jval_at(xj_jval_find(value, "tasks"), 0), "source");
    assert_int_equal(xj_jval_int(xj_jval_find(source, "sheet")), 1);
    assert_int_equal(xj_jval_int(xj_jval_find(source, "row")), 8);
    assert_int_equal(xj_jval_int(xj_jval_find(source, "column")), 3);
    assert_null(xj_jval_find(source, "page"));
    value = xj_jval_at(xj_jval_find(value, "places"), 0);
    assert_int_equal(xj_jval_int(xj_jval_find(value, "row_span")), 2);
    assert_null(xj_jval_find(value, "column_span"));
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__has_the_keys_of_the_contract),
        cmocka_unit_test(test_json__a_source_says_its_page_and_box),
        cmocka_unit_test(test_json__a_source_in_a_sheet_says_sheet_row_and_column),
    };

    return xjtest_main(tests);
}
