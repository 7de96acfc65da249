/*
 * app/ops.h -- operations: what a subcommand asks of the stored data, wherever that is done.
 *
 * One process at a time writes a database.  So a subcommand names an operation: where a server runs
 * on the data folder it is sent there over the socket (mode 0600), else this process takes the
 * folder's lock, opens the store and does it itself.  Both call the same function.  The actor is
 * the operating-system account.
 *
 * To add one: a row in XJ_OPS, and its function `xj_error *xj_op_<name>(xj_op *op)`.
 */
#pragma once

#include "app/app.h"
#include "blob/blob.h"
#include "org/session.h"
#include "store/store.h"
#include "upload/upload.h"

#define XJ_OP_ARGS_MAX ((size_t)1 << 20)    /* bytes of JSON */
#define XJ_OP_BLOB_MAX ((size_t)64 << 20)   /* bytes of a file */
#define XJ_OP_ANSWER_MAX ((size_t)64 << 20) /* bytes of JSON */

typedef struct xj_op {
    const xj_jval *args; /* JSON object as the subcommand wrote it: not checked yet */
    xj_str args_text;    /* the same as text */
    xj_str blob;         /* a file's bytes, or empty */
    xj_str actor;        /* "os:root" */
    xj_store *store;
    const xj_settings *settings;
    const atomic_bool *stopping; /* the server ends: give long work up; NULL: no server */
    xj_buf *answer;              /* JSON: what the subcommand gets */
    xj_pool *pool;               /* ends with the operation */
} xj_op;

/* Run a command of TENANT (0: of the server) and wait; its answer goes to OP's.  PAYLOAD is JSON
 * for the journal; empty takes the operation's arguments. */
XJ_MUST_USE xj_error *xj_op_command(xj_op *op, int64_t tenant, const char *name, xj_command_fn run,
                                    void *args, xj_str payload);
/* True where the xj_op ARG is to be given up. */
bool xj_op_ends(void *arg);
/* A snapshot that ends with the operation. */
XJ_MUST_USE xj_error *xj_op_read(xj_reader **reader, xj_op *op);
/* The jurisdiction that argument "tenant" names (code or name). */
XJ_MUST_USE xj_error *xj_op_tenant(xj_tenant *tenant, xj_op *op, xj_db *db);

/* X(name in C, "name as sent") */
#define XJ_OPS(X)                                                                                  \
    X(db_check, "db.check")                                                                        \
    X(journal_verify, "journal.verify")                                                            \
    X(plan_import, "plan.import")                                                                  \
    X(plan_list, "plan.list")                                                                      \
    X(plan_show, "plan.show")                                                                      \
    X(plan_diff, "plan.diff")                                                                      \
    X(plan_publish, "plan.publish")                                                                \
    X(duty_import_ledger, "duty.import_ledger")                                                    \
    X(clock_run, "clock.run")                                                                      \
    X(notice_send, "notice.send")                                                                  \
    X(tenant_add, "tenant.add")                                                                    \
    X(tenant_list, "tenant.list")                                                                  \
    X(programme_add, "programme.add")                                                              \
    X(programme_list, "programme.list")                                                            \
    X(user_add, "user.add")                                                                        \
    X(user_list, "user.list")                                                                      \
    X(user_password, "user.password")                                                              \
    X(user_disable, "user.disable")                                                                \
    X(org_import, "org.import")                                                                    \
    X(unit_list, "unit.list")                                                                      \
    X(alias_list, "unit.alias.list")                                                               \
    X(alias_decide, "unit.alias.decide")                                                           \
    X(group_show, "group.show")                                                                    \
    X(group_set, "group.set")                                                                      \
    X(search_rebuild, "search.rebuild")

#define X(name, sent) xj_error *xj_op_##name(xj_op *op) XJ_MUST_USE;
XJ_OPS(X)
#undef X

/* Begin the arguments of an operation: an object in BUF (APP's pool), which W writes, with the
 * jurisdiction TENANT; NULL: it takes none, or writes it itself. */
void xj_app_args_start(xj_json *w, xj_buf *buf, const xj_app *app, const char *tenant);
/* Do operation NAME with ARGS (a JSON object as text) and BLOB, in the server or here; *ANSWER is
 * its JSON, in APP's pool.
 *
 * Errors: those of the operation; UNAVAILABLE where another process holds the data folder. */
XJ_MUST_USE xj_error *xj_app_do(xj_str *answer, xj_app *app, const char *name, xj_str args,
                                xj_str blob);

/* The server's side: do what comes in on the data folder's socket until it ends with POOL.  What
 * changes accounts makes SESSIONS forget what it keeps in memory. */
XJ_MUST_USE xj_error *xj_ops_serve(xj_store *store, xj_sessions *sessions,
                                   const xj_settings *settings, xj_pool *pool);

/* What the domains call of each other: a unit that becomes another, a plan that is published. */
void xj_data_hooks(void);
/* The data folder, made where it is not there (mode 0700), and its lock, held until POOL ends.
 * Errors: UNAVAILABLE where another process holds it; IO. */
XJ_MUST_USE xj_error *xj_data_lock(const xj_settings *settings, int wait_ms, xj_pool *pool);
/* The folder of blobs NAME in the data folder.  Errors: IO. */
XJ_MUST_USE xj_error *xj_data_folder(xj_blobs **blobs, const xj_settings *settings,
                                     const char *name, xj_pool *pool);
/* Where originals and compiled registers lie.  Errors: IO. */
XJ_MUST_USE xj_error *xj_data_blobs(xj_blobs **blobs, const xj_settings *settings, xj_pool *pool);
/* The folder of files that come in pieces, in the data folder; it closes with POOL. */
XJ_MUST_USE xj_error *xj_data_uploads(xj_uploads **uploads, const xj_settings *settings,
                                      xj_pool *pool);
/* Open the database of SETTINGS for writing.  Errors: DB_SCHEMA where it is not migrated, unless
 * ANY_SCHEMA. */
XJ_MUST_USE xj_error *xj_data_open(xj_store **store, const xj_settings *settings, bool any_schema,
                                   xj_pool *pool);
