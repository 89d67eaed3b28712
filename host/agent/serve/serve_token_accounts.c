/* SPDX-License-Identifier: MIT */
/* What accounts a token has, and which of them the vault knows. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token_adopt.h"
#include "host/agent/tokens/token_name.h"
#include "host/base/text.h"

static void put_otp(struct fob_message *record,
                    const struct fob_token_account *there)
{
    static const char *const hashes[] = {
        [FOB_SHA1] = "SHA1", [FOB_SHA256] = "SHA256", [FOB_SHA512] = "SHA512"};
    struct fob_account otp;

    if (token_adopt_read(there, &otp) != FOB_OK) {
        fob_message_put_text(record, FOB_TAG_TYPE, "other");
        return;
    }
    fob_message_put_text(record, FOB_TAG_TYPE,
                         otp.type == FOB_HOTP ? "hotp" : "totp");
    fob_message_put_text(record, FOB_TAG_HASH, hashes[otp.hash]);
    if (otp.type == FOB_TOTP)
        fob_message_put_number(record, FOB_TAG_PERIOD, otp.period_s);
    if (!there->has_facts)
        return;
    fob_message_put_number(record, FOB_TAG_DIGITS, otp.digits);
    fob_message_put_number(record, FOB_TAG_UNTOUCHED,
                           (there->properties & FOB_TOKEN_NEEDS_TOUCH) == 0);
}

/* `place` is an account of no name that is on the token. */
static void put_account(struct fob_request *request,
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

static enum fob_status put_all(struct token_session *session, bool has_vault)
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
            put_account(session->request, place, &there, has_vault);
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
        status = put_all(&session, has_vault);
    token_close(&session);
    return status;
}
