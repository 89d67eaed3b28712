/* SPDX-License-Identifier: MIT */
/* Seeds put on a token, and taken from it. */
#include "host/agent/tokens/token_seed.h"

#include "host/agent/tokens/token_entry.h"
#include "host/agent/tokens/token_name.h"
#include "host/base/text.h"
#include "src/wipe.h"

#include <string.h>

/* PUT overwrites: what the vault gives to another account stays with it. */
static enum fob_status check_others(struct token_session *session,
                                    const struct fob_vault_account *account)
{
    struct fob_error *error = &session->request->error;
    char other[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status = token_name_find_other(session->request, account,
                                                   account->token_name, other);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status != FOB_OK)
        return status;
    fob_error_set(error, FOB_E_EXISTS,
                  "token %s has the seed of %s already under the name %s, "
                  "which this one would have there, too",
                  account->token, other, account->token_name);
    fob_error_hint(error, "fob token accounts %s", account->token);
    return FOB_E_EXISTS;
}

/* A name that is taken is another seed's. */
static enum fob_status check_free(struct token_session *session,
                                  const char *name)
{
    struct fob_error *error = &session->request->error;
    struct fob_token_account there;
    enum fob_status status =
        fob_token_find_account(&session->token, name, &there);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status != FOB_OK)
        return fob_token_word(&session->token, status, "nothing was added",
                              error);
    fob_error_set(error, FOB_E_EXISTS, "token %s has a seed named %s already",
                  session->token.serial, name);
    fob_error_hint(error, "--force overwrites it");
    return FOB_E_EXISTS;
}

/* Other makers' guards have no limit ahead: one code of the far future, and
 * theirs is of no more use. */
static unsigned properties_for(const struct fob_token *token,
                               const struct fob_account *otp,
                               const struct token_seed_options *wish)
{
    unsigned properties = wish->untouched ? 0 : FOB_TOKEN_NEEDS_TOUCH;

    if (token->is_own && otp->type == FOB_TOTP)
        properties |= FOB_TOKEN_GUARDED;
    return properties;
}

/* Where it is to be. */
static void name_place(const struct fob_token *token,
                       struct fob_vault_account *account)
{
    (void)!fob_text_copy(account->token, sizeof(account->token), token->serial);
    if (token->is_own)
        fob_text_hex(token->id, sizeof(token->id), account->token_id);
    fob_token_name(&account->otp, account->token_name);
}

static enum fob_status put_seed(struct token_session *session,
                                const struct token_seed_options *wish,
                                struct fob_vault_account *account)
{
    struct fob_token *token = &session->token;
    struct fob_account *otp = &account->otp;
    struct token_entry entry = {.name = account->token_name, .otp = otp};
    enum fob_status status;

    name_place(token, account);
    status = check_others(session, account);
    if (status == FOB_OK && !wish->overwrites)
        status = check_free(session, account->token_name);
    if (status != FOB_OK)
        return status;
    entry.properties = properties_for(token, otp, wish);
    status = token_entry_put(session, &entry, wish->overwrites);
    if (status != FOB_OK)
        return status;
    fob_wipe(otp->secret, sizeof(otp->secret));
    otp->secret_len = 0;
    return FOB_OK;
}

enum fob_status token_seed_put(struct fob_request *request,
                               const struct token_seed_options *wish,
                               struct fob_vault_account *account,
                               struct token_session *session)
{
    enum fob_status status = token_open_ready(request, wish->serial, session);

    if (status == FOB_OK)
        status = put_seed(session, wish, account);
    if (status != FOB_OK)
        token_close(session);
    return status;
}

void token_seed_take_back(struct token_session *session,
                          const struct fob_vault_account *account)
{
    if (session->lock < 0 ||
        fob_token_delete(&session->token, account->token_name) != FOB_OK)
        request_note(session->request, "the seed %s stays on token %s",
                     account->token_name, account->token);
}

static enum fob_status delete_name(struct token_session *session,
                                   const char *name)
{
    enum fob_status status =
        token_entry_delete(session, name, "it stays there");

    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&session->request->error);
    return FOB_OK;
}

static enum fob_status delete_there(struct fob_request *request,
                                    const struct fob_vault_account *account)
{
    const struct token_wish wish = {
        .serial = account->token, .id = account->token_id, .is_for_good = true};
    char name[FOB_TOKEN_NAME_MAX + 1];
    struct token_session session;
    enum fob_status status = token_open_wish(request, &wish, true, &session);

    token_name_get(account, name);
    if (status == FOB_OK)
        status = token_unlock_ready(&session);
    if (status == FOB_OK)
        status = delete_name(&session, name);
    token_close(&session);
    return status;
}

/* Whether the entry is not this account's alone, or was there before. */
static enum fob_status must_stay(struct fob_request *request,
                                 const struct fob_vault_account *account,
                                 bool *stays)
{
    char name[FOB_TOKEN_NAME_MAX + 1], other[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status;

    token_name_get(account, name);
    status = token_name_find_other(request, account, name, other);
    *stays = status == FOB_OK || account->origin[0] != '\0';
    if (status == FOB_OK)
        request_note(request, "the seed stays on token %s, for %s",
                     account->token, other);
    return status == FOB_E_NOT_FOUND ? FOB_OK : status;
}

/* A token that is lost must not keep its account in the vault. */
enum fob_status token_seed_delete(struct fob_request *request,
                                  const struct fob_vault_account *account,
                                  bool *is_left)
{
    enum fob_status status = must_stay(request, account, is_left);

    if (status != FOB_OK || *is_left)
        return status;
    status = delete_there(request, account);
    *is_left = status == FOB_E_TOKEN_ABSENT || status == FOB_E_NOT_FOUND;
    if (!*is_left)
        return status;
    request_note(request, "%s%s", request->error.text,
                 status == FOB_E_NOT_FOUND ? "" : ": the seed stays there");
    fob_error_clear(&request->error);
    return FOB_OK;
}
