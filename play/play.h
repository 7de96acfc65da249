/*
 * play/play.h -- a year of an invented city, played on the engine with its clock set by hand.
 *
 * What people of a city do in a year is done here through the functions that the server's handlers
 * call, on days that a seed gives: every row, move, notice and light carries its own day.  Texts
 * come from words.tsv, figures from plan.tsv.  No part of the program.  Read next: play/README.md.
 */
#pragma once

#include "base/cal.h"
#include "base/vec.h"
#include "blob/blob.h"
#include "duty/calendar.h"
#include "duty/evidence.h"
#include "duty/report.h"
#include "notice/notice.h"
#include "org/org.h"
#include "store/store.h"

typedef enum play_habit { EARLY, ON_TIME, LATE, SILENT, PAPER } play_habit;

typedef struct play_person {
    int64_t id;
    xj_str login, name, role, unit, section; /* unit, section: data NULL: none */
    bool shown; /* the demo prints the account: its day must begin with something */
} play_person;

typedef struct play_unit {
    xj_str name, login, area;
    play_habit habit;
    xj_date linked; /* since then its own jurisdiction returns what it owes; year 0: it has none */
    int64_t id;
    play_person *liaison;
    xj_scope scope; /* of its own people */
    double share;   /* of a county in what the city counts; 0: none */
} play_unit;

typedef struct play_task {
    int64_t action_no;
    xj_str title, kind, thing;
    xj_str lead;
    xj_str indicator, op, measure; /* indicator: data NULL: no figure */
    double from, goal;
    int digits;  /* behind the point */
    double pace; /* 1: reaches its goal on its last day */
} play_task;

typedef struct play_word {
    xj_str kind, slot, stage, text;
} play_word;

/* A county that runs a jurisdiction of its own, from a day within the year. */
typedef struct play_county_of {
    xj_scope all;    /* tenant 0: not yet */
    play_unit *unit; /* in the city */
    int64_t programme, helper;
    XJ_VEC(play_person) people; /* the first is its office */
    struct xj_county_worker *worker;
} play_county_of;

typedef struct play {
    xj_store *store;
    xj_blobs *blobs;
    xj_notice_sender *sender;
    xj_pool *pool; /* of the whole play */
    xj_pool *turn; /* of one act */
    xj_calendar calendar;
    const char *folder, *plan;
    xj_str adjusted; /* the plan as a notice changes it within the year; {day} is the notice's */
    xj_str password;
    xj_date today, first, day;
    int64_t tenant, programme, document;
    xj_scope all;
    XJ_VEC(play_unit) units;
    XJ_VEC(play_person) people;
    XJ_VEC(play_task) tasks;
    XJ_VEC(play_word) words;
    play_person *office, *second; /* 推进办's two */
    int64_t campaigns[2];
    play_county_of county;
} play;

/* ---- main.c ---- */

/* A number below BELOW that A, B and C give, the same in every run. */
unsigned play_roll(uint64_t a, uint64_t b, uint64_t c, unsigned below);
/* WHO (NULL: nobody in person) does command NAME some minutes behind the last one. */
XJ_MUST_USE xj_error *play_do(play *p, const play_person *who, const char *name, xj_command_fn run,
                              void *args);
/* The same in jurisdiction TENANT (0: of none). */
XJ_MUST_USE xj_error *play_do_in(play *p, int64_t tenant, const play_person *who, const char *name,
                                 xj_command_fn run, void *args);
/* A snapshot that ends with the act. */
XJ_MUST_USE xj_error *play_read(xj_db **db, play *p);
/* What was read or made for an act is over. */
void play_turn(play *p);
xj_date play_after(const play *p, int64_t days); /* the play's day and so many */
int64_t play_since(const play *p, xj_str day);   /* days since DAY */
xj_str play_day(const play *p, xj_date day);     /* in the act's pool */
bool play_works(const play *p);                  /* people work today */
play_unit *play_unit_of(const play *p, int64_t id);
play_person *play_person_of(const play *p, const char *login);
play_unit *play_unit_named(const play *p, xj_str name);

/* ---- tables.c ---- */

/* Read the tables of the play's folder, and the plan with its years moved: *PLAN. */
XJ_MUST_USE xj_error *play_tables(xj_str *plan, play *p);
/* The bytes of the file PATH. */
XJ_MUST_USE xj_error *play_file(xj_str *bytes, const char *path, xj_pool *pool);

/* ---- city.c ---- */

/* The jurisdiction with its areas, units and people; the plan, published and settled. */
XJ_MUST_USE xj_error *play_city(play *p, xj_str plan);
/* Some days before returns are due, a notice adds tasks to the plan, takes one out, rewords one. */
XJ_MUST_USE xj_error *play_adjust(play *p);

/* ---- text.c ---- */

/* What UNIT (a county: of its part; feeding: only what it adds) writes of TASK on the play's day,
 * in the act's pool.  DUE is the day on which the task ends; year 0: none. */
void play_write(xj_report_text *text, const play *p, const play_task *task, const play_unit *unit,
                bool feeding, xj_date due);
/* How far TASK is, 0 to 1. */
double play_progress(const play *p, const play_task *task, const play_unit *unit, xj_date due);
/* Words of KIND and SLOT, as NO chooses, filled for TASK (may be NULL). */
xj_str play_words(const play *p, const char *kind, const char *slot, unsigned no);
play_task *play_task_of(const play *p, xj_str title);

/* ---- paper.c ---- */

/* A Word file with a heading and paragraphs, in the act's pool. */
XJ_MUST_USE xj_error *play_docx(xj_str *bytes, const play *p, xj_str heading,
                                const xj_str *paragraphs, size_t n);
/* The bytes of drawing NAME of samples/pictures, in the act's pool. */
XJ_MUST_USE xj_error *play_picture(xj_str *bytes, const play *p, const char *name);

/* ---- intake.c ---- */

/* The office takes in the Word file in which UNIT answers return O: what it says is laid to the
 * rows, put right where that went wrong, and kept for the unit with the file as the original. */
XJ_MUST_USE xj_error *play_take_in(play *p, const play_unit *unit, const xj_obligation *o);
/* WHO gives BYTES, a file called NAME, to the return that ADD names. */
XJ_MUST_USE xj_error *play_add_file(play *p, const play_person *who, xj_evidence_add *add,
                                    xj_str name, xj_str bytes);

/* ---- returns.c ---- */

/* The figure of TASK is called as ROW, the plan's register, calls it. */
void play_name_figure(play_task *task, const xj_report_row *row, xj_pool *pool);
/* WHO keeps DRAFT of a row. */
XJ_MUST_USE xj_error *play_keep(play *p, const play_person *who, const xj_report_draft *draft);

/* ---- the days ---- */

XJ_MUST_USE xj_error *play_receipts(play *p); /* duties.c: acknowledging, dispatch */
XJ_MUST_USE xj_error *play_duties(play *p);   /* duties.c: beginning, ending, suspending */
XJ_MUST_USE xj_error *play_orders(play *p);   /* duties.c: what leaders order, what is signed */
XJ_MUST_USE xj_error *play_returns(play *p);  /* returns.c */
XJ_MUST_USE xj_error *play_reviews(play *p);  /* returns.c */
XJ_MUST_USE xj_error *play_reports(play *p);  /* returns.c: what documents ask besides */
XJ_MUST_USE xj_error *play_county(play *p); /* county.c: a county with a jurisdiction of its own */
XJ_MUST_USE xj_error *play_county_morning(play *p);
XJ_MUST_USE xj_error *play_inspect(play *p);  /* inspect.c */
XJ_MUST_USE xj_error *play_signings(play *p); /* signing.c: a unit's own signatures */
XJ_MUST_USE xj_error *play_requests(play *p); /* signing.c: a unit asks for more time */

/* One unit asks for signatures before its returns go; whether UNIT is that one. */
XJ_MUST_USE xj_error *play_chain(play *p);
bool play_signs(const play_unit *unit);
