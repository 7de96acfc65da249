/*
 * kill -9 in the middle of writing.
 *
 * Called with arguments this program is the child: `test_store_kill URL FIRST` opens the database
 * and does number FIRST, FIRST + 1 ... from several threads, writing each acknowledged number to
 * standard output at once.  The parent kills it after a random time and looks at what is there.
 */
#include "faults/faults.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 6
#define NUMBERS_MAX 200000

extern char **environ;
static const xj_store_options waiting = {.writer = XJ_WRITER_WAIT};

/* ---- the child ---- */

struct child {
    xj_store *store;
    _Atomic int64_t next;
};

static void *
child_main(void *arg)
{
    struct child *c = arg;
    xj_pool *pool = xj_pool_root();

    for (;;) {
        const int64_t n = c->next++;
        xj_error *err = faults_do(c->store, n, NULL, pool);
        char line[24];
        int len;

        if (err != NULL) {
            xjtest_print(err);
            abort();
        }
        /* Less than PIPE_BUF: whole or not at all. */
        len = snprintf(line, sizeof line, "%lld\n", (long long)n);
        if (write(STDOUT_FILENO, line, (size_t)len) != len)
            abort();
        xj_pool_clear(pool);
    }
    return NULL;
}

static int
child(const char *url, const char *first)
{
    xj_store_options options = waiting;
    pthread_t threads[THREADS];
    struct child c = {0};
    xj_pool *pool;
    xj_error *err;

    xj_mem_start();
    pool = xj_pool_root();
    options.url = url;
    err = xj_store_open(&c.store, &options, pool);
    if (err != NULL) {
        xjtest_print(err);
        return 1;
    }
    c.next = strtoll(first, NULL, 10);
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, child_main, &c) != 0)
            return 1;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 1;
}

/* ---- the parent ---- */

/* Run a child from number FIRST, kill it after MS; mark what it acknowledged and return the
 * highest. */
static int64_t
run_child(const char *url, int64_t first, int ms, bool *acked)
{
    char number[24];
    char *argv[] = {(char *)(uintptr_t) "test_store_kill", (char *)(uintptr_t)url, number, NULL};
    posix_spawn_file_actions_t actions;
    int pipes[2], status;
    int64_t highest = first - 1;
    char line[64];
    FILE *in;
    pid_t pid;

    snprintf(number, sizeof number, "%lld", (long long)first);
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
    assert_int_equal(posix_spawn(&pid, "/proc/self/exe", &actions, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(pipes[1]);
    in = fdopen(pipes[0], "r");
    /* the time counts from its first acknowledgement, or nothing would ever be interrupted */
    if (fgets(line, sizeof line, in) != NULL) {
        highest = strtoll(line, NULL, 10);
        acked[highest] = true;
        nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
    }
    assert_int_equal(kill(pid, SIGKILL), 0);
    while (fgets(line, sizeof line, in) != NULL) {
        const int64_t n = strtoll(line, NULL, 10);

        assert_true(n > 0 && n < NUMBERS_MAX && strchr(line, '\n') != NULL);
        acked[n] = true;
        highest = n > highest ? n : highest;
    }
    fclose(in);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return highest;
}

XJTEST_STORE(test_kill__what_was_acknowledged_is_there_once)
{
    const int rounds = faults_rounds(20);
    bool *acked = XJ_NEW_ARRAY(t->pool, bool, NUMBERS_MAX);
    int64_t last = 0, done = 0;

    xjtest_close(t);
    for (int round = 0; round < rounds; round++) {
        const int64_t before = last;

        /* Up to THREADS numbers were begun and not acknowledged: do them again, too. */
        last = run_child(t->url, last + 1, 5 + round * 13 % 90, acked) + THREADS;
        assert_true(last > before + THREADS);
        assert_true(last < NUMBERS_MAX);
        must_ok(xjtest_open(t, &waiting));
        for (int64_t n = before + 1; n <= last; n++)
            done += acked[n];
        faults_verify(t, acked, last);
        for (int64_t n = before + 1; n <= last; n++) {
            bool replayed;

            must_ok(faults_do(t->store, n, &replayed, t->pool));
            assert_true(replayed || !acked[n]);
            acked[n] = true;
        }
        xjtest_close(t);
    }
    must_ok(xjtest_open(t, &waiting));
    faults_verify(t, acked, last);
    fprintf(stderr, "# %d rounds, %lld commands acknowledged before a kill\n", rounds,
            (long long)done);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        XJTEST_BOTH(test_kill__what_was_acknowledged_is_there_once),
    };

    if (argc == 3)
        return child(argv[1], argv[2]);
    return xjtest_store_main(tests);
}
