/* The programme's own bodies. */
#include "duty/body.h"
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "org/post.h"

static const char *
state_of(const xj_body *body, xj_str today)
{
    if (body->ends_on.data != NULL && xj_str_cmp(body->ends_on, today) < 0)
        return "ended";
    return body->starts_on.data != NULL && xj_str_cmp(body->starts_on, today) > 0 ? "to_come"
                                                                                  : "stands";
}

/* What a unit owes is shown to who may know of it. */
static void
key_count(xj_json *w, const char *key, int64_t n, bool seen)
{
    xj_json_key(w, key);
    if (seen)
        xj_json_int(w, n);
    else
        xj_json_null(w);
}

xj_error *
xj_api_list_bodies(xj_api *api)
{
    const xj_date day = xj_org_day(xj_now());
    char today[XJ_DATE_LEN];
    xj_scope duties = {0};
    xj_reader *reader;
    xj_api_page page;
    xj_body *rows;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "body"));
    if (xj_api_reach(api, "duty.read") != XJ_REACH_NONE)
        XJ_TRY(xj_api_scope(&duties, api, "duty.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_body_list(&rows, &n, xj_reader_db(reader), api->scope.tenant, day, page.after,
                        page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        const bool seen = xj_scope_has(&duties, api->scope.tenant, rows[i].id);

        xj_json_object(w);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_str(w, "name", rows[i].name);
        xj_json_key_str(w, "starts_on", rows[i].starts_on);
        xj_json_key_str(w, "ends_on", rows[i].ends_on);
        xj_json_key_str(w, "state", xj_str_c(state_of(&rows[i], xj_date_format(today, day))));
        xj_json_key_int(w, "people", rows[i].people);
        key_count(w, "duties", rows[i].duties, seen);
        key_count(w, "owed", rows[i].owed, seen);
        xj_json_end_object(w);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

/* ---- bodies that end ---- */

static void
write_closing(xj_json *w, const xj_body_closing *body)
{
    static const char *const by[] = {"successor", "superior", "office"};

    xj_json_object(w);
    xj_json_key_int(w, "id", body->id);
    xj_json_key_str(w, "name", body->name);
    xj_json_key_str(w, "ends_on", body->ends_on);
    xj_json_key_int(w, "version", body->version);
    xj_json_key_int(w, "duties", body->duties);
    xj_json_key_int(w, "rectifications", body->rectifications);
    xj_json_key_int(w, "owed", body->owed);
    xj_json_key_int(w, "findings", body->findings);
    xj_json_key_int(w, "left", body->left);
    xj_api_key_named(w, "heir", body->heir, body->heir_name);
    xj_json_key_str(w, "heir_by", xj_str_c(by[body->by]));
    xj_json_end_object(w);
}

xj_error *
xj_api_list_closing_bodies(xj_api *api)
{
    xj_body_closing *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "closing"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_body_closing_list(&rows, &n, xj_reader_db(reader), api->scope.tenant,
                                xj_org_day(xj_now()), page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_closing(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

static void
write_open(xj_json *w, const xj_body_open *open)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", open->id);
    xj_json_key_str(w, "kind", open->kind);
    xj_json_key_str(w, "no", open->no);
    xj_json_key_str(w, "title", open->title);
    xj_json_key_str(w, "state", open->state);
    xj_json_key_str(w, "role", open->role);
    xj_json_key_str(w, "due", xj_str_eq(open->due, XJ_STR(XJ_DAY_NONE)) ? XJ_STR_NONE : open->due);
    xj_json_key_bool(w, "left", open->left);
    xj_json_key_bool(w, "along", open->along);
    xj_json_end_object(w);
}

/* The places of the words of "about" in the contract. */
static xj_body_about
about_of(xj_str word)
{
    return xj_str_eq(word, XJ_STR("duty"))   ? XJ_BODY_DUTY
           : xj_str_eq(word, XJ_STR("owed")) ? XJ_BODY_OWED
                                             : XJ_BODY_FINDING;
}

xj_error *
xj_api_list_body_open(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "body");
    xj_body_closing body;
    xj_body_open *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "open"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_body_closing_get(&body, xj_reader_db(reader), api->scope.tenant, xj_org_day(xj_now()),
                               id, api->pool));
    XJ_TRY(xj_body_open_list(&rows, &n, xj_reader_db(reader), api->scope.tenant, id,
                             about_of(xj_args_str(&api->args, "about")), page.after, page.ask,
                             api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        write_open(w, &rows[i]);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

typedef struct handing {
    xj_api_command *command;
    xj_body_hand hand;
} handing;

static xj_error *
write_now(xj_json *w, xj_tx *tx, int64_t id)
{
    xj_body_closing body;

    XJ_TRY(xj_body_closing_get(&body, xj_tx_db(tx), xj_tx_tenant(tx), xj_org_day(xj_tx_now(tx)), id,
                               xj_tx_pool(tx)));
    write_closing(w, &body);
    return NULL;
}

static xj_error *
run_hand_over(xj_tx *tx, void *args, xj_buf *answer)
{
    handing *h = args;
    xj_buf *out = &h->command->problem;
    xj_error *err, *theirs;
    int64_t handed;
    xj_json w;

    xj_buf_clear(out);
    err = xj_body_hand_over(&handed, tx, &h->hand);
    if (xj_error_is(err, XJ_E_STALE)) {
        xj_buf_add(out, XJ_STR("\"yours\":"));
        xj_buf_add(out, xj_call_body(h->command->api->call));
        xj_buf_add(out, XJ_STR(",\"theirs\":"));
        xj_json_init(&w, out);
        theirs = write_now(&w, tx, h->hand.body);
        if (theirs != NULL)
            xj_buf_clear(out); /* then the refusal alone is the answer */
        xj_error_clear(theirs);
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "handed", handed);
    xj_json_key(&w, "body");
    XJ_TRY(write_now(&w, tx, h->hand.body));
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

static size_t
read_ids(int64_t **ids, const xj_jval *list, xj_pool *pool)
{
    const size_t n = xj_jval_len(list);

    *ids = XJ_NEW_ARRAY(pool, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        (*ids)[i] = xj_jval_int(xj_jval_at(list, i));
    return n;
}

xj_error *
xj_api_hand_over_body(xj_api *api)
{
    handing *h = XJ_NEW(api->pool, handing);
    int64_t *duties, *owed;

    XJ_TRY(xj_api_if_match(&h->hand.version, api));
    h->hand.nduties = read_ids(&duties, xj_jval_find(api->body, "duties"), api->pool);
    h->hand.nowed = read_ids(&owed, xj_jval_find(api->body, "owed"), api->pool);
    h->hand.duties = duties;
    h->hand.owed = owed;
    h->hand.all = !xj_jval_has(api->body, "duties") && !xj_jval_has(api->body, "owed");
    h->hand.body = xj_args_int(&api->args, "body");
    h->hand.to = xj_jval_int(xj_jval_find(api->body, "unit"));
    h->hand.happened_on = xj_jval_str(xj_jval_find(api->body, "happened_on"));
    h->hand.why = xj_jval_str(xj_jval_find(api->body, "why"));
    h->hand.actor_name = xj_api_who(api);
    h->command = xj_api_command_new(api, "body.hand_over", run_hand_over, h, XJ_STR_NONE);
    xj_api_post(h->command);
    return NULL;
}
