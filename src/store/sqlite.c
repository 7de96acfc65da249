/*
 * The driver for SQLite.  Connections are used by one thread at a time (SQLITE_OPEN_NOMUTEX).  The
 * lane's one commits into the WAL with synchronous=FULL; a thread of its own moves the WAL into the
 * database, so that no commit waits for that.
 */
#include "base/log.h"
#include "store/store_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 5000
#define MADE_MAX 256           /* texts made at run time that are kept prepared */
#define MMAP_BYTES 268435456   /* readers; counts as shared, not as anonymous memory */
#define CHECKPOINT_FRAMES 1000 /* in the WAL: time to move them */
#define RESTART_FRAMES 16384   /* 64 MiB: time to start the WAL anew, even if the lane must wait */
#define RESTART_BUSY_MS 50     /* ... and so long at the most */

struct kept {
    sqlite3_stmt *stmt;
    bool busy; /* a cursor runs on it */
};

struct checkpointer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    int frames;  /* in the WAL after the last commit */
    int next;    /* so many make it time again */
    int restart; /* so many make it time to begin the WAL anew */
    bool wanted, stop;
    sqlite3 *db;
};

typedef struct sqlite_conn {
    xj_conn base;
    sqlite3 *db;
    xj_pool *pool;
    const char *path;
    int lock_fd;
    struct kept kept[SQL_COUNT];
    xj_map made;                      /* text -> struct kept */
    xj_pool *made_pool;               /* a root: the connection's clean-up still needs it */
    struct checkpointer checkpointer; /* a lane's */
    bool checkpoints;
} sqlite_conn;

struct xj_cursor {
    sqlite_conn *conn;
    sqlite3_stmt *stmt;
    struct kept *kept; /* NULL: the statement is this cursor's own */
    const char *name;
};

static xj_code
code_of(int rc, int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return XJ_E_DB_UNIQUE;
    default:
        break;
    }
    switch (rc & 0xff) {
    case SQLITE_CONSTRAINT:
        return XJ_E_DB_CONSTRAINT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return XJ_E_DB_BUSY;
    case SQLITE_FULL:
        return XJ_E_DISK_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return XJ_E_CORRUPT;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return XJ_E_IO;
    case SQLITE_TOOBIG:
        return XJ_E_TOO_LARGE;
    default:
        return XJ_E_DB;
    }
}

/* The database's last error, about WHAT. */
static xj_error *
failed(sqlite3 *db, int rc, const char *what)
{
    const int extended = db == NULL ? rc : sqlite3_extended_errcode(db);
    const xj_code code = code_of(rc, extended);

    return xj_error_detail(xj_error_new(code, "%s", xj_code_text(code)), "%s: %s (%d)", what,
                           db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(db), extended);
}

/* ---- opening ---- */

static void
configure(void)
{
    /* Counting memory takes a lock in every allocation of every thread. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_initialize();
}

static xj_error *
script(xj_conn *base, const char *text)
{
    sqlite_conn *conn = (sqlite_conn *)base;
    const int rc = sqlite3_exec(conn->db, text, NULL, NULL, NULL);

    return rc == SQLITE_OK ? NULL : failed(conn->db, rc, "a script");
}

static xj_error *
open_db(sqlite3 **db, const char *path, const char *vfs, bool create)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (create ? SQLITE_OPEN_CREATE : 0);
    const int rc = sqlite3_open_v2(path, db, flags, vfs);

    if (rc != SQLITE_OK) {
        xj_error *err = failed(*db, rc, path);

        sqlite3_close(*db);
        *db = NULL;
        return err;
    }
    sqlite3_busy_timeout(*db, BUSY_MS);
    sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return NULL;
}

static void
forget_made(sqlite_conn *conn)
{
    for (size_t i = 0; i < conn->made.len; i++) {
        struct kept *kept = conn->made.entries[i].value;

        sqlite3_finalize(kept->stmt);
    }
    xj_pool_clear(conn->made_pool);
    xj_map_init(&conn->made, conn->made_pool);
}

static void
stop_checkpointer(struct checkpointer *c)
{
    pthread_mutex_lock(&c->lock);
    c->stop = true;
    pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->lock);
    pthread_join(c->thread, NULL);
    pthread_cond_destroy(&c->wake);
    pthread_mutex_destroy(&c->lock);
    sqlite3_close(c->db);
}

static void
close_conn(void *arg)
{
    sqlite_conn *conn = arg;

    if (conn->checkpoints)
        stop_checkpointer(&conn->checkpointer);
    for (int i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(conn->kept[i].stmt);
    forget_made(conn);
    xj_pool_destroy(conn->made_pool);
    sqlite3_close(conn->db);
    /* Last: until here nobody else may write. */
    if (conn->lock_fd >= 0)
        close(conn->lock_fd);
}

static void
checkpoint(struct checkpointer *c, int frames)
{
    const bool restart = frames > c->restart;
    int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

    /* This one holds the lane up, so only for what was written since. */
    if (restart && rc == SQLITE_OK)
        rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);

    /* Where a long read stands in the way, the lane is not held up again so soon. */
    if (restart)
        c->restart = rc == SQLITE_OK ? RESTART_FRAMES : frames + RESTART_FRAMES;
    if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY && (rc & 0xff) != SQLITE_LOCKED) {
        xj_error *err = failed(c->db, rc, "the checkpoint");

        /* Nothing is lost, the WAL only grows: say it and try again at the next commit. */
        xj_log_error("store.checkpoint", err, XJ_STR_NONE);
        xj_error_clear(err);
    }
}

static void *
checkpointer_main(void *arg)
{
    struct checkpointer *c = arg;

    pthread_mutex_lock(&c->lock);
    for (;;) {
        int frames;

        while (!c->wanted && !c->stop)
            pthread_cond_wait(&c->wake, &c->lock);
        if (c->stop)
            break;
        c->wanted = false;
        frames = c->frames;
        pthread_mutex_unlock(&c->lock);
        checkpoint(c, frames);
        pthread_mutex_lock(&c->lock);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

/* SQLite calls this after each commit with the WAL's length. */
static int
wal_grew(void *arg, sqlite3 *db, const char *name, int frames)
{
    struct checkpointer *c = arg;

    (void)db;
    (void)name;
    pthread_mutex_lock(&c->lock);
    if (frames < c->frames)
        c->next = CHECKPOINT_FRAMES; /* the WAL began anew */
    c->frames = frames;
    if (frames >= c->next) {
        c->next = frames + CHECKPOINT_FRAMES;
        c->wanted = true;
        pthread_cond_signal(&c->wake);
    }
    pthread_mutex_unlock(&c->lock);
    return SQLITE_OK;
}

static xj_error *
start_checkpointer(sqlite_conn *conn, const char *vfs)
{
    struct checkpointer *c = &conn->checkpointer;

    XJ_TRY(open_db(&c->db, conn->path, vfs, false));
    sqlite3_busy_timeout(c->db, RESTART_BUSY_MS);
    /* The mode of this connection decides how its checkpoints sync. */
    sqlite3_exec(c->db, "PRAGMA synchronous=FULL", NULL, NULL, NULL);
    c->next = CHECKPOINT_FRAMES;
    c->restart = RESTART_FRAMES;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->wake, NULL);
    xj_error *err = xj_store__thread(&c->thread, checkpointer_main, c);

    if (err != NULL) {
        sqlite3_close(c->db);
        return err;
    }
    conn->checkpoints = true;
    sqlite3_wal_hook(conn->db, wal_grew, c);
    return NULL;
}

/* Make the file itself, so that it is nobody else's from its first byte on. */
static xj_error *
make_file(const char *path)
{
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return xj_error_detail(xj_error_new(XJ_E_IO, "the database file cannot be opened"),
                               "%s: %s", path, strerror(errno));
    close(fd);
    return NULL;
}

static xj_error *
open_conn(xj_conn **out, const xj_store_options *options, xj_role role, xj_pool *pool)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const char *path = options->url + strlen("sqlite:");
    sqlite_conn *conn = XJ_NEW(pool, sqlite_conn);
    const bool lane = role == XJ_ROLE_LANE;

    pthread_once(&once, configure);
    if (lane && options->sqlite_vfs == NULL)
        XJ_TRY(make_file(path));
    XJ_TRY(open_db(&conn->db, path, options->sqlite_vfs, lane));
    conn->base.driver = &xj_store__sqlite;
    conn->pool = pool;
    conn->path = path;
    conn->lock_fd = -1;
    conn->made_pool = xj_pool_root();
    xj_map_init(&conn->made, conn->made_pool);
    xj_pool_on_end(pool, close_conn, conn);
    if (lane) {
        XJ_TRY(script(&conn->base, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                   "PRAGMA wal_autocheckpoint=0; PRAGMA foreign_keys=ON;"
                                   "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
                                   "PRAGMA journal_size_limit=67108864;"));
        XJ_TRY(start_checkpointer(conn, options->sqlite_vfs));
    } else {
        char text[160];

        snprintf(text, sizeof text,
                 "PRAGMA query_only=ON; PRAGMA cache_size=-2000; PRAGMA temp_store=MEMORY;"
                 "PRAGMA wal_autocheckpoint=0; PRAGMA mmap_size=%d;",
                 MMAP_BYTES);
        XJ_TRY(script(&conn->base, text));
    }
    *out = &conn->base;
    return NULL;
}

static xj_error *
reopen_conn(xj_conn *base)
{
    (void)base;
    return NULL;
}

/* A file beside the database, since locks on the database itself belong to SQLite (and closing any
 * descriptor of it would drop them). */
static xj_error *
lock(bool *got, xj_conn *base, int lane)
{
    sqlite_conn *conn = (sqlite_conn *)base;

    XJ_ASSERT(lane == 0);
    *got = conn->lock_fd >= 0;
    if (*got)
        return NULL;
    const char *path = xj_str_printf(conn->pool, "%s.lock", conn->path).data;
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0)
        return xj_error_detail(xj_error_new(XJ_E_IO, "the writer's lock cannot be opened"),
                               "%s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
        conn->lock_fd = fd;
        *got = true;
        return NULL;
    }
    const int why = errno;

    close(fd);
    if (why == EWOULDBLOCK)
        return NULL;
    return xj_error_detail(xj_error_new(XJ_E_IO, "the writer's lock cannot be taken"), "%s: %s",
                           path, strerror(why));
}

static bool
alive(xj_conn *base)
{
    (void)base;
    return true;
}

static bool
in_transaction(xj_conn *base)
{
    return sqlite3_get_autocommit(((sqlite_conn *)base)->db) == 0;
}

/* ---- statements ---- */

/* The prepared statement of CALL; *KEPT is NULL where its own is in use and this is another. */
static xj_error *
prepared(sqlite3_stmt **stmt, struct kept **out, sqlite_conn *conn, const xj_call *call)
{
    const char *text = call->text;
    struct kept *kept;
    int rc;

    if (call->sql < SQL_COUNT) {
        text = xj_store__statements[call->sql].text[XJ__SQLITE];
        kept = &conn->kept[call->sql];
    } else {
        kept = xj_map_find(&conn->made, xj_str_c(text));
        if (kept == NULL && conn->made.len >= MADE_MAX) {
            bool busy = false;

            for (size_t i = 0; i < conn->made.len; i++)
                busy = busy || ((struct kept *)conn->made.entries[i].value)->busy;
            if (!busy)
                forget_made(conn);
        }
        if (kept == NULL && conn->made.len < MADE_MAX) {
            kept = XJ_NEW(conn->made_pool, struct kept);
            xj_map_set(&conn->made, xj_str_dup(xj_str_c(text), conn->made_pool), kept);
        }
    }
    if (kept != NULL && kept->busy)
        kept = NULL;
    *out = kept;
    if (kept != NULL && kept->stmt != NULL) {
        *stmt = kept->stmt;
        return NULL;
    }
    rc = sqlite3_prepare_v3(conn->db, text, -1, kept == NULL ? 0 : SQLITE_PREPARE_PERSISTENT, stmt,
                            NULL);
    if (rc != SQLITE_OK)
        return failed(conn->db, rc, xj_store__call_name(call));
    if (kept != NULL)
        kept->stmt = *stmt;
    return NULL;
}

static int
bind_one(sqlite3_stmt *stmt, int i, const xj_param *param, sqlite3_destructor_type keep)
{
    switch (param->kind) {
    case XJ_PARAM_INT:
        return sqlite3_bind_int64(stmt, i, param->i);
    case XJ_PARAM_REAL:
        return sqlite3_bind_double(stmt, i, param->d);
    case XJ_PARAM_TEXT:
        return sqlite3_bind_text64(stmt, i, param->s.data, param->s.len, keep, SQLITE_UTF8);
    case XJ_PARAM_BYTES:
        return sqlite3_bind_blob64(stmt, i, param->s.data, param->s.len, keep);
    case XJ_PARAM_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, i);
}

static xj_error *
bind(sqlite_conn *conn, sqlite3_stmt *stmt, const xj_call *call, sqlite3_destructor_type keep)
{
    for (int i = 0; i < call->n; i++) {
        const int rc = bind_one(stmt, i + 1, &call->params[i], keep);

        if (rc != SQLITE_OK)
            return failed(conn->db, rc, xj_store__call_name(call));
    }
    return NULL;
}

/* Make STMT ready for its next use, or end it where nobody keeps it. */
static void
put_back(sqlite3_stmt *stmt, struct kept *kept)
{
    if (kept == NULL) {
        sqlite3_finalize(stmt);
        return;
    }
    kept->busy = false;
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

static xj_error *
prepare(xj_conn *base, const xj_call *call)
{
    sqlite3_stmt *stmt = NULL;
    struct kept *kept;

    XJ_TRY(prepared(&stmt, &kept, (sqlite_conn *)base, call));
    put_back(stmt, kept);
    return NULL;
}

static xj_error *
run(int64_t *changed, xj_conn *base, const xj_call *call)
{
    sqlite_conn *conn = (sqlite_conn *)base;
    sqlite3_stmt *stmt;
    struct kept *kept;
    xj_error *err;
    int rc = SQLITE_ROW;

    XJ_TRY(prepared(&stmt, &kept, conn, call));
    err = bind(conn, stmt, call, SQLITE_STATIC);
    while (err == NULL && rc == SQLITE_ROW)
        rc = sqlite3_step(stmt);
    if (err == NULL && rc != SQLITE_DONE)
        err = failed(conn->db, rc, xj_store__call_name(call));
    if (err == NULL && changed != NULL)
        *changed = sqlite3_stmt_readonly(stmt) ? 0 : sqlite3_changes64(conn->db);
    put_back(stmt, kept);
    return err;
}

static xj_error *
send(xj_conn *base, const xj_call *call)
{
    return run(NULL, base, call);
}

static xj_error *
settle(xj_conn *base)
{
    (void)base;
    return NULL;
}

static xj_error *
control(xj_conn *base, xj_control what)
{
    static const char *const texts[] = {
        [XJ_CTL_BEGIN_READ] = "BEGIN",      [XJ_CTL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
        [XJ_CTL_COMMIT] = "COMMIT",         [XJ_CTL_ROLLBACK] = "ROLLBACK",
        [XJ_CTL_SAVEPOINT] = "SAVEPOINT c", [XJ_CTL_RELEASE] = "RELEASE c",
    };

    if (what == XJ_CTL_UNDO) {
        const xj_call undo = {.sql = SQL_COUNT, .text = "ROLLBACK TO c", .name = "ROLLBACK TO"};
        const xj_call release = {.sql = SQL_COUNT, .text = "RELEASE c", .name = "RELEASE"};

        XJ_TRY(run(NULL, base, &undo));
        return run(NULL, base, &release);
    }
    const xj_call call = {.sql = SQL_COUNT, .text = texts[what], .name = texts[what]};

    return run(NULL, base, &call);
}

/* ---- queries ---- */

static xj_error *
query(xj_cursor **out, xj_conn *base, const xj_call *call, xj_pool *pool)
{
    sqlite_conn *conn = (sqlite_conn *)base;
    xj_cursor *cursor = XJ_NEW(pool, xj_cursor);
    xj_error *err;

    XJ_TRY(prepared(&cursor->stmt, &cursor->kept, conn, call));
    cursor->conn = conn;
    cursor->name = xj_store__call_name(call);
    if (cursor->kept != NULL)
        cursor->kept->busy = true;
    err = bind(conn, cursor->stmt, call, SQLITE_TRANSIENT);
    if (err != NULL)
        put_back(cursor->stmt, cursor->kept);
    *out = cursor;
    return err;
}

static xj_error *
next(xj_cursor *cursor, bool *more)
{
    const int rc = sqlite3_step(cursor->stmt);

    *more = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return NULL;
    return failed(cursor->conn->db, rc, cursor->name);
}

static void
end_query(xj_cursor *cursor)
{
    put_back(cursor->stmt, cursor->kept);
}

static int
columns(const xj_cursor *cursor)
{
    return sqlite3_column_count(cursor->stmt);
}

static bool
is_null(const xj_cursor *cursor, int col)
{
    return sqlite3_column_type(cursor->stmt, col) == SQLITE_NULL;
}

static int64_t
get_int(const xj_cursor *cursor, int col)
{
    return sqlite3_column_int64(cursor->stmt, col);
}

static double
get_real(const xj_cursor *cursor, int col)
{
    return sqlite3_column_double(cursor->stmt, col);
}

static xj_str
get_str(const xj_cursor *cursor, int col)
{
    const char *data;

    switch (sqlite3_column_type(cursor->stmt, col)) {
    case SQLITE_NULL:
        return XJ_STR_NONE;
    case SQLITE_BLOB:
        data = sqlite3_column_blob(cursor->stmt, col);
        break;
    default:
        data = (const char *)sqlite3_column_text(cursor->stmt, col);
        break;
    }
    return xj_str_of(data == NULL ? "" : data, (size_t)sqlite3_column_bytes(cursor->stmt, col));
}

const xj_driver xj_store__sqlite = {
    .name = "sqlite",
    .kind = XJ__SQLITE,
    .lanes = 1,
    .integrity = "PRAGMA integrity_check",
    .open = open_conn,
    .reopen = reopen_conn,
    .lock = lock,
    .alive = alive,
    .in_transaction = in_transaction,
    .control = control,
    .script = script,
    .prepare = prepare,
    .run = run,
    .send = send,
    .settle = settle,
    .query = query,
    .next = next,
    .end_query = end_query,
    .columns = columns,
    .is_null = is_null,
    .get_int = get_int,
    .get_real = get_real,
    .get_str = get_str,
};
