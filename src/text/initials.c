#include "text/initials.h"

#include "text/chars.h"
#include "text/initials_priv.h"

/* Characters that names and plans use in several readings with different first letters, the
 * commoner first. */
static const struct {
    char16_t c;
    const char *letters;
} several[] = {
    {u'阿', "ae"}, {u'蚌', "bp"}, {u'泌', "mb"}, {u'埔', "pb"}, {u'参', "cs"}, {u'藏', "zc"},
    {u'曾', "zc"}, {u'查', "cz"}, {u'长', "cz"}, {u'厂', "ca"}, {u'朝', "cz"}, {u'车', "cj"},
    {u'乘', "cs"}, {u'盛', "sc"}, {u'重', "zc"}, {u'传', "cz"}, {u'单', "ds"}, {u'弹', "dt"},
    {u'调', "dt"}, {u'番', "fp"}, {u'给', "gj"}, {u'贾', "jg"}, {u'行', "xh"}, {u'会', "hk"},
    {u'浍', "hk"}, {u'降', "jx"}, {u'解', "jx"}, {u'浚', "jx"}, {u'卡', "kq"}, {u'率', "ls"},
    {u'乐', "ly"}, {u'漯', "lt"}, {u'强', "qj"}, {u'铅', "qy"}, {u'区', "qo"}, {u'券', "qx"},
    {u'厦', "xs"}, {u'莘', "xs"}, {u'省', "sx"}, {u'石', "sd"}, {u'属', "sz"}, {u'宿', "sx"},
    {u'汤', "ts"}, {u'提', "td"}, {u'圩', "wx"}, {u'尉', "wy"}, {u'涡', "wg"}, {u'系', "xj"},
    {u'校', "xj"}, {u'术', "sz"}, {u'粘', "zn"}, {u'折', "zs"}, {u'种', "zc"}, {u'奇', "qj"},
    {u'合', "hg"},
};

/* Words that settle how a character in them is read. */
static const struct {
    const char16_t *word;
    const char *letters;
} words[] = {
    {u"重庆", "cq"}, {u"重新", "cx"},    {u"重复", "cf"}, {u"重点", "zd"},    {u"重大", "zd"},
    {u"重要", "zy"}, {u"重症", "zz"},    {u"重性", "zx"}, {u"银行", "yh"},    {u"行业", "hy"},
    {u"分行", "fh"}, {u"支行", "zh"},    {u"行政", "xz"}, {u"行动", "xd"},    {u"执行", "zx"},
    {u"推行", "tx"}, {u"施行", "sx"},    {u"会计", "kj"}, {u"委员会", "wyh"}, {u"协会", "xh"},
    {u"社会", "sh"}, {u"联合会", "lhh"}, {u"长春", "cc"}, {u"长沙", "cs"},    {u"长治", "cz"},
    {u"长江", "cj"}, {u"长效", "cx"},    {u"长期", "cq"}, {u"局长", "jz"},    {u"市长", "sz"},
    {u"县长", "xz"}, {u"院长", "yz"},    {u"校长", "xz"}, {u"成长", "cz"},    {u"生长", "sz"},
    {u"家长", "jz"}, {u"增长", "zz"},    {u"省委", "sw"}, {u"省政府", "szf"}, {u"调查", "dc"},
    {u"调研", "dy"}, {u"调整", "tz"},    {u"调解", "tj"}, {u"协调", "xt"},    {u"检查", "jc"},
    {u"督查", "dc"}, {u"核查", "hc"},    {u"筛查", "sc"}, {u"音乐", "yy"},    {u"快乐", "kl"},
    {u"朝阳", "cy"}, {u"西藏", "xz"},    {u"单位", "dw"}, {u"参与", "cy"},    {u"参加", "cj"},
    {u"人参", "rs"}, {u"种植", "zz"},    {u"种类", "zl"}, {u"宣传", "xc"},    {u"传染", "cr"},
    {u"传播", "cb"}, {u"自传", "zz"},    {u"厦门", "xm"}, {u"番禺", "py"},    {u"蚌埠", "bb"},
    {u"系统", "xt"}, {u"体系", "tx"},    {u"联系", "lx"}, {u"学校", "xx"},    {u"高校", "gx"},
    {u"校对", "jd"}, {u"解决", "jj"},    {u"降低", "jd"}, {u"提高", "tg"},    {u"提升", "ts"},
    {u"率先", "sx"}, {u"效率", "xl"},    {u"技术", "js"}, {u"手术", "ss"},    {u"医术", "ys"},
    {u"直属", "zs"}, {u"下属", "xs"},    {u"所属", "ss"}, {u"附属", "fs"},    {u"卡片", "kp"},
    {u"合作", "hz"}, {u"合格", "hg"},    {u"联合", "lh"}, {u"综合", "zh"},    {u"结合", "jh"},
    {u"加强", "jq"}, {u"强化", "qh"},    {u"市区", "sq"}, {u"社区", "sq"},    {u"地区", "dq"},
    {u"县区", "xq"}, {u"石油", "sy"},    {u"车站", "cz"}, {u"汽车", "qc"},    {u"万人", "wr"},
    {u"宿州", "sz"}, {u"宿迁", "sq"},    {u"住宿", "zs"}, {u"宿舍", "ss"},    {u"漯河", "lh"},
    {u"漯川", "tc"}, {u"浚县", "xx"},    {u"泌阳", "by"}, {u"莘县", "sx"},    {u"单县", "sx"},
    {u"长垣", "cy"}, {u"洪洞", "ht"},    {u"六安", "la"}, {u"铅山", "ys"},    {u"涡阳", "gy"},
    {u"尉氏", "ws"}, {u"尉犁", "yl"},    {u"供给", "gj"}, {u"给予", "jy"},    {u"乘车", "cc"},
    {u"折旧", "zj"}, {u"解县", "xx"},    {u"大黄", "dh"}, {u"盛行", "sx"},    {u"血液", "xy"},
};

#define N(table) (sizeof(table) / sizeof *(table))

/* The reading that a word of the table gives to character I, or 0. */
static char
by_word(const xj_char *c, size_t n, size_t i)
{
    for (size_t w = 0; w < N(words); w++) {
        const char16_t *word = words[w].word;
        size_t len = strlen(words[w].letters);

        for (size_t k = 0; k < len && k <= i; k++) {
            size_t same = 0;

            if (word[k] != c[i] || i - k + len > n)
                continue;
            while (same < len && c[i - k + same] == word[same])
                same++;
            if (same == len)
                return words[w].letters[k];
        }
    }
    return 0;
}

/* The letters that character I may stand for; empty where it stands for none. */
static xj_str
letters_of(char buf[1], const xj_char *c, size_t n, size_t i)
{
    if (xj_char_letter(c[i]) || xj_char_digit(c[i])) {
        buf[0] = (char)(xj_char_digit(c[i]) ? c[i] : c[i] | 0x20);
        return xj_str_of(buf, 1);
    }
    if (c[i] < XJ_TEXT__HAN_FIRST || c[i] > XJ_TEXT__HAN_LAST)
        return XJ_STR("");
    for (size_t k = 0; k < N(several); k++)
        if (several[k].c == c[i]) {
            buf[0] = by_word(c, n, i);
            return buf[0] != 0 ? xj_str_of(buf, 1) : xj_str_c(several[k].letters);
        }
    buf[0] = xj_text__initials[c[i] - XJ_TEXT__HAN_FIRST];
    return buf[0] == '.' ? XJ_STR("") : xj_str_of(buf, 1);
}

xj_str
xj_text_initials(xj_str text, xj_pool *result)
{
    xj_char c[XJ_INITIALS_CHARS_MAX];
    char form[XJ_INITIALS_FORMS_MAX][XJ_INITIALS_CHARS_MAX];
    size_t n = xj_chars_fold_some(c, XJ_INITIALS_CHARS_MAX, text, NULL), forms = 1, len = 0, at = 0;
    char *out;

    for (size_t i = 0; i < n; i++) {
        char buf[1];
        xj_str letters = letters_of(buf, c, n, i);
        size_t ways = letters.len, before = forms;

        if (ways == 0)
            continue;
        if (forms * ways > XJ_INITIALS_FORMS_MAX)
            ways = 1;
        for (size_t way = 1; way < ways; way++)
            for (size_t k = 0; k < before; k++) {
                memcpy(form[forms], form[k], len);
                form[forms++][len] = letters.data[way];
            }
        for (size_t k = 0; k < before; k++)
            form[k][len] = letters.data[0];
        len++;
    }
    if (len == 0)
        return XJ_STR("");
    out = xj_alloc(result, forms * (len + 1));
    for (size_t k = 0; k < forms; k++) {
        memcpy(out + at, form[k], len);
        at += len;
        out[at++] = k + 1 < forms ? ' ' : '\0';
    }
    return xj_str_of(out, at - 1);
}

bool
xj_text_is_initials(xj_str text)
{
    bool letter = false;

    for (size_t i = 0; i < text.len; i++) {
        xj_char c = (unsigned char)text.data[i];

        letter = letter || xj_char_letter(c);
        if (!xj_char_letter(c) && !xj_char_digit(c))
            return false;
    }
    return letter && text.len <= XJ_INITIALS_CHARS_MAX;
}
