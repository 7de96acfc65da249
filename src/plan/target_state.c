/* Targets without a figure: words of the whole (全覆盖), trends (持续下降), states to be reached
 * (建成, 消除). */
#include "plan/target_priv.h"

bool
target_read_totality(reading *r, xj_span part)
{
    comp *c = r->c;
    xj_target t;
    xj_span at = {0, 0}, name = part;
    size_t len;
    bool hit = false;

    for (size_t i = part.from; i < part.to; i++) {
        size_t skip = figure_skip_names(c, i, part.to);
        int value;

        if (skip > i) {
            i = skip - 1;
            continue;
        }
        value = xj_gram_at(&xj_g_total, &c->t, i, part.to, &len);
        if (value == 0)
            continue;
        at = (xj_span){i, i + len};
        if (value == XJ_G_TOTAL_COVER) {
            /* 提高全覆盖水平的能力 promises nothing; 全覆盖 ends its clause */
            if (!target_ends_clause(c, at.to, part.to))
                continue;
            name.to = i;
            hit = true;
            break;
        }
        if (c->t.c[i] == u'均' && (!target_make_before(c, at.to, at.to) &&
                                   xj_gram_at(&xj_g_reach, &c->t, at.to, part.to, &len) == 0))
            continue;
        if (c->t.c[i] == u'均' && i > part.from &&
            (c->t.c[i - 1] == u'人' || c->t.c[i - 1] == u'平' || c->t.c[i - 1] == u'年'))
            continue;
        if (c->t.c[i] == u'所' && !target_has_make(c, (xj_span){at.to, part.to}) &&
            !figure_words(c, (xj_span){part.from, i}, u"覆盖") &&
            !figure_words(c, (xj_span){at.to, part.to}, u"达标"))
            continue;
        if (c->t.c[i] == u'全' && !(figure_words(c, (xj_span){at.to, part.to}, u"消除") ||
                                    figure_words(c, (xj_span){at.to, part.to}, u"达标") ||
                                    xj_chars_is(&c->t, at.to, part.to, u"纳入") ||
                                    xj_chars_is(&c->t, at.to, part.to, u"达到") ||
                                    xj_gram_at(&xj_g_reach, &c->t, at.to, part.to, &len) != 0))
            continue;
        hit = true;
        for (size_t k = at.to; k < part.to; k++)
            if (xj_gram_at(&xj_g_total, &c->t, k, part.to, &len) == XJ_G_TOTAL_COVER) {
                name.to = k; /* 所有乡镇…达到全覆盖 */
                break;
            }
        break;
    }
    if (!hit)
        return false;
    t = target_new(r, part);
    if (r->nyears > 0)
        t.year = r->years[r->nyears - 1];
    name = name_trim(c, name);
    if (name.from >= name.to) /* 健全委员会，9月底前实现全覆盖 */
        name = name_trim(c, name_clause_before(c, r->sentence.from, part.from));
    t.indicator = comp_text(c, name);
    t.op = XJ_OP_EQ;
    t.has_value = true;
    t.value = 100;
    t.unit = XJ_STR("%");
    target_keep(r, t, false);
    return true;
}

void
target_read_trend(reading *r, xj_span part)
{
    comp *c = r->c;
    xj_span at;
    size_t len;
    xj_span s = xj_chars_trim(&c->t, part, u",;。");
    size_t years = r->nyears > 0 ? r->nyears : 1;

    if (xj_gram_end(&xj_g_trend, &c->t, s, &len) == 0 || s.to - s.from < len + 4)
        return;
    if (r->nyears == 0)
        return;
    at = name_trim(c, (xj_span){s.from, s.to - len});
    for (size_t k = 0; k < years; k++) {
        xj_target t = target_new(r, part);

        t.indicator = comp_text(c, at);
        t.op = XJ_OP_TREND;
        t.year = r->years[k];
        target_keep(r, t, false);
    }
}

/* Whether what is GONE (碘缺乏危害, 疟疾, 母婴传播) is a matter of health, not a hidden danger. */
static bool
is_disease(const comp *c, xj_span gone)
{
    static const char16_t *const words[] = {u"病", u"危害", u"疟疾", u"麻风", u"麻疹", u"传播"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (figure_words(c, gone, words[i]))
            return true;
    return false;
}

static bool
is_one_of(xj_char cp, const char16_t *set)
{
    while (*set != 0 && *set != cp)
        set++;
    return *set != 0;
}

/* What is to be there, so or gone at the end of S (建成…平台, …投入使用, 消除…危害), or an empty
 * span; *HOW is its word's kind. */
static xj_span
state_of(int *how, const comp *c, xj_span s)
{
    size_t len;

    s = name_trim(c, xj_chars_trim(&c->t, s, u",;。"));
    *how = xj_gram_end(&xj_g_reached, &c->t, s, &len);
    if (*how != 0 && *how != XJ_G_REACHED_GONE && s.to - s.from >= len + 4)
        return name_cut(c, (xj_span){s.from, s.to - len});
    for (size_t i = s.from; i < s.to; i++) {
        xj_span behind;

        *how = xj_gram_at(&xj_g_reached, &c->t, i, s.to, &len);
        behind = (xj_span){i + len, s.to};
        if (*how == XJ_G_REACHED_GONE && (i == s.from || figure_words(c, s, u"实现")) &&
            is_disease(c, behind))
            return name_cut(c, behind);
        /* 建成率, 建成后, 建成区, 建成的 are no promise */
        if (*how == XJ_G_REACHED_MADE && s.to - i >= len + 3 &&
            !is_one_of(c->t.c[i + len], u"率后区的并运"))
            return i == s.from ? name_cut(c, behind) : s;
    }
    return (xj_span){s.to, s.to};
}

void
target_read_state(reading *r, xj_span part)
{
    comp *c = r->c;
    reading ahead = *r; /* 建成中心，2024年底投用: the year may come behind */
    int how;
    xj_span state = state_of(&how, c, part);
    xj_target t;

    if (state.from >= state.to)
        return;
    if (r->nyears == 0)
        target_read_years(&ahead,
                          (xj_span){part.to, r->sentence.to > part.to ? r->sentence.to : part.to});
    if (how == XJ_G_REACHED_PASS && ahead.nyears == 0)
        return; /* 促进体质达标 is a wish */
    t = target_new(&ahead, part);
    if (ahead.nyears > 0)
        t.year = ahead.years[ahead.nyears - 1];
    t.indicator = comp_text(c, state);
    t.op = XJ_OP_DONE;
    target_keep(r, t, false);
}
