/*
 * plan/document.h -- documents and their versions: import, look at, publish.
 *
 * A document is what was ordered; each file of it that came is a version with the register that
 * compiling gave.  One version at a time is published.  Long changes run in pieces that nobody
 * sees until the last one: an import, or a publication, is visible whole or not at all.
 * Layer: domain.  Read next: plan/task.h, plan/diff.h, plan/README.md.
 */
#pragma once

#include "blob/blob.h"
#include "org/org.h"
#include "plan/diff.h"
#include "plan/register.h"
#include "plan/task.h"
#include "store/store.h"

#define XJ_FILE_NAME_MAX 255         /* characters */
#define XJ_REMARKS_MAX 2000          /* characters */
#define XJ_VERSION_WARNINGS_MAX 5000 /* that a version is shown with */

/* ---- looking ---- */

typedef struct xj_version {
    int64_t id, document, programme;
    int64_t no;      /* 1 is the document's first */
    xj_str state;    /* "draft", "published", "superseded" */
    int64_t version; /* for If-Match; grows with changes of its tasks too */
    xj_str file_hash, file_name, register_hash;
    int64_t imported_at;
    xj_str imported_by;
    int64_t published_at; /* 0: not yet */
    xj_str remarks;       /* data NULL: none */
    int64_t actions, tasks, units, targets, obligations, warnings;
} xj_version;

typedef struct xj_document {
    int64_t id, programme;
    xj_str title, doc_no, issuer, jurisdiction; /* data NULL where unknown */
    xj_str issued_on;                           /* 2020-03-20 */
    int64_t latest;                             /* version id */
    xj_str kind;                                /* aside.h */
    bool kind_by_hand;                          /* a person chose it */
    bool basis;                                 /* it is no plan: kept for its words */
    int64_t version;                            /* for If-Match */
} xj_document;

typedef struct xj_document_row {
    xj_document document;
    xj_version latest;
} xj_document_row;

typedef struct xj_document_query {
    int64_t programme; /* 0: any */
    xj_str state;      /* of the latest version; data NULL: any */
    xj_str kind;       /* data NULL: any */
    xj_str text;       /* in title, number, issuer, first letters of the title; data NULL: any */
    int64_t after;     /* the latest version of the last row seen; 0: from the start */
    int64_t limit;
} xj_document_query;

/* Documents, newest version first. */
XJ_MUST_USE xj_error *xj_document_list(xj_document_row **items, size_t *n, xj_db *db,
                                       const xj_scope *scope, const xj_document_query *query,
                                       xj_pool *result);

typedef struct xj_document_whole {
    xj_document document;
    xj_basis *basis; /* of the latest version */
    size_t nbasis;
    xj_version *versions; /* latest first */
    size_t nversions;
} xj_document_whole;

/* Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_document_get(xj_document_whole **document, xj_db *db,
                                      const xj_scope *scope, int64_t id, xj_pool *result);

typedef struct xj_version_action {
    int64_t no;
    xj_str name;
    xj_str lead_units, implementers; /* JSON arrays of names */
    int64_t tasks;
    int64_t seq;
    xj_range source;
} xj_version_action;

typedef struct xj_version_obligation {
    xj_str kind, who /* JSON array */, what, frequency, due /* JSON array */, report_to, raw;
    int64_t seq;
    xj_range source;
} xj_version_obligation;

typedef struct xj_version_warning {
    xj_task_warning warning;
    xj_str action_no, task_no; /* data NULL: it is about no task */
} xj_version_warning;

typedef struct xj_version_whole {
    xj_document document;
    xj_version version;
    xj_version_action *actions;
    size_t nactions;
    xj_version_obligation *obligations;
    size_t nobligations;
    xj_version_warning *warnings; /* at most XJ_VERSION_WARNINGS_MAX */
    size_t nwarnings;
} xj_version_whole;

/* Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_version_get(xj_version *version, xj_db *db, const xj_scope *scope,
                                     int64_t id, xj_pool *result);
XJ_MUST_USE xj_error *xj_version_get_whole(xj_version_whole **version, xj_db *db,
                                           const xj_scope *scope, int64_t id, xj_pool *result);
/* What version ID adds, drops and changes against AGAINST, both as they stand now.
 * Errors: NOT_FOUND for either. */
XJ_MUST_USE xj_error *xj_version_diff(xj_diff **diff, xj_db *db, const xj_scope *scope,
                                      int64_t against, int64_t id, xj_pool *result,
                                      xj_pool *scratch);
/* The document head, tasks and targets of a version as rows hold them now, for xj_plan_diff. */
XJ_MUST_USE xj_error *xj_version_load(xj_register **reg, xj_db *db, const xj_scope *scope,
                                      int64_t id, xj_pool *result);

/* ---- import ---- */

struct xj_doc_watch; /* doc/doc.h */

typedef struct xj_import xj_import; /* a compiled file, ready to be kept */

/* Read the file BYTES, compile it and put it and its register into BLOBS: all that must not happen
 * in a lane.  WATCH follows the reading; NULL: nobody does.
 *
 * Errors: xj_import_of's; BAD_INPUT for an empty or a binary file; NOT_UTF8 with the place;
 * TOO_LARGE; CANCELLED by WATCH; DISK_FULL, IO of the blobs. */
XJ_MUST_USE xj_error *xj_import_prepare(xj_import **import, xj_blobs *blobs, int64_t programme,
                                        xj_str file_name, xj_str bytes,
                                        const struct xj_doc_watch *watch, xj_pool *result,
                                        xj_pool *scratch);
/* True where reading BYTES may take longer than a person waits for an answer: other programs read
 * such a kind, or it is large. */
bool xj_import_is_long(xj_str bytes);
/* Errors: BAD_INPUT for a FILE_NAME that is empty, too long or holds a slash or a control
 * character; NOT_FOUND where PROGRAMME is not in SCOPE. */
XJ_MUST_USE xj_error *xj_import_check(xj_db *db, const xj_scope *scope, int64_t programme,
                                      xj_str file_name, xj_pool *scratch);
/* Get register REG of a file ready: all that must not happen in a lane.  FILE_HASH and
 * REGISTER_HASH are blobs, stored already.  *IMPORT has views of REG.
 *
 * Errors: BAD_INPUT for a FILE_NAME that is empty, too long or holds a slash or a control
 * character; TOO_LARGE above XJ_PLAN_TASKS_MAX tasks. */
XJ_MUST_USE xj_error *xj_import_of(xj_import **import, int64_t programme, xj_str file_name,
                                   xj_str file_hash, xj_str register_hash, const xj_register *reg,
                                   xj_pool *result, xj_pool *scratch);

typedef struct xj_imported {
    int64_t version;
    bool unchanged;   /* these very bytes were held already */
    int64_t previous; /* the version before it in the document; 0: it is the first */
} xj_imported;

/* Keep IMPORT as a draft: of the document that has its number (or, where one of the two prints
 * none, its title), else of a new one.  LIKE says who acts, in which jurisdiction, under which
 * idempotency key; the other members of LIKE are not used.  Waits; not from a lane's thread.  A
 * plan of more than XJ_PIECE_TASKS tasks goes in pieces.
 *
 * A file in which no plan was found is set aside (aside.h), and that is the error.
 *
 * Errors: NOT_FOUND for the programme; NO_PLAN; TOO_LARGE; IDEM_REUSED; and xj_store_do's. */
XJ_MUST_USE xj_error *xj_version_import(xj_imported *imported, xj_store *store,
                                        const xj_command *like, xj_import *import, xj_pool *result);

#define XJ_PIECE_TASKS ((size_t)300) /* above this many, a change of tasks goes in pieces */

/* ---- publish ---- */

typedef struct xj_publish {
    int64_t id;         /* the draft */
    xj_str remarks;     /* may be empty */
    bool replace_newer; /* also where a newer version of the document is in force */
} xj_publish;

/* Publish the draft of WHAT as it was at VERSION; the published version of its document is
 * superseded.  LIKE as above.
 *
 * Errors: NOT_FOUND; CONFLICT where it is no draft, or a newer version is in force; STALE where it
 * was changed since VERSION; BAD_INPUT where warnings are open and REMARKS are empty, or REMARKS
 * are too long. */
XJ_MUST_USE xj_error *xj_version_publish(xj_store *store, const xj_command *like,
                                         const xj_publish *what, int64_t version, xj_pool *scratch);

/* Called behind a publication, and again where it is asked for again: what else follows from
 * version ID being in force.  It may wait, and must find out by itself what is done already.  app/
 * sets it once at the start; NULL is none. */
typedef xj_error *(*xj_plan_published_fn)(xj_store *store, const xj_command *like, int64_t id,
                                          xj_pool *scratch);
void xj_plan_on_published(xj_plan_published_fn fn);

/* Remove what an end in the middle left over: unfinished imports, and marks of superseded
 * versions.  Once, when the program starts, before it serves.  *REMOVED imports were found. */
XJ_MUST_USE xj_error *xj_plan_sweep(xj_store *store, int64_t *removed, xj_pool *scratch);

/* Look for the files of every version in BLOBS; *MISSING are not there, each reported through EACH.
 * What is there is not read (xj_blobs_verify does). */
XJ_MUST_USE xj_error *xj_plan_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                                           void (*each)(void *arg, const char *check,
                                                        const char *row),
                                           void *arg, xj_pool *scratch);

/* For xj_unit_on_moved: rows printed as NAME under unit FROM belong to TO now. */
XJ_MUST_USE xj_error *xj_plan_unit_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to);
