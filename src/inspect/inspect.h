/*
 * inspect/inspect.h -- supervision: campaigns, visits, findings and their rectification, circulars.
 *
 * A campaign (督导检查) sends a team to units; what it finds becomes rectifications, which are duty
 * tasks of that kind, and a circular.  Who belongs to a campaign's circle (its team and named
 * people of the office) sees all of it.  Others see what was told: an unannounced visit is not
 * there for them, in no list and no number, until its notice.  Layer: domain (may use duty/, org/,
 * store/; must not know HTTP).  Read next: inspect/README.md, duty/states.tsv (rectification).
 *
 * The xj_scope of every function here says who looks: PERSON for circles; ALL_UNITS for who sees
 * what was told of every unit; UNITS for the units on whose side the person stands.
 */
#pragma once

#include "duty/duty.h"

#define XJ_INSPECTION_TITLE_MAX 200  /* characters */
#define XJ_INSPECTION_NOTE_MAX 10000 /* characters */
#define XJ_INSPECTION_UNITS_MAX 500
#define XJ_INSPECTION_PLANNED_MAX 50 /* visits to one unit */
#define XJ_INSPECTION_PEOPLE_MAX 100 /* team and office together */
#define XJ_INSPECTION_VISITS_MAX 1000
#define XJ_VISIT_ITEMS_MAX 300
#define XJ_VISIT_FINDINGS_MAX 200 /* of one record */
#define XJ_FINDING_WORDS_MAX 5000 /* characters */
#define XJ_FINDING_PICTURES_MAX 9
#define XJ_PICTURE_MAX ((size_t)5 << 20)
#define XJ_CIRCULAR_TEXT_MAX 60000 /* characters */
#define XJ_CIRCULAR_VERSIONS_MAX 200

/* ---- campaigns (campaign.c) ---- */

typedef struct xj_inspection_row {
    int64_t id, programme;
    xj_str title, basis, from_on, to_on, note;
    bool announced;
    xj_str state, issued_on; /* issued_on: data NULL: not yet */
    xj_str created_name;
    int64_t version;
    bool inside; /* who looks belongs to its circle */
} xj_inspection_row;

/* Of one unit: visits planned (or made, where that is more), made, and in how many campaigns. */
typedef struct xj_burden {
    int64_t unit;
    xj_str name;
    int64_t planned, made, campaigns;
} xj_burden;

typedef struct xj_inspected {
    int64_t unit;
    xj_str name;
    int64_t planned; /* by this campaign; 0 where who looks may not know */
    xj_burden year;  /* all campaigns that begin in its year, this one too */
} xj_inspected;

typedef struct xj_inspector {
    int64_t person;
    xj_str name;
    bool of_team, leads; /* else of the office */
} xj_inspector;

typedef struct xj_visit_row {
    int64_t id, inspection;
    xj_str title, inspection_state;
    int64_t unit;
    xj_str unit_name, visit_on;
    bool announced;
    xj_str told_on; /* data NULL: it is secret */
    xj_str state, summary;
    xj_str done_on, done_name; /* data NULL: not yet */
    int64_t version;
    bool inside;
    int64_t findings; /* 0 where who looks may not know yet */
} xj_visit_row;

typedef struct xj_inspection {
    xj_inspection_row row;
    xj_inspected *units;
    size_t nunits;
    xj_inspector *people; /* for who is inside; else the team alone */
    size_t npeople;
    xj_visit_row *visits;
    size_t nvisits;
} xj_inspection;

typedef struct xj_inspection_filter {
    int64_t programme; /* 0: any */
    xj_str state;      /* data NULL: any */
} xj_inspection_filter;

/* At most LIMIT campaigns behind id AFTER, as SCOPE may know of them. */
XJ_MUST_USE xj_error *xj_inspection_list(xj_inspection_row **items, size_t *n, xj_db *db,
                                         const xj_scope *scope, const xj_inspection_filter *filter,
                                         int64_t after, int64_t limit, xj_pool *result);
/* Errors: NOT_FOUND, also where SCOPE may not know of it. */
XJ_MUST_USE xj_error *xj_inspection_get(xj_inspection **inspection, xj_db *db,
                                        const xj_scope *scope, int64_t id, xj_pool *result);
/* Visits of the campaigns that begin in YEAR, by unit, of what SCOPE's person may know. */
XJ_MUST_USE xj_error *xj_burden_list(xj_burden **items, size_t *n, xj_db *db, const xj_scope *scope,
                                     int year, xj_pool *result);

typedef struct xj_burden_month {
    int64_t unit;
    xj_str name, month; /* "2026-06" */
    int64_t visits;
} xj_burden_month;
/* Visits of YEAR by unit and month, of what SCOPE's person may know. */
XJ_MUST_USE xj_error *xj_burden_months(xj_burden_month **items, size_t *n, xj_db *db,
                                       const xj_scope *scope, int year, xj_pool *result);

typedef struct xj_inspected_new {
    int64_t unit, planned;
} xj_inspected_new;

typedef struct xj_inspection_new {
    int64_t programme; /* of a change: not read */
    xj_str title, basis, from_on, to_on, note;
    bool announced;
    const xj_inspected_new *units;
    size_t nunits;
    const int64_t *team; /* persons; the first leads */
    size_t nteam;
    const int64_t *office; /* persons who see it beside the team and its maker */
    size_t noffice;
} xj_inspection_new;

/* Command: a campaign, as a draft.  Errors: BAD_INPUT with the member; NOT_FOUND for the programme,
 * a unit or a person; TOO_LARGE. */
XJ_MUST_USE xj_error *xj_inspection_add(int64_t *id, xj_tx *tx, const xj_inspection_new *new,
                                        xj_str actor_name);
/* Command: campaign ID is as NEW says.  Whether it is announced changes only in a draft without a
 * visit; SCOPE's person stays in the circle.
 *
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; STALE; CONFLICT where it is closed, or a unit
 * with visits is left out; those of xj_inspection_add. */
XJ_MUST_USE xj_error *xj_inspection_change(int64_t *now, xj_tx *tx, const xj_scope *scope,
                                           int64_t id, int64_t version,
                                           const xj_inspection_new *new);
/* Command: MOVE is issue (of a draft with a basis, a team and units) or close (of an issued one
 * whose visits are all made or withdrawn).
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; STALE; CONFLICT; BAD_INPUT. */
XJ_MUST_USE xj_error *xj_inspection_step(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                         int64_t version, xj_str move);

/* ---- visits (visit.c) ---- */

typedef struct xj_visit_item {
    int64_t id, duty; /* duty 0: a free line */
    xj_str words, answer, note;
} xj_visit_item;

typedef struct xj_visit {
    xj_visit_row row;
    xj_visit_item *items; /* for who is inside, or sees all */
    size_t nitems;
} xj_visit;

/* Errors: NOT_FOUND, also where SCOPE may not know of it. */
XJ_MUST_USE xj_error *xj_visit_get(xj_visit **visit, xj_db *db, const xj_scope *scope, int64_t id,
                                   xj_pool *result);

typedef struct xj_item_new {
    int64_t duty; /* 0: a free line */
    xj_str words; /* of a task: data NULL: its title */
} xj_item_new;

typedef struct xj_visit_new {
    int64_t inspection, unit; /* of a change: not read */
    xj_str visit_on;
    bool announced;           /* of a change: not read */
    const xj_item_new *items; /* of a change: NULL leaves them */
    size_t nitems;
} xj_visit_new;

/* Command: a visit of a campaign that SCOPE's person is inside of.  In an unannounced campaign
 * every visit is. Errors: NOT_FOUND; FORBIDDEN for who is not inside; CONFLICT where the campaign
 * is closed; BAD_INPUT where it does not inspect the unit, for a day outside its time, or a line;
 * TOO_LARGE. */
XJ_MUST_USE xj_error *xj_visit_add(int64_t *id, xj_tx *tx, const xj_scope *scope,
                                   const xj_visit_new *visit);
/* Command: another day or checklist of a visit that was not made yet.
 * Errors: as above, and STALE. */
XJ_MUST_USE xj_error *xj_visit_change(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                      int64_t version, const xj_visit_new *visit);
/* Command: MOVE is tell (the unit gets notice of an unannounced visit of an issued campaign) or
 * withdraw (of a visit that was not made).
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; STALE; CONFLICT; BAD_INPUT. */
XJ_MUST_USE xj_error *xj_visit_step(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                    int64_t version, xj_str move);

typedef struct xj_finding_new {
    int64_t item;      /* 0: none */
    int64_t about;     /* the duty task that it is about; 0: that of ITEM, where it has one */
    int64_t action_no; /* of ABOUT, or alone; -1: none */
    xj_str words, grade, place;
    bool located;
    double latitude, longitude;
} xj_finding_new;

typedef struct xj_visit_record {
    const xj_visit_item *answers; /* id, answer, note */
    size_t nanswers;
    const xj_finding_new *findings;
    size_t nfindings;
    xj_str summary;
    xj_str happened_on; /* data NULL: today */
    xj_str actor_name;
} xj_visit_record;

/* Command: what was seen at a visit of an issued campaign: answers are set, findings are added (a
 * second record adds more), the visit is done.
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; STALE; CONFLICT where the campaign is not
 * issued or the visit withdrawn; BAD_INPUT with the member. */
XJ_MUST_USE xj_error *xj_visit_keep(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                    int64_t version, const xj_visit_record *record);

/* ---- findings and rectification (finding.c) ---- */

typedef struct xj_finding {
    int64_t id, inspection;
    xj_str title; /* of the campaign */
    int64_t visit;
    xj_str visit_on;
    int64_t unit;
    xj_str unit_name;
    int64_t item; /* 0: none */
    xj_str words, grade, place;
    bool located;
    double latitude, longitude;
    int64_t found_by;
    xj_str found_name;
    int64_t found_at;
    int64_t duty;                /* 0: no rectification */
    xj_str state, state_on, due; /* of the rectification; data NULL: none */
    int64_t version;             /* of the rectification; 0: none */
    xj_str demand;               /* what the rectification asks */
    bool inside, told, done;     /* who looks; the visit */
    int64_t programme;
    int64_t about, action_no; /* the duty task and the action it is about; 0, -1: none is named */
    xj_str about_no, about_title, action; /* data NULL: none */
} xj_finding;

typedef struct xj_finding_filter {
    int64_t inspection, visit, unit, programme; /* 0: any */
    int64_t action_no;                          /* -1: any */
    xj_str grade;                               /* data NULL: any */
    xj_str stands; /* none (no rectification), open, closed; data NULL: any */
    bool ordered;  /* only those with a rectification */
} xj_finding_filter;

/* At most LIMIT findings behind id AFTER.  A unit sees its own when the visit is done and told. */
XJ_MUST_USE xj_error *xj_finding_list(xj_finding **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, const xj_finding_filter *filter,
                                      int64_t after, int64_t limit, xj_pool *result);
/* Command: finding ID is about duty task ABOUT (0: none), or action ACTION_NO alone (-1: none), of
 * its campaign's programme.
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; BAD_INPUT for a task or an action. */
XJ_MUST_USE xj_error *xj_finding_set_about(xj_tx *tx, const xj_scope *scope, int64_t id,
                                           int64_t about, int64_t action_no);
/* Errors: NOT_FOUND, also where SCOPE may not know of it. */
XJ_MUST_USE xj_error *xj_finding_get(xj_finding **finding, xj_db *db, const xj_scope *scope,
                                     int64_t id, xj_pool *result);

/* Command: order that finding ID be set right by DUE; DEMAND says what is asked.
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; CONFLICT where it is ordered already, the
 * visit is not done or its unit was not told of it; BAD_INPUT for the day or the text. */
XJ_MUST_USE xj_error *xj_rectification_order(xj_tx *tx, const xj_scope *scope, int64_t id,
                                             xj_str due, xj_str demand);
/* Command: move the rectification of finding ID, whose version was VERSION.  The unit's people
 * (UNITS of SCOPE) begin and ask closing; who is inside, or the office, returns, checks and strikes
 * off, but not who found it, and nobody checks what he asked himself.
 * Errors: NOT_FOUND, also where there is no rectification; FORBIDDEN; those of xj_duty_step. */
XJ_MUST_USE xj_error *xj_rectification_step(int64_t *now, xj_tx *tx, const xj_scope *scope,
                                            int64_t id, int64_t version, const xj_step *step);
/* The finding whose rectification duty task DUTY is; 0: none. */
XJ_MUST_USE xj_error *xj_finding_of_duty(int64_t *id, xj_db *db, int64_t tenant, int64_t duty);

typedef struct xj_picture {
    int64_t id, size;
    xj_str hash, media;
} xj_picture;

XJ_MUST_USE xj_error *xj_picture_list(xj_picture **items, size_t *n, xj_db *db, int64_t tenant,
                                      int64_t finding, xj_pool *result);
/* Command: a picture, whose bytes are kept under HASH, belongs to finding ID.
 * Errors: NOT_FOUND; FORBIDDEN for who is not inside; TOO_LARGE above XJ_FINDING_PICTURES_MAX. */
XJ_MUST_USE xj_error *xj_picture_add(int64_t *id, xj_tx *tx, const xj_scope *scope, int64_t finding,
                                     const xj_picture *picture);

/* ---- pictures (picture.c) ---- */

/* Read BYTES as a JPEG or PNG: *MEDIA is its kind, *CLEAN (in RESULT) its pixels with what decodes
 * them and nothing else: no position, no camera, no comments, nothing behind its end.
 * The work is doc/media.h's, which keeps the orientation too.
 * Errors: UNSUPPORTED_KIND for another kind, BAD_INPUT for a broken one, TOO_LARGE above
 * XJ_PICTURE_MAX.
 */
XJ_MUST_USE xj_error *xj_picture_clean(xj_str *clean, const char **media, xj_str bytes,
                                       xj_pool *result);

/* ---- circulars (circular.c) ---- */

typedef struct xj_circular_row {
    int64_t id, inspection;
    xj_str state;
    bool to_all;
    xj_str published_on; /* data NULL: not yet */
    int64_t version;
    xj_str title, person_name;
    int64_t made_at;
    bool inside;
} xj_circular_row;

typedef struct xj_circular_text {
    int64_t no;
    xj_str title, body, person_name;
    int64_t made_at;
} xj_circular_text;

typedef struct xj_circular_unit {
    int64_t unit;
    xj_str name;
} xj_circular_unit;

typedef struct xj_circular {
    xj_circular_row row;
    xj_circular_text text;   /* the one asked for */
    xj_circular_text *texts; /* all, without bodies; of a reader: none */
    size_t ntexts;
    xj_circular_unit *units; /* that it is for, where not for all; of a reader: none */
    size_t nunits;
} xj_circular;

/* Circulars of INSPECTION (0: any): published ones, and drafts for who is inside and may see
 * drafts (SCOPE). */
XJ_MUST_USE xj_error *xj_circular_list(xj_circular_row **items, size_t *n, xj_db *db,
                                       const xj_scope *scope, int64_t inspection, int64_t after,
                                       int64_t limit, xj_pool *result);
/* With its text NO (0: the last); a reader gets the last whatever is asked.
 * Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_circular_get(xj_circular **circular, xj_db *db, const xj_scope *scope,
                                      int64_t id, int64_t no, xj_pool *result);
/* Command: a circular of a campaign, its first text drafted from what was found at visits that are
 * done and told.  Errors: NOT_FOUND; FORBIDDEN for who is not inside; CONFLICT while it is a draft.
 */
XJ_MUST_USE xj_error *xj_circular_draft(int64_t *id, xj_tx *tx, const xj_scope *scope,
                                        int64_t inspection, xj_str actor_name);
/* Command: another text.  Errors: NOT_FOUND; FORBIDDEN; STALE; CONFLICT where it is published;
 * BAD_INPUT; TOO_LARGE above XJ_CIRCULAR_VERSIONS_MAX. */
XJ_MUST_USE xj_error *xj_circular_write(int64_t *now, xj_tx *tx, const xj_scope *scope, int64_t id,
                                        int64_t version, xj_str title, xj_str body,
                                        xj_str actor_name);
/* Command: publish it to all units, or to those named.
 * Errors: NOT_FOUND; FORBIDDEN; STALE; CONFLICT where it is published; BAD_INPUT without a reader.
 */
XJ_MUST_USE xj_error *xj_circular_publish(int64_t *now, xj_tx *tx, const xj_scope *scope,
                                          int64_t id, int64_t version, bool to_all,
                                          const int64_t *units, size_t n);
