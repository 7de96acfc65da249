/* Operations: in this process, or in the server that holds the data. */
#include "app/ops.h"

#include "app/wire.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define SERVERS 2           /* operations at once */
#define PATIENCE_SECONDS 10 /* for a client that sends nothing */
#define LOCK_WAIT_MS 5000

typedef xj_error *(*op_fn)(xj_op *op);

static op_fn
find_op(xj_str name)
{
    static const struct {
        const char *name;
        op_fn run;
    } table[] = {
#define X(name, sent) {sent, xj_op_##name},
        XJ_OPS(X)
#undef X
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (xj_str_eq(name, xj_str_c(table[i].name)))
            return table[i].run;
    return NULL;
}

/* ---- what operations use ---- */

xj_error *
xj_op_command(xj_op *op, int64_t tenant, const char *name, xj_command_fn run, void *args,
              xj_str payload)
{
    xj_command command = {.name = name,
                          .tenant = tenant,
                          .actor_name = op->actor,
                          .payload = payload.len > 0 ? payload : op->args_text,
                          .run = run,
                          .args = args};
    xj_str body;

    XJ_TRY(xj_store_do(op->store, &command, &body, NULL, op->pool));
    xj_buf_add(op->answer, body);
    return NULL;
}

bool
xj_op_ends(void *arg)
{
    const xj_op *op = arg;

    return op->stopping != NULL && atomic_load(op->stopping);
}

xj_error *
xj_op_read(xj_reader **reader, xj_op *op)
{
    return xj_reader_begin(reader, op->store, op->pool);
}

xj_error *
xj_op_tenant(xj_tenant *tenant, xj_op *op, xj_db *db)
{
    xj_str word;

    XJ_TRY(xj_jval_get_str(&word, op->args, "tenant", true));
    return xj_tenant_find(tenant, db, word, op->pool);
}

/* ---- doing one ---- */

static xj_str
account(uid_t uid, xj_pool *pool)
{
    char space[4096];
    struct passwd row, *found = NULL;

    if (getpwuid_r(uid, &row, space, sizeof space, &found) == 0 && found != NULL)
        return xj_str_printf(pool, "os:%s", found->pw_name);
    return xj_str_printf(pool, "os:%u", (unsigned)uid);
}

static xj_error *
run_op(xj_buf *answer, xj_store *store, const xj_settings *settings, const atomic_bool *stopping,
       xj_str actor, const xj_wire_request *request, xj_pool *pool)
{
    xj_op op = {.args_text = request->args,
                .stopping = stopping,
                .blob = request->blob,
                .actor = actor,
                .store = store,
                .settings = settings,
                .answer = answer,
                .pool = pool};
    op_fn run = find_op(request->name);

    if (run == NULL)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no operation \"" XJ_FMT "\"",
                            XJ_ARG(request->name));
    XJ_TRY(xj_json_parse(&op.args, request->args, XJ_OP_ARGS_MAX, pool));
    XJ_TRY(run(&op));
    return xj_buf_check(answer);
}

/* ---- the socket ---- */

/* The socket's address in folder DATA, by way of an open folder: a path of any length fits. */
static xj_error *
socket_address(struct sockaddr_un *address, int *folder, const char *data)
{
    *folder = open(data, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0)
        return xj_error_new(XJ_E_IO, "the data folder cannot be used: %s", strerror(errno));
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/socket", *folder);
    return NULL;
}

/* A connection to the server on DATA, or -1 where none answers. */
static int
connect_server(const char *data)
{
    struct sockaddr_un address;
    int folder, fd;
    xj_error *err = socket_address(&address, &folder, data);

    if (err != NULL) {
        xj_error_clear(err); /* no folder yet, so no server */
        return -1;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        fd = -1;
    }
    close(folder);
    return fd;
}

static xj_error *
do_here(xj_buf *answer, xj_app *app, const xj_wire_request *request, xj_pool *pool)
{
    xj_store *store;

    XJ_TRY(xj_data_open(&store, &app->settings, false, pool));
    return run_op(answer, store, &app->settings, NULL, account(geteuid(), pool), request, pool);
}

static xj_error *
do_there(xj_str *answer, int fd, const xj_wire_request *request, const char *name, xj_pool *pool)
{
    xj_error *err = xj_wire_send_request(fd, name, request->args, request->blob);

    if (err == NULL)
        err = xj_wire_read_answer(answer, fd, pool);
    close(fd);
    return err;
}

void
xj_app_args_start(xj_json *w, xj_buf *buf, const xj_app *app, const char *tenant)
{
    xj_buf_init(buf, app->pool, XJ_OP_ARGS_MAX);
    xj_json_init(w, buf);
    xj_json_object(w);
    if (tenant != NULL)
        xj_json_key_str(w, "tenant", xj_str_c(tenant));
}

xj_error *
xj_app_do(xj_str *answer, xj_app *app, const char *name, xj_str args, xj_str blob)
{
    const char *data = xj_settings_str(&app->settings, XJ_SET_data);
    xj_wire_request request = {xj_str_c(name), args, blob};
    xj_error *err = NULL;

    /* A server that just starts or ends holds the lock without answering: ask both in turn. */
    for (int waited = 0;; waited += 100) {
        int fd = connect_server(data);
        xj_pool *pool;
        xj_buf out;

        if (fd >= 0)
            return do_there(answer, fd, &request, name, app->pool);
        pool = xj_pool_child(app->pool);
        xj_buf_init(&out, app->pool, XJ_OP_ANSWER_MAX);
        err = xj_data_lock(&app->settings, 100, pool);
        if (err == NULL) {
            err = do_here(&out, app, &request, pool);
            xj_pool_destroy(pool);
            *answer = xj_buf_str(&out);
            return err;
        }
        xj_pool_destroy(pool);
        if (!xj_error_is(err, XJ_E_UNAVAILABLE) || waited >= LOCK_WAIT_MS)
            return err;
        xj_error_clear(err);
    }
}

/* ---- the server's side ---- */

typedef struct ops_server {
    xj_store *store;
    xj_sessions *sessions;
    const xj_settings *settings;
    int folder, listening;
    atomic_bool stopping;
    pthread_t threads[SERVERS];
    int nthreads;
} ops_server;

static void
serve_one(ops_server *server, int fd)
{
    xj_pool *pool = xj_pool_root();
    struct ucred who;
    socklen_t len = sizeof who;
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    xj_wire_request request;
    xj_buf answer;
    xj_error *err, *sent;
    bool end = false;

    xj_buf_init(&answer, pool, XJ_OP_ANSWER_MAX);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) != 0)
        err = xj_error_new(XJ_E_FORBIDDEN, "the socket does not say who writes");
    else if (who.uid != geteuid() && who.uid != 0)
        err = xj_error_new(XJ_E_FORBIDDEN, "only the server's own account may do this");
    else
        err = xj_wire_read_request(&request, &end, fd, pool);
    if (err == NULL && !end) {
        err = run_op(&answer, server->store, server->settings, &server->stopping,
                     account(who.uid, pool), &request, pool);
        if (xj_str_starts(request.name, XJ_STR("user.")))
            xj_session_forget(server->sessions, XJ_STR_NONE);
    }
    if (err != NULL)
        xj_log_error("operation", err, XJ_STR_NONE);
    if (!end) {
        sent = xj_wire_send_answer(fd, err, xj_buf_str(&answer), pool);
        if (sent != NULL)
            xj_log_error("operation", sent, XJ_STR_NONE);
        xj_error_clear(sent);
    }
    xj_error_clear(err);
    xj_pool_destroy(pool);
}

static void *
serve(void *arg)
{
    ops_server *server = arg;

    for (;;) {
        int fd = accept4(server->listening, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
            continue;
        if (fd < 0)
            return NULL; /* shut down */
        serve_one(server, fd);
        close(fd);
    }
}

static void
stop_serving(void *arg)
{
    ops_server *server = arg;

    unlinkat(server->folder, "socket", 0);
    atomic_store(&server->stopping, true);
    shutdown(server->listening, SHUT_RDWR);
    for (int i = 0; i < server->nthreads; i++)
        pthread_join(server->threads[i], NULL);
    close(server->listening);
    close(server->folder);
}

xj_error *
xj_ops_serve(xj_store *store, xj_sessions *sessions, const xj_settings *settings, xj_pool *pool)
{
    ops_server *server = XJ_NEW(pool, ops_server);
    struct sockaddr_un address;
    mode_t before;
    int bound;

    server->store = store;
    server->sessions = sessions;
    server->settings = settings;
    XJ_TRY(socket_address(&address, &server->folder, xj_settings_str(settings, XJ_SET_data)));
    server->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server->listening < 0) {
        close(server->folder);
        return xj_error_new(XJ_E_IO, "a socket cannot be made: %s", strerror(errno));
    }
    xj_pool_on_end(pool, stop_serving, server);
    unlinkat(server->folder, "socket", 0); /* of a server that was killed: we hold the lock */
    before = umask(0177);
    bound = bind(server->listening, (struct sockaddr *)&address, sizeof address);
    umask(before);
    if (bound != 0 || listen(server->listening, 16) != 0)
        return xj_error_new(XJ_E_IO, "the socket cannot be bound: %s", strerror(errno));
    for (; server->nthreads < SERVERS; server->nthreads++)
        if (pthread_create(&server->threads[server->nthreads], NULL, serve, server) != 0)
            return xj_error_new(XJ_E_UNAVAILABLE, "a thread could not be started");
    return NULL;
}
