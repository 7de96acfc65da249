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

#include <stdatomic.h>

typedef struct xj_store xj_store;   /* one open database */
typedef struct xj_db xj_db;         /* a connection in use: what statements run on */
typedef struct xj_reader xj_reader; /* a read snapshot, one thread */
typedef struct xj_tx xj_tx;         /* a command's turn in its lane */
typedef struct xj_rows xj_rows;

#define XJ_ANSWER_MAX ((size_t)4 << 20) /* bytes of a command's answer */
#define XJ_LANE_QUEUE_MAX 10000         /* commands that wait in one lane */
#define XJ_ROWS_OPEN_MAX 32             /* queries open at once on one xj_db */
#define XJ_IDEM_DAYS 30                 /* an answer is replayed for so long */

/* ---- opening ---- */

/* One process at a time owns a database's lanes. */
typedef enum xj_writer {
    XJ_WRITER_NOW,  /* take them, UNAVAILABLE where another process has them */
    XJ_WRITER_WAIT, /* stand by until they are free, or until STOP becomes true (UNAVAILABLE) */
    XJ_WRITER_NONE  /* read only: every command gets UNAVAILABLE */
} xj_writer;

typedef struct xj_store_options {
    const char *url; /* "sqlite:/path/file.db" or "postgresql://..." */
    xj_writer writer;
    const atomic_bool *stop; /* ends waiting for XJ_WRITER_WAIT; may be NULL */
    int group_max;           /* commands a commit at the most; 0 is 64; 1 turns grouping off */
    int readers;             /* read connections; 0 is 4 */
    const char *sqlite_vfs;  /* a registered VFS for tests, or NULL */
} xj_store_options;

/* Open a database and set *STORE; it closes (its lanes finish what they took) with POOL.  An SQLite
 * file that is not there is made, with mode 0600, by a writer.
 *
 * Errors: CONFIG for a URL of another kind, or a PostgreSQL database that does not sort by bytes
 * (collation C); UNAVAILABLE where another process writes; DB_LOST or IO where it cannot be
 * reached. */
XJ_MUST_USE xj_error *xj_store_open(xj_store **store, const xj_store_options *options,
                                    xj_pool *pool);

/* Bring the schema to this program's version; *APPLIED is the number of migrations run.  Needs the
 * writer's right, before the first command.
 *
 * Errors: DB_SCHEMA where a newer program migrated it or the text of a landed migration differs. */
XJ_MUST_USE xj_error *xj_store_migrate(xj_store *store, int *applied);

/* True where every migration of this program has run.  Errors: DB_SCHEMA as above. */
XJ_MUST_USE xj_error *xj_store_is_current(xj_store *store, bool *current);

/* "sqlite" or "pgsql". */
const char *xj_store_kind(const xj_store *store);

/* ---- statements ----
 *
 * FMT has a letter a parameter, in order:
 *   i int64_t          I const int64_t * (NULL is SQL NULL)
 *   s xj_str (text)    S xj_str, data NULL is SQL NULL
 *   b xj_str (bytes)   d double          D const double * (NULL is SQL NULL)
 * In `s` and `b` a slice without data is empty, not NULL.
 *
 * Errors of all: DB_UNIQUE, DB_CONSTRAINT, DB_BUSY, DB_LOST, DISK_FULL, CORRUPT, DB; BAD_INPUT for
 * text with a NUL byte.  A statement that fails ends its command: every later one in it fails with
 * DB, on both databases, and the command's changes are undone.  (To go on, write ON CONFLICT.)
 */
XJ_MUST_USE xj_error *xj_db_run(xj_db *db, enum xj_sql sql, const char *fmt, ...);
/* The same for a caller that looks at no particular error: on PostgreSQL it is sent without waiting
 * for an answer, and its error may come from any later statement of the command, or at its end. */
XJ_MUST_USE xj_error *xj_db_send(xj_db *db, enum xj_sql sql, const char *fmt, ...);
/* As xj_db_run, and *CHANGED is the number of rows inserted, updated or deleted. */
XJ_MUST_USE xj_error *xj_db_change(int64_t *changed, xj_db *db, enum xj_sql sql, const char *fmt,
                                   ...);
/* IDS as the JSON array that a statement takes as one parameter, in RESULT. */
xj_str xj_db_ids(const int64_t *ids, size_t n, xj_pool *result);
/* Rows to read with xj_rows_next; they end at the last row, with xj_rows_close, or with the db's
 * own end (of the command, of the reader), whichever comes first: *ROWS is not used after that.
 * Several may be begun before the first is read, which on PostgreSQL takes one round trip for all;
 * nothing is written in between.  There an error may come from the first row that is asked for. */
XJ_MUST_USE xj_error *xj_db_query(xj_rows **rows, xj_db *db, enum xj_sql sql, const char *fmt, ...);
/* Move to the next row; *MORE is false behind the last. */
XJ_MUST_USE xj_error *xj_rows_next(xj_rows *rows, bool *more);
void xj_rows_close(xj_rows *rows);
/* The first column of all ROWS that are left, in RESULT. */
XJ_MUST_USE xj_error *xj_rows_ints(int64_t **items, size_t *n, xj_rows *rows, xj_pool *result);
/* Columns from 0 of the current row; text and bytes are a view until the next xj_rows_next.  NULL
 * is 0, 0.0, XJ_STR_NONE; a PostgreSQL boolean is 0 or 1. */
int64_t xj_row_int(const xj_rows *rows, int col);
double xj_row_real(const xj_rows *rows, int col);
xj_str xj_row_str(const xj_rows *rows, int col);
bool xj_row_null(const xj_rows *rows, int col);
/* A copy of a text column in RESULT, XJ_STR_NONE for NULL. */
xj_str xj_row_text(const xj_rows *rows, int col, xj_pool *result);

/* ---- lists with filters ----
 *
 * A statement with the marks {where} and {order} in its text and the lines
 *   -- filter: NAME = sql expression       (a "?" in it takes the value of XJ_COND_MATCH)
 *   -- order: NAME = sql expression        (never NULL)
 *   -- key: sql expression                 (the id that breaks ties; "id" where absent)
 * above it is a list: a caller adds conditions on NAMEs and chooses one order; values are always
 * bound.  {where} stands behind a condition of the statement's own (it becomes "AND ... AND ..."),
 * {order} at the end (it becomes ORDER BY and LIMIT).
 */
typedef enum xj_cond {
    XJ_COND_EQ,
    XJ_COND_NE,
    XJ_COND_GE,
    XJ_COND_LE,
    XJ_COND_GT,
    XJ_COND_LT,
    XJ_COND_MATCH /* the filter's expression itself, with the value for its "?" */
} xj_cond;
typedef struct xj_list xj_list; /* one filtered query in the making */

#define XJ_LIST_CONDS_MAX 32

/* Start a list on statement SQL in POOL. */
xj_list *xj_list_new(enum xj_sql sql, xj_pool *pool);
/* Conditions are joined by AND; text is a view until the query.  NAME must be declared; anything
 * else is a bug (XJ_ASSERT). */
void xj_list_int(xj_list *list, const char *name, xj_cond cond, int64_t value);
void xj_list_str(xj_list *list, const char *name, xj_cond cond, xj_str value);
void xj_list_null(xj_list *list, const char *name, bool is_null);
/* One of N values; with N = 0 nothing is found. */
void xj_list_in(xj_list *list, const char *name, const int64_t *values, size_t n);
void xj_list_in_str(xj_list *list, const char *name, const xj_str *values, size_t n);
/* Order by NAME, ties by the key in the same direction.  Without it: by the key, ascending. */
void xj_list_order(xj_list *list, const char *name, bool descending);
/* Only rows behind the one whose order's value and key were VALUE and ID (the last row seen). */
void xj_list_after_int(xj_list *list, int64_t value, int64_t id);
void xj_list_after_str(xj_list *list, xj_str value, int64_t id);
/* The same for a list in the order of its key alone. */
void xj_list_after(xj_list *list, int64_t id);
/* Run it: FMT and arguments are the statement's own parameters ($1...), LIMIT rows at the most (ask
 * for one more than a page to know whether there is another). */
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
    xj_error *err; /* NULL: done, durable; else nothing of the command is stored.  The callee's. */
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
    xj_str payload;      /* JSON: what the journal keeps of the arguments; empty is {} */
    xj_command_fn run;
    void *args;
    xj_pool *pool; /* handed over whole until DONE is called; the command itself lives in it */
    void (*done)(struct xj_command *command, const xj_answer *answer, void *arg);
    void *done_arg;
    struct xj_command *next; /* the lane's */
} xj_command;

/* Queue COMMAND in its lane.  Its done function is called once, after the durable commit (or the
 * failure), on the lane's thread, and must not wait; it may read the answer until it returns and
 * clears answer->err where it is set.
 *
 * Errors (DONE is then not called): UNAVAILABLE where this process does not write or the store is
 * closing; TOO_MANY where XJ_LANE_QUEUE_MAX commands wait.
 * Errors of the answer: what RUN returned; IDEM_REUSED; DB_SCHEMA where the database is not
 * migrated; UNAVAILABLE where another process has become the writer; DB_LOST, DB_BUSY, DISK_FULL,
 * IO of the commit.  Where after a lost connection it cannot be told whether the commit was done,
 * the code is DB_LOST and the message says so: asking again with the same key is safe. */
XJ_MUST_USE xj_error *xj_store_post(xj_store *store, xj_command *command);
/* The same, and wait for it; the answer's body is copied into RESULT.  *REPLAYED may be NULL.  Not
 * from a lane's thread.  COMMAND's pool, done and done_arg are not used. */
XJ_MUST_USE xj_error *xj_store_do(xj_store *store, xj_command *command, xj_str *body,
                                  bool *replayed, xj_pool *result);
/* Send command NAME with RUN, of the program itself, to each jurisdiction in the first column of
 * the rows of SQL, which takes no parameters, and wait: for what a new release makes of old rows.
 * Errors: as xj_db_query and xj_store_do. */
XJ_MUST_USE xj_error *xj_store_do_each(xj_store *store, enum xj_sql sql, const char *name,
                                       xj_command_fn run, xj_pool *scratch);

/* What a command may use. */
xj_db *xj_tx_db(xj_tx *tx);
xj_pool *xj_tx_pool(xj_tx *tx); /* for RUN's scratch; cleared when the command ends */
int64_t xj_tx_tenant(const xj_tx *tx);
int64_t xj_tx_actor(const xj_tx *tx);
xj_str xj_tx_actor_name(const xj_tx *tx); /* how the journal calls the actor */
int64_t xj_tx_now(const xj_tx *tx);       /* microseconds UTC, the same throughout the command */
/* The time in microseconds since 2020, or one more than the last id where that is not above it:
 * increasing in one process, above all stored, below 2^53 (exact in JSON). */
int64_t xj_tx_next_id(xj_tx *tx);
/* The first of COUNT ids in a row, for what keeps room between its own. */
int64_t xj_tx_next_ids(xj_tx *tx, int64_t count);
/* Say in the journal what the command was about, where only RUN knows ("plan_version/123"). */
void xj_tx_subject(xj_tx *tx, const char *kind, int64_t id);
/* Say which reason the journal shows, where only RUN knows; WHY is copied. */
void xj_tx_why(xj_tx *tx, xj_str why);

/* ---- the journal ---- */

/* Erase what the journal keeps of the arguments of TX's tenant's command SEQ; its row and the chain
 * stay.  Errors: NOT_FOUND where there is none or it is erased already. */
XJ_MUST_USE xj_error *xj_tx_erase_payload(xj_tx *tx, int64_t seq);

/* Verify the chain of every tenant (TENANT < 0) or of one: *ROWS were read, *BAD is the number of
 * faults, each reported through EACH (may be NULL). */
XJ_MUST_USE xj_error *
xj_journal_verify(xj_store *store, int64_t tenant, int64_t *rows, int64_t *bad,
                  void (*each)(void *arg, int64_t tenant, int64_t seq, const char *what),
                  void *arg);

/* The last row of a chain.  Kept elsewhere, it shows later whether rows were cut off. */
typedef struct xj_journal_head {
    int64_t tenant, rows;
    char hash[65]; /* hexadecimal */
} xj_journal_head;
XJ_MUST_USE xj_error *xj_journal_heads(xj_journal_head **heads, size_t *n, xj_store *store,
                                       xj_pool *result);
/* *HAS is true where row HEAD->rows of its chain has HEAD's hash: the chain is that one, or grew
 * from it. */
XJ_MUST_USE xj_error *xj_journal_has(bool *has, xj_store *store, const xj_journal_head *head,
                                     xj_pool *scratch);

/* Run every statement of the modules' checks (src/<module>/checks.sql: each must give no row) and
 * the database's own integrity check; *BAD rows were found, each reported through EACH (may be
 * NULL). */
XJ_MUST_USE xj_error *xj_store_check(xj_store *store, int64_t *bad,
                                     void (*each)(void *arg, const char *check, const char *row),
                                     void *arg);
