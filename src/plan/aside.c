#include "plan/aside.h"

#include "plan/grammar_tables.h"
#include "plan/import_priv.h"
#include "text/chars.h"

#define PART_MIN ((size_t)1500) /* bytes: a part ends at the next end of a line ... */
#define PART_MAX ((size_t)6000) /* ... or here */

/* ---- kinds ---- */

/* SPAN without brackets with something in them at its end, as in "...方案（2026-2030年）". */
static xj_span
without_brackets(const xj_chars *chars, xj_span span)
{
    for (;;) {
        size_t open;

        span = xj_chars_trim(chars, span, u"《》\"“”:");
        if (span.to == span.from || chars->c[span.to - 1] != ')')
            return span;
        open = span.to;
        while (open > span.from && chars->c[open - 1] != '(')
            open--;
        if (open <= span.from + 1)
            return span;
        span.to = open - 1;
    }
}

const char *
xj_document_kind_of(xj_str title, xj_pool *scratch)
{
    static const char16_t notice[] = u"的通知";
    xj_span span, inner;
    xj_chars chars;
    size_t len;
    int value;

    xj_chars_fold(&chars, title, scratch);
    span = without_brackets(&chars, (xj_span){0, chars.n});
    /* A notice that only sends something out is of the kind of what it sends. */
    if (span.to >= span.from + 3 && xj_chars_is(&chars, span.to - 3, span.to, notice)) {
        inner = without_brackets(&chars, (xj_span){span.from, span.to - 3});
        for (size_t i = span.from; i < inner.to; i++) {
            if (!xj_chars_is(&chars, i, inner.to, u"印发") &&
                !xj_chars_is(&chars, i, inner.to, u"转发"))
                continue;
            value = xj_gram_end(&xj_g_documentkind, &chars, inner, &len);
            return xj_g_documentkind_names[value != 0 ? value : XJ_G_DOCUMENTKIND_NOTICE];
        }
    }
    value = xj_gram_end(&xj_g_documentkind, &chars, span, &len);
    return value == 0 ? "other" : xj_g_documentkind_names[value];
}

bool
xj_document_kind_is(xj_str word)
{
    for (size_t i = 1; i < sizeof xj_g_documentkind_names / sizeof *xj_g_documentkind_names; i++)
        if (xj_str_eq(word, xj_str_c(xj_g_documentkind_names[i])))
            return true;
    return xj_str_eq(word, XJ_STR("other"));
}

xj_error *
xj_plan__derive(xj_tx *tx, int64_t document, xj_str title, xj_str doc_no, xj_str issuer)
{
    xj_pool *pool = xj_tx_pool(tx);

    return xj_db_send(xj_tx_db(tx), SQL_DOCUMENT_SET_WORDS, "ssii",
                      xj_plan__document_words(title, doc_no, issuer, pool),
                      xj_str_c(xj_document_kind_of(title, pool)), xj_tx_tenant(tx), document);
}

/* ---- setting aside ---- */

#define TITLE_LINES 15 /* in which a title is looked for */
#define TITLE_LINE 100 /* characters of one that may be a title */

/* What LINE may be: 2 a title, by how it ends; 1 perhaps a title; 0 none. */
static int
title_rank(xj_str line, xj_pool *pool)
{
    if (line.len == 0 || xj_utf8_count(line) > TITLE_LINE)
        return 0;
    if (!xj_str_eq(xj_str_c(xj_document_kind_of(line, pool)), XJ_STR("other")))
        return 2;
    return xj_str_ends(line, XJ_STR("。")) || xj_str_ends(line, XJ_STR("；")) ? 0 : 1;
}

xj_str
xj_plan__aside_title(xj_str text, xj_str file_name, xj_pool *pool)
{
    xj_str best = XJ_STR_NONE;
    size_t from = 0, dot;

    for (int i = 0; i < TITLE_LINES && from < text.len; i++) {
        const size_t found = xj_str_find(text, XJ_STR("\n"), from);
        const size_t to = found == XJ_NPOS ? text.len : found;
        const xj_str line = xj_str_trim(xj_str_sub(text, from, to));
        const int rank = title_rank(line, pool);

        if (rank == 2)
            return line;
        if (rank == 1 && best.data == NULL)
            best = line;
        from = to + 1;
    }
    if (best.data != NULL)
        return best;
    for (dot = file_name.len; dot > 1 && file_name.data[dot - 1] != '.'; dot--)
        ;
    return dot > 1 ? xj_str_sub(file_name, 0, dot - 1) : file_name;
}

/* Where the part of TEXT that begins at FROM ends. */
static size_t
part_end(xj_str text, size_t from)
{
    size_t at = from + PART_MIN;

    if (at >= text.len)
        return text.len;
    while (at < text.len && at < from + PART_MAX && text.data[at] != '\n')
        at++;
    while (at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    return at;
}

xj_error *
xj_plan__keep_parts(xj_tx *tx, int64_t version, xj_str text)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_pool_child(xj_tx_pool(tx));
    xj_db *db = xj_tx_db(tx);

    for (size_t from = 0, to; from < text.len; from = to) {
        const int64_t id = xj_tx_next_id(tx);
        xj_str part;

        xj_pool_clear(pool);
        to = part_end(text, from);
        part = xj_str_trim(xj_str_sub(text, from, to));
        if (part.len == 0)
            continue;
        XJ_TRY(xj_db_send(db, SQL_PART_ADD, "iiis", tenant, id, version, part));
        XJ_TRY(xj_db_send(db, SQL_PART_WORDS_ADD, "isi", id,
                          xj_plan__words(tenant, XJ_STR(""), part, pool), tenant));
    }
    xj_pool_destroy(pool);
    return NULL;
}

static xj_error *
remove_parts(xj_tx *tx, int64_t version)
{
    struct part {
        int64_t id;
        xj_str words;
    };
    const int64_t tenant = xj_tx_tenant(tx);
    xj_pool *pool = xj_tx_pool(tx);
    XJ_VEC(struct part) parts = {0};
    xj_db *db = xj_tx_db(tx);
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, db, SQL_PARTS_OF_VERSION, "ii", tenant, version));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        xj_vec_push(&parts, pool,
                    (struct part){xj_row_int(rows, 0),
                                  xj_plan__words(tenant, XJ_STR(""), xj_row_str(rows, 1), pool)});
    }
    for (size_t i = 0; i < parts.len; i++)
        XJ_TRY(xj_db_send(db, SQL_PART_WORDS_REMOVE, "isi", parts.items[i].id, parts.items[i].words,
                          tenant));
    return xj_db_send(db, SQL_PARTS_REMOVE, "ii", tenant, version);
}

/* ---- looking ---- */

static void
read_aside(xj_aside *a, const xj_rows *rows, xj_pool *result)
{
    *a = (xj_aside){.id = xj_row_int(rows, 0),
                    .programme = xj_row_int(rows, 1),
                    .file_name = xj_row_text(rows, 2, result),
                    .title = xj_row_text(rows, 3, result),
                    .doc_no = xj_row_text(rows, 4, result),
                    .issuer = xj_row_text(rows, 5, result),
                    .issued_on = xj_row_text(rows, 6, result),
                    .jurisdiction = xj_row_text(rows, 7, result),
                    .set_at = xj_row_int(rows, 8),
                    .set_by = xj_row_text(rows, 9, result)};
    a->kind = xj_str_c(xj_document_kind_of(a->title, result));
}

xj_error *
xj_aside_list(xj_aside **items, size_t *n, xj_db *db, const xj_scope *scope, int64_t after,
              int64_t limit, xj_pool *result)
{
    XJ_VEC(xj_aside) found = {0};
    xj_list *list = xj_list_new(SQL_ASIDE_LIST, result);
    xj_rows *rows;
    bool more;

    xj_list_order(list, "newest", true);
    if (after != 0)
        xj_list_after_int(list, after, after);
    XJ_TRY(xj_list_query(&rows, list, db, limit, "i", scope->tenant));
    for (;;) {
        xj_aside aside;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            break;
        read_aside(&aside, rows, result);
        xj_vec_push(&found, result, aside);
    }
    *items = found.items;
    *n = found.len;
    return NULL;
}

static xj_error *
get_aside(xj_aside *aside, xj_tx *tx, int64_t id)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_ASIDE_GET, "ii", xj_tx_tenant(tx), id));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return xj_error_new(XJ_E_NOT_FOUND, "there is no such file set aside");
    read_aside(aside, rows, xj_tx_pool(tx));
    xj_rows_close(rows);
    xj_tx_subject(tx, "plan_aside", id);
    return NULL;
}

/* ---- keeping ---- */

static xj_error *
check_text(xj_str text, size_t max, const char *place)
{
    if (xj_utf8_count(text) > max)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "more than %zu characters", max), "%s",
                           place);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a line break or control character"),
                               "%s", place);
    return NULL;
}

/* FIELDS trimmed, as they are stored. */
static xj_error *
check_fields(xj_document_fields *out, const xj_document_fields *fields)
{
    xj_str *may_lack[] = {&out->doc_no, &out->issuer, &out->issued_on};

    *out = *fields;
    out->title = xj_str_trim(fields->title);
    if (out->title.len == 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "a document needs a title"), "/title");
    for (size_t i = 0; i < sizeof may_lack / sizeof *may_lack; i++) {
        *may_lack[i] = xj_str_trim(*may_lack[i]);
        if (may_lack[i]->len == 0)
            *may_lack[i] = XJ_STR_NONE;
    }
    XJ_TRY(check_text(out->title, XJ_TITLE_MAX, "/title"));
    XJ_TRY(check_text(out->doc_no, XJ_DOC_NO_MAX, "/doc_no"));
    XJ_TRY(check_text(out->issuer, XJ_ISSUER_MAX, "/issuer"));
    if (!xj_document_kind_is(out->kind))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no such kind of document"),
                           "/kind");
    return NULL;
}

static xj_str
identity_of(const xj_document_fields *f)
{
    return f->doc_no.len > 0 ? f->doc_no : f->title;
}

/* The document of PROGRAMME that is known by FIELDS' number or title; 0: none. */
static xj_error *
find_identity(int64_t *id, xj_tx *tx, int64_t programme, const xj_document_fields *f)
{
    xj_rows *rows;
    bool more;

    XJ_TRY(xj_db_query(&rows, xj_tx_db(tx), SQL_DOCUMENT_BY_IDENTITY, "iis", xj_tx_tenant(tx),
                       programme, identity_of(f)));
    XJ_TRY(xj_rows_next(rows, &more));
    *id = more ? xj_row_int(rows, 0) : 0;
    xj_rows_close(rows);
    return NULL;
}

/* Whether a person chose a kind that the title does not say, or one other than the one that was
 * chosen by hand before. */
static int64_t
by_hand(const xj_document_fields *f, bool before, xj_pool *pool)
{
    return before || !xj_str_eq(f->kind, xj_str_c(xj_document_kind_of(f->title, pool)));
}

static xj_error *
store_fields(xj_tx *tx, int64_t id, const xj_document_fields *f, bool plan, bool by_hand_before,
             int64_t latest)
{
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_DOCUMENT_CHANGE, "sSSSSsiiiii", f->title, f->doc_no,
                      f->issuer, f->issued_on, plan ? XJ_STR_NONE : identity_of(f), f->kind,
                      by_hand(f, by_hand_before, xj_tx_pool(tx)), latest, (int64_t)!plan,
                      xj_tx_tenant(tx), id));
    return xj_plan__derive(tx, id, f->title, f->doc_no, f->issuer);
}

/* The aside becomes the next version of document ID, which is no plan, or the first of a new one.
 */
static xj_error *
make_version(int64_t *id, xj_tx *tx, const xj_aside *aside, const xj_document_fields *f)
{
    const int64_t tenant = xj_tx_tenant(tx);
    xj_db *db = xj_tx_db(tx);
    int64_t no = 0, in_force = 0;
    xj_rows *rows;
    bool more;

    if (*id == 0) {
        *id = xj_tx_next_id(tx);
        XJ_TRY(xj_db_send(db, SQL_DOCUMENT_ADD, "iiissSSSSii", tenant, *id, aside->programme,
                          identity_of(f), f->title, f->doc_no, f->issuer, f->issued_on,
                          aside->jurisdiction, aside->id, xj_tx_now(tx)));
    } else {
        XJ_TRY(xj_db_query(&rows, db, SQL_VERSION_LAST_NO, "ii", tenant, *id));
        XJ_TRY(xj_rows_next(rows, &more));
        no = xj_row_int(rows, 0);
        xj_rows_close(rows);
        XJ_TRY(xj_plan__in_force(&in_force, db, tenant, *id));
    }
    if (in_force != 0)
        XJ_TRY(xj_db_send(db, SQL_VERSION_SUPERSEDE, "ii", tenant, in_force));
    return xj_db_send(db, SQL_ASIDE_KEEP, "iisSSSiiii", *id, no + 1, f->title, f->doc_no, f->issuer,
                      f->issued_on, xj_tx_now(tx), xj_tx_actor(tx), tenant, aside->id);
}

xj_error *
xj_aside_keep(int64_t *document, xj_tx *tx, int64_t id, const xj_document_fields *fields)
{
    xj_document held = {0};
    xj_document_fields f;
    xj_aside aside;

    XJ_TRY(get_aside(&aside, tx, id));
    XJ_TRY(check_fields(&f, fields));
    XJ_TRY(find_identity(document, tx, aside.programme, &f));
    if (*document != 0) {
        XJ_TRY(xj_plan__document(&held, xj_tx_db(tx), xj_tx_tenant(tx), *document, xj_tx_pool(tx)));
        if (!held.basis)
            return xj_error_at(xj_error_new(XJ_E_CONFLICT,
                                            "a plan with this number or title is held: " XJ_FMT,
                                            XJ_ARG(held.title)),
                               "/doc_no");
    }
    XJ_TRY(make_version(document, tx, &aside, &f));
    XJ_TRY(store_fields(tx, *document, &f, false, held.kind_by_hand, id));
    xj_tx_subject(tx, "document", *document);
    return xj_db_send(xj_tx_db(tx), SQL_ASIDE_REMOVE, "ii", xj_tx_tenant(tx), id);
}

xj_error *
xj_aside_remove(xj_tx *tx, int64_t id)
{
    xj_aside aside;

    XJ_TRY(get_aside(&aside, tx, id));
    XJ_TRY(remove_parts(tx, id));
    XJ_TRY(xj_db_send(xj_tx_db(tx), SQL_BASIS_REMOVE, "ii", xj_tx_tenant(tx), id));
    return xj_db_send(xj_tx_db(tx), SQL_ASIDE_REMOVE, "ii", xj_tx_tenant(tx), id);
}

/* ---- changing ---- */

static bool
same(xj_str a, xj_str b)
{
    return a.len == b.len && (a.len == 0 || xj_str_eq(a, b));
}

xj_error *
xj_document_change(xj_tx *tx, int64_t id, int64_t version, const xj_document_fields *fields)
{
    xj_document held;
    xj_document_fields f;
    int64_t other;

    XJ_TRY(xj_plan__document(&held, xj_tx_db(tx), xj_tx_tenant(tx), id, xj_tx_pool(tx)));
    XJ_TRY(xj_plan__seen(tx, &held, version));
    if (!held.basis && same(fields->title, held.title))
        f = *fields; /* also the empty title of a plan that prints none */
    else
        XJ_TRY(check_fields(&f, fields));
    if (!xj_document_kind_is(f.kind))
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "there is no such kind of document"),
                           "/kind");
    if (!held.basis && (!same(f.title, held.title) || !same(f.doc_no, held.doc_no) ||
                        !same(f.issuer, held.issuer) || !same(f.issued_on, held.issued_on)))
        return xj_error_at(xj_error_new(XJ_E_CONFLICT, "the head of a plan is corrected in a draft "
                                                       "of it; here only its kind"),
                           "/title");
    if (held.basis) {
        XJ_TRY(find_identity(&other, tx, held.programme, &f));
        if (other != 0 && other != id)
            return xj_error_at(
                xj_error_new(XJ_E_CONFLICT, "another document has this number or title"),
                "/doc_no");
    }
    return store_fields(tx, id, &f, !held.basis, held.kind_by_hand || !xj_str_eq(f.kind, held.kind),
                        held.latest);
}

xj_error *
xj_plan__seen(xj_tx *tx, const xj_document *document, int64_t version)
{
    xj_tx_subject(tx, "document", document->id);
    if (document->version == version)
        return NULL;
    return xj_error_new(XJ_E_STALE,
                        "the document was changed since you saw it: it is at %lld, you saw %lld",
                        (long long)document->version, (long long)version);
}
