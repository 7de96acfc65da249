/*
 * store/store_priv.h -- what the files of store/ share: the statements' table, the driver.
 *
 * A driver is a table of functions over one connection.  Everything that both databases can share
 * (formats of parameters, readers, lanes, journal, lists, migrations) lies above it.
 */
#pragma once

#include "base/map.h"
#include "store/store.h"

#include <pthread.h>

/* ---- the generated tables ---- */

enum { XJ__SQLITE, XJ__PGSQL, XJ__KINDS };

struct xj_named {
    const char *name;
    const char *sql[XJ__KINDS];
};

struct xj_statement {
    const char *name, *module;
    const char *text[XJ__KINDS];
    const char *scan; /* why its plan may read a whole table, or NULL */
    const char *key[XJ__KINDS];
    const struct xj_named *filters, *orders;
    int nfilters, norders;
    int params; /* the text's own $n */
    bool check; /* of a checks.sql */
};

struct xj_migration {
    const char *name, *checksum;
    const char *text[XJ__KINDS];
};

extern const struct xj_statement xj_store__statements[SQL_COUNT];
extern const struct xj_migration xj_store__migrations[];
extern const int xj_store__migration_count;

/* ---- drivers ---- */

#define XJ__PARAMS_MAX 64

typedef enum xj_param_kind {
    XJ_PARAM_NULL,
    XJ_PARAM_INT,
    XJ_PARAM_REAL,
    XJ_PARAM_TEXT,
    XJ_PARAM_BYTES
} xj_param_kind;

typedef struct xj_param {
    xj_param_kind kind;
    int64_t i;
    double d;
    xj_str s;
} xj_param;

/* One execution: a statement by number (cached for ever), or a text made at run time (SQL is
 * SQL_COUNT; cached by its text). */
typedef struct xj_call {
    enum xj_sql sql;
    const char *text;
    const char *name; /* of a text, for the log; a literal, or NULL */
    const xj_param *params;
    int n;
} xj_call;

typedef enum xj_control {
    XJ_CTL_BEGIN_READ,
    XJ_CTL_BEGIN_WRITE,
    XJ_CTL_COMMIT,
    XJ_CTL_ROLLBACK,
    XJ_CTL_SAVEPOINT,
    XJ_CTL_RELEASE,
    XJ_CTL_UNDO /* back to the savepoint, and release it */
} xj_control;

typedef enum xj_role { XJ_ROLE_LANE, XJ_ROLE_READER } xj_role;

typedef struct xj_driver xj_driver;

/* A driver's connection begins with this. */
typedef struct xj_conn {
    const xj_driver *driver;
} xj_conn;

/* A driver's open query, cursor part of an xj_rows. */
typedef struct xj_cursor xj_cursor;

struct xj_driver {
    const char *name;
    int kind;              /* XJ__SQLITE, XJ__PGSQL: which text */
    int lanes;             /* how many writers */
    int lock_tries;        /* before the writer's lock counts as another's */
    const char *integrity; /* a query whose rows other than "ok" tell of damage, or NULL */
    /* Connect; the connection ends with POOL. */
    xj_error *(*open)(xj_conn **conn, const xj_store_options *options, xj_role role, xj_pool *pool);
    /* Connect again after DB_LOST. */
    xj_error *(*reopen)(xj_conn *conn);
    /* Take the writer's lock of LANE for the life of the connection. */
    xj_error *(*lock)(bool *got, xj_conn *conn, int lane);
    /* False after the connection was lost. */
    bool (*alive)(xj_conn *conn);
    /* Whether the transaction that was begun is still there. */
    bool (*in_transaction)(xj_conn *conn);
    /* BEGIN_*, SAVEPOINT and RELEASE may be sent without waiting. */
    xj_error *(*control)(xj_conn *conn, xj_control control);
    /* Several statements without parameters, for migrations. */
    xj_error *(*script)(xj_conn *conn, const char *text);
    xj_error *(*prepare)(xj_conn *conn, const xj_call *call);
    /* CHANGED may be NULL. */
    xj_error *(*run)(int64_t *changed, xj_conn *conn, const xj_call *call);
    /* As run, but the error may come later, at the latest from settle. */
    xj_error *(*send)(xj_conn *conn, const xj_call *call);
    xj_error *(*settle)(xj_conn *conn);
    /* The cursor's struct lives in POOL; end_query frees what lies outside it. */
    xj_error *(*query)(xj_cursor **cursor, xj_conn *conn, const xj_call *call, xj_pool *pool);
    xj_error *(*next)(xj_cursor *cursor, bool *more);
    void (*end_query)(xj_cursor *cursor);
    int (*columns)(const xj_cursor *cursor);
    bool (*is_null)(const xj_cursor *cursor, int col);
    int64_t (*get_int)(const xj_cursor *cursor, int col);
    double (*get_real)(const xj_cursor *cursor, int col);
    xj_str (*get_str)(const xj_cursor *cursor, int col);
};

extern const xj_driver xj_store__sqlite;
extern const xj_driver xj_store__pgsql;

/* ---- a connection in use (db.c) ---- */

struct xj_db {
    xj_conn *conn;
    xj_pool *pool;   /* of the command or the reader: rows live in it */
    xj_rows *open;   /* queries not ended yet */
    bool in_command; /* a failed statement ends the command */
    bool failed;
};

/* The name of CALL's statement for the log. */
const char *xj_store__call_name(const xj_call *call);
/* End what is open on DB. */
void xj_db__end(xj_db *db);
/* Texts made at run time (lists, tests, EXPLAIN); TEXT is copied where it is kept. */
XJ_MUST_USE xj_error *xj_db__query_text(xj_rows **rows, xj_db *db, const char *text,
                                        const xj_param *params, int n);
/* Read FMT's arguments into PARAMS (XJ__PARAMS_MAX) and set *N. */
XJ_MUST_USE xj_error *xj_db__params(xj_param *params, int *n, const char *fmt, va_list args);
/* A list on a STATEMENT that need not be in the table (tests). */
xj_list *xj_list__new(const struct xj_statement *statement, xj_pool *pool);
/* LIST's text for the database KIND with its parameters behind the N that PARAMS holds. */
XJ_MUST_USE xj_error *xj_list__text(xj_str *text, xj_list *list, int kind, int64_t limit,
                                    xj_param *params, int *n);

/* Columns of the current row. */
int xj_rows__columns(const xj_rows *rows);

/* ---- the store ---- */

#define XJ__GROUP_MAX 64

typedef struct xj_lane xj_lane;

struct reader_slot {
    xj_conn *conn;      /* NULL until first used */
    xj_pool *pool;      /* of the connection */
    xj_pool *rows_pool; /* of the queries of a reader, which its clean-up still needs */
    bool taken;
};

struct xj_store {
    const xj_driver *driver;
    xj_store_options options;
    xj_pool *pool;   /* a root of its own: connections, lanes, slots */
    xj_lane **lanes; /* driver->lanes of them; NULL without the writer's right */
    _Atomic int64_t last_id;
    int retries;          /* to connect a lane again, and to get its lock back */
    pthread_mutex_t lock; /* of the readers' slots */
    pthread_cond_t freed;
    struct reader_slot *slots;
};

/* Open with DRIVER instead of the URL's (tests). */
XJ_MUST_USE xj_error *xj_store__open(xj_store **store, const xj_store_options *options,
                                     const xj_driver *driver, xj_pool *pool);
/* Migrate up to number LAST only (tests). */
XJ_MUST_USE xj_error *xj_store__migrate_to(xj_store *store, int last, int *applied);
/* *DONE migrations ran.  Errors: DB_SCHEMA where a newer program or another text made it. */
XJ_MUST_USE xj_error *xj_store__migrations_done(int *done, xj_db *db);

/* ---- lanes (lane.c) ---- */

/* Take the writer's locks and start the lanes' threads. */
XJ_MUST_USE xj_error *xj_store__start_lanes(xj_store *store);
/* Finish what is queued, end the threads. */
void xj_store__stop_lanes(xj_store *store);
/* End their connections, which give up the writer's locks. */
void xj_store__close_lanes(xj_store *store);
/* A thread that gets no signals. */
XJ_MUST_USE xj_error *xj_store__thread(pthread_t *thread, void *(*fn)(void *arg), void *arg);
/* The connection of lane 0, for migrations. */
xj_conn *xj_store__writer(xj_store *store);

/* ---- journal (journal.c) ---- */

#define XJ__HASH 32

typedef struct xj_journal_row {
    int64_t tenant, seq, at, actor;
    xj_str actor_name, command, subject, why;
    xj_str payload_hash, previous_hash;
} xj_journal_row;

/* OUT = SHA-256 of SALT and PAYLOAD. */
void xj_journal__payload_hash(unsigned char out[XJ__HASH], xj_str salt, xj_str payload);
/* OUT = SHA-256 of ROW. */
void xj_journal__hash(unsigned char out[XJ__HASH], const xj_journal_row *row);
