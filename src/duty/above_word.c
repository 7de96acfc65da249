/*
 * What was said at the other end of what is answered by moves: the giver's word here, the county's
 * answer there.
 */
#include "duty/above_priv.h"

bool
xj_above__may(const xj_duty__held *held, xj_str move)
{
    const char *moves[32];
    size_t n;

    xj_state_moves(moves, &n, xj_state_kind_find(held->kind), held->state,
                   xj_duty__is_dated(held->due));
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(move, xj_str_c(moves[i])))
            return true;
    return false;
}

/* The move on the way to MOVE that HELD may make next; data NULL: there is none. */
static xj_str
on_the_way(const xj_duty__held *held, xj_str move)
{
    static const char *const ways[3][6] = {
        {"acknowledge", "begin", "ask_completion", "lay_before", "read"},
        {"begin", "ask_closing", "check", "strike_off"},
        {"acknowledge", "begin", "ask_completion"}};
    const char *const *way = ways[xj_str_eq(held->kind, XJ_STR("rectification")) ? 1
                                  : xj_above__is_task(held->kind)                ? 2
                                                                                 : 0];

    if (!xj_above__one_of(move, way))
        return XJ_STR_NONE;
    for (; !xj_str_eq(move, xj_str_c(*way)); way++)
        if (xj_above__may(held, xj_str_c(*way)))
            return xj_str_c(*way);
    return XJ_STR_NONE;
}

/* DUTY makes STEP, which the other end made, and first what lies between; *THERE is false where it
 * cannot. */
static xj_error *
walk(bool *there, xj_tx *tx, int64_t duty, const xj_step *step)
{
    xj_step next = *step;

    next.above = true;
    for (*there = false; !*there;) {
        xj_duty__held held;
        int64_t now;

        XJ_TRY(xj_duty__load(&held, tx, duty));
        *there = xj_above__may(&held, step->move);
        next.move = *there ? step->move : on_the_way(&held, step->move);
        if (next.move.data == NULL)
            return NULL;
        XJ_TRY(xj_duty_step(&now, tx, duty, held.version, &next));
    }
    return NULL;
}

/* What came from DUTY's other end and moves nothing here stands in its history. */
static xj_error *
note_answer(xj_tx *tx, int64_t duty, const xj_step *step)
{
    const xj_str says = step->result.len > 0 ? step->result : step->why;
    xj_duty__held held;

    XJ_TRY(xj_duty__load(&held, tx, duty));
    return xj_duty__note(tx, "duty", duty, XJ_STR("answer"), held.state, held.state,
                         step->happened_on.data == NULL
                             ? xj_day_str(xj_duty__today(tx), xj_tx_pool(tx))
                             : step->happened_on,
                         step->actor_name, says, XJ_STR_NONE);
}

/* What the giver said last, where it is new. */
xj_error *
xj_above__take_word(xj_tx *tx, int64_t duty, int64_t known, const xj_above_task *task)
{
    const xj_step step = {.move = task->word.move,
                          .happened_on = task->word.happened_on,
                          .why = task->word.why,
                          .actor_name = task->word.name,
                          .result = task->result.len > 0 ? task->result : XJ_STR_NONE};
    bool there;

    if (task->word.id <= known)
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_WORD, "iii", task->word.id, xj_tx_tenant(tx), duty));
    XJ_TRY(walk(&there, tx, duty, &step));
    return there ? NULL : note_answer(tx, duty, &step);
}

static bool
has_part(bool *owns, xj_rows *rows, int64_t unit, const xj_duty__held *held)
{
    *owns = held->owner == unit;
    return xj_row_int(rows, 0) == unit && xj_str_eq(xj_row_str(rows, 4), XJ_STR(XJ_DAY_NONE));
}

xj_error *
xj_above_answer(xj_tx *tx, int64_t duty, int64_t unit, const xj_step *step, const xj_scans *files)
{
    bool more = true, part = false, owns = false, there = false;
    xj_duty__held held;
    xj_rows *rows;

    XJ_TRY(xj_duty__load(&held, tx, duty));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PARTS, "ii", xj_tx_tenant(tx), duty));
    while (more) {
        XJ_TRY(xj_rows_next(rows, &more));
        part |= more && has_part(&owns, rows, unit, &held);
    }
    if (!part || !xj_above__by_moves(held.kind, held.restricted))
        return NULL;
    if (files != NULL)
        XJ_TRY(xj_scan_follow(tx, duty, files));
    if (owns)
        XJ_TRY(walk(&there, tx, duty, step));
    return there ? NULL : note_answer(tx, duty, step);
}
