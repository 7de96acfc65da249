/* Rows of people against the directory: an account each, its posts. */
#include "net/net.h"
#include "roster/roster_priv.h"

#define SAME_NAME_MAX 1000 /* accounts that are called by one name */

/* What a row names besides texts. */
typedef struct said {
    xj_roster__unit *unit;
    bool has_role;
    xj_role role;
} said;

/* ---- unit and role ---- */

static void
take_place(said *s, const struct xj_roster__work *w, xj_roster_line *line)
{
    const xj_str unit = line->row->cell[XJ_PERSON_FIELD_UNIT];
    const xj_str role = line->row->cell[XJ_PERSON_FIELD_ROLE];

    *s = (said){0};
    if (unit.len > 0) {
        s->unit = xj_roster__unit_named(w, unit);
        if (s->unit == NULL)
            xj_roster__wrong(line, "unit_unknown", XJ_PERSON_FIELD_UNIT, unit);
        else if (s->unit->broken)
            xj_roster__wrong(line, "unit_wrong", XJ_PERSON_FIELD_UNIT, unit);
        else if (s->unit->kind == XJ_UNIT_GROUP)
            xj_roster__wrong(line, "unit_group", XJ_PERSON_FIELD_UNIT, unit);
    }
    if (role.len == 0)
        return;
    s->has_role = true;
    if (!xj_roster__role_of(&s->role, role))
        xj_roster__wrong(line, "role_unknown", XJ_PERSON_FIELD_ROLE, role);
    else if (xj_role_needs_unit(s->role) && s->unit == NULL)
        xj_roster__wrong(line, "unit_missing", XJ_PERSON_FIELD_UNIT, role);
    else if (s->role == XJ_ROLE_ADMINISTRATOR && !w->administer)
        xj_roster__wrong(line, "administrator", XJ_PERSON_FIELD_ROLE, role);
}

/* ---- which account ---- */

static xj_str
key_of(xj_str account, xj_pool *pool)
{
    char *out = xj_alloc(pool, account.len + 1);

    for (size_t i = 0; i < account.len; i++)
        out[i] = account.data[i] >= 'A' && account.data[i] <= 'Z'
                     ? (char)(account.data[i] + ('a' - 'A'))
                     : account.data[i];
    return xj_str_of(out, account.len);
}

static bool
text_ok(xj_str text, size_t max)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return false;
    return xj_utf8_count(text) <= max;
}

static bool
account_ok(xj_str account)
{
    size_t pos = 0;

    while (pos < account.len) {
        const uint32_t cp = xj_utf8_next(account, &pos);

        if (cp == ' ' || cp == 0x3000 || cp == 0xA0 || cp == '/' || cp == '\\')
            return false;
    }
    return text_ok(account, XJ_PERSON_NAME_MAX);
}

/* Accounts are one name space over all jurisdictions. */
static xj_error *
is_taken(bool *taken, const struct xj_roster__work *w, xj_str account)
{
    xj_person person;
    xj_error *err;
    xj_str hash;

    *taken = true;
    if (xj_map_find(&w->people, key_of(account, w->pool)) != NULL)
        return NULL;
    err = xj_person_find(&person, &hash, w->db, account, w->pool);
    if (!xj_error_is(err, XJ_E_NOT_FOUND))
        return err;
    xj_error_clear(err);
    *taken = false;
    return NULL;
}

static bool
holds(const xj_roster__person *p, const said *s, bool role_too)
{
    for (size_t i = 0; i < p->held.len; i++)
        if (p->held.items[i].unit == s->unit && (!role_too || p->held.items[i].role == s->role))
            return true;
    return false;
}

static bool
administers(const xj_roster__person *p)
{
    for (size_t i = 0; i < p->held.len; i++)
        if (p->held.items[i].role == XJ_ROLE_ADMINISTRATOR)
            return true;
    return false;
}

/* The person of LINE by name and unit (without a unit: by the post); NULL: none, or it is wrong. */
static xj_roster__person *
by_name(const struct xj_roster__work *w, xj_roster_line *line, const said *s)
{
    const xj_roster__people *same = xj_map_find(&w->named, line->name);
    xj_roster__person *found = NULL;

    for (size_t i = 0; same != NULL && i < same->len; i++) {
        if (!holds(same->items[i], s, s->unit == NULL))
            continue;
        if (found != NULL) {
            xj_roster__wrong(line, "ambiguous", XJ_PERSON_FIELD_NAME, line->name);
            return NULL;
        }
        found = same->items[i];
    }
    return found;
}

/* An account for LINE's new person: the one that it names, else the name, with a number where that
 * is taken. */
static xj_error *
make_person(xj_roster__person **made, struct xj_roster__work *w, xj_roster_line *line)
{
    const xj_str wanted = line->row->cell[XJ_PERSON_FIELD_ACCOUNT];
    const xj_str base = wanted.len > 0 ? wanted : line->name;
    xj_roster__person *p = XJ_NEW(w->pool, xj_roster__person);
    bool taken;

    p->account = base;
    p->version = 1;
    XJ_TRY(is_taken(&taken, w, base));
    if (taken && wanted.len > 0)
        xj_roster__wrong(line, "account_taken", XJ_PERSON_FIELD_ACCOUNT, wanted);
    for (int n = 2; taken && wanted.len == 0; n++) {
        if (n > SAME_NAME_MAX) {
            xj_roster__wrong(line, "account_taken", XJ_PERSON_FIELD_NAME, base);
            break;
        }
        p->account = xj_str_printf(w->pool, XJ_FMT "%d", XJ_ARG(base), n);
        XJ_TRY(is_taken(&taken, w, p->account));
    }
    if (!account_ok(p->account))
        xj_roster__wrong(line, "account_bad", wanted.len > 0 ? XJ_PERSON_FIELD_ACCOUNT : 0,
                         p->account);
    p->key = key_of(p->account, w->pool);
    p->text[XJ_PERSON_FIELD_NAME] = line->name;
    p->broken = line->problem != NULL;
    *made = p;
    return NULL;
}

static xj_error *
find_person(xj_roster__person **found, struct xj_roster__work *w, xj_roster_line *line,
            const said *s)
{
    const xj_str account = line->row->cell[XJ_PERSON_FIELD_ACCOUNT];

    *found =
        account.len > 0 ? xj_map_find(&w->people, key_of(account, w->pool)) : by_name(w, line, s);
    if (*found != NULL || line->problem != NULL)
        return NULL;
    if (!s->has_role) {
        xj_roster__wrong(line, "role_missing", XJ_PERSON_FIELD_ROLE, XJ_STR(""));
        return NULL;
    }
    XJ_TRY(make_person(found, w, line));
    if (line->problem != NULL)
        return NULL;
    line->opens = true;
    xj_roster__add_person(w, *found);
    return NULL;
}

/* ---- texts ---- */

static const struct {
    xj_person_field field;
    size_t max;
} texts[] = {{XJ_PERSON_FIELD_NAME, XJ_DISPLAY_NAME_MAX},
             {XJ_PERSON_FIELD_JOB, XJ_JOB_MAX},
             {XJ_PERSON_FIELD_PHONE, XJ_PHONE_MAX},
             {XJ_PERSON_FIELD_MOBILE, XJ_PHONE_MAX},
             {XJ_PERSON_FIELD_MAIL, XJ_ROSTER_CELL_MAX}};
#define TEXTS (sizeof texts / sizeof *texts)

static void
check_texts(xj_roster_line *line)
{
    for (size_t i = 0; i < TEXTS; i++) {
        const xj_str cell = line->row->cell[texts[i].field];

        if (cell.len > 0 && !text_ok(cell, texts[i].max))
            xj_roster__wrong(line, "text_bad", texts[i].field, XJ_STR(""));
    }
    if (line->row->cell[XJ_PERSON_FIELD_MAIL].len > 0 &&
        !xj_mail_address_ok(line->row->cell[XJ_PERSON_FIELD_MAIL]))
        xj_roster__wrong(line, "mail_bad", XJ_PERSON_FIELD_MAIL,
                         line->row->cell[XJ_PERSON_FIELD_MAIL]);
}

/* Two rows that say different things of one person. */
static void
check_others(const xj_roster__person *p, xj_roster_line *line)
{
    for (size_t i = 0; i < TEXTS; i++) {
        const xj_person_field f = texts[i].field;

        if (line->row->cell[f].len > 0 && p->said[f] != NULL &&
            !xj_str_eq(line->row->cell[f], p->text[f]))
            xj_roster__wrong(line, "contradicts", f, p->text[f]);
    }
}

/* A number that is not shown whole: who reads it says so in the journal elsewhere. */
static xj_str
in_part(xj_str number, xj_pool *pool)
{
    return number.len < 8
               ? xj_str_c(number.len == 0 ? "" : "****")
               : xj_str_printf(pool, XJ_FMT "****" XJ_FMT, XJ_ARG(xj_str_sub(number, 0, 3)),
                               XJ_ARG(xj_str_skip(number, number.len - 4)));
}

static void
take_texts(struct xj_roster__work *w, size_t i)
{
    xj_roster_line *line = &w->plan->lines[i];
    xj_roster__person *p = w->deeds[i].person;

    for (size_t k = 0; k < TEXTS; k++) {
        const xj_person_field f = texts[k].field;
        const xj_str now = line->row->cell[f], old = p->text[f];

        if (now.len == 0)
            continue;
        p->said[f] = line;
        if (xj_str_eq(now, old))
            continue;
        xj_roster__diff(w, line, xj_roster__person_heads[f].word,
                        f == XJ_PERSON_FIELD_MOBILE ? in_part(old, w->pool) : old, now);
        w->deeds[i].set[f] = true;
        p->text[f] = now;
    }
}

static void
take_post(struct xj_roster__work *w, size_t i, const said *s)
{
    xj_roster_line *line = &w->plan->lines[i];
    xj_roster__person *p = w->deeds[i].person;
    const char *role;

    if (!s->has_role || holds(p, s, true))
        return;
    role = xj_roster__role(s->role, true);
    w->deeds[i].post = (xj_roster__held){s->role, s->unit};
    w->deeds[i].post_new = true;
    xj_vec_push(&p->held, w->pool, w->deeds[i].post);
    xj_roster__diff(w, line, xj_roster__person_heads[XJ_PERSON_FIELD_ROLE].word, XJ_STR(""),
                    s->unit == NULL
                        ? xj_str_c(role)
                        : xj_str_printf(w->pool, "%s（" XJ_FMT "）", role, XJ_ARG(s->unit->name)));
}

static xj_error *
take_person(struct xj_roster__work *w, size_t i)
{
    xj_roster_line *line = &w->plan->lines[i];
    xj_roster__person *p;
    said s;

    if (line->name.len == 0) {
        xj_roster__wrong(line, "name_missing", XJ_PERSON_FIELD_NAME, XJ_STR(""));
        return NULL;
    }
    check_texts(line);
    take_place(&s, w, line);
    if (line->problem != NULL)
        return NULL;
    XJ_TRY(find_person(&p, w, line, &s));
    if (line->problem != NULL)
        return NULL;
    w->deeds[i].person = p;
    line->account = p->account;
    line->unit = s.unit == NULL ? XJ_STR("") : s.unit->name;
    check_others(p, line);
    if (administers(p) && !w->administer)
        xj_roster__wrong(line, "administrator", XJ_PERSON_FIELD_ACCOUNT, p->account);
    if (s.has_role && !holds(p, &s, true) && p->held.len >= XJ_POSTS_HELD_MAX)
        xj_roster__wrong(line, "posts_many", XJ_PERSON_FIELD_ROLE, XJ_STR(""));
    if (line->problem != NULL)
        return NULL;
    take_texts(w, i);
    take_post(w, i, &s);
    return NULL;
}

xj_error *
xj_roster__compare_people(struct xj_roster__work *w, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        XJ_TRY(take_person(w, i));
    return NULL;
}
