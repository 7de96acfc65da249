#include "plan/register.h"

const char *
xj_unit_role_word(xj_unit_role role)
{
    static const char *const words[] = {"lead", "responsible", "cooperate"};

    return words[role];
}

const char *
xj_strength_word(xj_strength strength)
{
    static const char *const words[] = {"must", "expected", "encouraged"};

    return words[strength];
}

const char *
xj_deadline_kind_word(xj_deadline_kind kind)
{
    static const char *const words[] = {"none",    "complete_by", "start_by",
                                        "ongoing", "full_year",   "recurring"};

    return words[kind];
}

const char *
xj_target_op_word(xj_target_op op)
{
    static const char *const words[] = {">=",          "<=",          "=",     ">",   "<",
                                        "increase_by", "decrease_by", "trend", "done"};

    return words[op];
}
