/*
 * From a published plan to duty tasks.
 *
 * Behind the publication, in pieces: each line makes a duty task, or renews the one that its
 * document had of it; what nobody settled takes its default and says so.  An end in between is
 * taken up by the next start or the next turn of the clock (duty_plan says how far it came).
 */
#include "duty/settle.h"
#include "duty/settle_priv.h"

#include "plan/document.h"

#define PAGE 8

struct run {
    int64_t version, document, notice, after;
    int64_t replaced; /* the document that this one took the place of, or 0 */
    xj_str title, remarks;
    xj_date today;
    xj_rules rules;
    xj_duty__clock clock;
};

static bool
has_document(xj_str deliverables)
{
    return xj_str_has(deliverables, XJ_STR("\"kind\":\"document\""));
}

/* ---- one line ---- */

static xj_error *
read_lines(xj__line **lines, size_t *n, xj_tx *tx, const struct run *run)
{
    XJ_VEC(xj__line) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PLAN_TASKS, "iiii", xj_tx_tenant(tx),
                       run->version, run->after, (int64_t)PAGE));
    for (;;) {
        xj_str returns, dates;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        returns = xj_row_text(rows, 11, pool);
        dates = xj_row_text(rows, 14, pool);
        xj_vec_push(&found, pool,
                    (xj__line){.plan_task = xj_row_int(rows, 0),
                               .line = xj_row_int(rows, 1),
                               .action_no = xj_row_int(rows, 2),
                               .action = xj_row_text(rows, 3, pool),
                               .no = xj_row_text(rows, 4, pool),
                               .title = xj_row_text(rows, 5, pool),
                               .text = xj_row_text(rows, 6, pool),
                               .deadline_kind = xj_row_text(rows, 7, pool),
                               .due = xj_row_text(rows, 8, pool),
                               .strength = xj_row_text(rows, 9, pool),
                               .cadence = xj_row_text(rows, 10, pool),
                               .printed = returns.len > 2 ? returns
                                          : dates.len > 2 ? dates
                                                          : XJ_STR_NONE,
                               .document = has_document(xj_row_str(rows, 12)),
                               .lead_proposed = xj_row_text(rows, 13, pool),
                               .programme = xj_row_int(rows, 15)});
    }
    *lines = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
read_units(xj__line *line, xj_tx *tx)
{
    XJ_VEC(xj__line_unit) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PLAN_TASK_UNITS, "ii", xj_tx_tenant(tx),
                       line->plan_task));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool, (xj__line_unit){xj_row_int(rows, 0), xj_row_text(rows, 1, pool)});
    }
    line->units = found.items;
    line->nunits = found.len;
    return NULL;
}

struct held {
    int64_t id;
    bool live;
    xj_str state, title, text, due, deadline_kind, strength;
    xj__settled settled;
};

static xj_error *
find_held(struct held *held, bool *found, xj_tx *tx, int64_t document, int64_t line)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_BY_LINE, "iii", xj_tx_tenant(tx), document,
                       line));
    XJ_TRY(xj_rows_next(rows, found));
    if (*found)
        *held = (struct held){.id = xj_row_int(rows, 0),
                              .state = xj_row_text(rows, 1, pool),
                              .live = xj_row_int(rows, 2) != 0,
                              .settled = {.owner = xj_row_int(rows, 3),
                                          .unsettled = xj_row_text(rows, 4, pool),
                                          .cadence = xj_row_text(rows, 5, pool),
                                          .way = xj_row_text(rows, 6, pool)},
                              .title = xj_row_text(rows, 7, pool),
                              .text = xj_row_text(rows, 8, pool),
                              .due = xj_row_text(rows, 9, pool),
                              .deadline_kind = xj_row_text(rows, 10, pool),
                              .strength = xj_row_text(rows, 11, pool)};
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
add_new(xj_tx *tx, const struct run *run, const xj__line *line, const xj__parts *parts)
{
    const xj_str today = xj_day_str(run->today, xj_tx_pool(tx));
    const int64_t id = xj_tx_next_id(tx);

    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_ADD,
                      "iiissiIIIIi"
                      "sssssssssssss"
                      "isSSSSii",
                      xj_tx_tenant(tx), id, line->programme, XJ_STR("task"), XJ_STR("plan"),
                      run->notice, &run->document, &run->version, &line->plan_task, &line->line,
                      line->action_no, line->action, line->no, line->title, line->text,
                      XJ_STR("assigned"), today, line->deadline_kind, line->due, today,
                      xj_duty__ends_on(line->deadline_kind, line->due), line->strength,
                      parts->settled.cadence, parts->settled.way, parts->settled.owner,
                      parts->settled.unsettled, line->document ? XJ_STR("document") : XJ_STR_NONE,
                      XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE, INT64_C(0), xj_tx_now(tx)));
    XJ_TRY(xj_duty__note(tx, "duty", id, XJ_STR("assign"), XJ_STR("raised"), XJ_STR("assigned"),
                         today, XJ_STR(""), run->remarks, XJ_STR_NONE));
    XJ_TRY(xj_duty__set_parts(tx, id, run->notice, run->today, parts));
    XJ_TRY(xj_duty__set_dates(tx, id, &run->rules, parts->settled.cadence, line->printed));
    XJ_TRY(xj_duty__follow(tx, id, run->today, XJ_STR("新发布")));
    return xj_duty__relight(tx, id, run->today, run->today, &run->rules);
}

/* What LINE changes of what is held, as it stood: JSON; "{}": nothing. */
static xj_error *
words_before(xj_str *json, const struct held *held, const xj__line *line,
             const xj__settled *settled, xj_pool *pool)
{
    const struct {
        const char *name;
        xj_str was, is;
    } texts[] = {{"title", held->title, line->title},
                 {"text", held->text, line->text},
                 {"due", held->due, line->due},
                 {"deadline_kind", held->deadline_kind, line->deadline_kind},
                 {"strength", held->strength, line->strength},
                 {"cadence", held->settled.cadence, settled->cadence}};
    xj_buf out;
    xj_json w;

    xj_buf_init(&out, pool, (size_t)1 << 20);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!xj_str_eq(texts[i].was, texts[i].is))
            xj_json_key_str(&w, texts[i].name, texts[i].was);
    if (held->settled.owner != settled->owner)
        xj_json_key_int(&w, "owner", held->settled.owner);
    xj_json_end_object(&w);
    *json = xj_buf_str(&out);
    return xj_buf_check(&out);
}

static xj_error *
renew(xj_tx *tx, const struct run *run, const xj__line *line, const struct held *held,
      const xj__parts *parts)
{
    const xj_str today = xj_day_str(run->today, xj_tx_pool(tx));
    const xj_str why = run->remarks.len > 0 ? run->remarks
                       : run->replaced != 0 ? XJ_STR("由新文件接续")
                                            : XJ_STR("文件有新版本");
    xj_str state = held->state, before;
    const xj_state *to;
    bool changed;

    XJ_TRY(words_before(&before, held, line, &parts->settled, xj_tx_pool(tx)));
    changed = before.len > 2;
    if (changed && held->live) {
        const xj_asked asked = {.why = why, .doc = true, .by_clock = false};
        xj_error *err = xj_state_move(&to, xj_state_kind_find(XJ_STR("task")), held->state,
                                      XJ_STR("amend"), &asked);

        if (err == NULL)
            state = xj_str_c(to->name);
        /* What is asked to be completed stays so, with the new words. */
        xj_error_clear(err);
    }
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_RENEW,
                      "iiiissssssssss"
                      "ssisSiii",
                      run->version, run->document, line->plan_task, line->action_no, line->action,
                      line->no, line->title, line->text, state, today, line->deadline_kind,
                      line->due, xj_duty__ends_on(line->deadline_kind, line->due), line->strength,
                      parts->settled.cadence, parts->settled.way, parts->settled.owner,
                      parts->settled.unsettled, line->document ? XJ_STR("document") : XJ_STR_NONE,
                      xj_tx_now(tx), xj_tx_tenant(tx), held->id));
    if (changed)
        XJ_TRY(xj_duty__note(tx, "duty", held->id, XJ_STR("amend"), held->state, state, today,
                             XJ_STR(""), why, before));
    XJ_TRY(xj_duty__set_parts(tx, held->id, run->notice, run->today, parts));
    XJ_TRY(xj_duty__set_dates(tx, held->id, &run->rules, parts->settled.cadence, line->printed));
    XJ_TRY(xj_duty__follow(tx, held->id, run->today, why));
    return xj_duty__relight(tx, held->id, run->today, run->today, &run->rules);
}

static xj_error *
one_line(xj_tx *tx, const struct run *run, xj__line *line)
{
    struct held held;
    xj__parts parts;
    bool found, renews;

    XJ_TRY(read_units(line, tx));
    XJ_TRY(find_held(&held, &found, tx, run->document, line->line));
    renews = found;
    if (!found && run->replaced != 0) {
        XJ_TRY(find_held(&held, &found, tx, run->replaced, line->line));
        renews = found && held.live; /* what was done last year is done */
    }
    XJ_TRY(xj_duty__parts_of(&parts, tx, line, found ? &held.settled : NULL, &run->rules,
                             run->clock.office));
    return renews ? renew(tx, run, line, &held, &parts) : add_new(tx, run, line, &parts);
}

/* ---- what the new version holds no more ---- */

static xj_error *
drop_others(xj_tx *tx, const struct run *run, int64_t document, xj_str why)
{
    struct dropped {
        int64_t id;
        xj_str state;
    };
    XJ_VEC(struct dropped) found = {0};
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str today = xj_day_str(run->today, pool);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_DROPPED, "iii", xj_tx_tenant(tx), document,
                       run->version));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool,
                    (struct dropped){xj_row_int(rows, 0), xj_row_text(rows, 1, pool)});
    }
    for (size_t i = 0; i < found.len; i++) {
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_MOVE, "ssiSSSSIiii", XJ_STR("suspended"), today,
                          INT64_C(0), XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE, XJ_STR_NONE, NULL,
                          xj_tx_now(tx), xj_tx_tenant(tx), found.items[i].id));
        XJ_TRY(xj_duty__note(tx, "duty", found.items[i].id, XJ_STR("suspend"), found.items[i].state,
                             XJ_STR("suspended"), today, XJ_STR(""), why, XJ_STR_NONE));
        XJ_TRY(xj_duty__follow(tx, found.items[i].id, run->today, why));
        XJ_TRY(xj_duty__relight(tx, found.items[i].id, run->today, run->today, &run->rules));
    }
    return NULL;
}

/* What the document that was replaced asks for itself is owed no more from today on. */
static xj_error *
withdraw_owed(xj_tx *tx, const struct run *run, xj_str why)
{
    struct owed {
        int64_t id, version;
    };
    XJ_VEC(struct owed) found = {0};
    const xj_step step = {.move = XJ_STR("withdraw"), .why = why};
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    int64_t now;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_OWED_BY_DOCUMENT, "iis", xj_tx_tenant(tx),
                       run->replaced, xj_day_str(run->today, pool)));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, pool, (struct owed){xj_row_int(rows, 0), xj_row_int(rows, 1)});
    }
    for (size_t i = 0; i < found.len; i++)
        XJ_TRY(xj_obligation_step(&now, tx, found.items[i].id, found.items[i].version, &step));
    return NULL;
}

static xj_error *
end_others(xj_tx *tx, const struct run *run)
{
    const xj_str why = xj_str_printf(xj_tx_pool(tx), "由《" XJ_FMT "》取代", XJ_ARG(run->title));

    XJ_TRY(drop_others(tx, run, run->document, XJ_STR("新版本不再列入")));
    if (run->replaced == 0)
        return NULL;
    XJ_TRY(drop_others(tx, run, run->replaced, why));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_PLAN_REMOVE, "ii", xj_tx_tenant(tx), run->replaced));
    return withdraw_owed(tx, run, why);
}

/* ---- a piece ---- */

struct piece {
    int64_t version;
    bool done;
};

static xj_error *
find_notice(int64_t *id, xj_tx *tx, const struct run *run)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_NOTICE_OF_VERSION, "ii", xj_tx_tenant(tx),
                       run->version));
    XJ_TRY(xj_rows_next(rows, &more));
    *id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    if (more)
        return NULL;
    *id = xj_tx_next_id(tx);
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_NOTICE_ADD, "iisIssi", xj_tx_tenant(tx), *id,
                      XJ_STR("plan"), &run->version, run->title,
                      xj_day_str(run->today, xj_tx_pool(tx)), xj_tx_now(tx));
}

/* *DONE where the version is not the published one any more, or all is made. */
static xj_error *
begin(struct run *run, bool *done, xj_tx *tx)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_HEAD, "ii", tenant, run->version));
    XJ_TRY(xj_rows_next(rows, &more));
    *done = !more || !xj_str_eq(xj_row_str(rows, 2), XJ_STR("published"));
    if (!*done) {
        run->title = xj_row_text(rows, 0, pool);
        run->remarks = xj_row_text(rows, 1, pool);
        run->document = xj_row_int(rows, 3);
    }
    xj_rows_close(rows);
    if (*done)
        return NULL;
    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_REPLACED, "iii", tenant, run->version, run->document));
    XJ_TRY(xj_rows_next(rows, &more));
    run->replaced = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    XJ_TRY(xj_db_query(&rows, db, SQL_DUTY_PLAN_GET, "ii", tenant, run->document));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more && xj_row_int(rows, 0) == run->version) {
        run->after = xj_row_int(rows, 1);
        *done = xj_row_int(rows, 2) != 0;
    }
    xj_rows_close(rows);
    run->today = xj_duty__today(tx);
    XJ_TRY(xj_duty__clock_of(&run->clock, tx));
    return xj_rules_get(&run->rules, db, tenant, pool);
}

static xj_error *
run_piece(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t end = xj_duty__piece_end();
    struct piece *p = args;
    struct run run = {.version = p->version};
    xj_raised sum = {0};
    size_t n;

    (void)answer;
    xj_tx_subject(tx, "plan_version", p->version);
    XJ_TRY(begin(&run, &p->done, tx));
    if (p->done)
        return NULL;
    XJ_TRY(find_notice(&run.notice, tx, &run));
    do {
        xj__line *lines;

        XJ_TRY(read_lines(&lines, &n, tx, &run));
        /* At least one, however late it is. */
        for (size_t i = 0; i < n && (i == 0 || !xj_duty__piece_over(end)); i++) {
            XJ_TRY(one_line(tx, &run, &lines[i]));
            run.after = lines[i].plan_task;
        }
        p->done = n == 0;
    } while (!p->done && !xj_duty__piece_over(end));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_RAISED_MANY, ""));
    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_DUTY_PLAN_SET, "iiiii", xj_tx_tenant(tx), run.document,
                     run.version, run.after, (int64_t)p->done));
    if (!p->done)
        return NULL;
    XJ_TRY(end_others(tx, &run));
    for (xj_date from = run.today; xj_date_cmp(from, run.clock.raised_to) <= 0;) {
        xj_date to = xj_date_add_days(from, 364);

        if (xj_date_cmp(to, run.clock.raised_to) > 0)
            to = run.clock.raised_to;
        XJ_TRY(xj_duty__raise_documents(&sum, tx, run.document, from, to));
        from = xj_date_add_days(to, 1);
    }
    return xj_duty__dispatch_new(tx, run.document);
}

/* STOP (may be NULL) ends it between two pieces: what is left is taken up by the next sweep. */
static xj_error *
follow_plan(xj_store *store, const xj_command *like, int64_t version, const atomic_bool *stop,
            xj_pool *scratch)
{
    struct piece p = {.version = version};

    do {
        xj_command command = {.name = "duty.plan",
                              .tenant = like->tenant,
                              .actor = like->actor,
                              .actor_name = like->actor_name,
                              .run = run_piece,
                              .args = &p};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    } while (!p.done && !(stop != NULL && atomic_load(stop)));
    return NULL;
}

xj_error *
xj_duty_from_plan(xj_store *store, const xj_command *like, int64_t version, xj_pool *scratch)
{
    return follow_plan(store, like, version, NULL, scratch);
}

static xj_error *
open_plans(int64_t **ids, size_t *n, xj_store *store, enum xj_sql sql, int64_t tenant,
           xj_pool *pool)
{
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    XJ_TRY(sql == SQL_DUTY_PLANS_OPEN ? xj_db_query(&rows, xj_reader_db(reader), sql, "i", tenant)
                                      : xj_db_query(&rows, xj_reader_db(reader), sql, ""));
    XJ_TRY(xj_rows_ints(ids, n, rows, pool));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_duty_sweep(xj_store *store, const atomic_bool *stop, xj_pool *scratch)
{
    int64_t *tenants, *versions;
    size_t ntenants, nversions;

    XJ_TRY(open_plans(&tenants, &ntenants, store, SQL_DUTY_PLAN_TENANTS, 0, scratch));
    for (size_t i = 0; i < ntenants; i++) {
        const xj_command like = {.tenant = tenants[i], .actor_name = XJ_STR("clock")};

        XJ_TRY(open_plans(&versions, &nversions, store, SQL_DUTY_PLANS_OPEN, tenants[i], scratch));
        for (size_t j = 0; j < nversions; j++)
            XJ_TRY(follow_plan(store, &like, versions[j], stop, scratch));
    }
    return NULL;
}
