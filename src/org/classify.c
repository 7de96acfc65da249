/* What the words of a unit's name say: its kind, its level, its place.  The words stand in
 * unit-kinds.tsv; here is only how they are laid against a name. */
#include "org/org_priv.h"

#define PLACE_MAX 8 /* characters of one place, its mark included */

static const char *const kind_words[] = {"other", "party",      "government", "institution",
                                         "mass",  "enterprise", "committee",  "group"};
static const char *const standing_words[] = {"supervised", "coordinated"};
static const char *const level_words[] = {"none",   "nation", "province", "city",
                                          "county", "town",   "village"};

const char *
xj_unit_kind_word(xj_unit_kind kind)
{
    return kind_words[kind];
}

const char *
xj_level_word(xj_level level)
{
    return level_words[level];
}

bool
xj_unit_kind_parse(xj_unit_kind *kind, xj_str word)
{
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++)
        if (xj_str_eq(word, xj_str_c(kind_words[i]))) {
            *kind = (xj_unit_kind)i;
            return true;
        }
    return false;
}

bool
xj_level_parse(xj_level *level, xj_str word)
{
    for (size_t i = 0; i < sizeof level_words / sizeof *level_words; i++)
        if (xj_str_eq(word, xj_str_c(level_words[i]))) {
            *level = (xj_level)i;
            return true;
        }
    return false;
}

const char *
xj_standing_word(xj_standing standing)
{
    return standing_words[standing];
}

bool
xj_standing_parse(xj_standing *standing, xj_str word)
{
    for (size_t i = 0; i < sizeof standing_words / sizeof *standing_words; i++)
        if (xj_str_eq(word, xj_str_c(standing_words[i]))) {
            *standing = (xj_standing)i;
            return true;
        }
    return false;
}

bool
xj_org__rule_fits(const xj_org__rule *rule, xj_str name)
{
    xj_str word = xj_str_c(rule->word);

    switch (rule->where[0]) {
    case 'p':
        return xj_str_starts(name, word);
    case 's':
        return xj_str_ends(name, word);
    case 'h':
        return xj_str_has(name, word);
    default:
        return xj_str_eq(name, word);
    }
}

/* ---- places ---- */

/* What a place ends with; the longer marks first. */
static const struct mark {
    const char *word;
    xj_level level;
    bool bare; /* may stand alone in front of a body: 市教育局 */
} marks[] = {
    {"自治州", XJ_LEVEL_CITY, false}, {"自治区", XJ_LEVEL_PROVINCE, false},
    {"街道", XJ_LEVEL_TOWN, false},   {"省", XJ_LEVEL_PROVINCE, true},
    {"市", XJ_LEVEL_CITY, true},      {"县", XJ_LEVEL_COUNTY, true},
    {"区", XJ_LEVEL_COUNTY, true},    {"旗", XJ_LEVEL_COUNTY, true},
    {"镇", XJ_LEVEL_TOWN, true},      {"乡", XJ_LEVEL_TOWN, true},
    {"村", XJ_LEVEL_VILLAGE, false},
};

/* Characters that stand in no place's name. */
static const char *const never[] = {"各", "全", "和", "与", "及", "、", "（", "）", "(", ")", "直"};

static const struct mark *
mark_at(xj_str name, size_t at)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (xj_str_starts(xj_str_skip(name, at), xj_str_c(marks[i].word)))
            return &marks[i];
    return NULL;
}

/* Whether a word that is no place (城市, 市场) covers the byte AT of NAME. */
static bool
covered(xj_str name, size_t at)
{
    for (size_t i = 0; i < xj_org__nrules; i++) {
        xj_str word;
        size_t found;

        if (xj_org__rules[i].what[0] != 'n')
            continue;
        word = xj_str_c(xj_org__rules[i].word);
        for (found = xj_str_find(name, word, at < word.len ? 0 : at - word.len + 1);
             found != XJ_NPOS && found <= at; found = xj_str_find(name, word, found + 1))
            if (at < found + word.len)
                return true;
    }
    return false;
}

static bool
in_no_place(xj_str name, size_t at)
{
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (xj_str_starts(xj_str_skip(name, at), xj_str_c(never[i])))
            return true;
    return false;
}

/* The place with a name of at least two characters that begins at FROM: its mark, and *END behind
 * it; NULL where there is none. */
static const struct mark *
full_place(size_t *end, xj_str name, size_t from, int longest)
{
    size_t at = from;

    for (int n = 0; at < name.len && n < longest; n++) {
        const struct mark *mark = n >= 2 ? mark_at(name, at) : NULL;

        if (mark != NULL && !covered(name, at)) {
            *end = at + strlen(mark->word);
            return mark;
        }
        if (in_no_place(name, at))
            return NULL;
        xj_utf8_next(name, &at);
    }
    return NULL;
}

static size_t
skipped(xj_str name)
{
    for (size_t i = 0; i < xj_org__nrules; i++)
        if (strcmp(xj_org__rules[i].what, "skip") == 0 &&
            xj_org__rule_fits(&xj_org__rules[i], name))
            return strlen(xj_org__rules[i].word);
    return 0;
}

bool
xj_org__place(xj_level *level, bool *bare, size_t *from, size_t *end, xj_str name)
{
    const struct mark *mark;
    size_t at = skipped(name), next;

    *from = at;
    mark = mark_at(name, at);
    if (mark != NULL && mark->bare && !covered(name, at)) {
        /* 镇平县 and 乡宁县 are places; 镇卫生院 is a town's. */
        bool town = mark->level == XJ_LEVEL_TOWN;

        if (!town || full_place(&next, name, at, 4) == NULL) {
            *level = mark->level;
            *bare = true;
            *end = at + strlen(mark->word);
            return true;
        }
    }
    *bare = false;
    *level = XJ_LEVEL_NONE;
    /* 河南省驻马店市, 岱岳区祝阳镇: each lower than the one before. */
    while ((mark = full_place(&next, name, at, PLACE_MAX)) != NULL && mark->level > *level) {
        *level = mark->level;
        *end = at = next;
    }
    return *level != XJ_LEVEL_NONE;
}

void
xj_unit_classify(xj_unit_kind *kind, xj_level *level, xj_str *area, xj_str name)
{
    bool bare, has_kind = false, has_level;
    size_t from, end = 0;

    *kind = XJ_UNIT_OTHER;
    *area = XJ_STR_NONE;
    has_level = xj_org__place(level, &bare, &from, &end, name);
    if (has_level && !bare)
        *area = xj_str_sub(name, from, end);
    for (size_t i = 0; i < xj_org__nrules; i++) {
        const xj_org__rule *rule = &xj_org__rules[i];

        if (!has_kind && rule->what[0] == 'k' && xj_org__rule_fits(rule, name))
            has_kind = xj_unit_kind_parse(kind, xj_str_c(rule->value));
        else if (!has_level && rule->what[0] == 'l' && xj_org__rule_fits(rule, name))
            has_level = xj_level_parse(level, xj_str_c(rule->value));
    }
}

xj_standing
xj_unit_standing_guess(xj_unit_kind kind, xj_str name)
{
    if (kind == XJ_UNIT_PARTY)
        return XJ_STANDING_COORDINATED;
    for (size_t i = 0; i < xj_org__nrules; i++)
        if (strcmp(xj_org__rules[i].what, "standing") == 0 &&
            xj_org__rule_fits(&xj_org__rules[i], name))
            return XJ_STANDING_COORDINATED;
    return XJ_STANDING_SUPERVISED;
}
