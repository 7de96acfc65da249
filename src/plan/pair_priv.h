/*
 * plan/pair_priv.h -- the tasks of two registers, paired: what pair.c finds, diff.c and line.c
 * tell.
 */
#pragma once

#include "plan/register.h"

typedef struct xj_bag {
    uint32_t *grams; /* ascending, each once */
    size_t n;
    size_t rare; /* of them, not common ones */
} xj_bag;

typedef struct xj_pair_side {
    const xj_register *reg;
    xj_bag *bags;
    size_t *action; /* of each task: index of its action, or XJ_NPOS */
    size_t *pair;   /* the task of the other side it is paired with, or XJ_NPOS */
    size_t *part;   /* without a pair: the task of the other side whose words it has, or XJ_NPOS */
    float *score;   /* how alike it is to either, 0 to 1 */
} xj_pair_side;

typedef struct xj_pairing {
    xj_pair_side old, now;
    size_t *action_pair;       /* of each old action: the new one, or XJ_NPOS */
    size_t *action_back;       /* of each new one */
    xj_pool *result, *scratch; /* the caller's: for what is told, and for all else */
} xj_pairing;

/* Pair the tasks and actions of OLD and NOW; all lives in W's scratch pool and has views of both.
 */
void xj_plan__pair(xj_pairing *w, const xj_register *old, const xj_register *now);
/* Whether tasks OLD and NOW stand in actions that were paired. */
bool xj_plan__same_action(const xj_pairing *w, size_t old, size_t now);
