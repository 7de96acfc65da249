/* The directory as it stands, read whole. */
#include "roster/roster_priv.h"

/* ---- areas ---- */

static xj_error *
load_areas(struct xj_roster__work *w, xj_map *by_id, xj_str day)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_ROSTER_AREAS, "is", w->tenant, day));
    for (;;) {
        xj_roster__area *area;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        area = XJ_NEW(w->pool, xj_roster__area);
        area->id = xj_row_int(rows, 0);
        area->name = xj_row_text(rows, 1, w->pool);
        area->code = xj_row_text(rows, 2, w->pool);
        xj_map_set(&w->areas, area->name, area);
        if (area->code.len > 0)
            xj_map_set(&w->areas, area->code, area);
        xj_map_set(by_id, xj_str_printf(w->pool, "%lld", (long long)area->id), area);
    }
}

/* ---- units ---- */

static void *
by_number(const xj_map *map, int64_t id)
{
    char text[24];
    const int n = snprintf(text, sizeof text, "%lld", (long long)id);

    return xj_map_find(map, xj_str_of(text, (size_t)n));
}

static void
read_unit(xj_roster__unit *u, const xj_rows *rows, const xj_map *areas, xj_pool *pool)
{
    const xj_roster__area *area;

    u->id = xj_row_int(rows, 0);
    u->name = xj_row_text(rows, 1, pool);
    if (!xj_unit_kind_parse(&u->kind, xj_row_str(rows, 2)))
        u->kind = XJ_UNIT_OTHER;
    if (!xj_level_parse(&u->level, xj_row_str(rows, 3)))
        u->level = XJ_LEVEL_NONE;
    if (!xj_standing_parse(&u->standing, xj_row_str(rows, 4)))
        u->standing = XJ_STANDING_SUPERVISED;
    u->alias_id = xj_row_int(rows, 5);
    u->parent_id = xj_row_int(rows, 6);
    u->area = xj_row_int(rows, 7);
    u->credit_code = xj_row_text(rows, 8, pool);
    u->version = xj_row_int(rows, 9);
    area = by_number(areas, u->area);
    if (area != NULL)
        u->area_word = area->code.len > 0 ? area->code : area->name;
}

static xj_error *
load_units(struct xj_roster__work *w, xj_map *by_id, const xj_map *areas)
{
    xj_rows *rows;
    bool more = true;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_ROSTER_UNITS, "i", w->tenant));
    for (;;) {
        xj_roster__unit *u;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        u = XJ_NEW(w->pool, xj_roster__unit);
        read_unit(u, rows, areas, w->pool);
        xj_roster__add_unit(w, u);
        xj_map_set(by_id, xj_str_printf(w->pool, "%lld", (long long)u->id), u);
    }
    for (size_t i = 0; i < w->units.len; i++) {
        xj_roster__unit *u = w->units.entries[i].value;

        u->alias_of = by_number(by_id, u->alias_id);
        u->parent = by_number(by_id, u->parent_id);
        if (u->alias_of != NULL)
            u->alias_of->stands_for = true;
    }
    return NULL;
}

xj_roster__unit *
xj_roster__unit_named(const struct xj_roster__work *w, xj_str name)
{
    xj_roster__unit *u = xj_map_find(&w->units, name);

    return u != NULL && u->alias_of != NULL ? u->alias_of : u;
}

void
xj_roster__add_unit(struct xj_roster__work *w, xj_roster__unit *unit)
{
    xj_map_set(&w->units, unit->name, unit);
}

/* ---- people ---- */

void
xj_roster__add_person(struct xj_roster__work *w, xj_roster__person *person)
{
    void **slot = xj_map_slot(&w->named, person->text[XJ_PERSON_FIELD_NAME]);
    xj_roster__people *same;

    if (*slot == NULL)
        *slot = XJ_NEW(w->pool, xj_roster__people);
    same = *slot;
    xj_vec_push(same, w->pool, person);
    xj_map_set(&w->people, person->key, person);
}

static xj_error *
load_people(struct xj_roster__work *w, xj_map *by_id)
{
    static const struct {
        xj_person_field field;
        int col;
    } texts[] = {{XJ_PERSON_FIELD_NAME, 3},  {XJ_PERSON_FIELD_JOB, 4},
                 {XJ_PERSON_FIELD_PHONE, 5}, {XJ_PERSON_FIELD_MOBILE, 6},
                 {XJ_PERSON_FIELD_MAIL, 7},  {XJ_PERSON_FIELD_ACCOUNT, 1}};
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_ROSTER_PEOPLE, "i", w->tenant));
    for (;;) {
        xj_roster__person *p;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        p = XJ_NEW(w->pool, xj_roster__person);
        p->id = xj_row_int(rows, 0);
        p->key = xj_row_text(rows, 2, w->pool);
        p->version = xj_row_int(rows, 8);
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
            p->text[texts[i].field] = xj_row_text(rows, texts[i].col, w->pool);
        p->account = p->text[XJ_PERSON_FIELD_ACCOUNT];
        xj_roster__add_person(w, p);
        xj_map_set(by_id, xj_str_printf(w->pool, "%lld", (long long)p->id), p);
    }
}

static xj_error *
load_posts(struct xj_roster__work *w, const xj_map *people, const xj_map *units, xj_str day)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_ROSTER_POSTS, "is", w->tenant, day));
    for (;;) {
        xj_roster__held held = {0};
        xj_roster__person *p;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        p = by_number(people, xj_row_int(rows, 0));
        held.unit = by_number(units, xj_row_int(rows, 2));
        if (p != NULL && xj_role_parse(&held.role, xj_row_str(rows, 1)))
            xj_vec_push(&p->held, w->pool, held);
    }
}

/* ---- seats ---- */

static xj_error *
load_seats(struct xj_roster__work *w, const xj_map *units)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, w->db, SQL_ROSTER_SEATS, "i", w->tenant));
    for (;;) {
        xj_roster__seat *seat;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        seat = XJ_NEW(w->pool, xj_roster__seat);
        *seat = (xj_roster__seat){.id = xj_row_int(rows, 0),
                                  .body = by_number(units, xj_row_int(rows, 1)),
                                  .unit = by_number(units, xj_row_int(rows, 3)),
                                  .person = xj_row_text(rows, 4, w->pool),
                                  .job = xj_row_text(rows, 5, w->pool),
                                  .from = xj_row_text(rows, 6, w->pool),
                                  .to = xj_row_text(rows, 7, w->pool),
                                  .version = xj_row_int(rows, 8)};
        if (seat->body == NULL || !xj_seat_role_parse(&seat->role, xj_row_str(rows, 2)))
            continue;
        /* What sits under a name that stands for another sits for the other. */
        if (seat->unit != NULL && seat->unit->alias_of != NULL)
            seat->unit = seat->unit->alias_of;
        seat->body->seats++;
        xj_vec_push(&w->seats, w->pool, seat);
    }
}

xj_error *
xj_roster__load(struct xj_roster__work *w, xj_str day)
{
    xj_map areas, units, people;

    xj_map_init(&areas, w->pool);
    xj_map_init(&units, w->pool);
    xj_map_init(&people, w->pool);
    xj_map_init(&w->units, w->pool);
    xj_map_init(&w->people, w->pool);
    xj_map_init(&w->named, w->pool);
    xj_map_init(&w->areas, w->pool);
    XJ_TRY(load_areas(w, &areas, day));
    XJ_TRY(load_units(w, &units, &areas));
    w->day = day;
    XJ_TRY(load_people(w, &people));
    XJ_TRY(load_posts(w, &people, &units, day));
    return load_seats(w, &units);
}
