/*
 * doc/tool.c -- kinds of file that other programs read: LibreOffice for old formats, tesseract for
 * pictures.
 *
 * Each runs in a folder of its own under limits (prlimit of util-linux: memory, time, size of
 * files) and is ended with its whole process group when it takes too long.  Where a program is
 * absent, the message says what to install.
 */
#include "doc/doc_priv.h"

#include "doc/layout.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TOOL_SECONDS 120
#define OCR_PAGES_MAX 100
#define PIXELS_MAX ((uint64_t)120 * 1000 * 1000)
#define SIDE_MAX 15000
#define OUTPUT_MAX ((size_t)256 << 20)

extern char **environ;

/* ---- running ---- */

static bool
is_installed(const char *program)
{
    xj_str rest = xj_str_c(getenv("PATH")), folder;
    char path[512];

    while (xj_str_split(&folder, &rest, ':')) {
        snprintf(path, sizeof path, XJ_FMT "/%s", XJ_ARG(folder), program);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

static xj_error *
absent(const char *what, const char *package)
{
    return xj_error_new(XJ_E_UNSUPPORTED_KIND, "%s need the package %s, which is not installed",
                        what, package);
}

static const struct timespec nap = {0, 20 * 1000 * 1000};
#define NAPS_SECOND 50

static xj_error *
given_up(void)
{
    return xj_error_new(XJ_E_CANCELLED, "reading the file was given up");
}

/* Wait for PID; past SECONDS, or where WATCH ends it, end its process group. */
static xj_error *
wait_for(pid_t pid, int seconds, const xj_doc_watch *watch, const char *program)
{
    int64_t naps = (int64_t)seconds * NAPS_SECOND;
    bool ends = false;
    int status = 0;
    pid_t got;

    while ((got = waitpid(pid, &status, WNOHANG)) == 0 && naps-- > 0 &&
           !(ends = xj_doc__ends(watch)))
        nanosleep(&nap, NULL);
    if (got == 0) {
        kill(-pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
        return ends ? given_up() : xj_error_new(XJ_E_TIMEOUT, "reading the file took too long");
    }
    if (got < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return xj_error_detail(
            xj_error_new(XJ_E_BAD_INPUT, "the file could not be read: its reader broke down"),
            "%s ended with status %d", program, status);
    return NULL;
}

/* Run ARGV (NULL-terminated, its first the program) in FOLDER under limits. */
static xj_error *
run(const char *const *argv, const char *folder, const xj_doc_watch *watch, xj_pool *pool)
{
    static const char *const limits[] = {"prlimit",           "--as=6442450944", "--cpu=240",
                                         "--fsize=268435456", "--core=0",        "--"};
    XJ_VEC(char *) args = {0};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attr;
    pid_t pid;
    int failed;

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        xj_vec_push(&args, pool, (char *)(uintptr_t)limits[i]);
    for (size_t i = 0; argv[i] != NULL; i++)
        xj_vec_push(&args, pool, (char *)(uintptr_t)argv[i]);
    xj_vec_push(&args, pool, NULL);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
    failed = posix_spawnp(&pid, "prlimit", &actions, &attr, args.items, environ);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0)
        return xj_error_new(XJ_E_IO, "the reader could not be started: %s", strerror(failed));
    return wait_for(pid, TOOL_SECONDS, watch, argv[0]);
}

/* ---- a folder for one file ---- */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path) != 0 && errno != ENOENT;
}

static void
remove_folder(void *arg)
{
    nftw(arg, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static xj_error *
make_folder(const char **folder, xj_pool *pool)
{
    const char *base = getenv("TMPDIR");
    xj_str made = xj_str_printf(pool, "%s/xingjian-XXXXXX", base == NULL ? "/tmp" : base);
    char *name = (char *)(uintptr_t)made.data;

    if (mkdtemp(name) == NULL)
        return xj_error_new(XJ_E_IO, "no room for a temporary folder: %s", strerror(errno));
    xj_pool_on_end(pool, remove_folder, name);
    *folder = name;
    return NULL;
}

static xj_error *
write_file(const char *folder, const char *name, xj_str bytes, xj_pool *pool)
{
    const char *path = xj_str_printf(pool, "%s/%s", folder, name).data;
    FILE *file = fopen(path, "wbx");
    bool ok = file != NULL && fwrite(bytes.data, 1, bytes.len, file) == bytes.len;

    ok = file != NULL && fclose(file) == 0 && ok;
    return ok ? NULL : xj_error_new(XJ_E_IO, "a temporary file could not be written");
}

static xj_error *
read_file(xj_str *bytes, const char *folder, const char *name, xj_pool *pool)
{
    const char *path = xj_str_printf(pool, "%s/%s", folder, name).data;
    FILE *file = fopen(path, "rb");
    struct stat st;
    char *data;
    size_t got;

    if (file == NULL || fstat(fileno(file), &st) != 0 || st.st_size < 0 ||
        (size_t)st.st_size > OUTPUT_MAX) {
        if (file != NULL)
            fclose(file);
        return xj_error_new(XJ_E_BAD_INPUT, "the file could not be read: its reader gave nothing");
    }
    data = xj_alloc(pool, (size_t)st.st_size + 1);
    got = fread(data, 1, (size_t)st.st_size, file);
    fclose(file);
    *bytes = xj_str_of(data, got);
    return NULL;
}

/* ---- LibreOffice ---- */

/* It takes half a gigabyte and a processor: a second one waits for the first. */
static pthread_mutex_t office = PTHREAD_MUTEX_INITIALIZER;

static xj_error *
convert(xj_str *made, xj_str bytes, bool sheet, const char *program, const xj_doc_watch *watch,
        xj_pool *pool)
{
    const char *folder;

    xj_doc__say(watch, "converting", 0, 0);
    XJ_TRY(make_folder(&folder, pool));
    XJ_TRY(write_file(folder, sheet ? "in.xls" : "in.doc", bytes, pool));
    XJ_TRY(run(
        (const char *const[]){
            program, xj_str_printf(pool, "-env:UserInstallation=file://%s/profile", folder).data,
            "--headless", "--norestore", "--convert-to", sheet ? "xlsx" : "docx", "--outdir", "out",
            sheet ? "in.xls" : "in.doc", NULL},
        folder, watch, pool));
    return read_file(made, folder, sheet ? "out/in.xlsx" : "out/in.docx", pool);
}

xj_error *
xj_doc__convert(xj_str *made, xj_str bytes, bool sheet, const xj_doc_watch *watch, xj_pool *pool)
{
    const char *program = is_installed("soffice") ? "soffice" : "libreoffice";
    xj_error *err;

    if (!is_installed(program))
        return absent(sheet ? "spreadsheets of this kind" : "documents of this kind",
                      sheet ? "libreoffice-calc" : "libreoffice-writer");
    while (pthread_mutex_trylock(&office) != 0) {
        if (xj_doc__ends(watch))
            return given_up();
        nanosleep(&nap, NULL);
    }
    err = convert(made, bytes, sheet, program, watch, pool);
    pthread_mutex_unlock(&office);
    return err;
}

/* ---- pictures ---- */

static uint32_t
big(const unsigned char *p, int n)
{
    uint32_t value = 0;

    while (n-- > 0)
        value = value << 8 | *p++;
    return value;
}

static uint32_t
little(const unsigned char *p, int n)
{
    uint32_t value = 0;

    while (n-- > 0)
        value = value << 8 | p[n];
    return value;
}

void
xj_doc__picture_size(uint32_t *width, uint32_t *height, xj_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.data;

    *width = *height = 0;
    if (bytes.len >= 24 && p[0] == 0x89) { /* PNG: IHDR comes first */
        *width = big(p + 16, 4);
        *height = big(p + 20, 4);
    } else if (bytes.len >= 26 && p[0] == 'B') { /* BMP */
        *width = little(p + 18, 4);
        *height = little(p + 22, 4);
    } else if (bytes.len >= 4 && p[0] == 0xff) { /* JPEG: the first frame's segment */
        for (size_t at = 2; at + 9 < bytes.len && p[at] == 0xff;) {
            unsigned marker = p[at + 1];

            if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
                marker != 0xcc) {
                *height = big(p + at + 5, 2);
                *width = big(p + at + 7, 2);
                return;
            }
            at += 2 + big(p + at + 2, 2);
        }
    } else if (bytes.len >= 8) { /* TIFF: the first directory */
        uint32_t (*num)(const unsigned char *, int) = p[0] == 'I' ? little : big;
        size_t at = num(p + 4, 4);
        uint32_t n = at + 2 <= bytes.len ? num(p + at, 2) : 0;

        for (uint32_t i = 0; i < n && at + 14 + i * 12 <= bytes.len; i++) {
            const unsigned char *entry = p + at + 2 + i * 12;
            uint32_t value = num(entry + 2, 2) == 3 ? num(entry + 8, 2) : num(entry + 8, 4);

            if (num(entry, 2) == 256)
                *width = value;
            else if (num(entry, 2) == 257)
                *height = value;
        }
    }
}

/* A word of tesseract's, in pixels. */
struct word {
    float left, top, right, bottom;
    xj_str text;
};

/* Put WORD to PIECE, the last of its line; false where it stands behind a wide gap.  The order of
 * the words is tesseract's: its boxes of single characters are too loose to sort by. */
static bool
join_word(xj_buf *text, xj_piece *piece, const struct word *word)
{
    float gap = word->left - piece->right, height = word->bottom - word->top;

    if (gap > height * 1.2f)
        return false;
    if (gap > height * 0.2f && (unsigned char)text->data[text->len - 1] < 0x80 &&
        (unsigned char)word->text.data[0] < 0x80)
        xj_buf_add_char(text, ' ');
    xj_buf_add(text, word->text);
    piece->left = fminf(piece->left, word->left);
    piece->right = fmaxf(piece->right, word->right);
    piece->to = text->len;
    return true;
}

#define CELL_WHITE(word) (((word).bottom - (word).top) * 0.5f)

/* The rule between two cells is recognised as |: the next part of WORD from *AT on, empty for a
 * rule. */
static struct word
part_of(const struct word *word, size_t *at)
{
    const float width = (word->right - word->left) / (float)word->text.len;
    size_t end = xj_str_find(word->text, XJ_STR("|"), *at);
    struct word part = *word;

    if (end == XJ_NPOS)
        end = word->text.len;
    part.text = xj_str_sub(word->text, *at, end);
    part.left = word->left + width * (float)*at;
    part.right = word->left + width * (float)end;
    *at = end == *at ? end + 1 : end;
    return part;
}

/* The dash of 2023—2025 is recognised as the figure 一: between digits it is none. */
static void
mend_dashes(xj_buf *text)
{
    const xj_str one = XJ_STR("一"), dash = XJ_STR("—");

    for (size_t i = 1; i + one.len < text->len; i++) {
        unsigned char before = (unsigned char)text->data[i - 1];
        unsigned char behind = (unsigned char)text->data[i + one.len];

        if (before >= '0' && before <= '9' && behind >= '0' && behind <= '9' &&
            memcmp(text->data + i, one.data, one.len) == 0)
            memcpy(text->data + i, dash.data, dash.len);
    }
}

/* A bracket ( is recognised as (〈 or 《〈, its mate as ) still: in a line without 〉 there is no
 * 〈. */
static void
mend_brackets(xj_buf *text, size_t from, size_t to)
{
    const xj_str thin = XJ_STR("〈"), title = XJ_STR("《"), round = XJ_STR("（");
    xj_str line = xj_str_sub(xj_buf_str(text), from, to);

    if (xj_str_has(line, XJ_STR("〉")))
        return;
    for (size_t at = 0; (at = xj_str_find(line, thin, at)) != XJ_NPOS; at += thin.len) {
        char *here = text->data + from + at;
        bool behind_title = at >= title.len && memcmp(here - title.len, title.data, title.len) == 0;

        if (behind_title)
            memcpy(here - title.len, round.data, round.len);
        memset(here, ' ', thin.len);
    }
}

/* A row of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height. */
struct tsv_row {
    int64_t n[10];
    int64_t sure; /* of the word, 0 to 100 */
    xj_str words;
};

static void
read_row(struct tsv_row *row, xj_str line)
{
    xj_str cells[12];
    size_t got = 0;

    *row = (struct tsv_row){0};
    while (got < 12 && xj_str_split(&cells[got], &line, '\t'))
        got++;
    for (size_t i = 0; i < 10 && i < got; i++) {
        if (!xj_str_int(&row->n[i], cells[i]))
            row->n[i] = 0;
    }
    if (row->n[0] == 5 && got == 12) {
        row->words = xj_str_trim(cells[11]);
        if (!xj_str_split(&line, &cells[10], '.') || !xj_str_int(&row->sure, line))
            row->sure = 0;
    }
}

#define LINES_BACK 16

/* How sure tesseract is of a page, over all its words; *TORN: many of its lines stand beside
 * others, as in columns, or as parts of a line that was taken for several. */
static int64_t
sure_of(bool *torn, xj_str tsv)
{
    int64_t tops[LINES_BACK] = {0}, bottoms[LINES_BACK] = {0}, sure = 0;
    size_t lines = 0, beside = 0;
    xj_str line;

    while (xj_str_split(&line, &tsv, '\n')) {
        struct tsv_row row;
        int64_t top, bottom;
        bool found = false;

        read_row(&row, line);
        sure += row.words.len > 0 ? row.sure : 0;
        if (row.n[0] != 4)
            continue;
        top = row.n[7];
        bottom = row.n[7] + row.n[9];
        for (size_t i = 0; i < LINES_BACK && i < lines && !found; i++)
            found = (top + bottom) / 2 > tops[i] && (top + bottom) / 2 < bottoms[i];
        beside += found;
        tops[lines % LINES_BACK] = top;
        bottoms[lines % LINES_BACK] = bottom;
        lines++;
    }
    *torn = beside * 5 > lines;
    return sure;
}

/* Lay out one page of tesseract's TSV: its lines (level 4) cut at wide gaps, by the words (level 5)
 * with boxes in pixels. */
static xj_error *
lay_out(xj_layout *layout, xj_str tsv, xj_pool *pool)
{
    XJ_VEC(xj_piece) pieces = {0};
    const float scale = 72.0f / XJ_OCR_DPI;
    xj_str rest = tsv, line;
    float width = 595, top = 0, bottom = 0;
    bool open = false;
    xj_buf text;

    xj_buf_init(&text, pool, OUTPUT_MAX);
    while (xj_str_split(&line, &rest, '\n')) {
        struct tsv_row row;
        const int64_t *n = row.n;
        struct word word;

        read_row(&row, line);
        if (n[0] == 1)
            width = (float)n[8] * scale;
        if (n[0] == 4) {
            top = (float)n[7] * scale;
            bottom = (float)(n[7] + n[9]) * scale;
            open = false;
        }
        if (row.words.len == 0)
            continue;
        word = (struct word){.left = (float)n[6] * scale,
                             .top = top,
                             .right = (float)(n[6] + n[8]) * scale,
                             .bottom = bottom,
                             .text = row.words};
        for (size_t at = 0; at < word.text.len;) {
            struct word part = part_of(&word, &at);
            xj_piece *last = open ? &pieces.items[pieces.len - 1] : NULL;

            if (part.text.len == 0) {
                /* white on both sides of a rule, however close the words come to it */
                if (last != NULL)
                    last->right =
                        fmaxf(last->left, fminf(last->right, part.left - CELL_WHITE(part)));
                open = false;
            } else if (last == NULL || !join_word(&text, last, &part)) {
                size_t from = text.len;

                xj_buf_add(&text, part.text);
                xj_vec_push(
                    &pieces, pool,
                    (xj_piece){part.left, part.top, part.right, part.bottom, from, text.len});
                open = true;
            }
        }
    }
    XJ_TRY(xj_buf_check(&text));
    mend_dashes(&text);
    for (size_t i = 0; i < pieces.len; i++)
        mend_brackets(&text, pieces.items[i].from, pieces.items[i].to);
    xj_layout__page(layout, xj_buf_str(&text), pieces.items, pieces.len, width);
    return NULL;
}

static bool
has_chinese_model(void)
{
    static const char *const places[] = {"/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata",
                                         "/usr/share/tessdata/chi_sim.traineddata"};
    bool found = false;

    for (size_t i = 0; i < 2 && !found; i++) {
        glob_t g;

        found = glob(places[i], 0, NULL, &g) == 0;
        globfree(&g);
    }
    return found;
}

/* The words of PICTURE, its page taken as MODE says: 3 has tesseract find columns, 4 takes all for
 * one. */
static xj_error *
recognise_as(xj_str *tsv, const char *mode, const char *folder, const char *picture,
             const xj_doc_watch *watch, xj_pool *pool)
{
    XJ_TRY(run((const char *const[]){"tesseract", picture, "page", "-l", "chi_sim", "--psm", mode,
                                     "tsv", NULL},
               folder, watch, pool));
    XJ_TRY(read_file(tsv, folder, "page.tsv", pool));
    if (xj_utf8_check(*tsv) != tsv->len)
        return xj_error_new(XJ_E_BAD_INPUT, "the recognised text is not valid UTF-8");
    return NULL;
}

static xj_error *
recognise(xj_layout *layout, const char *folder, const char *picture, const xj_doc_watch *watch,
          xj_pool *pool)
{
    xj_str tsv, column;
    int64_t sure;
    bool torn;

    XJ_TRY(recognise_as(&tsv, "3", folder, picture, watch, pool));
    sure = sure_of(&torn, tsv);
    if (torn) {
        XJ_TRY(recognise_as(&column, "4", folder, picture, watch, pool));
        if (sure_of(&torn, column) > sure + sure / 50)
            tsv = column;
    }
    return lay_out(layout, tsv, pool);
}

static xj_error *
can_recognise(void)
{
    if (!is_installed("tesseract"))
        return absent("pictures", "tesseract-ocr");
    if (!has_chinese_model())
        return absent("pictures", "tesseract-ocr-chi-sim");
    return NULL;
}

xj_error *
xj_doc__picture(xj_doc **doc, xj_str bytes, const xj_doc_watch *watch, xj_pool *result,
                xj_pool *pool)
{
    uint32_t width, height;
    const char *folder;
    xj_layout layout;

    xj_doc__picture_size(&width, &height, bytes);
    if (width > SIDE_MAX || height > SIDE_MAX || (uint64_t)width * height > PIXELS_MAX)
        return xj_error_new(
            XJ_E_TOO_LARGE,
            "the picture has %u × %u pixels; the limit is %d on a side and %d million", width,
            height, SIDE_MAX, (int)(PIXELS_MAX / 1000000));
    if (width == 0 || height == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the picture is damaged or cut short");
    XJ_TRY(can_recognise());
    XJ_TRY(make_folder(&folder, pool));
    XJ_TRY(write_file(folder, "picture", bytes, pool));
    xj_layout__init(&layout, pool);
    xj_doc__say(watch, "recognising", 1, 1);
    XJ_TRY(recognise(&layout, folder, "picture", watch, pool));
    return xj_layout__read(doc, &layout, result, pool);
}

xj_error *
xj_doc__scanned_pdf(xj_doc **doc, xj_str bytes, int64_t pages, const xj_doc_watch *watch,
                    xj_pool *result, xj_pool *pool)
{
    const char *folder;
    xj_layout layout;
    int done = 0;

    XJ_TRY(can_recognise());
    if (!is_installed("pdftoppm"))
        return absent("scanned PDF files", "poppler-utils");
    XJ_TRY(make_folder(&folder, pool));
    XJ_TRY(write_file(folder, "in.pdf", bytes, pool));
    xj_layout__init(&layout, pool);
    for (; done < OCR_PAGES_MAX && (pages == 0 || done < pages); done++) {
        xj_str page = xj_str_printf(pool, "%d", done + 1);
        xj_str path = xj_str_printf(pool, "%s/page.png", folder);

        xj_doc__say(watch, "recognising", done + 1, pages);
        if (unlink(path.data) != 0 && errno != ENOENT)
            return xj_error_new(XJ_E_IO, "a temporary file could not be removed");
        XJ_TRY(run((const char *const[]){"pdftoppm", "-r", "200", "-gray", "-png", "-singlefile",
                                         "-f", page.data, "-l", page.data, "in.pdf", "page", NULL},
                   folder, watch, pool));
        if (access(path.data, R_OK) != 0)
            break; /* behind the last page */
        XJ_TRY(recognise(&layout, folder, "page.png", watch, pool));
    }
    if (done == OCR_PAGES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "the scanned PDF has more than %d pages",
                            OCR_PAGES_MAX - 1);
    return xj_layout__read(doc, &layout, result, pool);
}
