/*
 * duty/duty_priv.h -- what the files of duty/ share.
 */
#pragma once

#include "blob/blob.h"
#include "duty/calendar.h"
#include "duty/duty.h"
#include "duty/light.h"
#include "duty/obligation.h"
#include "duty/states.h"

#include "base/vec.h"
#include "json/json.h"

/* ---- generated tables (tables of src/duty) ---- */

typedef struct xj__holiday {
    const char *first, *last;
    bool works;
    const char *name;
} xj__holiday;

extern const xj_state xj__states[];
extern const xj_move xj__moves[];
extern const xj_state_kind xj__state_kinds[];
extern const size_t xj__state_kind_count;
extern const xj_rule_def xj__rules[];
extern const xj__holiday xj__holidays[];
extern const size_t xj__holiday_count;

/* ---- small things (schedule.c) ---- */

/* The day of TX's command. */
xj_date xj_duty__today(const xj_tx *tx);
/* Check DAY (data NULL: today) of a move: *OUT is its text in TX's pool.
 * Errors: BAD_INPUT for what is no day or lies behind today. */
XJ_MUST_USE xj_error *xj_duty__happened(xj_str *out, xj_tx *tx, xj_str day);

/* The clock's row of TX's jurisdiction, made where there is none. */
typedef struct xj_duty__clock {
    int64_t office;
    xj_date raised_to, ran_on;
} xj_duty__clock;
XJ_MUST_USE xj_error *xj_duty__clock_of(xj_duty__clock *clock, xj_tx *tx);
/* The row as it stands; *FOUND is false where there is none. */
XJ_MUST_USE xj_error *xj_duty__clock_find(xj_duty__clock *clock, bool *found, xj_db *db,
                                          int64_t tenant, xj_pool *scratch);

/* The table of states of obligations of KIND (obligation.c). */
const xj_state_kind *xj_obligation__machine(xj_str kind);

/* Note a move of ABOUT ("duty", "obligation", "order", "signing", "request"). */
XJ_MUST_USE xj_error *xj_duty__note(xj_tx *tx, const char *about, int64_t id, xj_str move,
                                    xj_str from, xj_str to, xj_str happened_on, xj_str actor,
                                    xj_str why, xj_str before);

/* The dates of DUTY's returns are those of CADENCE by RULES, or PRINTED (JSON, ["06-15"]) where
 * the document prints some; counties return some days earlier. */
XJ_MUST_USE xj_error *xj_duty__set_dates(xj_tx *tx, int64_t duty, const xj_rules *rules,
                                         xj_str cadence, xj_str printed);
/* What is open of DUTY follows its row: rows of returns, start, finish and decision obligations are
 * raised, moved or withdrawn with WHY, as of day ON. */
XJ_MUST_USE xj_error *xj_duty__follow(xj_tx *tx, int64_t duty, xj_date on, xj_str why);
/* The same for what ends or begins, without raising anything. */
XJ_MUST_USE xj_error *xj_duty__follow_end(xj_tx *tx, int64_t duty, xj_date on, xj_str why);

/* ---- checks that moves share (moves.c) ---- */

/* Who made the last move of it; 0: the clock, or nobody. */
XJ_MUST_USE xj_error *xj_duty__last_mover(int64_t *person, xj_tx *tx, const char *about,
                                          int64_t id);
/* What a change of a duty task begins from. */
typedef struct xj_duty__held {
    xj_str kind, state, deliverable, doc_no, doc_on, deadline_kind, due;
    bool live, restricted;
    int64_t version, owner;
    int64_t line; /* 0: no plan ordered it */
} xj_duty__held;
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_duty__load(xj_duty__held *held, xj_tx *tx, int64_t id);
/* Whether what ended in STATE was done: all of it, whatever was last said of it. */
bool xj_duty__is_fulfilled(const char *state);
/* Whether DUE, of a duty task, is a day. */
bool xj_duty__is_dated(xj_str due);
/* Whether somebody inside UNIT handles DUTY. */
XJ_MUST_USE xj_error *xj_duty__is_handled(bool *handled, xj_tx *tx, int64_t duty, int64_t unit);
/* Errors: STALE. */
XJ_MUST_USE xj_error *xj_duty__check_version(int64_t now, int64_t seen, const char *what);
/* Errors: BAD_INPUT at /MEMBER for a text that is too long, or empty where ASKED. */
XJ_MUST_USE xj_error *xj_duty__check_text(xj_str text, size_t max, bool asked, const char *member);
/* Whether WORD is one by which returns are asked for; empty: none are. */
bool xj_duty__is_cadence(xj_str word);
/* Data NULL is good.  Errors: BAD_INPUT. */
XJ_MUST_USE xj_error *xj_duty__check_cadence(xj_str word);
XJ_MUST_USE xj_error *xj_duty__check_strength(xj_str word);

/* ---- raising (raise.c) ---- */

/* A window of at most a year, as statements want it. */
typedef struct xj_duty__window {
    xj_str first, last; /* its days */
    xj_str first_md, year,
        next_year; /* month-days from FIRST_MD on are in YEAR, the others in the next */
} xj_duty__window;

/* What UNIT owes by DUE: DUTY or DOCUMENT is 0 where it is not of one; ABOUT makes it one of a
 * kind. */
typedef struct xj_duty__owed {
    int64_t programme, unit, about, duty, document;
    xj_str kind, due, title, state;
    xj_str cadence; /* of what it covers; data NULL: annual */
} xj_duty__owed;

/* A new obligation; *ID is 0 where it is there already. */
XJ_MUST_USE xj_error *xj_duty__owe(int64_t *id, xj_tx *tx, const xj_duty__owed *owed);
/* The returns, with their rows, of duty tasks FIRST to LAST (returns.c). */
XJ_MUST_USE xj_error *xj_duty__raise_returns(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last,
                                             const xj_duty__window *w);
/* Raise for duty tasks with ids FIRST to LAST from FROM to TO (at most a year apart); add to *SUM.
 */
XJ_MUST_USE xj_error *xj_duty__raise(xj_raised *sum, xj_tx *tx, int64_t first, int64_t last,
                                     xj_date from, xj_date to);
/* The same for the documents' own obligations. */
XJ_MUST_USE xj_error *xj_duty__raise_documents(xj_raised *sum, xj_tx *tx, int64_t document,
                                               xj_date from, xj_date to);
/* Returns without a row that counts are withdrawn, those with one again are due: of DUTY's. */
XJ_MUST_USE xj_error *xj_duty__empty_returns(xj_tx *tx, int64_t duty);

/* ---- adding (add.c) ---- */

/* A notice of what no plan ordered, for units to acknowledge. */
XJ_MUST_USE xj_error *xj_duty__notice(int64_t *id, xj_tx *tx, xj_str origin, xj_str title);
/* xj_duty_add under NOTICE (0: one of its own), with the days of its returns as PRINTED (JSON; data
 * NULL: by its cadence). */
XJ_MUST_USE xj_error *xj_duty__add(int64_t *id, xj_tx *tx, const xj_duty_new *duty, int64_t notice,
                                   xj_str printed);

/* ---- what came from above (above_guard.c) ---- */

/* Errors: CONFLICT where DUTY came from above and is given still: its words and days are changed by
 * saying how it is taken. */
XJ_MUST_USE xj_error *xj_duty__check_own(xj_tx *tx, int64_t duty);
/* Errors: CONFLICT where DUTY came from above and DUE lies behind the day there. */
XJ_MUST_USE xj_error *xj_duty__check_above(xj_tx *tx, int64_t duty, xj_str due);
/* Errors: CONFLICT where return OBLIGATION has a row (DUTY 0: any) that came from above, whose
 * giver judges it and sets its day. */
XJ_MUST_USE xj_error *xj_duty__check_judge(xj_tx *tx, int64_t obligation, int64_t duty);
/* Tell who asked for it (xj_above_on_sent) that return ID was sent. */
XJ_MUST_USE xj_error *xj_duty__sent(xj_tx *tx, int64_t id, xj_str on, xj_str actor_name);
/* Read D->above, and take the moves that its giver alone makes out of D->moves. */
XJ_MUST_USE xj_error *xj_duty__above_read(xj_duty *d, xj_db *db, int64_t tenant, xj_pool *result);
/* Take the moves of O that somebody above judges it by out of O->moves. */
XJ_MUST_USE xj_error *xj_duty__leave_to_judge(xj_obligation_whole *o, xj_db *db, int64_t tenant,
                                              xj_pool *scratch);
/* Errors: CONFLICT where DUTY, which is HELD, came from above and MOVE is for who gave it
 * to make. */
XJ_MUST_USE xj_error *xj_duty__check_giver(xj_tx *tx, int64_t duty, const xj_duty__held *held,
                                           xj_str move);
/* Tell who gave DUTY, which was HELD (xj_above_on_moved), that STEP was made. */
XJ_MUST_USE xj_error *xj_duty__moved(xj_tx *tx, int64_t duty, const xj_duty__held *held,
                                     const xj_step *step);
/* xj_duty_correct, whoever gave the task (moves.c). */
XJ_MUST_USE xj_error *xj_duty__correct(int64_t *now, xj_tx *tx, int64_t id, int64_t version,
                                       const xj_correction *correction);

/* ---- lights (light.c) ---- */

/* What nobody handles of DOCUMENT's new tasks is dispatched by the rules of their units. */
XJ_MUST_USE xj_error *xj_duty__dispatch_new(xj_tx *tx, int64_t document);

/* Make the lights of DUTY's parts from day FROM up to and with TO anew from what is known now. */
XJ_MUST_USE xj_error *xj_duty__relight(xj_tx *tx, int64_t duty, xj_date from, xj_date to,
                                       const xj_rules *rules);
/* Of all duty tasks that a change of day ON touches: from ON to the clock's day. */
XJ_MUST_USE xj_error *xj_duty__relight_since(xj_tx *tx, int64_t duty, xj_date on);
/* The lights of all duty tasks from day FROM on are to be made anew, for another rule holds now:
 * what can be done of it at once is done, the rest is xj_duty_relight's (relight.c). */
XJ_MUST_USE xj_error *xj_duty__relight_all(xj_tx *tx, xj_date from);
/* N more of LIGHT (its word) in COUNT. */
void xj_duty__count_light(xj_light_count *count, xj_str light, int64_t n);

/* ---- lists (duty.c) ---- */

/* Only what SCOPE sees, by the filter "scope". */
void xj_duty__scope(xj_list *list, const xj_scope *scope, xj_pool *scratch);
/* The moves of ABOUT, in the order they were recorded. */
XJ_MUST_USE xj_error *xj_duty__history(xj_duty_move **items, size_t *n, xj_db *db, int64_t tenant,
                                       const char *about, int64_t id, xj_pool *result);

/* ---- what few may see (sight.c, instruction.c) ---- */

/* Only what is not restricted, or what PERSON sees of it, by the filter "sight"; all where SCOPE
 * is the office's. */
XJ_MUST_USE xj_error *xj_duty__sight(xj_list *list, xj_db *db, const xj_scope *scope,
                                     int64_t person, xj_pool *scratch);
/* Errors: NOT_FOUND for a person or a unit; TOO_LARGE. */
XJ_MUST_USE xj_error *xj_duty__viewers_add(xj_tx *tx, int64_t duty, const int64_t *people,
                                           size_t npeople, const int64_t *units, size_t nunits);
/* The instruction's part of D, where it is one. */
XJ_MUST_USE xj_error *xj_duty__instruction_read(xj_duty *d, xj_db *db, int64_t tenant,
                                                xj_pool *result);
/* DUTY is an instruction that person LEADER (0: without an account) gave.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_duty__instruction_add(xj_tx *tx, int64_t duty, int64_t leader);
/* What STEP, made on day ON, says of the result of DUTY, where it is an instruction.
 * Errors: BAD_INPUT where a result is reported or laid before the leader, and there is none. */
XJ_MUST_USE xj_error *xj_duty__instruction_moved(xj_tx *tx, int64_t duty, const xj_step *step,
                                                 xj_str on);

/* ---- plans (publish.c) ---- */

/* Nanoseconds at which a piece of work that begins now ends, and whether that has come. */
int64_t xj_duty__piece_end(void);
bool xj_duty__piece_over(int64_t end);
