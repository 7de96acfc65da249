/* Files that returns rest on: what they are, their names, and keeping them. */
#include "duty/evidence.h"

#include "base/cal.h"
#include "doc/doc.h"
#include "doc/media.h"

#include <pthread.h>
#include <strings.h>

#define LOOK_SECONDS 20 /* a scan of many pages is taken unread after that */
#define LOOKING_MAX 4   /* files that are looked into at a time, each in a child process */

static const struct kind {
    const char *word, *type;
    const char *endings; /* the first is added where the name has none of them */
} kinds[] = {
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"pdf", "application/pdf", "pdf"},
    {"ofd", "application/ofd", "ofd"},
    {"office", "application/octet-stream", "doc,wps,rtf,odt"},
    {"sheet", "application/octet-stream", "xls,et,ods"},
    {"text", "text/plain; charset=utf-8", "txt,csv,md"},
    {"jpeg", "image/jpeg", "jpg,jpeg"},
    {"png", "image/png", "png"},
    {"mp4", "video/mp4", "mp4,mov,m4v"},
};

static const struct kind *
kind_of(xj_str word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (xj_str_eq(word, xj_str_c(kinds[i].word)))
            return &kinds[i];
    return NULL;
}

const char *
xj_evidence_media_type(xj_str kind)
{
    const struct kind *known = kind_of(kind);

    return known == NULL ? "application/octet-stream" : known->type;
}

/* ---- the name ---- */

/* Marks that turn the direction of writing make "gpj.exe" of another name. */
static bool
is_shown(uint32_t cp)
{
    return cp >= 0x20 && cp != 0x7f && !(cp >= 0x80 && cp < 0xa0) &&
           !(cp >= 0x200b && cp <= 0x200f) && !(cp >= 0x2028 && cp <= 0x202e) &&
           !(cp >= 0x2060 && cp <= 0x206f) && cp != 0xfeff &&
           (cp > 0x7f || strchr("<>:\"|?*", (int)cp) == NULL);
}

static bool
has_ending(xj_str name, const char *endings)
{
    const size_t dot = xj_str_rfind(name, XJ_STR("."));
    xj_str rest = xj_str_c(endings), one;

    while (dot != XJ_NPOS && xj_str_split(&one, &rest, ',')) {
        const xj_str ending = xj_str_skip(name, dot + 1);

        if (ending.len == one.len && strncasecmp(ending.data, one.data, one.len) == 0)
            return true;
    }
    return false;
}

static xj_str
clean_name(xj_str name, const struct kind *kind, xj_pool *result)
{
    xj_str endings = xj_str_c(kind->endings), first = XJ_STR("");
    size_t at = 0, n = 0;
    xj_str last = name;
    xj_buf out;

    for (size_t i = 0; i < name.len; i++)
        if (name.data[i] == '/' || name.data[i] == '\\')
            last = xj_str_skip(name, i + 1);
    xj_buf_init(&out, result, XJ_EVIDENCE_NAME_MAX * 4 + 32);
    while (at < last.len) {
        const size_t from = at;
        const uint32_t cp = xj_utf8_next(last, &at);

        if (!is_shown(cp) || ((cp == '.' || cp == ' ') && out.len == 0))
            continue;
        if (++n > XJ_EVIDENCE_NAME_MAX)
            break;
        xj_buf_add(&out, xj_str_sub(last, from, at));
    }
    if (out.len == 0)
        xj_buf_add(&out, XJ_STR("附件"));
    if (!has_ending(xj_buf_str(&out), kind->endings) && xj_str_split(&first, &endings, ','))
        xj_buf_printf(&out, "." XJ_FMT, XJ_ARG(first));
    return xj_buf_str(&out);
}

/* ---- what it is ---- */

static const char *
word_of(xj_str bytes)
{
    switch (xj_media_kind_of(bytes)) {
    case XJ_MEDIA_JPEG:
        return "jpeg";
    case XJ_MEDIA_PNG:
        return "png";
    case XJ_MEDIA_MP4:
        return "mp4";
    case XJ_MEDIA_NONE:
        break;
    }
    switch (xj_doc_kind_of(bytes)) {
    case XJ_DOC_DOCX:
    case XJ_DOC_XLSX:
    case XJ_DOC_PDF:
    case XJ_DOC_OFD:
    case XJ_DOC_OFFICE:
    case XJ_DOC_SHEET:
    case XJ_DOC_TEXT:
        return xj_doc_kind_word(xj_doc_kind_of(bytes));
    default:
        return "";
    }
}

static bool
out_of_time(void *arg)
{
    return xj_now() > *(const int64_t *)arg;
}

static xj_error *
not_taken(void)
{
    return xj_error_new(XJ_E_UNSUPPORTED_KIND, "files of this kind are not taken; save it as PDF, "
                                               "Word, Excel, JPEG, PNG or MP4");
}

static pthread_mutex_t looking_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t looking_less = PTHREAD_COND_INITIALIZER;
static int looking;

static xj_error *
read_in_turn(xj_doc **doc, xj_str bytes, xj_pool *scratch)
{
    int64_t until;
    const xj_doc_limits limits = {.seconds = LOOK_SECONDS,
                                  .watch = {.ends = out_of_time, .arg = &until}};
    xj_error *err;

    pthread_mutex_lock(&looking_lock);
    while (looking == LOOKING_MAX)
        pthread_cond_wait(&looking_less, &looking_lock);
    looking++;
    pthread_mutex_unlock(&looking_lock);
    until = xj_now() + (int64_t)LOOK_SECONDS * 1000000;
    err = xj_doc_read_apart(doc, bytes, &limits, scratch, scratch);
    pthread_mutex_lock(&looking_lock);
    looking--;
    pthread_cond_signal(&looking_less);
    pthread_mutex_unlock(&looking_lock);
    return err;
}

/* Its words may say that it is classified.  What cannot be read for want of time or of a program
 * is taken unread; a damaged file and a locked one are not. */
static xj_error *
look_for_marks(bool *looked, xj_str word, xj_str bytes, xj_pool *scratch)
{
    xj_error *err;
    xj_doc *doc;

    *looked = false;
    if (bytes.len > XJ_DOC_BYTES_MAX || xj_str_eq(word, XJ_STR("jpeg")) ||
        xj_str_eq(word, XJ_STR("png")) || xj_str_eq(word, XJ_STR("mp4")))
        return NULL;
    err = read_in_turn(&doc, bytes, scratch);
    switch (xj_error_code(err)) {
    case XJ_E_CANCELLED:
    case XJ_E_TIMEOUT:
    case XJ_E_NEEDS_OCR:
    case XJ_E_UNSUPPORTED_KIND:
        if (!xj_str_eq(word, XJ_STR("text"))) {
            xj_error_clear(err);
            return NULL;
        }
        break;
    case XJ_E_BAD_INPUT:
    case XJ_E_NOT_UTF8:
        if (xj_str_eq(word, XJ_STR("text"))) { /* what has no beginning of its own */
            xj_error_clear(err);
            return not_taken();
        }
        break;
    default:
        break;
    }
    XJ_TRY(err);
    *looked = true;
    return xj_doc_check_marks(doc, false);
}

static xj_error *
keep_bare(xj_evidence_file *file, xj_blobs *blobs, xj_str bytes, xj_pool *result, xj_pool *scratch)
{
    xj_blob_writer *writer;
    xj_blob_hash hash;
    xj_media media;

    XJ_TRY(xj_media_bare(&media, xj_media_kind_of(bytes), bytes, scratch));
    XJ_TRY(xj_blob_begin(&writer, blobs, scratch));
    for (size_t i = 0; i < media.n; i++)
        XJ_TRY(xj_blob_add(writer, media.parts[i]));
    XJ_TRY(xj_blob_finish(&hash, &file->size, writer));
    file->hash = xj_str_dup(xj_str_c(hash.hex), result);
    file->bare = media.bare;
    return NULL;
}

xj_error *
xj_evidence_prepare(xj_evidence_file *file, xj_blobs *blobs, xj_str name, xj_str bytes,
                    xj_pool *result, xj_pool *scratch)
{
    const struct kind *kind;

    if (bytes.len == 0)
        return xj_error_new(XJ_E_BAD_INPUT, "the file is empty");
    if ((int64_t)bytes.len > XJ_EVIDENCE_BYTES_MAX)
        return xj_error_new(XJ_E_TOO_LARGE, "a file has at most %lld bytes",
                            (long long)XJ_EVIDENCE_BYTES_MAX);
    if (xj_doc_kind_of(bytes) == XJ_DOC_ENCRYPTED)
        return xj_error_new(XJ_E_BAD_INPUT,
                            "the file is encrypted; save it without a password first");
    kind = kind_of(xj_str_c(word_of(bytes)));
    if (kind == NULL)
        return not_taken();
    *file =
        (xj_evidence_file){.kind = xj_str_c(kind->word), .name = clean_name(name, kind, result)};
    XJ_TRY(look_for_marks(&file->looked, file->kind, bytes, scratch));
    return keep_bare(file, blobs, bytes, result, scratch);
}
