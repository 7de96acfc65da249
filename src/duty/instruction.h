/*
 * duty/instruction.h -- a leader's instruction (批示): who sees it, its scan, its end.
 *
 * It is restricted: the office and those who are named see it, nobody else, not even as a count.
 * What came of it is laid before the leader; that the leader read it ends it, and nothing else
 * does.  Layer: domain.  Read next: duty/duty.h.
 */
#pragma once

#include "blob/blob.h"
#include "duty/duty.h"
#include "duty/evidence.h"

#define XJ_SCANS_MAX 20 /* of one instruction */
#define XJ_RESULT_MAX 60000

/* ---- who sees it ---- */

/* Somebody who sees a restricted duty task: a person, or a unit's own people. */
typedef struct xj_viewer {
    int64_t person, unit; /* one of them is 0 */
    xj_str name;
} xj_viewer;

/* Whether PERSON, looking through SCOPE, sees DUTY as far as it is restricted: whose part it is
 * says nothing here.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_duty_seen(bool *seen, xj_db *db, const xj_scope *scope, int64_t person,
                                   int64_t duty, xj_pool *scratch);

/* For a list of duty tasks elsewhere: only what is not restricted, or what PERSON sees of it, by
 * the filter "sight"; all where SCOPE is the office's. */
XJ_MUST_USE xj_error *xj_duty_sight(xj_list *list, xj_db *db, const xj_scope *scope, int64_t person,
                                    xj_pool *scratch);

XJ_MUST_USE xj_error *xj_viewer_list(xj_viewer **items, size_t *n, xj_db *db, int64_t tenant,
                                     int64_t duty, xj_pool *result);

typedef struct xj_viewers {
    const int64_t *people, *units;
    size_t npeople, nunits;
    xj_str why; /* data NULL: none */
    xj_str actor_name;
} xj_viewers;
/* Command: who sees restricted duty task ID besides the office are these, with the history of it.
 * *NOW is its version now.
 *
 * Errors: NOT_FOUND for the task, a person or a unit; STALE; CONFLICT where it is not restricted;
 * TOO_LARGE above XJ_DUTY_VIEWERS_MAX of either. */
XJ_MUST_USE xj_error *xj_viewers_set(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                     const xj_viewers *viewers);

/* ---- its way to the leader ---- */

/* Command: leader PERSON (0: somebody of the office, for the leader) says READ or RETURN
 * (STEP.move) of what was laid before them.
 *
 * Errors: those of xj_duty_step; NOT_FOUND where ID is no instruction; FORBIDDEN where PERSON is
 * not the leader who gave it; BAD_INPUT for another move. */
XJ_MUST_USE xj_error *xj_instruction_read(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                          int64_t person, const xj_step *step);

typedef struct xj_instruction_row {
    int64_t id, version, owner, leader_id; /* leader_id 0: the leader has no account */
    xj_str title, state, state_on, due, owner_name, leader, given_on, words;
    xj_str result, laid_on, read_on, read_name, light; /* data NULL: none */
} xj_instruction_row;
/* Instructions that SCOPE sees, the newest first, older than BEFORE (0: from the newest): those
 * that LEADER gave (0: any), only those that are not ended where OPEN. */
XJ_MUST_USE xj_error *xj_instruction_list(xj_instruction_row **items, size_t *n, xj_db *db,
                                          const xj_scope *scope, int64_t leader, bool open,
                                          int64_t before, int64_t limit, xj_pool *result);

/* ---- its scan, and other files of a duty task ---- */

typedef struct xj_scan {
    int64_t id;
    xj_evidence_file file;
    xj_str added_name;
    int64_t added_at;
    xj_str purpose; /* order: of what was given; answer: of what was done */
    int64_t link;   /* between city and county, over which it came; 0: it was added here */
} xj_scan;

/* In the order they were added. */
XJ_MUST_USE xj_error *xj_scan_list(xj_scan **items, size_t *n, xj_db *db, int64_t tenant,
                                   int64_t duty, xj_pool *result);
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_scan_get(xj_scan *scan, xj_db *db, int64_t tenant, int64_t duty,
                                  int64_t id, xj_pool *result);
/* What a scan may be; for a file that was prepared.  Errors: UNSUPPORTED_KIND. */
XJ_MUST_USE xj_error *xj_scan_check(const xj_evidence_file *file);
typedef struct xj_scans {
    xj_str purpose; /* data NULL: order */
    int64_t link;   /* 0: they are added here */
    const xj_evidence_file *files;
    size_t n;
    xj_str actor_name;
} xj_scans;
/* Command: the prepared SCANS are DUTY's; bytes that are there already change nothing.
 * Errors: NOT_FOUND; BAD_INPUT for another purpose; UNSUPPORTED_KIND; TOO_MANY above XJ_SCANS_MAX
 * of a purpose. */
XJ_MUST_USE xj_error *xj_scan_add(xj_tx *tx, int64_t duty, const xj_scans *scans);
/* Inside a command: of what came over links for DUTY, of the purpose of SCANS, these are left.
 * Errors: as xj_scan_add. */
XJ_MUST_USE xj_error *xj_scan_follow(xj_tx *tx, int64_t duty, const xj_scans *scans);
/* Command: take a scan away.  Errors: NOT_FOUND; CONFLICT where it came over a link. */
XJ_MUST_USE xj_error *xj_scan_remove(xj_tx *tx, int64_t duty, int64_t id, xj_str actor_name);

/* As xj_evidence_find_missing. */
XJ_MUST_USE xj_error *xj_scan_find_missing(int64_t *missing, xj_store *store, xj_blobs *blobs,
                                           void (*each)(void *arg, const char *check,
                                                        const char *row),
                                           void *arg, xj_pool *scratch);
