#include "dutytest.h"

#include "duty/clock.h"
#include "duty/instruction.h"
#include "duty/watch.h"
#include "org/post.h"

/* A leader, a liaison officer of 市教育局, an officer of 市财政局, and who is named by nobody. */
enum { LEADER, LIAISON, OTHER, NOBODY, PEOPLE };

struct house {
    plan_fixture f;
    int64_t people[PEOPLE], education, finance, duty;
};

static xj_error *
run_people(xj_tx *tx, void *args, xj_buf *answer)
{
    static const char *const names[] = {"leader", "liaison", "other", "nobody"};
    struct house *h = args;

    (void)answer;
    for (int i = 0; i < PEOPLE; i++)
        XJ_TRY(
            xj_person_add(&h->people[i], tx, xj_str_c(names[i]), xj_str_c(names[i]), XJ_STR("h")));
    for (int i = LIAISON; i <= NOBODY; i++) {
        const xj_post post = {.person = h->people[i],
                              .unit = i == OTHER ? h->finance : h->education,
                              .role = i == LIAISON ? XJ_ROLE_LIAISON_A : XJ_ROLE_OFFICER,
                              .from = {2026, 1, 1}};
        int64_t id;

        if (i != NOBODY)
            XJ_TRY(xj_post_add(&id, tx, &post));
    }
    return NULL;
}

static xj_duty_new
instruction(const struct house *h)
{
    return (xj_duty_new){.programme = h->f.programme,
                         .origin = XJ_STR("instruction"),
                         .title = XJ_STR("核实饮水安全"),
                         .lead = h->education,
                         .deadline_kind = XJ_STR("complete_by"),
                         .due = XJ_STR("2026-02-10"),
                         .action_no = 7,
                         .action = XJ_STR("饮水行动"),
                         .leader = XJ_STR("李市长"),
                         .leader_id = h->people[LEADER],
                         .given_on = XJ_STR("2026-01-04")};
}

static struct house
build(xjtest_store *t)
{
    struct house h = {.f = plantest_make(t)};
    xj_duty_new d;
    xj_str body;

    dutytest_day("2026-01-05");
    h.education = dutytest_unit(t, h.f.tenant, "市教育局");
    h.finance = dutytest_unit(t, h.f.tenant, "市财政局");
    must_ok(xjtest_do(&body, t, h.f.tenant, run_people, &h));
    d = instruction(&h);
    d.viewers = &h.people[LIAISON];
    d.nviewers = 1;
    must_ok(dutytest_try_add(&h.duty, t, h.f.tenant, &d));
    return h;
}

/* As person WHO of the house looks: of all units where WIDE (a leader), else of both. */
static xj_scope
looks(const struct house *h, int who, bool wide)
{
    return (xj_scope){.tenant = h->f.tenant,
                      .person = h->people[who],
                      .all_units = wide,
                      .drafts = wide,
                      .units = &h->education,
                      .nunits = 2};
}

static size_t
duties_seen(xjtest_store *t, const xj_scope *scope)
{
    const xj_duty_filter all = {.action_no = -1};
    xj_duty_row *rows;
    size_t n;

    must_ok(
        xj_duty_list(&rows, &n, plantest_read(t), scope, scope->person, &all, NULL, 10, t->pool));
    return n;
}

/* How much SCOPE sees of the one instruction, over all lists; 0: nothing. */
static size_t
all_seen(xjtest_store *t, const struct house *h, const xj_scope *scope)
{
    const xj_obligation_filter any = {.open = -1};
    xj_duty_receipt *receipts;
    xj_instruction_row *rows;
    xj_obligation *owed;
    size_t n, sum = duties_seen(t, scope);

    (void)h;
    must_ok(
        xj_receipt_list(&receipts, &n, plantest_read(t), scope, 0, 0, false, 0, 0, 10, t->pool));
    sum += n;
    sum += dutytest_owed(&owed, t, scope, &any);
    must_ok(xj_instruction_list(&rows, &n, plantest_read(t), scope, 0, false, 0, 10, t->pool));
    return sum + n;
}

XJTEST_STORE(test_sight__only_the_office_and_those_named_see_any_of_it)
{
    const struct house h = build(t);
    const xj_scope liaison = looks(&h, LIAISON, false), nobody = looks(&h, NOBODY, false),
                   leader = looks(&h, LEADER, true), passer = looks(&h, NOBODY, true);
    xj_obligation_filter any = {.open = -1};
    xj_obligation_whole *whole;
    xj_obligation *owed;
    xj_watch counts;
    xj_heat heat;
    xj_duty *duty;

    /* the duty task, its notice, what is owed by its end, the instruction */
    assert_int_equal(all_seen(t, &h, &h.f.scope), 4);
    assert_int_equal(all_seen(t, &h, &liaison), 4);
    assert_int_equal(all_seen(t, &h, &leader), 4);
    assert_int_equal(all_seen(t, &h, &nobody), 0);
    assert_int_equal(all_seen(t, &h, &passer), 0);
    must_ok(xj_duty_get(&duty, plantest_read(t), &leader, leader.person, h.duty, t->pool));
    assert_int_equal(duty->leader_id, h.people[LEADER]);
    assert_int_equal(duty->nviewers, 1);
    must_fail(xj_duty_get(&duty, plantest_read(t), &passer, passer.person, h.duty, t->pool),
              XJ_E_NOT_FOUND);
    assert_int_equal(dutytest_owed(&owed, t, &h.f.scope, &any), 1);
    assert_str(owed[0].title, "");
    must_ok(xj_obligation_get(&whole, plantest_read(t), &leader, owed[0].id, t->pool));
    must_fail(xj_obligation_get(&whole, plantest_read(t), &passer, owed[0].id, t->pool),
              XJ_E_NOT_FOUND);
    /* counts: the office's alone; the map and its names: nobody's */
    must_ok(xj_watch_counts(&counts, plantest_read(t), &h.f.scope, (xj_date){2026, 3, 1}));
    assert_int_equal(counts.receipts, 1);
    assert_int_equal(counts.late, 1);
    must_ok(xj_watch_counts(&counts, plantest_read(t), &leader, (xj_date){2026, 3, 1}));
    assert_int_equal(counts.receipts + counts.late + counts.soon + counts.suspended, 0);
    must_ok(xj_heat_map(&heat, plantest_read(t), &h.f.scope, h.f.programme, (xj_date){2026, 1, 6},
                        t->pool));
    assert_int_equal(heat.ncells + heat.nactions, 0);
    dutytest_sound(t);
}

struct naming {
    int64_t id, version, now;
    xj_viewers viewers;
};

static xj_error *
run_naming(xj_tx *tx, void *args, xj_buf *answer)
{
    struct naming *n = args;

    (void)answer;
    return xj_viewers_set(&n->now, tx, n->id, n->version, &n->viewers);
}

XJTEST_STORE(test_viewers__a_unit_names_its_own_people_and_history_keeps_who_it_was)
{
    const struct house h = build(t);
    const xj_scope liaison = looks(&h, LIAISON, false), other = looks(&h, OTHER, false);
    struct naming n = {.id = h.duty,
                       .version = 1,
                       .viewers = {.units = &h.finance, .nunits = 1, .why = XJ_STR("改由财政局")}};
    const int64_t unknown = 999999;
    xj_duty_move *moves;
    xj_duty *duty;
    size_t nmoves;
    xj_str body;

    must_ok(xjtest_do(&body, t, h.f.tenant, run_naming, &n));
    assert_int_equal(n.now, 2);
    assert_int_equal(duties_seen(t, &liaison), 0);
    assert_int_equal(duties_seen(t, &other), 1); /* by the unit, though it has no part in it */
    duty = dutytest_get(t, &h.f.scope, h.duty);
    assert_int_equal(duty->nviewers, 1);
    assert_int_equal(duty->viewers[0].unit, h.finance);
    assert_str(duty->viewers[0].name, "市财政局");
    must_ok(xj_duty_history(&moves, &nmoves, plantest_read(t), h.f.tenant, h.duty, t->pool));
    assert_str(moves[nmoves - 1].move, "name_viewers");
    assert_str(moves[nmoves - 1].why, "改由财政局");
    assert_true(xj_str_has(moves[nmoves - 1].before, XJ_STR("liaison")));
    must_fail(xjtest_do(&body, t, h.f.tenant, run_naming, &n), XJ_E_STALE);
    n.version = 2;
    n.viewers = (xj_viewers){.people = &unknown, .npeople = 1};
    must_fail(xjtest_do(&body, t, h.f.tenant, run_naming, &n), XJ_E_NOT_FOUND);
    /* a post that has ended names nobody */
    xj_now_set(xj_now() - INT64_C(400) * 86400 * 1000000);
    assert_int_equal(duties_seen(t, &other), 0);
}

struct reading {
    int64_t id, version, person, now;
    xj_step step;
};

static xj_error *
run_reading(xj_tx *tx, void *args, xj_buf *answer)
{
    struct reading *r = args;

    (void)answer;
    return xj_instruction_read(&r->now, tx, r->id, r->version, r->person, &r->step);
}

static xj_error *
step(xjtest_store *t, const struct house *h, int64_t version, const char *move, const char *result)
{
    return dutytest_move(t, h->f.tenant, h->duty, version,
                         &(xj_step){.move = xj_str_c(move),
                                    .result = result == NULL ? XJ_STR_NONE : xj_str_c(result),
                                    .actor_name = XJ_STR("office")});
}

XJTEST_STORE(test_instruction__only_the_leaders_reading_ends_it)
{
    const struct house h = build(t);
    struct reading r = {.id = h.duty,
                        .person = h.people[OTHER],
                        .step = {.move = XJ_STR("read"), .actor_name = XJ_STR("李市长")}};
    const xj_obligation_filter owed = {.open = 1};
    xj_obligation *items;
    xj_duty *duty;
    xj_str body;

    must_ok(step(t, &h, 1, "acknowledge", NULL));
    must_fail(step(t, &h, 2, "finish", NULL), XJ_E_BAD_INPUT); /* it has no such move */
    must_fail(step(t, &h, 2, "read", NULL), XJ_E_CONFLICT);    /* nothing was laid before anybody */
    must_ok(step(t, &h, 2, "begin", NULL));
    must_fail(step(t, &h, 3, "ask_completion", NULL), XJ_E_BAD_INPUT);
    must_ok(step(t, &h, 3, "ask_completion", "已核实三十所学校"));
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &owed), 1);
    dutytest_day("2026-02-01");
    must_ok(step(t, &h, 4, "lay_before", NULL));
    duty = dutytest_get(t, &h.f.scope, h.duty);
    assert_str(duty->result, "已核实三十所学校");
    assert_str(duty->laid_on, "2026-02-01");
    assert_true(duty->read_on.data == NULL);
    /* the unit has done its part; when the leader reads it is not its doing */
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &owed), 0);
    r.version = 5;
    must_fail(xjtest_do(&body, t, h.f.tenant, run_reading, &r), XJ_E_FORBIDDEN);
    r.person = h.people[LEADER];
    r.step = (xj_step){
        .move = XJ_STR("return"), .why = XJ_STR("水质检测呢"), .actor_name = XJ_STR("李市长")};
    must_ok(xjtest_do(&body, t, h.f.tenant, run_reading, &r));
    duty = dutytest_get(t, &h.f.scope, h.duty);
    assert_str(duty->row.state, "returned");
    assert_true(duty->laid_on.data == NULL);
    assert_int_equal(dutytest_owed(&items, t, &h.f.scope, &owed), 1);
    must_ok(step(t, &h, 6, "lay_before", "检测已做，全部合格"));
    r.version = 7;
    r.step = (xj_step){.move = XJ_STR("read"),
                       .happened_on = XJ_STR("2026-01-31"),
                       .actor_name = XJ_STR("李市长")};
    must_ok(xjtest_do(&body, t, h.f.tenant, run_reading, &r));
    duty = dutytest_get(t, &h.f.scope, h.duty);
    assert_str(duty->row.state, "read");
    assert_str(duty->read_on, "2026-01-31");
    assert_str(duty->read_name, "李市长");
    assert_str(duty->result, "检测已做，全部合格");
    assert_int_equal(duty->row.progress, 100);
    assert_str(duty->row.light, "green");
    dutytest_sound(t);
}

/* Only those named are reminded, each in person, in messages that no burden counts. */
XJTEST_STORE(test_clock__only_those_named_of_the_unit_are_told)
{
    const struct house h = build(t);
    xj_asked_month *asked;
    xj_notice *items;
    xj_order *orders;
    xj_clock_ran ran;
    size_t n, kinds = 0;

    for (int day = 0; day < 70; day++) {
        const xj_date on = xj_date_add_days((xj_date){2026, 1, 6}, day);
        char text[XJ_DATE_LEN];

        dutytest_day(xj_date_format(text, on).data);
        must_ok(xj_clock_run(&ran, t->store, h.f.tenant, on, t->pool));
    }
    must_ok(xj_outbox_list(&items, &n, plantest_read(t), h.f.tenant, 0, 1000, t->pool));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(items[i].person, h.people[LIAISON]);
        kinds |= xj_str_eq(items[i].kind, XJ_STR("receipt"))       ? 1U
                 : xj_str_ends(items[i].subject, XJ_STR("ahead"))  ? 2U
                 : xj_str_ends(items[i].subject, XJ_STR("chase"))  ? 4U
                 : xj_str_ends(items[i].subject, XJ_STR("change")) ? 8U
                                                                   : 16U;
    }
    assert_int_equal(kinds, 15);
    assert_int_equal(n, 4); /* each once */
    must_ok(xj_order_list(&orders, &n, plantest_read(t), &h.f.scope, 0, -1, 0, 10, t->pool));
    assert_int_equal(n, 0);
    must_ok(xj_asked_list(&asked, &n, plantest_read(t), h.f.tenant, 2026, t->pool));
    assert_int_equal(n, 0);
    dutytest_sound(t);
}

struct scanning {
    int64_t duty, scan;
    const xj_evidence_file *files;
    size_t n;
};

static xj_error *
run_scan(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct scanning *s = args;

    (void)answer;
    return s->scan != 0
               ? xj_scan_remove(tx, s->duty, s->scan, XJ_STR("tester"))
               : xj_scan_add(
                     tx, s->duty,
                     &(xj_scans){.files = s->files, .n = s->n, .actor_name = XJ_STR("tester")});
}

XJTEST_STORE(test_scan__the_same_bytes_are_kept_once_and_other_kinds_refused)
{
    const struct house h = build(t);
    xj_evidence_file files[XJ_SCANS_MAX + 1] = {
        {.name = XJ_STR("a.pdf"), .kind = XJ_STR("pdf"), .hash = XJ_STR("aa"), .size = 3},
        {.name = XJ_STR("b.pdf"), .kind = XJ_STR("pdf"), .hash = XJ_STR("aa"), .size = 3},
        {.name = XJ_STR("c.png"), .kind = XJ_STR("png"), .hash = XJ_STR("cc"), .size = 3}};
    struct scanning s = {.duty = h.duty, .files = files, .n = 3};
    xj_evidence_file word = {.name = XJ_STR("d.docx"), .kind = XJ_STR("docx")};
    xj_duty *duty;
    xj_scan scan;
    xj_str body;

    must_ok(xjtest_do(&body, t, h.f.tenant, run_scan, &s));
    must_ok(xjtest_do(&body, t, h.f.tenant, run_scan, &s));
    duty = dutytest_get(t, &h.f.scope, h.duty);
    assert_int_equal(duty->nscans, 2);
    assert_str(duty->scans[1].file.name, "c.png");
    s.scan = duty->scans[0].id;
    must_ok(xjtest_do(&body, t, h.f.tenant, run_scan, &s));
    must_fail(xj_scan_get(&scan, plantest_read(t), h.f.tenant, h.duty, s.scan, t->pool),
              XJ_E_NOT_FOUND);
    must_fail(xjtest_do(&body, t, h.f.tenant, run_scan, &s), XJ_E_NOT_FOUND);
    s = (struct scanning){.duty = h.duty, .files = &word, .n = 1};
    must_fail(xjtest_do(&body, t, h.f.tenant, run_scan, &s), XJ_E_UNSUPPORTED_KIND);
    for (size_t i = 0; i < XJ_SCANS_MAX; i++)
        files[i] = (xj_evidence_file){.name = XJ_STR("p.png"),
                                      .kind = XJ_STR("png"),
                                      .hash = xj_str_printf(t->pool, "%zu", i)};
    s = (struct scanning){.duty = h.duty, .files = files, .n = XJ_SCANS_MAX};
    must_fail(xjtest_do(&body, t, h.f.tenant, run_scan, &s), XJ_E_TOO_MANY);
    s.n--;
    must_ok(xjtest_do(&body, t, h.f.tenant, run_scan, &s));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_sight__only_the_office_and_those_named_see_any_of_it),
        XJTEST_BOTH(test_viewers__a_unit_names_its_own_people_and_history_keeps_who_it_was),
        XJTEST_BOTH(test_instruction__only_the_leaders_reading_ends_it),
        XJTEST_BOTH(test_clock__only_those_named_of_the_unit_are_told),
        XJTEST_BOTH(test_scan__the_same_bytes_are_kept_once_and_other_kinds_refused)};

    return xjtest_store_main(tests);
}
