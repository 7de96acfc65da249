/*
 * app/app.h -- the program: its subcommands, and what they share.
 *
 * A subcommand is a row in commands.c and a function `int xj_cmd_<words>(xj_app *, argc, argv)`; it
 * prints for people or, with --json, one JSON object a line, and returns an exit code of exits.def.
 * What it says stands in words/cli.tsv in Chinese and English.  What changes stored data goes
 * through xj_app_do (ops.h).  Layer: app.  Read next: app/README.md.
 */
#pragma once

#include "app/settings.h"
#include "app/words.h"
#include "base/buf.h"
#include "json/json.h"

typedef enum xj_exit {
#define X(name, code) XJ_EXIT_##name = code,
#include "app/exits.def"
#undef X
} xj_exit;

typedef struct xj_app {
    xj_pool *pool; /* ends with the process */
    xj_settings settings;
    bool chinese; /* else English */
    bool json;    /* --json */
} xj_app;

/* One option of a subcommand; the last row has no name. */
typedef struct xj_opt {
    const char *name; /* "--display" */
    bool takes_value;
    bool given;
    const char *value;
} xj_opt;

#define XJ_ARGS_MAX 1024 /* words on a command line */

/* Sort ARGV into OPTS and the words that are left (*WORDS, *NWORDS; in POOL); "--" ends the
 * options, "--name=value" is the same as "--name value".
 *
 * Errors: BAD_INPUT for an option that OPTS does not have, that comes twice or lacks its value. */
XJ_MUST_USE xj_error *xj_opts_read(xj_opt *opts, const char ***words, int *nwords, int argc,
                                   char **argv, xj_pool *pool);

/* Read the command line of a subcommand: OPTS as above, and MIN to MAX words.  False where it is
 * wrong: said on standard error with the usage; return XJ_EXIT_USAGE then. */
bool xj_app_args(xj_app *app, const char *command, xj_opt *opts, const char ***words, int *nwords,
                 int min, int max, int argc, char **argv);

/* Run the program; what main returns. */
int xj_app_main(int argc, char **argv);

/* The exit code for an error of CODE. */
xj_exit xj_app_exit_of(xj_code code);
/* Say ERR on standard error in the user's language (as JSON with --json), clear it, and return its
 * exit code. */
int xj_app_fail(xj_app *app, xj_error *err);

/* Print a sentence of the catalogue: "{1}" is the first of the C strings behind ID, up to NULL. */
void xj_app_say(const xj_app *app, FILE *out, xj_word id, ...) __attribute__((sentinel));
/* The sentence alone. */
const char *xj_app_word(const xj_app *app, xj_word id);
/* ID's catalogue entry "PREFIX.NAME" in the user's language, or NAME itself where there is none. */
const char *xj_app_term(const xj_app *app, const char *prefix, const char *name);
