/* duty/above_priv.h -- what the files of tasks from above share. */
#pragma once

#include "duty/above.h"
#include "duty/instruction.h"
#include "duty/settle_priv.h"

/* Whether WORDS (up to NULL) hold WORD. */
bool xj_above__one_of(xj_str word, const char *const *words);
bool xj_above__is_task(xj_str kind);
/* Whether what is of KIND is answered by moves, not in returns. */
bool xj_above__by_moves(xj_str kind, bool restricted);

/* Whether HELD may make MOVE now. */
bool xj_above__may(const xj_duty__held *held, xj_str move);
/* Inside a command: what the giver of DUTY said last (TASK.word), where it is behind word KNOWN. */
XJ_MUST_USE xj_error *xj_above__take_word(xj_tx *tx, int64_t duty, int64_t known,
                                          const xj_above_task *task);
