/*
 * Lights.  They follow from facts that are kept (what was due and sent when, how the task stood),
 * so they can be made anew from any past day on: where something is entered late, the light of the
 * days between is that of the day it happened.
 */
#include "duty/light_priv.h"

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

xj_light__rules
xj_light__rules_of(const xj_rules *rules)
{
    return (xj_light__rules){.ahead = (int)rules->number[XJ_RULE_LIGHT_DAYS_AHEAD],
                             .behind = (int)rules->number[XJ_RULE_LIGHT_BEHIND],
                             .begun = xj_rules_begun(rules)};
}

void
xj_light__read_shape(xj_light__facts *f, const xj_rows *row, xj_pool *pool)
{
    f->shape =
        (xj_light__shape){.complete_by = xj_str_eq(xj_row_str(row, 2), XJ_STR("complete_by")),
                          .due = xj_day_parse(xj_row_str(row, 3)),
                          .starts = xj_day_parse(xj_row_str(row, 4)),
                          .owner = xj_row_int(row, 6),
                          /* No map counts what few may see. */
                          .programme = xj_row_int(row, 16) != 0 ? 0 : xj_row_int(row, 8),
                          .kind = xj_row_text(row, 9, pool),
                          .encouraged = xj_str_eq(xj_row_str(row, 11), XJ_STR("encouraged")),
                          .progress = xj_row_null(row, 12) ? -1 : (int)xj_row_int(row, 12),
                          .action_no = xj_row_int(row, 13)};
}

void
xj_light__add_owed(xj_light__facts *f, const xj_rows *row, xj_pool *pool)
{
    xj_vec_push(
        &f->owed, pool,
        (xj_light__owed){xj_row_int(row, 0),
                         {xj_day_parse(xj_row_str(row, 1)),
                          xj_row_null(row, 2) ? (xj_date){0} : xj_day_parse(xj_row_str(row, 2))}});
}

/* In the order they were recorded: one that happened earlier than what was recorded before it takes
 * the place of all that it says happened later. */
void
xj_light__add_turn(xj_light__facts *f, const xj_rows *row, xj_pool *pool)
{
    const xj_state *state = xj_state_find(xj_state_kind_find(f->shape.kind), xj_row_str(row, 0));
    const xj_date day = xj_day_parse(xj_row_str(row, 1));

    while (f->turns.len > 0 && xj_date_cmp(f->turns.items[f->turns.len - 1].day, day) > 0)
        f->turns.len--;
    xj_vec_push(&f->turns, pool, (xj_light__turn){day, state == NULL ? XJ_LIFE_LIVE : state->life});
}

void
xj_light__add_part(xj_light__facts *f, const xj_rows *row, xj_pool *pool)
{
    xj_vec_push(
        &f->parts, pool,
        (xj_light__part){.unit = xj_row_int(row, 0),
                         .leads = xj_row_int(row, 0) == f->shape.owner,
                         .coordinated = xj_str_eq(xj_row_str(row, 5), XJ_STR("coordinated")),
                         .from = xj_day_parse(xj_row_str(row, 3)),
                         .to = xj_day_parse(xj_row_str(row, 4))});
}

void
xj_light__add_stood(xj_light__facts *f, const xj_rows *row, xj_pool *pool)
{
    xj_vec_push(&f->stood, pool,
                (xj_light__stood){xj_row_int(row, 0), xj_day_parse(xj_row_str(row, 1)),
                                  xj_str_eq(xj_row_str(row, 2), XJ_STR("coordinated"))});
}

static xj_error *
each(xj_light__facts *f, xj_rows *rows,
     void (*add)(xj_light__facts *f, const xj_rows *row, xj_pool *pool), xj_pool *pool)
{
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        add(f, rows, pool);
    }
}

static xj_error *
read_shape(xj_light__facts *f, xj_tx *tx)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_SHAPE, "ii", xj_tx_tenant(tx), f->duty));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    xj_light__read_shape(f, rows, xj_tx_pool(tx));
    xj_rows_close(rows);
    return NULL;
}

/* All but the shape, for lights of FROM to TO, and in *HELD what those of before are: everything is
 * asked at once, before the first answer is read. */
static xj_error *
read_facts(xj_light__facts *f, xj_rows **held, xj_tx *tx, xj_date from, xj_date to, int ahead)
{
    static const struct {
        enum xj_sql sql;
        void (*add)(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
    } others[] = {{SQL_LIGHT_ENDS, xj_light__add_owed},
                  {SQL_LIGHT_STATES, xj_light__add_turn},
                  {SQL_DUTY_PARTS, xj_light__add_part},
                  {SQL_LIGHT_STANDINGS, xj_light__add_stood}};
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str first = xj_day_str(from, pool);
    xj_rows *owed, *rows[sizeof others / sizeof *others];
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_db_query(&owed, db, SQL_LIGHT_ROWS, "iiss", tenant, f->duty, first,
                       xj_day_str(xj_date_add_days(to, ahead), pool)));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        XJ_TRY(xj_db_query(&rows[i], db, others[i].sql, "ii", tenant, f->duty));
    XJ_TRY(xj_db_query(held, db, SQL_LIGHT_HELD, "iis", tenant, f->duty, first));
    XJ_TRY(each(f, owed, xj_light__add_owed, pool));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        XJ_TRY(each(f, rows[i], others[i].add, pool));
    return NULL;
}

/* Whether PART's unit was only coordinated with on DAY. */
static bool
is_coordinated(const xj_light__facts *f, const xj_light__part *part, xj_date day)
{
    bool coordinated = part->coordinated;

    for (size_t i = 0; i < f->stood.len; i++)
        if (f->stood.items[i].unit == part->unit && xj_date_cmp(f->stood.items[i].day, day) <= 0)
            coordinated = f->stood.items[i].coordinated;
    return coordinated;
}

bool
xj_light__holds(const xj_light__part *part, xj_date day)
{
    return xj_date_cmp(day, part->from) >= 0 &&
           (part->to.year == 0 || xj_date_cmp(day, part->to) <= 0);
}

xj_owed *
xj_light__owed_of(size_t *n, const xj_light__facts *f, int64_t unit, xj_pool *pool)
{
    XJ_VEC(xj_owed) owed = {0};

    for (size_t i = 0; i < f->owed.len; i++)
        if (f->owed.items[i].unit == unit)
            xj_vec_push(&owed, pool, f->owed.items[i].owed);
    *n = owed.len;
    return owed.items;
}

xj_light
xj_light__of_part(const char **reason, const xj_light__facts *f, const xj_light__part *part,
                  const xj_owed *owed, size_t nowed, const xj_light__rules *rules, xj_date day)
{
    const int64_t whole = xj_date_days(f->shape.due) - xj_date_days(f->shape.starts);
    const bool measured = part->leads && f->shape.complete_by && whole > 0;
    xj_part_facts facts = {.owed = owed,
                           .nowed = nowed,
                           .encouraged = f->shape.encouraged,
                           .coordinated = is_coordinated(f, part, day),
                           .before = rules->begun.year != 0 && xj_date_cmp(day, rules->begun) < 0,
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
    return xj_light_of(reason, &facts, day, rules->ahead, rules->behind);
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
                    (struct held){xj_row_int(rows, 0), xj_row_text(rows, 1, pool),
                                  xj_row_text(rows, 2, pool), xj_row_text(rows, 3, pool),
                                  xj_row_text(rows, 4, pool)});
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
walk(xj_tx *tx, const xj_light__facts *f, const xj_light__part *part, const struct held_list *held,
     const xj_light__rules *rules, xj_date from, xj_date to)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str first = xj_day_str(from, pool);
    struct held now = {.unit = part->unit};
    bool later = false;
    size_t nowed;
    const xj_owed *owed = xj_light__owed_of(&nowed, f, part->unit, pool);

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
        const xj_str on = xj_day_str(day, pool);
        const char *reason;
        xj_light light;

        if (!xj_light__holds(part, day)) {
            if (now.light.data != NULL && xj_str_cmp(now.until, on) > 0)
                XJ_TRY(reach(tx, f->duty, part->unit, now.from, on));
            now.light = XJ_STR_NONE;
            continue;
        }
        light = xj_light__of_part(&reason, f, part, owed, nowed, rules, day);
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
    const xj_light__rules by = xj_light__rules_of(rules);
    xj_light__facts f = {.duty = duty};
    struct held_list held;
    xj_rows *rows;

    XJ_TRY(read_shape(&f, tx));
    /* What begins in days to come has the light of its first day. */
    if (xj_date_cmp(from, f.shape.starts) < 0)
        from = f.shape.starts;
    if (xj_date_cmp(to, from) < 0)
        to = from;
    XJ_TRY(read_facts(&f, &rows, tx, from, to, by.ahead));
    XJ_TRY(read_held(&held, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < f.parts.len; i++)
        XJ_TRY(walk(tx, &f, &f.parts.items[i], &held, &by, from, to));
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
                    (xj_heat_name){xj_row_int(rows, 0), xj_row_text(rows, 1, result)});
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
                                   .unit_name = xj_row_text(rows, 2, result),
                                   .light = xj_row_text(rows, 3, result),
                                   .reason = xj_row_text(rows, 4, result),
                                   .from_on = xj_row_text(rows, 5, result),
                                   .until_on = xj_row_text(rows, 6, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
