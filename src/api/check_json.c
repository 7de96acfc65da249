/* The check page as the contract has it: the version with its rows, tables, steps, memory. */
#include "api/plan_json.h"

#include "api/api_priv.h"

static void
ids(xj_json *w, const char *key, const int64_t *items, size_t n)
{
    xj_json_key(w, key);
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_int(w, items[i]);
    xj_json_end_array(w);
}

static void
tasks(xj_json *w, const xj_task *items, size_t n)
{
    xj_json_key(w, "tasks");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++)
        xj_json_task(w, &items[i]);
    xj_json_end_array(w);
}

static void
others(xj_json *w, const bool *which)
{
    xj_json_key(w, "others");
    xj_json_array(w);
    for (int i = 0; i < XJ_OTHERS; i++) {
        if (which[i])
            xj_json_str(w, xj_str_c(xj_other_words[i]));
    }
    xj_json_end_array(w);
}

/* ---- the whole ---- */

void
xj_json_check(xj_json *w, const xj_check *check)
{
    static const char *const places[] = {"title", "doc_no", "issuer", "issued_on", "jurisdiction"};

    xj_json_object(w);
    xj_json_key(w, "version");
    xj_json_version(w, check->version);
    xj_json_key(w, "head_places");
    xj_json_object(w);
    for (int i = 0; i < 5; i++)
        xj_json_place(w, places[i], check->head[i]);
    xj_json_end_object(w);
    tasks(w, check->tasks, check->ntasks);
    xj_json_key(w, "targets");
    xj_json_array(w);
    for (size_t i = 0; i < check->ntargets; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "action_no", check->targets[i].action_no);
        xj_json_key(w, "target");
        xj_json_target(w, &check->targets[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key_int(w, "steps", check->steps);
    xj_json_end_object(w);
}

/* ---- tables ---- */

static void
group(xj_json *w, const xj_check_group *g, int what)
{
    xj_json_object(w);
    xj_json_key_str(w, "like", g->like);
    ids(w, "tasks", g->tasks, g->ntasks);
    if (what == XJ_CONFIRM_LEAD) {
        xj_json_key(w, "units");
        xj_json_array(w);
        for (size_t i = 0; i < g->first->nunits; i++)
            xj_json_str(w, g->first->units[i].name);
        xj_json_end_array(w);
        xj_json_key_str(w, "lead", g->first->lead_proposed);
    }
    if (what == XJ_CONFIRM_DEADLINE) {
        xj_json_key(w, "deadline");
        xj_json_deadline(w, &g->first->row, NULL);
    }
    xj_json_key_str(w, "phrase", g->phrase);
    xj_json_end_object(w);
}

void
xj_json_check_tables(xj_json *w, const xj_check_tables *t)
{
    static const char *const names[XJ_CONFIRMS] = {"leads", "owners", "deadlines", "cadences"};

    xj_json_object(w);
    for (int what = 0; what < XJ_CONFIRMS; what++) {
        xj_json_key(w, names[what]);
        xj_json_array(w);
        for (size_t i = 0; i < t->lists[what].n; i++)
            group(w, &t->lists[what].items[i], what);
        xj_json_end_array(w);
    }
    xj_json_key(w, "aliases");
    xj_json_array(w);
    for (size_t i = 0; i < t->naliases; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "alias", t->aliases[i].alias);
        xj_json_key_int(w, "alias_id", t->aliases[i].alias_id);
        xj_json_key_str(w, "unit", t->aliases[i].unit);
        xj_json_key_int(w, "unit_id", t->aliases[i].unit_id);
        xj_json_key_int(w, "score", t->aliases[i].score);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_key(w, "groups");
    xj_json_array(w);
    for (size_t i = 0; i < t->ngroups; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "id", t->groups[i].id);
        xj_json_key_str(w, "name", t->groups[i].name);
        xj_json_key_int(w, "tasks", t->groups[i].tasks);
        xj_json_key(w, "members");
        xj_json_array(w);
        for (size_t j = 0; j < t->groups[i].nmembers; j++)
            xj_json_str(w, t->groups[i].members[j]);
        xj_json_end_array(w);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

/* ---- steps ---- */

void
xj_json_step(xj_json *w, const xj_step *step)
{
    xj_json_object(w);
    xj_json_key_int(w, "no", step->no);
    xj_json_key_raw(w, "ops", step->ops);
    xj_json_key_str(w, "by", step->by);
    xj_api_key_instant_or_null(w, "at", step->at);
    xj_json_key_str(w, "why", step->why);
    xj_json_key_id(w, "to", step->to);
    xj_json_key_int(w, "rows", step->rows);
    xj_json_end_object(w);
}

void
xj_json_step_whole(xj_json *w, const xj_step *step, const xj_step_row *rows, size_t n)
{
    xj_json_object(w);
    xj_json_key(w, "step");
    xj_json_step(w, step);
    xj_json_key(w, "rows");
    xj_json_array(w);
    for (size_t i = 0; i < n; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "kind", rows[i].kind);
        xj_json_key_int(w, "id", rows[i].id);
        xj_json_key_raw(w, "before", rows[i].before);
        xj_json_key_raw(w, "after", rows[i].after);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    xj_json_end_object(w);
}

void
xj_json_changes(xj_json *w, const xj_changes *c)
{
    xj_json_object(w);
    xj_json_key_int(w, "version", c->version);
    xj_json_key(w, "steps");
    xj_json_array(w);
    for (size_t i = 0; i < c->nsteps; i++) {
        xj_json_object(w);
        xj_json_key(w, "step");
        xj_json_step(w, &c->steps[i]);
        ids(w, "tasks", c->step_tasks[i], c->nstep_tasks[i]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    tasks(w, c->tasks, c->ntasks);
    ids(w, "removed", c->removed, c->nremoved);
    others(w, c->others);
    xj_json_key_bool(w, "more", c->more);
    xj_json_end_object(w);
}

void
xj_json_edited(xj_json *w, const xj_edited *done, const xj_version *version, const xj_task *items,
               size_t n, size_t limit, xj_pool *scratch)
{
    bool more = done->ntasks > XJ_RESULT_TASKS_MAX;
    xj_buf rows;
    xj_json r;

    xj_buf_init(&rows, scratch, limit);
    xj_json_init(&r, &rows);
    xj_json_array(&r);
    for (size_t i = 0; i < n && !more; i++)
        xj_json_task(&r, &items[i]);
    xj_json_end_array(&r);
    more = more || rows.full;
    xj_json_object(w);
    xj_json_key_int(w, "step", done->step);
    xj_json_key(w, "summary");
    xj_json_version_summary(w, version);
    xj_json_key_raw(w, "tasks", more ? XJ_STR("[]") : xj_buf_str(&rows));
    ids(w, "removed", done->removed, done->nremoved);
    xj_json_key(w, "moved");
    xj_json_array(w);
    for (size_t i = 0; i < done->nmoved; i++) {
        xj_json_object(w);
        xj_json_key_int(w, "from", done->moved[i].from);
        xj_json_key_int(w, "to", done->moved[i].to);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
    others(w, done->others);
    xj_json_key_bool(w, "more", more);
    xj_json_end_object(w);
}

/* ---- memory ---- */

void
xj_json_memory(xj_json *w, const xj_memory *m)
{
    xj_json_object(w);
    xj_json_key_int(w, "id", m->id);
    xj_json_key_str(w, "kind", xj_str_c(xj_memory_kind_word(m->lesson.kind)));
    xj_json_key_str(w, "phrase", m->lesson.phrase);
    xj_json_key_raw(w, "meaning", m->meaning);
    xj_json_key_str(w, "by", m->by);
    xj_api_key_instant_or_null(w, "at", m->at);
    xj_json_key_id(w, "plan", m->from_version);
    xj_json_key_id(w, "step", m->from_step);
    xj_json_key_int(w, "uses", m->uses);
    xj_api_key_instant_or_null(w, "used_at", m->used_at);
    xj_json_key_int(w, "version", m->version);
    xj_json_end_object(w);
}
