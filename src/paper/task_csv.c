#include "paper/task_sheet.h"

/* Whether a spreadsheet may take a cell with this text for a formula; the full-width forms too. */
static bool
is_formula(xj_str text)
{
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (xj_str_starts(text, xj_str_c(starts[i])))
            return true;
    }
    return false;
}

static void
add_cell(xj_buf *out, xj_str text, bool first)
{
    xj_str part;

    xj_buf_add(out, first ? XJ_STR("\"") : XJ_STR(",\""));
    if (is_formula(text))
        xj_buf_add(out, XJ_STR("'"));
    for (bool again = false; xj_str_split(&part, &text, '"'); again = true) {
        if (again)
            xj_buf_add(out, XJ_STR("\"\""));
        xj_buf_add(out, part);
    }
    xj_buf_add(out, XJ_STR("\""));
}

void
xj_task_csv_begin(xj_buf *out, const xj_heading *heading)
{
    xj_buf_add(out, XJ_STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < heading->ncolumns; i++)
        add_cell(out, heading->columns[i].title, i == 0);
    xj_buf_add(out, XJ_STR("\r\n"));
}

xj_error *
xj_task_csv_add(xj_buf *out, const xj_heading *heading, const xj_paper_task *task, size_t number,
                bool chinese, xj_pool *scratch)
{
    for (size_t i = 0; i < heading->ncolumns; i++) {
        xj_str text;

        XJ_TRY(
            xj_paper_cell(&text, heading->columns[i].key, task, XJ_NPOS, number, chinese, scratch));
        add_cell(out, text, i == 0);
    }
    xj_buf_add(out, XJ_STR("\r\n"));
    return NULL;
}
