/* A return on its way through its unit's signatures. */
#include "duty/signing_priv.h"

#define WAITING "waiting"

/* ---- looking ---- */

static void
read_signature(xj_signature *s, const xj_rows *rows, xj_pool *result)
{
    *s = (xj_signature){.step = {.role = xj_row_text(rows, 0, result),
                                 .section = xj_row_null(rows, 1) ? 0 : xj_row_int(rows, 1),
                                 .section_name = xj_row_text(rows, 2, result)},
                        .person = xj_row_null(rows, 3) ? 0 : xj_row_int(rows, 3),
                        .name = xj_row_text(rows, 4, result),
                        .on = xj_row_text(rows, 5, result),
                        .in_place = xj_row_int(rows, 6) != 0};
}

static xj_error *
read_signatures(xj_signature **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_signature) found = {0};
    xj_signature s;
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_signature(&s, rows, result);
        xj_vec_push(&found, result, s);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_signing_signed(xj_signature **items, size_t *n, xj_db *db, int64_t tenant, int64_t obligation,
                  xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_SIGNING_LAST, "ii", tenant, obligation));
    return read_signatures(items, n, rows, result);
}

static bool
waits(const xj_signing *s)
{
    return xj_str_eq(s->state, XJ_STR(WAITING));
}

static bool
is_head(const xj_signer *signer)
{
    return xj_str_eq(signer->role, XJ_STR("unit_head"));
}

/* Whether PERSON has signed in S for the very post of STEP: that asks for another's signature. */
static bool
has_signed(const xj_signing *s, int64_t person, const xj_sign_step *step)
{
    for (size_t i = 0; i < s->nsteps; i++)
        if (s->steps[i].person == person && !s->steps[i].in_place &&
            xj_str_eq(s->steps[i].step.role, step->role) &&
            s->steps[i].step.section == step->section)
            return true;
    return false;
}

static xj_may_sign
may_sign(const xj_signing *s, int64_t person, const xj_signer *signers, size_t n)
{
    const xj_sign_step *step = &s->steps[s->at].step;
    xj_may_sign may = XJ_MAY_NOT;

    for (size_t i = 0; i < n; i++) {
        if (signers[i].person != person)
            continue;
        if (xj_signer_asked(&signers[i], step) && !has_signed(s, person, step))
            return XJ_MAY_SIGN;
        if (is_head(&signers[i]) && !xj_str_eq(step->role, XJ_STR("unit_head")))
            may = XJ_MAY_IN_PLACE;
    }
    return may;
}

/* The places in SIGNERS of who is asked now, each person once: those who hold the post and have not
 * signed for it; where nobody does, the unit's heads. */
static size_t
find_asked(size_t *found, const xj_signing *s, const xj_signer *signers, size_t n)
{
    const xj_sign_step *step = &s->steps[s->at].step;
    const bool of_head = xj_str_eq(step->role, XJ_STR("unit_head"));
    size_t len = 0;

    for (int heads = 0; heads < 2 && len == 0; heads++)
        for (size_t i = 0; i < n; i++) {
            bool asked = heads == 0 ? xj_signer_asked(&signers[i], step) &&
                                          !has_signed(s, signers[i].person, step)
                                    : !of_head && is_head(&signers[i]);

            for (size_t k = 0; k < len; k++)
                asked &= signers[found[k]].person != signers[i].person;
            if (asked)
                found[len++] = i;
        }
    return len;
}

static void
name_asked(xj_signing *s, const xj_signer *signers, size_t n, xj_pool *result)
{
    size_t *found = XJ_NEW_ARRAY(result, size_t, n + 1);

    s->nasked = find_asked(found, s, signers, n);
    s->asked = XJ_NEW_ARRAY(result, xj_str, s->nasked + 1);
    for (size_t i = 0; i < s->nasked; i++)
        s->asked[i] = signers[found[i]].name;
}

/* The steps of S, and where it waits, for whom. */
static xj_error *
read_steps(xj_signing *s, xj_db *db, int64_t tenant, int64_t person, const xj_signer *signers,
           size_t n, xj_pool *result)
{
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_SIGNING_STEPS, "ii", tenant, s->id));
    XJ_TRY(read_signatures(&s->steps, &s->nsteps, rows, result));
    while (s->at < s->nsteps && s->steps[s->at].person != 0)
        s->at++;
    if (!waits(s) || s->at == s->nsteps)
        return NULL;
    name_asked(s, signers, n, result);
    s->may = may_sign(s, person, signers, n);
    return NULL;
}

static xj_error *
read_rounds(xj_signing **items, size_t *n, xj_rows *rows, xj_pool *result)
{
    XJ_VEC(xj_signing) found = {0};
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_signing){.id = xj_row_int(rows, 0),
                                 .obligation = xj_row_int(rows, 1),
                                 .unit = xj_row_int(rows, 2),
                                 .state = xj_row_text(rows, 3, result),
                                 .started_by = xj_row_int(rows, 4),
                                 .started_name = xj_row_text(rows, 5, result),
                                 .started_on = xj_row_text(rows, 6, result),
                                 .ended_on = xj_row_text(rows, 7, result),
                                 .version = xj_row_int(rows, 8)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_signing_list(xj_signing **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t person,
                int64_t obligation, xj_pool *result)
{
    const xj_date today = xj_day_of(xj_now());
    xj_signer *signers;
    xj_obligation o;
    size_t nsigners;
    xj_rows *rows;

    XJ_TRY(xj_report__obligation(&o, db, scope->tenant, obligation, result));
    if (!xj_scope_has(scope, scope->tenant, o.unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    XJ_TRY(xj_signer_list(&signers, &nsigners, db, scope->tenant, o.unit, today, result));
    XJ_TRY(xj_db_query(&rows, db, SQL_SIGNING_OF, "iii", scope->tenant, obligation,
                       (int64_t)XJ_SIGN_ROUNDS_MAX));
    XJ_TRY(read_rounds(items, n, rows, result));
    for (size_t i = 0; i < *n; i++)
        XJ_TRY(read_steps(&(*items)[i], db, scope->tenant, person, signers, nsigners, result));
    return NULL;
}

xj_error *
xj_signing_history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant, int64_t id,
                   xj_pool *result)
{
    return xj_duty__history(items, n, db, tenant, "signing", id, result);
}

xj_error *
xj_signing_waiting(xj_signing_row **items, size_t *n, xj_db *db, const xj_scope *scope,
                   int64_t person, int64_t after, int64_t limit, xj_pool *result)
{
    xj_list *list = xj_list_new(SQL_SIGNING_WAITING, result);
    const xj_date today = xj_day_of(xj_now());
    XJ_VEC(xj_signing_row) found = {0};
    xj_rows *rows;
    bool more;

    xj_duty__scope(list, scope, result);
    if (after != 0)
        xj_list_after(list, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_signing_row){.signing = {.id = xj_row_int(rows, 0),
                                                 .obligation = xj_row_int(rows, 1),
                                                 .unit = xj_row_int(rows, 2),
                                                 .state = XJ_STR(WAITING),
                                                 .started_name = xj_row_text(rows, 6, result),
                                                 .started_on = xj_row_text(rows, 7, result)},
                                     .unit_name = xj_row_text(rows, 3, result),
                                     .due = xj_row_text(rows, 4, result),
                                     .period = xj_row_text(rows, 5, result),
                                     .rows = xj_row_int(rows, 8)});
    }
    for (size_t i = 0; i < found.len; i++) {
        xj_signing *s = &found.items[i].signing;
        xj_signer *signers;
        size_t nsigners;

        XJ_TRY(xj_signer_list(&signers, &nsigners, db, scope->tenant, s->unit, today, result));
        XJ_TRY(read_steps(s, db, scope->tenant, person, signers, nsigners, result));
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- moves ---- */

/* The way of OBLIGATION that waits; *S is id 0 where none does. */
static xj_error *
find_open(xj_signing *s, xj_tx *tx, int64_t obligation)
{
    xj_signing *rounds;
    xj_rows *rows;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_SIGNING_OPEN, "ii", xj_tx_tenant(tx), obligation));
    XJ_TRY(read_rounds(&rounds, &n, rows, xj_tx_pool(tx)));
    *s = n > 0 ? rounds[0] : (xj_signing){0};
    return NULL;
}

static xj_error *
note(xj_tx *tx, const xj_signing *s, xj_str move, xj_str to, xj_str why, xj_str actor_name)
{
    return xj_duty__note(tx, "signing", s->id, move, s->state, to,
                         xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), actor_name, why,
                         XJ_STR_NONE);
}

/* End S by MOVE of the table of states. */
static xj_error *
end(xj_tx *tx, const xj_signing *s, xj_str move, xj_str why, xj_str actor_name)
{
    const xj_asked asked = {.why = why, .doc = true, .person = xj_tx_actor(tx)};
    const xj_state *to;

    XJ_TRY(xj_state_move(&to, xj_state_kind_find(XJ_STR("signing")), s->state, move, &asked));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SIGNING_END, "ssii", xj_str_c(to->name),
                      xj_day_str(xj_duty__today(tx), xj_tx_pool(tx)), xj_tx_tenant(tx), s->id));
    return note(tx, s, move, xj_str_c(to->name), why, actor_name);
}

/* The actor signs where S waits, and goes on over the posts behind it that are the actor's, too. */
static xj_error *
sign(xj_tx *tx, xj_signing *s, const xj_signer *signers, size_t n, xj_str actor_name)
{
    const xj_str on = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    const int64_t actor = xj_tx_actor(tx);

    for (;;) {
        const xj_may_sign may = may_sign(s, actor, signers, n);
        xj_signature *here = &s->steps[s->at];

        if (may == XJ_MAY_NOT)
            return NULL;
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SIGNING_STEP_SIGN, "issiiii", actor, actor_name, on,
                          (int64_t)(may == XJ_MAY_IN_PLACE), xj_tx_tenant(tx), s->id,
                          (int64_t)s->at));
        here->person = actor;
        here->in_place = may == XJ_MAY_IN_PLACE;
        if (++s->at == s->nsteps)
            return end(tx, s, XJ_STR("issue"), XJ_STR_NONE, actor_name);
        XJ_TRY(note(tx, s, XJ_STR("sign"), s->state, XJ_STR_NONE, actor_name));
    }
}

/* Whether for each post of CHAIN there is somebody to sign. */
static xj_error *
check_posts(const xj_sign_chain *chain, const xj_signer *signers, size_t n)
{
    for (size_t i = 0; i < chain->n; i++) {
        const xj_sign_step *step = &chain->steps[i];
        const bool of_head = xj_str_eq(step->role, XJ_STR("unit_head"));
        size_t before = 0, people = 0;
        bool head = false;

        for (size_t k = 0; k < i; k++)
            before += xj_str_eq(chain->steps[k].role, step->role) &&
                      chain->steps[k].section == step->section;
        for (size_t k = 0; k < n; k++) {
            bool known = !xj_signer_asked(&signers[k], step);

            for (size_t m = 0; m < k && !known; m++)
                known =
                    signers[m].person == signers[k].person && xj_signer_asked(&signers[m], step);
            people += !known;
            head |= is_head(&signers[k]);
        }
        if (people <= before && (of_head || !head))
            return xj_error_new(XJ_E_CONFLICT,
                                "too few people hold the posts that sign in this unit: give "
                                "somebody the post, or change the chain");
    }
    return NULL;
}

static xj_error *
add(xj_signing *s, xj_tx *tx, const xj_obligation *o, const xj_sign_chain *chain, xj_str actor_name)
{
    const xj_str on = xj_day_str(xj_duty__today(tx), xj_tx_pool(tx));
    xj_db *db = xj_tx_db(tx);

    *s = (xj_signing){.id = xj_tx_next_id(tx), .state = XJ_STR(WAITING), .nsteps = chain->n};
    s->steps = XJ_NEW_ARRAY(xj_tx_pool(tx), xj_signature, chain->n);
    XJ_TRY(xj_db_send(db, SQL_SIGNING_ADD, "iiiiiss", xj_tx_tenant(tx), s->id, o->id, o->unit,
                      xj_tx_actor(tx), actor_name, on));
    for (size_t i = 0; i < chain->n; i++) {
        const xj_sign_step *step = &chain->steps[i];

        s->steps[i].step = *step;
        XJ_TRY(xj_db_send(db, SQL_SIGNING_STEP_ADD, "iiisI", xj_tx_tenant(tx), s->id, (int64_t)i,
                          step->role, step->section == 0 ? NULL : &step->section));
    }
    return note(tx, s, XJ_STR("send"), s->state, XJ_STR_NONE, actor_name);
}

xj_error *
xj_signing__begin(bool *waits_now, xj_tx *tx, const xj_report *report, const xj_report_send *send)
{
    const xj_obligation *o = &report->obligation;
    const xj_date today = xj_duty__today(tx);
    xj_sign_chain chain;
    xj_signer *signers;
    xj_signing s;
    size_t n;

    *waits_now = false;
    XJ_TRY(xj_sign_chain_get(&chain, xj_tx_db(tx), xj_tx_tenant(tx), o->unit, xj_tx_pool(tx)));
    XJ_TRY(find_open(&s, tx, o->id));
    if (s.id != 0)
        return xj_error_new(XJ_E_CONFLICT, "the return waits to be signed already");
    if (chain.n == 0)
        return send->only_to_sign
                   ? xj_error_new(XJ_E_FORBIDDEN, "the liaison officers and heads of a unit send")
                   : NULL;
    if (send->happened_on.data != NULL && xj_date_cmp(xj_day_parse(send->happened_on), today) != 0)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a return is sent on the day of its last signature"),
            "/happened_on");
    XJ_TRY(xj_signer_list(&signers, &n, xj_tx_db(tx), xj_tx_tenant(tx), o->unit, today,
                          xj_tx_pool(tx)));
    XJ_TRY(check_posts(&chain, signers, n));
    XJ_TRY(add(&s, tx, o, &chain, send->actor_name));
    XJ_TRY(sign(tx, &s, signers, n, send->actor_name));
    *waits_now = s.at < s.nsteps;
    return NULL;
}

xj_error *
xj_signing__end(xj_tx *tx, int64_t obligation, const char *move, xj_str why, xj_str actor_name)
{
    xj_signing s;

    XJ_TRY(find_open(&s, tx, obligation));
    return s.id == 0 ? NULL : end(tx, &s, xj_str_c(move), why, actor_name);
}

xj_error *
xj_signing__moot(xj_tx *tx, int64_t duty)
{
    xj_rows *rows;
    int64_t *ids;
    size_t n;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_SIGNING_MOOT, "ii", xj_tx_tenant(tx), duty));
    XJ_TRY(xj_rows_ints(&ids, &n, rows, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        const xj_signing s = {.id = ids[i], .state = XJ_STR(WAITING)};

        XJ_TRY(end(tx, &s, XJ_STR("overtake"), XJ_STR_NONE, XJ_STR("")));
    }
    return NULL;
}

xj_error *
xj_signing__people(int64_t **people, size_t *n, xj_db *db, int64_t tenant, int64_t id, int64_t unit,
                   xj_date day, xj_pool *pool)
{
    xj_signing s = {.id = id, .state = XJ_STR(WAITING)};
    xj_signer *signers;
    size_t *found, held;

    XJ_TRY(xj_signer_list(&signers, &held, db, tenant, unit, day, pool));
    XJ_TRY(read_steps(&s, db, tenant, 0, signers, held, pool));
    XJ_ASSERT(s.at < s.nsteps); /* what waits lacks a signature: db check */
    found = XJ_NEW_ARRAY(pool, size_t, held + 1);
    *n = find_asked(found, &s, signers, held);
    *people = XJ_NEW_ARRAY(pool, int64_t, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*people)[i] = signers[found[i]].person;
    return NULL;
}

/* ---- the command ---- */

/* The last has signed: the return goes out, if it is whole still. */
static xj_error *
send_out(xj_tx *tx, const xj_obligation *o, xj_str actor_name)
{
    const xj_step step = {.move = XJ_STR("send"), .why = XJ_STR(""), .actor_name = actor_name};
    xj_report report = {.obligation = *o};
    int64_t *last, now;

    XJ_TRY(
        xj_report__read(&report, &last, xj_tx_db(tx), xj_tx_tenant(tx), o->unit, xj_tx_pool(tx)));
    XJ_TRY(xj_report__check_said(&report));
    return xj_obligation_step(&now, tx, o->id, o->version, &step);
}

/* Whether S waits for the actor, who may then sign it or send it back; its steps, and who may sign
 * for its unit.  Errors: FORBIDDEN. */
static xj_error *
check_turn(xj_signing *s, xj_signer **signers, size_t *n, xj_tx *tx, const xj_obligation *o)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);

    XJ_TRY(xj_signer_list(signers, n, db, tenant, o->unit, xj_duty__today(tx), xj_tx_pool(tx)));
    XJ_TRY(read_steps(s, db, tenant, xj_tx_actor(tx), *signers, *n, xj_tx_pool(tx)));
    return s->may != XJ_MAY_NOT ? NULL
                                : xj_error_new(XJ_E_FORBIDDEN, "it is another's turn to sign");
}

xj_error *
xj_signing_do(int64_t *now, xj_tx *tx, const xj_signing_act *act)
{
    const bool signs = xj_str_eq(act->move, XJ_STR("sign"));
    xj_signer *signers = NULL;
    xj_obligation o;
    xj_signing s;
    size_t n = 0;

    xj_tx_subject(tx, "obligation", act->obligation);
    xj_tx_why(tx, act->why);
    XJ_TRY(xj_duty__check_text(act->why, XJ_DUTY_WHY_MAX, false, "why"));
    XJ_TRY(
        xj_report__obligation(&o, xj_tx_db(tx), xj_tx_tenant(tx), act->obligation, xj_tx_pool(tx)));
    if (!xj_scope_has(act->scope, xj_tx_tenant(tx), o.unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such return");
    XJ_TRY(find_open(&s, tx, act->obligation));
    if (s.id == 0)
        return xj_error_new(XJ_E_CONFLICT, "the return does not wait to be signed");
    XJ_TRY(xj_duty__check_version(s.version, act->version, "return on its way to be signed"));
    *now = s.version + 1;
    if (signs || xj_str_eq(act->move, XJ_STR("send_back")))
        XJ_TRY(check_turn(&s, &signers, &n, tx, &o));
    if (!signs)
        return end(tx, &s, act->move, act->why, act->actor_name);
    XJ_TRY(sign(tx, &s, signers, n, act->actor_name));
    if (s.at == s.nsteps)
        return send_out(tx, &o, act->actor_name);
    return xj_db_send(xj_tx_db(tx), SQL_SIGNING_TOUCH, "ii", xj_tx_tenant(tx), s.id);
}
