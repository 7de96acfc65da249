/* Intake (收件): the Word file of a unit that sends no other, taken in by the office. */
#include "duty/intake.h"

#include "doc/doc.h"
#include "play/play.h"

/* ---- files ---- */

static xj_error *
run_file(xj_tx *tx, void *args, xj_buf *answer)
{
    const xj_evidence_add *const *add = args;
    int64_t id;

    (void)answer;
    return xj_evidence_add_file(&id, tx, *add);
}

xj_error *
play_add_file(play *p, const play_person *who, xj_evidence_add *add, xj_str name, xj_str bytes)
{
    XJ_TRY(xj_evidence_prepare(&add->file, p->blobs, name, bytes, p->turn, p->turn));
    return play_do(p, who, "evidence.add", run_file, &add);
}

/* ---- what the unit wrote ---- */

typedef struct letter {
    const xj_report *report;
    xj_report_text *said; /* of each row */
    xj_str heading, bytes;
} letter;

static xj_error *
write_letter(letter *l, play *p, const play_unit *unit)
{
    XJ_VEC(xj_str) paragraphs = {0};

    l->said = XJ_NEW_ARRAY(p->turn, xj_report_text, l->report->nrows);
    xj_vec_push(&paragraphs, p->turn, XJ_STR("市推进办："));
    xj_vec_push(&paragraphs, p->turn, XJ_STR("现将本单位承担任务的进展情况报告如下。"));
    for (size_t i = 0; i < l->report->nrows; i++) {
        const xj_report_row *row = &l->report->rows[i];
        xj_report_text *said = &l->said[i];
        play_task *task = play_task_of(p, row->title);

        if (task == NULL)
            *said = (xj_report_text){.text = play_words(p, "hand", "main", (unsigned)row->duty % 7),
                                     .difficulties = XJ_STR(""),
                                     .next_step = XJ_STR(""),
                                     .percent = 60};
        else {
            play_name_figure(task, row, p->pool);
            play_write(said, p, task, unit, false, xj_day_parse(row->due));
        }
        xj_vec_push(&paragraphs, p->turn,
                    xj_str_printf(p->turn, "%zu．" XJ_FMT, i + 1, XJ_ARG(row->title)));
        xj_vec_push(&paragraphs, p->turn, said->text);
        if (said->difficulties.len > 0)
            xj_vec_push(&paragraphs, p->turn,
                        xj_str_printf(p->turn, "存在困难：" XJ_FMT, XJ_ARG(said->difficulties)));
        if (said->next_step.len > 0)
            xj_vec_push(&paragraphs, p->turn,
                        xj_str_printf(p->turn, "下一步：" XJ_FMT, XJ_ARG(said->next_step)));
    }
    return play_docx(&l->bytes, p, l->heading, paragraphs.items, paragraphs.len);
}

/* ---- what the office makes of it ---- */

/* Who reads PIECE beside the letter sees which row and which part of it it is. */
static void
put_right(xj_intake_piece *piece, const letter *l)
{
    for (size_t i = 0; i < l->report->nrows; i++) {
        const xj_report_text *said = &l->said[i];
        const xj_intake_part part = xj_str_eq(piece->text, said->text) ? XJ_PART_TEXT
                                    : xj_str_eq(piece->text, said->difficulties)
                                        ? XJ_PART_DIFFICULTIES
                                    : xj_str_eq(piece->text, said->next_step) ? XJ_PART_NEXT
                                                                              : XJ_PART_NONE;

        if (part != XJ_PART_NONE) {
            piece->duty = l->report->rows[i].duty;
            piece->part = part;
            return;
        }
    }
}

/* What PIECES give to PART of the row of DUTY, a paragraph a line. */
static xj_str
laid(const xj_intake_piece *pieces, size_t n, int64_t duty, xj_intake_part part, xj_pool *pool)
{
    xj_buf out;

    xj_buf_init(&out, pool, 65536);
    for (size_t i = 0; i < n; i++)
        if (pieces[i].duty == duty && pieces[i].part == part)
            xj_buf_printf(&out, "%s" XJ_FMT, out.len > 0 ? "\n" : "", XJ_ARG(pieces[i].text));
    return xj_buf_str(&out);
}

/* Percents and figures are typed beside the file. */
static xj_error *
keep_rows(play *p, const play_unit *unit, const letter *l, const xj_intake_piece *pieces, size_t n)
{
    for (size_t i = 0; i < l->report->nrows; i++) {
        const int64_t duty = l->report->rows[i].duty;
        xj_report_draft draft = {.scope = &p->all,
                                 .obligation = l->report->obligation.id,
                                 .duty = duty,
                                 .unit = unit->id,
                                 .version = l->report->rows[i].version,
                                 .text = l->said[i],
                                 .on_behalf = true,
                                 .actor_name = p->second->name};

        draft.text.text = laid(pieces, n, duty, XJ_PART_TEXT, p->turn);
        draft.text.difficulties = laid(pieces, n, duty, XJ_PART_DIFFICULTIES, p->turn);
        draft.text.next_step = laid(pieces, n, duty, XJ_PART_NEXT, p->turn);
        XJ_TRY(play_keep(p, p->second, &draft));
    }
    return NULL;
}

xj_error *
play_take_in(play *p, const play_unit *unit, const xj_obligation *o)
{
    static const char *const ways[] = {"oa", "mail", "paper"};
    const xj_doc_limits limits = {.seconds = 60};
    const xj_date due = xj_day_parse(o->due);
    letter l = {.heading = xj_str_printf(p->turn, XJ_FMT "关于%d年%d月任务进展情况的报告",
                                         XJ_ARG(unit->name), due.year, due.month)};
    xj_evidence_add add = {.scope = &p->all,
                           .obligation = o->id,
                           .unit = unit->id,
                           .purpose = XJ_STR("original"),
                           .came_by = xj_str_c(ways[play_roll((uint64_t)o->id, 9, 0, 3)]),
                           .came_on = play_day(p, p->day),
                           .on_behalf = true,
                           .actor_name = p->second->name};
    xj_intake_piece *pieces;
    xj_report *report;
    xj_doc *doc;
    xj_db *db;
    size_t n;

    XJ_TRY(play_read(&db, p));
    XJ_TRY(xj_report_get(&report, db, &p->all, o->id, 0, p->turn));
    l.report = report;
    XJ_TRY(write_letter(&l, p, unit));
    XJ_TRY(xj_doc_read_apart(&doc, l.bytes, &limits, p->turn, p->turn));
    XJ_TRY(xj_intake_propose(&pieces, &n, doc, report, p->turn));
    for (size_t i = 0; i < n; i++)
        put_right(&pieces[i], &l);
    XJ_TRY(keep_rows(p, unit, &l, pieces, n));
    return play_add_file(p, p->second, &add,
                         xj_str_printf(p->turn, XJ_FMT ".docx", XJ_ARG(l.heading)), l.bytes);
}
