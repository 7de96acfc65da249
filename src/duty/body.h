/*
 * duty/body.h -- the programme's own bodies (committee, office, action groups, a 指挥部 for a time)
 * with what they have open: what an ended one leaves must find another unit.
 */
#pragma once

#include "duty/duty.h"

typedef struct xj_body {
    int64_t id;
    xj_str name;
    xj_str starts_on, ends_on; /* data NULL: none */
    int64_t people;            /* with a post there on the day */
    int64_t duties, owed;      /* open ones: tasks that few may see are not counted */
} xj_body;

/* Units of kind committee behind id AFTER, as of DAY. */
XJ_MUST_USE xj_error *xj_body_list(xj_body **items, size_t *n, xj_db *db, int64_t tenant,
                                   xj_date day, int64_t after, int64_t limit, xj_pool *result);
