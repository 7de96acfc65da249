/* Supervision: a campaign with its visits, findings, rectifications and circular; one unannounced.
 */
#include "play/play.h"

#include "inspect/inspect.h"

#define SUMMER 225 /* the day of the year on which the first campaign begins */
#define RECENT 12  /* days before today on which the second begins */

static xj_scope
inside(const play *p, const play_person *who)
{
    xj_scope scope = p->all;

    scope.person = who->id;
    return scope;
}

struct inspecting {
    xj_scope scope;
    xj_inspection_new plan;
    xj_visit_new visit;
    xj_visit_record record;
    int64_t id, version, now;
    xj_str word, text;
    xj_step step;
};

static xj_error *
run_campaign(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_inspection_add(&a->id, tx, &a->plan, a->word);
}

static xj_error *
run_issue(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_inspection_step(&a->now, tx, &a->scope, a->id, a->version, a->word);
}

static xj_error *
run_visit(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_visit_add(&a->id, tx, &a->scope, &a->visit);
}

static xj_error *
run_tell(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_visit_step(&a->now, tx, &a->scope, a->id, a->version, XJ_STR("tell"));
}

static xj_error *
run_record(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_visit_keep(&a->now, tx, &a->scope, a->id, a->version, &a->record);
}

static xj_error *
run_rectify(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_rectification_order(tx, &a->scope, a->id, a->word, a->text);
}

static xj_error *
run_step(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;

    (void)answer;
    return xj_rectification_step(&a->now, tx, &a->scope, a->id, a->version, &a->step);
}

static xj_error *
run_circular(xj_tx *tx, void *args, xj_buf *answer)
{
    struct inspecting *a = args;
    int64_t id;

    (void)answer;
    XJ_TRY(xj_circular_draft(&id, tx, &a->scope, a->id, a->word));
    return xj_circular_publish(&a->now, tx, &a->scope, id, 1, true, NULL, 0);
}

/* ---- campaigns ---- */

static const char *const inspected[] = {"泓城区", "云栈县", "白芷县", "市教育局", "市卫生健康委"};
#define INSPECTED (sizeof inspected / sizeof *inspected)

static xj_error *
begin(play *p, int64_t *campaign, bool announced, size_t first, size_t n)
{
    const play_person *lead = play_person_of(p, "ducha"), *other = play_person_of(p, "ducha2");
    const play_person *third = play_person_of(p, "pinggu");
    const int64_t team[] = {lead->id, other->id, third->id},
                  office[] = {p->office->id, p->second->id};
    xj_inspected_new units[INSPECTED];
    struct inspecting a = {.scope = inside(p, p->office), .word = p->office->name};

    for (size_t i = 0; i < n; i++) {
        const play_unit *unit = play_unit_named(p, xj_str_c(inspected[first + i]));

        if (unit == NULL)
            return xj_error_new(XJ_E_BAD_INPUT, "units.tsv has no %s", inspected[first + i]);
        units[i] = (xj_inspected_new){unit->id, 1};
    }
    a.plan = (xj_inspection_new){
        .programme = p->programme,
        .title = announced ? XJ_STR("健康泓州行动年度专项督导") : XJ_STR("公共场所控烟暗访"),
        .basis = xj_str_printf(p->turn, "泓健推办〔%d〕%d号", p->day.year, announced ? 9 : 17),
        .from_on = play_day(p, p->day),
        .to_on = play_day(p, play_after(p, 40)),
        .note = announced ? XJ_STR("看台账、看现场、访群众，不听专题汇报，不要求另备材料。")
                          : XJ_STR("不打招呼，直接到现场。"),
        .announced = announced,
        .units = units,
        .nunits = n,
        .team = team,
        .nteam = sizeof team / sizeof *team,
        .office = office,
        .noffice = sizeof office / sizeof *office};
    XJ_TRY(play_do(p, p->office, "inspection.add", run_campaign, &a));
    *campaign = a.id;
    a.version = 1;
    a.word = XJ_STR("issue");
    return play_do(p, p->office, "inspection.move", run_issue, &a);
}

static xj_error *
plan_visits(play *p, int64_t campaign, bool announced, size_t first, size_t n)
{
    static const xj_item_new items[] = {
        {0, {"台账与现场是否一致", sizeof "台账与现场是否一致" - 1}},
        {0, {"是否要求基层重复报送材料", sizeof "是否要求基层重复报送材料" - 1}},
        {0, {"群众是否知晓、是否方便使用", sizeof "群众是否知晓、是否方便使用" - 1}}};

    for (size_t i = 0; i < n; i++) {
        const play_unit *unit = play_unit_named(p, xj_str_c(inspected[first + i]));
        struct inspecting a = {.scope = inside(p, p->office),
                               .visit = {.inspection = campaign,
                                         .unit = unit->id,
                                         .visit_on = play_day(p, play_after(p, 5 + 4 * (int64_t)i)),
                                         .announced = announced,
                                         .items = items,
                                         .nitems = 3}};

        XJ_TRY(play_do(p, p->office, "visit.add", run_visit, &a));
    }
    return NULL;
}

/* ---- visits ---- */

static const struct {
    const char *words, *grade, *place, *demand;
    const char *picture; /* NULL: none was taken */
    char whose; /* c: a county's, k: of smoking, e: of 市教育局, h: of 市卫生健康委 */
    int action; /* of the plan; -1: of none */
} faults[] = {
    {"健身公园器材损坏两处，未设警示标识", "notable", "城东口袋健身公园",
     "十日内修复并建立每周巡查记录", "park", 'c', 3},
    {"老年助餐点公示的食谱停留在三个月前", "general", "北街社区食堂",
     "更新公示内容，明确公示责任人", "board", 'c', 10},
    {"卫生院肺功能仪未启用，操作人员未培训", "serious", "双河镇卫生院",
     "一个月内完成培训并投入使用", NULL, 'c', 13},
    {"网吧内有人吸烟，未见劝阻和禁烟标识", "notable", "河湾路网吧", "张贴标识，落实劝阻责任并复查",
     NULL, 'k', 4},
    {"商场楼梯间有烟蒂，未设禁烟标识", "general", "中心商场", "清理并设标识，安排人员巡查",
     "stairs", 'k', 4},
    {"学校周边便利店摆售电子烟", "serious", "第二中学东门", "依法查处，排查学校周边零售点", NULL,
     'k', 4},
    {"慢病随访记录有三份电话核实不符", "serious", "河湾镇卫生院",
     "逐份核实更正，并开展一次随访质量自查", NULL, 'c', 14},
    {"教室照明改造验收单缺少检测数据", "notable", "实验小学分校", "补做检测，资料不全的不得报完成",
     "classroom", 'e', 8},
    {"学校卫生室药品近效期未登记", "general", "第三中学", "建立近效期药品登记制度", NULL, 'e', 8},
    {"同一指标要求县（区）向两个科室重复报送", "notable", "机关", "合并报送口径，取消重复表格",
     NULL, 'h', -1},
    {"戒烟门诊公示的开诊时间与实际不符", "general", "市第二人民医院", "更正公示，按时开诊", NULL,
     'h', 4},
};
#define FAULTS (sizeof faults / sizeof *faults)

/* The fault of NO, counted among those that fit UNIT, and a visit that was SECRET. */
static size_t
fault_of(const play_unit *unit, bool secret, unsigned no)
{
    const char whose = secret                                      ? 'k'
                       : unit->share > 0                           ? 'c'
                       : xj_str_eq(unit->name, XJ_STR("市教育局")) ? 'e'
                                                                   : 'h';
    size_t at = 0;

    for (;; at = (at + 1) % FAULTS)
        if (faults[at].whose == whose && no-- == 0)
            return at;
}

/* Which of the units that are inspected UNIT is. */
static unsigned
place_of(const play_unit *unit)
{
    unsigned no = 0;

    while (no < INSPECTED && !xj_str_eq(unit->name, xj_str_c(inspected[no])))
        no++;
    return no;
}

static xj_error *
record(play *p, const xj_visit *visit)
{
    const play_person *who = play_person_of(p, "ducha");
    xj_visit_item *answers = XJ_NEW_ARRAY(p->turn, xj_visit_item, visit->nitems);
    const play_unit *unit = play_unit_of(p, visit->row.unit);
    xj_finding_new found[2];
    struct inspecting a = {
        .scope = inside(p, who), .id = visit->row.id, .version = visit->row.version};

    for (size_t i = 0; i < visit->nitems; i++)
        answers[i] =
            (xj_visit_item){.id = visit->items[i].id,
                            .answer = i == 1 ? XJ_STR("good") : XJ_STR("problem"),
                            .note = i == 0 ? XJ_STR("抽查十项，有一项需要核实") : XJ_STR("")};
    for (unsigned i = 0; i < 2; i++) {
        const size_t k = fault_of(unit, !visit->row.announced, place_of(unit) + i);

        found[i] = (xj_finding_new){.words = xj_str_c(faults[k].words),
                                    .grade = xj_str_c(faults[k].grade),
                                    .place = xj_str_c(faults[k].place),
                                    .action_no = faults[k].action};
    }
    a.record = (xj_visit_record){.answers = answers,
                                 .nanswers = visit->nitems,
                                 .findings = found,
                                 .nfindings = 2,
                                 .summary = XJ_STR("总体推进有序，现场发现的问题已当面反馈。"),
                                 .happened_on = XJ_STR_NONE,
                                 .actor_name = who->name};
    if (visit->row.told_on.data == NULL) {
        XJ_TRY(play_do(p, who, "visit.move", run_tell, &a));
        a.version = a.now;
    }
    return play_do(p, who, "visit.record", run_record, &a);
}

static xj_error *
make_visits(play *p, xj_db *db, const xj_inspection *inspection, const xj_scope *scope)
{
    for (size_t i = 0; i < inspection->nvisits; i++) {
        xj_visit *visit;

        if (!xj_str_eq(inspection->visits[i].state, XJ_STR("planned")) ||
            play_since(p, inspection->visits[i].visit_on) < 0)
            continue;
        XJ_TRY(xj_visit_get(&visit, db, scope, inspection->visits[i].id, p->turn));
        XJ_TRY(record(p, visit));
    }
    return NULL;
}

struct picturing {
    xj_scope scope;
    int64_t finding;
    xj_picture picture;
};

static xj_error *
run_picture(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct picturing *a = args;
    int64_t id;

    (void)answer;
    return xj_picture_add(&id, tx, &a->scope, a->finding, &a->picture);
}

/* What was seen, where there is a drawing of it; *ADDED: now. */
static xj_error *
show_finding(bool *added, play *p, xj_db *db, const xj_finding *f)
{
    const play_person *who = play_person_of(p, "ducha");
    struct picturing a = {.scope = inside(p, who), .finding = f->id};
    xj_picture *there;
    xj_blob_hash hash;
    const char *media;
    xj_str bytes;
    size_t k = 0, n;

    *added = false;
    while (k < FAULTS && !xj_str_eq(f->words, xj_str_c(faults[k].words)))
        k++;
    if (k == FAULTS || faults[k].picture == NULL)
        return NULL;
    XJ_TRY(xj_picture_list(&there, &n, db, p->tenant, f->id, p->turn));
    if (n > 0)
        return NULL;
    XJ_TRY(play_picture(&bytes, p, faults[k].picture));
    XJ_TRY(xj_picture_clean(&bytes, &media, bytes, p->turn));
    XJ_TRY(xj_blob_put(&hash, p->blobs, bytes));
    a.picture = (xj_picture){
        .hash = xj_str_c(hash.hex), .media = xj_str_c(media), .size = (int64_t)bytes.len};
    *added = true;
    return play_do(p, who, "finding.picture", run_picture, &a);
}

/* ---- rectification ---- */

static xj_str
demand_of(xj_str words)
{
    for (size_t i = 0; i < FAULTS; i++)
        if (xj_str_eq(words, xj_str_c(faults[i].words)))
            return xj_str_c(faults[i].demand);
    return XJ_STR("限期整改并报告结果");
}

/* The next move of a rectification, and who makes it; the move's data NULL: none today. */
static const play_person *
next_move(xj_str *word, const play *p, const xj_finding *f, unsigned order)
{
    const play_unit *unit = play_unit_of(p, f->unit);
    const int64_t days = play_since(p, f->state_on);

    *word = XJ_STR_NONE;
    if (xj_str_eq(f->state, XJ_STR("ordered")) && days >= 3)
        *word = XJ_STR("begin");
    else if (xj_str_eq(f->state, XJ_STR("in_hand")) && order % 4 != 3 && days >= 8 + (int64_t)order)
        *word = XJ_STR("ask_closing");
    else if (xj_str_eq(f->state, XJ_STR("closing_asked")) && days >= 5 && order % 5 != 4) {
        *word = XJ_STR("check");
        return play_person_of(p, "ducha2");
    } else if (xj_str_eq(f->state, XJ_STR("checked")) && days >= 4) {
        *word = XJ_STR("strike_off");
        return p->office;
    }
    return unit->liaison;
}

static xj_error *
rectify(play *p, const xj_finding *f, unsigned order)
{
    const play_unit *unit = play_unit_of(p, f->unit);
    struct inspecting a = {.scope = inside(p, p->office), .id = f->id, .version = f->version};
    const play_person *who;
    xj_str word;

    if (f->duty == 0) {
        if (play_since(p, f->visit_on) < 6)
            return NULL;
        a.word = play_day(p, play_after(p, xj_str_eq(f->grade, XJ_STR("serious")) ? 30 : 15));
        a.text = demand_of(f->words);
        return play_do(p, p->office, "rectification.order", run_rectify, &a);
    }
    who = next_move(&word, p, f, order);
    if (word.data == NULL)
        return NULL;
    if (who == unit->liaison)
        a.scope = unit->scope;
    else
        a.scope = inside(p, who);
    a.step = (xj_step){.move = word, .why = XJ_STR(""), .actor_name = who->name};
    return play_do(p, who, "rectification.move", run_step, &a);
}

static xj_error *
tend_campaign(play *p, int64_t campaign)
{
    const xj_scope scope = inside(p, p->office);
    const xj_finding_filter filter = {.inspection = campaign, .action_no = -1};
    xj_inspection *inspection;
    xj_finding *findings;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_inspection_get(&inspection, db, &scope, campaign, p->turn));
    XJ_TRY(make_visits(p, db, inspection, &scope));
    play_turn(p);
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_finding_list(&findings, &n, db, &scope, &filter, 0, 1000, p->turn));
    for (size_t i = 0; i < n; i++) {
        bool added = false;

        if (findings[i].duty == 0)
            XJ_TRY(show_finding(&added, p, db, &findings[i]));
        if (!added)
            XJ_TRY(rectify(p, &findings[i], (unsigned)i));
    }
    return NULL;
}

xj_error *
play_inspect(play *p)
{
    const int64_t into = xj_date_days(p->day) - xj_date_days(p->first);
    const int64_t left = xj_date_days(p->today) - xj_date_days(p->day);
    static bool told;

    if (into >= SUMMER && p->campaigns[0] == 0) {
        XJ_TRY(begin(p, &p->campaigns[0], true, 0, INSPECTED));
        XJ_TRY(plan_visits(p, p->campaigns[0], true, 0, INSPECTED));
    }
    if (left <= RECENT && p->campaigns[1] == 0) {
        XJ_TRY(begin(p, &p->campaigns[1], false, 0, 3));
        XJ_TRY(plan_visits(p, p->campaigns[1], false, 0, 3));
    }
    for (int i = 0; i < 2; i++) {
        play_turn(p);
        if (p->campaigns[i] != 0)
            XJ_TRY(tend_campaign(p, p->campaigns[i]));
    }
    if (into >= SUMMER + 40 && !told) {
        struct inspecting a = {
            .scope = inside(p, p->office), .id = p->campaigns[0], .word = p->office->name};

        told = true;
        return play_do(p, p->office, "circular.publish", run_circular, &a);
    }
    return NULL;
}
