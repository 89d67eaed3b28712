/* SPDX-License-Identifier: MIT */
/* Accounts: listed, renamed; and those that are on a token. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/remote/remote.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token_adopt.h"
#include "host/agent/tokens/token_name.h"
#include "host/base/text.h"

static const char *hash_name(enum fob_hash hash)
{
    return hash == FOB_SHA512   ? "SHA512"
           : hash == FOB_SHA256 ? "SHA256"
                                : "SHA1";
}

static void put_account(struct fob_message *reply,
                        const struct fob_vault_account *account)
{
    const struct fob_account *otp = &account->otp;
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, account->name);
    fob_message_put_text(&record, FOB_TAG_ISSUER, otp->issuer);
    fob_message_put_text(&record, FOB_TAG_LABEL, otp->label);
    fob_message_put_text(&record, FOB_TAG_TYPE,
                         otp->type == FOB_HOTP ? "hotp" : "totp");
    fob_message_put_text(&record, FOB_TAG_HASH, hash_name(otp->hash));
    fob_message_put_number(&record, FOB_TAG_DIGITS, otp->digits);
    if (otp->type == FOB_HOTP)
        fob_message_put_number(&record, FOB_TAG_COUNTER, otp->counter);
    else
        fob_message_put_number(&record, FOB_TAG_PERIOD, otp->period_s);
    fob_message_put_text(&record, FOB_TAG_PLACE,
                         account->token[0] == '\0' ? "vault" : account->token);
    if (account->device[0] != '\0')
        fob_message_put_text(&record, FOB_TAG_SERIAL, account->device);
    fob_message_put_number(&record, FOB_TAG_CREATED,
                           (uint64_t)account->created_s);
    fob_message_put_record(reply, &record);
    fob_message_free(&record);
}

/* A far side sees what it may have codes of. */
static bool is_shown(const struct fob_request *request,
                     const struct remote_policy *policy,
                     const struct fob_vault_account *account)
{
    return !request->is_remote ||
           remote_policy_account(policy, account->name,
                                 account->otp.type == FOB_HOTP) == REMOTE_OPEN;
}

enum fob_status serve_list(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct remote_policy policy = {0};
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = vault_view_list(request, &body);
    if (status == FOB_OK && request->is_remote)
        status = remote_load_policy(request, &policy);
    if (status == FOB_OK)
        while (fob_accounts_next(body, &cursor, account))
            if (is_shown(request, &policy, account))
                put_account(&request->reply, account);
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_rename(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1], new_name[FOB_NAME_MAX + 1];
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status =
        field_read_text(request, FOB_TAG_NAME, "name", name, sizeof(name));

    if (status == FOB_OK)
        status = field_read_text(request, FOB_TAG_NEW_NAME, "new name",
                                 new_name, sizeof(new_name));
    if (status == FOB_OK)
        status = account_make_check_name(new_name, &request->error);
    if (status == FOB_OK)
        status = vault_transaction_begin(request, false, &edit);
    if (status == FOB_OK)
        status =
            fob_accounts_rename(&edit.body, name, new_name, &request->error);
    return vault_transaction_commit(request, &edit, status);
}

/* --- on a token ----------------------------------------------------------*/

static void put_otp(struct fob_message *record,
                    const struct fob_token_account *there)
{
    struct fob_account otp;

    if (token_adopt_read(there, &otp) != FOB_OK) {
        fob_message_put_text(record, FOB_TAG_TYPE, "other");
        return;
    }
    fob_message_put_text(record, FOB_TAG_TYPE,
                         otp.type == FOB_HOTP ? "hotp" : "totp");
    fob_message_put_text(record, FOB_TAG_HASH, hash_name(otp.hash));
    if (otp.type == FOB_TOTP)
        fob_message_put_number(record, FOB_TAG_PERIOD, otp.period_s);
    if (!there->has_facts)
        return;
    fob_message_put_number(record, FOB_TAG_DIGITS, otp.digits);
    fob_message_put_number(record, FOB_TAG_UNTOUCHED,
                           (there->properties & FOB_TOKEN_NEEDS_TOUCH) == 0);
}

/* `place` is an account of no name that is on the token. */
static void put_entry(struct fob_request *request,
                      const struct fob_vault_account *place,
                      const struct fob_token_account *there, bool has_vault)
{
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_EXISTING, there->name);
    put_otp(&record, there);
    if (has_vault &&
        token_name_find_other(request, place, there->name, name) == FOB_OK)
        fob_message_put_text(&record, FOB_TAG_NAME, name);
    fob_error_clear(&request->error);
    fob_message_put_record(&request->reply, &record);
    fob_message_free(&record);
}

static enum fob_status put_entries(struct token_session *session,
                                   bool has_vault)
{
    const struct fob_token *token = &session->token;
    struct fob_secret listing = {0}, room = {0};
    struct fob_vault_account *place =
        account_store_room(session->request, &room);
    struct fob_token_account there;
    struct fob_reader reader;
    enum fob_status status = FOB_E_NO_MEMORY;

    if (place != NULL)
        status = token_adopt_list(session, &listing);
    if (status == FOB_OK) {
        (void)!fob_text_copy(place->token, sizeof(place->token), token->serial);
        if (token->is_own)
            fob_text_hex(token->id, sizeof(token->id), place->token_id);
        fob_reader_init(&reader, listing.data, listing.len);
        while (fob_token_next_account(&reader, &there))
            put_entry(session->request, place, &there, has_vault);
    }
    fob_secret_free(&listing);
    fob_secret_free(&room);
    return status;
}

/* Where the vault is locked and stays so, the token tells all the same. */
enum fob_status serve_token_accounts(struct fob_request *request)
{
    const struct fob_vault_body *body;
    bool has_vault = vault_view_list(request, &body) == FOB_OK;
    struct token_session session;
    enum fob_status status;

    fob_error_clear(&request->error);
    status = token_named_open_ready(request, &session);
    if (status == FOB_OK)
        status = put_entries(&session, has_vault);
    token_close(&session);
    return status;
}
