/*
 * plan/search.h -- what searches go by: the derived words of documents, and words in context.
 *
 * Documents are found through xj_document_query.text, tasks through xj_task_filter.text, units
 * through org/unit.h.  Layer: domain.
 */
#pragma once

#include "store/store.h"

/* Command: make the words of all documents of TX's jurisdiction anew; *CHANGED is how many
 * differed. */
XJ_MUST_USE xj_error *xj_document_set_words(int64_t *changed, xj_tx *tx);
/* At the start of the program: the same where some are missing.  Errors: those of a command. */
XJ_MUST_USE xj_error *xj_document_fill_words(xj_store *store, xj_pool *scratch);

/* The part of TEXT around the first place of QUERY (in any case of letters), about a hundred
 * characters; the beginning where it stands nowhere.  A view of TEXT. */
xj_str xj_search_context(xj_str text, xj_str query, xj_pool *scratch);
