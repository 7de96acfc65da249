/*
 * upload/upload.h -- large files that come in pieces and go on after the line broke.
 *
 * An upload is a row (whose, how long it will be, what it is called) and a file that grows: its
 * size on the disk is how far the upload is, and what was acknowledged is durable.  Nobody has
 * looked into it yet (for the marks of a classified paper, for its kind), so it lies in a folder of
 * its own until a domain takes it over, and is removed after XJ_UPLOAD_DAYS.  The protocol on the
 * wire is tus 1.0 (api/upload.c).  Layer: job's floor (may use store/, base/).  Read next:
 * upload/README.md.
 */
#pragma once

#include "store/store.h"

#define XJ_UPLOAD_LENGTH_MAX ((int64_t)512 << 20) /* bytes of one */
#define XJ_UPLOAD_OPEN_MAX 20                     /* of one person */
#define XJ_UPLOAD_TOTAL_MAX ((int64_t)8 << 30)    /* bytes announced by one jurisdiction */
#define XJ_UPLOAD_NAME_MAX 255                    /* characters */
#define XJ_UPLOAD_DAYS 7                          /* then it is removed, whole or not */

typedef struct xj_uploads xj_uploads; /* one folder, any number of threads */

typedef struct xj_upload {
    int64_t id, tenant, person;
    xj_str name;            /* as the client calls the file */
    int64_t length, offset; /* bytes: announced, durable */
    int64_t created_at, expires_at;
} xj_upload;

/* Open FOLDER (made with mode 0700 where it is not there); it closes with POOL.  Errors: IO. */
XJ_MUST_USE xj_error *xj_uploads_open(xj_uploads **uploads, const char *folder, xj_pool *pool);
/* Remove the rows that are out of date and the files that have no row.  Once, before the program
 * serves, and now and then. */
XJ_MUST_USE xj_error *xj_uploads_sweep(xj_uploads *uploads, xj_store *store, xj_pool *scratch);

/* Command: TX's actor will send LENGTH bytes of a file called NAME; *ID is the upload's key.
 *
 * Errors: BAD_INPUT for a NAME that is empty, too long or holds a slash or a control character, or
 * a LENGTH below 1; TOO_LARGE above XJ_UPLOAD_LENGTH_MAX; TOO_MANY where the person has
 * XJ_UPLOAD_OPEN_MAX or the jurisdiction XJ_UPLOAD_TOTAL_MAX. */
XJ_MUST_USE xj_error *xj_upload_add(int64_t *id, xj_tx *tx, xj_str name, int64_t length);
/* Command: forget upload ID of TX's actor; the file goes with xj_upload_drop_file.
 * Errors: NOT_FOUND, also where it is another person's. */
XJ_MUST_USE xj_error *xj_upload_remove(xj_tx *tx, int64_t id);
void xj_upload_drop_file(xj_uploads *uploads, int64_t tenant, int64_t id);

/* Upload ID of PERSON of TENANT, with its offset.
 * Errors: NOT_FOUND, also where it is another's or out of date; IO. */
XJ_MUST_USE xj_error *xj_upload_get(xj_upload *upload, xj_uploads *uploads, xj_db *db,
                                    int64_t tenant, int64_t person, int64_t id, xj_pool *result);
/* All of PERSON of TENANT, newest first. */
XJ_MUST_USE xj_error *xj_upload_list(xj_upload **items, size_t *n, xj_uploads *uploads, xj_db *db,
                                     int64_t tenant, int64_t person, xj_pool *result);

/* Add BYTES to UPLOAD behind its first OFFSET bytes and make them durable; UPLOAD's offset moves.
 * After an error all stands as before.
 *
 * Errors: CONFLICT where it has another number of bytes by now, or another request is adding some;
 * TOO_LARGE where it would pass its length; DISK_FULL, IO. */
XJ_MUST_USE xj_error *xj_upload_append(xj_upload *upload, xj_uploads *uploads, int64_t offset,
                                       xj_str bytes);

/* The path of the whole file of UPLOAD, for xj_blob_put_file and for looking into it.
 * Errors: CONFLICT while bytes are missing. */
XJ_MUST_USE xj_error *xj_upload_path(const char **path, xj_uploads *uploads,
                                     const xj_upload *upload, xj_pool *result);
/* What lies at PATH, mapped until POOL ends.  Errors: IO. */
XJ_MUST_USE xj_error *xj_upload_bytes(xj_str *bytes, const char *path, xj_pool *pool);
