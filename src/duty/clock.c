/* The clock: each day once, in order, in pieces that hold the lane for a short time. */
#include "duty/clock.h"
#include "duty/body_priv.h"
#include "duty/settle.h"
#include "duty/tell_priv.h"

#define YEAR_AHEAD 365
#define RAISE_MORE 30 /* days raised beyond that at once, so that it is not done each day */

struct day {
    xj_date day;
    int64_t after; /* the duty task whose lights were made last */
    int64_t next;
    bool done;
};

static xj_error *
touched(int64_t **ids, size_t *n, xj_tx *tx, xj_date day, const xj_rules *rules)
{
    const int64_t ahead = rules->number[XJ_RULE_LIGHT_DAYS_AHEAD];
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_LIGHT_TOUCHED, "isss", xj_tx_tenant(tx),
                       xj_day_str(xj_date_add_days(day, -1), pool),
                       xj_day_str(xj_date_add_days(day, ahead), pool), xj_day_str(day, pool)));
    return xj_rows_ints(ids, n, rows, pool);
}

static xj_error *
run_day(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t end = xj_duty__piece_end();
    xj_pool *pool = xj_tx_pool(tx);
    struct day *d = args;
    xj_duty__clock clock;
    xj_rules rules;
    int64_t *ids;
    bool lapsed;
    size_t n;

    (void)answer;
    d->next = d->after;
    d->done = false;
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    if (xj_date_cmp(d->day, clock.ran_on) <= 0) {
        d->done = true;
        return NULL;
    }
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), pool));
    XJ_TRY(xj_body__lapse(&lapsed, tx, 0, d->day, &rules, clock.office, end));
    if (!lapsed)
        return NULL;
    XJ_TRY(touched(&ids, &n, tx, d->day, &rules));
    for (size_t i = 0; i < n; i++) {
        if (ids[i] <= d->after)
            continue;
        XJ_TRY(xj_duty__relight(tx, ids[i], d->day, d->day, &rules));
        d->next = ids[i];
        if (xj_duty__piece_over(end))
            return NULL;
    }
    d->done = true;
    return NULL;
}

static xj_error *
one_day(xj_store *store, const xj_command *like, xj_date day, xj_pool *scratch)
{
    struct day d = {.day = day};

    do {
        xj_command command = {.name = "duty.day",
                              .tenant = like->tenant,
                              .actor_name = like->actor_name,
                              .run = run_day,
                              .args = &d};
        xj_str body;

        command.payload =
            xj_str_printf(scratch, "{\"day\":\"" XJ_FMT "\"}", XJ_ARG(xj_day_str(day, scratch)));
        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
        d.after = d.next;
    } while (!d.done);
    return xj_tell__write_day(store, like, day, scratch);
}

struct tenant {
    int64_t id;
    xj_date raised_to, ran_on;
};

static xj_error *
run_tenant(xj_clock_ran *ran, xj_store *store, struct tenant *t, xj_date to, xj_pool *scratch)
{
    const xj_command like = {.tenant = t->id, .actor_name = XJ_STR("clock")};
    xj_pool *pool = xj_pool_child(scratch);
    xj_raised raised;
    xj_error *err = NULL;

    for (xj_date day = xj_date_add_days(t->ran_on, 1); err == NULL && xj_date_cmp(day, to) <= 0;
         day = xj_date_add_days(day, 1)) {
        xj_pool_clear(pool);
        if (xj_date_cmp(t->raised_to, xj_date_add_days(day, YEAR_AHEAD)) < 0) {
            const xj_date last = xj_date_add_days(day, YEAR_AHEAD + RAISE_MORE);

            err = xj_obligation_raise(&raised, store, &like, xj_date_add_days(t->raised_to, 1),
                                      last, pool);
            if (err != NULL)
                break;
            t->raised_to = last;
            ran->obligations += raised.obligations;
        }
        err = one_day(store, &like, day, pool);
        ran->days++;
    }
    xj_pool_destroy(pool);
    return err;
}

static xj_error *
tenants(struct tenant **items, size_t *n, xj_store *store, xj_pool *pool)
{
    XJ_VEC(struct tenant) found = {0};
    xj_reader *reader;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_DUTY_CLOCKS, ""));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct tenant){xj_row_int(rows, 0), xj_day_parse(xj_row_str(rows, 2)),
                                    xj_day_parse(xj_row_str(rows, 3))});
    }
    xj_reader_end(reader);
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_clock_run(xj_clock_ran *ran, xj_store *store, int64_t tenant, xj_date day, xj_pool *scratch)
{
    struct tenant *items;
    size_t n;

    *ran = (xj_clock_ran){0};
    XJ_TRY(xj_duty_sweep(store, NULL, scratch));
    XJ_TRY(xj_duty_relight(store, tenant, NULL, scratch));
    XJ_TRY(tenants(&items, &n, store, scratch));
    for (size_t i = 0; i < n; i++)
        if (tenant == 0 || items[i].id == tenant)
            XJ_TRY(run_tenant(ran, store, &items[i], day, scratch));
    return NULL;
}
