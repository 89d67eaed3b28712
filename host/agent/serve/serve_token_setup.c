/* SPDX-License-Identifier: MIT */
/* Tokens changed: made ready, unlocked, given a passphrase, erased. */
#include "host/agent/accounts/vault_view.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token_ask.h"
#include "host/agent/tokens/token_lock.h"
#include "host/agent/tokens/token_secret.h"
#include "host/agent/tokens/token_seed.h"
#include "host/base/text.h"

#include <string.h>

static bool is_wanted(const struct fob_request *request, enum fob_tag tag)
{
    return fob_message_number(&request->message, tag, 0) != 0;
}

/* --- passphrase and password ---------------------------------------------*/

static enum fob_status change_secret(struct token_session *session)
{
    struct fob_request *request = session->request;
    const char *what = session->token.is_own ? "passphrase" : "password";
    struct fob_secret secret = {0};
    enum fob_status status = FOB_OK;

    if (is_wanted(request, FOB_TAG_UNSEALED)) {
        status = token_secret_drop(session);
    } else {
        status = token_secret_ask(session, what, &secret);
        if (status != FOB_OK)
            goto out;
        status = token_secret_set(session, &secret);
    }
    status = fob_token_word(&session->token, status, "all stays as it was",
                            &request->error);
out:
    fob_secret_free(&secret);
    return status;
}

enum fob_status serve_token_password(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open_sole(request, &session);

    if (status == FOB_OK)
        status = token_unlock_ready(&session);
    if (status != FOB_OK)
        token_close(&session);
    if (status != FOB_OK)
        return status;
    status = change_secret(&session);
    token_close(&session);
    return status;
}

/* A passphrase is given once, YKOATH's password to each client. */
static const char *word_unlocked(const struct token_session *session)
{
    const struct fob_token *token = &session->token;

    if (session->gave_password)
        return "takes its password with each command: fob asks for it each "
               "time";
    if (!token->is_own || !token->info.is_sealed)
        return "has no passphrase";
    return session->request->agent->is_shared
               ? "is unlocked until the vault is locked or it is unplugged"
               : "is unlocked until it is unplugged";
}

enum fob_status serve_token_unlock(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open_ready(request, &session);

    if (status != FOB_OK)
        return status;
    request_note(request, "Token %s %s.", session.token.serial,
                 word_unlocked(&session));
    token_close(&session);
    return FOB_OK;
}

/* A third-party token is locked whenever fob has done with it. */
static enum fob_status lock_session(struct token_session *session)
{
    const struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;

    if (!token->is_own || token->info.is_locked)
        return FOB_OK;
    if (token->info.is_sealed)
        return token_lock_now(session);
    fob_error_set(error, FOB_E_TOKEN_BLOCKED,
                  "token %s has no passphrase, so nothing locks it",
                  token->serial);
    fob_error_hint(error, "fob token password %s", token->serial);
    return FOB_E_TOKEN_BLOCKED;
}

enum fob_status serve_token_lock(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open(request, &session);

    if (status != FOB_OK)
        return status;
    status = lock_session(&session);
    token_close(&session);
    return status;
}

/* --- init and reset ------------------------------------------------------*/

static enum fob_status erase_token(struct token_session *session)
{
    struct fob_token *token = &session->token;
    enum fob_status status = FOB_OK;

    /* Its own randomness is weak: the key that the reset makes gets ours. */
    if (token->is_own)
        status = fob_token_add_entropy(token);
    token_expect_touch(session);
    if (status == FOB_OK)
        status = fob_token_reset(token);
    if (status == FOB_OK)
        status = fob_token_select(token);
    if (status == FOB_OK)
        status = fob_token_refresh(token);
    return fob_token_word(token, status, "it was not erased",
                          &session->request->error);
}

static enum fob_status check_blank(struct token_session *session)
{
    const struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;

    if (!token->is_own)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "token %s is no fob token and needs no init",
                             token->serial);
    if (token->info.accounts == 0)
        return FOB_OK;
    fob_error_set(error, FOB_E_EXISTS, "token %s has %u account%s",
                  token->serial, (unsigned)token->info.accounts,
                  token->info.accounts == 1 ? "" : "s");
    fob_error_hint(error, "to erase them: fob token reset %s", token->serial);
    return FOB_E_EXISTS;
}

/* The new passphrase is asked for before anything is touched. */
static enum fob_status init_token(struct token_session *session)
{
    struct fob_request *request = session->request;
    struct fob_secret secret = {0};
    bool sealed = !is_wanted(request, FOB_TAG_UNSEALED);
    enum fob_status status = check_blank(session);

    if (status == FOB_OK && sealed)
        status = token_secret_ask(session, "passphrase", &secret);
    /* Accounts may have come while it was asked. */
    if (status == FOB_OK && sealed)
        status = check_blank(session);
    if (status == FOB_OK)
        status = erase_token(session);
    if (status == FOB_OK && sealed)
        status =
            fob_token_word(&session->token, token_secret_set(session, &secret),
                           "it has no passphrase", &request->error);
    if (status == FOB_OK)
        fob_message_put_text(&request->reply, FOB_TAG_TOKEN,
                             session->token.serial);
    fob_secret_free(&secret);
    return status;
}

enum fob_status serve_token_init(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open_sole(request, &session);

    if (status != FOB_OK)
        return status;
    status = init_token(&session);
    token_close(&session);
    return status;
}

static enum fob_status confirm_erasing(struct token_session *session)
{
    struct fob_request *request = session->request;
    struct fob_secret answer = {0};
    char text[FOB_TOKEN_SERIAL_MAX + 96], serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "Erase token %s and all seeds on it for ever?",
        session->token.serial);

    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    if (status == FOB_OK)
        status = token_ask(session, FOB_QUESTION_CONFIRM, text, &answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "token %s was not erased, for nobody can be asked",
                      serial);
        fob_error_hint(&request->error, "fob token reset --force %s", serial);
    }
    if (status == FOB_OK &&
        (answer.len != 3 || memcmp(answer.data, "yes", 3) != 0))
        status =
            fob_error_set(&request->error, FOB_E_NOBODY, "nothing was erased");
    fob_secret_free(&answer);
    return status;
}

enum fob_status serve_token_reset(struct fob_request *request)
{
    struct token_session session;
    enum fob_status status = token_named_open_sole(request, &session);

    if (status != FOB_OK)
        return status;
    if (!is_wanted(request, FOB_TAG_FORCE))
        status = confirm_erasing(&session);
    if (status == FOB_OK)
        status = erase_token(&session);
    token_close(&session);
    return status;
}

/* --- time ----------------------------------------------------------------*/

static enum fob_status take_back(struct fob_request *request,
                                 const struct fob_vault_account *account)
{
    struct token_seed seed;
    enum fob_status status;

    if (account->token[0] == '\0')
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the seed of %s is on no token", account->name);
    status = token_seed_open(request, account, &seed);
    if (status == FOB_OK)
        status = token_seed_time_reset(&seed);
    token_seed_close(&seed);
    return status;
}

enum fob_status serve_token_time(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    const struct fob_vault_body *body;
    enum fob_status status;

    if (account == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = field_read_text(request, FOB_TAG_NAME, "name", name, sizeof(name));
    if (status == FOB_OK)
        status = vault_view_get(request, &body);
    if (status == FOB_OK)
        status = fob_accounts_find(body, name, account, &request->error);
    if (status == FOB_OK)
        status = take_back(request, account);
    fob_secret_free(&room);
    return status;
}
