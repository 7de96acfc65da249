/* Duty tasks that came from above: how they come, change, go, and how they are taken. */
#include "duty/above_priv.h"

/* ---- coming ---- */

xj_error *
xj_above_notice(int64_t *notice, xj_tx *tx, xj_str title)
{
    return xj_duty__notice(notice, tx, XJ_STR("assignment"), title);
}

xj_error *
xj_above_notice_to(int64_t *notice, xj_tx *tx, xj_str title, int64_t unit)
{
    XJ_TRY(xj_above_notice(notice, tx, title));
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_RECEIPT_ADD, "iii", xj_tx_tenant(tx), *notice, unit);
}

struct held {
    int64_t duty, days_before, version, word;
    bool found, live, kept, adapted;
    xj_str kind, state, deadline_kind, due, title, text, strength, cadence;
};

static xj_error *
load_words(struct held *held, xj_tx *tx)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_WORDS, "ii", xj_tx_tenant(tx), held->duty));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    held->title = xj_row_text(rows, 0, pool);
    held->text = xj_row_text(rows, 1, pool);
    held->strength = xj_row_text(rows, 2, pool);
    held->cadence = xj_row_text(rows, 3, pool);
    held->deadline_kind = xj_row_text(rows, 4, pool);
    held->due = xj_row_text(rows, 5, pool);
    held->version = xj_row_int(rows, 6);
    xj_rows_close(rows);
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_SHAPE, "ii", xj_tx_tenant(tx), held->duty));
    XJ_TRY(xj_rows_next(rows, &more));
    held->kind = xj_row_text(rows, 9, pool);
    held->state = xj_row_text(rows, 1, pool);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
load(struct held *held, xj_tx *tx, int64_t link, int64_t peer)
{
    xj_rows *rows;

    *held = (struct held){0};
    XJ_TRY(
        xj_db_query(&rows, xj_tx_db(tx), SQL_ABOVE_BY_PEER, "iii", xj_tx_tenant(tx), link, peer));
    XJ_TRY(xj_rows_next(rows, &held->found));
    if (!held->found)
        return NULL;
    held->duty = xj_row_int(rows, 0);
    held->adapted = xj_str_eq(xj_row_str(rows, 1), XJ_STR("adapted"));
    held->days_before = xj_row_int(rows, 2);
    held->live = xj_row_int(rows, 3) != 0;
    held->kept = !xj_row_null(rows, 4);
    held->word = xj_row_int(rows, 5);
    xj_rows_close(rows);
    return load_words(held, tx);
}

/* DATES (["06-15"]), each DAYS earlier, as JSON. */
static xj_error *
earlier(xj_str *out, xj_str dates, int64_t days, xj_pool *pool)
{
    const xj_jval *list;
    xj_buf buf;
    xj_json w;

    XJ_TRY(xj_json_parse(&list, dates, (size_t)1 << 16, pool));
    xj_buf_init(&buf, pool, (size_t)1 << 16);
    xj_json_init(&w, &buf);
    xj_json_array(&w);
    for (size_t i = 0; i < xj_jval_len(list); i++) {
        const xj_str day = xj_jval_str(xj_jval_at(list, i));
        char text[XJ_DATE_LEN];
        xj_date date;

        /* The year is only a carrier; none of the dates is a 29 February. */
        if (!xj_date_parse(&date, xj_str_printf(pool, "2005-" XJ_FMT, XJ_ARG(day))))
            return xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day of a year", XJ_ARG(day));
        xj_json_str(&w, xj_str_skip(xj_date_format(text, xj_date_add_days(date, -(int)days)), 5));
    }
    xj_json_end_array(&w);
    *out = xj_buf_str(&buf);
    return xj_buf_check(&buf);
}

static xj_error *
set_targets(xj_tx *tx, int64_t duty, const xj_above_task *task)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_TARGETS_CLEAR, "ii", xj_tx_tenant(tx), duty));
    for (size_t i = 0; i < task->ntargets; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_TARGET_ADD, "iiisss", xj_tx_tenant(tx), duty,
                          (int64_t)i, task->targets[i].indicator, task->targets[i].measure,
                          task->targets[i].goal));
    return NULL;
}

static xj_str
day_or_none(xj_str due)
{
    return due.data == NULL ? XJ_STR(XJ_DAY_NONE) : due;
}

/* What goes with TASK there goes with DUTY here. */
static xj_error *
set_files(xj_tx *tx, int64_t duty, const xj_above_task *task)
{
    return xj_scan_follow(tx, duty,
                          &(xj_scans){.link = task->link,
                                      .files = task->files,
                                      .n = task->nfiles,
                                      .actor_name = task->from_name});
}

static xj_error *
give(xj_tx *tx, const xj_above_task *task, int64_t programme, int64_t notice)
{
    xj_duty_new d = {.programme = programme,
                     .kind = task->kind,
                     .origin = XJ_STR("assignment"),
                     .leader = task->leader,
                     .given_on = task->given_on,
                     .words = task->words,
                     .title = task->title,
                     .text = task->text,
                     .action_no = task->action_no,
                     .action = task->action,
                     .deadline_kind = task->deadline_kind,
                     .due = task->due,
                     .strength = task->strength,
                     .cadence = task->dates.len > 2 ? task->cadence : XJ_STR(""),
                     .deliverable = task->deliverable};
    xj_duty__clock clock;
    int64_t duty;

    XJ_TRY(xj_duty__clock_of(&clock, tx));
    d.lead = clock.office;
    d.restricted = task->restricted;
    XJ_TRY(xj_duty__add(&duty, tx, &d, notice, task->dates));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_ADD, "iiiisssssssssi", xj_tx_tenant(tx), duty,
                      task->link, task->peer, task->from_name, task->title, task->text,
                      task->document, task->doc_no, task->deadline_kind, day_or_none(task->due),
                      task->dates, xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), task->word.id));
    XJ_TRY(set_files(tx, duty, task));
    return set_targets(tx, duty, task);
}

/* The days of DUTY's returns are DATES, DAYS earlier; what is due of it follows. */
static xj_error *
set_days(xj_tx *tx, int64_t duty, xj_str cadence, xj_str dates, int64_t days, xj_str why)
{
    xj_rules rules;
    xj_str own;

    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    XJ_TRY(earlier(&own, dates, days, xj_tx_pool(tx)));
    XJ_TRY(xj_duty__set_dates(tx, duty, &rules, own.len > 2 ? cadence : XJ_STR(""), own));
    XJ_TRY(xj_duty__follow(tx, duty, xj_duty__today(tx), why));
    return xj_duty__relight_since(tx, duty, xj_duty__today(tx));
}

/* DUTY's units have NOTICE to acknowledge.  What few may see keeps the one it came with: only as
 * long as it is of that does nobody else see the title. */
static xj_error *
tell_units(xj_tx *tx, int64_t duty, int64_t notice)
{
    XJ_VEC(int64_t) units = {0};
    xj_duty__held held;
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_duty__load(&held, tx, duty));
    if (held.restricted)
        return NULL;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_PARTS, "ii", xj_tx_tenant(tx), duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        if (xj_str_eq(xj_row_str(rows, 4), XJ_STR(XJ_DAY_NONE)))
            xj_vec_push(&units, xj_tx_pool(tx), xj_row_int(rows, 0));
    }
    for (size_t i = 0; i < units.len; i++)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_RECEIPT_ADD, "iii", xj_tx_tenant(tx), notice,
                          units.items[i]));
    return xj_db_send(xj_tx_db(tx), SQL_ABOVE_NOTICE, "iii", notice, xj_tx_tenant(tx), duty);
}

/* Whether the own day of HELD still lies at or before TASK's. */
static bool
day_fits(const struct held *held, const xj_above_task *task)
{
    return xj_str_eq(held->deadline_kind, task->deadline_kind) &&
           xj_str_cmp(held->due, day_or_none(task->due)) <= 0;
}

/* HELD follows TASK: all of it, or where it was adapted a day that would lie behind. */
static xj_error *
follow_words(xj_tx *tx, struct held *held, const xj_above_task *task, xj_str why)
{
    xj_correction c = {.why = why, .actor_name = task->from_name};
    const bool other_day = held->adapted ? !day_fits(held, task)
                                         : !xj_str_eq(held->deadline_kind, task->deadline_kind) ||
                                               !xj_str_eq(held->due, day_or_none(task->due));

    if (!held->adapted) {
        c.title = task->title;
        c.text = task->text;
        c.strength = task->strength;
    }
    if (other_day) {
        c.deadline_kind = task->deadline_kind;
        c.due = task->due;
    }
    if (c.title.data == NULL && c.deadline_kind.data == NULL)
        return NULL;
    return xj_duty__correct(&held->version, tx, held->duty, held->version, &c);
}

/* The own return that answers DAY there is due as many days before the new day. */
static xj_error *
extend(xj_tx *tx, const struct held *held, const xj_above_task *task, const xj_above_day *day)
{
    const int before = (int)held->days_before;
    const xj_date rule = xj_day_parse(day->raised_for);
    xj_pool *pool = xj_tx_pool(tx);
    const xj_str due = xj_day_str(xj_date_add_days(xj_day_parse(day->due), -before), pool);
    int64_t id = 0, version = 0;
    bool more, later = false;
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ABOVE_RETURN, "iiss", xj_tx_tenant(tx), held->duty,
                       xj_day_str(xj_date_add_days(rule, -before - 1), pool), day->raised_for));
    XJ_TRY(xj_rows_next(rows, &more));
    if (more) {
        id = xj_row_int(rows, 0);
        version = xj_row_int(rows, 1);
        later = xj_str_cmp(due, xj_row_str(rows, 2)) > 0;
    }
    xj_rows_close(rows);
    if (!later)
        return NULL;
    return xj_obligation_step(
        &version, tx, id, version,
        &(xj_step){.move = XJ_STR("extend"),
                   .due = due,
                   .why = xj_str_printf(pool, XJ_FMT "延期", XJ_ARG(task->from_name)),
                   .actor_name = task->from_name,
                   .above = true});
}

/* Whether nothing can end HELD any more: it came to its end, or is of a kind that its own words
 * end. */
static bool
is_over(const struct held *held)
{
    const xj_state_kind *kind = xj_state_kind_find(held->kind);
    const xj_state *state = xj_state_find(kind, held->state);

    return state == NULL || state->life == XJ_LIFE_OVER ||
           xj_state_find(kind, XJ_STR("suspended")) == NULL;
}

/* HELD, which was not given any more, is again: what its end there had stopped here goes on. */
static xj_error *
give_again(xj_tx *tx, struct held *held, const xj_above_task *task)
{
    const bool suspended = xj_str_eq(held->state, XJ_STR("suspended"));

    if (held->live || held->kept ||
        (!suspended && !(xj_above__is_task(held->kind) && is_over(held))))
        return NULL;
    return xj_duty_step(
        &held->version, tx, held->duty, held->version,
        &(xj_step){.move = suspended ? XJ_STR("resume") : XJ_STR("reopen"),
                   .why = xj_str_printf(xj_tx_pool(tx), XJ_FMT "重新交办", XJ_ARG(task->from_name)),
                   .actor_name = task->from_name,
                   .above = true});
}

static xj_error *
change(xj_tx *tx, struct held *held, const xj_above_task *task, int64_t notice)
{
    const xj_str why = xj_str_printf(xj_tx_pool(tx), XJ_FMT "调整", XJ_ARG(task->from_name));

    XJ_TRY(xj_db_send(
        xj_tx_db(tx), SQL_ABOVE_CHANGE, "sssssssssii", task->from_name, task->title, task->text,
        task->document, task->doc_no, task->deadline_kind, day_or_none(task->due), task->dates,
        xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), xj_tx_tenant(tx), held->duty));
    XJ_TRY(give_again(tx, held, task));
    XJ_TRY(follow_words(tx, held, task, why));
    XJ_TRY(set_targets(tx, held->duty, task));
    XJ_TRY(set_files(tx, held->duty, task));
    XJ_TRY(set_days(tx, held->duty, task->cadence, task->dates, held->days_before, why));
    for (size_t i = 0; i < task->ndays; i++)
        XJ_TRY(extend(tx, held, task, &task->days[i]));
    XJ_TRY(xj_above__take_word(tx, held->duty, held->word, task));
    return tell_units(tx, held->duty, notice);
}

xj_error *
xj_above_put(xj_tx *tx, const xj_above_task *task, int64_t programme, int64_t notice)
{
    struct held held;

    XJ_TRY(load(&held, tx, task->link, task->peer));
    return held.found ? change(tx, &held, task, notice) : give(tx, task, programme, notice);
}

/* ---- going ---- */

xj_error *
xj_above_end(xj_tx *tx, int64_t link, int64_t peer, int64_t notice, const xj_above_ending *ending)
{
    struct held held;

    XJ_TRY(load(&held, tx, link, peer));
    if (!held.found || (!held.live && !held.kept))
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_END, "ssii", ending->how,
                      xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), xj_tx_tenant(tx), held.duty));
    if (!is_over(&held))
        XJ_TRY(xj_duty_step(&held.version, tx, held.duty, held.version,
                            &(xj_step){.move = xj_str_eq(ending->how, XJ_STR("finished"))
                                                   ? XJ_STR("finish")
                                                   : XJ_STR("suspend"),
                                       .why = ending->why,
                                       .actor_name = ending->actor_name,
                                       .above = true}));
    return tell_units(tx, held.duty, notice);
}

/* DUTY, which came over a link that is no more, is this jurisdiction's own. */
static xj_error *
keep(xj_tx *tx, int64_t duty, int64_t notice, xj_str why)
{
    const xj_str today = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    struct held held = {.duty = duty};

    XJ_TRY(load_words(&held, tx));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_KEEP, "sii", today, xj_tx_tenant(tx), duty));
    XJ_TRY(xj_duty__note(tx, "duty", duty, XJ_STR("keep_as_own"), held.state, held.state, today,
                         XJ_STR(""), why, XJ_STR_NONE));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_TOUCH, "iii", xj_tx_now(tx), xj_tx_tenant(tx), duty));
    return tell_units(tx, duty, notice);
}

xj_error *
xj_above_keep_all(xj_tx *tx, int64_t link, int64_t notice, xj_str why)
{
    int64_t *duties;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ABOVE_LIVE, "ii", xj_tx_tenant(tx), link));
    XJ_TRY(xj_rows_ints(&duties, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(keep(tx, duties[i], notice, why));
    return NULL;
}

xj_error *
xj_above_rejoin(xj_tx *tx, int64_t duty, int64_t link)
{
    return xj_db_send(xj_tx_db(tx), SQL_ABOVE_REJOIN, "iii", link, xj_tx_tenant(tx), duty);
}

xj_error *
xj_above_office(int64_t *unit, xj_tx *tx)
{
    xj_duty__clock clock;

    XJ_TRY(xj_duty__clock_of(&clock, tx));
    *unit = clock.office;
    return NULL;
}

/* ---- looking ---- */

static xj_above
read_row(const xj_rows *rows, xj_pool *result)
{
    return (xj_above){.duty = xj_row_int(rows, 0),
                      .link = xj_row_int(rows, 1),
                      .peer = xj_row_int(rows, 2),
                      .from_name = xj_row_text(rows, 3, result),
                      .title = xj_row_text(rows, 4, result),
                      .text = xj_row_text(rows, 5, result),
                      .document = xj_row_text(rows, 6, result),
                      .doc_no = xj_row_text(rows, 7, result),
                      .deadline_kind = xj_row_text(rows, 8, result),
                      .due = xj_row_text(rows, 9, result),
                      .dates = xj_row_text(rows, 10, result),
                      .taken = xj_row_text(rows, 11, result),
                      .days_before = xj_row_int(rows, 12),
                      .taken_on = xj_row_text(rows, 13, result),
                      .taken_name = xj_row_text(rows, 14, result),
                      .live = xj_row_int(rows, 15) != 0,
                      .kept_on = xj_row_text(rows, 16, result),
                      .changed_on = xj_row_text(rows, 17, result),
                      .own_title = xj_row_text(rows, 18, result),
                      .own_text = xj_row_text(rows, 19, result),
                      .own_deadline_kind = xj_row_text(rows, 20, result),
                      .own_due = xj_row_text(rows, 21, result),
                      .state = xj_row_text(rows, 22, result),
                      .version = xj_row_int(rows, 23),
                      .owner = xj_row_int(rows, 24),
                      .owner_name = xj_row_text(rows, 25, result),
                      .kind = xj_row_text(rows, 26, result),
                      .ended = xj_row_text(rows, 27, result)};
}

xj_error *
xj_above_list(xj_above **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t person,
              const xj_above_filter *f, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_ABOVE_LIST, result);
    XJ_VEC(xj_above) found = {0};
    xj_rows *rows;
    bool more;

    if (f->duty != 0)
        xj_list_int(list, "duty", XJ_COND_EQ, f->duty);
    if (f->live >= 0)
        xj_list_int(list, "live", XJ_COND_EQ, f->live);
    if (f->taken.data != NULL)
        xj_list_str(list, "taken", XJ_COND_EQ, f->taken);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, person, result));
    xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, read_row(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- taking ---- */

static xj_error *
check_take(const xj_above *above, const xj_above_take *take)
{
    xj_date day;

    if (above->kept_on.data != NULL)
        return xj_error_new(XJ_E_CONFLICT,
                            "the link with \"" XJ_FMT "\" has ended: the task is one's own",
                            XJ_ARG(above->from_name));
    if (!above->live)
        return xj_error_new(XJ_E_CONFLICT, "\"" XJ_FMT "\" has taken the task back",
                            XJ_ARG(above->from_name));
    if (!take->adapted)
        return NULL;
    XJ_TRY(xj_duty__check_text(take->title, XJ_DUTY_TITLE_MAX, take->title.data != NULL, "title"));
    XJ_TRY(xj_duty__check_text(take->text, XJ_DUTY_TEXT_MAX, false, "text"));
    if (take->days_before < 0 || take->days_before > XJ_ABOVE_DAYS_MAX)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "a return is due at most %d days before the day above",
                                        XJ_ABOVE_DAYS_MAX),
                           "/days_before");
    if (take->due.data == NULL)
        return NULL;
    if (xj_str_eq(above->due, XJ_STR(XJ_DAY_NONE)) || !xj_date_parse(&day, take->due) ||
        day.year < 2000)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the task has no such deadline"), "/due");
    if (xj_str_cmp(take->due, above->due) > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "the day cannot lie behind that above, " XJ_FMT,
                                        XJ_ARG(above->due)),
                           "/due");
    return NULL;
}

/* The units that have part: the office, which returns it, and those of TAKE. */
static xj_error *
set_units(xj_tx *tx, const xj_above *above, const xj_above_take *take, int64_t notice)
{
    xj__line_unit *units = XJ_NEW_ARRAY(xj_tx_pool(tx), xj__line_unit, take->nunits + 1);
    xj__line line = {.cadence = XJ_STR(""), .units = units, .nunits = take->nunits + 1};
    xj_rules rules;
    xj__parts parts;

    if (!take->set_units)
        return NULL;
    if (take->nunits > XJ_DUTY_UNITS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "there are too many units");
    units[0] = (xj__line_unit){above->owner, XJ_STR("lead")};
    for (size_t i = 0; i < take->nunits; i++)
        units[i + 1] = (xj__line_unit){take->units[i], XJ_STR("responsible")};
    XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
    XJ_TRY(xj_duty__parts_of(&parts, tx, &line, NULL, &rules, above->owner));
    return xj_duty__set_parts(tx, above->duty, notice, xj_duty__today(tx), &parts);
}

static xj_error *
notice_of(int64_t *notice, xj_tx *tx, int64_t duty)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_duty *whole;

    XJ_TRY(xj_duty_get(&whole, xj_tx_db(tx), &all, 0, duty, xj_tx_pool(tx)));
    *notice = whole->row.notice;
    return NULL;
}

xj_error *
xj_above_take_do(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_above_take *take)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    const xj_above_filter filter = {.duty = id, .live = -1};
    const xj_str today = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    const int64_t days = take->adapted ? take->days_before : 0;
    xj_str why;
    xj_correction c;
    struct held held = {.duty = id};
    xj_above *above;
    int64_t notice;
    size_t n;

    xj_tx_subject(tx, "duty", id);
    XJ_TRY(xj_above_list(&above, &n, xj_tx_db(tx), &all, 0, &filter, 0, 1, xj_tx_pool(tx)));
    if (n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the task did not come from above");
    XJ_TRY(xj_duty__check_version(above->version, version, "duty task"));
    XJ_TRY(check_take(above, take));
    XJ_TRY(notice_of(&notice, tx, id));
    why = take->adapted ? XJ_STR("参照") : XJ_STR("照办");
    c = (xj_correction){.title = take->adapted ? take->title : above->title,
                        .text = take->adapted ? take->text : above->text,
                        .deadline_kind = above->deadline_kind,
                        .due = take->adapted && take->due.data != NULL      ? take->due
                               : xj_str_eq(above->due, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE
                                                                            : above->due,
                        .why = why,
                        .actor_name = take->actor_name};
    XJ_TRY(xj_duty__correct(now, tx, id, version, &c));
    XJ_TRY(set_units(tx, above, take, notice));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_ABOVE_TAKE, "sissii",
                      take->adapted ? XJ_STR("adapted") : XJ_STR("as_is"), days, today,
                      take->actor_name, xj_tx_tenant(tx), id));
    XJ_TRY(load_words(&held, tx));
    return set_days(tx, id, held.cadence, above->dates, days, why);
}
