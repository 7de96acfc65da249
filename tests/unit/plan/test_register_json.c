#include "compiletest.h"

#include "plan/register_json.h"

static void
test_json__has_the_keys_of_the_contract(void **state)
{
    static const char *const keys[] = {"text",    "document",    "actions", "tasks",
                                       "targets", "obligations", "warnings"};
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__has_the_keys_of_the_contract),
    };

    return xjtest_main(tests);
}
