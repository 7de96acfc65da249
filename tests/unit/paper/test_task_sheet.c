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
    static const xj_str tags[] = {{"-2+3", 4}, {"民生实事", 12}};
    xj_task_row row = sample;

    row.units.len = strlen(row.units.data);
    row.tags = tags;
    row.ntags = 2;
    return row;
}

static xj_paper_task
task_of(const xj_task_row *row, const char *text)
{
    return (xj_paper_task){.row = row, .text = xj_str_c(text), .document = XJ_STR("doc")};
}

/* ROW alone under HEAD. */
static xj_str
sheet_of(const xj_paper_task *tasks, size_t n, const xj_heading *head, bool chinese, xj_pool *pool)
{
    xj_task_sheet *sheet;
    xj_str bytes;

    must_ok(xj_task_sheet_new(&sheet, head, chinese, pool));
    for (size_t i = 0; i < n; i++)
        must_ok(xj_task_sheet_add(sheet, &tasks[i], pool));
    must_ok(xj_task_sheet_end(&bytes, sheet, pool));
    return bytes;
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
    const xj_heading head = xj_heading_usual(false, true, pool);
    const xj_task_row row = make_row();
    const xj_paper_task task = task_of(&row, "=1+1");
    xj_str bytes, xml;

    (void)state;
    bytes = sheet_of(&task, 1, &head, true, pool);
    xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
    assert_false(xj_str_has(xml, XJ_STR("<f>")));
    assert_true(xj_str_has(xml, XJ_STR("=1+1</t>")));
    assert_true(xj_str_has(xml, XJ_STR("=cmd|")));
    assert_true(xj_str_has(xml, XJ_STR("+1 &amp; &lt;b&gt;")));
    assert_true(xj_str_has(xml, XJ_STR("@leader</t>")));
    assert_true(xj_str_has(xml, XJ_STR("-2+3、民生实事</t>")));
    assert_true(xj_str_has(xml, XJ_STR("b、c</t>")));
    assert_true(xj_str_has(xml, XJ_STR("<v>44196</v>"))); /* 2020-12-31 */
    assert_true(xj_str_has(xml, XJ_STR("06-15 12-15")));
    assert_true(xj_str_has(xml, XJ_STR("牵头单位")));
    assert_true(xj_str_has(xml, XJ_STR("state=\"frozen\"")));
    assert_true(xj_str_has(xml, XJ_STR("<autoFilter ref=\"A1:P2\"/>")));
    assert_true(xj_str_has(xml, XJ_STR("orientation=\"landscape\"")));
    assert_true(xj_str_has(xml, XJ_STR("fitToHeight=\"0\"")));
    assert_true(xj_str_has(member(bytes, "xl/workbook.xml", pool), XJ_STR("Print_Titles")));
    xj_pool_destroy(pool);
}

/* What begins a formula, in each place that an office or a document fills. */
static void
test_task_sheet__never_makes_a_formula(void **state)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r"};
    xj_pool *pool = xj_pool_root();
    xj_heading_column columns[XJ_COL_COUNT];

    (void)state;
    for (size_t i = 0; i < 2 * sizeof starts / sizeof *starts; i++) {
        const xj_str evil = xj_str_printf(pool, "%sHYPERLINK(1)", starts[i / 2]);
        xj_heading head = {.sheet = i % 2 != 0,
                           .title = evil,
                           .subtitle = evil,
                           .repeat = 1,
                           .columns = columns,
                           .ncolumns = XJ_COL_COUNT};
        xj_task_target targets[] = {{.indicator = evil, .raw = evil}, {.indicator = evil}};
        xj_task_row row = make_row();
        const xj_paper_task task = {&row, evil, evil, targets, 2};
        xj_str bytes, xml, csv;
        xj_buf out;

        for (int c = 0; c < XJ_COL_COUNT; c++)
            columns[c] = (xj_heading_column){(xj_column)c, evil, 0};
        row.action = row.no = row.title = row.deadline_raw = evil;
        row.due = evil;
        row.tags = &evil;
        row.ntags = 1;
        bytes = sheet_of(&task, 1, &head, true, pool);
        xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
        assert_false(xj_str_has(xml, XJ_STR("<f>")));
        assert_false(xj_str_has(xml, XJ_STR("<hyperlink")));
        xj_buf_init(&out, pool, 65536);
        xj_task_csv_begin(&out, &head);
        must_ok(xj_task_csv_add(&out, &head, &task, 1, true, pool));
        csv = xj_buf_str(&out);
        assert_true(xj_str_has(csv, XJ_STR("\"'")));
        assert_false(xj_str_has(csv, xj_str_printf(pool, ",\"%s", starts[i / 2])));
    }
    xj_pool_destroy(pool);
}

static void
test_task_sheet__speaks_english(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_heading head = xj_heading_usual(false, false, pool);
    const xj_task_row row = make_row();
    const xj_paper_task task = task_of(&row, "text");
    xj_str xml;

    (void)state;
    xml = member(sheet_of(&task, 1, &head, false, pool), "xl/worksheets/sheet1.xml", pool);
    assert_true(xj_str_has(xml, XJ_STR("Responsible")));
    assert_true(xj_str_has(xml, XJ_STR("complete by")));
    assert_false(xj_str_has(xml, XJ_STR("牵头")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__has_the_heads_of_the_office(void **state)
{
    static xj_heading_column columns[] = {{XJ_COL_NUMBER, {"序", 3}, 0},
                                          {XJ_COL_TITLE, {"做什么", 9}, 50}};
    const xj_heading head = {.title = XJ_STR("台账一览"),
                             .subtitle = XJ_STR("填报单位：市健康办"),
                             .repeat = 2,
                             .columns = columns,
                             .ncolumns = 2};
    xj_pool *pool = xj_pool_root();
    const xj_task_row row = make_row();
    const xj_paper_task task = task_of(&row, "text");
    const xj_str bytes = sheet_of(&task, 1, &head, true, pool);
    const xj_str xml = member(bytes, "xl/worksheets/sheet1.xml", pool);
    const xj_str book = member(bytes, "xl/workbook.xml", pool);

    (void)state;
    assert_true(xj_str_has(xml, XJ_STR("做什么")));
    assert_false(xj_str_has(xml, XJ_STR("牵头单位")));
    assert_true(xj_str_has(xml, XJ_STR("<mergeCell ref=\"A1:B1\"/>")));
    assert_true(xj_str_has(xml, XJ_STR("<autoFilter ref=\"A3:B4\"/>")));
    assert_true(xj_str_has(book, XJ_STR("$2:$3"))); /* the two lowest of the three */
    xj_pool_destroy(pool);
}

static void
test_task_sheet__merges_an_action_over_its_tasks_and_a_task_over_its_targets(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_heading head = xj_heading_usual(true, true, pool);
    xj_task_row rows[3] = {make_row(), make_row(), make_row()};
    xj_task_target targets[] = {
        {.indicator = XJ_STR("体质达标率"),
         .op = XJ_STR(">="),
         .has_value = true,
         .value = 92.5,
         .unit = XJ_STR("%"),
         .year = 2030},
        {.indicator = XJ_STR("步道"), .op = XJ_STR("done"), .raw = XJ_STR("建成步道")}};
    xj_paper_task tasks[3];
    xj_str xml;

    (void)state;
    for (int i = 0; i < 3; i++)
        tasks[i] = task_of(&rows[i], "text");
    tasks[1].targets = targets;
    tasks[1].ntargets = 2;
    rows[2].action = XJ_STR("第二个");
    xml = member(sheet_of(tasks, 3, &head, true, pool), "xl/worksheets/sheet1.xml", pool);
    /* title, heads; task 1 in row 3, task 2 in rows 4 and 5, task 3 in row 6 */
    assert_true(xj_str_has(xml, XJ_STR("<mergeCell ref=\"B3:B5\"/>")));
    assert_true(xj_str_has(xml, XJ_STR("<mergeCell ref=\"C4:C5\"/>")));
    assert_false(xj_str_has(xml, XJ_STR("ref=\"E4:")));
    assert_false(xj_str_has(xml, XJ_STR("ref=\"B6:")));
    xml = member(sheet_of(tasks, 3, &head, true, pool), "xl/sharedStrings.xml", pool);
    assert_true(xj_str_has(xml, XJ_STR("≥92.5%（2030年）")));
    assert_true(xj_str_has(xml, XJ_STR("建成步道")));
    assert_true(xj_str_has(xml, XJ_STR("2020年12月31日前")));
    xj_pool_destroy(pool);
}

/* A row is at most 409 points high: a longer text goes over several. */
static void
test_task_sheet__gives_a_long_text_room(void **state)
{
    static xj_heading_column columns[] = {{XJ_COL_ACTION, {"a", 1}, 0},
                                          {XJ_COL_TEXT, {"b", 1}, 12}};
    const xj_heading head = {.sheet = true, .columns = columns, .ncolumns = 2};
    xj_pool *pool = xj_pool_root();
    const xj_task_row row = make_row();
    char text[2000];
    xj_paper_task task;
    xj_str xml;

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    task = task_of(&row, text);
    xml = member(sheet_of(&task, 1, &head, true, pool), "xl/worksheets/sheet1.xml", pool);
    assert_true(xj_str_has(xml, XJ_STR("<mergeCell ref=\"B2:B10\"/>")));
    assert_true(xj_str_has(xml, XJ_STR("ht=\"400\"")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__a_text_longer_than_a_cell_is_cut(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_heading head = xj_heading_usual(false, true, pool);
    const xj_task_row row = make_row();
    char *text = xj_alloc(pool, 40000);
    xj_paper_task tasks[2] = {task_of(&row, ""), task_of(&row, "")};
    xj_str xml;

    (void)state;
    memset(text, 'x', 40000);
    tasks[0].text = xj_str_of(text, 32766);
    tasks[1].text = xj_str_of(text, 40000);
    xml = member(sheet_of(tasks, 2, &head, true, pool), "xl/worksheets/sheet1.xml", pool);
    assert_int_equal(xj_str_find(xml, XJ_STR("…"), 0), xj_str_rfind(xml, XJ_STR("…")));
    assert_true(xj_str_has(xml, XJ_STR("x…</t>")));
    xj_pool_destroy(pool);
}

static void
test_task_sheet__one_row_too_many_is_refused(void **state)
{
    const xj_task_row row = {.units = {"[]", 2}, .deadline_dates = {"[]", 2}, .due = {"", 0}};

    (void)state;
    for (int merged = 0; merged < 2; merged++) {
        xj_pool *pool = xj_pool_root(), *scratch = xj_pool_child(pool);
        const xj_heading head = xj_heading_usual(merged, true, pool);
        const xj_paper_task task = task_of(&row, "");
        xj_task_sheet *sheet;

        must_ok(xj_task_sheet_new(&sheet, &head, true, pool));
        for (size_t i = 0; i < xj_task_sheet_max(&head); i++) {
            xj_pool_clear(scratch);
            must_ok(xj_task_sheet_add(sheet, &task, scratch));
        }
        must_fail(xj_task_sheet_add(sheet, &task, scratch), XJ_E_TOO_LARGE);
        xj_pool_destroy(pool); /* not ended: the file goes with the pool */
    }
}

static void
test_task_sheet__damaged_units_are_an_error(void **state)
{
    xj_pool *pool = xj_pool_root();
    const xj_heading head = xj_heading_usual(false, true, pool);
    xj_task_row row = make_row();
    const xj_paper_task task = task_of(&row, "");
    xj_task_sheet *sheet;

    (void)state;
    row.units = XJ_STR("[{");
    must_ok(xj_task_sheet_new(&sheet, &head, true, pool));
    must_fail(xj_task_sheet_add(sheet, &task, pool), XJ_E_CORRUPT);
    xj_pool_destroy(pool);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_task_sheet__holds_text_as_text_and_dates_as_dates),
        cmocka_unit_test(test_task_sheet__never_makes_a_formula),
        cmocka_unit_test(test_task_sheet__speaks_english),
        cmocka_unit_test(test_task_sheet__has_the_heads_of_the_office),
        cmocka_unit_test(
            test_task_sheet__merges_an_action_over_its_tasks_and_a_task_over_its_targets),
        cmocka_unit_test(test_task_sheet__gives_a_long_text_room),
        cmocka_unit_test(test_task_sheet__a_text_longer_than_a_cell_is_cut),
        cmocka_unit_test(test_task_sheet__one_row_too_many_is_refused),
        cmocka_unit_test(test_task_sheet__damaged_units_are_an_error)};

    return xjtest_main(tests);
}
