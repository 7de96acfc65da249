/* The data folder: its lock, and the database in it. */
#include "app/ops.h"
#include "county/county.h"
#include "duty/body.h"
#include "duty/duty.h"
#include "duty/settle.h"
#include "org/area.h"
#include "org/post.h"
#include "org/unit.h"
#include "plan/document.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static void
close_fd(void *arg)
{
    close(*(int *)arg);
}

xj_error *
xj_data_lock(const xj_settings *settings, int wait_ms, xj_pool *pool)
{
    const char *data = xj_settings_str(settings, XJ_SET_data);
    xj_str path = xj_str_printf(pool, "%s/lock", data);
    int *fd = XJ_NEW(pool, int);

    if (mkdir(data, 0700) != 0 && errno != EEXIST)
        return xj_error_detail(
            xj_error_new(XJ_E_IO, "the data folder cannot be made: %s", strerror(errno)), "%s",
            data);
    *fd = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        return xj_error_detail(
            xj_error_new(XJ_E_IO, "the data folder cannot be used: %s", strerror(errno)), "%s",
            path.data);
    xj_pool_on_end(pool, close_fd, fd);
    for (int waited = 0; flock(*fd, LOCK_EX | LOCK_NB) != 0; waited += 20) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return xj_error_new(XJ_E_IO, "the data folder cannot be locked: %s", strerror(errno));
        if (waited >= wait_ms)
            return xj_error_detail(
                xj_error_new(XJ_E_UNAVAILABLE, "another process holds the data folder"), "%s",
                data);
        usleep(20000);
    }
    return NULL;
}

static xj_error *
unit_moved(xj_tx *tx, xj_str name, int64_t from, int64_t to)
{
    XJ_TRY(xj_plan_unit_moved(tx, name, from, to));
    XJ_TRY(xj_county_unit_moved(tx, from, to));
    return xj_duty_unit_moved(tx, name, from, to);
}

static xj_error *
unit_succeeded(xj_tx *tx, xj_str name, int64_t from, int64_t to)
{
    XJ_TRY(xj_county_unit_moved(tx, from, to));
    return xj_duty_unit_moved(tx, name, from, to);
}

/* A person without any post left at the unit handles nothing of it any more. */
static xj_error *
post_changed(xj_tx *tx, const xj_post *old, const xj_post *next)
{
    const xj_date today = xj_org_day(xj_tx_now(tx));
    bool stays = false, any = false;
    xj_post *posts;
    size_t n;

    XJ_TRY(
        xj_post_of_person(&posts, &n, xj_tx_db(tx), xj_tx_tenant(tx), old->person, xj_tx_pool(tx)));
    for (size_t i = 0; i < n; i++) {
        if (posts[i].id == old->id ||
            (posts[i].to.year != 0 && xj_date_cmp(posts[i].to, today) < 0))
            continue;
        any = true;
        stays |= posts[i].unit == old->unit;
    }
    /* The jurisdiction's post without a unit has work of every unit: it goes with the last post. */
    if (stays || (old->unit == 0 && any))
        return NULL;
    return xj_duty_hand_over(tx, old->unit, old->person, next == NULL ? 0 : next->person);
}

void
xj_data_hooks(void)
{
    xj_post_on_changed(post_changed);
    xj_unit_on_moved(unit_moved);
    xj_unit_on_succeeded(unit_succeeded);
    xj_unit_on_standing(xj_duty_unit_standing);
    xj_unit_on_ends(xj_body_ends);
    xj_above_on_sent(xj_county_sent);
    xj_above_on_moved(xj_county_moved);
    xj_plan_on_published(xj_duty_from_plan);
}

xj_error *
xj_data_open(xj_store **store, const xj_settings *settings, bool any_schema, xj_pool *pool)
{
    const char *url = xj_settings_str(settings, XJ_SET_database);
    xj_store_options options = {.url = url,
                                .writer = XJ_WRITER_NOW,
                                .group_max = (int)xj_settings_int(settings, XJ_SET_group),
                                .readers = (int)xj_settings_int(settings, XJ_SET_readers)};
    bool current;

    if (url[0] == '\0')
        options.url =
            xj_str_printf(pool, "sqlite:%s/xingjian.db", xj_settings_str(settings, XJ_SET_data))
                .data;
    xj_data_hooks();
    XJ_TRY(xj_store_open(store, &options, pool));
    if (any_schema)
        return NULL;
    XJ_TRY(xj_store_is_current(*store, &current));
    if (!current)
        return xj_error_new(XJ_E_DB_SCHEMA,
                            "the database is not of this program's version yet; run \"xingjian db "
                            "migrate\"");
    return NULL;
}

xj_error *
xj_data_folder(xj_blobs **blobs, const xj_settings *settings, const char *name, xj_pool *pool)
{
    const xj_str folder =
        xj_str_printf(pool, "%s/%s", xj_settings_str(settings, XJ_SET_data), name);

    return xj_blobs_open(blobs, folder.data, 0, pool);
}

xj_error *
xj_data_uploads(xj_uploads **uploads, const xj_settings *settings, xj_pool *pool)
{
    const xj_str folder = xj_str_printf(pool, "%s/uploads", xj_settings_str(settings, XJ_SET_data));

    return xj_uploads_open(uploads, folder.data, pool);
}

xj_error *
xj_data_blobs(xj_blobs **blobs, const xj_settings *settings, xj_pool *pool)
{
    return xj_data_folder(blobs, settings, "blobs", pool);
}
