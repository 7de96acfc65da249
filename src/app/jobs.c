/* The kinds of long work: importing a document. */
#include "app/jobs.h"

#include "app/ops.h"
#include "doc/doc.h"
#include "plan/document.h"
#include "json/json.h"

typedef struct workshop {
    xj_store *store;
    xj_blobs *blobs;
    xj_job_kind kinds[2];
} workshop;

/* ---- import ---- */

static void
say(void *arg, const char *doing, int64_t done, int64_t total)
{
    xj_job_turn_progress(arg, doing, done, total);
}

static bool
ends(void *arg)
{
    return xj_job_turn_ends(arg);
}

static xj_error *
read_and_keep(xj_imported *imported, const workshop *shop, xj_job_turn *turn)
{
    const xj_doc_watch watch = {.said = say, .ends = ends, .arg = turn};
    const xj_job *job = xj_job_turn_job(turn);
    xj_pool *pool = xj_job_turn_pool(turn);
    /* A key that no client can send: done twice, the first answer comes again. */
    const xj_command like = {.tenant = job->tenant,
                             .actor = job->actor,
                             .actor_name = job->actor_name,
                             .idem_key = xj_str_printf(pool, "job:%lld", (long long)job->id),
                             .request_hash = job->input};
    const xj_jval *args;
    xj_import *import;
    int64_t programme;
    xj_str name, bytes;

    XJ_TRY(xj_json_parse(&args, job->args, XJ_JOB_ARGS_MAX, pool));
    XJ_TRY(xj_jval_get_int(&programme, args, "programme", true));
    XJ_TRY(xj_jval_get_str(&name, args, "name", true));
    XJ_TRY(xj_job_turn_input(&bytes, turn));
    xj_job_turn_progress(turn, "reading", 0, 0);
    XJ_TRY(xj_import_prepare(&import, shop->blobs, programme, name, bytes, &watch, pool, pool));
    if (xj_job_turn_ends(turn))
        return xj_error_new(XJ_E_CANCELLED, "the import was given up before it was stored");
    xj_job_turn_progress(turn, "storing", 0, 0);
    return xj_version_import(imported, shop->store, &like, import, pool);
}

static xj_error *
do_import(xj_buf *result, xj_job_turn *turn, void *arg)
{
    const workshop *shop = arg;
    const xj_scope scope = xj_scope_all(xj_job_turn_job(turn)->tenant);
    xj_pool *pool = xj_job_turn_pool(turn);
    xj_version_whole *version;
    xj_imported imported;
    xj_reader *reader;
    xj_json w;

    XJ_TRY(read_and_keep(&imported, shop, turn));
    XJ_TRY(xj_reader_begin(&reader, shop->store, pool));
    XJ_TRY(xj_version_get_whole(&version, xj_reader_db(reader), &scope, imported.version, pool));
    xj_reader_end(reader);
    xj_json_init(&w, result);
    xj_json_object(&w);
    xj_json_key_int(&w, "version", imported.version);
    xj_json_key_int(&w, "document", version->document.id);
    xj_json_key_str(&w, "title",
                    version->document.title.data == NULL ? XJ_STR("") : version->document.title);
    xj_json_key_int(&w, "no", version->version.no);
    xj_json_key_int(&w, "tasks", version->version.tasks);
    xj_json_key_int(&w, "warnings", version->version.warnings);
    xj_json_key_bool(&w, "unchanged", imported.unchanged);
    xj_json_key(&w, "previous");
    if (imported.previous == 0)
        xj_json_null(&w);
    else
        xj_json_int(&w, imported.previous);
    xj_json_end_object(&w);
    return NULL;
}

/* ---- the queue ---- */

xj_error *
xj_app_jobs_open(xj_jobs **jobs, xj_store *store, xj_blobs *blobs, const xj_settings *settings,
                 xj_pool *pool)
{
    workshop *shop = XJ_NEW(pool, workshop);
    xj_jobs_options options = {.store = store,
                               .kinds = shop->kinds,
                               .runners = (int)xj_settings_int(settings, XJ_SET_jobs)};

    shop->store = store;
    shop->blobs = blobs;
    shop->kinds[0] = (xj_job_kind){"import", do_import, shop};
    XJ_TRY(xj_data_folder(&options.inputs, settings, "jobs", pool));
    return xj_jobs_open(jobs, &options, pool);
}
