/*
 * bench/lanes/bench_lanes.c -- durable commands a second, straight into the lanes.
 *
 *     bench_lanes URL CLIENTS SECONDS GROUP_MAX SYNC_MS
 *
 * CLIENTS post a small command with an idempotency key each, and the next one when it is done.  One
 * number is printed: commands a second.  SYNC_MS > 0 delays each sync of SQLite by so long.
 */
#include "base/cal.h"
#include "store/store.h"
#include "support/vfs_shim.h"

#include <pthread.h>
#include <time.h>

#define CLIENTS_MAX 1000

struct bench {
    xj_store *store;
    atomic_bool stop;
    atomic_int running;
    _Atomic int64_t done;
    pthread_mutex_t lock;
    pthread_cond_t ended;
};

struct client {
    struct bench *bench;
    xj_command command;
    int64_t no, sent;
    char key[48];
};

static xj_error *
small_change(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct client *client = args;

    XJ_TRY(xj_db_run(xj_tx_db(tx), SQL_STORE_ID_MARK_SET, "ii", 1000 + client->no, client->sent));
    xj_buf_printf(answer, "{\"id\":%lld,\"version\":%lld}", (long long)client->no,
                  (long long)client->sent);
    return NULL;
}

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
post_next(struct client *client)
{
    client->sent++;
    client->command.idem_key =
        xj_str_of(client->key, (size_t)snprintf(client->key, sizeof client->key, "%lld-%lld-%lld",
                                                (long long)client->no, (long long)client->sent,
                                                (long long)xj_now()));
    die(xj_store_post(client->bench->store, &client->command));
}

static void
on_done(xj_command *command, const xj_answer *answer, void *arg)
{
    struct client *client = arg;
    struct bench *bench = client->bench;

    (void)command;
    die(answer->err);
    bench->done++;
    if (!atomic_load(&bench->stop)) {
        post_next(client);
        return;
    }
    pthread_mutex_lock(&bench->lock);
    if (--bench->running == 0)
        pthread_cond_signal(&bench->ended);
    pthread_mutex_unlock(&bench->lock);
}

static void
run(struct bench *bench, int clients, double seconds, xj_pool *pool)
{
    struct client *all = XJ_NEW_ARRAY(pool, struct client, (size_t)clients);
    const int64_t start = xj_now();
    int64_t end;

    bench->running = clients;
    for (int i = 0; i < clients; i++) {
        struct client *client = &all[i];

        client->bench = bench;
        client->no = i;
        client->command = (xj_command){.name = "bench.change",
                                       .tenant = 1 + i % 16,
                                       .actor = i,
                                       .actor_name = XJ_STR("bench"),
                                       .subject = XJ_STR("thing/1"),
                                       .request_hash = XJ_STR("01234567890123456789012345678901"),
                                       .payload = XJ_STR("{\"title\":\"a small change\"}"),
                                       .run = small_change,
                                       .args = client,
                                       .done = on_done,
                                       .done_arg = client};
        post_next(client);
    }
    nanosleep(&(struct timespec){.tv_sec = (time_t)seconds,
                                 .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)},
              NULL);
    end = xj_now();
    printf("%.0f\n", (double)bench->done / ((double)(end - start) / 1e6));
    atomic_store(&bench->stop, true);
    pthread_mutex_lock(&bench->lock);
    while (bench->running > 0)
        pthread_cond_wait(&bench->ended, &bench->lock);
    pthread_mutex_unlock(&bench->lock);
}

int
main(int argc, char **argv)
{
    struct bench bench = {.lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};
    xj_store_options options = {0};
    xj_pool *pool;
    int applied, clients, sync_ms;

    if (argc != 6) {
        fprintf(stderr, "usage: bench_lanes URL CLIENTS SECONDS GROUP_MAX SYNC_MS\n");
        return 2;
    }
    xj_mem_start();
    pool = xj_pool_root();
    options.url = argv[1];
    clients = (int)strtol(argv[2], NULL, 10);
    options.group_max = (int)strtol(argv[4], NULL, 10);
    sync_ms = (int)strtol(argv[5], NULL, 10);
    if (clients < 1 || clients > CLIENTS_MAX)
        return 2;
    if (sync_ms > 0) {
        shim_start();
        shim_sync_ms(sync_ms);
        options.sqlite_vfs = SHIM_VFS;
    }
    die(xj_store_open(&bench.store, &options, pool));
    die(xj_store_migrate(bench.store, &applied));
    run(&bench, clients, strtod(argv[3], NULL), pool);
    shim_sync_ms(0);
    xj_pool_destroy(pool);
    xj_mem_stop();
    return 0;
}
