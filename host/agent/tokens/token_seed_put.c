/* SPDX-License-Identifier: MIT */
/* Seeds put on a token, and taken from it. */
#include "host/agent/tokens/token_seed.h"

#include "host/base/text.h"
#include "src/wipe.h"

#include <string.h>

/* PUT overwrites: a name that is taken is another seed's. */
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

/* Some cards do not overwrite; some ask for a touch. */
static enum fob_status put_over(struct token_session *session,
                                const struct token_seed_options *wish,
                                const char *name, const struct fob_account *otp)
{
    struct fob_token *token = &session->token;
    const unsigned properties = properties_for(token, otp, wish);
    enum fob_status status;

    token_expect_touch(session);
    status = fob_token_put(token, name, otp, properties);
    if (status != FOB_E_EXISTS || !wish->overwrites)
        return status;
    token_expect_touch(session);
    status = fob_token_delete(token, name);
    if (status != FOB_OK)
        return status;
    token_expect_touch(session);
    return fob_token_put(token, name, otp, properties);
}

static enum fob_status put_seed(struct token_session *session,
                                const struct token_seed_options *wish,
                                struct fob_vault_account *account)
{
    struct fob_token *token = &session->token;
    struct fob_account *otp = &account->otp;
    char name[FOB_TOKEN_NAME_MAX + 1];
    enum fob_status status = FOB_OK;

    fob_token_name(otp, name);
    if (!wish->overwrites)
        status = check_free(session, name);
    if (status != FOB_OK)
        return status;
    status = put_over(session, wish, name, otp);
    if (status != FOB_OK)
        return fob_token_word(token, status, "nothing was added",
                              &session->request->error);
    (void)!fob_text_copy(account->token, sizeof(account->token), token->serial);
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
    char name[FOB_TOKEN_NAME_MAX + 1];

    fob_token_name(&account->otp, name);
    if (fob_token_delete(&session->token, name) != FOB_OK)
        request_note(session->request, "the seed %s stays on token %s", name,
                     session->token.serial);
}

static enum fob_status delete_there(struct fob_request *request,
                                    const struct fob_vault_account *account)
{
    char name[FOB_TOKEN_NAME_MAX + 1];
    struct token_session session;
    enum fob_status status =
        token_open_ready(request, account->token, &session);

    if (status != FOB_OK)
        return status;
    fob_token_name(&account->otp, name);
    token_expect_touch(&session);
    status = fob_token_delete(&session.token, name);
    if (status == FOB_E_NOT_FOUND && session.token.has_pin) {
        status = token_unlock_pin(&session);
        if (status != FOB_OK) {
            token_close(&session);
            return status;
        }
        status = fob_token_delete(&session.token, name);
    }
    if (status == FOB_E_NOT_FOUND)
        status = FOB_OK;
    status = fob_token_word(&session.token, status, "it stays there",
                            &request->error);
    token_close(&session);
    return status;
}

/* A token that is lost must not keep its account in the vault. */
enum fob_status token_seed_delete(struct fob_request *request,
                                  const struct fob_vault_account *account,
                                  bool *is_left)
{
    enum fob_status status = delete_there(request, account);

    *is_left = status == FOB_E_TOKEN_ABSENT;
    if (status != FOB_E_TOKEN_ABSENT)
        return status;
    request_note(request, "%s: the seed stays there", request->error.text);
    fob_error_clear(&request->error);
    return FOB_OK;
}
