/*
 * duty/signing.h -- a unit's own signatures (签发) under its returns, before they leave it.
 *
 * A unit may keep a chain of posts (section head, unit head).  Then a return that its people send
 * is not sent: it waits (待签) inside the unit until each has signed; an edit takes it back; the
 * last signature sends it, on that day.  Whoever holds the post signs; the unit's head may in the
 * place of a section's.  Nothing of it is told outside the unit but the names, once it is sent.
 * What the office enters for a unit (代录) has the unit's seal and asks for no signature.  Layer:
 * domain. Read next: duty/report.h.
 */
#pragma once

#include "duty/obligation.h"

#define XJ_SIGN_STEPS_MAX 5   /* of a chain */
#define XJ_SIGN_ROUNDS_MAX 20 /* of a return that are shown */

typedef struct xj_sign_step {
    xj_str role;         /* section_head, unit_head */
    int64_t section;     /* 0: of any section */
    xj_str section_name; /* data NULL: none */
} xj_sign_step;

typedef struct xj_sign_chain {
    xj_sign_step *steps;
    size_t n;        /* 0: no signature is asked for */
    int64_t version; /* 0: never set */
} xj_sign_chain;

XJ_MUST_USE xj_error *xj_sign_chain_get(xj_sign_chain *chain, xj_db *db, int64_t tenant,
                                        int64_t unit, xj_pool *result);
/* Command: the unit's chain is this from now on (what waits already keeps the old one); *NOW is its
 * version.
 * Errors: NOT_FOUND for a section; STALE; BAD_INPUT for a role that does not sign, a section that
 * is not the unit's, one of a unit's head; TOO_LARGE above XJ_SIGN_STEPS_MAX. */
XJ_MUST_USE xj_error *xj_sign_chain_set(int64_t *now, xj_tx *tx, int64_t unit,
                                        const xj_sign_chain *chain);

/* Who may sign for a unit on a day. */
typedef struct xj_signer {
    int64_t person, unit; /* unit: where the post is: the unit, or a section of it */
    xj_str name, role;
} xj_signer;
XJ_MUST_USE xj_error *xj_signer_list(xj_signer **items, size_t *n, xj_db *db, int64_t tenant,
                                     int64_t unit, xj_date day, xj_pool *result);

/* Whether SIGNER's post is that of STEP. */
bool xj_signer_asked(const xj_signer *signer, const xj_sign_step *step);

typedef struct xj_signature {
    xj_sign_step step;
    int64_t person; /* 0: not signed yet */
    xj_str name, on;
    bool in_place; /* the unit's head signed for the post */
} xj_signature;

typedef enum xj_may_sign {
    XJ_MAY_NOT,
    XJ_MAY_IN_PLACE, /* as the unit's head, for a post that others hold */
    XJ_MAY_SIGN      /* it is asked of the person */
} xj_may_sign;

typedef struct xj_signing {
    int64_t id, obligation, unit;
    xj_str state; /* of kind signing in states.tsv */
    int64_t started_by;
    xj_str started_name, started_on, ended_on; /* ended_on: data NULL: not yet */
    int64_t version;
    xj_signature *steps;
    size_t nsteps;
    size_t at;       /* the first that is not signed */
    xj_str *asked;   /* while it waits: the names of who is asked to sign now */
    size_t nasked;   /* 0: nobody holds the post, nor is there a head */
    xj_may_sign may; /* whether who looks may sign now */
} xj_signing;

/* The ways of return OBLIGATION through its unit's signatures, the last first, as PERSON sees them;
 * SCOPE (of right signing.read) must see the unit.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_signing_list(xj_signing **items, size_t *n, xj_db *db,
                                      const xj_scope *scope, int64_t person, int64_t obligation,
                                      xj_pool *result);
/* What was noted of one of them. */
XJ_MUST_USE xj_error *xj_signing_history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant,
                                         int64_t id, xj_pool *result);

typedef struct xj_signing_row {
    xj_signing signing;
    xj_str unit_name, due, period;
    int64_t rows;
} xj_signing_row;
/* What waits for a signature in the units of SCOPE, behind AFTER. */
XJ_MUST_USE xj_error *xj_signing_waiting(xj_signing_row **items, size_t *n, xj_db *db,
                                         const xj_scope *scope, int64_t person, int64_t after,
                                         int64_t limit, xj_pool *result);

/* The signatures with which return OBLIGATION left its unit; none where it had none, or is back in
 * it. */
XJ_MUST_USE xj_error *xj_signing_signed(xj_signature **items, size_t *n, xj_db *db, int64_t tenant,
                                        int64_t obligation, xj_pool *result);

typedef struct xj_signing_act {
    const xj_scope *scope; /* of signing.sign, or of signing.read to take it back */
    int64_t obligation, version;
    xj_str move; /* sign, send_back, withdraw */
    xj_str why;
    xj_str actor_name;
} xj_signing_act;
/* Command: sign what waits, send it back to who wrote it, or take it back.  The last signature
 * sends the return.  *NOW is the version of its way.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where nothing waits; FORBIDDEN where the signature is
 * another's to give, or the person has signed; BAD_INPUT without a reason where it goes back, or at
 * /rows/DUTY where a task came in meanwhile that nothing is said of. */
XJ_MUST_USE xj_error *xj_signing_do(int64_t *now, xj_tx *tx, const xj_signing_act *act);
