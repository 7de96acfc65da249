/*
 * duty/intake.h -- what came by OA, mail, chat or on paper, and which rows of a return it answers.
 *
 * A file is read into pieces: paragraphs, and cells of table rows.  Each is laid to the row whose
 * words it is most like, or follows the piece before; what kind of words it is, headings say.  A
 * person corrects this before anything is kept.  The figures of the rows' targets that stand in the
 * pieces are proposed beside them.  Layer: domain; the proposals are pure.  Read next:
 * duty/figure.h, duty/report.h.
 */
#pragma once

#include "doc/doc.h"
#include "duty/figure.h"

#define XJ_INTAKE_PIECES_MAX 2000
#define XJ_INTAKE_CHOICES_MAX 24   /* returns of a unit to choose from */
#define XJ_INTAKE_FIGURES_MAX 4000 /* that are proposed: more is left to a person */

typedef enum xj_intake_part {
    XJ_PART_NONE, /* a title, a salutation, a heading: not to be kept */
    XJ_PART_TEXT,
    XJ_PART_DIFFICULTIES,
    XJ_PART_NEXT,
    XJ_PART_PERCENT
} xj_intake_part;

const char *xj_intake_part_word(xj_intake_part part); /* "difficulties" */

typedef struct xj_intake_piece {
    xj_str text;
    int group;    /* pieces of one table row have one; a paragraph is alone */
    int64_t duty; /* the row it answers; 0: none is like it */
    int score;    /* how alike, 0 to 1000; 0: it only follows the piece before */
    xj_intake_part part;
    int percent; /* that the text says and nothing else: 60%, 百分之六十, 六成; -1: none */
    xj_place place;
} xj_intake_piece;

/* Lay the pieces of DOC to the rows of REPORT; allocated in RESULT.
 *
 * Errors: TOO_LARGE above XJ_INTAKE_PIECES_MAX pieces. */
XJ_MUST_USE xj_error *xj_intake_propose(xj_intake_piece **pieces, size_t *n, const xj_doc *doc,
                                        const xj_report *report, xj_pool *result);

typedef struct xj_intake_figure {
    size_t piece; /* index */
    int64_t duty; /* whose target it is */
    xj_figure found;
} xj_intake_figure;

/* The figures that the N PIECES state for targets of the rows of REPORT, by piece: of the row that
 * a piece is laid to, and of those that it would be laid to by hand, where it names their targets.
 * Views of PIECES and REPORT, in RESULT. */
void xj_intake_figures(xj_intake_figure **items, size_t *nitems, const xj_intake_piece *pieces,
                       size_t n, const xj_report *report, xj_pool *result);

/* The returns of UNIT that something which came on day ON may answer, by due day: those owed, and
 * those sent within the last year; *BEST is the likeliest of them (0: none is owed). */
XJ_MUST_USE xj_error *xj_intake_choices(xj_obligation **items, size_t *n, int64_t *best, xj_db *db,
                                        const xj_scope *scope, int64_t unit, xj_str on,
                                        xj_pool *result);
