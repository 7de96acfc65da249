/*
 * blob/blob.h -- evidence and originals on the disk, named by their content.
 *
 * A blob is immutable bytes under their SHA-256: FOLDER/aa/aabb....  What a client calls a file
 * never comes near a path; names, kinds and owners are rows of the domains.  The order of writing
 * is: the blob first (durable when xj_blob_finish returns), then the command that refers to it; a
 * blob that no row refers to does no harm.  Layer: store (may use base/).
 */
#pragma once

#include "base/str.h"

typedef struct xj_blobs xj_blobs;             /* one folder, any number of threads */
typedef struct xj_blob_writer xj_blob_writer; /* one blob in the making */

#define XJ_BLOB_HASH_LEN 64
#define XJ_BLOB_LIMIT ((int64_t)512 << 20) /* bytes, where a folder is opened with no other */

typedef struct xj_blob_hash {
    char hex[XJ_BLOB_HASH_LEN + 1]; /* lower case, NUL-terminated */
} xj_blob_hash;

/* Open FOLDER (made with mode 0700 where it is not there) and remove what broken-off writes left
 * an hour ago or earlier.  LIMIT is the size of a blob at the most; 0 is XJ_BLOB_LIMIT.  It closes
 * with POOL.  Errors: IO. */
XJ_MUST_USE xj_error *xj_blobs_open(xj_blobs **blobs, const char *folder, int64_t limit,
                                    xj_pool *pool);

/* Read TEXT as a hash.  Errors: BAD_INPUT unless it is 64 lower-case hexadecimal digits. */
XJ_MUST_USE xj_error *xj_blob_hash_parse(xj_blob_hash *hash, xj_str text);

/* Begin a blob; it is given up with POOL unless finished. */
XJ_MUST_USE xj_error *xj_blob_begin(xj_blob_writer **writer, xj_blobs *blobs, xj_pool *pool);
/* Add DATA at its end.  Errors: TOO_LARGE above the folder's limit, DISK_FULL, IO. */
XJ_MUST_USE xj_error *xj_blob_add(xj_blob_writer *writer, xj_str data);
/* Make it durable under its hash; the same bytes twice are one file.  WRITER is not used again. */
XJ_MUST_USE xj_error *xj_blob_finish(xj_blob_hash *hash, int64_t *size, xj_blob_writer *writer);

/* The three in one, from memory. */
XJ_MUST_USE xj_error *xj_blob_put(xj_blob_hash *hash, xj_blobs *blobs, xj_str data);
/* ... and from a regular file of ours at PATH (no symbolic link), which stays. */
XJ_MUST_USE xj_error *xj_blob_put_file(xj_blob_hash *hash, int64_t *size, xj_blobs *blobs,
                                       const char *path);

/* Open it for reading; *FD is the caller's to close.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_blob_get_fd(int *fd, int64_t *size, xj_blobs *blobs,
                                     const xj_blob_hash *hash);
/* The whole of it, mapped until POOL ends.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_blob_get(xj_str *data, xj_blobs *blobs, const xj_blob_hash *hash,
                                  xj_pool *pool);

/* Whether there is one under HASH; a text that is no hash names none. */
XJ_MUST_USE xj_error *xj_blob_has(bool *found, xj_blobs *blobs, xj_str hash);

/* Errors: NOT_FOUND; CORRUPT where its bytes have another hash. */
XJ_MUST_USE xj_error *xj_blob_verify(xj_blobs *blobs, const xj_blob_hash *hash);
/* Verify every file of the folder: *COUNT were read, *BAD are damaged or misplaced, each reported
 * through EACH (may be NULL). */
XJ_MUST_USE xj_error *xj_blobs_verify(xj_blobs *blobs, int64_t *count, int64_t *bad,
                                      void (*each)(void *arg, const char *name, const char *what),
                                      void *arg);
/* Name every blob of the folder to EACH, which adds and removes none. */
XJ_MUST_USE xj_error *xj_blobs_each(xj_blobs *blobs,
                                    void (*each)(void *arg, const xj_blob_hash *hash), void *arg);
/* Take it away for good, when no row refers to it any more.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_blob_remove(xj_blobs *blobs, const xj_blob_hash *hash);
