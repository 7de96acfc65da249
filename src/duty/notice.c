/*
 * A day's messages on their way into the outbox: made of what stood before the day, beside what is
 * served, and written in pieces.  Each row is one of a kind by its key, and what goes with it is
 * written with it, so that a day that was broken off tells nothing twice and nothing less.
 */
#include "duty/clock.h"
#include "duty/tell_priv.h"

struct writing {
    xj_date day;
    const xj_tell__message *messages;
    size_t n, at, next;
    bool done;
};

/* The order that M tells of; *DRAFTED is false where it is there, or not wanted any more. */
static xj_error *
draft_order(bool *drafted, xj_tx *tx, const xj_tell__message *m, xj_str on)
{
    const int64_t id = xj_tx_next_id(tx);
    int64_t added;
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ORDER_WANTED, "iii", xj_tx_tenant(tx), m->ordered,
                       m->ordered_unit));
    XJ_TRY(xj_rows_next(rows, drafted));
    xj_rows_close(rows);
    if (!*drafted)
        return NULL;
    XJ_TRY(xj_db_change(&added, xj_tx_db(tx), SQL_ORDER_ADD, "iiiisi", xj_tx_tenant(tx), id,
                        m->ordered_unit, m->ordered, on, xj_tx_now(tx)));
    *drafted = added > 0;
    if (!*drafted)
        return NULL;
    return xj_duty__note(tx, "order", id, XJ_STR("draft"), XJ_STR("reminder"),
                         XJ_STR("order_drafted"), on, XJ_STR(""), XJ_STR_NONE, XJ_STR_NONE);
}

xj_error *
xj_tell__write_message(xj_tx *tx, const xj_tell__message *m, xj_str on)
{
    bool drafted = true;

    if (m->ordered != 0)
        XJ_TRY(draft_order(&drafted, tx, m, on));
    if (!drafted)
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_NOTICE_ADD, "iisiIssSsi", xj_tx_tenant(tx),
                      xj_tx_next_id(tx), xj_str_c(m->kind), m->unit,
                      m->person == 0 ? NULL : &m->person, m->subject, on, m->due, m->items,
                      xj_tx_now(tx)));
    for (size_t i = 0; i < m->nreminded; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_NOTICE_CHASED, "sii", on, xj_tx_tenant(tx),
                          m->reminded[i]));
    return NULL;
}

static xj_error *
write_piece(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t end = xj_duty__piece_end();
    struct writing *w = args;
    const xj_str on = xj_day_str(w->day, xj_tx_pool(tx));
    xj_duty__clock clock;

    (void)answer;
    w->next = w->at;
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    w->done = xj_date_cmp(w->day, clock.ran_on) <= 0;
    while (!w->done && w->next < w->n) {
        XJ_TRY(xj_tell__write_message(tx, &w->messages[w->next++], on));
        if (xj_duty__piece_over(end) && w->next < w->n)
            return NULL;
    }
    if (w->done)
        return NULL;
    w->done = true;
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_CLOCK_RAN, "si", on, xj_tx_tenant(tx));
}

/* ---- what a day tells ---- */

/* Up to which change it tells, once and for all; drafts that nobody needs any more are ended. */
static xj_error *
begin(xj_tx *tx, void *args, xj_buf *answer)
{
    struct writing *w = args;
    xj_calendar calendar;
    xj_duty__clock clock;

    (void)answer;
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    w->done = xj_date_cmp(w->day, clock.ran_on) <= 0;
    if (w->done)
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_CHANGE_BEGIN, "ii", xj_tx_next_id(tx), xj_tx_tenant(tx)));
    XJ_TRY(xj_calendar_get(&calendar, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_calendar_works(&calendar, w->day)
               ? xj_db_send(xj_tx_db(tx), SQL_ORDERS_MOOT, "si", xj_day_str(w->day, xj_tx_pool(tx)),
                            xj_tx_tenant(tx))
               : NULL;
}

static xj_error *
make_messages(xj_tell__messages *messages, xj_db *db, int64_t tenant, xj_date day, xj_pool *pool)
{
    int64_t since = 0, to = 0;
    xj_tell__state *state;
    xj_calendar calendar;
    xj_duty__clock clock;
    xj_rules rules;
    xj_rows *rows;
    bool found;

    XJ_TRY(xj_duty__clock_find(&clock, &found, db, tenant, pool));
    XJ_TRY(xj_rules_get(&rules, db, tenant, pool));
    XJ_TRY(xj_calendar_get(&calendar, db, tenant, pool));
    XJ_TRY(
        xj_tell__read(&state, db, tenant, day, day, &rules, &calendar, clock.office, false, pool));
    XJ_TRY(xj_tell__day(messages, state, day, pool));
    XJ_TRY(xj_db_query(&rows, db, SQL_CHANGE_TOLD, "i", tenant));
    XJ_TRY(xj_rows_next(rows, &found));
    if (found) {
        since = xj_row_int(rows, 0);
        to = xj_row_int(rows, 1);
    }
    xj_rows_close(rows);
    return xj_tell__changes(messages, db, tenant, day, since, to, clock.office, pool);
}

static xj_error *
do_part(xj_store *store, const xj_command *like, struct writing *w,
        xj_error *(*run)(xj_tx *tx, void *args, xj_buf *answer), xj_pool *scratch)
{
    xj_command command = {.name = "duty.day",
                          .tenant = like->tenant,
                          .actor_name = like->actor_name,
                          .run = run,
                          .args = w};
    xj_str body;

    command.payload =
        xj_str_printf(scratch, "{\"day\":\"" XJ_FMT "\"}", XJ_ARG(xj_day_str(w->day, scratch)));
    return xj_store_do(store, &command, &body, NULL, scratch);
}

xj_error *
xj_tell__write_day(xj_store *store, const xj_command *like, xj_date day, xj_pool *scratch)
{
    struct writing w = {.day = day};
    xj_tell__messages messages = {0};
    xj_reader *reader;

    XJ_TRY(do_part(store, like, &w, begin, scratch));
    if (w.done)
        return NULL;
    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(make_messages(&messages, xj_reader_db(reader), like->tenant, day, scratch));
    xj_reader_end(reader);
    w.messages = messages.list.items;
    w.n = messages.list.len;
    do {
        XJ_TRY(do_part(store, like, &w, write_piece, scratch));
        w.at = w.next;
    } while (!w.done);
    return NULL;
}

/* ---- looking ---- */

xj_error *
xj_outbox_list(xj_notice **items, size_t *n, xj_db *db, int64_t tenant, int64_t after,
               int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_notice) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_OUTBOX_LIST, "iii", tenant, after, limit));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_notice){.id = xj_row_int(rows, 0),
                                .kind = xj_row_text(rows, 1, result),
                                .unit = xj_row_int(rows, 2),
                                .person = xj_row_int(rows, 3),
                                .subject = xj_row_text(rows, 4, result),
                                .made_for = xj_row_text(rows, 5, result),
                                .due = xj_row_text(rows, 6, result),
                                .items = xj_row_text(rows, 7, result),
                                .created_at = xj_row_int(rows, 8)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
