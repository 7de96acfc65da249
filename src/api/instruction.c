/* Leaders' instructions (批示): who sees them, their scans, what came of them, the leader's
 * reading. */
#include "duty/instruction.h"
#include "api/api_priv.h"
#include "api/duty_json.h"
#include "api/duty_priv.h"
#include "api/file_priv.h"

/* ---- the list ---- */

static void
row_json(xj_json *w, const xj_instruction_row *row, int64_t me)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "version", row->version);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "state", row->state);
    xj_json_key_str(w, "state_on", row->state_on);
    xj_json_key_day(w, "due", row->due);
    xj_json_key_int(w, "owner", row->owner);
    xj_json_key_str(w, "owner_name", row->owner_name);
    xj_json_key_str(w, "leader", row->leader);
    xj_json_key_id(w, "leader_id", row->leader_id);
    xj_json_key_str(w, "given_on", row->given_on);
    xj_json_key_str(w, "words", row->words);
    xj_json_key_str(w, "result", row->result);
    xj_json_key_str(w, "laid_on", row->laid_on);
    xj_json_key_str(w, "read_on", row->read_on);
    xj_json_key_str(w, "read_name", row->read_name);
    xj_json_key_str(w, "light", row->light);
    xj_json_key_bool(w, "mine", row->leader_id != 0 && row->leader_id == me);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_instructions(xj_api *api)
{
    const int64_t me = api->session.person;
    xj_instruction_row *rows;
    xj_reader *reader;
    xj_api_page page;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "ins"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_instruction_list(
        &rows, &n, xj_reader_db(reader), &api->scope, xj_args_int(&api->args, "mine") != 0 ? me : 0,
        xj_args_int(&api->args, "open") != 0, page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        row_json(w, &rows[i], me);
        page.last = rows[i].id;
    }
    return xj_api_page_reply(&page);
}

/* ---- who sees it, and the leader's reading ---- */

struct change {
    int64_t id, version;
    xj_viewers viewers;
    bool names; /* who sees it; else the leader says something */
    int64_t leader;
    xj_step step;
    xj_api_command *command;
};

static xj_error *
run_change(xj_tx *tx, void *args, xj_buf *answer)
{
    struct change *c = args;
    xj_api *api = c->command->api;
    xj_error *err;
    xj_duty *seen;
    int64_t now;
    xj_json w;

    xj_buf_clear(&c->command->problem);
    XJ_TRY(
        xj_duty_get(&seen, xj_tx_db(tx), &api->scope, api->session.person, c->id, xj_tx_pool(tx)));
    err = c->names ? xj_viewers_set(&now, tx, c->id, c->version, &c->viewers)
                   : xj_instruction_read(&now, tx, c->id, c->version, c->leader, &c->step);
    if (xj_error_is(err, XJ_E_STALE) || xj_error_is(err, XJ_E_CONFLICT))
        xj_api__duty_conflict(c->command, tx, c->id);
    XJ_TRY(err);
    xj_json_init(&w, answer);
    XJ_TRY(xj_api__write_duty(&w, &now, xj_tx_db(tx), api, c->id, xj_tx_pool(tx)));
    return xj_buf_check(answer);
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
xj_api_set_duty_viewers(xj_api *api)
{
    struct change *c = XJ_NEW(api->pool, struct change);

    c->names = true;
    c->viewers = (xj_viewers){.why = xj_jval_str(xj_jval_find(api->body, "why")),
                              .actor_name = xj_api_who(api)};
    c->viewers.people =
        xj_api__ids(&c->viewers.npeople, xj_jval_find(api->body, "people"), api->pool);
    c->viewers.units = xj_api__ids(&c->viewers.nunits, xj_jval_find(api->body, "units"), api->pool);
    return post_change(api, c, "duty.viewers");
}

xj_error *
xj_api_read_instruction(xj_api *api)
{
    const bool office = xj_api_reach(api, "duty.change") == XJ_REACH_ALL;
    struct change *c = XJ_NEW(api->pool, struct change);

    c->step = xj_api__step(api);
    c->leader = office ? 0 : api->session.person;
    return post_change(api, c, "instruction.read");
}

/* ---- scans ---- */

xj_error *
xj_api__prepare_scans(const int64_t **uploads, const xj_evidence_file **files, size_t *n,
                      xj_api *api)
{
    const xj_jval *list = xj_jval_find(api->body, "scans");
    xj_evidence_file *found;

    if (list == NULL)
        list = xj_jval_find(api->body, "uploads");
    *uploads = xj_api__ids(n, list, api->pool);
    *files = found = XJ_NEW_ARRAY(api->pool, xj_evidence_file, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        XJ_TRY(xj_api__prepare_upload(&found[i], api, (*uploads)[i]));
        if (found[i].hash.len > 0)
            XJ_TRY(xj_scan_check(&found[i]));
    }
    return NULL;
}

xj_error *
xj_api__keep_scans(xj_tx *tx, int64_t duty, const int64_t *uploads, const xj_evidence_file *files,
                   size_t n, xj_str purpose, xj_str actor)
{
    for (size_t i = 0; i < n; i++)
        if (files[i].hash.len == 0) /* no longer there, and no earlier answer either */
            return xj_error_new(XJ_E_NOT_FOUND, "there is no such upload");
    if (n == 0)
        return NULL;
    XJ_TRY(xj_scan_add(
        tx, duty, &(xj_scans){.purpose = purpose, .files = files, .n = n, .actor_name = actor}));
    for (size_t i = 0; i < n; i++)
        XJ_TRY(xj_upload_remove(tx, uploads[i]));
    return NULL;
}

void
xj_api__drop_uploads(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const xj_jval *list = xj_jval_find(api->body, "scans");

    (void)answer;
    (void)reply;
    if (list == NULL)
        list = xj_jval_find(api->body, "uploads");
    for (size_t i = 0; i < xj_jval_len(list); i++)
        xj_upload_drop_file(api->server->options.uploads, api->session.tenant,
                            xj_jval_int(xj_jval_at(list, i)));
}

struct adding {
    int64_t duty, scan; /* scan 0: some are added */
    const int64_t *uploads;
    const xj_evidence_file *files;
    size_t n;
    xj_str purpose; /* data NULL: order */
    xj_api *api;
};

/* An instruction that was given here has scans; what was given from above has what answers it. */
static xj_error *
check_place(const xj_duty *duty, xj_str purpose)
{
    if (!xj_str_eq(purpose, XJ_STR("answer")))
        return xj_str_eq(duty->row.origin, XJ_STR("instruction"))
                   ? NULL
                   : xj_error_new(XJ_E_CONFLICT, "only an instruction has scans");
    if (duty->above.live && (duty->restricted || !xj_str_eq(duty->row.kind, XJ_STR("task"))))
        return NULL;
    return xj_error_new(XJ_E_CONFLICT,
                        "files go with the answer to what was given from above and is answered");
}

static xj_error *
run_scans(xj_tx *tx, void *args, xj_buf *answer)
{
    struct adding *a = args;
    int64_t version;
    xj_duty *seen;
    xj_json w;

    XJ_TRY(xj_duty_get(&seen, xj_tx_db(tx), &a->api->scope, a->api->session.person, a->duty,
                       xj_tx_pool(tx)));
    if (a->scan != 0)
        return xj_scan_remove(tx, a->duty, a->scan, xj_api_who(a->api));
    XJ_TRY(check_place(seen, a->purpose));
    XJ_TRY(xj_api__keep_scans(tx, a->duty, a->uploads, a->files, a->n, a->purpose,
                              xj_api_who(a->api)));
    xj_json_init(&w, answer);
    XJ_TRY(xj_api__write_duty(&w, &version, xj_tx_db(tx), a->api, a->duty, xj_tx_pool(tx)));
    return xj_buf_check(answer);
}

xj_error *
xj_api_add_duty_scans(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);
    xj_api_command *command;

    a->api = api;
    a->duty = xj_args_int(&api->args, "duty");
    a->purpose = xj_jval_str(xj_jval_find(api->body, "purpose"));
    XJ_TRY(xj_api__prepare_scans(&a->uploads, &a->files, &a->n, api));
    command = xj_api_command_new(api, "instruction.scan", run_scans, a, XJ_STR_NONE);
    command->status = 201;
    command->reply = xj_api__drop_uploads;
    xj_api_post(command);
    return NULL;
}

xj_error *
xj_api_remove_duty_scan(xj_api *api)
{
    struct adding *a = XJ_NEW(api->pool, struct adding);
    xj_api_command *command;

    *a = (struct adding){.duty = xj_args_int(&api->args, "duty"),
                         .scan = xj_args_int(&api->args, "scan"),
                         .api = api};
    command = xj_api_command_new(api, "instruction.unscan", run_scans, a, XJ_STR("{}"));
    command->status = 204;
    xj_api_post(command);
    return NULL;
}

/* Who may not see the instruction does not see its scan. */
static xj_error *
find_scan(xj_scan *scan, xj_api *api)
{
    xj_reader *reader;
    xj_duty *duty;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_duty_get(&duty, xj_reader_db(reader), &api->scope, api->session.person,
                       xj_args_int(&api->args, "duty"), api->pool));
    XJ_TRY(xj_scan_get(scan, xj_reader_db(reader), api->scope.tenant, duty->row.id,
                       xj_args_int(&api->args, "scan"), api->pool));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_api__reply_scan(xj_api *api, const xj_scan *scan)
{
    xj_reply reply = {.status = 200};
    xj_blob_hash hash;

    reply.content_type = xj_evidence_media_type(scan->file.kind);
    reply.etag = scan->file.hash;
    xj_api__attach(&reply, scan->file.name, api->pool);
    if (!xj_call_holds(api->call, reply.etag)) {
        XJ_TRY(xj_blob_hash_parse(&hash, scan->file.hash));
        XJ_TRY(xj_blob_get(&reply.body, api->server->options.blobs, &hash, api->pool));
    }
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_get_duty_scan(xj_api *api)
{
    xj_scan scan;

    XJ_TRY(find_scan(&scan, api));
    return xj_api__reply_scan(api, &scan);
}

xj_error *
xj_api_get_duty_scan_page(xj_api *api)
{
    xj_scan scan;

    XJ_TRY(find_scan(&scan, api));
    return xj_api__reply_page(api, scan.file.hash);
}
