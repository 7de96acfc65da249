/*
 * What came from above and is given still: what is its giver's alone to do, and what the giver is
 * told.
 */
#include "duty/above_priv.h"

static xj_above_sent_fn sent;
static xj_above_moved_fn moved;

void
xj_above_on_sent(xj_above_sent_fn fn)
{
    sent = fn;
}

void
xj_above_on_moved(xj_above_moved_fn fn)
{
    moved = fn;
}

bool
xj_above__one_of(xj_str word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (xj_str_eq(word, xj_str_c(*words)))
            return true;
    return false;
}

bool
xj_above__is_task(xj_str kind)
{
    return xj_str_eq(kind, XJ_STR("task"));
}

bool
xj_above__by_moves(xj_str kind, bool restricted)
{
    return restricted || !xj_above__is_task(kind);
}

/* ---- guards ---- */

static xj_error *
above_of(xj_duty_above *above, xj_str *due, xj_db *db, int64_t tenant, int64_t duty,
         xj_pool *result)
{
    xj_rows *rows;
    bool found;

    *above = (xj_duty_above){0};
    XJ_TRY(xj_db_query(&rows, db, SQL_ABOVE_OF, "ii", tenant, duty));
    XJ_TRY(xj_rows_next(rows, &found));
    if (found) {
        above->live = xj_row_int(rows, 0) != 0;
        *due = xj_row_text(rows, 1, result);
        above->from_name = xj_row_text(rows, 2, result);
        above->kept_on = xj_row_text(rows, 3, result);
        above->ended = xj_row_text(rows, 4, result);
        above->changed_on = xj_row_text(rows, 5, result);
    }
    xj_rows_close(rows);
    return NULL;
}

/* Whether the giver of a duty task of KIND makes MOVE, whatever day it sets. */
static bool
is_theirs(xj_str kind, bool restricted, xj_str move)
{
    static const char *const returned[] = {"finish", NULL};
    static const char *const answered[] = {"lay_before", "read",       "return",
                                           "reopen",     "extend",     "check",
                                           "strike_off", "carry_over", NULL};
    static const char *const few[] = {"review", "finish", NULL};

    if (!xj_above__by_moves(kind, restricted))
        return xj_above__one_of(move, returned);
    return xj_above__one_of(move, answered) ||
           (xj_above__is_task(kind) && xj_above__one_of(move, few));
}

/* Whether MOVE takes up again what the giver finished. */
static bool
is_finished(const xj_duty_above *above, xj_str move)
{
    return xj_str_eq(above->ended, XJ_STR("finished")) && xj_str_eq(move, XJ_STR("reopen"));
}

/* Whether MOVE would set ROW, which has until DUE there, a day behind that. */
static bool
goes_beyond(const xj_duty_row *row, xj_str due, xj_str move)
{
    if (xj_str_eq(due, XJ_STR(XJ_DAY_NONE)) || xj_str_cmp(row->due, due) < 0)
        return false;
    return xj_str_eq(move, XJ_STR("extend")) ||
           (xj_str_eq(move, XJ_STR("carry_over")) &&
            xj_day_parse(row->due).year <= xj_day_of(xj_now()).year);
}

xj_error *
xj_duty__above_read(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result)
{
    size_t kept = 0;
    xj_str due;

    XJ_TRY(above_of(&d->above, &due, db, tenant, d->row.id, result));
    for (size_t i = 0; i < d->nmoves; i++) {
        const xj_str move = xj_str_c(d->moves[i]);

        if (d->above.live
                ? is_theirs(d->row.kind, d->restricted, move) || goes_beyond(&d->row, due, move)
                : is_finished(&d->above, move))
            d->above.theirs[d->above.ntheirs++] = d->moves[i];
        else
            d->moves[kept++] = d->moves[i];
    }
    d->nmoves = kept;
    return NULL;
}

xj_error *
xj_duty__check_own(xj_tx *tx, int64_t duty)
{
    xj_duty_above above;
    xj_str due_above;

    XJ_TRY(above_of(&above, &due_above, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    if (!above.live)
        return NULL;
    return xj_error_new(XJ_E_CONFLICT,
                        "the task was given by \"" XJ_FMT
                        "\": say whether it is taken as it is or adapted",
                        XJ_ARG(above.from_name));
}

xj_error *
xj_duty__check_giver(xj_tx *tx, int64_t duty, const xj_duty__held *held, xj_str move)
{
    xj_duty_above above;
    xj_str due;

    XJ_TRY(above_of(&above, &due, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    if (is_finished(&above, move))
        return xj_error_new(XJ_E_CONFLICT,
                            "\"" XJ_FMT "\" finished the task on " XJ_FMT
                            ", and is who takes it up again",
                            XJ_ARG(above.from_name), XJ_ARG(above.changed_on));
    if (!above.live || !is_theirs(held->kind, held->restricted, move))
        return NULL;
    return xj_error_new(XJ_E_CONFLICT,
                        xj_above__is_task(held->kind)
                            ? "\"" XJ_FMT "\" gave the task, and says when it is done"
                            : "\"" XJ_FMT "\" gave it, and says what becomes of the answer",
                        XJ_ARG(above.from_name));
}

xj_error *
xj_duty__moved(xj_tx *tx, int64_t duty, const xj_duty__held *held, const xj_step *step)
{
    static const char *const told[] = {"begin", "ask_completion", "ask_closing", NULL};
    int64_t link, peer;
    xj_rows *rows;
    bool found;

    if (moved == NULL || !xj_above__by_moves(held->kind, held->restricted) ||
        !xj_above__one_of(step->move, told))
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ABOVE_PEER, "ii", xj_tx_tenant(tx), duty));
    XJ_TRY(xj_rows_next(rows, &found));
    link = found ? xj_row_int(rows, 0) : 0;
    peer = found ? xj_row_int(rows, 1) : 0;
    xj_rows_close(rows);
    return found ? moved(tx, link, duty, peer, step) : NULL;
}

xj_error *
xj_duty__check_above(xj_tx *tx, int64_t duty, xj_str due)
{
    xj_duty_above above;
    xj_str due_above;

    XJ_TRY(above_of(&above, &due_above, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    if (!above.live || xj_str_cmp(due, due_above) <= 0)
        return NULL;
    return xj_error_new(XJ_E_CONFLICT, "\"" XJ_FMT "\" gave the task until " XJ_FMT,
                        XJ_ARG(above.from_name), XJ_ARG(due_above));
}

static xj_error *
find_in(xj_str *from_name, xj_db *db, int64_t tenant, int64_t obligation, int64_t duty,
        xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_ABOVE_IN, "iii", tenant, obligation, duty));
    XJ_TRY(xj_rows_next(rows, &more));
    *from_name = more ? xj_row_text(rows, 0, result) : XJ_STR_NONE;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__leave_to_judge(xj_obligation_whole *o, xj_db *db, int64_t tenant, xj_pool *scratch)
{
    static const char *const judging[] = {"accept", "return", "extend", NULL};
    xj_str from_name;
    size_t kept = 0;

    XJ_TRY(find_in(&from_name, db, tenant, o->obligation.id, 0, scratch));
    if (from_name.data == NULL)
        return NULL;
    for (size_t i = 0; i < o->nmoves; i++)
        if (!xj_above__one_of(xj_str_c(o->moves[i]), judging))
            o->moves[kept++] = o->moves[i];
    o->nmoves = kept;
    return NULL;
}

xj_error *
xj_duty__check_judge(xj_tx *tx, int64_t obligation, int64_t duty)
{
    xj_str from_name;

    XJ_TRY(find_in(&from_name, xj_tx_db(tx), xj_tx_tenant(tx), obligation, duty, xj_tx_pool(tx)));
    return from_name.data == NULL
               ? NULL
               : xj_error_new(XJ_E_CONFLICT,
                              "\"" XJ_FMT "\" gave the task: it judges what is returned, and sets "
                              "its day",
                              XJ_ARG(from_name));
}

xj_error *
xj_duty__sent(xj_tx *tx, int64_t id, xj_str on, xj_str actor_name)
{
    xj_str from_name;

    if (sent == NULL)
        return NULL;
    XJ_TRY(find_in(&from_name, xj_tx_db(tx), xj_tx_tenant(tx), id, 0, xj_tx_pool(tx)));
    return from_name.data == NULL ? NULL : sent(tx, id, on, actor_name);
}
