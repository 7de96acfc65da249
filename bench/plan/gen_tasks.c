/*
 * bench/plan/gen_tasks.c -- fill a database with the registers of an invented province.
 *
 *     gen_tasks DATABASE_URL TASKS
 *
 * The city 云溪市 (990100) gets TASKS published tasks in two programmes and plans of 250, with
 * units, deadlines of all kinds and words as plans have them, and one draft of 250; two counties
 * get a tenth as many.  The same numbers in every run.
 */
#include "org/org.h"
#include "plan/document.h"

#include <stdio.h>
#include <stdlib.h>

#define PLAN_TASKS 250
#define NUNITS 60
#define NACTIONS 18

static const char *const action_words[NACTIONS] = {
    "健康知识普及", "合理膳食",   "全民健身",   "控烟",     "心理健康促进", "健康环境促进",
    "妇幼健康促进", "中小学健康", "职业健康",   "老年健康", "心脑血管防治", "癌症防治",
    "呼吸疾病防治", "糖尿病防治", "传染病防控", "健康乡村", "中医药健康",   "健康体重管理"};
static const char *const unit_stems[20] = {"卫生健康委",     "教育局",     "财政局",
                                           "体育局",         "民政局",     "人力资源社会保障局",
                                           "生态环境局",     "农业农村局", "市场监管局",
                                           "住房城乡建设局", "交通运输局", "公安局",
                                           "文化广电旅游局", "医保局",     "总工会",
                                           "妇联",           "残联",       "科技局",
                                           "发展改革委",     "应急管理局"};
static const char *const verbs[] = {"建设", "开展", "完善", "推进", "鼓励", "印发", "组织", "巩固"};
static const char *const things[] = {"健康步道",     "控烟宣传", "体质监测",     "营养食堂",
                                     "心理热线",     "口腔筛查", "疫苗接种",     "急救培训",
                                     "健康教育讲座", "无烟机关", "农村改厕",     "饮用水监测",
                                     "两癌筛查",     "慢病随访", "家庭医生签约", "科普作品征集"};
static const char *const ends[] = {"，提高居民健康素养水平", "，覆盖全部乡镇（街道）",
                                   "，纳入年度目标管理",     "，形成长效机制",
                                   "，接受社会监督",         "，做到早发现、早诊断、早治疗"};

static uint32_t state = 20200320;

static uint32_t
pick(uint32_t n)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 8) % n;
}

static void
stop(xj_error *err, const char *what)
{
    if (err == NULL)
        return;
    fprintf(stderr, "gen_tasks: %s: %s (%s)\n", what, xj_error_message(err),
            xj_error_details(err) == NULL ? "" : xj_error_details(err));
    exit(1);
}

/* Some units are in every second plan, most are rare: what a city looks like. */
static xj_str
unit_name(xj_pool *pool)
{
    static const char *const levels[] = {"市", "区", "县"};
    const uint32_t a = pick(NUNITS), b = pick(NUNITS);
    const uint32_t unit = a < b ? a : b;

    return xj_str_printf(pool, "%s%s", levels[unit / 20], unit_stems[unit % 20]);
}

static void
make_task(xj_plan_task *t, int no, xj_pool *pool)
{
    static const xj_deadline_kind kinds[] = {XJ_DEADLINE_COMPLETE_BY, XJ_DEADLINE_COMPLETE_BY,
                                             XJ_DEADLINE_COMPLETE_BY, XJ_DEADLINE_ONGOING,
                                             XJ_DEADLINE_FULL_YEAR,   XJ_DEADLINE_RECURRING,
                                             XJ_DEADLINE_START_BY,    XJ_DEADLINE_NONE};
    const uint32_t kind = pick(8);
    xj_buf text;

    t->no = xj_str_printf(pool, "%d", no);
    t->title = xj_str_printf(pool, "%s%s", verbs[pick(8)], things[pick(16)]);
    xj_buf_init(&text, pool, 8192);
    xj_buf_printf(&text, XJ_FMT "。", XJ_ARG(t->title));
    for (uint32_t i = 0, n = 3 + pick(4); i < n; i++)
        xj_buf_printf(&text, "%s%s%u处%s。", verbs[pick(8)], things[pick(16)], 1 + pick(400),
                      ends[pick(6)]);
    t->text = xj_buf_str(&text);
    t->nunits = 1 + pick(5);
    t->units = XJ_NEW_ARRAY(pool, xj_task_unit, t->nunits);
    for (size_t i = 0; i < t->nunits; i++)
        t->units[i] = (xj_task_unit){.name = unit_name(pool),
                                     .role = i == 0       ? XJ_ROLE_LEAD
                                             : i % 3 == 2 ? XJ_ROLE_COOPERATE
                                                          : XJ_ROLE_RESPONSIBLE};
    t->deadline.kind = pick(200) == 0 ? XJ_DEADLINE_START_BY : kinds[kind == 6 ? 0 : kind];
    if (t->deadline.kind == XJ_DEADLINE_COMPLETE_BY || t->deadline.kind == XJ_DEADLINE_START_BY)
        t->deadline.date = xj_month_end(2020 + (int)pick(3), 1 + (int)pick(12));
    if (t->deadline.kind == XJ_DEADLINE_FULL_YEAR)
        t->deadline.date = (xj_date){2020, 12, 31};
    if (t->deadline.kind == XJ_DEADLINE_RECURRING) {
        static xj_month_day twice[] = {{6, 15}, {12, 15}};

        t->deadline.dates = twice;
        t->deadline.ndates = 2;
    }
    t->strength = pick(10) == 0  ? XJ_STRENGTH_ENCOURAGED
                  : pick(5) == 0 ? XJ_STRENGTH_EXPECTED
                                 : XJ_STRENGTH_MUST;
}

static xj_register *
make_register(int number, xj_pool *pool)
{
    xj_register *reg = XJ_NEW(pool, xj_register);

    reg->text = XJ_STR("");
    reg->document.title = xj_str_printf(pool, "健康云溪行动实施方案之%d", number);
    reg->document.doc_no = xj_str_printf(pool, "云健委〔2020〕%d号", number);
    reg->nactions = NACTIONS;
    reg->actions = XJ_NEW_ARRAY(pool, xj_action, NACTIONS);
    for (int i = 0; i < NACTIONS; i++)
        reg->actions[i] =
            (xj_action){.no = i + 1,
                        .name = xj_str_printf(pool, "%s行动%s", action_words[i],
                                              number % 100 == 7 && i == 3 ? "（试点）" : "")};
    reg->ntasks = PLAN_TASKS;
    reg->tasks = XJ_NEW_ARRAY(pool, xj_plan_task, PLAN_TASKS);
    for (int i = 0; i < PLAN_TASKS; i++) {
        make_task(&reg->tasks[i], i + 1, pool);
        reg->tasks[i].action = 1 + i * NACTIONS / PLAN_TASKS;
    }
    return reg;
}

struct made {
    xj_str name, code;
    int64_t id;
};

static xj_error *
run_tenant(xj_tx *tx, void *args, xj_buf *answer)
{
    struct made *m = args;

    (void)answer;
    return xj_tenant_add(&m->id, tx, m->name, m->code);
}

static xj_error *
run_programme(xj_tx *tx, void *args, xj_buf *answer)
{
    struct made *m = args;

    (void)answer;
    return xj_programme_add(&m->id, tx, m->name);
}

static int64_t
make(xj_store *store, int64_t tenant, xj_command_fn run, const char *name, const char *code,
     xj_pool *pool)
{
    struct made m = {.name = xj_str_c(name), .code = xj_str_c(code)};
    xj_command command = {
        .name = "bench", .tenant = tenant, .actor_name = XJ_STR("bench"), .run = run, .args = &m};
    xj_str body;

    stop(xj_store_do(store, &command, &body, NULL, pool), name);
    return m.id;
}

static void
fill(xj_store *store, int64_t tenant, int64_t programme, int number, bool publish)
{
    const xj_command like = {.tenant = tenant, .actor_name = XJ_STR("bench")};
    xj_pool *pool = xj_pool_root();
    const xj_register *reg = make_register(number, pool);
    const xj_str hash = xj_str_printf(pool, "bench-%lld-%d", (long long)tenant, number);
    xj_imported imported;
    xj_import *import;

    stop(xj_import_of(&import, programme, XJ_STR("plan.txt"), hash, hash, reg, pool, pool), "plan");
    stop(xj_version_import(&imported, store, &like, import, pool), "import");
    if (publish)
        stop(xj_version_publish(store, &like,
                                &(xj_publish){.id = imported.version, .remarks = XJ_STR("")}, 1,
                                pool),
             "publish");
    xj_pool_destroy(pool);
}

int
main(int argc, char **argv)
{
    xj_store_options options = {0};
    xj_store *store;
    xj_pool *pool;
    int64_t tenant, first, second;
    int plans, applied;

    if (argc != 3) {
        fprintf(stderr, "usage: gen_tasks DATABASE_URL TASKS\n");
        return 2;
    }
    plans = (int)(strtol(argv[2], NULL, 10) / PLAN_TASKS);
    xj_mem_start();
    pool = xj_pool_root();
    options.url = argv[1];
    stop(xj_store_open(&store, &options, pool), "open");
    stop(xj_store_migrate(store, &applied), "migrate");
    tenant = make(store, 0, run_tenant, "云溪市", "990100", pool);
    first = make(store, tenant, run_programme, "健康云溪行动", "", pool);
    second = make(store, tenant, run_programme, "国家卫生城市创建", "", pool);
    for (int i = 1; i <= plans; i++)
        fill(store, tenant, i % 4 == 0 ? second : first, i, true);
    fill(store, tenant, first, plans + 1, false);
    for (int c = 0; c < 2; c++) {
        const int64_t county = make(store, 0, run_tenant, c == 0 ? "洛川县" : "青石县",
                                    c == 0 ? "990121" : "990122", pool);
        const int64_t programme = make(store, county, run_programme, "健康行动", "", pool);

        for (int i = 1; i <= plans / 10; i++)
            fill(store, county, programme, i, true);
    }
    xj_pool_destroy(pool);
    xj_mem_stop();
    return 0;
}
