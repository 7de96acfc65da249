/*
 * One command in its savepoint: the stored answer of an earlier try, the work itself, the journal's
 * row, the answer kept for the next try; and what a command may use.
 */
#include "base/cal.h"
#include "store/lane_priv.h"

#include <sodium.h>

#define EPOCH_2020 INT64_C(1577836800000000)
#define ID_AHEAD INT64_C(10000000) /* ids reserved with one write: ten seconds of them */
#define SECOND INT64_C(1000000)
#define PRUNE_EVERY (3600 * SECOND)
#define PRUNE_ROWS INT64_C(500)
#define IDEM_KEY_MAX 200
#define SALT 16

struct xj_tx {
    xj_lane *lane;
    const xj_command *command;
    int64_t now;
    xj_str subject, why;
};

static xj_error *
head_of(struct head **out, xj_lane *lane, int64_t tenant)
{
    struct head *head = xj_map_find(&lane->heads, xj_str_of((const char *)&tenant, sizeof tenant));
    xj_rows *rows;
    bool more;

    *out = head;
    if (head != NULL)
        return NULL;
    XJ_TRY(xj_db_query(&rows, &lane->db, SQL_JOURNAL_HEAD, "i", tenant));
    XJ_TRY(xj_rows_next(rows, &more));
    head = XJ_NEW(lane->heads_pool, struct head);
    head->tenant = tenant;
    if (more) {
        const xj_str hash = xj_row_str(rows, 1);

        if (hash.len != XJ__HASH) {
            xj_rows_close(rows);
            return xj_error_new(XJ_E_CORRUPT, "the journal's last row is damaged");
        }
        head->seq = xj_row_int(rows, 0);
        memcpy(head->hash, hash.data, XJ__HASH);
    }
    xj_rows_close(rows);
    xj_map_set(&lane->heads, xj_str_of((const char *)&head->tenant, sizeof tenant), head);
    *out = head;
    return NULL;
}

/* The stored answer to the same request, if there is one. */
static xj_error *
find_answer(struct turn *turn, xj_lane *lane, int64_t now)
{
    const xj_command *command = turn->command;
    xj_error *err = NULL;
    xj_rows *rows;
    bool more;

    if (command->idem_key.len > IDEM_KEY_MAX)
        return xj_error_new(XJ_E_BAD_INPUT, "the idempotency key has %zu bytes; the limit is %d",
                            command->idem_key.len, IDEM_KEY_MAX);
    XJ_TRY(xj_db_query(&rows, &lane->db, SQL_IDEM_FIND, "iisi", command->tenant, command->actor,
                       command->idem_key, now - XJ_IDEM_DAYS * 86400 * SECOND));
    XJ_TRY(xj_rows_next(rows, &more));
    if (!more)
        return NULL;
    if (!xj_str_eq(xj_row_str(rows, 0), command->request_hash)) {
        err = xj_error_new(XJ_E_IDEM_REUSED, "the idempotency key was used for another request");
    } else {
        xj_buf_add(&turn->out, xj_row_str(rows, 1));
        turn->answer.replayed = true;
        err = xj_buf_check(&turn->out);
    }
    xj_rows_close(rows);
    return err;
}

static xj_error *
write_journal(struct turn *turn, xj_lane *lane, struct head *head, const xj_tx *tx)
{
    const xj_command *command = turn->command;
    const xj_str payload = command->payload.len == 0 ? XJ_STR("{}") : command->payload;
    char salt[SALT];
    unsigned char payload_hash[XJ__HASH];
    const xj_str hash = {(const char *)turn->hash, XJ__HASH};
    const xj_journal_row row = {
        .tenant = command->tenant,
        .seq = head->seq + 1,
        .at = tx->now,
        .actor = command->actor,
        .actor_name = command->actor_name,
        .command = xj_str_c(command->name),
        .subject = tx->subject,
        .why = tx->why,
        .payload_hash = {(const char *)payload_hash, XJ__HASH},
        .previous_hash = {(const char *)head->hash, XJ__HASH},
    };

    randombytes_buf(salt, sizeof salt);
    xj_journal__payload_hash(payload_hash, xj_str_of(salt, sizeof salt), payload);
    xj_journal__hash(turn->hash, &row);
    turn->seq = row.seq;
    XJ_TRY(xj_db_send(&lane->db, SQL_JOURNAL_ADD, "iiiissssbbb", row.tenant, row.seq, row.at,
                      row.actor, row.actor_name, row.command, row.subject, row.why,
                      row.payload_hash, row.previous_hash, hash));
    return xj_db_send(&lane->db, SQL_JOURNAL_PAYLOAD_ADD, "iibs", row.tenant, row.seq,
                      xj_str_of(salt, sizeof salt), payload);
}

/* Keep the answer for the key's next use; now and then drop what is too old. */
static xj_error *
keep_answer(const struct turn *turn, xj_lane *lane, struct head *head, int64_t now)
{
    const xj_command *command = turn->command;
    int64_t dropped;

    XJ_TRY(xj_db_send(&lane->db, SQL_IDEM_PUT, "iisbiib", command->tenant, command->actor,
                      command->idem_key, command->request_hash, now, turn->seq,
                      xj_buf_str(&turn->out)));
    if (now - head->pruned_at < PRUNE_EVERY)
        return NULL;
    XJ_TRY(xj_db_change(&dropped, &lane->db, SQL_IDEM_PRUNE, "iii", command->tenant,
                        now - XJ_IDEM_DAYS * 86400 * SECOND, PRUNE_ROWS));
    if (dropped < PRUNE_ROWS)
        head->pruned_at = now;
    return NULL;
}

/* All that stands between a command's savepoint and its release. */
static xj_error *
work(struct turn *turn, struct head **head, xj_lane *lane)
{
    const xj_command *command = turn->command;
    xj_tx tx = {.lane = lane,
                .command = command,
                .now = xj_now(),
                .subject = command->subject,
                .why = command->why};

    if (command->idem_key.len > 0) {
        XJ_TRY(find_answer(turn, lane, tx.now));
        if (turn->answer.replayed)
            return NULL;
    }
    XJ_TRY(head_of(head, lane, command->tenant));
    XJ_TRY(command->run(&tx, command->args, &turn->out));
    if (lane->db.failed)
        return xj_error_new(XJ_E_DB, "a statement failed and the command went on");
    XJ_TRY(xj_buf_check(&turn->out));
    XJ_TRY(write_journal(turn, lane, *head, &tx));
    if (command->idem_key.len > 0)
        XJ_TRY(keep_answer(turn, lane, *head, tx.now));
    if (lane->new_mark != lane->mark)
        XJ_TRY(
            xj_db_send(&lane->db, SQL_STORE_ID_MARK_SET, "ii", (int64_t)lane->no, lane->new_mark));
    turn->wrote = true;
    return NULL;
}

xj_error *
xj_lane__turn(struct turn *turn, xj_lane *lane)
{
    const xj_driver *driver = lane->store->driver;
    const int64_t mark = lane->new_mark;
    struct head *head = NULL;
    xj_error *err;

    lane->db.failed = false;
    XJ_TRY(driver->control(lane->conn, XJ_CTL_SAVEPOINT));
    err = work(turn, &head, lane);
    xj_db__end(&lane->db);
    if (err == NULL)
        err = driver->settle(lane->conn);
    xj_pool_clear(lane->turn_pool);
    if (err == NULL) {
        if (turn->wrote) {
            head->seq = turn->seq;
            memcpy(head->hash, turn->hash, XJ__HASH);
        }
        turn->answer.body = xj_buf_str(&turn->out);
        return driver->control(lane->conn, XJ_CTL_RELEASE);
    }
    turn->wrote = false;
    lane->new_mark = mark;
    if (!driver->alive(lane->conn) || !driver->in_transaction(lane->conn))
        return err;
    /* What was sent and not waited for may have failed too: the first error is the one to tell. */
    xj_error_clear(driver->settle(lane->conn));
    xj_error *undo = driver->control(lane->conn, XJ_CTL_UNDO);

    if (undo != NULL) {
        xj_error_clear(undo);
        return err;
    }
    turn->answer.err = err;
    return NULL;
}

/* ---- what a command may use ---- */

xj_db *
xj_tx_db(xj_tx *tx)
{
    return &tx->lane->db;
}

xj_pool *
xj_tx_pool(xj_tx *tx)
{
    return tx->lane->turn_pool;
}

int64_t
xj_tx_tenant(const xj_tx *tx)
{
    return tx->command->tenant;
}

int64_t
xj_tx_actor(const xj_tx *tx)
{
    return tx->command->actor;
}

xj_str
xj_tx_actor_name(const xj_tx *tx)
{
    return tx->command->actor_name;
}

int64_t
xj_tx_now(const xj_tx *tx)
{
    return tx->now;
}

int64_t
xj_tx_next_ids(xj_tx *tx, int64_t count)
{
    xj_lane *lane = tx->lane;
    const int64_t now = xj_now() - EPOCH_2020;
    int64_t last = atomic_load(&lane->store->last_id);
    int64_t id;

    XJ_ASSERT(count > 0);
    do {
        id = now > last ? now : last + 1;
    } while (!atomic_compare_exchange_weak(&lane->store->last_id, &last, id + count - 1));
    if (id + count - 1 > lane->new_mark)
        lane->new_mark = id + count - 1 + ID_AHEAD;
    return id;
}

int64_t
xj_tx_next_id(xj_tx *tx)
{
    return xj_tx_next_ids(tx, 1);
}

void
xj_tx_subject(xj_tx *tx, const char *kind, int64_t id)
{
    tx->subject = xj_str_printf(tx->lane->turn_pool, "%s/%lld", kind, (long long)id);
}

void
xj_tx_why(xj_tx *tx, xj_str why)
{
    tx->why = xj_str_dup(why, tx->lane->turn_pool);
}

xj_error *
xj_tx_erase_payload(xj_tx *tx, int64_t seq)
{
    xj_lane *lane = tx->lane;
    struct head *head;
    int64_t changed;

    XJ_TRY(head_of(&head, lane, tx->command->tenant));
    XJ_TRY(xj_db_change(&changed, &lane->db, SQL_JOURNAL_PAYLOAD_ERASE, "iii", head->seq + 1,
                        head->tenant, seq));
    if (changed == 0)
        return xj_error_new(XJ_E_NOT_FOUND, "the journal keeps no payload of command %lld",
                            (long long)seq);
    return NULL;
}
