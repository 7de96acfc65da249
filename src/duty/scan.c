/* Files of duty tasks, PDF or pictures: the scan of an instruction, what shows what was done. */
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
                              .file = {.name = xj_row_text(rows, 1, result),
                                       .kind = xj_row_text(rows, 2, result),
                                       .hash = xj_row_text(rows, 3, result),
                                       .size = xj_row_int(rows, 4),
                                       .looked = xj_row_int(rows, 5) != 0},
                              .added_name = xj_row_text(rows, 6, result),
                              .added_at = xj_row_int(rows, 7),
                              .purpose = xj_row_text(rows, 8, result),
                              .link = xj_row_int(rows, 9)});
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

static xj_str
purpose_of(const xj_scans *scans)
{
    return scans->purpose.data == NULL ? XJ_STR("order") : scans->purpose;
}

/* Whether FILES hold the bytes of HASH. */
static bool
holds(const xj_evidence_file *files, size_t n, xj_str hash)
{
    for (size_t i = 0; i < n; i++)
        if (xj_str_eq(files[i].hash, hash))
            return true;
    return false;
}

/* Whether THERE holds HASH for PURPOSE already; *N are there for it. */
static bool
is_there(size_t *n, const xj_scan *there, size_t nthere, xj_str purpose, xj_str hash)
{
    bool known = false;

    *n = 0;
    for (size_t i = 0; i < nthere; i++)
        if (xj_str_eq(there[i].purpose, purpose)) {
            ++*n;
            known |= xj_str_eq(there[i].file.hash, hash);
        }
    return known;
}

xj_error *
xj_scan_add(xj_tx *tx, int64_t duty, const xj_scans *scans)
{
    const int64_t tenant = xj_tx_tenant(tx);
    const xj_str purpose = purpose_of(scans);
    size_t nthere, added = 0;
    xj_scan *there;

    xj_tx_subject(tx, "duty", duty);
    if (!xj_str_eq(purpose, XJ_STR("order")) && !xj_str_eq(purpose, XJ_STR("answer")))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a file is of the order or of the answer"),
                           "/purpose");
    XJ_TRY(xj_scan_list(&there, &nthere, xj_tx_db(tx), tenant, duty, xj_tx_pool(tx)));
    for (size_t i = 0; i < scans->n; i++) {
        const xj_evidence_file *file = &scans->files[i];
        size_t n;

        XJ_TRY(xj_scan_check(file));
        if (is_there(&n, there, nthere, purpose, file->hash) || holds(scans->files, i, file->hash))
            continue;
        if (n + ++added > XJ_SCANS_MAX)
            return xj_error_at(
                xj_error_new(XJ_E_TOO_MANY, "a duty task has at most %d such files", XJ_SCANS_MAX),
                "/scans");
        XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SCAN_ADD, "iiisssiiisisi", tenant, xj_tx_next_id(tx),
                          duty, file->name, file->kind, file->hash, file->size,
                          (int64_t)file->looked, xj_tx_actor(tx), scans->actor_name, xj_tx_now(tx),
                          purpose, scans->link));
        XJ_TRY(note(tx, duty, "add_scan", file->name, scans->actor_name));
    }
    return NULL;
}

static xj_error *
take_away(xj_tx *tx, int64_t duty, const xj_scan *scan, xj_str actor)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_SCAN_REMOVE, "iii", xj_tx_tenant(tx), duty, scan->id));
    return note(tx, duty, "remove_scan", scan->file.name, actor);
}

xj_error *
xj_scan_follow(xj_tx *tx, int64_t duty, const xj_scans *scans)
{
    xj_scan *there;
    size_t n;

    XJ_TRY(xj_scan_list(&there, &n, xj_tx_db(tx), xj_tx_tenant(tx), duty, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++)
        if (there[i].link != 0 && xj_str_eq(there[i].purpose, purpose_of(scans)) &&
            !holds(scans->files, scans->n, there[i].file.hash))
            XJ_TRY(take_away(tx, duty, &there[i], scans->actor_name));
    return scans->n == 0 ? NULL : xj_scan_add(tx, duty, scans);
}

xj_error *
xj_scan_remove(xj_tx *tx, int64_t duty, int64_t id, xj_str actor)
{
    xj_scan scan;

    xj_tx_subject(tx, "duty", duty);
    XJ_TRY(xj_scan_get(&scan, xj_tx_db(tx), xj_tx_tenant(tx), duty, id, xj_tx_pool(tx)));
    if (scan.link != 0)
        return xj_error_new(XJ_E_CONFLICT, "\"" XJ_FMT "\" sent the file: it takes it away there",
                            XJ_ARG(scan.added_name));
    return take_away(tx, duty, &scan, actor);
}

xj_error *
xj_scan_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                     void (*each)(void *arg, const char *check, const char *row), void *arg,
                     xj_pool *scratch)
{
    return xj_duty_files_missing(missing, store, blobs, SQL_SCAN_FILES, "scan", each, arg, scratch);
}
