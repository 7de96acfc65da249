/*
 * duty/settle_priv.h -- who has part in a line of a plan, and what of that is settled.
 */
#pragma once

#include "duty/duty_priv.h"

typedef struct xj__line_unit {
    int64_t id;
    xj_str role;
} xj__line_unit;

/* A line of a published plan. */
typedef struct xj__line {
    int64_t plan_task, line, programme, action_no;
    xj_str action, no, title, text, deadline_kind, due, strength;
    xj_str cadence;       /* data NULL: not printed */
    xj_str printed;       /* JSON: the days of its returns; data NULL: none are printed */
    xj_str lead_proposed; /* data NULL: none */
    bool document;
    xj__line_unit *units;
    size_t nunits;
} xj__line;

typedef struct xj__settled {
    int64_t owner;
    xj_str cadence, way;
    xj_str unsettled; /* words with blanks between */
} xj__settled;

typedef struct xj__part {
    int64_t unit;
    const char *role, *side;
} xj__part;

typedef struct xj__parts {
    xj__settled settled;
    xj__part *items;
    size_t n;
} xj__parts;

/* Whether WORD stands in UNSETTLED; UNSETTLED without it. */
bool xj_duty__is_open(xj_str unsettled, const char *word);
xj_str xj_duty__without(xj_str unsettled, const char *word, xj_pool *result);

/* Who has part in LINE: groups resolved, with what BEFORE (may be NULL) settled and LINE leaves
 * open still, else the defaults of RULES and OFFICE. */
XJ_MUST_USE xj_error *xj_duty__parts_of(xj__parts *parts, xj_tx *tx, const xj__line *line,
                                        const xj__settled *before, const xj_rules *rules,
                                        int64_t office);
/* PARTS are those of DUTY from day ON, and no others; each gets a receipt of NOTICE. */
XJ_MUST_USE xj_error *xj_duty__set_parts(xj_tx *tx, int64_t duty, int64_t notice, xj_date on,
                                         const xj__parts *parts);
/* The last day on which returns are asked of a task with this deadline. */
xj_str xj_duty__ends_on(xj_str deadline_kind, xj_str due);
