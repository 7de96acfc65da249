/* Look-ups in the tables of states. */
#include "duty/duty_priv.h"

const xj_state_kind *
xj_state_kind_find(xj_str name)
{
    for (size_t i = 0; i < xj__state_kind_count; i++)
        if (xj_str_eq(name, xj_str_c(xj__state_kinds[i].name)))
            return &xj__state_kinds[i];
    return NULL;
}

const xj_state *
xj_state_first(const xj_state_kind *kind)
{
    return &xj__states[kind->states];
}

const xj_state *
xj_state_find(const xj_state_kind *kind, xj_str name)
{
    for (int i = 0; i < kind->nstates; i++)
        if (xj_str_eq(name, xj_str_c(xj__states[kind->states + i].name)))
            return &xj__states[kind->states + i];
    return NULL;
}

/* Move NAME from state FROM of KIND, else one of that name from others. */
static const xj_move *
find_move(const xj_state_kind *kind, xj_str name, int from)
{
    const xj_move *found = NULL;

    for (int i = 0; i < kind->nmoves; i++) {
        const xj_move *move = &xj__moves[kind->moves + i];

        if (!xj_str_eq(name, xj_str_c(move->name)))
            continue;
        if ((move->from >> from & 1U) != 0)
            return move;
        found = move;
    }
    return found;
}

static xj_error *
check_needs(const xj_move *move, const xj_asked *asked)
{
    if ((move->needs & XJ_NEED_WHY) != 0 && xj_str_trim(asked->why).len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "say why: %s needs a reason", move->name),
                           "/why");
    if ((move->needs & XJ_NEED_DOC) != 0 && !asked->doc)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT,
                                        "what this task yields is a document: name its number and "
                                        "its date"),
                           "/doc_no");
    if ((move->needs & XJ_NEED_DAY) != 0 && !asked->dated)
        return xj_error_new(XJ_E_CONFLICT,
                            "it has no deadline that could be put off; a correction gives it one");
    if ((move->needs & XJ_NEED_OTHER) != 0 && asked->person != 0 &&
        asked->person == asked->last_person)
        return xj_error_new(XJ_E_FORBIDDEN, "who asked for it cannot do the %s too", move->name);
    if ((move->needs & XJ_NEED_SIGN) != 0 && asked->by_clock)
        return xj_error_new(XJ_E_FORBIDDEN, "only a person can do the %s", move->name);
    return NULL;
}

xj_error *
xj_state_move(const xj_state **to, const xj_state_kind *kind, xj_str state, xj_str name,
              const xj_asked *asked)
{
    const xj_state *from = xj_state_find(kind, state);
    const xj_move *move;

    if (from == NULL)
        return xj_error_new(XJ_E_CORRUPT, "a %s is in no state \"" XJ_FMT "\"", kind->name,
                            XJ_ARG(state));
    move = find_move(kind, name, (int)(from - &xj__states[kind->states]));
    if (move == NULL)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a %s has no move \"" XJ_FMT "\"",
                                        kind->name, XJ_ARG(name)),
                           "/move");
    if ((move->from >> (from - &xj__states[kind->states]) & 1U) == 0)
        return xj_error_new(XJ_E_CONFLICT, "what is %s cannot be moved by %s", from->name,
                            move->name);
    XJ_TRY(check_needs(move, asked));
    *to = move->to < 0 ? from : &xj__states[kind->states + move->to];
    return NULL;
}

void
xj_state_moves(const char *names[32], size_t *n, const xj_state_kind *kind, xj_str state,
               bool dated)
{
    const xj_state *from = xj_state_find(kind, state);

    *n = 0;
    if (from == NULL)
        return;
    for (int i = 0; i < kind->nmoves && *n < 32; i++) {
        const xj_move *move = &xj__moves[kind->moves + i];

        if ((move->from >> (from - &xj__states[kind->states]) & 1U) != 0 &&
            (dated || (move->needs & XJ_NEED_DAY) == 0))
            names[(*n)++] = move->name;
    }
}
