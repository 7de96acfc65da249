/* Scans of instructions: PDF or pictures. */
#include "duty/duty_priv.h"
#include "duty/instruction.h"

#include <stdio.h>

xj_error *
xj_scan_list(xj_scan **items, size_t *n, xj_db *db, int64_t tenant, int64_t duty, xj_pool *result)
{
    XJ_VEC(xj_scan) found = {0};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_SCAN_LIST, "ii", tenant, duty));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, result,
                    (xj_scan){.id = xj_row_int(rows, 0),
                              .file = {.name = xj_duty__text(rows, 1, result),
                                       .kind = xj_duty__text(rows, 2, result),
                                       .hash = xj_duty__text(rows, 3, result),
                                       .size = xj_row_int(rows, 4),
                                       .looked = xj_row_int(rows, 5) != 0},
                              .added_name = xj_duty__text(rows, 6, result),
                              .added_at = xj_row_int(rows, 7)});
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

xj_error *
xj_scan_get(xj_scan *scan, xj_db *db, int64_t tenant, int64_t duty, int64_t id, xj_pool *result)
{
    xj_scan *items;
    size_t n;

    XJ_TRY(xj_scan_list(&items, &n, db, tenant, duty, result));
    for (size_t i = 0; i < n; i++)
        if (items[i].id == id) {
            *scan = items[i];
            return NULL;
        }
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such scan");
}

xj_error *
xj_scan_check(const xj_evidence_file *file)
{
    if (xj_str_eq(file->kind, XJ_STR("pdf")) || xj_str_eq(file->kind, XJ_STR("jpeg")) ||
        xj_str_eq(file->kind, XJ_STR("png")))
        return NULL;
    return xj_error_at(
        xj_error_new(XJ_E_UNSUPPORTED_KIND, "a scan is a PDF or a picture (JPEG, PNG)"), "/scans");
}

static xj_error *
note(xj_tx *tx, int64_t duty, const char *move, xj_str name, xj_str actor)
{
    xj_pool *pool = xj_tx_pool(tx);
    xj_duty__held held;

    XJ_TRY(xj_duty__load(&held, tx, duty));
    return xj_duty__note(tx, "duty", duty, xj_str_c(move), held.state, held.state,
                         xj_day_str(xj_duty__today(tx), pool), actor, name, XJ_STR_NONE);
}

xj_error *
xj_scan_add(xj_tx *tx, int64_t duty, const xj_evidence_file *files, size_t n, xj_str actor)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_scan *there;
    size_t nthere;

    xj_tx_subject(tx, "duty", duty);
    XJ_TRY(xj_scan_list(&there, &nthere, xj_tx_db(tx), tenant, duty, xj_tx_pool(tx)));
    if (nthere + n > XJ_SCANS_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_TOO_MANY, "an instruction has at most %d scans", XJ_SCANS_MAX),
            "/scans");
    for (size_t i = 0; i < n; i++) {
        bool known = false;

        XJ_TRY(xj_scan_check(&files[i]));
        for (size_t k = 0; k < nthere; k++)
            known |= xj_str_eq(there[k].file.hash, files[i].hash);
        for (size_t k = 0; k < i; k++)
            known |= xj_str_eq(files[k].hash, files[i].hash);
        if (known)
            continue;
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SCAN_ADD, "iiisssiiisi", tenant, xj_tx_next_id(tx),
                          duty, files[i].name, files[i].kind, files[i].hash, files[i].size,
                          (int64_t)files[i].looked, xj_tx_actor(tx), actor, xj_tx_now(tx)));
        XJ_TRY(note(tx, duty, "add_scan", files[i].name, actor));
    }
    return NULL;
}

xj_error *
xj_scan_remove(xj_tx *tx, int64_t duty, int64_t id, xj_str actor)
{
    xj_scan scan;

    xj_tx_subject(tx, "duty", duty);
    XJ_TRY(xj_scan_get(&scan, xj_tx_db(tx), xj_tx_tenant(tx), duty, id, xj_tx_pool(tx)));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SCAN_REMOVE, "iii", xj_tx_tenant(tx), duty, id));
    return note(tx, duty, "remove_scan", scan.file.name, actor);
}

xj_error *
xj_scan_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                     void (*each)(void *arg, const char *check, const char *row), void *arg,
                     xj_pool *scratch)
{
    return xj_duty_files_missing(missing, store, blobs, SQL_SCAN_FILES, "scan", each, arg, scratch);
}
