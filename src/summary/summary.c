/* Summaries: lists, drafting, versions, sending. */
#include "summary/summary.h"

#include "base/cal.h"
#include "duty/calendar.h"
#include "org/unit.h"
#include "store/statements.h"
#include "summary/summary_priv.h"

#define DRAFT_BYTES ((size_t)XJ_SUMMARY_TEXT_MAX * 4)

/* ---- looking ---- */

static xj_summary_row
row_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_summary_row){.id = xj_row_int(rows, 0),
                            .kind = xj_row_text(rows, 1, result),
                            .programme = xj_row_int(rows, 2),
                            .unit = xj_row_int(rows, 3),
                            .unit_name = xj_row_text(rows, 4, result),
                            .action_no = xj_row_null(rows, 5) ? -1 : xj_row_int(rows, 5),
                            .obligation = xj_row_null(rows, 6) ? 0 : xj_row_int(rows, 6),
                            .from_on = xj_row_text(rows, 7, result),
                            .to_on = xj_row_text(rows, 8, result),
                            .state = xj_row_text(rows, 9, result),
                            .sent_on = xj_row_text(rows, 10, result),
                            .version = xj_row_int(rows, 11),
                            .title = xj_row_text(rows, 12, result),
                            .person_name = xj_row_text(rows, 13, result),
                            .made_at = xj_row_int(rows, 14)};
}

static xj_error *
read_list(xj_summary_row **items, size_t *n, xj_list *list, xj_db *db, const xj_scope *scope,
          int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_summary_row) found = {0};
    xj_rows *rows;
    bool more;

    if (!scope->all_units)
        xj_list_str(list, "scope", XJ_COND_MATCH, xj_db_ids(scope->units, scope->nunits, result));
    XJ_TRY(xj_list_query(&rows, list, db, limit, "ii", scope->tenant,
                         (int64_t)(!scope->all_units || scope->drafts)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, row_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_summary_list(xj_summary_row **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t unit,
                int64_t obligation, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_SUMMARY_LIST, result);

    if (unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, unit);
    if (obligation != 0)
        xj_list_int(list, "obligation", XJ_COND_EQ, obligation);
    if (after != 0)
        xj_list_after(list, after);
    return read_list(items, n, list, db, scope, limit, result);
}

static xj_error *
get_row(xj_summary_row *row, xj_db *db, const xj_scope *scope, int64_t id, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_SUMMARY_LIST, result);
    xj_summary_row *found;
    size_t n;

    xj_list_int(list, "id", XJ_COND_EQ, id);
    XJ_TRY(read_list(&found, &n, list, db, scope, 1, result));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such summary");
    *row = found[0];
    return NULL;
}

static xj_error *
read_texts(xj_summary *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_summary_text) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SUMMARY_TEXTS, "ii", tenant, whole->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_summary_text){.no = xj_row_int(rows, 0),
                                      .title = xj_row_text(rows, 1, result),
                                      .person_name = xj_row_text(rows, 2, result),
                                      .made_at = xj_row_int(rows, 3)});
    }
    whole->texts = found.items;
    whole->ntexts = found.len;
    return NULL;
}

static xj_error *
read_body(xj_summary_text *text, xj_db *db, int64_t tenant, int64_t id, int64_t no, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SUMMARY_BODY, "iii", tenant, id, no));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such text");
    *text = (xj_summary_text){.no = xj_row_int(rows, 0),
                              .title = xj_row_text(rows, 1, result),
                              .body = xj_row_text(rows, 2, result),
                              .person_name = xj_row_text(rows, 3, result),
                              .made_at = xj_row_int(rows, 4)};
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_basis(xj_summary *whole, xj_db *db, int64_t tenant, xj_pool *result)
{
    XJ_VEC(xj_summary_basis) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SUMMARY_BASIS, "ii", tenant, whole->row.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_summary_basis){.mark = xj_row_int(rows, 0),
                                       .kind = xj_row_text(rows, 1, result),
                                       .about = xj_row_int(rows, 2),
                                       .duty = xj_row_null(rows, 3) ? 0 : xj_row_int(rows, 3),
                                       .counted = xj_row_text(rows, 4, result),
                                       .words = xj_row_text(rows, 5, result)});
    }
    whole->basis = found.items;
    whole->nbasis = found.len;
    return NULL;
}

xj_error *
xj_summary_get(xj_summary **summary, xj_db *db, const xj_scope *scope, int64_t id, int64_t no,
               xj_pool *result)
{
    xj_summary *whole = XJ_NEW(result, xj_summary);

    XJ_TRY(get_row(&whole->row, db, scope, id, result));
    XJ_TRY(read_texts(whole, db, scope->tenant, result));
    XJ_TRY(read_body(&whole->text, db, scope->tenant, id,
                     no > 0 ? no : whole->texts[whole->ntexts - 1].no, result));
    XJ_TRY(read_basis(whole, db, scope->tenant, result));
    *summary = whole;
    return NULL;
}

/* ---- what it is about ---- */

static xj_error *
check_days(const xj_summary_new *asked)
{
    xj_date from, to;

    if (!xj_date_parse(&from, asked->from_on) || !xj_date_parse(&to, asked->to_on) ||
        xj_date_cmp(to, from) < 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the days are none, or in the wrong order"),
                           "/to_on");
    return NULL;
}

/* Whose it is: the obligation's, where one is named. */
static xj_error *
find_subject(xj__draft *d)
{
    const xj_summary_new *asked = d->asked;
    const xj_scope all = xj_scope_all(asked->scope->tenant);
    xj_programme programme;
    xj_unit unit;

    d->row = (xj_summary_row){.kind = asked->kind,
                              .programme = asked->programme,
                              .unit = asked->unit,
                              .action_no = asked->action_no,
                              .obligation = asked->obligation,
                              .from_on = asked->from_on,
                              .to_on = asked->to_on};
    if (asked->obligation != 0) {
        xj_obligation_whole *owed;

        XJ_TRY(xj_obligation_get(&owed, xj_tx_db(d->tx), asked->scope, asked->obligation, d->pool));
        if (!owed->obligation.open || !xj_str_ends(owed->obligation.kind, XJ_STR("_report")))
            return xj_error_new(XJ_E_CONFLICT, "what is owed is no report, or not owed any more");
        d->row.programme = owed->obligation.programme;
        d->row.unit = owed->obligation.unit;
    }
    if (!xj_scope_has(asked->scope, asked->scope->tenant, d->row.unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    XJ_TRY(xj_unit_get(&unit, xj_tx_db(d->tx), &all, d->row.unit, d->pool));
    XJ_TRY(xj_programme_get(&programme, xj_tx_db(d->tx), &all, d->row.programme, d->pool));
    d->row.unit_name = unit.name;
    return NULL;
}

/* The action whose group the unit is: 控烟专项行动组 is that of 控烟行动. */
static xj_error *
find_action(xj__draft *d)
{
    xj_rows *rows;
    bool more;

    if (d->row.action_no >= 0 || !xj_str_eq(d->row.kind, XJ_STR("annual_monitoring_report")))
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_ACTION_NAMES, "ii", xj_tx_tenant(d->tx),
                       d->row.programme));
    for (;;) {
        xj_str action;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "name the action that it is about"),
                               "/action_no");
        action = xj_row_str(rows, 1);
        if (xj_str_ends(action, XJ_STR("行动")))
            action.len -= strlen("行动");
        if (action.len > 0 && xj_str_starts(d->row.unit_name, action))
            break;
    }
    d->row.action_no = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
is_office(bool *yes, xj__draft *d)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_OFFICE, "ii", xj_tx_tenant(d->tx),
                       d->row.unit));
    XJ_TRY(xj_rows_next(rows, yes));
    xj_rows_close(rows);
    return NULL;
}

/* ---- the tasks ---- */

static xj_error *
read_said(xj__draft *d, xj__summary_task *t)
{
    /* Of all, and of an action, what those who return said; else the unit's own words. */
    const int64_t speaker = d->whole || d->row.action_no >= 0 ? 0 : d->row.unit;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_SAID, "iissi", xj_tx_tenant(d->tx),
                       t->id, d->row.from_on, d->row.to_on, speaker));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more) {
        t->obligation = xj_row_int(rows, 0);
        t->said_by = xj_row_int(rows, 1);
        t->said_name = xj_row_text(rows, 2, d->pool);
        t->period = xj_row_text(rows, 3, d->pool);
        t->sent_on = xj_row_text(rows, 4, d->pool);
        t->row_state = xj_row_text(rows, 5, d->pool);
        t->text = xj_row_text(rows, 6, d->pool);
        t->difficulties = xj_row_text(rows, 7, d->pool);
        t->next_step = xj_row_text(rows, 8, d->pool);
    }
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
read_tasks(xj__draft *d)
{
    const int64_t unit = d->whole || d->row.action_no >= 0 ? 0 : d->row.unit;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(d->tx), SQL_SUMMARY_TASKS, "siiiii", d->as_of,
                       xj_tx_tenant(d->tx), d->row.programme, d->row.action_no, unit,
                       (int64_t)XJ_SUMMARY_TASKS_MAX + 1));
    for (;;) {
        xj__summary_task t;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        t = (xj__summary_task){.id = xj_row_int(rows, 0),
                               .action_no = xj_row_int(rows, 1),
                               .action = xj_row_text(rows, 2, d->pool),
                               .no = xj_row_text(rows, 3, d->pool),
                               .title = xj_row_text(rows, 4, d->pool),
                               .state = xj_row_text(rows, 5, d->pool),
                               .owner = xj_row_int(rows, 6),
                               .owner_name = xj_row_text(rows, 7, d->pool),
                               .plan_task = xj_row_null(rows, 8) ? 0 : xj_row_int(rows, 8)};
        /* A unit reads its own lights, the office all. */
        if (d->asked->scope->all_units || t.owner == d->row.unit)
            t.light = xj_row_text(rows, 9, d->pool);
        xj_vec_push(&d->tasks, d->pool, t);
    }
    if (d->tasks.len > XJ_SUMMARY_TASKS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a summary tells of at most %d tasks",
                            XJ_SUMMARY_TASKS_MAX);
    for (size_t i = 0; i < d->tasks.len; i++)
        XJ_TRY(read_said(d, &d->tasks.items[i]));
    return NULL;
}

/* ---- drafting ---- */

static xj_str
title_of(const xj__draft *d)
{
    const xj_str action =
        d->tasks.len > 0 && d->row.action_no >= 0 ? d->tasks.items[0].action : d->row.unit_name;
    const xj_date to = xj_day_parse(d->row.to_on);

    if (xj_str_eq(d->row.kind, XJ_STR("annual_monitoring_report")))
        return xj_str_printf(d->pool, XJ_FMT "%d年度监测评估报告", XJ_ARG(action), to.year);
    if (xj_str_eq(d->row.kind, XJ_STR("annual_evaluation_report")))
        return xj_str_printf(d->pool, XJ_FMT "%d年度评估报告", XJ_ARG(d->row.unit_name), to.year);
    return xj_str_printf(d->pool, XJ_FMT "%d年%s半年工作小结", XJ_ARG(d->row.unit_name), to.year,
                         to.month <= 6 ? "上" : "下");
}

static xj_error *
write_basis(xj__draft *d, int64_t id)
{
    for (size_t i = 0; i < d->basis.len; i++) {
        const xj_summary_basis *b = &d->basis.items[i];

        XJ_TRY(xj_db_send(xj_tx_db(d->tx), SQL_SUMMARY_BASIS_ADD, "iiiisiIss", xj_tx_tenant(d->tx),
                          id, (int64_t)i + 1, b->mark, b->kind, b->about,
                          b->duty == 0 ? NULL : &b->duty, b->counted, b->words));
    }
    return NULL;
}

static xj_error *
store(xj__draft *d, int64_t id)
{
    const xj_summary_row *row = &d->row;
    xj_db *db = xj_tx_db(d->tx);

    XJ_TRY(xj_db_send(db, SQL_SUMMARY_ADD, "iisiiIIss", xj_tx_tenant(d->tx), id, row->kind,
                      row->programme, row->unit, row->action_no < 0 ? NULL : &row->action_no,
                      row->obligation == 0 ? NULL : &row->obligation, row->from_on, row->to_on));
    XJ_TRY(xj_db_send(db, SQL_SUMMARY_TEXT_ADD, "iiisssi", xj_tx_tenant(d->tx), id, INT64_C(1),
                      title_of(d), xj_buf_str(&d->body), d->asked->actor_name, xj_tx_now(d->tx)));
    return write_basis(d, id);
}

xj_error *
xj_summary_draft(int64_t *id, xj_tx *tx, const xj_summary_new *asked)
{
    const xj_str today = xj_day_str(xj_day_of(xj_tx_now(tx)), xj_tx_pool(tx));
    xj__draft d = {.tx = tx, .pool = xj_tx_pool(tx), .asked = asked};

    if (!xj_summary__is_kind(asked->kind))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no such kind of summary"),
                           "/kind");
    XJ_TRY(check_days(asked));
    XJ_TRY(find_subject(&d));
    XJ_TRY(find_action(&d));
    if (d.row.action_no < 0)
        XJ_TRY(is_office(&d.whole, &d));
    d.as_of = xj_str_cmp(asked->to_on, today) < 0 ? asked->to_on : today;
    XJ_TRY(read_tasks(&d));
    xj_buf_init(&d.body, d.pool, DRAFT_BYTES);
    XJ_TRY(xj_summary__compose(&d));
    XJ_TRY(xj_buf_check(&d.body));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "summary", *id);
    return store(&d, *id);
}

/* ---- writing, sending ---- */

static xj_error *
check_text(xj_str text, size_t max, const char *member)
{
    if (xj_str_trim(text).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "it is empty"), "/%s", member);
    if (xj_utf8_count(text) > max)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "it has at most %zu characters", max),
                           "/%s", member);
    return NULL;
}

static xj_error *
for_change(xj_summary_row *row, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version)
{
    xj_tx_subject(tx, "summary", id);
    XJ_TRY(get_row(row, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    if (row->version != version)
        return xj_error_new(XJ_E_STALE, "the summary was changed meanwhile: it is version %lld now",
                            (long long)row->version);
    if (!xj_str_eq(row->state, XJ_STR("draft")))
        return xj_error_new(XJ_E_CONFLICT, "the summary is sent");
    return NULL;
}

xj_error *
xj_summary_write(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                 xj_str title, xj_str body, xj_str actor_name)
{
    xj_summary_row row;

    XJ_TRY(for_change(&row, tx, scope, id, version));
    XJ_TRY(check_text(title, XJ_SUMMARY_TITLE_MAX, "heading"));
    XJ_TRY(check_text(body, XJ_SUMMARY_TEXT_MAX, "body"));
    *now = version + 1;
    if (*now > XJ_SUMMARY_VERSIONS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a summary has at most %d texts",
                            XJ_SUMMARY_VERSIONS_MAX);
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_SUMMARY_TOUCH, "ii", scope->tenant, id));
    return xj_db_run(xj_tx_db(tx), SQL_SUMMARY_TEXT_ADD, "iiisssi", scope->tenant, id, *now,
                     xj_str_trim(title), body, actor_name, xj_tx_now(tx));
}

xj_error *
xj_summary_send(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id, int64_t version,
                xj_str actor_name)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_obligation_whole *owed;
    xj_summary_row row;
    int64_t next;

    XJ_TRY(for_change(&row, tx, scope, id, version));
    if (row.obligation != 0) {
        const xj_step step = {.move = XJ_STR("send"), .why = XJ_STR(""), .actor_name = actor_name};

        XJ_TRY(xj_obligation_get(&owed, xj_tx_db(tx), scope, row.obligation, pool));
        XJ_TRY(xj_obligation_step(&next, tx, row.obligation, owed->obligation.version, &step));
    }
    *now = version + 1;
    return xj_db_run(xj_tx_db(tx), SQL_SUMMARY_SENT, "sii",
                     xj_day_str(xj_day_of(xj_tx_now(tx)), pool), scope->tenant, id);
}
