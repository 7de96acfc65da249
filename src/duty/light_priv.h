/* duty/light_priv.h -- what lights are made of: read for one duty task (light.c), or for all of a
 * jurisdiction (light_try.c). */
#pragma once

#include "duty/duty_priv.h"

typedef struct xj_light__owed {
    int64_t unit;
    xj_owed owed;
} xj_light__owed;

typedef struct xj_light__turn {
    xj_date day;
    xj_life life;
} xj_light__turn;

typedef struct xj_light__part {
    int64_t unit;
    bool leads, coordinated;
    xj_date from, to; /* to: year 0: no end */
} xj_light__part;

/* From DAY on unit UNIT is only coordinated with, or is supervised. */
typedef struct xj_light__stood {
    int64_t unit;
    xj_date day;
    bool coordinated;
} xj_light__stood;

typedef struct xj_light__shape {
    bool complete_by, encouraged;
    xj_date due, starts;
    int64_t owner, programme, action_no;
    int progress;
    xj_str kind;
} xj_light__shape;

typedef struct xj_light__facts {
    int64_t duty;
    xj_light__shape shape;
    XJ_VEC(xj_light__owed) owed;
    XJ_VEC(xj_light__turn) turns;
    XJ_VEC(xj_light__part) parts;
    XJ_VEC(xj_light__stood) stood; /* by unit and day; none of a unit: as it stands now */
} xj_light__facts;

/* What rules say of lights. */
typedef struct xj_light__rules {
    int ahead, behind;
    xj_date begun; /* year 0: nobody said */
} xj_light__rules;
xj_light__rules xj_light__rules_of(const xj_rules *rules);

/* One row each: of DUTY_SHAPE; LIGHT_ROWS or LIGHT_ENDS; LIGHT_STATES; DUTY_PARTS; LIGHT_STANDINGS.
 * The shape comes first. */
void xj_light__read_shape(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
void xj_light__add_owed(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
void xj_light__add_turn(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
void xj_light__add_part(xj_light__facts *f, const xj_rows *row, xj_pool *pool);
void xj_light__add_stood(xj_light__facts *f, const xj_rows *row, xj_pool *pool);

/* Whether PART holds on DAY. */
bool xj_light__holds(const xj_light__part *part, xj_date day);
/* What unit UNIT owes of F, in POOL. */
xj_owed *xj_light__owed_of(size_t *n, const xj_light__facts *f, int64_t unit, xj_pool *pool);
/* The light of PART on DAY by RULES, and why. */
xj_light xj_light__of_part(const char **reason, const xj_light__facts *f,
                           const xj_light__part *part, const xj_owed *owed, size_t nowed,
                           const xj_light__rules *rules, xj_date day);
