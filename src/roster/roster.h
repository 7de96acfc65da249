/*
 * roster/roster.h -- units, people and seats in bodies from a spreadsheet, and back into one.
 *
 * A file (XLSX and what becomes one, CSV) has tables of units, of people, of seats; columns
 * are known by what their heads mean, in any order.  What it would change is worked out row by row
 * before anything is changed; what was looked at is then done in one command.  Nothing is ever
 * taken away: an empty cell leaves what is there.  Layer: domain, above org/, notice/ and paper/.
 * Read next: roster/README.md.
 */
#pragma once

#include "doc/doc.h"
#include "org/post.h"
#include "paper/book.h"

#define XJ_ROSTER_ROWS_MAX 5000 /* of one file */
#define XJ_ROSTER_CELL_MAX 500  /* characters that are looked at */
#define XJ_ROSTER_CELLS 8       /* fields of a unit, and of a person; a seat has fewer */

/* What a column says. */
typedef enum xj_unit_field {
    XJ_UNIT_FIELD_NAME,
    XJ_UNIT_FIELD_ALIASES,
    XJ_UNIT_FIELD_KIND,
    XJ_UNIT_FIELD_LEVEL,
    XJ_UNIT_FIELD_PARENT,
    XJ_UNIT_FIELD_AREA,
    XJ_UNIT_FIELD_CREDIT_CODE,
    XJ_UNIT_FIELD_STANDING
} xj_unit_field;
typedef enum xj_person_field {
    XJ_PERSON_FIELD_NAME,
    XJ_PERSON_FIELD_UNIT,
    XJ_PERSON_FIELD_JOB,
    XJ_PERSON_FIELD_ROLE,
    XJ_PERSON_FIELD_PHONE,
    XJ_PERSON_FIELD_MOBILE,
    XJ_PERSON_FIELD_MAIL,
    XJ_PERSON_FIELD_ACCOUNT
} xj_person_field;
typedef enum xj_seat_field {
    XJ_SEAT_FIELD_BODY,
    XJ_SEAT_FIELD_ROLE,
    XJ_SEAT_FIELD_UNIT,
    XJ_SEAT_FIELD_PERSON,
    XJ_SEAT_FIELD_JOB,
    XJ_SEAT_FIELD_FROM,
    XJ_SEAT_FIELD_TO
} xj_seat_field;

/* ---- the file ---- */

typedef enum xj_roster_what { XJ_ROSTER_UNIT, XJ_ROSTER_PERSON, XJ_ROSTER_SEAT } xj_roster_what;
#define XJ_ROSTER_WHATS 3
const char *xj_roster_what_word(xj_roster_what what);

typedef struct xj_roster_table {
    int sheet; /* from 1 */
    xj_str sheet_name;
    xj_roster_what what;
    int col[XJ_ROSTER_CELLS]; /* from 1, by field; 0: the table has no such column */
    xj_str *ignored;          /* heads that mean nothing here */
    size_t nignored;
} xj_roster_table;

typedef struct xj_roster_row {
    const xj_roster_table *table;
    int row;                      /* of the sheet, from 1 */
    xj_str cell[XJ_ROSTER_CELLS]; /* by field; empty: nothing is said */
} xj_roster_row;

typedef struct xj_roster {
    xj_roster_table *tables;
    size_t ntables;
    xj_roster_row *rows; /* those of units, of people, of seats */
    size_t nrows;
    unsigned char hash[32]; /* SHA-256 of the file */
} xj_roster;

/* Read BYTES, all in RESULT; LIMITS may be NULL.
 *
 * Errors: those of xj_doc_read_apart; BAD_INPUT where no table has the heads of a kind, or two
 * columns of one mean the same; TOO_LARGE above XJ_ROSTER_ROWS_MAX rows. */
XJ_MUST_USE xj_error *xj_roster_read(xj_roster **roster, xj_str bytes, const xj_doc_limits *limits,
                                     xj_pool *result, xj_pool *scratch);

/* ---- what it would change ---- */

typedef enum xj_roster_act {
    XJ_ROSTER_ADD,
    XJ_ROSTER_CHANGE,
    XJ_ROSTER_SAME,
    XJ_ROSTER_WRONG
} xj_roster_act;
const char *xj_roster_act_word(xj_roster_act act);

typedef struct xj_roster_diff {
    const char *field; /* "kind", "mobile", "post", ... */
    xj_str old, now;   /* as a sheet has them; OLD empty: nothing; a mobile number's in part */
} xj_roster_diff;

typedef struct xj_roster_line {
    const xj_roster_row *row;
    xj_roster_act act;
    xj_str name;    /* of the unit or the person; of a seat who has it */
    xj_str account; /* of a person */
    xj_str unit;    /* of a person's post; of a seat the body */
    bool opens;     /* an account is made: it gets a password */
    xj_roster_diff *diffs;
    size_t ndiffs;
    const char *problem; /* what is wrong, a word of docs ("unit_unknown"); NULL: nothing */
    int col;             /* of the cell that is wrong; 0: the row */
    xj_str about;        /* what stands there */
} xj_roster_line;

typedef struct xj_roster_plan {
    xj_roster_line *lines; /* one a row, in their order */
    size_t nlines;
    size_t count[4];  /* by act */
    size_t naccounts; /* to be made */
    char token[65];   /* of the file and of all that would change */
    struct xj_roster__work *work;
} xj_roster_plan;

/* What ROSTER would change on DAY in TENANT's directory, in POOL; ADMINISTER where who asks may
 * touch administrators.  Nothing is changed. */
XJ_MUST_USE xj_error *xj_roster_compare(xj_roster_plan **plan, xj_db *db, int64_t tenant,
                                        xj_date day, const xj_roster *roster, bool administer,
                                        xj_pool *pool);

/* Command: do it, rows that are wrong left out; what was looked at is TOKEN's, and HASHES (of
 * passwords) are those of the accounts that are made, in the order of the lines.  *PLAN is what was
 * done.
 *
 * Errors: STALE where it would no more change what TOKEN says; those of what it changes. */
XJ_MUST_USE xj_error *xj_roster_apply(xj_roster_plan **plan, xj_tx *tx, const xj_roster *roster,
                                      bool administer, xj_str token, const xj_str *hashes,
                                      size_t nhashes);

/* ---- the other way ---- */

/* A workbook with the tables and a sheet that says how they are filled in: empty, or (DB not NULL)
 * with what SCOPE sees on DAY; mobile numbers only where MOBILES.  Errors: those of a book. */
XJ_MUST_USE xj_error *xj_roster_write(xj_str *bytes, xj_db *db, const xj_scope *scope, xj_date day,
                                      bool mobiles, bool chinese, xj_pool *result,
                                      xj_pool *scratch);
/* A workbook with the seats of BODY (0: of all bodies) in the same form.  Errors: NOT_FOUND where
 * BODY is none; those of a book. */
XJ_MUST_USE xj_error *xj_roster_write_seats(xj_str *bytes, xj_db *db, int64_t tenant, xj_date day,
                                            int64_t body, bool chinese, xj_pool *result,
                                            xj_pool *scratch);
