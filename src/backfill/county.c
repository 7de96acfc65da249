/*
 * Whose it is: counties that return a task themselves have columns of their own in a ledger, one
 * for all of them, or rows.
 */
#include "backfill/backfill_priv.h"

#define TIME_MAX 6 /* characters of a time beside a county's name */

xj_str
xj_backfill__stem(xj_str name)
{
    static const char *const ends[] = {"人民政府", "政府", "管理委员会", "管委会"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const xj_str end = xj_str_c(ends[i]);

        if (xj_str_ends(name, end) && xj_utf8_count(name) >= xj_utf8_count(end) + 2)
            return xj_str_sub(name, 0, name.len - end.len);
    }
    return name;
}

xj_backfill__county *
xj_backfill__county_in(const xj_backfill__duty *duty, xj_str text)
{
    xj_backfill__county *found = NULL;

    for (size_t i = 0; i < duty->ncounties; i++) {
        if (!xj_str_has(text, duty->counties[i].stem))
            continue;
        if (found != NULL)
            return NULL;
        found = &duty->counties[i];
    }
    return found;
}

const xj_backfill__county *
xj_backfill__named(const struct xj_backfill__work *w, xj_str text)
{
    for (size_t i = 0; i < w->counties.len; i++)
        if (xj_str_has(text, w->counties.items[i].stem))
            return &w->counties.items[i];
    return NULL;
}

/* ---- rows ---- */

/* Whether the row of FILE beside ROW tells of the same task, of another unit. */
static bool
is_one_of_several(const struct xj_backfill__work *w, const xj_backfill_row *row)
{
    const xj_str task = xj_backfill__cell(row, XJ_BACKFILL_TASK, NULL);
    const xj_str unit = xj_backfill__cell(row, XJ_BACKFILL_UNIT, NULL);
    const ptrdiff_t at = row - w->file->rows;

    for (ptrdiff_t i = at - 1; i <= at + 1; i += 2) {
        const xj_backfill_row *other;

        if (i < 0 || i >= (ptrdiff_t)w->file->nrows)
            continue;
        other = &w->file->rows[i];
        if (other->table == row->table && task.len > 0 &&
            xj_str_eq(xj_backfill__cell(other, XJ_BACKFILL_TASK, NULL), task) &&
            !xj_str_eq(xj_backfill__cell(other, XJ_BACKFILL_UNIT, NULL), unit))
            return true;
    }
    return false;
}

xj_backfill__county *
xj_backfill__county_of_row(const struct xj_backfill__work *w, const xj_backfill__duty *duty,
                           const xj_backfill_row *row)
{
    const xj_str lead = xj_backfill__cell(row, XJ_BACKFILL_LEAD, NULL);
    const xj_str unit = xj_backfill__cell(row, XJ_BACKFILL_UNIT, NULL);
    xj_backfill__county *county =
        xj_backfill__county_in(duty, xj_backfill__cell(row, XJ_BACKFILL_COUNTY, NULL));

    if (county != NULL || unit.len == 0)
        return county;
    county = xj_backfill__county_in(duty, unit);
    /* with others it only has part; beside a lead it is listed, unless it has a row of its own */
    if (county == NULL || (!xj_str_eq(unit, county->name) && !xj_str_eq(unit, county->stem)))
        return NULL;
    return lead.len == 0 || is_one_of_several(w, row) ? county : NULL;
}

/* ---- columns ---- */

static bool
says(xj_backfill_field field)
{
    return field == XJ_BACKFILL_TEXT || field == XJ_BACKFILL_PERCENT ||
           field == XJ_BACKFILL_DIFFICULTIES || field == XJ_BACKFILL_NEXT ||
           field == XJ_BACKFILL_FIGURE;
}

/* Whether HEAD holds nothing beside the name of COUNTY, or beside it a time (TIMED). */
static bool
is_bare(xj_str head, const xj_backfill__county *county, bool timed, xj_pool *pool)
{
    const xj_str close = xj_backfill__close(head, pool);
    const xj_str name = xj_str_has(close, county->name) ? county->name : county->stem;

    return xj_utf8_count(close) <= xj_utf8_count(name) + (timed ? TIME_MAX : 0);
}

/* What C, whose head names COUNTY, means: "泉岭区" alone is how far it has come; NULL: nothing that
 * is taken over ("泉岭区责任人"). */
static const xj_backfill_column *
meant(const xj_backfill_column *c, const xj_backfill__county *county, xj_pool *pool)
{
    xj_backfill_column *text;

    if (says(c->field) || c->field == XJ_BACKFILL_SENT_ON)
        return c;
    if (c->field != XJ_BACKFILL_COUNTY &&
        (c->field != XJ_BACKFILL_OTHER || !is_bare(c->head, county, c->until.year != 0, pool)))
        return NULL;
    text = XJ_NEW(pool, xj_backfill_column);
    *text = *c;
    text->field = XJ_BACKFILL_TEXT;
    return text;
}

/* TEXT without blanks around it and what parts it from the next section. */
static xj_str
alone(xj_str text)
{
    static const char *const ends[] = {"；", ";"};

    text = xj_str_trim(text);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (xj_str_ends(text, xj_str_c(ends[i])))
            text = xj_str_trim(xj_str_sub(text, 0, text.len - strlen(ends[i])));
    return text;
}

static void
push(xj_backfill__entries *to, const xj_backfill_column *c, xj_str cell, xj_pool *pool)
{
    if (cell.len > 0)
        xj_vec_push(to, pool, ((xj_backfill__entry){c, cell}));
}

/* Behind blanks and a number ("1.", "（2）", "①") at POS. */
static size_t
behind_number(xj_str text, size_t pos)
{
    static const char *const marks[] = {" ", "\t", "　", ".", "．", "、", "(",
                                        ")", "（", "）", "-", "·",  "•"};

    for (bool moved = true; moved && pos < text.len;) {
        moved = false;
        if (text.data[pos] >= '0' && text.data[pos] <= '9') {
            pos++;
            moved = true;
        }
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !moved; i++)
            if (xj_str_starts(xj_str_skip(text, pos), xj_str_c(marks[i]))) {
                pos += strlen(marks[i]);
                moved = true;
            }
    }
    return pos;
}

/* Where a section of a county begins. */
typedef struct section {
    const xj_backfill__county *county;
    size_t from, words; /* its name; what is said behind it */
} section;

/* Whether a county's section begins at POS of TEXT: its name, and a colon unless a LINE begins. */
static bool
begins_at(section *s, const struct xj_backfill__work *w, xj_str text, size_t pos, bool line)
{
    const size_t name = behind_number(text, pos);

    for (size_t i = 0; i < w->counties.len; i++) {
        const xj_backfill__county *county = &w->counties.items[i];
        size_t end = name;

        if (xj_str_starts(xj_str_skip(text, name), county->name))
            end += county->name.len;
        else if (xj_str_starts(xj_str_skip(text, name), county->stem))
            end += county->stem.len;
        else
            continue;
        *s = (section){county, pos, name};
        if (xj_str_starts(xj_str_skip(text, end), XJ_STR("：")))
            s->words = end + strlen("：");
        else if (xj_str_starts(xj_str_skip(text, end), XJ_STR(":")))
            s->words = end + 1;
        else if (!line)
            continue;
        return true;
    }
    return false;
}

/* The next place in TEXT, from POS on, where a section begins; false: none. */
static bool
next_section(section *s, const struct xj_backfill__work *w, xj_str text, size_t pos)
{
    static const char *const ends[] = {"\n", "；", ";", "。"};

    if (pos == 0 && begins_at(s, w, text, 0, true))
        return true;
    for (; pos < text.len; pos++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (xj_str_starts(xj_str_skip(text, pos), xj_str_c(ends[i])) &&
                begins_at(s, w, text, pos + strlen(ends[i]), i == 0))
                return true;
    return false;
}

static xj_backfill__entries *
entries_of(xj_backfill__entries *counties, const xj_backfill__duty *duty, int64_t unit)
{
    for (size_t i = 0; i < duty->ncounties; i++)
        if (duty->counties[i].unit == unit)
            return &counties[i];
    return NULL;
}

/* What TEXT says of several counties; of those that do not return the task themselves, and what
 * stands before the first of them, is the lead's. */
static void
split(xj_backfill__entries *lead, xj_backfill__entries *counties, struct xj_backfill__work *w,
      xj_backfill_line *line, const xj_backfill__duty *duty, const xj_backfill_column *c,
      xj_str text)
{
    section at, next;
    bool more = next_section(&at, w, text, 0);

    push(lead, c, more ? alone(xj_str_sub(text, 0, at.from)) : text, w->pool);
    while (more) {
        xj_backfill__entries *own = entries_of(counties, duty, at.county->unit);
        size_t end;

        more = next_section(&next, w, text, at.words);
        end = more ? next.from : text.len;
        if (own != NULL)
            push(own, c, alone(xj_str_sub(text, at.words, end)), w->pool);
        else
            push(lead, c, alone(xj_str_sub(text, at.from, end)), w->pool);
        if (own == NULL)
            xj_backfill__fault(w, line, "county_not", c->col, at.county->name, false);
        at = next;
    }
}

void
xj_backfill__share(xj_backfill__entries *lead, xj_backfill__entries *counties,
                   struct xj_backfill__work *w, xj_backfill_line *line,
                   const xj_backfill__duty *duty)
{
    const xj_backfill_table *t = line->row->table;

    for (size_t i = 0; i < t->ncolumns; i++) {
        const xj_backfill_column *c = &t->columns[i], *is;
        const xj_str cell = line->row->cells[i];
        const xj_backfill__county *county = xj_backfill__county_in(duty, c->head);
        const xj_backfill__county *named = xj_backfill__named(w, c->head);

        if (cell.len == 0)
            continue;
        is = named == NULL ? NULL : meant(c, named, w->pool);
        if (is != NULL && county != NULL) {
            push(entries_of(counties, duty, county->unit), is, cell, w->pool);
        } else if (is != NULL) {
            xj_backfill__fault(w, line, "county_not", c->col, c->head, false);
            push(lead, is,
                 xj_str_printf(w->pool, XJ_FMT "：" XJ_FMT, XJ_ARG(c->head), XJ_ARG(cell)),
                 w->pool);
        } else if (c->counties && c->field == XJ_BACKFILL_TEXT) {
            split(lead, counties, w, line, duty, c, cell);
        } else if (says(c->field) || c->field == XJ_BACKFILL_SENT_ON) {
            push(lead, c, cell, w->pool);
        }
    }
}
