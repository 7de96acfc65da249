/*
 * doc/zip.c -- parts of a zip container, with limits against bombs.
 */
#include "doc/doc_priv.h"

#include <zip.h>

struct xj_zip {
    zip_t *za;
    size_t total; /* bytes unpacked so far */
};

static void
close_zip(void *arg)
{
    zip_discard(arg);
}

xj_error *
xj_zip__open(xj_zip **zip, xj_str bytes, xj_pool *pool)
{
    zip_error_t error;
    zip_source_t *source;
    xj_zip *made = XJ_NEW(pool, xj_zip);

    zip_error_init(&error);
    source = zip_source_buffer_create(bytes.data, bytes.len, 0, &error);
    made->za = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (made->za == NULL) {
        xj_error *err = xj_error_new(XJ_E_BAD_INPUT,
                                     "the file is damaged or cut short: its list of parts cannot "
                                     "be read");

        err = xj_error_detail(err, "%s", zip_error_strerror(&error));
        if (source != NULL)
            zip_source_free(source);
        zip_error_fini(&error);
        return err;
    }
    zip_error_fini(&error);
    xj_pool_on_end(pool, close_zip, made->za);
    if (zip_get_num_entries(made->za, 0) > XJ_ZIP_PARTS_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the file has more than %d parts", XJ_ZIP_PARTS_MAX);
    *zip = made;
    return NULL;
}

bool
xj_zip__has(xj_zip *zip, const char *name)
{
    return zip_name_locate(zip->za, name, 0) >= 0;
}

static xj_error *
bomb(const char *name)
{
    return xj_error_at(xj_error_new(XJ_E_TOO_LARGE, "the part \"%s\" unpacks to more than %zu MB",
                                    name, XJ_ZIP_PART_MAX >> 20),
                       "%s", name);
}

xj_error *
xj_zip__part(xj_str *part, xj_zip *zip, const char *name, xj_pool *pool)
{
    zip_int64_t index = zip_name_locate(zip->za, name, 0);
    zip_stat_t stat;
    zip_file_t *file;
    char *data;
    zip_int64_t got = 0;
    size_t size, at = 0;

    *part = XJ_STR_NONE;
    if (index < 0)
        return NULL;
    if (zip_stat_index(zip->za, (zip_uint64_t)index, 0, &stat) != 0 ||
        !(stat.valid & ZIP_STAT_SIZE))
        return xj_error_new(XJ_E_BAD_INPUT, "the part \"%s\" cannot be read", name);
    if (stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is encrypted; save it without a password");
    if (stat.size > XJ_ZIP_PART_MAX || zip->total + stat.size > XJ_ZIP_TOTAL_MAX)
        return bomb(name);
    size = (size_t)stat.size;
    file = zip_fopen_index(zip->za, (zip_uint64_t)index, 0);
    if (file == NULL)
        return xj_error_new(XJ_E_BAD_INPUT, "the part \"%s\" cannot be unpacked", name);
    data = xj_alloc(pool, size + 1);
    /* One byte more than declared is asked for, so that a lying header shows. */
    while (at <= size && (got = zip_fread(file, data + at, size + 1 - at)) > 0)
        at += (size_t)got;
    zip_fclose(file);
    if (at > size)
        return bomb(name);
    if (got < 0 || at < size)
        return xj_error_new(XJ_E_BAD_INPUT, "the part \"%s\" is damaged", name);
    data[at] = '\0';
    zip->total += at;
    *part = xj_str_of(data, at);
    return NULL;
}

xj_str
xj_zip__resolve(xj_str base, xj_str target, xj_pool *pool)
{
    size_t slash = xj_str_rfind(base, XJ_STR("/"));
    xj_str folder = slash == XJ_NPOS ? XJ_STR("") : xj_str_sub(base, 0, slash);

    if (xj_str_starts(target, XJ_STR("/")))
        return xj_str_dup(xj_str_skip(target, 1), pool);
    while (xj_str_starts(target, XJ_STR("../"))) {
        target = xj_str_skip(target, 3);
        slash = xj_str_rfind(folder, XJ_STR("/"));
        folder = slash == XJ_NPOS ? XJ_STR("") : xj_str_sub(folder, 0, slash);
    }
    if (folder.len == 0)
        return xj_str_dup(target, pool);
    return xj_str_printf(pool, XJ_FMT "/" XJ_FMT, XJ_ARG(folder), XJ_ARG(target));
}
