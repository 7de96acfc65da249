/*
 * plan/chain.h -- which documents a document carries out, and which carry it out.
 *
 * What a version names as its basis is looked for among the documents held: by number in any form
 * of brackets, else by title.  What is found so is not stored: a document that comes later takes
 * its place in the chain by itself.  What a person says is (document_link): a link of their own,
 * or that a found one is right or wrong.  Layer: domain.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

#define XJ_CHAIN_DOCUMENTS_MAX 10000 /* the newest are looked at */
#define XJ_CHAIN_BASIS_MAX 50000     /* entries of theirs */
#define XJ_CHAIN_LINKS_MAX 20000     /* of a jurisdiction */
#define XJ_CHAIN_ROWS_MAX 500        /* in each direction */
#define XJ_CHAIN_DEPTH_MAX 8

typedef struct xj_chain_row {
    int64_t depth;                           /* 1: next to the document that was asked for */
    int64_t document;                        /* 0: it is not held here */
    xj_str title, doc_no, issuer, file_name; /* as held, else as printed; data NULL: unknown */
    const char *how; /* "number", "title", "hand": what it was known by, or NULL */
    /* "found", "confirmed", "added", "rejected" (next to the document alone); NULL: not held */
    const char *link;
    xj_str relation; /* "carries_out", "based_on", "amends", "replaces"; data NULL: not held */
    bool again;      /* it stands further up in the tree already, with what belongs to it */
} xj_chain_row;

typedef struct xj_chain {
    xj_chain_row *up, *down; /* trees: a row's own rows follow it, one deeper */
    size_t nup, ndown;
    bool cut;        /* there is more than the limits above let through */
    int64_t version; /* of the document, for If-Match */
} xj_chain;

/* The chain of document ID as SCOPE sees it: of each document the latest version, or where SCOPE
 * sees no drafts the one in force.  Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_document_chain(xj_chain **chain, xj_db *db, const xj_scope *scope,
                                        int64_t id, xj_pool *result);

typedef struct xj_document_link {
    int64_t from, to; /* the later document, and the one that it rests on */
    int64_t version;  /* of FROM, as the caller saw it */
    xj_str relation;  /* as above */
    bool rejected;    /* the words seem to say so, but it is wrong */
} xj_document_link;

/* Command: say how two documents hang together; FROM's version grows.
 *
 * Errors: NOT_FOUND for either; STALE; CONFLICT where the link would close a ring, or what is to be
 * rejected is not there; BAD_INPUT for a document and itself; TOO_LARGE above XJ_CHAIN_LINKS_MAX.
 */
XJ_MUST_USE xj_error *xj_document_link_set(xj_tx *tx, const xj_document_link *link);
/* Command: forget what a person said; what the words say stands again.  Errors: NOT_FOUND; STALE.
 */
XJ_MUST_USE xj_error *xj_document_link_remove(xj_tx *tx, int64_t from, int64_t to, int64_t version);
