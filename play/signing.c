/* A unit that signs its returns before they go, and units that ask for more time. */
#include "play/play.h"

#include "duty/request.h"
#include "duty/signing.h"

#define UNIT "市体育局" /* which signs its returns */
#define SECTION_HEAD "tiyu-ke"
#define UNIT_HEAD "tiyu-ju"
#define LEFT 4 /* of the last days: what came then waits for whoever opens the demo */

static bool
is_late(const play *p)
{
    return xj_date_days(p->today) - xj_date_days(p->day) <= LEFT;
}

bool
play_signs(const play_unit *unit)
{
    return xj_str_eq(unit->name, XJ_STR(UNIT));
}

/* ---- the chain ---- */

static xj_error *
run_chain(xj_tx *tx, void *args, xj_buf *answer)
{
    xj_sign_step steps[] = {{.role = XJ_STR("section_head")}, {.role = XJ_STR("unit_head")}};
    const xj_sign_chain chain = {.steps = steps, .n = 2};
    int64_t now;

    (void)answer;
    return xj_sign_chain_set(&now, tx, *(const int64_t *)args, &chain);
}

xj_error *
play_chain(play *p)
{
    play_unit *unit = play_unit_named(p, XJ_STR(UNIT));

    if (unit == NULL || play_person_of(p, SECTION_HEAD) == NULL ||
        play_person_of(p, UNIT_HEAD) == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the tables lack %s or those who sign for it", UNIT);
    return play_do(p, unit->liaison, "signing.chain", run_chain, &unit->id);
}

/* ---- signing ---- */

static xj_error *
run_sign(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t now;

    (void)answer;
    return xj_signing_do(&now, tx, args);
}

/* Whether a task came into return ID that nothing is said of. */
static xj_error *
has_gap(bool *gap, play *p, xj_db *db, int64_t id)
{
    xj_report *report;

    *gap = false;
    XJ_TRY(xj_report_get(&report, db, &p->all, id, 0, p->turn));
    for (size_t i = 0; i < report->nrows; i++)
        *gap |= report->rows[i].version == 0;
    return NULL;
}

static xj_error *
sign(play *p, const play_unit *unit, const xj_signing *s)
{
    const play_person *who = play_person_of(p, s->at == 0 ? SECTION_HEAD : UNIT_HEAD);
    xj_signing_act act = {.scope = &unit->scope,
                          .obligation = s->obligation,
                          .move = XJ_STR("sign"),
                          .why = XJ_STR(""),
                          .actor_name = who->name};
    xj_signing *ways;
    xj_db *db;
    bool gap;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(has_gap(&gap, p, db, s->obligation));
    if (gap) {
        act.move = XJ_STR("send_back");
        act.why = XJ_STR("新增的任务还没有写，补上再送");
    }
    XJ_TRY(xj_signing_list(&ways, &n, db, &unit->scope, who->id, s->obligation, p->turn));
    act.version = ways[0].version;
    return play_do(p, who, "return.sign", run_sign, &act);
}

/* The section's head signs a day after it was sent, the unit's head a day later; in the last days
 * the unit's head does not come to it. */
xj_error *
play_signings(play *p)
{
    xj_pool *list = xj_pool_child(p->pool);
    xj_error *err = NULL;
    xj_signing_row *rows;
    xj_reader *reader;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, p->store, list));
    XJ_TRY(xj_signing_waiting(&rows, &n, xj_reader_db(reader), &p->all, 0, 0, 100, list));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL; i++) {
        const xj_signing *s = &rows[i].signing;

        if (play_since(p, s->started_on) < 1 + (int64_t)s->at || (s->at > 0 && is_late(p)))
            continue;
        err = sign(p, play_unit_of(p, s->unit), s);
        play_turn(p);
    }
    xj_pool_destroy(list);
    return err;
}

/* ---- asking for time ---- */

struct asking {
    const play_unit *unit;
    xj_request_new fresh;
};

static xj_error *
run_ask(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct asking *a = args;
    int64_t id;

    (void)answer;
    return xj_request_add(&id, tx, &a->unit->scope, &a->fresh);
}

/* On the last day but LEFT the first unit that is often late asks for two weeks more for what it
 * owes. */
xj_error *
play_requests(play *p)
{
    const xj_obligation_filter filter = {.kind = XJ_STR("return"), .open = 1};
    xj_request *held;
    xj_obligation *items;
    size_t n, nheld;
    xj_db *db;

    if (!is_late(p))
        return NULL;
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_request_list(&held, &nheld, db, &p->all, 0, &(xj_request_filter){0}, 0, 1, p->turn));
    XJ_TRY(xj_obligation_list(&items, &n, db, &p->all, &filter, NULL, 10000, p->turn));
    for (size_t i = 0; i < n && nheld == 0; i++) {
        const play_unit *unit = play_unit_of(p, items[i].unit);
        struct asking a = {.unit = unit,
                           .fresh = {.about = XJ_STR("obligation"),
                                     .about_id = items[i].id,
                                     .ask = XJ_STR("extend"),
                                     .why = play_words(p, "why", "ask", 0)}};

        if (unit == NULL || (unit->habit != LATE && unit->habit != SILENT))
            continue;
        a.fresh.due = play_day(
            p, xj_date_add_days(
                   play_since(p, items[i].due) > 0 ? p->day : xj_day_parse(items[i].due), 14));
        a.fresh.actor_name = unit->liaison->name;
        return play_do(p, unit->liaison, "request.add", run_ask, &a);
    }
    return NULL;
}
