#include "dutytest.h"

#include "duty/clock.h"
#include "plan/compile.h"

/* What UNIT was told of changes for DAY, as JSON; data NULL: nothing. */
static xj_str
told(xjtest_store *t, const plan_fixture *f, int64_t unit, const char *day)
{
    xj_str found = XJ_STR_NONE;
    xj_notice *items;
    size_t n;

    must_ok(xj_outbox_list(&items, &n, plantest_read(t), f->tenant, 0, 1000, t->pool));
    for (size_t i = 0; i < n; i++) {
        if (!xj_str_eq(items[i].kind, XJ_STR("change")) || items[i].unit != unit ||
            !xj_str_eq(items[i].made_for, xj_str_c(day)))
            continue;
        assert_true(found.data == NULL); /* once a day */
        assert_int_equal(items[i].person, 0);
        found = items[i].items;
    }
    return found;
}

static void
must_say(xj_str told, const char *what)
{
    if (!xj_str_has(told, xj_str_c(what)))
        fail_msg("\"%s\" is not in " XJ_FMT, what, XJ_ARG(told));
}

/* The clock turns on DAY. */
static void
turn(xjtest_store *t, const plan_fixture *f, const char *day)
{
    xj_clock_ran ran;

    dutytest_day(day);
    must_ok(xj_clock_run(&ran, t->store, f->tenant, xj_day_parse(xj_str_c(day)), t->pool));
}

struct correcting {
    int64_t id, version;
    xj_correction c;
};

static xj_error *
run_correct(xj_tx *tx, void *args, xj_buf *answer)
{
    struct correcting *c = args;
    int64_t now;

    (void)answer;
    return xj_duty_correct(&now, tx, c->id, c->version, &c->c);
}

/* A new version of a plan: who has part is told which field was what, and that the notice waits. */
XJTEST_STORE(test_change__an_amended_plan_is_told_field_by_field)
{
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    xj_register *reg = plantest_register(t->pool, "1号", "一", 3, 1);
    xj_task_unit lead = {.name = XJ_STR("市教育局"), .role = XJ_ROLE_LEAD};
    xj_duty_row *rows;
    xj_str told_first, told_then;
    size_t n;

    dutytest_day("2020-03-25");
    xj_plan_on_published(xj_duty_from_plan);
    reg->tasks[0].units = &lead;
    reg->tasks[0].nunits = 1;
    reg->tasks[0].deadline =
        (xj_deadline){.kind = XJ_DEADLINE_COMPLETE_BY, .date = (xj_date){2020, 9, 30}};
    plantest_publish(t, f.tenant, f.programme, reg, "a");
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 10, t->pool));
    turn(t, &f, "2020-03-25");
    told_first = told(t, &f, rows[0].owner, "2020-03-25");
    must_say(told_first, "\"kind\":\"receipt\"");
    assert_false(xj_str_has(told_first, XJ_STR("\"move\"")));

    turn(t, &f, "2020-03-27");
    assert_true(told(t, &f, rows[0].owner, "2020-03-27").data == NULL); /* nothing changed */

    reg->tasks[0].deadline.date = (xj_date){2020, 11, 30};
    plantest_publish(t, f.tenant, f.programme, reg, "b");
    turn(t, &f, "2020-03-28");
    told_then = told(t, &f, rows[0].owner, "2020-03-28");
    must_say(told_then, "\"kind\":\"receipt\"");
    must_say(told_then, "\"move\":\"amend\"");
    must_say(told_then, "{\"field\":\"due\",\"before\":\"2020-09-30\",\"after\":\"2020-11-30\"}");
    assert_false(xj_str_has(told_then, XJ_STR("\"field\":\"title\"")));
    dutytest_sound(t);
    xj_plan_on_published(NULL);
}

/* Two corrections and an extension within a day are one message and one item: from the first to the
 * last; what was put back is no change; the office is not told of its own acts. */
XJTEST_STORE(test_change__a_day_is_one_message_from_what_was_to_what_is)
{
    const plan_fixture f = plantest_make(t);
    const int64_t unit = dutytest_unit(t, f.tenant, "市教育局");
    const char *const texts[] = {"全市中小学每学期开展一次视力筛查",
                                 "全市中小学每学年开展两次视力筛查"};
    xj_duty_new d = dutytest_by_hand(&f, unit);
    struct correcting c = {.version = 1, .c = {.why = XJ_STR("笔误")}};
    const xj_step extend = {
        .move = XJ_STR("extend"), .why = XJ_STR("设备未到"), .due = XJ_STR("2026-09-30")};
    xj_str body, items, long_text;
    int64_t id;
    xj_buf text;

    dutytest_day("2026-01-05");
    d.deadline_kind = XJ_STR("complete_by");
    d.due = XJ_STR("2026-06-30");
    xj_buf_init(&text, t->pool, 1 << 16);
    for (int i = 0; i < 40; i++)
        xj_buf_printf(&text, "前文第%d句。", i);
    xj_buf_add(&text, xj_str_c(texts[0]));
    d.text = xj_buf_str(&text);
    must_ok(dutytest_try_add(&id, t, f.tenant, &d));
    turn(t, &f, "2026-01-06");

    c.id = id;
    c.c.title = XJ_STR("另一件事");
    must_ok(xjtest_do(&body, t, f.tenant, run_correct, &c));
    c.version = 2;
    c.c.title = d.title; /* put back */
    long_text =
        xj_str_printf(t->pool, XJ_FMT "%s",
                      XJ_ARG(xj_str_sub(d.text, 0, d.text.len - strlen(texts[0]))), texts[1]);
    c.c.text = long_text;
    must_ok(xjtest_do(&body, t, f.tenant, run_correct, &c));
    must_ok(dutytest_move(t, f.tenant, id, 3, &extend));
    turn(t, &f, "2026-01-07");
    items = told(t, &f, unit, "2026-01-07");
    must_say(items, "\"move\":\"extend\",\"why\":\"设备未到\"");
    must_say(items, "{\"field\":\"due\",\"before\":\"2026-06-30\",\"after\":\"2026-09-30\"}");
    must_say(items, "…"); /* cut to where it differs */
    must_say(items, "每学期开展一次");
    must_say(items, "每学年开展两次");
    assert_false(xj_str_has(items, XJ_STR("前文第0句")));
    assert_false(xj_str_has(items, XJ_STR("\"field\":\"title\"")));
    assert_int_equal(xj_utf8_check(items), items.len);
    turn(t, &f, "2026-01-08");
    assert_true(told(t, &f, unit, "2026-01-08").data == NULL);
    assert_true(told(t, &f, dutytest_unit(t, f.tenant, "推进委员会办公室"), "2026-01-07").data ==
                NULL);
    dutytest_sound(t);
}

static const char *const shared_plan =
    "云沂市健康行动2026年工作要点\n云健委〔2026〕3号\n一、健康知识普及行动\n"
    "1.各县建好宣传队伍，开展巡讲。（牵头单位：市教育局，责任单位：云东区，配合单位：市卫生健康委；"
    "完成时限：持续推进）\n"
    "云沂市健康行动推进委员会\n2026年3月1日\n";

/* Sent back is told who asked for the end; done, those who return it; who feeds the lead hears of
 * neither. */
XJTEST_STORE(test_change__an_end_is_told_whom_it_concerns)
{
    static const char *const way[] = {"acknowledge", "begin", "ask_completion", "return"};
    const plan_fixture f = plantest_make(t);
    const xj_duty_filter all = {.action_no = -1};
    const xj_duty *duty;
    xj_duty_row *rows;
    xj_register *reg;
    xj_doc *doc;
    size_t n, seen = 0;

    dutytest_day("2026-03-02");
    xj_plan_on_published(xj_duty_from_plan);
    must_ok(xj_doc_read_text(&doc, xj_str_c(shared_plan), t->pool, t->pool));
    must_ok(xj_plan_compile(&reg, doc, t->pool, t->pool));
    plantest_publish(t, f.tenant, f.programme, reg, "a");
    xj_plan_on_published(NULL);
    must_ok(xj_duty_list(&rows, &n, plantest_read(t), &f.scope, 7, &all, NULL, 10, t->pool));
    assert_int_equal(n, 1);
    turn(t, &f, "2026-03-02");

    for (size_t i = 0; i < sizeof way / sizeof *way; i++)
        must_ok(dutytest_move(t, f.tenant, rows[0].id, rows[0].version + (int64_t)i,
                              &(xj_step){.move = xj_str_c(way[i]), .why = XJ_STR("缺依据")}));
    turn(t, &f, "2026-03-03");
    must_ok(dutytest_move(
        t, f.tenant, rows[0].id, rows[0].version + (int64_t)(sizeof way / sizeof *way),
        &(xj_step){.move = XJ_STR("finish"), .why = XJ_STR("依据已核实"), .above = true}));
    turn(t, &f, "2026-03-04");
    duty = dutytest_get(t, &f.scope, rows[0].id);
    assert_int_equal(duty->nparts, 3);
    for (size_t i = 0; i < duty->nparts; i++) {
        const xj_duty_part *part = &duty->parts[i];
        const xj_str back = told(t, &f, part->unit, "2026-03-03");
        const xj_str done = told(t, &f, part->unit, "2026-03-04");

        assert_int_equal(back.data != NULL, xj_str_eq(part->side, XJ_STR("lead")));
        assert_int_equal(done.data != NULL, !xj_str_eq(part->side, XJ_STR("none")));
        if (back.data != NULL)
            must_say(back, "\"move\":\"return\",\"why\":\"缺依据\"");
        if (done.data != NULL)
            must_say(done, "\"move\":\"finish\",\"why\":\"依据已核实\"");
        seen |= xj_str_eq(part->side, XJ_STR("none"))     ? 1U
                : xj_str_eq(part->side, XJ_STR("county")) ? 2U
                                                          : 4U;
    }
    assert_int_equal(seen, 7);
    dutytest_sound(t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_change__an_amended_plan_is_told_field_by_field),
        XJTEST_BOTH(test_change__a_day_is_one_message_from_what_was_to_what_is),
        XJTEST_BOTH(test_change__an_end_is_told_whom_it_concerns)};

    return xjtest_store_main(tests);
}
