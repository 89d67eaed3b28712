/* SPDX-License-Identifier: MIT */
/* Accounts: listed, renamed. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/remote/remote.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"

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
