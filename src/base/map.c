#include "base/map.h"

#include "base/vec.h"

void
xj_map_init(xj_map *map, xj_pool *pool)
{
    *map = (xj_map){.pool = pool};
}

/* The slot that holds KEY, or the empty one where it would go. */
static size_t
probe(const xj_map *map, xj_str key, uint64_t hash)
{
    size_t at = (size_t)hash & (map->nslots - 1);

    while (map->slots[at] != 0) {
        const xj_map_entry *entry = &map->entries[map->slots[at] - 1];

        if (entry->hash == hash && xj_str_eq(entry->key, key))
            break;
        at = (at + 1) & (map->nslots - 1);
    }
    return at;
}

void *
xj_map_find(const xj_map *map, xj_str key)
{
    uint32_t entry;

    if (map->nslots == 0)
        return NULL;
    entry = map->slots[probe(map, key, xj_str_hash(key))];
    return entry == 0 ? NULL : map->entries[entry - 1].value;
}

static void
rehash(xj_map *map)
{
    map->nslots = map->nslots == 0 ? 16 : xj_size_mul(map->nslots, 2);
    map->slots = XJ_NEW_ARRAY(map->pool, uint32_t, map->nslots);
    for (size_t i = 0; i < map->len; i++)
        map->slots[probe(map, map->entries[i].key, map->entries[i].hash)] = (uint32_t)(i + 1);
}

void **
xj_map_slot(xj_map *map, xj_str key)
{
    uint64_t hash = xj_str_hash(key);
    size_t at;

    /* At most three quarters full. */
    if (map->nslots == 0 || map->len + 1 > map->nslots / 4 * 3)
        rehash(map);
    at = probe(map, key, hash);
    if (map->slots[at] == 0) {
        XJ_ASSERT(map->len < UINT32_MAX);
        map->entries =
            xj_vec_grow(map->entries, map->len, &map->cap, sizeof *map->entries, map->pool);
        map->entries[map->len++] = (xj_map_entry){.key = key, .value = NULL, .hash = hash};
        map->slots[at] = (uint32_t)map->len;
    }
    return &map->entries[map->slots[at] - 1].value;
}

bool
xj_map_set(xj_map *map, xj_str key, void *value)
{
    size_t before = map->len;
    void **slot = xj_map_slot(map, key);

    *slot = value;
    return map->len > before;
}
