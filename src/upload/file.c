/*
 * The files of uploads: TENANT-ID, which only grow.  Whoever adds bytes holds the file's lock; the
 * size on the disk is what was acknowledged, since a failed addition is cut off again.
 */
#include "upload/upload_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_LEN 48

struct xj_uploads {
    int fd;
    const char *folder;
};

static xj_error *
failed(const char *what)
{
    const int why = errno;
    const xj_code code = why == ENOSPC || why == EDQUOT ? XJ_E_DISK_FULL : XJ_E_IO;

    return xj_error_detail(xj_error_new(code, "%s", xj_code_text(code)), "%s: %s", what,
                           strerror(why));
}

static void
name_of(char name[NAME_LEN], int64_t tenant, int64_t id)
{
    snprintf(name, NAME_LEN, "%lld-%lld", (long long)tenant, (long long)id);
}

static void
close_folder(void *arg)
{
    close(((xj_uploads *)arg)->fd);
}

xj_error *
xj_uploads_open(xj_uploads **out, const char *folder, xj_pool *pool)
{
    xj_uploads *uploads = XJ_NEW(pool, xj_uploads);

    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return failed("make the folder of uploads");
    uploads->fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (uploads->fd < 0)
        return failed("open the folder of uploads");
    uploads->folder = xj_str_cdup(xj_str_c(folder), pool);
    xj_pool_on_end(pool, close_folder, uploads);
    *out = uploads;
    return NULL;
}

xj_error *
xj_upload__size(int64_t *size, xj_uploads *uploads, int64_t tenant, int64_t id)
{
    char name[NAME_LEN];
    struct stat st;

    name_of(name, tenant, id);
    *size = 0;
    if (fstatat(uploads->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        *size = (int64_t)st.st_size;
    else if (errno != ENOENT)
        return failed("look at an upload");
    return NULL;
}

void
xj_upload_drop_file(xj_uploads *uploads, int64_t tenant, int64_t id)
{
    char name[NAME_LEN];

    name_of(name, tenant, id);
    unlinkat(uploads->fd, name, 0); /* what stays behind, the sweep removes */
}

xj_error *
xj_upload_path(const char **path, xj_uploads *uploads, const xj_upload *upload, xj_pool *result)
{
    char name[NAME_LEN];

    if (upload->offset != upload->length)
        return xj_error_new(XJ_E_CONFLICT, "%lld of %lld bytes have come so far",
                            (long long)upload->offset, (long long)upload->length);
    name_of(name, upload->tenant, upload->id);
    *path = xj_str_printf(result, "%s/%s", uploads->folder, name).data;
    return NULL;
}

/* ---- adding ---- */

static xj_error *
write_all(int fd, xj_str bytes, int64_t at)
{
    while (bytes.len > 0) {
        const ssize_t n = pwrite(fd, bytes.data, bytes.len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return failed("write an upload");
        bytes = xj_str_skip(bytes, (size_t)n);
        at += n;
    }
    return NULL;
}

static xj_error *
add_locked(xj_upload *upload, xj_uploads *uploads, int fd, int64_t offset, xj_str bytes)
{
    struct stat st;
    xj_error *err;

    if (fstat(fd, &st) != 0)
        return failed("look at an upload");
    upload->offset = (int64_t)st.st_size;
    if (upload->offset != offset)
        return xj_error_new(XJ_E_CONFLICT, "%lld bytes have come so far, not %lld",
                            (long long)upload->offset, (long long)offset);
    if ((int64_t)bytes.len > upload->length - offset)
        return xj_error_new(XJ_E_TOO_LARGE, "more bytes came than the %lld that were announced",
                            (long long)upload->length);
    err = write_all(fd, bytes, offset);
    if (err == NULL && (fdatasync(fd) != 0 || (offset == 0 && fsync(uploads->fd) != 0)))
        err = failed("sync an upload");
    if (err != NULL) {
        /* Where even this fails, the next piece finds another size and is told so. */
        (void)!ftruncate(fd, (off_t)offset);
        return err;
    }
    upload->offset += (int64_t)bytes.len;
    return NULL;
}

xj_error *
xj_upload_append(xj_upload *upload, xj_uploads *uploads, int64_t offset, xj_str bytes)
{
    char name[NAME_LEN];
    xj_error *err;
    int fd;

    name_of(name, upload->tenant, upload->id);
    fd = openat(uploads->fd, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return failed("open an upload");
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        err = errno == EWOULDBLOCK
                  ? xj_error_new(XJ_E_CONFLICT, "another request is adding to this upload")
                  : failed("lock an upload");
    else
        err = add_locked(upload, uploads, fd, offset, bytes);
    close(fd);
    return err;
}

/* ---- the whole file ---- */

struct mapping {
    void *data;
    size_t len;
};

static void
unmap(void *arg)
{
    const struct mapping *mapping = arg;

    munmap(mapping->data, mapping->len);
}

/* A whole upload is not added to any more; taking it away leaves the mapping as it is. */
xj_error *
xj_upload_bytes(xj_str *bytes, const char *path, xj_pool *pool)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    xj_error *err = NULL;
    struct stat st;
    void *data;

    if (fd < 0)
        return failed("open an upload");
    *bytes = XJ_STR("");
    data = fstat(fd, &st) != 0 ? MAP_FAILED
                               : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        err = failed("read an upload");
    } else {
        struct mapping *mapping = XJ_NEW(pool, struct mapping);

        *mapping = (struct mapping){data, (size_t)st.st_size};
        xj_pool_on_end(pool, unmap, mapping);
        *bytes = xj_str_of(data, (size_t)st.st_size);
    }
    close(fd);
    return err;
}

/* ---- the sweep ---- */

static bool
parse(int64_t *tenant, int64_t *id, const char *name)
{
    xj_str rest = xj_str_c(name), part = XJ_STR("");

    return xj_str_split(&part, &rest, '-') && xj_str_int(tenant, part) && xj_str_int(id, rest);
}

xj_error *
xj_upload__sweep_files(xj_uploads *uploads,
                       xj_error *(*known)(bool *known, void *arg, int64_t tenant, int64_t id),
                       void *arg)
{
    DIR *dir = opendir(uploads->folder);
    struct dirent *entry;
    xj_error *err = NULL;

    if (dir == NULL)
        return failed("list the uploads");
    while (err == NULL && (entry = readdir(dir)) != NULL) {
        int64_t tenant, id;
        bool is_known = true;

        if (!parse(&tenant, &id, entry->d_name))
            continue;
        err = known(&is_known, arg, tenant, id);
        if (err == NULL && !is_known)
            unlinkat(uploads->fd, entry->d_name, 0);
    }
    closedir(dir);
    return err;
}
