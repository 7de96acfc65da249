/* Visits of supervision: planning, notice, the record of what was seen. */
#include "api/inspect_json.h"

/* ---- looking ---- */

xj_error *
xj_api__write_visit(const xj_api__inspect *c, xj_json *w, xj_db *db, xj_pool *pool)
{
    xj_visit *visit;

    XJ_TRY(xj_visit_get(&visit, db, &c->scope, c->id, pool));
    xj_json_visit(w, visit);
    return NULL;
}

xj_error *
xj_api_get_visit(xj_api *api)
{
    xj_reader *reader;
    xj_api_json json;
    xj_visit *visit;
    xj_scope scope;

    XJ_TRY(xj_api__inspect_scope(&scope, api, "inspection.read"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_visit_get(&visit, xj_reader_db(reader), &scope, xj_args_int(&api->args, "visit"),
                        api->pool));
    xj_reader_end(reader);
    xj_json_visit(xj_api_json_start(&json, api), visit);
    return xj_api_reply_version(api, 200, &json, visit->row.version);
}

/* ---- planning ---- */

static xj_str
text_of(const xj_jval *body, const char *key)
{
    const xj_str text = xj_jval_str(xj_jval_find(body, key));

    return text.data == NULL ? XJ_STR("") : text;
}

static void
read_new(xj_visit_new *new, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *items = xj_jval_find(body, "items");
    xj_item_new *list = XJ_NEW_ARRAY(pool, xj_item_new, xj_jval_len(items) + 1);

    *new = (xj_visit_new){.unit = xj_jval_int(xj_jval_find(body, "unit")),
                          .visit_on = text_of(body, "visit_on"),
                          .announced = xj_jval_bool(xj_jval_find(body, "announced")),
                          .items = items == NULL ? NULL : list,
                          .nitems = xj_jval_len(items)};
    for (size_t i = 0; i < new->nitems; i++)
        list[i] = (xj_item_new){.duty = xj_jval_int(xj_jval_find(xj_jval_at(items, i), "duty")),
                                .words = xj_jval_str(xj_jval_find(xj_jval_at(items, i), "words"))};
}

static xj_error *
run_add(xj_api__inspect *c, xj_tx *tx)
{
    return xj_visit_add(&c->id, tx, &c->scope, c->args);
}

static xj_error *
run_change(xj_api__inspect *c, xj_tx *tx)
{
    return xj_visit_change(&c->now, tx, &c->scope, c->id, c->version, c->args);
}

static xj_error *
post_new(xj_api *api, const char *name, bool change)
{
    xj_visit_new *new = XJ_NEW(api->pool, xj_visit_new);
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    read_new(new, api->body, api->pool);
    c->args = new;
    c->run = change ? run_change : run_add;
    c->write = xj_api__write_visit;
    if (change)
        c->id = xj_args_int(&api->args, "visit");
    else
        new->inspection = xj_args_int(&api->args, "inspection");
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, name, change ? 200 : 201, change);
}

xj_error *
xj_api_add_visit(xj_api *api)
{
    return post_new(api, "visit.add", false);
}

xj_error *
xj_api_change_visit(xj_api *api)
{
    return post_new(api, "visit.change", true);
}

static xj_error *
run_move(xj_api__inspect *c, xj_tx *tx)
{
    return xj_visit_step(&c->now, tx, &c->scope, c->id, c->version,
                         xj_jval_str(xj_jval_find(c->args, "move")));
}

xj_error *
xj_api_move_visit(xj_api *api)
{
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    c->id = xj_args_int(&api->args, "visit");
    c->args = api->body;
    c->run = run_move;
    c->write = xj_api__write_visit;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.change"));
    return xj_api__inspect_post(api, c, "visit.move", 200, true);
}

/* ---- the record ---- */

static void
read_answers(xj_visit_record *record, const xj_jval *answers, xj_pool *pool)
{
    xj_visit_item *list = XJ_NEW_ARRAY(pool, xj_visit_item, xj_jval_len(answers) + 1);

    record->nanswers = xj_jval_len(answers);
    record->answers = list;
    for (size_t i = 0; i < record->nanswers; i++) {
        const xj_jval *answer = xj_jval_at(answers, i);

        list[i] = (xj_visit_item){.id = xj_jval_int(xj_jval_find(answer, "id")),
                                  .answer = text_of(answer, "answer"),
                                  .note = text_of(answer, "note")};
    }
}

static void
read_findings(xj_visit_record *record, const xj_jval *findings, xj_pool *pool)
{
    xj_finding_new *list = XJ_NEW_ARRAY(pool, xj_finding_new, xj_jval_len(findings) + 1);

    record->nfindings = xj_jval_len(findings);
    record->findings = list;
    for (size_t i = 0; i < record->nfindings; i++) {
        const xj_jval *finding = xj_jval_at(findings, i);

        list[i] = (xj_finding_new){
            .item = xj_jval_int(xj_jval_find(finding, "item")),
            .about = xj_jval_int(xj_jval_find(finding, "about")),
            .action_no = xj_jval_has(finding, "action_no")
                             ? xj_jval_int(xj_jval_find(finding, "action_no"))
                             : -1,
            .words = text_of(finding, "words"),
            .grade = text_of(finding, "grade"),
            .place = text_of(finding, "place"),
            .located = xj_jval_has(finding, "latitude") && xj_jval_has(finding, "longitude"),
            .latitude = xj_jval_real(xj_jval_find(finding, "latitude")),
            .longitude = xj_jval_real(xj_jval_find(finding, "longitude"))};
    }
}

static xj_error *
run_record(xj_api__inspect *c, xj_tx *tx)
{
    return xj_visit_keep(&c->now, tx, &c->scope, c->id, c->version, c->args);
}

xj_error *
xj_api_record_visit(xj_api *api)
{
    xj_visit_record *record = XJ_NEW(api->pool, xj_visit_record);
    xj_api__inspect *c = XJ_NEW(api->pool, xj_api__inspect);

    *record = (xj_visit_record){.summary = text_of(api->body, "summary"),
                                .happened_on = xj_jval_str(xj_jval_find(api->body, "happened_on")),
                                .actor_name = xj_api_who(api)};
    read_answers(record, xj_jval_find(api->body, "answers"), api->pool);
    read_findings(record, xj_jval_find(api->body, "findings"), api->pool);
    c->id = xj_args_int(&api->args, "visit");
    c->args = record;
    c->run = run_record;
    c->write = xj_api__write_visit;
    XJ_TRY(xj_api__inspect_scope(&c->scope, api, "inspection.visit"));
    return xj_api__inspect_post(api, c, "visit.record", 200, true);
}
