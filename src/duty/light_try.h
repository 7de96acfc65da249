/*
 * duty/light_try.h -- what other rules would do to today's lights, without changing anything.
 *
 * By the code that makes lights (light.c), from the same facts.  Layer: domain.  Read next:
 * duty/light.h.
 */
#pragma once

#include "duty/light.h"

typedef struct xj_light_try_row {
    int64_t duty, owner;
    xj_str no, action, title, owner_name;
    const char *was,
        *now;           /* its owner's light (xj_light_word); NULL: the owner has none that day */
    const char *reason; /* of NOW; NULL with it */
    int64_t others;     /* other units whose light of it would be another */
} xj_light_try_row;

/* How many had which light, and would have. */
typedef struct xj_light_tried {
    xj_light_count was, now;
} xj_light_tried;

typedef struct xj_light_try {
    int64_t changed;                      /* duty tasks of which a light would be another */
    xj_light_tried tasks, actions, units; /* by their owners' lights; as the heat map rolls up */
    xj_light_try_row *items;              /* of those changed, by id */
    size_t n;
} xj_light_try;

/* DAY's lights by NOW beside those by THEN; items are LIMIT duty tasks behind id AFTER, those that
 * PERSON sees.  Texts live in RESULT.  Errors: the database's. */
XJ_MUST_USE xj_error *xj_light_try_rules(xj_light_try *tried, xj_db *db, const xj_scope *scope,
                                         int64_t person, const xj_rules *now, const xj_rules *then,
                                         xj_date day, int64_t after, size_t limit, xj_pool *result);
