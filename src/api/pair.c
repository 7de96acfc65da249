/* Lines of work: which row goes on with which row of the version before. */
#include "api/api_priv.h"
#include "api/task_priv.h"
#include "plan/line.h"

static void
add_row(xj_json *w, const char *key, const xj_pair_row *row)
{
    xj_json_key(w, key);
    if (row->id == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "id", row->id);
    xj_json_key_int(w, "line", row->line);
    xj_json_key_str(w, "action", row->action);
    xj_json_key_str(w, "no", row->no);
    xj_json_key_str(w, "title", row->title);
    xj_json_key_str(w, "text", row->text);
    xj_json_end_object(w);
}

static void
add_pair(xj_json *w, const xj_pair *pair)
{
    xj_json_object(w);
    xj_json_key_int(w, "seq", pair->seq);
    xj_json_key_str(w, "relation", pair->relation);
    xj_json_key_int(w, "score", pair->score);
    xj_json_key_str(w, "decision", pair->decision);
    xj_json_key_bool(w, "decided", pair->decided);
    add_row(w, "new", &pair->now);
    add_row(w, "old", &pair->old);
    add_row(w, "whole", &pair->whole);
    xj_json_end_object(w);
}

static void
add_counts(xj_json *w, const xj_pair_count *counts, size_t n)
{
    xj_json_key(w, "counts");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "relation", counts[i].relation);
        xj_json_key_str(w, "decision", counts[i].decision);
        xj_json_key_int(w, "pairs", counts[i].pairs);
        xj_json_key_int(w, "undecided", counts[i].undecided);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
add_before(xj_json *w, const xj_pair_before *before)
{
    xj_json_key_bool(w, "overtaken", before->overtaken);
    xj_json_key(w, "before");
    if (before->version == 0) {
        xj_json_null(w);
        return;
    }
    xj_json_object(w);
    xj_json_key_int(w, "version", before->version);
    xj_json_key_int(w, "no", before->no);
    xj_json_key_int(w, "document", before->document);
    xj_json_key_str(w, "title", before->title);
    xj_json_key_str(w, "doc_no", before->doc_no);
    xj_json_key_str(w, "file_name", before->file_name);
    xj_json_key_bool(w, "other", before->other);
    xj_json_end_object(w);
}

xj_error *
xj_api_list_pairs(xj_api *api)
{
    const int64_t version = xj_args_int(&api->args, "version");
    size_t n, ncounts;
    xj_pair_count *counts;
    xj_pair_before before;
    xj_reader *reader;
    xj_api_page page;
    xj_pair *pairs;
    xj_json *w;

    XJ_TRY(xj_api_page_init(&page, api, "pair"));
    if (!xj_args_given(&api->args, "after"))
        page.after = -1; /* they are numbered from 0 */
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_pair_list(&pairs, &n, xj_reader_db(reader), &api->scope, version,
                        xj_args_str(&api->args, "relation"), page.after, page.ask, api->pool));
    XJ_TRY(
        xj_pair_counts(&counts, &ncounts, xj_reader_db(reader), &api->scope, version, api->pool));
    XJ_TRY(xj_pair_before_get(&before, xj_reader_db(reader), &api->scope, version, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_start(&page);
    add_before(w, &before);
    add_counts(w, counts, ncounts);
    xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        add_pair(w, &pairs[i]);
        page.last = pairs[i].seq;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_pair_again(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "version");
    const xj_command *like =
        &xj_api_command_new(api, "plan.pair.again", NULL, NULL, XJ_STR_NONE)->command;
    xj_pair_with with = {.id = id,
                         .choose = xj_jval_has(api->body, "document"),
                         .document = xj_jval_int(xj_jval_find(api->body, "document"))};

    XJ_TRY(xj_api_if_match(&with.version, api));
    XJ_TRY(xj_pair_again(api->store, like, &with, api->pool));
    return xj_api__reply_plan_version(api, id);
}

static xj_error *
run_decide(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_pair_decision *d = args;

    XJ_TRY(xj_pair_decide(tx, d));
    xj_buf_printf(answer, "{\"version\":%lld}", (long long)(d->version + 1));
    return NULL;
}

xj_error *
xj_api_decide_pairs(xj_api *api)
{
    const xj_jval *pairs = xj_jval_find(api->body, "pairs");
    xj_pair_decision *d = XJ_NEW(api->pool, xj_pair_decision);
    const xj_str relation = xj_jval_str(xj_jval_find(api->body, "relation"));
    int64_t *seqs;

    d->id = xj_args_int(&api->args, "version");
    XJ_TRY(xj_api_if_match(&d->version, api));
    if ((pairs == NULL) == (relation.data == NULL))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "name either the pairs or a relation"),
                           "/pairs");
    d->decision = xj_jval_str(xj_jval_find(api->body, "decision"));
    d->relation = relation;
    d->nseqs = xj_jval_len(pairs);
    d->seqs = seqs = XJ_NEW_ARRAY(api->pool, int64_t, d->nseqs);
    for (size_t i = 0; i < d->nseqs; i++)
        seqs[i] = xj_jval_int(xj_jval_at(pairs, i));
    xj_api_post(xj_api_command_new(api, "plan.pair.decide", run_decide, d, XJ_STR_NONE));
    return NULL;
}
