/* What others said of a row, side by side: sums of what adds, counties that return it themselves.
 */
#include "duty/report_priv.h"

#include <math.h>

bool
xj_report__adds(xj_str indicator, xj_str measure)
{
    static const char *const adding[] = {
#define XJ_ADDS(word) word,
#define XJ_ADDS_NOT(word)
#include "duty/adds.def"
#undef XJ_ADDS
#undef XJ_ADDS_NOT
    };
    static const char *const shares[] = {
#define XJ_ADDS(word)
#define XJ_ADDS_NOT(word) word,
#include "duty/adds.def"
#undef XJ_ADDS
#undef XJ_ADDS_NOT
    };

    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (xj_str_has(indicator, xj_str_c(shares[i])))
            return false;
    for (size_t i = 0; i < sizeof adding / sizeof *adding; i++)
        if (xj_str_eq(measure, xj_str_c(adding[i])))
            return true;
    return false;
}

/* The figure of FEED that is F's, NULL where it gave none. */
static const xj_report_figure *
same_of(const xj_report_feed *feed, const xj_report_figure *f)
{
    for (size_t i = 0; feed->given && i < feed->text.nfigures; i++)
        if (xj_str_eq(feed->text.figures[i].indicator, f->indicator) &&
            xj_str_eq(feed->text.figures[i].measure, f->measure))
            return &feed->text.figures[i];
    return NULL;
}

/* What this period's figures and those to date come to is no figure at all: they are not mixed. */
static void
sum_one(xj_report_figure *f, const xj_report_row *row)
{
    double sum = 0;
    int64_t units = 0;

    for (size_t i = 0; i < row->nfeeds; i++) {
        const xj_report_figure *one = same_of(&row->feeds[i], f);

        if (one == NULL)
            continue;
        if (units > 0 && !xj_str_eq(one->span, f->fed_span))
            return;
        f->fed_span = one->span;
        sum += one->value;
        units++;
    }
    /* 0.1 + 0.2 is 0.3: figures are typed with few digits behind the point. */
    f->fed = round(sum * 1e6) / 1e6;
    f->fed_units = units;
}

void
xj_report__sum(xj_report *report)
{
    for (size_t i = 0; i < report->nrows; i++) {
        xj_report_row *row = &report->rows[i];

        for (size_t j = 0; j < row->text.nfigures; j++) {
            xj_report_figure *f = &row->text.figures[j];

            f->adds = xj_report__adds(f->indicator, f->measure);
            if (f->adds)
                sum_one(f, row);
        }
    }
}

struct counties {
    XJ_VEC(xj_report_county) items;
};

xj_error *
xj_report__counties(xj_report *report, xj_rows *rows, xj_pool *result)
{
    struct counties *counties = XJ_NEW_ARRAY(result, struct counties, report->nrows);
    bool more;

    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        for (size_t i = 0; i < report->nrows; i++)
            if (report->rows[i].duty == xj_row_int(rows, 0))
                xj_vec_push(&counties[i].items, result,
                            ((xj_report_county){.unit = xj_row_int(rows, 1),
                                                .unit_name = xj_row_text(rows, 2, result),
                                                .obligation =
                                                    xj_row_null(rows, 3) ? 0 : xj_row_int(rows, 3),
                                                .sent_on = xj_row_text(rows, 4, result),
                                                .text = xj_row_text(rows, 5, result)}));
    }
    for (size_t i = 0; i < report->nrows; i++) {
        report->rows[i].counties = counties[i].items.items;
        report->rows[i].ncounties = counties[i].items.len;
    }
    return NULL;
}
