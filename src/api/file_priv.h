/* api/file_priv.h -- what the files of api/ that take and give files share. */
#pragma once

#include "api/api_priv.h"

struct xj_evidence_file; /* duty/evidence.h */
struct xj_scan;          /* duty/instruction.h */

/* REPLY is saved under NAME, and never shown in its place. */
void xj_api__attach(xj_reply *reply, xj_str name, xj_pool *pool);
/* Answer with SCAN, to be saved. */
XJ_MUST_USE xj_error *xj_api__reply_scan(xj_api *api, const struct xj_scan *scan);
/* Answer with page "page" of the blob HASH, "width" pixels wide. */
XJ_MUST_USE xj_error *xj_api__reply_page(xj_api *api, xj_str hash);
/* Look into upload ID of this person and keep it in the blobs.  A second asking finds no upload any
 * more and gets the first answer by its key: then FILE's hash is empty. */
XJ_MUST_USE xj_error *xj_api__prepare_upload(struct xj_evidence_file *file, xj_api *api,
                                             int64_t id);
/* 代录: whoever has no post in UNIT and reaches it all the same writes for it. */
bool xj_api__on_behalf(const xj_api *api, int64_t unit);
