/* plan compile FILE…: what a plan holds, for people or as JSON. */
#include "app/commands.h"
#include "app/files.h"
#include "base/cal.h"
#include "base/map.h"
#include "plan/compile.h"
#include "plan/register_json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JSON_MAX ((size_t)1 << 30)
#define EXCERPT 24 /* characters shown of a warning's words */
#define FEW 24     /* bytes that alone do not say where they stand */

typedef struct profile {
    int64_t read_us, compile_us;
    size_t bytes, peak;
} profile;

xj_error *
xj_app_read_file(xj_str *bytes, const char *path, xj_pool *pool)
{
    FILE *in = fopen(path, "rb");
    xj_buf buf;
    size_t got = 1;
    bool failed;

    if (in == NULL)
        return xj_error_new(errno == ENOENT ? XJ_E_NOT_FOUND : XJ_E_IO,
                            "the file \"%s\" could not be opened: %s", path, strerror(errno));
    xj_buf_init(&buf, pool, XJ_DOC_BYTES_MAX + 1);
    while (got > 0 && buf.len <= XJ_DOC_BYTES_MAX) {
        size_t want = buf.len < 65536 ? 65536 : buf.len;
        char *room;

        want = want > XJ_DOC_BYTES_MAX + 1 - buf.len ? XJ_DOC_BYTES_MAX + 1 - buf.len : want;
        room = xj_buf_room(&buf, want);
        got = room == NULL || want == 0 ? 0 : fread(room, 1, want, in);
        xj_buf_took(&buf, got);
    }
    failed = ferror(in) != 0;
    fclose(in);
    if (failed)
        return xj_error_new(XJ_E_IO, "the file \"%s\" could not be read", path);
    *bytes = xj_buf_str(&buf);
    return NULL;
}

static xj_error *
compile_file(xj_register **reg, profile *p, const char *path, xj_pool *result)
{
    xj_pool *work = xj_pool_root();
    xj_str bytes;
    xj_doc *doc;
    xj_error *err = xj_app_read_file(&bytes, path, result);
    int64_t start = xj_now();

    if (err == NULL)
        err = xj_doc_check_name(xj_str_c(path), bytes);
    if (err == NULL)
        err = xj_doc_read_apart(&doc, bytes, NULL, result, work);
    if (err == NULL)
        err = xj_doc_check_marks(doc, false);
    p->read_us = xj_now() - start;
    start = xj_now();
    if (err == NULL) {
        p->bytes = bytes.len;
        err = xj_plan_compile(reg, doc, result, work);
    }
    p->compile_us = xj_now() - start;
    p->peak = xj_pool_peak(result) + xj_pool_peak(work);
    xj_pool_destroy(work);
    return err;
}

/* --- for people ------------------------------------------------------------------------------- */

/* The words of RANGE on one line, cut after EXCERPT characters; those around them with a few. */
static const char *
excerpt(xj_str text, xj_range range, xj_pool *pool)
{
    size_t from = range.from, to = range.to;
    xj_buf buf;

    if (range.to - range.from < FEW) {
        for (int n = 0; n < EXCERPT / 2 && from > 0 && text.data[from - 1] != '\n';)
            n += (text.data[--from] & 0xc0) != 0x80;
        while (to < text.len && text.data[to] != '\n')
            to++;
    }
    xj_buf_init(&buf, pool, XJ_DOC_BYTES_MAX);
    for (int n = 0; from < to && n < EXCERPT; n++) {
        size_t pos = from;

        xj_utf8_next(text, &pos);
        xj_buf_add(&buf, (unsigned char)text.data[from] < ' ' ? XJ_STR(" ")
                                                              : xj_str_sub(text, from, pos));
        from = pos;
    }
    if (from < to)
        xj_buf_add(&buf, XJ_STR("…"));
    return xj_str_cdup(xj_buf_str(&buf), pool);
}

static void
say_row(const xj_app *app, xj_word word, xj_str value)
{
    const char *none = "—";

    printf("%s\t" XJ_FMT "\n", xj_app_word(app, word),
           XJ_ARG(value.data == NULL ? xj_str_c(none) : value));
}

static void
say_count(const xj_app *app, xj_word word, size_t n)
{
    printf("%s\t%zu\n", xj_app_word(app, word), n);
}

static size_t
count_units(const xj_register *reg, xj_pool *pool)
{
    xj_map seen;

    xj_map_init(&seen, pool);
    for (size_t i = 0; i < reg->ntasks; i++)
        for (size_t k = 0; k < reg->tasks[i].nunits; k++)
            xj_map_set(&seen, reg->tasks[i].units[k].name, (void *)(uintptr_t)1);
    return seen.len;
}

static void
say_register(const xj_app *app, const char *path, const xj_register *reg, xj_pool *pool)
{
    char date[XJ_DATE_LEN];
    size_t kinds[XJ_DEADLINE_RECURRING + 1] = {0};

    printf("%s\n", path);
    say_row(app, XJ_W_compile_title, reg->document.title);
    say_row(app, XJ_W_compile_doc_no, reg->document.doc_no);
    say_row(app, XJ_W_compile_issuer, reg->document.issuer);
    say_row(app, XJ_W_compile_issued_on,
            reg->document.issued_on.year == 0 ? XJ_STR_NONE
                                              : xj_date_format(date, reg->document.issued_on));
    say_row(app, XJ_W_compile_jurisdiction, reg->document.jurisdiction);
    say_count(app, XJ_W_compile_basis, reg->document.nbasis);
    say_count(app, XJ_W_compile_actions, reg->nactions);
    say_count(app, XJ_W_compile_tasks, reg->ntasks);
    say_count(app, XJ_W_compile_units, count_units(reg, pool));
    for (size_t i = 0; i < reg->ntasks; i++)
        kinds[reg->tasks[i].deadline.kind]++;
    for (int k = 0; k <= XJ_DEADLINE_RECURRING; k++)
        if (kinds[k] > 0)
            printf("  %s\t%zu\n",
                   xj_app_term(app, "deadline", xj_deadline_kind_word((xj_deadline_kind)k)),
                   kinds[k]);
    say_count(app, XJ_W_compile_targets, reg->ntargets);
    say_count(app, XJ_W_compile_obligations, reg->nobligations);
    say_count(app, XJ_W_compile_warnings, reg->nwarnings);
    for (size_t i = 0; i < reg->nwarnings; i++) {
        const xj_warning *w = &reg->warnings[i];

        xj_app_say(app, stdout, XJ_W_compile_warning, w->code, xj_str_cdup(w->message, pool),
                   excerpt(reg->text, w->source, pool), NULL);
    }
    for (size_t i = 0; i < reg->nactions; i++) {
        const xj_action *a = &reg->actions[i];
        size_t tasks = 0;

        for (size_t k = 0; k < reg->ntasks; k++)
            tasks += reg->tasks[k].action == a->no;
        printf("  %d\t" XJ_FMT "\t%zu\n", a->no, XJ_ARG(a->name), tasks);
    }
}

static void
say_json(const xj_register *reg, xj_pool *pool)
{
    xj_buf buf;
    xj_json w;

    xj_buf_init(&buf, pool, JSON_MAX);
    xj_json_init(&w, &buf);
    xj_register_json(&w, reg);
    fwrite(buf.data, 1, buf.len, stdout);
    fputc('\n', stdout);
}

/* A bar on a terminal once the work takes more than a second. */
static void
progress(int done, int all, int64_t start, bool *shown)
{
    char bar[41];
    int filled = all == 0 ? 40 : done * 40 / all;

    if (!isatty(STDERR_FILENO) || (!*shown && xj_now() - start < 1000000))
        return;
    for (int i = 0; i < 40; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[40] = '\0';
    fprintf(stderr, "\r[%s] %d/%d", bar, done, all);
    *shown = true;
}

int
xj_cmd_plan_compile(xj_app *app, int argc, char **argv)
{
    xj_opt opts[] = {{.name = "--profile"}, {.name = NULL}};
    const char **files;
    int nfiles, worst = XJ_EXIT_OK;
    int64_t start = xj_now();
    bool shown = false;

    if (!xj_app_args(app, "plan compile", opts, &files, &nfiles, 1, XJ_ARGS_MAX, argc, argv))
        return XJ_EXIT_USAGE;
    for (int i = 0; i < nfiles; i++) {
        xj_pool *pool = xj_pool_root();
        xj_register *reg = NULL;
        profile p = {0};
        xj_error *err;

        progress(i, nfiles, start, &shown);
        err = compile_file(&reg, &p, files[i], pool);
        if (err != NULL) {
            xj_app_fail(app,
                        xj_error_wrap(xj_error_code(err), err, "\"%s\" could not be compiled: %s",
                                      files[i], xj_error_message(err)));
            worst = XJ_EXIT_FAILED;
        } else if (opts[0].given) {
            printf("%s\t%zu\t%lld\t%lld\t%zu\n", files[i], p.bytes, (long long)p.read_us,
                   (long long)p.compile_us, p.peak);
        } else if (app->json) {
            say_json(reg, pool);
        } else {
            say_register(app, files[i], reg, pool);
        }
        xj_pool_destroy(pool);
    }
    if (shown)
        fputc('\n', stderr);
    return worst;
}
