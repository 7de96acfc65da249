/*
 * duty/evidence.h -- files of a return: what a row rests on, and originals that came by other ways.
 *
 * A file is looked into and made durable first (xj_evidence_prepare), then a command gives it to a
 * return.  What it is its bytes say, never its name.  A file that bears the mark of a classified
 * paper is refused before anything of it is kept.  Layer: domain.  Read next: duty/report.h.
 */
#pragma once

#include "blob/blob.h"
#include "duty/report.h"

#define XJ_EVIDENCE_BYTES_MAX ((int64_t)512 << 20)
#define XJ_EVIDENCE_ROW_MAX 20     /* files of a row, or originals of a return */
#define XJ_EVIDENCE_RETURN_MAX 200 /* files of a return */
#define XJ_EVIDENCE_NAME_MAX 120   /* characters */

/* ---- the file ---- */

typedef struct xj_evidence_file {
    xj_str name; /* without folders and control characters, with the ending of its kind */
    xj_str kind; /* docx, xlsx, pdf, ofd, office, sheet, text, jpeg, png, mp4 */
    xj_str hash;
    int64_t size;
    bool bare;   /* what a camera adds was taken out */
    bool looked; /* its words were looked through for marks */
} xj_evidence_file;

/* Look into BYTES, which somebody calls NAME, take out of a picture where it was taken, and keep
 * the result in BLOBS, durable.
 *
 * Errors: UNSUPPORTED_KIND for a kind that is not taken, saying what is; CLASSIFIED; BAD_INPUT for
 * an empty or damaged file; TOO_LARGE; DISK_FULL, IO. */
XJ_MUST_USE xj_error *xj_evidence_prepare(xj_evidence_file *file, xj_blobs *blobs, xj_str name,
                                          xj_str bytes, xj_pool *result, xj_pool *scratch);
/* "image/jpeg" for a KIND. */
const char *xj_evidence_media_type(xj_str kind);

/* ---- rows ---- */

typedef struct xj_evidence {
    int64_t id, obligation, duty; /* duty 0: of the whole return */
    int64_t unit;
    xj_str unit_name;
    xj_str purpose; /* evidence, original */
    xj_evidence_file file;
    xj_str came_by, came_on; /* of an original; came_on data NULL: not said */
    bool on_behalf;
    int64_t added_by, added_at;
    xj_str added_name;
} xj_evidence;

/* The files of return ID as unit AS (0: the unit that returns it) sees them: its own, and those of
 * units that feed it once they handed their row over; by id.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_evidence_list(xj_evidence **items, size_t *n, xj_db *db,
                                       const xj_scope *scope, int64_t id, int64_t as,
                                       xj_pool *result);
/* Errors: NOT_FOUND, also where SCOPE does not see it. */
XJ_MUST_USE xj_error *xj_evidence_get(xj_evidence *evidence, xj_db *db, const xj_scope *scope,
                                      int64_t id, xj_pool *result);
/* Originals that units of SCOPE's sent by other ways, the newest first, older than BEFORE (0: from
 * the newest), with the period of the return in NAMES. */
typedef struct xj_evidence_came {
    xj_evidence evidence;
    xj_str period, due, state; /* of the return */
} xj_evidence_came;
XJ_MUST_USE xj_error *xj_evidence_originals(xj_evidence_came **items, size_t *n, xj_db *db,
                                            const xj_scope *scope, int64_t before, int64_t limit,
                                            xj_pool *result);

/* What the plan asks to be shown for a row: a deliverable of its task. */
typedef struct xj_evidence_asked {
    int64_t duty;
    xj_str kind, name; /* evidence, document */
} xj_evidence_asked;
XJ_MUST_USE xj_error *xj_evidence_asked_for(xj_evidence_asked **items, size_t *n, xj_db *db,
                                            int64_t tenant, int64_t obligation, xj_pool *result);

typedef struct xj_evidence_add {
    const xj_scope *scope; /* of who adds it */
    int64_t obligation, duty, unit;
    xj_str purpose;
    xj_evidence_file file;
    xj_str came_by, came_on; /* of an original; data NULL: not said */
    bool on_behalf;
    xj_str actor_name;
} xj_evidence_add;

/* Command: give a prepared file to a return; *ID is its key.  The same bytes at the same place a
 * second time are the row that is there.
 *
 * Errors: NOT_FOUND where the return has no such row, or UNIT no part in it, or the scope does not
 * see UNIT; CONFLICT where the return is not owed any more (evidence) or withdrawn (original);
 * TOO_MANY; BAD_INPUT for an unknown purpose or way, a day that is none or lies behind today. */
XJ_MUST_USE xj_error *xj_evidence_add_file(int64_t *id, xj_tx *tx, const xj_evidence_add *add);
/* Files that go with a row from a linked county. */
typedef struct xj_evidence_sent {
    int64_t obligation, duty, unit;
    int64_t link; /* over which they came */
    const xj_evidence_file *files;
    size_t n;
    xj_str actor_name;
} xj_evidence_sent;
/* Whether SENT has room in its return, in place of what came before.  Errors: TOO_MANY. */
XJ_MUST_USE xj_error *xj_evidence_room(xj_tx *tx, const xj_evidence_sent *sent);
/* Inside a command: of what came over links for the row of SENT, its files are left. */
XJ_MUST_USE xj_error *xj_evidence_follow(xj_tx *tx, const xj_evidence_sent *sent);
/* Command: take file ID away.  Errors: NOT_FOUND; CONFLICT as for adding; an original that was
 * entered for the unit is the office's to take away: NOT_FOUND for others. */
XJ_MUST_USE xj_error *xj_evidence_remove(xj_tx *tx, const xj_scope *scope, int64_t id,
                                         xj_str actor_name);

/* Look for the file of every row in BLOBS; *MISSING are not there, each reported through EACH. */
XJ_MUST_USE xj_error *xj_evidence_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                                               void (*each)(void *arg, const char *check,
                                                            const char *row),
                                               void *arg, xj_pool *scratch);
/* The same of every row of the statement FILES (tenant, id, hash), which are called WHAT: for
 * others that keep files. */
XJ_MUST_USE xj_error *
xj_duty_files_missing(int64_t *missing, xj_store *store, xj_blobs *blobs, enum xj_sql files,
                      const char *what, void (*each)(void *arg, const char *check, const char *row),
                      void *arg, xj_pool *scratch);
