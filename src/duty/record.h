/*
 * duty/record.h -- what happened before the programme was begun here, recorded with its own days.
 *
 * An office that begins in September has kept a ledger since January.  What it holds becomes
 * returns that were sent, and duty tasks that were begun or done, on the days on which that was so;
 * only what is recorded is raised, and nothing is asked for or chased of that time.  All is called
 * inside one command: rows first, then xj_record_end for each return, moves, and last the lights.
 * Layer: domain.  Read next: duty/report.h, backfill/README.md.
 */
#pragma once

#include "duty/report.h"

/* The programme was begun here on DAY: the rule begun_on. */
XJ_MUST_USE xj_error *xj_record_begun(xj_tx *tx, xj_date day);

/* Duty task ID, and the part of each of its units, has been somebody's from day SINCE on. */
XJ_MUST_USE xj_error *xj_record_since(xj_tx *tx, int64_t id, xj_str since);

typedef struct xj_record_row {
    int64_t obligation, duty, unit;
    xj_str due, sent_on;        /* sent_on data NULL: a draft of a return that is owed still */
    const xj_report_text *text; /* figures are of the task's targets, in their measures */
    xj_str actor_name;
} xj_record_row;

/* The return that UNIT owed PROGRAMME on DAY and that is not there yet, of rows with CADENCE; *ID
 * is its key. */
XJ_MUST_USE xj_error *xj_record_return(int64_t *id, xj_tx *tx, int64_t programme, int64_t unit,
                                       xj_str day, xj_str cadence);
/* What ROW says, entered for the unit; with a day, it was sent and accepted on that. */
XJ_MUST_USE xj_error *xj_record_row_set(xj_tx *tx, const xj_record_row *row);
/* Return ID was sent and accepted, where all its rows are; its moves say WHY. */
XJ_MUST_USE xj_error *xj_record_end(xj_tx *tx, int64_t id, xj_str why, xj_str actor_name);

typedef struct xj_record_move {
    int64_t duty;
    xj_str from, to;       /* states: in_hand or done */
    xj_str on;             /* the day it happened */
    xj_str doc_no, doc_on; /* of done: data NULL: none */
    xj_str why, actor_name;
} xj_record_move;

/* A duty task came to a state; what is due of its end follows. */
XJ_MUST_USE xj_error *xj_record_move_do(xj_tx *tx, const xj_record_move *move);
/* What a ledger says of duty task ID for a time that no return of it answers: a dated note in its
 * history. */
XJ_MUST_USE xj_error *xj_record_note(xj_tx *tx, int64_t id, xj_str on, xj_str note,
                                     xj_str actor_name);
/* PERCENT of duty task ID is done. */
XJ_MUST_USE xj_error *xj_record_progress(xj_tx *tx, int64_t id, int64_t percent);
/* The lights of duty task ID from day SINCE on. */
XJ_MUST_USE xj_error *xj_record_lights(xj_tx *tx, int64_t id, xj_date since, const xj_rules *rules);
