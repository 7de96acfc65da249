/* county/county_priv.h -- what the files of county/ share. */
#pragma once

#include "base/vec.h"
#include "county/county.h"
#include "duty/instruction.h"
#include "org/post.h"
#include "json/json.h"

#define XJ_COUNTY__BODY_MAX ((size_t)1 << 20) /* bytes of a message */

typedef struct xj_county__end {
    int64_t tenant, id;
    bool city;
    int64_t peer_tenant, peer; /* 0: none yet */
    int64_t unit, programme;
    xj_str state, linked_on, ends_on, ended_name, end_why; /* days: data NULL: none */
    int64_t sent_seq, taken_seq, version;
} xj_county__end;

/* The day of TX's command, in its pool. */
xj_str xj_county__today(xj_tx *tx);

/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_county__get(xj_county__end *end, xj_db *db, int64_t tenant, int64_t id,
                                     xj_pool *result);
/* Inside a command: END tells the other one BODY (JSON). */
XJ_MUST_USE xj_error *xj_county__say(xj_tx *tx, xj_county__end *end, const char *kind, xj_str body);
/* Whether END once held; it may have ended since. */
bool xj_county__was_linked(const xj_county__end *end);
/* Inside a command: END is no more from today on.  What it leaves open is noted at the city, whose
 * unit is told, and stays as its own at the county. */
XJ_MUST_USE xj_error *xj_county__close(xj_tx *tx, const xj_county__end *end, xj_str by, xj_str name,
                                       xj_str why);
/* Member "files": N FILES, whose bytes lie in the server's one folder, durable before any row named
 * them: what crosses is their names and hashes. */
void xj_county__write_files(xj_json *w, const xj_evidence_file *files, size_t n);
/* What LIST says, MAX at most. */
const xj_evidence_file *xj_county__read_files(size_t *n, const xj_jval *list, size_t max,
                                              xj_pool *result);
/* The name of jurisdiction TENANT. */
XJ_MUST_USE xj_error *xj_county__name(xj_str *name, xj_db *db, int64_t tenant, xj_pool *result);

/* ---- down (down.c) ---- */

/* What the city has to tell over END and did not yet; written nowhere.  Of one that has ended: its
 * word on what had come before. */
XJ_MUST_USE xj_error *xj_county__differs(bool *differs, xj_db *db, const xj_county__end *end,
                                         xj_pool *scratch);
/* Inside a command of the city: say it. */
XJ_MUST_USE xj_error *xj_county__tell(xj_tx *tx, xj_county__end *end);
/* Inside a command of the county: BODY of a message of kind tasks, of kind verdicts. */
XJ_MUST_USE xj_error *xj_county__take_tasks(xj_tx *tx, const xj_county__end *end,
                                            const xj_jval *body);
XJ_MUST_USE xj_error *xj_county__take_verdicts(xj_tx *tx, const xj_county__end *end,
                                               const xj_jval *body);

/* ---- up (up.c) ---- */

/* Inside a command of the city: BODY of a message of kind rows. */
XJ_MUST_USE xj_error *xj_county__take_rows(xj_tx *tx, xj_county__end *end, const xj_jval *body);

/* The same of kind move. */
XJ_MUST_USE xj_error *xj_county__take_move(xj_tx *tx, const xj_county__end *end,
                                           const xj_jval *body);

/* ---- carrying (work.c) ---- */

typedef struct xj_county__message {
    int64_t from_tenant, from, to_tenant, to;
    int64_t seq;
    xj_str kind, body;
    bool nobody; /* the other end is not this one's: it will never be taken */
} xj_county__message;

/* Inside a command of the end M goes to: work it in, unless that was done; sets M->nobody. */
XJ_MUST_USE xj_error *xj_county__work_in(xj_tx *tx, xj_county__message *m);
