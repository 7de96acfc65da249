/* A unit's own signatures under its returns: whose it asks for, what waits, signing. */
#include "duty/signing.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "api/report_json.h"
#include "org/unit.h"

/* ---- as JSON ---- */

static void
key_section(xj_json *w, const xj_sign_step *step)
{
    xj_json_key(w, "section");
    if (step->section == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "id", step->section);
    xj_json_key_str(w, "name", step->section_name);
    xj_json_end_object(w);
}

static void
key_names(xj_json *w, const char *key, const xj_str *names, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_str(w, names[i]);
    xj_json_end_array(w);
}

void
xj_json_signatures(xj_json *w, const char *key, const xj_signature *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "role", items[i].step.role);
        key_section(w, &items[i].step);
        xj_json_key_str(w, "name", items[i].name);
        xj_json_key_str(w, "on", items[i].on);
        xj_json_key_bool(w, "in_place", items[i].in_place);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static const char *
may_word(xj_may_sign may)
{
    return may == XJ_MAY_SIGN ? "yes" : may == XJ_MAY_IN_PLACE ? "in_place" : "no";
}

/* What a way of a return says wherever it stands. */
static void
way_members(xj_json *w, const xj_signing *s)
{
    xj_json_key_str(w, "started_by", s->started_name);
    xj_json_key_str(w, "started_on", s->started_on);
    xj_json_signatures(w, "steps", s->steps, s->nsteps);
    xj_json_key_int(w, "at", (int64_t)s->at);
    key_names(w, "asked", s->asked, s->nasked);
    xj_json_key_str(w, "may", xj_str_c(may_word(s->may)));
}

/* CHAIN as a member KEY, with who holds its posts in UNIT. */
static xj_error *
key_chain(xj_json *w, const char *key, const xj_sign_chain *chain, xj_db *db, int64_t tenant,
          int64_t unit, xj_pool *pool)
{
    xj_signer *signers;
    size_t n;

    XJ_TRY(xj_signer_list(&signers, &n, db, tenant, unit, xj_org_day(xj_now()), pool));
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < chain->n; i++) {
        xj_str *names = XJ_NEW_ARRAY(pool, xj_str, n + 1);
        size_t held = 0;

        for (size_t k = 0; k < n; k++)
            if (xj_signer_asked(&signers[k], &chain->steps[i]))
                names[held++] = signers[k].name;
        xj_json_object(w);
        xj_json_key_str(w, "role", chain->steps[i].role);
        key_section(w, &chain->steps[i]);
        key_names(w, "holders", names, held);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    return NULL;
}

/* ---- the chain ---- */

/* The unit in the path, where who asks may set its chain.  Errors: NOT_FOUND. */
static xj_error *
own_unit(int64_t *unit, const xj_api *api, xj_db *db)
{
    xj_unit found;

    *unit = xj_args_int(&api->args, "unit");
    return xj_unit_get(&found, db, &api->scope, *unit, api->pool);
}

static xj_error *
write_chain(xj_json *w, const xj_sign_chain *chain, xj_db *db, int64_t tenant, int64_t unit,
            xj_pool *pool)
{
    xj_json_object(w);
    xj_json_key_int(w, "version", chain->version);
    XJ_TRY(key_chain(w, "steps", chain, db, tenant, unit, pool));
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_get_sign_chain(xj_api *api)
{
    xj_sign_chain chain;
    xj_reader *reader;
    xj_api_json json;
    int64_t unit;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(own_unit(&unit, api, xj_reader_db(reader)));
    XJ_TRY(xj_sign_chain_get(&chain, xj_reader_db(reader), api->scope.tenant, unit, api->pool));
    XJ_TRY(write_chain(xj_api_json_start(&json, api), &chain, xj_reader_db(reader),
                       api->scope.tenant, unit, api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, chain.version);
}

typedef struct chain_change {
    xj_api *api;
    xj_sign_chain chain;
} chain_change;

static xj_error *
run_chain(xj_tx *tx, void *args, xj_buf *answer)
{
    const chain_change *c = args;
    xj_sign_chain set;
    int64_t unit, now;
    xj_json w;

    XJ_TRY(own_unit(&unit, c->api, xj_tx_db(tx)));
    XJ_TRY(xj_sign_chain_set(&now, tx, unit, &c->chain));
    XJ_TRY(xj_sign_chain_get(&set, xj_tx_db(tx), xj_tx_tenant(tx), unit, xj_tx_pool(tx)));
    xj_json_init(&w, answer);
    XJ_TRY(write_chain(&w, &set, xj_tx_db(tx), xj_tx_tenant(tx), unit, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

xj_error *
xj_api_set_sign_chain(xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "steps");
    chain_change *c = XJ_NEW(api->pool, chain_change);

    c->api = api;
    XJ_TRY(xj_api_if_match(&c->chain.version, api));
    c->chain.n = xj_jval_len(list);
    c->chain.steps = XJ_NEW_ARRAY(api->pool, xj_sign_step, c->chain.n + 1);
    for (size_t i = 0; i < c->chain.n; i++)
        c->chain.steps[i] =
            (xj_sign_step){.role = xj_jval_str(xj_jval_find(xj_jval_at(list, i), "role")),
                           .section = xj_jval_int(xj_jval_find(xj_jval_at(list, i), "section"))};
    xj_api_post(xj_api_command_new(api, "signing.chain", run_chain, c, XJ_STR_NONE));
    return NULL;
}

/* ---- one return ---- */

static xj_error *
write_round(xj_json *w, const xj_signing *s, xj_db *db, int64_t tenant, xj_pool *pool)
{
    xj_duty_move *moves;
    size_t n;

    XJ_TRY(xj_signing_history(&moves, &n, db, tenant, s->id, pool));
    xj_json_object(w);
    xj_json_key_int(w, "id", s->id);
    xj_json_key_str(w, "state", s->state);
    way_members(w, s);
    xj_json_key_str(w, "ended_on", s->ended_on);
    xj_json_key_int(w, "version", s->version);
    xj_json_history(w, moves, n);
    xj_json_end_object(w);
    return NULL;
}

/* The return in the path as the api's scope sees its signing; *VERSION is that of the last way. */
static xj_error *
write_signing(xj_json *w, int64_t *version, xj_db *db, const xj_api *api, xj_pool *pool)
{
    const int64_t id = xj_args_int(&api->args, "return"), tenant = api->scope.tenant;
    xj_obligation_whole *whole;
    xj_sign_chain chain;
    xj_signing *rounds;
    int64_t unit;
    size_t n;

    XJ_TRY(xj_signing_list(&rounds, &n, db, &api->scope, api->session.person, id, pool));
    XJ_TRY(xj_obligation_get(&whole, db, &api->scope, id, pool));
    unit = whole->obligation.unit;
    XJ_TRY(xj_sign_chain_get(&chain, db, tenant, unit, pool));
    *version = n == 0 ? 0 : rounds[0].version;
    xj_json_object(w);
    xj_json_key(w, "head");
    xj_json_report_head(w, &whole->obligation);
    XJ_TRY(key_chain(w, "chain", &chain, db, tenant, unit, pool));
    xj_json_key(w, "rounds");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        XJ_TRY(write_round(w, &rounds[i], db, tenant, pool));
    xj_json_end_array(w);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_get_return_signing(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    int64_t version;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(write_signing(xj_api_json_start(&json, api), &version, xj_reader_db(reader), api,
                         api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, version);
}

struct act {
    xj_signing_act act;
    xj_str body;
    xj_api_command *command;
};

/* The return as it is now beside what was asked, for what came too late. */
static void
conflict(struct act *a, xj_tx *tx)
{
    xj_buf *out = &a->command->problem;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, a->body);
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = write_signing(&w, &version, xj_tx_db(tx), a->command->api, xj_tx_pool(tx));
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

static xj_error *
run_act(xj_tx *tx, void *args, xj_buf *answer)
{
    struct act *a = args;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&a->command->problem);
    err = xj_signing_do(&version, tx, &a->act);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        conflict(a, tx);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(write_signing(&w, &version, xj_tx_db(tx), a->command->api, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

static xj_error *
post_act(xj_api *api, const char *name, xj_str move)
{
    struct act *a = XJ_NEW(api->pool, struct act);

    a->act = (xj_signing_act){.scope = &api->scope,
                              .obligation = xj_args_int(&api->args, "return"),
                              .move = move,
                              .why = xj_api__text_of(api->body, "why"),
                              .actor_name = xj_api_who(api)};
    XJ_TRY(xj_api_if_match(&a->act.version, api));
    a->body = xj_call_body(api->call);
    a->command = xj_api_command_new(api, name, run_act, a, XJ_STR_NONE);
    a->command->reply = xj_api__reply_next;
    xj_api_post(a->command);
    return NULL;
}

xj_error *
xj_api_sign_return(xj_api *api)
{
    const bool sign = xj_jval_bool(xj_jval_find(api->body, "sign"));

    return post_act(api, "return.sign", sign ? XJ_STR("sign") : XJ_STR("send_back"));
}

xj_error *
xj_api_withdraw_return(xj_api *api)
{
    return post_act(api, "return.withdraw", XJ_STR("withdraw"));
}

/* ---- what waits ---- */

static void
row_json(xj_json *w, const xj_signing_row *row)
{
    xj_json_object(w);
    xj_json_key_int(w, "return", row->signing.obligation);
    xj_api_key_named(w, "unit", row->signing.unit, row->unit_name);
    xj_json_key_str(w, "due", row->due);
    xj_json_key_str(w, "period", row->period);
    xj_json_key_int(w, "rows", row->rows);
    way_members(w, &row->signing);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_signings(xj_api *api)
{
    xj_signing_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "sg"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_signing_waiting(&rows, &n, xj_reader_db(reader), &api->scope, api->session.person,
                              page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        row_json(w, &rows[i]);
        page.last = rows[i].signing.id;
    }
    return xj_api_page_reply(&page);
}
