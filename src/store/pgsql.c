/*
 * The driver for PostgreSQL, through libpq's pipeline mode: statements are only sent (savepoints,
 * the journal's rows, xj_db_send, queries); where an answer is needed (a row is asked for, a count)
 * a sync follows and the results of all that was sent before it are read.  Queries that are begun
 * one after another and read then cost one round trip.  Parameters and results are text, except
 * bytes in.
 */
#include "base/log.h"
#include "store/store_priv.h"

#include <libpq-fe.h>

#define MADE_MAX 256    /* texts made at run time that are kept prepared */
#define PENDING_MAX 200 /* sent and not read: both sides' buffers hold so many answers */
#define BYTEA_OID 17
#define COLUMNS_MAX 100

struct kept {
    bool prepared;
    char name[16]; /* at the server */
};

struct pending {
    enum { SENT_PREPARE, SENT_STATEMENT, SENT_SYNC } kind;
    struct kept *kept; /* of SENT_PREPARE */
    xj_cursor *cursor; /* of a query's SENT_STATEMENT, else NULL */
    const char *name;  /* for the log */
};

typedef struct pgsql_conn {
    xj_conn base;
    PGconn *pg;
    xj_pool *pool;
    const char *url;
    xj_role role;
    bool lost;
    struct kept kept[SQL_COUNT];
    xj_map made; /* text -> struct kept */
    struct pending pending[PENDING_MAX + 4];
    int npending;
    xj_pool *params_pool; /* the parameters' texts, until they are sent */
} pgsql_conn;

struct xj_cursor {
    pgsql_conn *conn;
    bool sent;        /* its result is still to be read */
    PGresult *result; /* NULL until it was read, and where it failed */
    int row;
    int lengths[COLUMNS_MAX]; /* of decoded bytes in the current row; -1: as it came */
};

/* ---- errors ---- */

static xj_code
code_of(const char *state)
{
    static const struct {
        const char *prefix;
        xj_code code;
    } codes[] = {
        {"23505", XJ_E_DB_UNIQUE}, {"23", XJ_E_DB_CONSTRAINT}, {"53100", XJ_E_DISK_FULL},
        {"40", XJ_E_DB_BUSY},      {"55P03", XJ_E_DB_BUSY},    {"53", XJ_E_DB_BUSY},
        {"57P", XJ_E_DB_LOST},     {"08", XJ_E_DB_LOST},       {"57014", XJ_E_TIMEOUT},
        {"XX001", XJ_E_CORRUPT},   {"XX002", XJ_E_CORRUPT},    {"58", XJ_E_IO},
    };

    for (size_t i = 0; state != NULL && i < sizeof codes / sizeof *codes; i++) {
        if (strncmp(state, codes[i].prefix, strlen(codes[i].prefix)) == 0)
            return codes[i].code;
    }
    return XJ_E_DB;
}

static xj_error *
lost(pgsql_conn *conn)
{
    xj_error *err = xj_error_new(XJ_E_DB_LOST, "%s", xj_code_text(XJ_E_DB_LOST));
    const xj_str why = xj_str_trim(xj_str_c(conn->pg == NULL ? "" : PQerrorMessage(conn->pg)));

    conn->lost = true;
    for (int i = 0; i < conn->npending; i++)
        if (conn->pending[i].cursor != NULL)
            conn->pending[i].cursor->sent = false;
    conn->npending = 0;
    return xj_error_detail(err, XJ_FMT, XJ_ARG(why));
}

/* RESULT's error, about the statement NAME; values stay out of it. */
static xj_error *
failed(pgsql_conn *conn, const PGresult *result, const char *name)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    const xj_code code = code_of(state);

    if (state == NULL || code == XJ_E_DB_LOST)
        return lost(conn);
    return xj_error_detail(xj_error_new(code, "%s", xj_code_text(code)), "%s: %s: %s%s%s", name,
                           state, message == NULL ? "" : message, constraint == NULL ? "" : " ",
                           constraint == NULL ? "" : constraint);
}

/* ---- the pipeline ---- */

/* Keep RESULT for its query; FINE: it is no error. */
static void
hand_over(xj_cursor *cursor, PGresult *result, bool fine)
{
    cursor->sent = false;
    if (!fine) {
        PQclear(result);
        return;
    }
    XJ_ASSERT(PQnfields(result) <= COLUMNS_MAX);
    cursor->result = result;
}

/* Read the results of all that was sent up to a new sync; those of queries stay with their cursors.
 * The first error is returned; else the last other statement's result is *LAST (LAST may be NULL
 * where nobody wants it). */
static xj_error *
read_all(PGresult **last, pgsql_conn *conn)
{
    xj_error *err = NULL;
    PGresult *kept = NULL;

    if (PQpipelineSync(conn->pg) == 0)
        return lost(conn);
    conn->pending[conn->npending++] = (struct pending){.kind = SENT_SYNC, .name = "sync"};
    for (int i = 0; i < conn->npending && !conn->lost; i++) {
        const struct pending *sent = &conn->pending[i];
        PGresult *result = PQgetResult(conn->pg);
        const ExecStatusType status = PQresultStatus(result);
        const bool fine = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

        if (sent->kind == SENT_SYNC && status == PGRES_PIPELINE_SYNC) {
            PQclear(result);
            break;
        }
        if (result == NULL || PQstatus(conn->pg) == CONNECTION_BAD || sent->kind == SENT_SYNC) {
            PQclear(result);
            xj_error_clear(err);
            PQclear(kept);
            return lost(conn);
        }
        if (!fine && sent->kind == SENT_PREPARE)
            sent->kept->prepared = false;
        if (!fine && err == NULL)
            err = failed(conn, result, sent->name);
        if (sent->cursor != NULL) {
            hand_over(sent->cursor, result, fine);
        } else if (sent->kind == SENT_STATEMENT) {
            PQclear(kept);
            kept = result;
        } else {
            PQclear(result);
        }
        if (!conn->lost)
            PQclear(PQgetResult(conn->pg)); /* NULL: the end of this one's results */
    }
    conn->npending = 0;
    if (err == NULL && last != NULL)
        *last = kept;
    else
        PQclear(kept);
    return err;
}

static xj_error *
settle(xj_conn *base)
{
    pgsql_conn *conn = (pgsql_conn *)base;

    if (conn->lost)
        return lost(conn);
    return conn->npending == 0 ? NULL : read_all(NULL, conn);
}

/* The parameters as libpq takes them; the texts live until params_pool is cleared. */
struct wire {
    const char *values[XJ__PARAMS_MAX];
    int lengths[XJ__PARAMS_MAX], formats[XJ__PARAMS_MAX];
};

static void
to_wire(struct wire *wire, const xj_call *call, xj_pool *pool)
{
    for (int i = 0; i < call->n; i++) {
        const xj_param *param = &call->params[i];

        wire->values[i] = NULL;
        wire->lengths[i] = 0;
        wire->formats[i] = 0;
        switch (param->kind) {
        case XJ_PARAM_INT:
            wire->values[i] = xj_str_printf(pool, "%lld", (long long)param->i).data;
            break;
        case XJ_PARAM_REAL:
            wire->values[i] = xj_str_printf(pool, "%.17g", param->d).data;
            break;
        case XJ_PARAM_TEXT:
            wire->values[i] = xj_str_cdup(param->s, pool);
            break;
        case XJ_PARAM_BYTES:
            wire->values[i] = param->s.data;
            wire->lengths[i] = (int)param->s.len;
            wire->formats[i] = 1;
            break;
        case XJ_PARAM_NULL:
            break;
        }
    }
}

/* Where CALL's text is prepared, or NULL where it is not kept. */
static struct kept *
kept_of(const char **text, pgsql_conn *conn, const xj_call *call)
{
    struct kept *kept;

    if (call->sql < SQL_COUNT) {
        *text = xj_store__statements[call->sql].text[XJ__PGSQL];
        kept = &conn->kept[call->sql];
        if (kept->name[0] == '\0')
            snprintf(kept->name, sizeof kept->name, "s%d", (int)call->sql);
        return kept;
    }
    *text = call->text;
    kept = xj_map_find(&conn->made, xj_str_c(call->text));
    if (kept == NULL && conn->made.len < MADE_MAX) {
        kept = XJ_NEW(conn->pool, struct kept);
        snprintf(kept->name, sizeof kept->name, "m%zu", conn->made.len);
        xj_map_set(&conn->made, xj_str_dup(xj_str_c(call->text), conn->pool), kept);
    }
    return kept;
}

static xj_error *
send_prepare(pgsql_conn *conn, struct kept *kept, const char *text, const char *name)
{
    if (kept->prepared)
        return NULL;
    if (PQsendPrepare(conn->pg, kept->name, text, 0, NULL) == 0)
        return lost(conn);
    /* Taken back where its result is an error. */
    kept->prepared = true;
    conn->pending[conn->npending++] =
        (struct pending){.kind = SENT_PREPARE, .kept = kept, .name = name};
    return NULL;
}

/* Send CALL; where it is a query its result goes to CURSOR, else CURSOR is NULL. */
static xj_error *
send_call(pgsql_conn *conn, const xj_call *call, xj_cursor *cursor)
{
    const char *name = xj_store__call_name(call);
    const char *text;
    struct kept *kept;
    struct wire wire;
    int ok;

    if (conn->lost)
        return lost(conn);
    for (int i = 0; i < call->n; i++) {
        if (call->params[i].s.len > INT32_MAX / 2)
            return xj_error_new(XJ_E_TOO_LARGE, "a value for the database is too large");
    }
    if (conn->npending >= PENDING_MAX)
        XJ_TRY(read_all(NULL, conn));
    kept = kept_of(&text, conn, call);
    to_wire(&wire, call, conn->params_pool);
    if (kept != NULL)
        XJ_TRY(send_prepare(conn, kept, text, name));
    if (kept != NULL)
        ok = PQsendQueryPrepared(conn->pg, kept->name, call->n, wire.values, wire.lengths,
                                 wire.formats, 0);
    else
        ok = PQsendQueryParams(conn->pg, text, call->n, NULL, wire.values, wire.lengths,
                               wire.formats, 0);
    xj_pool_clear(conn->params_pool);
    if (ok == 0)
        return lost(conn);
    conn->pending[conn->npending++] =
        (struct pending){.kind = SENT_STATEMENT, .cursor = cursor, .name = name};
    if (cursor != NULL)
        cursor->sent = true;
    return NULL;
}

static xj_error *
send(xj_conn *base, const xj_call *call)
{
    return send_call((pgsql_conn *)base, call, NULL);
}

static xj_error *
ask(PGresult **result, pgsql_conn *conn, const xj_call *call)
{
    XJ_TRY(send_call(conn, call, NULL));
    return read_all(result, conn);
}

static xj_error *
ask_text(PGresult **result, pgsql_conn *conn, const char *text, const xj_param *params, int n)
{
    const xj_call call = {.sql = SQL_COUNT, .text = text, .name = text, .params = params, .n = n};

    return ask(result, conn, &call);
}

/* ---- connections ---- */

static void
ignore_notice(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

/* Both databases sort by bytes, or lists would page differently; and text is UTF-8. */
static xj_error *
check_database(pgsql_conn *conn)
{
    const char *text = "SELECT datcollate, pg_encoding_to_char(encoding), current_schema() "
                       "FROM pg_database WHERE datname = current_database()";
    PGresult *result;
    xj_error *err = NULL;

    XJ_TRY(ask_text(&result, conn, text, NULL, 0));
    const char *collate = PQgetvalue(result, 0, 0);

    if (strcmp(collate, "C") != 0 && strcmp(collate, "POSIX") != 0 &&
        strcmp(collate, "C.UTF-8") != 0 && strcmp(collate, "C.utf8") != 0)
        err = xj_error_new(XJ_E_CONFIG,
                           "the PostgreSQL database sorts by \"%s\"; it must be made with "
                           "LC_COLLATE \"C\"",
                           collate);
    else if (strcmp(PQgetvalue(result, 0, 1), "UTF8") != 0)
        err = xj_error_new(XJ_E_CONFIG, "the PostgreSQL database's encoding is %s, not UTF8",
                           PQgetvalue(result, 0, 1));
    else if (PQgetisnull(result, 0, 2))
        err = xj_error_new(XJ_E_CONFIG, "the PostgreSQL connection's search_path names no schema");
    PQclear(result);
    return err;
}

static xj_error *
connect_now(pgsql_conn *conn)
{
    const char *const keys[] = {"connect_timeout",
                                "client_encoding",
                                "fallback_application_name",
                                "keepalives_idle",
                                "tcp_user_timeout",
                                "dbname",
                                NULL};
    const char *const values[] = {"10", "UTF8", "xingjian", "30", "30000", conn->url, NULL};
    /* What this program calls stored is on the disk, whatever the server's default. */
    static const char *const settings[] = {
        [XJ_ROLE_LANE] =
            "SET synchronous_commit = on; SET bytea_output = hex; SET lock_timeout = '5s'",
        [XJ_ROLE_READER] =
            "SET statement_timeout = '60s'; SET bytea_output = hex; SET lock_timeout = '5s'",
    };
    PGresult *result;
    bool set;

    conn->pg = PQconnectdbParams(keys, values, 1);
    conn->lost = false;
    conn->npending = 0;
    memset(conn->kept, 0, sizeof conn->kept);
    for (size_t i = 0; i < conn->made.len; i++)
        ((struct kept *)conn->made.entries[i].value)->prepared = false;
    if (PQstatus(conn->pg) != CONNECTION_OK)
        return xj_error_wrap(XJ_E_DB_LOST, lost(conn), "the database server cannot be reached");
    PQsetNoticeProcessor(conn->pg, ignore_notice, NULL);
    result = PQexec(conn->pg, settings[conn->role]);
    set = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!set || PQenterPipelineMode(conn->pg) == 0)
        return lost(conn);
    return check_database(conn);
}

static void
close_conn(void *arg)
{
    pgsql_conn *conn = arg;

    PQfinish(conn->pg);
}

static xj_error *
open_conn(xj_conn **out, const xj_store_options *options, xj_role role, xj_pool *pool)
{
    pgsql_conn *conn = XJ_NEW(pool, pgsql_conn);

    conn->base.driver = &xj_store__pgsql;
    conn->pool = pool;
    conn->params_pool = xj_pool_child(pool);
    conn->url = options->url;
    conn->role = role;
    xj_map_init(&conn->made, pool);
    xj_pool_on_end(pool, close_conn, conn);
    XJ_TRY(connect_now(conn));
    *out = &conn->base;
    return NULL;
}

static xj_error *
reopen_conn(xj_conn *base)
{
    pgsql_conn *conn = (pgsql_conn *)base;

    PQfinish(conn->pg);
    conn->pg = NULL;
    return connect_now(conn);
}

/* Of this schema in this database, for the life of the session. */
static xj_error *
lock(bool *got, xj_conn *base, int lane)
{
    const xj_param params[] = {{.kind = XJ_PARAM_INT, .i = lane}};
    PGresult *result;

    *got = false;
    XJ_TRY(ask_text(&result, (pgsql_conn *)base,
                    "SELECT pg_try_advisory_lock(hashtext('xingjian ' || current_schema()), "
                    "CAST($1 AS integer))",
                    params, 1));
    *got = PQgetvalue(result, 0, 0)[0] == 't';
    PQclear(result);
    return NULL;
}

static bool
alive(xj_conn *base)
{
    const pgsql_conn *conn = (const pgsql_conn *)base;

    return !conn->lost && PQstatus(conn->pg) == CONNECTION_OK;
}

static bool
in_transaction(xj_conn *base)
{
    const PGTransactionStatusType status = PQtransactionStatus(((pgsql_conn *)base)->pg);

    return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

/* ---- statements ---- */

static xj_error *
prepare(xj_conn *base, const xj_call *call)
{
    pgsql_conn *conn = (pgsql_conn *)base;
    const char *text;
    struct kept *kept = kept_of(&text, conn, call);

    if (kept == NULL)
        return NULL;
    XJ_TRY(send_prepare(conn, kept, text, xj_store__call_name(call)));
    return settle(base);
}

static xj_error *
run(int64_t *changed, xj_conn *base, const xj_call *call)
{
    PGresult *result;

    XJ_TRY(ask(&result, (pgsql_conn *)base, call));
    if (changed != NULL) {
        *changed = 0;
        if (strncmp(PQcmdStatus(result), "SELECT", 6) != 0)
            *changed = strtoll(PQcmdTuples(result), NULL, 10);
    }
    PQclear(result);
    return NULL;
}

static xj_error *
send_text(pgsql_conn *conn, const char *text)
{
    const xj_call call = {.sql = SQL_COUNT, .text = text, .name = text};

    return send_call(conn, &call, NULL);
}

/* A COMMIT after a failed statement answers ROLLBACK, and is no error to the server. */
static xj_error *
commit(pgsql_conn *conn)
{
    PGresult *result;
    bool done;

    XJ_TRY(ask_text(&result, conn, "COMMIT", NULL, 0));
    done = strcmp(PQcmdStatus(result), "COMMIT") == 0;
    PQclear(result);
    return done ? NULL : xj_error_new(XJ_E_DB, "the transaction had failed and was undone");
}

static xj_error *
control(xj_conn *base, xj_control what)
{
    pgsql_conn *conn = (pgsql_conn *)base;

    switch (what) {
    case XJ_CTL_BEGIN_READ:
        return send_text(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    case XJ_CTL_BEGIN_WRITE:
        return send_text(conn, "BEGIN");
    case XJ_CTL_SAVEPOINT:
        return send_text(conn, "SAVEPOINT c");
    case XJ_CTL_RELEASE:
        return send_text(conn, "RELEASE SAVEPOINT c");
    case XJ_CTL_COMMIT:
        return commit(conn);
    case XJ_CTL_ROLLBACK:
        return ask_text(NULL, conn, "ROLLBACK", NULL, 0);
    case XJ_CTL_UNDO:
        break;
    }
    XJ_TRY(send_text(conn, "ROLLBACK TO SAVEPOINT c"));
    return ask_text(NULL, conn, "RELEASE SAVEPOINT c", NULL, 0);
}

/* Several statements in one text are possible outside the pipeline only. */
static xj_error *
script(xj_conn *base, const char *text)
{
    pgsql_conn *conn = (pgsql_conn *)base;
    xj_error *err = NULL;
    PGresult *result;
    ExecStatusType status;

    XJ_TRY(settle(base));
    if (PQexitPipelineMode(conn->pg) == 0)
        return lost(conn);
    result = PQexec(conn->pg, text);
    status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        err = failed(conn, result, "a script");
    PQclear(result);
    if (!conn->lost && PQenterPipelineMode(conn->pg) == 0)
        conn->lost = true;
    return err;
}

/* ---- queries ---- */

static xj_error *
query(xj_cursor **out, xj_conn *base, const xj_call *call, xj_pool *pool)
{
    xj_cursor *cursor = XJ_NEW(pool, xj_cursor);

    cursor->conn = (pgsql_conn *)base;
    cursor->row = -1;
    XJ_TRY(send_call(cursor->conn, call, cursor));
    *out = cursor;
    return NULL;
}

static int
hex(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* "\x0aff" to its bytes, in place: they are shorter. */
static int
decode(char *text, int len)
{
    int n = 0;

    for (int i = 2; i + 1 < len; i += 2)
        text[n++] = (char)(hex(text[i]) << 4 | hex(text[i + 1]));
    return n;
}

static xj_error *
next(xj_cursor *cursor, bool *more)
{
    PGresult *result;

    if (cursor->sent)
        XJ_TRY(read_all(NULL, cursor->conn));
    result = cursor->result;
    if (result == NULL)
        return cursor->conn->lost
                   ? lost(cursor->conn)
                   : xj_error_new(XJ_E_DB, "a statement that was sent before this one has failed");
    *more = ++cursor->row < PQntuples(result);
    for (int col = 0; *more && col < PQnfields(result); col++) {
        cursor->lengths[col] = -1;
        if (PQftype(result, col) == BYTEA_OID && !PQgetisnull(result, cursor->row, col))
            cursor->lengths[col] =
                decode(PQgetvalue(result, cursor->row, col), PQgetlength(result, cursor->row, col));
    }
    return NULL;
}

static void
end_query(xj_cursor *cursor)
{
    pgsql_conn *conn = cursor->conn;

    for (int i = 0; cursor->sent && i < conn->npending; i++)
        if (conn->pending[i].cursor == cursor)
            conn->pending[i].cursor = NULL; /* its result is thrown away when it comes */
    PQclear(cursor->result);
}

static int
columns(const xj_cursor *cursor)
{
    return PQnfields(cursor->result);
}

static bool
is_null(const xj_cursor *cursor, int col)
{
    return PQgetisnull(cursor->result, cursor->row, col) != 0;
}

static int64_t
get_int(const xj_cursor *cursor, int col)
{
    const char *text = PQgetvalue(cursor->result, cursor->row, col);

    return text[0] == 't' ? 1 : strtoll(text, NULL, 10);
}

static double
get_real(const xj_cursor *cursor, int col)
{
    return strtod(PQgetvalue(cursor->result, cursor->row, col), NULL);
}

static xj_str
get_str(const xj_cursor *cursor, int col)
{
    const int length = cursor->lengths[col];

    if (is_null(cursor, col))
        return XJ_STR_NONE;
    return xj_str_of(
        PQgetvalue(cursor->result, cursor->row, col),
        (size_t)(length >= 0 ? length : PQgetlength(cursor->result, cursor->row, col)));
}

const xj_driver xj_store__pgsql = {
    .name = "pgsql",
    .kind = XJ__PGSQL,
    .lanes = 4,
    .lock_tries = 10,
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
