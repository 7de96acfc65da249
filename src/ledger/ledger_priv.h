/*
 * ledger/ledger_priv.h -- checks that views and heads share.
 */
#pragma once

#include "ledger/ledger.h"

/* A line of at most MAX characters without control characters; EMPTY: it may be empty.
 * Errors: BAD_INPUT at AT. */
XJ_MUST_USE xj_error *xj_ledger__check_line(xj_str text, size_t max, bool empty, const char *at);
/* "is there at another version": STALE, or NULL. */
XJ_MUST_USE xj_error *xj_ledger__check_version(int64_t now, int64_t seen);
/* *N of the one row of a count. */
XJ_MUST_USE xj_error *xj_ledger__count(int64_t *n, xj_rows *rows);
