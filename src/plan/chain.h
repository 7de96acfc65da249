/*
 * plan/chain.h -- which documents a document carries out, and which carry it out.
 *
 * What a version names as its basis is looked for among the documents held: by number in any form
 * of brackets, else by title.  Nothing is stored: a document that comes later takes its place in
 * the chain by itself.  Layer: domain.
 */
#pragma once

#include "org/org.h"
#include "store/store.h"

#define XJ_CHAIN_DOCUMENTS_MAX 10000 /* the newest are looked at */
#define XJ_CHAIN_BASIS_MAX 50000     /* entries of theirs */
#define XJ_CHAIN_ROWS_MAX 500        /* in each direction */
#define XJ_CHAIN_DEPTH_MAX 8

typedef struct xj_chain_row {
    int64_t depth;                           /* 1: next to the document that was asked for */
    int64_t document;                        /* 0: it is not held here */
    xj_str title, doc_no, issuer, file_name; /* as held, else as printed; data NULL: unknown */
    const char *how;                         /* "number", "title": what it was known by, or NULL */
    bool again; /* it stands further up in the tree already, with what belongs to it */
} xj_chain_row;

typedef struct xj_chain {
    xj_chain_row *up, *down; /* trees: a row's own rows follow it, one deeper */
    size_t nup, ndown;
    bool cut; /* there is more than the limits above let through */
} xj_chain;

/* The chain of document ID as SCOPE sees it: of each document the latest version, or where SCOPE
 * sees no drafts the one in force.  Errors: NOT_FOUND, also where it exists outside SCOPE. */
XJ_MUST_USE xj_error *xj_document_chain(xj_chain **chain, xj_db *db, const xj_scope *scope,
                                        int64_t id, xj_pool *result);
