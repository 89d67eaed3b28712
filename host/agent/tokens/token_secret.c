/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_secret.h"

#include "host/agent/tokens/token_ask.h"
#include "host/agent/tokens/token_lock.h"
#include "host/base/text.h"
#include "host/token/derive.h"

enum fob_status token_secret_ask(struct token_session *session,
                                 const char *what, struct fob_secret *answer)
{
    struct fob_request *request = session->request;
    char text[FOB_TOKEN_SERIAL_MAX + 64], serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "New %s of token %s", what, session->token.serial);

    (void)!fob_text_copy(serial, sizeof(serial), session->token.serial);
    if (status == FOB_OK)
        status = token_ask(session, FOB_QUESTION_NEW_TOKEN, text, answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(&request->error, status,
                      "token %s needs a new %s, and nobody can be asked",
                      serial, what);
        fob_error_hint(&request->error,
                       "name a file with it in FOB_TOKEN_PASSPHRASE_FILE, or "
                       "have none with --open");
    }
    if (status == FOB_OK && answer->len == 0) {
        fob_error_set(&request->error, FOB_E_TOO_SHORT, "the %s is empty",
                      what);
        fob_error_hint(&request->error, "--open, to have none");
        status = FOB_E_TOO_SHORT;
    }
    return status;
}

static enum fob_status set_passphrase(struct token_session *session,
                                      const struct fob_secret *passphrase)
{
    struct fob_settings settings;
    uint8_t kdf[FOB_TOKEN_KDF_LEN];
    struct fob_error ignored;
    struct fob_secret key = {0};
    enum fob_status status;

    /* A broken file of settings leaves the defaults. */
    (void)!agent_settings(&settings, &ignored);
    status = fob_token_make_kdf(settings.scrypt_log2_n, kdf);
    if (status == FOB_OK)
        status = fob_token_derive(kdf, sizeof(kdf), passphrase, &key);
    token_expect_touch(session);
    if (status == FOB_OK)
        status = fob_token_set_key(&session->token, kdf, sizeof(kdf), key.data);
    if (status == FOB_OK)
        token_lock_note(session);
    fob_secret_free(&key);
    return status;
}

static enum fob_status set_password(struct token_session *session,
                                    const struct fob_secret *password)
{
    struct fob_secret key = {0};
    enum fob_status status =
        fob_token_derive_access(session->token.id, password, &key);

    if (status == FOB_OK)
        status = fob_token_set_code(&session->token, key.data);
    fob_secret_free(&key);
    return status;
}

enum fob_status token_secret_set(struct token_session *session,
                                 const struct fob_secret *secret)
{
    if (session->token.is_own)
        return set_passphrase(session, secret);
    return set_password(session, secret);
}

enum fob_status token_secret_drop(struct token_session *session)
{
    token_expect_touch(session);
    if (session->token.is_own)
        return fob_token_set_key(&session->token, NULL, 0, NULL);
    return fob_token_set_code(&session->token, NULL);
}
