/*
 * base/banned.h -- functions that turn into compile errors; Meson includes it before every source.
 *
 * Each has a safe form here: xj_str, xj_buf, xj_str_int, base/cal.h, posix_spawn.
 */
#pragma once

/* Headers that declare the names come first, or the poison would hit the declarations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The same for a library whose header has a macro with a banned name (meson's module_args). */
#ifdef XJ_USES_XLSXWRITER
#include <xlsxwriter.h>
#endif

#pragma GCC poison strcpy strcat strncpy strncat strtok gets
#pragma GCC poison gmtime localtime asctime ctime atoi atol atoll atof system popen tmpnam mktemp
/* Macros already under clang with _FORTIFY_SOURCE; gcc refuses them for both. */
#ifndef __clang__
#pragma GCC poison sprintf vsprintf
#endif
