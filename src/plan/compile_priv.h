/*
 * plan/compile_priv.h -- what the parts of the compiler share.  This folder only.
 *
 * The way of a document: lex (compile.c) → outline.c (what is an action, a task, a goal) → item.c
 * (an item's clauses and text) and table.c (rows) → clause.c, unit.c, due.c, target.c → infer.c.
 */
#pragma once

#include "base/vec.h"
#include "plan/compile.h"
#include "plan/gram.h"
#include "text/date.h"
#include "text/label.h"
#include "text/number.h"

#include "plan/grammar_tables.h"

/* What the heading of a part says of what stands below it (grammar/section.tsv), and more. */
typedef enum node_role {
    NODE_PLAIN,
    NODE_GENERAL,
    NODE_GOALS,
    NODE_TASKS,
    NODE_REQUIREMENTS,
    NODE_ANNEX,
    NODE_ACTION,
    NODE_TASK
} node_role;

/* A block in the outline; nodes stand in the order of the text, so that the descendants of node I
 * are I + 1 up to its END. */
typedef struct node {
    size_t block, end;
    int parent;     /* -1: none */
    xj_span span;   /* the whole block */
    size_t body;    /* where the text begins, behind the number */
    xj_span title;  /* first sentence, without its full stop */
    xj_label label; /* kind NONE for a plain paragraph */
    uint8_t rank;   /* depth that the label gives; 255 for text */
    uint8_t role;   /* node_role */
    bool bare;      /* nothing behind the title (brackets aside) */
    bool letter;    /* stands before the plan's own title */
    bool table;
    bool task; /* its words belong to a task */
    bool key;  /* a section word opens it, without a number */
    bool led;  /* units or a time and nothing else, above numbered lines */
} node;

typedef XJ_VEC(xj_span) span_vec;

/* A reference to a unit while a clause is read. */
typedef struct clause_unit {
    xj_span at;
    xj_str name;
    uint8_t role; /* xj_unit_role, or CLAUSE_OPEN_ROLE */
    bool doer;
} clause_unit;

#define CLAUSE_OPEN_ROLE 200
#define CLAUSE_GUIDE_ROLE 201 /* looks on: cooperates where others act */

typedef struct clause {
    XJ_VEC(clause_unit) units;
    bool open_ended;
    bool lead;            /* 牵头 is printed */
    bool labelled;        /* 责任单位： or the like is printed */
    bool role_words;      /* 负责, 牵头, 配合 ... */
    size_t odd;           /* words that are neither units nor anything known */
    xj_span odd_at;       /* the first of them */
    xj_deadline deadline; /* kind NONE where none is printed */
    bool has_deadline;
    const char *cadence;
} clause;

typedef struct comp {
    const xj_doc *doc;
    xj_chars t;
    xj_pool *result, *scratch;
    xj_register *reg;
    node *nodes;
    size_t nnodes;
    XJ_VEC(xj_action) actions;
    XJ_VEC(xj_plan_task) tasks;
    XJ_VEC(xj_target) targets;
    XJ_VEC(xj_plan_obligation) obligations;
    XJ_VEC(xj_warning) warnings;
    xj_error *err;             /* the first that ends the compilation */
    int year_first, year_last; /* the plan's period */
    int year_issued;
    bool titled_years;          /* the title says the period */
    bool school_year;           /* the period is one: autumn is of its first year */
    size_t title_node;          /* the node of the plan's title, or 0 */
    xj_str place;               /* the place's name without its level: 驻马店 */
    xj_str office;              /* the issuer's office */
    xj_deadline rule;           /* what the document says for tasks without a time of their own */
    bool circles;               /* ① are the items */
    bool indicator_tasks;       /* an indicator whose row names a unit is its task */
    bool first_leads;           /* the document says that the unit named first leads */
    size_t clause_deadlines;    /* tasks whose clause prints a deadline */
    size_t run;                 /* tasks so far that stand together in one action */
    struct table_head *head;    /* of the last table that had one */
    int row_action, row_count;  /* the action of the last table's end, and its rows so far */
    XJ_VEC(uint8_t) table_task; /* of each task: 0 text, 1 a row, 2 a row of a table with leads */
} comp;

/* compile.c */
xj_range comp_range(const comp *c, xj_span span);
/* The characters of the bytes RANGE. */
xj_span comp_span(const comp *c, xj_range range);
void comp_warn(comp *c, const char *code, xj_span at, const char *fmt, ...) XJ_PRINTF(4, 5);
/* SPAN's sentence from I: up to 。!?; or a line break. */
xj_span comp_sentence(const comp *c, size_t i, size_t end);
/* Behind the bracket that opens at I: END where it stays open, I + 1 where that is far away. */
size_t comp_close(const comp *c, size_t i, size_t end);
xj_str comp_text(const comp *c, xj_span span);
/* The day of WHEN in the plan's period: of a school year, from autumn to summer. */
xj_date comp_date(const comp *c, const xj_when *when);
xj_action *comp_action(comp *c, int no, xj_str name, xj_span at);
xj_plan_task *comp_task(comp *c, int action);

/* head.c */
void head_read(comp *c);

/* numbering.c */
/* What the numbers so far say of the next one. */
typedef struct counting {
    int num;          /* of the last 1. */
    int major, minor; /* of the last 1.1 */
} counting;
/* The label that a file gives a paragraph by itself. */
xj_label numbering_automatic(const char *text);
/* The label that opens S.  1.2.1 8月 ends at the blank, and 2.70岁以上 behind 1. is the number 2.
 */
xj_label numbering_read(const comp *c, xj_span s, counting *seen);

/* Say of the letters (A. B.) among the numbers of what level they are. */
void numbering_letters(comp *c);

/* outline.c */
void outline_build(comp *c);
void outline_classify(comp *c);
/* Whether node I has a numbered item below it. */
bool outline_has_items(const comp *c, size_t i);
/* Whether a node above I has ROLE. */
bool outline_under(const comp *c, size_t i, uint8_t role);

/* emit.c */
void outline_emit(comp *c);
/* The name of an action: its TITLE without the verb in front. */
xj_span outline_name(const comp *c, xj_span title);
/* The action 0 of work that stands outside the numbered ones, begun where there is none. */
void outline_zero(comp *c, size_t i);
/* Whether S, an item, tells all units when to report, and is no work of anybody:
 * 各责任单位…前将…报…. */
bool outline_asks_reports(comp *c, xj_span s);
/* Give the units of CL to the action that NAME (or a list of names) calls; false where one calls
 * none.  On a second turn (AGAIN) a name that the first has found counts as found. */
bool outline_lead(comp *c, xj_span name, const clause *cl, double floor, bool again);

/* item.c */
void item_read(comp *c, int action, size_t first, size_t last);
/* Give task number TASK, where it has no units, what the clause S says of all. */
void item_add_clause(comp *c, size_t task, xj_span s);
/* Whether the paragraph S says in a clause of its own who does it. */
bool item_has_clause(comp *c, xj_span s);
/* Read the units of an action from its head, or, where BELOW, from the lines below it. */
void item_action_units(comp *c, xj_action *action, size_t node, bool below);

/* The units that a bracket behind the title of heading NODE says. */
void item_head_units(comp *c, clause *out, size_t node);
/* Give task number TASK, where it has none, the units of the heading above it. */
void item_inherit_units(comp *c, size_t task, const clause *cl);

/* The words S of node AT become a task, as those of an item do. */
void item_read_span(comp *c, int action, size_t at, xj_span s);
/* The words of S without the clauses of responsibility, which go to TASK. */
xj_str item_cut(comp *c, xj_plan_task *task, xj_span s);
/* Give task number TASK, where it has none, the units of CL. */
void item_add_units(comp *c, size_t task, const clause *cl);
/* Give task number TASK, where it has no time of its own, DUE. */
void item_add_due(comp *c, size_t task, const xj_deadline *due);

/* lead.c */
/* The units that open S up to a colon, as a clause: behind the colon, or S.from where none do. */
size_t lead_read(comp *c, clause *out, xj_span s);
/* Whether S is nothing but units, with their parts or alone. */
bool lead_names(comp *c, clause *out, xj_span s);
/* Whether S is nothing but a time and words of work (3月底前完成的重点任务). */
bool lead_due(comp *c, xj_deadline *out, xj_span s);
/* The units that act in the sentences of S, each at its beginning (市教育局组织…); false where none
 * does. */
bool lead_actors(comp *c, clause *out, xj_span s);
/* The time that opens S up to a colon: behind the colon, or S.from where none does. */
size_t lead_time(comp *c, xj_deadline *out, xj_span s);
/* The time that the headings above node AT, or its own, say of all below them. */
bool lead_due_above(comp *c, xj_deadline *out, size_t at);
/* The items that S counts from 1 on (1.…；2.…), without their numbers; none where it counts none.
 */
void lead_counted(comp *c, span_vec *out, xj_span s);

/* lines.c: tasks in paragraphs without a number. */
/* Whether node I opens with the key of a task's name (任务名称：). */
bool lines_open_with_name(const comp *c, size_t i);
/* The tasks below action I, each from its name's line (任务名称：…) up to the next. */
void lines_named(comp *c, int action, size_t i);
/* Whether the plain paragraphs below node I are opened by units or a time. */
bool lines_opened(comp *c, size_t i);
/* Whether the plain paragraphs below node I are tasks; then they are read. */
bool lines_below(comp *c, int action, size_t i);
/* Item I, where units open it and it counts what they have to do (市教育局：1.…；2.…): then its
 * tasks are read. */
bool lines_split(comp *c, int action, size_t i);
/* Read the plain paragraphs of a paper without any other task, where they are tasks. */
void lines_flat(comp *c);

/* clause.c: read the units, roles and time of SPAN; a unit without a word of its role gets ROLE. */
void clause_read(comp *c, clause *out, xj_span span, int role);
/* Whether CL, read from a bracket or a sentence, is a clause of responsibility. */
bool clause_is(const clause *cl);
/* Whether a name of CL is a thing that is made and only ends like a unit (负责改造场馆). */
bool clause_makes(const comp *c, const clause *cl);
/* Add the units of CL to TASK, each once; a lead stays a lead. */
void clause_units(comp *c, xj_plan_task *task, const clause *cl);
/* The role label at I: its value (XJ_LABEL_...), and *BODY behind its colon; 0 where none stands.
 */
int clause_label(const comp *c, size_t i, size_t end, size_t *body);

/* unit.c */
typedef struct unit_state {
    xj_str prefix; /* 市, 省, 云沂市: that of the last name which had one */
} unit_state;
/* The canonical full names in SPAN (one, or two joined by 及 and 和) go to CL with ROLE.  False
 * where SPAN is no name of a unit. */
bool unit_read(comp *c, clause *cl, unit_state *state, xj_span span, int role);
/* Whether SPAN looks like the name of a unit. */
bool unit_like(const comp *c, xj_span span);
/* Whether CH is a level of government: 市, 县, 镇. */
bool unit_level(xj_char ch);
/* Whether the name SPAN shows its level in front (市, 云沂市). */
bool unit_has_level(const comp *c, xj_span span);

/* due.c */
bool due_read(comp *c, xj_deadline *out, const char **cadence, xj_span span);
/* The latest 到…年底 in SPAN, as an item's own deadline. */
bool due_in_text(comp *c, xj_deadline *out, xj_span span);
/* 每年6月15日、12月15日前: month-days to *DATES. */
size_t due_month_days(comp *c, xj_month_day **dates, xj_span span);
/* 每月5日前: twelve days of which each is the printed one, or the last of a month without it. */
size_t due_each_month(comp *c, xj_month_day **dates, xj_span span);
/* 每季度最后一个月25日前, 每季度末: four days. */
size_t due_each_quarter(comp *c, xj_month_day **dates, xj_span span);
const char *due_cadence(const comp *c, xj_span span);

/* target.c */
void target_read(comp *c, int action, xj_str task, xj_span span);
xj_strength target_strength(const comp *c, xj_span span);

/* A target from cells of a table: the indicator's NAME, its VALUE (≥90%), its UNIT (may be empty)
 * and YEAR (0: the plan's). */
void target_cell(comp *c, int action, xj_str task, xj_span name, xj_span value, xj_span unit,
                 int year);

/* The same of a column of quotas: alike heads with alike figures are two targets. */
void target_quota(comp *c, int action, xj_str task, xj_span name, xj_span value, xj_span unit);

/* table.c */
void table_read(comp *c, size_t node, int action);

/* duty.c */
void duty_read(comp *c);

/* infer.c */
void infer_all(comp *c);
void infer_deliverables(comp *c, xj_plan_task *task, xj_span span);
