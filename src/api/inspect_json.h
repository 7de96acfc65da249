/*
 * api/inspect_json.h -- supervision as the contract has it, and what its handlers share.
 */
#pragma once

#include "api/api_priv.h"
#include "duty/duty.h"
#include "duty/instruction.h"
#include "inspect/inspect.h"

/* Who looks (inspect/inspect.h): all units by RIGHT, else those on whose side the person stands. */
XJ_MUST_USE xj_error *xj_api__inspect_scope(xj_scope *scope, xj_api *api, const char *right);

void xj_json_inspection_row(xj_json *w, const xj_inspection_row *row);
void xj_json_inspection(xj_json *w, const xj_inspection *whole);
void xj_json_burden(xj_json *w, const xj_burden *burden);
void xj_json_visit(xj_json *w, const xj_visit *visit);
void xj_json_finding_row(xj_json *w, const xj_finding *finding);
/* A finding with what belongs to it. */
typedef struct xj_finding_whole {
    xj_finding *finding;
    xj_picture *pictures;
    size_t npictures;
    xj_scan *answers; /* of its rectification */
    size_t nanswers;
    xj_duty_move *moves;
    size_t nmoves;
} xj_finding_whole;
void xj_json_finding(xj_json *w, const xj_finding_whole *whole);
void xj_json_circular_row(xj_json *w, const xj_circular_row *row);
void xj_json_circular(xj_json *w, const xj_circular *circular);

/* ---- changes ---- */

/* A change in supervision: RUN does its work and sets NOW; the answer is what WRITE shows of ID
 * afterwards, and beside a refusal for a version too old stands what is there. */
typedef struct xj_api__inspect {
    xj_scope scope;
    int64_t id, version, now;
    xj_error *(*run)(struct xj_api__inspect *change, xj_tx *tx);
    xj_error *(*write)(const struct xj_api__inspect *change, xj_json *w, xj_db *db, xj_pool *pool);
    const void *args;
    xj_str body;
    xj_api_command *command;
} xj_api__inspect;

/* Post CHANGE (in the call's pool) as command NAME with STATUS; where VERSIONED its If-Match is
 * read, and the answer has the next version as ETag; else 1 where STATUS is 201. */
XJ_MUST_USE xj_error *xj_api__inspect_post(xj_api *api, xj_api__inspect *change, const char *name,
                                           int status, bool versioned);

xj_error *xj_api__write_inspection(const xj_api__inspect *change, xj_json *w, xj_db *db,
                                   xj_pool *pool);
xj_error *xj_api__write_visit(const xj_api__inspect *change, xj_json *w, xj_db *db, xj_pool *pool);
xj_error *xj_api__write_finding(const xj_api__inspect *change, xj_json *w, xj_db *db,
                                xj_pool *pool);
xj_error *xj_api__write_circular(const xj_api__inspect *change, xj_json *w, xj_db *db,
                                 xj_pool *pool);
