/*
 * tests/unit/plan/plantest.h -- a jurisdiction, a programme and made-up registers for the tests of
 * what plan/ stores.
 */
#pragma once

#include "support/storetest.h"

#include "org/org.h"
#include "org/unit.h"
#include "plan/document.h"
#include "plan/task.h"

typedef struct plan_fixture {
    int64_t tenant, programme, programme2;
    int64_t other, other_programme; /* another jurisdiction */
    xj_scope scope, other_scope;
} plan_fixture;

static inline xj_error *
plantest_tenants(xj_tx *tx, void *args, xj_buf *answer)
{
    plan_fixture *f = args;

    (void)answer;
    XJ_TRY(xj_tenant_add(&f->tenant, tx, XJ_STR("云溪市"), XJ_STR("990100")));
    return xj_tenant_add(&f->other, tx, XJ_STR("洛川县"), XJ_STR("990122"));
}

struct plantest_programme {
    int64_t id;
    xj_str name;
};

static inline xj_error *
plantest_programme(xj_tx *tx, void *args, xj_buf *answer)
{
    struct plantest_programme *p = args;

    (void)answer;
    return xj_programme_add(&p->id, tx, p->name);
}

static inline int64_t
plantest_add_programme(xjtest_store *t, int64_t tenant, const char *name)
{
    struct plantest_programme p = {.name = xj_str_c(name)};
    xj_str body;

    must_ok(xjtest_do(&body, t, tenant, plantest_programme, &p));
    return p.id;
}

/* The pool of the reader that plantest_read gave last; NULL in a fresh test. */
static inline xj_pool **
plantest_reading(void)
{
    static xj_pool *pool;

    return &pool;
}

static inline plan_fixture
plantest_make(xjtest_store *t)
{
    plan_fixture f;
    xj_str body;

    *plantest_reading() = NULL;
    must_ok(xjtest_do(&body, t, 0, plantest_tenants, &f));
    f.programme = plantest_add_programme(t, f.tenant, "A");
    f.programme2 = plantest_add_programme(t, f.tenant, "B");
    f.other_programme = plantest_add_programme(t, f.other, "A");
    f.scope = xj_scope_all(f.tenant);
    f.other_scope = xj_scope_all(f.other);
    return f;
}

/* A small generator that gives the same numbers in every run. */
static inline uint32_t
plantest_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* NTASKS tasks over five actions, with units, deadlines of all kinds, targets and warnings: what
 * SEED makes of them. */
static inline xj_register *
plantest_register(xj_pool *pool, const char *doc_no, const char *title, size_t ntasks,
                  uint32_t seed)
{
    static const char *const units[] = {"市教育局", "市卫生健康委", "市财政局", "市体育局",
                                        "市民政局", "各县市区",     "团市委"};
    static const char *const things[] = {"健康步道", "控烟宣传", "体质监测", "营养食堂",
                                         "心理热线", "口腔筛查", "疫苗接种", "急救培训"};
    static const char *const verbs[] = {"建设", "开展", "完善", "推进", "鼓励"};
    xj_register *reg = XJ_NEW(pool, xj_register);
    uint32_t s = seed * 7919U + 17U;
    xj_buf text;

    xj_buf_init(&text, pool, (size_t)64 << 20);
    xj_buf_printf(&text, "%s\n", title);
    reg->document.title = xj_str_dup(xj_str_c(title), pool);
    reg->document.doc_no = doc_no == NULL ? XJ_STR_NONE : xj_str_dup(xj_str_c(doc_no), pool);
    reg->document.issuer = XJ_STR("云溪市健康办");
    reg->document.issued_on = (xj_date){2020, 3, 20};
    reg->document.jurisdiction = XJ_STR("云溪市");
    reg->document.basis = XJ_NEW(pool, xj_basis);
    reg->document.basis[0] =
        (xj_basis){XJ_STR("关于实施健康行动的意见"), XJ_STR("云政〔2019〕3号"), {0, 0}};
    reg->document.nbasis = 1;
    reg->nactions = 5;
    reg->actions = XJ_NEW_ARRAY(pool, xj_action, reg->nactions);
    for (size_t i = 0; i < reg->nactions; i++) {
        static const char *const names[] = {"健康知识普及行动", "控烟行动", "全民健身行动",
                                            "心理健康促进行动", "工作机制"};

        reg->actions[i] = (xj_action){.no = i == 4 ? 0 : (int)i + 1, .name = xj_str_c(names[i])};
    }
    reg->ntasks = ntasks;
    reg->tasks = XJ_NEW_ARRAY(pool, xj_plan_task, ntasks);
    for (size_t i = 0; i < ntasks; i++) {
        xj_plan_task *t = &reg->tasks[i];
        const size_t action = i * reg->nactions / (ntasks == 0 ? 1 : ntasks);
        const uint32_t kind = plantest_random(&s) % 6;
        const size_t from = text.len;

        t->action = reg->actions[action].no;
        t->no = xj_str_printf(pool, "%zu", i + 1);
        t->title = xj_str_printf(pool, "%s%s%u处。", verbs[plantest_random(&s) % 5],
                                 things[plantest_random(&s) % 8], plantest_random(&s) % 997);
        t->text = xj_str_printf(pool, XJ_FMT "做好%s的第%zu项工作，落实ABC责任。", XJ_ARG(t->title),
                                things[plantest_random(&s) % 8], i);
        xj_buf_add(&text, t->text);
        xj_buf_add_char(&text, '\n');
        t->source = (xj_range){from, text.len - 1};
        t->nunits = plantest_random(&s) % 4;
        t->units = XJ_NEW_ARRAY(pool, xj_task_unit, t->nunits);
        for (size_t j = 0, first = plantest_random(&s) % 7; j < t->nunits; j++)
            t->units[j] = (xj_task_unit){
                .name = xj_str_c(units[(first + j) % 7]),
                .role = (xj_unit_role)(j == 0 ? plantest_random(&s) % 2 : 1 + j % 2)};
        t->deadline.kind = (xj_deadline_kind)kind;
        if (kind == XJ_DEADLINE_COMPLETE_BY || kind == XJ_DEADLINE_START_BY)
            t->deadline.date = xj_month_end(2020, 1 + (int)(plantest_random(&s) % 12));
        if (kind == XJ_DEADLINE_FULL_YEAR)
            t->deadline.date = (xj_date){2020, 12, 31};
        if (kind == XJ_DEADLINE_RECURRING) {
            t->deadline.ndates = 2;
            t->deadline.dates = XJ_NEW_ARRAY(pool, xj_month_day, 2);
            t->deadline.dates[0] = (xj_month_day){6, 15};
            t->deadline.dates[1] = (xj_month_day){12, 15};
        }
        t->strength = (xj_strength)(plantest_random(&s) % 10 == 0 ? 2 : plantest_random(&s) % 2);
        if (i % 7 == 3) {
            t->nwarnings = 1;
            t->warnings = XJ_NEW(pool, xj_warning);
            t->warnings[0] = (xj_warning){"no_unit", XJ_STR("没有责任单位"), t->source};
        }
    }
    if (ntasks > 2) {
        reg->ntargets = 2;
        reg->targets = XJ_NEW_ARRAY(pool, xj_target, 2);
        reg->targets[0] = (xj_target){.action = reg->tasks[1].action,
                                      .task = reg->tasks[1].no,
                                      .indicator = XJ_STR("健康素养水平"),
                                      .op = XJ_OP_GE,
                                      .has_value = true,
                                      .value = 22.5,
                                      .unit = XJ_STR("%"),
                                      .year = 2022,
                                      .raw = XJ_STR("不低于22.5%")};
        reg->targets[1] = (xj_target){.action = 1,
                                      .indicator = XJ_STR("吸烟率"),
                                      .op = XJ_OP_TREND,
                                      .raw = XJ_STR("持续下降")};
    }
    reg->nobligations = 1;
    reg->obligations = XJ_NEW(pool, xj_plan_obligation);
    reg->obligations[0] = (xj_plan_obligation){.kind = "return",
                                               .what = XJ_STR("报送工作进展"),
                                               .frequency = "half_yearly",
                                               .raw = XJ_STR("每半年报送")};
    reg->text = xj_buf_str(&text);
    return reg;
}

/* Actor 7's command of TENANT, for what takes a pattern. */
static inline xj_command
plantest_like(int64_t tenant)
{
    return (xj_command){.tenant = tenant, .actor = 7, .actor_name = XJ_STR("tester")};
}

/* Import REG as a file whose hash is HASH. */
static inline xj_error *
plantest_import(xj_imported *imported, xjtest_store *t, int64_t tenant, int64_t programme,
                const xj_register *reg, const char *hash)
{
    const xj_command like = plantest_like(tenant);
    xj_import *import;

    XJ_TRY(xj_import_of(&import, programme, XJ_STR("plan.txt"), xj_str_c(hash), XJ_STR("r"), reg,
                        t->pool, t->pool));
    return xj_version_import(imported, t->store, &like, import, t->pool);
}

/* Import and publish; the version's id. */
static inline int64_t
plantest_publish(xjtest_store *t, int64_t tenant, int64_t programme, const xj_register *reg,
                 const char *hash)
{
    const xj_command like = plantest_like(tenant);
    xj_imported imported;

    must_ok(plantest_import(&imported, t, tenant, programme, reg, hash));
    must_ok(xj_version_publish(t->store, &like,
                               &(xj_publish){.id = imported.version, .remarks = XJ_STR("seen")}, 1,
                               t->pool));
    return imported.version;
}

/* A snapshot of now, until the next is asked for or the test ends. */
static inline xj_db *
plantest_read(xjtest_store *t)
{
    xj_pool **pool = plantest_reading();
    xj_reader *reader;

    if (*pool != NULL)
        xj_pool_destroy(*pool);
    *pool = xj_pool_child(t->open_pool);
    must_ok(xj_reader_begin(&reader, t->store, *pool));
    return xj_reader_db(reader);
}

/* One number from a query of the test. */
static inline int64_t
plantest_tasks(xjtest_store *t, const xj_scope *scope, const xj_task_filter *filter)
{
    xj_pool *pool = xj_pool_child(t->pool);
    xj_task_row *rows;
    xj_reader *reader;
    size_t n;

    must_ok(xj_reader_begin(&reader, t->store, pool));
    must_ok(xj_task_list(&rows, &n, xj_reader_db(reader), scope, filter, XJ_TASKS_BY_PLAN, NULL,
                         1000000, pool));
    xj_pool_destroy(pool);
    return (int64_t)n;
}
