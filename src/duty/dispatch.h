/*
 * duty/dispatch.h -- 分办 by rule: which section and officer of a unit gets its tasks.
 *
 * A unit has an ordered list of rules; the first that fits a task says who handles it.  They are
 * made by hand, or proposed from what was dispatched before; they are applied to new tasks when a
 * plan is published, and to what waits when somebody of the unit asks for it.  Layer: domain.
 */
#pragma once

#include "duty/duty.h"

#define XJ_DISPATCH_RULES_MAX 200 /* of one unit */
#define XJ_DISPATCH_WORD_MAX 100  /* characters */
#define XJ_DISPATCH_ONCE_MAX 1000 /* tasks looked at and dispatched at once */

typedef struct xj_dispatch_rule {
    xj_str action, word;              /* the action's name; in the title or a tag.  Empty: any */
    int64_t section, person;          /* 0: none, but not both */
    xj_str section_name, person_name; /* XJ_STR_NONE: none */
} xj_dispatch_rule;

typedef struct xj_dispatch_rules {
    xj_dispatch_rule *items;
    size_t n;
    int64_t version; /* 0: never set */
} xj_dispatch_rules;

XJ_MUST_USE xj_error *xj_dispatch_rules_get(xj_dispatch_rules *rules, xj_db *db, int64_t tenant,
                                            int64_t unit, xj_pool *result);
/* What the unit's past dispatches come to: for each action who had most of it.  A person without a
 * post in the unit or one of its sections on DAY is left out. */
XJ_MUST_USE xj_error *xj_dispatch_rules_before(xj_dispatch_rules *rules, xj_db *db, int64_t tenant,
                                               int64_t unit, xj_date day, xj_pool *result);
/* Command: the unit's rules are these from now on; *NOW is their version.
 * Errors: STALE where RULES->version is not theirs; NOT_FOUND for a section or a person; BAD_INPUT
 * for a rule that fits everything, gives to nobody or to a section that is not the unit's;
 * TOO_LARGE. */
XJ_MUST_USE xj_error *xj_dispatch_rules_set(int64_t *now, xj_tx *tx, int64_t unit,
                                            const xj_dispatch_rules *rules);

/* A task that nobody inside the unit handles, and the rule that fits it. */
typedef struct xj_dispatch_hit {
    int64_t duty;
    xj_str action, no, title;
    int rule; /* index; -1: none fits */
} xj_dispatch_hit;

/* At most XJ_DISPATCH_ONCE_MAX. */
XJ_MUST_USE xj_error *xj_dispatch_preview(xj_dispatch_hit **hits, size_t *n, xj_db *db,
                                          int64_t tenant, int64_t unit,
                                          const xj_dispatch_rules *rules, xj_pool *result);
/* Command: dispatch what waits and a rule fits, as it is now; *DONE tasks.  Errors: STALE where the
 * rules are not those of VERSION any more. */
XJ_MUST_USE xj_error *xj_dispatch_apply(int64_t *done, xj_tx *tx, int64_t unit, int64_t version,
                                        xj_str actor_name);
