/*
 * Handing over from one unit to another: its part in a duty task with what is open of it.
 *
 * A return goes over whole where all its tasks do, with what was said in it so far; else its row
 * goes, into the other's return of that day, or into one of its own.  What was sent stays with who
 * sent it.
 */
#include "duty/body_priv.h"
#include "duty/signing_priv.h"

#include "org/unit.h"

struct owed {
    int64_t id, about, others;
    xj_str kind, raised_for;
};

typedef XJ_VEC(struct owed) owed_vec;

static xj_error *
read_owed(owed_vec *found, xj_rows *rows, bool counted, xj_pool *pool)
{
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(found, pool,
                    (struct owed){.id = xj_row_int(rows, 0),
                                  .kind = xj_row_text(rows, 1, pool),
                                  .raised_for = xj_row_text(rows, 2, pool),
                                  .about = xj_row_int(rows, 3),
                                  .others = counted ? xj_row_int(rows, 4) : 0});
    }
}

/* Unit TO's own of the day DAY; *ID 0: none. */
static xj_error *
find_own(int64_t *id, bool *takes, xj_tx *tx, int64_t to, const struct owed *owed, xj_str day)
{
    xj_rows *rows;
    bool found;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_HAND_FOUND, "iissi", xj_tx_tenant(tx), to,
                       owed->kind, day, owed->about));
    XJ_TRY(xj_rows_next(rows, &found));
    *id = found ? xj_row_int(rows, 0) : 0;
    *takes = found && xj_row_int(rows, 1) != 0;
    xj_rows_close(rows);
    return NULL;
}

/* The day by which OWED can be unit TO's: its own, or the next for which TO has none. */
static xj_error *
free_day(xj_str *day, xj_tx *tx, int64_t to, const struct owed *owed)
{
    int64_t own;
    bool takes;

    *day = owed->raised_for;
    for (;;) {
        XJ_TRY(find_own(&own, &takes, tx, to, owed, *day));
        if (own == 0)
            return NULL;
        *day = xj_day_str(xj_date_add_days(xj_day_parse(*day), 1), xj_tx_pool(tx));
    }
}

static xj_error *
note_owed(xj_tx *tx, const xj_duty__hand *hand, int64_t id)
{
    return xj_duty__note(tx, "obligation", id, XJ_STR("hand_over"), XJ_STR(""), XJ_STR(""),
                         xj_day_str(hand->on, xj_tx_pool(tx)), hand->actor, hand->why,
                         xj_str_printf(xj_tx_pool(tx), "{\"unit\":%lld}", (long long)hand->from));
}

/* All of OWED, by day DAY. */
static xj_error *
move_whole(xj_tx *tx, const xj_duty__hand *hand, const struct owed *owed, xj_str day)
{
    static const enum xj_sql said[] = {SQL_HAND_SAID, SQL_HAND_FIGURES, SQL_HAND_EVIDENCE};
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_signing__end(tx, owed->id, "overtake", hand->why, hand->actor));
    XJ_TRY(xj_db_send(db, SQL_HAND_OWED, "isiii", hand->to, day, xj_tx_now(tx), tenant, owed->id));
    XJ_TRY(xj_db_send(db, SQL_HAND_OWED_ROWS, "iii", hand->to, tenant, owed->id));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        XJ_TRY(xj_db_send(db, said[i], "iiiiii", hand->to, owed->id, tenant, owed->id, hand->from,
                          INT64_C(0)));
    return note_owed(tx, hand, owed->id);
}

/* The row of DUTY in OWED, into the other's return TARGET. */
static xj_error *
move_row(xj_tx *tx, const xj_duty__hand *hand, const struct owed *owed, int64_t duty,
         int64_t target)
{
    static const enum xj_sql said[] = {SQL_HAND_SAID, SQL_HAND_FIGURES, SQL_HAND_EVIDENCE};
    static const enum xj_sql along[] = {SQL_HAND_FEEDS, SQL_HAND_FEED_FIGURES,
                                        SQL_HAND_FEED_EVIDENCE, SQL_HAND_REMARKS};
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t moved;

    XJ_TRY(xj_signing__end(tx, owed->id, "overtake", hand->why, hand->actor));
    XJ_TRY(
        xj_db_change(&moved, db, SQL_HAND_ROW, "iiiii", target, hand->to, tenant, owed->id, duty));
    if (moved == 0)
        XJ_TRY(xj_db_send(db, SQL_HAND_ROW_END, "siii", hand->why, tenant, owed->id, duty));
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        XJ_TRY(xj_db_send(db, said[i], "iiiiii", hand->to, target, tenant, owed->id, hand->from,
                          duty));
    for (size_t i = 0; i < sizeof along / sizeof *along; i++)
        XJ_TRY(xj_db_send(db, along[i], "iiii", target, tenant, owed->id, duty));
    XJ_TRY(xj_db_send(db, SQL_HAND_CLOSE, "iii", xj_tx_now(tx), tenant, owed->id));
    return note_owed(tx, hand, owed->id);
}

static xj_error *
hand_row(xj_tx *tx, const xj_duty__hand *hand, const struct owed *owed, int64_t duty)
{
    xj_pool *pool = xj_tx_pool(tx);
    int64_t target;
    xj_str day;
    bool takes;

    XJ_TRY(find_own(&target, &takes, tx, hand->to, owed, owed->raised_for));
    if (target == 0 && (hand->whole || owed->others == 0))
        return move_whole(tx, hand, owed, owed->raised_for);
    if (!takes) {
        XJ_TRY(free_day(&day, tx, hand->to, owed));
        target = xj_tx_next_id(tx);
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_HAND_COPY, "iissiii", target, hand->to, day,
                          xj_day_str(hand->on, pool), xj_tx_now(tx), xj_tx_tenant(tx), owed->id));
        XJ_TRY(xj_duty__note(tx, "obligation", target, XJ_STR("hand_over"), XJ_STR(""), XJ_STR(""),
                             xj_day_str(hand->on, pool), hand->actor, hand->why,
                             xj_str_printf(pool, "{\"unit\":%lld}", (long long)hand->from)));
    }
    return move_row(tx, hand, owed, duty, target);
}

static xj_error *
hand_rows(xj_tx *tx, const xj_duty__hand *hand, int64_t duty)
{
    owed_vec found = {0};
    xj_rows *rows;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_HAND_ROWS, "iii", xj_tx_tenant(tx), duty, hand->from));
    XJ_TRY(read_owed(&found, rows, true, xj_tx_pool(tx)));
    for (size_t i = 0; i < found.len; i++)
        XJ_TRY(hand_row(tx, hand, &found.items[i], duty));
    return NULL;
}

xj_error *
xj_duty__hand_owed(bool *found, xj_tx *tx, const xj_duty__hand *hand, int64_t id)
{
    xj_pool *pool = xj_tx_pool(tx);
    struct owed owed = {.id = id};
    xj_rows *rows;
    xj_str day;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_HAND_ONE, "iii", xj_tx_tenant(tx), id, hand->from));
    XJ_TRY(xj_rows_next(rows, found));
    if (!*found)
        return NULL;
    owed.kind = xj_row_text(rows, 0, pool);
    owed.raised_for = xj_row_text(rows, 1, pool);
    owed.about = xj_row_int(rows, 2);
    xj_rows_close(rows);
    XJ_TRY(free_day(&day, tx, hand->to, &owed));
    return move_whole(tx, hand, &owed, day);
}

/* ---- the part ---- */

xj_error *
xj_duty__part_find(xj_duty__part *part, bool *found, xj_tx *tx, int64_t duty, int64_t unit)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    *found = false;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PARTS, "ii", xj_tx_tenant(tx), duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        if (xj_row_int(rows, 0) != unit || !xj_str_eq(xj_row_str(rows, 4), XJ_STR(XJ_DAY_NONE)))
            continue;
        *part = (xj_duty__part){.role = xj_row_text(rows, 1, pool),
                                .side = xj_row_text(rows, 2, pool),
                                .from = xj_day_parse(xj_row_str(rows, 3))};
        *found = true;
    }
}

/* What HAND's unit has of PART beside what it had before. */
static xj_duty__part
joined(const xj_duty__part *part, const xj_duty__part *own, bool has)
{
    if (!has || xj_str_eq(part->role, XJ_STR("lead")) ||
        (!xj_str_eq(part->side, XJ_STR("none")) && xj_str_eq(own->side, XJ_STR("none"))))
        return *part;
    return *own;
}

xj_error *
xj_duty__hand_part(xj_tx *tx, const xj_duty__hand *hand, int64_t duty, const xj_duty__part *part,
                   const xj_duty__part *rest)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str day = xj_day_str(hand->on, pool);
    const xj_str last = xj_day_str(xj_date_add_days(hand->on, -1), pool);
    const bool leads = rest == NULL || xj_str_eq(part->role, XJ_STR("lead"));
    const int64_t tenant = xj_tx_tenant(tx);
    xj_duty__part own = {0}, next;
    xj_db *db = xj_tx_db(tx);
    xj_duty__held held;
    bool has;

    XJ_TRY(xj_duty__load(&held, tx, duty));
    XJ_TRY(xj_duty__part_find(&own, &has, tx, duty, hand->to));
    next = joined(part, &own, has);
    XJ_TRY(hand_rows(tx, hand, duty));
    XJ_TRY(xj_db_send(db, SQL_HANDLER_END, "siii", day, tenant, duty, hand->from));
    if (rest == NULL)
        XJ_TRY(xj_db_send(db, SQL_DUTY_PART_END, "siii", last, tenant, duty, hand->from));
    else
        XJ_TRY(xj_db_send(db, SQL_DUTY_PART_SET, "iiisss", tenant, duty, hand->from, rest->role,
                          rest->side, day));
    XJ_TRY(xj_db_send(db, SQL_DUTY_PART_SET, "iiisss", tenant, duty, hand->to, next.role, next.side,
                      day));
    if (leads)
        XJ_TRY(xj_db_send(db, SQL_DUTY_OWNER_MOVED, "iiiii", hand->to, xj_tx_now(tx), tenant, duty,
                          hand->from));
    XJ_TRY(xj_duty__note(
        tx, "duty", duty, XJ_STR("hand_over"), held.state, held.state, day, hand->actor, hand->why,
        xj_str_printf(pool, "{\"%s\":%lld}", leads && held.owner == hand->from ? "owner" : "unit",
                      (long long)hand->from)));
    XJ_TRY(
        xj_duty__follow(tx, duty, hand->raise_on.year == 0 ? hand->on : hand->raise_on, hand->why));
    return xj_duty__relight_since(tx, duty, hand->on);
}

/* ---- a unit becomes another ---- */

static xj_error *
parts_of(int64_t **ids, size_t *n, xj_tx *tx, int64_t unit)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTIES_OF_UNIT, "ii", xj_tx_tenant(tx), unit));
    return xj_rows_ints(ids, n, rows, xj_tx_pool(tx));
}

/* All that HAND's unit has, done tasks too. */
static xj_error *
hand_all(xj_tx *tx, const xj_duty__hand *hand)
{
    owed_vec rest = {0};
    xj_duty__part part;
    xj_rows *rows;
    int64_t *ids;
    size_t n;
    bool has;

    XJ_TRY(parts_of(&ids, &n, tx, hand->from));
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(xj_duty__part_find(&part, &has, tx, ids[i], hand->from));
        XJ_ASSERT(has); /* read by the same days a moment ago */
        XJ_TRY(xj_duty__hand_part(tx, hand, ids[i], &part, NULL));
    }
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_HAND_REST, "ii", xj_tx_tenant(tx), hand->from));
    XJ_TRY(read_owed(&rest, rows, false, xj_tx_pool(tx)));
    for (size_t i = 0; i < rest.len; i++)
        XJ_TRY(xj_duty__hand_owed(&has, tx, hand, rest.items[i].id));
    return NULL;
}

xj_error *
xj_duty_unit_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    const xj_duty__hand hand = {.from = from,
                                .to = to,
                                .on = xj_duty__today(tx),
                                .why = XJ_STR("单位调整"),
                                .actor = xj_tx_actor_name(tx),
                                .whole = true};
    int64_t handed;
    xj_unit unit;

    XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, from, xj_tx_pool(tx)));
    /* A name that becomes a unit of its own again takes nothing along: what was done under the
     * other stays there. */
    if (!xj_str_eq(unit.name, name))
        return NULL;
    XJ_TRY(hand_all(tx, &hand));
    return xj_body__settle_left(&handed, tx, &hand);
}
