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
    X(plan_import, "plan import")                                                                  \
    X(plan_list, "plan list")                                                                      \
    X(plan_show, "plan show")                                                                      \
    X(plan_diff, "plan diff")                                                                      \
    X(plan_publish, "plan publish")                                                                \
    X(duty_import_ledger, "duty import-ledger")                                                    \
    X(clock_run, "clock run")                                                                      \
    X(notice_send, "notice send")                                                                  \
    X(serve, "serve")                                                                              \
    X(db_migrate, "db migrate")                                                                    \
    X(db_check, "db check")                                                                        \
    X(journal_verify, "journal verify")                                                            \
    X(tenant_add, "tenant add")                                                                    \
    X(tenant_list, "tenant list")                                                                  \
    X(programme_add, "programme add")                                                              \
    X(programme_list, "programme list")                                                            \
    X(user_add, "user add")                                                                        \
    X(user_list, "user list")                                                                      \
    X(user_password, "user password")                                                              \
    X(user_disable, "user disable")                                                                \
    X(user_enable, "user enable")                                                                  \
    X(org_import, "org import")                                                                    \
    X(unit_list, "unit list")                                                                      \
    X(unit_alias_list, "unit alias list")                                                          \
    X(unit_alias_confirm, "unit alias confirm")                                                    \
    X(unit_alias_reject, "unit alias reject")                                                      \
    X(group_show, "group show")                                                                    \
    X(group_set, "group set")                                                                      \
    X(search_rebuild, "search rebuild")                                                            \
    X(help, "help")

#define X(name, typed) int xj_cmd_##name(xj_app *app, int argc, char **argv);
XJ_COMMANDS(X)
#undef X
