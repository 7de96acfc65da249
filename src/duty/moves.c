/* Moves and corrections of duty tasks. */
#include "duty/request_priv.h"
#include "duty/settle_priv.h"

#include "plan/tag.h"

xj_error *
xj_duty__load(xj_duty__held *held, xj_tx *tx, int64_t id)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_FOR_MOVE, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    *held = (xj_duty__held){.kind = xj_row_text(rows, 0, pool),
                            .state = xj_row_text(rows, 1, pool),
                            .live = xj_row_int(rows, 2) != 0,
                            .version = xj_row_int(rows, 3),
                            .deliverable = xj_row_text(rows, 4, pool),
                            .doc_no = xj_row_text(rows, 5, pool),
                            .doc_on = xj_row_text(rows, 6, pool),
                            .deadline_kind = xj_row_text(rows, 7, pool),
                            .due = xj_row_text(rows, 8, pool),
                            .owner = xj_row_int(rows, 9),
                            .line = xj_row_int(rows, 11),
                            .restricted = xj_row_int(rows, 12) != 0};
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__is_handled(bool *handled, xj_tx *tx, int64_t duty, int64_t unit)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_HANDLED, "iii", xj_tx_tenant(tx), duty, unit));
    XJ_TRY(xj_rows_next(rows, handled));
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__last_mover(int64_t *person, xj_tx *tx, const char *about, int64_t id)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_LAST_MOVER, "isi", xj_tx_tenant(tx),
                       xj_str_c(about), id));
    XJ_TRY(xj_rows_next(rows, &more));
    *person = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

xj_error *
xj_duty__check_version(int64_t now, int64_t seen, const char *what)
{
    if (now == seen)
        return NULL;
    return xj_error_new(XJ_E_STALE,
                        "the %s was changed since you saw it: it is at %lld, you saw %lld", what,
                        (long long)now, (long long)seen);
}

bool
xj_duty__is_dated(xj_str due)
{
    return !xj_str_eq(due, XJ_STR(XJ_DAY_NONE));
}

xj_error *
xj_duty__check_text(xj_str text, size_t max, bool asked, const char *member)
{
    if (asked && xj_str_trim(text).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the %s is empty", member), "/%s", member);
    if (xj_utf8_count(text) > max)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the %s has more than %zu characters", member, max), "/%s",
            member);
    return NULL;
}

/* The deadline after STEP, where it sets or implies another: *DUE is data NULL else. */
static xj_error *
new_due(xj_str *due, xj_tx *tx, const xj_duty__held *held, const xj_step *step)
{
    const bool extends = xj_str_eq(step->move, XJ_STR("extend"));
    const bool carries = xj_str_eq(step->move, XJ_STR("carry_over"));
    const bool may = extends || carries || xj_str_eq(step->move, XJ_STR("amend"));
    const xj_date old = xj_day_parse(held->due);
    xj_date day;

    *due = XJ_STR_NONE;
    if (step->due.data == NULL) {
        if (extends)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "an extension needs the new day"),
                               "/due");
        /* A day of a later year stands as it is. */
        if (carries && old.year != 0 && old.year <= xj_day_of(xj_tx_now(tx)).year) {
            day = (xj_date){old.year + 1, old.month, old.day};
            if (!xj_date_valid(day))
                day.day = 28;
            *due = xj_day_str(day, xj_tx_pool(tx));
        }
        return NULL;
    }
    if (!may || old.year == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no deadline to be moved here"),
                           "/due");
    if (!xj_date_parse(&day, step->due) || day.year > 2200)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(step->due)), "/due");
    if ((extends || carries) && xj_date_cmp(day, old) <= 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the new day is not behind " XJ_FMT, XJ_ARG(held->due)),
            "/due");
    *due = step->due;
    return NULL;
}

/* Year-end decisions that a move takes: done, or carried over into the next year. */
static xj_error *
decide(xj_tx *tx, int64_t id, xj_str move, xj_str on)
{
    const xj_str year_end =
        xj_str_printf(xj_tx_pool(tx), XJ_FMT "-12-31", XJ_ARG(xj_str_sub(on, 0, 4)));

    if (!xj_str_eq(move, XJ_STR("finish")) && !xj_str_eq(move, XJ_STR("carry_over")))
        return NULL;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_DECIDED, "siis", on, xj_tx_tenant(tx), id, year_end));
    return xj_db_send(xj_tx_db(tx), SQL_DUTY_DECISIONS_DONE, "sii", on, xj_tx_tenant(tx), id);
}

static xj_error *
check_step(xj_str *on, xj_tx *tx, const xj_step *step)
{
    xj_date day;

    XJ_TRY(xj_duty__check_text(step->why, XJ_DUTY_WHY_MAX, false, "why"));
    XJ_TRY(xj_duty__check_text(step->doc_no, 100, false, "doc_no"));
    XJ_TRY(xj_duty__check_text(step->result, XJ_DUTY_TEXT_MAX, false, "result"));
    if (step->doc_on.data != NULL && !xj_date_parse(&day, step->doc_on))
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(step->doc_on)),
            "/doc_on");
    return xj_duty__happened(on, tx, step->happened_on);
}

/* Where STEP leads HELD.  The word of who gave it ends what stands here, and begins it again, in
 * whatever state it is. */
static xj_error *
where_to(const xj_state **to, const xj_duty__held *held, const xj_step *step, const xj_asked *asked)
{
    static const char *const words[][2] = {
        {"finish", "done"}, {"suspend", "suspended"}, {"reopen", "in_hand"}};
    const xj_state_kind *kind = xj_state_kind_find(held->kind);

    *to = NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words && step->above; i++)
        if (xj_str_eq(step->move, xj_str_c(words[i][0])))
            *to = xj_state_find(kind, xj_str_c(words[i][1]));
    return *to != NULL ? NULL : xj_state_move(to, kind, held->state, step->move, asked);
}

bool
xj_duty__is_fulfilled(const char *state)
{
    static const char *const ends[] = {"done", "read", "struck_off", "met", "visited"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (strcmp(state, ends[i]) == 0)
            return true;
    return false;
}

/* What is acknowledged and handled by somebody there already is dispatched with it. */
static xj_error *
where_it_ends(const xj_state **end, xj_tx *tx, int64_t id, const xj_duty__held *held,
              const xj_state *to)
{
    bool handled = false;

    *end = to;
    if (strcmp(to->name, "acknowledged") == 0)
        XJ_TRY(xj_duty__is_handled(&handled, tx, id, held->owner));
    if (handled)
        *end = xj_state_find(xj_state_kind_find(held->kind), XJ_STR("dispatched"));
    return NULL;
}

xj_error *
xj_duty_step(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_step *step)
{
    xj_pool *pool = xj_tx_pool(tx);
    const int64_t all = 100; /* percent of what is done, whatever was last said of it */
    const xj_state *to, *end;
    xj_duty__held held;
    xj_asked asked;
    xj_str on, due, before;
    bool again;

    xj_tx_subject(tx, "duty", id);
    xj_tx_why(tx, step->why);
    XJ_TRY(check_step(&on, tx, step));
    XJ_TRY(xj_duty__load(&held, tx, id));
    XJ_TRY(xj_duty__check_version(held.version, version, "duty task"));
    if (!step->above)
        XJ_TRY(xj_duty__check_giver(tx, id, &held, step->move));
    asked = (xj_asked){.why = step->why,
                       .doc = held.deliverable.data == NULL ||
                              ((step->doc_no.len > 0 || held.doc_no.len > 0) &&
                               (step->doc_on.len > 0 || held.doc_on.len > 0)),
                       .dated = xj_duty__is_dated(held.due),
                       .person = xj_tx_actor(tx)};
    XJ_TRY(xj_duty__last_mover(&asked.last_person, tx, "duty", id));
    XJ_TRY(where_to(&to, &held, step, &asked));
    XJ_TRY(new_due(&due, tx, &held, step));
    if (due.data != NULL)
        XJ_TRY(xj_duty__check_above(tx, id, due));
    XJ_TRY(xj_duty__instruction_moved(tx, id, step, on));
    XJ_TRY(decide(tx, id, step->move, on));
    XJ_TRY(where_it_ends(&end, tx, id, &held, to));
    again = end->life == XJ_LIFE_LIVE &&
            xj_state_find(xj_state_kind_find(held.kind), held.state)->life == XJ_LIFE_OVER;
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_MOVE, "ssiSSSSIiii", xj_str_c(end->name), on,
                      (int64_t)(end->life == XJ_LIFE_LIVE), step->doc_no, step->doc_on, due,
                      due.data == NULL ? XJ_STR_NONE : xj_duty__ends_on(held.deadline_kind, due),
                      xj_duty__is_fulfilled(end->name) ? &all : NULL, xj_tx_now(tx),
                      xj_tx_tenant(tx), id));
    if (again)
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_PROGRESS_BACK, "ii", xj_tx_tenant(tx), id));
    before = due.data == NULL ? XJ_STR_NONE
                              : xj_str_printf(pool, "{\"due\":\"" XJ_FMT "\"}", XJ_ARG(held.due));
    XJ_TRY(xj_duty__note(tx, "duty", id, step->move, held.state, xj_str_c(to->name), on,
                         step->actor_name, step->why, before));
    if (end != to)
        XJ_TRY(xj_duty__note(tx, "duty", id, XJ_STR("dispatch"), xj_str_c(to->name),
                             xj_str_c(end->name), on, step->actor_name, XJ_STR_NONE, XJ_STR_NONE));
    XJ_TRY(xj_duty__follow(tx, id, xj_day_parse(on), step->why.len > 0 ? step->why : step->move));
    XJ_TRY(xj_request__follow(tx, "duty", id, xj_state_kind_find(held.kind), xj_str_c(to->name),
                              xj_duty__is_dated(held.due)));
    if (!step->above)
        XJ_TRY(xj_duty__moved(tx, id, &held, step));
    *now = held.version + 1;
    return xj_duty__relight_since(tx, id, xj_day_parse(on));
}

/* ---- correcting ---- */

static xj_error *
check_deadline(const xj_correction *c)
{
    static const char *const kinds[] = {"none",    "complete_by", "start_by",
                                        "ongoing", "full_year",   "recurring"};
    const bool dated = xj_str_eq(c->deadline_kind, XJ_STR("complete_by")) ||
                       xj_str_eq(c->deadline_kind, XJ_STR("start_by")) ||
                       xj_str_eq(c->deadline_kind, XJ_STR("full_year"));
    bool known = false;
    xj_date day;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        known |= xj_str_eq(c->deadline_kind, xj_str_c(kinds[i]));
    if (!known)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no deadline \"" XJ_FMT "\"",
                                        XJ_ARG(c->deadline_kind)),
                           "/deadline_kind");
    if (dated != (c->due.data != NULL) || (dated && !xj_date_parse(&day, c->due)))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "the day does not fit the deadline"),
                           "/due");
    return NULL;
}

bool
xj_duty__is_cadence(xj_str word)
{
    static const char *const words[] = {"",        "monthly", "quarterly",   "half_yearly",
                                        "termly",  "annual",  "school_year", "seasonal",
                                        "campaign"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (xj_str_eq(word, xj_str_c(words[i])))
            return true;
    return false;
}

xj_error *
xj_duty__check_cadence(xj_str word)
{
    if (word.data == NULL || xj_duty__is_cadence(word))
        return NULL;
    return xj_error_at(
        xj_error_new(XJ_E_BAD_INPUT, "there is no cadence \"" XJ_FMT "\"", XJ_ARG(word)),
        "/cadence");
}

xj_error *
xj_duty__check_strength(xj_str word)
{
    if (word.data == NULL || xj_str_eq(word, XJ_STR("must")) ||
        xj_str_eq(word, XJ_STR("expected")) || xj_str_eq(word, XJ_STR("encouraged")))
        return NULL;
    return xj_error_at(
        xj_error_new(XJ_E_BAD_INPUT, "there is no strength \"" XJ_FMT "\"", XJ_ARG(word)),
        "/strength");
}

static xj_error *
check_correction(const xj_correction *c)
{
    XJ_TRY(xj_duty__check_text(c->why, XJ_DUTY_WHY_MAX, true, "why"));
    XJ_TRY(xj_duty__check_text(c->title, XJ_DUTY_TITLE_MAX, c->title.data != NULL, "title"));
    XJ_TRY(xj_duty__check_text(c->text, XJ_DUTY_TEXT_MAX, false, "text"));
    XJ_TRY(xj_duty__check_strength(c->strength));
    XJ_TRY(xj_duty__check_cadence(c->cadence));
    return c->deadline_kind.data == NULL ? NULL : check_deadline(c);
}

/* What the correction changes, as it stood: JSON. */
static xj_error *
words_before(xj_str *json, int64_t *version, xj_tx *tx, int64_t id, const xj_correction *c)
{
    const char *const names[] = {"title", "text", "strength", "cadence", "deadline_kind", "due"};
    const xj_str given[] = {c->title,   c->text,          c->strength,
                            c->cadence, c->deadline_kind, c->deadline_kind};
    xj_rows *rows;
    bool more;
    xj_buf out;
    xj_json w;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DUTY_WORDS, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    xj_buf_init(&out, xj_tx_pool(tx), (size_t)1 << 20);
    xj_json_init(&w, &out);
    xj_json_object(&w);
    for (int i = 0; i < 6; i++)
        if (given[i].data != NULL)
            xj_json_key_str(&w, names[i], xj_row_str(rows, i));
    xj_json_end_object(&w);
    *version = xj_row_int(rows, 6);
    xj_rows_close(rows);
    *json = xj_buf_str(&out);
    return xj_buf_check(&out);
}

xj_error *
xj_duty_correct(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_correction *c)
{
    XJ_TRY(xj_duty__check_own(tx, id));
    return xj_duty__correct(now, tx, id, version, c);
}

xj_error *
xj_duty__correct(int64_t *now, xj_tx *tx, int64_t id, int64_t version, const xj_correction *c)
{
    const bool deadline = c->deadline_kind.data != NULL;
    const xj_str due = c->due.data == NULL ? XJ_STR(XJ_DAY_NONE) : c->due;
    const xj_date today = xj_duty__today(tx);
    xj_duty__held held;
    xj_rules rules;
    xj_str before;
    int64_t at;

    xj_tx_subject(tx, "duty", id);
    xj_tx_why(tx, c->why);
    XJ_TRY(check_correction(c));
    XJ_TRY(words_before(&before, &at, tx, id, c));
    XJ_TRY(xj_duty__check_version(at, version, "duty task"));
    XJ_TRY(xj_duty__load(&held, tx, id));
    if (held.restricted && c->cadence.len > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "what few may see is in no unit's returns"),
                           "/cadence");
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_CORRECT, "SSSSSSSiii", c->title, c->text, c->strength,
                      c->cadence, c->deadline_kind, deadline ? due : XJ_STR_NONE,
                      deadline ? xj_duty__ends_on(c->deadline_kind, due) : XJ_STR_NONE,
                      xj_tx_now(tx), xj_tx_tenant(tx), id));
    if (c->cadence.data != NULL) {
        XJ_TRY(xj_rules_get(&rules, xj_tx_db(tx), xj_tx_tenant(tx), xj_tx_pool(tx)));
        XJ_TRY(xj_duty__set_dates(tx, id, &rules, c->cadence, XJ_STR_NONE));
    }
    XJ_TRY(xj_duty__note(tx, "duty", id, XJ_STR("correct"), held.state, held.state,
                         xj_day_str(today, xj_tx_pool(tx)), c->actor_name, c->why, before));
    XJ_TRY(xj_duty__follow(tx, id, today, c->why));
    if (deadline)
        XJ_TRY(xj_request__follow(tx, "duty", id, xj_state_kind_find(held.kind), held.state,
                                  xj_duty__is_dated(due)));
    *now = version + 1;
    return xj_duty__relight_since(tx, id, today);
}

xj_error *
xj_duty_set_tags(xj_tx *tx, int64_t id, const xj_str *tags, size_t n)
{
    xj_duty__held held;

    xj_tx_subject(tx, "duty", id);
    if (n > XJ_LINE_TAGS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "there are more than %d tags", XJ_LINE_TAGS_MAX), "/tags");
    XJ_TRY(xj_duty__load(&held, tx, id));
    if (held.line != 0)
        return xj_tag_put(tx, held.line, tags, n);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_TAGS_CLEAR, "ii", xj_tx_tenant(tx), id));
    for (size_t i = 0; i < n; i++) {
        XJ_TRY(xj_tag_check(tags[i], "/tags"));
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DUTY_TAG_ADD, "iis", xj_tx_tenant(tx), id,
                          xj_str_trim(tags[i])));
    }
    return NULL;
}
