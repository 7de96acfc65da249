/*
 * app/files.h -- the files that subcommands are given.
 */
#pragma once

#include "plan/register.h"

/* The whole of the file at PATH, in POOL.  Errors: NOT_FOUND, IO; a file larger than any document
 * comes with a byte too many, and whoever reads it says so. */
XJ_MUST_USE xj_error *xj_app_read_file(xj_str *bytes, const char *path, xj_pool *pool);
