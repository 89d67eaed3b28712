/* SPDX-License-Identifier: MIT */
/* Tokens looked at: which there are, and what they say of themselves. */
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token.h"
#include "host/agent/tokens/token_use_record.h"
#include "host/base/text.h"

#include <string.h>

static const char *state_of(const struct fob_token *token)
{
    const struct fob_token_info *info = &token->info;

    if (token->has_pin)
        return "pin";
    if (!token->is_own)
        return token->challenge_len > 0 ? "password" : "open";
    if (info->is_lost)
        return "lost";
    if (info->is_locked)
        return "locked";
    if (token->challenge_len > 0)
        return "password";
    return info->is_sealed ? "unlocked" : "open";
}

static void put_head(struct fob_message *fields, const struct fob_token *token)
{
    char id[2 * FOB_TOKEN_ID + 1];

    fob_message_put_text(fields, FOB_TAG_TOKEN, token->serial);
    fob_message_put_text(fields, FOB_TAG_TRANSPORT, token->transport->name);
    fob_message_put_text(fields, FOB_TAG_STATE, state_of(token));
    if (!token->is_own)
        return;
    fob_text_hex(token->id, sizeof(token->id), id);
    fob_message_put_text(fields, FOB_TAG_ID, id);
    fob_message_put_text(fields, FOB_TAG_VERSION, token->info.version);
    fob_message_put_number(fields, FOB_TAG_ACCOUNTS, token->info.accounts);
    fob_message_put_number(fields, FOB_TAG_ROOM, token->info.room);
}

/* --- list ----------------------------------------------------------------*/

static void put_busy(struct fob_request *request,
                     const struct fob_token_location *place)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_TOKEN, place->serial);
    fob_message_put_text(&record, FOB_TAG_TRANSPORT, place->transport->name);
    fob_message_put_text(&record, FOB_TAG_STATE, "busy");
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
}

/* A reader may hold any card, or none: no word of those. */
static void put_place(struct fob_request *request,
                      const struct fob_token_location *place)
{
    struct token_session session;
    struct fob_message record = {0};
    enum fob_status status = token_open_at(request, place, false, &session);
    uint32_t number;

    fob_error_clear(&request->error);
    if (status == FOB_E_BUSY)
        put_busy(request, place);
    if (status != FOB_OK)
        return;
    fob_message_start(&record, FOB_REPLY_OK);
    put_head(&record, &session.token);
    if (fob_token_number(&session.token, &number) == FOB_OK && number != 0)
        fob_message_put_number(&record, FOB_TAG_PRINTED, number);
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
    token_close(&session);
}

/* They are told apart by their ids. */
static void tell_twins(struct fob_request *request,
                       const struct fob_token_locations *places)
{
    for (size_t i = 0; i < places->count; i++)
        for (size_t j = 0; j < i; j++)
            if (places->location[i].serial[0] != '\0' &&
                strcmp(places->location[i].serial,
                       places->location[j].serial) == 0) {
                request_note(request,
                             "two tokens have the serial %s: name them by "
                             "their ids, which are in: fob --json token list",
                             places->location[i].serial);
                return;
            }
}

enum fob_status serve_token_list(struct fob_request *request)
{
    struct fob_token_locations places;
    struct fob_field field;

    token_find_locations(request, &places);
    for (size_t i = 0; i < places.count; i++)
        put_place(request, &places.location[i]);
    tell_twins(request, &places);
    if (fob_message_find(&request->reply, FOB_TAG_RECORD, &field))
        return FOB_OK;
    if (places.fob_trouble != NULL)
        request_note(request, "%s", places.fob_trouble);
    if (places.third_party_trouble != NULL)
        request_note(request, "%s", places.third_party_trouble);
    return FOB_OK;
}

/* --- info ----------------------------------------------------------------*/

static void put_facts(struct fob_message *reply,
                      const struct fob_token_info *info)
{
    fob_message_put_number(reply, FOB_TAG_TRIES, info->tries);
    fob_message_put_number(reply, FOB_TAG_DAMAGED, info->damaged);
    fob_message_put_number(reply, FOB_TAG_UPTIME, info->uptime_s);
    fob_message_put_number(reply, FOB_TAG_USES, info->uses);
    fob_message_put_number(reply, FOB_TAG_WEAR, info->sectors);
    fob_message_put_number(reply, FOB_TAG_REPAIRS, info->repairs);
}

/* The account of a use, as its token knows it; false when it is gone. */
static bool find_user(const struct fob_secret *accounts, uint32_t uid,
                      struct fob_token_account *account)
{
    struct fob_reader reader;

    fob_reader_init(&reader, accounts->data, accounts->len);
    while (fob_token_next_account(&reader, account))
        if (account->uid == uid)
            return true;
    return false;
}

/* "PERIOD/" before a name counts as the token itself reads it. */
static uint64_t period_of(const char *name)
{
    const char *slash = strchr(name, '/');
    char digits[6];
    uint64_t period;

    if (slash == NULL || slash == name ||
        (size_t)(slash - name) >= sizeof(digits))
        return FOB_PERIOD_S_DEFAULT;
    memcpy(digits, name, (size_t)(slash - name));
    digits[slash - name] = '\0';
    if (fob_text_number(digits, FOB_PERIOD_S_MAX, &period) != FOB_OK ||
        period == 0)
        return FOB_PERIOD_S_DEFAULT;
    return period;
}

static void put_stranger(struct fob_request *request,
                         const struct fob_token_use *use,
                         const struct fob_token_account *account)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_number(&record, FOB_TAG_NUMBER, use->number);
    fob_message_put_text(&record, FOB_TAG_NAME,
                         account == NULL ? "(several, or one removed)"
                                         : account->name);
    if (account != NULL && account->kind >> 4 == FOB_HOTP)
        fob_message_put_number(&record, FOB_TAG_COUNTER, use->value);
    else
        fob_message_put_number(&record, FOB_TAG_TIME,
                               use->value * (account == NULL
                                                 ? FOB_PERIOD_S_DEFAULT
                                                 : period_of(account->name)));
    fob_message_put_number(&record, FOB_TAG_TOUCHED, use->is_touched);
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
}

static size_t compare_uses(struct fob_request *request,
                           const struct token_use_record *own,
                           const struct fob_secret *accounts,
                           const struct fob_secret *log)
{
    struct fob_token_account account;
    struct fob_token_use use;
    struct fob_reader reader;
    size_t count = 0;

    fob_reader_init(&reader, log->data, log->len);
    while (fob_token_next_use(&reader, &use)) {
        if (use.is_clearing || token_use_record_has(own, &use))
            continue;
        count++;
        put_stranger(request, &use,
                     find_user(accounts, use.uid, &account) ? &account : NULL);
    }
    return count;
}

/* Codes that left the token without this fob having asked for them.  Their
 * number is there when the log could be read. */
static enum fob_status put_strangers(struct token_session *session)
{
    struct fob_request *request = session->request;
    struct fob_secret accounts = {0}, log = {0};
    struct token_use_record own;
    size_t count = 0;
    enum fob_status status = fob_token_accounts(&session->token, &accounts);

    if (status == FOB_OK)
        status = fob_token_uses(&session->token, 0, &log);
    if (status == FOB_OK) {
        token_use_record_read(&session->token, &own);
        count = compare_uses(request, &own, &accounts, &log);
        fob_message_put_number(&request->reply, FOB_TAG_NUMBER, count);
    }
    if (count > 0)
        request_note(request,
                     "the token gave %zu code%s that fob, here, did not ask "
                     "for",
                     count, count == 1 ? "" : "s");
    fob_secret_free(&accounts);
    fob_secret_free(&log);
    return fob_token_word(&session->token, status, "its log cannot be read",
                          &request->error);
}

/* Nobody is asked for a secret just for that. */
static enum fob_status put_log(struct token_session *session)
{
    const struct fob_token *token = &session->token;

    if (token->info.is_locked)
        request_note(session->request,
                     "its log of codes is locked: fob token unlock");
    else if (token->challenge_len > 0)
        request_note(session->request,
                     "its log of codes is behind its password");
    else
        return put_strangers(session);
    return FOB_OK;
}

enum fob_status serve_token_info(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open(request, &session);

    if (status != FOB_OK)
        return status;
    put_head(&request->reply, &session.token);
    if (session.token.is_own)
        put_facts(&request->reply, &session.token.info);
    if (session.token.is_own && !session.token.info.is_sealed)
        request_note(request, "without a passphrase, whoever has the token "
                              "can read its seeds: fob token password");
    if (session.token.is_own)
        status = put_log(&session);
    token_close(&session);
    return status;
}

/* --- the board -----------------------------------------------------------*/

enum fob_status serve_token_identify(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open(request, &session);

    if (status != FOB_OK)
        return status;
    status = fob_token_word(&session.token, fob_token_identify(&session.token),
                            "it does not blink", &request->error);
    token_close(&session);
    return status;
}
