/* What units ask of the office about their tasks and what they owe. */
#include "duty/request_priv.h"

#define ASKED "asked"

/* ---- looking ---- */

static xj_request
request_of(const xj_rows *rows, xj_pool *result)
{
    return (xj_request){.id = xj_row_int(rows, 0),
                        .about = xj_row_text(rows, 1, result),
                        .about_id = xj_row_int(rows, 2),
                        .unit = xj_row_int(rows, 3),
                        .unit_name = xj_row_text(rows, 4, result),
                        .ask = xj_row_text(rows, 5, result),
                        .due = xj_row_text(rows, 6, result),
                        .why = xj_row_text(rows, 7, result),
                        .state = xj_row_text(rows, 8, result),
                        .asked_name = xj_row_text(rows, 9, result),
                        .asked_on = xj_row_text(rows, 10, result),
                        .answered_name = xj_row_text(rows, 11, result),
                        .answered_on = xj_row_text(rows, 12, result),
                        .answer = xj_row_text(rows, 13, result),
                        .version = xj_row_int(rows, 14),
                        .kind = xj_row_text(rows, 15, result),
                        .period = xj_row_text(rows, 16, result),
                        .title = xj_row_text(rows, 17, result),
                        .now_due = xj_row_text(rows, 18, result),
                        .duty = xj_row_int(rows, 19)};
}

xj_error *
xj_request_list(xj_request **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t person,
                const xj_request_filter *f, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_REQUEST_LIST, result);
    XJ_VEC(xj_request) found = {0};
    xj_rows *rows;
    bool more;

    if (f->id != 0)
        xj_list_int(list, "id", XJ_COND_EQ, f->id);
    if (f->unit != 0)
        xj_list_int(list, "unit", XJ_COND_EQ, f->unit);
    if (f->about_id != 0)
        xj_list_int(list, "about_id", XJ_COND_EQ, f->about_id);
    if (f->about.data != NULL)
        xj_list_str(list, "about", XJ_COND_EQ, f->about);
    if (f->state.data != NULL)
        xj_list_str(list, "state", XJ_COND_EQ, f->state);
    xj_duty__scope(list, scope, result);
    XJ_TRY(xj_duty__sight(list, db, scope, person, result));
    if (after != 0)
        xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result, request_of(rows, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_request_get(xj_request *request, xj_db *db, const xj_scope *scope, int64_t person, int64_t id,
               xj_pool *result)
{
    const xj_request_filter filter = {.id = id};
    xj_request *found;
    size_t n;

    XJ_TRY(xj_request_list(&found, &n, db, scope, person, &filter, 0, 1, result));
    if (id == 0 || n == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such request");
    *request = found[0];
    return NULL;
}

/* ---- asking ---- */

/* What a request is about, as it stands. */
struct thing {
    xj_str kind, state, due;
    int64_t unit, version;
    bool dated;               /* it has a day that can be moved */
    const char *const *moves; /* that are possible here; others are its giver's, who is above */
    size_t nmoves;
};

static xj_error *
find_duty(struct thing *thing, xj_tx *tx, const xj_scope *scope, int64_t id)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_duty *duty;

    /* Who may not see a restricted one does not ask about it. */
    XJ_TRY(xj_duty_get(&duty, xj_tx_db(tx), scope, xj_tx_actor(tx), id, pool));
    if (!xj_scope_has(scope, scope->tenant, duty->row.owner))
        return xj_error_new(XJ_E_NOT_FOUND, "the unit that owns the duty task asks for it");
    *thing = (struct thing){.kind = duty->row.kind,
                            .state = duty->row.state,
                            .due = duty->row.due,
                            .unit = duty->row.owner,
                            .version = duty->row.version,
                            .dated = xj_duty__is_dated(duty->row.due),
                            .moves = duty->moves,
                            .nmoves = duty->nmoves};
    return NULL;
}

static xj_error *
find_thing(struct thing *thing, xj_tx *tx, const xj_scope *scope, xj_str about, int64_t id)
{
    xj_obligation_whole *whole;
    xj_duty *duty;

    if (xj_str_eq(about, XJ_STR("duty")))
        return find_duty(thing, tx, scope, id);
    XJ_TRY(xj_obligation_get(&whole, xj_tx_db(tx), scope, id, xj_tx_pool(tx)));
    if (whole->obligation.duty != 0)
        XJ_TRY(xj_duty_get(&duty, xj_tx_db(tx), scope, xj_tx_actor(tx), whole->obligation.duty,
                           xj_tx_pool(tx)));
    *thing = (struct thing){.kind = whole->obligation.kind,
                            .state = whole->obligation.state,
                            .due = whole->obligation.due,
                            .unit = whole->obligation.unit,
                            .version = whole->obligation.version,
                            .dated = true,
                            .moves = whole->moves,
                            .nmoves = whole->nmoves};
    return NULL;
}

static xj_error *
refused(const char *member, const char *what)
{
    return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "%s", what), "%s", member);
}

/* Whether ASK can be asked of THING, as it is. */
static xj_error *
check_ask(const struct thing *thing, const xj_request_new *r, bool of_duty)
{
    const xj_asked asked = {.why = r->why, .doc = true, .dated = thing->dated, .person = 1};
    const xj_state *to;

    if (!xj_str_eq(r->ask, XJ_STR("extend")) &&
        (!of_duty ||
         (!xj_str_eq(r->ask, XJ_STR("suspend")) && !xj_str_eq(r->ask, XJ_STR("amend")))))
        return refused("/ask", "this cannot be asked of it");
    if (!of_duty && xj_str_eq(thing->kind, XJ_STR("decision")))
        return refused("/ask", "a decision is the office's own");
    XJ_TRY(xj_state_move(
        &to, of_duty ? xj_state_kind_find(thing->kind) : xj_obligation__machine(thing->kind),
        thing->state, r->ask, &asked));
    for (size_t i = 0; i < thing->nmoves; i++)
        if (xj_str_eq(r->ask, xj_str_c(thing->moves[i])))
            return NULL;
    return xj_error_new(XJ_E_CONFLICT, "who gave it from above decides on this");
}

static xj_error *
check_due(const struct thing *thing, const xj_request_new *r)
{
    const bool extends = xj_str_eq(r->ask, XJ_STR("extend"));
    xj_date day;

    if (r->due.data == NULL)
        return extends ? refused("/due", "an extension needs the new day") : NULL;
    if (xj_str_eq(r->ask, XJ_STR("suspend")) || !thing->dated)
        return refused("/due", "there is no day to be moved");
    if (!xj_date_parse(&day, r->due) || day.year > 2200)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "\"" XJ_FMT "\" is no day", XJ_ARG(r->due)),
                           "/due");
    if (extends && xj_str_cmp(r->due, thing->due) <= 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "the new day is not behind " XJ_FMT, XJ_ARG(thing->due)),
            "/due");
    return NULL;
}

/* The request about ABOUT ID that waits, and what it asks; 0: none. */
static xj_error *
find_open(int64_t *open, xj_str *ask, xj_tx *tx, xj_str about, int64_t id)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_REQUEST_OPEN, "isi", xj_tx_tenant(tx), about, id));
    XJ_TRY(xj_rows_next(rows, &more));
    *open = more ? xj_row_int(rows, 0) : 0;
    *ask = more ? xj_row_text(rows, 1, xj_tx_pool(tx)) : XJ_STR_NONE;
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
note(xj_tx *tx, int64_t id, const char *move, const char *from, xj_str to, xj_str why,
     xj_str actor_name)
{
    return xj_duty__note(tx, "request", id, xj_str_c(move), xj_str_c(from), to,
                         xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), actor_name, why,
                         XJ_STR_NONE);
}

xj_error *
xj_request_add(int64_t *id, xj_tx *tx, const xj_scope *scope, const xj_request_new *r)
{
    const bool of_duty = xj_str_eq(r->about, XJ_STR("duty"));
    const xj_str on = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    struct thing thing;
    int64_t open;
    xj_str ask;

    xj_tx_subject(tx, of_duty ? "duty" : "obligation", r->about_id);
    xj_tx_why(tx, r->why);
    XJ_TRY(xj_duty__check_text(r->why, XJ_REQUEST_WHY_MAX, true, "why"));
    XJ_TRY(find_thing(&thing, tx, scope, r->about, r->about_id));
    XJ_TRY(check_ask(&thing, r, of_duty));
    XJ_TRY(check_due(&thing, r));
    XJ_TRY(find_open(&open, &ask, tx, r->about, r->about_id));
    if (open != 0)
        return xj_error_new(XJ_E_CONFLICT, "a request waits for the office's answer already");
    *id = xj_tx_next_id(tx);
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_REQUEST_ADD, "iisiisSsiss", xj_tx_tenant(tx), *id, r->about,
                      r->about_id, thing.unit, r->ask, r->due, r->why, xj_tx_actor(tx),
                      r->actor_name, on));
    return note(tx, *id, "ask", ASKED, XJ_STR(ASKED), r->why, r->actor_name);
}

/* ---- answering ---- */

static xj_error *
end(xj_tx *tx, int64_t id, const char *move, xj_str words, xj_str actor_name)
{
    const xj_asked asked = {.why = words, .doc = true, .person = xj_tx_actor(tx)};
    const xj_state *to;

    XJ_TRY(xj_state_move(&to, xj_state_kind_find(XJ_STR("request")), XJ_STR(ASKED), xj_str_c(move),
                         &asked));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_REQUEST_END, "sSsSii", xj_str_c(to->name), actor_name,
                      xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)),
                      words.len == 0 ? XJ_STR_NONE : words, xj_tx_tenant(tx), id));
    return note(tx, id, move, ASKED, xj_str_c(to->name), words, actor_name);
}

xj_error *
xj_request__follow(xj_tx *tx, const char *about, int64_t id, const xj_state_kind *machine,
                   xj_str state, bool dated)
{
    const char *moves[32];
    int64_t open;
    xj_str ask;
    size_t n;

    XJ_TRY(find_open(&open, &ask, tx, xj_str_c(about), id));
    if (open == 0)
        return NULL;
    xj_state_moves(moves, &n, machine, state, dated);
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(ask, xj_str_c(moves[i])))
            return NULL;
    return end(tx, open, "lapse", XJ_STR_NONE, XJ_STR(""));
}

/* The move that was asked for, with the request as its reason. */
static xj_error *
carry_out(xj_tx *tx, const xj_scope *scope, const xj_request *r, const xj_request_answer *a)
{
    const xj_step step = {.move = r->ask,
                          .why =
                              xj_str_printf(xj_tx_pool(tx), XJ_FMT "申请：" XJ_FMT "%s" XJ_FMT,
                                            XJ_ARG(r->unit_name), XJ_ARG(r->why),
                                            a->words.len > 0 ? "。答复：" : "", XJ_ARG(a->words)),
                          .actor_name = a->actor_name,
                          .due = a->due.data != NULL ? a->due : r->due};
    struct thing thing;
    int64_t now;

    XJ_TRY(find_thing(&thing, tx, scope, r->about, r->about_id));
    if (xj_str_eq(r->about, XJ_STR("duty")))
        return xj_duty_step(&now, tx, r->about_id, thing.version, &step);
    return xj_obligation_step(&now, tx, r->about_id, thing.version, &step);
}

xj_error *
xj_request_end(int64_t *now, xj_tx *tx, const xj_scope *scope, const xj_request_answer *a)
{
    xj_request r;

    XJ_TRY(xj_request_get(&r, xj_tx_db(tx), scope, xj_tx_actor(tx), a->id, xj_tx_pool(tx)));
    xj_tx_subject(tx, xj_str_eq(r.about, XJ_STR("duty")) ? "duty" : "obligation", r.about_id);
    XJ_TRY(xj_duty__check_version(r.version, a->version, "request"));
    XJ_TRY(xj_duty__check_text(a->words, XJ_REQUEST_ANSWER_MAX, false, "why"));
    if (!xj_str_eq(r.state, XJ_STR(ASKED)))
        return xj_error_new(XJ_E_CONFLICT, "the request does not wait any more: it is " XJ_FMT,
                            XJ_ARG(r.state));
    *now = r.version + 1;
    XJ_TRY(end(tx, r.id, xj_str_cdup(a->move, xj_tx_pool(tx)), a->words, a->actor_name));
    if (xj_str_eq(a->move, XJ_STR("grant")))
        XJ_TRY(carry_out(tx, scope, &r, a));
    return NULL;
}
