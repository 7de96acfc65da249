/* Playing: the days of a year, one behind the other. */
#include "play/play.h"

#include "app/ops.h"
#include "doc/doc.h"
#include "duty/clock.h"
#include "org/password.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DAY_US INT64_C(86400000000)
#define DAYS 365

unsigned
play_roll(uint64_t a, uint64_t b, uint64_t c, unsigned below)
{
    uint64_t x = a * UINT64_C(0x9E3779B97F4A7C15) ^ b * UINT64_C(0xC2B2AE3D27D4EB4F) ^
                 c * UINT64_C(0x165667B19E3779F9) ^ UINT64_C(20260101);

    x ^= x >> 31;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    x ^= x >> 29;
    x *= UINT64_C(0x94D049BB133111EB);
    x ^= x >> 32;
    return (unsigned)(x % below);
}

/* ---- the clock ---- */

/* MINUTES of DAY where the city lies. */
static int64_t
instant(xj_date day, int minutes)
{
    return xj_date_days(day) * DAY_US + (int64_t)(minutes - XJ_ZONE_MINUTES) * 60000000;
}

static void
open_day(play *p, xj_date day)
{
    p->day = day;
    xj_now_set(instant(day, 6 * 60));
}

/* Some seconds pass; nobody works behind half past five. */
static void
pass(const play *p)
{
    const int64_t now = xj_now(), end = instant(p->day, 17 * 60 + 30);

    xj_now_set(now + 23000000 < end ? now + 23000000 : now + 1000);
}

xj_date
play_after(const play *p, int64_t days)
{
    return xj_date_add_days(p->day, days);
}

int64_t
play_since(const play *p, xj_str day)
{
    return xj_date_days(p->day) - xj_date_days(xj_day_parse(day));
}

xj_str
play_day(const play *p, xj_date day)
{
    return xj_day_str(day, p->turn);
}

bool
play_works(const play *p)
{
    return xj_calendar_works(&p->calendar, p->day);
}

/* ---- acts ---- */

xj_error *
play_do(play *p, const play_person *who, const char *name, xj_command_fn run, void *args)
{
    return play_do_in(p, p->tenant, who, name, run, args);
}

xj_error *
play_do_in(play *p, int64_t tenant, const play_person *who, const char *name, xj_command_fn run,
           void *args)
{
    xj_command command = {.name = name,
                          .tenant = tenant,
                          .actor = who == NULL ? 0 : who->id,
                          .actor_name = who == NULL ? XJ_STR("os:play") : who->name,
                          .run = run,
                          .args = args};
    xj_str body;

    pass(p);
    return xj_store_do(p->store, &command, &body, NULL, p->turn);
}

xj_error *
play_read(xj_db **db, play *p)
{
    xj_reader *reader;

    XJ_TRY(xj_reader_begin(&reader, p->store, p->turn));
    *db = xj_reader_db(reader);
    return NULL;
}

void
play_turn(play *p)
{
    xj_pool_clear(p->turn);
}

play_unit *
play_unit_of(const play *p, int64_t id)
{
    for (size_t i = 0; i < p->units.len; i++)
        if (p->units.items[i].id == id)
            return &p->units.items[i];
    return NULL;
}

play_unit *
play_unit_named(const play *p, xj_str name)
{
    for (size_t i = 0; i < p->units.len; i++)
        if (xj_str_eq(p->units.items[i].name, name))
            return &p->units.items[i];
    return NULL;
}

play_person *
play_person_of(const play *p, const char *login)
{
    for (size_t i = 0; i < p->people.len; i++)
        if (xj_str_eq(p->people.items[i].login, xj_str_c(login)))
            return &p->people.items[i];
    return NULL;
}

/* ---- messages ---- */

static xj_error *
run_read(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *last = args;

    (void)answer;
    return xj_inbox_read(tx, xj_tx_actor(tx), NULL, 0, *last);
}

/* Once a week people read what they were told; the last days' messages are new. */
static xj_error *
read_inboxes(play *p)
{
    if (xj_date_weekday(p->day) != 4 || xj_date_days(p->today) - xj_date_days(p->day) < 7)
        return NULL;
    for (size_t i = 0; i < p->people.len; i++) {
        const play_person *person = &p->people.items[i];
        xj_told *told;
        xj_db *db;
        size_t n;

        XJ_TRY(play_read(&db, p));
        XJ_TRY(xj_inbox_list(&told, &n, db, p->tenant, person->id, true, 0, 1, p->turn));
        if (n > 0)
            XJ_TRY(play_do(p, person, "notice.read", run_read, &told[0].id));
        play_turn(p);
    }
    return NULL;
}

static xj_error *
play_one_day(play *p)
{
    static xj_error *(*const acts[])(play *) = {
        play_adjust, play_receipts, play_duties,   play_returns,  play_reviews, play_reports,
        play_orders, play_inspect,  play_signings, play_requests, play_county};
    xj_notice_sent sent;
    xj_clock_ran ran;

    XJ_TRY(xj_clock_run(&ran, p->store, p->tenant, p->day, p->turn));
    play_turn(p);
    XJ_TRY(play_county_morning(p));
    play_turn(p);
    xj_now_set(instant(p->day, 8 * 60 + 30));
    XJ_TRY(xj_notice_send(&sent, p->sender, p->tenant, xj_now(), NULL, p->turn));
    play_turn(p);
    if (!play_works(p))
        return NULL;
    xj_now_set(instant(p->day, 9 * 60));
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        XJ_TRY(acts[i](p));
        play_turn(p);
    }
    return read_inboxes(p);
}

static xj_error *
play_year(play *p)
{
    xj_tenant tenant;
    xj_error *err;
    xj_str plan;
    xj_db *db;

    XJ_TRY(play_read(&db, p));
    err = xj_tenant_find(&tenant, db, XJ_STR("990100"), p->turn);
    if (err == NULL)
        return xj_error_new(XJ_E_CONFLICT, "the city is there already");
    if (!xj_error_is(err, XJ_E_NOT_FOUND))
        return err;
    xj_error_clear(err);
    play_turn(p);
    XJ_TRY(play_tables(&plan, p));
    open_day(p, p->first);
    xj_now_set(instant(p->first, 9 * 60));
    XJ_TRY(play_city(p, plan));
    play_turn(p);
    for (int64_t n = 1; xj_date_cmp(p->day, p->today) < 0; n++) {
        open_day(p, xj_date_add_days(p->first, n));
        XJ_TRY(play_one_day(p));
    }
    return NULL;
}

/* ---- the program ---- */

static xj_error *
open_house(play *p, xj_settings *settings)
{
    static xj_notice_ways ways;

    xj_settings_init(settings);
    XJ_TRY(xj_settings_environ(settings, environ, p->pool));
    XJ_TRY(xj_data_lock(settings, 5000, p->pool));
    XJ_TRY(xj_data_open(&p->store, settings, false, p->pool));
    XJ_TRY(xj_data_blobs(&p->blobs, settings, p->pool));
    XJ_TRY(xj_password_start());
    p->sender = xj_notice_sender_new(p->store, &ways, p->pool);
    return NULL;
}

static int
fail(xj_error *err)
{
    for (const xj_error *e = err; e != NULL; e = xj_error_cause(e))
        fprintf(stderr, "xingjian-play: %s%s%s (%s:%d)\n", xj_error_message(e),
                xj_error_field(e) == NULL ? "" : ", at ",
                xj_error_field(e) == NULL ? "" : xj_error_field(e), xj_error_file(e),
                xj_error_line(e));
    xj_error_clear(err);
    return 1;
}

int
main(int argc, char **argv)
{
    xj_settings settings;
    xj_error *err;
    play p = {0};

    /* The child that reads one file. */
    if (argc > 1 && strcmp(argv[1], "read-doc") == 0)
        return xj_doc_child_main(argc, argv);
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: xingjian-play TABLES PLAN PASSWORD [TODAY]\n"
                        "plays the year before TODAY (2026-11-28; default: the machine's day) into "
                        "the database\nthat the settings of the environment (XJ_DATA, "
                        "XJ_DATABASE) name; all people have PASSWORD\n");
        return 2;
    }
    xj_mem_start();
    p.pool = xj_pool_root();
    p.turn = xj_pool_child(p.pool);
    p.folder = argv[1];
    p.plan = argv[2];
    p.password = xj_str_c(argv[3]);
    p.today = xj_day_of(xj_now());
    if (argc == 5 && !xj_date_parse(&p.today, xj_str_c(argv[4])))
        err = xj_error_new(XJ_E_BAD_INPUT, "\"%s\" is no day", argv[4]);
    else
        err = open_house(&p, &settings);
    p.first = xj_date_add_days(p.today, -DAYS);
    if (err == NULL)
        err = play_year(&p);
    xj_pool_destroy(p.pool);
    xj_now_set(0);
    xj_mem_stop();
    return err == NULL ? 0 : fail(err);
}
