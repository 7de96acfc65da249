/*
 * The journal's hashes and their verification.
 *
 * A row's hash is SHA-256 over, in order: the line "xingjian journal 1\n"; tenant, seq, at and
 * actor as 8 bytes each, most significant first; then actor name, command, subject, why, payload
 * hash and previous hash, each as 8 bytes of length and its bytes.  A payload's hash is SHA-256
 * over the salt's length and bytes and the payload's.
 */
#include "store/store_priv.h"

#include <assert.h>
#include <sodium.h>

#define PAGE 500

static_assert(XJ__HASH == crypto_hash_sha256_BYTES, "SHA-256");

static void
feed_int(crypto_hash_sha256_state *state, uint64_t n)
{
    unsigned char bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(n >> (56 - 8 * i));
    crypto_hash_sha256_update(state, bytes, sizeof bytes);
}

static void
feed(crypto_hash_sha256_state *state, xj_str s)
{
    feed_int(state, s.len);
    if (s.len > 0)
        crypto_hash_sha256_update(state, (const unsigned char *)s.data, s.len);
}

void
xj_journal__payload_hash(unsigned char out[XJ__HASH], xj_str salt, xj_str payload)
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    feed(&state, salt);
    feed(&state, payload);
    crypto_hash_sha256_final(&state, out);
}

void
xj_journal__hash(unsigned char out[XJ__HASH], const xj_journal_row *row)
{
    const xj_str head = XJ_STR("xingjian journal 1\n");
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)head.data, head.len);
    feed_int(&state, (uint64_t)row->tenant);
    feed_int(&state, (uint64_t)row->seq);
    feed_int(&state, (uint64_t)row->at);
    feed_int(&state, (uint64_t)row->actor);
    feed(&state, row->actor_name);
    feed(&state, row->command);
    feed(&state, row->subject);
    feed(&state, row->why);
    feed(&state, row->payload_hash);
    feed(&state, row->previous_hash);
    crypto_hash_sha256_final(&state, out);
}

/* ---- verification ---- */

struct verify {
    int64_t tenant, seq; /* the last row read */
    unsigned char previous[XJ__HASH];
    int64_t rows, bad;
    void (*each)(void *arg, int64_t tenant, int64_t seq, const char *what);
    void *arg;
};

static void
report(struct verify *v, int64_t seq, const char *what)
{
    v->bad++;
    if (v->each != NULL)
        v->each(v->arg, v->tenant, seq, what);
}

static bool
is_hash(xj_str s, const unsigned char hash[XJ__HASH])
{
    return s.len == XJ__HASH && memcmp(s.data, hash, XJ__HASH) == 0;
}

static void
verify_payload(struct verify *v, const xj_rows *rows, int64_t seq, xj_str payload_hash)
{
    unsigned char hash[XJ__HASH];

    if (xj_row_null(rows, 10)) {
        report(v, seq, "its payload is missing");
        return;
    }
    if (!xj_row_null(rows, 13)) {
        if (xj_row_int(rows, 13) <= seq)
            report(v, seq, "its payload was erased by an earlier command");
        return;
    }
    xj_journal__payload_hash(hash, xj_row_str(rows, 11), xj_row_str(rows, 12));
    if (!is_hash(payload_hash, hash))
        report(v, seq, "its payload was changed");
}

static void
verify_row(struct verify *v, const xj_rows *rows)
{
    const xj_journal_row row = {
        .tenant = v->tenant,
        .seq = xj_row_int(rows, 0),
        .at = xj_row_int(rows, 1),
        .actor = xj_row_int(rows, 2),
        .actor_name = xj_row_str(rows, 3),
        .command = xj_row_str(rows, 4),
        .subject = xj_row_str(rows, 5),
        .why = xj_row_str(rows, 6),
        .payload_hash = xj_row_str(rows, 7),
        .previous_hash = xj_row_str(rows, 8),
    };
    const xj_str stored = xj_row_str(rows, 9);
    unsigned char hash[XJ__HASH];

    v->rows++;
    if (row.seq != v->seq + 1)
        report(v, row.seq, "the rows before it are missing");
    else if (!is_hash(row.previous_hash, v->previous))
        report(v, row.seq, "it does not follow the row before it");
    xj_journal__hash(hash, &row);
    if (!is_hash(stored, hash))
        report(v, row.seq, "it was changed");
    verify_payload(v, rows, row.seq, row.payload_hash);
    v->seq = row.seq;
    /* Each fault is told once: the next row is held against what is stored here. */
    memset(v->previous, 0, XJ__HASH);
    if (stored.len == XJ__HASH)
        memcpy(v->previous, stored.data, XJ__HASH);
}

/* One page; *MORE is false where there was none. */
static xj_error *
verify_page(struct verify *v, xj_store *store, bool *more, xj_pool *pool)
{
    xj_reader *reader;
    xj_rows *rows;
    int n = 0;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_PAGE, "iii", v->tenant, v->seq,
                       (int64_t)PAGE));
    for (;;) {
        XJ_TRY(xj_rows_next(rows, more));
        if (!*more)
            break;
        verify_row(v, rows);
        n++;
    }
    *more = n == PAGE;
    if (!*more) {
        /* Rows cut off at the end leave their payloads behind. */
        XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_PAYLOAD_LAST, "i", v->tenant));
        XJ_TRY(xj_rows_next(rows, &(bool){false}));
        if (xj_row_int(rows, 0) > v->seq)
            report(v, v->seq + 1, "the rows from here to the end are missing");
    }
    return NULL;
}

static xj_error *
verify_tenant(struct verify *v, xj_store *store, int64_t tenant)
{
    xj_pool *pool = xj_pool_root();
    xj_error *err = NULL;
    bool more = true;

    v->tenant = tenant;
    v->seq = 0;
    memset(v->previous, 0, XJ__HASH);
    /* A snapshot a page: a long read would hold up the checkpoints. */
    while (err == NULL && more) {
        xj_pool_clear(pool);
        err = verify_page(v, store, &more, pool);
    }
    xj_pool_destroy(pool);
    return err;
}

static xj_error *
list_tenants(int64_t **tenants, size_t *n, xj_store *store, xj_pool *pool)
{
    xj_reader *reader;
    xj_rows *rows;

    XJ_TRY(xj_reader_begin(&reader, store, pool));
    XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_TENANTS, ""));
    XJ_TRY(xj_rows_ints(tenants, n, rows, pool));
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_journal_verify(xj_store *store, int64_t tenant, int64_t *rows, int64_t *bad,
                  void (*each)(void *arg, int64_t tenant, int64_t seq, const char *what), void *arg)
{
    struct verify v = {.each = each, .arg = arg};
    xj_pool *pool = xj_pool_root();
    int64_t *tenants = &tenant;
    size_t n = 1;
    xj_error *err = NULL;

    if (tenant < 0)
        err = list_tenants(&tenants, &n, store, pool);
    for (size_t i = 0; err == NULL && i < n; i++)
        err = verify_tenant(&v, store, tenants[i]);
    xj_pool_destroy(pool);
    *rows = v.rows;
    *bad = v.bad;
    return err;
}

/* ---- heads ---- */

static void
write_hex(char out[65], xj_str hash)
{
    out[0] = '\0';
    if (hash.len == XJ__HASH)
        sodium_bin2hex(out, 65, (const unsigned char *)hash.data, hash.len);
}

xj_error *
xj_journal_heads(xj_journal_head **heads, size_t *n, xj_store *store, xj_pool *result)
{
    int64_t *tenants;
    xj_reader *reader;

    XJ_TRY(list_tenants(&tenants, n, store, result));
    *heads = XJ_NEW_ARRAY(result, xj_journal_head, *n);
    XJ_TRY(xj_reader_begin(&reader, store, result));
    for (size_t i = 0; i < *n; i++) {
        xj_journal_head *head = &(*heads)[i];
        xj_rows *rows;
        bool more;

        head->tenant = tenants[i];
        XJ_TRY(xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_HEAD, "i", tenants[i]));
        XJ_TRY(xj_rows_next(rows, &more));
        head->rows = xj_row_int(rows, 0);
        write_hex(head->hash, xj_row_str(rows, 1));
        xj_rows_close(rows);
    }
    xj_reader_end(reader);
    return NULL;
}

xj_error *
xj_journal_has(bool *has, xj_store *store, const xj_journal_head *head, xj_pool *scratch)
{
    xj_reader *reader;
    xj_rows *rows;
    char hash[65];
    bool more;

    XJ_TRY(xj_reader_begin(&reader, store, scratch));
    XJ_TRY(
        xj_db_query(&rows, xj_reader_db(reader), SQL_JOURNAL_HASH, "ii", head->tenant, head->rows));
    XJ_TRY(xj_rows_next(rows, &more));
    write_hex(hash, more ? xj_row_str(rows, 0) : XJ_STR(""));
    *has = more && strcmp(hash, head->hash) == 0;
    xj_reader_end(reader);
    return NULL;
}
