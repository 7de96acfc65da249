/* The words of the sheets: heads, kinds, levels, standings, roles, seats. */
#include "roster/roster_priv.h"

const xj_roster__head xj_roster__unit_heads[XJ_ROSTER_CELLS] = {
    [XJ_UNIT_FIELD_NAME] =
        {"name", "单位名称 单位全称 机构名称 部门名称 全称 unitname unit", "Unit name", 32,
         "必填。全称，与文件中的写法一致；已有的单位按名称（或别名）对上。",
         "Required. As documents print it; a unit that is known is found by its name or an alias."},
    [XJ_UNIT_FIELD_ALIASES] = {"aliases",
                               "简称/别名 简称 别名 其他写法 其他名称 alsowritten aliases",
                               "Also written", 28, "多个之间用顿号隔开。",
                               "Several are divided by commas."},
    [XJ_UNIT_FIELD_KIND] =
        {"kind", "类别 单位类别 性质 单位性质 类型 kind", "Kind", 14,
         "党委部门、政府部门、事业单位、群团组织、企业、议事机构、一类单位、其他；"
         "留空则由名称判断。",
         "party, government, institution, mass organisation, enterprise, "
         "committee, group of units, other; empty: by its name."},
    [XJ_UNIT_FIELD_LEVEL] = {"level", "级别 层级 单位级别 level", "Level", 10,
                             "国家、省、市、县、乡镇、村居；留空则由名称判断。",
                             "nation, province, city, county, town, village; empty: by its name."},
    [XJ_UNIT_FIELD_PARENT] = {"parent",
                              "上级/主管单位 上级单位 主管单位 上级 主管部门 上级部门 partof",
                              "Part of", 28, "已有的单位，或本表另一行的单位。",
                              "A unit that is known, or of another row."},
    [XJ_UNIT_FIELD_AREA] = {"area", "区划代码 行政区划代码 所属区划 地区代码 区划 areacode",
                            "Area code", 14, "“单位 › 地区”中已有的代码或名称。",
                            "The code or name of an area that is known."},
    [XJ_UNIT_FIELD_CREDIT_CODE] = {"credit_code",
                                   "统一社会信用代码 社会信用代码 信用代码 creditcode",
                                   "Credit code", 24, "18 位，以文本填写。",
                                   "Eighteen characters, as text."},
    [XJ_UNIT_FIELD_STANDING] =
        {"standing", "督办关系 关系 工作关系 standing", "Standing", 12,
         "督办，或仅协调（党委部门、海关、铁路等：只提醒，不催办）；留空则由名称判断。",
         "supervised, or coordinated (asked and reminded, never chased); empty: by its name."},
};

const xj_roster__head xj_roster__person_heads[XJ_ROSTER_CELLS] = {
    [XJ_PERSON_FIELD_NAME] = {"display_name", "姓名 人员姓名 联系人 name", "Name", 14, "必填。",
                              "Required."},
    [XJ_PERSON_FIELD_UNIT] = {"unit", "单位 单位名称 所在单位 工作单位 部门 所属单位 unit", "Unit",
                              32, "已有的单位，或“单位”表中的单位。",
                              "A unit that is known, or of the table of units."},
    [XJ_PERSON_FIELD_JOB] = {"job", "职务 职务职称 行政职务 job", "Job", 18, "如：副局长、科员。",
                             "As the unit calls it."},
    [XJ_PERSON_FIELD_ROLE] =
        {"post", "岗位 角色/岗位 角色 本系统岗位 post role", "Post", 18,
         "推进办、领导、联络员A、联络员B、经办人、科室负责人、单位负责人、县区推进办、专家、"
         "第三方评估、督导员、管理员；一人多岗的，一岗一行。新账号必填。",
         "office, leader, liaison A, liaison B, officer, section head, unit head, county office, "
         "expert, evaluator, inspector, administrator; a row each. Required for a new account."},
    [XJ_PERSON_FIELD_PHONE] = {"phone", "办公电话 座机 固定电话 电话 联系电话 phone telephone",
                               "Telephone", 18, "办公室的号码。", "Of the office."},
    [XJ_PERSON_FIELD_MOBILE] = {"mobile", "手机 手机号 手机号码 移动电话 mobile", "Mobile", 18,
                                "仅推进办和管理员可见。", "Seen by the office and administrators."},
    [XJ_PERSON_FIELD_MAIL] = {"mail", "邮箱 电子邮箱 电子邮件 邮件地址 email mail", "E-mail", 26,
                              "通知邮件发往此处。", "Where notices are sent."},
    [XJ_PERSON_FIELD_ACCOUNT] = {"account", "账号 帐号 账户 用户名 登录名 account", "Account", 18,
                                 "登录用的名字，不含空格；留空则按姓名和单位查找，找不到的新建，"
                                 "以姓名为账号。",
                                 "The name at sign-in. Empty: found by name and unit, or made and "
                                 "called by the name."},
};

const xj_roster__head xj_roster__seat_heads[XJ_ROSTER_CELLS] = {
    [XJ_SEAT_FIELD_BODY] =
        {"body", "机构 工作机构 所在机构 议事机构 body", "Body", 32,
         "必填。委员会、办公室、专项行动组、指挥部等已有的机构，或“单位”表中的机构。",
         "Required. A body that is known, or of the table of units."},
    [XJ_SEAT_FIELD_ROLE] = {"seat_role", "机构职务 身份 机构身份 成员身份 席位 seat", "Seat", 16,
                            "必填。主任、副主任、组长单位、副组长单位、成员单位、专家；一人或一单位"
                            "任几职的，一职一行。",
                            "Required. director, deputy director, lead, deputy lead, member, "
                            "expert; a row each."},
    [XJ_SEAT_FIELD_UNIT] = {"unit", "单位 单位名称 成员单位 所在单位 unit", "Unit", 32,
                            "已有的单位，或“单位”表中的单位；个人任职可以不填。",
                            "A unit that is known, or of the table of units; none for a person."},
    [XJ_SEAT_FIELD_PERSON] = {"person", "姓名 成员 成员姓名 人员姓名 name", "Name", 14,
                              "单位任职、不定人的，可以不填。",
                              "Empty where the unit sends whom it "
                              "likes."},
    [XJ_SEAT_FIELD_JOB] = {"job", "职务 现任职务 行政职务 job", "Job", 20, "如：副市长、局长。",
                           "As the notice writes it."},
    [XJ_SEAT_FIELD_FROM] = {"from", "起始日期 任职起 起 开始日期 从 from", "From", 14,
                            "如 2026-01-01；新任职留空为当天。",
                            "As 2026-01-01; empty for a new one: today."},
    [XJ_SEAT_FIELD_TO] = {"to", "截止日期 任职止 止 结束日期 至 to", "To", 14,
                          "最后一天；留空为没有。填上即离任。",
                          "The last day; empty: none.  Filling it in ends the seat."},
};

const xj_roster__head *
xj_roster__heads(xj_roster_what what)
{
    return what == XJ_ROSTER_SEAT     ? xj_roster__seat_heads
           : what == XJ_ROSTER_PERSON ? xj_roster__person_heads
                                      : xj_roster__unit_heads;
}

static const char *const kinds[][2] = {
    [XJ_UNIT_OTHER] = {"其他", "other"},
    [XJ_UNIT_PARTY] = {"党委部门", "party"},
    [XJ_UNIT_GOVERNMENT] = {"政府部门", "government"},
    [XJ_UNIT_INSTITUTION] = {"事业单位", "institution"},
    [XJ_UNIT_MASS] = {"群团组织", "mass organisation"},
    [XJ_UNIT_ENTERPRISE] = {"企业", "enterprise"},
    [XJ_UNIT_COMMITTEE] = {"议事机构", "committee"},
    [XJ_UNIT_GROUP] = {"一类单位", "group of units"},
};
static const char *const levels[][2] = {
    [XJ_LEVEL_NONE] = {"", ""},
    [XJ_LEVEL_NATION] = {"国家", "nation"},
    [XJ_LEVEL_PROVINCE] = {"省", "province"},
    [XJ_LEVEL_CITY] = {"市", "city"},
    [XJ_LEVEL_COUNTY] = {"县", "county"},
    [XJ_LEVEL_TOWN] = {"乡镇", "town"},
    [XJ_LEVEL_VILLAGE] = {"村居", "village"},
};
static const char *const standings[][2] = {
    [XJ_STANDING_SUPERVISED] = {"督办", "supervised"},
    [XJ_STANDING_COORDINATED] = {"仅协调", "coordinated"},
};
static const char *const roles[XJ_ROLES][2] = {
    [XJ_ROLE_OFFICE] = {"推进办", "office"},
    [XJ_ROLE_LEADER] = {"领导", "leader"},
    [XJ_ROLE_LIAISON_A] = {"联络员A", "liaison A"},
    [XJ_ROLE_LIAISON_B] = {"联络员B", "liaison B"},
    [XJ_ROLE_OFFICER] = {"经办人", "officer"},
    [XJ_ROLE_SECTION_HEAD] = {"科室负责人", "section head"},
    [XJ_ROLE_UNIT_HEAD] = {"单位负责人", "unit head"},
    [XJ_ROLE_COUNTY_OFFICE] = {"县区推进办", "county office"},
    [XJ_ROLE_EXPERT] = {"专家", "expert"},
    [XJ_ROLE_EVALUATOR] = {"第三方评估", "evaluator"},
    [XJ_ROLE_INSPECTOR] = {"督导员", "inspector"},
    [XJ_ROLE_ADMINISTRATOR] = {"管理员", "administrator"},
};

static const char *const seat_roles[XJ_SEAT_ROLES][2] = {
    [XJ_SEAT_DIRECTOR] = {"主任", "director"},
    [XJ_SEAT_DEPUTY_DIRECTOR] = {"副主任", "deputy director"},
    [XJ_SEAT_LEAD] = {"组长单位", "lead"},
    [XJ_SEAT_DEPUTY_LEAD] = {"副组长单位", "deputy lead"},
    [XJ_SEAT_MEMBER] = {"成员单位", "member"},
    [XJ_SEAT_EXPERT] = {"专家", "expert"},
};

/* Other ways in which offices write them, folded. */
typedef struct synonym {
    const char *text;
    int value;
} synonym;
static const synonym more_kinds[] = {{"党委", XJ_UNIT_PARTY},
                                     {"党群", XJ_UNIT_PARTY},
                                     {"党的机构", XJ_UNIT_PARTY},
                                     {"行政机关", XJ_UNIT_GOVERNMENT},
                                     {"政府", XJ_UNIT_GOVERNMENT},
                                     {"政府工作部门", XJ_UNIT_GOVERNMENT},
                                     {"事业", XJ_UNIT_INSTITUTION},
                                     {"群团", XJ_UNIT_MASS},
                                     {"社会团体", XJ_UNIT_MASS},
                                     {"国企", XJ_UNIT_ENTERPRISE},
                                     {"议事协调机构", XJ_UNIT_COMMITTEE}};
static const synonym more_levels[] = {
    {"省级", XJ_LEVEL_PROVINCE}, {"市级", XJ_LEVEL_CITY},    {"县级", XJ_LEVEL_COUNTY},
    {"县区", XJ_LEVEL_COUNTY},   {"区县", XJ_LEVEL_COUNTY},  {"县区级", XJ_LEVEL_COUNTY},
    {"区", XJ_LEVEL_COUNTY},     {"乡", XJ_LEVEL_TOWN},      {"镇", XJ_LEVEL_TOWN},
    {"街道", XJ_LEVEL_TOWN},     {"乡级", XJ_LEVEL_TOWN},    {"乡镇街道", XJ_LEVEL_TOWN},
    {"村", XJ_LEVEL_VILLAGE},    {"村级", XJ_LEVEL_VILLAGE}, {"社区", XJ_LEVEL_VILLAGE},
    {"中央", XJ_LEVEL_NATION},   {"国家级", XJ_LEVEL_NATION}};
static const synonym more_standings[] = {{"督办单位", XJ_STANDING_SUPERVISED},
                                         {"协调", XJ_STANDING_COORDINATED},
                                         {"只协调", XJ_STANDING_COORDINATED},
                                         {"协调单位", XJ_STANDING_COORDINATED}};
static const synonym more_roles[] = {{"联络员", XJ_ROLE_LIAISON_A},
                                     {"a岗联络员", XJ_ROLE_LIAISON_A},
                                     {"联络员a岗", XJ_ROLE_LIAISON_A},
                                     {"a岗", XJ_ROLE_LIAISON_A},
                                     {"b岗联络员", XJ_ROLE_LIAISON_B},
                                     {"联络员b岗", XJ_ROLE_LIAISON_B},
                                     {"b岗", XJ_ROLE_LIAISON_B},
                                     {"liaison", XJ_ROLE_LIAISON_A},
                                     {"liaison_a", XJ_ROLE_LIAISON_A},
                                     {"liaison_b", XJ_ROLE_LIAISON_B},
                                     {"section_head", XJ_ROLE_SECTION_HEAD},
                                     {"unit_head", XJ_ROLE_UNIT_HEAD},
                                     {"county_office", XJ_ROLE_COUNTY_OFFICE},
                                     {"经办", XJ_ROLE_OFFICER},
                                     {"科长", XJ_ROLE_SECTION_HEAD},
                                     {"科室长", XJ_ROLE_SECTION_HEAD},
                                     {"分管领导", XJ_ROLE_UNIT_HEAD},
                                     {"主要负责人", XJ_ROLE_UNIT_HEAD},
                                     {"市领导", XJ_ROLE_LEADER},
                                     {"督导组", XJ_ROLE_INSPECTOR},
                                     {"第三方", XJ_ROLE_EVALUATOR},
                                     {"评估人员", XJ_ROLE_EVALUATOR},
                                     {"系统管理员", XJ_ROLE_ADMINISTRATOR},
                                     {"推进办公室", XJ_ROLE_OFFICE},
                                     {"县推进办", XJ_ROLE_COUNTY_OFFICE}};

static const synonym more_seat_roles[] = {{"主任委员", XJ_SEAT_DIRECTOR},
                                          {"组长", XJ_SEAT_DIRECTOR},
                                          {"指挥长", XJ_SEAT_DIRECTOR},
                                          {"副主任委员", XJ_SEAT_DEPUTY_DIRECTOR},
                                          {"副组长", XJ_SEAT_DEPUTY_DIRECTOR},
                                          {"副指挥长", XJ_SEAT_DEPUTY_DIRECTOR},
                                          {"牵头单位", XJ_SEAT_LEAD},
                                          {"成员", XJ_SEAT_MEMBER},
                                          {"委员", XJ_SEAT_MEMBER},
                                          {"委员单位", XJ_SEAT_MEMBER},
                                          {"专家组成员", XJ_SEAT_EXPERT},
                                          {"deputy_director", XJ_SEAT_DEPUTY_DIRECTOR},
                                          {"deputy_lead", XJ_SEAT_DEPUTY_LEAD}};

#define N(table) (sizeof(table) / sizeof *(table))
#define FOLDED_MAX 128

/* TEXT without blanks, stars, colons and brackets, in small letters; what stands between brackets
 * only where INSIDE. */
static xj_str
fold(char out[FOLDED_MAX], xj_str text, bool inside)
{
    size_t n = 0, pos = 0, depth = 0;

    while (pos < text.len && n + 4 < FOLDED_MAX) {
        uint32_t cp = xj_utf8_next(text, &pos);

        if (cp >= 0xFF01 && cp <= 0xFF5E) /* full width */
            cp -= 0xFEE0;
        if (cp == '(')
            depth++;
        else if (cp == ')' && depth > 0)
            depth--;
        else if ((depth == 0 || inside) && cp > ' ' && cp != '*' && cp != ':' && cp != 0x3000 &&
                 cp != 0xA0 && cp != 0x2605 && cp != '-')
            n += xj_utf8_put(out + n, cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp);
    }
    return xj_str_of(out, n);
}

static bool
same(xj_str folded, const char *word)
{
    char out[FOLDED_MAX];

    return xj_str_eq(folded, fold(out, xj_str_c(word), true));
}

int
xj_roster__field(const xj_roster__head *heads, xj_str text)
{
    char out[FOLDED_MAX];
    const xj_str head = fold(out, text, false);

    if (head.len == 0)
        return -1;
    for (int i = 0; i < XJ_ROSTER_CELLS && heads[i].names != NULL; i++) {
        xj_str rest = xj_str_c(heads[i].names), name;

        if (same(head, heads[i].en))
            return i;
        while (xj_str_split(&name, &rest, ' '))
            if (xj_str_eq(head, name))
                return i;
    }
    return -1;
}

const char *
xj_roster__kind(xj_unit_kind kind, bool chinese)
{
    return kinds[kind][!chinese];
}

const char *
xj_roster__level(xj_level level, bool chinese)
{
    return levels[level][!chinese];
}

const char *
xj_roster__standing(xj_standing standing, bool chinese)
{
    return standings[standing][!chinese];
}

const char *
xj_roster__role(xj_role role, bool chinese)
{
    return roles[role][!chinese];
}

const char *
xj_roster__seat_role(xj_seat_role role, bool chinese)
{
    return seat_roles[role][!chinese];
}

/* The index of TEXT in TABLE or its value among MORE; -1: none. */
static int
look_up(xj_str text, const char *const (*table)[2], size_t n, const synonym *more, size_t nmore)
{
    char out[FOLDED_MAX];
    const xj_str folded = fold(out, text, true);

    for (size_t i = 0; i < n; i++)
        if (same(folded, table[i][0]) || same(folded, table[i][1]))
            return (int)i;
    for (size_t i = 0; i < nmore; i++)
        if (xj_str_eq(folded, xj_str_c(more[i].text)))
            return more[i].value;
    return -1;
}

bool
xj_roster__kind_of(xj_unit_kind *kind, xj_str text)
{
    const int i = look_up(text, kinds, N(kinds), more_kinds, N(more_kinds));

    *kind = i < 0 ? XJ_UNIT_OTHER : (xj_unit_kind)i;
    return i >= 0;
}

bool
xj_roster__level_of(xj_level *level, xj_str text)
{
    const int i = look_up(text, levels, N(levels), more_levels, N(more_levels));

    *level = i < 0 ? XJ_LEVEL_NONE : (xj_level)i;
    return i >= 0;
}

bool
xj_roster__standing_of(xj_standing *standing, xj_str text)
{
    const int i = look_up(text, standings, N(standings), more_standings, N(more_standings));

    *standing = i < 0 ? XJ_STANDING_SUPERVISED : (xj_standing)i;
    return i >= 0;
}

bool
xj_roster__role_of(xj_role *role, xj_str text)
{
    const int i = look_up(text, roles, N(roles), more_roles, N(more_roles));

    *role = i < 0 ? XJ_ROLE_OFFICER : (xj_role)i;
    return i >= 0;
}

bool
xj_roster__seat_role_of(xj_seat_role *role, xj_str text)
{
    const int i = look_up(text, seat_roles, N(seat_roles), more_seat_roles, N(more_seat_roles));

    *role = i < 0 ? XJ_SEAT_MEMBER : (xj_seat_role)i;
    return i >= 0;
}

static bool
divides(uint32_t cp)
{
    return cp == 0x3001 || cp == 0xFF0C || cp == ',' || cp == ';' || cp == 0xFF1B || cp == '\n' ||
           cp == '\r';
}

bool
xj_roster__next_name(xj_str *name, xj_str *rest)
{
    while (rest->len > 0) {
        size_t pos = 0, end = 0;

        while (pos < rest->len && !divides(xj_utf8_next(*rest, &pos)))
            end = pos;
        *name = xj_str_trim(xj_str_sub(*rest, 0, end));
        *rest = xj_str_skip(*rest, pos);
        if (name->len > 0)
            return true;
    }
    return false;
}
