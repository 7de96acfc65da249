/* Instructions (批示): what came of them, and that the leader read it. */
#include "duty/instruction.h"
#include "duty/duty_priv.h"

struct way {
    int64_t leader; /* 0: without an account */
    xj_str result, laid_on, read_on, read_name;
    int64_t read_by;
};

static xj_error *
way_of(struct way *way, bool *found, xj_db *db, int64_t tenant, int64_t duty, xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_INSTRUCTION_GET, "ii", tenant, duty));
    XJ_TRY(xj_rows_next(rows, found));
    if (*found)
        *way = (struct way){.leader = xj_row_int(rows, 0),
                            .result = xj_row_text(rows, 1, result),
                            .laid_on = xj_row_text(rows, 2, result),
                            .read_on = xj_row_text(rows, 3, result),
                            .read_by = xj_row_int(rows, 4),
                            .read_name = xj_row_text(rows, 5, result)};
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__instruction_read(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result)
{
    struct way way = {0};
    bool found;

    XJ_TRY(way_of(&way, &found, db, tenant, d->row.id, result));
    if (!found)
        return NULL;
    d->leader_id = way.leader;
    d->result = way.result;
    d->laid_on = way.laid_on;
    d->read_on = way.read_on;
    d->read_name = way.read_name;
    return NULL;
}

xj_error *
xj_duty__instruction_add(xj_tx *tx, int64_t duty, int64_t leader)
{
    xj_person person;

    if (leader != 0)
        XJ_TRY(xj_person_get(&person, xj_tx_db(tx), xj_tx_tenant(tx), leader, xj_tx_pool(tx)));
    return xj_db_send(xj_tx_db(tx), SQL_INSTRUCTION_ADD, "iiI", xj_tx_tenant(tx), duty,
                      leader == 0 ? NULL : &leader);
}

static bool
is_move(const xj_step *step, const char *move)
{
    return xj_str_eq(step->move, xj_str_c(move));
}

xj_error *
xj_duty__instruction_moved(xj_tx *tx, int64_t duty, const xj_step *step, xj_str on)
{
    const int64_t me = xj_tx_actor(tx);
    const bool reports = is_move(step, "ask_completion"), lays = is_move(step, "lay_before");
    struct way way = {0};
    bool found;

    XJ_TRY(way_of(&way, &found, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    if (!found)
        return NULL;
    if (step->result.data != NULL && (reports || lays))
        way.result = step->result;
    if ((reports || lays) && xj_str_trim(way.result).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "say what came of the instruction"),
                           "/result");
    if (lays) {
        way.laid_on = on;
    } else if (is_move(step, "read")) {
        way.read_on = on;
        way.read_by = me;
        way.read_name = step->actor_name;
    } else if (is_move(step, "return") || is_move(step, "reopen")) {
        way.laid_on = way.read_on = way.read_name = XJ_STR_NONE;
        way.read_by = 0;
    }
    return xj_db_send(xj_tx_db(tx), SQL_INSTRUCTION_SET, "sSSISii", way.result, way.laid_on,
                      way.read_on, way.read_by == 0 ? NULL : &way.read_by, way.read_name,
                      xj_tx_tenant(tx), duty);
}

xj_error *
xj_instruction_read(int64_t *now, xj_tx *tx, int64_t id, int64_t version, int64_t person,
                    const xj_step *step)
{
    struct way way = {0};
    bool found;

    XJ_TRY(way_of(&way, &found, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    if (!found)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such instruction");
    if (!is_move(step, "read") && !is_move(step, "return"))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a leader reads a result or returns it"),
                           "/move");
    if (person != 0 && person != way.leader)
        return xj_error_new(XJ_E_FORBIDDEN, "another leader gave the instruction");
    return xj_duty_step(now, tx, id, version, step);
}

/* ---- the list ---- */

xj_error *
xj_instruction_list(xj_instruction_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                    int64_t leader, bool open, int64_t before, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_INSTRUCTION_LIST, result);
    XJ_VEC(xj_instruction_row) found = {0};
    xj_rows *rows;
    bool more;

    if (leader != 0)
        xj_list_int(list, "leader", XJ_COND_EQ, leader);
    if (open)
        xj_list_int(list, "live", XJ_COND_EQ, 1);
    XJ_TRY(xj_duty__sight(list, db, scope, scope->person, result));
    xj_list_order(list, "id", true);
    if (before != 0)
        xj_list_after_int(list, before, before);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "si", xj_day_str(xj_day_of(xj_now()), result),
                         scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_instruction_row){.id = xj_row_int(rows, 0),
                                         .version = xj_row_int(rows, 1),
                                         .title = xj_row_text(rows, 2, result),
                                         .state = xj_row_text(rows, 3, result),
                                         .state_on = xj_row_text(rows, 4, result),
                                         .due = xj_row_text(rows, 5, result),
                                         .owner = xj_row_int(rows, 6),
                                         .owner_name = xj_row_text(rows, 7, result),
                                         .leader = xj_row_text(rows, 8, result),
                                         .leader_id = xj_row_int(rows, 9),
                                         .given_on = xj_row_text(rows, 10, result),
                                         .words = xj_row_text(rows, 11, result),
                                         .result = xj_row_text(rows, 12, result),
                                         .laid_on = xj_row_text(rows, 13, result),
                                         .read_on = xj_row_text(rows, 14, result),
                                         .read_name = xj_row_text(rows, 15, result),
                                         .light = xj_row_text(rows, 16, result)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}
