/* A county with a jurisdiction of its own: linked with the city's by a code, it takes the city's
 * tasks and returns them. */
#include "play/play.h"

#include "county/county.h"
#include "duty/clock.h"
#include "duty/obligation.h"
#include "org/password.h"
#include "org/post.h"

#define COUNTY "桐溪县"
#define PROGRAMME "健康桐溪行动"
#define HELPER "县教育局"
#define LINKED_DAYS 200 /* before the last day: a half-yearly return lies between */

/* ---- acts in the county ---- */

static xj_error *
act(play *p, const play_person *who, const char *name, xj_command_fn run, void *args)
{
    return play_do_in(p, p->county.all.tenant, who, name, run, args);
}

static const play_person *
office(const play *p)
{
    return &p->county.people.items[0];
}

/* ---- its beginning ---- */

static xj_error *
run_tenant(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t *tenant = args;

    (void)answer;
    return xj_tenant_add(tenant, tx, XJ_STR(COUNTY), XJ_STR("990122"));
}

static xj_error *
run_programme(xj_tx *tx, void *args, xj_buf *answer)
{
    play *p = args;

    (void)answer;
    XJ_TRY(xj_programme_add(&p->county.programme, tx, XJ_STR(PROGRAMME)));
    return xj_unit_resolve(&p->county.helper, tx, XJ_STR(HELPER));
}

struct adding {
    const play *p;
    play_person *person;
    xj_str hash;
};

static xj_error *
run_person(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct adding *a = args;
    xj_post post = {.from = a->p->day};
    int64_t id;

    (void)answer;
    if (!xj_role_parse(&post.role, a->person->role))
        return xj_error_new(XJ_E_BAD_INPUT, "there is no role \"" XJ_FMT "\"",
                            XJ_ARG(a->person->role));
    XJ_TRY(xj_person_add(&a->person->id, tx, a->person->login, a->person->name, a->hash));
    post.person = a->person->id;
    if (a->person->unit.data != NULL)
        post.unit = a->p->county.helper;
    return xj_post_add(&id, tx, &post);
}

struct linking {
    xj_str code;
    int64_t unit, programme, id;
};

static xj_error *
run_offer(xj_tx *tx, void *args, xj_buf *answer)
{
    struct linking *l = args;

    (void)answer;
    return xj_county_offer(&l->id, tx, l->unit, l->code);
}

static xj_error *
run_take_link(xj_tx *tx, void *args, xj_buf *answer)
{
    struct linking *l = args;

    (void)answer;
    return xj_county_take(&l->id, tx, l->code, l->programme);
}

static xj_error *
carry(play *p)
{
    int64_t moved;

    return xj_county_work(&moved, p->county.worker, NULL, p->turn);
}

/* The city's administrator gives a code, the county's office takes it. */
static xj_error *
found(play *p)
{
    struct linking l = {.code = xj_password_make(p->turn)};
    struct adding a = {.p = p};
    int64_t tenant = 0;

    p->county.unit = play_unit_named(p, XJ_STR(COUNTY));
    if (p->county.unit == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "units.tsv has no " COUNTY);
    XJ_TRY(play_do_in(p, 0, NULL, "tenant.add", run_tenant, &tenant));
    p->county.all = xj_scope_all(tenant);
    p->county.worker = xj_county_worker_new(p->store, p->pool);
    XJ_TRY(act(p, NULL, "programme.add", run_programme, p));
    XJ_TRY(xj_password_hash(&a.hash, p->password, p->turn));
    for (size_t i = 0; i < p->county.people.len; i++) {
        a.person = &p->county.people.items[i];
        XJ_TRY(act(p, NULL, "person.add", run_person, &a));
    }
    l.unit = p->county.unit->id;
    XJ_TRY(play_do(p, play_person_of(p, "guanli"), "county.offer", run_offer, &l));
    l.programme = p->county.programme;
    XJ_TRY(act(p, office(p), "county.ask", run_take_link, &l));
    p->county.unit->linked = p->day;
    return carry(p);
}

/* ---- what came from the city ---- */

struct receiving {
    int64_t notice, unit;
    xj_str name;
};

static xj_error *
run_receive(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct receiving *r = args;

    (void)answer;
    return xj_receipt_acknowledge(tx, r->notice, r->unit, XJ_STR_NONE, r->name);
}

static xj_error *
acknowledge(play *p)
{
    xj_duty_receipt *items;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_receipt_list(&items, &n, db, &p->county.all, 0, 0, true, 0, 0, 200, p->turn));
    for (size_t i = 0; i < n; i++) {
        const bool helper = items[i].unit == p->county.helper;
        struct receiving r = {.notice = items[i].notice, .unit = items[i].unit};
        const play_person *who = &p->county.people.items[helper];

        r.name = who->name;
        if (play_since(p, items[i].issued_on) >= 1)
            XJ_TRY(act(p, who, "duty.acknowledge", run_receive, &r));
    }
    return NULL;
}

struct taking {
    int64_t id, version;
    xj_above_take take;
};

static xj_error *
run_take(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct taking *t = args;
    int64_t now;

    (void)answer;
    return xj_above_take_do(&now, tx, t->id, t->version, &t->take);
}

/* Most as they are; some in its own words, some days earlier, with a unit of its own; a few wait.
 */
static xj_error *
take(play *p)
{
    const xj_above_filter filter = {.live = 1, .taken = XJ_STR("open")};
    xj_above *items;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_above_list(&items, &n, db, &p->county.all, 0, &filter, 0, 200, p->turn));
    for (size_t i = 0; i < n; i++) {
        const unsigned roll = play_roll((uint64_t)items[i].peer, 21, 0, 7);
        struct taking t = {.id = items[i].duty,
                           .version = items[i].version,
                           .take = {.adapted = roll < 2, .actor_name = office(p)->name}};

        if (roll == 6 || play_since(p, items[i].changed_on) < 1 + (int64_t)roll)
            continue;
        if (t.take.adapted) {
            t.take.title = xj_str_printf(p->turn, "桐溪：" XJ_FMT, XJ_ARG(items[i].title));
            t.take.text =
                xj_str_printf(p->turn, XJ_FMT "\n结合桐溪实际，由县教育局会同各乡镇落实。",
                              XJ_ARG(items[i].text));
            t.take.days_before = 5;
            t.take.units = &p->county.helper;
            t.take.nunits = t.take.set_units = true;
        }
        XJ_TRY(act(p, office(p), "assignment.take", run_take, &t));
    }
    return NULL;
}

/* ---- what it returns ---- */

static xj_error *
run_keep(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t now;

    (void)answer;
    return xj_report_keep(&now, tx, args);
}

/* What the county says of ROW: of its part, under the city's name of the task. */
static xj_error *
keep_row(play *p, const xj_obligation *o, const xj_report_row *row)
{
    const xj_str own = XJ_STR("桐溪：");
    const xj_str title =
        xj_str_starts(row->title, own) ? xj_str_skip(row->title, own.len) : row->title;
    play_task *task = play_task_of(p, title);
    xj_report_draft draft = {.scope = &p->county.all,
                             .obligation = o->id,
                             .duty = row->duty,
                             .unit = o->unit,
                             .version = row->version,
                             .actor_name = office(p)->name,
                             .text = {.text = XJ_STR("已按市里的要求落实到各乡镇，正在推进。"),
                                      .difficulties = XJ_STR(""),
                                      .next_step = XJ_STR(""),
                                      .percent = 60}};

    if (task != NULL) {
        play_name_figure(task, row, p->pool);
        play_write(&draft.text, p, task, p->county.unit, false, xj_day_parse(row->due));
    }
    return act(p, office(p), "return.keep", run_keep, &draft);
}

/* Every STEP-th row of O that waits for a word. */
static xj_error *
keep_rows(play *p, const xj_obligation *o, size_t step)
{
    xj_report *report;
    xj_db *db;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_report_get(&report, db, &p->county.all, o->id, 0, p->turn));
    for (size_t i = 0; i < report->nrows; i += step)
        if (xj_str_eq(report->rows[i].state, XJ_STR("returned")) ||
            (xj_str_eq(report->rows[i].state, XJ_STR("open")) && report->rows[i].version == 0))
            XJ_TRY(keep_row(p, o, &report->rows[i]));
    return NULL;
}

static xj_error *
run_send(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_report_send *send = args;
    int64_t now;

    (void)answer;
    return xj_report_send_all(&now, tx, send);
}

static xj_error *
send_return(play *p, const xj_obligation *o)
{
    xj_report_send send = {.scope = &p->county.all,
                           .obligation = o->id,
                           .version = o->version,
                           .happened_on = XJ_STR_NONE,
                           .actor_name = office(p)->name};

    XJ_TRY(keep_rows(p, o, 1));
    return act(p, office(p), "return.send", run_send, &send);
}

/* It sends on the day, puts right what came back within two days; the last days leave one half
 * written. */
static xj_error *
tend_returns(play *p)
{
    const xj_obligation_filter filter = {.kind = XJ_STR("return"), .open = 1};
    const int64_t left = xj_date_days(p->today) - xj_date_days(p->day);
    xj_pool *list = xj_pool_child(p->pool);
    xj_obligation *items;
    xj_error *err = NULL;
    xj_reader *reader;
    bool begun = false;
    size_t n;

    XJ_TRY(xj_reader_begin(&reader, p->store, list));
    XJ_TRY(xj_obligation_list(&items, &n, xj_reader_db(reader), &p->county.all, &filter, NULL, 100,
                              list));
    xj_reader_end(reader);
    for (size_t i = 0; i < n && err == NULL; i++) {
        const int64_t behind = play_since(p, items[i].due);
        const bool back = xj_str_eq(items[i].state, XJ_STR("returned"));

        if (back ? play_since(p, items[i].state_on) >= 2 && behind < 40 : behind >= 0)
            err = send_return(p, &items[i]);
        else if (!back && left < 4 && !begun) {
            err = keep_rows(p, &items[i], 3);
            begun = true;
        }
        play_turn(p);
    }
    xj_pool_destroy(list);
    return err;
}

/* ---- its days ---- */

xj_error *
play_county_morning(play *p)
{
    xj_clock_ran ran;

    if (p->county.all.tenant == 0)
        return NULL;
    XJ_TRY(xj_clock_run(&ran, p->store, p->county.all.tenant, p->day, p->turn));
    return carry(p);
}

xj_error *
play_county(play *p)
{
    if (p->county.all.tenant == 0)
        return xj_date_days(p->today) - xj_date_days(p->day) > LINKED_DAYS ? NULL : found(p);
    XJ_TRY(acknowledge(p));
    play_turn(p);
    XJ_TRY(take(p));
    play_turn(p);
    XJ_TRY(tend_returns(p));
    return carry(p);
}
