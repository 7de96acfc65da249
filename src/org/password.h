/*
 * org/password.h -- passwords: argon2id through libsodium.
 *
 * Hashing takes tens of milliseconds and 64 MB: never in a lane, never more than two at a time
 * (org/signin.h sees to that).  Layer: domain.
 */
#pragma once

#include "base/str.h"

#define XJ_PASSWORD_MIN 10  /* characters */
#define XJ_PASSWORD_MAX 256 /* characters */

/* Once per process, before anything else here.  Errors: INTERNAL. */
XJ_MUST_USE xj_error *xj_password_start(void);

/* Whether PASSWORD may be an account's: its length, no control character, not the NAME itself, not
 * one character again and again.  Errors: BAD_INPUT at "/password". */
XJ_MUST_USE xj_error *xj_password_check(xj_str password, xj_str name);

/* The text form of PASSWORD's argon2id hash, in RESULT.  Errors: UNAVAILABLE without the memory. */
XJ_MUST_USE xj_error *xj_password_hash(xj_str *hash, xj_str password, xj_pool *result);

/* The same for a PASSWORD of xj_password_make alone: its 100 bits need no slow hash, and thousands
 * are made at once.  Verifying it takes as long as any other. */
XJ_MUST_USE xj_error *xj_password_hash_made(xj_str *hash, xj_str password, xj_pool *result);

/* Whether PASSWORD is that of HASH.  HASH.data NULL takes as long and is never right. */
bool xj_password_verify(xj_str hash, xj_str password);

/* What is verified where there is no account: a hash of the same cost as xj_password_hash's. */
xj_str xj_password_nobody(void);

/* A new password of 20 letters and digits that are not taken for each other (about 100 bits). */
xj_str xj_password_make(xj_pool *result);

/* Overwrite N bytes that held a secret. */
void xj_wipe(void *data, size_t n);
