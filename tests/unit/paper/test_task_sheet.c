#include "support/xjtest.h"

#include "base/buf.h"
#include "paper/task_sheet.h"

#include <sys/wait.h>
#include <unistd.h>

static const xj_task_row sample = {
    .id = 1,
    .action = {"=cmd|' /C calc'!A0", 18},
    .no = {"-3", 2},
    .title = {"+1 & <b>", 8},
    .units = {"[{\"id\":1,\"name\":\"@leader\",\"role\":\"lead\",\"inherited\":false},"
              "{\"id\":2,\"name\":\"b\",\"role\":\"cooperate\",\"inherited\":false},"
              "{\"id\":3,\"name\":\"c\",\"role\":\"cooperate\",\"inherited\":false}]",
              177},
    .deadline_kind = {"complete_by", 11},
    .due = {"2020-12-31", 10},
    .deadline_dates = {"[\"06-15\",\"12-15\"]", 17},
    .strength = {"must", 4},
};

static xj_task_row
make_row(void)
{
    xj_task_row row = sample;

    row.units.len = strlen(row.units.data);
    return row;
}

/* One member of the zip file BYTES, by the unzip program. */
static xj_str
member(xj_str bytes, const char *name, xj_pool *pool)
{
    char path[] = "/tmp/xj-sheet-XXXXXX";
    const int fd = mkstemp(path);
    int pipes[2], status;
    xj_buf out;
    ssize_t n;
    pid_t pid;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.data, bytes.len), (ssize_t)bytes.len);
    close(fd);
    assert_int_equal(pipe(pipes), 0);
    pid = fork();
    if (pid == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        close(pipes[0]);
        execlp("unzip", "unzip", "-p", path, name, (char *)NULL);
        _exit(127);
    }
    close(pipes[1]);
    xj_buf_init(&out, pool, (size_t)64 << 20);
    while ((n = read(pipes[0], xj_buf_room(&out, 65536), 65536)) > 0)
        xj_buf_took(&out, (size_t)n);
    close(pipes[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    unlink(path);
    return xj_buf_str(&out);
}

static void
test_task_sheet__holds_text_as_text_and_dates_as_dates(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_task_row row = make_row();
    xj_task_sheet *sheet;
    xj_str bytes, xml;

    (void)state;
    must_ok(xj_task_sheet_new(&sheet, true, pool));
    must_ok(xj_task_sheet_add(sheet, &row, XJ_STR("=1+1"), XJ_STR("doc"), pool));
    must_ok(xj_task_sheet_end(&bytes, sheet, pool));
    xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
    assert_false(xj_str_has(xml, XJ_STR("<f>")));
    assert_true(xj_str_has(xml, XJ_STR("=1+1</t>")));
    assert_true(xj_str_has(xml, XJ_STR("=cmd|")));
    assert_true(xj_str_has(xml, XJ_STR("+1 &amp; &lt;b&gt;")));
    assert_true(xj_str_has(xml, XJ_STR("@leader</t>")));
    assert_true(xj_str_has(xml, XJ_STR("b、c</t>")));
    assert_true(xj_str_has(xml, XJ_STR("<v>44196</v>"))); /* 2020-12-31 */
    assert_true(xj_str_has(xml, XJ_STR("06-15 12-15")));
    assert_true(xj_str_has(xml, XJ_STR("牵头单位")));
    assert_true(xj_str_has(xml, XJ_STR("state=\"frozen\"")));
    assert_true(xj_str_has(xml, XJ_STR("<autoFilter ref=\"A1:O2\"/>")));
    assert_true(xj_str_has(xml, XJ_STR("orientation=\"landscape\"")));
    assert_true(xj_str_has(xml, XJ_STR("fitToHeight=\"0\"")));
    assert_true(xj_str_has(member(bytes, "xl/workbook.xml", pool), XJ_STR("Print_Titles")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__speaks_english(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_task_row row = make_row();
    xj_task_sheet *sheet;
    xj_str bytes, xml;

    (void)state;
    must_ok(xj_task_sheet_new(&sheet, false, pool));
    must_ok(xj_task_sheet_add(sheet, &row, XJ_STR("text"), XJ_STR("doc"), pool));
    must_ok(xj_task_sheet_end(&bytes, sheet, pool));
    xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
    assert_true(xj_str_has(xml, XJ_STR("Responsible")));
    assert_true(xj_str_has(xml, XJ_STR("complete by")));
    assert_false(xj_str_has(xml, XJ_STR("牵头")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__a_text_longer_than_a_cell_is_cut(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_task_row row = make_row();
    char *text = xj_alloc(pool, 40000);
    xj_task_sheet *sheet;
    xj_str bytes, xml;

    (void)state;
    memset(text, 'x', 40000);
    must_ok(xj_task_sheet_new(&sheet, true, pool));
    must_ok(xj_task_sheet_add(sheet, &row, xj_str_of(text, 32766), XJ_STR("doc"), pool));
    must_ok(xj_task_sheet_add(sheet, &row, xj_str_of(text, 40000), XJ_STR("doc"), pool));
    must_ok(xj_task_sheet_end(&bytes, sheet, pool));
    xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
    assert_int_equal(xj_str_find(xml, XJ_STR("…"), 0), xj_str_rfind(xml, XJ_STR("…")));
    assert_true(xj_str_has(xml, XJ_STR("x…</t>")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__one_row_too_many_is_refused(void **state)
{
    xj_pool *pool = xj_pool_root(), *scratch = xj_pool_child(pool);
    const xj_task_row row = {.units = {"[]", 2}, .deadline_dates = {"[]", 2}, .due = {"", 0}};
    xj_task_sheet *sheet;

    (void)state;
    must_ok(xj_task_sheet_new(&sheet, true, pool));
    for (size_t i = 0; i < XJ_TASK_SHEET_ROWS_MAX; i++) {
        xj_pool_clear(scratch);
        must_ok(xj_task_sheet_add(sheet, &row, XJ_STR(""), XJ_STR(""), scratch));
    }
    must_fail(xj_task_sheet_add(sheet, &row, XJ_STR(""), XJ_STR(""), scratch), XJ_E_TOO_LARGE);
    xj_pool_destroy(pool); /* not ended: the file goes with the pool */
}

static void
test_task_sheet__damaged_units_are_an_error(void **state)
{
    xj_pool *pool = xj_pool_root();
    xj_task_row row = make_row();
    xj_task_sheet *sheet;

    (void)state;
    row.units = XJ_STR("[{");
    must_ok(xj_task_sheet_new(&sheet, true, pool));
    must_fail(xj_task_sheet_add(sheet, &row, XJ_STR(""), XJ_STR(""), pool), XJ_E_CORRUPT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_task_sheet__holds_text_as_text_and_dates_as_dates),
        cmocka_unit_test(test_task_sheet__speaks_english),
        cmocka_unit_test(test_task_sheet__a_text_longer_than_a_cell_is_cut),
        cmocka_unit_test(test_task_sheet__one_row_too_many_is_refused),
        cmocka_unit_test(test_task_sheet__damaged_units_are_an_error)};

    return xjtest_main(tests);
}
