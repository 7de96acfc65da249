/*
 * Lights.  They follow from facts that are kept (what was due and sent when, how the task stood),
 * so they can be made anew from any past day on: where something is entered late, the light of the
 * days between is that of the day it happened.
 */
#include "duty/duty_priv.h"

const char *
xj_light_word(xj_light light)
{
    static const char *const words[] = {"grey", "green", "yellow", "red"};

    return words[light];
}

xj_light
xj_light_of(const char **reason, const xj_part_facts *facts, xj_date day, int days_ahead,
            int behind)
{
    const xj_date horizon = xj_date_add_days(day, days_ahead);
    bool near = false, over = false;

    if (facts->done || facts->suspended) {
        *reason = facts->done ? "done" : "suspended";
        return facts->done ? XJ_LIGHT_GREEN : XJ_LIGHT_GREY;
    }
    for (size_t i = 0; i < facts->nowed; i++) {
        const xj_owed *o = &facts->owed[i];

        if (o->sent.year != 0 && xj_date_cmp(o->sent, day) <= 0)
            continue;
        over |= xj_date_cmp(o->due, day) < 0;
        near |= xj_date_cmp(o->due, horizon) <= 0;
    }
    if (over) {
        *reason = facts->encouraged    ? "soft"
                  : facts->coordinated ? "coordinated"
                  : facts->before      ? "before"
                                       : "overdue";
        return facts->encouraged || facts->coordinated || facts->before ? XJ_LIGHT_YELLOW
                                                                        : XJ_LIGHT_RED;
    }
    *reason = near ? "near" : "on_time";
    if (!near && facts->passed >= 0 && facts->progress >= 0 &&
        facts->progress + behind < facts->passed) {
        *reason = "behind";
        return XJ_LIGHT_YELLOW;
    }
    return near ? XJ_LIGHT_YELLOW : XJ_LIGHT_GREEN;
}

xj_light
xj_light_roll(const xj_light_count *c, int roll_red)
{
    const int64_t counted = c->green + c->yellow + c->red;

    if (counted == 0)
        return XJ_LIGHT_GREY;
    if (c->red > 0 && c->red * 100 >= counted * roll_red)
        return XJ_LIGHT_RED;
    return c->red + c->yellow > 0 ? XJ_LIGHT_YELLOW : XJ_LIGHT_GREEN;
}

/* ---- making them ---- */

struct owed {
    int64_t unit;
    xj_owed owed;
};

struct turn {
    xj_date day;
    xj_life life;
};

struct part {
    int64_t unit;
    bool leads, coordinated;
    xj_date from, to; /* to: year 0: no end */
};

/* From DAY on unit UNIT is only coordinated with, or is supervised. */
struct stood {
    int64_t unit;
    xj_date day;
    bool coordinated;
};

struct shape {
    bool complete_by, encouraged;
    xj_date due, starts;
    int64_t owner, programme, action_no;
    int progress;
    xj_str kind;
};

struct facts {
    int64_t duty;
    struct shape shape;
    XJ_VEC(struct owed) owed;
    XJ_VEC(struct turn) turns;
    XJ_VEC(struct part) parts;
    int ahead, behind;
    xj_date begun;              /* year 0: nobody said */
    XJ_VEC(struct stood) stood; /* by unit and day; none of a unit: as it stands now */
};

static xj_error *
read_shape(struct shape *s, xj_tx *tx, int64_t duty)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_SHAPE, "ii", xj_tx_tenant(tx), duty));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    *s = (struct shape){.complete_by = xj_str_eq(xj_row_str(rows, 2), XJ_STR("complete_by")),
                        .due = xj_day_parse(xj_row_str(rows, 3)),
                        .starts = xj_day_parse(xj_row_str(rows, 4)),
                        .owner = xj_row_int(rows, 6),
                        /* No map counts what few may see. */
                        .programme = xj_row_int(rows, 16) != 0 ? 0 : xj_row_int(rows, 8),
                        .kind = xj_duty__text(rows, 9, xj_tx_pool(tx)),
                        .encouraged = xj_str_eq(xj_row_str(rows, 11), XJ_STR("encouraged")),
                        .progress = xj_row_null(rows, 12) ? -1 : (int)xj_row_int(rows, 12),
                        .action_no = xj_row_int(rows, 13)};
    xj_rows_close(rows);
    return NULL;
}

/* What is asked of a task's days at once, before the first answer is read. */
struct asked {
    xj_rows *owed, *ends, *turns, *parts, *standings, *held;
};

static xj_error *
ask(struct asked *a, const struct facts *f, xj_tx *tx, xj_date from, xj_date to)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str first = xj_day_str(from, pool);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_query(&a->owed, db, SQL_LIGHT_ROWS, "iiss", tenant, f->duty, first,
                       xj_day_str(xj_date_add_days(to, f->ahead), pool)));
    XJ_TRY(xj_db_query(&a->ends, db, SQL_LIGHT_ENDS, "ii", tenant, f->duty));
    XJ_TRY(xj_db_query(&a->turns, db, SQL_LIGHT_STATES, "ii", tenant, f->duty));
    XJ_TRY(xj_db_query(&a->parts, db, SQL_DUTY_PARTS, "ii", tenant, f->duty));
    XJ_TRY(xj_db_query(&a->standings, db, SQL_LIGHT_STANDINGS, "ii", tenant, f->duty));
    return xj_db_query(&a->held, db, SQL_LIGHT_HELD, "iis", tenant, f->duty, first);
}

static xj_error *
read_owed(struct facts *f, xj_rows *rows, xj_pool *pool)
{
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&f->owed, pool,
                    (struct owed){
                        xj_row_int(rows, 0),
                        {xj_day_parse(xj_row_str(rows, 1)),
                         xj_row_null(rows, 2) ? (xj_date){0} : xj_day_parse(xj_row_str(rows, 2))}});
    }
}

/* In the order they were recorded: one that happened earlier than what was recorded before it takes
 * the place of all that it says happened later. */
static xj_error *
read_turns(struct facts *f, xj_rows *rows, xj_pool *pool)
{
    const xj_state_kind *kind = xj_state_kind_find(f->shape.kind);
    bool more;

    for (;;) {
        const xj_state *state;
        xj_date day;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        state = xj_state_find(kind, xj_row_str(rows, 0));
        day = xj_day_parse(xj_row_str(rows, 1));
        while (f->turns.len > 0 && xj_date_cmp(f->turns.items[f->turns.len - 1].day, day) > 0)
            f->turns.len--;
        xj_vec_push(&f->turns, pool,
                    (struct turn){day, state == NULL ? XJ_LIFE_LIVE : state->life});
    }
}

static xj_error *
read_parts(struct facts *f, xj_rows *rows, xj_pool *pool)
{
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(
            &f->parts, pool,
            (struct part){.unit = xj_row_int(rows, 0),
                          .leads = xj_row_int(rows, 0) == f->shape.owner,
                          .coordinated = xj_str_eq(xj_row_str(rows, 5), XJ_STR("coordinated")),
                          .from = xj_day_parse(xj_row_str(rows, 3)),
                          .to = xj_day_parse(xj_row_str(rows, 4))});
    }
}

static xj_error *
read_standings(struct facts *f, xj_rows *rows, xj_pool *pool)
{
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        xj_vec_push(&f->stood, pool,
                    ((struct stood){xj_row_int(rows, 0), xj_day_parse(xj_row_str(rows, 1)),
                                    xj_str_eq(xj_row_str(rows, 2), XJ_STR("coordinated"))}));
    }
}

/* Whether PART's unit was only coordinated with on DAY. */
static bool
is_coordinated(const struct facts *f, const struct part *part, xj_date day)
{
    bool coordinated = part->coordinated;

    for (size_t i = 0; i < f->stood.len; i++)
        if (f->stood.items[i].unit == part->unit && xj_date_cmp(f->stood.items[i].day, day) <= 0)
            coordinated = f->stood.items[i].coordinated;
    return coordinated;
}

static xj_light
part_light(const char **reason, const struct facts *f, const struct part *part, const xj_owed *owed,
           size_t nowed, xj_date day)
{
    const int64_t whole = xj_date_days(f->shape.due) - xj_date_days(f->shape.starts);
    const bool measured = part->leads && f->shape.complete_by && whole > 0;
    xj_part_facts facts = {.owed = owed,
                           .nowed = nowed,
                           .encouraged = f->shape.encouraged,
                           .coordinated = is_coordinated(f, part, day),
                           .before = f->begun.year != 0 && xj_date_cmp(day, f->begun) < 0,
                           .passed = -1,
                           .progress = measured ? f->shape.progress : -1};

    for (size_t i = 0; i < f->turns.len && xj_date_cmp(f->turns.items[i].day, day) <= 0; i++) {
        facts.done = f->turns.items[i].life == XJ_LIFE_OVER;
        facts.suspended = f->turns.items[i].life == XJ_LIFE_HELD;
    }
    if (measured) {
        const int64_t gone = xj_date_days(day) - xj_date_days(f->shape.starts);

        facts.passed = (int)(gone < 0 ? 0 : gone > whole ? 100 : gone * 100 / whole);
    }
    return xj_light_of(reason, &facts, day, f->ahead, f->behind);
}

/* The light that a part has had: from_on of its row, light and reason. */
struct held {
    int64_t unit;
    xj_str from, until, light, reason;
};

struct held_list {
    struct held *items;
    size_t len;
};

static xj_error *
read_held(struct held_list *list, xj_rows *rows, xj_pool *pool)
{
    XJ_VEC(struct held) found = {0};
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct held){xj_row_int(rows, 0), xj_duty__text(rows, 1, pool),
                                  xj_duty__text(rows, 2, pool), xj_duty__text(rows, 3, pool),
                                  xj_duty__text(rows, 4, pool)});
    }
    *list = (struct held_list){found.items, found.len};
    return NULL;
}

static xj_error *
reach(xj_tx *tx, int64_t duty, int64_t unit, xj_str from, xj_str until)
{
    return xj_db_send(xj_tx_db(tx), SQL_LIGHT_REACH, "siiis", until, xj_tx_tenant(tx), duty, unit,
                      from);
}

/* Walk PART from FROM to TO; what stood there from FROM on is made anew. */
static xj_error *
walk(xj_tx *tx, const struct facts *f, const struct part *part, const struct held_list *held,
     xj_date from, xj_date to)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str first = xj_day_str(from, pool);
    struct held now = {.unit = part->unit};
    XJ_VEC(xj_owed) owed = {0};
    bool later = false;

    for (size_t i = 0; i < f->owed.len; i++)
        if (f->owed.items[i].unit == part->unit)
            xj_vec_push(&owed, pool, f->owed.items[i].owed);
    for (size_t i = 0; i < held->len; i++) {
        if (held->items[i].unit != part->unit)
            continue;
        if (xj_str_cmp(held->items[i].from, first) < 0)
            now = held->items[i];
        else
            later = true;
    }
    if (later)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_LIGHT_CLEAR, "iiis", xj_tx_tenant(tx), f->duty,
                          part->unit, first));
    for (xj_date day = from; xj_date_cmp(day, to) <= 0; day = xj_date_add_days(day, 1)) {
        const bool inside = xj_date_cmp(day, part->from) >= 0 &&
                            (part->to.year == 0 || xj_date_cmp(day, part->to) <= 0);
        const xj_str on = xj_day_str(day, pool);
        const char *reason;
        xj_light light;

        if (!inside) {
            if (now.light.data != NULL && xj_str_cmp(now.until, on) > 0)
                XJ_TRY(reach(tx, f->duty, part->unit, now.from, on));
            now.light = XJ_STR_NONE;
            continue;
        }
        light = part_light(&reason, f, part, owed.items, owed.len, day);
        if (now.light.data != NULL && xj_str_eq(now.light, xj_str_c(xj_light_word(light))) &&
            xj_str_eq(now.reason, xj_str_c(reason))) {
            if (!xj_str_eq(now.until, XJ_STR(XJ_DAY_NONE)))
                XJ_TRY(reach(tx, f->duty, part->unit, now.from, XJ_STR(XJ_DAY_NONE)));
            now.until = XJ_STR(XJ_DAY_NONE);
            continue;
        }
        if (now.light.data != NULL)
            XJ_TRY(reach(tx, f->duty, part->unit, now.from, on));
        now = (struct held){part->unit, on, XJ_STR(XJ_DAY_NONE), xj_str_c(xj_light_word(light)),
                            xj_str_c(reason)};
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_LIGHT_ADD, "iiissiiiss", xj_tx_tenant(tx), f->duty,
                          part->unit, on, now.until, f->shape.action_no, f->shape.programme,
                          (int64_t)part->leads, now.light, now.reason));
    }
    return NULL;
}

xj_error *
xj_duty__relight(xj_tx *tx, int64_t duty, xj_date from, xj_date to, const xj_rules *rules)
{
    struct facts f = {.duty = duty,
                      .ahead = (int)rules->number[XJ_RULE_LIGHT_DAYS_AHEAD],
                      .behind = (int)rules->number[XJ_RULE_LIGHT_BEHIND],
                      .begun = xj_rules_begun(rules)};
    xj_pool *pool = xj_tx_pool(tx);
    struct held_list held;
    struct asked asked;

    XJ_TRY(read_shape(&f.shape, tx, duty));
    /* What begins in days to come has the light of its first day. */
    if (xj_date_cmp(from, f.shape.starts) < 0)
        from = f.shape.starts;
    if (xj_date_cmp(to, from) < 0)
        to = from;
    XJ_TRY(ask(&asked, &f, tx, from, to));
    XJ_TRY(read_owed(&f, asked.owed, pool));
    XJ_TRY(read_owed(&f, asked.ends, pool));
    XJ_TRY(read_turns(&f, asked.turns, pool));
    XJ_TRY(read_parts(&f, asked.parts, pool));
    XJ_TRY(read_standings(&f, asked.standings, pool));
    XJ_TRY(read_held(&held, asked.held, pool));
    for (size_t i = 0; i < f.parts.len; i++)
        XJ_TRY(walk(tx, &f, &f.parts.items[i], &held, from, to));
    return NULL;
}

xj_error *
xj_duty__relight_since(xj_tx *tx, int64_t duty, xj_date on)
{
    xj_rules rules;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    return xj_duty__relight(tx, duty, on, xj_duty__today(tx), &rules);
}

/* ---- looking ---- */

static xj_error *
names(xj_heat_name **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_heat_name) found = {0};
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_heat_name){xj_row_int(rows, 0), xj_duty__text(rows, 1, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

void
xj_duty__count_light(xj_light_count *count, xj_str light, int64_t n)
{
    *(xj_str_eq(light, XJ_STR("green"))    ? &count->green
      : xj_str_eq(light, XJ_STR("yellow")) ? &count->yellow
      : xj_str_eq(light, XJ_STR("red"))    ? &count->red
                                           : &count->grey) += n;
}

xj_error *
xj_heat_map(xj_heat *heat, xj_db *db, const xj_scope *scope, int64_t programme, xj_date day,
            xj_pool *result)
{
    XJ_VEC(xj_heat_cell) cells = {0};
    xj_rules rules;
    xj_rows *rows;
    bool more;

    *heat = (xj_heat){0};
    XJ_TRY(xj_rules_get(&rules, db, scope->tenant, result));
    heat->roll_red = (int)rules.number[XJ_RULE_ROLL_RED];
    XJ_TRY(xj_db_query(&rows, db, SQL_HEAT_MAP, "isi", scope->tenant, xj_day_str(day, result),
                       programme));
    for (;;) {
        xj_heat_cell *last = cells.len == 0 ? NULL : &cells.items[cells.len - 1];

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (!xj_scope_has(scope, scope->tenant, xj_row_int(rows, 1)))
            continue;
        if (last == NULL || last->action_no != xj_row_int(rows, 0) ||
            last->unit != xj_row_int(rows, 1)) {
            xj_vec_push(
                &cells, result,
                (xj_heat_cell){.action_no = xj_row_int(rows, 0), .unit = xj_row_int(rows, 1)});
            last = &cells.items[cells.len - 1];
        }
        xj_duty__count_light(&last->count, xj_row_str(rows, 2), xj_row_int(rows, 3));
    }
    heat->cells = cells.items;
    heat->ncells = cells.len;
    XJ_TRY(xj_db_query(&rows, db, SQL_ACTION_NAMES, "ii", scope->tenant, programme));
    XJ_TRY(names(&heat->actions, &heat->nactions, rows, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_UNIT_NAMES, "i", scope->tenant));
    return names(&heat->units, &heat->nunits, rows, result);
}

xj_error *
xj_light_list(xj_light_row **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t duty,
              xj_date from, xj_date day, xj_pool *result)
{
    XJ_VEC(xj_light_row) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_LIGHT_AT, "issi", scope->tenant, xj_day_str(day, result),
                       xj_day_str(from, result), duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (!xj_scope_has(scope, scope->tenant, xj_row_int(rows, 1)))
            continue;
        xj_vec_push(&found, result,
                    (xj_light_row){.duty = xj_row_int(rows, 0),
                                   .unit = xj_row_int(rows, 1),
                                   .unit_name = xj_duty__text(rows, 2, result),
                                   .light = xj_duty__text(rows, 3, result),
                                   .reason = xj_duty__text(rows, 4, result),
                                   .from_on = xj_duty__text(rows, 5, result),
                                   .until_on = xj_duty__text(rows, 6, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
