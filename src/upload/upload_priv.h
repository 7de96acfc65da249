/* upload/upload_priv.h -- what the rows (upload.c) need of the files (file.c). */
#pragma once

#include "base/cal.h"
#include "upload/upload.h"

/* Bytes of the upload's file; 0 where it has none yet.  Errors: IO. */
XJ_MUST_USE xj_error *xj_upload__size(int64_t *size, xj_uploads *uploads, int64_t tenant,
                                      int64_t id);

/* Remove each file for which KNOWN says that it has no row. */
XJ_MUST_USE xj_error *xj_upload__sweep_files(xj_uploads *uploads,
                                             xj_error *(*known)(bool *known, void *arg,
                                                                int64_t tenant, int64_t id),
                                             void *arg);
