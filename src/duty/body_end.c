/*
 * What follows when a body set up for a time ends: the office stands in from the day after, and
 * says who goes on.
 */
#include "duty/body_priv.h"

#include "org/area.h"
#include "org/unit.h"

static const char *const about_words[] = {"duty", "obligation"};

static xj_error *
leave(xj_tx *tx, int64_t body, xj_body_about about, int64_t id, const xj_duty__part *part,
      const xj_duty__part *own, xj_date on)
{
    return xj_db_send(xj_tx_db(tx), SQL_BODY_LEAVES, "iiisissSSs", xj_tx_tenant(tx),
                      xj_tx_next_id(tx), body, xj_str_c(about_words[about]), id,
                      part == NULL ? XJ_STR("") : part->role,
                      part == NULL ? XJ_STR("") : part->side, own == NULL ? XJ_STR_NONE : own->role,
                      own == NULL ? XJ_STR_NONE : own->side, xj_day_str(on, xj_tx_pool(tx)));
}

static xj_str
why_of(xj_str name, xj_pool *pool)
{
    return xj_str_printf(pool, XJ_FMT "已到期，由推进办代管", XJ_ARG(name));
}

/* What another body left of DUTY, beside LEFT: its part, and what the office had before. */
static xj_error *
other_left(xj_duty__part *part, xj_duty__part *own, bool *found, xj_tx *tx, int64_t duty,
           int64_t left)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;

    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_LEFT_OTHER, "iii", xj_tx_tenant(tx), duty, left));
    XJ_TRY(xj_rows_next(rows, found));
    if (*found) {
        *part =
            (xj_duty__part){.role = xj_row_text(rows, 0, pool), .side = xj_row_text(rows, 1, pool)};
        *own =
            (xj_duty__part){.role = xj_row_text(rows, 2, pool), .side = xj_row_text(rows, 3, pool)};
    }
    xj_rows_close(rows);
    return NULL;
}

/* What part the office has in DUTY by itself. */
static xj_error *
own_part(xj_duty__part *own, bool *has, xj_tx *tx, int64_t duty, int64_t office)
{
    xj_duty__part part;

    XJ_TRY(other_left(&part, own, has, tx, duty, 0));
    if (!*has)
        return xj_duty__part_find(own, has, tx, duty, office);
    *has = own->role.data != NULL;
    return NULL;
}

struct ended {
    int64_t body;
    xj_str name;
    xj_duty__part part;
};

static xj_error *
stand_in(xj_tx *tx, int64_t duty, const struct ended *e, xj_date on, int64_t office)
{
    const xj_duty__hand hand = {.from = e->body,
                                .to = office,
                                .on = on,
                                .why = why_of(e->name, xj_tx_pool(tx)),
                                .actor = XJ_STR(""),
                                .whole = true};
    xj_duty__part own;
    bool has;

    XJ_TRY(own_part(&own, &has, tx, duty, office));
    XJ_TRY(leave(tx, e->body, XJ_BODY_DUTY, duty, &e->part, has ? &own : NULL, on));
    return xj_duty__hand_part(tx, &hand, duty, &e->part, NULL);
}

xj_error *
xj_body__stand_in(xj_tx *tx, int64_t duty, xj_date on, int64_t office)
{
    XJ_VEC(struct ended) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_duty__part part;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_ENDED_PARTS, "iisi", xj_tx_tenant(tx), duty,
                       xj_day_str(on, pool), office));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct ended){
                        xj_row_int(rows, 0),
                        xj_row_text(rows, 1, pool),
                        {.role = xj_row_text(rows, 2, pool), .side = xj_row_text(rows, 3, pool)}});
    }
    for (size_t i = 0; i < found.len; i++) {
        XJ_TRY(xj_duty__part_find(&part, &more, tx, duty, found.items[i].body));
        /* What follows the first may have taken the next along. */
        if (more)
            XJ_TRY(stand_in(tx, duty, &found.items[i], on, office));
    }
    return NULL;
}

/* ---- the clock, and a changed last day ---- */

static xj_error *
ids_of(int64_t **ids, size_t *n, xj_tx *tx, int64_t body, xj_date day, int64_t office)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_ENDED_DUTIES, "isii", xj_tx_tenant(tx),
                       xj_day_str(day, xj_tx_pool(tx)), office, body));
    return xj_rows_ints(ids, n, rows, xj_tx_pool(tx));
}

static xj_error *
leave_owed(size_t *n, xj_tx *tx, int64_t body, xj_date day, int64_t office)
{
    struct owed {
        int64_t id;
        xj_duty__hand hand;
    };
    XJ_VEC(struct owed) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_ENDED_OWED, "isii", xj_tx_tenant(tx),
                       xj_day_str(day, pool), office, body));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct owed){xj_row_int(rows, 0),
                                  {.from = xj_row_int(rows, 1),
                                   .to = office,
                                   .on = day,
                                   .why = why_of(xj_row_text(rows, 2, pool), pool),
                                   .actor = XJ_STR(""),
                                   .whole = true}});
    }
    for (size_t i = 0; i < found.len; i++) {
        const struct owed *o = &found.items[i];
        bool has;

        XJ_TRY(leave(tx, o->hand.from, XJ_BODY_OWED, o->id, NULL, NULL, day));
        XJ_TRY(xj_duty__hand_owed(&has, tx, &o->hand, o->id));
    }
    *n = found.len;
    return NULL;
}

xj_error *
xj_body__lapse(bool *done, xj_tx *tx, int64_t body, xj_date day, const xj_rules *rules,
               int64_t office, int64_t end)
{
    int64_t *ids;
    size_t n;

    *done = false;
    do {
        XJ_TRY(ids_of(&ids, &n, tx, body, day, office));
        for (size_t i = 0; i < n; i++) {
            XJ_TRY(xj_body__stand_in(tx, ids[i], day, office));
            XJ_TRY(xj_duty__relight(tx, ids[i], day, day, rules));
            if (xj_duty__piece_over(end))
                return NULL;
        }
    } while (n > 0);
    do
        XJ_TRY(leave_owed(&n, tx, body, day, office));
    while (n > 0 && !xj_duty__piece_over(end));
    *done = n == 0;
    return NULL;
}

/* What documents ask behind the last day is who stands in's. */
static xj_error *
hand_beyond(xj_tx *tx, int64_t body, xj_str name, int64_t office)
{
    const xj_duty__hand hand = {.from = body,
                                .to = office,
                                .on = xj_duty__today(tx),
                                .why = why_of(name, xj_tx_pool(tx)),
                                .actor = xj_tx_actor_name(tx)};
    xj_rows *rows;
    int64_t *ids;
    bool moved;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_BEYOND, "ii", xj_tx_tenant(tx), body));
    XJ_TRY(xj_rows_ints(&ids, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_duty__hand_owed(&moved, tx, &hand, ids[i]));
    return NULL;
}

xj_error *
xj_body_ends(xj_tx *tx, int64_t unit)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    const xj_date today = xj_duty__today(tx);
    xj_duty__clock clock;
    xj_rules rules;
    xj_rows *rows;
    xj_unit body;
    int64_t *ids;
    bool found;
    size_t n;

    XJ_TRY(xj_unit_get(&body, xj_tx_db(tx), &all, unit, xj_tx_pool(tx)));
    XJ_TRY(xj_duty__clock_find(&clock, &found, xj_tx_db(tx), all.tenant, xj_tx_pool(tx)));
    if (body.kind != XJ_UNIT_COMMITTEE || !found || unit == clock.office)
        return NULL;
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), all.tenant, xj_tx_pool(tx)));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTIES_OF_UNIT, "ii", all.tenant, unit));
    XJ_TRY(xj_rows_ints(&ids, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(xj_duty__follow(tx, ids[i], today, XJ_STR("机构存续期调整")));
        XJ_TRY(xj_duty__relight_since(tx, ids[i], today));
    }
    XJ_TRY(hand_beyond(tx, unit, body.name, clock.office));
    return xj_body__lapse(&found, tx, unit, today, &rules, clock.office, INT64_MAX);
}

xj_error *
xj_body__stands(int64_t *unit, xj_tx *tx, xj_date day, int64_t office)
{
    xj_rows *rows;
    bool ended;

    if (*unit == office)
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_STANDS_NOT, "iis", xj_tx_tenant(tx), *unit,
                       xj_day_str(day, xj_tx_pool(tx))));
    XJ_TRY(xj_rows_next(rows, &ended));
    if (ended)
        *unit = xj_row_null(rows, 0) ? office : xj_row_int(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

/* ---- the office says who goes on ---- */

struct left {
    int64_t id, about;
    xj_duty__part part, own;
};

/* What HAND's body left of ABOUT; ONLY (0: all) is the one. */
static xj_error *
read_left(struct left **items, size_t *n, xj_tx *tx, int64_t body, xj_body_about about,
          int64_t only)
{
    XJ_VEC(struct left) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_BODY_LEFT, "iis", xj_tx_tenant(tx), body,
                       xj_str_c(about_words[about])));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (only == 0 || only == xj_row_int(rows, 1))
            xj_vec_push(&found, pool,
                        (struct left){.id = xj_row_int(rows, 0),
                                      .about = xj_row_int(rows, 1),
                                      .part = {.role = xj_row_text(rows, 2, pool),
                                               .side = xj_row_text(rows, 3, pool),
                                               .from = xj_day_parse(xj_row_str(rows, 6))},
                                      .own = {.role = xj_row_text(rows, 4, pool),
                                              .side = xj_row_text(rows, 5, pool)}});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* The office, or the owner that somebody named since, has it no more: nothing is to be moved. */
static xj_error *
still_there(bool *there, xj_tx *tx, const struct left *left, int64_t office)
{
    xj_duty__part part;
    xj_duty__held held;

    XJ_TRY(xj_duty__load(&held, tx, left->about));
    XJ_TRY(xj_duty__part_find(&part, there, tx, left->about, office));
    *there = *there && (held.live || xj_str_eq(held.state, XJ_STR("suspended"))) &&
             (!xj_str_eq(left->part.role, XJ_STR("lead")) || held.owner == office);
    return NULL;
}

/* HAND for what its unit has from day FROM on: not before. */
static xj_duty__hand
since(const xj_duty__hand *hand, xj_date from)
{
    xj_duty__hand one = *hand;

    if (xj_date_cmp(one.on, from) < 0)
        one.on = from;
    return one;
}

static xj_error *
settle_one(bool *handed, xj_tx *tx, const xj_duty__hand *hand, const struct left *left,
           xj_body_about about)
{
    xj_duty__hand from_office = since(hand, left->part.from);
    xj_duty__part rest = left->own, own;
    bool other = false;

    if (about == XJ_BODY_DUTY) {
        XJ_TRY(still_there(handed, tx, left, hand->from));
        from_office.whole = false;
        if (rest.role.data == NULL)
            XJ_TRY(other_left(&rest, &own, &other, tx, left->about, left->id));
        if (*handed && hand->to != hand->from)
            XJ_TRY(xj_duty__hand_part(tx, &from_office, left->about, &left->part,
                                      rest.role.data == NULL ? NULL : &rest));
    } else {
        *handed = true;
        if (hand->to != hand->from)
            XJ_TRY(xj_duty__hand_owed(handed, tx, &from_office, left->about));
    }
    return xj_db_send(xj_tx_db(tx), SQL_BODY_LEFT_SETTLE, "siii",
                      xj_day_str(from_office.on, xj_tx_pool(tx)), hand->to, xj_tx_tenant(tx),
                      left->id);
}

/* What BODY left of ABOUT (ONLY 0: all of it) goes to HAND's TO. */
static xj_error *
settle_left(int64_t *handed, xj_tx *tx, int64_t body, const xj_duty__hand *hand,
            xj_body_about about, int64_t only)
{
    struct left *items;
    size_t n;

    XJ_TRY(read_left(&items, &n, tx, body, about, only));
    for (size_t i = 0; i < n; i++) {
        bool has;

        XJ_TRY(settle_one(&has, tx, hand, &items[i], about));
        *handed += has;
    }
    return NULL;
}

xj_error *
xj_body__settle_left(int64_t *handed, xj_tx *tx, const xj_duty__hand *hand)
{
    xj_duty__hand office = *hand;
    xj_duty__clock clock;
    bool found;

    *handed = 0;
    XJ_TRY(xj_duty__clock_find(&clock, &found, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    if (!found)
        return NULL;
    office.from = clock.office;
    XJ_TRY(settle_left(handed, tx, hand->from, &office, XJ_BODY_DUTY, 0));
    return settle_left(handed, tx, hand->from, &office, XJ_BODY_OWED, 0);
}

/* ---- the command ---- */

/* One duty task or obligation of H's body, held by it or left. */
static xj_error *
hand_one(int64_t *handed, xj_tx *tx, const xj_body_hand *h, const xj_duty__hand *own,
         xj_body_about about, int64_t id)
{
    const int64_t before = *handed;
    xj_duty__hand office = *own, one;
    xj_duty__clock clock;
    xj_duty__part part;
    bool has;

    if (about == XJ_BODY_DUTY) {
        XJ_TRY(xj_duty__part_find(&part, &has, tx, id, h->body));
        if (has && h->to != h->body) {
            one = since(own, part.from);
            XJ_TRY(xj_duty__hand_part(tx, &one, id, &part, NULL));
        }
    } else if (h->to == h->body) {
        has = false;
    } else {
        XJ_TRY(xj_duty__hand_owed(&has, tx, own, id));
    }
    if (has) {
        ++*handed;
        return NULL;
    }
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    office.from = clock.office;
    XJ_TRY(settle_left(handed, tx, h->body, &office, about, id));
    /* Where all is given back, what the body has is no fault. */
    return *handed > before || h->all
               ? NULL
               : xj_error_new(XJ_E_NOT_FOUND, "the body has nothing open of number %lld",
                              (long long)id);
}

/* All that is open, which few may see too. */
static xj_error *
hand_all(int64_t *handed, xj_tx *tx, const xj_body_hand *h, const xj_duty__hand *own)
{
    for (int about = XJ_BODY_DUTY; about <= XJ_BODY_OWED; about++) {
        xj_body_open *items;
        int64_t after = 0;
        size_t n;

        do {
            XJ_TRY(xj_body_open_list(&items, &n, xj_tx_db(tx), xj_tx_tenant(tx), h->body,
                                     (xj_body_about)about, after, XJ_BODY_HAND_MAX,
                                     xj_tx_pool(tx)));
            for (size_t i = 0; i < n; i++) {
                after = items[i].id;
                XJ_TRY(hand_one(handed, tx, h, own, (xj_body_about)about, after));
            }
        } while (n == XJ_BODY_HAND_MAX);
    }
    return NULL;
}

/* Errors: NOT_FOUND, BAD_INPUT. */
static xj_error *
check(xj_body_closing *body, xj_unit *to, xj_tx *tx, const xj_body_hand *h)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_pool *pool = xj_tx_pool(tx);
    xj_unit_facts facts;

    XJ_TRY(xj_body_closing_get(body, xj_tx_db(tx), all.tenant, xj_duty__today(tx), h->body, pool));
    XJ_TRY(xj_duty__check_version(body->version, h->version, "body"));
    XJ_TRY(xj_duty__check_text(h->why, XJ_BODY_WHY_MAX, true, "why"));
    XJ_TRY(xj_unit_get(to, xj_tx_db(tx), &all, h->to, pool));
    XJ_TRY(xj_unit_facts_get(&facts, xj_tx_db(tx), &all, h->to, pool));
    if (to->kind == XJ_UNIT_GROUP || to->alias_of != 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a group or an alias goes on with nothing"),
                           "/unit");
    if (facts.ends_on.data != NULL &&
        xj_str_cmp(facts.ends_on, xj_day_str(xj_duty__today(tx), pool)) < 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the unit ended on " XJ_FMT, XJ_ARG(facts.ends_on)),
            "/unit");
    if (h->to == h->body && body->left == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the body has it already"), "/unit");
    return NULL;
}

/* Note the successor of BODY, where it is not said already. */
static xj_error *
note_successor(xj_tx *tx, const xj_body_closing *body, const xj_body_hand *h)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_pool *pool = xj_tx_pool(tx);
    xj_successor *items;
    size_t n;

    if (h->to == h->body)
        return NULL;
    for (int older = 0; older < 2; older++) {
        XJ_TRY(xj_successors(&items, &n, xj_tx_db(tx), &all, XJ_SUCCESSION_UNIT, h->body,
                             older != 0, pool));
        for (size_t i = 0; i < n; i++)
            if (items[i].id == h->to)
                return NULL;
    }
    return xj_unit_succeed(tx, h->body, h->to,
                           xj_day_str(xj_date_add_days(xj_day_parse(body->ends_on), 1), pool),
                           h->why, false);
}

xj_error *
xj_body_hand_over(int64_t *handed, xj_tx *tx, const xj_body_hand *h)
{
    xj_duty__hand own = {.from = h->body,
                         .to = h->to,
                         .raise_on = xj_duty__today(tx),
                         .why = h->why,
                         .actor = h->actor_name,
                         .whole = h->all};
    xj_body_closing body;
    xj_unit to;
    xj_str on;

    *handed = 0;
    XJ_TRY(check(&body, &to, tx, h));
    XJ_TRY(xj_duty__happened(&on, tx, h->happened_on));
    own.on = xj_day_parse(on);
    if (xj_str_cmp(body.ends_on, xj_day_str(own.raise_on, xj_tx_pool(tx))) < 0 &&
        xj_str_cmp(on, body.ends_on) <= 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the body had it itself up to " XJ_FMT ", its last day",
                                        XJ_ARG(body.ends_on)),
                           "/happened_on");
    if (h->all) {
        XJ_TRY(note_successor(tx, &body, h));
        XJ_TRY(hand_all(handed, tx, h, &own));
    }
    for (size_t i = 0; i < h->nduties && !h->all; i++)
        XJ_TRY(hand_one(handed, tx, h, &own, XJ_BODY_DUTY, h->duties[i]));
    for (size_t i = 0; i < h->nowed && !h->all; i++)
        XJ_TRY(hand_one(handed, tx, h, &own, XJ_BODY_OWED, h->owed[i]));
    XJ_TRY(xj_unit_touch(tx, h->body));
    xj_tx_subject(tx, "unit", h->body);
    return NULL;
}
