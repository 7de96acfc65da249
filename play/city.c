/* The city before its year: areas, units, people; the plan published and settled. */
#include "play/play.h"

#include "duty/settle.h"
#include "org/area.h"
#include "org/password.h"
#include "org/post.h"
#include "plan/document.h"

#define CITY "泓州市"
#define PROGRAMME "健康泓州行动"

/* ---- jurisdiction and places ---- */

static xj_error *
run_tenant(xj_tx *tx, void *args, xj_buf *answer)
{
    play *p = args;

    (void)answer;
    return xj_tenant_add(&p->tenant, tx, XJ_STR(CITY), XJ_STR("990100"));
}

static xj_error *
run_programme(xj_tx *tx, void *args, xj_buf *answer)
{
    play *p = args;

    (void)answer;
    return xj_programme_add(&p->programme, tx, XJ_STR(PROGRAMME));
}

static xj_error *
run_places(xj_tx *tx, void *args, xj_buf *answer)
{
    const play *p = args;
    xj_area area = {.name = XJ_STR("松泽省"),
                    .level = XJ_LEVEL_PROVINCE,
                    .code = XJ_STR("990000"),
                    .official = true,
                    .valid_from = XJ_STR(XJ_DAY_FIRST),
                    .valid_to = XJ_STR(XJ_DAY_LAST)};

    (void)answer;
    XJ_TRY(xj_area_add(&area.parent, tx, &area));
    area.name = XJ_STR(CITY);
    area.level = XJ_LEVEL_CITY;
    area.code = XJ_STR("990100");
    XJ_TRY(xj_area_add(&area.parent, tx, &area));
    area.level = XJ_LEVEL_COUNTY;
    for (size_t i = 0; i < p->units.len; i++) {
        int64_t id;

        if (p->units.items[i].area.data == NULL)
            continue;
        area.name = p->units.items[i].name;
        area.code = p->units.items[i].area;
        XJ_TRY(xj_area_add(&id, tx, &area));
    }
    return NULL;
}

/* ---- units ---- */

/* The unit that a section's name begins with; data NULL: it is no section. */
static xj_str
above(const play *p, xj_str name)
{
    for (size_t i = 0; i < p->units.len; i++)
        if (xj_str_starts(name, p->units.items[i].name) && name.len > p->units.items[i].name.len)
            return p->units.items[i].name;
    return XJ_STR_NONE;
}

static xj_error *
set_unit(xj_tx *tx, xj_str name, const xj_unit_change *change)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    xj_unit unit;

    XJ_TRY(xj_unit_named(&unit, xj_tx_db(tx), &all, name, xj_tx_pool(tx)));
    return xj_unit_change_do(tx, unit.id, unit.version, change);
}

static xj_error *
add_sections(xj_tx *tx, const play *p)
{
    for (size_t i = 0; i < p->people.len; i++) {
        const xj_str name = p->people.items[i].section, parent = above(p, name);
        int64_t id, over;

        if (parent.data == NULL)
            continue;
        XJ_TRY(xj_unit_resolve(&id, tx, name));
        XJ_TRY(xj_unit_resolve(&over, tx, parent));
        XJ_TRY(set_unit(tx, name, &(xj_unit_change){.parent = &over}));
    }
    return NULL;
}

static xj_error *
add_bodies(xj_tx *tx)
{
    static const char *const bodies[] = {"健康泓州行动推进委员会", "推进委员会办公室",
                                         "健康泓州行动专家咨询委员会"};
    const xj_unit_kind kind = XJ_UNIT_COMMITTEE;
    const xj_level level = XJ_LEVEL_CITY;
    int64_t id, top = 0;

    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        XJ_TRY(xj_unit_resolve(&id, tx, xj_str_c(bodies[i])));
        XJ_TRY(set_unit(
            tx, xj_str_c(bodies[i]),
            &(xj_unit_change){.kind = &kind, .level = &level, .parent = i == 0 ? NULL : &top}));
        if (i == 0)
            top = id;
    }
    return NULL;
}

static xj_error *
add_counties(xj_tx *tx, play *p)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    const xj_level level = XJ_LEVEL_COUNTY;
    const xj_unit_kind kind = XJ_UNIT_GOVERNMENT;
    int64_t members[16], group;
    xj_area *areas;
    size_t n = 0, nareas;

    XJ_TRY(xj_area_list(&areas, &nareas, xj_tx_db(tx), &all, 0, 100, xj_tx_pool(tx)));
    for (size_t i = 0; i < p->units.len && n < 16; i++) {
        const play_unit *unit = &p->units.items[i];

        for (size_t j = 0; j < nareas && unit->area.data != NULL; j++)
            if (xj_str_eq(areas[j].code, unit->area)) {
                XJ_TRY(set_unit(
                    tx, unit->name,
                    &(xj_unit_change){.kind = &kind, .level = &level, .area = &areas[j].id}));
                members[n++] = unit->id;
            }
    }
    XJ_TRY(xj_unit_resolve(&group, tx, XJ_STR("各县（区）")));
    return xj_group_set(tx, group, members, n);
}

static xj_error *
run_units(xj_tx *tx, void *args, xj_buf *answer)
{
    play *p = args;

    (void)answer;
    for (size_t i = 0; i < p->units.len; i++)
        XJ_TRY(xj_unit_resolve(&p->units.items[i].id, tx, p->units.items[i].name));
    XJ_TRY(add_sections(tx, p));
    XJ_TRY(add_bodies(tx));
    return add_counties(tx, p);
}

/* ---- people ---- */

struct adding {
    play *p;
    play_person *person;
    xj_str hash;
};

static xj_error *
run_person(xj_tx *tx, void *args, xj_buf *answer)
{
    const struct adding *a = args;
    xj_post post = {0};
    int64_t id;

    (void)answer;
    if (!xj_role_parse(&post.role, a->person->role))
        return xj_error_new(XJ_E_BAD_INPUT, "there is no role \"" XJ_FMT "\"",
                            XJ_ARG(a->person->role));
    XJ_TRY(xj_person_add(&a->person->id, tx, a->person->login, a->person->name, a->hash));
    post.person = a->person->id;
    post.from = a->p->first;
    if (a->person->unit.data != NULL)
        XJ_TRY(xj_unit_resolve(&post.unit, tx, a->person->unit));
    return xj_post_add(&id, tx, &post);
}

/* One hash for all: the demo's password is no secret. */
static xj_error *
add_people(play *p)
{
    struct adding a = {.p = p};
    const play_person *admin = play_person_of(p, "guanli");

    XJ_TRY(xj_password_check(p->password, XJ_STR("")));
    XJ_TRY(xj_password_hash(&a.hash, p->password, p->pool));
    for (size_t i = 0; i < p->people.len; i++) {
        a.person = &p->people.items[i];
        XJ_TRY(play_do(p, admin == NULL || admin->id == 0 ? NULL : admin, "person.add", run_person,
                       &a));
    }
    for (size_t i = 0; i < p->units.len; i++) {
        play_unit *unit = &p->units.items[i];

        unit->scope = (xj_scope){
            .tenant = p->tenant, .person = unit->liaison->id, .units = &unit->id, .nunits = 1};
    }
    return NULL;
}

/* ---- the plan ---- */

static xj_error *
publish(play *p, const char *name, xj_str plan, xj_str remarks)
{
    const xj_command like = {
        .tenant = p->tenant, .actor = p->office->id, .actor_name = p->office->name};
    xj_publish what = {.remarks = remarks};
    xj_imported imported;
    xj_version version;
    xj_import *import;
    xj_db *db;

    XJ_TRY(xj_import_prepare(&import, p->blobs, p->programme, xj_str_c(name), plan, NULL, p->turn,
                             p->turn));
    XJ_TRY(xj_version_import(&imported, p->store, &like, import, p->turn));
    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_version_get(&version, db, &p->all, imported.version, p->turn));
    what.id = version.id;
    p->document = version.document;
    play_turn(p);
    return xj_version_publish(p->store, &like, &what, version.version, p->turn);
}

static xj_error *
run_settle(xj_tx *tx, void *args, xj_buf *answer)
{
    const play *p = args;
    const xj_settle answers[] = {
        {.action_no = -1, .open = XJ_STR("lead"), .keep = true},
        {.action_no = -1, .open = XJ_STR("cadence"), .cadence = XJ_STR("half_yearly")},
        {.action_no = -1, .open = XJ_STR("way"), .way = XJ_STR("area")},
    };
    int64_t changed;

    (void)answer;
    return xj_duty_settle(&changed, tx, p->document, answers, sizeof answers / sizeof *answers,
                          p->office->name);
}

/* What each county is of the city. */
static void
share_out(play *p)
{
    static const double shares[] = {0.24, 0.19, 0.17, 0.15, 0.13, 0.12};
    size_t n = 0;

    for (size_t i = 0; i < p->units.len; i++)
        if (p->units.items[i].area.data != NULL && n < sizeof shares / sizeof *shares)
            p->units.items[i].share = shares[n++];
}

xj_error *
play_city(play *p, xj_str plan)
{
    xj_db *db;

    share_out(p);
    XJ_TRY(play_do(p, NULL, "tenant.add", run_tenant, p));
    p->all = xj_scope_all(p->tenant);
    XJ_TRY(play_do(p, NULL, "programme.add", run_programme, p));
    XJ_TRY(play_do(p, NULL, "area.add", run_places, p));
    XJ_TRY(play_do(p, NULL, "unit.change", run_units, p));
    XJ_TRY(add_people(p));
    play_turn(p);
    XJ_TRY(publish(p, "健康泓州行动实施方案.txt", plan, XJ_STR("提示已逐条核对，同意发布")));
    XJ_TRY(play_do(p, p->office, "duty.settle", run_settle, p));
    XJ_TRY(play_chain(p));
    XJ_TRY(play_read(&db, p));
    return xj_calendar_get(&p->calendar, db, p->tenant, p->pool);
}

/* ---- the plan adjusted ---- */

#define ADJUST_AFTER 90 /* days of the play, at the least */

/* Six days before the returns of June or December are due. */
static bool
adjusts_today(const play *p)
{
    return xj_date_days(p->day) - xj_date_days(p->first) >= ADJUST_AFTER && p->day.day >= 9 &&
           (p->day.month == 6 || p->day.month == 12);
}

xj_error *
play_adjust(play *p)
{
    const size_t at = xj_str_find(p->adjusted, XJ_STR("{day}"), 0);

    if (at == XJ_NPOS || !adjusts_today(p))
        return NULL;
    p->adjusted = xj_str_printf(p->pool, XJ_FMT "%d年%d月%d日" XJ_FMT,
                                XJ_ARG(xj_str_sub(p->adjusted, 0, at)), p->day.year, p->day.month,
                                p->day.day, XJ_ARG(xj_str_skip(p->adjusted, at + strlen("{day}"))));
    XJ_TRY(publish(p, "健康泓州行动实施方案（调整后）.txt", p->adjusted,
                   XJ_STR("增加三项、取消一项、改写一项，其余不变")));
    return play_do(p, p->office, "duty.settle", run_settle, p);
}
