/* SPDX-License-Identifier: MIT */
/* The seed of one account, given out. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_proof.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "src/otpauth.h"

static enum fob_status put_uri(struct fob_request *request,
                               const struct fob_vault_account *account)
{
    struct fob_secret uri = {0};
    enum fob_status status;

    if (account->token[0] != '\0')
        return fob_error_set(&request->error, FOB_E_UNSUPPORTED,
                             "the seed of %s is on token %s, which gives it "
                             "to nobody",
                             account->name, account->token);
    status = fob_secret_alloc(&uri, FOB_OTPAUTH_MAX);

    if (status == FOB_OK)
        status = fob_otpauth_format(&account->otp, (char *)uri.data,
                                    FOB_OTPAUTH_MAX);
    if (status == FOB_OK) {
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
        fob_message_put_text(&request->reply, FOB_TAG_URI,
                             (const char *)uri.data);
    } else
        fob_error_set(&request->error, status, "no URI can be made of %s",
                      account->name);
    fob_secret_free(&uri);
    return status;
}

enum fob_status serve_export(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0}, named = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct vault_proof proof = {0};
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = field_read_text(request, FOB_TAG_NAME, "name", name, sizeof(name));
    if (status == FOB_OK)
        status = field_read_bytes(request, FOB_TAG_PROOF, &named);
    if (status == FOB_OK)
        status = vault_proof_ask(request, &named, &proof);
    /* In the view that was proven against. */
    if (status == FOB_OK)
        status = fob_accounts_find(&request->view.body, name, account,
                                   &request->error);
    if (status == FOB_OK)
        status = put_uri(request, account);
    vault_proof_free(&proof);
    fob_secret_free(&named);
    fob_secret_free(&room);
    return status;
}
