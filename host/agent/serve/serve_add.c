/* SPDX-License-Identifier: MIT */
/* An account made of a seed: of a URI, or of base32. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/profile/profile.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/serve/token_named.h"
#include "host/agent/tokens/token_seed.h"
#include "host/import/sink/otpauth_words.h"
#include "src/base32.h"
#include "src/otpauth.h"

static bool wants_force(const struct fob_request *request)
{
    return field_read_flag(request, FOB_TAG_FORCE);
}

/* A weak secret is for those that force. */
static enum fob_status say_weak(struct fob_request *request)
{
    if (wants_force(request))
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_TOO_SHORT,
                  "the secret is shorter than 80 bits");
    fob_error_hint(&request->error, "if it is right: fob add --force");
    return FOB_E_TOO_SHORT;
}

static enum fob_status say_uri(struct fob_request *request,
                               const struct fob_otpauth_fault *fault,
                               enum fob_status status)
{
    char words[FOB_OTPAUTH_WORDS_MAX];

    fob_otpauth_words_put(fault, words);
    fob_error_set(&request->error, status, "cannot read the URI: %s", words);
    fob_otpauth_words_hint(fault, &request->error);
    return status;
}

static enum fob_status read_uri(struct fob_request *request,
                                const struct fob_field *field,
                                struct fob_account *otp)
{
    const struct fob_span uri = {(const char *)field->data, field->len};
    struct fob_otpauth_fault fault;
    char name[FOB_NAME_MAX + 1] = "";
    enum fob_status status;

    /* One that is no name is told later. */
    if (fob_message_text(&request->message, FOB_TAG_NAME, name, sizeof(name)) !=
        FOB_OK)
        name[0] = '\0';
    status = fob_otpauth_read(uri, name, otp, &fault);
    if (status == FOB_E_TOO_SHORT)
        return say_weak(request);
    return status == FOB_OK ? FOB_OK : say_uri(request, &fault, status);
}

/* A bare secret is called as the person says. */
static enum fob_status read_label(struct fob_request *request,
                                  char label[static FOB_LABEL_MAX + 1])
{
    enum fob_status status = fob_message_text(&request->message, FOB_TAG_NAME,
                                              label, FOB_LABEL_MAX + 1);

    if (status == FOB_OK)
        return account_make_check_name(label, &request->error);
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the name of an account made of a bare secret has "
                             "at most %d bytes",
                             FOB_LABEL_MAX);
    fob_error_set(&request->error, FOB_E_USAGE,
                  "an account made of a bare secret needs a name");
    fob_error_hint(&request->error, "fob add --secret - NAME");
    return FOB_E_USAGE;
}

/* What a person gave for a secret may be a URI. */
static enum fob_status say_secret(struct fob_request *request,
                                  struct fob_span text)
{
    struct fob_otpauth_fault fault = {.wrong = fob_otpauth_kind(text)};
    struct fob_base32_fault wrong = fob_base32_find_fault(text.at, text.len);
    char words[FOB_OTPAUTH_WORDS_MAX];

    if (fault.wrong == FOB_OTPAUTH_RIGHT) {
        fob_error_set(&request->error, FOB_E_SYNTAX,
                      "cannot read the secret: it is a whole otpauth URI");
        fob_error_hint(&request->error, "fob add --uri -");
    } else if (fault.wrong == FOB_OTPAUTH_OTHER ||
               fault.wrong == FOB_OTPAUTH_EMPTY) {
        fob_otpauth_words_put_secret(&wrong, words);
        fob_error_set(&request->error, FOB_E_SYNTAX,
                      "cannot read the secret: %s", words);
        fob_otpauth_words_hint_secret(&wrong, &request->error);
    } else {
        fob_otpauth_words_put(&fault, words);
        fob_error_set(&request->error, FOB_E_SYNTAX,
                      "cannot read the secret: %s", words);
        fob_otpauth_words_hint(&fault, &request->error);
    }
    return FOB_E_SYNTAX;
}

/* A page may break its secret; but another line may be another secret. */
static void note_lines(struct fob_request *request, struct fob_span text)
{
    size_t lines = 0;

    while (text.at != NULL)
        lines += fob_span_trim_blank(fob_span_cut(&text, '\n')).len > 0;
    if (lines > 1)
        request_note(request,
                     "the secret stood in %zu lines, which were taken "
                     "together",
                     lines);
}

static enum fob_status read_secret(struct fob_request *request,
                                   const struct fob_field *field,
                                   struct fob_account *otp)
{
    const struct fob_span text = {(const char *)field->data, field->len};
    enum fob_status status = fob_base32_decode_lenient(
        text.at, text.len, otp->secret, sizeof(otp->secret), &otp->secret_len);

    if (status == FOB_E_TOO_LONG)
        return fob_error_set(&request->error, status,
                             "the secret is longer than %d bytes",
                             FOB_SECRET_MAX);
    if (status != FOB_OK || otp->secret_len == 0)
        return say_secret(request, text);
    otp->type = FOB_TOTP;
    otp->hash = FOB_SHA1;
    otp->digits = FOB_DIGITS_MIN;
    otp->period_s = FOB_PERIOD_S_DEFAULT;
    status = read_label(request, otp->label);
    if (status == FOB_OK && fob_account_check(otp) == FOB_E_TOO_SHORT)
        status = say_weak(request);
    if (status == FOB_OK)
        note_lines(request, text);
    return status;
}

static enum fob_status read_seed(struct fob_request *request,
                                 struct fob_account *otp)
{
    struct fob_field field;

    if (fob_message_find(&request->message, FOB_TAG_URI, &field))
        return read_uri(request, &field, otp);
    if (fob_message_find(&request->message, FOB_TAG_SECRET, &field))
        return read_secret(request, &field, otp);
    return fob_error_set(&request->error, FOB_E_USAGE,
                         "neither a URI nor a secret was given");
}

static enum fob_status read_account(struct fob_request *request,
                                    struct fob_vault_account *account)
{
    char name[FOB_NAME_MAX + 1] = "", serial[FOB_ACCOUNT_ARN_MAX + 1] = "";
    enum fob_status status = field_read_has(request, FOB_TAG_EXISTING)
                                 ? token_named_adopt(request, account)
                                 : read_seed(request, &account->otp);

    if (status != FOB_OK)
        return status;
    status =
        fob_message_text(&request->message, FOB_TAG_NAME, name, sizeof(name));
    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return field_read_text(request, FOB_TAG_NAME, "name", name,
                               sizeof(name));
    status = account_make_name(account, name, &request->error);
    if (status == FOB_OK &&
        fob_message_text(&request->message, FOB_TAG_SERIAL, serial,
                         sizeof(serial)) != FOB_E_NOT_FOUND)
        status = account_make_bind(account, serial, &request->error);
    return status;
}

/* Whether the account can be added, before its seed is anywhere: a seed that
 * is in the vault already would be in two places. */
static enum fob_status check_add(struct fob_request *request,
                                 const struct fob_vault_account *account)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = vault_transaction_begin(request, true, &edit);

    if (status == FOB_OK)
        status = fob_accounts_add(&edit.body, account, &request->error);
    vault_transaction_abort(request, &edit);
    return status;
}

/* The vault is not held while a token is asked.  A kill in between leaves the
 * seed on the token alone, where adding it again with --force takes it up. */
static enum fob_status add_on_token(struct fob_request *request,
                                    struct fob_vault_account *account)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    const struct token_seed_options wish = {
        .serial = serial,
        .untouched = field_read_flag(request, FOB_TAG_UNTOUCHED),
        .overwrites = wants_force(request),
    };
    struct token_session session;
    enum fob_status status = field_read_text(request, FOB_TAG_TOKEN, "serial",
                                             serial, sizeof(serial));

    if (status == FOB_OK)
        status = check_add(request, account);
    if (status == FOB_OK)
        status = token_seed_put(request, &wish, account, &session);
    if (status != FOB_OK)
        return status;
    status = account_store_add(request, true, account);
    if (status != FOB_OK)
        token_seed_take_back(&session, account);
    token_close(&session);
    return status;
}

/* A profile that the device is to serve must be there before its seed is
 * anywhere. */
static enum fob_status check_profile(struct fob_request *request)
{
    struct profile profile;
    char name[FOB_NAME_MAX + 1];
    enum fob_status status = field_read_profile(request, name);

    if (status != FOB_OK || !field_read_has(request, FOB_TAG_PROFILE))
        return status;
    status = profile_load(request, name, &profile);
    profile_free(&profile);
    return status;
}

/* A run that was cut after the seed was stored goes on, under whatever name it
 * has. */
static enum fob_status add_here(struct fob_request *request,
                                struct fob_vault_account *account)
{
    struct fob_secret room = {0};
    struct fob_vault_account *same = account_store_room(request, &room);
    const struct fob_vault_body *body;
    enum fob_status status = FOB_E_NOT_FOUND;

    if (same == NULL)
        return request->error.status;
    if (field_read_has(request, FOB_TAG_PROFILE))
        status = vault_view_get(request, &body);
    if (status == FOB_OK)
        status = fob_accounts_find_seed(body, account, same);
    if (status == FOB_OK) {
        request_note(request, "the seed is stored already, as %s: going on",
                     same->name);
        *account = *same;
    }
    fob_secret_free(&room);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&request->error);
    return account_store_add(request, true, account);
}

enum fob_status serve_add(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = read_account(request, account);
    if (status == FOB_OK)
        status = check_profile(request);
    if (status == FOB_OK)
        status = field_read_has(request, FOB_TAG_TOKEN) &&
                         !field_read_has(request, FOB_TAG_EXISTING)
                     ? add_on_token(request, account)
                     : add_here(request, account);
    if (status == FOB_OK) {
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
        fob_message_put_text(&request->reply, FOB_TAG_ISSUER,
                             account->otp.issuer);
    }
    fob_secret_free(&room);
    return status;
}
