/* Duty tasks: lists, one, adding, moves, corrections, dispatch, settling. */
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "duty/instruction.h"
#include "inspect/inspect.h"

/* ---- looking ---- */

static const xj_api_order duty_orders[] = {
    {"no", "du", XJ_DUTIES_BY_NO, false},         {"-no", "dU", XJ_DUTIES_BY_NO, true},
    {"due", "dd", XJ_DUTIES_BY_DUE, false},       {"-due", "dD", XJ_DUTIES_BY_DUE, true},
    {"action", "da", XJ_DUTIES_BY_ACTION, false}, {"-action", "dA", XJ_DUTIES_BY_ACTION, true},
    {"owner", "do", XJ_DUTIES_BY_OWNER, false},   {"-owner", "dO", XJ_DUTIES_BY_OWNER, true},
    {"state", "ds", XJ_DUTIES_BY_STATE, false},   {"-state", "dS", XJ_DUTIES_BY_STATE, true},
    {"light", "dl", XJ_DUTIES_BY_LIGHT, false},   {"-light", "dL", XJ_DUTIES_BY_LIGHT, true}};

xj_error *
xj_api_list_duties(xj_api *api)
{
    const xj_str cursor = xj_args_str(&api->args, "after");
    const xj_api_order *order =
        xj_api__order(duty_orders, sizeof duty_orders / sizeof *duty_orders, &api->args);
    xj_duty_filter filter = {.programme = xj_args_int(&api->args, "programme"),
                             .document = xj_args_int(&api->args, "document"),
                             .unit = xj_args_int(&api->args, "unit"),
                             .owner = xj_args_int(&api->args, "owner"),
                             .notice = xj_args_int(&api->args, "notice"),
                             .action_no = -1,
                             .kind = xj_args_str(&api->args, "kind"),
                             .origin = xj_args_str(&api->args, "origin"),
                             .state = xj_args_str(&api->args, "state"),
                             .light = xj_args_str(&api->args, "light"),
                             .tag = xj_args_str(&api->args, "tag"),
                             .unsettled = (xj_args_int(&api->args, "unsettled") != 0),
                             .order = (xj_duty_order)order->by,
                             .descending = order->descending};
    xj_duty_key key;
    xj_duty_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    if (xj_args_given(&api->args, "action_no"))
        filter.action_no = xj_args_int(&api->args, "action_no");
    xj_api_page_ask(&page, api);
    if (cursor.data != NULL)
        XJ_TRY(xj_cursor_read(cursor, api->pool, order->cursor, "sii", &key.text, &key.number,
                              &key.id));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_duty_list(&rows, &n, xj_reader_db(reader), &api->scope, api->session.person, &filter,
                        cursor.data == NULL ? NULL : &key, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++)
        xj_json_duty_row(w, &rows[i]);
    if (page.more) {
        key = xj_duty_key_of(&rows[page.shown - 1], filter.order);
        page.next = xj_cursor_make(api->pool, order->cursor, "sii", key.text, key.number, key.id);
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api__write_duty(xj_json *w, int64_t *version, xj_db *db, xj_api *api, int64_t id, xj_pool *pool)
{
    xj_duty_whole whole = {0};

    XJ_TRY(xj_duty_get(&whole.duty, db, &api->scope, api->session.person, id, pool));
    XJ_TRY(xj_duty_history(&whole.moves, &whole.nmoves, db, api->scope.tenant, id, pool));
    XJ_TRY(xj_county_down_of(&whole.down, &whole.ndown, db, api->scope.tenant, id, pool));
    *version = whole.duty->row.version;
    xj_json_duty(w, &whole);
    return NULL;
}

xj_error *
xj_api_get_duty(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    int64_t version;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_api__write_duty(xj_api_json_start(&json, api), &version, xj_reader_db(reader), api,
                              xj_args_int(&api->args, "duty"), api->pool));
    xj_reader_end(reader);
    return xj_api_reply_version(api, 200, &json, version);
}

xj_error *
xj_api_list_duty_lights(xj_api *api)
{
    const xj_date day = xj_api__day(api);
    const xj_str from = xj_args_str(&api->args, "from");
    xj_light_row *rows;
    xj_reader *reader;
    xj_duty *duty;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_read(&reader, api));
    /* Who may not see it does not see how it stands. */
    XJ_TRY(xj_duty_get(&duty, xj_reader_db(reader), &api->scope, api->session.person,
                       xj_args_int(&api->args, "duty"), api->pool));
    XJ_TRY(xj_light_list(&rows, &n, xj_reader_db(reader), &api->scope,
                         xj_args_int(&api->args, "duty"),
                         from.data == NULL ? day : xj_day_parse(from), day, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "unit", rows[i].unit);
        xj_json_key_str(w, "unit_name", rows[i].unit_name);
        xj_json_key_str(w, "light", rows[i].light);
        xj_json_key_str(w, "reason", rows[i].reason);
        xj_json_key_str(w, "from_on", rows[i].from_on);
        xj_json_key_day(w, "until_on", rows[i].until_on);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

const xj_api_order *
xj_api__order(const xj_api_order *orders, size_t n, const xj_args *args)
{
    const xj_str asked = xj_args_str(args, "order");

    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(asked, xj_str_c(orders[i].word)))
            return &orders[i];
    return &orders[0];
}

xj_date
xj_api__day(xj_api *api)
{
    const xj_str day = xj_args_str(&api->args, "day");

    return day.data == NULL ? xj_day_of(xj_now()) : xj_day_parse(day);
}

/* ---- changes ---- */

struct change {
    int64_t id, version;
    xj_step step;
    xj_correction correction;
    bool corrects;
    xj_api_command *command;
};

void
xj_api__duty_conflict(xj_api_command *command, xj_tx *tx, int64_t duty)
{
    xj_buf *out = &command->problem;
    int64_t version;
    xj_error *err;
    xj_json w;

    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, xj_call_body(command->api->call));
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    err = xj_api__write_duty(&w, &version, xj_tx_db(tx), command->api, duty, xj_tx_pool(tx));
    if (err != NULL)
        xj_buf_clear(out); /* then the refusal alone is the answer */
    xj_error_clear(err);
}

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    const xj_scope *scope = &c->command->api->scope;
    xj_duty *seen;
    int64_t now, finding;
    xj_error *err;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    /* What this person may not see is not there. */
    XJ_TRY(xj_duty_get(&seen, xj_tx_db(tx), scope, c->command->api->session.person, c->id,
                       xj_tx_pool(tx)));
    if (!xj_scope_has(scope, scope->tenant, seen->row.owner))
        return xj_error_new(XJ_E_FORBIDDEN, "the duty task is another unit's");
    XJ_TRY(xj_finding_of_duty(&finding, xj_tx_db(tx), scope->tenant, c->id));
    if (finding != 0 && !c->corrects)
        return xj_error_new(XJ_E_CONFLICT, "a rectification is moved at its finding, %lld",
                            (long long)finding);
    err = c->corrects ? xj_duty_correct(&now, tx, c->id, c->version, &c->correction)
                      : xj_duty_step(&now, tx, c->id, c->version, &c->step);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        xj_api__duty_conflict(c->command, tx, c->id);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(xj_api__write_duty(&w, &now, xj_tx_db(tx), c->command->api, c->id, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

void
xj_api__reply_next(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    int64_t version = 0;
    xj_error *err = xj_api_if_match(&version, api);

    (void)answer;
    XJ_ASSERT(err == NULL); /* it was read before */
    reply->etag = xj_api_etag(api->pool, version + 1);
}

static xj_error *
post_change(xj_api *api, struct change *c, const char *name)
{
    c->id = xj_args_int(&api->args, "duty");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->command = xj_api_command_new(api, name, run_change, c, XJ_STR_NONE);
    c->command->reply = xj_api__reply_next;
    xj_api_post(c->command);
    return NULL;
}

xj_error *
xj_api__check_move(xj_api *api, xj_str move, const char *units)
{
    xj_str all = xj_str_c(units), word;

    if (xj_api_reach(api, "duty.change") == XJ_REACH_ALL)
        return NULL;
    while (xj_str_split(&word, &all, ' '))
        if (xj_str_eq(word, move))
            return NULL;
    return xj_error_new(XJ_E_FORBIDDEN, "only the office can do this");
}

xj_step
xj_api__step(xj_api *api)
{
    return (xj_step){.move = xj_jval_str(xj_jval_find(api->body, "move")),
                     .happened_on = xj_jval_str(xj_jval_find(api->body, "happened_on")),
                     .why = xj_jval_str(xj_jval_find(api->body, "why")),
                     .doc_no = xj_jval_str(xj_jval_find(api->body, "doc_no")),
                     .doc_on = xj_jval_str(xj_jval_find(api->body, "doc_on")),
                     .due = xj_jval_str(xj_jval_find(api->body, "due")),
                     .result = xj_jval_str(xj_jval_find(api->body, "result")),
                     .actor_name = xj_api_who(api)};
}

xj_error *
xj_api_move_duty(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->step = xj_api__step(api);
    XJ_TRY(xj_api__check_move(api, c->step.move, "acknowledge dispatch begin ask_completion"));
    return post_change(api, c, "duty.move");
}

xj_error *
xj_api_correct_duty(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->corrects = true;
    c->correction =
        (xj_correction){.title = xj_jval_str(xj_jval_find(api->body, "title")),
                        .text = xj_jval_str(xj_jval_find(api->body, "text")),
                        .strength = xj_jval_str(xj_jval_find(api->body, "strength")),
                        .cadence = xj_jval_str(xj_jval_find(api->body, "cadence")),
                        .deadline_kind = xj_jval_str(xj_jval_find(api->body, "deadline_kind")),
                        .due = xj_jval_str(xj_jval_find(api->body, "due")),
                        .why = xj_jval_str(xj_jval_find(api->body, "why")),
                        .actor_name = xj_api_who(api)};
    return post_change(api, c, "duty.correct");
}

/* ---- adding, tags, dispatch ---- */

struct adding {
    xj_duty_new duty;
    int64_t id;
    const xj_str *tags;
    size_t ntags;
    int64_t unit, section, person;
    const int64_t *duties, *uploads;
    size_t nduties, nuploads;
    const xj_evidence_file *scans;
    xj_api *api;
};

const int64_t *
xj_api__ids(size_t *n, const xj_jval *list, xj_pool *pool)
{
    int64_t *ids;

    *n = xj_jval_len(list);
    ids = XJ_NEW_ARRAY(pool, int64_t, *n + 1);
    for (size_t i = 0; i < *n; i++)
        ids[i] = xj_jval_int(xj_jval_at(list, i));
    return ids;
}

static const xj_str *
read_tags(size_t *n, const xj_jval *list, xj_pool *pool)
{
    xj_str *tags;

    *n = xj_jval_len(list);
    tags = XJ_NEW_ARRAY(pool, xj_str, *n + 1);
    for (size_t i = 0; i < *n; i++)
        tags[i] = xj_jval_str(xj_jval_at(list, i));
    return tags;
}

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    struct adding *a = args;
    int64_t version;
    xj_json w;

    XJ_TRY(xj_duty_add(&a->id, tx, &a->duty));
    XJ_TRY(xj_api__keep_scans(tx, a->id, a->uploads, a->scans, a->nuploads, XJ_STR_NONE,
                              xj_api_who(a->api)));
    xj_json_init(&w, answer);
    XJ_TRY(xj_api__write_duty(&w, &version, xj_tx_db(tx), a->api, a->id, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

static void
reply_first(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    xj_api__drop_uploads(api, answer, reply);
    reply->etag = xj_api_etag(api->pool, 1);
}

static void
read_new(xj_duty_new *d, const xj_jval *body, xj_pool *pool)
{
    *d = (xj_duty_new){.programme = xj_jval_int(xj_jval_find(body, "programme")),
                       .kind = xj_jval_str(xj_jval_find(body, "kind")),
                       .origin = xj_jval_str(xj_jval_find(body, "origin")),
                       .title = xj_jval_str(xj_jval_find(body, "title")),
                       .text = xj_jval_str(xj_jval_find(body, "text")),
                       .action_no = xj_jval_int(xj_jval_find(body, "action_no")),
                       .action = xj_jval_str(xj_jval_find(body, "action")),
                       .lead = xj_jval_int(xj_jval_find(body, "lead")),
                       .deadline_kind = xj_jval_str(xj_jval_find(body, "deadline_kind")),
                       .due = xj_jval_str(xj_jval_find(body, "due")),
                       .strength = xj_jval_str(xj_jval_find(body, "strength")),
                       .cadence = xj_jval_str(xj_jval_find(body, "cadence")),
                       .deliverable = xj_jval_str(xj_jval_find(body, "deliverable")),
                       .leader = xj_jval_str(xj_jval_find(body, "leader")),
                       .given_on = xj_jval_str(xj_jval_find(body, "given_on")),
                       .words = xj_jval_str(xj_jval_find(body, "words")),
                       .leader_id = xj_jval_int(xj_jval_find(body, "leader_id")),
                       .restricted = xj_jval_bool(xj_jval_find(body, "restricted")),
                       .starts_on = xj_jval_str(xj_jval_find(body, "starts_on"))};
    d->units = xj_api__ids(&d->nunits, xj_jval_find(body, "units"), pool);
    d->viewers = xj_api__ids(&d->nviewers, xj_jval_find(body, "viewers"), pool);
    d->viewer_units = xj_api__ids(&d->nviewer_units, xj_jval_find(body, "viewer_units"), pool);
    d->tags = read_tags(&d->ntags, xj_jval_find(body, "tags"), pool);
}

xj_error *
xj_api_add_duty(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);
    xj_api_command *command;

    a->api = api;
    read_new(&a->duty, api->body, api->pool);
    XJ_TRY(xj_api__prepare_scans(&a->uploads, &a->scans, &a->nuploads, api));
    if (a->nuploads > 0 && !xj_str_eq(a->duty.origin, XJ_STR("instruction")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "only an instruction has scans"), "/scans");
    command = xj_api_command_new(api, "duty.add", run_add, a, XJ_STR_NONE);
    command->status = 201;
    command->reply = reply_first;
    xj_api_post(command);
    return NULL;
}

static xj_error *
run_tags(xj_tx *tx, void *args, xj_buf *answer)
{
    struct adding *a = args;
    xj_duty *seen;
    int64_t version;
    xj_json w;

    XJ_TRY(xj_duty_get(&seen, xj_tx_db(tx), &a->api->scope, a->api->session.person, a->id,
                       xj_tx_pool(tx)));
    XJ_TRY(xj_duty_set_tags(tx, a->id, a->tags, a->ntags));
    xj_json_init(&w, answer);
    XJ_TRY(xj_api__write_duty(&w, &version, xj_tx_db(tx), a->api, a->id, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

xj_error *
xj_api_set_duty_tags(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);

    a->api = api;
    a->id = xj_args_int(&api->args, "duty");
    a->tags = read_tags(&a->ntags, xj_jval_find(api->body, "tags"), api->pool);
    xj_api_post(xj_api_command_new(api, "duty.tags", run_tags, a, XJ_STR_NONE));
    return NULL;
}

static xj_error *
run_dispatch(xj_tx *tx, void *args, xj_buf *answer)
{
    struct adding *a = args;

    if (!xj_scope_has(&a->api->scope, a->api->scope.tenant, a->unit))
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such unit");
    for (size_t i = 0; i < a->nduties; i++) {
        bool seen;

        XJ_TRY(xj_duty_seen(&seen, xj_tx_db(tx), &a->api->scope, a->api->session.person,
                            a->duties[i], xj_tx_pool(tx)));
        if (!seen)
            return xj_error_new(XJ_E_NOT_FOUND, "there is no such duty task");
    }
    XJ_TRY(xj_duty_dispatch(tx, a->unit, a->duties, a->nduties, a->section, a->person,
                            xj_api_who(a->api)));
    xj_buf_add(answer, XJ_STR("{\"done\":true}"));
    return NULL;
}

xj_error *
xj_api_dispatch_duties(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);

    a->api = api;
    a->unit = xj_jval_int(xj_jval_find(api->body, "unit"));
    a->section = xj_jval_int(xj_jval_find(api->body, "section"));
    a->person = xj_jval_int(xj_jval_find(api->body, "person"));
    a->duties = xj_api__ids(&a->nduties, xj_jval_find(api->body, "duties"), api->pool);
    xj_api_post(xj_api_command_new(api, "duty.dispatch", run_dispatch, a, XJ_STR_NONE));
    return NULL;
}

/* ---- settling ---- */

struct settling {
    int64_t document;
    xj_settle *answers;
    size_t n;
    xj_str actor;
};

static xj_error *
run_settle(xj_tx *tx, void *args, xj_buf *answer)
{
    struct settling *s = args;
    int64_t changed;

    XJ_TRY(xj_duty_settle(&changed, tx, s->document, s->answers, s->n, s->actor));
    xj_buf_printf(answer, "{\"changed\":%lld}", (long long)changed);
    return NULL;
}

static void
read_answer(xj_settle *a, const xj_jval *value, xj_pool *pool)
{
    const xj_jval *counties = xj_jval_find(value, "counties");

    *a = (xj_settle){.like = xj_jval_int(xj_jval_find(value, "like")),
                     .action_no = xj_jval_has(value, "action_no")
                                      ? xj_jval_int(xj_jval_find(value, "action_no"))
                                      : -1,
                     .owner = xj_jval_int(xj_jval_find(value, "owner")),
                     .open = xj_jval_str(xj_jval_find(value, "open")),
                     .lead = xj_jval_int(xj_jval_find(value, "lead")),
                     .keep = xj_jval_bool(xj_jval_find(value, "keep")),
                     .cadence = xj_jval_str(xj_jval_find(value, "cadence")),
                     .way = xj_jval_str(xj_jval_find(value, "way")),
                     .no_counties = counties != NULL && xj_jval_len(counties) == 0};
    a->duties = xj_api__ids(&a->nduties, xj_jval_find(value, "duties"), pool);
    a->counties = xj_api__ids(&a->ncounties, counties, pool);
}

xj_error *
xj_api_settle_document(xj_api *api)
{
    const xj_jval *answers = xj_jval_find(api->body, "answers");
    struct settling *s = XJ_NEW(api->pool, struct settling);

    s->document = xj_args_int(&api->args, "document");
    s->n = xj_jval_len(answers);
    s->answers = XJ_NEW_ARRAY(api->pool, xj_settle, s->n);
    s->actor = xj_api_who(api);
    for (size_t i = 0; i < s->n; i++)
        read_answer(&s->answers[i], xj_jval_at(answers, i), api->pool);
    xj_api_post(xj_api_command_new(api, "duty.settle", run_settle, s, XJ_STR_NONE));
    return NULL;
}
