/* What a file would change in the directory, as JSON. */
#include "api/roster_json.h"

#include "org/password.h"

static void
key_text(xj_json *w, const char *key, xj_str text)
{
    xj_json_key_str(w, key, text.data == NULL ? XJ_STR("") : text);
}

static void
write_diffs(xj_json *w, const xj_roster_line *line)
{
    xj_json_key(w, "changes");
    xj_json_array(w);
    for (size_t i = 0; i < line->ndiffs; i++) {
        xj_json_object(w);
        xj_json_key_str(w, "field", xj_str_c(line->diffs[i].field));
        key_text(w, "old", line->diffs[i].old);
        xj_json_key_str(w, "now", line->diffs[i].now);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

static void
write_line(xj_json *w, const xj_roster_line *line)
{
    const xj_roster_table *table = line->row->table;

    xj_json_object(w);
    xj_json_key_int(w, "sheet", table->sheet);
    xj_json_key_int(w, "row", line->row->row);
    xj_json_key_str(w, "what", xj_str_c(xj_roster_what_word(table->what)));
    xj_json_key_str(w, "act", xj_str_c(xj_roster_act_word(line->act)));
    key_text(w, "name", line->name);
    xj_json_key_str(w, "account", line->account);
    xj_json_key_str(w, "unit", line->unit);
    xj_json_key_bool(w, "opens", line->opens);
    write_diffs(w, line);
    xj_json_key(w, "problem");
    if (line->problem == NULL) {
        xj_json_null(w);
    } else {
        xj_json_object(w);
        xj_json_key_str(w, "what", xj_str_c(line->problem));
        xj_json_key(w, "column");
        if (line->col == 0)
            xj_json_null(w);
        else
            xj_json_int(w, line->col);
        key_text(w, "about", line->about);
        xj_json_end_object(w);
    }
    xj_json_end_object(w);
}

static void
write_tables(xj_json *w, const xj_roster *roster)
{
    xj_json_key(w, "tables");
    xj_json_array(w);
    for (size_t i = 0; i < roster->ntables; i++) {
        const xj_roster_table *table = &roster->tables[i];

        xj_json_object(w);
        xj_json_key_int(w, "sheet", table->sheet);
        key_text(w, "name", table->sheet_name);
        xj_json_key_str(w, "what", xj_str_c(xj_roster_what_word(table->what)));
        xj_json_key(w, "ignored");
        xj_json_array(w);
        for (size_t k = 0; k < table->nignored; k++)
            xj_json_str(w, table->ignored[k]);
        xj_json_end_array(w);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_roster(xj_json *w, const xj_roster_plan *plan, const xj_roster *roster)
{
    xj_json_key_str(w, "token", xj_str_c(plan->token));
    xj_json_key(w, "counts");
    xj_json_object(w);
    for (int act = XJ_ROSTER_ADD; act <= XJ_ROSTER_WRONG; act++)
        xj_json_key_int(w, xj_roster_act_word((xj_roster_act)act), (int64_t)plan->count[act]);
    xj_json_end_object(w);
    xj_json_key_int(w, "accounts", (int64_t)plan->naccounts);
    write_tables(w, roster);
    xj_json_key(w, "lines");
    xj_json_array(w);
    for (size_t i = 0; i < plan->nlines; i++)
        write_line(w, &plan->lines[i]);
    xj_json_end_array(w);
}

void
xj_json_roster_passwords(xj_json *w, const xj_roster_plan *plan, const xj_str *passwords)
{
    size_t n = 0;

    xj_json_key(w, "passwords");
    xj_json_array(w);
    for (size_t i = 0; i < plan->nlines; i++) {
        const xj_roster_line *line = &plan->lines[i];

        if (!line->opens)
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "name", line->name);
        xj_json_key_str(w, "unit", line->unit);
        xj_json_key_str(w, "account", line->account);
        xj_json_key_str(w, "password", passwords[n++]);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

void
xj_json_roster_changes(xj_json *w, const xj_roster_plan *plan)
{
    xj_json_key_str(w, "token", xj_str_c(plan->token));
    xj_json_key(w, "lines");
    xj_json_array(w);
    for (size_t i = 0; i < plan->nlines; i++) {
        const xj_roster_line *line = &plan->lines[i];

        if (line->act != XJ_ROSTER_ADD && line->act != XJ_ROSTER_CHANGE)
            continue;
        xj_json_object(w);
        xj_json_key_str(w, "name", line->name);
        xj_json_key_str(w, "account", line->account);
        write_diffs(w, line);
        xj_json_end_object(w);
    }
    xj_json_end_array(w);
}

xj_error *
xj_roster_passwords(xj_str **passwords, xj_str **hashes, const xj_roster_plan *plan,
                    xj_pool *result)
{
    *passwords = XJ_NEW_ARRAY(result, xj_str, plan->naccounts + 1);
    *hashes = XJ_NEW_ARRAY(result, xj_str, plan->naccounts + 1);
    for (size_t i = 0; i < plan->naccounts; i++) {
        (*passwords)[i] = xj_password_make(result);
        XJ_TRY(xj_password_hash_made(&(*hashes)[i], (*passwords)[i], result));
    }
    return NULL;
}
