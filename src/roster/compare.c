/* What a file would change: a line for each row, and a token for all of them. */
#include "roster/roster_priv.h"

#include <sodium.h>

const char *
xj_roster_act_word(xj_roster_act act)
{
    static const char *const words[] = {"add", "change", "same", "wrong"};

    return words[act];
}

const char *
xj_roster_what_word(xj_roster_what what)
{
    static const char *const words[] = {"unit", "person", "seat"};

    return words[what];
}

void
xj_roster__wrong(xj_roster_line *line, const char *problem, int field, xj_str about)
{
    if (line->problem != NULL)
        return; /* the first is said */
    line->problem = problem;
    line->col = field < 0 ? 0 : line->row->table->col[field];
    line->about = about;
}

void
xj_roster__diff(struct xj_roster__work *work, xj_roster_line *line, const char *field, xj_str old,
                xj_str now)
{
    if (line->diffs == NULL)
        line->diffs = XJ_NEW_ARRAY(work->pool, xj_roster_diff, XJ_ROSTER_CELLS);
    XJ_ASSERT(line->ndiffs < XJ_ROSTER_CELLS);
    line->diffs[line->ndiffs++] = (xj_roster_diff){field, old, now};
}

/* Whether line I makes a unit, an account or a seat. */
static bool
adds(const struct xj_roster__work *w, size_t i)
{
    const xj_roster__deed *deed = &w->deeds[i];

    switch (w->plan->lines[i].row->table->what) {
    case XJ_ROSTER_UNIT:
        return deed->unit->id == 0;
    case XJ_ROSTER_PERSON:
        return w->plan->lines[i].opens;
    case XJ_ROSTER_SEAT:
        return deed->seat->id == 0;
    }
    return false;
}

static void
finish(struct xj_roster__work *w)
{
    xj_roster_plan *plan = w->plan;

    for (size_t i = 0; i < plan->nlines; i++) {
        xj_roster_line *line = &plan->lines[i];

        if (line->problem != NULL)
            line->act = XJ_ROSTER_WRONG;
        else if (adds(w, i))
            line->act = XJ_ROSTER_ADD;
        else
            line->act = line->ndiffs > 0 ? XJ_ROSTER_CHANGE : XJ_ROSTER_SAME;
        if (line->act == XJ_ROSTER_WRONG) {
            line->ndiffs = 0;
            line->opens = false;
        }
        plan->count[line->act]++;
        plan->naccounts += line->opens;
    }
}

/* ---- the token ---- */

static void
add_text(crypto_hash_sha256_state *state, xj_str text)
{
    const uint64_t len = text.len;

    crypto_hash_sha256_update(state, (const unsigned char *)&len, sizeof len);
    if (text.len > 0)
        crypto_hash_sha256_update(state, (const unsigned char *)text.data, text.len);
}

static void
make_token(xj_roster_plan *plan, const xj_roster *roster)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, roster->hash, sizeof roster->hash);
    for (size_t i = 0; i < plan->nlines; i++) {
        const xj_roster_line *line = &plan->lines[i];

        add_text(&state, xj_str_c(xj_roster_act_word(line->act)));
        add_text(&state, line->name);
        add_text(&state, line->account);
        add_text(&state, line->unit);
        add_text(&state, line->problem == NULL ? XJ_STR("") : xj_str_c(line->problem));
        for (size_t k = 0; k < line->ndiffs; k++) {
            add_text(&state, xj_str_c(line->diffs[k].field));
            add_text(&state, line->diffs[k].old);
            add_text(&state, line->diffs[k].now);
        }
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(plan->token, sizeof plan->token, hash, sizeof hash);
}

xj_error *
xj_roster_compare(xj_roster_plan **made, xj_db *db, int64_t tenant, xj_date day,
                  const xj_roster *roster, bool administer, xj_pool *pool)
{
    xj_roster_plan *plan = XJ_NEW(pool, xj_roster_plan);
    struct xj_roster__work *w = XJ_NEW(pool, struct xj_roster__work);
    char text[XJ_DATE_LEN];
    size_t of[XJ_ROSTER_WHATS] = {0};

    w->db = db;
    w->tenant = tenant;
    w->pool = pool;
    w->administer = administer;
    w->plan = plan;
    plan->work = w;
    plan->nlines = roster->nrows;
    plan->lines = XJ_NEW_ARRAY(pool, xj_roster_line, plan->nlines + 1);
    w->deeds = XJ_NEW_ARRAY(pool, xj_roster__deed, plan->nlines + 1);
    for (size_t i = 0; i < plan->nlines; i++) {
        plan->lines[i].row = &roster->rows[i];
        plan->lines[i].name = roster->rows[i].cell[0];
        of[roster->rows[i].table->what]++;
    }
    XJ_TRY(xj_roster__load(w, xj_str_dup(xj_date_format(text, day), pool)));
    xj_roster__compare_units(w, of[XJ_ROSTER_UNIT]);
    XJ_TRY(xj_roster__compare_people(w, of[XJ_ROSTER_UNIT],
                                     of[XJ_ROSTER_UNIT] + of[XJ_ROSTER_PERSON]));
    xj_roster__compare_seats(w, of[XJ_ROSTER_UNIT] + of[XJ_ROSTER_PERSON]);
    finish(w);
    make_token(plan, roster);
    *made = plan;
    return NULL;
}
