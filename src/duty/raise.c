/*
 * Raising: what is due becomes rows.
 *
 * The schedule is data (duty_unit × duty_date), so a piece of duty tasks and a window of at most a
 * year is a few statements.  An obligation is one of a kind by its key; a second raising, after a
 * clock was set back or a backup restored, finds them all there.
 */
#include "duty/body_priv.h"

#include "org/unit.h"

#define PAGE 16

static xj_duty__window
window_of(xj_date from, xj_date to, xj_pool *pool)
{
    const xj_str first = xj_day_str(from, pool);

    return (xj_duty__window){.first = first,
                             .first_md = xj_str_skip(first, 5),
                             .year = xj_str_printf(pool, "%04d-", from.year),
                             .next_year = xj_str_printf(pool, "%04d-", from.year + 1),
                             .last = xj_day_str(to, pool)};
}

xj_error *
xj_duty__owe(int64_t *id, xj_tx *tx, const xj_duty__owed *owed)
{
    xj_pool *pool = xj_tx_pool(tx);
    const xj_date day = xj_day_parse(owed->due);
    const xj_str cadence = owed->cadence.data != NULL ? owed->cadence : XJ_STR("annual");
    int64_t changed;

    *id = xj_tx_next_id(tx);
    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_OWED_ADD, "iiisisisIIsssi", xj_tx_tenant(tx),
                        *id, owed->programme, owed->kind, owed->unit, owed->due, owed->about,
                        xj_period(day, cadence, pool), owed->duty == 0 ? NULL : &owed->duty,
                        owed->document == 0 ? NULL : &owed->document, owed->title, owed->state,
                        xj_day_str(xj_duty__today(tx), pool), xj_tx_now(tx)));
    if (changed == 0)
        *id = 0;
    return NULL;
}

static xj_error *
add_all(xj_raised *sum, xj_tx *tx, const xj_duty__owed *owed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t id;

        XJ_TRY(xj_duty__owe(&id, tx, &owed[i]));
        sum->obligations += id != 0;
    }
    return NULL;
}

static xj_error *
decisions(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last, xj_date from, xj_date to)
{
    XJ_VEC(xj_duty__owed) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    xj_date md[XJ_RECUR_MAX], day;
    xj_duty__clock clock;
    xj_rules rules;
    int64_t changed;
    xj_rows *rows;
    bool more;
    xj_str on;
    size_t n;

    XJ_TRY(xj_rules_get(&rules, db, xj_tx_tenant(tx), pool));
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    xj_recur_parse(md, &n, rules.text[XJ_RULE_DECISION_DAY]);
    day = xj_recur_next(from, md[0]);
    if (xj_date_cmp(day, to) > 0)
        return NULL;
    on = xj_day_str(day, pool);
    XJ_TRY(xj_db_query(&rows, db, SQL_RAISE_DECISIONS, "iiisi", xj_tx_tenant(tx), first, last, on,
                       clock.office));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (xj_duty__owed){.unit = clock.office,
                                    .programme = xj_row_int(rows, 0),
                                    .about = xj_row_int(rows, 0),
                                    .due = on,
                                    .kind = XJ_STR("decision"),
                                    .title = XJ_STR(""),
                                    .state = XJ_STR("to_do")});
    }
    XJ_TRY(add_all(sum, tx, found.items, found.len));
    XJ_TRY(xj_db_change(&changed, db, SQL_RAISE_DECISION_ROWS, "iiisi", xj_tx_tenant(tx), first,
                        last, on, clock.office));
    sum->rows += changed;
    return NULL;
}

static xj_error *
ends(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last, xj_str to)
{
    XJ_VEC(xj_duty__owed) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_duty__clock clock;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_RAISE_ENDS, "iiiis", clock.office, xj_tx_tenant(tx),
                       first, last, to));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (xj_duty__owed){.duty = xj_row_int(rows, 0),
                                    .about = xj_row_int(rows, 0),
                                    .programme = xj_row_int(rows, 1),
                                    .unit = xj_row_int(rows, 2),
                                    .due = xj_row_text(rows, 3, pool),
                                    .title = xj_row_text(rows, 4, pool),
                                    .kind = xj_row_text(rows, 5, pool),
                                    .state = XJ_STR("to_do")});
    }
    return add_all(sum, tx, found.items, found.len);
}

xj_error *
xj_duty__raise(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last, xj_date from, xj_date to)
{
    const xj_duty__window w = window_of(from, to, xj_tx_pool(tx));

    XJ_ASSERT(xj_date_days(to) - xj_date_days(from) < 365);
    XJ_TRY(xj_duty__raise_returns(sum, tx, first, last, &w));
    XJ_TRY(decisions(sum, tx, first, last, from, to));
    return ends(sum, tx, first, last, w.last);
}

/* ---- what documents ask besides their tasks ---- */

struct asked {
    xj_str kind, who, what, frequency, due;
};

/* The units that NAME means for a document: members of a group, the action groups, itself. */
static xj_error *
add_named(int64_t **ids, size_t *n, xj_tx *tx, int64_t version, xj_str name)
{
    const xj_scope scope = xj_scope_all(xj_tx_tenant(tx));
    XJ_VEC(int64_t) found = {.items = *ids, .len = *n, .cap = *n};
    xj_pool *pool = xj_tx_pool(tx);
    xj_unit unit, *members;
    size_t nmembers = 0;
    int64_t id;

    if (xj_str_starts(name, XJ_STR("各")) && xj_str_has(name, XJ_STR("行动")) &&
        xj_str_ends(name, XJ_STR("组"))) {
        XJ_VEC(xj_str) groups = {0};
        xj_rows *rows;
        bool more;

        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ACTIONS_OF_VERSION, "ii", xj_tx_tenant(tx),
                           version));
        for (;;) {
            xj_str action;

            XJ_TRY(xj_rows_next(rows, &more));
            if (!more)
                break;
            if (xj_row_int(rows, 0) == 0)
                continue;
            action = xj_row_str(rows, 1);
            if (xj_str_ends(action, XJ_STR("行动")))
                action.len -= strlen("行动");
            xj_vec_push(&groups, pool, xj_str_printf(pool, XJ_FMT "专项行动组", XJ_ARG(action)));
        }
        for (size_t i = 0; i < groups.len; i++) {
            XJ_TRY(xj_unit_resolve(&id, tx, groups.items[i]));
            xj_vec_push(&found, pool, id);
        }
    } else {
        XJ_TRY(xj_unit_resolve(&id, tx, name));
        XJ_TRY(xj_unit_get(&unit, xj_tx_db(tx), &scope, id, pool));
        if (unit.kind == XJ_UNIT_GROUP)
            XJ_TRY(xj_group_members(&members, &nmembers, xj_tx_db(tx), &scope, id, pool));
        for (size_t i = 0; i < nmembers; i++)
            xj_vec_push(&found, pool, members[i].id);
        if (nmembers == 0)
            xj_vec_push(&found, pool, id);
    }
    *ids = found.items;
    *n = found.len;
    return NULL;
}

static bool
is_kind(const struct asked *asked, const char *end)
{
    return xj_str_ends(asked->kind, xj_str_c(end));
}

/* Whether ASKED recurs and is nothing that the tasks' returns or another of ALL say already. */
static bool
raises(const struct asked *asked, const struct asked *all, size_t n, bool tasks_return)
{
    if (xj_str_eq(asked->frequency, XJ_STR("once")) ||
        xj_str_eq(asked->frequency, XJ_STR("ongoing")) || xj_str_eq(asked->kind, XJ_STR("return")))
        return false;
    /* A report that is asked several times a year is that of the tasks, whatever it is called. */
    if (tasks_return &&
        (is_kind(asked, "progress_report") ||
         (is_kind(asked, "ly_report") && !is_kind(asked, "annual_report")) ||
         (is_kind(asked, "annual_report") && !xj_str_eq(asked->frequency, XJ_STR("annual")))))
        return false;
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(asked->kind, XJ_STR("annual_monitoring")) &&
            xj_str_eq(all[i].kind, XJ_STR("annual_monitoring_report")))
            return false;
    return true;
}

struct document {
    int64_t id, version, programme, office;
    const xj_rules *rules;
    xj_date from, to;
};

static xj_error *
who_of(int64_t **ids, size_t *n, xj_tx *tx, const struct document *doc, const struct asked *asked)
{
    const xj_jval *who;

    *ids = NULL;
    *n = 0;
    XJ_TRY(xj_json_parse(&who, asked->who, (size_t)1 << 20, xj_tx_pool(tx)));
    /* A supervision is the office's, whatever the sentence names. */
    if (!is_kind(asked, "supervision"))
        for (size_t i = 0; i < xj_jval_len(who); i++)
            XJ_TRY(add_named(ids, n, tx, doc->version, xj_jval_str(xj_jval_at(who, i))));
    if (*n == 0) {
        *ids = xj_alloc(xj_tx_pool(tx), sizeof **ids);
        **ids = doc->office;
        *n = 1;
    }
    return NULL;
}

static xj_error *
raise_asked(xj_raised *sum, xj_tx *tx, const struct document *doc, const struct asked *asked)
{
    const bool report = is_kind(asked, "report");
    xj_pool *pool = xj_tx_pool(tx);
    xj_date days[XJ_RECUR_MAX];
    const xj_jval *due;
    int64_t *ids;
    size_t ndays = 0, n;

    XJ_TRY(xj_json_parse(&due, asked->due, (size_t)1 << 16, pool));
    for (size_t i = 0; i < xj_jval_len(due) && ndays < XJ_RECUR_MAX; i++) {
        size_t one;

        xj_recur_parse(days + ndays, &one, xj_jval_str(xj_jval_at(due, i)));
        ndays += one;
    }
    if (ndays == 0 && !xj_str_eq(asked->frequency, XJ_STR("annual")))
        xj_recur(days, &ndays, doc->rules, asked->frequency);
    if (ndays == 0)
        xj_recur_parse(days, &ndays, doc->rules->text[XJ_RULE_YEARLY_DAY]);
    XJ_TRY(who_of(&ids, &n, tx, doc, asked));
    for (size_t i = 0; i < ndays; i++) {
        const xj_date day = xj_recur_next(doc->from, days[i]);

        for (size_t j = 0; j < n && xj_date_cmp(day, doc->to) <= 0; j++) {
            xj_duty__owed ob = {.programme = doc->programme,
                                .unit = ids[j],
                                .about = doc->id,
                                .document = doc->id,
                                .kind = asked->kind,
                                .due = xj_day_str(day, pool),
                                .title = asked->what,
                                .state = report ? XJ_STR("due") : XJ_STR("to_do")};

            XJ_TRY(xj_body__stands(&ob.unit, tx, day, doc->office));
            XJ_TRY(add_all(sum, tx, &ob, 1));
        }
    }
    return NULL;
}

static xj_error *
raise_document(xj_raised *sum, xj_tx *tx, const struct document *doc)
{
    XJ_VEC(struct asked) asked = {0};
    xj_pool *pool = xj_tx_pool(tx);
    bool more, tasks_return;
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PLAN_OBLIGATIONS, "ii", xj_tx_tenant(tx),
                       doc->version));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&asked, pool,
                    (struct asked){xj_row_text(rows, 0, pool), xj_row_text(rows, 1, pool),
                                   xj_row_text(rows, 2, pool), xj_row_text(rows, 3, pool),
                                   xj_row_text(rows, 4, pool)});
    }
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PLAN_HAS_RETURNS, "ii", xj_tx_tenant(tx),
                       doc->version));
    XJ_TRY(xj_rows_next(rows, &more));
    tasks_return = xj_row_int(rows, 0) > 0;
    xj_rows_close(rows);
    for (size_t i = 0; i < asked.len; i++)
        if (raises(&asked.items[i], asked.items, asked.len, tasks_return))
            XJ_TRY(raise_asked(sum, tx, doc, &asked.items[i]));
    return NULL;
}

xj_error *
xj_duty__raise_documents(xj_raised *sum, xj_tx *tx, int64_t document, xj_date from, xj_date to)
{
    XJ_VEC(struct document) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_duty__clock clock;
    xj_rules rules;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), pool));
    XJ_TRY(xj_duty__clock_of(&clock, tx));
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_DOCUMENTS, "i", xj_tx_tenant(tx)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (document == 0 || document == xj_row_int(rows, 0))
            xj_vec_push(&found, pool,
                        (struct document){.id = xj_row_int(rows, 0),
                                          .version = xj_row_int(rows, 1),
                                          .programme = xj_row_int(rows, 2),
                                          .office = clock.office,
                                          .rules = &rules,
                                          .from = from,
                                          .to = to});
    }
    for (size_t i = 0; i < found.len; i++)
        XJ_TRY(raise_document(sum, tx, &found.items[i]));
    return NULL;
}

/* ---- in pieces ---- */

struct piece {
    xj_date from, to;
    int64_t after; /* the duty task raised last */
    int64_t next;
    bool done;
    xj_raised sum;
};

static xj_error *
run_piece(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t end = xj_duty__piece_end();
    struct piece *p = args;

    p->sum = (xj_raised){0};
    p->next = p->after;
    p->done = false;
    do {
        xj_rows *rows;
        int64_t last, n;
        bool more;

        XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PAGE, "iii", xj_tx_tenant(tx), p->next,
                           (int64_t)PAGE));
        XJ_TRY(xj_rows_next(rows, &more));
        last = xj_row_int(rows, 0);
        n = xj_row_int(rows, 1);
        xj_rows_close(rows);
        if (n > 0) {
            XJ_TRY(xj_duty__raise(&p->sum, tx, p->next + 1, last, p->from, p->to));
            p->next = last;
        }
        if (n < PAGE) {
            XJ_TRY(xj_duty__raise_documents(&p->sum, tx, 0, p->from, p->to));
            XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_CLOCK_RAISED, "si",
                              xj_day_str(p->to, xj_tx_pool(tx)), xj_tx_tenant(tx)));
            XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_RAISED_MANY, ""));
            p->done = true;
        }
    } while (!p->done && !xj_duty__piece_over(end));
    xj_buf_printf(answer, "{\"obligations\":%lld,\"rows\":%lld}", (long long)p->sum.obligations,
                  (long long)p->sum.rows);
    return NULL;
}

static xj_error *
raise_window(xj_raised *raised, xj_store *store, const xj_command *like, xj_date from, xj_date to,
             xj_pool *scratch)
{
    struct piece p = {.from = from, .to = to};

    do {
        xj_command command = {.name = "duty.raise",
                              .tenant = like->tenant,
                              .actor = like->actor,
                              .actor_name = like->actor_name,
                              .run = run_piece,
                              .args = &p};
        xj_str body;

        command.payload =
            xj_str_printf(scratch, "{\"from\":\"" XJ_FMT "\",\"to\":\"" XJ_FMT "\"}",
                          XJ_ARG(xj_day_str(from, scratch)), XJ_ARG(xj_day_str(to, scratch)));
        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
        p.after = p.next;
        raised->obligations += p.sum.obligations;
        raised->rows += p.sum.rows;
    } while (!p.done);
    return NULL;
}

xj_error *
xj_obligation_raise(xj_raised *raised, xj_store *store, const xj_command *like, xj_date from,
                    xj_date to, xj_pool *scratch)
{
    *raised = (xj_raised){0};
    while (xj_date_cmp(from, to) <= 0) {
        xj_date end = xj_date_add_days(from, 364);

        if (xj_date_cmp(end, to) > 0)
            end = to;
        XJ_TRY(raise_window(raised, store, like, from, end, scratch));
        from = xj_date_add_days(end, 1);
    }
    return NULL;
}
