/* Returns: drafts, feeding, sending, review; what documents ask besides. */
#include "play/play.h"

#include "duty/obligation.h"
#include "duty/signing.h"

#define AHEAD 45 /* days before a return is due that somebody may begin */

/* ---- one row ---- */

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_report_draft *const *draft = args;
    int64_t now;

    (void)answer;
    return xj_report_keep(&now, tx, *draft);
}

xj_error *
play_keep(play *p, const play_person *who, const xj_report_draft *draft)
{
    return play_do(p, who, "return.keep", run_keep, &draft);
}

static bool
finished(const xj_report_row *row)
{
    return xj_str_eq(row->state, XJ_STR("accepted")) || xj_str_eq(row->state, XJ_STR("withdrawn"));
}

void
play_name_figure(play_task *task, const xj_report_row *row, xj_pool *pool)
{
    for (size_t i = 0; i < row->text.nfigures; i++)
        if (xj_str_eq(row->text.figures[i].measure, task->measure)) {
            if (!xj_str_eq(task->indicator, row->text.figures[i].indicator))
                task->indicator = xj_str_dup(row->text.figures[i].indicator, pool);
            return;
        }
    task->indicator = XJ_STR_NONE;
}

/* Of what is built or held, some units show how it looks. */
static xj_error *
show_row(play *p, const play_unit *unit, int64_t id, const xj_report_row *row,
         const play_task *task)
{
    const bool built = task != NULL && xj_str_eq(task->kind, XJ_STR("build"));
    const bool held = task != NULL && xj_str_eq(task->kind, XJ_STR("event"));
    xj_evidence_add add = {.scope = &unit->scope,
                           .obligation = id,
                           .duty = row->duty,
                           .unit = unit->id,
                           .purpose = XJ_STR("evidence"),
                           .actor_name = unit->liaison->name};
    xj_str bytes;

    if ((!built && !held) ||
        play_roll((uint64_t)(task - p->tasks.items), (uint64_t)(unit - p->units.items), 14, 8) != 0)
        return NULL;
    XJ_TRY(play_picture(&bytes, p, built ? "sites" : "lecture"));
    return play_add_file(p, unit->liaison, &add,
                         xj_str_printf(p->turn, XJ_FMT "%s.png", XJ_ARG(task->thing),
                                       built ? "布点示意图" : "现场示意图"),
                         bytes);
}

/* UNIT says how ROW of return ID stands; WHO types it. */
static xj_error *
keep_row(play *p, const play_unit *unit, const play_person *who, int64_t id,
         const xj_report_row *row, bool on_behalf)
{
    play_task *task = play_task_of(p, row->title);
    xj_report_draft draft = {.scope = on_behalf ? &p->all : &unit->scope,
                             .obligation = id,
                             .duty = row->duty,
                             .unit = unit->id,
                             .version = row->version,
                             .on_behalf = on_behalf,
                             .actor_name = who->name};
    xj_report_text *text = &draft.text;

    if (task == NULL)
        *text = (xj_report_text){.text = play_words(p, "hand", "main", (unsigned)row->duty % 7),
                                 .difficulties = XJ_STR(""),
                                 .next_step = XJ_STR(""),
                                 .percent = 60};
    else {
        play_name_figure(task, row, p->pool);
        play_write(text, p, task, unit, false, xj_day_parse(row->due));
    }
    if (row->last_due.data != NULL && text->nfigures == 0 &&
        (row->last_percent >= text->percent ||
         play_roll((uint64_t)row->duty, (uint64_t)id, 13, 3) == 0))
        *text = (xj_report_text){.text = XJ_STR(""),
                                 .difficulties = XJ_STR(""),
                                 .next_step = XJ_STR(""),
                                 .percent = -1,
                                 .same = true};
    XJ_TRY(play_keep(p, who, &draft));
    return on_behalf || text->same ? NULL : show_row(p, unit, id, row, task);
}

/* Rows that SOME choose of return ID; ALL: those that nothing was said of. */
static xj_error *
keep_rows(play *p, const play_unit *unit, int64_t id, bool all, bool on_behalf)
{
    const play_person *who = on_behalf ? p->second : unit->liaison;
    xj_report *report;
    xj_db *db;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_report_get(&report, db, &p->all, id, 0, p->turn));
    for (size_t i = 0; i < report->nrows; i++) {
        const xj_report_row *row = &report->rows[i];
        const bool back = xj_str_eq(row->state, XJ_STR("returned"));

        if (finished(row) || (row->version > 0 && !back) || (!all && i % 3 != 0))
            continue;
        XJ_TRY(keep_row(p, unit, who, id, row, on_behalf));
    }
    return NULL;
}

/* ---- feeding ---- */

/* FROM hands its part of ROW to the unit that returns it. */
static xj_error *
feed_row(play *p, const play_unit *from, int64_t id, const xj_report_row *row)
{
    const play_task *task = play_task_of(p, row->title);
    xj_report_draft draft = {.scope = &from->scope,
                             .obligation = id,
                             .duty = row->duty,
                             .unit = from->id,
                             .give = true,
                             .actor_name = from->liaison->name};

    if (task == NULL)
        return NULL;
    play_write(&draft.text, p, task, from, true, xj_day_parse(row->due));
    return play_keep(p, from->liaison, &draft);
}

static xj_error *
feed(play *p, int64_t id)
{
    xj_report *report;
    xj_db *db;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_report_get(&report, db, &p->all, id, 0, p->turn));
    for (size_t i = 0; i < report->nrows; i++) {
        const xj_report_row *row = &report->rows[i];

        for (size_t j = 0; j < row->nfeeds && !finished(row); j++) {
            const play_unit *from = play_unit_of(p, row->feeds[j].unit);

            if (from == NULL || row->feeds[j].given || from->habit >= SILENT ||
                play_roll(i, j, (uint64_t)xj_date_days(p->day), 10) < 4)
                continue;
            XJ_TRY(feed_row(p, from, id, row));
        }
    }
    return NULL;
}

/* ---- sending ---- */

struct sending {
    play *p;
    xj_report_send send;
};

static xj_error *
run_send(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct sending *s = args;
    int64_t now;

    (void)answer;
    return xj_report_send_all(&now, tx, &s->send);
}

static xj_error *
send_return(play *p, const play_unit *unit, const xj_obligation *o)
{
    const bool paper = unit->habit == PAPER;
    const play_person *who = paper ? p->second : unit->liaison;
    struct sending s = {.p = p,
                        .send = {.scope = paper ? &p->all : &unit->scope,
                                 .obligation = o->id,
                                 .version = o->version,
                                 .happened_on = XJ_STR_NONE,
                                 .on_behalf = paper,
                                 .actor_name = who->name}};

    /* What was sent back is put right on the telephone. */
    if (paper && xj_str_eq(o->state, XJ_STR("due")))
        XJ_TRY(play_take_in(p, unit, o));
    XJ_TRY(keep_rows(p, unit, o->id, true, paper));
    return play_do(p, who, "return.send", run_send, &s);
}

/* Days behind the due day on which UNIT sends O; INT64_MAX: never. */
static int64_t
lag(const play *p, const play_unit *unit, const xj_obligation *o)
{
    const uint64_t due = (uint64_t)xj_date_days(xj_day_parse(o->due));
    const unsigned roll = play_roll((uint64_t)unit->id, due, 5, 12);

    switch (unit->habit) {
    case EARLY:
        return -3 - (int64_t)roll;
    case LATE:
        return 2 + (int64_t)roll;
    case SILENT:
        /* The last one is still not there today. */
        return xj_date_days(p->today) - (int64_t)due < 190 ? INT64_MAX : 9 + (int64_t)roll;
    case PAPER:
        return (int64_t)roll % 4 - 1;
    default:
        return -(int64_t)(roll % 5);
    }
}

/* Whether O is with those who sign for UNIT. */
static xj_error *
is_signed(bool *is, play *p, const play_unit *unit, const xj_obligation *o)
{
    xj_signing *ways;
    xj_db *db;
    size_t n;

    *is = false;
    if (!play_signs(unit))
        return NULL;
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_signing_list(&ways, &n, db, &unit->scope, 0, o->id, p->turn));
    *is = n > 0 && xj_str_eq(ways[0].state, XJ_STR("waiting"));
    return NULL;
}

/* What UNIT does today about O, which it owes. */
static xj_error *
tend_return(play *p, const play_unit *unit, const xj_obligation *o)
{
    const int64_t behind = play_since(p, o->due), when = lag(p, unit, o);
    const int64_t begin = (unit->liaison->shown ? -30 : -10) -
                          (int64_t)play_roll((uint64_t)unit->id, (uint64_t)o->id, 6, 16);
    const int64_t left = xj_date_days(p->today) - xj_date_days(p->day);
    bool waits;

    XJ_TRY(is_signed(&waits, p, unit, o));
    if (waits)
        return NULL;
    if (xj_str_eq(o->state, XJ_STR("returned")))
        return play_since(p, o->state_on) < 2 + (int64_t)play_roll((uint64_t)o->id, 7, 0, 3)
                   ? NULL
                   : send_return(p, unit, o);
    if (when != INT64_MAX && behind >= when)
        return send_return(p, unit, o);
    /* The head of one that signs its returns has something to sign. */
    if (left >= 1 && left <= 6 && behind <= 0 && play_signs(unit))
        return send_return(p, unit, o);
    /* Some send early, so that the office has something to review whatever day the year ends on. */
    if (left >= 1 && left <= 4 && behind <= 0 && unit->habit != PAPER && !unit->liaison->shown &&
        (behind > -10 || play_roll((uint64_t)unit->id, 8, 0, 5) == 0))
        return send_return(p, unit, o);
    if (unit->habit == PAPER || unit->habit == SILENT)
        return NULL;
    if (behind >= begin && behind < begin + 3)
        return keep_rows(p, unit, o->id, false, false);
    return behind >= begin + 3 && behind < begin + 5 ? feed(p, o->id) : NULL;
}

xj_error *
play_returns(play *p)
{
    const xj_obligation_filter filter = {
        .kind = XJ_STR("return"), .open = 1, .due_to = xj_day_str(play_after(p, AHEAD), p->pool)};
    xj_pool *list = xj_pool_child(p->pool);
    xj_obligation *items;
    xj_error *err = NULL;
    xj_reader *reader;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, p->store, list));
    XJ_TRY(
        xj_obligation_list(&items, &n, xj_reader_db(reader), &p->all, &filter, NULL, 10000, list));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL; i++) {
        const play_unit *unit = play_unit_of(p, items[i].unit);

        if (unit == NULL ||
            (unit->linked.year != 0 && xj_str_cmp(items[i].due, play_day(p, unit->linked)) >= 0))
            continue;
        err = tend_return(p, unit, &items[i]);
        play_turn(p);
    }
    xj_pool_destroy(list);
    return err;
}

/* ---- review ---- */

struct reviewing {
    play *p;
    int64_t id, version;
    xj_verdict *verdicts;
    size_t n;
};

static xj_error *
run_review(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct reviewing *r = args;
    int64_t now;

    (void)answer;
    return xj_report_review(&now, tx, r->id, r->version, r->verdicts, r->n, r->p->second->name);
}

static xj_error *
review(play *p, const xj_obligation *o)
{
    struct reviewing r = {.p = p, .id = o->id, .version = o->version};
    xj_report *report;
    xj_db *db;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_report_get(&report, db, &p->all, o->id, 0, p->turn));
    r.verdicts = XJ_NEW_ARRAY(p->turn, xj_verdict, report->nrows);
    for (size_t i = 0; i < report->nrows; i++) {
        const xj_report_row *row = &report->rows[i];
        const unsigned roll = play_roll((uint64_t)o->id, i, 10, 60);
        const bool back = row->nremarks == 0 && roll < 3;

        if (!xj_str_eq(row->state, XJ_STR("sent")))
            continue;
        r.verdicts[r.n++] = (xj_verdict){
            .duty = row->duty,
            .accepted = !back,
            .why = back ? play_words(p, "remark", "why", roll + (unsigned)i) : XJ_STR(""),
            .quote = XJ_STR("")};
    }
    return r.n == 0 ? NULL : play_do(p, p->second, "return.review", run_review, &r);
}

xj_error *
play_reviews(play *p)
{
    const xj_obligation_filter filter = {
        .kind = XJ_STR("return"), .state = XJ_STR("sent"), .open = -1};
    xj_pool *list;
    xj_obligation *items;
    xj_error *err = NULL;
    xj_reader *reader;
    size_t n;

    /* What came in the last days waits for whoever opens the demo. */
    if (xj_date_days(p->today) - xj_date_days(p->day) < 4)
        return NULL;
    list = xj_pool_child(p->pool);
    XJ_TRY(xj_reader_begin(&reader, p->store, list));
    XJ_TRY(
        xj_obligation_list(&items, &n, xj_reader_db(reader), &p->all, &filter, NULL, 10000, list));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL; i++) {
        if (play_since(p, items[i].state_on) <
            2 + (int64_t)play_roll((uint64_t)items[i].id, 11, 0, 6))
            continue;
        err = review(p, &items[i]);
        play_turn(p);
    }
    xj_pool_destroy(list);
    return err;
}

/* ---- what documents ask besides ---- */

struct stepping {
    int64_t id, version;
    xj_step step;
};

static xj_error *
run_step(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct stepping *s = args;
    int64_t now;

    (void)answer;
    return xj_obligation_step(&now, tx, s->id, s->version, &s->step);
}

/* What the office decides at the end of a year of tasks that just began, too. */
static bool
is_decision(const play *p, const xj_obligation *o)
{
    return o->open && xj_str_eq(o->kind, XJ_STR("decision")) && play_since(p, o->due) >= -1;
}

static xj_error *
tend_report(play *p, const xj_obligation *o)
{
    const play_unit *unit = play_unit_of(p, o->unit);
    const play_person *who = unit == NULL ? p->office : unit->liaison;
    const bool sent = xj_str_eq(o->state, XJ_STR("sent"));
    const unsigned roll = play_roll((uint64_t)o->unit, 12, 0, 20);
    struct stepping s = {
        .id = o->id, .version = o->version, .step = {.why = XJ_STR(""), .actor_name = who->name}};

    if (sent                ? play_since(p, o->state_on) < 4
        : is_decision(p, o) ? false
                            : play_since(p, o->due) < (int64_t)roll - 12)
        return NULL;
    s.step.move = sent                                     ? XJ_STR("accept")
                  : xj_str_ends(o->kind, XJ_STR("report")) ? XJ_STR("send")
                                                           : XJ_STR("do");
    if (sent)
        s.step.actor_name = p->office->name;
    return play_do(p, sent ? p->office : who, "obligation.move", run_step, &s);
}

static bool
is_report(const xj_obligation *o)
{
    return xj_str_starts(o->kind, XJ_STR("annual_")) &&
           (o->open || xj_str_eq(o->state, XJ_STR("sent")));
}

xj_error *
play_reports(play *p)
{
    const xj_obligation_filter filter = {.open = -1,
                                         .due_from = xj_day_str(play_after(p, -60), p->turn),
                                         .due_to = xj_day_str(play_after(p, 20), p->turn)};
    xj_obligation *items;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_obligation_list(&items, &n, db, &p->all, &filter, NULL, 10000, p->turn));
    for (size_t i = 0; i < n; i++)
        if (is_report(&items[i]) || is_decision(p, &items[i]))
            XJ_TRY(tend_report(p, &items[i]));
    return NULL;
}
