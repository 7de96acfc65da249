/* Intake (收件): a file that came by other ways is read, and laid to the rows of a return. */
#include "duty/intake.h"
#include "api/file_priv.h"
#include "api/report_json.h"
#include "duty/evidence.h"

#define READ_SECONDS 60

typedef struct reading {
    xj_api *api;
    int64_t unit, forced; /* as asked; forced: a return that was chosen by hand */
    xj_str on;
    xj_upload upload;
    xj_str bytes;
    xj_doc *doc;        /* NULL: it could not be read */
    const char *unread; /* why not */
    const char *by;     /* how the return was found: workbook, code, unit, chosen; none */
    xj_mark mark;       /* of a workbook of ours */
    int64_t id;         /* of the return; 0: none found */
    xj_report *report;
    xj_obligation *choices;
    size_t nchoices;
} reading;

/* ---- the file ---- */

static xj_error *
open_upload(reading *r)
{
    xj_uploads *uploads = r->api->server->options.uploads;
    xj_reader *reader;
    const char *path;

    XJ_TRY(xj_api_read(&reader, r->api));
    XJ_TRY(xj_upload_get(&r->upload, uploads, xj_reader_db(reader), r->api->session.tenant,
                         r->api->session.person, xj_jval_int(xj_jval_find(r->api->body, "upload")),
                         r->api->pool));
    xj_reader_end(reader);
    XJ_TRY(xj_upload_path(&path, uploads, &r->upload, r->api->pool));
    return xj_upload_bytes(&r->bytes, path, r->api->pool);
}

/* What cannot be read is registered all the same: its words are typed by hand. */
static xj_error *
read_file(reading *r)
{
    const xj_doc_limits limits = {.seconds = READ_SECONDS};
    xj_error *err;

    if (xj_doc_kind_of(r->bytes) == XJ_DOC_ENCRYPTED)
        return xj_error_new(XJ_E_BAD_INPUT,
                            "the file is encrypted; save it without a password first");
    if (r->bytes.len > XJ_DOC_BYTES_MAX) {
        r->unread = "too_large";
        return NULL;
    }
    err = xj_doc_read_apart(&r->doc, r->bytes, &limits, r->api->pool, xj_pool_child(r->api->pool));
    switch (xj_error_code(err)) {
    case XJ_E_UNSUPPORTED_KIND:
    case XJ_E_NEEDS_OCR:
    case XJ_E_TIMEOUT:
    case XJ_E_BAD_INPUT:
    case XJ_E_NOT_UTF8:
        r->unread = xj_error_is(err, XJ_E_TIMEOUT)     ? "timeout"
                    : xj_error_is(err, XJ_E_BAD_INPUT) ? "no_text"
                                                       : "unsupported_kind";
        r->doc = NULL;
        xj_error_clear(err);
        return NULL;
    default:
        XJ_TRY(err);
    }
    return xj_doc_check_marks(r->doc, false);
}

/* ---- which return ---- */

/* The code that a return bears on paper, wherever it stands in the words. */
static int64_t
code_in(const xj_doc *doc)
{
    int64_t id;

    if (xj_mark_return_find(&id, doc->text))
        return id;
    for (size_t i = 0; i < doc->nfurniture; i++) /* at a page's foot */
        if (xj_mark_return_find(&id, doc->furniture[i].text))
            return id;
    return 0;
}

#define CODE_PAGES 3 /* of a scan that are looked at for the code */

/* The code of a return on a scanned page, without its words. */
static xj_error *
code_on_pages(reading *r)
{
    const xj_doc_kind kind = xj_doc_kind_of(r->bytes);
    xj_error *err;
    xj_doc *codes;

    if ((kind != XJ_DOC_PDF && kind != XJ_DOC_PICTURE) || r->bytes.len > XJ_DOC_BYTES_MAX)
        return NULL;
    err = xj_doc_codes_apart(&codes, r->bytes, CODE_PAGES, NULL, r->api->pool,
                             xj_pool_child(r->api->pool));
    if (err == NULL) {
        r->id = code_in(codes);
        r->by = r->id == 0 ? r->by : "code";
        return NULL;
    }
    if (xj_error_is(err, XJ_E_IO))
        return err;
    xj_error_clear(err); /* none is there, or none can be seen: the printed characters may do */
    return NULL;
}

static xj_error *
find_by_file(reading *r)
{
    if (r->doc != NULL)
        xj_return_sheet_whose(&r->mark, r->doc);
    if (r->mark.obligation != 0) {
        r->id = r->mark.obligation;
        r->by = "workbook";
        return NULL;
    }
    r->id = r->doc == NULL ? 0 : code_in(r->doc);
    if (r->id == 0)
        return code_on_pages(r);
    r->by = "code";
    return NULL;
}

/* A code of another jurisdiction's, or of a return that is gone, says nothing. */
static xj_error *
open_return(reading *r, xj_db *db, int64_t id, int64_t as)
{
    xj_error *err;

    if (id == 0)
        return NULL;
    err = xj_report_get(&r->report, db, &r->api->scope, id, as, r->api->pool);
    if (xj_error_is(err, XJ_E_NOT_FOUND) && r->forced == 0) {
        xj_error_clear(err);
        r->report = NULL;
        return NULL;
    }
    return err;
}

static xj_error *
find_return(reading *r)
{
    xj_reader *reader;
    int64_t best = 0;
    xj_db *db;

    XJ_TRY(find_by_file(r));
    if (r->forced != 0 && r->forced != r->id) {
        r->id = r->forced;
        r->by = "chosen";
        r->mark = (xj_mark){0};
    }
    XJ_TRY(xj_api_read(&reader, r->api));
    db = xj_reader_db(reader);
    XJ_TRY(open_return(r, db, r->id, r->mark.unit));
    if (r->report != NULL)
        r->unit = r->report->obligation.unit;
    if (r->unit != 0)
        XJ_TRY(xj_intake_choices(&r->choices, &r->nchoices, &best, db, &r->api->scope, r->unit,
                                 r->on, r->api->pool));
    if (r->report == NULL) {
        XJ_TRY(open_return(r, db, best, 0));
        r->by = r->report == NULL ? "none" : "unit";
    }
    xj_reader_end(reader);
    return NULL;
}

/* ---- the answer ---- */

static void
piece_json(xj_json *w, const xj_intake_piece *piece)
{
    xj_json_object(w);
    xj_json_key_str(w, "text", piece->text);
    xj_json_key_int(w, "group", piece->group);
    xj_json_key_id(w, "duty", piece->duty);
    xj_json_key_int(w, "score", piece->score);
    xj_json_key_str(w, "part", xj_str_c(xj_intake_part_word(piece->part)));
    xj_json_key_natural(w, "percent", piece->percent);
    xj_json_key_int(w, "page", piece->place.page);
    xj_json_key_int(w, "sheet", piece->place.sheet);
    xj_json_key_int(w, "row", piece->place.row);
    xj_json_end_object(w);
}

/* The sentence that states it in three: what stands before the figure, the figure, the rest. */
static void
figure_json(xj_json *w, const xj_intake_figure *one)
{
    const xj_figure *f = &one->found;

    xj_json_object(w);
    xj_json_key_int(w, "piece", (int64_t)one->piece);
    xj_json_key_int(w, "duty", one->duty);
    xj_json_key_str(w, "indicator", f->target->indicator);
    xj_json_key_str(w, "measure", f->target->measure);
    xj_json_key(w, "value");
    xj_json_real(w, f->value);
    xj_json_key_str(w, "span", xj_str_c(f->span));
    xj_json_key_bool(w, "shared", f->shared);
    xj_json_key_str(w, "before", xj_str_sub(f->sentence, 0, f->from));
    xj_json_key_str(w, "words", xj_str_sub(f->sentence, f->from, f->to));
    xj_json_key_str(w, "after", xj_str_skip(f->sentence, f->to));
    xj_json_end_object(w);
}

static void
figures_json(xj_json *w, const reading *r, const xj_intake_piece *pieces, size_t npieces)
{
    xj_intake_figure *figures;
    size_t n = 0;

    if (npieces > 0)
        xj_intake_figures(&figures, &n, pieces, npieces, r->report, r->api->pool);
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        figure_json(w, &figures[i]);
    xj_json_end_array(w);
}

static xj_error *
pieces_json(xj_json *w, const reading *r)
{
    xj_intake_piece *pieces = NULL;
    size_t n = 0;

    if (r->doc != NULL && r->report != NULL)
        XJ_TRY(xj_intake_propose(&pieces, &n, r->doc, r->report, r->api->pool));
    xj_json_key(w, "pieces");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        piece_json(w, &pieces[i]);
    xj_json_end_array(w);
    figures_json(w, r, pieces, n);
    return NULL;
}

/* What a workbook of ours says; one that was spoilt is read as any file. */
static xj_error *
filled_json(xj_json *w, const reading *r)
{
    xj_filled filled;
    xj_error *err;

    xj_json_key(w, "filled");
    if (r->report == NULL || r->mark.obligation != r->report->obligation.id) {
        xj_json_null(w);
        return NULL;
    }
    err = xj_return_sheet_read(&filled, r->doc, r->report, r->mark.unit, r->api->pool);
    if (xj_error_is(err, XJ_E_NOT_OUR_SHEET) || xj_error_is(err, XJ_E_OTHER_RETURN)) {
        xj_error_clear(err);
        xj_json_null(w);
        return NULL;
    }
    XJ_TRY(err);
    xj_json_filled(w, &filled, &r->report->obligation, r->mark.unit);
    return NULL;
}

static xj_error *
reply(reading *r)
{
    xj_api_json json;
    xj_json *w = xj_api_json_start(&json, r->api);

    xj_json_object(w);
    xj_json_key_str(w, "name", r->upload.name);
    xj_json_key_int(w, "size", r->upload.length);
    xj_json_key_str(w, "by", xj_str_c(r->by));
    xj_json_key_str(w, "unread", xj_str_c(r->unread));
    xj_json_key(w, "report");
    if (r->report == NULL)
        xj_json_null(w);
    else
        xj_json_report(w, r->report);
    xj_json_key(w, "choices");
    xj_json_array(w);
    for (size_t i = 0; i < r->nchoices; i++)
        xj_json_report_head(w, &r->choices[i]);
    xj_json_end_array(w);
    XJ_TRY(filled_json(w, r));
    XJ_TRY(pieces_json(w, r));
    xj_json_end_object(w);
    return xj_api_reply_json(r->api, 200, &json);
}

xj_error *
xj_api_read_intake(xj_api *api)
{
    reading r = {.api = api,
                 .unit = xj_jval_int(xj_jval_find(api->body, "unit")),
                 .forced = xj_jval_int(xj_jval_find(api->body, "return")),
                 .on = xj_jval_str(xj_jval_find(api->body, "came_on")),
                 .by = "none"};

    XJ_TRY(open_upload(&r));
    XJ_TRY(read_file(&r));
    XJ_TRY(find_return(&r));
    return reply(&r);
}
