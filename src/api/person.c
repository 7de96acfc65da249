/* People, their accounts and posts, and sessions. */
#include "api/api_priv.h"

#include "base/cal.h"
#include "org/password.h"
#include "org/post.h"

/* ---- answers ---- */

static void
key_day(xj_json *w, const char *key, xj_date day)
{
    char text[XJ_DATE_LEN];

    xj_json_key_str(w, key, day.year == 0 ? XJ_STR_NONE : xj_date_format(text, day));
}

static void
write_post(xj_json *w, const xj_post *post)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", post->id);
    xj_json_key_str(w, "role", xj_str_c(xj_role_word(post->role)));
    xj_json_key(w, "unit");
    if (post->unit == 0) {
        xj_json_null(w);
    } else {
        xj_json_object(w);
        xj_json_key_int(w, "id", post->unit);
        xj_json_key_str(w, "name", post->unit_name);
        xj_json_end_object(w);
    }
    key_day(w, "from", post->from);
    key_day(w, "to", post->to);
    xj_json_key_id(w, "successor", post->successor);
    xj_json_key_str(w, "successor_name", post->successor_name);
    xj_json_key_int(w, "version", post->version);
    xj_json_end_object(w);
}

/* The posts of PERSON that are held on DAY (year 0: all). */
static xj_error *
write_posts(xj_json *w, xj_api *api, xj_db *db, int64_t person, xj_date day)
{
    xj_post *posts;
    size_t n;

    XJ_TRY(xj_post_of_person(&posts, &n, db, api->scope.tenant, person, api->pool));
    xj_json_key(w, "posts");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        if (day.year == 0 || xj_post_on(&posts[i], day))
            write_post(w, &posts[i]);
    xj_json_end_array(w);
    return NULL;
}

static void
write_card(xj_json *w, const xj_person_card *card)
{
    xj_json_key_int(w, "id", card->person.id);
    xj_json_key_str(w, "name", card->person.name);
    xj_json_key_str(w, "display_name", card->person.display_name);
    xj_json_key_str(w, "job", card->job);
    xj_json_key_str(w, "phone", card->phone);
    xj_json_key_bool(w, "disabled", card->person.disabled);
}

static void
write_made(xj_buf *answer, int64_t id, xj_str password)
{
    xj_json w;

    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", id);
    xj_json_key_str(&w, "password", password);
    xj_json_end_object(&w);
}

/* ---- looking ---- */

xj_error *
xj_api_list_people(xj_api *api)
{
    const xj_str after = xj_args_str(&api->args, "after");
    const xj_date today = xj_org_day(xj_now());
    xj_person_query query = {.text = xj_args_str(&api->args, "q"),
                             .unit = xj_args_int(&api->args, "unit")};
    char day[XJ_DATE_LEN];
    xj_person_card *items;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    xj_api_page_ask(&page, api);
    query.limit = page.ask;
    if (after.data != NULL)
        XJ_TRY(xj_cursor_read(after, api->pool, "person", "si", &query.after, &query.after_id));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_person_page(&items, &n, xj_reader_db(reader), &api->scope, xj_date_format(day, today),
                          &query, api->pool));
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        xj_json_object(w);
        write_card(w, &items[i]);
        XJ_TRY(write_posts(w, api, xj_reader_db(reader), items[i].person.id, today));
        xj_json_end_object(w);
    }
    xj_reader_end(reader);
    if (page.more)
        page.next = xj_cursor_make(api->pool, "person", "si",
                                   xj_person_key(&items[page.shown - 1].person, api->pool),
                                   items[page.shown - 1].person.id);
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_person(xj_api *api)
{
    char day[XJ_DATE_LEN];
    xj_person_card card;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_person_card_get(&card, xj_reader_db(reader), &api->scope,
                              xj_date_format(day, xj_org_day(xj_now())),
                              xj_args_int(&api->args, "person"), api->pool));
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    write_card(w, &card);
    xj_json_key_str(w, "mobile", card.mobile);
    xj_json_key_int(w, "version", card.version);
    XJ_TRY(write_posts(w, api, xj_reader_db(reader), card.person.id, (xj_date){0}));
    xj_reader_end(reader);
    xj_json_end_object(w);
    return xj_api_reply_version(api, 200, &json, card.version);
}

/* ---- who may give what ---- */

static xj_error *
forbidden(const char *what)
{
    return xj_error_new(XJ_E_FORBIDDEN, "%s", what);
}

/* Whether who asks may give or end a post of ROLE at UNIT. */
static xj_error *
check_grant(const xj_api *api, xj_role role, int64_t unit)
{
    if (role == XJ_ROLE_ADMINISTRATOR && xj_api_reach(api, "administrator.change") == XJ_REACH_NONE)
        return forbidden("only an administrator makes another");
    if (api->scope.all_units)
        return NULL;
    if (role != XJ_ROLE_OFFICER && role != XJ_ROLE_SECTION_HEAD && role != XJ_ROLE_LIAISON_B)
        return forbidden("a unit gives the posts officer, section_head and liaison_b");
    if (!xj_scope_has(&api->scope, api->session.tenant, unit))
        return forbidden("the post is not one of your unit");
    return NULL;
}

/* An administrator's account is changed by administrators alone. */
static xj_error *
check_target(const xj_api *api, xj_tx *tx, int64_t person)
{
    xj_post *posts;
    size_t n;

    XJ_TRY(xj_post_of_person(&posts, &n, xj_tx_db(tx), xj_tx_tenant(tx), person, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (posts[i].role == XJ_ROLE_ADMINISTRATOR &&
            xj_post_on(&posts[i], xj_org_day(xj_tx_now(tx))) &&
            xj_api_reach(api, "administrator.change") == XJ_REACH_NONE)
            return forbidden("only an administrator changes an administrator's account");
    return NULL;
}

/* ---- changes ---- */

typedef struct change {
    xj_api *api;
    xj_api_command *command;
    int64_t id, version, successor;
    xj_str name, display, hash, password;
    xj_post post;
    xj_date last;
    xj_person_change set;
    bool disabled;
} change;

static change *
change_new(xj_api *api, const char *name, xj_command_fn run)
{
    change *c = XJ_NEW(api->pool, change);

    c->api = api;
    c->command = xj_api_command_new(api, name, run, c, XJ_STR_NONE);
    return c;
}

static xj_date
day_of(const xj_jval *object, const char *key)
{
    xj_date day = {0};

    return xj_date_parse(&day, xj_jval_str(xj_jval_find(object, key))) ? day : (xj_date){0};
}

static void
read_post(xj_post *post, const xj_jval *body)
{
    const bool known = xj_role_parse(&post->role, xj_jval_str(xj_jval_find(body, "role")));

    XJ_ASSERT(known); /* the contract lists them */
    post->unit = xj_jval_int(xj_jval_find(body, "unit"));
    post->from = day_of(body, "from");
    post->to = day_of(body, "to");
}

/* What sessions may do has changed: none is taken from memory. */
static void
forget(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    (void)answer;
    (void)reply;
    xj_session_forget(api->server->options.sessions, XJ_STR_NONE);
}

/* The stored answer has no password: only the first one that is sent has. */
static void
reply_password(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const change *c = api->reply_arg;
    xj_buf body;

    forget(api, answer, reply);
    if (answer->replayed)
        return;
    xj_buf_init(&body, api->pool, 4096);
    write_made(&body, c->id, c->password);
    reply->body = xj_buf_str(&body);
}

/* A new password for NAME, hashed before the command. */
static xj_error *
make_password(change *c, xj_str name)
{
    c->password = xj_password_make(c->api->pool);
    XJ_TRY(xj_password_check(c->password, name));
    XJ_TRY(xj_password_hash(&c->hash, c->password, c->api->pool));
    c->api->reply_arg = c;
    c->command->reply = reply_password;
    return NULL;
}

static xj_error *
run_add_person(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    int64_t post;

    XJ_TRY(xj_person_add(&c->id, tx, c->name, c->display, c->hash));
    c->post.person = c->id;
    XJ_TRY(xj_post_add(&post, tx, &c->post));
    write_made(answer, c->id, XJ_STR_NONE);
    return NULL;
}

xj_error *
xj_api_add_person(xj_api *api)
{
    change *c = change_new(api, "person.add", run_add_person);

    c->display = XJ_STR("");
    XJ_TRY(xj_jval_get_str(&c->name, api->body, "name", true));
    XJ_TRY(xj_jval_get_str(&c->display, api->body, "display_name", false));
    read_post(&c->post, xj_jval_find(api->body, "post"));
    XJ_TRY(check_grant(api, c->post.role, c->post.unit));
    XJ_TRY(make_password(c, c->name));
    c->command->status = 201;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_reset_password(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;

    XJ_TRY(check_target(c->api, tx, c->id));
    XJ_TRY(xj_person_set_password(tx, c->id, c->hash, 0));
    write_made(answer, c->id, XJ_STR_NONE);
    return NULL;
}

xj_error *
xj_api_reset_password(xj_api *api)
{
    change *c = change_new(api, "person.password", run_reset_password);

    c->id = xj_args_int(&api->args, "person");
    XJ_TRY(make_password(c, XJ_STR("")));
    xj_api_post(c->command);
    return NULL;
}

/* Both texts of a change that came too late. */
static xj_error *
write_conflict(change *c, xj_tx *tx)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_buf *out = &c->command->problem;
    xj_person_card card;
    xj_json w;

    XJ_TRY(xj_person_card_get(&card, xj_tx_db(tx), &all, XJ_STR(""), c->id, xj_tx_pool(tx)));
    xj_buf_add(out, XJ_STR("\"yours\":"));
    xj_buf_add(out, xj_call_body(c->api->call));
    xj_buf_add(out, XJ_STR(",\"theirs\":"));
    xj_json_init(&w, out);
    xj_json_object(&w);
    xj_json_key_str(&w, "display_name", card.person.display_name);
    xj_json_key_str(&w, "phone", card.phone);
    xj_json_key_bool(&w, "disabled", card.person.disabled);
    xj_json_key_int(&w, "version", card.version);
    xj_json_end_object(&w);
    return NULL;
}

static xj_error *
run_change_person(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_error *err, *second;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    XJ_TRY(check_target(c->api, tx, c->id));
    err = xj_person_change_do(tx, c->id, c->version, &c->set);
    if (xj_error_is(err, XJ_E_STALE)) {
        second = write_conflict(c, tx);
        if (second != NULL) {
            xj_error_clear(err);
            return second;
        }
    }
    XJ_TRY(err);
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", c->id);
    xj_json_key_int(&w, "version", c->version + 1);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_change_person(xj_api *api)
{
    change *c = change_new(api, "person.change", run_change_person);

    c->id = xj_args_int(&api->args, "person");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->set.display_name = xj_jval_str(xj_jval_find(api->body, "display_name"));
    c->set.job = xj_jval_str(xj_jval_find(api->body, "job"));
    c->set.phone = xj_jval_str(xj_jval_find(api->body, "phone"));
    c->set.mobile = xj_jval_str(xj_jval_find(api->body, "mobile"));
    if (xj_jval_has(api->body, "disabled")) {
        c->disabled = xj_jval_bool(xj_jval_find(api->body, "disabled"));
        c->set.disabled = &c->disabled;
    }
    c->command->command.why = xj_jval_str(xj_jval_find(api->body, "why"));
    c->command->reply = forget;
    xj_api_post(c->command);
    return NULL;
}

/* ---- posts ---- */

static xj_error *
run_add_post(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_json w;

    XJ_TRY(xj_post_add(&c->id, tx, &c->post));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", c->id);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_add_post(xj_api *api)
{
    change *c = change_new(api, "post.add", run_add_post);

    c->post.person = xj_args_int(&api->args, "person");
    read_post(&c->post, api->body);
    XJ_TRY(check_grant(api, c->post.role, c->post.unit));
    c->command->status = 201;
    c->command->reply = forget;
    xj_api_post(c->command);
    return NULL;
}

static xj_error *
run_end_post(xj_tx *tx, void *args, xj_buf *answer)
{
    change *c = args;
    xj_post post;
    int64_t next;
    xj_json w;

    XJ_TRY(xj_post_get(&post, xj_tx_db(tx), xj_tx_tenant(tx), c->id, xj_tx_pool(tx)));
    XJ_TRY(check_grant(c->api, post.role, post.unit));
    XJ_TRY(xj_post_end(&next, tx, c->id, c->version, c->last, c->successor));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key_int(&w, "id", c->id);
    xj_json_key_id(&w, "next", next);
    xj_json_end_object(&w);
    return NULL;
}

xj_error *
xj_api_end_post(xj_api *api)
{
    change *c = change_new(api, "post.end", run_end_post);

    c->id = xj_args_int(&api->args, "post");
    XJ_TRY(xj_api_if_match(&c->version, api));
    c->last = day_of(api->body, "last");
    c->successor = xj_jval_int(xj_jval_find(api->body, "successor"));
    c->command->reply = forget;
    xj_api_post(c->command);
    return NULL;
}

/* ---- sessions ---- */

/* Whose sessions the request is about: one's own, or (who manages them) another's. */
static xj_error *
session_person(int64_t *person, const xj_api *api)
{
    *person = xj_args_int(&api->args, "person");
    if (*person == 0)
        *person = api->session.person;
    if (*person != api->session.person && xj_api_reach(api, "session.manage") == XJ_REACH_NONE)
        return forbidden("only an administrator sees and ends another's sessions");
    return NULL;
}

xj_error *
xj_api_list_sessions(xj_api *api)
{
    int64_t person;
    xj_session_row *items;
    xj_reader *reader;
    xj_api_json json;
    xj_json *w;
    size_t n;

    XJ_TRY(session_person(&person, api));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(
        xj_session_list(&items, &n, xj_reader_db(reader), api->session.tenant, person, api->pool));
    xj_reader_end(reader);
    w = xj_api_items_start(&json, api);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", items[i].id);
        xj_api_key_instant(w, "created_at", items[i].created_at);
        xj_api_key_instant(w, "seen_at", items[i].seen_at);
        xj_api_key_instant(w, "expires_at", items[i].expires_at);
        xj_json_key_str(w, "device", items[i].device);
        xj_json_key_str(w, "address", items[i].address);
        xj_json_key_bool(w, "current", items[i].id == api->session.id);
        xj_json_end_object(w);
    }
    return xj_api_items_reply(api, &json);
}

xj_error *
xj_api_end_session(xj_api *api)
{
    const bool manages = xj_api_reach(api, "session.manage") != XJ_REACH_NONE;
    xj_session *ended = XJ_NEW(api->pool, xj_session);
    xj_api_command *command;
    xj_session_row row;
    xj_reader *reader;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_session_row_get(&row, xj_reader_db(reader), api->session.tenant,
                              xj_args_int(&api->args, "id"), api->pool));
    xj_reader_end(reader);
    if (row.person != api->session.person && !manages)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such session");
    *ended = (xj_session){.id = row.id, .tenant = api->session.tenant, .person = row.person};
    command = xj_api_command_new(api, "session.end", xj_session_end_run, ended, XJ_STR_NONE);
    command->status = 204;
    command->reply = forget;
    xj_api_post(command);
    return NULL;
}

static xj_error *
run_end_sessions(xj_tx *tx, void *args, xj_buf *answer)
{
    const change *c = args;

    (void)answer;
    return xj_session_end_all(tx, c->id, c->api->session.id);
}

xj_error *
xj_api_end_sessions(xj_api *api)
{
    change *c = change_new(api, "session.end_all", run_end_sessions);

    XJ_TRY(session_person(&c->id, api));
    c->command->status = 204;
    c->command->reply = forget;
    xj_api_post(c->command);
    return NULL;
}
