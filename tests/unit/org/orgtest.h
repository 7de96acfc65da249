/*
 * tests/unit/org/orgtest.h -- the commands of org/ as plain calls, for its tests.
 */
#pragma once

#include "support/storetest.h"

#include "org/org_priv.h"
#include "org/post.h"

typedef struct orgtest_call {
    enum {
        ORG_TENANT,
        ORG_PROGRAMME,
        ORG_PERSON,
        ORG_PASSWORD,
        ORG_DISABLE,
        ORG_RESOLVE,
        ORG_CONFIRM,
        ORG_REJECT,
        ORG_REOPEN,
        ORG_GROUP,
        ORG_POST,
        ORG_POST_END,
        ORG_CIRCLE,
        ORG_PERSON_CHANGE
    } what;
    xj_str a, b, c;
    int64_t x, y, id;
    const xj_str *names;
    int64_t *ids;
    size_t n;
    xj_post post;
    xj_date day;
    xj_person_change set;
} orgtest_call;

static inline xj_error *
orgtest_run(xj_tx *tx, void *args, xj_buf *answer)
{
    orgtest_call *call = args;

    (void)answer;
    switch (call->what) {
    case ORG_TENANT:
        return xj_tenant_add(&call->id, tx, call->a, call->b);
    case ORG_PROGRAMME:
        return xj_programme_add(&call->id, tx, call->a);
    case ORG_PERSON:
        return xj_person_add(&call->id, tx, call->a, call->b, call->c);
    case ORG_PASSWORD:
        return xj_person_set_password(tx, call->x, call->a, call->y);
    case ORG_DISABLE:
        return xj_person_set_disabled(tx, call->x, call->y != 0);
    case ORG_RESOLVE:
        return xj_unit_resolve_all(call->ids, tx, call->names, call->n);
    case ORG_CONFIRM:
        return xj_alias_confirm(tx, call->x, call->y);
    case ORG_REJECT:
        return xj_alias_reject(tx, call->x, call->y);
    case ORG_REOPEN:
        return xj_alias_reopen(tx, call->x, call->y);
    case ORG_GROUP:
        return xj_group_set(tx, call->x, call->ids, call->n);
    case ORG_POST:
        return xj_post_add(&call->id, tx, &call->post);
    case ORG_POST_END:
        return xj_post_end(&call->id, tx, call->x, call->post.version, call->day, call->y);
    case ORG_CIRCLE:
        return xj_circle_set(tx, "review", call->x, call->ids, call->n);
    case ORG_PERSON_CHANGE:
        return xj_person_change_do(tx, call->x, call->y, &call->set);
    }
    return NULL;
}

static inline xj_error *
orgtest_do(xjtest_store *t, int64_t tenant, orgtest_call *call)
{
    xj_str body;

    return xjtest_do(&body, t, tenant, orgtest_run, call);
}

static inline xj_error *
orgtest_tenant(int64_t *id, xjtest_store *t, const char *name, const char *code)
{
    orgtest_call call = {.what = ORG_TENANT, .a = xj_str_c(name), .b = xj_str_c(code)};
    xj_error *err = orgtest_do(t, 0, &call);

    *id = call.id;
    return err;
}

static inline xj_error *
orgtest_person(int64_t *id, xjtest_store *t, int64_t tenant, const char *name, const char *display,
               xj_str hash)
{
    orgtest_call call = {
        .what = ORG_PERSON, .a = xj_str_c(name), .b = xj_str_c(display), .c = hash};
    xj_error *err = orgtest_do(t, tenant, &call);

    *id = call.id;
    return err;
}

/* The id that NAME resolves to, which it must. */
static inline int64_t
orgtest_unit(xjtest_store *t, int64_t tenant, const char *name)
{
    xj_str text = xj_str_c(name);
    int64_t id = 0;
    orgtest_call call = {.what = ORG_RESOLVE, .names = &text, .ids = &id, .n = 1};

    must_ok(orgtest_do(t, tenant, &call));
    assert_true(id > 0);
    return id;
}

static inline xj_db *
orgtest_read(xjtest_store *t)
{
    xj_reader *reader;

    must_ok(xj_reader_begin(&reader, t->store, xj_pool_child(t->open_pool)));
    return xj_reader_db(reader);
}
