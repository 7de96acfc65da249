/* A return as a workbook: handed out, read when it comes back; its code on paper; many rows kept at
 * once. */
#include "paper/return_sheet.h"
#include "api/file_priv.h"
#include "api/report_json.h"
#include "org/unit.h"

#include <qrencode.h>

#define XLSX "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* The return that the path names as unit AS of the query reads it; *AS is never 0. */
static xj_error *
get_report(xj_report **report, int64_t *as, xj_str *as_name, xj_api *api)
{
    const xj_scope all = xj_scope_all(api->scope.tenant);
    xj_reader *reader;
    xj_unit unit;

    *as = xj_args_int(&api->args, "as");
    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_report_get(report, xj_reader_db(reader), &api->scope,
                         xj_args_int(&api->args, "return"), *as, api->pool));
    if (*as == 0)
        *as = (*report)->obligation.unit;
    XJ_TRY(xj_unit_get(&unit, xj_reader_db(reader), &all, *as, api->pool));
    *as_name = xj_str_dup(unit.name, api->pool);
    xj_reader_end(reader);
    return NULL;
}

/* ---- out ---- */

xj_error *
xj_api_export_return(xj_api *api)
{
    xj_return_sheet sheet = {.chinese = !xj_str_eq(xj_args_str(&api->args, "lang"), XJ_STR("en"))};
    xj_reply reply = {.status = 200, .content_type = XLSX};
    xj_report *report;

    XJ_TRY(get_report(&report, &sheet.as, &sheet.as_name, api));
    sheet.report = report;
    XJ_TRY(xj_return_sheet_write(&reply.body, &sheet, api->pool));
    xj_api__attach(&reply,
                   xj_str_printf(api->pool, XJ_FMT " " XJ_FMT "%s.xlsx", XJ_ARG(sheet.as_name),
                                 XJ_ARG(report->obligation.period),
                                 sheet.chinese ? " 报送单" : " return"),
                   api->pool);
    xj_call_reply(api->call, &reply);
    return NULL;
}

/* ---- the code on paper ---- */

static void
free_code(void *qr)
{
    QRcode_free(qr);
}

xj_error *
xj_api_get_return_code(xj_api *api)
{
    xj_report *report;
    xj_api_json json;
    xj_reader *reader;
    xj_str code;
    QRcode *qr;
    xj_json *w;

    XJ_TRY(xj_api_read(&reader, api));
    XJ_TRY(xj_report_get(&report, xj_reader_db(reader), &api->scope,
                         xj_args_int(&api->args, "return"), 0, api->pool));
    xj_reader_end(reader);
    code = xj_mark_return(report->obligation.id, api->pool);
    qr = QRcode_encodeString8bit(xj_str_cdup(code, api->pool), 0, QR_ECLEVEL_Q);
    if (qr == NULL)
        return xj_error_new(XJ_E_INTERNAL, "the code could not be made");
    xj_pool_on_end(api->pool, free_code, qr);
    w = xj_api_json_start(&json, api);
    xj_json_object(w);
    xj_json_key_str(w, "code", code);
    xj_json_key(w, "modules");
    xj_json_array(w);
    for (int row = 0; row < qr->width; row++) {
        char *line = xj_calloc(api->pool, (size_t)qr->width + 1);

        for (int i = 0; i < qr->width; i++)
            line[i] = (qr->data[row * qr->width + i] & 1) != 0 ? '1' : '0';
        xj_json_str(w, xj_str_c(line));
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- back ---- */

static void
draft_json(xj_json *w, const xj_report_text *text)
{
    xj_json_object(w);
    xj_json_key_str(w, "text", text->text);
    xj_json_key_natural(w, "percent", text->percent);
    xj_json_key_str(w, "difficulties", text->difficulties);
    xj_json_key_str(w, "next_step", text->next_step);
    xj_json_key_bool(w, "same", text->same);
    xj_json_key(w, "figures");
    xj_json_array(w);
    for (size_t i = 0; i < text->nfigures; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "indicator", text->figures[i].indicator);
        xj_json_key_str(w, "measure", text->figures[i].measure);
        xj_json_key(w, "value");
        xj_json_real(w, text->figures[i].value);
        xj_json_key_str(w, "span", text->figures[i].span);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

static void
fault_json(xj_json *w, const xj_sheet_fault *fault)
{
    xj_json_object(w);
    xj_json_key_str(w, "code", xj_str_c(fault->code));
    xj_json_key_str(w, "found", fault->found);
    xj_json_key_str(w, "asked", fault->asked);
    xj_json_key_int(w, "sheet", fault->sheet);
    xj_json_key_int(w, "row", fault->row);
    xj_json_key_int(w, "col", fault->col);
    xj_json_end_object(w);
}

void
xj_json_filled(xj_json *w, const xj_filled *filled, const xj_obligation *o, int64_t as)
{
    xj_json_object(w);
    xj_json_key(w, "head");
    xj_json_report_head(w, o);
    xj_json_key_int(w, "as", as);
    xj_json_key(w, "rows");
    xj_json_array(w);
    for (size_t i = 0; i < filled->nrows; i++) {
        const xj_filled_row *row = &filled->rows[i];

        xj_json_object(w);
        xj_json_key_int(w, "seen", row->seen);
        xj_json_key_str(w, "verdict", xj_str_c(xj_filled_word(row->verdict)));
        xj_json_key(w, "draft");
        draft_json(w, &row->text);
        xj_json_key(w, "now");
        xj_json_report_row(w, row->row);
        xj_json_key_int(w, "sheet", row->sheet);
        xj_json_key_int(w, "row", row->at);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "faults");
    xj_json_array(w);
    for (size_t i = 0; i < filled->nfaults; i++)
        fault_json(w, &filled->faults[i]);
    xj_json_end_array(w);
    xj_json_key_int(w, "faults_found", (int64_t)filled->faults_found);
    xj_json_end_object(w);
}

static bool
may_be_sheet(xj_str bytes)
{
    const xj_doc_kind kind = xj_doc_kind_of(bytes);

    return kind == XJ_DOC_XLSX || kind == XJ_DOC_SHEET || kind == XJ_DOC_ENCRYPTED;
}

xj_error *
xj_api_read_return_sheet(xj_api *api)
{
    const xj_str bytes = xj_call_body(api->call);
    xj_doc_limits limits = {0};
    xj_report *report;
    xj_api_json json;
    xj_filled filled;
    xj_str as_name;
    int64_t as;
    xj_doc *doc;

    XJ_TRY(get_report(&report, &as, &as_name, api));
    XJ_TRY(xj_report_owed(report));
    if (!may_be_sheet(bytes))
        return xj_error_new(XJ_E_UNSUPPORTED_KIND, "the file is no spreadsheet");
    XJ_TRY(xj_doc_read_apart(&doc, bytes, &limits, api->pool, xj_pool_child(api->pool)));
    XJ_TRY(xj_return_sheet_read(&filled, doc, report, as, api->pool));
    xj_json_filled(xj_api_json_start(&json, api), &filled, &report->obligation, as);
    return xj_api_reply_json(api, 200, &json);
}

/* ---- many rows at once ---- */

struct rows {
    xj_report_draft *drafts;
    size_t n;
    xj_report_send *send; /* NULL: they are kept alone */
    int64_t *now;         /* by draft: the version it has; 0: it came too late */
};

/* Rows that came too late are told, and keep the others back from nothing. */
static xj_error *
keep_rows(size_t *late, xj_tx *tx, struct rows *r)
{
    *late = 0;
    for (size_t i = 0; i < r->n; i++) {
        xj_error *err = xj_report_keep(&r->now[i], tx, &r->drafts[i]);

        if (xj_error_is(err, XJ_E_STALE)) {
            xj_error_clear(err);
            r->now[i] = 0;
            ++*late;
            continue;
        }
        if (err != NULL) {
            const char *field = xj_error_field(err);

            return xj_error_at(err, "/rows/%zu%s", i, field == NULL ? "" : field);
        }
    }
    return NULL;
}

static void
rows_json(xj_json *w, const struct rows *r, const xj_report *report)
{
    xj_json_key(w, "kept");
    xj_json_array(w);
    for (size_t i = 0; i < r->n; i++) {
        if (r->now[i] == 0)
            continue;
        xj_json_object(w);
        xj_json_key_int(w, "duty", r->drafts[i].duty);
        xj_json_key_int(w, "version", r->now[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "late");
    xj_json_array(w);
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; r->now[i] == 0 && k < report->nrows; k++)
            if (report->rows[k].duty == r->drafts[i].duty)
                xj_json_report_row(w, &report->rows[k]);
    xj_json_end_array(w);
}

static xj_error *
run_rows(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    struct rows *r = args;
    xj_report *report;
    int64_t now;
    size_t late;
    xj_json w;

    XJ_TRY(keep_rows(&late, tx, r));
    if (r->send != NULL && late == 0)
        XJ_TRY(xj_report_send_all(&now, tx, r->send));
    XJ_TRY(xj_report_get(&report, xj_tx_db(tx), &all, r->drafts[0].obligation, r->drafts[0].unit,
                         xj_tx_pool(tx)));
    xj_json_init(&w, answer);
    xj_json_object(&w);
    xj_json_key(&w, "head");
    xj_json_report_head(&w, &report->obligation);
    rows_json(&w, r, report);
    xj_json_end_object(&w);
    return xj_buf_check(answer);
}

static xj_error *
read_send(struct rows *r, xj_api *api, int64_t unit, bool on_behalf)
{
    const xj_jval *body = xj_jval_find(api->body, "send");
    xj_scope sending;

    if (xj_jval_type(body) != XJ_J_OBJECT)
        return NULL;
    XJ_TRY(xj_api_scope(&sending, api, "return.send"));
    r->send = XJ_NEW(api->pool, xj_report_send);
    *r->send = (xj_report_send){.scope = &api->scope,
                                .obligation = xj_args_int(&api->args, "return"),
                                .version = xj_jval_int(xj_jval_find(body, "version")),
                                .rest_same = xj_jval_bool(xj_jval_find(body, "rest_same")),
                                .happened_on = xj_jval_str(xj_jval_find(body, "happened_on")),
                                .on_behalf = on_behalf,
                                .only_to_sign = !xj_scope_has(&sending, sending.tenant, unit),
                                .actor_name = xj_api_who(api)};
    return NULL;
}

xj_error *
xj_api_keep_return_rows(xj_api *api)
{
    const xj_jval *rows = xj_jval_find(api->body, "rows");
    const int64_t unit = xj_jval_int(xj_jval_find(api->body, "unit"));
    const bool on_behalf = xj_api__on_behalf(api, unit);
    struct rows *r = XJ_NEW(api->pool, struct rows);

    r->n = xj_jval_len(rows);
    r->drafts = XJ_NEW_ARRAY(api->pool, xj_report_draft, r->n);
    r->now = XJ_NEW_ARRAY(api->pool, int64_t, r->n);
    for (size_t i = 0; i < r->n; i++) {
        const xj_jval *row = xj_jval_at(rows, i);

        r->drafts[i] = (xj_report_draft){.scope = &api->scope,
                                         .obligation = xj_args_int(&api->args, "return"),
                                         .duty = xj_jval_int(xj_jval_find(row, "duty")),
                                         .unit = unit,
                                         .version = xj_jval_int(xj_jval_find(row, "version")),
                                         .give = xj_jval_bool(xj_jval_find(api->body, "give")),
                                         .on_behalf = on_behalf,
                                         .actor_name = xj_api_who(api)};
        xj_api__report_text(&r->drafts[i].text, row, api->pool);
    }
    XJ_TRY(read_send(r, api, unit, on_behalf));
    xj_api_post(xj_api_command_new(api, "return.keep_rows", run_rows, r, XJ_STR_NONE));
    return NULL;
}
