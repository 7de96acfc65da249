/*
 * bench/duty/bench_returns.c -- returns with a file each, sent by many clients at once over HTTP.
 *
 *     bench_returns prepare URL OWED       a city of 50 units that owe a return each month
 *     bench_returns send ORIGIN OWED N     N returns of each unit: file, row, sending
 *     bench_returns bare FOLDER N          as many files written and synced, with their folder
 *
 * OWED names a file: what `prepare` found to be owed, which `send` takes from its beginning and
 * puts what is left of it back.  `send` and `bare` print how many seconds the whole took.
 */
#include "base/buf.h"
#include "base/cal.h"
#include "duty/duty.h"
#include "duty/obligation.h"
#include "org/password.h"
#include "org/post.h"
#include "org/unit.h"
#include "store/statements.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 50
#define FILE_BYTES ((size_t)200 << 10)
#define YEARS 6
#define PASSWORD "zhege-bu-shi-mima"
#define LINE 256
#define HEAD 16384

static void
die(xj_error *err)
{
    if (err == NULL)
        return;
    fprintf(stderr, "%s: %s\n", xj_error_message(err),
            xj_error_details(err) == NULL ? "" : xj_error_details(err));
    exit(1);
}

static void
need(bool fine, const char *what)
{
    if (fine)
        return;
    perror(what);
    exit(1);
}

static double
seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- what is owed ---- */

struct city {
    int64_t tenant, programme, units[CLIENTS];
    xj_str hash;
};

static void
do_it(xj_store *store, int64_t tenant, xj_command_fn run, void *args, xj_pool *pool)
{
    xj_command command = {.name = "bench",
                          .tenant = tenant,
                          .actor = 1,
                          .actor_name = XJ_STR("bench"),
                          .run = run,
                          .args = args};
    xj_str body;

    die(xj_store_do(store, &command, &body, NULL, pool));
}

static xj_error *
make_tenant(xj_tx *tx, void *args, xj_buf *answer)
{
    struct city *city = args;

    (void)answer;
    return xj_tenant_add(&city->tenant, tx, XJ_STR("云沂市"), XJ_STR("379900"));
}

/* Unit I with its liaison officer and a duty task that it returns each month. */
static xj_error *
make_unit(xj_tx *tx, struct city *city, int i)
{
    xj_duty_new duty = {.programme = city->programme,
                        .origin = XJ_STR("hand"),
                        .title = XJ_STR("做好一件事"),
                        .action_no = 1 + i % 18,
                        .deadline_kind = XJ_STR("ongoing"),
                        .cadence = XJ_STR("monthly"),
                        .starts_on = XJ_STR("2030-01-01")};
    xj_post post = {.role = XJ_ROLE_LIAISON_A};
    char name[64];
    int64_t id;

    snprintf(name, sizeof name, "市第%d局", i);
    XJ_TRY(xj_unit_resolve(&city->units[i], tx, xj_str_c(name)));
    duty.lead = post.unit = city->units[i];
    XJ_TRY(xj_duty_add(&id, tx, &duty));
    snprintf(name, sizeof name, "liaison-%d", i);
    XJ_TRY(xj_person_add(&post.person, tx, xj_str_c(name), XJ_STR(""), city->hash));
    return xj_post_add(&id, tx, &post);
}

static xj_error *
make_units(xj_tx *tx, void *args, xj_buf *answer)
{
    struct city *city = args;

    (void)answer;
    XJ_TRY(xj_programme_add(&city->programme, tx, XJ_STR("健康行动")));
    for (int i = 0; i < CLIENTS; i++)
        XJ_TRY(make_unit(tx, city, i));
    return NULL;
}

/* A line a return: the unit's number, its id, return, version, duty task. */
static void
write_owed(FILE *out, xj_store *store, const struct city *city, xj_pool *pool)
{
    const xj_scope scope = xj_scope_all(city->tenant);
    xj_reader *reader;

    die(xj_reader_begin(&reader, store, pool));
    for (int i = 0; i < CLIENTS; i++) {
        const xj_obligation_filter filter = {
            .unit = city->units[i], .kind = XJ_STR("return"), .open = 1};
        xj_obligation *items;
        size_t n;

        die(xj_obligation_list(&items, &n, xj_reader_db(reader), &scope, &filter, NULL, YEARS * 12,
                               pool));
        for (size_t j = 0; j < n; j++) {
            xj_obligation_whole *whole;

            die(xj_obligation_get(&whole, xj_reader_db(reader), &scope, items[j].id, pool));
            fprintf(out, "%d %lld %lld %lld %lld\n", i, (long long)city->units[i],
                    (long long)items[j].id, (long long)items[j].version,
                    (long long)whole->rows[0].duty);
        }
    }
    xj_reader_end(reader);
}

static void
prepare(const char *url, const char *path, xj_pool *pool)
{
    xj_store_options options = {.url = url};
    struct city city = {0};
    xj_raised raised;
    xj_store *store;
    FILE *out = fopen(path, "w");
    int applied;

    need(out != NULL, path);
    die(xj_password_start());
    die(xj_password_hash(&city.hash, XJ_STR(PASSWORD), pool));
    die(xj_store_open(&store, &options, pool));
    die(xj_store_migrate(store, &applied));
    do_it(store, 0, make_tenant, &city, pool);
    do_it(store, city.tenant, make_units, &city, pool);
    for (int year = 0; year < YEARS; year++) {
        const xj_command like = {.tenant = city.tenant, .actor_name = XJ_STR("bench")};

        die(xj_obligation_raise(&raised, store, &like, (xj_date){2030 + year, 1, 1},
                                (xj_date){2030 + year, 12, 31}, pool));
    }
    write_owed(out, store, &city, pool);
    need(fclose(out) == 0, path);
}

/* ---- files ---- */

/* A picture as far as anybody looks into it, and noise. */
static char *
make_file(void)
{
    static const char picture[] = "\xff\xd8\xff\xe0\x00\x07JFIF\x00\xff\xda\x00\x04\x01\x02";
    char *file = malloc(FILE_BYTES);

    need(file != NULL, "malloc");
    randombytes_buf(file, FILE_BYTES);
    memcpy(file, picture, sizeof picture - 1);
    for (size_t i = sizeof picture - 1; i < FILE_BYTES; i++)
        file[i] &= 0x7f;
    memcpy(file + FILE_BYTES - 2, "\xff\xd9", 2);
    return file;
}

/* No two that are sent are the same. */
static void
change_file(char *file)
{
    for (int i = 0; i < 16; i++)
        file[64 + i] = (char)('a' + randombytes_uniform(26));
}

/* ---- a client ---- */

struct owed {
    int unit_no;
    int64_t unit, id, version, duty;
};

struct client {
    pthread_t thread;
    pthread_barrier_t *start;
    int no, fd;
    uint16_t port;
    const struct owed *owed;
    int n;
    char cookie[LINE], csrf[LINE];
    char *file; /* FILE_BYTES */
    char head[HEAD + 1];
};

static void
send_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        const ssize_t n = send(fd, data, len, MSG_NOSIGNAL);

        need(n > 0, "send");
        data += n;
        len -= (size_t)n;
    }
}

/* Read an answer of at most HEAD bytes: its status; all of it is in c->head. */
static int
read_answer(struct client *c)
{
    size_t have = 0, whole = 0;

    while (whole == 0 || have < whole) {
        const ssize_t n = recv(c->fd, c->head + have, HEAD - have, 0);
        const char *end, *length;

        need(n > 0, "recv");
        have += (size_t)n;
        c->head[have] = '\0';
        if (whole > 0 || (end = strstr(c->head, "\r\n\r\n")) == NULL)
            continue;
        length = strstr(c->head, "Content-Length: ");
        whole = (size_t)(end + 4 - c->head) +
                (length != NULL && length < end ? strtoul(length + 16, NULL, 10) : 0);
    }
    return (int)strtol(c->head + 9, NULL, 10);
}

/* Send a request with BODY and see that the answer has STATUS. */
static void
ask(struct client *c, const char *method, const char *target, const char *more, const char *type,
    const char *body, size_t len, int status)
{
    char head[1024];
    const int n = snprintf(head, sizeof head,
                           "%s /api/v1/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sContent-Type: %s\r\n"
                           "Content-Length: %zu\r\n%s%s%s%s%s\r\n",
                           method, target, c->port, more, type, len,
                           c->cookie[0] == '\0' ? "" : "Cookie: ", c->cookie,
                           c->cookie[0] == '\0' ? "" : "\r\nX-CSRF-Token: ", c->csrf,
                           c->cookie[0] == '\0' ? "" : "\r\n");

    send_all(c->fd, head, (size_t)n);
    send_all(c->fd, body, len);
    if (read_answer(c) == status)
        return;
    fprintf(stderr, "%s %s: %s\n", method, target, c->head);
    exit(1);
}

/* What stands in c->head between BEGIN and END. */
static void
cut_out(char out[LINE], const struct client *c, const char *begin, const char *end)
{
    const char *from = strstr(c->head, begin), *to;

    need(from != NULL, begin);
    from += strlen(begin);
    to = strstr(from, end);
    need(to != NULL && to - from < LINE, end);
    memcpy(out, from, (size_t)(to - from));
    out[to - from] = '\0';
}

static void
dial(struct client *c)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(c->port)};
    const int one = 1;

    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    need(c->fd >= 0 && connect(c->fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

/* On a connection of its own: until all have signed in the server would close a silent one. */
static void
sign_in(struct client *c)
{
    char body[LINE], csrf[LINE], cookie[LINE];

    dial(c);
    snprintf(body, sizeof body, "{\"name\":\"liaison-%d\",\"password\":\"" PASSWORD "\"}", c->no);
    ask(c, "POST", "session", "", "application/json", body, strlen(body), 200);
    cut_out(cookie, c, "Set-Cookie: ", ";");
    cut_out(csrf, c, "\"csrf\":\"", "\"");
    memcpy(c->cookie, cookie, sizeof cookie);
    memcpy(c->csrf, csrf, sizeof csrf);
    close(c->fd);
}

static void
send_return(struct client *c, const struct owed *o)
{
    char target[LINE], body[LINE], match[LINE];

    snprintf(target, sizeof target, "returns/%lld/files?unit=%lld&duty=%lld&name=a.jpg",
             (long long)o->id, (long long)o->unit, (long long)o->duty);
    change_file(c->file);
    ask(c, "POST", target, "", "application/octet-stream", c->file, FILE_BYTES, 201);
    snprintf(target, sizeof target, "returns/%lld/rows/%lld", (long long)o->id, (long long)o->duty);
    snprintf(body, sizeof body, "{\"unit\":%lld,\"text\":\"本月办了三件事。\",\"percent\":40}",
             (long long)o->unit);
    ask(c, "PUT", target, "If-Match: \"0\"\r\n", "application/json", body, strlen(body), 200);
    snprintf(target, sizeof target, "returns/%lld/send", (long long)o->id);
    snprintf(match, sizeof match, "If-Match: \"%lld\"\r\n", (long long)o->version);
    ask(c, "POST", target, match, "application/json", "{}", 2, 200);
}

static void *
client_main(void *arg)
{
    struct client *c = arg;

    pthread_barrier_wait(c->start);
    for (int i = 0; i < c->n; i++)
        send_return(c, &c->owed[i]);
    pthread_barrier_wait(c->start);
    close(c->fd);
    return NULL;
}

/* Of OWED, which is by units, the first N of each go into TAKEN; what is left goes back to PATH. */
static void
take_owed(struct owed *taken, int n, const char *path)
{
    static struct owed all[CLIENTS * YEARS * 12];
    int count = 0, got[CLIENTS] = {0};
    FILE *file = fopen(path, "r");
    char line[LINE];

    need(file != NULL, path);
    while (count < (int)(sizeof all / sizeof *all) && fgets(line, sizeof line, file) != NULL) {
        struct owed *o = &all[count];
        char *at = line;

        o->unit_no = (int)strtol(at, &at, 10);
        o->unit = strtoll(at, &at, 10);
        o->id = strtoll(at, &at, 10);
        o->version = strtoll(at, &at, 10);
        o->duty = strtoll(at, &at, 10);
        count++;
    }
    fclose(file);
    file = fopen(path, "w");
    need(file != NULL, path);
    for (int i = 0; i < count; i++) {
        const struct owed *o = &all[i];

        if (got[o->unit_no] < n)
            taken[o->unit_no * n + got[o->unit_no]++] = *o;
        else
            fprintf(file, "%d %lld %lld %lld %lld\n", o->unit_no, (long long)o->unit,
                    (long long)o->id, (long long)o->version, (long long)o->duty);
    }
    need(fclose(file) == 0, path);
    for (int i = 0; i < CLIENTS; i++)
        if (got[i] < n) {
            fprintf(stderr, "unit %d owes %d returns only\n", i, got[i]);
            exit(1);
        }
}

static void
send_returns(const char *origin, const char *path, int n)
{
    static struct client clients[CLIENTS];
    struct owed *owed = calloc((size_t)n * CLIENTS, sizeof *owed);
    const char *port = strrchr(origin, ':');
    pthread_barrier_t start;
    double begin;

    need(owed != NULL && port != NULL, origin);
    take_owed(owed, n, path);
    pthread_barrier_init(&start, NULL, CLIENTS + 1);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.start = &start,
                                     .no = i,
                                     .port = (uint16_t)strtol(port + 1, NULL, 10),
                                     .owed = &owed[i * n],
                                     .n = n,
                                     .file = make_file()};
        sign_in(&clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
        dial(&clients[i]);
        need(pthread_create(&clients[i].thread, NULL, client_main, &clients[i]) == 0, "thread");
    }
    pthread_barrier_wait(&start);
    begin = seconds();
    pthread_barrier_wait(&start);
    printf("%.3f\n", seconds() - begin);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        free(clients[i].file);
    }
    pthread_barrier_destroy(&start);
    free(owed);
}

/* ---- the same files bare ---- */

struct writer {
    pthread_t thread;
    pthread_barrier_t *start;
    int folder, no, n;
    char *file;
};

static void *
writer_main(void *arg)
{
    struct writer *w = arg;

    pthread_barrier_wait(w->start);
    for (int i = 0; i < w->n; i++) {
        char name[64];
        size_t done = 0;
        int fd;

        snprintf(name, sizeof name, "%d-%d", w->no, i);
        change_file(w->file);
        fd = openat(w->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        need(fd >= 0, name);
        while (done < FILE_BYTES) {
            const ssize_t len = write(fd, w->file + done, FILE_BYTES - done);

            need(len > 0, "write");
            done += (size_t)len;
        }
        need(fsync(fd) == 0 && close(fd) == 0 && fsync(w->folder) == 0, "fsync");
    }
    pthread_barrier_wait(w->start);
    return NULL;
}

static void
write_bare(const char *path, int n)
{
    static struct writer writers[CLIENTS];
    const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    pthread_barrier_t start;
    double begin;

    need(folder >= 0, path);
    pthread_barrier_init(&start, NULL, CLIENTS + 1);
    for (int i = 0; i < CLIENTS; i++) {
        writers[i] = (struct writer){
            .start = &start, .folder = folder, .no = i, .n = n, .file = make_file()};
        need(pthread_create(&writers[i].thread, NULL, writer_main, &writers[i]) == 0, "thread");
    }
    pthread_barrier_wait(&start);
    begin = seconds();
    pthread_barrier_wait(&start);
    printf("%.3f\n", seconds() - begin);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(writers[i].thread, NULL);
        free(writers[i].file);
    }
    pthread_barrier_destroy(&start);
    close(folder);
}

int
main(int argc, char **argv)
{
    const xj_str mode = xj_str_c(argc > 1 ? argv[1] : "");
    xj_pool *pool;
    int status = 0;

    xj_mem_start();
    pool = xj_pool_root();
    need(sodium_init() >= 0, "libsodium");
    if (argc == 4 && xj_str_eq(mode, XJ_STR("prepare")))
        prepare(argv[2], argv[3], pool);
    else if (argc == 5 && xj_str_eq(mode, XJ_STR("send")))
        send_returns(argv[2], argv[3], (int)strtol(argv[4], NULL, 10));
    else if (argc == 4 && xj_str_eq(mode, XJ_STR("bare")))
        write_bare(argv[2], (int)strtol(argv[3], NULL, 10));
    else
        status = 2;
    xj_pool_destroy(pool);
    xj_mem_stop();
    return status;
}
