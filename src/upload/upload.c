/* The rows of uploads; the files are file.c's. */
#include "upload/upload_priv.h"

#include "base/vec.h"

#define DAY_US (INT64_C(86400) * 1000000)

/* ---- announcing ---- */

static xj_error *
check_name(xj_str name)
{
    if (name.len == 0 || xj_utf8_count(name) > XJ_UPLOAD_NAME_MAX)
        return xj_error_at(
            xj_error_new(XJ_E_BAD_INPUT, "a file name has 1 to %d characters", XJ_UPLOAD_NAME_MAX),
            "/filename");
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.data[i] < ' ' || name.data[i] == 0x7f || name.data[i] == '/' ||
            name.data[i] == '\\')
            return xj_error_at(
                xj_error_new(XJ_E_BAD_INPUT, "a file name holds no slash and no control character"),
                "/filename");
    return NULL;
}

static xj_error *
check_length(int64_t length)
{
    if (length < 1)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is empty");
    if (length > XJ_UPLOAD_LENGTH_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has %lld bytes; the limit is %lld",
                            (long long)length, (long long)XJ_UPLOAD_LENGTH_MAX);
    return NULL;
}

static xj_error *
number(int64_t *out, xj_rows *rows)
{
    bool more;

    XJ_TRY(xj_rows_next(rows, &more));
    *out = xj_row_int(rows, 0);
    xj_rows_close(rows);
    return NULL;
}

static xj_error *
check_room(xj_tx *tx, int64_t length)
{
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    int64_t n;

    XJ_TRY(xj_db_query(&rows, db, SQL_UPLOAD_OF_PERSON, "ii", xj_tx_tenant(tx), xj_tx_actor(tx)));
    XJ_TRY(number(&n, rows));
    if (n >= XJ_UPLOAD_OPEN_MAX)
        return xj_error_new(XJ_E_TOO_MANY,
                            "%d files are on their way already; finish or give up some of them",
                            XJ_UPLOAD_OPEN_MAX);
    XJ_TRY(xj_db_query(&rows, db, SQL_UPLOAD_TOTAL, "i", xj_tx_tenant(tx)));
    XJ_TRY(number(&n, rows));
    if (n + length > XJ_UPLOAD_TOTAL_MAX)
        return xj_error_new(XJ_E_TOO_MANY,
                            "the files on their way have %lld bytes together; the limit is %lld",
                            (long long)(n + length), (long long)XJ_UPLOAD_TOTAL_MAX);
    return NULL;
}

xj_error *
xj_upload_add(int64_t *id, xj_tx *tx, xj_str name, int64_t length)
{
    XJ_TRY(check_name(name));
    XJ_TRY(check_length(length));
    XJ_TRY(check_room(tx, length));
    *id = xj_tx_next_id(tx);
    xj_tx_subject(tx, "upload", *id);
    return xj_db_send(xj_tx_db(tx), SQL_UPLOAD_ADD, "iiisiii", xj_tx_tenant(tx), *id,
                      xj_tx_actor(tx), name, length, xj_tx_now(tx),
                      xj_tx_now(tx) + XJ_UPLOAD_DAYS * DAY_US);
}

static xj_error *
not_found(void)
{
    return xj_error_new(XJ_E_NOT_FOUND, "there is no such upload; it may have been too old");
}

xj_error *
xj_upload_remove(xj_tx *tx, int64_t id)
{
    int64_t changed;

    xj_tx_subject(tx, "upload", id);
    XJ_TRY(xj_db_change(&changed, xj_tx_db(tx), SQL_UPLOAD_REMOVE, "iii", xj_tx_tenant(tx),
                        xj_tx_actor(tx), id));
    return changed == 0 ? not_found() : NULL;
}

/* ---- looking ---- */

static xj_error *
upload_row(xj_upload *upload, xj_uploads *uploads, const xj_rows *rows, xj_pool *result)
{
    *upload = (xj_upload){.id = xj_row_int(rows, 0),
                          .tenant = xj_row_int(rows, 1),
                          .person = xj_row_int(rows, 2),
                          .name = xj_row_text(rows, 3, result),
                          .length = xj_row_int(rows, 4),
                          .created_at = xj_row_int(rows, 5),
                          .expires_at = xj_row_int(rows, 6)};
    return xj_upload__size(&upload->offset, uploads, upload->tenant, upload->id);
}

xj_error *
xj_upload_get(xj_upload *upload, xj_uploads *uploads, xj_db *db, int64_t tenant, int64_t person,
              int64_t id, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_UPLOAD_BY_ID, "iii", tenant, person, id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return not_found();
    XJ_TRY(upload_row(upload, uploads, rows, result));
    xj_rows_close(rows);
    return upload->expires_at < xj_now() ? not_found() : NULL;
}

xj_error *
xj_upload_list(xj_upload **items, size_t *n, xj_uploads *uploads, xj_db *db, int64_t tenant,
               int64_t person, xj_pool *result)
{
    XJ_VEC(xj_upload) found = {0};
    xj_rows *rows;

    XJ_TRY(xj_db_query(&rows, db, SQL_UPLOAD_LIST, "ii", tenant, person));
    for (;;) {
        xj_upload upload;
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        XJ_TRY(upload_row(&upload, uploads, rows, result));
        if (upload.expires_at >= xj_now())
            xj_vec_push(&found, result, upload);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

/* ---- the sweep ---- */

static xj_error *
forget(xj_tx *tx, void *args, xj_buf *answer)
{
    const int64_t *id = args;

    (void)answer;
    xj_tx_subject(tx, "upload", *id);
    return xj_db_run(xj_tx_db(tx), SQL_UPLOAD_FORGET, "ii", xj_tx_tenant(tx), *id);
}

struct old {
    int64_t tenant, id;
};

static xj_error *
list_old(struct old **items, size_t *n, xj_store *store, xj_pool *scratch)
{
    XJ_VEC(struct old) found = {0};
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_UPLOAD_OLD, "i", xj_now()));
    for (;;) {
        bool more;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&found, scratch, ((struct old){xj_row_int(rows, 0), xj_row_int(rows, 1)}));
    }
    xj_reader_end(reader);
    *items = found.items;
    *n = found.len;
    return NULL;
}

struct known {
    xj_store *store;
    xj_pool *scratch;
};

static xj_error *
is_known(bool *known, void *arg, int64_t tenant, int64_t id)
{
    struct known *look = arg;
    xj_pool *pool = xj_pool_child(look->scratch);
    xj_reader *reader;
    xj_rows *rows;
    xj_error *err = xj_reader_begin(&reader, look->store, pool);

    if (err == NULL)
        err = xj_db_query(&rows, xj_reader_db(reader), SQL_UPLOAD_KNOWN, "ii", tenant, id);
    if (err == NULL)
        err = xj_rows_next(rows, known);
    xj_pool_destroy(pool);
    return err;
}

xj_error *
xj_uploads_sweep(xj_uploads *uploads, xj_store *store, xj_pool *scratch)
{
    struct old *items;
    size_t n;

    XJ_TRY(list_old(&items, &n, store, scratch));
    for (size_t i = 0; i < n; i++) {
        xj_command command = {.name = "upload.forget",
                              .tenant = items[i].tenant,
                              .actor_name = XJ_STR("system"),
                              .run = forget,
                              .args = &items[i].id};
        xj_str body;

        XJ_TRY(xj_store_do(store, &command, &body, NULL, scratch));
    }
    return xj_upload__sweep_files(uploads, is_known,
                                  &(struct known){.store = store, .scratch = scratch});
}
