/*
 * plan/search.h -- what searches go by: the derived words of documents, and words in context.
 *
 * Documents are found through xj_document_query.text, tasks through xj_task_filter.text, units
 * through org/unit.h.  Layer: domain.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

/* Command: make the words of all documents of TX's jurisdiction anew; *CHANGED is how many
 * differed. */
XJ_MUST_USE xj_error *xj_document_set_words(int64_t *changed, xj_tx *tx);
/* At the start of the program: the same where some are missing.  Errors: those of a command. */
XJ_MUST_USE xj_error *xj_document_fill_words(xj_store *store, xj_pool *scratch);

typedef struct xj_part_found {
    int64_t id, document;
    xj_str title, doc_no; /* of the document; data NULL: none */
    xj_str text;          /* some paragraphs of it */
} xj_part_found;

/* Parts of documents in force that are no plan and have TEXT in them, newest document first, behind
 * AFTER (0: from the start), at most LIMIT. */
XJ_MUST_USE xj_error *xj_part_search(xj_part_found **items, size_t *n, xj_db *db,
                                     const xj_scope *scope, xj_str text, int64_t after,
                                     int64_t limit, xj_pool *result);

/* The part of TEXT around the first place of QUERY (in any case of letters), about a hundred
 * characters; the beginning where it stands nowhere.  A view of TEXT. */
xj_str xj_search_context(xj_str text, xj_str query, xj_pool *scratch);
