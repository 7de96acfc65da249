/*
 * store/store.h -- the database: lanes that write, readers that read, named statements.
 *
 * One API over SQLite and PostgreSQL.  A change is a command: it runs in its jurisdiction's lane,
 * one writer at a time, grouped with what waits into one durable commit, with a row in the journal
 * and an idempotency key.  Readers have connections of their own.  Domain code gets an xj_tx or an
 * xj_reader and never opens a transaction.  Layer: store (may use base/).  Read next:
 * store/README.md.
 */
#pragma once

#include "base/buf.h"
#include "base/str.h"
#include "store/statements.h" /* generated: enum xj_sql, the statements of src/<module>/<module>.sql */

typedef struct xj_store xj_store;   /* one open database */
typedef struct xj_db xj_db;         /* a connection in use: what statements run on */
typedef struct xj_reader xj_reader; /* a read snapshot, one thread */
typedef struct xj_tx xj_tx;         /* a command's turn in its lane */
typedef struct xj_rows xj_rows;

/* ---- opening ---- */

typedef struct xj_store_options {
    const char *url; /* "sqlite:/path/file.db" or "postgresql://..." (libpq's URL or key=value) */
    int group_max;   /* commands a commit at the most; 0 is 64; 1 turns grouping off */
    int readers;     /* read connections; 0 is 4 */
    const char *sqlite_vfs; /* a registered VFS for tests, or NULL */
} xj_store_options;

/* Open a database and set *STORE; it closes (stops its lanes, waits for them) with POOL.
 *
 * Errors: CONFIG for a URL of another kind; DB_LOST where it cannot be reached; DB_SCHEMA where it
 * was migrated by a newer program or a landed migration's text differs. */
XJ_MUST_USE xj_error *xj_store_open(xj_store **store, const xj_store_options *options,
                                    xj_pool *pool);

/* Bring the schema to this program's version; *APPLIED is the number of migrations run. */
XJ_MUST_USE xj_error *xj_store_migrate(xj_store *store, int *applied);

/* True where every migration of this program has run. */
XJ_MUST_USE xj_error *xj_store_is_current(xj_store *store, bool *current);

/* ---- statements ----
 *
 * FMT has a letter a parameter, in order:
 *   i int64_t          I const int64_t * (NULL is SQL NULL)
 *   s xj_str (text)    S xj_str, data NULL is SQL NULL
 *   b xj_str (bytes)   d double          D const double * (NULL is SQL NULL)
 */
XJ_MUST_USE xj_error *xj_db_run(xj_db *db, enum xj_sql sql, const char *fmt, ...);
/* The same, and *CHANGED is the number of rows inserted, updated or deleted. */
XJ_MUST_USE xj_error *xj_db_change(int64_t *changed, xj_db *db, enum xj_sql sql, const char *fmt,
                                   ...);
/* Rows to read with xj_rows_next; they end at the last row, with xj_rows_close, or with the db's
 * own end, whichever comes first. */
XJ_MUST_USE xj_error *xj_db_query(xj_rows **rows, xj_db *db, enum xj_sql sql, const char *fmt, ...);
/* Move to the next row; *MORE is false behind the last. */
XJ_MUST_USE xj_error *xj_rows_next(xj_rows *rows, bool *more);
void xj_rows_close(xj_rows *rows);
/* Columns from 0 of the current row; text is a view until the next xj_rows_next. */
int64_t xj_row_int(const xj_rows *rows, int col);
double xj_row_real(const xj_rows *rows, int col);
xj_str xj_row_str(const xj_rows *rows, int col); /* XJ_STR_NONE for NULL */
bool xj_row_null(const xj_rows *rows, int col);

/* ---- lists with filters ----
 *
 * A statement with the marks {where} and {order} in its text and the lines
 *   -- filter: NAME = sql expression
 *   -- order: NAME = sql expression
 * above it is a list: a caller adds conditions on NAMEs and chooses one order; values are always
 * bound.
 */
typedef enum xj_cond {
    XJ_COND_EQ,
    XJ_COND_GE,
    XJ_COND_LE,
    XJ_COND_GT,
    XJ_COND_LT,
    XJ_COND_IS_NULL,
    XJ_COND_IN,
    XJ_COND_MATCH
} xj_cond;
typedef struct xj_list xj_list; /* one filtered query in the making */

/* Start a list on statement SQL in POOL. */
xj_list *xj_list_new(enum xj_sql sql, xj_pool *pool);
/* Conditions are joined by AND.  NAME must be declared; anything else is a bug (XJ_ASSERT). */
void xj_list_int(xj_list *list, const char *name, xj_cond cond, int64_t value);
void xj_list_str(xj_list *list, const char *name, xj_cond cond, xj_str value);
void xj_list_in(xj_list *list, const char *name, const int64_t *values, size_t n);
/* Order by NAME, ties by id; only rows behind the key (VALUE, ID) of the last row seen, where
 * AFTER. */
void xj_list_order(xj_list *list, const char *name, bool descending);
/* Run it: FMT and arguments are the statement's own parameters ($1...), LIMIT rows at the most. */
XJ_MUST_USE xj_error *xj_list_query(xj_rows **rows, xj_list *list, xj_db *db, int64_t limit,
                                    const char *fmt, ...);

/* ---- reading ---- */

/* Take a read connection (waits at most 5 s) and begin a snapshot; it ends with POOL, or with
 * xj_reader_end.  Errors: DB_BUSY, DB_LOST. */
XJ_MUST_USE xj_error *xj_reader_begin(xj_reader **reader, xj_store *store, xj_pool *pool);
void xj_reader_end(xj_reader *reader);
xj_db *xj_reader_db(xj_reader *reader);

/* ---- commands ---- */

/* The work of a command: reads and writes through TX and puts its JSON answer into ANSWER.  It may
 * be run again (a failed group is run one by one), so it has no side effects outside TX.  ARGS and
 * all it points to live in the command's pool. */
typedef xj_error *(*xj_command_fn)(xj_tx *tx, void *args, xj_buf *answer);

typedef struct xj_answer {
    xj_error *err; /* NULL: done, durable; else nothing of the command is stored */
    xj_str body;   /* what the command put into ANSWER, or the stored one of a replay */
    bool replayed; /* an earlier command with this idempotency key had been done */
} xj_answer;

typedef struct xj_command {
    const char *name;    /* "plan.import": stands in the journal */
    int64_t tenant;      /* the jurisdiction; 0 for commands of the server itself */
    int64_t actor;       /* person id; 0 where the operating-system account acts */
    xj_str actor_name;   /* how the journal calls the actor */
    xj_str subject;      /* "plan_version/123", or empty where RUN names it */
    xj_str why;          /* a reason, may be empty */
    xj_str idem_key;     /* empty: none */
    xj_str request_hash; /* of the request's content: a key reused for another content is refused */
    xj_str payload;      /* JSON: what the journal keeps of the arguments */
    xj_command_fn run;
    void *args;
    xj_pool *pool; /* handed over whole until DONE is called; the command itself lives in it */
    void (*done)(struct xj_command *command, const xj_answer *answer, void *arg);
    void *done_arg;
} xj_command;

/* Queue COMMAND in its lane.  Its done function is called once, after the durable commit (or the
 * failure), on the lane's thread, and must not wait. */
void xj_store_post(xj_store *store, xj_command *command);
/* The same, and wait for it; the answer's body is copied into RESULT. */
XJ_MUST_USE xj_error *xj_store_do(xj_store *store, xj_command *command, xj_str *body,
                                  xj_pool *result);

/* What a command may use. */
xj_db *xj_tx_db(xj_tx *tx);
xj_pool *xj_tx_pool(xj_tx *tx); /* for RUN's scratch; cleared when the command ends */
int64_t xj_tx_tenant(const xj_tx *tx);
int64_t xj_tx_actor(const xj_tx *tx);
int64_t xj_tx_now(const xj_tx *tx); /* microseconds UTC, the same throughout the command */
int64_t xj_tx_next_id(xj_tx *tx); /* time + sequence, increasing in one process, above all stored */
/* Say in the journal what the command was about, where only RUN knows ("plan_version/123"). */
void xj_tx_subject(xj_tx *tx, const char *kind, int64_t id);

/* ---- the journal ---- */

/* Verify the chain of every tenant (TENANT < 0) or of one: *BAD is the number of broken rows, each
 * reported through EACH. */
XJ_MUST_USE xj_error *
xj_journal_verify(xj_store *store, int64_t tenant, int64_t *rows, int64_t *bad,
                  void (*each)(void *arg, int64_t tenant, int64_t seq, const char *what),
                  void *arg);

/* Run every statement of the modules' checks (src/<module>/checks.sql: each must give no row) and
 * the database's own integrity check; *BAD rows were found, each reported through EACH. */
XJ_MUST_USE xj_error *xj_store_check(xj_store *store, int64_t *bad,
                                     void (*each)(void *arg, const char *check, const char *row),
                                     void *arg);
