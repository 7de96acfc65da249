/*
 * A blob is written to tmp/, synced, renamed to its place and the place's folder synced, so that
 * after a power cut it is there whole or not at all.  The rename always happens, also where the
 * file is there already: the bytes are the same, and a damaged copy is healed.  The 256 folders are
 * made when a store is opened: a folder made with a file would cost the file two more syncs.
 */
#include "blob/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHUNK ((size_t)64 << 10)
#define LEFT_OVER_S 3600
#define TEMP_LEN 32 /* hexadecimal digits of a temporary name */
#define PLACE_LEN (3 + XJ_BLOB_HASH_LEN + 1)
#define FOLDERS 256

struct xj_blobs {
    int root, tmp; /* folders */
    int64_t limit;
};

struct xj_blob_writer {
    xj_blobs *blobs;
    xj_pool *pool;
    int fd;
    int64_t size;
    char name[TEMP_LEN + 1];
    EVP_MD_CTX *state;
};

/* errno as an error: WHAT could not be done to NAME. */
static xj_error *
failed(const char *what, const char *name)
{
    const int why = errno;
    const xj_code code = why == ENOSPC || why == EDQUOT ? XJ_E_DISK_FULL : XJ_E_IO;

    return xj_error_detail(xj_error_new(code, "%s", xj_code_text(code)), "%s %s: %s", what, name,
                           strerror(why));
}

/* ---- the folder ---- */

static void
close_blobs(void *arg)
{
    xj_blobs *blobs = arg;

    if (blobs->tmp >= 0)
        close(blobs->tmp);
    if (blobs->root >= 0)
        close(blobs->root);
}

/* Open folder NAME in AT, made where it is not there.  AT is synced also where it is: another
 * thread, or a process that was killed, may have made it and not got so far. */
static xj_error *
open_folder(int *fd, int at, const char *name)
{
    if (mkdirat(at, name, 0700) != 0 && errno != EEXIST)
        return failed("make the folder", name);
    *fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (*fd < 0)
        return failed("open the folder", name);
    if (at != AT_FDCWD && fsync(at) != 0) {
        xj_error *err = failed("sync the folder of", name);

        close(*fd);
        *fd = -1;
        return err;
    }
    return NULL;
}

/* The folders of places.  All are synced into the root, also those that are there: a process that
 * was killed may have made them and not got so far. */
static xj_error *
make_places(const xj_blobs *blobs)
{
    for (unsigned i = 0; i < FOLDERS; i++) {
        char name[3];

        snprintf(name, sizeof name, "%02x", i);
        if (mkdirat(blobs->root, name, 0700) != 0 && errno != EEXIST)
            return failed("make the folder", name);
    }
    return fsync(blobs->root) == 0 ? NULL : failed("sync", "the folder");
}

/* Sync the folder that FD's folder is in. */
static xj_error *
sync_above(int fd)
{
    const int above = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    xj_error *err = above < 0 || fsync(above) != 0 ? failed("sync", "the folder above") : NULL;

    if (above >= 0)
        close(above);
    return err;
}

static DIR *
list_folder(int fd)
{
    const int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);

    if (dir == NULL && again >= 0)
        close(again);
    return dir;
}

/* What a killed process left in tmp/.  Young files may be another process's. */
static xj_error *
sweep(xj_blobs *blobs)
{
    const time_t now = time(NULL);
    DIR *dir = list_folder(blobs->tmp);
    struct dirent *entry;

    if (dir == NULL)
        return failed("list", "tmp");
    while ((entry = readdir(dir)) != NULL) {
        struct stat st;

        if (fstatat(blobs->tmp, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(st.st_mode) && st.st_mtime + LEFT_OVER_S <= now)
            unlinkat(blobs->tmp, entry->d_name, 0);
    }
    closedir(dir);
    return NULL;
}

xj_error *
xj_blobs_open(xj_blobs **out, const char *folder, int64_t limit, xj_pool *pool)
{
    xj_blobs *blobs = XJ_NEW(pool, xj_blobs);

    if (sodium_init() < 0)
        return xj_error_new(XJ_E_INTERNAL, "libsodium could not be started");
    blobs->root = blobs->tmp = -1;
    blobs->limit = limit == 0 ? XJ_BLOB_LIMIT : limit;
    xj_pool_on_end(pool, close_blobs, blobs);
    XJ_TRY(open_folder(&blobs->root, AT_FDCWD, folder));
    XJ_TRY(sync_above(blobs->root));
    XJ_TRY(open_folder(&blobs->tmp, blobs->root, "tmp"));
    XJ_TRY(make_places(blobs));
    XJ_TRY(sweep(blobs));
    *out = blobs;
    return NULL;
}

/* ---- hashes and places ---- */

xj_error *
xj_blob_hash_parse(xj_blob_hash *hash, xj_str text)
{
    bool fine = text.len == XJ_BLOB_HASH_LEN;

    for (size_t i = 0; fine && i < text.len; i++)
        fine = (text.data[i] >= '0' && text.data[i] <= '9') ||
               (text.data[i] >= 'a' && text.data[i] <= 'f');
    if (!fine)
        return xj_error_new(XJ_E_BAD_INPUT, "this is no hash of 64 hexadecimal digits");
    memcpy(hash->hex, text.data, XJ_BLOB_HASH_LEN);
    hash->hex[XJ_BLOB_HASH_LEN] = '\0';
    return NULL;
}

/* "aa/aabb...".  HASH has been parsed or computed, so that no other character gets in. */
static void
place_of(char place[PLACE_LEN], const xj_blob_hash *hash)
{
    snprintf(place, PLACE_LEN, "%.2s/%s", hash->hex, hash->hex);
}

static void
free_hash(void *arg)
{
    EVP_MD_CTX_free(arg);
}

/* SHA-256 by OpenSSL: with the processor's own instructions it is five times libsodium's. */
static EVP_MD_CTX *
begin_hash(xj_pool *pool)
{
    EVP_MD_CTX *state = EVP_MD_CTX_new();

    XJ_ASSERT(state != NULL && EVP_DigestInit_ex(state, EVP_sha256(), NULL) == 1);
    xj_pool_on_end(pool, free_hash, state);
    return state;
}

static void
add_hash(EVP_MD_CTX *state, xj_str data)
{
    XJ_ASSERT(EVP_DigestUpdate(state, data.data, data.len) == 1);
}

static void
finish_hash(xj_blob_hash *hash, EVP_MD_CTX *state)
{
    unsigned char bytes[XJ_BLOB_HASH_LEN / 2];

    XJ_ASSERT(EVP_DigestFinal_ex(state, bytes, NULL) == 1);
    sodium_bin2hex(hash->hex, sizeof hash->hex, bytes, sizeof bytes);
}

/* ---- writing ---- */

static void
give_up(void *arg)
{
    xj_blob_writer *writer = arg;

    if (writer->fd >= 0)
        close(writer->fd);
    writer->fd = -1;
    unlinkat(writer->blobs->tmp, writer->name, 0);
}

xj_error *
xj_blob_begin(xj_blob_writer **out, xj_blobs *blobs, xj_pool *pool)
{
    xj_blob_writer *writer = XJ_NEW(pool, xj_blob_writer);
    unsigned char random[TEMP_LEN / 2];

    *out = NULL;
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(writer->name, sizeof writer->name, random, sizeof random);
    writer->blobs = blobs;
    writer->pool = pool;
    writer->fd = openat(blobs->tmp, writer->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    if (writer->fd < 0)
        return failed("make", writer->name);
    xj_pool_on_end(pool, give_up, writer);
    writer->state = begin_hash(pool);
    *out = writer;
    return NULL;
}

xj_error *
xj_blob_add(xj_blob_writer *writer, xj_str data)
{
    if (data.len > (uint64_t)(writer->blobs->limit - writer->size))
        return xj_error_new(XJ_E_TOO_LARGE, "the file is larger than the limit of %lld bytes",
                            (long long)writer->blobs->limit);
    if (data.len == 0)
        return NULL;
    add_hash(writer->state, data);
    writer->size += (int64_t)data.len;
    while (data.len > 0) {
        const ssize_t n = write(writer->fd, data.data, data.len);

        if (n < 0 && errno != EINTR)
            return failed("write", writer->name);
        if (n > 0)
            data = xj_str_skip(data, (size_t)n);
    }
    return NULL;
}

/* Rename the synced file to its place and sync the folder it is in. */
static xj_error *
move_in(xj_blob_writer *writer, const xj_blob_hash *hash)
{
    const char name[3] = {hash->hex[0], hash->hex[1]};
    xj_blobs *blobs = writer->blobs;
    const int folder = openat(blobs->root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    xj_error *err = NULL;

    if (folder < 0)
        return failed("open the folder", name);
    if (renameat(blobs->tmp, writer->name, folder, hash->hex) != 0)
        err = failed("move", writer->name);
    else if (fsync(folder) != 0)
        err = failed("sync the folder of", hash->hex);
    close(folder);
    return err;
}

xj_error *
xj_blob_finish(xj_blob_hash *hash, int64_t *size, xj_blob_writer *writer)
{
    xj_error *err = NULL;

    xj_pool_forget(writer->pool, give_up, writer);
    finish_hash(hash, writer->state);
    *size = writer->size;
    if (fsync(writer->fd) != 0)
        err = failed("sync", writer->name);
    if (close(writer->fd) != 0 && err == NULL)
        err = failed("close", writer->name);
    writer->fd = -1;
    if (err == NULL)
        err = move_in(writer, hash);
    if (err != NULL)
        give_up(writer);
    return err;
}

xj_error *
xj_blob_put(xj_blob_hash *hash, xj_blobs *blobs, xj_str data)
{
    xj_pool *pool = xj_pool_root();
    xj_blob_writer *writer;
    int64_t size;
    xj_error *err;

    err = xj_blob_begin(&writer, blobs, pool);
    if (err == NULL)
        err = xj_blob_add(writer, data);
    if (err == NULL)
        err = xj_blob_finish(hash, &size, writer);
    xj_pool_destroy(pool);
    return err;
}

/* Give EACH all bytes of FD, piece by piece. */
static xj_error *
read_through(int fd, xj_error *(*each)(void *arg, xj_str piece), void *arg, xj_pool *pool)
{
    char *piece = xj_alloc(pool, CHUNK);

    for (;;) {
        const ssize_t n = read(fd, piece, CHUNK);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed("read", "a file");
        if (n == 0)
            return NULL;
        XJ_TRY(each(arg, xj_str_of(piece, (size_t)n)));
    }
}

static xj_error *
add_piece(void *arg, xj_str piece)
{
    return xj_blob_add(arg, piece);
}

static xj_error *
copy_in(xj_blob_hash *hash, int64_t *size, xj_blobs *blobs, int fd, xj_pool *pool)
{
    xj_blob_writer *writer;

    XJ_TRY(xj_blob_begin(&writer, blobs, pool));
    XJ_TRY(read_through(fd, add_piece, writer, pool));
    return xj_blob_finish(hash, size, writer);
}

xj_error *
xj_blob_put_file(xj_blob_hash *hash, int64_t *size, xj_blobs *blobs, const char *path)
{
    /* Non-blocking, so that a pipe in a file's place does not hold us up. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    xj_pool *pool;
    struct stat st;
    xj_error *err;

    if (fd < 0)
        return failed("open", path);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return xj_error_detail(xj_error_new(XJ_E_IO, "this is not a regular file"), "%s", path);
    }
    pool = xj_pool_root();
    err = copy_in(hash, size, blobs, fd, pool);
    xj_pool_destroy(pool);
    close(fd);
    return err;
}

/* ---- reading ---- */

xj_error *
xj_blob_get_fd(int *fd, int64_t *size, xj_blobs *blobs, const xj_blob_hash *hash)
{
    char place[PLACE_LEN];
    struct stat st;

    place_of(place, hash);
    *fd = openat(blobs->root, place, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (*fd < 0 && errno == ENOENT)
        return xj_error_detail(xj_error_new(XJ_E_NOT_FOUND, "the file is not stored here"), "%s",
                               place);
    if (*fd < 0)
        return failed("open", place);
    if (fstat(*fd, &st) != 0) {
        xj_error *err = failed("look at", place);

        close(*fd);
        *fd = -1;
        return err;
    }
    *size = st.st_size;
    return NULL;
}

struct mapping {
    void *data;
    size_t len;
};

static void
unmap(void *arg)
{
    struct mapping *mapping = arg;

    munmap(mapping->data, mapping->len);
}

xj_error *
xj_blob_get(xj_str *data, xj_blobs *blobs, const xj_blob_hash *hash, xj_pool *pool)
{
    struct mapping *mapping;
    xj_error *err = NULL;
    int64_t size;
    void *mapped;
    int fd;

    XJ_TRY(xj_blob_get_fd(&fd, &size, blobs, hash));
    *data = XJ_STR("");
    if (size > 0) {
        /* Blobs are never changed nor cut in place, so the mapping stays whole. */
        mapped = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (mapped == MAP_FAILED) {
            err = failed("map", hash->hex);
        } else {
            mapping = XJ_NEW(pool, struct mapping);
            *mapping = (struct mapping){mapped, (size_t)size};
            xj_pool_on_end(pool, unmap, mapping);
            *data = xj_str_of(mapped, (size_t)size);
        }
    }
    close(fd);
    return err;
}

/* ---- verifying, removing ---- */

static xj_error *
hash_piece(void *arg, xj_str piece)
{
    add_hash(arg, piece);
    return NULL;
}

xj_error *
xj_blob_has(bool *found, xj_blobs *blobs, xj_str text)
{
    xj_blob_hash hash;
    int64_t size;
    xj_error *err = xj_blob_hash_parse(&hash, text);
    int fd;

    if (err == NULL)
        err = xj_blob_get_fd(&fd, &size, blobs, &hash);
    *found = err == NULL;
    if (err == NULL)
        close(fd);
    if (!xj_error_is(err, XJ_E_NOT_FOUND) && !xj_error_is(err, XJ_E_BAD_INPUT))
        return err;
    xj_error_clear(err);
    return NULL;
}

xj_error *
xj_blob_verify(xj_blobs *blobs, const xj_blob_hash *hash)
{
    xj_blob_hash found = {0};
    EVP_MD_CTX *state;
    xj_pool *pool;
    xj_error *err;
    int64_t size;
    int fd;

    XJ_TRY(xj_blob_get_fd(&fd, &size, blobs, hash));
    pool = xj_pool_root();
    state = begin_hash(pool);
    err = read_through(fd, hash_piece, state, pool);
    if (err == NULL)
        finish_hash(&found, state);
    xj_pool_destroy(pool);
    close(fd);
    if (err != NULL)
        return err;
    if (memcmp(found.hex, hash->hex, XJ_BLOB_HASH_LEN) != 0)
        return xj_error_detail(xj_error_new(XJ_E_CORRUPT, "a stored file is damaged"), "%s has %s",
                               hash->hex, found.hex);
    return NULL;
}

struct walk {
    xj_blobs *blobs;
    int64_t count, bad;
    void (*each)(void *arg, const char *name, const char *what);
    void (*named)(void *arg, const xj_blob_hash *hash); /* only names are wanted */
    void *arg;
};

static void
report(struct walk *w, const char *name, const char *what)
{
    w->bad++;
    if (w->each != NULL)
        w->each(w->arg, name, what);
}

/* One file of FOLDER. */
static xj_error *
walk_file(struct walk *w, const char *folder, const char *name)
{
    xj_blob_hash hash;
    xj_error *err = xj_blob_hash_parse(&hash, xj_str_c(name));

    w->count++;
    if (err != NULL || strncmp(name, folder, 2) != 0) {
        xj_error_clear(err);
        report(w, name, "it does not belong here");
        return NULL;
    }
    if (w->named != NULL) {
        w->named(w->arg, &hash);
        return NULL;
    }
    err = xj_blob_verify(w->blobs, &hash);
    if (xj_error_is(err, XJ_E_CORRUPT)) {
        xj_error_clear(err);
        report(w, name, "it is damaged");
        return NULL;
    }
    return err;
}

static xj_error *
walk_folder(struct walk *w, int fd, const char *folder)
{
    DIR *dir = list_folder(fd);
    struct dirent *entry;
    xj_error *err = NULL;

    if (dir == NULL)
        return failed("list", folder);
    while (err == NULL && (entry = readdir(dir)) != NULL)
        if (entry->d_name[0] != '.')
            err = walk_file(w, folder, entry->d_name);
    closedir(dir);
    return err;
}

static xj_error *
walk(struct walk *w)
{
    DIR *dir = list_folder(w->blobs->root);
    struct dirent *entry;
    xj_error *err = NULL;

    if (dir == NULL)
        return failed("list", "the folder");
    while (err == NULL && (entry = readdir(dir)) != NULL) {
        const char *name = entry->d_name;
        int folder;

        if (name[0] == '.' || strcmp(name, "tmp") == 0)
            continue;
        folder = openat(w->blobs->root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (folder < 0 || strlen(name) != 2) {
            w->count++;
            report(w, name, "it does not belong here");
        } else {
            err = walk_folder(w, folder, name);
        }
        if (folder >= 0)
            close(folder);
    }
    closedir(dir);
    return err;
}

xj_error *
xj_blobs_verify(xj_blobs *blobs, int64_t *count, int64_t *bad,
                void (*each)(void *arg, const char *name, const char *what), void *arg)
{
    struct walk w = {.blobs = blobs, .each = each, .arg = arg};
    xj_error *err = walk(&w);

    *count = w.count;
    *bad = w.bad;
    return err;
}

xj_error *
xj_blobs_each(xj_blobs *blobs, void (*each)(void *arg, const xj_blob_hash *hash), void *arg)
{
    struct walk w = {.blobs = blobs, .named = each, .arg = arg};

    return walk(&w);
}

xj_error *
xj_blob_remove(xj_blobs *blobs, const xj_blob_hash *hash)
{
    char place[PLACE_LEN];

    place_of(place, hash);
    if (unlinkat(blobs->root, place, 0) == 0)
        return NULL;
    if (errno == ENOENT)
        return xj_error_detail(xj_error_new(XJ_E_NOT_FOUND, "the file is not stored here"), "%s",
                               place);
    return failed("remove", place);
}
