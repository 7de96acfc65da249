/*
 * paper/return_sheet.h -- a return as a workbook: handed out, filled in offline, dropped back.
 *
 * Writing makes one table of all rows due; a hidden mark (duty/mark.h) in each tells them apart.
 * Reading finds the rows again by their marks and the columns by their headings, in whatever order
 * they come back, and lays what they say beside what the return says now.  Pure: knows no database.
 * Layer: above duty/, beside the other files that leave the house.  Read next: duty/report.h.
 */
#pragma once

#include "doc/doc.h"
#include "duty/mark.h"
#include "duty/report.h"
#include "paper/book.h"

/* ---- out ---- */

typedef struct xj_return_sheet {
    const xj_report *report; /* as the unit AS reads it */
    int64_t as;
    xj_str as_name;
    bool chinese;
} xj_return_sheet;

/* The workbook of SHEET, allocated in RESULT.  Errors: those of the book. */
XJ_MUST_USE xj_error *xj_return_sheet_write(xj_str *bytes, const xj_return_sheet *sheet,
                                            xj_pool *result);

/* ---- back ---- */

/* What is wrong with a cell; the words are the reader's. */
typedef struct xj_sheet_fault {
    /* percent, number, measure, span, too_long, no_mark, damaged_mark, twice, no_row, no_target,
     * accepted, first_time */
    const char *code;
    xj_str found;        /* the cell's words, cut short */
    xj_str asked;        /* what stands to reason there; may be empty */
    int sheet, row, col; /* from 1 */
} xj_sheet_fault;

#define XJ_SHEET_FAULTS_MAX 200 /* more are counted, not told */

typedef enum xj_filled_verdict {
    XJ_FILLED_SAME,   /* the return says this already */
    XJ_FILLED_CHANGE, /* to be kept */
    XJ_FILLED_STALE,  /* somebody changed the row since the workbook was made */
    XJ_FILLED_WRONG   /* has faults */
} xj_filled_verdict;

const char *xj_filled_word(xj_filled_verdict verdict); /* "same" */

typedef struct xj_filled_row {
    const xj_report_row *row; /* of the return, as it is now */
    int64_t seen;             /* its version when the workbook was made */
    xj_filled_verdict verdict;
    xj_report_text text; /* what the workbook says */
    int sheet, at;       /* sheet and row of its words, from 1; 0: only figures came back */
} xj_filled_row;

typedef struct xj_filled {
    xj_filled_row *rows; /* in the return's order: those that came back */
    size_t nrows;
    xj_sheet_fault *faults; /* in the order of the sheet */
    size_t nfaults, faults_found;
} xj_filled;

/* Whose workbook DOC is: the first good mark in it; MARK->obligation is 0 where it has none. */
void xj_return_sheet_whose(xj_mark *mark, const xj_doc *doc);

/* Read DOC, a filled workbook of REPORT, which AS reads; allocated in RESULT and the two.
 *
 * Errors: NOT_OUR_SHEET for a file without marks or headings of ours; OTHER_RETURN for one of
 * another return or another unit. */
XJ_MUST_USE xj_error *xj_return_sheet_read(xj_filled *filled, const xj_doc *doc,
                                           const xj_report *report, int64_t as, xj_pool *result);
