/*
 * plan/aside.h -- files that are no plan: set aside by an import, kept by a person as documents.
 *
 * A national opinion, a law, a notice has no tasks, but plans rest on it.  The import of a file in
 * which no plan is found sets it aside with the head that was read from it; a person corrects that
 * and keeps it, or throws it away.  What is kept is a document with versions like any other, in
 * force at once, found by its words and linked in the chain.  Layer: domain.  Read next:
 * plan/document.h, plan/chain.h.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

#define XJ_ASIDE_TEXT_MAX ((size_t)4 << 20) /* bytes of text that are kept for the search */
#define XJ_TITLE_MAX 500                    /* characters */
#define XJ_DOC_NO_MAX 100
#define XJ_ISSUER_MAX 300

typedef struct xj_aside {
    int64_t id, programme;
    xj_str file_name;
    xj_str title, doc_no, issuer, issued_on, jurisdiction; /* as read; data NULL: not found */
    xj_str kind;                                           /* by the title */
    int64_t set_at;
    xj_str set_by;
} xj_aside;

/* At most LIMIT behind AFTER (0: from the newest), newest first. */
XJ_MUST_USE xj_error *xj_aside_list(xj_aside **items, size_t *n, xj_db *db, const xj_scope *scope,
                                    int64_t after, int64_t limit, xj_pool *result);

/* What a person says a document is. */
typedef struct xj_document_fields {
    xj_str title, kind;
    xj_str doc_no, issuer, issued_on; /* data NULL: none */
} xj_document_fields;

/* Command: keep aside ID as a document with FIELDS, or as a new version of the document that has
 * its number (or title); *DOCUMENT is that one.
 *
 * Errors: NOT_FOUND; CONFLICT where a plan has the number; BAD_INPUT for a field. */
XJ_MUST_USE xj_error *xj_aside_keep(int64_t *document, xj_tx *tx, int64_t id,
                                    const xj_document_fields *fields);
/* Command: throw aside ID away.  Errors: NOT_FOUND. */
XJ_MUST_USE xj_error *xj_aside_remove(xj_tx *tx, int64_t id);

/* Set draft ID, as it was at VERSION, aside as a file that is no plan; TEXT is that of its
 * register. What was done on the draft is thrown away; a document without other versions goes with
 * it.  Waits; not from a lane's thread.  LIKE names who asks.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where it is no draft or a later one is compared with it;
 * TOO_LARGE. */
XJ_MUST_USE xj_error *xj_version_set_aside(xj_store *store, const xj_command *like, int64_t id,
                                           int64_t version, xj_str text, xj_pool *scratch);

/* Command: change document ID as it was at VERSION.  Of a plan only the kind: its head is that of
 * its draft.
 *
 * Errors: NOT_FOUND; STALE; CONFLICT where another document has the number; BAD_INPUT. */
XJ_MUST_USE xj_error *xj_document_change(xj_tx *tx, int64_t id, int64_t version,
                                         const xj_document_fields *fields);

/* What kind of document has TITLE: a value of grammar/documentkind.tsv, or "other". */
const char *xj_document_kind_of(xj_str title, xj_pool *scratch);
/* Whether WORD is such a kind. */
bool xj_document_kind_is(xj_str word);
