/*
 * plan/target_priv.h -- what the readers of targets share: figures as they are printed (figure.c),
 * names (target_name.c), targets without a figure (target_state.c), all for target.c.  This folder
 * only.
 */
#pragma once

#include "plan/compile_priv.h"

#define NAME_MAX_LEN ((size_t)300) /* characters of a quoted name or a title */

typedef struct figure {
    double value, max;
    bool has_max, word, han; /* word: a bare 一; han: in Chinese characters */
    bool rate;               /* %, ‰, /10万, 百分点, 成 */
    xj_span at;              /* number and unit */
    xj_span unit;
    const char *unit_word; /* where the unit is not printed so */
    int before, after;     /* XJ_G_BEFORE_..., XJ_G_AFTER_... */
    size_t name_to;        /* the indicator's name ends here: the operator's beginning */
    size_t end;            /* behind the operator that follows */
    int measure;
} figure;

/* Whether the words W stand in S. */
bool figure_words(const comp *c, xj_span s, const char16_t *w);
/* Behind what quotes, titles and brackets hold at I; I where none opens. */
size_t figure_skip_names(const comp *c, size_t i, size_t end);
/* The number at I with its unit; false where it is none, or one of those that never promise. */
bool figure_read(const comp *c, figure *f, size_t from, size_t i, size_t end);
/* The operator in front of I: its value; *START is where it begins. */
int figure_operator_before(const comp *c, size_t from, size_t i, size_t *start);
/* Read the operators around the figure F. */
void figure_operators(const comp *c, figure *f, size_t from, size_t end);

/* ---- target.c ---- */

#define VALUES_MAX 8 /* figures or names that stand together */
#define FOUND_MAX 48
#define YEARS_MAX 4

typedef struct found {
    xj_target t;
    bool word;
} found;

/* A text while its targets are read, sentence by sentence. */
typedef struct reading {
    comp *c;
    int action;
    xj_str task;
    int years[YEARS_MAX]; /* of the sentence, or of the pair that the text set out with */
    size_t nyears;
    bool years_printed;
    bool advisory;
    xj_span sentence;
    xj_span waiting[8]; /* clauses that end in a rate and have no figure yet */
    size_t nwaiting;
    xj_span before;   /* the clause before, of the same sentence */
    bool taken;       /* a figure of this clause was taken */
    bool bare_before; /* the part before ended in a bare count that was taken */
    found list[FOUND_MAX];
    size_t nlist;
    size_t first; /* targets of this item begin here */
} reading;

/* Whether a verb of making stands in S; right in front of I. */
bool target_has_make(const comp *c, xj_span s);
bool target_make_before(const comp *c, size_t from, size_t i);
/* Whether a clause ends at I. */
bool target_ends_clause(const comp *c, size_t i, size_t end);
/* A target of the words PART, in the first of the sentence's years, or the plan's last. */
xj_target target_new(reading *r, xj_span part);
/* Keep T for the end of the sentence; WORD: its figure is a bare 一. */
void target_keep(reading *r, xj_target t, bool word);
/* The years that S names, for the figures behind them. */
void target_read_years(reading *r, xj_span s);

/* ---- target_name.c ---- */

/* An indicator's name: A and B put together. */
typedef struct two_part {
    xj_span a, b;
} two_part;

/* S without numbers, times and words that only lead to a name or from it. */
xj_span name_trim(const comp *c, xj_span s);
/* The name of what F counts: the words before it, and those behind it where it stands inside. */
xj_str name_text(reading *r, const figure *f, xj_span before, xj_span part);
/* Whether S ends in the name of a rate, a bracket behind it aside. */
bool name_ends_in_rate(const comp *c, xj_span s);
/* The list in front of 分别 or 各 in S (丰水期、枯水期分别完成监测点): each part with what follows,
 * or with BEHIND; the number of parts, 0 where S is no such list. */
size_t name_split_list(const comp *c, xj_span s, xj_span behind, two_part out[VALUES_MAX]);
/* Parts of S that are rates each of its own (A率、B率均达到). */
size_t name_split_rates(const comp *c, xj_span s, two_part out[VALUES_MAX]);
/* Patients of several diseases (高血压、糖尿病患者规范管理率): a rate for each. */
size_t name_split_patients(const comp *c, xj_span s, two_part out[VALUES_MAX]);
xj_str name_glued(reading *r, const two_part *n);
/* NAME up to a date or word of state in it (中心到2023年底, 危害状态持续保持). */
xj_span name_cut(const comp *c, xj_span name);
/* The words before I up to the comma or stop before them, from FROM on. */
xj_span name_clause_before(const comp *c, size_t from, size_t i);
/* The unit that the bracket at the end of the indicator's name *SAID holds (成人吸烟率（%）), which
 * is taken off it; an empty span where none does. */
xj_span name_unit(const comp *c, xj_span *said);

/* ---- target_state.c ---- */

/* Words of the whole in PART: 全覆盖, 所有…建立, 均开设; whether there were any. */
bool target_read_totality(reading *r, xj_span part);
/* A trend that PART ends in (持续下降), where the sentence names its years. */
void target_read_trend(reading *r, xj_span part);
/* What is to be there, so or gone at the end of PART. */
void target_read_state(reading *r, xj_span part);
