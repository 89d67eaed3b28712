/* SPDX-License-Identifier: MIT */
/* What a token wants to be told before it works: passphrase, password. */
#include "host/agent/tokens/token.h"

#include "host/agent/tokens/token_ask.h"
#include "host/agent/tokens/token_lock.h"
#include "host/agent/tokens/token_refusal.h"
#include "host/base/text.h"
#include "host/token/derive.h"

#include <limits.h>

/* Only a passphrase of our own outlasts the command that was given it. */
static void hint_answer(struct fob_error *error, bool lasts)
{
    fob_error_advise(error,
                     lasts ? "at a terminal: fob token unlock; or name a file "
                             "with it in FOB_TOKEN_PASSPHRASE_FILE"
                           : "run the command again at a terminal, or name a "
                             "file with it in FOB_TOKEN_PASSPHRASE_FILE");
}

static enum fob_status ask_it(struct token_session *session, const char *what,
                              enum fob_question question,
                              struct fob_secret *answer)
{
    char text[FOB_TOKEN_SERIAL_MAX + 64];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "%s of token %s", what, session->token.serial);

    return status == FOB_OK ? token_ask(session, question, text, answer)
                            : status;
}

/* How often it may still be wrong; without a limit, as often as it likes. */
static unsigned count_tries(const struct fob_token *token)
{
    if (token->has_pin)
        return token->pin_tries;
    return token->is_own ? token->info.tries : UINT_MAX;
}

/* What a file says is not offered twice, and not with the last tries: then a
 * person is asked. */
static enum fob_status ask_again(struct token_session *session,
                                 const char *what, struct fob_secret *answer)
{
    const unsigned tries = count_tries(&session->token);
    const enum token_refusal refusal = token_refusal_find(session, tries);
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status;

    if (refusal == TOKEN_REFUSAL_NONE)
        return FOB_OK;
    fob_secret_free(answer);
    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    status = ask_it(session, what, FOB_QUESTION_TOKEN_PERSON, answer);
    if (status == FOB_E_NOBODY)
        return token_refusal_word(&session->request->error, serial, refusal,
                                  tries);
    return status;
}

static enum fob_status ask_secret(struct token_session *session,
                                  const char *what, struct fob_secret *answer)
{
    struct fob_error *error = &session->request->error;
    const bool lasts = session->token.is_own && session->token.info.is_locked;
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status;

    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    status = ask_it(session, what, FOB_QUESTION_TOKEN, answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(error, status,
                      "token %s is locked, and nobody can be asked", serial);
        hint_answer(error, lasts);
    }
    return status == FOB_OK ? ask_again(session, what, answer) : status;
}

static enum fob_status word_wrong(struct token_session *session,
                                  const char *what)
{
    struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;
    const unsigned tries = count_tries(token);

    token_refusal_note(session);
    fob_error_set(error, FOB_E_WRONG_KEY, "wrong %s for token %s, %u %s left",
                  what, token->serial, tries, tries == 1 ? "try" : "tries");
    if (!token->is_own)
        return FOB_E_WRONG_KEY;
    if (tries == 0)
        fob_error_hint(error, "to erase it: fob token reset %s", token->serial);
    else
        fob_error_hint(error, "fob token unlock %s", token->serial);
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
        status = word_wrong(session, "passphrase");
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

enum fob_status token_unlock_pin(struct token_session *session)
{
    struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;
    struct fob_secret pin = {0};
    enum fob_status status;

    if (token->pin_tries == 0)
        return fob_token_word(token, FOB_E_TOKEN_BLOCKED, "it stays locked",
                              error);
    status = ask_secret(session, "PIN", &pin);
    if (status != FOB_OK)
        return status;
    token_expect_touch(session);
    status = fob_token_verify_pin(token, &pin);
    fob_secret_free(&pin);
    if (status == FOB_E_WRONG_KEY)
        return word_wrong(session, "PIN");
    return fob_token_word(token, status, "it stays locked", error);
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
