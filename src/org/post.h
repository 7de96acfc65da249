/*
 * org/post.h -- what people are, and what that lets them do.
 *
 * A person has posts: a role at a unit from a day to a day.  src/org/rights.tsv says which right a
 * role has and how far it reaches; xj_scope_of makes of that the scope of a request.  Beside the
 * posts stand circles, for what no superior's role may enter.  Layer: domain.  Read next:
 * org/rights.tsv, org/org.h (xj_scope).
 */
#pragma once

#include "base/cal.h"
#include "org/unit.h"

/* In the order of the columns of rights.tsv. */
typedef enum xj_role {
    XJ_ROLE_OFFICE,        /* 推进办 */
    XJ_ROLE_LEADER,        /* 领导 */
    XJ_ROLE_LIAISON_A,     /* 联络员 */
    XJ_ROLE_LIAISON_B,     /* the one who stands in */
    XJ_ROLE_OFFICER,       /* 经办人 */
    XJ_ROLE_SECTION_HEAD,  /* 科室负责人 */
    XJ_ROLE_UNIT_HEAD,     /* 单位负责人 */
    XJ_ROLE_COUNTY_OFFICE, /* 县区推进办 */
    XJ_ROLE_EXPERT,
    XJ_ROLE_EVALUATOR, /* of a third party */
    XJ_ROLE_INSPECTOR, /* 督导员 */
    XJ_ROLE_ADMINISTRATOR
} xj_role;
#define XJ_ROLES (XJ_ROLE_ADMINISTRATOR + 1)

const char *xj_role_word(xj_role role);
bool xj_role_parse(xj_role *role, xj_str word);
/* True where a post of ROLE is one at a unit and cannot be without. */
bool xj_role_needs_unit(xj_role role);

/* How far a right reaches; a greater one holds all of a smaller one. */
typedef enum xj_reach {
    XJ_REACH_NONE,
    XJ_REACH_OWN,    /* the units of the posts that have the right, and what belongs to them */
    XJ_REACH_ISSUED, /* every unit, only what was published */
    XJ_REACH_ALL     /* every unit, drafts too */
} xj_reach;

#define XJ_POSTS_HELD_MAX 16 /* posts of one person on one day */
#define XJ_POSTS_MAX 100000  /* posts of one jurisdiction, with those that ended */

/* A post as a session carries it. */
typedef struct xj_held {
    int64_t unit; /* 0: the jurisdiction as a whole */
    xj_role role;
} xj_held;

/* ---- rights ---- */

/* Whether rights.tsv has a row RIGHT. */
bool xj_right_known(const char *right);
/* How far RIGHT reaches for somebody with these posts; a RIGHT that is not known is a bug. */
xj_reach xj_right_reach(const char *right, const xj_held *posts, size_t n);
/* The rights of rights.tsv, in its order. */
size_t xj_right_count(void);
const char *xj_right_at(size_t index);
/* The roles that have RIGHT, as words between ", ", in RESULT. */
xj_str xj_right_roles(const char *right, xj_pool *result);

/* The scope of RIGHT for PERSON of TENANT with these posts; lists of *SCOPE live in RESULT.  Where
 * the right reaches the own units: those, what is under them, the names and predecessors that they
 * stand for, and the groups that they are members of.  Where it does not reach at all the scope
 * sees nothing. */
XJ_MUST_USE xj_error *xj_scope_of(xj_scope *scope, xj_db *db, int64_t tenant, int64_t person,
                                  const xj_held *posts, size_t n, const char *right,
                                  xj_pool *result);

/* ---- posts ---- */

typedef struct xj_post {
    int64_t id, person, unit; /* unit 0: none */
    xj_role role;
    xj_date from, to;  /* first and last day; year 0: no beginning, no end */
    int64_t successor; /* the post that took over, or 0 */
    int64_t version;
    xj_str person_name, unit_name; /* for lists; the unit's may be XJ_STR_NONE */
    xj_str successor_name;         /* of its holder; XJ_STR_NONE where there is none */
} xj_post;

/* The day of instant T where the jurisdiction lies. */
#define XJ_ZONE_MINUTES 480
xj_date xj_org_day(int64_t t);

/* Whether POST is held on DAY. */
bool xj_post_on(const xj_post *post, xj_date day);

/* Inside a command: the person of POST gets it (id, version, names and successor are not read).
 *
 * Errors: NOT_FOUND for a person or a unit that is not there; BAD_INPUT where the role needs a unit
 * and has none, the unit is a group, or the days are in the wrong order; CONFLICT where the person
 * has such a post in that time; TOO_LARGE above XJ_POSTS_HELD_MAX open ones. */
XJ_MUST_USE xj_error *xj_post_add(int64_t *id, xj_tx *tx, const xj_post *post);
/* Command: post ID ends with day LAST.  Where SUCCESSOR (a person) is not 0 it has the same post
 * from the next day on, and takes over what is open (the hook); *NEXT is that post, or 0.
 *
 * Errors: NOT_FOUND; STALE where VERSION is not the post's; CONFLICT where it ended before LAST;
 * BAD_INPUT where LAST is before its first day, or the successor is the holder; those of
 * xj_post_add. */
XJ_MUST_USE xj_error *xj_post_end(int64_t *next, xj_tx *tx, int64_t id, int64_t version,
                                  xj_date last, int64_t successor);

/* Called inside the command that ends post OLD: what is open and was its holder's belongs to NEXT's
 * holder now, or (NULL) to nobody in person.  app/ sets it once at the start; NULL is none. */
typedef xj_error *(*xj_post_changed_fn)(xj_tx *tx, const xj_post *old, const xj_post *next);
void xj_post_on_changed(xj_post_changed_fn fn);

/* What PERSON holds on DAY; POSTS has XJ_POSTS_HELD_MAX places. */
XJ_MUST_USE xj_error *xj_post_held(xj_held *posts, size_t *n, xj_db *db, int64_t tenant,
                                   int64_t person, xj_date day);
/* All posts of one person, those that ended too, newest first. */
XJ_MUST_USE xj_error *xj_post_of_person(xj_post **items, size_t *n, xj_db *db, int64_t tenant,
                                        int64_t person, xj_pool *result);
/* The posts at one unit on DAY, by role. */
XJ_MUST_USE xj_error *xj_post_of_unit(xj_post **items, size_t *n, xj_db *db, int64_t tenant,
                                      int64_t unit, xj_date day, xj_pool *result);
XJ_MUST_USE xj_error *xj_post_get(xj_post *post, xj_db *db, int64_t tenant, int64_t id,
                                  xj_pool *result);

/* ---- circles ---- */

#define XJ_CIRCLE_MAX 200 /* people in one circle */

/* Inside a command: the circle of SUBJECT (a row of KIND: "review", "helper", "case") has these
 * PEOPLE and nobody else.  Errors: NOT_FOUND for a person that is not there; TOO_LARGE. */
XJ_MUST_USE xj_error *xj_circle_set(xj_tx *tx, const char *kind, int64_t subject,
                                    const int64_t *people, size_t n);
/* The ids of its people, ascending. */
XJ_MUST_USE xj_error *xj_circle_people(int64_t **people, size_t *n, xj_db *db, int64_t tenant,
                                       const char *kind, int64_t subject, xj_pool *result);
/* *IS whether PERSON belongs to it. */
XJ_MUST_USE xj_error *xj_circle_has(bool *is, xj_db *db, int64_t tenant, const char *kind,
                                    int64_t subject, int64_t person);
