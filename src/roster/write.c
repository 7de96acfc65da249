/* The directory as the sheets that are read: the template, and what goes out to come back. */
#include "roster/roster_priv.h"

typedef struct writing {
    xj_book *book;
    bool chinese;
    int columns; /* of the sheet that is written */
    xj_pool *scratch;
} writing;

static void
lay_out(xj_book_layout *layout, const xj_roster__head *heads, const char *zh, const char *en,
        bool chinese, xj_pool *pool)
{
    xj_str *names = XJ_NEW_ARRAY(pool, xj_str, XJ_ROSTER_CELLS);
    double *widths = XJ_NEW_ARRAY(pool, double, XJ_ROSTER_CELLS);
    int n = 0;

    for (int i = 0; i < XJ_ROSTER_CELLS && heads[i].names != NULL; i++, n++) {
        xj_str rest = xj_str_c(heads[i].names), first = rest;

        xj_str_split(&first, &rest, ' ');
        names[i] = chinese ? first : xj_str_c(heads[i].en);
        widths[i] = heads[i].width;
    }
    *layout = (xj_book_layout){.sheet = chinese ? zh : en,
                               .heads = names,
                               .widths = widths,
                               .columns = n,
                               .repeat = 1,
                               .chinese = chinese};
}

static xj_error *
put_row(writing *out, const xj_str cells[XJ_ROSTER_CELLS])
{
    XJ_TRY(xj_book_row(out->book));
    for (int i = 0; i < out->columns; i++)
        XJ_TRY(xj_book_text(out->book, i, cells[i], out->scratch));
    return NULL;
}

/* ---- units ---- */

/* The names that stand for U, in their order. */
static xj_str
aliases_of(const struct xj_roster__work *w, const xj_roster__unit *u)
{
    xj_buf joined;

    xj_buf_init(&joined, w->pool, (size_t)32 << 20);
    for (size_t i = 0; u->stands_for && i < w->units.len; i++) {
        const xj_roster__unit *other = w->units.entries[i].value;

        if (other->alias_of != u)
            continue;
        xj_buf_add(&joined, xj_buf_str(&joined).len > 0 ? XJ_STR("、") : XJ_STR(""));
        xj_buf_add(&joined, other->name);
    }
    return xj_buf_str(&joined);
}

static xj_error *
put_units(writing *out, const struct xj_roster__work *w, const xj_scope *scope)
{
    for (size_t i = 0; i < w->units.len; i++) {
        const xj_roster__unit *u = w->units.entries[i].value;
        const xj_str cells[XJ_ROSTER_CELLS] = {
            [XJ_UNIT_FIELD_NAME] = u->name,
            [XJ_UNIT_FIELD_ALIASES] = aliases_of(w, u),
            [XJ_UNIT_FIELD_KIND] = xj_str_c(xj_roster__kind(u->kind, out->chinese)),
            [XJ_UNIT_FIELD_LEVEL] = xj_str_c(xj_roster__level(u->level, out->chinese)),
            [XJ_UNIT_FIELD_PARENT] = u->parent == NULL ? XJ_STR("") : u->parent->name,
            [XJ_UNIT_FIELD_AREA] = u->area_word,
            [XJ_UNIT_FIELD_CREDIT_CODE] = u->credit_code,
            [XJ_UNIT_FIELD_STANDING] = xj_str_c(xj_roster__standing(u->standing, out->chinese)),
        };

        if (u->alias_of == NULL && xj_scope_has(scope, w->tenant, u->id))
            XJ_TRY(put_row(out, cells));
    }
    return NULL;
}

/* ---- people ---- */

/* Whether SCOPE sees P: by one of the units of its posts. */
static bool
sees(const xj_scope *scope, int64_t tenant, const xj_roster__person *p)
{
    if (scope->all_units)
        return true;
    for (size_t i = 0; i < p->held.len; i++)
        if (p->held.items[i].unit != NULL && xj_scope_has(scope, tenant, p->held.items[i].unit->id))
            return true;
    return false;
}

/* A row for each post; who has none has a row, too. */
static xj_error *
put_person(writing *out, const xj_roster__person *p, bool mobiles)
{
    xj_str cells[XJ_ROSTER_CELLS];

    memcpy(cells, p->text, sizeof cells);
    if (!mobiles)
        cells[XJ_PERSON_FIELD_MOBILE] = XJ_STR("");
    cells[XJ_PERSON_FIELD_UNIT] = cells[XJ_PERSON_FIELD_ROLE] = XJ_STR("");
    if (p->held.len == 0)
        return put_row(out, cells);
    for (size_t i = 0; i < p->held.len; i++) {
        const xj_roster__held *held = &p->held.items[i];

        cells[XJ_PERSON_FIELD_UNIT] = held->unit == NULL ? XJ_STR("") : held->unit->name;
        cells[XJ_PERSON_FIELD_ROLE] = xj_str_c(xj_roster__role(held->role, out->chinese));
        XJ_TRY(put_row(out, cells));
    }
    return NULL;
}

/* ---- seats ---- */

/* Those of BODY (0: of all bodies) of which SCOPE (NULL: anybody) sees the body. */
static xj_error *
put_seats(writing *out, const struct xj_roster__work *w, const xj_scope *scope, int64_t body)
{
    for (size_t i = 0; i < w->seats.len; i++) {
        const xj_roster__seat *s = w->seats.items[i];
        const bool ends = !xj_str_eq(s->to, XJ_STR("9999-12-31"));
        const xj_str cells[XJ_ROSTER_CELLS] = {
            [XJ_SEAT_FIELD_BODY] = s->body->name,
            [XJ_SEAT_FIELD_ROLE] = xj_str_c(xj_roster__seat_role(s->role, out->chinese)),
            [XJ_SEAT_FIELD_UNIT] = s->unit == NULL ? XJ_STR("") : s->unit->name,
            [XJ_SEAT_FIELD_PERSON] = s->person,
            [XJ_SEAT_FIELD_JOB] = s->job,
            [XJ_SEAT_FIELD_FROM] = s->from,
            [XJ_SEAT_FIELD_TO] = ends ? s->to : XJ_STR(""),
        };

        if ((body == 0 || s->body->id == body) &&
            (scope == NULL || xj_scope_has(scope, w->tenant, s->body->id)))
            XJ_TRY(put_row(out, cells));
    }
    return NULL;
}

/* ---- how it is filled in ---- */

static xj_error *
put_help(writing *out, const xj_roster__head *heads, const char *table)
{
    for (int i = 0; i < XJ_ROSTER_CELLS && heads[i].names != NULL; i++) {
        xj_str rest = xj_str_c(heads[i].names), first = rest;

        xj_str_split(&first, &rest, ' ');
        XJ_TRY(xj_book_row(out->book));
        XJ_TRY(xj_book_text(out->book, 0,
                            xj_str_printf(out->scratch, "%s · " XJ_FMT "：%s", table,
                                          XJ_ARG(out->chinese ? first : xj_str_c(heads[i].en)),
                                          out->chinese ? heads[i].help : heads[i].help_en),
                            out->scratch));
    }
    return NULL;
}

static xj_error *
put_notes(writing *out)
{
    static const double width = 110;
    const xj_str head =
        out->chinese
            ? XJ_STR("填写说明（本页不导入；列的顺序随意，不需要的列可以删去；空格不改动已有内容，"
                     "导入不会删除任何单位或人员）")
            : XJ_STR("How it is filled in (this sheet is not read; columns may stand in any order "
                     "or be "
                     "left out; an empty cell changes nothing, and nothing is ever removed)");
    const xj_book_layout layout = {.sheet = out->chinese ? "填写说明" : "Notes",
                                   .heads = &head,
                                   .widths = &width,
                                   .columns = 1,
                                   .repeat = 1};

    XJ_TRY(xj_book_next(out->book, &layout, out->scratch));
    XJ_TRY(put_help(out, xj_roster__unit_heads, out->chinese ? "单位" : "Units"));
    XJ_TRY(put_help(out, xj_roster__person_heads, out->chinese ? "人员" : "People"));
    return put_help(out, xj_roster__seat_heads, out->chinese ? "机构成员" : "Seats");
}

xj_error *
xj_roster_write(xj_str *bytes, xj_db *db, const xj_scope *scope, xj_date day, bool mobiles,
                bool chinese, xj_pool *result, xj_pool *scratch)
{
    struct xj_roster__work w = {.db = db, .pool = scratch};
    writing out = {.chinese = chinese, .scratch = scratch};
    char text[XJ_DATE_LEN];
    xj_book_layout layout;

    if (db != NULL) {
        w.tenant = scope->tenant;
        XJ_TRY(xj_roster__load(&w, xj_date_format(text, day)));
    }
    lay_out(&layout, xj_roster__unit_heads, "单位", "Units", chinese, scratch);
    XJ_TRY(xj_book_open(&out.book, &layout, scratch));
    out.columns = (int)layout.columns;
    if (db != NULL)
        XJ_TRY(put_units(&out, &w, scope));
    lay_out(&layout, xj_roster__person_heads, "人员", "People", chinese, scratch);
    XJ_TRY(xj_book_next(out.book, &layout, scratch));
    out.columns = (int)layout.columns;
    for (size_t i = 0; db != NULL && i < w.people.len; i++) {
        const xj_roster__person *p = w.people.entries[i].value;

        if (sees(scope, w.tenant, p))
            XJ_TRY(put_person(&out, p, mobiles));
    }
    lay_out(&layout, xj_roster__seat_heads, "机构成员", "Seats", chinese, scratch);
    XJ_TRY(xj_book_next(out.book, &layout, scratch));
    out.columns = (int)layout.columns;
    if (db != NULL)
        XJ_TRY(put_seats(&out, &w, scope, 0));
    XJ_TRY(put_notes(&out));
    return xj_book_end(bytes, out.book, result);
}

xj_error *
xj_roster_write_seats(xj_str *bytes, xj_db *db, int64_t tenant, xj_date day, int64_t body,
                      bool chinese, xj_pool *result, xj_pool *scratch)
{
    struct xj_roster__work w = {.db = db, .tenant = tenant, .pool = scratch};
    writing out = {.chinese = chinese, .scratch = scratch};
    char text[XJ_DATE_LEN];
    xj_book_layout layout;
    xj_seat *items;
    size_t n;

    if (body != 0)
        XJ_TRY(xj_seat_list(&items, &n, db, tenant, body, scratch));
    XJ_TRY(xj_roster__load(&w, xj_date_format(text, day)));
    lay_out(&layout, xj_roster__seat_heads, "机构成员", "Seats", chinese, scratch);
    XJ_TRY(xj_book_open(&out.book, &layout, scratch));
    out.columns = (int)layout.columns;
    XJ_TRY(put_seats(&out, &w, NULL, body));
    return xj_book_end(bytes, out.book, result);
}
