/* How a person wants to be told. */
#include "notice/notice_priv.h"

xj_error *
xj_channel_list(xj_channel_row *out, xj_db *db, int64_t tenant, int64_t person, xj_pool *result)
{
    xj_rows *rows;
    bool more;

    for (int i = 0; i < XJ_CHANNELS; i++)
        out[i] = (xj_channel_row){.channel = (xj_channel)i, .language = XJ_STR("zh")};
    XJ_TRY(xj_db_query(&rows, db, SQL_CHANNELS, "ii", tenant, person));
    for (;;) {
        xj_channel channel;

        XJ_TRY(xj_rows_next(rows, &more));
        if (!more)
            return NULL;
        XJ_TRY(xj_channel_parse(&channel, xj_row_str(rows, 0)));
        out[channel] = (xj_channel_row){.channel = channel,
                                        .wanted = xj_row_int(rows, 1) != 0,
                                        .address = xj_row_text(rows, 2, result),
                                        .language = xj_row_text(rows, 3, result),
                                        .dead_at = xj_row_int(rows, 4),
                                        .dead_why = xj_row_text(rows, 5, result),
                                        .version = xj_row_int(rows, 6)};
    }
}

static bool
is_number(xj_str s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] >= '0' && s.data[i] <= '9')
            digits++;
        else if (strchr("+- ", s.data[i]) == NULL)
            return false;
    }
    return digits >= 5 && digits <= 15 && s.len <= XJ_PHONE_MAX;
}

/* Errors: BAD_INPUT for an address that ROW's way cannot go to. */
static xj_error *
check(xj_tx *tx, int64_t person, const xj_channel_row *row)
{
    const xj_scope all = xj_scope_all(xj_tx_tenant(tx));
    char today[XJ_DATE_LEN];
    xj_person_card card;

    switch (row->channel) {
    case XJ_CHANNEL_MAIL:
        if (row->address.len == 0 ? row->wanted : !xj_mail_address_ok(row->address))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "this is no e-mail address"),
                               "/address");
        return NULL;
    case XJ_CHANNEL_SMS:
        if (row->address.len > 0 && !is_number(row->address))
            return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "this is no telephone number"),
                               "/address");
        if (row->address.len > 0 || !row->wanted)
            return NULL;
        XJ_TRY(xj_person_card_get(&card, xj_tx_db(tx), &all,
                                  xj_date_format(today, xj_day_of(xj_tx_now(tx))), person,
                                  xj_tx_pool(tx)));
        if (card.mobile.len > 0)
            return NULL;
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "no mobile number is known"), "/address");
    case XJ_CHANNEL_HOOK:
    case XJ_CHANNEL_INBOX:
        break;
    }
    if (row->address.len > 0)
        return xj_error_at(xj_error_new(XJ_E_BAD_INPUT, "this way takes no address"), "/address");
    return NULL;
}

xj_error *
xj_channel_set(xj_tx *tx, int64_t person, const xj_channel_row *row)
{
    const xj_str word = xj_str_c(xj_channel_word(row->channel));
    const int64_t tenant = xj_tx_tenant(tx), now = xj_tx_now(tx);
    const xj_str address = row->address.len == 0 ? XJ_STR_NONE : row->address;
    xj_channel_row rows[XJ_CHANNELS];
    xj_db *db = xj_tx_db(tx);
    int64_t changed;

    XJ_TRY(check(tx, person, row));
    xj_tx_subject(tx, "person", person);
    XJ_TRY(xj_channel_list(rows, db, tenant, person, xj_tx_pool(tx)));
    if (rows[row->channel].version != row->version)
        return xj_error_new(XJ_E_STALE, "this was changed meanwhile");
    if (row->version == 0)
        return xj_db_send(db, SQL_CHANNEL_ADD, "iisiSsi", tenant, person, word,
                          (int64_t)row->wanted, address, row->language, now);
    return xj_db_change(&changed, db, SQL_CHANNEL_SET, "iSsiiisi", (int64_t)row->wanted, address,
                        row->language, now, tenant, person, word, row->version);
}
