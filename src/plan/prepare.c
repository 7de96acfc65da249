#include "plan/document.h"

#include "plan/compile.h"
#include "plan/import_priv.h"
#include "plan/register_json.h"

#define QUICK_MAX ((size_t)1 << 20)      /* bytes that are read while a person waits */
#define REGISTER_MAX ((size_t)256 << 20) /* bytes of a register as JSON */

static xj_error *
compile(xj_register **reg, bool *no_plan, xj_str bytes, const xj_doc_watch *watch, xj_pool *result,
        xj_pool *scratch)
{
    const xj_doc_limits limits = {.watch = watch == NULL ? (xj_doc_watch){0} : *watch};
    xj_error *err;
    xj_doc *doc;

    XJ_TRY(xj_doc_read_apart(&doc, bytes, &limits, result, scratch));
    XJ_TRY(xj_doc_check_marks(doc, false));
    err = xj_plan_compile(reg, doc, result, scratch);
    *no_plan = xj_error_is(err, XJ_E_NO_PLAN);
    if (!*no_plan)
        return err;
    xj_error_clear(err); /* it is set aside by the import, whose error this will be */
    return NULL;
}

bool
xj_import_is_long(xj_str bytes)
{
    switch (xj_doc_kind_of(bytes)) {
    case XJ_DOC_PDF:
    case XJ_DOC_PICTURE:
    case XJ_DOC_OFFICE:
    case XJ_DOC_SHEET:
        return true;
    case XJ_DOC_UNKNOWN: /* refused at once */
    case XJ_DOC_ENCRYPTED:
        return false;
    default:
        return bytes.len > QUICK_MAX;
    }
}

xj_error *
xj_import_prepare(xj_import **import, xj_blobs *blobs, int64_t programme, xj_str file_name,
                  xj_str bytes, const xj_doc_watch *watch, xj_pool *result, xj_pool *scratch)
{
    xj_blob_hash file, compiled;
    xj_register *reg;
    bool no_plan;
    xj_buf json;
    xj_json w;

    XJ_TRY(xj_doc_check_name(file_name, bytes));
    XJ_TRY(compile(&reg, &no_plan, bytes, watch, result, scratch));
    xj_buf_init(&json, scratch, REGISTER_MAX);
    xj_json_init(&w, &json);
    xj_register_json(&w, reg);
    XJ_TRY(xj_buf_check(&json));
    XJ_TRY(xj_blob_put(&file, blobs, bytes));
    XJ_TRY(xj_blob_put(&compiled, blobs, xj_buf_str(&json)));
    XJ_TRY(xj_import_of(import, programme, file_name, xj_str_c(file.hex), xj_str_c(compiled.hex),
                        reg, result, scratch));
    (*import)->no_plan = no_plan;
    return NULL;
}
