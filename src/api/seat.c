/* Who sits in the programme's own bodies. */
#include "org/seat.h"
#include "api/api_priv.h"

static void
write_seat(xj_json *w, const xj_seat *seat)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", seat->id);
    xj_json_key_str(w, "role", seat->role);
    xj_json_key(w, "unit");
    if (seat->unit == 0) {
        xj_json_null(w);
    } else {
        xj_json_object(w);
        xj_json_key_int(w, "id", seat->unit);
        xj_json_key_str(w, "name", seat->unit_name);
        xj_json_end_object(w);
    }
    xj_json_key_str(w, "person", seat->person);
    xj_json_key_str(w, "job", seat->job);
    xj_json_key_str(w, "from", seat->from);
    xj_json_key_str(w, "to", seat->to);
    xj_json_key_int(w, "version", seat->version);
    xj_json_end_object(w);
}

static xj_error *
write_seats(xj_json *w, xj_db *db, int64_t tenant, int64_t body, xj_pool *pool)
{
    xj_seat *seats;
    size_t n;

    XJ_TRY(xj_seat_list(&seats, &n, db, tenant, body, pool));
    xj_json_object(w);
    xj_json_key(w, "items");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        write_seat(w, &seats[i]);
    xj_json_end_array(w);
    xj_json_end_object(w);
    return NULL;
}

xj_error *
xj_api_list_seats(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(write_seats(xj_api_json_start(&json, api), xj_reader_db(reader), api->scope.tenant,
                       xj_args_int(&api->args, "body"), api->pool));
    xj_reader_end(reader);
    return xj_api_reply_json(api, 200, &json);
}

typedef struct change {
    xj_api_command *command;
    xj_seat seat;
    xj_str last;
} change;

/* The seats as they are now. */
static xj_error *
write_now(xj_buf *out, xj_tx *tx, int64_t body)
{
    xj_json w;

    xj_json_init(&w, out);
    XJ_TRY(write_seats(&w, xj_tx_db(tx), xj_tx_tenant(tx), body, xj_tx_pool(tx)));
    return xj_buf_check(out);
}

static xj_error *
run_add(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t id;

    XJ_TRY(xj_seat_add(&id, tx, &c->seat));
    return write_now(answer, tx, c->seat.body);
}

static xj_str
text_of(const xj_jval *object, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(object, key));

    return text.data == NULL ? XJ_STR("") : text;
}

xj_error *
xj_api_add_seat(xj_api *api)
{
    change *c = XJ_NEW(api->pool, change);

    c->seat = (xj_seat){.body = xj_args_int(&api->args, "body"),
                        .role = xj_jval_str(xj_jval_find(api->body, "role")),
                        .unit = xj_jval_int(xj_jval_find(api->body, "unit")),
                        .person = text_of(api->body, "person"),
                        .job = text_of(api->body, "job"),
                        .from = xj_jval_str(xj_jval_find(api->body, "from")),
                        .to = xj_jval_str(xj_jval_find(api->body, "to"))};
    c->command = xj_api_command_new(api, "seat.add", run_add, c, XJ_STR_NONE);
    c->command->status = 201;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_end(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_buf *out = &c->command->problem;
    xj_error *err, *theirs;

    xj_buf_clear(out);
    err = xj_seat_end(tx, c->seat.body, c->seat.id, c->seat.version, c->last);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT)) {
        xj_buf_add(out, XJ_STR("\"yours\":"));
        xj_buf_add(out, xj_call_body(c->command->api->call));
        xj_buf_add(out, XJ_STR(",\"theirs\":"));
        theirs = write_now(out, tx, c->seat.body);
        if (theirs != NULL)
            xj_buf_clear(out); /* then the refusal alone is the answer */
        xj_error_clear(theirs);
    }
    XJ_TRY(err);
    return write_now(answer, tx, c->seat.body);
}

xj_error *
xj_api_end_seat(xj_api *api)
{
    change *c = XJ_NEW(api->pool, change);

    XJ_TRY(xj_api_if_match(&c->seat.version, api));
    c->seat.body = xj_args_int(&api->args, "body");
    c->seat.id = xj_args_int(&api->args, "seat");
    c->last = xj_jval_str(xj_jval_find(api->body, "last"));
    c->command = xj_api_command_new(api, "seat.end", run_end, c, XJ_STR_NONE);
    xj_api_post(c->command);
    return NULL;
}
