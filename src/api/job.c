/* Long work: what the person asked for, how far it is, ending it. */
#include "api/api_priv.h"

static void
job_json(xj_json *w, const xj_job *job)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", job->id);
    xj_json_key_str(w, "kind", job->kind);
    xj_json_key_str(w, "state", job->state);
    xj_json_key_raw(w, "what", job->args);
    xj_json_key_str(w, "doing", job->doing);
    xj_json_key_int(w, "done", job->done);
    xj_json_key_int(w, "total", job->total);
    xj_json_key_bool(w, "cancel_asked", job->cancel_asked);
    xj_api_key_instant(w, "created_at", job->created_at);
    xj_api_key_instant_or_null(w, "started_at", job->started_at);
    xj_api_key_instant_or_null(w, "finished_at", job->finished_at);
    xj_json_key(w, "problem");
    if (job->error_code.data == NULL) {
        xj_json_null(w);
    } else {
        xj_json_object(w);
        xj_json_key_str(w, "code", job->error_code);
        xj_json_key_str(w, "detail", job->error_message);
        xj_json_end_object(w);
    }
    xj_json_key_raw(w, "result", job->result);
    xj_json_end_object(w);
}

xj_error *
xj_api__reply_job(xj_api *api, int status, int64_t id)
{
    xj_reply reply = {.status = status, .content_type = "application/json"};
    xj_reader *reader;
    xj_api_json json;
    xj_job job;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_job_get(&job, xj_reader_db(reader), api->session.tenant, api->session.person, id,
                      api->pool));
    xj_reader_end(reader);
    job_json(xj_api_json_start(&json, api), &job);
    XJ_TRY(xj_buf_check(&json.buf));
    reply.body = xj_buf_str(&json.buf);
    if (status == 202)
        reply.headers[reply.nheaders++] = (xj_header){
            XJ_STR("Location"), xj_str_printf(api->pool, "/api/v1/jobs/%lld", (long long)id)};
    xj_call_reply(api->call, &reply);
    return NULL;
}

xj_error *
xj_api_list_jobs(xj_api *api)
{
    xj_reader *reader;
    xj_api_page page;
    xj_job *jobs;
    xj_json *w;
    size_t n;

    XJ_TRY(xj_api_page_init(&page, api, "job"));
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_job_list(&jobs, &n, xj_reader_db(reader), api->session.tenant, api->session.person,
                       page.after, page.ask, api->pool));
    xj_reader_end(reader);
    w = xj_api_page_items(&page, n);
    for (size_t i = 0; i < page.shown; i++) {
        job_json(w, &jobs[i]);
        page.last = jobs[i].id;
    }
    return xj_api_page_reply(&page);
}

xj_error *
xj_api_get_job(xj_api *api)
{
    return xj_api__reply_job(api, 200, xj_args_int(&api->args, "job"));
}

xj_error *
xj_api_cancel_job(xj_api *api)
{
    const int64_t id = xj_args_int(&api->args, "job");

    XJ_TRY(xj_jobs_cancel(api->server->options.jobs, xj_api_pattern(api), id, api->pool));
    return xj_api__reply_job(api, 200, id);
}

xj_error *
xj_api_remove_job(xj_api *api)
{
    XJ_TRY(xj_jobs_remove(api->server->options.jobs, xj_api_pattern(api),
                          xj_args_int(&api->args, "job"), api->pool));
    xj_api_reply_none(api);
    return NULL;
}
