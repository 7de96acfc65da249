/*
 * base/map.h -- a map from text to a pointer, in a pool.
 *
 * Keys are views: the caller keeps their bytes alive as long as the map.  Iterating gives the order
 * of insertion, so that output made from a map is the same in every run.
 */
#pragma once

#include "base/str.h"

typedef struct xj_map_entry {
    xj_str key;
    void *value;
    uint64_t hash;
} xj_map_entry;

typedef struct xj_map {
    xj_map_entry *entries; /* in order of insertion */
    size_t len, cap;
    uint32_t *slots; /* entry index + 1; 0 is empty */
    size_t nslots;   /* a power of two, or 0 */
    xj_pool *pool;
} xj_map;

void xj_map_init(xj_map *map, xj_pool *pool);
/* The value under KEY, or NULL. */
void *xj_map_find(const xj_map *map, xj_str key);
/* Put VALUE under KEY, replacing what was there; true if KEY is new. */
bool xj_map_set(xj_map *map, xj_str key, void *value);
/* The place of KEY's value, made NULL if KEY is new; valid until the next insertion. */
void **xj_map_slot(xj_map *map, xj_str key);
