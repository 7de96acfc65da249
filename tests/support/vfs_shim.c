#include "support/vfs_shim.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SECTOR 512

struct write {
    struct write *next; /* older */
    sqlite3_int64 offset, old_size;
    int len; /* -1: a truncation to OFFSET */
    int old_len;
    char *old_bytes; /* OLD_LEN of them, then LEN new ones */
};

struct node {
    struct node *next;
    char *path;
    bool born; /* made since watching began, and never synced */
    struct write *writes;
};

struct file {
    sqlite3_file base;
    struct node *node; /* NULL where it is not watched */
    sqlite3_file *real;
};

static struct {
    pthread_mutex_t lock;
    sqlite3_vfs vfs, *real;
    int sync_ms;
    int64_t budget; /* bytes; < 0: unlimited */
    bool watching, crashed;
    int64_t countdown; /* 0: none */
    struct node *nodes;
} shim = {.lock = PTHREAD_MUTEX_INITIALIZER, .budget = -1};

/* ---- remembering ---- */

static void *
must_alloc(size_t size)
{
    void *p = calloc(1, size == 0 ? 1 : size);

    if (p == NULL)
        abort();
    return p;
}

static struct node *
node_of(const char *path)
{
    struct node *node;

    for (node = shim.nodes; node != NULL; node = node->next) {
        if (strcmp(node->path, path) == 0)
            return node;
    }
    node = must_alloc(sizeof *node);
    node->path = strdup(path);
    node->born = access(path, F_OK) != 0;
    node->next = shim.nodes;
    shim.nodes = node;
    return node;
}

static void
drop_writes(struct node *node)
{
    while (node->writes != NULL) {
        struct write *next = node->writes->next;

        free(node->writes->old_bytes);
        free(node->writes);
        node->writes = next;
    }
}

/* Remember that LEN bytes DATA go to OFFSET (LEN < 0: the file is cut there). */
static void
remember(struct file *file, const void *data, int len, sqlite3_int64 offset)
{
    struct write *w = must_alloc(sizeof *w);
    sqlite3_int64 end;

    file->real->pMethods->xFileSize(file->real, &w->old_size);
    end = len < 0 ? w->old_size : offset + len;
    end = end < w->old_size ? end : w->old_size;
    w->offset = offset;
    w->len = len;
    w->old_len = end > offset ? (int)(end - offset) : 0;
    w->old_bytes = must_alloc((size_t)w->old_len + (size_t)(len < 0 ? 0 : len));
    if (w->old_len > 0)
        file->real->pMethods->xRead(file->real, w->old_bytes, w->old_len, offset);
    if (len > 0)
        memcpy(w->old_bytes + w->old_len, data, (size_t)len);
    w->next = file->node->writes;
    file->node->writes = w;
}

/* One write or sync begins: false when the machine has crashed. */
static bool
step(void)
{
    if (shim.watching && !shim.crashed && shim.countdown > 0 && --shim.countdown == 0)
        shim.crashed = true;
    return !shim.crashed;
}

/* ---- the file's methods ---- */

static int
shim_close(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xClose(file->real);
}

static int
shim_read(sqlite3_file *base, void *data, int len, sqlite3_int64 offset)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xRead(file->real, data, len, offset);
}

static int
shim_write(sqlite3_file *base, const void *data, int len, sqlite3_int64 offset)
{
    struct file *file = (struct file *)base;
    int rc;

    pthread_mutex_lock(&shim.lock);
    if (!step()) {
        rc = SQLITE_IOERR_WRITE;
    } else if (shim.budget >= 0 && shim.budget < len) {
        rc = SQLITE_FULL;
    } else {
        if (shim.budget >= 0)
            shim.budget -= len;
        if (shim.watching && file->node != NULL)
            remember(file, data, len, offset);
        rc = file->real->pMethods->xWrite(file->real, data, len, offset);
    }
    pthread_mutex_unlock(&shim.lock);
    return rc;
}

static int
shim_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    struct file *file = (struct file *)base;
    int rc = SQLITE_IOERR_TRUNCATE;

    pthread_mutex_lock(&shim.lock);
    if (step()) {
        if (shim.watching && file->node != NULL)
            remember(file, NULL, -1, size);
        rc = file->real->pMethods->xTruncate(file->real, size);
    }
    pthread_mutex_unlock(&shim.lock);
    return rc;
}

static int
shim_sync(sqlite3_file *base, int flags)
{
    struct file *file = (struct file *)base;
    bool watching;
    int rc = SQLITE_OK, ms;

    pthread_mutex_lock(&shim.lock);
    ms = shim.sync_ms;
    watching = shim.watching;
    if (!step()) {
        rc = SQLITE_IOERR_FSYNC;
    } else if (watching && file->node != NULL) {
        drop_writes(file->node);
        file->node->born = false;
    }
    pthread_mutex_unlock(&shim.lock);
    if (ms > 0)
        nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
    return rc != SQLITE_OK || watching ? rc : file->real->pMethods->xSync(file->real, flags);
}

static int
shim_file_size(sqlite3_file *base, sqlite3_int64 *size)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xFileSize(file->real, size);
}

static int
shim_lock(sqlite3_file *base, int level)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xLock(file->real, level);
}

static int
shim_unlock(sqlite3_file *base, int level)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xUnlock(file->real, level);
}

static int
shim_check_reserved(sqlite3_file *base, int *out)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xCheckReservedLock(file->real, out);
}

static int
shim_control(sqlite3_file *base, int op, void *arg)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xFileControl(file->real, op, arg);
}

static int
shim_sector(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xSectorSize(file->real);
}

static int
shim_device(sqlite3_file *base)
{
    (void)base;
    /* No promise about atomic or ordered writes: the worst disk. */
    return 0;
}

static int
shim_shm_map(sqlite3_file *base, int page, int size, int extend, void volatile **out)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xShmMap(file->real, page, size, extend, out);
}

static int
shim_shm_lock(sqlite3_file *base, int offset, int n, int flags)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xShmLock(file->real, offset, n, flags);
}

static void
shim_shm_barrier(sqlite3_file *base)
{
    struct file *file = (struct file *)base;

    file->real->pMethods->xShmBarrier(file->real);
}

static int
shim_shm_unmap(sqlite3_file *base, int delete)
{
    struct file *file = (struct file *)base;

    return file->real->pMethods->xShmUnmap(file->real, delete);
}

/* Version 2: no memory-mapped files, so that every write comes by. */
static const sqlite3_io_methods methods = {
    2,
    shim_close,
    shim_read,
    shim_write,
    shim_truncate,
    shim_sync,
    shim_file_size,
    shim_lock,
    shim_unlock,
    shim_check_reserved,
    shim_control,
    shim_sector,
    shim_device,
    shim_shm_map,
    shim_shm_lock,
    shim_shm_barrier,
    shim_shm_unmap,
    NULL,
    NULL,
};

/* ---- the VFS ---- */

static int
shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out)
{
    struct file *file = (struct file *)base;
    int rc;

    (void)vfs;
    *file = (struct file){.real = (sqlite3_file *)(file + 1)};
    memset(file->real, 0, (size_t)shim.real->szOsFile);
    pthread_mutex_lock(&shim.lock);
    if (shim.watching && path != NULL)
        file->node = node_of(path);
    pthread_mutex_unlock(&shim.lock);
    rc = shim.real->xOpen(shim.real, path, file->real, flags, out);
    if (rc == SQLITE_OK)
        file->base.pMethods = &methods;
    return rc;
}

static int
shim_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    int rc = SQLITE_OK;

    (void)vfs;
    pthread_mutex_lock(&shim.lock);
    if (step()) {
        for (struct node *node = shim.nodes; node != NULL; node = node->next) {
            if (strcmp(node->path, path) == 0)
                drop_writes(node);
        }
        rc = shim.real->xDelete(shim.real, path, sync_folder);
    }
    pthread_mutex_unlock(&shim.lock);
    return rc;
}

static int
shim_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    (void)vfs;
    return shim.real->xAccess(shim.real, path, flags, out);
}

static int
shim_full_path(sqlite3_vfs *vfs, const char *path, int n, char *out)
{
    (void)vfs;
    return shim.real->xFullPathname(shim.real, path, n, out);
}

/* ---- switches ---- */

void
shim_start(void)
{
    if (shim.real != NULL)
        return;
    /* As the program itself does, and too late for it once a VFS is registered. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    shim.real = sqlite3_vfs_find(NULL);
    shim.vfs = *shim.real;
    shim.vfs.zName = SHIM_VFS;
    shim.vfs.pNext = NULL;
    shim.vfs.szOsFile = (int)sizeof(struct file) + shim.real->szOsFile;
    shim.vfs.xOpen = shim_open;
    shim.vfs.xDelete = shim_delete;
    shim.vfs.xAccess = shim_access;
    shim.vfs.xFullPathname = shim_full_path;
    sqlite3_vfs_register(&shim.vfs, 0);
}

void
shim_sync_ms(int ms)
{
    pthread_mutex_lock(&shim.lock);
    shim.sync_ms = ms;
    pthread_mutex_unlock(&shim.lock);
}

void
shim_full_after(int64_t bytes)
{
    pthread_mutex_lock(&shim.lock);
    shim.budget = bytes;
    pthread_mutex_unlock(&shim.lock);
}

void
shim_watch(int64_t n)
{
    pthread_mutex_lock(&shim.lock);
    shim.watching = true;
    shim.crashed = false;
    shim.countdown = n;
    pthread_mutex_unlock(&shim.lock);
}

void
shim_crash(void)
{
    pthread_mutex_lock(&shim.lock);
    shim.crashed = true;
    pthread_mutex_unlock(&shim.lock);
}

bool
shim_crashed(void)
{
    bool crashed;

    pthread_mutex_lock(&shim.lock);
    crashed = shim.crashed;
    pthread_mutex_unlock(&shim.lock);
    return crashed;
}

/* ---- after the crash ---- */

static uint64_t
random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void
put(int fd, const char *data, int len, sqlite3_int64 offset)
{
    if (len > 0 && pwrite(fd, data, (size_t)len, offset) != len)
        abort();
}

static void
undo(int fd, const struct write *w)
{
    put(fd, w->old_bytes, w->old_len, w->offset);
    if (ftruncate(fd, w->old_size) != 0)
        abort();
}

/* Some of what was not synced reached the disk all the same, some of that in part.  OLDER writes
 * first; the order among unsynced ones is not kept. */
static void
redo_some(int fd, const struct write *w, uint64_t *state, int *lost)
{
    int len;

    if (w == NULL)
        return;
    redo_some(fd, w->next, state, lost);
    if (w->len < 0) {
        ++*lost;
        return;
    }
    len = w->len;
    switch (random_next(state) % 3) {
    case 0:
        ++*lost;
        return;
    case 1:
        len = (int)(random_next(state) % ((uint64_t)len / SECTOR + 1)) * SECTOR;
        break;
    default:
        break;
    }
    put(fd, w->old_bytes + w->old_len, len, w->offset);
}

int
shim_forget(uint64_t seed)
{
    uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
    int lost = 0;

    pthread_mutex_lock(&shim.lock);
    while (shim.nodes != NULL) {
        struct node *node = shim.nodes;
        const int fd = open(node->path, O_RDWR);

        shim.nodes = node->next;
        if (fd >= 0) {
            for (const struct write *w = node->writes; w != NULL; w = w->next)
                undo(fd, w);
            if (seed != 0)
                redo_some(fd, node->writes, &state, &lost);
            else
                for (const struct write *w = node->writes; w != NULL; w = w->next)
                    lost++;
            close(fd);
            if (node->born && seed == 0)
                unlink(node->path);
        }
        drop_writes(node);
        free(node->path);
        free(node);
    }
    shim.watching = shim.crashed = false;
    shim.budget = -1;
    shim.sync_ms = 0;
    pthread_mutex_unlock(&shim.lock);
    return lost;
}

#ifdef SHIM_PRELOAD
/* As a preloaded library: the default VFS of the program, slow from the start. */
__attribute__((constructor)) static void
preload(void)
{
    const char *ms = getenv("XJ_VFS_SYNC_MS");

    if (ms == NULL)
        return;
    shim_start();
    shim_sync_ms((int)strtol(ms, NULL, 10));
    sqlite3_vfs_register(&shim.vfs, 1);
}
#endif
