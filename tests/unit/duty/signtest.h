/*
 * tests/unit/duty/signtest.h -- the lead of reporttest.h with people in its posts, who act in
 * person.
 */
#pragma once

#include "reporttest.h"

#include "duty/request.h"
#include "duty/signing_priv.h"
#include "org/post.h"

enum { WRITER, HEAD, SECOND_HEAD, CHIEF, DEPUTY, PEOPLE }; /* posts as in signtest_posts */

struct signtest {
    struct reporttest r;
    int64_t people[PEOPLE], posts[PEOPLE];
    xj_scope scope; /* of the lead alone */
};

static const xj_role signtest_roles[] = {XJ_ROLE_LIAISON_A, XJ_ROLE_SECTION_HEAD,
                                         XJ_ROLE_SECTION_HEAD, XJ_ROLE_UNIT_HEAD,
                                         XJ_ROLE_UNIT_HEAD};
static const char *const signtest_names[] = {"许蔓", "邹明", "殷小舟", "裴仲言", "范思齐"};

static inline xj_error *
signtest_run_people(xj_tx *tx, void *args, xj_buf *answer)
{
    struct signtest *s = args;

    (void)answer;
    for (int i = 0; i < PEOPLE; i++) {
        xj_post post = {.unit = s->r.lead, .role = signtest_roles[i]};
        char name[] = "p0";

        name[1] = (char)('0' + i);
        XJ_TRY(xj_person_add(&s->people[i], tx, xj_str_c(name), xj_str_c(signtest_names[i]),
                             XJ_STR("h")));
        post.person = s->people[i];
        XJ_TRY(xj_post_add(&s->posts[i], tx, &post));
    }
    return NULL;
}

static inline struct signtest
signtest_make(xjtest_store *t)
{
    struct signtest s = {.r = reporttest_make(t)};
    int64_t *units = XJ_NEW(t->pool, int64_t);
    xj_str body;

    *units = s.r.lead;
    s.scope = (xj_scope){.tenant = s.r.f.tenant, .units = units, .nunits = 1};
    must_ok(xjtest_do(&body, t, s.r.f.tenant, signtest_run_people, &s));
    return s;
}

/* Do RUN as person WHO of S. */
static inline xj_error *
signtest_as(xjtest_store *t, const struct signtest *s, int who, xj_command_fn run, void *args)
{
    xj_command command = {.name = "test.do",
                          .tenant = s->r.f.tenant,
                          .actor = s->people[who],
                          .actor_name = xj_str_c(signtest_names[who]),
                          .payload = XJ_STR("{}"),
                          .run = run,
                          .args = args};
    xj_str answer;

    return xj_store_do(t->store, &command, &answer, NULL, t->pool);
}

struct signtest_chain {
    int64_t unit, now;
    xj_sign_chain chain;
};

static inline xj_error *
signtest_run_chain(xj_tx *tx, void *args, xj_buf *answer)
{
    struct signtest_chain *c = args;

    (void)answer;
    return xj_sign_chain_set(&c->now, tx, c->unit, &c->chain);
}

/* The chain of the lead is N steps of ROLES, seen at VERSION. */
static inline xj_error *
signtest_chain(xjtest_store *t, const struct signtest *s, int64_t version, const char *const *roles,
               size_t n)
{
    xj_sign_step steps[XJ_SIGN_STEPS_MAX + 1] = {0};
    struct signtest_chain c = {s->r.lead, 0, {steps, n, version}};

    for (size_t i = 0; i < n; i++)
        steps[i].role = xj_str_c(roles[i]);
    return signtest_as(t, s, WRITER, signtest_run_chain, &c);
}

/* Every row of return I says something. */
static inline void
signtest_write(xjtest_store *t, const struct signtest *s, size_t i)
{
    const int64_t duties[] = {s->r.duty, s->r.other};

    for (int k = 0; k < 2; k++) {
        xj_report_draft draft = reporttest_draft(&s->r, i, duties[k], "讲座三场");

        draft.version = reporttest_get(t, &s->r, i, 0)->rows[k].version;
        must_ok(reporttest_keep(t, &s->r, &draft));
    }
}

static inline xj_error *
signtest_send(xjtest_store *t, const struct signtest *s, int who, size_t i)
{
    const xj_report_send send = {.scope = &s->r.f.scope,
                                 .obligation = s->r.returns[i].id,
                                 .version = reporttest_get(t, &s->r, i, 0)->obligation.version,
                                 .actor_name = xj_str_c(signtest_names[who])};
    struct reporttest_move m = {.send = &send};

    return signtest_as(t, s, who, reporttest_run, &m);
}

static inline xj_signing
signtest_way(xjtest_store *t, const struct signtest *s, int who, size_t i)
{
    xj_signing *ways;
    size_t n;

    must_ok(xj_signing_list(&ways, &n, plantest_read(t), &s->scope, s->people[who],
                            s->r.returns[i].id, t->pool));
    assert_true(n > 0);
    return ways[0];
}

static inline xj_error *
signtest_run_act(xj_tx *tx, void *args, xj_buf *answer)
{
    int64_t now;

    (void)answer;
    return xj_signing_do(&now, tx, args);
}

/* WHO does MOVE with what waits of return I. */
static inline xj_error *
signtest_act(xjtest_store *t, const struct signtest *s, int who, size_t i, const char *move,
             const char *why)
{
    xj_signing_act act = {.scope = &s->scope,
                          .obligation = s->r.returns[i].id,
                          .version = signtest_way(t, s, who, i).version,
                          .move = xj_str_c(move),
                          .why = xj_str_c(why),
                          .actor_name = xj_str_c(signtest_names[who])};

    return signtest_as(t, s, who, signtest_run_act, &act);
}

static inline const char *
signtest_state(xjtest_store *t, const struct signtest *s, size_t i)
{
    return xj_str_cdup(reporttest_get(t, &s->r, i, 0)->obligation.state, t->pool);
}
