/*
 * plan/plan_priv.h -- what the storage files of plan/ share.
 */
#pragma once

#include "plan/document.h"
#include "plan/task.h"

#include "base/vec.h"
#include "org/unit.h"
#include "json/json.h"

/* ---- JSON of columns (columns.c) ---- */

#define XJ__COLUMN_MAX ((size_t)4 << 20) /* bytes of one JSON column */

/* ["name", ...] */
xj_str xj_plan__names_json(const xj_str *names, size_t n, xj_pool *result);
/* ["06-15", ...] */
xj_str xj_plan__dates_json(const xj_month_day *dates, size_t n, xj_pool *result);
/* The names of a JSON array that xj_plan__names_json made. */
XJ_MUST_USE xj_error *xj_plan__json_names(xj_str **names, size_t *n, xj_str json, xj_pool *result);

/* For qsort and bsearch of int64_t. */
int xj_plan__compare_ids(const void *a, const void *b);

typedef struct xj_unit_cell {
    int64_t id;
    xj_str name, role;
    bool inherited;
} xj_unit_cell;
/* [{"id":1,"name":"...","role":"lead","inherited":false}] */
xj_str xj_plan__units_json(const xj_unit_cell *units, size_t n, xj_pool *result);
/* The part of that text which is unit ID printed as NAME. */
xj_str xj_plan__unit_json(int64_t id, xj_str name, xj_pool *result);

/* ---- the words of a text (words.c) ---- */

/* TEXT in small ASCII letters, as the databases' lower() does. */
xj_str xj_plan__lower(xj_str text, xj_pool *result);
/* The words that stand in the index for TITLE and TEXT of TENANT's task, joined by blanks. */
xj_str xj_plan__words(int64_t tenant, xj_str title, xj_str text, xj_pool *result);
/* The words that a task with TEXT in it must have, joined by blanks. */
xj_str xj_plan__words_query(int64_t tenant, xj_str text, xj_pool *result);

/* ---- lists (list.c) ---- */

/* Read the columns that all lists share from the current row. */
void xj_plan__read_task_row(xj_task_row *row, const xj_rows *rows, xj_pool *result);

typedef enum xj_lead {
    XJ_LEAD_LIVE, /* an index of published tasks */
    XJ_LEAD_ORDER,
    XJ_LEAD_UNIT,
    XJ_LEAD_TEXT,
    XJ_LEAD_TAG,
    XJ_LEAD_VERSION,
    XJ_LEAD_STATE,
    XJ_LEAD_COUNT
} xj_lead;

/* Which table or index leads a query for FILTER; *WORDS is the text's query. */
XJ_MUST_USE xj_error *xj_plan__lead(xj_lead *lead, xj_str *words, xj_db *db, const xj_scope *scope,
                                    const xj_task_filter *filter, xj_task_order order,
                                    xj_pool *scratch);
/* Put FILTER's conditions on LIST, those left out that LEAD has in its text. */
void xj_plan__conditions(xj_list *list, xj_lead lead, const xj_scope *scope,
                         const xj_task_filter *filter, xj_pool *scratch);
/* Run LIST with the parameters of LEAD's statement. */
XJ_MUST_USE xj_error *xj_plan__run_list(xj_rows **rows, xj_list *list, xj_lead lead, xj_db *db,
                                        const xj_scope *scope, const xj_task_filter *filter,
                                        xj_str words, int64_t limit);

/* ---- tags (tag.c) ---- */

/* Give each of N rows, SIZE bytes from one to the next, the tags of its line. */
XJ_MUST_USE xj_error *xj_plan__tags_of(xj_task_row *rows, size_t size, size_t n, xj_db *db,
                                       int64_t tenant, xj_pool *result);

/* ---- live marks (live.c) ---- */

/* Take tasks of VERSION behind *AFTER into the lists of published tasks (LIVE) or out of them, at
 * most until the clock's DEADLINE (0: all); *DONE where none is left, else *AFTER is the last. */
XJ_MUST_USE xj_error *xj_plan__set_live(xj_tx *tx, int64_t version, bool live, int64_t *after,
                                        bool *done, int64_t deadline);
/* Nanoseconds of a clock that only goes forward. */
int64_t xj_plan__clock(void);
/* The end of a piece of work that begins now. */
int64_t xj_plan__piece_end(void);

/* Add the numbers of VERSION's tasks TIMES (1 or -1) to those of published tasks. */
XJ_MUST_USE xj_error *xj_plan__add_totals(xj_tx *tx, int64_t version, int64_t times);

/* ---- reading documents and versions (document.c, aside.c) ---- */
/* Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_plan__document(xj_document *document, xj_db *db, int64_t tenant,
                                        int64_t id, xj_pool *result);
/* The change is about DOCUMENT.  Errors: STALE where it is no more at VERSION. */
XJ_MUST_USE xj_error *xj_plan__seen(xj_tx *tx, const xj_document *document, int64_t version);
/* What two prints of one title have in common, without "关于印发 ... 的通知" (chain.c). */
xj_str xj_plan__title_key(xj_str title, xj_pool *pool);
/* Store what is derived from DOCUMENT's head: its words, and its kind where none was chosen. */
XJ_MUST_USE xj_error *xj_plan__derive(xj_tx *tx, int64_t document, xj_str title, xj_str doc_no,
                                      xj_str issuer);
/* Whether SCOPE sees a version in STATE. */
bool xj_plan__sees(const xj_scope *scope, xj_str state);
XJ_MUST_USE xj_error *xj_plan__version(xj_version *version, xj_db *db, int64_t tenant, int64_t id,
                                       xj_pool *result);
/* Inside a command: the draft ID as the caller saw it at SEEN; DONE says what may be done with
 * drafts alone ("published").  Errors: NOT_FOUND; CONFLICT where it is no draft; STALE. */
XJ_MUST_USE xj_error *xj_plan__draft(xj_version *version, xj_tx *tx, int64_t id, int64_t seen,
                                     const char *done);

/* ---- tasks whole (whole.c) ---- */

/* Tasks with all that hangs on them, by id: those of IDS that are there or, where IDS is NULL, all
 * of VERSION. */
XJ_MUST_USE xj_error *xj_plan__tasks(xj_task **tasks, size_t *n, xj_db *db, int64_t tenant,
                                     int64_t version, const int64_t *ids, size_t nids,
                                     xj_pool *result);
/* The place in columns COL and the next. */
xj_range xj_plan__range(const xj_rows *rows, int col);
/* A target from the columns seq, action_no, indicator ... source_to at AT. */
void xj_plan__read_target(xj_task_target *t, const xj_rows *rows, int at, xj_pool *result);

/* Ids from one task of a version to the next: a row put between two gets one in the middle. */
#define XJ__TASK_ROOM INT64_C(1024)

/* Words of TEXT that ask for something again and again without saying how often; data NULL: none
 * (check.c). */
xj_str xj_plan__vague(xj_str text);

/* As xj_version_load, and IDS[i] and LINES[i] of task i. */
XJ_MUST_USE xj_error *xj_plan__load(xj_register **reg, int64_t **ids, int64_t **lines, xj_db *db,
                                    int64_t tenant, int64_t id, xj_pool *result);

/* ---- what a draft takes the place of (before.c) ---- */

typedef struct xj_plan_before {
    int64_t against; /* the version that its rows were paired with, or 0 */
    int64_t other;   /* that one's document where it is another than the draft's own, or 0 */
    int64_t version; /* what is in force and ends when the draft is published, or 0 */
} xj_plan_before;

/* The version of DOCUMENT in force, or 0. */
XJ_MUST_USE xj_error *xj_plan__in_force(int64_t *version, xj_db *db, int64_t tenant,
                                        int64_t document);
/* What VERSION of DOCUMENT takes the place of: the version in force of its own document, else that
 * of the document that its rows were paired with. */
XJ_MUST_USE xj_error *xj_plan__before(xj_plan_before *before, xj_db *db, int64_t tenant,
                                      int64_t document, int64_t version, xj_pool *scratch);

/* ---- lines of work (line.c) ---- */

/* Inside the publication of draft VERSION: what a person wants to stay of what was BEFORE goes on
 * in it.  Errors: CONFLICT where its rows were paired with something else. */
XJ_MUST_USE xj_error *xj_plan__carry(xj_tx *tx, int64_t version, const xj_plan_before *before);
/* Row FROM of draft VERSION is row TO now. */
XJ_MUST_USE xj_error *xj_plan__pair_moved(xj_db *db, int64_t tenant, int64_t version, int64_t from,
                                          int64_t to);

/* plan/search.c: what the column "words" of a document holds, and the form of a query for it. */
xj_str xj_plan__document_words(xj_str title, xj_str doc_no, xj_str issuer, xj_pool *result);
xj_str xj_plan__document_query(xj_str text, xj_pool *result);
