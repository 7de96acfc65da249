/*
 * app/commands.h -- the table of subcommands.
 *
 * To add one: a row here, its file cmd_<topic>.c, and in words/cli.tsv `cmd.<words>` (one line) and
 * `help.<words>` (usage and text), with "_" between the words.
 */
#pragma once

#include "app/app.h"

/* X(words of the subcommand joined by "_", "words as typed") in the order of the help. */
#define XJ_COMMANDS(X)                                                                             \
    X(plan_compile, "plan compile")                                                                \
    X(help, "help")

#define X(name, typed) int xj_cmd_##name(xj_app *app, int argc, char **argv);
XJ_COMMANDS(X)
#undef X
