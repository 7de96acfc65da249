/*
 * store/lane_priv.h -- what lane.c (the group and its commit) and turn.c (one command in it) share.
 */
#pragma once

#include "store/store_priv.h"

/* The end of a tenant's chain. */
struct head {
    int64_t tenant, seq;
    unsigned char hash[XJ__HASH];
    int64_t pruned_at;
};

struct turn {
    xj_command *command;
    xj_answer answer;
    xj_buf out;
    bool wrote; /* its journal row is SEQ with HASH */
    int64_t seq;
    unsigned char hash[XJ__HASH];
};

struct xj_lane {
    xj_store *store;
    int no;
    pthread_t thread;
    bool started;
    xj_conn *conn;
    xj_db db;
    xj_pool *root, *heads_pool, *group_pool, *turn_pool;
    xj_map heads; /* the tenant's bytes -> struct head */
    bool ready;   /* schema checked, id mark read */
    bool deposed; /* another process has the lock */
    int64_t mark, new_mark;

    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t wake;
    xj_command *first, **last;
    int waiting;
    bool closing;
};

/* Run TURN in the transaction of LANE's group.  A failure of its own is in its answer; an error
 * means that the transaction is gone. */
XJ_MUST_USE xj_error *xj_lane__turn(struct turn *turn, xj_lane *lane);
