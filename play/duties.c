/* Duty tasks: acknowledging, dispatch, beginning, ending, orders. */
#include "play/play.h"

#include "duty/clock.h"
#include "duty/duty.h"
#include "org/unit.h"

/* ---- acknowledging ---- */

struct receiving {
    const play_unit *unit;
    int64_t notice;
};

static xj_error *
run_receive(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct receiving *r = args;

    (void)answer;
    return xj_receipt_acknowledge(tx, r->notice, r->unit->id, XJ_STR_NONE, r->unit->liaison->name);
}

struct handing {
    const play_unit *unit;
    int64_t *duties;
    size_t n;
    int64_t section, person;
};

static xj_error *
run_hand(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct handing *h = args;

    (void)answer;
    return xj_duty_dispatch(tx, h->unit->id, h->duties, h->n, h->section, h->person,
                            h->unit->liaison->name);
}

/* The liaison officer of UNIT gives its tasks to its sections' officers, where it has any. */
static xj_error *
hand_out(play *p, const play_unit *unit)
{
    const xj_duty_filter filter = {.unit = unit->id, .action_no = -1};
    XJ_VEC(const play_person *) officers = {0};
    xj_duty_row *rows;
    xj_db *db;
    size_t n;

    for (size_t i = 0; i < p->people.len; i++) {
        const play_person *person = &p->people.items[i];

        if (xj_str_eq(person->role, XJ_STR("officer")) && person->section.data != NULL &&
            xj_str_eq(person->unit, unit->name))
            xj_vec_push(&officers, p->turn, person);
    }
    if (officers.len == 0)
        return NULL;
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_duty_list(&rows, &n, db, &p->all, unit->liaison->id, &filter, 0, 1000, p->turn));
    for (size_t k = 0; k < officers.len; k++) {
        struct handing h = {.unit = unit, .person = officers.items[k]->id};

        XJ_TRY(xj_unit_find(&h.section, db, &p->all, officers.items[k]->section));
        h.duties = XJ_NEW_ARRAY(p->turn, int64_t, n);
        for (size_t i = 0; i < n; i++)
            if (!xj_str_eq(rows[i].origin, XJ_STR("instruction")) &&
                rows[i].action_no % (int64_t)officers.len == (int64_t)k)
                h.duties[h.n++] = rows[i].id;
        if (h.n > 0)
            XJ_TRY(play_do(p, unit->liaison, "duty.dispatch", run_hand, &h));
    }
    return NULL;
}

xj_error *
play_receipts(play *p)
{
    static const int64_t most[] = {2, 6, 16, 40, 4};
    xj_duty_receipt *items;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_receipt_list(&items, &n, db, &p->all, 0, 0, true, 0, 0, 1000, p->turn));
    for (size_t i = 0; i < n; i++) {
        struct receiving r = {.unit = play_unit_of(p, items[i].unit), .notice = items[i].notice};

        if (r.unit == NULL || play_since(p, items[i].issued_on) <
                                  1 + (int64_t)play_roll((uint64_t)r.unit->id, (uint64_t)r.notice,
                                                         21, (unsigned)most[r.unit->habit]))
            continue;
        XJ_TRY(play_do(p, r.unit->liaison, "duty.acknowledge", run_receive, &r));
        XJ_TRY(hand_out(p, r.unit));
    }
    return NULL;
}

/* ---- moves ---- */

struct moving {
    int64_t id, version;
    xj_step step;
};

static xj_error *
run_move(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct moving *m = args;
    int64_t now;

    (void)answer;
    return xj_duty_step(&now, tx, m->id, m->version, &m->step);
}

static xj_error *
move(play *p, const play_person *who, const xj_duty_row *row, const xj_step *step)
{
    struct moving m = {.id = row->id, .version = row->version, .step = *step};

    if (m.step.why.data == NULL)
        m.step.why = XJ_STR("");
    m.step.actor_name = who->name;
    return play_do(p, who, "duty.move", run_move, &m);
}

static bool
stands(const xj_duty_row *row, const char *state)
{
    return xj_str_eq(row->state, xj_str_c(state));
}

/* A number of its own for ROW. */
static uint64_t
number(const play *p, const xj_duty_row *row)
{
    const play_task *task = play_task_of(p, row->title);

    return task == NULL ? 1000 + row->title.len : (uint64_t)(task - p->tasks.items);
}

/* Days behind its due day on which a task that is in hand asks to be ended; INT64_MAX: not yet. */
static int64_t
ends(const play *p, const xj_duty_row *row)
{
    const play_task *task = play_task_of(p, row->title);
    const unsigned roll = play_roll(number(p, row), 31, 0, 30);

    if (!xj_str_eq(row->deadline_kind, XJ_STR("complete_by")))
        return INT64_MAX;
    if (task != NULL && task->pace < 0.9)
        return 40 + (int64_t)roll;
    return (int64_t)roll - 22;
}

/* A task that is behind gets more time or is put off, by the office and with a reason. */
static xj_error *
put_off(play *p, const xj_duty_row *row)
{
    const unsigned roll = play_roll(number(p, row), 32, 0, 4);
    const xj_step extend = {.move = XJ_STR("extend"),
                            .why = play_words(p, "why", "extend", roll),
                            .due =
                                xj_day_str(xj_date_add_days(xj_day_parse(row->due), 60), p->turn)};

    return roll == 0 ? NULL : move(p, p->office, row, &extend);
}

static xj_error *
ask_to_end(play *p, const play_person *who, const xj_duty_row *row)
{
    xj_step step = {.move = XJ_STR("ask_completion")};

    if (row->deliverable.data != NULL) {
        step.doc_no = xj_str_printf(p->turn, "泓健推办〔%d〕%u号", p->day.year,
                                    3 + play_roll((uint64_t)row->id, 33, 0, 40));
        step.doc_on = play_day(p, p->day);
    }
    return move(p, who, row, &step);
}

/* What the office does of ROW, which its owner asked to end. */
static xj_error *
judge(play *p, const xj_duty_row *row)
{
    const int64_t days = play_since(p, row->state_on);
    const bool twice = play_roll(number(p, row), 34, 0, 9) == 0;

    if (days < 3)
        return NULL;
    if (stands(row, "reviewed"))
        return move(
            p, p->office, row,
            &(xj_step){.move = XJ_STR("finish"), .why = play_words(p, "note", "finish", 0)});
    /* Sent back once, in the first half of the year. */
    if (twice && xj_date_days(p->day) < xj_date_days(p->first) + 200)
        return move(p, p->second, row,
                    &(xj_step){.move = XJ_STR("return"), .why = play_words(p, "why", "return", 0)});
    return move(p, p->second, row,
                &(xj_step){.move = XJ_STR("review"), .why = play_words(p, "note", "review", 0)});
}

static bool
has_end(const xj_duty_row *row)
{
    return xj_str_eq(row->deadline_kind, XJ_STR("complete_by")) ||
           xj_str_eq(row->deadline_kind, XJ_STR("full_year"));
}

/* ROW in hand: it ends, gets more time, waits, goes on into the next year. */
static xj_error *
carry_on(play *p, const play_person *who, const xj_duty_row *row)
{
    const int64_t into = xj_date_days(p->day) - xj_date_days(p->first);
    const uint64_t no = number(p, row);
    const int64_t when = ends(p, row);

    if (when != INT64_MAX && play_since(p, row->due) >= when)
        return ask_to_end(p, who, row);
    if (when >= 40 && when != INT64_MAX && play_since(p, row->due) == -6)
        return put_off(p, row);
    if (no % 59 == 23 && into >= 150 && into < 153)
        return move(
            p, p->office, row,
            &(xj_step){.move = XJ_STR("suspend"), .why = play_words(p, "why", "suspend", 0)});
    if (!has_end(row) && p->day.month == 12 && p->day.day >= 26)
        return move(p, p->office, row,
                    &(xj_step){.move = XJ_STR("carry_over"),
                               .why = XJ_STR("年度进展正常，转入下年继续实施")});
    return NULL;
}

static xj_error *
tend_duty(play *p, const xj_duty_row *row)
{
    const play_unit *unit = play_unit_of(p, row->owner);
    const play_person *who = unit == NULL ? p->office : unit->liaison;
    const int64_t days = play_since(p, row->state_on);
    /* What goes on into the next year was begun in this one. */
    const bool ending = !has_end(row) && p->day.month == 12 && p->day.day >= 15;
    const int64_t wait = ending ? 0 : 3 + (int64_t)play_roll(number(p, row), 35, 0, 25);

    if (stands(row, "acknowledged") || stands(row, "dispatched"))
        return days < wait ? NULL : move(p, who, row, &(xj_step){.move = XJ_STR("begin")});
    if (stands(row, "carried_over") && p->day.month == 12)
        return NULL;
    if (stands(row, "returned") || stands(row, "carried_over") || stands(row, "amended"))
        return days < 4 ? NULL : move(p, who, row, &(xj_step){.move = XJ_STR("begin")});
    if (stands(row, "in_hand") || stands(row, "extended"))
        return carry_on(p, who, row);
    if (stands(row, "completion_asked") || stands(row, "reviewed"))
        return judge(p, row);
    if (stands(row, "suspended") && days >= 70 && number(p, row) % 2 == 1)
        return move(p, p->office, row,
                    &(xj_step){.move = XJ_STR("resume"), .why = play_words(p, "why", "resume", 0)});
    return NULL;
}

/* An instruction is handled within weeks; its result is laid before the leader, who reads it. */
static xj_error *
tend_instruction(play *p, const xj_duty_row *row)
{
    const play_person *leader = play_person_of(p, "lingdao");
    const play_unit *unit = play_unit_of(p, row->owner);
    const play_person *who = unit == NULL ? p->office : unit->liaison;
    const int64_t days = play_since(p, row->state_on);
    const xj_str result = XJ_STR("已会同有关单位现场核实，问题清单和整改措施附后，将按月跟踪。");

    if ((stands(row, "acknowledged") || stands(row, "dispatched")) && days >= 2)
        return move(p, who, row, &(xj_step){.move = XJ_STR("begin")});
    if (stands(row, "in_hand") && days >= 14)
        return move(p, who, row, &(xj_step){.move = XJ_STR("ask_completion"), .result = result});
    if (stands(row, "completion_asked") && days >= 1)
        return move(p, p->office, row, &(xj_step){.move = XJ_STR("lay_before")});
    if (stands(row, "laid_before") && days >= 2 && leader != NULL)
        return move(p, leader, row, &(xj_step){.move = XJ_STR("read")});
    return NULL;
}

static xj_error *
tend(play *p, const xj_duty_row *row)
{
    if (xj_str_eq(row->kind, XJ_STR("instruction")))
        return tend_instruction(p, row);
    return xj_str_eq(row->kind, XJ_STR("task")) ? tend_duty(p, row) : NULL;
}

xj_error *
play_duties(play *p)
{
    const xj_duty_filter filter = {.action_no = -1};
    xj_pool *list = xj_pool_child(p->pool);
    xj_error *err = NULL;
    xj_reader *reader;
    xj_duty_row *rows;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, p->store, list));
    XJ_TRY(xj_duty_list(&rows, &n, xj_reader_db(reader), &p->all, p->office->id, &filter, 0, 1000,
                        list));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL; i++) {
        err = tend(p, &rows[i]);
        play_turn(p);
    }
    xj_pool_destroy(list);
    return err;
}

/* ---- what leaders order ---- */

struct ordering {
    xj_duty_new duty;
};

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct ordering *o = args;
    int64_t id;

    (void)answer;
    return xj_duty_add(&id, tx, &o->duty);
}

static xj_error *
order(play *p, const char *origin, const char *unit, const char *title, const char *words, int days)
{
    const play_unit *lead = play_unit_named(p, xj_str_c(unit));
    const play_person *leader = play_person_of(p, "lingdao");
    const bool instructs = strcmp(origin, "instruction") == 0;
    int64_t viewers[1];
    struct ordering o = {.duty = {.programme = p->programme,
                                  .origin = xj_str_c(origin),
                                  .title = xj_str_c(title),
                                  .text = xj_str_c(words),
                                  .deadline_kind = XJ_STR("complete_by"),
                                  .due = play_day(p, play_after(p, days)),
                                  .restricted = instructs,
                                  .viewers = viewers}};

    if (lead == NULL || leader == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the tables have no %s, or no leader", unit);
    o.duty.lead = lead->id;
    if (instructs) {
        viewers[0] = lead->liaison->id;
        o.duty.nviewers = 1;
        o.duty.leader = leader->name;
        o.duty.leader_id = leader->id;
        o.duty.given_on = o.duty.starts_on = play_day(p, p->day);
        o.duty.words = xj_str_c(words);
    }
    return play_do(p, p->office, "duty.add", run_add, &o);
}

struct signing {
    int64_t id, version;
    xj_step step;
};

static xj_error *
run_sign(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct signing *s = args;
    int64_t now;

    (void)answer;
    return xj_order_step(&now, tx, s->id, s->version, &s->step);
}

/* A drafted 督办单 is signed; it ends when what it is about was sent. */
static xj_error *
tend_order(play *p, xj_db *db, const xj_order *item)
{
    struct signing s = {.id = item->id,
                        .version = item->version,
                        .step = {.why = XJ_STR(""), .actor_name = p->office->name}};
    xj_obligation_whole *whole;

    XJ_TRY(xj_obligation_get(&whole, db, &p->all, item->obligation, p->turn));
    if (!whole->obligation.open)
        s.step.move = XJ_STR("end");
    else if (xj_str_eq(item->state, XJ_STR("order_drafted")) &&
             play_since(p, item->drafted_on) >=
                 3 + (int64_t)play_roll((uint64_t)item->id, 36, 0, 8))
        s.step.move = XJ_STR("sign");
    else
        return NULL;
    return play_do(p, p->office, "order.move", run_sign, &s);
}

xj_error *
play_orders(play *p)
{
    const int64_t into = xj_date_days(p->day) - xj_date_days(p->first);
    const int64_t left = xj_date_days(p->today) - xj_date_days(p->day);
    static bool given[3];
    xj_order *items;
    xj_db *db;
    size_t n;

    if (into >= 120 && !given[0]) {
        given[0] = true;
        XJ_TRY(order(
            p, "instruction", "市教育局", "摸清校园直饮水安全底数",
            "请市教育局牵头，一个月内摸清全市校园直饮水设备底数和检测情况，列出问题清单报我。",
            30));
    }
    if (into >= 210 && !given[1]) {
        given[1] = true;
        XJ_TRY(order(p, "minutes", "市体育局", "研究青浒湖环湖步道夜间照明",
                     "市推进委员会第二次会议纪要：由市体育局会同相关单位提出照明改造意见。", 45));
    }
    if (left <= 3 && !given[2]) {
        given[2] = true;
        XJ_TRY(order(
            p, "minutes", "市教育局", "做好冬季校园传染病防控准备",
            "市推进委员会第三次会议纪要：请市教育局会同市疾控中心落实晨午检和因病缺课追踪。", 40));
        XJ_TRY(order(
            p, "instruction", "市工业和信息化局", "核实建材园区粉尘扰民反映",
            "群众反映建材园区夜间粉尘较大，请会同有关单位现场核实，提出治理意见，尽快报告。", 20));
    }
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_order_list(&items, &n, db, &p->all, 0, 1, 0, 1000, p->turn));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(tend_order(p, db, &items[i]));
    return NULL;
}
