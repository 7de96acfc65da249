/* What happened before the programme was begun here. */
#include "duty/record.h"
#include "duty/report_priv.h"
#include "duty/signing_priv.h"

xj_error *
xj_record_begun(xj_tx *tx, xj_date day)
{
    const xj_rule_value value = {XJ_RULE_BEGUN_ON, xj_day_str(day, xj_tx_pool(tx))};
    xj_rules rules;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    if (xj_str_eq(rules.text[XJ_RULE_BEGUN_ON], value.value))
        return NULL;
    return xj_rules_set(tx, rules.version, &value, 1, XJ_STR("台账补录"));
}

xj_error *
xj_record_since(xj_tx *tx, int64_t id, xj_str since)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_RECORD_SINCE, "siii", since, xj_tx_now(tx),
                      xj_tx_tenant(tx), id));
    return xj_db_send(xj_tx_db(tx), SQL_RECORD_PARTS_SINCE, "sii", since, xj_tx_tenant(tx), id);
}

xj_error *
xj_record_return(int64_t *id, xj_tx *tx, int64_t programme, int64_t unit, xj_str day,
                 xj_str cadence)
{
    XJ_TRY(xj_duty__owe(id, tx,
                        &(xj_duty__owed){.unit = unit,
                                         .programme = programme,
                                         .about = programme,
                                         .due = day,
                                         .cadence = cadence,
                                         .kind = XJ_STR("return"),
                                         .title = XJ_STR(""),
                                         .state = XJ_STR("due")}));
    if (*id == 0)
        return xj_error_new(XJ_E_CONFLICT, "the return of " XJ_FMT " is there already",
                            XJ_ARG(day));
    return NULL;
}

xj_error *
xj_record_row_set(xj_tx *tx, const xj_record_row *row)
{
    const xj_report_text *text = row->text;
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    /* what is signed stands still: another text takes it back */
    XJ_TRY(xj_signing__end(tx, row->obligation, "withdraw", XJ_STR("正文有改动"), row->actor_name));
    if (row->sent_on.data != NULL)
        XJ_TRY(xj_db_send(db, SQL_RECORD_ROW, "iiiiss", tenant, row->obligation, row->duty,
                          row->unit, row->due, row->sent_on));
    XJ_TRY(xj_db_send(db, SQL_REPORT_ROW_KEEP, "iiiisIssiiiisi", tenant, row->obligation, row->duty,
                      row->unit, text->text, text->percent < 0 ? NULL : &text->percent,
                      text->difficulties, text->next_step, INT64_C(0), INT64_C(0), INT64_C(1),
                      xj_tx_actor(tx), row->actor_name, xj_tx_now(tx)));
    return xj_report__write_figures(tx, row->obligation, row->duty, row->unit, text->figures,
                                    text->nfigures);
}

xj_error *
xj_record_end(xj_tx *tx, int64_t id, xj_str why, xj_str actor_name)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    xj_str state, sent;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_RECORD_LEFT, "ii", tenant, id));
    XJ_TRY(xj_rows_next(rows, &more));
    state = more ? xj_row_text(rows, 0, pool) : XJ_STR("");
    sent = more && xj_row_int(rows, 2) == 0 ? xj_row_text(rows, 1, pool) : XJ_STR_NONE;
    xj_rows_close(rows);
    if (sent.data == NULL || xj_str_eq(state, XJ_STR("sent")) ||
        xj_str_eq(state, XJ_STR("withdrawn")))
        return NULL;
    XJ_TRY(xj_db_send(db, SQL_RECORD_SENT, "sssiii", sent,
                      xj_str_eq(state, XJ_STR("original_received")) ? state : XJ_STR("accepted"),
                      sent, xj_tx_now(tx), tenant, id));
    if (!xj_str_eq(state, XJ_STR("due")) && !xj_str_eq(state, XJ_STR("returned")))
        return NULL;
    XJ_TRY(xj_duty__note(tx, "obligation", id, XJ_STR("send"), state, XJ_STR("sent"), sent,
                         actor_name, why, XJ_STR_NONE));
    return xj_duty__note(tx, "obligation", id, XJ_STR("accept"), XJ_STR("sent"), XJ_STR("accepted"),
                         sent, actor_name, why, XJ_STR_NONE);
}

xj_error *
xj_record_move_do(xj_tx *tx, const xj_record_move *move)
{
    const xj_state *to = xj_state_find(xj_state_kind_find(XJ_STR("task")), move->to);
    const int64_t all = 100;

    XJ_ASSERT(to != NULL);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_MOVE, "ssiSSSSIiii", move->to, move->on,
                      (int64_t)(to->life == XJ_LIFE_LIVE), move->doc_no, move->doc_on, XJ_STR_NONE,
                      XJ_STR_NONE, xj_duty__is_fulfilled(to->name) ? &all : NULL, xj_tx_now(tx),
                      xj_tx_tenant(tx), move->duty));
    XJ_TRY(xj_duty__note(tx, "duty", move->duty, XJ_STR("record"), move->from, move->to, move->on,
                         move->actor_name, move->why, XJ_STR_NONE));
    return xj_duty__follow_end(tx, move->duty, xj_day_parse(move->on), move->why);
}

xj_error *
xj_record_progress(xj_tx *tx, int64_t id, int64_t percent)
{
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_PROGRESS, "iiii", percent, xj_tx_now(tx),
                      xj_tx_tenant(tx), id);
}

xj_error *
xj_record_lights(xj_tx *tx, int64_t id, xj_date since, const xj_rules *rules)
{
    return xj_duty__relight(tx, id, since, xj_duty__today(tx), rules);
}

xj_error *
xj_record_note(xj_tx *tx, int64_t id, xj_str on, xj_str note, xj_str actor_name)
{
    xj_duty__held held;

    XJ_TRY(xj_duty__load(&held, tx, id));
    return xj_duty__note(tx, "duty", id, XJ_STR("ledger_note"), held.state, held.state, on,
                         actor_name, note, XJ_STR_NONE);
}
