/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_adopt.h"

#include "host/base/text.h"

#include <string.h>

enum fob_status token_adopt_read(const struct fob_token_account *there,
                                 struct fob_account *otp)
{
    *otp = (struct fob_account){.type = (enum fob_otp_type)(there->kind >> 4),
                                .hash = (enum fob_hash)(there->kind & 0x0f),
                                .digits = there->digits};
    if ((otp->type != FOB_HOTP && otp->type != FOB_TOTP) ||
        fob_otp_hash(otp->hash) == NULL)
        return FOB_E_UNSUPPORTED;
    /* Only the code of a third-party token tells how many it has. */
    if (!there->has_facts)
        otp->digits = FOB_DIGITS_MIN;
    return fob_token_read_name(there->name, otp);
}

/* Without its PIN, a Nitrokey lists what is not under it. */
static enum fob_status give_pin(struct token_session *session)
{
    struct fob_request *request = session->request;
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status;

    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    if (!session->token.has_pin || session->token.pin_tries == 0)
        return FOB_OK;
    status = token_unlock_pin(session);
    if (status != FOB_E_NOBODY)
        return status;
    fob_error_clear(&request->error);
    request_note(request, "what is under the PIN of token %s is left out",
                 serial);
    return token_open_ready(request, serial, session);
}

enum fob_status token_adopt_list(struct token_session *session,
                                 struct fob_secret *listing)
{
    enum fob_status status = give_pin(session);

    if (status == FOB_OK)
        status = fob_token_word(
            &session->token, fob_token_accounts(&session->token, listing),
            "its accounts cannot be listed", &session->request->error);
    if (status != FOB_OK)
        token_close(session);
    return status;
}

/* How many names hold `part`; `there` is the last of them, or the one whose
 * name it is. */
static size_t count_names(const struct fob_secret *listing, const char *part,
                          struct fob_token_account *there)
{
    struct fob_token_account it;
    struct fob_reader reader;
    size_t count = 0;

    fob_reader_init(&reader, listing->data, listing->len);
    while (fob_token_next_account(&reader, &it)) {
        if (!fob_text_contains(it.name, part))
            continue;
        *there = it;
        if (strcmp(it.name, part) == 0)
            return 1;
        count++;
    }
    return count;
}

static enum fob_status pick_account(struct token_session *session,
                                    const struct fob_secret *listing,
                                    const char *part,
                                    struct fob_token_account *there)
{
    struct fob_error *error = &session->request->error;
    size_t count = part[0] == '\0' ? 0 : count_names(listing, part, there);

    if (count == 1)
        return FOB_OK;
    fob_error_set(error, count == 0 ? FOB_E_NOT_FOUND : FOB_E_AMBIGUOUS,
                  count == 0 ? "token %s has no account \"%s\""
                             : "token %s has several accounts that \"%s\" fits",
                  session->token.serial, part);
    fob_error_hint(error, "fob token accounts %s", session->token.serial);
    return error->status;
}

static enum fob_status fill_account(const struct fob_token *token,
                                    const struct fob_token_account *there,
                                    struct fob_vault_account *account,
                                    struct fob_error *error)
{
    enum fob_status status = token_adopt_read(there, &account->otp);

    if (status != FOB_OK)
        return fob_error_set(
            error, FOB_E_UNSUPPORTED,
            "token %s has %s of a kind that fob does not serve", token->serial,
            there->name);
    (void)!fob_text_copy(account->token, sizeof(account->token), token->serial);
    (void)!fob_text_copy(account->token_name, sizeof(account->token_name),
                         there->name);
    if (token->is_own)
        fob_text_hex(token->id, sizeof(token->id), account->token_id);
    (void)!fob_text_copy(account->origin, sizeof(account->origin), "token");
    return FOB_OK;
}

enum fob_status token_adopt_find(struct fob_request *request,
                                 const char *serial, const char *existing,
                                 struct fob_vault_account *account)
{
    struct fob_token_account there = {.name = ""};
    struct fob_secret listing = {0};
    struct token_session session;
    enum fob_status status = token_open_ready(request, serial, &session);

    if (status == FOB_OK)
        status = token_adopt_list(&session, &listing);
    if (status == FOB_OK)
        status = pick_account(&session, &listing, existing, &there);
    if (status == FOB_OK)
        status = fill_account(&session.token, &there, account, &request->error);
    fob_secret_free(&listing);
    token_close(&session);
    return status;
}
