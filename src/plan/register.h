/*
 * plan/register.h -- the register: what compiling one plan document yields.
 *
 * Plain data.  Text members are views into the register's `text` or live in the pool it was made
 * in; a register lives as long as that pool.  Every range is in bytes of `text`; {0, 0} says that
 * the document does not print it.  docs/plan-register.md says what each field means.
 */
#pragma once

#include "base/cal.h"
#include "base/str.h"

typedef struct xj_range {
    size_t from, to;
} xj_range;

typedef enum xj_unit_role { XJ_ROLE_LEAD, XJ_ROLE_RESPONSIBLE, XJ_ROLE_COOPERATE } xj_unit_role;

typedef enum xj_strength {
    XJ_STRENGTH_MUST,
    XJ_STRENGTH_EXPECTED,
    XJ_STRENGTH_ENCOURAGED
} xj_strength;

typedef enum xj_deadline_kind {
    XJ_DEADLINE_NONE,
    XJ_DEADLINE_COMPLETE_BY,
    XJ_DEADLINE_START_BY,
    XJ_DEADLINE_ONGOING,
    XJ_DEADLINE_FULL_YEAR,
    XJ_DEADLINE_RECURRING
} xj_deadline_kind;

typedef enum xj_target_op {
    XJ_OP_GE,
    XJ_OP_LE,
    XJ_OP_EQ,
    XJ_OP_GT,
    XJ_OP_LT,
    XJ_OP_INCREASE_BY,
    XJ_OP_DECREASE_BY,
    XJ_OP_TREND,
    XJ_OP_DONE
} xj_target_op;

typedef struct xj_month_day {
    int month, day;
} xj_month_day;

typedef struct xj_warning {
    const char *code; /* a stable word: "ocr_suspect", "no_unit", ... (docs/plan-register.md) */
    xj_str message;   /* Chinese, for people */
    xj_range source;
} xj_warning;

typedef struct xj_basis {
    xj_str title, doc_no; /* doc_no.data NULL where none is printed */
    xj_range source;
} xj_basis;

typedef struct xj_document_head {
    xj_str title, doc_no, issuer, jurisdiction; /* data NULL where unknown */
    xj_date issued_on;                          /* year 0 where unknown */
    xj_range title_at, doc_no_at, issuer_at, issued_on_at, jurisdiction_at;
    xj_basis *basis;
    size_t nbasis;
} xj_document_head;

typedef struct xj_action {
    int no;
    xj_str name;
    xj_str *lead_units;
    size_t nlead_units;
    xj_str *implementers;
    size_t nimplementers;
    xj_range source;
} xj_action;

typedef struct xj_task_unit {
    xj_str name; /* canonical full name */
    xj_unit_role role;
    bool inherited;
    xj_range source;
} xj_task_unit;

typedef struct xj_deadline {
    xj_deadline_kind kind;
    xj_date date; /* year 0: none */
    xj_month_day *dates;
    size_t ndates;
    xj_str raw; /* data NULL where not printed */
    bool inferred;
    xj_range source;
} xj_deadline;

typedef struct xj_deliverable {
    const char *kind; /* "document", "body", "count", "event", "survey", "project", "evidence" */
    xj_str name;
    xj_range source;
} xj_deliverable;

typedef struct xj_plan_task {
    int action;
    xj_str no, title, text;
    xj_str specific_task, measure, work_plan; /* table cells; data NULL where the row prints none */
    xj_task_unit *units;
    size_t nunits;
    bool open_ended, lead_explicit;
    xj_str lead_proposed; /* data NULL: none */
    xj_deadline deadline;
    xj_strength strength;
    const char *cadence; /* "monthly", "quarterly", ... or NULL */
    xj_month_day *returns_due;
    size_t nreturns_due;
    xj_deliverable *deliverables;
    size_t ndeliverables;
    xj_range source;
    xj_warning *warnings;
    size_t nwarnings;
} xj_plan_task;

typedef struct xj_target {
    int action;
    xj_str task; /* the task's number; data NULL for an action-level target */
    xj_str indicator;
    xj_target_op op;
    bool has_value, has_max;
    double value, max;
    xj_str unit; /* as printed; data NULL: none */
    int year;    /* 0: none */
    bool year_inferred, advisory;
    xj_strength strength;
    xj_str raw;
    xj_range source;
} xj_target;

typedef struct xj_plan_obligation {
    const char *kind;
    xj_str *who;
    size_t nwho;
    xj_str what;
    const char *frequency;
    xj_month_day *due;
    size_t ndue;
    xj_str report_to; /* data NULL: none */
    xj_str raw;
    xj_range source;
} xj_plan_obligation;

typedef struct xj_register {
    xj_str text;
    xj_document_head document;
    xj_action *actions;
    size_t nactions;
    xj_plan_task *tasks;
    size_t ntasks;
    xj_target *targets;
    size_t ntargets;
    xj_plan_obligation *obligations;
    size_t nobligations;
    xj_warning *warnings;
    size_t nwarnings;
    const struct xj_spot
        *places; /* (doc/doc.h) of the text in its file; none where it is plain paragraphs */
    size_t nplaces;
} xj_register;

/* The wire words ("lead", "complete_by", ">=", ...). */
const char *xj_unit_role_word(xj_unit_role role);
const char *xj_strength_word(xj_strength strength);
const char *xj_deadline_kind_word(xj_deadline_kind kind);
const char *xj_target_op_word(xj_target_op op);
