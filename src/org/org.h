/*
 * org/org.h -- who: jurisdictions, programmes, people, and the scope that a list is seen through.
 *
 * A tenant is a jurisdiction; programmes, people and units live inside one.  Functions with an
 * xj_tx run in a lane and may be run again.  Layer: domain (may use store/, text/, base/; must not
 * know HTTP or JSON).  Read next: org/unit.h (the directory), org/session.h (sign-in),
 * org/README.md.
 */
#pragma once

#include "base/str.h"
#include "store/store.h"

/* What a person may see: an argument of every list function of every domain.  Rows outside it are
 * not there: a list leaves them out, a get says NOT_FOUND. */
typedef struct xj_scope {
    int64_t tenant;       /* 0 sees nothing */
    int64_t person;       /* who looks, for circles; 0: nobody in person */
    bool all_units;       /* every unit of the tenant; else only the closure below */
    bool drafts;          /* what was not published, too */
    bool restricted;      /* duty tasks that few may see, too, without being named */
    const int64_t *units; /* the units whose rows are seen, ascending */
    size_t nunits;
} xj_scope;

/* All of one jurisdiction. */
static inline xj_scope
xj_scope_all(int64_t tenant)
{
    return (xj_scope){.tenant = tenant, .all_units = true, .drafts = true, .restricted = true};
}

/* True where a row of unit UNIT in TENANT lies in SCOPE. */
bool xj_scope_has(const xj_scope *scope, int64_t tenant, int64_t unit);

/* The closure's units as a JSON array in RESULT, for filters that take a list. */
xj_str xj_scope_json(const xj_scope *scope, xj_pool *result);

#define XJ_TENANT_NAME_MAX 50    /* characters */
#define XJ_PROGRAMME_NAME_MAX 50 /* characters */
#define XJ_PERSON_NAME_MAX 64    /* characters */
#define XJ_DISPLAY_NAME_MAX 64   /* characters */
#define XJ_TENANTS_MAX 5000      /* jurisdictions of one server */
#define XJ_PROGRAMMES_MAX 200    /* programmes of one jurisdiction */

typedef struct xj_tenant {
    int64_t id;
    xj_str name; /* 驻马店市 */
    xj_str code; /* GB/T 2260 (6 to 9 digits), or one's own */
} xj_tenant;

typedef struct xj_programme {
    int64_t id, tenant;
    xj_str name; /* 健康行动 2020 */
} xj_programme;

typedef struct xj_person {
    int64_t id, tenant;
    xj_str name; /* what is typed at sign-in; unique in the server, any case */
    xj_str display_name;
    bool disabled; /* may not sign in */
} xj_person;

/* ---- jurisdictions ---- */

/* Command of the server (tenant 0): a new jurisdiction; *ID is its key.
 *
 * Errors: BAD_INPUT for an empty or too long NAME, a control character, a CODE that is neither 6 to
 * 9 digits nor 1 to 16 of A-Z a-z 0-9 - (its own code begins with a letter); CONFLICT where the
 * name or the code is taken; TOO_LARGE above XJ_TENANTS_MAX. */
XJ_MUST_USE xj_error *xj_tenant_add(int64_t *id, xj_tx *tx, xj_str name, xj_str code);

/* The jurisdiction that WORD means: its code, else its name; *TENANT lives in RESULT.
 * Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_tenant_find(xj_tenant *tenant, xj_db *db, xj_str word, xj_pool *result);
XJ_MUST_USE xj_error *xj_tenant_get(xj_tenant *tenant, xj_db *db, int64_t id, xj_pool *result);
/* All of them, by code. */
XJ_MUST_USE xj_error *xj_tenant_list(xj_tenant **items, size_t *n, xj_db *db, xj_pool *result);

/* ---- programmes ---- */

/* Command: a new programme of TX's jurisdiction.
 * Errors: BAD_INPUT for the name, CONFLICT where it exists, TOO_LARGE above XJ_PROGRAMMES_MAX. */
XJ_MUST_USE xj_error *xj_programme_add(int64_t *id, xj_tx *tx, xj_str name);
/* By id or by name, as SCOPE may see it.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_programme_get(xj_programme *programme, xj_db *db, const xj_scope *scope,
                                       int64_t id, xj_pool *result);
XJ_MUST_USE xj_error *xj_programme_find(xj_programme *programme, xj_db *db, const xj_scope *scope,
                                        xj_str name, xj_pool *result);
/* All that SCOPE sees, oldest first. */
XJ_MUST_USE xj_error *xj_programme_list(xj_programme **items, size_t *n, xj_db *db,
                                        const xj_scope *scope, xj_pool *result);

/* ---- people ---- */

/* Command: a new account of TX's jurisdiction.  HASH is what xj_password_hash made; DISPLAY may be
 * empty, then NAME is shown.
 *
 * Errors: BAD_INPUT for a name that is empty, too long or holds spaces or control characters;
 * CONFLICT where the name is taken (in any jurisdiction). */
XJ_MUST_USE xj_error *xj_person_add(int64_t *id, xj_tx *tx, xj_str name, xj_str display,
                                    xj_str hash);
/* Command: another password; every session of the person ends but KEPT (0: none is kept).
 * Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_person_set_password(xj_tx *tx, int64_t id, xj_str hash, int64_t kept);
/* Command: close an account, which ends its sessions, or open it again.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_person_set_disabled(xj_tx *tx, int64_t id, bool disabled);
/* By the name at sign-in, which yields the jurisdiction; *HASH is the password's.
 * Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_person_find(xj_person *person, xj_str *hash, xj_db *db, xj_str name,
                                     xj_pool *result);
XJ_MUST_USE xj_error *xj_person_get(xj_person *person, xj_db *db, int64_t tenant, int64_t id,
                                    xj_pool *result);
/* ---- people with what is known of them (people.c) ---- */

typedef struct xj_person_card {
    xj_person person;
    xj_str phone, mobile; /* XJ_STR_NONE: not known */
    int64_t version;
    xj_str job; /* what the own unit calls the person (副局长); XJ_STR_NONE: not known */
} xj_person_card;

typedef struct xj_person_query {
    xj_str text;  /* part of a name; data NULL: any */
    int64_t unit; /* who has a post there now; 0: any */
    xj_str after; /* behind this name; data NULL: from the start */
    int64_t after_id;
    int64_t limit;
} xj_person_query;

/* People by their names at sign-in.  A scope of some units sees who has a post in one of them on
 * DAY ("2026-06-30"). */
XJ_MUST_USE xj_error *xj_person_page(xj_person_card **items, size_t *n, xj_db *db,
                                     const xj_scope *scope, xj_str day,
                                     const xj_person_query *query, xj_pool *result);
/* The name in the form that xj_person_query.after takes, in RESULT. */
xj_str xj_person_key(const xj_person *person, xj_pool *result);
/* Errors: NOT_FOUND, also where the person is outside SCOPE. */
XJ_MUST_USE xj_error *xj_person_card_get(xj_person_card *card, xj_db *db, const xj_scope *scope,
                                         xj_str day, int64_t id, xj_pool *result);

/* What a change sets; data NULL leaves it, an empty text of a number or a job takes it away. */
typedef struct xj_person_change {
    xj_str display_name, phone, mobile, job;
    const bool *disabled; /* NULL leaves it; closing ends the sessions */
} xj_person_change;
#define XJ_PHONE_MAX 32 /* characters */
#define XJ_JOB_MAX 100  /* characters */

/* Command.  Errors: NOT_FOUND; STALE where VERSION is not the person's; BAD_INPUT for a text. */
XJ_MUST_USE xj_error *xj_person_change_do(xj_tx *tx, int64_t id, int64_t version,
                                          const xj_person_change *change);

/* *ANY is false where TENANT has no account yet. */
XJ_MUST_USE xj_error *xj_person_any(bool *any, xj_db *db, int64_t tenant);
XJ_MUST_USE xj_error *xj_person_list(xj_person **items, size_t *n, xj_db *db, const xj_scope *scope,
                                     xj_pool *result);
