#include "paper/unit_sheet.h"

enum {
    COL_NUMBER,
    COL_NAME,
    COL_KIND,
    COL_LEVEL,
    COL_PARENT,
    COL_AREA,
    COL_ALIASES,
    COL_LEAD,
    COL_RESPONSIBLE,
    COL_COOPERATE,
    COL_COUNT
};

static const xj_book_column columns[COL_COUNT] = {
    [COL_NUMBER] = {"序号", "#", 6},
    [COL_NAME] = {"单位", "Unit", 32},
    [COL_KIND] = {"性质", "Kind", 12},
    [COL_LEVEL] = {"层级", "Level", 8},
    [COL_PARENT] = {"上级单位", "Part of", 24},
    [COL_AREA] = {"地区", "Area", 12},
    [COL_ALIASES] = {"其他写法", "Also written", 36},
    [COL_LEAD] = {"牵头任务", "Leads", 9},
    [COL_RESPONSIBLE] = {"责任任务", "Responsible", 11},
    [COL_COOPERATE] = {"配合任务", "Cooperates", 11},
};

static const struct {
    const char *zh, *en;
} kinds[] =
    {
        [XJ_UNIT_OTHER] = {"其他", "other"},
        [XJ_UNIT_PARTY] = {"党委部门", "party"},
        [XJ_UNIT_GOVERNMENT] = {"政府部门", "government"},
        [XJ_UNIT_INSTITUTION] = {"事业单位", "institution"},
        [XJ_UNIT_MASS] = {"群团组织", "mass organisation"},
        [XJ_UNIT_ENTERPRISE] = {"企业", "enterprise"},
        [XJ_UNIT_COMMITTEE] = {"议事机构", "committee"},
        [XJ_UNIT_GROUP] = {"一类单位", "group of units"},
},
  levels[] = {
      [XJ_LEVEL_NONE] = {"", ""},
      [XJ_LEVEL_NATION] = {"国家", "nation"},
      [XJ_LEVEL_PROVINCE] = {"省", "province"},
      [XJ_LEVEL_CITY] = {"市", "city"},
      [XJ_LEVEL_COUNTY] = {"县", "county"},
      [XJ_LEVEL_TOWN] = {"乡镇", "town"},
      [XJ_LEVEL_VILLAGE] = {"村居", "village"},
};

xj_error *
xj_unit_sheet_new(xj_book **book, bool chinese, xj_pool *pool)
{
    return xj_book_new(book, "单位", "Units", columns, COL_COUNT, chinese, pool);
}

xj_error *
xj_unit_sheet_add(xj_book *book, const xj_unit_line *line, xj_pool *scratch)
{
    const xj_unit *unit = line->unit;
    const bool zh = xj_book_chinese(book);

    XJ_TRY(xj_book_row(book));
    XJ_TRY(xj_book_int(book, COL_NUMBER, (int64_t)xj_book_rows(book)));
    XJ_TRY(xj_book_text(book, COL_NAME, unit->name, scratch));
    XJ_TRY(xj_book_text(book, COL_KIND, xj_str_c(zh ? kinds[unit->kind].zh : kinds[unit->kind].en),
                        scratch));
    XJ_TRY(xj_book_text(book, COL_LEVEL,
                        xj_str_c(zh ? levels[unit->level].zh : levels[unit->level].en), scratch));
    XJ_TRY(xj_book_text(book, COL_PARENT, line->parent, scratch));
    XJ_TRY(xj_book_text(book, COL_AREA, unit->area, scratch));
    XJ_TRY(xj_book_text(book, COL_ALIASES, line->aliases, scratch));
    XJ_TRY(xj_book_int(book, COL_LEAD, line->lead));
    XJ_TRY(xj_book_int(book, COL_RESPONSIBLE, line->responsible));
    return xj_book_int(book, COL_COOPERATE, line->cooperate);
}
