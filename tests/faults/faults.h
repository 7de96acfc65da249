/*
 * tests/faults/faults.h -- numbered commands whose effect is counted: what was acknowledged must be
 * there once, what was not at most once, and asking again with the same key makes each one be there
 * exactly once.  The effect of a command is its row in the journal, found by its subject.
 */
#pragma once

#include "support/storetest.h"

#define FAULTS_TENANTS 3

/* Do number N (its tenant and key follow from it) and set *REPLAYED. */
xj_error *faults_do(xj_store *store, int64_t n, bool *replayed, xj_pool *pool) XJ_MUST_USE;
/* What holds at any time: the journal verifies, the checks pass, numbers ACKED (NULL: none) up to
 * LAST are there once, the others at most once. */
void faults_verify(xjtest_store *t, const bool *acked, int64_t last);
/* Do 1 to LAST again: the acknowledged are replayed, and each is there once. */
void faults_again(xjtest_store *t, const bool *acked, int64_t last);
/* Rounds: USUAL, or ten times as many where XJ_LONG is set. */
int faults_rounds(int usual);
