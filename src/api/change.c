/* Changes as a body describes them: of a task, and edits of a draft. */
#include "api/task_priv.h"

#include "base/vec.h"

static xj_str
str(const xj_jval *object, const char *key)
{
    return xj_jval_str(xj_jval_find(object, key));
}

static xj_str
line(const xj_jval *object, const char *key)
{
    const xj_str s = str(object, key);

    return s.data == NULL ? s : xj_str_trim(s);
}

static xj_maybe
maybe(const xj_jval *object, const char *key)
{
    return (xj_maybe){xj_jval_has(object, key), line(object, key)};
}

static const xj_str *
strs(size_t *n, const xj_jval *list, xj_pool *pool)
{
    xj_str *items = XJ_NEW_ARRAY(pool, xj_str, xj_jval_len(list));

    *n = xj_jval_len(list);
    for (size_t i = 0; i < *n; i++)
        items[i] = xj_str_trim(xj_jval_str(xj_jval_at(list, i)));
    return items;
}

static const int64_t *
ints(size_t *n, const xj_jval *list, xj_pool *pool)
{
    int64_t *items = XJ_NEW_ARRAY(pool, int64_t, xj_jval_len(list));

    *n = xj_jval_len(list);
    for (size_t i = 0; i < *n; i++)
        items[i] = xj_jval_int(xj_jval_at(list, i));
    return items;
}

static xj_names
names(const xj_jval *object, const char *key, xj_pool *pool)
{
    const xj_jval *list = xj_jval_find(object, key);
    xj_names made = {.has = list != NULL};

    made.items = strs(&made.n, list, pool);
    return made;
}

/* ---- a task ---- */

static const xj_task_unit_change *
units(size_t *n, const xj_jval *list, xj_pool *pool)
{
    xj_task_unit_change *items = XJ_NEW_ARRAY(pool, xj_task_unit_change, xj_jval_len(list));

    *n = xj_jval_len(list);
    for (size_t i = 0; i < *n; i++) {
        const xj_jval *unit = xj_jval_at(list, i);

        items[i] =
            (xj_task_unit_change){.name = line(unit, "name"),
                                  .role = str(unit, "role"),
                                  .id = xj_jval_int(xj_jval_find(unit, "id")),
                                  .inherited = xj_jval_bool(xj_jval_find(unit, "inherited"))};
    }
    return items;
}

static void
deadline(xj_task_change *change, const xj_jval *object, xj_pool *pool)
{
    if (object == NULL)
        return;
    change->deadline_kind = str(object, "kind");
    change->due = str(object, "date");
    change->dates = strs(&change->ndates, xj_jval_find(object, "dates"), pool);
}

static void
target(xj_target_change *t, const xj_jval *object)
{
    const xj_jval *value = xj_jval_find(object, "value"), *max = xj_jval_find(object, "max");

    *t = (xj_target_change){.has_seq = xj_jval_find(object, "seq") != NULL,
                            .seq = xj_jval_int(xj_jval_find(object, "seq")),
                            .indicator = line(object, "indicator"),
                            .op = str(object, "op"),
                            .has_value = value != NULL,
                            .value = value == NULL ? 0 : xj_jval_real(value),
                            .has_max = max != NULL,
                            .max = max == NULL ? 0 : xj_jval_real(max),
                            .unit = line(object, "unit"),
                            .year = xj_jval_int(xj_jval_find(object, "year")),
                            .advisory = xj_jval_bool(xj_jval_find(object, "advisory")),
                            .strength = str(object, "strength")};
}

static void
things(xj_task_change *change, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *deliverables = xj_jval_find(body, "deliverables");
    const xj_jval *targets = xj_jval_find(body, "targets");
    xj_deliverable_change *d = XJ_NEW_ARRAY(pool, xj_deliverable_change, xj_jval_len(deliverables));
    xj_target_change *t = XJ_NEW_ARRAY(pool, xj_target_change, xj_jval_len(targets));

    change->has_deliverables = deliverables != NULL;
    change->deliverables = d;
    change->ndeliverables = xj_jval_len(deliverables);
    for (size_t i = 0; i < change->ndeliverables; i++) {
        d[i].kind = str(xj_jval_at(deliverables, i), "kind");
        d[i].name = line(xj_jval_at(deliverables, i), "name");
    }
    change->has_targets = targets != NULL;
    change->targets = t;
    change->ntargets = xj_jval_len(targets);
    for (size_t i = 0; i < change->ntargets; i++)
        target(&t[i], xj_jval_at(targets, i));
}

void
xj_api__task_change(xj_task_change *change, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *open_ended = xj_jval_find(body, "open_ended");
    const xj_jval *lead_explicit = xj_jval_find(body, "lead_explicit");
    const xj_jval *action_no = xj_jval_find(body, "action_no");
    const xj_jval *returns = xj_jval_find(body, "returns_due");

    *change = (xj_task_change){.title = str(body, "title"),
                               .text = str(body, "text"),
                               .no = line(body, "no"),
                               .has_units = xj_jval_find(body, "units") != NULL,
                               .has_open_ended = open_ended != NULL,
                               .open_ended = xj_jval_bool(open_ended),
                               .strength = str(body, "strength"),
                               .has_cadence = xj_jval_has(body, "cadence"),
                               .cadence = str(body, "cadence"),
                               .has_action_no = action_no != NULL,
                               .action_no = xj_jval_int(action_no),
                               .specific_task = maybe(body, "specific_task"),
                               .measure = maybe(body, "measure"),
                               .work_plan = maybe(body, "work_plan"),
                               .lead_proposed = maybe(body, "lead_proposed"),
                               .has_lead_explicit = lead_explicit != NULL,
                               .lead_explicit = xj_jval_bool(lead_explicit),
                               .has_returns_due = returns != NULL};
    change->units = units(&change->nunits, xj_jval_find(body, "units"), pool);
    change->unit_roles = units(&change->nunit_roles, xj_jval_find(body, "unit_roles"), pool);
    change->add_units = units(&change->nadd_units, xj_jval_find(body, "add_units"), pool);
    change->returns_due = strs(&change->nreturns_due, returns, pool);
    deadline(change, xj_jval_find(body, "deadline"), pool);
    things(change, body, pool);
}

/* ---- edits ---- */

static xj_edit_op
op_of(xj_str word)
{
    int op = 0;

    while (op < XJ_EDIT_OPS - 1 && !xj_str_eq(word, xj_str_c(xj_edit_op_word((xj_edit_op)op))))
        op++;
    return (xj_edit_op)op; /* the contract lets no other word through */
}

static void
filter(xj_edit *edit, const xj_jval *object)
{
    edit->has_filter = object != NULL;
    edit->filter = (xj_task_filter){.action = str(object, "action"),
                                    .unit = xj_jval_int(xj_jval_find(object, "unit")),
                                    .role = str(object, "role"),
                                    .kind = str(object, "kind"),
                                    .strength = str(object, "strength"),
                                    .text = str(object, "q")};
}

static void
others(xj_edit *edit, const xj_jval *object, xj_pool *pool)
{
    const xj_jval *head = xj_jval_find(object, "head");
    const xj_jval *action = xj_jval_find(object, "action");
    const xj_jval *obligation = xj_jval_find(object, "obligation");

    edit->head = (xj_head_change){line(head, "title"), maybe(head, "doc_no"), maybe(head, "issuer"),
                                  maybe(head, "issued_on"), maybe(head, "jurisdiction")};
    edit->action = (xj_action_change){.has_no = xj_jval_find(action, "no") != NULL,
                                      .no = xj_jval_int(xj_jval_find(action, "no")),
                                      .name = line(action, "name"),
                                      .lead_units = names(action, "lead_units", pool),
                                      .implementers = names(action, "implementers", pool)};
    edit->obligation = (xj_obligation_change){.kind = line(obligation, "kind"),
                                              .what = line(obligation, "what"),
                                              .frequency = line(obligation, "frequency"),
                                              .who = names(obligation, "who", pool),
                                              .due = names(obligation, "due", pool),
                                              .report_to = maybe(obligation, "report_to")};
    edit->has_target = xj_jval_find(object, "target") != NULL;
    if (edit->has_target)
        target(&edit->target, xj_jval_find(object, "target"));
    edit->warnings = ints(&edit->nwarnings, xj_jval_find(object, "warnings"), pool);
    edit->state = str(object, "state");
    edit->why = line(object, "why");
}

static void
read_edit(xj_edit *edit, const xj_jval *object, xj_pool *pool)
{
    const xj_jval *change = xj_jval_find(object, "change"),
                  *fields = xj_jval_find(object, "fields");
    const xj_jval *parts = xj_jval_find(object, "parts"), *seq = xj_jval_find(object, "seq");
    const xj_jval *action_no = xj_jval_find(object, "action_no");
    xj_part_text *texts = XJ_NEW_ARRAY(pool, xj_part_text, xj_jval_len(parts));

    *edit = (xj_edit){.op = op_of(str(object, "op")),
                      .parts = texts,
                      .nparts = xj_jval_len(parts),
                      .after = xj_jval_int(xj_jval_find(object, "after")),
                      .before = xj_jval_int(xj_jval_find(object, "before")),
                      .has_action_no = action_no != NULL,
                      .action_no = xj_jval_int(action_no),
                      .has_seq = seq != NULL,
                      .seq = xj_jval_int(seq)};
    edit->tasks = ints(&edit->ntasks, xj_jval_find(object, "tasks"), pool);
    edit->cuts = ints(&edit->ncuts, xj_jval_find(object, "at"), pool);
    filter(edit, xj_jval_find(object, "filter"));
    xj_api__task_change(&edit->change, change, pool);
    for (size_t i = 0; i < edit->nparts; i++)
        texts[i] =
            (xj_part_text){line(xj_jval_at(parts, i), "text"), line(xj_jval_at(parts, i), "title")};
    for (size_t i = 0; i < xj_jval_len(fields); i++) {
        for (int what = 0; what < XJ_CONFIRMS; what++)
            edit->fields[what] = edit->fields[what] || xj_str_eq(xj_jval_str(xj_jval_at(fields, i)),
                                                                 xj_str_c(xj_confirm_words[what]));
    }
    others(edit, object, pool);
}

xj_error *
xj_api__edits(xj_edit **edits, size_t *n, const xj_jval *body, xj_pool *pool)
{
    const xj_jval *list = xj_jval_find(body, "edits");

    *n = xj_jval_len(list);
    *edits = XJ_NEW_ARRAY(pool, xj_edit, *n);
    for (size_t i = 0; i < *n; i++) {
        char at[32];

        snprintf(at, sizeof at, "/edits/%zu", i);
        read_edit(&(*edits)[i], xj_jval_at(list, i), pool);
        XJ_TRY(xj_edit_check(&(*edits)[i], at));
    }
    return NULL;
}

void
xj_api__reply_edited(xj_api *api, const xj_answer *answer, xj_reply *reply)
{
    const xj_jval *body, *version;
    xj_error *err = xj_json_parse(&body, answer->body, XJ_ANSWER_MAX, api->pool);

    XJ_ASSERT(err == NULL); /* our own writer made it */
    version = xj_jval_find(body, "version");
    if (version == NULL)
        version = xj_jval_find(xj_jval_find(body, "summary"), "version");
    reply->etag = xj_api_etag(api->pool, xj_jval_int(version));
}
