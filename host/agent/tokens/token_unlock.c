/* SPDX-License-Identifier: MIT */
/* What a token wants to be told before it works: passphrase, password. */
#include "host/agent/tokens/token.h"

#include "host/agent/tokens/token_ask.h"
#include "host/agent/tokens/token_lock.h"
#include "host/base/text.h"
#include "host/token/derive.h"

/* Only a passphrase of our own outlasts the command that was given it. */
static void hint_answer(struct fob_error *error, bool lasts)
{
    fob_error_advise(error,
                     lasts ? "at a terminal: fob token unlock; or name a file "
                             "with it in FOB_TOKEN_PASSPHRASE_FILE"
                           : "run the command again at a terminal, or name a "
                             "file with it in FOB_TOKEN_PASSPHRASE_FILE");
}

static enum fob_status ask_secret(struct token_session *session,
                                  const char *what, struct fob_secret *answer)
{
    struct fob_error *error = &session->request->error;
    const bool lasts = session->token.is_own && session->token.info.is_locked;
    char text[FOB_TOKEN_SERIAL_MAX + 64], serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "%s of token %s", what, session->token.serial);

    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    if (status == FOB_OK)
        status = token_ask(session, FOB_QUESTION_TOKEN, text, answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(error, status,
                      "token %s is locked, and nobody can be asked", serial);
        hint_answer(error, lasts);
    }
    return status;
}

static enum fob_status word_wrong(struct token_session *session)
{
    struct fob_token *token = &session->token;

    fob_error_set(&session->request->error, FOB_E_WRONG_KEY,
                  "wrong passphrase for token %s, %u %s left", token->serial,
                  (unsigned)token->info.tries,
                  token->info.tries == 1 ? "try" : "tries");
    fob_error_advise(&session->request->error,
                     token->info.tries == 0 ? "to erase it: fob token reset"
                                            : "fob token unlock");
    return FOB_E_WRONG_KEY;
}

static enum fob_status unseal_token(struct token_session *session)
{
    struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;
    struct fob_secret passphrase = {0}, key = {0};
    enum fob_status status;

    if (token->info.is_lost || token->info.tries == 0)
        return fob_token_word(token, FOB_E_TOKEN_BLOCKED, "it stays locked",
                              error);
    status = ask_secret(session, "Passphrase", &passphrase);
    /* Another caller may have opened it meanwhile. */
    if (status != FOB_OK || !token->info.is_locked)
        goto out;
    status = fob_token_derive(token->info.kdf, token->info.kdf_len, &passphrase,
                              &key);
    if (status == FOB_OK)
        status = fob_token_unseal(token, key.data);
    if (status == FOB_OK)
        token_lock_note(session);
    if (status == FOB_OK) /* a locked one does not tell of its password */
        status = fob_token_select(token);
    if (status == FOB_E_WRONG_KEY)
        word_wrong(session);
    else
        status = fob_token_word(token, status, "it stays locked", error);
out:
    fob_secret_free(&key);
    fob_secret_free(&passphrase);
    return status;
}

static enum fob_status give_password(struct token_session *session)
{
    struct fob_token *token = &session->token;
    struct fob_secret password = {0}, key = {0};
    enum fob_status status = ask_secret(session, "Password", &password);

    if (status != FOB_OK)
        goto out;
    status = fob_token_derive_access(token->id, &password, &key);
    if (status == FOB_OK)
        status = fob_token_validate(token, key.data);
    session->gave_password = status == FOB_OK;
    status = fob_token_word(token, status, "it stays locked",
                            &session->request->error);
out:
    fob_secret_free(&key);
    fob_secret_free(&password);
    return status;
}

enum fob_status token_unlock_ready(struct token_session *session)
{
    const struct fob_token *token = &session->token;
    enum fob_status status = FOB_OK;

    if (token->is_own && token->info.is_locked)
        status = unseal_token(session);
    if (status == FOB_OK && token->challenge_len > 0)
        status = give_password(session);
    return status;
}

enum fob_status token_open_ready(struct fob_request *request,
                                 const char *serial,
                                 struct token_session *session)
{
    enum fob_status status = token_open(request, serial, session);

    if (status == FOB_OK)
        status = token_unlock_ready(session);
    if (status != FOB_OK)
        token_close(session);
    return status;
}
