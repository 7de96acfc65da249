/*
 * duty/light.h -- lights: green on time, yellow near or behind, red overdue; as of any day.
 *
 * A light is that of a unit's part in a duty task, from one day until another.  What is made of
 * many follows one rule: red where at least roll_red percent of the parts are red, yellow where any
 * is red or yellow, else green; grey where all are suspended or there is none.  Layer: domain.
 */
#pragma once

#include "duty/calendar.h"
#include "duty/duty.h"

typedef enum xj_light { XJ_LIGHT_GREY, XJ_LIGHT_GREEN, XJ_LIGHT_YELLOW, XJ_LIGHT_RED } xj_light;

/* "grey", "green", "yellow", "red". */
const char *xj_light_word(xj_light light);

/* What is known of one part for the light of a day. */
typedef struct xj_owed {
    xj_date due;
    xj_date sent; /* year 0: not sent */
} xj_owed;

typedef struct xj_part_facts {
    const xj_owed *owed;
    size_t nowed;
    bool encouraged, coordinated; /* never red: by the task's strength, by the unit's standing */
    bool done, suspended;
    bool before; /* the day lies before the programme was begun here: never red */
    /* of the lead of a task to be completed by a day: the time passed and the progress, percent;
     * -1: not measured */
    int passed, progress;
} xj_part_facts;

/* The light of DAY, and why: on_time, near, behind, overdue, soft, coordinated, before, suspended,
 * done.
 * Pure. */
xj_light xj_light_of(const char **reason, const xj_part_facts *facts, xj_date day, int days_ahead,
                     int behind);

typedef struct xj_light_count {
    int64_t green, yellow, red, grey;
} xj_light_count;
/* The light of many parts by the rule above. */
xj_light xj_light_roll(const xj_light_count *count, int roll_red);

typedef struct xj_heat_cell {
    int64_t action_no, unit;
    xj_light_count count;
} xj_heat_cell;

typedef struct xj_heat_name {
    int64_t id;
    xj_str name;
} xj_heat_name;

typedef struct xj_heat {
    xj_heat_cell *cells; /* by action, then unit */
    size_t ncells;
    xj_heat_name *actions, *units;
    size_t nactions, nunits;
    int roll_red;
} xj_heat;

/* Action × unit of PROGRAMME as of DAY, as SCOPE sees it. */
XJ_MUST_USE xj_error *xj_heat_map(xj_heat *heat, xj_db *db, const xj_scope *scope,
                                  int64_t programme, xj_date day, xj_pool *result);

typedef struct xj_light_row {
    int64_t duty, unit;
    xj_str unit_name, light, reason, from_on, until_on;
} xj_light_row;
/* The lights that DUTY's parts had from FROM to DAY, by unit and time; of one day where both are.
 */
XJ_MUST_USE xj_error *xj_light_list(xj_light_row **items, size_t *n, xj_db *db,
                                    const xj_scope *scope, int64_t duty, xj_date from, xj_date day,
                                    xj_pool *result);
