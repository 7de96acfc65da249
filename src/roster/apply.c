/* What was looked at is done: in one command, the rows that are wrong left out. */
#include "notice/notice.h"
#include "roster/roster_priv.h"

typedef struct doing {
    xj_tx *tx;
    struct xj_roster__work *w;
    const xj_str *hashes;
    size_t nhashes, used;
} doing;

static bool
is_done(const doing *d, size_t i, xj_roster_what what)
{
    const xj_roster_line *line = &d->w->plan->lines[i];

    return line->row->table->what == what && line->problem == NULL;
}

/* ---- units ---- */

/* The names that the directory has not: of units, and of what stands for them. */
static xj_error *
make_units(doing *d)
{
    XJ_VEC(xj_roster__unit *) fresh = {0};
    xj_pool *pool = d->w->pool;
    xj_str *names;
    int64_t *ids;

    for (size_t i = 0; i < d->w->plan->nlines; i++) {
        const xj_roster__deed *deed = &d->w->deeds[i];

        if (!is_done(d, i, XJ_ROSTER_UNIT))
            continue;
        if (deed->unit->id == 0)
            xj_vec_push(&fresh, pool, deed->unit);
        for (size_t k = 0; k < deed->aliases.len; k++)
            if (deed->aliases.items[k]->id == 0)
                xj_vec_push(&fresh, pool, deed->aliases.items[k]);
    }
    names = XJ_NEW_ARRAY(pool, xj_str, fresh.len + 1);
    ids = XJ_NEW_ARRAY(pool, int64_t, fresh.len + 1);
    for (size_t i = 0; i < fresh.len; i++)
        names[i] = fresh.items[i]->name;
    XJ_TRY(xj_unit_resolve_all(ids, d->tx, names, fresh.len));
    for (size_t i = 0; i < fresh.len; i++)
        fresh.items[i]->id = ids[i];
    return NULL;
}

static xj_error *
change_unit(doing *d, xj_roster__unit *u, const xj_unit_change *change)
{
    XJ_TRY(xj_unit_change_do(d->tx, u->id, u->version, change));
    u->version++;
    return NULL;
}

/* Units that go elsewhere leave first: on the way no two may be a part of each other. */
static xj_error *
leave_parents(doing *d)
{
    static const int64_t none;

    for (size_t i = 0; i < d->w->plan->nlines; i++) {
        xj_roster__deed *deed = &d->w->deeds[i];

        if (is_done(d, i, XJ_ROSTER_UNIT) && deed->set[XJ_UNIT_FIELD_PARENT] &&
            deed->unit->parent_id != 0)
            XJ_TRY(change_unit(d, deed->unit, &(xj_unit_change){.parent = &none}));
    }
    return NULL;
}

static xj_error *
set_unit(doing *d, const xj_roster__deed *deed)
{
    const xj_roster__unit *u = deed->unit;
    const int64_t parent = u->parent == NULL ? 0 : u->parent->id;
    xj_unit_change change = {0};
    bool any = false;

    for (int f = 0; f < XJ_ROSTER_CELLS; f++)
        any = any || deed->set[f];
    if (!any)
        return NULL;
    if (deed->set[XJ_UNIT_FIELD_KIND])
        change.kind = &u->kind;
    if (deed->set[XJ_UNIT_FIELD_LEVEL])
        change.level = &u->level;
    if (deed->set[XJ_UNIT_FIELD_STANDING])
        change.standing = &u->standing;
    if (deed->set[XJ_UNIT_FIELD_AREA])
        change.area = &u->area;
    if (deed->set[XJ_UNIT_FIELD_CREDIT_CODE])
        change.credit_code = &u->credit_code;
    if (deed->set[XJ_UNIT_FIELD_PARENT])
        change.parent = &parent;
    return change_unit(d, deed->unit, &change);
}

static xj_error *
do_units(doing *d)
{
    XJ_TRY(make_units(d));
    XJ_TRY(leave_parents(d));
    for (size_t i = 0; i < d->w->plan->nlines; i++)
        if (is_done(d, i, XJ_ROSTER_UNIT))
            XJ_TRY(set_unit(d, &d->w->deeds[i]));
    for (size_t i = 0; i < d->w->plan->nlines; i++) {
        const xj_roster__deed *deed = &d->w->deeds[i];

        for (size_t k = 0; is_done(d, i, XJ_ROSTER_UNIT) && k < deed->aliases.len; k++)
            XJ_TRY(xj_alias_confirm(d->tx, deed->aliases.items[k]->id, deed->unit->id));
    }
    return NULL;
}

/* ---- people ---- */

static xj_error *
open_account(doing *d, xj_roster__person *p)
{
    XJ_ASSERT(d->used < d->nhashes);
    return xj_person_add(&p->id, d->tx, p->account, p->text[XJ_PERSON_FIELD_NAME],
                         d->hashes[d->used++]);
}

static xj_error *
set_texts(doing *d, const xj_roster__deed *deed)
{
    xj_roster__person *p = deed->person;
    xj_person_change change = {0};

    if (deed->set[XJ_PERSON_FIELD_NAME])
        change.display_name = p->text[XJ_PERSON_FIELD_NAME];
    if (deed->set[XJ_PERSON_FIELD_JOB])
        change.job = p->text[XJ_PERSON_FIELD_JOB];
    if (deed->set[XJ_PERSON_FIELD_PHONE])
        change.phone = p->text[XJ_PERSON_FIELD_PHONE];
    if (deed->set[XJ_PERSON_FIELD_MOBILE])
        change.mobile = p->text[XJ_PERSON_FIELD_MOBILE];
    if (change.display_name.data == NULL && change.job.data == NULL && change.phone.data == NULL &&
        change.mobile.data == NULL)
        return NULL;
    XJ_TRY(xj_person_change_do(d->tx, p->id, p->version, &change));
    p->version++;
    return NULL;
}

/* Mail goes to the new address from now on; who turned it off keeps it off. */
static xj_error *
set_mail(doing *d, const xj_roster__person *p)
{
    xj_channel_row rows[XJ_CHANNELS], *mail = &rows[XJ_CHANNEL_MAIL];

    XJ_TRY(xj_channel_list(rows, xj_tx_db(d->tx), xj_tx_tenant(d->tx), p->id, d->w->pool));
    mail->channel = XJ_CHANNEL_MAIL;
    mail->address = p->text[XJ_PERSON_FIELD_MAIL];
    if (mail->version == 0) {
        mail->wanted = true;
        mail->language = XJ_STR("zh");
    }
    return xj_channel_set(d->tx, p->id, mail);
}

static xj_error *
do_person(doing *d, const xj_roster_line *line, const xj_roster__deed *deed)
{
    xj_post post = {.role = deed->post.role};
    int64_t id;

    if (line->opens)
        XJ_TRY(open_account(d, deed->person));
    XJ_TRY(set_texts(d, deed));
    if (deed->set[XJ_PERSON_FIELD_MAIL])
        XJ_TRY(set_mail(d, deed->person));
    if (!deed->post_new)
        return NULL;
    post.person = deed->person->id;
    post.unit = deed->post.unit == NULL ? 0 : deed->post.unit->id;
    return xj_post_add(&id, d->tx, &post);
}

/* ---- seats ---- */

static bool
changes(const xj_roster_line *line, xj_seat_field field)
{
    for (size_t i = 0; i < line->ndiffs; i++)
        if (strcmp(line->diffs[i].field, xj_roster__seat_heads[field].word) == 0)
            return true;
    return false;
}

static xj_error *
do_seat(doing *d, const xj_roster_line *line, const xj_roster__seat *s)
{
    const xj_str to = xj_str_eq(s->to, XJ_STR("9999-12-31")) ? XJ_STR_NONE : s->to;
    const xj_seat seat = {.body = s->body->id,
                          .unit = s->unit == NULL ? 0 : s->unit->id,
                          .role = xj_str_c(xj_seat_role_word(s->role)),
                          .person = s->person,
                          .job = s->job,
                          .from = s->from,
                          .to = to};
    int64_t id;

    if (s->id == 0)
        return xj_seat_add(&id, d->tx, &seat);
    if (line->ndiffs == 0)
        return NULL;
    return xj_seat_change(d->tx, seat.body, s->id, s->version, s->job,
                          changes(line, XJ_SEAT_FIELD_TO) ? to : XJ_STR_NONE);
}

xj_error *
xj_roster_apply(xj_roster_plan **made, xj_tx *tx, const xj_roster *roster, bool administer,
                xj_str token, const xj_str *hashes, size_t nhashes)
{
    doing d = {.tx = tx, .hashes = hashes, .nhashes = nhashes};
    xj_roster_plan *plan;

    XJ_TRY(xj_roster_compare(&plan, xj_tx_db(tx), xj_tx_tenant(tx), xj_org_day(xj_tx_now(tx)),
                             roster, administer, xj_tx_pool(tx)));
    if (!xj_str_eq(token, xj_str_c(plan->token)) || plan->naccounts != nhashes)
        return xj_error_new(XJ_E_STALE, "units or people have changed since this file was looked "
                                        "at; look at it again");
    d.w = plan->work;
    XJ_TRY(do_units(&d));
    for (size_t i = 0; i < plan->nlines; i++)
        if (is_done(&d, i, XJ_ROSTER_PERSON))
            XJ_TRY(do_person(&d, &plan->lines[i], &d.w->deeds[i]));
    for (size_t i = 0; i < plan->nlines; i++)
        if (is_done(&d, i, XJ_ROSTER_SEAT))
            XJ_TRY(do_seat(&d, &plan->lines[i], d.w->deeds[i].seat));
    xj_tx_subject(tx, "directory", xj_tx_tenant(tx));
    *made = plan;
    return NULL;
}
