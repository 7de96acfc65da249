/*
 * doc/child.c -- a hostile file is read in a child process.
 *
 * The program starts itself anew (posix_spawn, never a bare fork of a threaded server) with the
 * file as an anonymous descriptor.  The child lowers its limits, shuts its system calls off
 * (seccomp: files may only be opened for reading, no network, no new process), reads, and writes
 * the packed document to a pipe.  Whatever goes wrong in it costs an error message.
 */
#include "doc/doc_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILE_FD 3
#define ANSWER_FD 4
#define ANSWER_MAX ((size_t)512 << 20)
#define SECONDS 60
#define LOOK_MS 200 /* so often the watch is asked */
/* The child ends soon: to give memory back or to merge it in between only costs time. */
#define ALLOCATOR                                                                                  \
    "GLIBC_TUNABLES=glibc.malloc.tcache_count=1000:glibc.malloc.trim_threshold=268435456:"         \
    "glibc.malloc.top_pad=4194304"
#define MEMORY ((size_t)1536 << 20)

extern char **environ;

/* ---- the child ---- */

static void
set_limit(int what, rlim_t value)
{
    struct rlimit limit = {value, value};

    setrlimit((__rlimit_resource_t)what,
              &limit); /* a limit that cannot be lowered is lower already */
}

/* The system calls that reading needs; all others fail with EPERM. */
static bool
shut(void)
{
    static const int calls[] = {
        SCMP_SYS(read),         SCMP_SYS(readv),           SCMP_SYS(pread64),
        SCMP_SYS(write),        SCMP_SYS(writev),          SCMP_SYS(close),
        SCMP_SYS(fstat),        SCMP_SYS(newfstatat),      SCMP_SYS(stat),
        SCMP_SYS(lstat),        SCMP_SYS(statx),           SCMP_SYS(lseek),
        SCMP_SYS(mmap),         SCMP_SYS(munmap),          SCMP_SYS(mprotect),
        SCMP_SYS(mremap),       SCMP_SYS(madvise),         SCMP_SYS(brk),
        SCMP_SYS(futex),        SCMP_SYS(getrandom),       SCMP_SYS(clock_gettime),
        SCMP_SYS(gettimeofday), SCMP_SYS(getpid),          SCMP_SYS(gettid),
        SCMP_SYS(getuid),       SCMP_SYS(geteuid),         SCMP_SYS(getgid),
        SCMP_SYS(getegid),      SCMP_SYS(rt_sigaction),    SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),     SCMP_SYS(tgkill),
        SCMP_SYS(exit),         SCMP_SYS(exit_group),      SCMP_SYS(sched_yield),
        SCMP_SYS(fcntl),        SCMP_SYS(getdents64),      SCMP_SYS(readlink),
        SCMP_SYS(readlinkat),   SCMP_SYS(access),          SCMP_SYS(faccessat),
        SCMP_SYS(faccessat2),   SCMP_SYS(getcwd),          SCMP_SYS(sysinfo),
        SCMP_SYS(uname),        SCMP_SYS(prlimit64),       SCMP_SYS(getrusage),
        SCMP_SYS(rseq),         SCMP_SYS(set_robust_list),
    };
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool ok = ctx != NULL;

    for (size_t i = 0; ok && i < sizeof calls / sizeof *calls; i++)
        ok = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, calls[i], 0) == 0;
    /* a thread, but no process; clone3 keeps its flags where no filter sees them, so the C library
     * is told to do without */
    ok = ok &&
         seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                          SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
         seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
    /* poppler reads its character maps late: opening is allowed, writing is not */
    ok = ok &&
         seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)) ==
             0 &&
         seccomp_load(ctx) == 0;
    if (ctx != NULL)
        seccomp_release(ctx);
    return ok;
}

static bool
write_all(int fd, xj_str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.data, bytes.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = xj_str_skip(bytes, (size_t)n);
    }
    return true;
}

static bool
lower_limits(int seconds, size_t memory)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_NOFILE, 64);
    set_limit(RLIMIT_CPU, (rlim_t)seconds);
#ifndef XJ_POOL_MALLOC /* ASan reserves terabytes; hard_rss_limit_mb bounds it instead */
    set_limit(RLIMIT_AS, memory);
#else
    (void)memory;
#endif
    return shut();
}

/* Read BYTES, or draw PAGE of it where there is one, or look for codes, and pack what came of it
 * into OUT. */
static void
answer(xj_buf *out, xj_str bytes, int page, int width, xj_pool *pool)
{
    xj_doc_page drawn;
    xj_error *err;
    xj_doc *doc;

    if (page > 0 && width == 0) {
        err = xj_doc__codes(&doc, bytes, page, pool, pool);
        if (err == NULL)
            xj_doc__pack(out, doc);
    } else if (page > 0) {
        err = xj_doc__pdf_page(&drawn, bytes, page, width, pool);
        if (err == NULL)
            xj_doc__pack_page(out, &drawn);
    } else {
        err = xj_doc_read(&doc, bytes, pool, pool);
        if (err == NULL)
            xj_doc__pack(out, doc);
    }
    if (err == NULL)
        err = xj_buf_check(out);
    if (err != NULL) {
        xj_buf_clear(out);
        xj_doc__pack_error(out, err);
        xj_error_clear(err);
    }
}

int
xj_doc_child_main(int argc, char **argv)
{
    int64_t seconds = SECONDS, memory = MEMORY, page = 0, width = 0;
    off_t size = lseek(FILE_FD, 0, SEEK_END);
    xj_pool *pool;
    xj_buf out;
    void *bytes;

    if ((argc != 4 && argc != 6) || !xj_str_int(&seconds, xj_str_c(argv[2])) ||
        !xj_str_int(&memory, xj_str_c(argv[3])) || size < 0)
        return 2;
    if (argc == 6 &&
        (!xj_str_int(&page, xj_str_c(argv[4])) || !xj_str_int(&width, xj_str_c(argv[5]))))
        return 2;
    bytes = size == 0 ? NULL : mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, FILE_FD, 0);
    if (bytes == MAP_FAILED || !lower_limits((int)seconds, (size_t)memory))
        return 3;
    xj_mem_start();
    pool = xj_pool_root();
    xj_buf_init(&out, pool, ANSWER_MAX);
    answer(&out, xj_str_of(bytes, (size_t)size), (int)page, (int)width, pool);
    /* _exit: nothing is left to tidy, and a sanitizer's look for leaks is not allowed in here */
    _exit(write_all(ANSWER_FD, xj_buf_str(&out)) ? 0 : 4);
}

/* ---- the parent ---- */

static void
close_fd(void *arg)
{
    close((int)(intptr_t)arg);
}

/* The file as a descriptor that the child gets. */
static xj_error *
file_descriptor(int *fd, xj_str bytes, xj_pool *pool)
{
    *fd = memfd_create("document", MFD_CLOEXEC);
    if (*fd < 0)
        return xj_error_new(XJ_E_IO, "no room to hand the file over: %s", strerror(errno));
    xj_pool_on_end(pool, close_fd, (void *)(intptr_t)*fd);
    if (!write_all(*fd, bytes))
        return xj_error_new(XJ_E_IO, "the file could not be handed over: %s", strerror(errno));
    return NULL;
}

/* The child's environment. */
static char **
child_environ(xj_pool *pool)
{
    size_t n = 0, kept = 0;
    char **all;

    while (environ[n] != NULL)
        n++;
    all = XJ_NEW_ARRAY(pool, char *, n + 2);
    for (size_t i = 0; i < n; i++)
        if (!xj_str_starts(xj_str_c(environ[i]), XJ_STR("GLIBC_TUNABLES=")))
            all[kept++] = environ[i];
    all[kept++] = (char *)(uintptr_t)ALLOCATOR;
    all[kept] = NULL;
    return all;
}

/* PAGE is 0 to read the whole file. */
static xj_error *
start_child(pid_t *pid, int *answer, int file, const xj_doc_limits *limits, int page, int width,
            xj_pool *pool)
{
    const char *program = limits->program != NULL ? limits->program : "/proc/self/exe";
    xj_str seconds = xj_str_printf(pool, "%d", limits->seconds > 0 ? limits->seconds : SECONDS);
    xj_str memory = xj_str_printf(pool, "%zu", limits->memory > 0 ? limits->memory : MEMORY);
    xj_str page_arg = xj_str_printf(pool, "%d", page);
    xj_str width_arg = xj_str_printf(pool, "%d", width);
    char *argv[] = {(char[]){"xingjian"},
                    (char[]){"read-doc"},
                    (char *)(uintptr_t)seconds.data,
                    (char *)(uintptr_t)memory.data,
                    page > 0 ? (char *)(uintptr_t)page_arg.data : NULL,
                    (char *)(uintptr_t)width_arg.data,
                    NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    sigset_t none;
    int ends[2], failed;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return xj_error_new(XJ_E_IO, "no pipe for the reader: %s", strerror(errno));
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    /* through high numbers, so that neither target closes the other's source */
    posix_spawn_file_actions_adddup2(&actions, file, 60);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 61);
    posix_spawn_file_actions_adddup2(&actions, 60, FILE_FD);
    posix_spawn_file_actions_adddup2(&actions, 61, ANSWER_FD);
    posix_spawn_file_actions_addclose(&actions, 60);
    posix_spawn_file_actions_addclose(&actions, 61);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef XJ_POOL_MALLOC
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    failed = posix_spawn(pid, program, &actions, &attr, argv, child_environ(pool));
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (failed != 0) {
        close(ends[0]);
        return xj_error_new(XJ_E_IO, "the reader could not be started: %s", strerror(failed));
    }
    *answer = ends[0];
    return NULL;
}

static int64_t
now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* All that the child writes, up to its end or UNTIL, unless WATCH ends it. */
static xj_error *
listen_to(int answer, xj_buf *out, int64_t until, const xj_doc_watch *watch)
{
    for (;;) {
        struct pollfd p = {.fd = answer, .events = POLLIN};
        int64_t left = until - now_ms();
        char *room;
        ssize_t n;

        if (xj_doc__ends(watch))
            return xj_error_new(XJ_E_CANCELLED, "reading the file was given up");
        if (left <= 0 || (n = poll(&p, 1, (int)(left > LOOK_MS ? LOOK_MS : left))) < 0) {
            if (left > 0 && errno == EINTR)
                continue;
            return xj_error_new(XJ_E_TIMEOUT, "reading the file took too long");
        }
        if (n == 0)
            continue;
        room = xj_buf_room(out, (size_t)1 << 16);
        if (room == NULL)
            return xj_error_new(XJ_E_TOO_LARGE, "the document is larger than %zu MB when read",
                                ANSWER_MAX >> 20);
        n = read(answer, room, (size_t)1 << 16);
        if (n > 0)
            xj_buf_took(out, (size_t)n);
        else if (n == 0)
            return NULL;
        else if (errno != EINTR)
            return xj_error_new(XJ_E_IO, "the reader's answer was lost: %s", strerror(errno));
    }
}

xj_error *
xj_doc__ask_child(xj_str *packed, xj_str bytes, const xj_doc_limits *limits, int page, int width,
                  xj_pool *pool)
{
    int64_t until = now_ms() + 1000 * (int64_t)(limits->seconds > 0 ? limits->seconds : SECONDS);
    int file, answer, status = 0;
    xj_error *err;
    xj_buf out;
    pid_t pid;

    XJ_TRY(file_descriptor(&file, bytes, pool));
    XJ_TRY(start_child(&pid, &answer, file, limits, page, width, pool));
    xj_buf_init(&out, pool, ANSWER_MAX + ((size_t)1 << 20));
    err = listen_to(answer, &out, until, &limits->watch);
    close(answer);
    if (err != NULL)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (err != NULL)
        return err;
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return xj_error_new(XJ_E_TIMEOUT, "reading the file took too long");
    if (WIFSIGNALED(status))
        return xj_error_new(XJ_E_BAD_INPUT,
                            "the file could not be read: its reader broke down (signal %d)",
                            WTERMSIG(status));
    *packed = xj_buf_str(&out);
    return NULL;
}

/* Read BYTES in a child. */
static xj_error *
read_in_child(xj_doc **doc, xj_str bytes, const xj_doc_limits *limits, xj_pool *result,
              xj_pool *pool)
{
    xj_str packed;

    XJ_TRY(xj_doc__ask_child(&packed, bytes, limits, 0, 0, pool));
    return xj_doc__unpack(doc, packed, result);
}

/* How many pages the reader counted before it found no text: "pages 12" is its error's place. */
static int64_t
pages_of(const xj_error *err)
{
    const xj_str at = xj_str_c(xj_error_field(err));
    int64_t pages;

    return xj_str_starts(at, XJ_STR("pages ")) && xj_str_int(&pages, xj_str_skip(at, 6)) &&
                   pages > 0
               ? pages
               : 0;
}

xj_error *
xj_doc_read_apart(xj_doc **doc, xj_str bytes, const xj_doc_limits *limits, xj_pool *result,
                  xj_pool *scratch)
{
    static const xj_doc_limits usual;
    xj_pool *pool = xj_pool_child(scratch);
    xj_doc_kind kind = xj_doc_kind_of(bytes);
    bool here = kind == XJ_DOC_TEXT || kind == XJ_DOC_UNKNOWN || kind == XJ_DOC_ENCRYPTED;
    xj_error *err = NULL;

    if (limits == NULL)
        limits = &usual;
    if (bytes.len > XJ_DOC_BYTES_MAX)
        err = xj_error_new(XJ_E_TOO_LARGE, "the file has %zu bytes; the limit is %zu", bytes.len,
                           XJ_DOC_BYTES_MAX);
    else if (here) /* our own reader, with no library of another house in it; or a refusal */
        err = xj_doc_read(doc, bytes, result, pool);
    else if (kind == XJ_DOC_PICTURE)
        err = xj_doc__picture(doc, bytes, &limits->watch, result, pool);
    else if (kind == XJ_DOC_OFFICE || kind == XJ_DOC_SHEET)
        err = xj_doc__convert(&bytes, bytes, kind == XJ_DOC_SHEET, &limits->watch, pool);
    if (err == NULL && kind != XJ_DOC_PICTURE && !here)
        err = read_in_child(doc, bytes, limits, result, pool);
    if (kind == XJ_DOC_PDF && xj_error_is(err, XJ_E_NEEDS_OCR)) {
        const int64_t pages = pages_of(err);

        xj_error_clear(err);
        err = xj_doc__scanned_pdf(doc, bytes, pages, &limits->watch, result, pool);
    }
    xj_pool_destroy(pool);
    return err;
}
