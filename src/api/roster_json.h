/*
 * api/roster_json.h -- what a file would change in the directory, as JSON: for the API and the
 * subcommand.
 */
#pragma once

#include "roster/roster.h"
#include "json/json.h"

/* Members of an open object: token, counts, accounts, ignored, lines. */
void xj_json_roster(xj_json *w, const xj_roster_plan *plan, const xj_roster *roster);
/* An array "passwords": the accounts that PLAN opened with PASSWORDS, in their order. */
void xj_json_roster_passwords(xj_json *w, const xj_roster_plan *plan, const xj_str *passwords);
/* Only what changes, for the journal. */
void xj_json_roster_changes(xj_json *w, const xj_roster_plan *plan);

/* For each account that PLAN opens a new password and its hash. */
XJ_MUST_USE xj_error *xj_roster_passwords(xj_str **passwords, xj_str **hashes,
                                          const xj_roster_plan *plan, xj_pool *result);
