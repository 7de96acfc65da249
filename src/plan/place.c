/*
 * Places.  A task's id is its place in the plan, so that every list has the order of the plan by
 * its key.  An import leaves room between ids; a row put in between takes one from the middle.
 * Where the room is used up, the rows behind get new ids at the end of all, with room again.
 */
#include "plan/edit_priv.h"

xj_error *
xj_step_places(xj_step_work *step)
{
    xj_rows *rows;
    bool more;

    if (step->has_places)
        return NULL;
    step->has_places = true;
    XJ_TRY(xj_db_query(&rows, xj_tx_db(step->tx), SQL_EDIT_IDS, "ii", xj_tx_tenant(step->tx),
                       step->version.id));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&step->places, xj_tx_pool(step->tx),
                    (xj_place){xj_row_int(rows, 0), xj_row_int(rows, 1)});
    }
    /* What edits before this one have added or removed. */
    for (size_t i = 0; i < step->items.len; i++) {
        const xj_item *item = step->items.items[i];

        if (item->kind != XJ_ITEM_TASK || item->was == item->is)
            continue;
        if (item->is)
            xj_step_place_add(step, item->id, item->now[T_ACTION_NO].n);
        else
            xj_step_place_remove(step, item->id);
    }
    return NULL;
}

/* The first place that is not before ID. */
static size_t
lower(const xj_step_work *step, int64_t id)
{
    size_t low = 0, high = step->places.len;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (step->places.items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t
xj_step_place(const xj_step_work *step, int64_t id)
{
    const size_t at = lower(step, id);

    return at < step->places.len && step->places.items[at].id == id ? at : XJ_NPOS;
}

void
xj_step_place_add(xj_step_work *step, int64_t id, int64_t action_no)
{
    size_t at;

    if (!step->has_places)
        return;
    at = lower(step, id);
    xj_vec_push(&step->places, xj_tx_pool(step->tx), (xj_place){id, action_no});
    memmove(&step->places.items[at + 1], &step->places.items[at],
            (step->places.len - 1 - at) * sizeof *step->places.items);
    step->places.items[at] = (xj_place){id, action_no};
}

void
xj_step_place_remove(xj_step_work *step, int64_t id)
{
    const size_t at = step->has_places ? xj_step_place(step, id) : XJ_NPOS;

    if (at == XJ_NPOS)
        return;
    memmove(&step->places.items[at], &step->places.items[at + 1],
            (step->places.len - at - 1) * sizeof *step->places.items);
    step->places.len--;
}

/* Give the rows from place AT on new ids at the end of all. */
static xj_error *
move_rest(xj_step_work *step, size_t at)
{
    const size_t n = step->places.len - at;
    int64_t *ids = XJ_NEW_ARRAY(xj_tx_pool(step->tx), int64_t, n);
    int64_t first;

    if (n == 0)
        return NULL;
    for (size_t i = 0; i < n; i++)
        ids[i] = step->places.items[at + i].id;
    XJ_TRY(xj_step_tasks(step, ids, n));
    first = xj_tx_next_ids(step->tx, (int64_t)(n + 2) * XJ__TASK_ROOM);
    for (size_t i = 0; i < n; i++) {
        xj_item *to;

        XJ_TRY(xj_step_rename(&to, step, xj_step_find(step, XJ_ITEM_TASK, ids[i]),
                              first + (int64_t)(i + 1) * XJ__TASK_ROOM));
    }
    return NULL;
}

xj_error *
xj_step_room(int64_t *ids, xj_step_work *step, int64_t after, size_t n)
{
    size_t at;
    int64_t low, high, gap;

    XJ_TRY(xj_step_places(step));
    at = after == 0 ? 0 : lower(step, after + 1);
    if (at == step->places.len) {
        const int64_t first = xj_tx_next_ids(step->tx, (int64_t)(n + 1) * XJ__TASK_ROOM);

        for (size_t i = 0; i < n; i++)
            ids[i] = first + (int64_t)(i + 1) * XJ__TASK_ROOM;
        return NULL;
    }
    high = step->places.items[at].id;
    /* Before the first row there is as much room as its import left. */
    low = at > 0                                    ? step->places.items[at - 1].id
          : high - XJ__TASK_ROOM > step->version.id ? high - XJ__TASK_ROOM
                                                    : high;
    gap = (high - low) / ((int64_t)n + 1);
    if (gap == 0) {
        XJ_TRY(move_rest(step, at));
        return xj_step_room(ids, step, after, n);
    }
    for (size_t i = 0; i < n; i++)
        ids[i] = low + gap * (int64_t)(i + 1);
    return NULL;
}
